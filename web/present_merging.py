"""Say two records beside each other in words, with what to choose of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from socialmap.domain.vocabulary import Vocabulary
from socialmap.editing.change import Desk, Editable, Table
from socialmap.editing.merge_choice import Side, choices_of
from socialmap.store.accounts import list_accounts
from socialmap.store.areas import area_names
from socialmap.store.merging import Merge, Mergeable, merges_into
from socialmap.store.ties import offers_of, ties_of
from web.form_fields import fields_of, question_of
from web.present_words import count_words, say_date

_GROUPS = {"plek": "Adres en plek", "wachttijd": "Wachttijd"}
#: Two numbers that say nothing to a reader: a map would.
_POINT = {"lon", "lat"}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that differs: its question, what both say, and which is preferred."""

    naam: str
    vraag: str
    dit: str
    ander: str
    keus: Side


def rows_of(
    kept: Editable, other: Editable, kies: Mapping[str, Side], words: Vocabulary, desk: Desk
) -> list[Row]:
    """List what differs in words, with what was chosen or else is the better known."""
    labels = area_names(desk.conn)
    table: Table = "aanbod" if hasattr(kept, "actor_id") else "actoren"
    return [
        Row(
            choice.naam,
            _GROUPS.get(choice.naam) or question_of(choice.naam),
            _say(table, choice.dit, words, labels),
            _say(table, choice.ander, words, labels),
            kies.get(choice.naam, choice.voorkeur),
        )
        for choice in choices_of(kept, other)
    ]


def comes_along(desk: Desk, other: Editable) -> str:
    """Say how many offers and ties of a record go into the other."""
    offers = len(offers_of(desk.conn, other.id))
    ties = len(ties_of(desk.conn, other.id))
    said = [count_words(offers, "aanbod", "aanbod"), count_words(ties, "band", "banden")]
    return " en ".join(said)


def earlier_merges(desk: Desk, key: str) -> list[dict[str, str]]:
    """List what went into a record, the newest first, to take out again."""
    names = {one.id: one.naam for one in list_accounts(desk.conn)}
    return [_merge(one, names) for one in merges_into(desk.conn, key)]


def is_mergeable(text: str) -> Mergeable:
    """Read which kind of record is meant; actors when nothing is said."""
    return "aanbod" if text == "aanbod" else "actoren"


def _merge(one: Merge, names: Mapping[str, str]) -> dict[str, str]:
    return {
        "id": one.oud_id,
        "naam": str(one.terug["ander"].get("naam", one.oud_id)),
        "wanneer": say_date(one.wanneer.date()),
        "wie": names.get(one.wie, "iemand"),
    }


def _say(
    table: Table, cells: Mapping[str, str], words: Vocabulary, areas: Mapping[str, str]
) -> str:
    """Say the cells of one choice: labels instead of codes."""
    names = frozenset(cells)
    choices = list(areas.items())
    first, more = fields_of(table, names, cells, {}, words, choices)
    said = []
    for field in [*first, *more]:
        if field.naam in _POINT or not field.waarde:
            continue
        known = dict(field.keuzes)
        parts = field.gekozen if known else (field.waarde,)
        said.append(", ".join(known.get(part, part) for part in parts))
    if _POINT & {name for name, text in cells.items() if text}:
        said.append("een punt op de kaart")
    return "; ".join(said)
