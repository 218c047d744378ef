"""Make a new social map whole: it is there with everything in it, or it is not there."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from socialmap.domain.clock import Clock
from socialmap.domain.errors import AlreadyThereError
from socialmap.exchange.embedded import load_base, load_example, load_network
from socialmap.store.engine import Store, sqlite_file


class Filling(StrEnum):
    """What a new map begins with, beside boundaries, key figures and vocabulary."""

    EMPTY = "leeg"
    NETWORK = "netwerk"
    EXAMPLE = "voorbeeld"


def make_map(url: str, clock: Clock, filling: Filling) -> None:
    """
    Make a database and fill it.

    Parameters
    ----------
    url
        Where; nothing may be there yet.
    clock
        Gives the moment for the history.
    filling
        What it begins with.

    Raises
    ------
    AlreadyThereError
        When something is there; it stays as it is.
    """
    file = sqlite_file(url)
    if file is None:
        _fill(Store.create(url), clock, filling)
        return
    if file.exists():
        raise AlreadyThereError(str(file))
    # Built beside its place and renamed, so that a stop halfway leaves no map that looks whole.
    draft = file.with_name(file.name + ".wordt-gemaakt")
    _remove(draft)
    _fill(Store.create(f"sqlite:///{draft}"), clock, filling)
    draft.rename(file)


def _fill(store: Store, clock: Clock, filling: Filling) -> None:
    load_base(store, clock)
    if filling is Filling.EXAMPLE:
        load_example(store, clock)
    elif filling is Filling.NETWORK:
        load_network(store, clock)
    store.close()


def _remove(draft: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        draft.with_name(draft.name + ending).unlink(missing_ok=True)
