"""From a gap to a step: look, report, agree, decide, and the answer that goes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import html5lib
import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from socialmap.domain.errors import StorageError
from socialmap.exchange.making import Filling, make_map
from socialmap.settings import Settings
from socialmap.store.data_version import read_data_version
from socialmap.store.engine import Store
from socialmap.store.signals import all_signals
from tests.integration.pages.conftest import CLOCK, NASTY, look
from web.app import create_app

LOOKED = {
    "gebied": "WK039220",
    "thema": "taal",
    "doelgroep": "ouderen",
    "datum": "2026-11-20",
    "door": "opbouwwerker",
    "gevraagd_aan": ["bewoners", "kerk_of_moskee"],
    "uitkomst": "niets_gevonden",
}
STEP = {"eigenaar": "opbouwwerker", "stap": "ruimte_zoeken", "stap_op": "2026-12-20"}
AGREED = {
    "gebied": "WK039220",
    "thema": ["taal", "vervoer"],
    "doelgroep": "ouderen",
    "titel": "ontmoetingsplek",
    "kant": "beide",
    "eigenaar": "gemeente_fysiek_domein",
    "stap": "geld_regelen",
    "datum": "2027-02-01",
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[APIFlask]:
    """The example map, for writing on."""
    url = f"sqlite:///{tmp_path_factory.mktemp('wijkwerk') / 'kaart.db'}"
    make_map(url, CLOCK, Filling.EXAMPLE)
    made = create_app(Settings(database=url, clock=CLOCK, secret="x" * 32))
    yield made
    made.extensions["socialmap"].store.close()


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    return app.test_client()


def _version(app: APIFlask) -> int:
    store: Store = app.extensions["socialmap"].store
    with store.reading() as conn:
        return read_data_version(conn)


def _text(answer: TestResponse) -> str:
    """What a reader sees of an answer that is sound HTML."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(answer.text)
    assert parser.errors == []
    return " ".join("".join(tree.find("body").itertext()).split())


def _report(app: APIFlask, **told: str) -> str:
    """Report on a visit of its own, and give the code."""
    visitor = app.test_client()
    visitor.get("/signalen/nieuw")
    answer = visitor.post("/signalen", data=told)
    assert answer.status_code == 303
    found = re.fullmatch(r"/signalen/antwoord/(\w{12})\?nieuw=ja", answer.headers["Location"])
    assert found
    return found[1]


def _mark(page: str, zin: str) -> dict[str, str]:
    """Read the hidden fields of the form about one group of signals."""
    form = page.split(f'aria-label="Pak op: {zin}"')[1].split("</form>")[0]
    return {n: unescape(v) for n, v in re.findall(r'name="(\w+)" value="([^"]*)"', form)}


def test_a_gap_leads_to_a_form_and_what_is_kept_says_what_it_means(client: FlaskClient) -> None:
    form = client.get("/gekeken?gebied=WK039220&thema=taal&doelgroep=ouderen")
    assert "Taal voor ouderen in Molenwijk" in _text(form)
    assert 'value="2026-11-22"' in form.text
    kept = client.post("/gekeken", data=LOOKED)
    assert kept.status_code == 303
    page = look(client, kept.headers["Location"])
    assert page.headings("h1") == ["Taal voor ouderen in Molenwijk: niets gevonden"]
    assert "Opbouwwerker, 20 november 2026. Gevraagd aan: bewoners en kerk of moskee." in page.text
    assert "een gat" in page.text
    assert "Dit telt tot 20 november 2028." in page.text
    assert "/opdrachten/nieuw?gebied=WK039220&thema=taal&doelgroep=ouderen" in page.links()
    triangle = look(client, "/driehoek/WK039220?sinds=2026-11-20")
    assert "Taal voor ouderen in Molenwijk: niets gevonden." in triangle.text


