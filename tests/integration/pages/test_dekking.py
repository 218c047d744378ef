"""The pages of coverage: what they answer, how they count people, and what they refuse."""

from __future__ import annotations

import io
import itertools
import os
import re
from typing import Any

import pypdf
import pytest
from flask.testing import FlaskClient

from socialmap.domain.counts import FEW, NONE
from tests.integration.pages.conftest import NASTY, Page, Visit, look
from web.sheet_pdf import pdf_is_possible

UNKNOWN = "aantal onbekend"
PAGES = [
    "/dekking",
    "/dekking?thema=sociaal_netwerk&doelgroep=ouderen",
    "/dekking?thema=vervoer&niveau=buurt&gebied=WK039221&toon=alles",
    "/dekking?niveau=teamgebied&doelgroep=kinderen&straal_m=300",
    "/dekking?niveau=wijk&doelgroep=minima&thema=werk_opleiding",
    "/dekking?thema=taal&doelgroep=ggz",
    "/dekking/WK047303",
    "/dekking/GM0392?doelgroep=ouderen",
    "/dekking/EG-SCHALKWIJK?doelgroep=alleenstaanden",
    "/dekking/BU03922101?thema=taal",
    "/dekking/WK039220?thema=lichamelijke_gezondheid&doelgroep=ouderen",
]
_COUNTED = re.compile(
    r"(?:[Vv]an de|Ongeveer|ongeveer|wonen) (\d[\d.]*) "
    r"(?:van de |mensen (?:met|die)|inwoners|ouderen|kinderen)"
)


def _with_class(page: Page, name: str) -> list[Any]:
    return [n for n in page.tree.iter() if name in str(n.get("class", "")).split()]


def _text(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())


def _rows(page: Page) -> list[dict[str, str]]:
    return [
        {
            "code": row.get("data-code"),
            "nummer": row.get("data-nummer") or "",
            "personen": _text(next(n for n in row.iter() if "dekrij__getal" in n.get("class", ""))),
        }
        for row in _with_class(page, "dekrij")
    ]


def _signs(page: Page) -> list[str]:
    """Give the verdict of each row of the list, as its picture says it."""
    found = [
        node.get("href").removeprefix("#dek-").removesuffix("-oud")
        for row in _with_class(page, "dekrij")
        for node in row.iter()
        if str(node.tag).endswith("use")
    ]
    assert len(found) == len(_rows(page)) > 0
    return found


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_sound_and_rounds_every_number_of_people(address: str, visit: Visit) -> None:
    page = visit(address)
    shown = [row["personen"] for row in _rows(page)]
    shown += [
        _text(node).split(" ")[0] if _text(node)[:1].isdigit() else _text(node)
        for node in _with_class(page, "dekthema__aantal")
    ]
    # Two tiles are about people: how many there are, and whom nothing reaches.
    shown += [_text(node) for node in _with_class(page, "cijfertegel__waarde")[:2]]
    shown += _COUNTED.findall(page.text)
    assert shown
    for said in shown:
        word = next((w for w in (NONE, FEW, UNKNOWN) if said.startswith(w)), "")
        assert word or int(said.replace(".", "")) % 10 == 0, said
    assert "None" not in page.text


def test_the_answer_comes_first_and_counts_every_area(visit: Visit) -> None:
    text = visit("/dekking?thema=sociaal_netwerk&doelgroep=ouderen").text
    assert "Contact voor ouderen: van 24 wijken zijn er één met een gat en 23 gedekt." in text
    assert text.index("Contact voor ouderen: van") < text.index("Hier eerst kijken")
    text = visit("/dekking?thema=vervoer").text
    assert "Vervoer: in alle 24 wijken keek nog niemand." in text


def test_without_a_theme_the_page_begins_at_the_first_gap(visit: Visit) -> None:
    page = visit("/dekking")
    assert "Wij beginnen bij het thema van het eerste gat" in page.text
    first = _rows(page)[0]
    assert (first["nummer"], first["code"]) == ("1", "WK047303")
    assert _signs(page)[0] == "gat"


def test_numbers_go_on_through_the_parts_and_what_nobody_looked_at_stands_apart(
    visit: Visit,
) -> None:
    page = visit("/dekking?thema=justitie&toon=alles")
    numbered = [row["nummer"] for row in _rows(page) if row["nummer"]]
    assert numbered == [str(n) for n in range(1, len(numbered) + 1)]
    assert _signs(page) == sorted(_signs(page), key=["gat", "onbekend", "dun"].index)
    heads = " ".join(page.headings("h3"))
    assert heads.index("Hier keek nog niemand") < heads.index("Hier is het dun")


def test_a_group_without_a_figure_stands_apart(visit: Visit) -> None:
    page = visit("/dekking?thema=taal&doelgroep=ggz")
    assert {row["personen"] for row in _rows(page) if row["nummer"]} == {UNKNOWN}
    assert "Over hoeveel mensen het gaat is geen cijfer bekend." in page.text


