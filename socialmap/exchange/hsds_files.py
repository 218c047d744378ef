"""Tell HSDS 3.1 from other files by what is in it, and give its records with where they stood."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from socialmap.domain.errors import Fout
from socialmap.exchange.cells import undo_harmless
from socialmap.exchange.hsds_read import items_of, object_of, text_of
from socialmap.exchange.hsds_tables import TABLES, from_rows
from socialmap.exchange.tables import MAX_COLUMNS, MAX_ROWS, Findings

NamedBytes = tuple[str, bytes]
Json = dict[str, Any]

#: What a header must have for its file to be a table of HSDS.
_HEADERS = {"services": {"id", "name", "status"}, "organizations": {"id", "name", "description"}}


@dataclass(frozen=True, slots=True)
class Found:
    """One record with its file and row: of JSON its place in the list, of CSV its line."""

    bestand: str
    rij: int
    record: Json


@dataclass(slots=True)
class Records:
    """Everything that was found in HSDS files."""

    organizations: list[Found] = field(default_factory=list)
    services: list[Found] = field(default_factory=list)
    terms: list[Found] = field(default_factory=list)


def split_files(
    files: Iterable[NamedBytes], findings: Findings
) -> tuple[list[NamedBytes], Records | None]:
    """
    Take HSDS out of the files that were handed in.

    Parameters
    ----------
    files
        Name and content.
    findings
        Gets a fault for a table that cannot be read.

    Returns
    -------
    rest, records
        The files that are something else, and what was in the ones that are HSDS; None without
        any.
    """
    rest: list[NamedBytes] = []
    tables: dict[str, NamedBytes] = {}
    records = Records()
    some = False
    for name, data in files:
        table = _table_of(name)
        read = None if table else _read_json(data)
        if table and table not in tables:
            tables[table] = (name, data)
        elif read is not None:
            _add_json(records, name, read)
            some = True
        else:
            rest.append((name, data))
    if not _is_package(tables):
        return [*rest, *tables.values()], records if some else None
    _add_package(records, tables, findings)
    return rest, records


def _table_of(name: str) -> str:
    path = PurePath(name)
    return path.stem if path.suffix.lower() == ".csv" and path.stem in TABLES else ""


def _is_package(tables: Mapping[str, NamedBytes]) -> bool:
    return any(
        wanted <= set(_header(tables[table][1]))
        for table, wanted in _HEADERS.items()
        if table in tables
    )


def _header(data: bytes) -> list[str]:
    (first, *_) = data.split(b"\n", 1)
    try:
        return next(csv.reader([first.decode("utf-8-sig", "replace").strip()]), [])
    except csv.Error:
        return []


def _read_json(data: bytes) -> dict[str, list[Json]] | None:
    """Give lists of records when this is HSDS: a file of ours, a page, or one or more records."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return None
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if isinstance(whole, dict):
        lists = {
            name: items_of(whole, name) for name in ("organizations", "services", "taxonomy_terms")
        }
        if _is_service(lists["services"][:1]) or _is_organization(lists["organizations"][:1]):
            return {name: [dict(item) for item in found] for name, found in lists.items()}
        whole = items_of(whole, "contents") or [whole]
    found = [item for item in whole if isinstance(item, dict)]
    if _is_service(found[:1]):
        return {"services": found}
    return {"organizations": found} if _is_organization(found[:1]) else None


def _is_service(records: Sequence[Mapping[str, Any]]) -> bool:
    return any(
        text_of(one, "id")
        and "name" in one
        and text_of(one, "status")
        and ("organization" in one or "organization_id" in one)
        for one in records
    )


def _is_organization(records: Sequence[Mapping[str, Any]]) -> bool:
    return any(text_of(one, "id") and {"name", "description"} <= set(one) for one in records)


def _add_json(records: Records, name: str, read: Mapping[str, Sequence[Json]]) -> None:
    for part, into in (
        ("organizations", records.organizations),
        ("services", records.services),
        ("taxonomy_terms", records.terms),
    ):
        where = f"{name}, {part}"
        into += [Found(where, number, one) for number, one in enumerate(read.get(part, ()), 1)]
    given = {text_of(found.record, "id") for found in records.organizations}
    for found in records.services:
        owner = dict(object_of(found.record, "organization"))
        key = text_of(owner, "id")
        if key and key not in given and "name" in owner:
            given.add(key)
            records.organizations.append(Found(found.bestand, found.rij, owner))


def _add_package(records: Records, tables: Mapping[str, NamedBytes], findings: Findings) -> None:
    rows = {table: _read_rows(*named, findings) for table, named in tables.items()}
    organizations, services = from_rows(rows)
    for table, found, into in (
        ("organizations", organizations, records.organizations),
        ("services", services, records.services),
        ("taxonomy_terms", rows.get("taxonomy_terms", []), records.terms),
    ):
        name = tables[table][0] if table in tables else ""
        into += [Found(name, int(one["_rij"]), one) for one in found]


def _read_rows(name: str, data: bytes, findings: Findings) -> list[Json]:
    """Read a table of a package: UTF-8, comma; an empty cell is left out."""
    try:
        text = data.decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        melding = "Deze tabel is niet te lezen. HSDS vraagt UTF-8 met een komma tussen de cellen."
        findings.fouten.append(Fout(name, 0, "", melding))
        return []
    header = lines[0] if lines else []
    if len(header) > MAX_COLUMNS or len(lines) > MAX_ROWS + 1:
        melding = (
            f"Deze tabel is te groot: hoogstens {MAX_ROWS} rijen en {MAX_COLUMNS} kolommen. "
            "Deel hem op."
        )
        findings.fouten.append(Fout(name, 0, "", melding))
        return []
    rows: list[Json] = []
    for number, cells in enumerate(lines[1:], 2):
        if not any(cells):
            continue
        if len(cells) != len(header):
            melding = f"Deze rij heeft {len(cells)} cellen, de kopregel {len(header)}."
            findings.fouten.append(Fout(name, number, "", f"{melding} Maak ze gelijk."))
            continue
        read = zip(header, map(undo_harmless, cells), strict=True)
        rows.append({"_rij": number, **{column: cell for column, cell in read if cell}})
    return rows
