"""Lists of records hold what the files hold, page by page, and filters mean what they say."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.integration.api.conftest import Get, Row

LISTS = ("/actoren", "/aanbod", "/relaties")


def _values(cell: str) -> set[str]:
    return set(cell.split("|"))


def test_everybody_gets_all_open_records(
    get_all: Get, rows: dict[str, list[Row]], open_actors: dict[str, Row]
) -> None:
    offers = {r["id"] for r in rows["aanbod"] if r["actor_id"] in open_actors}
    ties = [
        r
        for r in rows["relaties"]
        if r["zichtbaarheid"] == "openbaar" and {r["van_id"], r["naar_id"]} <= open_actors.keys()
    ]
    assert {a["id"] for a in get_all("/actoren")} == open_actors.keys()
    assert {o["id"] for o in get_all("/aanbod")} == offers
    found = [(t["van_id"], t["naar_id"], t["soort"]) for t in get_all("/relaties")]
    assert sorted(found) == sorted((t["van_id"], t["naar_id"], t["soort"]) for t in ties)


def test_an_offer_has_the_columns_of_the_format_with_types(get: Get, rows: Any) -> None:
    row = next(r for r in rows["aanbod"] if r["id"] == "O001")
    offer = get("/aanbod/O001")
    assert offer["naam"] == row["naam"]
    assert offer["lon"] == float(row["lon"])
    assert offer["lijn"] == int(row["lijn"])
    assert offer["capaciteit"] == int(row["capaciteit"])
    assert offer["talen"] == row["talen"].split("|")
    assert offer["kosten"] == 0
    assert offer["gecontroleerd_op"] == row["gecontroleerd_op"]
    assert offer["max_leeftijd"] is None
    assert offer["versie"] == 1
    assert set(row) <= offer.keys()


def test_costs_are_numbers(get_all: Get, rows: Any) -> None:
    asked = {r["id"]: float(r["kosten"]) for r in rows["aanbod"] if r["kosten"]}
    assert any(value != int(value) for value in asked.values())
    found = {o["id"]: o["kosten"] for o in get_all("/aanbod") if o["kosten"] is not None}
    assert found == asked


def test_an_actor_tells_only_what_is_for_everybody(get: Get) -> None:
    actor = get("/actoren/A002")
    assert actor["naam"] == "Welzijn Zuiderpoort"
    hidden = {"gecontroleerd_door", "moedertaal", "toestemming_op", "toestemming_doel"}
    assert not hidden & actor.keys()


def test_a_tie_can_be_asked_by_its_id(get: Get) -> None:
    tie = get("/relaties", limit=1)["resultaten"][0]
    assert get(f"/relaties/{tie['id']}") == tie
    assert tie["sterkte"] in (1, 2, 3)


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("limit", [1, 7, 50, 200])
def test_pages_hold_everything_once_in_one_order(get: Get, path: str, limit: int) -> None:
    whole = [r["id"] for r in get(path, limit=200)["resultaten"]]
    walked: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = get(path, limit=limit, **cursor)
        assert len(page["resultaten"]) <= limit
        walked += [r["id"] for r in page["resultaten"]]
        if page["volgende"] is None:
            break
        cursor = {"cursor": page["volgende"]}
    assert walked == whole == sorted(whole)
    assert page["totaal"] == len(walked)


def test_a_page_holds_fifty_without_a_limit(get: Get) -> None:
    assert len(get("/actoren")["resultaten"]) == 50


def test_each_filter_keeps_what_the_files_say(get_all: Get, open_actors: dict[str, Row]) -> None:
    def ids(**keep: Any) -> set[str]:
        return {a["id"] for a in get_all("/actoren", **keep)}

    actors = open_actors.values()
    assert ids(soort="wijkteam") == {a["id"] for a in actors if a["soort"] == "wijkteam"}
    assert ids(lijn=0) == {a["id"] for a in actors if a["lijn"] == "0"}
    assert ids(status="gestopt") == {a["id"] for a in actors if a["status"] == "gestopt"}
    assert ids(thema="financien") == {
        a["id"] for a in actors if "financien" in _values(a["themas"])
    }
    assert ids(doelgroep="ouderen") == {
        a["id"] for a in actors if "ouderen" in _values(a["doelgroepen"])
    }
    assert ids(q="WELZIJN zuider") == {"A002"}
    assert ids(versheid="nooit") == {a["id"] for a in actors if not a["gecontroleerd_op"]}


def test_several_values_mean_or_and_several_filters_mean_and(get_all: Get) -> None:
    def ids(**keep: Any) -> set[str]:
        return {o["id"] for o in get_all("/aanbod", **keep)}

    comma = ids(thema="financien,sociaal_netwerk")
    assert comma == ids(thema=["financien", "sociaal_netwerk"])
    assert comma == ids(thema="financien") | ids(thema="sociaal_netwerk")
    both = ids(thema="sociaal_netwerk", doelgroep="ouderen", lijn="0,1")
    assert both == ids(thema="sociaal_netwerk") & ids(doelgroep="ouderen") & ids(lijn="0,1")
    assert both
    assert ids(thema="taal_digitaal") == ids(thema="taal,digitaal")
    assert ids(soort="", thema="") == ids()


def test_an_area_keeps_what_lies_or_works_there(get_all: Get, open_actors: dict[str, Row]) -> None:
    found = {a["id"] for a in get_all("/actoren", gebied="GM0473")}
    stated = {a["id"] for a in open_actors.values() if "GM0473" in _values(a["werkgebied"])}
    elsewhere = {
        a["id"]
        for a in open_actors.values()
        if a["plaats"] == "Haarlem" and all(c[2:6] == "0392" for c in _values(a["werkgebied"]))
    }
    assert stated
    assert stated <= found
    assert elsewhere
    assert not elsewhere & found


def test_ties_can_be_asked_of_an_actor_by_kind(get_all: Get) -> None:
    everything = get_all("/relaties")
    mine = get_all("/relaties", actor="A001")
    assert mine == [t for t in everything if "A001" in (t["van_id"], t["naar_id"])]
    assert mine
    kind = get_all("/relaties", relatiesoort="moederorganisatie", feitelijk="feitelijk")
    assert kind == [
        t for t in everything if t["soort"] == "moederorganisatie" and t["feitelijk"] == "feitelijk"
    ]
    teams = {a["id"] for a in get_all("/actoren", soort="wijkteam")}
    assert get_all("/relaties", soort="wijkteam") == [
        t for t in everything if teams & {t["van_id"], t["naar_id"]}
    ]


@pytest.mark.parametrize(
    "path", ["/actoren/NIETS", "/actoren/A108", "/aanbod/O901", "/aanbod/O902"]
)
def test_hidden_and_absent_are_not_told_apart(client: FlaskClient, path: str) -> None:
    kind, key = path.strip("/").split("/")
    answer = client.get(f"/api/v1{path}")
    absent = client.get(f"/api/v1/{kind}/Z999")
    assert answer.status_code == absent.status_code == 404
    assert answer.get_data(as_text=True).replace(key, "Z999") == absent.get_data(as_text=True)


def test_ties_of_hidden_and_absent_actors_are_not_told_apart(get: Get) -> None:
    assert get("/relaties", actor="A108") == get("/relaties", actor="Z999")