def test_nothing_found_asks_for_two_in_a_plain_sentence_and_keeps_what_was_chosen(
    app: APIFlask, client: FlaskClient
) -> None:
    before = _version(app)
    answer = client.post("/gekeken", data={**LOOKED, "gevraagd_aan": ["school"]})
    assert answer.status_code == 422
    assert "minstens twee aan wie u het vroeg" in _text(answer)
    for chosen in ('value="school" checked', 'value="opbouwwerker" selected', '"2026-11-20"'):
        assert chosen in answer.text
    for wrong in (
        {"datum": "2027-01-01"},
        {"door": ""},
        {"uitkomst": ""},
        {"gevraagd_aan": []},
        {"gebied": "WK999999"},
        {"thema": NASTY},
        {"doelgroep": NASTY},
    ):
        answer = client.post("/gekeken", data={**LOOKED, **wrong})
        assert answer.status_code == 422, wrong
        assert NASTY not in answer.text
        _text(answer)
    assert _version(app) == before


@pytest.mark.parametrize(
    ("plek", "code"),
    [("2036 XY", "BU0392"), ("molenwyk", "WK039220"), ("Bentveld", "47303")],
)
def test_a_postcode_or_a_name_leads_to_the_area(client: FlaskClient, plek: str, code: str) -> None:
    answer = client.get("/gekeken", query_string={"plek": plek, "thema": "taal"})
    assert answer.status_code == 303
    assert code in answer.headers["Location"]
    assert look(client, answer.headers["Location"]).text.count("Aan wie vroeg u het?") == 1


@pytest.mark.parametrize("plek", ["Nergenshuizen", "9999 ZZ", NASTY, "x" * 500])
def test_an_unknown_place_is_said_at_its_field(client: FlaskClient, plek: str) -> None:
    for path in ("/gekeken", "/opdrachten/nieuw"):
        answer = client.get(path, query_string={"plek": plek, "thema": "taal"})
        assert answer.status_code == 422
        assert 'aria-describedby="plek-fout"' in answer.text
        _text(answer)
    told = {"plek": plek, "thema": "taal", "soort": "vol"}
    assert client.post("/signalen", data=told).status_code == 422


def test_what_was_found_is_ticked_among_what_was_shown(client: FlaskClient) -> None:
    found = {**LOOKED, "thema": "sociaal_netwerk", "uitkomst": "deels"}
    own = client.post("/gekeken", data=found).headers["Location"]
    page = client.get(own).text
    shown = re.findall(r'name="getoond" value="(\w+)"', page)
    assert len(shown) > 2
    answer = client.post(f"{own}/aanbod", data={"getoond": shown, "aanbod": shown[:2]})
    assert answer.status_code == 303
    assert re.findall(r'name="aanbod" value="(\w+)" checked', client.get(own).text) == shown[:2]
    # What is not on this list stays, and what does not exist does not come in.
    client.post(f"{own}/aanbod", data={"getoond": shown[1:], "aanbod": [shown[2], "O404"]})
    kept = re.findall(r'name="aanbod" value="(\w+)" checked', client.get(own).text)
    assert kept == [shown[0], shown[2]]
    assert look(client, f"{own}?q=bestaatniet").text.count("Niets op de kaart heet hier zo.") == 1
    nothing = client.post("/gekeken", data=LOOKED).headers["Location"]
    assert client.post(f"{nothing}/aanbod", data={"aanbod": shown}).status_code == 422


def test_the_code_is_shown_once_and_opens_the_answer_however_it_is_typed(app: APIFlask) -> None:
    code = _report(app, gebied="WK039201", thema="taal", soort="vol")
    client = app.test_client()
    spoken = f"{code[:4]}-{code[4:8]}-{code[8:]}"
    first = client.get(f"/signalen/antwoord/{code}?nieuw=ja")
    assert first.headers["Cache-Control"] == "no-store"
    assert spoken in _text(first)
    later = look(client, f"/signalen/antwoord/{code}")
    assert spoken not in later.text
    assert "Taal in Oude Stad: het is vol." in later.text
    assert "Uw melding is binnen." in later.text
    for typed in (code, spoken.upper(), f" {spoken} "):
        answer = client.get("/signalen/antwoord", query_string={"code": typed})
        assert answer.headers["Location"] == f"/signalen/antwoord/{code}"
    wrong = client.get("/signalen/antwoord", query_string={"code": "a" * 12})
    assert "Deze code kennen wij niet." in client.get(wrong.headers["Location"]).text
    assert client.get(f"/signalen/antwoord/{'a' * 12}").status_code == 404
    store: Store = app.extensions["socialmap"].store
    with store.reading() as conn:
        assert code not in str(all_signals(conn))


