"""The page about safety names a test for each requirement, and those tests are there."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "veiligheid.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| \d+ \|", line)
]


def test_every_requirement_is_there() -> None:
    assert [row[0] for row in ROWS] == [str(number) for number in range(8, 23)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_what_it_names_is_there_and_tests_something(row: list[str]) -> None:
    named = re.findall(r"`([^`]+)`", row[2])
    assert named
    for path in named:
        text = (ROOT / path).read_text(encoding="utf-8")
        assert path.endswith(".txt") or re.search(r"^def test_", text, re.MULTILINE)
