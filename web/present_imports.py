"""Say imports in words: what was counted, what is refused, and what is left alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from socialmap.domain.clock import ZONE
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Aanbod, Actor
from socialmap.editing.change import Desk, read_as
from socialmap.editing.change import Table as ChangeTable
from socialmap.exchange.comparing import Uitkomst
from socialmap.store.accounts import list_accounts
from socialmap.store.imports import Invoer, Key
from web.present import actor_url, offer_url
from web.present_words import say_date

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

TABLES = {
    "gebieden": "Gebied",
    "actoren": "Actor",
    "aanbod": "Aanbod",
    "relaties": "Band",
    "inventarisaties": "Gekeken",
    "signalen": "Signaal",
}
_MANY = {
    "gebieden": "Gebieden",
    "actoren": "Actoren",
    "aanbod": "Aanbod",
    "relaties": "Banden",
    "inventarisaties": "Waar iemand keek",
    "signalen": "Signalen",
}
_MOST_NAMES = 300
_PAGES: Mapping[str, ChangeTable] = {"actoren": "actoren", "aanbod": "aanbod"}
_COUNTS = ("nieuw", "gewijzigd", "gelijk", "gelaten")


def counts_of(geteld: Mapping[str, Mapping[str, int]]) -> list[tuple[str, list[int]]]:
    """Give a row of figures by table."""
    return [
        (_MANY[tabel], [geteld[tabel].get(name, 0) for name in _COUNTS])
        for tabel in _MANY
        if tabel in geteld
    ]


def shown_faults(report: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Leave out the faults of a header about which a choice is asked first."""
    asked = {one["bestand"] for one in report.get("onbekend", ())}
    faults: list[Mapping[str, Any]] = report.get("fouten", [])
    return [one for one in faults if not (one["rij"] == 1 and one["bestand"] in asked)]


def say_left(uitkomst: str) -> str:
    """Say why a record is left alone."""
    if uitkomst == Uitkomst.EIGEN:
        return "De contactpersoon houdt dit zelf bij."
    if uitkomst == Uitkomst.VERANDERD:
        return "Iemand heeft dit net veranderd."
    return "Iemand heeft dit veranderd na de vorige import van deze bron."


def rows_of_imports(conn: Connection, listed: Iterable[Invoer]) -> list[dict[str, Any]]:
    """Give placed imports as a page lists them."""
    people = {one.id: one.naam for one in list_accounts(conn)}
    return [
        {
            "id": one.id,
            "bron": one.bron,
            "wanneer": f"{say_date(one.wanneer.astimezone(ZONE).date())}, "
            f"{one.wanneer.astimezone(ZONE):%H:%M}",
            "wie": people.get(one.wie, "een eerder account"),
            "nieuw": sum(part.get("nieuw", 0) for part in one.geteld.values()),
            "gewijzigd": sum(part.get("gewijzigd", 0) for part in one.geteld.values()),
            "gelaten": sum(part.get("gelaten", 0) for part in one.geteld.values()),
            "terug": say_date(one.terug_op.astimezone(ZONE).date()) if one.terug_op else "",
            "terug_door": people.get(one.terug_door, "een eerder account"),
        }
        for one in listed
    ]


def names_of(desk: Desk, keys: Sequence[Key]) -> list[dict[str, str]]:
    """Give the names and pages of records as the reader sees them; the id of what is not seen."""
    found = []
    for tabel, key in keys[:_MOST_NAMES]:
        naam, adres = key, ""
        if tabel in _PAGES:
            with suppress(NotFoundError):
                seen = read_as(desk, _PAGES[tabel], key)
                if isinstance(seen, Actor | Aanbod):
                    naam = seen.naam
                    adres = actor_url(key) if tabel == "actoren" else offer_url(key)
        found.append({"soort": TABLES[tabel], "naam": naam, "adres": adres})
    return found
