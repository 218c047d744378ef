"""A map with organisations that have a contact, and a mail server that runs beside the test."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Niveau, Soort
from socialmap.domain.mail import Mail
from socialmap.domain.model import Aanbod, Actor, Toestemming
from socialmap.editing.apply import Batch, apply
from socialmap.editing.mail_round import make_due
from socialmap.settings import Mailserver, Settings
from socialmap.store.engine import Store
from socialmap.store.mails import list_mails
from tests.free_port import free_port
from tests.integration.accounts.conftest import (  # noqa: F401 -- fixtures
    SECRET,
    address,
    empty_map,
    person,
    store,
)
from web.app import create_app

DAY = date(2026, 11, 22)
NOW = Clock(DAY).now()
SENDER = "kaart@gemeente.example"
SITE = "https://kaart.example"


@dataclass
class Box:
    """A mail server: what it took, whom it refuses, and when it goes away."""

    taken: list[EmailMessage] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    #: Goes away while it takes the mail after so many.
    breaks_after: int = 1_000_000

    async def handle_RCPT(  # noqa: N802 -- the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, to: str, options: list[str]
    ) -> str:
        if to in self.refused:
            return self.refused[to]
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 -- the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if len(self.taken) >= self.breaks_after:
            assert server.transport is not None
            server.transport.abort()
            return "451 weg"
        content = envelope.content
        assert isinstance(content, bytes)
        read: Any = email.message_from_bytes(content, policy=email.policy.default)
        self.taken.append(read)
        self.to.extend(envelope.rcpt_tos)
        return "250 OK"

    def text(self, number: int) -> str:
        return str(self.taken[number].get_content())


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def server(box: Box) -> Iterator[Mailserver]:
    """A mail server on a free port of the loopback."""
    port = free_port()
    running = Controller(box, hostname="127.0.0.1", port=port)
    running.start()
    yield Mailserver(host="127.0.0.1", port=port, afzender=SENDER)
    running.stop()


@pytest.fixture
def client(address: str) -> Any:  # noqa: F811
    """A visitor of the map, on one day, without a mail server."""
    settings = Settings(database=address, secret=SECRET, clock=Clock(DAY))
    return create_app(settings).test_client()


@pytest.fixture
def posting(address: str, server: Mailserver) -> Any:  # noqa: F811
    """A visitor of the same map with a mail server."""
    settings = Settings(
        database=address, secret=SECRET, clock=Clock(DAY), mailserver=server, site=SITE
    )
    return create_app(settings).test_client()


@pytest.fixture
def keep(store: Store, client: Any) -> Callable[..., None]:  # noqa: F811
    """Give what keeps records on the map."""

    def write(*records: Actor | Aanbod) -> None:
        here = client.application.extensions["socialmap"].finder.here
        with store.writing() as conn:
            batch = Batch(
                actoren=tuple(one for one in records if isinstance(one, Actor)),
                aanbod=tuple(one for one in records if isinstance(one, Aanbod)),
            )
            apply(conn, batch, wie="proef", now=NOW, places=here.places(conn))

    return write


def group(key: str, **fields: Any) -> Actor:
    """An organisation that was never checked, with a contact of its own."""
    own: dict[str, Any] = {
        "id": key,
        "naam": f"Groep {key}",
        "soort": Soort.PARTNER,
        "email": f"{key.lower()}@wijk.example",
        "zichtbaarheid": Niveau.OPENBAAR,
    }
    return Actor(**own | fields)


def offer(key: str, actor_id: str, **fields: Any) -> Aanbod:
    return Aanbod(**{"id": key, "actor_id": actor_id, "naam": f"Aanbod {key}"} | fields)


def friend(key: str, until: date, **fields: Any) -> Actor:
    """A sleutelfiguur whose consent ends on a day."""
    consent = Toestemming(
        op=date(2026, 1, 1),
        tot=until,
        doel=fields.pop("doel", "Wijkteam: vinden ja, bellen ja, banden ja."),
        niveau=Niveau.TEAM,
        door="een opbouwwerker",
    )
    return group(
        key, soort=Soort.SLEUTELFIGUUR, zichtbaarheid=Niveau.TEAM, toestemming=consent, **fields
    )


def make(store: Store, now: datetime = NOW, only: list[str] | None = None) -> list[Mail]:  # noqa: F811
    """Make what it is time for, and give the whole outbox."""
    with store.writing() as conn:
        make_due(conn, SECRET, now, only)
    with store.reading() as conn:
        return sorted(list_mails(conn, 1000), key=lambda mail: (mail.gemaakt, mail.aan))
