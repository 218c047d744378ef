"""Heed, at every change, which records went into another and which do not want to be listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from socialmap.domain.codes import Niveau, Soort
from socialmap.domain.model import Aanbod, Actor, Inventarisatie, Relatie
from socialmap.domain.parse import relation_id
from socialmap.store.merging import kept_ids
from socialmap.store.owning import Weigering, add_refusal, all_refusals, name_print
from socialmap.store.records import known_ids

if TYPE_CHECKING:
    from socialmap.store.engine import Connection


def follow_actors(conn: Connection, actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """Leave out the actors that went into another: what is kept of them stands there."""
    leads = kept_ids(conn, [one.id for one in actors])
    return tuple(one for one in actors if one.id not in leads)


def follow_offers(conn: Connection, offers: Sequence[Aanbod]) -> tuple[Aanbod, ...]:
    """Leave out the offers that went into another; the others are of the actor that is kept."""
    leads = kept_ids(conn, [key for one in offers for key in (one.id, one.actor_id)])
    return tuple(
        replace(one, actor_id=leads.get(one.actor_id, one.actor_id))
        for one in offers
        if one.id not in leads
    )


def follow_ties(conn: Connection, ties: Sequence[Relatie]) -> tuple[Relatie, ...]:
    """Let ties of actors that went into another be of the one that is kept; each tie once."""
    leads = kept_ids(conn, [key for one in ties for key in (one.van_id, one.naar_id)])
    found = {one.id: one for one in (repoint(tie, leads) for tie in ties)}
    return tuple(one for one in found.values() if one.van_id != one.naar_id)


def follow_inventories(
    conn: Connection, inventories: Sequence[Inventarisatie]
) -> tuple[Inventarisatie, ...]:
    """Name the offers that are kept instead of those that went into them."""
    leads = kept_ids(conn, [key for one in inventories for key in one.aanbod_ids])
    return tuple(
        replace(one, aanbod_ids=tuple(dict.fromkeys(leads.get(key, key) for key in one.aanbod_ids)))
        for one in inventories
    )


def repoint(tie: Relatie, leads: Mapping[str, str]) -> Relatie:
    """Give a tie between the actors that its ends went into; its id follows from them."""
    van, naar = leads.get(tie.van_id, tie.van_id), leads.get(tie.naar_id, tie.naar_id)
    if (van, naar) == (tie.van_id, tie.naar_id):
        return tie
    key = relation_id(van, naar, tie.soort, tie.feitelijk, tie.geldig_van)
    return replace(tie, id=key, van_id=van, naar_id=naar)


def hold_back(conn: Connection, actors: Sequence[Actor], now: datetime) -> tuple[Actor, ...]:
    """
    Keep hidden who does not want to be listed, and a new record of the same name with it.

    Parameters
    ----------
    conn
        A writing connection: a new record of the same name is marked too.
    actors
        Those that are about to be kept.
    now
        Day of the mark.
    """
    refusals = all_refusals(conn)
    if not refusals:
        return tuple(actors)
    by_id = {one.actor_id for one in refusals}
    names = {one.afdruk for one in refusals}
    alike = [one for one in actors if one.id not in by_id and _is_named(one, names)]
    there = known_ids(conn, "actor", [one.id for one in alike])
    for one in alike:
        if one.id not in there:
            add_refusal(
                conn,
                Weigering(
                    actor_id=one.id,
                    afdruk=name_print(one.naam),
                    niveau=one.zichtbaarheid,
                    dag=now.date(),
                    door="",
                ),
            )
            by_id.add(one.id)
    return tuple(
        replace(one, zichtbaarheid=Niveau.BEHEER) if one.id in by_id else one for one in actors
    )


def refused_names(conn: Connection, names: Iterable[str]) -> set[str]:
    """Give those among names that a record has which does not want to be listed."""
    prints = {one.afdruk for one in all_refusals(conn)}
    return {name for name in names if prints and name and name_print(name) in prints}


def _is_named(actor: Actor, prints: set[str]) -> bool:
    return actor.soort is not Soort.SLEUTELFIGUUR and name_print(actor.naam) in prints
