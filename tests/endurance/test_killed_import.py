"""An import that is killed halfway leaves nothing, and the map stays sound."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from socialmap.domain.clock import Clock
from socialmap.exchange.making import Filling, make_map
from socialmap.store.engine import Store
from socialmap.store.write import read_stored

EXAMPLE = Path(__file__).parents[2] / "data" / "voorbeeld"
KILLS = 60 if os.environ.get("SOCIALMAP_VOLLEDIG") else 8


def _counts(url: str) -> tuple[int, int, int]:
    store = Store.open(url)
    assert store.find_damage() == ""
    with store.reading() as conn:
        actors, offers, ties = read_stored(conn)
    store.close()
    return len(actors), len(offers), len(ties)


def test_killed_halfway_leaves_all_or_nothing(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 -- the same moments every run
    outcomes = set()
    halfway = 0
    for number in range(KILLS):
        url = f"sqlite:///{tmp_path / f'{number}.db'}"
        make_map(url, Clock(), Filling.EMPTY)
        command = [sys.executable, "-m", "socialmap.cli", "import", str(EXAMPLE)]
        process = subprocess.Popen(
            [*command, "--database", url], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        # Wait for the write itself: the log of the database grows only then.
        log = tmp_path / f"{number}.db-wal"
        enough = chance.randrange(1, 900_000)
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:
            if log.exists() and log.stat().st_size >= enough:
                halfway += 1
                break
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=20)
        outcomes.add(_counts(url))
    assert outcomes <= {(0, 0, 0), (117, 177, 267)}
    assert halfway >= KILLS / 2, "the kills came before or after the write"


def test_a_killed_init_leaves_no_map(tmp_path: Path) -> None:
    database = tmp_path / "kaart.db"
    command = [sys.executable, "-m", "socialmap.cli", "init", "--database", f"sqlite:///{database}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    draft = tmp_path / "kaart.db.wordt-gemaakt"
    deadline = time.monotonic() + 60
    while not draft.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=20)
    assert not database.exists()
    assert subprocess.run(command, check=False, timeout=120, capture_output=True).returncode == 0
    assert _counts(f"sqlite:///{database}")[0] > 100
