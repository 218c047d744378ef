"""Whether the map is well: figures, and a check that finds real damage."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from socialmap.store.engine import Store
from socialmap.store.health import count_rows, find_all_damage, measure_size
from web.pages.admin_health import say_bytes


def wait_for_end(client: FlaskClient) -> str:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        text = client.get("/beheer/gezondheid/nakijken").text
        if "Bezig" not in text:
            return text
    raise AssertionError("the check does not end")


def test_the_page_says_how_it_is(admin: FlaskClient, store: Store) -> None:
    page = admin.get("/beheer/gezondheid").text
    with store.reading() as conn:
        rows = dict(count_rows(conn))
        size = measure_size(conn)
    assert rows["accounts"] == 1
    for words in ("Vrije ruimte", "Versie van de tabellen", "0012", "Laatste reservekopie"):
        assert words in page
    assert say_bytes(size.database) in page


def test_a_sound_database_is_checked_table_by_table(admin: FlaskClient, store: Store) -> None:
    seen: list[tuple[int, int]] = []
    assert find_all_damage(store, lambda done, of: seen.append((done, of))) == ""
    total = seen[0][1]
    assert seen == [(done, total) for done in range(total + 1)]
    assert total > 20
    assert admin.post("/beheer/gezondheid/nakijken").status_code == 303
    assert "Alles klopt" in wait_for_end(admin)


def test_damage_is_found(admin: FlaskClient, address: str) -> None:
    file = Path(address.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA writable_schema=ON")
        # An index that does not hold what its table holds.
        raw.execute("INSERT INTO poging VALUES ('a', 1, '2026-01-01'), ('b', 1, '2026-01-01')")
        raw.execute("CREATE INDEX ix_stuk ON poging (aantal)")
        raw.execute(
            "UPDATE sqlite_master SET sql='CREATE INDEX ix_stuk ON poging (afdruk)'"
            " WHERE name='ix_stuk'"
        )
        raw.commit()
    admin.application.extensions["socialmap"].store.close()
    assert admin.post("/beheer/gezondheid/nakijken").status_code == 303
    text = wait_for_end(admin)
    assert "Er is iets mis" in text
    assert "poging" in text


@pytest.mark.parametrize(
    ("count", "said"),
    [(840, "840 bytes"), (1200, "1,2 kB"), (345_000_000, "345 MB"), (2_500_000_000, "2,5 GB")],
)
def test_sizes_are_said_shortly(count: int, said: str) -> None:
    assert say_bytes(count) == said
