"""Read the filters in an address: the map page and the interface take the same names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

from werkzeug.datastructures import MultiDict

from socialmap.domain.codes import Lijn, Soort, Status
from socialmap.domain.errors import SocialMapError
from socialmap.domain.freshness import Versheid
from socialmap.domain.vocabulary import Vocabulary, read_themes
from socialmap.store.filters import RecordFilter
from socialmap.store.records import known_ids

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

#: Names of the filters, in the order in which an address holds them.
FILTER_NAMES = ("q", "gebied", "soort", "thema", "doelgroep", "lijn", "status", "versheid")
MOST_CHARACTERS = 200
#: Older addresses and files use this one code for two themes (`read_themes`).
_OLD_THEMES = ("taal_digitaal",)
#: What a map leaves out unless it is asked for: what has stopped.
_IN_USE = (Status.ACTIEF, Status.GEPAUZEERD)
_AREA_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,79}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

Code = TypeVar("Code")


class BadFilterError(SocialMapError):
    """A filter in the address cannot be read.

    Attributes
    ----------
    parameter
        Name of the parameter.
    toegestaan
        Values that it takes; empty when there is no short list of them.
    """

    def __init__(self, parameter: str, melding: str, toegestaan: Iterable[str] = ()) -> None:
        self.parameter, self.toegestaan = parameter, tuple(toegestaan)
        super().__init__(f"{parameter}: {melding}")


def read_filter(args: MultiDict[str, str], vocabulary: Vocabulary) -> RecordFilter:
    """
    Read the filters on records from the query of an address.

    Several values of one name stand in a repeated name or after a comma. An empty value counts as
    not given, since a form sends every field. Whether `gebied` is there the store must tell.

    Parameters
    ----------
    args
        `request.args`; other names than `FILTER_NAMES` are left alone.
    vocabulary
        Themes and groups that may be asked.

    Raises
    ------
    BadFilterError
        When a value is not one of the codes; names the parameter and what it takes.
    """
    lines = {str(int(line)): int(line) for line in Lijn}
    return RecordFilter(
        q=read_name(args),
        gebied=read_area(args),
        soorten=read_codes(args, "soort", list(Soort), Soort),
        themas=read_themes(read_codes(args, "thema", [*vocabulary.themas, *_OLD_THEMES], str)),
        doelgroepen=read_codes(args, "doelgroep", list(vocabulary.doelgroepen), str),
        lijnen=read_codes(args, "lijn", list(lines), lines.__getitem__),
        statussen=read_codes(args, "status", list(Status), Status),
        versheid=read_codes(args, "versheid", list(Versheid), Versheid),
    )


def require_area(conn: Connection, code: str) -> None:
    """Refuse an area that is not there. Raises BadFilterError; an empty code is fine."""
    if code and not known_ids(conn, "gebied", [code]):
        raise BadFilterError("gebied", "Dit gebied is er niet. Kies een gebied van de kaart.")


def in_use(keep: RecordFilter) -> RecordFilter:
    """Leave out what has stopped, unless the filter itself says which statuses to show."""
    return keep if keep.statussen else replace(keep, statussen=_IN_USE)


def read_codes(
    args: MultiDict[str, str], name: str, allowed: list[str], make: Callable[[str], Code]
) -> tuple[Code, ...]:
    """Read the codes of one parameter, without doubles, in the order given."""
    codes = values_of(args, name)
    for code in codes:
        if code not in allowed:
            raise BadFilterError(name, _say_unknown(code, allowed), allowed)
    return tuple(make(code) for code in codes)


def read_one(args: MultiDict[str, str], name: str, allowed: list[str]) -> str:
    """Read the one code of a parameter; empty when it is not given."""
    codes = read_codes(args, name, allowed, str)
    if len(codes) > 1:
        raise BadFilterError(name, "Hier past één waarde. Kies er een.", allowed)
    return "".join(codes)


def values_of(args: MultiDict[str, str], name: str) -> tuple[str, ...]:
    """Give the values of one parameter, split at commas, without empty ones and doubles."""
    parts = (part.strip() for value in args.getlist(name) for part in value.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def read_name(args: MultiDict[str, str]) -> str:
    """Read the words that the name must hold."""
    words = " ".join(args.getlist("q")).strip()
    if len(words) > MOST_CHARACTERS:
        raise BadFilterError("q", f"Maak de naam korter: hoogstens {MOST_CHARACTERS} tekens.")
    if _CONTROL.search(words):
        raise BadFilterError("q", "Hier staan onzichtbare stuurtekens in. Haal die weg.")
    return words


def read_area(args: MultiDict[str, str]) -> str:
    """Read the code of one area; empty when it is not given."""
    codes = values_of(args, "gebied")
    if len(codes) > 1:
        raise BadFilterError("gebied", "Kies één gebied.")
    if codes and not _AREA_CODE.fullmatch(codes[0]):
        raise BadFilterError("gebied", "Dit is geen code van een gebied, zoals WK039201.")
    return "".join(codes)


def _say_unknown(code: str, allowed: list[str]) -> str:
    shown = code if len(code) <= 40 else code[:40] + "…"
    near = get_close_matches(code[:80], allowed, n=1)
    hint = f" Bedoelt u {near[0]}?" if near else ""
    return f"‘{shown}’ kan hier niet staan.{hint} Kies uit: {', '.join(allowed)}."
