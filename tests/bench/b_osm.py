"""Import of OpenStreetMap: 10,000 places on a map with the example, duplicates marked."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from socialmap.domain.clock import Clock
from socialmap.editing.osm_drafts import ALIKE
from socialmap.exchange.making import Filling, make_map
from socialmap.exchange.osm_import import import_osm
from socialmap.store.engine import Store
from socialmap.store.proposals import open_drafts
from tests.bench.result import Result
from tests.osm_places import TWIN_EACH, many_spots, write_osm

PLACES = 10_000
#: Seconds that the import may take.
ALLOWED = 10.0
_CLOCK = Clock(date(2026, 11, 22))


def run() -> Iterator[Result]:
    """Measure a first import and the same file again."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'kaart.db'}"
        make_map(url, _CLOCK, Filling.EXAMPLE)
        file = Path(folder) / "plekken.osm.pbf"
        write_osm(file, many_spots(PLACES))
        store = Store.open(url)
        for name, new in (("first", PLACES), ("again", 0)):
            start = time.perf_counter()
            report = import_osm(store, [file], clock=_CLOCK)
            taken = time.perf_counter() - start
            assert report.geplaatst
            assert report.geteld["voorstellen"].nieuw == new
            with store.reading() as conn:
                marked = sum(ALIKE in one.cellen for one in open_drafts(conn))
            assert marked >= 2 * PLACES // TWIN_EACH
            yield Result(
                name=f"osm-import-{name}",
                n=PLACES,
                ours=taken,
                reference=ALLOWED,
                unit="s",
                limit=1,
            )
        store.close()
