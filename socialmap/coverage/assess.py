"""From buurten to areas: the verdict on a theme and group in every area of a level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from socialmap.coverage.cells import Cells, Question
from socialmap.coverage.ground import Bools, Floats, Ground, Indexes
from socialmap.coverage.need import EVERYBODY, Need
from socialmap.coverage.offers import OfferTable, serves
from socialmap.coverage.reach import mean_share
from socialmap.coverage.verdict import Facts, Oordeel, Toevoeging, gap_persons, judge
from socialmap.domain.model import Gebied

#: A larger area counts as looked at when areas with this part of its persons are.
LOOKED_SHARE = 0.75
#: Sums of weights come out a little below what they stand for.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """
    What is known of one theme and group in one area; nothing in it is rounded.

    Attributes
    ----------
    gebied, thema, doelgroep
        What it is about.
    behoefte
        Persons of the group, with the figures used.
    bereik
        Share within reach of a usable offer, 0 to 1; None where nobody lives.
    bereik_met_oud
        The same when stale offers would count.
    verhouding
        Places per person; None where no capacity or no need is known.
    capaciteit_bekend
        Share of the usable offers here whose capacity is known; None without usable offers.
    oordeel
        None where nobody lives.
    personen
        Persons of the group that nothing reaches; None where their number is unknown.
    aanbod, oud
        Ids of usable offers that reach the area, and of stale ones that would; in order of id.
    genoemd
        How many of `aanbod` name the group.
    stadsbreed, plek_onbekend
        Ids of usable offers for the whole town, and of those without a known place.
    volgens_bron
        Ids of offers that only a document tells of, for this area.
    """

    gebied: Gebied
    thema: str
    doelgroep: str
    behoefte: Need
    bereik: float | None
    bereik_met_oud: float | None
    verhouding: float | None
    capaciteit_bekend: float | None
    oordeel: Oordeel | None
    toevoegingen: tuple[Toevoeging, ...]
    personen: float | None
    gekeken: bool
    aanbod: tuple[str, ...]
    oud: tuple[str, ...]
    genoemd: int
    stadsbreed: tuple[str, ...]
    plek_onbekend: tuple[str, ...]
    volgens_bron: tuple[str, ...]


def assess(
    ground: Ground, table: OfferTable, cells: Cells, areas: Sequence[Gebied]
) -> tuple[Assessment, ...]:
    """
    Judge areas, in the order given.

    Parameters
    ----------
    ground, table, cells
        Of one reader and one day; `cells` holds the question.
    areas
        Areas with buurten.
    """
    medians = _medians(ground, cells)
    return tuple(_assess(ground, table, cells, area, medians) for area in areas)


def _assess(
    ground: Ground,
    table: OfferTable,
    cells: Cells,
    area: Gebied,
    medians: Mapping[str, float],
) -> Assessment:
    question = cells.question
    own = ground.members[area.code]
    weights = ground.weights_in(area.code, question.doelgroep)
    need = ground.need(area.code, question.doelgroep)
    bereik = mean_share(cells.share[own], weights)
    with_stale = mean_share(cells.share_with_stale[own], weights)
    ratio = _ratio(ground, cells, own)
    numbers = _reaching(cells.pairs, own)
    usable, stale = numbers[table.fresh[numbers]], numbers[~table.fresh[numbers]]
    # What reaches only buurten where nobody of the group lives says nothing about the group.
    counting = _reaching(cells.pairs, own[weights > 0])
    looked = _is_looked_at(cells.looked[own], weights)
    verdict = judge(
        Facts(
            bereik=bereik,
            bereik_met_oud=with_stale,
            genoemd=question.doelgroep != EVERYBODY,
            voor_groep=_names_group(cells, counting[table.fresh[counting]]),
            voor_groep_met_oud=_names_group(cells, counting),
            gekeken=looked,
            verhouding=ratio,
            mediaan=medians.get(area.gemeente or area.code),
        )
    )
    return Assessment(
        gebied=area,
        thema=question.thema,
        doelgroep=question.doelgroep,
        behoefte=need,
        bereik=bereik,
        bereik_met_oud=with_stale,
        verhouding=ratio,
        capaciteit_bekend=(
            float(np.isfinite(table.capacity[usable]).mean()) if len(usable) else None
        ),
        oordeel=verdict.oordeel if verdict else None,
        toevoegingen=verdict.toevoegingen if verdict else (),
        personen=None if bereik is None else gap_persons(need.personen, bereik),
        gekeken=looked,
        aanbod=_ids(table, usable),
        oud=_ids(table, stale),
        genoemd=int(cells.named[usable].sum()),
        stadsbreed=_ids(table, cells.citywide),
        plek_onbekend=_ids(table, cells.nowhere),
        volgens_bron=_documented(table, question, own),
    )


def _documented(table: OfferTable, question: Question, own: Indexes) -> tuple[str, ...]:
    return tuple(
        offer.id
        for offer, buurten in table.documented
        if question.thema in offer.themas
        and serves(offer, question.doelgroep)
        and np.isin(own, buurten).any()
    )


def _names_group(cells: Cells, numbers: Indexes) -> bool:
    """Tell whether an offer names the group; where nothing reaches there is nothing general."""
    return bool(cells.named[numbers].any()) or not len(numbers)


def _reaching(pairs: Indexes, own: Indexes) -> Indexes:
    """Give the offers that reach at least one of some buurten, rising."""
    starts = np.searchsorted(pairs[:, 0], own)
    ends = np.searchsorted(pairs[:, 0], own, side="right")
    parts = [pairs[start:end, 1] for start, end in zip(starts, ends, strict=True) if end > start]
    return np.unique(np.concatenate(parts)) if parts else np.array([], dtype=np.intp)


def _is_looked_at(looked: Bools, weights: Floats) -> bool:
    total = weights.sum()
    return bool(total > 0 and weights[looked].sum() >= (LOOKED_SHARE - _ROUNDING) * total)


def _ratio(ground: Ground, cells: Cells, own: Indexes) -> float | None:
    """Give the mean of buurten with a known ratio, weighted by persons of the group."""
    ratio, persons = cells.ratio[own], ground.persons(cells.question.doelgroep)[own]
    known = np.isfinite(ratio) & (np.nan_to_num(persons) > 0)
    if not known.any():
        return None
    return float(np.average(ratio[known], weights=persons[known]))


def _medians(ground: Ground, cells: Cells) -> dict[str, float]:
    """Give for each gemeente the median ratio of its inhabited buurten where it is known."""
    found: dict[str, list[float]] = {}
    persons = np.nan_to_num(ground.persons(cells.question.doelgroep))
    for number in np.flatnonzero(np.isfinite(cells.ratio) & (persons > 0)):
        town = ground.areas[ground.buurten[number]].gemeente
        found.setdefault(town, []).append(float(cells.ratio[number]))
    return {town: float(np.median(ratios)) for town, ratios in found.items()}


def _ids(table: OfferTable, numbers: Indexes) -> tuple[str, ...]:
    return tuple(table.offers[number].id for number in numbers)
