"""A full disk keeps nothing, says so in Dutch, and reading goes on."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from socialmap.domain.errors import StorageError
from socialmap.store.engine import Store
from socialmap.store.vocabulary import read_meta, save_meta


def test_a_full_disk_keeps_nothing_and_reading_goes_on(store: Store) -> None:
    with store.writing() as conn:
        save_meta(conn, "naam", "eerst")
    with pytest.raises(StorageError, match="niets opslaan"):
        _fill_up(store)
    with store.reading() as conn:
        assert read_meta(conn, "naam") == "eerst"
        assert read_meta(conn, "groot") is None


def _fill_up(store: Store) -> None:
    """Write beyond the engine's own limit: SQLite answers it as it answers a full disk."""
    with store.writing() as conn:
        save_meta(conn, "naam", "daarna")
        pages = conn.scalar(sa.text("PRAGMA page_count"))
        conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        save_meta(conn, "groot", "x" * 1_000_000)
