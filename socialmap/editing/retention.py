"""How long things are kept, and the daily round that deletes what is older."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from socialmap.domain.clock import ZONE, months_earlier
from socialmap.domain.errors import SocialMapError
from socialmap.editing.erase import clean, erase
from socialmap.store import accounts, imports, mails, retention
from socialmap.store.vocabulary import read_meta, save_meta

if TYPE_CHECKING:
    from socialmap.store.engine import Connection, Store

#: Who stands in the log for what the round does.
ROUND = "opruimen"
_DONE_ON = "opgeruimd_op"
_PREFIX = "bewaartermijn_"


class TermError(SocialMapError):
    """A term is no number, or outside its bounds; `naam` is that of the term."""

    def __init__(self, naam: str, melding: str) -> None:
        self.naam = naam
        super().__init__(melding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """
    How long something is kept.

    Attributes
    ----------
    naam
        In the database.
    vraag, uitleg
        What people read.
    minst, meest, gewoon
        Months: the bounds, and what holds as long as nobody said otherwise.
    """

    naam: str
    vraag: str
    uitleg: str
    minst: int
    meest: int
    gewoon: int


TERMS = (
    Term(
        naam="inzage",
        vraag="Wie wat bekeek",
        uitleg="Regels in het logboek over bekijken en ophalen.",
        minst=1,
        meest=24,
        gewoon=12,
    ),
    Term(
        naam="accounts",
        vraag="Inloggen en accounts",
        uitleg="Regels in het logboek over inloggen, uitnodigen en sleutels.",
        minst=6,
        meest=60,
        gewoon=24,
    ),
    Term(
        naam="voorstellen",
        vraag="Voorstellen met een antwoord",
        uitleg="Van een voorstel met een antwoord is de inhoud al weg. Dit is de rest.",
        minst=1,
        meest=24,
        gewoon=12,
    ),
    Term(
        naam="toestemmingen",
        vraag="Sleutelfiguren zonder toestemming",
        uitleg=(
            "Niemand ziet hen meer vanaf de dag dat de toestemming stopt. "
            "Na deze tijd wist het programma hen helemaal."
        ),
        minst=1,
        meest=24,
        gewoon=12,
    ),
    Term(
        naam="maanden",
        vraag="Dekking van eerdere maanden",
        uitleg="Wat er elke maand van de dekking is bewaard. Er staan geen personen in.",
        minst=12,
        meest=120,
        gewoon=36,
    ),
)
#: Wrong tries to sign in are of no use after this.
_TRIES_MONTHS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """How many rows went by kind, and how many persons were erased; the day it was done."""

    dag: date
    rijen: Mapping[str, int]
    gewist: int


def read_terms(conn: Connection) -> dict[str, int]:
    """Give the months of every term, as set or as usual."""
    found = {}
    for term in TERMS:
        kept = read_meta(conn, _PREFIX + term.naam)
        found[term.naam] = int(kept) if kept else term.gewoon
    return found


def change_terms(
    conn: Connection, filled: Mapping[str, str], *, wie: str, now: datetime
) -> dict[str, int]:
    """
    Keep other terms; each change stands in the log.

    Raises
    ------
    TermError
        For the first that is no whole number of months within its bounds; nothing is kept then.
    """
    wanted = {term.naam: _months(term, filled.get(term.naam, "")) for term in TERMS}
    before = read_terms(conn)
    for name, months in wanted.items():
        if months != before[name]:
            save_meta(conn, _PREFIX + name, str(months))
            accounts.log(conn, now, wie, "bewaartermijn", "bewaartermijn", name)
    return wanted


def was_cleaned(conn: Connection, today: date) -> bool:
    """Tell whether the round was made on this day already."""
    return read_meta(conn, _DONE_ON) == today.isoformat()


def last_cleaned(conn: Connection) -> date | None:
    """Give the day of the last round; None before the first."""
    kept = read_meta(conn, _DONE_ON)
    return date.fromisoformat(kept) if kept else None


def clean_up(store: Store, secret: str, now: datetime, *, today: date | None = None) -> Cleaned:
    """
    Delete everything that is older than its term.

    Parameters
    ----------
    store
        The map.
    secret
        Of the installation: who is erased comes on the list of erasures.
    now
        The real time, with zone: sessions end by it.
    today
        The day by the one clock; of `now` when left out.

    Raises
    ------
    StorageError
        When the disk is full: nothing is deleted then, and the next round does it.
    """
    day = today or now.astimezone(ZONE).date()
    with store.reading() as conn:
        terms = read_terms(conn)
    limits = {name: months_earlier(day, months) for name, months in terms.items()}
    with store.writing() as conn:
        rows = {
            "inzage": retention.delete_views(conn, limits["inzage"]),
            "accounts": retention.delete_account_lines(conn, limits["accounts"]),
            "sessies": retention.delete_ended_keys(conn, now),
            "pogingen": retention.delete_tries(conn, months_earlier(day, _TRIES_MONTHS)),
            "voorstellen": retention.delete_closed_proposals(conn, limits["voorstellen"]),
            "maanden": retention.delete_months(conn, limits["maanden"]),
            "invoer": imports.delete_ended(conn, now),
        }
        mails.tidy(conn, now)
        lapsed = retention.lapsed_persons(conn, limits["toestemmingen"])
        save_meta(conn, _DONE_ON, day.isoformat())
        # Persons of the invented example show what happens when consent has ended.
        if read_meta(conn, "voorbeeld") == "1":
            lapsed = []
    for actor_id in lapsed:
        erase(store, secret, actor_id, wie=ROUND, now=now)
    clean(store)
    return Cleaned(dag=day, rijen=rows, gewist=len(lapsed))


def _months(term: Term, text: str) -> int:
    if not text.strip().isdecimal() or not term.minst <= int(text) <= term.meest:
        raise TermError(
            term.naam,
            f"{term.vraag}: vul een heel aantal maanden in, van {term.minst} tot {term.meest}.",
        )
    return int(text)
