"""Make, change and stop one own area by hand; a file with own areas goes by `importing.py`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.errors import NotFoundError, SocialMapError
from socialmap.domain.model import Gebied
from socialmap.exchange.areas import StoredPlaces, is_own, to_area_set, to_shapes
from socialmap.geo.area import AreaSet
from socialmap.geo.errors import OwnAreaFaults
from socialmap.geo.own import own_area
from socialmap.store.accounts import list_accounts
from socialmap.store.admin_areas import delete_area, log_area, uses_of_area
from socialmap.store.areas import get_area, read_shapes, save_areas
from socialmap.store.indexing import reindex_all

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

LONGEST = 80
_START = {Gebiedsniveau.TEAMGEBIED: "TG", Gebiedsniveau.EIGEN: "EG"}


class AreaError(SocialMapError):
    """An own area cannot be made, changed or stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedArea:
    """
    What somebody filled in.

    Attributes
    ----------
    niveau
        `teamgebied` or `eigen`.
    leden
        Codes of buurten, wijken or gemeenten.
    """

    naam: str
    niveau: str
    leden: tuple[str, ...]


def keep_area(conn: Connection, code: str, asked: AskedArea, *, wie: str, now: datetime) -> Gebied:
    """
    Make an own area, or change one.

    Parameters
    ----------
    conn
        A writing connection.
    code
        Of the area to change; empty for a new one, which gets a code after its name.

    Raises
    ------
    AreaError
        With every fault in one text; nothing is kept then.
    NotFoundError
        When there is no area of this code.
    """
    before = get_area(conn, code) if code else None
    if before is not None and not is_own(before):
        raise AreaError("Dit gebied hoort bij de vaste grenzen. Dat kunt u hier niet veranderen.")
    stored = read_shapes(conn)
    base = to_area_set(shape for shape in stored if shape.gebied.code != code)
    naam = " ".join(asked.naam.split())[:LONGEST]
    if any(area.naam.casefold() == naam.casefold() for area in base if area.niveau in _START):
        raise AreaError("Er is al een gebied met deze naam. Kies een andere naam.")
    key = code or _new_code(naam, asked.niveau, base)
    try:
        made = own_area(key, naam, asked.niveau, asked.leden, base)
    except OwnAreaFaults as refused:
        raise AreaError(" ".join(refused.meldingen)) from refused
    known = base.with_own([made])
    (shape,) = to_shapes([made], known)
    save_areas(conn, [shape])
    # Records that were there already may lie in it, or no longer.
    reindex_all(conn, StoredPlaces(known))
    log_area(conn, key, None if before is None else _cells(before), _cells(shape.gebied), wie, now)
    return shape.gebied


def stop_area(conn: Connection, code: str, *, wie: str, now: datetime) -> None:
    """
    Stop an own area that nothing names any more; the history keeps what it was made of.

    Raises
    ------
    AreaError
        When something still names it: says what, and how many.
    NotFoundError
        When there is no own area of this code.
    """
    area = get_area(conn, code)
    if not is_own(area):
        raise NotFoundError("Eigen gebied", code)
    uses = area_uses(conn, code)
    if uses:
        said = ", ".join(f"{count} {name}" for name, count in uses.items())
        raise AreaError(f"Dit gebied wordt nog gebruikt: {said}. Geef die eerst een ander gebied.")
    delete_area(conn, code)
    reindex_all(conn, StoredPlaces(to_area_set(read_shapes(conn))))
    log_area(conn, code, _cells(area), None, wie, now)


def area_uses(conn: Connection, code: str) -> dict[str, int]:
    """Count what names an area, accounts included."""
    people = sum(code in account.gebieden for account in list_accounts(conn))
    return uses_of_area(conn, code) | (
        {"accounts" if people > 1 else "account": people} if people else {}
    )


def _new_code(naam: str, niveau: str, areas: AreaSet) -> str:
    if niveau not in list(_START):
        return ""
    start = f"{_START[Gebiedsniveau(niveau)]}-"
    made = start + (re.sub(r"[^A-Z0-9]+", "-", naam.upper()).strip("-")[:40] or "GEBIED")
    numbered = (f"{made}-{number}" for number in range(2, 1000))
    return made if made not in areas else next(one for one in numbered if one not in areas)


def _cells(area: Gebied) -> dict[str, str]:
    return {"naam": area.naam, "niveau": area.niveau.value, "leden": "|".join(area.leden)}
