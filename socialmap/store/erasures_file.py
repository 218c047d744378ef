"""Keep the list of erasures beside the database too: a copy that is put back does not hold it.

The file holds what the table holds: keyed hashes, days and numbers. It names nobody.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from socialmap.domain.errors import DatabaseUnusableError
from socialmap.store.engine import sqlite_file
from socialmap.store.wissing import Wissing

_LOG = logging.getLogger("socialmap.store")
_SUFFIX = ".wissingen"


def erasures_file(url: str) -> Path | None:
    """Give the file beside a database; None where there is no file to put back by hand."""
    file = sqlite_file(url)
    return None if file is None else file.with_name(file.name + _SUFFIX)


def read_erasures_file(url: str) -> list[Wissing]:
    """
    Read the list beside a database; empty when there is none.

    Raises
    ------
    DatabaseUnusableError
        When the file cannot be read as a list: serving on could show who was erased.
    """
    file = erasures_file(url)
    if file is None or not file.exists():
        return []
    try:
        return [_read(line) for line in file.read_text(encoding="utf-8").splitlines()]
    except (ValueError, TypeError, KeyError) as error:
        raise DatabaseUnusableError(str(file), "deze lijst van wissingen is beschadigd") from error


def _read(line: str) -> Wissing:
    cells = json.loads(line)
    return Wissing(**cells | {"dag": date.fromisoformat(cells["dag"])})


def write_erasures_file(url: str, listed: Iterable[Wissing]) -> bool:
    """
    Replace the list beside a database, whole or not at all.

    Returns
    -------
    bool
        False when the disk is full: it is written anew at the next start or erasure.
    """
    file = erasures_file(url)
    if file is None:
        return True
    text = "".join(
        json.dumps(asdict(one) | {"dag": one.dag.isoformat()}, sort_keys=True) + "\n"
        for one in listed
    )
    new = file.with_name(file.name + ".nieuw")
    try:
        with new.open("w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        new.replace(file)
    except OSError:
        _LOG.warning("de lijst van wissingen naast de database is niet geschreven", exc_info=True)
        return False
    return True
