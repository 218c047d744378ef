"""Erase a sleutelfiguur: no byte is left, and a restored backup undergoes it again."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from socialmap.editing.apply import Batch, apply
from socialmap.editing.consent import SELF, find_person, person_print
from socialmap.store import accounts, erasing
from socialmap.store.consent import mark_withdrawn
from socialmap.store.data_version import raise_data_version
from socialmap.store.erasing import GEWIST, INGETROKKEN, Wissing
from socialmap.store.indexing import Places
from socialmap.store.merging import earlier_ids

if TYPE_CHECKING:
    from socialmap.store.engine import Connection, Store


def erase(store: Store, secret: str, actor_id: str, *, wie: str, now: datetime) -> Wissing:
    """
    Erase every trace of a sleutelfiguur from tables, history, indexes, log and file.

    Parameters
    ----------
    store
        No reading connection of the caller may be open: it would hold the old pages.
    secret
        Of the installation: the list keeps a keyed hash of the id.
    wie, now
        Who does it, and when: for the log, that keeps only that somebody was erased.

    Returns
    -------
    Wissing
        The proof; `schoon` is False when the file could not be written anew now, and is then at
        the next `clean`.

    Raises
    ------
    NotFoundError
        When there is no sleutelfiguur of this id.
    """
    with store.writing() as conn:
        find_person(conn, actor_id)
        earlier = earlier_ids(conn, actor_id)
        proof = Wissing(
            nummer=secrets.token_hex(8),
            soort=GEWIST,
            afdruk=person_print(secret, actor_id),
            dag=now.date(),
            rijen=_erase_rows(conn, actor_id),
            schoon=False,
        )
        erasing.add_erasure(conn, proof)
        for old in earlier:
            # An older copy holds the record that went into this one under its own id.
            afdruk = person_print(secret, old)
            number = secrets.token_hex(8)
            erasing.add_erasure(conn, replace(proof, nummer=number, afdruk=afdruk, rijen=0))
        accounts.log(conn, now, wie, "gewist")
    return replace(proof, schoon=clean(store))


def clean(store: Store) -> bool:
    """Write the file anew when something was erased since; False when that must wait."""
    with store.reading() as conn:
        waiting = [one.nummer for one in erasing.list_erasures(conn) if not one.schoon]
    if not waiting:
        return True
    if not store.compact():
        return False
    with store.writing() as conn:
        erasing.mark_clean(conn, waiting)
    return True


def apply_erasures(
    store: Store,
    secret: str,
    places: Callable[[Connection], Places],
    now: datetime,
    known: Sequence[Wissing] = (),
) -> int:
    """
    Erase and withdraw again what an older copy of the map, or an older file, brought back.

    Parameters
    ----------
    store, secret
        The map as it is now, and the secret of the installation that made the list.
    places
        Gives what tells which areas hold a point.
    now
        When, for the history.
    known
        List of the map that was replaced (`erasing.list_erasures`), to put beside its own.

    Returns
    -------
    int
        Persons that were erased or hidden.
    """
    with store.reading() as conn:
        own = {one.nummer for one in erasing.list_erasures(conn)}
        if not known and not own:
            return 0
    done = 0
    with store.writing() as conn:
        for one in known:
            if one.nummer not in own:
                erasing.add_erasure(conn, one)
        erasing.keep_beside(conn)
        listed = erasing.list_erasures(conn)
        by_print = {person_print(secret, key): key for key in erasing.person_ids(conn)}
        for one in listed:
            key = by_print.get(one.afdruk)
            if key is None:
                continue
            if one.soort == GEWIST:
                _erase_rows(conn, key)
                erasing.mark_unclean(conn, one.nummer)
                del by_print[one.afdruk]
                done += 1
            elif one.soort == INGETROKKEN:
                done += _withdraw_again(conn, key, one, places(conn), now)
    clean(store)
    return done


def _erase_rows(conn: Connection, actor_id: str) -> int:
    count = erasing.erase_rows(conn, actor_id)
    raise_data_version(conn)
    return count


def _withdraw_again(
    conn: Connection, actor_id: str, one: Wissing, places: Places, now: datetime
) -> bool:
    person = find_person(conn, actor_id)
    if person.toestemming is None or person.toestemming.op > one.dag:
        return False
    batch = Batch(actoren=(replace(person, toestemming=None),))
    apply(conn, batch, wie=SELF, now=now, places=places)
    mark_withdrawn(conn, actor_id, now)
    return True
