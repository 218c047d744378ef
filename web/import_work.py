"""Look at an upload, or place it, beside the answer: who uploaded polls how far it is."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from socialmap.domain.clock import Clock
from socialmap.domain.errors import NotFoundError
from socialmap.domain.roles import Account
from socialmap.exchange.comparing import LEFT, Uitkomst
from socialmap.exchange.place_import import Asked, Look, look, place
from socialmap.store import imports
from socialmap.store.engine import Store
from socialmap.store.imports import Key, Stand, Wacht

if TYPE_CHECKING:
    from socialmap.domain.errors import Fout
    from socialmap.exchange.comparing import Verschil

_LOG = logging.getLogger("socialmap.web")
#: Seconds that an answer waits, so that a small file shows no progress at all.
_PATIENCE = 1.0
#: What a page shows of each kind; the counts are of all.
MOST_FAULTS, MOST_SHOWN, MOST_NEWER = 300, 100, 500


def start_look(store: Store, wacht: Wacht, account: Account, clock: Clock) -> None:
    """Look at an upload; its row says `klaar` when that is done, `gestopt` when it went wrong."""
    _run(store, wacht.id, lambda: _look(store, wacht, account, clock))


def start_place(
    store: Store, wacht: Wacht, account: Account, clock: Clock, take: Collection[Key]
) -> None:
    """Place an upload: in one transaction with the end of its row."""
    _run(store, wacht.id, lambda: _place(store, wacht, account, clock, take))


def _run(store: Store, key: str, act: Any) -> None:
    def run() -> None:
        try:
            act()
        except NotFoundError:
            # Dropped, or somebody was erased while it ran: there is nothing left to say it of.
            return
        except Exception:
            _LOG.exception("import failed")
            try:
                with store.writing() as conn:
                    imports.set_upload(conn, key, Stand.GESTOPT)
            except Exception:
                _LOG.exception("import could not be marked")

    worker = threading.Thread(target=run, name="invoer", daemon=True)
    worker.start()
    worker.join(_PATIENCE)


def _look(store: Store, wacht: Wacht, account: Account, clock: Clock) -> None:
    with store.reading() as conn:
        found = look(conn, _asked(imports.read_files(conn, wacht.id), wacht, account), clock)
    with store.writing() as conn:
        imports.set_upload(conn, wacht.id, Stand.KLAAR, verslag=as_report(found))


def _place(
    store: Store, wacht: Wacht, account: Account, clock: Clock, take: Collection[Key]
) -> None:
    seen = {(tabel, key): version for tabel, key, version in wacht.verslag["gezien"]}
    with store.writing() as conn:
        files = imports.read_files(conn, wacht.id)
        if not files:
            raise NotFoundError("Invoer", wacht.id)
        found = place(
            conn, _asked(files, wacht, account), clock, seen=seen, take=take, number=wacht.id
        )
        if found.invoer_id:
            imports.drop_upload(conn, wacht.id)
        else:
            imports.set_upload(conn, wacht.id, Stand.KLAAR, verslag=as_report(found))


def _asked(files: list[tuple[str, bytes]], wacht: Wacht, account: Account) -> Asked:
    return Asked(files=files, account=account, bron=wacht.bron, kolommen=wacht.kolommen)


def as_report(found: Look) -> dict[str, Any]:
    """Write what placing would do as JSON: the counts whole, the lists as far as a page shows."""
    by: dict[Uitkomst, list[Verschil]] = {kind: [] for kind in Uitkomst}
    for one in found.verschillen:
        by[one.uitkomst].append(one)
    left = [one for kind in LEFT for one in by[kind]]
    return {
        "onbekend": [
            {name: getattr(one, name) for name in one.__slots__} for one in found.onbekend
        ],
        "fouten": [_fault(one) for one in found.fouten[:MOST_FAULTS]],
        "fouten_aantal": len(found.fouten),
        "waarschuwingen": [_fault(one) for one in found.waarschuwingen[:MOST_FAULTS]],
        "geteld": {tabel: dict(counts) for tabel, counts in found.geteld.items()},
        "nieuw": [_row(one) for one in by[Uitkomst.NIEUW][:MOST_SHOWN]],
        "gewijzigd": [_row(one) for one in by[Uitkomst.GEWIJZIGD][:MOST_SHOWN]],
        "nieuwer": [_row(one) for one in left[:MOST_NEWER]],
        "aantal": {
            "nieuw": len(by[Uitkomst.NIEUW]),
            "gewijzigd": len(by[Uitkomst.GEWIJZIGD]),
            "nieuwer": len(left),
        },
        "gezien": [[*one.key, one.versie] for one in found.verschillen if one.versie],
    }


def _fault(one: Fout) -> dict[str, str | int]:
    return {"bestand": one.bestand, "rij": one.rij, "kolom": one.kolom, "melding": one.melding}


def _row(one: Verschil) -> Mapping[str, Any]:
    return {
        "tabel": one.tabel,
        "id": one.id,
        "naam": one.naam,
        "bestand": one.bestand,
        "rij": one.rij,
        "uitkomst": one.uitkomst.value,
        "velden": [list(field) for field in one.velden],
    }
