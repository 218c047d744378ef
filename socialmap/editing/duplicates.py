"""Find records that are probably one and the same: alike in name, and not far from each other."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from socialmap.domain.model import Aanbod, Actor
from socialmap.store.rows import search_name

Place = tuple[float, float]

#: From this score on two records are called the same, and one new record is called alike.
SAME, ALIKE = 0.75, 0.66
#: So many are named for one new record.
MOST_LIKE = 5
#: Within so many metres it is one place; beyond it, it is another.
NEAR_M, FAR_M = 150.0, 700.0
#: What one place, an unknown place and another place make of a score.
_ONE_PLACE, _UNKNOWN_PLACE, _OTHER_PLACE = 1.1, 0.81, 0.68
#: Names say these or leave them out; they tell nobody apart.
_EMPTY_WORDS = frozenset(
    [
        "stichting",
        "st",
        "vereniging",
        "ver",
        "de",
        "het",
        "t",
        "een",
        "van",
        "voor",
        "en",
        "in",
        "te",
        "aan",
        "op",
        "bij",
        "der",
        "den",
        "bv",
        "vzw",
    ]
)
#: Records that may share a word before it says too little to look them all up.
_RARE, _MOST_SHARING = 25, 40
_START = 4
_NO_DIGIT = re.compile(r"\D+")
_WORD = re.compile(r"[^\W_]+")
_LEGAL = ("stichting", "vereniging")
_SHORTEST_TOWN, _WHOLE_POSTCODE = 5, 6
#: Degrees of a cell of some 110 metres, and how alike names in it must be to be weighed at all.
_CELL_LON, _CELL_LAT = 0.0016, 0.001
_WORTH_WEIGHING = 50.0
#: Letters that a word must have to hold a typing error, and from which on errors are counted.
_SHORTEST, _LONG = 3, 8
_MOST_ERRORS, _SHORT_ALIKE = 2, 74.0
#: What one and two typing errors leave of a word.
_MISSPELT = {1: 0.95, 2: 0.86}
#: A word that so many names hold, and not far fewer than the other, is no typing error of it.
_OWN_WORD, _OWN_SHARE = 2, 20
#: What a word counts that only one of two names has, beside words that both have another of.
_LEFT_OUT, _DIFFERENT = 0.25, 1.0
_METRES_PER_DEGREE = 111_320.0
#: Beyond so many metres no name is alike enough (see `_by_place`).
_TOO_FAR_M = NEAR_M + (FAR_M - NEAR_M) * (_ONE_PLACE - SAME) / (_ONE_PLACE - _OTHER_PLACE)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ids in order, and how sure it is that they are one (0 to 1)."""

    een: str
    ander: str
    score: float


@dataclass(frozen=True, slots=True)
class Like:
    """A record that is there already, and how sure it is that the new one is the same."""

    record: Actor | Aanbod
    score: float


class _Named(NamedTuple):
    """A name taken apart: its telling words, these in order and joined, and its place."""

    words: frozenset[str]
    sorted: str
    joined: str
    place: Place | None
    postcode: str
    town: str


def find_duplicates(records: Sequence[Actor | Aanbod]) -> list[Pair]:
    """
    List the pairs that are probably one and the same, the surest first, then by id.

    Only records that lie close by each other, or that share a rare word or its beginning, are
    compared: the time grows with the number of records, not with its square.

    Parameters
    ----------
    records
        Cut to what the reader may see, in any order, each id once.
    """
    reader = _Reader(records)
    names = [reader.of_record(one) for one in records]
    weigh = _Weigher(names)
    left, right = _candidates(names, weigh.counts)
    worth = cpdist(
        [names[i].sorted for i in left],
        [names[j].sorted for j in right],
        scorer=fuzz.token_set_ratio,
        score_cutoff=_WORTH_WEIGHING,
    )
    found = []
    for at in worth.nonzero()[0].tolist():
        i, j = left[at], right[at]
        score = weigh.score(names[i], names[j])
        if score >= SAME:
            een, ander = sorted((records[i].id, records[j].id))
            found.append(Pair(een, ander, score))
    return sorted(found, key=lambda pair: (-pair.score, pair.een, pair.ander))


def find_like(name: str, place: Place | None, records: Sequence[Actor | Aanbod]) -> list[Like]:
    """
    List what a new record is probably the same as, the surest first, at most `MOST_LIKE`.

    Parameters
    ----------
    name
        As somebody typed it.
    place
        Longitude and latitude, WGS84 degrees; None when there is none.
    records
        Cut to what the reader may see.
    """
    reader = _Reader(records)
    new = reader.take_apart(name, place)
    names = [reader.of_record(one) for one in records]
    weigh = _Weigher([*names, new])
    scored = [
        Like(one, score)
        for one, other in zip(records, names, strict=True)
        if (score := weigh.score(new, other)) >= ALIKE
    ]
    return sorted(scored, key=lambda like: (-like.score, like.record.id))[:MOST_LIKE]


