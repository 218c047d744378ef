"""Count what is known of each area: records with a place in it, or working in it by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shapely import STRtree, points
from shapely.geometry import shape

from socialmap.domain.codes import Status
from socialmap.domain.model import Aanbod, Actor, Gebied
from socialmap.domain.status import effective_status
from socialmap.store.areas import AreaShape
from web.present_words import count_words


@dataclass(frozen=True, slots=True)
class Known:
    """How much is known of one area."""

    actoren: int = 0
    aanbod: int = 0

    def __str__(self) -> str:
        """Say it: `5 organisaties en groepen, 12 keer aanbod`, or that nothing is known yet."""
        said = []
        if self.actoren:
            said.append(
                count_words(self.actoren, "organisatie of groep", "organisaties en groepen")
            )
        if self.aanbod:
            said.append(count_words(self.aanbod, "keer aanbod", "keer aanbod"))
        return ", ".join(said) or "nog niets bekend"


def count_by_area(
    areas: Sequence[Gebied],
    buurten: Sequence[AreaShape],
    actors: Sequence[Actor],
    offers: Sequence[Aanbod],
    today: date,
) -> Mapping[str, Known]:
    """
    Count records by area; one of the whole gemeente counts for the gemeente and not for its parts.

    Parameters
    ----------
    areas
        All areas.
    buurten
        Shapes of the buurten, for placing points; WGS84 degrees.
    actors, offers
        All that the reader may see. Stopped ones are not counted.
    today
        The day by the one clock.

    Returns
    -------
    Mapping
        By code of every area.
    """
    owners = {actor.id: actor for actor in actors}
    running = [actor for actor in actors if actor.status is not Status.GESTOPT]
    usable = [
        offer
        for offer in offers
        if offer.actor_id in owners
        and effective_status(offer, owners[offer.actor_id], today) is not Status.GESTOPT
    ]
    holders = _holders(areas)
    per_actor = _count(running, [a.werkgebied for a in running], holders, buurten)
    works = [
        o.werkgebied or (owners[o.actor_id].werkgebied if o.lon is None else ()) for o in usable
    ]
    per_offer = _count(usable, works, holders, buurten)
    return {area.code: Known(per_actor[area.code], per_offer[area.code]) for area in areas}


def _holders(areas: Sequence[Gebied]) -> dict[str, tuple[str, ...]]:
    """Give for each area the codes of the areas that hold all of it, itself included."""
    by_buurt: dict[str, set[str]] = {}
    for area in areas:
        for buurt in area.buurten:
            by_buurt.setdefault(buurt, set()).add(area.code)
    found = {}
    for area in areas:
        shared = [by_buurt[buurt] for buurt in area.buurten]
        around = set.intersection(*shared) if shared else set()
        found[area.code] = tuple(sorted(around | {area.code}))
    return found


def _count(
    things: Sequence[Actor | Aanbod],
    works: Sequence[tuple[str, ...]],
    holders: Mapping[str, tuple[str, ...]],
    buurten: Sequence[AreaShape],
) -> Counter[str]:
    placed = _locate(things, buurten)
    counted: Counter[str] = Counter()
    for thing, codes in zip(things, works, strict=True):
        named = {code for code in (*codes, *placed.get(thing.id, ())) if code in holders}
        counted.update({holder for code in named for holder in holders[code]})
    return counted


def _locate(
    things: Iterable[Actor | Aanbod], buurten: Sequence[AreaShape]
) -> dict[str, tuple[str, ...]]:
    spots = [(t.id, t.lon, t.lat) for t in things if t.lon is not None and t.lat is not None]
    if not spots or not buurten:
        return {}
    tree = STRtree([shape(area.vorm) for area in buurten])
    found = tree.query(points([(lon, lat) for _, lon, lat in spots]), predicate="within")
    return {
        spots[spot][0]: (buurten[buurt].gebied.code,)
        for spot, buurt in zip(*found.tolist(), strict=True)
    }
