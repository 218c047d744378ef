"""The interface on the example map, read by everybody on the day that the map was made for."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from socialmap.domain.clock import Clock
from socialmap.domain.vocabulary import Doelgroep, Thema, Vocabulary
from socialmap.exchange.areas import to_shapes
from socialmap.exchange.importing import import_paths
from socialmap.geo.figures import load_figures
from socialmap.geo.load import load_areas
from socialmap.settings import Settings
from socialmap.store.areas import save_areas, save_figures
from socialmap.store.engine import Store
from socialmap.store.vocabulary import save_vocabulary
from web.app import create_app

DATA = Path(__file__).parents[3] / "data"
PEILDATUM = date(2026, 11, 22)
SECRET = "een geheim voor de proef"  # noqa: S105 -- opens nothing

HIDDEN_OFFER = "Verborgen aanbod"

Get = Callable[..., Any]
Row = dict[str, str]


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _write_hidden_offers(path: Path) -> None:
    """Add what the example lacks: offers of actors that are not for everybody."""
    actors = _rows(DATA / "voorbeeld/actoren.csv")
    owners = {
        "O901": next(a["id"] for a in actors if a["soort"] == "sleutelfiguur" and a["lon"]),
        "O902": next(a["id"] for a in actors if a["zichtbaarheid"] == "professional"),
    }
    row = _rows(DATA / "voorbeeld/aanbod.csv")[0]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row), delimiter=";")
        writer.writeheader()
        for key, owner in owners.items():
            writer.writerow(row | {"id": key, "actor_id": owner, "naam": f"{HIDDEN_OFFER} {key}"})


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A database with boundaries, figures, vocabulary and the example map."""
    url = f"sqlite:///{tmp_path_factory.mktemp('koppeling') / 'kaart.db'}"
    clock = Clock(PEILDATUM)
    store = Store.create(url)
    areas = load_areas(DATA / "wijken")
    themes = [Thema(**row) for row in _rows(DATA / "woorden/themas.csv")]
    groups = [Doelgroep(**row) for row in _rows(DATA / "woorden/doelgroepen.csv")]
    with store.writing() as conn:
        save_areas(conn, to_shapes(areas, areas))
        save_figures(conn, load_figures(DATA / "wijken"))
        save_vocabulary(conn, Vocabulary({t.code: t for t in themes}, {g.code: g for g in groups}))
    hidden = tmp_path_factory.mktemp("verborgen") / "aanbod.csv"
    _write_hidden_offers(hidden)
    for paths in ([DATA / "voorbeeld"], [hidden]):
        assert import_paths(store, paths, wie="beheerder", clock=clock).geplaatst
    store.close()
    return Settings(database=url, clock=clock, secret=SECRET)


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[APIFlask]:
    made = create_app(settings)
    yield made
    made.extensions["socialmap"].store.close()


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def get(client: FlaskClient) -> Get:
    """Ask a call and give the JSON; the answer must be 200."""

    def ask(path: str, **args: Any) -> Any:
        answer = client.get(f"/api/v1{path}", query_string=args)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.json

    return ask


@pytest.fixture
def get_all(get: Get) -> Get:
    """Walk all pages of a list."""

    def walk(path: str, **args: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        page = get(path, **args)
        while True:
            found += page["resultaten"]
            if page["volgende"] is None:
                assert len(found) == page["totaal"]
                return found
            page = get(path, **{**args, "cursor": page["volgende"]})

    return walk


@pytest.fixture(scope="session")
def rows() -> dict[str, list[Row]]:
    """The example map as it stands in its files, by table."""
    return {
        name: _rows(DATA / f"voorbeeld/{name}.csv") for name in ("actoren", "aanbod", "relaties")
    }


@pytest.fixture(scope="session")
def open_actors(rows: dict[str, list[Row]]) -> dict[str, Row]:
    """Actors of the files that everybody may see."""
    return {
        row["id"]: row
        for row in rows["actoren"]
        if row["zichtbaarheid"] == "openbaar" and row["soort"] != "sleutelfiguur"
    }


@pytest.fixture(scope="session")
def hidden_words(rows: dict[str, list[Row]], open_actors: dict[str, Row]) -> set[str]:
    """Names, texts and ids of every record of the files that is not for everybody."""
    closed = [row for row in rows["actoren"] if row["id"] not in open_actors]
    assert len(closed) > 10
    shown = {value for row in open_actors.values() for value in row.values()}
    columns = ("id", "naam", "omschrijving", "telefoon", "email", "adres")
    words = {row.get(column, "") for row in closed for column in columns}
    return {HIDDEN_OFFER, "O901", "O902"} | {word for word in words - shown if len(word) > 3}
