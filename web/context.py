"""What a view needs of the application: the store, the day, the reader and the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from flask import current_app, g

from socialmap.coverage.facts import AreaFact
from socialmap.coverage.reading import CoverageMap, CoverageReader
from socialmap.domain.privacy import Lezer
from socialmap.domain.vocabulary import Vocabulary
from socialmap.finding.find import Finder
from socialmap.settings import Settings
from socialmap.store import areas
from socialmap.store.engine import Store
from socialmap.store.vocabulary import read_meta, read_vocabulary
from web.security import current_lezer

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

_KEY = "socialmap"


@dataclass(frozen=True, slots=True)
class Services:
    """Settings and store of one application, and what answers questions."""

    settings: Settings
    store: Store
    finder: Finder
    coverage: CoverageReader
    area_facts: tuple[AreaFact, ...]


def services() -> Services:
    """Give the services of the application that handles this request."""
    return cast(Services, current_app.extensions[_KEY])


def connection() -> Connection:
    """Give the one reading connection of this request: all its answers are of one moment."""
    if "reading" not in g:
        manager = services().store.reading()
        g.reading_manager = manager
        g.reading = manager.__enter__()
    return cast("Connection", g.reading)


def close_connection(_error: BaseException | None = None) -> None:
    """Give the connection of this request back."""
    manager = g.pop("reading_manager", None)
    g.pop("reading", None)
    if manager is not None:
        manager.__exit__(None, None, None)


def coverage_map() -> CoverageMap:
    """Give what coverage needs, as the reader of this request sees the map."""
    return services().coverage.current(connection(), lezer(), today())


def today() -> date:
    """Give the day by the one clock."""
    return services().settings.clock.today()


def lezer() -> Lezer:
    """Tell who reads."""
    return current_lezer()


def vocabulary() -> Vocabulary:
    """Give themes and groups, read once a request."""
    if "vocabulary" not in g:
        g.vocabulary = read_vocabulary(connection())
    return cast(Vocabulary, g.vocabulary)


def area_names() -> Mapping[str, str]:
    """Give the names of all areas by code, read once a request."""
    if "area_names" not in g:
        g.area_names = areas.area_names(connection())
    return cast(Mapping[str, str], g.area_names)


def is_example() -> bool:
    """Tell whether this map is the invented example."""
    return read_meta(connection(), "voorbeeld") == "1"