def test_three_visits_are_said_in_words_and_two_are_not(app: APIFlask) -> None:
    client = app.test_client()
    told = {"gebied": "BU03921501", "thema": "digitaal", "soort": "regel_knelt"}
    for _ in range(2):
        _report(app, **told)
        page = look(client, "/signalen").text
        assert "computer en telefoon" not in page
    _report(app, **told)
    said = "Drie keer computer en telefoon in Delftwijk: een regel zit in de weg."
    assert said in look(client, "/signalen").text
    assert said in look(client, "/signalen?gebied=WK039215").text
    assert said not in look(client, "/signalen?gebied=WK039201").text


def test_a_decision_of_the_triangle_answers_every_reporter_by_itself(app: APIFlask) -> None:
    client = app.test_client()
    codes = [_report(app, gebied="WK039212", thema="vervoer", soort="vol") for _ in range(3)]
    path, zin = "/driehoek/WK039212", "Drie keer vervoer in Ter Kleefkwartier: het is vol."
    mark = _mark(client.get(path).text, zin)
    taken = client.post(f"{path}/besluit", data={**mark, **STEP})
    assert taken.status_code == 303
    assert "gedaan=opgepakt" in taken.headers["Location"]
    assert "Opbouwwerker: een ruimte zoeken, klaar op 20 december 2026." in look(client, path).text
    for code in codes:
        assert "Dit is opgepakt." in client.get(f"/signalen/antwoord/{code}").text
    # Somebody who still has the old page open is told, and changes nothing.
    late = {**mark, "wat": "antwoord", "antwoord": "kan_nu_niet"}
    refused = client.post(f"{path}/besluit", data=late)
    assert refused.status_code == 412
    assert "Iemand anders was u voor." in _text(refused)
    fresh = _mark(client.get(path).text, zin) | {"wat": "antwoord", "antwoord": "komt_meer_plek"}
    assert client.post(f"{path}/besluit", data=fresh).status_code == 303
    for code in codes:
        answer = client.get(f"/signalen/antwoord/{code}").text
        assert "Antwoord van 22 november 2026: er komt meer plek." in answer
    assert "1 met een antwoord" in look(client, path).text
    assert client.post(f"{path}/besluit", data=fresh).status_code == 412


def test_a_decision_takes_codes_only_and_no_group_that_is_not_shown(
    app: APIFlask, client: FlaskClient
) -> None:
    path = "/driehoek/WK039221"
    zin = "Vijf keer huishouden en post in Meerwijk: er is hier niets voor."
    mark = _mark(client.get(path).text, zin)
    before = _version(app)
    for wrong in ({**STEP, "eigenaar": "Jan"}, {**STEP, "stap": ""}, {**STEP, "stap_op": "morgen"}):
        assert client.post(f"{path}/besluit", data={**mark, **wrong}).status_code == 422
    for other in ({"thema": "wonen"}, {"groep": "WK039220"}, {"soort": "vol"}):
        assert client.post(f"{path}/besluit", data={**mark, **STEP, **other}).status_code == 412
    assert client.get("/driehoek/WK999999").status_code == 404
    assert _version(app) == before


