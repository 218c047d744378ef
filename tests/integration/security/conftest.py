"""Twin maps: one holds what a reader may not see, the other never knew of it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from socialmap.domain.choices import HOEDANIGHEID_LABELS, OPDRACHT_LABELS, STAP_LABELS
from socialmap.domain.clock import Clock
from socialmap.domain.codes import Niveau
from socialmap.domain.model import Wijkopdracht
from socialmap.domain.roles import Rol
from socialmap.editing.apply import apply
from socialmap.exchange.making import Filling
from socialmap.settings import Settings
from socialmap.store.assignments import save_assignments
from socialmap.store.engine import Store
from socialmap.store.proposals import Voorstel, add_proposal
from tests.integration.security.canaries import AREA, NOBODY, all_planted, batch_of, word
from tests.integration.security.world import SECRET, account_of, map_file, session_of
from web.app import create_app

ROLES = {
    Niveau.OPENBAAR: None,
    Niveau.PROFESSIONAL: Rol.PROFESSIONAL,
    Niveau.TEAM: Rol.OPBOUWWERKER,
    Niveau.BEHEER: Rol.BEHEERDER,
}


@dataclass(frozen=True)
class World:
    """A map that is served, with what stands in it and who reads it."""

    app: Flask
    file: Path
    tokens: Mapping[Niveau, str]

    def reader(self, level: Niveau) -> FlaskClient:
        """Give a browser of somebody who reads at a level."""
        client = self.app.test_client()
        if level in self.tokens:
            client.set_cookie("sessie", self.tokens[level])
        return client


@pytest.fixture(scope="session")
def today() -> date:
    return Clock().today()


@pytest.fixture(scope="session")
def ground_floor(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[Niveau, str]]:
    """Give a map without records, where somebody of each level has signed in."""
    file = map_file(tmp_path_factory.mktemp("grond"), Filling.EMPTY, Clock())
    store = Store.open(f"sqlite:///{file}")
    tokens = {
        level: session_of(store, account_of(store, rol)) for level, rol in ROLES.items() if rol
    }
    store.close()
    settle(file)
    return file, tokens


def settle(file: Path) -> None:
    """Bring what was written into the one file."""
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


Grow = Callable[..., World]


@pytest.fixture(scope="session")
def grow(
    ground_floor: tuple[Path, dict[Niveau, str]],
    today: date,
    tmp_path_factory: pytest.TempPathFactory,
) -> Grow:
    """Give a maker of maps: `grow(level)` knows nothing that the level may not see."""
    base, tokens = ground_floor

    def make(level: int = NOBODY) -> World:
        file = Path(shutil.copy(base, tmp_path_factory.mktemp("wereld") / "kaart.db"))
        app = create_app(Settings(database=f"sqlite:///{file}", secret=SECRET))
        store = Store.open(f"sqlite:///{file}")
        plant(store, app, level, today)
        store.close()
        return World(app, file, tokens)

    return make


def plant(store: Store, app: Flask, level: int, today: date) -> None:
    """Write all records up to a level twice, so that there is a past."""
    planted = [one for one in all_planted(today) if one.level <= level]
    seen = {one.record.id for one in planted}
    noon = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    with store.writing() as conn:
        places = app.extensions["socialmap"].finder.here.places(conn)
        for days, old in ((3, True), (2, False)):
            batch = batch_of(planted, level, old=old, today=today)
            apply(conn, batch, wie="test", now=noon - timedelta(days=days), places=places)
        assignment = Wijkopdracht(
            id="K-w",
            titel=next(iter(OPDRACHT_LABELS)),
            gebied=AREA,
            themas=("sociaal_netwerk",),
            kant="sociaal",
            eigenaar=next(iter(HOEDANIGHEID_LABELS)),
            stap=next(iter(STAP_LABELS)),
            datum=today + timedelta(days=30),
            actor_ids=tuple(key for key in ("K-a0", "K-a1", "K-a2", "K-a3") if key in seen),
        )
        save_assignments(conn, [assignment], "test", noon - timedelta(days=1))
        if level >= Niveau.BEHEER:
            proposal = Voorstel(
                id="K-v",
                tabel="actoren",
                sleutel="K-a3",
                cellen={"naam": word("a3", 0)},
                versie=2,
                door="",
                wanneer=noon,
            )
            add_proposal(conn, proposal)
