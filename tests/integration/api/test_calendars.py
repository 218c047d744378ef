"""Calendars and contacts: what is in use and open, and nothing of what is hidden or has stopped."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from .conftest import Row


def read(client: FlaskClient, path: str) -> Calendar:
    answer = client.get(path)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.content_type == "text/calendar; charset=utf-8"
    made = Calendar.from_ical(answer.data)
    assert made.walk("VTIMEZONE")
    return made


@pytest.fixture
def timed(rows: dict[str, list[Row]], open_actors: dict[str, Row]) -> dict[str, Row]:
    """Offers in use, with times, of actors in use that everybody may see."""
    return {
        row["id"]: row
        for row in rows["aanbod"]
        if row["wanneer"]
        and row["status"] == "actief"
        and row["actor_id"] in open_actors
        and open_actors[row["actor_id"]]["status"] == "actief"
    }


def test_each_offer_with_times_has_a_calendar_and_its_page_says_so(
    client: FlaskClient, timed: dict[str, Row]
) -> None:
    assert len(timed) > 50
    for key in list(timed)[:20]:
        names = {str(e["summary"]) for e in read(client, f"/aanbod/{key}.ics").walk("VEVENT")}
        assert names == {timed[key]["naam"]}
        page = client.get(f"/aanbod/{key}").get_data(as_text=True)
        assert f'href="/aanbod/{key}.ics"' in page


def test_what_has_no_times_or_has_stopped_has_no_calendar(
    client: FlaskClient, rows: dict[str, list[Row]], timed: dict[str, Row]
) -> None:
    others = [row["id"] for row in rows["aanbod"] if row["id"] not in timed]
    assert len(others) > 20
    for key in others:
        assert client.get(f"/aanbod/{key}.ics").status_code == 404
    page = client.get(f"/aanbod/{others[0]}").get_data(as_text=True)
    assert ".ics" not in page


def test_the_calendar_of_a_town_has_every_offer_with_times(
    client: FlaskClient, timed: dict[str, Row]
) -> None:
    found = {
        str(event["summary"])
        for code in ("GM0392", "GM0473")
        for event in read(client, f"/gebied/{code}.ics").walk("VEVENT")
    }
    # What is always open is nothing for a calendar.
    assert found >= {row["naam"] for row in timed.values() if row["wanneer"] != "24/7"}
    uids = [str(e["uid"]) for e in read(client, "/gebied/GM0392.ics").walk("VEVENT")]
    assert len(set(uids)) == len(uids)
    assert '/gebied/GM0392.ics"' in client.get("/gebied/GM0392").get_data(as_text=True)


def test_an_open_actor_has_a_contact(client: FlaskClient, open_actors: dict[str, Row]) -> None:
    for key, row in open_actors.items():
        answer = client.get(f"/actor/{key}.vcf")
        assert answer.content_type == "text/vcard; charset=utf-8"
        text = answer.get_data(as_text=True).replace("\r\n ", "")
        assert f"TEL;VALUE=text:{row['telefoon']}\r\n" in text or not row["telefoon"]
    page = client.get("/actor/A001").get_data(as_text=True)
    assert 'href="/actor/A001.vcf"' in page


def test_nothing_that_is_hidden_comes_out(
    client: FlaskClient,
    rows: dict[str, list[Row]],
    open_actors: dict[str, Row],
    hidden_words: set[str],
) -> None:
    for row in rows["actoren"]:
        expected = 200 if row["id"] in open_actors else 404
        assert client.get(f"/actor/{row['id']}.vcf").status_code == expected
    for path in ("/aanbod/O901.ics", "/aanbod/O902.ics", "/aanbod/nergens.ics"):
        assert client.get(path).status_code == 404
    written = client.get("/gebied/GM0392.ics").get_data(as_text=True).replace("\r\n ", "")
    assert len(written) > 20_000
    ids = {row["id"] for row in rows["actoren"]}
    assert [word for word in hidden_words - ids if word in written] == []
