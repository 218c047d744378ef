"""Start the product as an operator does, and stop it by the id of its process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.free_port import free_port


@contextmanager
def served(database: Path, **environment: str) -> Iterator[str]:
    """Serve a database on a free port of the loopback, and give its address."""
    port = free_port()
    command = [sys.executable, "-m", "socialmap.cli", "serve", "--port", str(port)]
    command += ["--database", f"sqlite:///{database}"]
    log = database.with_suffix(".log")
    with log.open("w") as output:
        process = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=output, stderr=output
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/gezond", timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    raise RuntimeError(f"the server did not start: {log.read_text()}")
