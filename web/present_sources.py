"""Say which documents the facts on a page come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from socialmap.domain.model import Bron
from socialmap.geo.dissolve import BRON, BRON_TEAM
from socialmap.geo.own import BRON_EIGEN
from socialmap.store.vocabulary import read_sources
from web.present import Record, group_by_source

if TYPE_CHECKING:
    from socialmap.store.engine import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document with the sections that facts on this page come from."""

    id: str
    titel: str
    maker: str
    jaar: int | None
    delen: tuple[str, ...]
    aantal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Documents, and other sources such as a talk in the wijk."""

    documenten: tuple[Document, ...]
    anders: tuple[str, ...]


def present_sources(conn: Connection, records: Iterable[Record]) -> Sources:
    """List the sources of records: each document once, with its sections."""
    grouped, others = group_by_source(records)
    known = read_sources(conn) if grouped else {}
    documents = tuple(_document(key, known.get(key), sections) for key, sections in grouped.items())
    return Sources(documenten=documents, anders=tuple(others))


_BORDERS = {
    BRON: f"De grenzen komen van het CBS en het Kadaster. {BRON}.",
    BRON_TEAM: f"De gemeente bepaalt welke buurten bij een team horen. Buurtgrenzen: {BRON}.",
    BRON_EIGEN: f"Eigen gebieden zijn hier zelf ingedeeld. Grenzen: {BRON}.",
}


def say_borders(bron: str) -> str:
    """Say in sentences where the borders of an area come from; nothing without a source."""
    return _BORDERS.get(bron) or (f"De grenzen komen uit deze bron: {bron}." if bron else "")


def _document(key: str, found: Bron | None, sections: dict[str, int]) -> Document:
    return Document(
        id=key,
        titel=found.titel if found else f"Document {key}",
        maker=found.maker if found else "",
        jaar=found.jaar if found else None,
        delen=tuple(sections),
        aantal=sum(sections.values()),
    )
