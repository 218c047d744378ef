"""What every buurt has within reach for one theme, group, reach and time (begrippen.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray

from socialmap.coverage.ground import Bools, Floats, Ground, Indexes
from socialmap.coverage.inventories import looked_at, nothing_found
from socialmap.coverage.need import EVERYBODY
from socialmap.coverage.offers import OfferTable
from socialmap.coverage.reach import default_reach_m, reach_shares
from socialmap.coverage.supply import supply_ratios
from socialmap.coverage.times import Tijd
from socialmap.domain.model import Inventarisatie
from socialmap.geo.measure import QUAD_SEGS, WALKING_FACTOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    What coverage is asked for.

    Attributes
    ----------
    thema, doelgroep
        Codes; `iedereen` for all residents.
    straal_m
        Metres on foot that every offer with a place reaches; None: what the offer says, else 800,
        and 500 for ouderen.
    tijd
        A time of the week; None for any.
    """

    thema: str
    doelgroep: str = EVERYBODY
    straal_m: float | None = None
    tijd: Tijd | None = None


@dataclass(frozen=True)
class Cells:
    """
    The n buurten of the ground under one question.

    Attributes
    ----------
    share, share_with_stale
        Shape (n,): part of the surface within reach of a usable offer; the same when the stale
        ones would count.
    ratio
        Shape (n,): places per person of the group; nan where unknown.
    looked
        Shape (n,): whether an inventarisatie of the last 24 months holds there.
    pairs
        Shape (p, 2): buurt and offer that reaches it, usable or stale, by buurt and offer.
    named
        Shape (m,): whether the offer names the group; False for those that do not serve it.
    citywide, nowhere
        Numbers of usable offers that serve the whole town, and of those whose place is not known.
    """

    question: Question
    share: Floats
    share_with_stale: Floats
    ratio: Floats
    looked: Bools
    pairs: Indexes
    named: Bools
    citywide: Indexes
    nowhere: Indexes


def make_cells(
    ground: Ground,
    table: OfferTable,
    inventories: Sequence[Inventarisatie],
    question: Question,
    today: date,
) -> Cells:
    """
    Find what every buurt has within reach.

    O(offers log buurten + circles that touch a border of a buurt).

    Parameters
    ----------
    ground, table
        Of one reader and one day.
    inventories
        Of any age.
    question
        Theme, group, reach and time.
    today
        The day by the one clock.
    """
    numbers, by_name = table.serving(question.thema, question.doelgroep, question.tijd, today)
    named = np.zeros(len(table.offers), dtype=np.bool_)
    named[numbers] = by_name
    reaching = numbers[~table.citywide[numbers]]
    placed = reaching[table.placed[reaching]]
    reach = _reach_of(table, placed, question)
    circles: NDArray[np.object_] = shapely.buffer(
        shapely.points(table.xy[placed]), reach / WALKING_FACTOR, quad_segs=QUAD_SEGS
    )
    near = _near(ground, circles, placed)
    without = [n for n in reaching if n in table.served]
    empty = nothing_found(ground, inventories, question, today)
    served = {n: table.served[n][~empty[table.served[n]]] for n in without}
    fresh, everything = table.fresh[placed], np.ones(len(placed), dtype=np.bool_)
    share = _shares(ground, table, placed, reach, served, fresh)
    stale = bool((~table.fresh[reaching]).any())
    usable = numbers[table.fresh[numbers]]
    return Cells(
        question=question,
        share=share,
        share_with_stale=(
            _shares(ground, table, placed, reach, served, everything, stale=True)
            if stale
            else share
        ),
        ratio=_ratios(ground, table, placed, reach, served, question.doelgroep),
        looked=looked_at(ground, inventories, question, today),
        pairs=_all_pairs(near, served),
        named=named,
        citywide=usable[table.citywide[usable]],
        nowhere=np.array(
            [
                n
                for n in usable
                if not table.citywide[n] and not table.placed[n] and n not in table.served
            ],
            dtype=np.intp,
        ),
    )


def _reach_of(table: OfferTable, placed: Indexes, question: Question) -> Floats:
    if question.straal_m is not None:
        return np.full(len(placed), float(question.straal_m))
    own = table.own_reach[placed]
    return np.where(np.isfinite(own), own, default_reach_m(question.doelgroep))


def _near(ground: Ground, circles: NDArray[np.object_], placed: Indexes) -> Indexes:
    """Give pairs of buurt and offer whose circle shares surface with it, shape (p, 2)."""
    if not len(circles) or not len(ground.shapes):
        return np.empty((0, 2), dtype=np.intp)
    which, buurt = ground.tree.query(circles, predicate="intersects")
    return np.column_stack([buurt, placed[which]])


def _shares(
    ground: Ground,
    table: OfferTable,
    placed: Indexes,
    reach: Floats,
    served: dict[int, Indexes],
    kept: Bools,
    *,
    stale: bool = False,
) -> Floats:
    """Give the share of each buurt within reach of the offers that are kept."""
    shares = reach_shares(list(ground.shapes), table.xy[placed[kept]], reach[kept])
    for number, buurten in served.items():
        if stale or table.fresh[number]:
            shares[buurten] = 1.0
    return shares


def _ratios(
    ground: Ground,
    table: OfferTable,
    placed: Indexes,
    reach: Floats,
    served: dict[int, Indexes],
    doelgroep: str,
) -> Floats:
    """Give places per person: offers with a place by the catchment, the others by their need."""
    persons = ground.persons(doelgroep)
    known = table.fresh[placed] & np.isfinite(table.capacity[placed])
    ratios = supply_ratios(
        ground.points,
        persons,
        table.xy[placed[known]],
        table.capacity[placed[known]],
        reach[known],
    )
    for number, buurten in served.items():
        capacity = table.capacity[number]
        total = np.nansum(persons[buurten])
        if table.fresh[number] and np.isfinite(capacity) and total > 0:
            own = buurten[np.isfinite(persons[buurten])]
            ratios[own] = np.nan_to_num(ratios[own]) + capacity / total
    return ratios


def _all_pairs(near: Indexes, served: dict[int, Indexes]) -> Indexes:
    parts = [near]
    for number, buurten in served.items():
        parts.append(np.column_stack([buurten, np.full(len(buurten), number, dtype=np.intp)]))
    pairs = np.concatenate(parts)
    order: Indexes = np.lexsort((pairs[:, 1], pairs[:, 0]))
    return pairs[order]
