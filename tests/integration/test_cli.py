"""The command line as people use it: what it prints, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from socialmap.cli import commands
from socialmap.domain.fields import TABLES
from socialmap.settings import read_settings, with_secret

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "data" / "voorbeeld"
FAULTY = ROOT / "tests" / "gegevens" / "fouten"


def run(*arguments: str, database: Path) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "socialmap.cli", *arguments, "--database", f"sqlite:///{database}"],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "SOCIALMAP_PEILDATUM": "2026-11-22"},
        check=False,
    )


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A map with areas and vocabulary only."""
    database = tmp_path_factory.mktemp("cli") / "leeg.db"
    assert run("init", "--leeg", database=database).returncode == 0
    return database


def test_example_imports_whole_and_again_changes_nothing(empty: Path) -> None:
    first = run("import", str(EXAMPLE), "--json", database=empty)
    assert first.returncode == 0, first.stderr
    report = json.loads(first.stdout)
    assert {name: counts["nieuw"] for name, counts in report["geteld"].items()} == {
        "gebieden": 2,
        "actoren": 117,
        "aanbod": 177,
        "relaties": 267,
        "inventarisaties": 12,
        "signalen": 18,
    }
    again = json.loads(run("import", str(EXAMPLE), "--json", database=empty).stdout)
    assert all(c["nieuw"] == c["gewijzigd"] == 0 for c in again["geteld"].values())
    assert run("check", database=empty).returncode == 0


def test_a_refused_file_says_where_and_ends_with_1(empty: Path) -> None:
    answer = run("import", str(FAULTY / "08_onbekende_soort_actoren.csv"), database=empty)
    assert answer.returncode == 1
    assert "08_onbekende_soort_actoren.csv, rij 3, kolom soort" in answer.stdout
    assert "niets opgeslagen" in answer.stdout


def test_the_documented_network_is_sound(tmp_path: Path) -> None:
    database = tmp_path / "netwerk.db"
    assert run("init", database=database).returncode == 0
    answer = run("check", "--json", database=database)
    assert answer.returncode == 0
    assert json.loads(answer.stdout)["fouten"] == []
    areas = json.loads(run("areas", "list", "--json", database=database).stdout)
    assert sum(a["niveau"] == "teamgebied" for a in areas["resultaten"]) == 9


def test_init_never_replaces_a_map(empty: Path) -> None:
    before = empty.read_bytes()
    answer = run("init", database=empty)
    assert answer.returncode == 1
    assert "staat al een sociale kaart" in answer.stderr
    assert empty.read_bytes() == before


def test_other_commands_refuse_a_map_that_is_not_there(tmp_path: Path) -> None:
    missing = tmp_path / "weg.db"
    for command in (["check"], ["areas", "list"], ["export", "csv", str(tmp_path / "uit")]):
        answer = run(*command, database=missing)
        assert answer.returncode == 1
        assert "socialmap init" in answer.stderr
        assert "Traceback" not in answer.stderr
    assert not missing.exists()


def test_a_wrong_address_leaves_nothing_behind(tmp_path: Path) -> None:
    missing = tmp_path / "tikfout" / "weg.db"
    for command in (["check"], ["serve"]):
        answer = run(*command, database=missing)
        assert answer.returncode == 1
        assert "socialmap init" in answer.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_secret_is_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    database = tmp_path / "kaart.db"
    database.touch()
    asked = read_settings({}, f"sqlite:///{database}")
    assert asked.secret == ""
    first = with_secret(asked).secret
    assert len(first) == 64
    assert with_secret(asked).secret == first
    kept = tmp_path / "kaart.geheim"
    assert kept.read_text() == first
    assert kept.stat().st_mode & 0o077 == 0
    assert sorted(tmp_path.iterdir()) == [database, kept]
    given = read_settings({"SOCIALMAP_SECRET": "eigen"}, "postgresql://hier/kaart")
    assert with_secret(given) == given


def test_a_place_that_cannot_be_written_is_said_in_one_sentence(
    empty: Path, tmp_path: Path
) -> None:
    taken = tmp_path / "bezet"
    taken.touch()
    for kind, path in (("csv", taken), ("xlsx", taken / "kaart.xlsx")):
        answer = run("export", kind, str(path), database=empty)
        assert answer.returncode == 1
        assert "is niet te lezen of te schrijven" in answer.stderr
        assert "Traceback" not in answer.stderr
    assert run("export", "xlsx", str(tmp_path / "nieuw/k.xlsx"), database=empty).returncode == 0


def test_wrong_use_ends_with_2(empty: Path) -> None:
    assert run("export", "pdf", "x", database=empty).returncode == 2
    assert run("bestaat-niet", database=empty).returncode == 2


def test_export_is_openbaar_unless_asked(empty: Path, tmp_path: Path) -> None:
    run("import", str(EXAMPLE), database=empty)
    assert run("export", "csv", str(tmp_path / "o"), database=empty).returncode == 0
    team = run("export", "csv", str(tmp_path / "t"), "--lezer", "team", database=empty)
    assert team.returncode == 0
    openbaar = (tmp_path / "o" / "actoren.csv").read_text()
    assert "sleutelfiguur" not in openbaar
    assert "sleutelfiguur" in (tmp_path / "t" / "actoren.csv").read_text()
    for kind in ("xlsx", "geojson"):
        assert run("export", kind, str(tmp_path / f"k.{kind}"), database=empty).returncode == 0
        assert (tmp_path / f"k.{kind}").stat().st_size > 1000


def test_every_command_and_setting_is_documented() -> None:
    # A command without a page is a command that nobody finds.
    text = (ROOT / "docs" / "opdrachten.md").read_text()
    names = set(commands.commands)
    assert {name for name in names if f"`socialmap {name}" not in text} == set()
    options = {
        option
        for command in commands.commands.values()
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--")
    }
    assert {option for option in options if option not in text} == set()
    source = Path(read_settings.__code__.co_filename).read_text()
    settings = (ROOT / "docs" / "instellingen.md").read_text()
    names = {word for word in source.replace('"', " ").split() if word.startswith("SOCIALMAP_")}
    assert names
    assert {name for name in names if name not in settings} == set()


def test_every_column_is_documented() -> None:
    text = (ROOT / "docs" / "uitwisselformaat.md").read_text()
    for name, velden in TABLES.items():
        part = text.split(f"### {name}\n")[1].split("\n#")[0]
        assert [line.split("`")[1] for line in part.splitlines() if line.startswith("| `")] == [
            veld.naam for veld in velden
        ]
