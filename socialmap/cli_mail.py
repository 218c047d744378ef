"""The command `socialmap post`: make the mails that it is time for, and send what waits."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from socialmap.cli_parts import database_option, json_option, open_map, print_json
from socialmap.domain.mail import Mailstand
from socialmap.editing.mail_round import make_due
from socialmap.sending import MailserverError, Sent, send_waiting
from socialmap.settings import with_secret
from socialmap.store.mails import count_mails

_REFUSED = 1


@click.command()
@database_option
@json_option
def post(database: str, *, as_json: bool) -> None:
    """Maak de mails die aan de beurt zijn, en stuur wat wacht."""
    settings, store = open_map(database)
    settings = with_secret(settings)
    if settings.mailserver is not None and not settings.site:
        raise MailserverError(
            "Zet SOCIALMAP_SITE op het adres van de kaart, zoals https://kaart.gemeente.nl. "
            "Zonder dat adres kan er geen link in de mail."
        )
    with store.writing() as conn:
        made = make_due(conn, settings.secret, settings.clock.now())
    sent = Sent(0, 0)
    if settings.mailserver is not None:
        sent = send_waiting(
            store,
            settings.mailserver,
            secret=settings.secret,
            site=settings.site,
            clock=settings.clock.now,
        )
    with store.reading() as conn:
        waiting = count_mails(conn)[Mailstand.TE_STUREN]
    if as_json:
        print_json({"gemaakt": made, **asdict(sent), "wacht": waiting})
    else:
        click.echo(
            f"{made} gemaakt, {sent.verstuurd} verstuurd, {sent.mislukt} mislukt, "
            f"{waiting} te sturen."
        )
        if sent.melding:
            click.echo(sent.melding, err=True)
        elif settings.mailserver is None and waiting:
            click.echo("Er is geen mailserver ingesteld. De mails staan klaar op /beheer/post.")
    if sent.melding:
        sys.exit(_REFUSED)