def test_one_filter_changes_one_thing(clients: dict[str, FlaskClient], visit: Visit) -> None:
    base = "thema=lichamelijke_gezondheid&doelgroep=ouderen&niveau=buurt"
    changes = ["", "&straal_m=300", "&straal_m=1500", "&dag=zondag", "&dag=zondag&dagdeel=avond"]
    answers = {}
    for change in changes:
        page = visit(f"/dekking?{base}{change}")
        told = clients["voorbeeld"].get(f"/dekking/oordelen?{base}{change}").get_json()["gebieden"]
        answers[change] = {one["code"]: one["oordeel"] for one in told}
        for name, value in (part.split("=") for part in f"{base}{change}".split("&")):
            if name == "niveau":
                continue
            chosen = [
                option.get("value")
                for select in page.tree.iter("select")
                if select.get("name") == name
                for option in select.iter("option")
                if option.get("selected") is not None
            ]
            assert chosen == [value]
    assert len({tuple(sorted(found.items())) for found in answers.values()}) == len(changes)
    covered = {change: list(found.values()).count("gedekt") for change, found in answers.items()}
    assert covered["&straal_m=300"] <= covered[""] <= covered["&straal_m=1500"]
    assert covered["&dag=zondag&dagdeel=avond"] <= covered["&dag=zondag"] <= covered[""]


def test_the_map_gets_the_areas_of_the_level_and_nothing_else(
    clients: dict[str, FlaskClient],
) -> None:
    client = clients["voorbeeld"]
    for niveau, number in (("buurt", 130), ("wijk", 25), ("teamgebied", 9), ("gemeente", 2)):
        found = client.get(f"/dekking/oordelen?niveau={niveau}").get_json()["gebieden"]
        assert len(found) == number
        assert all(set(one) <= {"code", "oordeel", "label", "verouderd"} for one in found)
        assert all(
            one["label"].endswith(("gat", "dun", "gedekt", "onbekend", "niemand", "gegevens"))
            for one in found
        )
    inside = client.get("/dekking/oordelen?niveau=buurt&gebied=WK039220").get_json()["gebieden"]
    assert {one["code"][:8] for one in inside} == {"BU039220"}


def test_the_table_has_every_theme_and_each_cell_leads_on(
    clients: dict[str, FlaskClient], visit: Visit
) -> None:
    page = visit("/dekking?doelgroep=ouderen&thema=taal&niveau=buurt")
    table = next(page.tree.iter("table"))
    heads = [_text(th) for th in table.find("thead").iter("th")]
    rows = list(table.find("tbody").iter("tr"))
    # More buurten than fit: the wijken stand there, without the one where nobody lives.
    assert len(rows) == 24
    assert len(heads) == 26
    cells = [a for row in rows for td in row.iter("td") for a in td.iter("a")]
    assert len(cells) == 24 * 24
    for link in itertools.islice(cells, 0, None, 97):
        address = link.get("href")
        assert "doelgroep=ouderen" in address
        inside = look(clients["voorbeeld"], address)
        theme, area, verdict = re.fullmatch(r"(.+?) in (.+): (.+)", _text(link)).groups()  # type: ignore[union-attr]
        assert inside.headings("h1") == [f"{theme} voor ouderen in {area}"]
        assert verdict.capitalize() in inside.text


def test_a_gap_shows_why_who_looked_where_it_is_and_what_to_do(visit: Visit) -> None:
    page = visit("/dekking/WK047303?thema=sociaal_netwerk&doelgroep=ouderen")
    text = page.text
    assert "Laatst gevraagd in oktober 2026: bewoners, kerk of moskee en huisarts" in text
    assert "Bentveld valt onder het wijkteam Zandvoort" in text
    assert "volgens bron uit 2020" in text
    assert "Waar het wel is" in text
    assert "Geen maand met 5 keer of meer" in text
    assert "rechte lijn x 1,3" in text
    assert "geschat naar oppervlakte, CBS 2021" in text
    query = "gebied=WK047303&thema=sociaal_netwerk&doelgroep=ouderen"
    assert {f"/gekeken?{query}", f"/opdrachten/nieuw?{query}", f"/dekking/plan?{query}"} <= (
        page.links()
    )
    like = [
        link for link in page.links() if re.match(r"/dekking/WK\d+\?thema=sociaal_netwerk", link)
    ]
    assert len(like) >= 3


def test_stale_offers_are_listed_to_be_checked(visit: Visit) -> None:
    page = visit("/dekking/WK039220?thema=lichamelijke_gezondheid&doelgroep=ouderen")
    assert "Dun, hangt af van oude gegevens" in page.text
    assert any(head.startswith("Kijk deze na") for head in page.headings("h3"))
    assert any(link.startswith("/kaart?") and "versheid=oud" in link for link in page.links())


def test_an_area_has_all_themes_for_a_meeting(visit: Visit) -> None:
    page = visit("/dekking/WK047303?doelgroep=ouderen")
    assert len(_with_class(page, "dekthema")) == 24
    assert "Hier ontbreken 19 thema's tegelijk." in page.text
    assert "Wat wij niet weten" in page.headings("h2")
    assert "/dekking/WK047303.pdf?doelgroep=ouderen" in page.links()