def test_an_assignment_stands_on_the_list_of_its_owner_until_it_is_done(
    client: FlaskClient,
) -> None:
    made = client.post("/opdrachten", data={**AGREED, "actor": ["A002", "A999"]})
    assert made.status_code == 303
    own = made.headers["Location"].split("?")[0]
    page = look(client, own)
    assert page.headings("h1") == ["Een plek om elkaar te ontmoeten in Molenwijk"]
    assert "Taal en vervoer voor ouderen. Sociaal en fysiek." in page.text
    assert "/actor/A002" in page.links()
    listed = "/opdrachten?eigenaar=gemeente_fysiek_domein"
    assert own in look(client, listed).links()
    assert own not in look(client, "/opdrachten?eigenaar=wijkteam").links()
    assert own in look(client, "/driehoek/WK039220").links()
    change = {k: AGREED[k] for k in ("eigenaar", "stap")} | {"datum": "2026-11-01"}
    first = client.post(own, data={**change, "versie": "1", "status": "bezig"})
    assert first.status_code == 303
    assert "Die dag is voorbij." in look(client, own).text
    stale = client.post(own, data={**change, "versie": "1", "status": "klaar"})
    assert stale.status_code == 412
    assert "Iemand anders was u voor." in _text(stale)
    assert client.post(own, data={**change, "versie": "2", "status": "af"}).status_code == 422
    done = client.post(own, data={**change, "versie": "2", "status": "klaar"})
    assert done.status_code == 303
    assert "Klaar." in look(client, own).text
    assert client.get("/opdrachten/W-bestaatniet").status_code == 404


def test_an_assignment_takes_codes_only(app: APIFlask, client: FlaskClient) -> None:
    before = _version(app)
    for wrong in ({"titel": NASTY}, {"kant": ""}, {"thema": []}, {"gebied": ""}, {"datum": "gauw"}):
        answer = client.post("/opdrachten", data={**AGREED, **wrong})
        assert answer.status_code == 422, wrong
        assert NASTY not in answer.text
        _text(answer)
    assert _version(app) == before


def test_an_assignment_takes_the_signals_of_its_theme_along(client: FlaskClient) -> None:
    link = "/opdrachten/nieuw?gebied=WK039218&thema=mantelzorg"
    assert "Neem de signalen over dit thema mee" in look(client, link).text
    data: dict[str, Any] = {**AGREED, "gebied": "WK039218", "thema": "mantelzorg", "signalen": "ja"}
    own = client.post("/opdrachten", data=data).headers["Location"]
    page = look(client, own)
    assert "Deze opdracht komt uit signalen." in page.text
    assert "S006" not in page.html


WRITES = {
    "/gekeken": LOOKED,
    "/gekeken/I001/aanbod": {"aanbod": "O132"},
    "/signalen": {"gebied": "WK039220", "thema": "taal", "soort": "vol"},
    "/opdrachten": AGREED,
    "/driehoek/WK039221/besluit": STEP,
}


@pytest.mark.parametrize("path", WRITES)
def test_another_website_cannot_write_and_reading_never_does(
    app: APIFlask, client: FlaskClient, path: str
) -> None:
    before = _version(app)
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(path, data=WRITES[path], headers=headers).status_code == 403
    client.get(path, query_string=WRITES[path])
    assert _version(app) == before


def test_a_full_disk_is_said(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def _full(*_: object, **__: object) -> None:
        raise StorageError

    monkeypatch.setattr("web.pages.looked.save_inventories", _full)
    monkeypatch.setattr("web.signal_keeping.add_signal", _full)
    for path in ("/gekeken", "/signalen"):
        assert client.post(path, data=WRITES[path]).status_code == 507
        assert client.get(path).status_code == 200


def test_the_cookie_of_a_visit_comes_with_the_form_only_and_says_nothing(app: APIFlask) -> None:
    client = app.test_client()
    for path in ("/signalen", "/gekeken", "/opdrachten", "/driehoek/WK039220"):
        assert "Set-Cookie" not in client.get(path).headers
    cookie = client.get("/signalen/nieuw").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "expires" not in cookie.lower()
    assert "Set-Cookie" not in client.get("/signalen/nieuw").headers
