"""Put words in the place of the codes of cells: what people read is never a code."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from socialmap.domain.fields import Kind
from socialmap.domain.parse import RECORDS
from socialmap.domain.vocabulary import Vocabulary
from web.form_fields import choices_of
from web.present_words import say_date

_TABLES = ("actoren", "aanbod", "relaties")
_SEVERAL = "|"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Say = Callable[[Mapping[str, str]], dict[str, str]]


def cell_words(words: Vocabulary, areas: Mapping[str, str]) -> Say:
    """
    Give what says cells of the exchange format in words.

    Parameters
    ----------
    words
        Labels of themes and groups.
    areas
        Name by code.

    Returns
    -------
    say
        Takes cells by column; gives a label for each code, and a day in words.
    """
    labels: dict[str, dict[str, str]] = {"werkgebied": dict(areas)}
    days = set()
    for table in _TABLES:
        for column in RECORDS[table][0]:
            known = dict(choices_of(column, words, ()))
            plain = {code: known.get(code, code) for code in column.codes}
            said = {code: _spaced(label, code) for code, label in (plain | known).items()}
            labels.setdefault(column.naam, {}).update(said)
            if column.kind is Kind.DAG:
                days.add(column.naam)

    def say(cells: Mapping[str, str]) -> dict[str, str]:
        return {
            name: _say(text, labels.get(name, {}), name in days) for name, text in cells.items()
        }

    return say


def _spaced(label: str, code: str) -> str:
    """Give a label; a code that has none is read as words."""
    return code.replace("_", " ") if label == code else label


def _say(text: str, labels: Mapping[str, str], is_day: bool) -> str:
    if is_day and _DAY.fullmatch(text):
        return say_date(date.fromisoformat(text))
    if not labels:
        return text
    return ", ".join(labels.get(part, part) for part in text.split(_SEVERAL))
