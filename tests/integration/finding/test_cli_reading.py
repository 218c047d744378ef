"""After `init` and `import` every text is read, and only a slow reading says how far it is."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from socialmap import cli
from socialmap.domain.errors import StorageError
from socialmap.store.engine import Store
from socialmap.store.search_rows import count_search_rows, unread_ids

EXAMPLE = Path(__file__).parents[3] / "data" / "voorbeeld"


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCIALMAP_PEILDATUM", "2026-11-22")


def run(*arguments: str, url: str) -> Result:
    return CliRunner().invoke(cli.commands, [*arguments, "--database", url])


def counts(url: str) -> tuple[int, int]:
    """Give how many offers there are, and how many were not read."""
    store = Store.open(url)
    with store.reading() as conn:
        found = count_search_rows(conn), len(unread_ids(conn))
    store.close()
    return found


@pytest.fixture
def empty(url: str) -> str:
    assert run("init", "--leeg", url=url).exit_code == 0
    return url


def test_init_reads_the_example(url: str) -> None:
    made = run("init", "--voorbeeld", url=url)
    assert (made.exit_code, made.stdout) == (0, "De sociale kaart is klaar.\n")
    assert counts(url) == (177, 0)


def test_import_reads_what_came_and_its_json_stays_clean(empty: str) -> None:
    tried = run("import", str(EXAMPLE), "--dry-run", url=empty)
    assert tried.exit_code == 0
    assert counts(empty) == (0, 0)
    done = run("import", str(EXAMPLE), "--json", url=empty)
    assert json.loads(done.stdout)["geplaatst"] is True
    assert counts(empty) == (177, 0)


def test_a_slow_reading_says_so_beside_the_answer(
    empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "_QUIET", -1.0)
    done = run("import", str(EXAMPLE), "--json", url=empty)
    assert json.loads(done.stdout)["geplaatst"] is True
    assert "Teksten lezen" in done.stderr
    assert "Teksten lezen" not in done.stdout


def test_a_quick_reading_says_nothing(empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_QUIET", 600.0)
    done = run("import", str(EXAMPLE), url=empty)
    assert done.stderr == ""
    assert done.stdout.endswith("Alles is opgeslagen.\n")


def test_a_refused_import_reads_nothing(empty: str, tmp_path: Path) -> None:
    wrong = tmp_path / "aanbod.csv"
    wrong.write_text("id;naam\nO1;\n", encoding="utf-8")
    assert run("import", str(wrong), url=empty).exit_code == 1
    assert counts(empty) == (0, 0)


def test_texts_that_cannot_be_kept_do_not_undo_what_was_placed(
    empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any) -> int:
        raise StorageError from sqlite3.OperationalError("disk full")

    monkeypatch.setattr(cli, "read_new_texts", full)
    done = run("import", str(EXAMPLE), url=empty)
    assert done.exit_code == 0
    assert counts(empty) == (177, 177)
