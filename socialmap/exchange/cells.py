"""Make cells harmless to a spreadsheet program on the way out, and undo that on the way in."""

from __future__ import annotations

import re
from typing import Any

from socialmap.domain.fields import Kind, Veld
from socialmap.domain.write_cells import cell

#: What a spreadsheet program could take for a formula, with any apostrophes before it.
_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
_NUMBERS = frozenset({Kind.GETAL, Kind.BEDRAG, Kind.GRADEN, Kind.DAG})
#: XLSX writes some characters by number; text that looks like such a number must be escaped.
_NOT_XML = re.compile("[\r\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def write_cell(veld: Veld, value: Any) -> str:
    """Write one value as the text of a cell that no spreadsheet program runs."""
    text = cell(value)
    return text if veld.kind in _NUMBERS else make_harmless(text)


def make_harmless(text: str) -> str:
    """Put an apostrophe before text that could be taken for a formula."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def undo_harmless(text: str) -> str:
    """Take away the one apostrophe that `make_harmless` puts before text, and no other."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text


def escape_xlsx(text: str) -> str:
    """Write text so that XLSX gives every character back (ECMA-376, ST_Xstring)."""
    safe = _ESCAPE.sub("_x005F_", text)
    return _NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", safe)
