"""Look at what files would do to the map, and place them: what was edited since is left alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from socialmap.domain.clock import Clock
from socialmap.domain.errors import Fout
from socialmap.domain.roles import Account
from socialmap.exchange.comparing import (
    LEFT,
    Uitkomst,
    Verschil,
    compare,
    versions_of,
    without,
)
from socialmap.exchange.importing import Ready, batch_of, get_ready, keep
from socialmap.exchange.mapping import Choices, UnknownColumn
from socialmap.exchange.own_area_rows import outside_own_areas
from socialmap.exchange.tables import Findings
from socialmap.exchange.uploads import NamedBytes, open_uploads
from socialmap.store import accounts
from socialmap.store.imports import Key, Trace, add_import, left_by

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

Counted = Mapping[str, Mapping[str, int]]
PLACED = "import geplaatst"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    Files, and what somebody said of them.

    Attributes
    ----------
    bron
        Whose file it is: the same source again changes what its owner changed.
    kolommen
        What unknown columns stand for.
    """

    files: Sequence[NamedBytes]
    account: Account
    bron: str
    kolommen: Choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """
    What placing would do, or did.

    Attributes
    ----------
    geteld
        By table: `nieuw`, `gewijzigd`, `gelijk`, and `gelaten` for what is left alone. Empty when
        there are faults.
    verschillen
        Every record that is not equal; empty when there are faults.
    invoer_id
        Of the placed import; empty when nothing was placed.
    """

    onbekend: tuple[UnknownColumn, ...]
    fouten: tuple[Fout, ...]
    waarschuwingen: tuple[Fout, ...]
    geteld: Counted
    verschillen: tuple[Verschil, ...]
    invoer_id: str = ""


def look(conn: Connection, asked: Asked, clock: Clock) -> Look:
    """Say what placing would do; nothing is written, and nobody waits for it."""
    findings = Findings()
    ready = _ready(conn, asked, findings)
    if findings.fouten:
        return _refused(ready, findings)
    batch = batch_of(conn, ready.built, clock)
    found = compare(
        conn,
        batch,
        ready.built,
        left=left_by(conn, asked.bron),
        account_id=asked.account.id,
    )
    return _look(ready, findings, found, _count(ready, found))


def place(
    conn: Connection,
    asked: Asked,
    clock: Clock,
    *,
    seen: Mapping[Key, int] | None = None,
    take: Collection[Key] = (),
    number: str = "",
) -> Look:
    """
    Place files: all of it, or nothing where there is a fault.

    Parameters
    ----------
    conn
        A writing connection.
    seen
        Versions of the records that would change, as somebody saw them; None when nobody did.
    take
        Records that were edited since the last import and are to be overwritten all the same.
    number
        Id of the upload, that the import keeps; one is made when left out.

    Returns
    -------
    Look
        With the id of the import, and what was left alone.
    """
    findings = Findings()
    ready = _ready(conn, asked, findings)
    if findings.fouten:
        return _refused(ready, findings)
    batch = batch_of(conn, ready.built, clock)
    found = compare(
        conn,
        batch,
        ready.built,
        left=left_by(conn, asked.bron),
        account_id=asked.account.id,
        seen=seen,
    )
    chosen = set(take)
    out = {
        one.key
        for one in found
        if one.uitkomst in LEFT and not (one.uitkomst is Uitkomst.NIEUWER and one.key in chosen)
    }
    kept = [one for one in found if one.key not in out]
    wie, counted = asked.account.id, _count(ready, found, out)
    keep(conn, ready, without(conn, batch, out), wie=wie, clock=clock)
    number = add_import(
        conn,
        number,
        wie=wie,
        bron=asked.bron,
        geteld=counted,
        traces=_traces(conn, kept),
        now=clock.now(),
    )
    accounts.log(conn, clock.now(), wie, PLACED, "invoer", number)
    return _look(ready, findings, found, counted, number)


def _ready(conn: Connection, asked: Asked, findings: Findings) -> Ready:
    files = open_uploads(asked.files, findings)
    ready = get_ready(conn, files, findings, asked.kolommen)
    if asked.account.gebieden:
        findings.fouten += outside_own_areas(conn, asked.account, ready.built, ready.areas.known)
    return ready


def _traces(conn: Connection, kept: Sequence[Verschil]) -> list[Trace]:
    after = versions_of(conn, [one.key for one in kept])
    return [
        Trace(one.tabel, one.id, one.versie, after[one.key]) for one in kept if one.key in after
    ]


def _count(ready: Ready, found: Iterable[Verschil], out: Collection[Key] | None = None) -> Counted:
    """Count by table; `out` names what was left alone, where somebody chose."""
    counted = {table.naam: dict.fromkeys((*_COUNTED, _LEFT), 0) for table in ready.tables}
    for one in found:
        left = one.uitkomst in LEFT if out is None else one.key in out
        plain = Uitkomst.GEWIJZIGD if one.uitkomst in LEFT else one.uitkomst
        counted.setdefault(one.tabel, dict.fromkeys((*_COUNTED, _LEFT), 0))
        counted[one.tabel][_LEFT if left else plain.value] += 1
    if "gebieden" in counted:
        areas = ready.areas.counts
        counted["gebieden"] |= {name: getattr(areas, name) for name in _COUNTED}
    return counted


_COUNTED, _LEFT = ("nieuw", "gewijzigd", "gelijk"), "gelaten"


def _refused(ready: Ready, findings: Findings) -> Look:
    return _look(ready, findings, (), {})


def _look(
    ready: Ready,
    findings: Findings,
    found: Iterable[Verschil],
    counted: Counted,
    invoer_id: str = "",
) -> Look:
    return Look(
        onbekend=ready.onbekend,
        fouten=tuple(sorted(findings.fouten)),
        waarschuwingen=tuple(sorted(findings.waarschuwingen)),
        geteld=counted,
        verschillen=tuple(one for one in found if one.uitkomst is not Uitkomst.GELIJK),
        invoer_id=invoer_id,
    )
