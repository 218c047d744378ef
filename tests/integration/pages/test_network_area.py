"""The profile of an area, the teams and a departure: pictures, tables and sentences agree."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.integration.pages.conftest import NASTY, Page, Visit, look

SVG = "{http://www.w3.org/2000/svg}"
DATA = Path(__file__).parents[3] / "data"
PROFILES = ("WK039201", "WK039221", "WK039220", "swt-schalkwijk-1", "swt-noord-2", "GM0392")
LEAVERS = ("A001", "A002", "A005", "A011", "A052", "A104")
#: Words of a verdict: the teams stand side by side, and that is all.
VERDICT = re.compile(r"\b(te groot voor|te klein|onvoldoende|slecht|beste team|norm gehaald)\b")


def _cells(row: Any) -> list[str]:
    """Give the text of the cells without the words that only a phone shows."""
    found = []
    for cell in row:
        hidden = ["".join(node.itertext()) for node in cell if node.get("aria-hidden") == "true"]
        text = "".join(cell.itertext())
        for words in hidden:
            text = text.replace(words, "", 1)
        found.append(" ".join(text.split()))
    return found


def _rows(page: Page) -> dict[str, list[str]]:
    return {
        row.get("data-maat"): _cells(row) for row in page.tree.iter("tr") if row.get("data-maat")
    }


def _profile(client: FlaskClient, code: str) -> dict[str, Any]:
    (area,) = client.get(f"/api/v1/netwerk/profiel?gebied={code}").get_json()["gebieden"]
    return dict(area)


def _numbers(figures: dict[str, Any]) -> dict[str, str]:
    """Say the figures of the interface as the table does."""
    actors = figures["actoren"]
    total = sum(actors.values())
    meeting = figures["formeel_informeel"]
    pairs = total * (total - 1) // 2
    shown = {
        "actoren": total,
        "informeel": actors["bewonersinitiatief"] + actors["informele_steun"],
        "lijnen": figures["lijnen"],
        "binnen": figures["binnen"],
        "sleutel": figures["sleutelposities"],
        "los": figures["geisoleerd"],
        "team": figures["niet_verbonden"],
        "gewenst": figures["gewenst"],
    }
    said = {name: f"{count:,}".replace(",", ".") for name, count in shown.items()}
    said["dichtheid"] = f"{round(100 * figures['binnen'] / pairs)}%" if pairs else "niet bekend"
    between = meeting["tussen"]
    said["tussen"] = (
        "te weinig banden" if between is None else f"{round(100 * between / meeting['lijnen'])}%"
    )
    return said


@pytest.mark.parametrize("code", PROFILES)
def test_the_table_holds_the_figures_of_the_interface(
    code: str, visit: Visit, clients: dict[str, FlaskClient]
) -> None:
    area = _profile(clients["voorbeeld"], code)
    rows = _rows(visit(f"/netwerk/profiel/{code}"))
    own = _numbers(area["cijfers"])
    assert set(rows) == set(own)
    likes = [one["cijfers"] for one in area["vergelijkbaar"]]
    for name, cells in rows.items():
        assert cells[1] == own[name], name
        for like, cell in zip(likes, cells[2:-1], strict=False):
            known = sum(like["actoren"].values())
            assert cell == (_numbers(like)[name] if known else "niet bekend"), name


@pytest.mark.parametrize("code", ["WK039201", "WK039221", "swt-schalkwijk-1"])
def test_the_mean_is_that_of_the_like_areas_of_which_something_is_known(
    code: str, visit: Visit, clients: dict[str, FlaskClient]
) -> None:
    area = _profile(clients["voorbeeld"], code)
    heard = [one["cijfers"] for one in area["vergelijkbaar"]]
    heard = [one for one in heard if sum(one["actoren"].values())]
    rows = _rows(visit(f"/netwerk/profiel/{code}"))
    assert len(heard) > 1
    for name, field in (("lijnen", "lijnen"), ("los", "geisoleerd"), ("gewenst", "gewenst")):
        mean = sum(one[field] for one in heard) / len(heard)
        said = f"{mean:.1f}".replace(".", ",").removesuffix(",0")
        assert rows[name][-1] == said
    totals = [sum(one["actoren"].values()) for one in heard]
    pairs = sum(total * (total - 1) // 2 for total in totals)
    # A share is that of all together: two groups that know each other do not make 100%.
    assert rows["dichtheid"][-1] == f"{round(100 * sum(one['binnen'] for one in heard) / pairs)}%"


@pytest.mark.parametrize("code", PROFILES)
def test_the_pictures_show_what_the_table_says(code: str, visit: Visit) -> None:
    page = visit(f"/netwerk/profiel/{code}")
    rows = _rows(page)
    drawn = [figure for figure in page.tree.iter("figure") if figure.get("data-maat")]
    assert bool(drawn) is (code != "GM0392")
    for figure in drawn:
        said = rows[figure.get("data-maat")][1:-1]
        bars = [
            (
                float(bar.find(f"{SVG}svg/{SVG}rect").get("width")),
                " ".join(bar.findall("span")[1].text.split()),
            )
            for bar in figure.iter("li")
        ]
        assert [text for _, text in bars] == [cell for cell in said if cell != "niet bekend"]
        counts = [float(text.strip("%").replace(",", ".")) for _, text in bars if text[0].isdigit()]
        widths = [width for width, text in bars if text[0].isdigit()]
        assert max(widths) == 100
        # A share is rounded where it is said and not where it is drawn.
        for width, count in zip(widths, counts, strict=True):
            assert abs(width - 100 * count / max(counts)) <= 100 / max(counts)


def test_strengths_come_first(visit: Visit) -> None:
    for code in PROFILES:
        heads = visit(f"/netwerk/profiel/{code}").headings("h2")
        assert heads.index("Wat hier sterk is") < heads.index("Wat hier dun is")


def test_every_area_larger_than_a_buurt_has_a_profile(clients: dict[str, FlaskClient]) -> None:
    for kaart in ("voorbeeld", "netwerk", "leeg"):
        client = clients[kaart]
        seen = 0
        for one in client.get("/api/v1/netwerk/profiel").get_json()["gebieden"]:
            page = client.get(f"/netwerk/profiel/{one['code']}")
            assert page.status_code == 200, one["code"]
            assert "None" not in page.text
            seen += 1
        assert seen > 40
        assert client.get("/netwerk/profiel/BU03920101").status_code == 404
        assert client.get("/netwerk/profiel/NIETS").status_code == 404


def test_where_no_place_is_known_the_page_says_so(visit: Visit) -> None:
    page = visit("/netwerk/profiel/swt-zandvoort", "netwerk")
    assert "Van niemand is bekend dat de plek in Zandvoort ligt" in page.text
    assert _rows(page) == {}
    assert "weten wij nog niets" in visit("/netwerk/profiel/WK039221", "leeg").text


def test_the_area_the_network_and_the_actor_lead_there(visit: Visit) -> None:
    assert "/netwerk/profiel/WK039221" in visit("/gebied/WK039221").links()
    assert "/netwerk/profiel/WK039221" in visit("/netwerk?gebied=WK039221").links()
    assert {"/netwerk/teams", "/netwerk/profiel/swt-oost-1"} <= visit("/netwerk").links()
    assert "/netwerk/vertrek/A001" in visit("/actor/A001").links()
    assert "/netwerk/vertrek/A001" in visit("/netwerk?zonder=A001").links()


def test_a_member_stands_in_the_team_and_in_its_organisation(visit: Visit) -> None:
    for address in ("/actor/N-SWT-ZANDVOORT", "/netwerk/profiel/swt-zandvoort"):
        page = visit(address, "netwerk")
        assert "Wie in het team staat met één been in welke organisatie" in page.headings("h2")
        assert "Werk en Inkomen, met het andere been bij Gemeente Haarlem" in page.text
        assert "Pluspunt heeft een centrale rol" in page.text
        assert "Werkt ook voor de teams: 3" in page.text
        # Whoever is known to be in the team is not said to be in an unknown one as well.
        wide = page.text.split("Werkt ook voor de teams: 3")[1]
        assert "Dock" in wide
        assert "Zorgbalans Levert" not in wide


def test_an_actor_that_is_no_team_has_no_members(visit: Visit) -> None:
    for address, kaart in (("/actor/N-SWT", "netwerk"), ("/actor/A005", "voorbeeld")):
        assert not [h for h in visit(address, kaart).headings("h2") if "met één been" in h]


def test_the_teams_stand_side_by_side_by_name_and_without_verdict(visit: Visit) -> None:
    page = visit("/netwerk/teams", "netwerk")
    rows = [row for row in page.tree.iter("tr") if row.get("data-gebied")]
    names = [_cells(row)[0] for row in rows]
    assert names == sorted(names, key=str.casefold)
    assert len(names) == 9
    assert not VERDICT.search(page.text)
    numbers = [_cells(row)[1] for row in rows]
    assert numbers != sorted(numbers)
    # Rounded to tens, and of Zandvoort the year of the newest figure that there is.
    assert all(number.endswith("0") for number in numbers)
    zandvoort = " ".join(_cells(rows[names.index("Zandvoort")]))
    assert "Cijfer van 2021 over Zandvoort" in zandvoort
    assert "geschat" not in zandvoort


def test_the_number_of_inhabitants_is_drawn_beside_the_norm(visit: Visit) -> None:
    page = visit("/netwerk/teams", "netwerk")
    pictures = [svg for svg in page.tree.iter(f"{SVG}svg") if svg.get("class") == "omvang"]
    rows = [row for row in page.tree.iter("tr") if row.get("data-gebied")]
    assert len(pictures) == len(rows)
    for svg, row in zip(pictures, rows, strict=True):
        _, norm, mark = svg.findall(f"{SVG}rect")
        start, wide = float(norm.get("x")), float(norm.get("width"))
        people = float(_cells(row)[1].replace(".", ""))
        middle = float(mark.get("x")) + 0.7
        # 6,000 to 10,000 inhabitants give the scale of the picture.
        assert middle == pytest.approx(start + (people - 6000) / 4000 * wide, abs=0.5)


def test_hours_and_facts_are_those_of_the_file_with_source_and_year(visit: Visit) -> None:
    page = visit("/netwerk/teams", "netwerk")
    with (DATA / "netwerk/teams.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert "De basis is 3,5 fte" in page.text
    shown = {_cells(row)[0]: _cells(row)[1:] for row in page.tree.iter("tr")}
    for row in rows:
        if row["functie"].startswith("Feit: "):
            words = row["functie"].removeprefix("Feit: ")
            assert f"{words[:1].upper()}{words[1:]}." in page.text
            assert f"({row['bron'].rsplit(', ', 1)[1]}), deel" in page.text
        else:
            hours = row["fte"].replace(".", ",") or "onbekend"
            assert shown[row["functie"]] == [hours, row["jaar"]]


def test_what_a_document_says_of_a_team_stands_at_its_area(visit: Visit) -> None:
    page = visit("/netwerk/profiel/swt-zandvoort", "netwerk")
    said = page.text.split("Geen activiteiten in Bentveld zelf.")[1]
    assert said.startswith(
        "Volgens: Evaluatie Sociaal Wijkteams Haarlem en Zandvoort (2020), deel 5.1"
    )
    assert "echte team" not in page.text
    assert "echte team" in visit("/netwerk/profiel/swt-zandvoort").text


@pytest.mark.parametrize("actor_id", LEAVERS)
def test_the_list_holds_who_is_tied_to_nobody_else_of_the_team(
    actor_id: str, visit: Visit, clients: dict[str, FlaskClient]
) -> None:
    client = clients["voorbeeld"]
    links = [
        link
        for link in client.get("/api/v1/netwerk").get_json()["links"]
        if link["feitelijk"] == "feitelijk"
    ]
    pairs = {frozenset((link["source"], link["target"])) for link in links}
    mothers: dict[str, set[str]] = {}
    for link in links:
        if link["soort"] == "moederorganisatie":
            mothers.setdefault(link["source"], {link["source"]}).add(link["target"])
    own = mothers.get(actor_id, {actor_id})
    everybody = {key for pair in pairs for key in pair} - {actor_id}
    team = {key for key in everybody if own & mothers.get(key, {key})}
    near = {key for key in everybody - team if frozenset((actor_id, key)) in pairs}
    alone = {key for key in near if not any(frozenset((key, one)) in pairs for one in team)}
    page = visit(f"/netwerk/vertrek/{actor_id}")
    listed = [node.get("data-wie") for node in page.tree.iter("li") if node.get("data-wie")]
    assert sorted(listed) == sorted(f"/actor/{key}" for key in alone)


def test_what_comes_loose_is_said_by_name(visit: Visit, clients: dict[str, FlaskClient]) -> None:
    keys = clients["voorbeeld"].get("/api/v1/netwerk/sleutelposities").get_json()
    for key in keys["sleutelposities"]:
        many = key["raakt_los"]
        said = "raakt 1 ander los" if many == 1 else f"raken {many} anderen los"
        assert f"Zonder overdracht {said}" in visit(f"/netwerk/vertrek/{key['actor_id']}").text


def test_the_notice_names_the_team_and_sends_nothing(visit: Visit) -> None:
    page = visit("/netwerk/vertrek/A011")
    (notice,) = page.tree.iter("pre")
    text = "".join(notice.itertext())
    assert "Buurthuis De Wilgenkamer stopt op [vul de datum in]." in text
    assert "- Welzijn Zuiderpoort, 023-0000102, info@welzijn-zuiderpoort.example" in text
    assert "mailto:" not in page.html
    assert "<form" not in page.html


@pytest.mark.parametrize("actor_id", ["A108", "A114", "A087", "NIETS", "x" * 300])
def test_who_is_hidden_stopped_or_not_there_cannot_leave(
    actor_id: str, clients: dict[str, FlaskClient]
) -> None:
    assert clients["voorbeeld"].get(f"/netwerk/vertrek/{actor_id}").status_code == 404


def test_text_of_people_stays_text(nasty_client: FlaskClient) -> None:
    for address in ("/netwerk/profiel/EG-NAAR", "/netwerk/vertrek/A-NAAR", "/netwerk/teams"):
        page = look(nasty_client, address)
        assert NASTY in "".join(page.tree.itertext())
        assert "<img" not in page.html
