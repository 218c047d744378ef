"""Where a new place would bring most people within reach: the question, and the answer as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from socialmap.coverage.cells import Question
from socialmap.coverage.demand import Demand, candidates, unreached_demand
from socialmap.coverage.ground import Bools, Floats, Ground
from socialmap.coverage.need import EVERYBODY
from socialmap.coverage.planning import Placement, place
from socialmap.coverage.reach import default_reach_m
from socialmap.coverage.reading import CoverageMap
from socialmap.domain.codes import Soort, Status
from socialmap.domain.counts import round_persons, say_persons
from socialmap.domain.model import Actor, Gebied
from socialmap.geo.measure import lonlat_to_xy, xy_to_lonlat

Json = dict[str, Any]
#: Most places that are chosen at once: more takes long and nobody makes more in one year.
MOST_PLACES = 20
#: An actor of this type is a building; its name says best where a place is.
_BUILDING = "plek"
_DECIMALS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceQuestion:
    """
    What new places are asked for.

    Attributes
    ----------
    thema, doelgroep
        Codes; `iedereen` for all residents.
    aantal
        How many places, 1 to `MOST_PLACES`.
    gebied
        Where they must lie and whom they must reach; empty for the whole map.
    straal_m
        Metres on foot, of new places and of those that are there; None for the usual ones.
    """

    thema: str
    doelgroep: str = EVERYBODY
    aantal: int = 1
    gebied: str = ""
    straal_m: float | None = None


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A chosen place: WGS84 degrees, its buurt, who is there now, and whom it adds, unrounded."""

    lon: float
    lat: float
    buurt: Gebied
    actor: Actor | None
    adds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlaces:
    """
    The places that together bring most people within reach; persons are unrounded.

    Attributes
    ----------
    plekken
        In the order of adding.
    missed
        Persons that nothing reaches now; None where their number is unknown.
    total
        Persons that all places add; None where their number is unknown.
    less
        How many persons fewer one place less would add.
    straal_m
        Metres on foot of a new place.
    """

    plekken: tuple[NewPlace, ...] = ()
    missed: float | None = None
    total: float | None = None
    less: float | None = None
    straal_m: float


def find_places(coverage: CoverageMap, asked: PlaceQuestion) -> NewPlaces:
    """
    Choose new places in an area for the people whom nothing reaches now.

    Raises
    ------
    NotProvenError
        When the best choice cannot be proven in time.
    """
    ground = coverage.ground
    reach = asked.straal_m or default_reach_m(asked.doelgroep)
    inside = _inside(ground, asked.gebied)
    persons = np.where(inside & ground.inhabited, ground.persons(asked.doelgroep), np.nan)
    if not np.isfinite(persons).any():
        return NewPlaces(straal_m=reach)
    demand = _demand(coverage, asked, persons)
    actors, places = _buildings(coverage.actors, ground, inside)
    found = candidates(places, ground.points[inside])
    chosen = place(demand.xy, demand.persons, found.xy, reach, asked.aantal)
    return NewPlaces(
        plekken=_new_places(ground, chosen, found.xy, found.place, actors),
        missed=float(demand.persons.sum()),
        total=chosen.total,
        less=chosen.lost_with_one_less,
        straal_m=reach,
    )


def places_json(found: NewPlaces) -> Json:
    """Give the places with persons rounded to tens, each by itself."""
    return {
        "plekken": [
            {
                "lon": one.lon,
                "lat": one.lat,
                "gebied": one.buurt.code,
                "gebied_naam": one.buurt.naam,
                "actor_id": one.actor.id if one.actor else None,
                "naam": one.actor.naam if one.actor else None,
                "nieuw_bereikt": round_persons(one.adds),
                "nieuw_bereikt_tekst": say_persons(one.adds),
            }
            for one in found.plekken
        ],
        "totaal_nieuw": round_persons(found.total),
        "totaal_nieuw_tekst": say_persons(found.total),
        "een_minder": round_persons(found.less),
        "een_minder_tekst": say_persons(found.less),
        "nu_niet_bereikt": round_persons(found.missed),
        "nu_niet_bereikt_tekst": say_persons(found.missed),
        "straal_m": found.straal_m,
        "afstand": "rechte lijn x 1,3",
    }


def _inside(ground: Ground, gebied: str) -> Bools:
    """Tell of each buurt whether it is asked for."""
    inside = np.full(len(ground.buurten), not gebied)
    if gebied in ground.members:
        inside[ground.members[gebied]] = True
    return inside


def _demand(coverage: CoverageMap, asked: PlaceQuestion, persons: Floats) -> Demand:
    """Spread the people whom no usable offer reaches over cells."""
    table = coverage.table
    numbers, _ = table.serving(asked.thema, asked.doelgroep, None, coverage.today)
    placed = table.placed & table.fresh & ~table.citywide
    used = numbers[placed[numbers]]
    own = table.own_reach[used]
    usual = default_reach_m(asked.doelgroep)
    reach = np.where(np.isfinite(own), own, usual)
    if asked.straal_m is not None:
        reach = np.full(len(used), float(asked.straal_m))
    # An offer without a place reaches buurten whole: that shows in their share.
    question = Question(thema=asked.thema, doelgroep=asked.doelgroep, straal_m=asked.straal_m)
    share = coverage.cells(question).share
    return unreached_demand(
        list(coverage.ground.shapes),
        persons,
        table.xy[used],
        reach,
        np.flatnonzero(share >= 1),
    )


def _buildings(
    actors: Sequence[Actor], ground: Ground, inside: Bools
) -> tuple[tuple[Actor, ...], Floats]:
    """List who has a place in the area, buildings first; never where a person lives."""
    known = sorted(
        (
            actor
            for actor in actors
            if actor.status is Status.ACTIEF
            and actor.soort is not Soort.SLEUTELFIGUUR
            and actor.lon is not None
            and actor.lat is not None
        ),
        key=lambda actor: (actor.type != _BUILDING, actor.id),
    )
    lonlat = np.array([(a.lon, a.lat) for a in known], dtype=np.float64).reshape(-1, 2)
    xy = lonlat_to_xy(lonlat) if known else lonlat
    which, buurt = ground.tree.query(shapely.points(xy), predicate="intersects")
    kept = np.unique(which[inside[buurt]])
    return tuple(known[number] for number in kept), xy[kept]


def _new_places(
    ground: Ground, chosen: Placement, xy: Floats, row: Any, actors: Sequence[Actor]
) -> tuple[NewPlace, ...]:
    found = []
    for one in chosen.chosen:
        spot = xy[one.candidate]
        number = int(row[one.candidate])
        lon, lat = (round(float(part), _DECIMALS) for part in xy_to_lonlat(spot[None, :])[0])
        buurt = int(ground.tree.nearest(shapely.Point(spot)))
        actor = actors[number] if number >= 0 else None
        area = ground.areas[ground.buurten[buurt]]
        found.append(NewPlace(lon, lat, area, actor, one.adds))
    return tuple(found)
