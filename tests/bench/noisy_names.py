"""
Invented organisations, some of them written down twice by people in a hurry.

What makes it hard is what makes real lists hard, and nothing here looks at how they are compared:

- names share their kind, part of town, group or legal form, and many are at one address;
- one name in twenty-five is a second organisation of that name in the other town;
- a copy has up to two typing errors, a word left out, other word order, capitals or none, "St."
  or nothing for "Stichting", accents lost, a space lost, or the town behind it;
- its place is unknown or some tens of metres off, its house number is another.
"""

from __future__ import annotations

import random
import unicodedata
from dataclasses import replace

from socialmap.domain.codes import Soort
from socialmap.domain.model import Actor

_KINDS = (
    "Buurthuis",
    "Buurtkamer",
    "Repair Café",
    "Taalcafé",
    "Eetclub",
    "Wandelgroep",
    "Speeltuin",
    "Moestuin",
    "Inloop",
    "Huiskamer",
    "Kledingbank",
    "Koor",
    "Theetuin",
    "Sportclub",
    "Kookgroep",
    "Ontmoetingsplek",
    "Jongerencentrum",
    "Maaltijdgroep",
    "Spelletjesmiddag",
    "Leesclub",
)
_FIRST = (
    "zo ka li mo re ta wi bo da fe hu jo na pe sa vo gra kro ster vlie bree klei dui schel "
    "zwa vrie glim pluk truu hei knop brui spaa wil oos ijs"
)
_MIDDLE = (
    "ra len mer vin del ker san tor bel gen der mal pen ris vel kel zen bos rik don fel gu hal"
)
_LAST = (
    "berg hof stein dael wijk linde veld bron horst kamp burg eik poort meer tuin haven molen "
    "weide brug kust duin plas"
)
_PARTS = ("Noord", "Oost", "Zuid", "West", "Centrum")
_GROUPS = ("ouderen", "jongeren", "vrouwen", "mantelzorgers", "nieuwkomers", "ouders")
_TOWNS = ("Zandvoort", "Haarlem")
#: Degrees east between which each of these towns is invented.
_EAST = ((4.50, 4.59), (4.60, 4.70))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_HUBS, _METRE_LON, _METRE_LAT = 400, 1 / 68_000, 1 / 111_320
_LEGAL = ("Stichting", "Vereniging")
_SHORT = {"Stichting": "St.", "Vereniging": "Ver.", "voor": "v."}
_SAME_NAME, _ACCENTED = 1 / 25, 1 / 8
_ACCENTS = {"e": "é", "i": "ï", "o": "ö", "u": "ü"}