class _Weigher:
    """Weighs two names by their words: a rare word says more than one that many names have."""

    def __init__(self, names: Sequence[_Named]) -> None:
        self.counts = Counter(word for name in names for word in name.words)
        total = max(len(names), 1)
        self._weights = {w: math.log(1 + total / n) for w, n in self.counts.items()}
        self._alike: dict[tuple[str, str], float] = {}

    def score(self, one: _Named, other: _Named) -> float:
        """Give how sure it is that two records are one, 0 to 1."""
        alike = max(self._by_words(one, other), _by_letters(one, other))
        return min(1.0, alike * _by_place(one, other))

    def _by_words(self, one: _Named, other: _Named) -> float:
        """Hold the words of two names against each other: equal ones first, then the misspelt."""
        weights = self._weights
        both = one.words & other.words
        shared = sum([weights[word] for word in both])
        rest_one, rest_other = one.words - both, other.words - both
        if rest_one and rest_other:
            taken_one, taken_other, more = self._misspelt(rest_one, rest_other)
            rest_one, rest_other = rest_one - taken_one, rest_other - taken_other
            shared += more
        only_one = sum([weights[word] for word in rest_one])
        only_other = sum([weights[word] for word in rest_other])
        less, most = (only_one, only_other) if only_one < only_other else (only_other, only_one)
        total = shared + _DIFFERENT * less + _LEFT_OUT * (most - less)
        return shared / total if total else 0.0

    def _misspelt(
        self, one: frozenset[str], other: frozenset[str]
    ) -> tuple[set[str], set[str], float]:
        """Couple the words that are one but for typing errors, and add up what they count."""
        taken_one: set[str] = set()
        taken_other: set[str] = set()
        shared = 0.0
        for alike, mine, theirs in sorted(self._matches(one, other), reverse=True):
            if mine not in taken_one and theirs not in taken_other:
                taken_one.add(mine)
                taken_other.add(theirs)
                shared += alike * (self._weights[mine] + self._weights[theirs]) / 2
        return taken_one, taken_other, shared

    def _matches(
        self, one: frozenset[str], other: frozenset[str]
    ) -> Iterator[tuple[float, str, str]]:
        for mine in one:
            for theirs in other:
                if abs(len(mine) - len(theirs)) > _MOST_ERRORS:
                    continue
                key = (mine, theirs) if mine < theirs else (theirs, mine)
                alike = self._alike.get(key)
                if alike is None:
                    alike = self._alike[key] = self._compare(mine, theirs)
                if alike:
                    yield alike, mine, theirs

    def _compare(self, mine: str, theirs: str) -> float:
        """Tell how alike two words that differ are; 0 when they are two words."""
        shortest = min(len(mine), len(theirs))
        if mine.isdigit() or theirs.isdigit() or shortest < _SHORTEST:
            return 0.0
        less, more = sorted((self.counts[mine], self.counts[theirs]))
        if less >= _OWN_WORD and less * _OWN_SHARE >= more:
            return 0.0
        if shortest >= _LONG:
            return _MISSPELT.get(OSA.distance(mine, theirs, score_cutoff=_MOST_ERRORS), 0.0)
        return _MISSPELT[1] if fuzz.ratio(mine, theirs) >= _SHORT_ALIKE else 0.0


def _by_letters(one: _Named, other: _Named) -> float:
    """Compare names written together: a space or dash more or less is not another name."""
    shortest = min(len(one.joined), len(other.joined))
    if len(one.words) == len(other.words) or shortest < _LONG:
        return 0.0
    if _NO_DIGIT.sub("", one.joined) != _NO_DIGIT.sub("", other.joined):
        return 0.0
    errors = OSA.distance(one.joined, other.joined, score_cutoff=_MOST_ERRORS)
    return _MISSPELT.get(max(errors, 1), 0.0)


def _by_place(one: _Named, other: _Named) -> float:
    """Give what the places of two records make of the score of their names."""
    if one.place is None or other.place is None:
        if one.postcode and one.postcode == other.postcode:
            return _ONE_PLACE
        elsewhere = one.town and other.town and one.town != other.town
        return _OTHER_PLACE if elsewhere else _UNKNOWN_PLACE
    metres = _metres(one.place, other.place)
    share = min(1.0, max(0.0, (metres - NEAR_M) / (FAR_M - NEAR_M)))
    return _ONE_PLACE + share * (_OTHER_PLACE - _ONE_PLACE)


def _metres(one: Place, other: Place) -> float:
    """Give the distance between two places of one region; flat is exact enough for that."""
    east = (one[0] - other[0]) * math.cos(math.radians(one[1]))
    return math.hypot(east, one[1] - other[1]) * _METRES_PER_DEGREE


