"""The numbers that these tests hold the example map against were counted on the practice data."""

from __future__ import annotations

from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[3] / "data" / "voorbeeld"


@pytest.mark.parametrize("name", ["actoren.csv", "aanbod.csv", "relaties.csv", "gebieden.csv"])
def test_example_is_the_practice_data_byte_for_byte(shared: Path, name: str) -> None:
    assert (EXAMPLE / name).read_bytes() == (shared / "oefendata" / name).read_bytes()