def test_the_pdf_for_a_meeting_is_tagged_and_says_all_themes(
    clients: dict[str, FlaskClient],
) -> None:
    if not pdf_is_possible():
        reason = "Pango ontbreekt. Draai scripts/test --installeer."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    answer = clients["voorbeeld"].get("/dekking/WK047303.pdf?doelgroep=ouderen")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    found = pypdf.PdfReader(io.BytesIO(answer.data))
    root: Any = found.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "nl"
    assert found.metadata is not None
    assert found.metadata.title == "Wat Bentveld bereikt voor ouderen"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    text = " ".join(" ".join(page.extract_text() for page in found.pages).split())
    for words in ("Voor uzelf zorgen", "Stand van 22 november 2026", "Voorbeeldkaart"):
        assert words in text
    assert text.count("Hier heeft nog niemand naar gekeken.") > 10
    assert "Wat wij niet weten" in text


def test_without_pango_the_page_says_so(
    clients: dict[str, FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.pages.coverage_area.pdf_is_possible", lambda: False)
    refused = look(clients["voorbeeld"], "/dekking/WK047303.pdf", 503)
    assert "Een PDF maken kan hier niet" in refused.text
    assert not [link for link in refused.links() if ".pdf" in link]


def test_an_area_where_nobody_lives_has_no_verdict(visit: Visit) -> None:
    empty = visit("/dekking/WK047304")
    assert "Hier woont (bijna) niemand. Daarom is er geen oordeel." in empty.text
    assert "woont (bijna) niemand" in visit("/dekking/WK047304?thema=taal").text


def test_the_documented_network_says_itself_what_its_sources_say(visit: Visit) -> None:
    page = visit("/dekking/WK047303", "netwerk")
    assert "In Bentveld zelf houdt het team geen activiteiten" in page.text
    rows = visit("/dekking?thema=sociaal_netwerk&toon=alles", "netwerk")
    bentveld = next(r for r in _with_class(rows, "dekrij") if r.get("data-code") == "WK047303")
    assert "In Bentveld zelf houdt het team geen activiteiten" in _text(bentveld)


def test_an_empty_map_says_that_nobody_looked(visit: Visit) -> None:
    text = visit("/dekking", "leeg").text
    assert "in alle 24 wijken keek nog niemand" in text
    assert "Er is hier nog geen gat dat iemand zelf heeft gezien" in text


@pytest.mark.parametrize(
    "query",
    [
        "thema=bestaatniet",
        "thema=taal,vervoer",
        "doelgroep=iedereen,ouderen",
        "niveau=eigen",
        "straal_m=0",
        "straal_m=1e9",
        "straal_m=-5",
        "dag=zaterzondag",
        "dagdeel=nacht",
        "toon=100",
        "gebied=NIETS",
        "gekozen=NIETS",
        "rij=../x",
        "gebied=" + "x" * 300,
        f"thema={NASTY}",
        f"gekozen={NASTY}",
    ],
)
@pytest.mark.parametrize("path", ["/dekking", "/dekking/oordelen", "/dekking/keuze"])
def test_what_cannot_be_read_is_refused(
    path: str, query: str, clients: dict[str, FlaskClient]
) -> None:
    name, value = query.split("=", 1)
    answer = clients["voorbeeld"].get(path, query_string={name: value})
    assert answer.status_code == 400
    assert NASTY not in answer.text


def test_an_area_that_is_not_there_is_not_found(clients: dict[str, FlaskClient]) -> None:
    for code in ("NIETS", "WK999999", NASTY, "GM1980"):
        for end in ("", ".pdf", "?thema=taal"):
            assert clients["voorbeeld"].get(f"/dekking/{code}{end}").status_code == 404


def test_the_names_of_people_are_text(nasty_client: FlaskClient) -> None:
    for address in (
        "/dekking/EG-NAAR?thema=taal&doelgroep=ouderen",
        "/dekking/EG-NAAR",
        "/dekking?gebied=EG-NAAR&gekozen=EG-NAAR&thema=taal",
    ):
        page = look(nasty_client, address)
        assert NASTY in "".join(page.tree.itertext())
        assert "<img" not in page.html


def test_the_third_door_the_menu_and_every_area_lead_here(visit: Visit) -> None:
    start = visit("/")
    forms = [form for form in start.tree.iter("form") if form.get("action") == "/dekking"]
    assert [node.get("name") for form in forms for node in form.iter("select")] == ["gebied"]
    assert "/dekking" in visit("/kaart").links()
    assert "/dekking/WK039220" in visit("/gebied/WK039220").links()


def test_nothing_here_is_new_to_the_map(clients: dict[str, FlaskClient]) -> None:
    for path in ("/dekking", "/dekking/WK039220", "/dekking/oordelen"):
        assert clients["voorbeeld"].post(path).status_code == 405