def _candidates(names: Sequence[_Named], counts: Mapping[str, int]) -> tuple[list[int], list[int]]:
    """
    Give the pairs of positions that are worth comparing, as two lists, each pair once.

    Two names whose places lie too far apart to be one, whatever they are called, are left out.
    """
    size = len(names)
    numbers: list[int] = []
    for block in (*_blocks_of_words(names, counts), *_blocks_of_places(names)):
        numbers += [i * size + j for at, i in enumerate(block) for j in block[at + 1 :]]
    pairs = np.unique(np.array(numbers, dtype=np.int64))
    left, right = np.divmod(pairs, max(size, 1))
    lon, lat = _coordinates(names)
    east = (lon[left] - lon[right]) * np.cos(np.radians(lat[left]))
    apart = np.hypot(east, lat[left] - lat[right]) * _METRES_PER_DEGREE > _TOO_FAR_M
    return left[~apart].tolist(), right[~apart].tolist()


def _coordinates(names: Sequence[_Named]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give longitudes and latitudes in degrees; not a number where a name has no place."""
    nowhere = (math.nan, math.nan)
    both = np.array([name.place or nowhere for name in names], dtype=np.float64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _blocks_of_places(names: Sequence[_Named]) -> Iterator[list[int]]:
    """Give the records of each two cells that touch, and of each cell by itself, in order."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        if name.place is not None:
            cells[int(name.place[0] // _CELL_LON), int(name.place[1] // _CELL_LAT)].append(number)
    for (x, y), block in cells.items():
        yield block
        for beside in ((x + 1, y), (x - 1, y + 1), (x, y + 1), (x + 1, y + 1)):
            if beside in cells:
                yield sorted(block + cells[beside])


def _blocks_of_words(names: Sequence[_Named], counts: Mapping[str, int]) -> Iterator[list[int]]:
    """Give the records that share a rare word, up to a typing error, or that are of one street."""
    blocks: dict[str, list[int]] = defaultdict(list)
    by_word: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        blocks[name.joined[: 2 * _START]].append(number)
        blocks[name.postcode].append(number)
        for word in name.words:
            if counts[word] <= _RARE:
                by_word[word].append(number)
    blocks.pop("", None)
    yield from _of_fair_size(blocks.values())
    yield from _of_fair_size(by_word.values())
    for words in _alike_words(by_word):
        together = {number for word in words for number in by_word[word]}
        yield from _of_fair_size([sorted(together)])


def _of_fair_size(blocks: Iterable[list[int]]) -> Iterator[list[int]]:
    return (block for block in blocks if 1 < len(block) <= _MOST_SHARING)


def _alike_words(words: Iterable[str]) -> Iterable[list[str]]:
    """Give the words that are one but for a letter: they share what is left without it."""
    first: dict[str, str] = {}
    found: dict[str, list[str]] = {}
    for word in words:
        for left in (word, *_without_one(word)):
            other = first.setdefault(left, word)
            if other is not word:
                found.setdefault(left, [other]).append(word)
    return found.values()


def _without_one(word: str) -> Iterable[str]:
    """Give a word without each of its letters; a short word has too few for that."""
    if len(word) <= _START:
        return ()
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


class _Reader:
    """Takes names apart, with what legal form and town add left out; looks at each word once."""

    def __init__(self, records: Iterable[Actor | Aanbod]) -> None:
        towns = [search_name(town) for town in {one.plaats for one in records} if town]
        self._seen: dict[str, str] = {}
        #: Length of a word -> what such a word may be meant for, with how many typing errors.
        self._silent: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for meant in (*_LEGAL, *towns):
            errors = 1 if len(meant) > _SHORTEST_TOWN else 0
            for length in range(len(meant) - errors, len(meant) + errors + 1):
                self._silent[length].append((meant, errors))

    def of_record(self, one: Actor | Aanbod) -> _Named:
        """Take apart what a record is called, with where it is."""
        place = None if one.lon is None or one.lat is None else (one.lon, one.lat)
        return self.take_apart(one.naam, place, one.postcode, one.plaats)

    def take_apart(
        self, name: str, place: Place | None, postcode: str = "", town: str = ""
    ) -> _Named:
        """Give the words of a name that tell it apart; all of them when none does."""
        folded = name.casefold() if name.isascii() else search_name(name)
        every = _WORD.findall(folded)
        telling = dict.fromkeys([bare for word in every if (bare := self._bare(word))])
        words = telling or dict.fromkeys(every)
        joined = "".join(words)
        whole = "".join(postcode.split()).upper()
        street = whole if len(whole) == _WHOLE_POSTCODE else ""
        return _Named(frozenset(words), " ".join(sorted(words)), joined, place, street, town)

    def _bare(self, word: str) -> str:
        found = self._seen.get(word)
        if found is None:
            found = self._seen[word] = self._telling_part(word)
        return found

    def _telling_part(self, word: str) -> str:
        """Give a word without a legal form before it; empty when it tells nothing."""
        if word in _EMPTY_WORDS or self._is_silent(word):
            return ""
        for before in _LEGAL:
            if word.startswith(before) and len(word) >= len(before) + _START:
                return word.removeprefix(before)
        return word

    def _is_silent(self, word: str) -> bool:
        """Tell whether a word is a legal form or a town, perhaps with one typing error."""
        meant = self._silent.get(len(word))
        if not meant:
            return False
        return any(OSA.distance(word, other, score_cutoff=1) <= errors for other, errors in meant)
