"""Count what is known of each area, by the same rule as the page of that area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shapely import STRtree, points
from shapely.geometry import shape

from socialmap.domain.codes import Gebiedsniveau, Status
from socialmap.domain.model import STADSBREED, Aanbod, Actor, Gebied
from socialmap.domain.status import effective_status
from socialmap.store.areas import AreaShape
from web.present_words import count_words


@dataclass(frozen=True, slots=True)
class Known:
    """How much is known of one area."""

    actoren: int = 0
    aanbod: int = 0

    def __str__(self) -> str:
        """Say it: `5 organisaties en groepen, 12 soorten steun`, or that nothing is known yet."""
        said = []
        if self.actoren:
            said.append(
                count_words(self.actoren, "organisatie of groep", "organisaties en groepen")
            )
        if self.aanbod:
            said.append(count_words(self.aanbod, "soort steun", "soorten steun"))
        return ", ".join(said) or "nog niets bekend"


def count_by_area(
    shapes: Sequence[AreaShape],
    actors: Sequence[Actor],
    offers: Sequence[Aanbod],
    today: date,
) -> Mapping[str, Known]:
    """
    Count records by area, as the page of the area does (`present_area.sort_records`).

    Parameters
    ----------
    shapes
        All areas with their shapes; WGS84 degrees.
    actors, offers
        All that the reader may see. Stopped ones and offers for a whole town are not counted.
    today
        The day by the one clock.

    Returns
    -------
    Mapping
        By code of every area. One of the whole gemeente counts for the gemeente and not for its
        parts; one of a smaller area counts for each area that shares a buurt with it.
    """
    owners = {actor.id: actor for actor in actors}
    running = [actor for actor in actors if actor.status is not Status.GESTOPT]
    usable = [
        offer
        for offer in offers
        if offer.actor_id in owners
        and offer.bereik != STADSBREED
        and effective_status(offer, owners[offer.actor_id], today) is not Status.GESTOPT
    ]
    reached = _reached([area.gebied for area in shapes])
    per_actor = _count(running, [a.werkgebied for a in running], reached, shapes)
    works = [
        o.werkgebied or (owners[o.actor_id].werkgebied if o.lon is None else ()) for o in usable
    ]
    per_offer = _count(usable, works, reached, shapes)
    return {code: Known(per_actor[code], per_offer[code]) for code in reached}


def _reached(areas: Sequence[Gebied]) -> dict[str, frozenset[str]]:
    """Give for each area the codes of the areas where working in it counts, itself included."""
    by_buurt: dict[str, set[str]] = {}
    for area in areas:
        for buurt in area.buurten:
            by_buurt.setdefault(buurt, set()).add(area.code)
    return {
        area.code: frozenset({area.code})
        if area.niveau is Gebiedsniveau.GEMEENTE
        else frozenset({area.code}.union(*(by_buurt[buurt] for buurt in area.buurten)))
        for area in areas
    }


def _count(
    things: Sequence[Actor | Aanbod],
    works: Sequence[tuple[str, ...]],
    reached: Mapping[str, frozenset[str]],
    shapes: Sequence[AreaShape],
) -> Counter[str]:
    counted: Counter[str] = Counter()
    for codes, held in zip(works, _holders(things, shapes), strict=True):
        counted.update(held.union(*(reached[code] for code in codes if code in reached)))
    return counted


def _holders(things: Sequence[Actor | Aanbod], shapes: Sequence[AreaShape]) -> list[set[str]]:
    """Give for each record the codes of the areas that its place lies in."""
    found: list[set[str]] = [set() for _ in things]
    spots = [
        (n, t.lon, t.lat) for n, t in enumerate(things) if t.lon is not None and t.lat is not None
    ]
    if spots and shapes:
        tree = STRtree([shape(area.vorm) for area in shapes])
        places = points([(lon, lat) for _, lon, lat in spots])
        for spot, area in zip(*tree.query(places, predicate="within").tolist(), strict=True):
            found[spots[spot][0]].add(shapes[area].gebied.code)
    return found
