"""The offers of a map as arrays: which count for a theme and group, and where they serve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from socialmap.coverage.ground import Bools, Floats, Ground, Indexes
from socialmap.coverage.need import EVERYBODY
from socialmap.coverage.times import Tijd, is_open_at
from socialmap.domain.codes import Status, Vorm
from socialmap.domain.freshness import Versheid, freshness
from socialmap.domain.model import STADSBREED, Aanbod, Actor
from socialmap.domain.status import effective_status
from socialmap.geo.measure import lonlat_to_xy

_STALE = (Versheid.OUD, Versheid.NOOIT)


@dataclass(frozen=True, slots=True)
class OfferTable:
    """
    Every offer that is in use, m of them in order of id; the rest counts nowhere.

    Attributes
    ----------
    offers, actors
        The records as the reader may see them, and their owners by id.
    xy
        Shape (m, 2), EPSG:28992 metres, x then y; nan without a place.
    own_reach
        Shape (m,), metres on foot that the offer says itself; nan where it does not.
    capacity
        Shape (m,), places; nan where unknown.
    fresh
        Shape (m,): checked at most 24 months ago. The others would count if somebody confirmed
        them.
    citywide
        Shape (m,): `stadsbreed`.
    served
        For an individual offer without a place: the buurten of its werkgebied.
    by_theme
        For each theme the offers that serve it, rising.
    documented
        Offers that only a document tells of, with the buurten that they serve: they count
        nowhere until somebody has confirmed them.
    """

    offers: tuple[Aanbod, ...]
    actors: Mapping[str, Actor]
    xy: Floats
    own_reach: Floats
    capacity: Floats
    fresh: Bools
    citywide: Bools
    served: Mapping[int, Indexes]
    by_theme: Mapping[str, Indexes]
    documented: tuple[tuple[Aanbod, Indexes], ...]

    def serving(
        self, thema: str, doelgroep: str, tijd: Tijd | None, today: date
    ) -> tuple[Indexes, Bools]:
        """
        List the offers that serve a theme and a group, by name or for everybody.

        Parameters
        ----------
        tijd
            Keeps what is open then; an offer without hours is left out. None keeps all.

        Returns
        -------
        numbers
            Places in the table, rising.
        named
            Of each whether it names the group; for `iedereen` they all do.
        """
        kept, named = [], []
        for number in self.by_theme.get(thema, ()):
            groups = self.offers[number].doelgroepen
            by_name = doelgroep in groups
            if not serves(self.offers[number], doelgroep):
                continue
            if tijd is not None and not is_open_at(self.offers[number].wanneer, tijd, today):
                continue
            kept.append(number)
            named.append(by_name)
        return np.array(kept, dtype=np.intp), np.array(named, dtype=np.bool_)

    @property
    def placed(self) -> Bools:
        """Shape (m,): whether the offer has a place."""
        found: NDArray[np.bool_] = np.isfinite(self.xy[:, 0])
        return found


def serves(offer: Aanbod, doelgroep: str) -> bool:
    """Tell whether an offer serves a group, by name or for everybody."""
    return doelgroep in offer.doelgroepen or EVERYBODY in offer.doelgroepen


def make_offers(
    offers: Sequence[Aanbod], actors: Sequence[Actor], ground: Ground, today: date
) -> OfferTable:
    """
    Make the table of the offers that are in use on a day.

    Parameters
    ----------
    offers, actors
        As the reader may see them.
    ground
        Whose buurten the werkgebied of an offer is told in.
    today
        The day by the one clock.
    """
    owners = {actor.id: actor for actor in actors}
    used: list[tuple[Aanbod, bool]] = []
    documented: list[tuple[Aanbod, Indexes]] = []
    for offer in sorted(offers, key=lambda one: one.id):
        if effective_status(offer, owners[offer.actor_id], today) is not Status.ACTIEF:
            continue
        stand = freshness(offer.gecontroleerd_op, offer.bron, today)
        if stand is Versheid.BRON:
            codes = offer.werkgebied or owners[offer.actor_id].werkgebied
            documented.append((offer, _buurten(codes, ground)))
        else:
            used.append((offer, stand not in _STALE))
    listed = tuple(offer for offer, _ in used)
    by_theme: dict[str, list[int]] = {}
    for number, offer in enumerate(listed):
        for thema in set(offer.themas):
            by_theme.setdefault(thema, []).append(number)
    return OfferTable(
        offers=listed,
        actors=owners,
        xy=_places(listed),
        own_reach=np.array(
            [np.nan if o.bereik is None or o.bereik == STADSBREED else o.bereik for o in listed],
            dtype=np.float64,
        ),
        capacity=np.array(
            [np.nan if o.capaciteit is None else o.capaciteit for o in listed], dtype=np.float64
        ),
        fresh=np.array([fresh for _, fresh in used], dtype=np.bool_),
        citywide=np.array([o.bereik == STADSBREED for o in listed], dtype=np.bool_),
        served={
            number: _buurten(offer.werkgebied or owners[offer.actor_id].werkgebied, ground)
            for number, offer in enumerate(listed)
            if offer.lon is None and offer.vorm is Vorm.INDIVIDUEEL and offer.bereik != STADSBREED
        },
        by_theme={thema: np.array(found, dtype=np.intp) for thema, found in by_theme.items()},
        documented=tuple(documented),
    )


def _places(offers: Sequence[Aanbod]) -> Floats:
    xy = np.full((len(offers), 2), np.nan)
    placed = [n for n, offer in enumerate(offers) if offer.lon is not None]
    if placed:
        lonlat = [(offers[n].lon, offers[n].lat) for n in placed]
        xy[placed] = lonlat_to_xy(np.array(lonlat, dtype=np.float64))
    return xy


def _buurten(codes: Sequence[str], ground: Ground) -> Indexes:
    """Give the places of all buurten inside some areas; an unknown code has none."""
    parts = [ground.members[code] for code in codes if code in ground.members]
    return np.unique(np.concatenate(parts)) if parts else np.array([], dtype=np.intp)
