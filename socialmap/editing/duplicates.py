"""Find records that are probably one and the same: alike in name, and not far from each other."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class _Named:
    """A name taken apart: its telling words, these in order and joined, and its place."""

    words: frozenset[str]
    sorted: str
    joined: str
    digits: str
    place: Place | None
    postcode: str


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
    names = [reader.take_apart(one.naam, _place_of(one), one.postcode) for one in records]
    weigh = _Weigher(names)
    size, pairs = len(names), list(_candidates(names, weigh.counts))
    left = [names[pair // size].sorted for pair in pairs]
    right = [names[pair % size].sorted for pair in pairs]
    worth = cpdist(left, right, scorer=fuzz.token_set_ratio, score_cutoff=_WORTH_WEIGHING)
    found = []
    for at in worth.nonzero()[0].tolist():
        i, j = divmod(pairs[at], size)
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
    new = reader.take_apart(name, place, "")
    names = [reader.take_apart(one.naam, _place_of(one), one.postcode) for one in records]
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
    if len(one.words) == len(other.words) or shortest < _LONG or one.digits != other.digits:
        return 0.0
    errors = OSA.distance(one.joined, other.joined, score_cutoff=_MOST_ERRORS)
    return _MISSPELT.get(max(errors, 1), 0.0)


def _by_place(one: _Named, other: _Named) -> float:
    """Give what the places of two records make of the score of their names."""
    if one.place is None or other.place is None:
        near = one.postcode and one.postcode == other.postcode
        return _ONE_PLACE if near else _UNKNOWN_PLACE
    metres = _metres(one.place, other.place)
    share = min(1.0, max(0.0, (metres - NEAR_M) / (FAR_M - NEAR_M)))
    return _ONE_PLACE + share * (_OTHER_PLACE - _ONE_PLACE)


def _metres(one: Place, other: Place) -> float:
    """Give the distance between two places of one region; flat is exact enough for that."""
    east = (one[0] - other[0]) * math.cos(math.radians(one[1]))
    return math.hypot(east, one[1] - other[1]) * _METRES_PER_DEGREE


def _candidates(names: Sequence[_Named], counts: Mapping[str, int]) -> set[int]:
    """
    Give the pairs of positions that are worth comparing.

    Each pair is one number, the first position times the number of names plus the second: sets of
    numbers take half the time of sets of pairs.
    """
    size = len(names)
    found: set[int] = set()
    for block in _blocks_of_words(names, counts):
        found.update([i * size + j for at, i in enumerate(block) for j in block[at + 1 :]])
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        if name.place is not None:
            cells[int(name.place[0] // _CELL_LON), int(name.place[1] // _CELL_LAT)].append(number)
    for (x, y), block in cells.items():
        found.update([i * size + j for at, i in enumerate(block) for j in block[at + 1 :]])
        for beside in ((x + 1, y), (x - 1, y + 1), (x, y + 1), (x + 1, y + 1)):
            for j in cells.get(beside, ()):
                found.update([i * size + j if i < j else j * size + i for i in block])
    return found


def _blocks_of_words(names: Sequence[_Named], counts: Mapping[str, int]) -> Iterable[list[int]]:
    """Give the records that share a rare word, up to a typing error, or that are of one street."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        keys = {name.joined[: 2 * _START], name.postcode}
        for word in name.words:
            if counts[word] <= _RARE:
                keys.add(word)
                keys.update(_without_one(word))
        for key in keys:
            blocks[key].append(number)
    blocks.pop("", None)
    return [block for block in blocks.values() if 1 < len(block) <= _MOST_SHARING]


def _without_one(word: str) -> list[str]:
    """Give a word without each of its letters: two words with one error share one of these."""
    if len(word) <= _START:
        return []
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


class _Reader:
    """Takes names apart, with what legal form and town add left out; looks at each word once."""

    def __init__(self, records: Iterable[Actor | Aanbod]) -> None:
        self._towns = [search_name(town) for town in {one.plaats for one in records} if town]
        self._seen: dict[str, str] = {}

    def take_apart(self, name: str, place: Place | None, postcode: str) -> _Named:
        """Give the words of a name that tell it apart; all of them when none does."""
        folded = name.casefold() if name.isascii() else search_name(name)
        every = _WORD.findall(folded)
        telling = dict.fromkeys([bare for word in every if (bare := self._bare(word))])
        words = telling or dict.fromkeys(every)
        joined = "".join(words)
        digits = _NO_DIGIT.sub("", joined)
        whole = "".join(postcode.split()).upper()
        street = whole if len(whole) == _WHOLE_POSTCODE else ""
        return _Named(frozenset(words), " ".join(sorted(words)), joined, digits, place, street)

    def _bare(self, word: str) -> str:
        found = self._seen.get(word)
        if found is None:
            found = self._seen[word] = self._telling_part(word)
        return found

    def _telling_part(self, word: str) -> str:
        """Give a word without a legal form before it; empty when it tells nothing."""
        if word in _EMPTY_WORDS or self._is_town(word):
            return ""
        if len(word) >= _LONG and any(OSA.distance(word, legal) <= 1 for legal in _LEGAL):
            return ""
        for before in _LEGAL:
            if word.startswith(before) and len(word) >= len(before) + _START:
                return word.removeprefix(before)
        return word

    def _is_town(self, word: str) -> bool:
        """Tell whether a word is the name of a town, perhaps with one typing error."""
        errors = 1 if len(word) > _SHORTEST_TOWN else 0
        return any(OSA.distance(word, town, score_cutoff=1) <= errors for town in self._towns)


def _place_of(record: Actor | Aanbod) -> Place | None:
    return None if record.lon is None or record.lat is None else (record.lon, record.lat)
