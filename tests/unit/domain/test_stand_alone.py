"""A unit test cannot reach a database, the network or files outside the project."""

from __future__ import annotations

import os
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy

REACHING = {
    "sqlite": lambda: sqlite3.connect(":memory:"),
    "engine": lambda: sqlalchemy.create_engine("postgresql://nergens/kaart"),
    "socket": lambda: socket.socket().connect(("127.0.0.1", 9)),
    "name": lambda: socket.getaddrinfo("localhost", 80),
    "read": lambda: Path("/etc/hostname").read_text(),
    "write": lambda: Path.home().joinpath("kaart.db").write_text(""),
    "low": lambda: os.open("/etc/hostname", os.O_RDONLY),
}


@pytest.mark.parametrize("reach", REACHING.values(), ids=REACHING)
@pytest.mark.filterwarnings("ignore:.*unclosed:ResourceWarning")
def test_reaching_out_fails(reach: Callable[[], object]) -> None:
    with pytest.raises(AssertionError, match="A unit test"):
        reach()


def test_own_files_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "proef").write_text("ja")
    assert (tmp_path / "proef").read_text() == "ja"
    assert Path(__file__).read_text()
