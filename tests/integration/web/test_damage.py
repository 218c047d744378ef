"""A database that is damaged is not served; one that breaks while it is served is said so."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from socialmap.domain.clock import Clock
from socialmap.domain.errors import DatabaseUnusableError
from socialmap.exchange.making import Filling, make_map
from socialmap.settings import Settings
from web.app import create_app


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    url = f"sqlite:///{tmp_path / 'kaart.db'}"
    make_map(url, Clock(), Filling.EMPTY)
    return Settings(database=url, secret="x" * 32)


def spoil(settings: Settings) -> None:
    """Overwrite the beginning of the table of actors."""
    path = Path(settings.database.removeprefix("sqlite:///"))
    raw = sqlite3.connect(path)
    (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'actor'").fetchone()
    (size,) = raw.execute("PRAGMA page_size").fetchone()
    raw.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : (page - 1) * size + 64] = b"\xff" * 64
    path.write_bytes(content)


def test_a_damaged_database_is_not_served(settings: Settings) -> None:
    spoil(settings)
    with pytest.raises(DatabaseUnusableError, match="socialmap restore"):
        create_app(settings)


def test_damage_while_serving_is_said_with_a_number_and_the_rest_goes_on(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(settings).test_client()
    spoil(settings)
    page = client.get("/")
    assert page.status_code == 500
    assert "Nummer van deze fout" in page.text
    problem = client.get("/api/v1/actoren")
    assert problem.status_code == 500
    assert problem.get_json()["instance"].startswith("urn:fout:")
    assert client.get("/privacy").status_code == 200
    assert "malformed" in caplog.text
    assert "malformed" not in page.text + problem.text
