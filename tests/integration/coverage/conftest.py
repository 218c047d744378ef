"""The day that the tests of coverage stand on."""

from __future__ import annotations

from datetime import date

import pytest

from socialmap.domain.clock import Clock


@pytest.fixture(scope="session")
def clock() -> Clock:
    """A clock that stands still on the day that the example map was made for."""
    return Clock(date(2026, 11, 22))
