"""The map page: a viewport from anywhere, filters that can be switched off, and few questions."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests.integration.pages.conftest import Visit


# Each of these is a float, and none is a viewport.
@pytest.mark.parametrize(
    "bbox", ["nan,nan,nan,nan", "1e999,0,1,1", "4.7,52.3,4.5,52.4", "-1e9,-1e9,1e9,1e9", "a,b"]
)
def test_a_viewport_that_is_none_shows_the_whole_map(
    bbox: str, clients: dict[str, FlaskClient]
) -> None:
    whole = clients["voorbeeld"].get("/kaart/lijst?wat=aanbod").text
    answer = clients["voorbeeld"].get(f"/kaart/lijst?wat=aanbod&bbox={bbox}")
    assert answer.status_code == 200
    assert "plekken in beeld" in whole
    # "Toon meer" keeps no viewport, so the two are equal to the letter.
    assert answer.text == whole


@pytest.mark.parametrize(
    ("query", "off"),
    [
        ("thema=sociaal_netwerk,taal", [["taal"], ["sociaal_netwerk"]]),
        ("thema=sociaal_netwerk&thema=taal", [["taal"], ["sociaal_netwerk"]]),
        ("thema=taal_digitaal", [["digitaal"], ["taal"]]),
        ("lijn=0,2", [["2"], ["0"]]),
        ("q=+koffie+", [[]]),
    ],
)
def test_each_filter_that_is_on_has_a_link_that_switches_it_off(
    query: str, off: list[list[str]], visit: Visit
) -> None:
    page = visit(f"/kaart?wat=aanbod&{query}")
    links = [n.get("href") for n in page.tree.iter("a") if "pil--aan" in (n.get("class") or "")]
    name = query.split("=")[0]
    asked = [parse_qs(urlsplit(link).query) for link in links]
    assert [one.get(name, []) for one in asked] == off
    assert all(one["wat"] == ["aanbod"] for one in asked)


def test_a_longer_list_asks_the_database_no_more(clients: dict[str, FlaskClient]) -> None:
    asked: list[str] = []

    def count(*told: object) -> None:
        asked.append(str(told[2]))

    sa.event.listen(sa.Engine, "before_cursor_execute", count)
    try:
        numbers = []
        for limit in (30, 90):
            asked.clear()
            page = clients["netwerk"].get(f"/kaart/lijst?wat=actoren&toon={limit}")
            assert page.text.count("<li ") >= limit
            numbers.append(len(asked))
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", count)
    assert numbers[0] == numbers[1] > 0
