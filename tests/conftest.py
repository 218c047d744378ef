"""What all tests share: the folder beside the project, and no clock on property tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

# A busy machine is no fault of the code; how fast it must be is asked by the benchmarks.
settings.register_profile("kaart", deadline=None)
settings.load_profile("kaart")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder with data that is no part of the project; without it a test says what is missing."""
    found = Path(os.environ.get("SOCIALMAP_SHARED", ROOT.parent / "shared"))
    if not found.is_dir():
        reason = "De gedeelde map ontbreekt. Zet SOCIALMAP_SHARED op de map die hem bevat."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found
