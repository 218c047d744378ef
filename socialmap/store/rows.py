"""Turn rows of the store into domain records and back."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from sqlalchemy.engine import RowMapping

from socialmap.domain.codes import (
    Feitelijk,
    Lijn,
    Niveau,
    Relatiesoort,
    Richting,
    Soort,
    Status,
    Toegang,
    Vorm,
)
from socialmap.domain.freshness import read_source
from socialmap.domain.model import STADSBREED, Aanbod, Actor, Relatie, Toestemming

Row = Mapping[str, Any] | RowMapping

_ACTOR_LISTS = ("themas", "doelgroepen", "werkgebied", "moedertaal")
_AANBOD_LISTS = ("themas", "doelgroepen", "talen", "werkgebied")


def search_name(text: str) -> str:
    """Fold a name for searching: lower case, no accents or invisible signs, spaces made single."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    seen = (c for c in plain if not unicodedata.combining(c) and (c.isprintable() or c.isspace()))
    return " ".join("".join(seen).split())


def actor_row(actor: Actor) -> dict[str, Any]:
    """Give the columns of table `actor`; consent is a row of its own."""
    row = {name: getattr(actor, name) for name in actor.__slots__ if name != "toestemming"}
    return _plain(row) | _derived(actor)


def aanbod_row(aanbod: Aanbod) -> dict[str, Any]:
    """Give the columns of table `aanbod`."""
    row = {name: getattr(aanbod, name) for name in aanbod.__slots__ if name != "bereik"}
    everywhere = aanbod.bereik == STADSBREED
    return _plain(row) | {
        "bereik_m": None if everywhere else aanbod.bereik,
        "stadsbreed": everywhere,
        **_derived(aanbod),
    }


def relatie_row(relatie: Relatie) -> dict[str, Any]:
    """Give the columns of table `relatie`."""
    return _plain({name: getattr(relatie, name) for name in relatie.__slots__})


def read_actor(row: Row) -> Actor:
    """Make an actor from its row, with the columns of its consent named `t_…`."""
    own = {name: row[name] for name in Actor.__slots__ if name != "toestemming"}
    for name in _ACTOR_LISTS:
        own[name] = tuple(own[name])
    own["soort"] = Soort(own["soort"])
    own["status"] = Status(own["status"])
    own["lijn"] = None if own["lijn"] is None else Lijn(own["lijn"])
    own["zichtbaarheid"] = Niveau(own["zichtbaarheid"])
    consent = None
    if row["t_op"] is not None:
        level = row["t_niveau"]
        consent = Toestemming(
            op=row["t_op"],
            tot=row["t_tot"],
            doel=row["t_doel"],
            niveau=None if level is None else Niveau(level),
            door=row["t_door"],
        )
    return Actor(**own, toestemming=consent)


def read_aanbod(row: Row) -> Aanbod:
    """Make an offer from its row."""
    own = {name: row[name] for name in Aanbod.__slots__ if name != "bereik"}
    for name in _AANBOD_LISTS:
        own[name] = tuple(own[name])
    own["status"] = Status(own["status"])
    own["lijn"] = None if own["lijn"] is None else Lijn(own["lijn"])
    own["vorm"] = Vorm(own["vorm"]) if own["vorm"] else None
    own["toegang"] = Toegang(own["toegang"]) if own["toegang"] else None
    return Aanbod(**own, bereik=STADSBREED if row["stadsbreed"] else row["bereik_m"])


def read_relatie(row: Row) -> Relatie:
    """Make a tie from its row."""
    own = {name: row[name] for name in Relatie.__slots__}
    own["soort"] = Relatiesoort(own["soort"])
    own["richting"] = Richting(own["richting"])
    own["feitelijk"] = Feitelijk(own["feitelijk"])
    own["zichtbaarheid"] = Niveau(own["zichtbaarheid"])
    return Relatie(**own)


def _derived(record: Actor | Aanbod) -> dict[str, Any]:
    return {
        "zoeknaam": search_name(record.naam),
        "gedocumenteerd": read_source(record.bron) is not None,
    }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Turn tuples and enums into what a column holds."""
    return {name: _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Niveau | Lijn):
        return int(value)
    if isinstance(value, Soort | Status | Vorm | Toegang | Relatiesoort | Richting | Feitelijk):
        return value.value
    return value
