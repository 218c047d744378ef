"""`docs/veldniveaus.md` says the same as the table in the code."""

from __future__ import annotations

import os
import runpy
from pathlib import Path

from socialmap.domain import field_levels

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "scripts" / "veldniveaus"
DOC = ROOT / "docs" / "veldniveaus.md"


def test_document_is_the_table() -> None:
    assert DOC.read_text(encoding="utf-8") == runpy.run_path(str(SCRIPT))["write_document"]()
    assert os.access(SCRIPT, os.X_OK)


def test_document_has_a_row_for_every_field() -> None:
    lines = DOC.read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| `") and line.count("|") == 4]
    expected = [
        f"| `{name}` | {group.code} | {person.code} |"
        for table in (
            field_levels.ACTOR,
            field_levels.AANBOD,
            field_levels.RELATIE,
            field_levels.INVENTARISATIE,
            field_levels.SIGNAAL,
        )
        for name, (group, person) in table.items()
    ]
    assert rows == expected
