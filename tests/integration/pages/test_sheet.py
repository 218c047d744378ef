"""The sheet for a resident: what stands on it, what never does, and the PDF's tags."""

from __future__ import annotations

import base64
import io
import os
from pathlib import Path
from typing import Any

import pypdf
import pytest
from flask.testing import FlaskClient

from tests.integration.pages.conftest import example_rows
from web import sheet_pdf
from web.sheet_pdf import make_pdf, pdf_is_possible

CHOSEN = ["O001", "O004", "O005"]
#: What a neutral sheet must not hold: names, kinds and themes.
_TELLING = ("taal", "welzijn", "sociale kaart", "bibliotheek", "vrijwilliger", "wijkteam")


@pytest.fixture
def client(clients: dict[str, FlaskClient]) -> FlaskClient:
    return clients["voorbeeld"]


def _ask(client: FlaskClient, path: str = "/blad", **fields: Any) -> Any:
    return client.post(path, data={"aanbod": CHOSEN, **fields})


def _pdf(client: FlaskClient, **fields: Any) -> pypdf.PdfReader:
    if not pdf_is_possible():
        reason = "Pango ontbreekt. Draai scripts/test --installeer."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    answer = _ask(client, "/blad.pdf", **fields)
    assert answer.status_code == 200
    return pypdf.PdfReader(io.BytesIO(answer.data))


def _map(page: str) -> str:
    data = page.split('src="data:image/svg+xml;base64,')[1].split('"')[0]
    return base64.b64decode(data).decode()


def test_the_sheet_tells_what_where_when_and_how(client: FlaskClient) -> None:
    page = _ask(client, lon="4.651", lat="52.366").text
    for row in (r for r in example_rows("aanbod") if r["id"] in CHOSEN):
        assert row["naam"].replace("&", "&amp;") in page
        assert row["adres"] in page
    for words in (
        "Dinsdag 13.30–15.30 uur",
        "Gratis",
        "Binnenlopen.",
        "023-0000102",
        "Ongeveer 1,6 kilometer lopen, 20 minuten, naar het zuidoosten.",
    ):
        assert words in page


def test_the_map_has_a_number_for_each_place_and_calls_nobody(client: FlaskClient) -> None:
    drawn = _map(_ask(client, lon="4.651", lat="52.366").text)
    assert ">1</text>" in drawn
    assert ">2</text>" in drawn
    # O005 has no place.
    assert ">3</text>" not in drawn
    assert ">begin</text>" in drawn
    assert "begin" not in _map(_ask(client).text)
    assert drawn.replace("http://www.w3.org/2000/svg", "").find("http") == -1


