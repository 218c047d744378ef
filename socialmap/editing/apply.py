"""Apply a set of records in one transaction: versions, history, and indexes stay together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from socialmap.domain.model import Aanbod, Actor, Inventarisatie, Relatie, Signaal
from socialmap.editing.heeding import (
    follow_actors,
    follow_inventories,
    follow_offers,
    follow_ties,
    hold_back,
)
from socialmap.store.indexing import Places, reindex
from socialmap.store.inventories import save_inventories
from socialmap.store.saving import Record, Saved
from socialmap.store.signals import save_signals
from socialmap.store.write import save_aanbod, save_actors, save_relaties

if TYPE_CHECKING:
    from socialmap.store.engine import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Records to keep; ids are unique within a kind, and what they point at is here or stored."""

    actoren: tuple[Actor, ...] = ()
    aanbod: tuple[Aanbod, ...] = ()
    relaties: tuple[Relatie, ...] = ()
    inventarisaties: tuple[Inventarisatie, ...] = ()
    signalen: tuple[Signaal, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records of a kind were new, changed, or the same already."""

    nieuw: int
    gewijzigd: int
    gelijk: int


def apply(
    conn: Connection, batch: Batch, *, wie: str, now: datetime, places: Places
) -> dict[str, Counts]:
    """
    Keep every record of a batch.

    What went into another record is kept there; who does not want to be listed stays hidden.

    Parameters
    ----------
    conn
        A writing connection: the caller's transaction decides whether it stays.
    batch
        Records that passed their checks.
    wie, now
        Who changes (a role or account), and when.
    places
        Tells which areas hold a point.

    Returns
    -------
    dict
        Counts under `actoren`, `aanbod`, `relaties`, `inventarisaties`, `signalen`.
    """
    listed = hold_back(conn, follow_actors(conn, batch.actoren), now)
    actors = save_actors(conn, listed, wie, now)
    offers = save_aanbod(conn, follow_offers(conn, batch.aanbod), wie, now)
    ties = save_relaties(conn, follow_ties(conn, batch.relaties), wie, now)
    inventories = follow_inventories(conn, batch.inventarisaties)
    reindex(conn, [a.id for a in actors.touched], [o.id for o in offers.touched], places)
    return {
        "actoren": _count(actors),
        "aanbod": _count(offers),
        "relaties": _count(ties),
        "inventarisaties": _count(save_inventories(conn, inventories, wie, now)),
        "signalen": _count(save_signals(conn, batch.signalen, wie, now)),
    }


def _count(saved: Saved[Record]) -> Counts:
    return Counts(len(saved.nieuw), len(saved.gewijzigd), len(saved.gelijk))
