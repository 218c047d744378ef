"""Inventarisaties and wijkopdrachten: kept, changed, and cut to what a reader may see."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from socialmap.domain.codes import Niveau, Soort
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Aanbod, Actor, Inventarisatie, Wijkopdracht, gap_key
from socialmap.domain.privacy import OPENBAAR, Lezer
from socialmap.store.assignments import all_assignments, get_assignment, save_assignments
from socialmap.store.data_version import read_data_version
from socialmap.store.engine import Connection
from socialmap.store.inventories import (
    InventoryFilter,
    all_inventories,
    change_offers,
    get_inventory,
    list_inventories,
    save_inventories,
)
from socialmap.store.saving import changed_since
from socialmap.store.write import save_aanbod, save_actors

Undone = Callable[[], AbstractContextManager[Connection]]
TEAM = Lezer(Niveau.TEAM)
TODAY = date(2026, 11, 22)


def inventory(key: str, **other: Any) -> Inventarisatie:
    return Inventarisatie(
        **{
            "id": key,
            "gebied": "WK039221",
            "thema": "taal",
            "datum": date(2026, 10, 1),
            "door": "wijkteam",
            "gevraagd_aan": ("bewoners", "school"),
            "uitkomst": "niets_gevonden",
            **other,
        }
    )


def assignment(key: str, **other: Any) -> Wijkopdracht:
    return Wijkopdracht(
        **{
            "id": key,
            "titel": "nieuw_aanbod",
            "gebied": "WK039221",
            "themas": ("taal", "vervoer"),
            "kant": "beide",
            "eigenaar": "opbouwwerker",
            "stap": "ruimte_zoeken",
            "datum": date(2026, 12, 1),
            "gaten": (gap_key("WK039221", "taal", "ouderen"), gap_key("WK039221", "vervoer", "")),
            **other,
        }
    )


def _offers(conn: Connection, now: datetime) -> None:
    hidden = Actor(id="A9", naam="Team", soort=Soort.PARTNER, zichtbaarheid=Niveau.TEAM)
    save_actors(conn, [Actor(id="A1", naam="Groep", soort=Soort.PARTNER), hidden], "test", now)
    save_aanbod(
        conn,
        [
            Aanbod(id="O1", actor_id="A1", naam="Koffie"),
            Aanbod(id="O2", actor_id="A1", naam="Thee"),
            Aanbod(id="O9", actor_id="A9", naam="Voor het team"),
        ],
        "test",
        now,
    )


def test_it_comes_back_equal_with_a_version_and_raises_the_number_of_the_map(
    undone: Undone, now: datetime
) -> None:
    with undone() as conn:
        before = read_data_version(conn)
        save_inventories(conn, [inventory("I2"), inventory("I1", doelgroep="ouderen")], "w", now)
        assert all_inventories(conn) == [inventory("I1", doelgroep="ouderen"), inventory("I2")]
        same = save_inventories(conn, [inventory("I1", doelgroep="ouderen")], "w", now)
        assert (len(same.gelijk), len(same.touched)) == (1, 0)
        save_inventories(conn, [inventory("I1", uitkomst="deels")], "w", now)
        assert get_inventory(conn, "I1", OPENBAAR, TODAY).versie == 2
        assert read_data_version(conn) == before + 2
        with pytest.raises(NotFoundError):
            get_inventory(conn, "I404", OPENBAAR, TODAY)


def test_an_area_or_theme_that_is_not_there_is_refused(undone: Undone, now: datetime) -> None:
    for wrong in ({"gebied": "WK999999"}, {"thema": "bestaat_niet"}):
        with undone() as conn, pytest.raises(IntegrityError):
            save_inventories(conn, [inventory("I1", **wrong)], "w", now)


def test_offers_that_a_reader_may_not_see_are_left_out_and_stay(
    undone: Undone, now: datetime
) -> None:
    with undone() as conn:
        _offers(conn, now)
        found = inventory("I1", uitkomst="gevonden", aanbod_ids=("O1", "O9"))
        save_inventories(conn, [found], "wijkteam", now)
        assert get_inventory(conn, "I1", OPENBAAR, TODAY).aanbod_ids == ("O1",)
        assert get_inventory(conn, "I1", TEAM, TODAY).aanbod_ids == ("O1", "O9")
        page = list_inventories(conn, InventoryFilter(), OPENBAAR, TODAY, na="", limit=5)
        assert page.resultaten[0].aanbod_ids == ("O1",)
        change_offers(conn, "I1", ["O2"], OPENBAAR, TODAY, wie="wijkteam", now=now)
        assert get_inventory(conn, "I1", TEAM, TODAY).aanbod_ids == ("O2", "O9")


def test_a_list_keeps_area_theme_and_outcome_and_goes_on_where_it_stopped(
    undone: Undone, now: datetime
) -> None:
    with undone() as conn:
        save_inventories(
            conn,
            [
                inventory("I1"),
                inventory("I2", gebied="BU03922101", uitkomst="deels"),
                inventory("I3", gebied="WK039220"),
                inventory("I4", gebied="GM0392", thema="vervoer"),
            ],
            "wijkteam",
            now,
        )

        def ids(**keep: Any) -> list[str]:
            found = list_inventories(conn, InventoryFilter(**keep), OPENBAAR, TODAY, na="", limit=9)
            return [one.id for one in found.resultaten]

        assert ids() == ["I1", "I2", "I3", "I4"]
        # What is above and below an area says something about it.
        assert ids(gebied="WK039221") == ["I1", "I2", "I4"]
        assert ids(gebied="WK039221", themas=("taal",)) == ["I1", "I2"]
        assert ids(uitkomsten=("deels",)) == ["I2"]
        first = list_inventories(conn, InventoryFilter(), OPENBAAR, TODAY, na="", limit=3)
        assert (first.volgende, first.totaal) == ("I3", 4)
        rest = list_inventories(conn, InventoryFilter(), OPENBAAR, TODAY, na="I3", limit=3)
        assert ([one.id for one in rest.resultaten], rest.volgende) == (["I4"], None)


def test_an_assignment_comes_back_equal_and_its_changes_are_known_by_their_moment(
    undone: Undone, now: datetime
) -> None:
    with undone() as conn:
        save_assignments(
            conn, [assignment("W2"), assignment("W1", datum=date(2027, 1, 1))], "opbouwwerker", now
        )
        assert [one.id for one in all_assignments(conn)] == ["W2", "W1"]
        assert get_assignment(conn, "W2") == assignment("W2")
        later = now + timedelta(days=9)
        save_assignments(conn, [replace(assignment("W2"), status="klaar")], "wijkteam", later)
        assert get_assignment(conn, "W2").versie == 2
        assert set(changed_since(conn, "wijkopdracht", now)) == {"W1", "W2"}
        assert set(changed_since(conn, "wijkopdracht", later - timedelta(hours=1))) == {"W2"}
        with pytest.raises(NotFoundError):
            get_assignment(conn, "W404")
