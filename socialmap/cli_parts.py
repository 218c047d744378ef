"""What the commands share: the options of every reading command, and how JSON is printed."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Any, TypeVar

import click

from socialmap.domain.codes import Niveau
from socialmap.domain.privacy import Lezer
from socialmap.settings import Settings, read_settings
from socialmap.store.engine import Store

Command = TypeVar("Command", bound=Callable[..., Any])


def database_option(command: Command) -> Command:
    """Say on which database a command works."""
    return click.option("--database", default="", metavar="URL", help="Adres van de database.")(
        command
    )


def json_option(command: Command) -> Command:
    """Let a command answer as JSON."""
    return click.option("--json", "as_json", is_flag=True, help="Antwoord als JSON.")(command)


def reader_option(default: str) -> Callable[[Command], Command]:
    """Say as whom a command reads."""
    return click.option(
        "--lezer",
        type=click.Choice(["openbaar", "professional", "team"]),
        default=default,
        show_default=True,
        help="Als wie u leest.",
    )


def open_map(database: str) -> tuple[Settings, Store]:
    """Open the map that is there."""
    settings = read_settings(database=database)
    return settings, Store.open(settings.database)


def as_reader(name: str) -> Lezer:
    """Give the reader of a level."""
    return Lezer(Niveau[name.upper()])


def print_json(thing: Any) -> None:
    """Print a record or report as JSON."""
    click.echo(json.dumps(thing, default=_plain, ensure_ascii=False, indent=2, allow_nan=False))


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))
