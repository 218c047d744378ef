"""All offers as arrays and postings, so that a question is answered without touching the database.

Holds offers for every reader; `visible` gives the mask that each search starts from.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from socialmap.domain.codes import Niveau, Status
from socialmap.domain.freshness import boundaries
from socialmap.domain.model import STADSBREED
from socialmap.domain.privacy import Lezer
from socialmap.finding.reading import ReadText
from socialmap.geo.measure import lonlat_to_xy
from socialmap.store.search_rows import SearchRow

Mask = NDArray[np.bool_]
Positions = NDArray[np.int32]
Numbers = NDArray[np.float32]

_NONE = -1
_ALWAYS = (0, np.iinfo(np.int32).max)
#: Shortest word, or part of a word, that counts when only a part of a word is the same.
SHORTEST_PART = 5
#: Longer is no word: looking for its parts would take the square of its length.
LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Posting:
    """Where one term stands: positions of offers in rising order, with a weight for each."""

    places: Positions
    weights: Numbers

    def at(self, chosen: Positions) -> Numbers:
        """Give the weight at some positions in rising order, 0 where the term does not stand."""
        spots = self.places.searchsorted(chosen)
        spots[spots == len(self.places)] = 0
        found: Numbers = (self.places[spots] == chosen) * self.weights[spots]
        return found


EMPTY = Posting(np.zeros(0, np.int32), np.zeros(0, np.float32))


class SearchIndex:
    """
    Offers by position, in order of id. Not changed after it was made.

    Parameters
    ----------
    rows
        One for each offer, with its words; a row without words is found by theme and group only.

    Attributes
    ----------
    x, y
        EPSG:28992 metres, NaN for an offer without a place; float32.
    stadsbreed
        Whether the offer is for the whole town.
    everybody
        Whether it is for everybody.
    has_place
        Whether it has a place of its own.
    has_area
        Whether any area is known that it lies in or serves.
    postings
        Term -> where it stands: `woord:`, `actor:`, `thema:` (as filed), `groep:` (as filed),
        `taal:`, `vorm:`, `gebied:`, and concepts of its text as `begrip:thema:…`.
    """

    def __init__(self, rows: Sequence[SearchRow]) -> None:
        self.rows = tuple(sorted(rows, key=lambda row: row.aanbod_id))
        self.size = len(self.rows)
        self.position = {row.aanbod_id: n for n, row in enumerate(self.rows)}
        self._read_columns()
        self.postings = _postings(self.rows)
        vocabulary = [term[6:] for term in self.postings if term.startswith("woord:")]
        self._vocabulary = "\n" + "\n".join(vocabulary) + "\n"
        self.everybody = self.any_of(["groep:iedereen"])
        self._masks: dict[tuple[Lezer, date], Mask] = {}

    def _read_columns(self) -> None:
        rows = self.rows
        self.niveau = np.array([row.niveau for row in rows], np.int8)
        spans = [row.zichtbaar or _ALWAYS for row in rows]
        self.van = np.array([span[0] for span in spans], np.int32)
        self.tot = np.array([span[1] for span in spans], np.int32)
        self.loopt_tot = _days(row.loopt_tot for row in rows)
        self.gestopt = np.array([row.status == Status.GESTOPT for row in rows], bool)
        self.gepauzeerd = np.array([row.status == Status.GEPAUZEERD for row in rows], bool)
        self.lijn = np.array([_NONE if row.lijn is None else row.lijn for row in rows], np.int8)
        self.jongst = np.array([row.min_leeftijd or 0 for row in rows], np.int16)
        self.oudst = np.array(
            [200 if row.max_leeftijd is None else row.max_leeftijd for row in rows], np.int16
        )
        self.stadsbreed = np.array([row.bereik == STADSBREED for row in rows], bool)
        self.has_area = np.array([bool(row.gebieden) for row in rows], bool)
        self.gratis = np.array([row.gratis for row in rows], bool)
        self.bron = np.array([row.gedocumenteerd for row in rows], bool)
        self.gecontroleerd = _days(row.gecontroleerd for row in rows)
        lonlat = [(row.lon, row.lat) for row in rows]
        placed = np.array([lon is not None for lon, _ in lonlat], bool)
        where = np.array([pair for pair in lonlat if pair[0] is not None], np.float64)
        xy = np.full((self.size, 2), np.nan, np.float32)
        if len(where):
            xy[placed] = lonlat_to_xy(where)
        self.has_place = placed
        self.x, self.y = xy[:, 0].copy(), xy[:, 1].copy()

    def visible(self, lezer: Lezer, today: date) -> Mask:
        """Give the offers that a reader may find on a day: not stopped, not over. Do not change."""
        key = lezer, today
        mask = self._masks.get(key)
        if mask is None:
            day = today.toordinal()
            over = (self.loopt_tot != _NONE) & (self.loopt_tot < day)
            within = (self.van <= day) & (day < self.tot)
            mask = self._open_to(lezer) & within & ~self.gestopt & ~over
            mask.flags.writeable = False
            self._masks = {k: m for k, m in self._masks.items() if k[1] == today} | {key: mask}
        return mask

    def _open_to(self, lezer: Lezer) -> Mask:
        """Tell for every offer whether its level is open to a reader, there where it is."""
        seen: Mask = self.niveau <= int(lezer.niveau)
        if lezer.gemeenten is None:
            return seen
        home = np.array([not lezer.gemeenten.isdisjoint(row.gemeenten) for row in self.rows], bool)
        return np.asarray((self.niveau <= int(Niveau.OPENBAAR)) | (seen & home), bool)

    def posting(self, term: str) -> Posting:
        """Give where a term stands; empty when it stands nowhere."""
        return self.postings.get(term, EMPTY)

    def any_of(self, terms: Iterable[str]) -> Mask:
        """Tell for every offer whether one of the terms stands there."""
        mask = np.zeros(self.size, bool)
        for term in terms:
            mask[self.posting(term).places] = True
        return mask

    def places_of(self, terms: Sequence[str]) -> Positions:
        """Give the positions where one of the terms stands, in rising order."""
        found = [self.posting(term).places for term in terms]
        found = [places for places in found if len(places)]
        if len(found) < 2:
            return found[0] if found else EMPTY.places
        joined: Positions = np.flatnonzero(self.any_of(terms)).astype(np.int32)
        return joined

    def count(self, terms: Sequence[str]) -> int:
        """Give the most offers that `places_of` may give."""
        return sum(len(self.posting(term).places) for term in terms)

    def has_any(self, terms: Sequence[str], chosen: Positions) -> Mask:
        """Tell for some positions in rising order whether one of the terms stands there."""
        found = np.zeros(len(chosen), bool)
        for term in terms:
            posting = self.posting(term)
            if len(posting.places) and len(chosen):
                found |= posting.at(chosen) > 0
        return found

    def rarity(self, term: str, visible: Mask) -> float:
        """
        Tell how much a word tells: 1 for a word of one offer, near 0 for a word of nearly all.

        Counted over what the reader may see, so that nothing can be learned about the rest
        (Robertson and Spärck Jones 1976, scaled to the size of the map).
        """
        count = int(visible[self.posting(term).places].sum())
        total = int(visible.sum())
        if count == 0:
            return 0.0
        most = math.log(1 + (total - 0.5) / 1.5) if total > 1 else 1.0
        return math.log(1 + (total - count + 0.5) / (count + 0.5)) / most

    def partly(self, stem: str) -> dict[str, float]:
        """
        Give the words that hold a stem, or that it holds, with the part that is the same.

        "verslavingszorg" finds "verslaving". Linear in the number of different words.
        """
        found: dict[str, float] = {}
        if not SHORTEST_PART <= len(stem) <= LONGEST_WORD:
            return found
        start = self._vocabulary.find(stem)
        while start >= 0:
            left = self._vocabulary.rfind("\n", 0, start) + 1
            right = self._vocabulary.find("\n", start)
            word = self._vocabulary[left:right]
            if word != stem:
                found[word] = len(stem) / len(word)
            start = self._vocabulary.find(stem, right)
        for length in range(SHORTEST_PART, len(stem)):
            for start in range(len(stem) - length + 1):
                part = stem[start : start + length]
                if f"woord:{part}" in self.postings:
                    found[part] = length / len(stem)
        return found

    def ageing(self, today: date, chosen: Positions) -> tuple[Mask, Mask]:
        """Tell for some offers whether each is fresh, and whether it is stale or never checked."""
        fresh, ageing = (day.toordinal() for day in boundaries(today))
        checked = self.gecontroleerd[chosen]
        return checked >= fresh, checked < ageing


def _days(days: Iterable[int | None]) -> NDArray[np.int32]:
    return np.array([_NONE if day is None else day for day in days], np.int32)


def _postings(rows: Sequence[SearchRow]) -> Mapping[str, Posting]:
    found: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    for place, row in enumerate(rows):
        for term, weight in _terms(row).items():
            places, weights = found[term]
            places.append(place)
            weights.append(weight)
    return {
        term: Posting(np.array(places, np.int32), np.array(weights, np.float32))
        for term, (places, weights) in found.items()
    }


def _terms(row: SearchRow) -> dict[str, float]:
    terms = {f"thema:{code}": 1.0 for code in row.themas}
    terms |= {f"groep:{code}": 1.0 for code in row.doelgroepen}
    terms |= {f"taal:{code}": 1.0 for code in row.talen}
    terms |= {f"gebied:{code}": 1.0 for code in row.gebieden}
    if row.vorm is not None:
        terms[f"vorm:{row.vorm}"] = 1.0
    if row.woorden is not None:
        read = ReadText.parse(row.woorden)
        terms |= {f"actor:{stem}": 1.0 for stem in read.actor}
        terms |= {f"woord:{stem}": 1.0 for stem in (*read.tekst, *read.naam)}
        terms |= {f"begrip:{code}": weight for code, weight in read.begrippen.items()}
    return terms
