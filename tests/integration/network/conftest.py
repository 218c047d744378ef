"""Stores with the example map and key figures: whole, or without what a reader may not see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from socialmap.domain.codes import Niveau
from socialmap.domain.privacy import Lezer, may_see
from socialmap.domain.vocabulary import Vocabulary
from socialmap.editing.apply import Batch, apply
from socialmap.geo.figures import load_figures
from socialmap.store.areas import AreaShape, save_areas, save_figures
from socialmap.store.engine import Store
from socialmap.store.indexing import Places
from socialmap.store.vocabulary import save_vocabulary

DATA = Path(__file__).parents[3] / "data"

MakeMap = Callable[[Batch], Store]


@pytest.fixture(scope="session")
def make_map(
    tmp_path_factory: pytest.TempPathFactory,
    shapes: list[AreaShape],
    words: Vocabulary,
    places: Places,
    now: datetime,
) -> Iterator[MakeMap]:
    """Give a function that makes a map of some records, with areas and key figures."""
    opened: list[Store] = []

    def make(batch: Batch) -> Store:
        folder = tmp_path_factory.mktemp("netwerk")
        opened.append(Store.create(f"sqlite:///{folder / 'kaart.db'}"))
        with opened[-1].writing() as conn:
            save_areas(conn, shapes)
            save_figures(conn, load_figures(DATA / "wijken"))
            save_vocabulary(conn, words)
            apply(conn, batch, wie="beheerder", now=now, places=places)
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@pytest.fixture(scope="session")
def whole(make_map: MakeMap, batch: Batch) -> Store:
    """The example map with everybody in it: for reading only."""
    return make_map(batch)


def hidden_of(batch: Batch, niveau: Niveau, today: date) -> set[str]:
    """Ids of the actors that a reader of a level may not see."""
    return {one.id for one in batch.actoren if not may_see(one, Lezer(niveau), today)}


def without_hidden(batch: Batch, niveau: Niveau, today: date) -> Batch:
    """Delete from the example all that a reader of a level may not see."""
    hidden = hidden_of(batch, niveau, today)
    return Batch(
        actoren=tuple(one for one in batch.actoren if one.id not in hidden),
        aanbod=tuple(one for one in batch.aanbod if one.actor_id not in hidden),
        relaties=tuple(
            one
            for one in batch.relaties
            if one.zichtbaarheid <= niveau and not hidden & {one.van_id, one.naar_id}
        ),
    )