def make_records(count: int, seed: int) -> tuple[list[Actor], set[tuple[str, str]]]:
    """
    Invent organisations and noisy copies of some of them; how is said at the head.

    Parameters
    ----------
    count
        Organisations; four in ten are written down twice, one in twelve three times.
    seed
        The same seed gives the same records.

    Returns
    -------
    records, pairs
        Actors in a random order, and the ids (in order) that are one organisation.
    """
    chance = random.Random(seed)  # noqa: S311 -- the same every run
    first, middle, last = _FIRST.split(), _MIDDLE.split(), _LAST.split()
    invented = [
        _accented(chance, chance.choice(first) + chance.choice(middle) + chance.choice(last))
        for _ in range(2 * count)
    ]
    hubs = {
        town: [(chance.uniform(*east), chance.uniform(52.34, 52.44)) for _ in range(_HUBS // 2)]
        for town, east in zip(_TOWNS, _EAST, strict=True)
    }
    made: list[Actor] = []
    taken: list[tuple[str, str]] = []
    seen: set[tuple[str, str]] = set()
    true: set[tuple[str, str]] = set()
    while len(taken) < count:
        name, town = _name(chance, invented), chance.choice(_TOWNS)
        if taken and chance.random() < _SAME_NAME:
            name, there = chance.choice(taken)
            town = next(other for other in _TOWNS if other != there)
        if (name, town) in seen:
            continue
        seen.add((name, town))
        taken.append((name, town))
        bare = Actor(id="", naam=name, soort=Soort.PARTNER, plaats=town)
        written = _at(chance, bare, hubs[town], invented)
        copies = [written]
        for limit in (0.4, 0.2):
            if chance.random() >= limit:
                break
            copies.append(_noisy(chance, written))
        numbers = range(len(made), len(made) + len(copies))
        ids = [f"D{number:06}" for number in numbers]
        made += [replace(one, id=key) for one, key in zip(copies, ids, strict=True)]
        true |= {(a, b) for at, a in enumerate(ids) for b in ids[at + 1 :]}
    chance.shuffle(made)
    return made, true


def _accented(chance: random.Random, word: str) -> str:
    """Begin a word with a capital, and give some of them an accent."""
    places = [at for at, letter in enumerate(word) if letter in _ACCENTS]
    if places and chance.random() < _ACCENTED:
        at = chance.choice(places)
        word = word[:at] + _ACCENTS[word[at]] + word[at + 1 :]
    return word.title()


def _name(chance: random.Random, invented: list[str]) -> str:
    """Invent a name; many share a kind, a part of town, or a group, as names do."""
    kind, own, part = chance.choice(_KINDS), chance.choice(invented), chance.choice(_PARTS)
    group, legal = chance.choice(_GROUPS), chance.choice(_LEGAL)
    shape = chance.random()
    if shape < 0.30:
        return f"{kind} {own}"
    if shape < 0.48:
        return f"{legal} {own} {part}" if chance.random() < 0.4 else f"{legal} {own}"
    if shape < 0.66:
        return f"{kind} {own} {part}"
    if shape < 0.84:
        return f"{own} {kind} voor {group}"
    return f"{legal} {kind} {own} {chance.randint(1, 4)}"


def _at(
    chance: random.Random, one: Actor, hubs: list[tuple[float, float]], streets: list[str]
) -> Actor:
    """Give an address; a third shares a building with others, one in eight has no place."""
    lon, lat = chance.choice(hubs)
    if chance.random() >= 1 / 3:
        lon += chance.gauss(0, 600) * _METRE_LON
        lat += chance.gauss(0, 600) * _METRE_LAT
    address = f"{chance.choice(streets)}straat {chance.randint(1, 200)}"
    code = f"20{int((lon - 4.4) * 100) % 50:02} {chr(65 + int(lat * 500) % 26)}A"
    if chance.random() < 1 / 8:
        return replace(one, adres="", postcode="")
    return replace(one, adres=address, postcode=code, lon=round(lon, 5), lat=round(lat, 5))


def _noisy(chance: random.Random, one: Actor) -> Actor:
    """Write a record down again, in a hurry."""
    words = one.naam.split()
    if chance.random() < 0.45:
        words = [_SHORT.get(word, word) for word in words]
    if chance.random() < 0.45:
        words = [_without_accents(word) for word in words]
    if len(words) > 2 and chance.random() < 0.2:
        # The longest word is its own: without that it is nobody's name.
        own = max(words, key=len)
        words.remove(chance.choice([word for word in words if word != own] or [own]))
    if chance.random() < 0.2:
        chance.shuffle(words)
    if chance.random() < 0.25:
        words.append(chance.choice(_TOWNS))
    if len(words) > 1 and chance.random() < 0.05:
        at = chance.randrange(len(words) - 1)
        words[at : at + 2] = [words[at] + words[at + 1].lower()]
    for _ in range(chance.choice((0, 0, 1, 1, 2))):
        at = chance.randrange(len(words))
        words[at] = _typo(chance, words[at])
    name = " ".join(words)
    name = chance.choice((name, name, name.lower(), name.upper()))
    street, _, number = one.adres.rpartition(" ")
    if street and chance.random() < 0.2:
        number = str(int(number) + chance.choice((-2, 2, 4)))
    moved = _moved(chance, one)
    return replace(moved, naam=name, adres=f"{street} {number}".strip())


def _without_accents(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def _moved(chance: random.Random, one: Actor) -> Actor:
    if one.lon is None or one.lat is None or chance.random() < 0.1:
        return replace(one, lon=None, lat=None)
    if chance.random() < 0.5:
        return one
    east, north = chance.uniform(-50, 50), chance.uniform(-50, 50)
    return replace(
        one,
        lon=round(one.lon + east * _METRE_LON, 5),
        lat=round(one.lat + north * _METRE_LAT, 5),
    )


def _typo(chance: random.Random, word: str) -> str:
    if len(word) < 4 or not word.isalpha():
        return word
    at = chance.randrange(len(word) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    if kind == 2:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + chance.choice(_LETTERS) + word[at + 1 :]
