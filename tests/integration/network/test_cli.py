"""`socialmap network`: the same object as the interface, cut to the reader, and well ended."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from socialmap.cli import commands
from socialmap.cli_network import network
from socialmap.domain.clock import Clock
from socialmap.exchange.making import Filling, make_map
from socialmap.settings import Settings
from web.app import create_app

ROOT = Path(__file__).parents[3]
DAY = "2026-11-22"
#: Command -> the call that gives the same.
SAME = {
    ("path", "A002", "--van", "A005"): "/netwerk/pad?van=A005&naar=A002",
    ("path", "A104", "--van", "A005"): "/netwerk/pad?van=A005&naar=A104",
    ("brokers",): "/netwerk/sleutelposities",
    ("brokers", "--gebied", "WK039201"): "/netwerk/sleutelposities?gebied=WK039201",
    ("isolated",): "/netwerk/geisoleerd",
    ("profile",): "/netwerk/profiel",
    ("profile", "--gebied", "WK039201"): "/netwerk/profiel?gebied=WK039201",
    ("what-if", "A001"): "/netwerk/wat-als?zonder=A001",
    ("what-if", "A001", "--als", "gebouw"): "/netwerk/wat-als?zonder=A001&als=gebouw",
}

Run = Callable[..., str]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with the example map."""
    made = f"sqlite:///{tmp_path_factory.mktemp('opdracht') / 'kaart.db'}"
    make_map(made, Clock(date.fromisoformat(DAY)), Filling.EXAMPLE)
    return made


@pytest.fixture(scope="module")
def client(url: str) -> FlaskClient:
    clock = Clock(date.fromisoformat(DAY))
    return create_app(Settings(database=url, secret="x" * 32, clock=clock)).test_client()


@pytest.fixture
def run(url: str) -> Run:
    """Run a command of the network; it must go well."""

    def ask(*arguments: str) -> str:
        runner = CliRunner(env={"SOCIALMAP_PEILDATUM": DAY})
        answer = runner.invoke(commands, ["network", *arguments, "--database", url])
        assert answer.exit_code == 0, answer.output
        return answer.output

    return ask


@pytest.mark.parametrize("command", SAME, ids=" ".join)
def test_json_is_the_object_of_the_interface(
    run: Run, client: FlaskClient, command: tuple[str, ...]
) -> None:
    ours: Any = json.loads(run(*command, "--json", "--lezer", "openbaar"))
    assert ours == client.get(f"/api/v1{SAME[command]}").get_json()


@pytest.mark.parametrize("command", SAME, ids=" ".join)
def test_words_name_whom_the_object_names(run: Run, command: tuple[str, ...]) -> None:
    found = json.loads(run(*command, "--json"))
    words = run(*command)
    for key in ("pad", "sleutelposities", "brugfunctie", "geisoleerd", "niet_verbonden", "geraakt"):
        for one in found.get(key) or ():
            assert f"{one['naam']} ({one['actor_id']})" in words
    for area in found.get("gebieden", ()):
        assert f"{area['naam']} ({area['code']})" in words
    assert words.strip()


def test_leaving_names_what_only_one_holds(run: Run) -> None:
    found = json.loads(run("leave", "A011", "--json", "--lezer", "openbaar"))
    assert found["vertrekt"]["actor_id"] == "A011"
    takers = {one["actor_id"]: one["door"]["actor_id"] for one in found["alleen"]}
    assert takers == {"A030": "A013", "A034": "A002"}
    assert [one["actor_id"] for one in found["ook"]] == ["A045"]
    words = run("leave", "A011", "--lezer", "openbaar")
    for one in found["alleen"]:
        assert f"{one['naam']} ({one['actor_id']}): {one['door']['naam']}" in words
    # What a team sees as well, there is to hand over as well.
    assert len(json.loads(run("leave", "A001", "--json"))["alleen"]) > len(
        json.loads(run("leave", "A001", "--json", "--lezer", "openbaar"))["alleen"]
    )


def test_a_team_sees_more_than_everybody(run: Run) -> None:
    team = json.loads(run("profile", "--json"))["netwerk"]
    openbaar = json.loads(run("profile", "--json", "--lezer", "openbaar"))["netwerk"]
    assert (team["actoren"], team["lijnen"]) == (111, 231)
    assert (openbaar["actoren"], openbaar["lijnen"]) == (99, 154)
    assert "A110" in run("brokers")
    assert "A110" not in run("brokers", "--lezer", "openbaar")


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (["path", "A110", "--van", "A005", "--lezer", "openbaar"], 1, "A110 is niet gevonden"),
        (["path", "Z999", "--van", "A005"], 1, "Z999 is niet gevonden"),
        (["what-if", "Z999"], 1, "Z999 is niet gevonden"),
        (["leave", "Z999"], 1, "Z999 is niet gevonden"),
        (["brokers", "--gebied", "XX"], 1, "XX is niet gevonden"),
        (["profile", "--gebied", "XX"], 1, "XX is niet gevonden"),
        (["path", "A001"], 2, "Geef de code van wie u zoekt, en met --van de code van wie wil"),
        (["path", "--van", "A001"], 2, "Een weg loopt tussen twee actoren."),
        (["path"], 2, "zoals: socialmap network path A002 --van A005."),
        (["what-if", "A001", "--als", "x"], 2, "--als"),
    ],
)
def test_a_refusal_is_one_sentence(url: str, command: list[str], code: int, said: str) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "socialmap.cli", "network", *command, "--database", url],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "SOCIALMAP_PEILDATUM": DAY},
        check=False,
    )
    assert answer.returncode == code
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


def test_every_part_and_option_is_documented() -> None:
    text = (ROOT / "docs" / "opdrachten.md").read_text(encoding="utf-8")
    for name, command in network.commands.items():
        assert f"`socialmap network {name}" in text
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert f"`{parameter.opts[0]}" in text