def test_nothing_is_kept_and_no_name_is_asked(client: FlaskClient) -> None:
    for path in ("/blad", "/blad.pdf"):
        answer = _ask(client, path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
    page = _ask(client).text.split("<main")[1].split("</main>")[0]
    assert 'type="text"' not in page
    assert "<textarea" not in page
    assert client.get("/blad").status_code == 405


def test_the_place_of_the_start_is_made_coarse(client: FlaskClient) -> None:
    page = _ask(client, lon="4.6512345", lat="52.3661234").text
    assert "4.651" in page
    assert "4.6512" not in page
    assert "52.3661" not in page


def test_a_neutral_sheet_betrays_nothing(client: FlaskClient) -> None:
    everything = [row["id"] for row in example_rows("aanbod")]
    names = {row["naam"] for row in (*example_rows("aanbod"), *example_rows("actoren"))}
    for start in range(0, len(everything), 20):
        page = _ask(client, aanbod=everything[start : start + 20], variant="neutraal").text
        assert "<title>Afspraken en adressen</title>" in page
        assert not [name for name in names if name in page]
        sheet = page.split("<article")[1].split("</article>")[0].split("blad__kaart")[0].lower()
        assert not [word for word in _TELLING if word in sheet]
        assert "<svg" not in page.replace('<svg class="icoon', "")
        assert "merk.svg" not in page


def test_the_neutral_pdf_betrays_nothing_either(client: FlaskClient) -> None:
    found = _pdf(client, variant="neutraal")
    text = "\n".join(page.extract_text() for page in found.pages).lower()
    assert "plashof 3" in text
    assert not [word for word in _TELLING if word in text]
    assert found.metadata is not None
    assert set(found.metadata) == {"/Producer", "/Title"}
    assert found.metadata.title == "Afspraken en adressen"


@pytest.mark.parametrize("variant", ["gewoon", "neutraal"])
def test_the_name_of_the_file_tells_nothing(client: FlaskClient, variant: str) -> None:
    _pdf(client)
    answer = _ask(client, "/blad.pdf", variant=variant)
    named = answer.headers["Content-Disposition"]
    assert named == 'attachment; filename="afspraken-en-adressen.pdf"'


def test_the_pdf_is_tagged(client: FlaskClient) -> None:
    found = _pdf(client, lon="4.651", lat="52.366")
    root: Any = found.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "nl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert found.metadata is not None
    assert found.metadata.title == "Adressen voor u"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    tags = _tags(root["/StructTreeRoot"]["/K"])
    kinds = [kind for kind, _ in tags]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == len(CHOSEN) + 1
    assert {"/P", "/L", "/LI"} <= set(kinds)
    pictures = [alt for kind, alt in tags if kind == "/Figure"]
    assert len(pictures) == 1
    assert pictures[0].startswith("Kaartje van de buurt met de adressen 1 en 2.")


def _tags(node: Any) -> list[tuple[str, str]]:
    found = node.get_object()
    if isinstance(found, list):
        return [tag for part in found for tag in _tags(part)]
    if not isinstance(found, dict) or "/S" not in found:
        return []
    own = (str(found["/S"]), str(found.get("/Alt", "")))
    return [own, *(_tags(found["/K"]) if "/K" in found else [])]


def test_every_letter_of_the_pdf_is_inside_it(client: FlaskClient) -> None:
    for page in _pdf(client).pages:
        fonts: Any = page["/Resources"]["/Font"]  # type: ignore[index]
        for font in fonts.values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(inner.get_object())


def test_what_has_stopped_is_left_out_and_said(client: FlaskClient) -> None:
    stopped = next(r for r in example_rows("aanbod") if r["id"] == "O132")
    page = _ask(client, aanbod=["O001", "O132", "BESTAAT-NIET"]).text
    assert "2 keuzes staan niet op het blad" in page
    assert stopped["naam"] not in page
    assert "Er staat niets op dit blad" in _ask(client, aanbod=["O132"]).text


@pytest.mark.parametrize(
    "fields",
    [
        {"aanbod": []},
        {"aanbod": [f"O{n:03}" for n in range(21)]},
        {"aanbod": ["x" * 81]},
        {"variant": "geheim"},
        {"lon": "4.6"},
        {"lon": "nan", "lat": "nan"},
        {"lon": "inf", "lat": "52"},
        {"lon": "52.4", "lat": "4.6"},
        {"lon": "<script>", "lat": "x"},
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    client: FlaskClient, fields: dict[str, Any]
) -> None:
    for path in ("/blad", "/blad.pdf"):
        answer = _ask(client, path, **fields)
        assert answer.status_code == 422
        assert answer.headers["Cache-Control"] == "no-store"
        assert "<script>alert" not in answer.text


def test_text_of_people_stays_text(nasty_client: FlaskClient) -> None:
    offers = nasty_client.get("/api/v1/aanbod?limit=20").get_json()["resultaten"]
    page = nasty_client.post("/blad", data={"aanbod": [o["id"] for o in offers]}).text
    assert "{{7*7}}&lt;img" in page
    assert "<img src=x" not in page
    assert "49&lt;img" not in page


def test_without_pango_the_page_prints_and_says_what_is_missing(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def _absent(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return original(name, *args, **kwargs)

    original = __import__
    sheet_pdf._renderer.cache_clear()
    monkeypatch.setattr("builtins.__import__", _absent)
    try:
        page = _ask(client)
        refused = _ask(client, "/blad.pdf")
    finally:
        monkeypatch.undo()
        sheet_pdf._renderer.cache_clear()
    assert page.status_code == 200
    assert "ontbreekt Pango" in page.text
    assert "Bewaar als PDF" not in page.text
    assert "data-druk-af" in page.text
    assert refused.status_code == 503
    assert "ontbreekt Pango" in refused.text
    assert caplog.text.count("ontbreekt Pango") == 1


def test_the_pdf_reads_no_other_file_or_host(tmp_path: Path, client: FlaskClient) -> None:
    _pdf(client)
    secret = tmp_path / "geheim.css"
    secret.write_text("p::after { content: 'GELEKT' }")
    static = Path(client.application.static_folder or "")
    for address in (
        secret.as_uri(),
        "/static/../../geheim.css",
        f"http://blad.invalid/static/../{secret}",
        "http://127.0.0.1:9/static/css/blad.css",
    ):
        html = (
            "<html lang=nl><head><title>t</title>"
            f"<link rel=stylesheet href='{address}'></head><body><p>woord</p></body></html>"
        )
        text = pypdf.PdfReader(io.BytesIO(make_pdf(html, static))).pages[0].extract_text()
        assert "woord" in text
        assert "GELEKT" not in text
