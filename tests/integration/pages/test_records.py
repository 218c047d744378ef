"""Pages of actors and offers: usable, sure or not, and never a fact without its check."""

from __future__ import annotations

import pytest

from tests.integration.pages.conftest import Visit, example_rows


def test_an_actor_says_what_it_does_with_whom_and_where(visit: Visit) -> None:
    page = visit("/actor/A002")
    assert "Nagekeken sept 2026" in page.text
    assert "Werkt samen met" in page.headings("h3")
    assert "/gebied/EG-SCHALKWIJK" in page.links()
    addresses = {node.get("href") for node in page.tree.iter("a")}
    assert {"tel:0230000102", "mailto:info@welzijn-zuiderpoort.example"} <= addresses


def test_a_way_out_tells_nothing_about_this_page(visit: Visit) -> None:
    page = visit("/actor/A002")
    outward = [n for n in page.tree.iter("a") if (n.get("href") or "").startswith("http")]
    assert outward
    assert all(node.get("rel") == "noopener noreferrer" for node in outward)


def test_a_documented_actor_is_said_to_be_unchecked(visit: Visit) -> None:
    page = visit("/actor/N-SWT", "netwerk")
    assert "Volgens bron uit 2020, niet nagekeken" in page.text
    assert "Evaluatie Sociaal Wijkteams Haarlem en Zandvoort" in page.text
    assert "Wat nog gewenst is" in page.headings("h2")
    assert "Zo draagt u over" in page.text


def test_a_tie_that_both_ends_recorded_is_one_tie(visit: Visit) -> None:
    # The example records A064 and A065 in both directions.
    main = next(n for n in visit("/actor/A064").tree.iter("main"))
    assert [n.get("href") for n in main.iter("a")].count("/actor/A065") == 1


@pytest.mark.parametrize("table", ["actoren", "aanbod"])
def test_the_map_opens_where_a_record_stands_and_is_not_filtered_by_name(
    table: str, visit: Visit
) -> None:
    page = "actor" if table == "actoren" else "aanbod"
    rows = [r for r in example_rows(table) if r["status"] == "actief" and r["lon"]]
    row = next(r for r in rows if r.get("zichtbaarheid", "openbaar") == "openbaar")
    place = f"16/{float(row['lat']):.5f}/{float(row['lon']):.5f}"
    links = visit(f"/{page}/{row['id']}").links()
    assert f"/kaart?wat={table}&kaart={place}&gekozen={row['id']}" in links
    assert not [link for link in links if link.startswith("/kaart?") and "q=" in link]


def test_without_a_place_the_map_opens_at_the_first_area_of_work(visit: Visit) -> None:
    assert "/kaart?wat=actoren&gebied=GM0392" in visit("/actor/N-SWT", "netwerk").links()
    offers = visit("/aanbod/N-O-SWT-INFO", "netwerk").links()
    assert "/kaart?wat=aanbod&gebied=GM0392" in offers


def test_a_stopped_actor_is_said_to_have_stopped(visit: Visit) -> None:
    for row in example_rows("actoren"):
        if row["status"] != "gestopt" or row["zichtbaarheid"] != "openbaar":
            continue
        page = visit(f"/actor/{row['id']}")
        assert "is gestopt" in page.text
        assert not [n for n in page.tree.iter("a") if (n.get("href") or "").startswith("tel:")]
        assert "Wat bewoners hier kunnen gebruiken" not in page.headings("h2")


@pytest.mark.parametrize("key", ["O132"])
def test_an_offer_of_a_stopped_actor_is_not_shown_as_usable(key: str, visit: Visit) -> None:
    row = next(r for r in example_rows("aanbod") if r["id"] == key)
    assert row["status"] == "actief"
    page = visit(f"/aanbod/{key}")
    assert "Dit is gestopt" in page.text
    assert "Wanneer en hoe?" not in page.headings("h2")
    assert "Vandaag" not in page.text


def test_a_paused_actor_pauses_its_offers(visit: Visit) -> None:
    paused = next(r["id"] for r in example_rows("actoren") if r["status"] == "gepauzeerd")
    assert "is even gestopt" in visit(f"/actor/{paused}").text
    for row in example_rows("aanbod"):
        if row["actor_id"] == paused:
            text = visit(f"/aanbod/{row['id']}").text
            assert "even gestopt" in text
            assert "Vandaag open" not in text


def test_an_offer_says_when_what_it_costs_and_how_to_join(visit: Visit) -> None:
    text = visit("/aanbod/O001").text
    for words in ("Dinsdag 13.30–15.30 uur", "Vrijdag 10–12 uur", "Gratis", "Binnenlopen"):
        assert words in text
    assert "Nederlands" in text
    assert "Vandaag dicht." in text


def test_hours_that_nobody_checked_are_not_said_of_today(visit: Visit) -> None:
    stale = [
        r
        for r in example_rows("aanbod")
        if r["wanneer"] and r["status"] == "actief" and r["gecontroleerd_op"] < "2024-11-22"
    ]
    assert len(stale) > 20
    persons = {r["id"] for r in example_rows("actoren") if r["zichtbaarheid"] != "openbaar"}
    for row in stale:
        if row["actor_id"] not in persons:
            text = visit(f"/aanbod/{row['id']}").text
            assert "Vandaag open" not in text
            assert "Vandaag dicht" not in text


def test_what_is_not_known_is_said(visit: Visit) -> None:
    text = visit("/aanbod/N-O-SWT-INFO", "netwerk").text
    assert "Weten wij nog niet" in text
    assert "Volgens bron uit 2020, niet nagekeken" in text
