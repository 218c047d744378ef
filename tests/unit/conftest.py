"""Unit tests stand alone: a database, a network or a file elsewhere makes them fail at once."""

from __future__ import annotations

import os
import sys
import tempfile
import zoneinfo
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
import sqlalchemy

ROOT = Path(__file__).parents[2]
_OUT = ("sqlite3.connect", "socket.connect", "socket.getaddrinfo")
#: The project, Python itself, the folder that a test is given, and the data that a test names.
_MAY_OPEN = tuple(
    os.path.realpath(folder)
    for folder in (
        ROOT,
        os.environ.get("SOCIALMAP_SHARED", ROOT.parent / "shared"),
        tempfile.gettempdir(),
        os.devnull,
        sys.prefix,
        sys.base_prefix,
        *zoneinfo.TZPATH,
    )
)


class ReachedOutError(AssertionError):
    """A unit test asked for something outside the project."""


class _Watch:
    """Listens to what Python does; a hook cannot be taken away, so it is put on and off."""

    on = False

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event in _OUT:
            raise ReachedOutError(f"A unit test asked for {event}: put it under integration.")
        if event == "open" and isinstance(args[0], str | bytes | os.PathLike):
            path = os.path.realpath(os.fsdecode(args[0]))
            if not any(path == place or path.startswith(place + os.sep) for place in _MAY_OPEN):
                raise ReachedOutError(f"A unit test opened {path}, outside the project.")


_watch = _Watch()
sys.addaudithook(_watch)


def _refuse(*_args: object, **_options: object) -> NoReturn:
    raise ReachedOutError("A unit test asked for a database: put it under integration.")


@pytest.fixture(autouse=True)
def stand_alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Refuse what a unit test may not reach, while it runs."""
    monkeypatch.setattr(sqlalchemy, "create_engine", _refuse)
    _watch.on = True
    yield
    _watch.on = False
