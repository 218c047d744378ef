"""Run every benchmark, or those of one name: `scripts/bench [NAME]`."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import tests.bench
from tests.bench.result import Result


def main(names: list[str]) -> int:
    """Print one JSON line per figure; give 1 when a limit is not met, 2 for an unknown name."""
    known = [m.name for m in pkgutil.iter_modules(tests.bench.__path__) if m.name.startswith("b_")]
    wanted = [f"b_{name}" for name in names] or known
    if unknown := [name for name in wanted if name not in known]:
        there = ", ".join(name.removeprefix("b_") for name in known)
        print(f"Onbekend: {unknown[0].removeprefix('b_')}. Kies uit: {there}.", file=sys.stderr)
        return 2
    sound = True
    for name in wanted:
        module = importlib.import_module(f"tests.bench.{name}")
        result: Result
        for result in module.run():
            print(result.as_json(), flush=True)
            sound = sound and result.ok
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
