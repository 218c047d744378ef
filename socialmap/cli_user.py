"""The command `socialmap user`: invite, list and deactivate people."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime

import click

from socialmap.accounts import inviting
from socialmap.cli_parts import database_option, json_option, open_map, print_json
from socialmap.domain.errors import NotFoundError
from socialmap.domain.roles import ROL_LABELS, Account, Rol
from socialmap.store import accounts
from socialmap.store.engine import Store

#: Who stands in the log for what is done on the command line.
_WIE = "opdrachtregel"


@click.group()
def user() -> None:
    """Mensen met een account."""


@user.command()
@click.argument("email")
@click.option("--naam", required=True, help="Hoe collega's deze persoon kennen.")
@click.option("--rol", required=True, type=click.Choice([rol.value for rol in Rol]))
@click.option("--gebied", "gebieden", multiple=True, help="Eigen gebied; mag vaker.")
@click.option("--team", default="", help="Id van het wijkteam.")
@database_option
def add(
    email: str, naam: str, rol: str, gebieden: tuple[str, ...], team: str, database: str
) -> None:
    """Nodig iemand uit, en toon de link waarmee die begint."""
    _, store = open_map(database)
    asked = Account(id="", email=email, naam=naam, rol=Rol(rol), gebieden=gebieden, team=team)
    _show(inviting.invite(store, _WIE, asked, datetime.now(UTC)))


@user.command()
@click.argument("email")
@database_option
def link(email: str, database: str) -> None:
    """Geef iemand die wachtwoord of telefoon kwijt is een nieuwe link."""
    _, store = open_map(database)
    found = _find(store, email)
    _show(inviting.new_link(store, _WIE, found.id, datetime.now(UTC)))


@user.command()
@click.argument("email")
@database_option
def deactivate(email: str, database: str) -> None:
    """Laat iemand niet meer inloggen; wie is ingelogd, is er meteen uit."""
    _, store = open_map(database)
    found = _find(store, email)
    inviting.change(store, _WIE, replace(found, actief=False), datetime.now(UTC))
    click.echo(f"{found.naam} kan niet meer inloggen.")


@user.command(name="list")
@database_option
@json_option
def list_users(database: str, *, as_json: bool) -> None:
    """Noem alle accounts."""
    _, store = open_map(database)
    with store.reading() as conn:
        found = accounts.list_accounts(conn)
    if as_json:
        print_json({"resultaten": found, "totaal": len(found)})
        return
    for account in found:
        state = "" if account.actief else " (gestopt)"
        click.echo(f"{account.email:<32} {ROL_LABELS[account.rol]:<24} {account.naam}{state}")


def _find(store: Store, email: str) -> Account:
    with store.reading() as conn:
        found = accounts.find_account(conn, email)
    if found is None:
        raise NotFoundError("Account", email)
    return found


def _show(invited: inviting.Invited) -> None:
    click.echo(f"Geef deze link aan {invited.account.naam}. Hij werkt één keer, zeven dagen lang:")
    sys.stdout.write(f"/uitnodiging/{invited.token}\n")
