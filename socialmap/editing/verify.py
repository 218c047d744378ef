"""Look at the map as it stands, and list every fault in one go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from socialmap.domain.checks import CHECKS
from socialmap.domain.codes import Niveau, Soort, Status
from socialmap.domain.errors import Fout
from socialmap.domain.model import Aanbod, Actor, Inventarisatie, Relatie, Signaal
from socialmap.domain.parse import RECORDS, read_cells
from socialmap.domain.privacy import Lezer, may_see
from socialmap.domain.vocabulary import Vocabulary
from socialmap.domain.write_cells import cell, values_of
from socialmap.store.indexing import unindexed_ids
from socialmap.store.inventories import all_inventories
from socialmap.store.records import known_ids
from socialmap.store.signals import all_signals
from socialmap.store.vocabulary import read_vocabulary
from socialmap.store.write import read_stored

if TYPE_CHECKING:
    from socialmap.store.engine import Connection


def find_faults(conn: Connection) -> list[Fout]:
    """
    List what is wrong with the stored records: cells, rules, references and indexes.

    Returns
    -------
    list of Fout
        `bestand` is the table; the sentence begins with the id of the record. Empty when the map
        is sound.
    """
    words = read_vocabulary(conn)
    actors, offers, ties = read_stored(conn)
    tables: dict[str, Sequence[Actor | Aanbod | Relatie | Inventarisatie | Signaal]] = {
        "actoren": actors,
        "aanbod": offers,
        "relaties": ties,
        "inventarisaties": all_inventories(conn),
        "signalen": all_signals(conn),
    }
    faults = [
        fault
        for table, records in tables.items()
        for record in records
        for fault in _judge(table, record, words)
    ]
    faults += _unknown_areas(conn, [*actors, *offers])
    for record, record_id in unindexed_ids(conn):
        message = f"{record_id}: staat niet in de zoekindex. Importeer dit record opnieuw."
        faults.append(Fout(record, 0, "", message))
    return sorted(faults)


def find_remarks(conn: Connection, today: date) -> list[Fout]:
    """List what is allowed but asks attention: lapsed consent, open offers of stopped actors."""
    actors, offers, _ = read_stored(conn)
    owners = {actor.id: actor for actor in actors}
    nobody = Lezer(Niveau.BEHEER)
    remarks = [
        Fout(
            "actoren",
            0,
            "toestemming_op",
            f"{actor.id}: er is geen geldige toestemming. Niemand ziet dit record. Vraag opnieuw.",
        )
        for actor in actors
        if actor.soort is Soort.SLEUTELFIGUUR and not may_see(actor, nobody, today)
    ]
    remarks += [
        Fout(
            "aanbod",
            0,
            "status",
            f"{offer.id}: staat open, maar {offer.actor_id} is gestopt. Het telt niet mee.",
        )
        for offer in offers
        if offer.status is not Status.GESTOPT and owners[offer.actor_id].status is Status.GESTOPT
    ]
    return sorted(remarks)


def _judge(
    table: str,
    record: Actor | Aanbod | Relatie | Inventarisatie | Signaal,
    words: Vocabulary,
) -> list[Fout]:
    texts = {name: cell(value) for name, value in values_of(record).items()}
    if texts.get("zichtbaarheid") == Niveau.BEHEER.code:
        # The program itself hides at this level, which no file may ask.
        texts["zichtbaarheid"] = Niveau.TEAM.code
    values, faults = read_cells(RECORDS[table][0], texts, words)
    faults += CHECKS[table](values)
    return [Fout(table, 0, column, f"{record.id}: {said}") for column, said in faults]


def _unknown_areas(conn: Connection, records: list[Actor | Aanbod]) -> list[Fout]:
    known = known_ids(conn, "gebied", {code for record in records for code in record.werkgebied})
    return [
        Fout(
            "actoren" if isinstance(record, Actor) else "aanbod",
            0,
            "werkgebied",
            f"{record.id}: gebied {code} is onbekend. Gebruik een CBS-code of een eigen gebied.",
        )
        for record in records
        for code in record.werkgebied
        if code not in known
    ]
