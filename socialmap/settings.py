"""What the environment says about this installation, read once at the start."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

from socialmap.domain.clock import Clock
from socialmap.domain.errors import DatabaseMissingError, SocialMapError

DEFAULT_DATABASE = "sqlite:///var/socialmap.db"
DEFAULT_GEOCODER = "https://api.pdok.nl/bzk/locatieserver/search/v3_1"
#: `{jaar}` is the year of the boundaries.
DEFAULT_BOUNDARIES = "https://api.pdok.nl/cbs/wijken-en-buurten-{jaar}/ogc/v1"
_SMTP_PORTS = {"smtp": 587, "smtps": 465}
_SENDER = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+")


class SettingError(SocialMapError):
    """A setting cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSignIn:
    """
    An OpenID Connect provider, where people sign in with the account of their work.

    Attributes
    ----------
    issuer
        Its address, without `/.well-known/openid-configuration`.
    client, secret
        By which it knows this installation.
    """

    issuer: str
    client: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailserver:
    """
    The SMTP server of the operator.

    Attributes
    ----------
    versleuteld
        Whether the line is encrypted from the first byte; otherwise STARTTLS where it is offered.
    gebruiker, wachtwoord
        Empty when the server asks for none.
    afzender
        Mail address that mails come from.
    """

    host: str
    port: int
    afzender: str
    versleuteld: bool = False
    gebruiker: str = ""
    wachtwoord: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """
    Settings of one installation; `docs/instellingen.md` tells people about each.

    Attributes
    ----------
    database
        SQLAlchemy address of the database.
    clock
        The one clock; `SOCIALMAP_PEILDATUM` stops it for tests and demonstrations.
    secret
        Key for tags and cookies; empty until `with_secret` for what only reads the database.
    basemap
        Address of map tiles with `{z}`, `{x}`, `{y}`, fetched by the server; empty is off.
    geocoder
        Address of the PDOK Locatieserver up to `/free`, asked by the server after a press on a
        button; empty is off.
    boundaries
        Address where `areas update` fetches boundaries and key figures, with `{jaar}` in it.
    work_sign_in
        Signing in with the account of one's work; None is off.
    mailserver
        By which mails are sent; None is off: they wait in the outbox.
    site
        Address of this map for who gets a mail, without slash at the end; empty: as it was asked.
    """

    database: str = DEFAULT_DATABASE
    clock: Clock = field(default_factory=Clock)
    secret: str = ""
    basemap: str = ""
    geocoder: str = ""
    boundaries: str = DEFAULT_BOUNDARIES
    work_sign_in: WorkSignIn | None = None
    mailserver: Mailserver | None = None
    site: str = ""


def read_settings(environ: Mapping[str, str] | None = None, database: str = "") -> Settings:
    """
    Read the settings.

    Parameters
    ----------
    environ
        Environment, of this process when left out.
    database
        Address that goes before the one in the environment.

    Raises
    ------
    SettingError
        When a value cannot be read; says which and what is expected.
    """
    env = os.environ if environ is None else environ
    address = database or env.get("SOCIALMAP_DATABASE_URL") or DEFAULT_DATABASE
    return Settings(
        database=address,
        clock=Clock(_read_day(env.get("SOCIALMAP_PEILDATUM", ""))),
        secret=env.get("SOCIALMAP_SECRET", ""),
        basemap=env.get("SOCIALMAP_BASISKAART", ""),
        geocoder=_read_geocoder(env.get("SOCIALMAP_ADRESDIENST", DEFAULT_GEOCODER)),
        boundaries=_read_boundaries(env.get("SOCIALMAP_GRENZEN", "")),
        work_sign_in=_read_work_sign_in(env),
        mailserver=_read_mailserver(env),
        site=_read_site(env.get("SOCIALMAP_SITE", "")),
    )


def with_secret(settings: Settings) -> Settings:
    """
    Give settings that can serve: with the secret given, or the one kept beside the database.

    Raises
    ------
    SettingError
        When none is given and there is no file of a database to keep one beside.
    DatabaseMissingError
        When there is no database; nothing is made then.
    """
    return replace(settings, secret=settings.secret or _kept_secret(settings.database))


def _read_geocoder(text: str) -> str:
    address = text.strip()
    if address in ("", "uit"):
        return ""
    parts = urlsplit(address)
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise SettingError(
            "SOCIALMAP_ADRESDIENST is geen webadres. Zet er het adres van de PDOK Locatieserver, "
            "of `uit`."
        )
    return address


def _read_boundaries(text: str) -> str:
    address = text.strip() or DEFAULT_BOUNDARIES
    parts = urlsplit(address)
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise SettingError(
            "SOCIALMAP_GRENZEN is geen webadres. Zet er het adres van PDOK, met {jaar} op de plek "
            "van het jaar."
        )
    return address


def _read_work_sign_in(env: Mapping[str, str]) -> WorkSignIn | None:
    names = ("SOCIALMAP_OIDC_ADRES", "SOCIALMAP_OIDC_CLIENT", "SOCIALMAP_OIDC_GEHEIM")
    values = [env.get(name, "").strip() for name in names]
    if not any(values):
        return None
    if not all(values):
        raise SettingError(f"Zet {names[0]}, {names[1]} en {names[2]} alle drie, of geen.")
    address = urlsplit(values[0])
    # The secret and the answers go over this line: without https only on this computer itself.
    near = address.hostname in ("127.0.0.1", "localhost")
    if not address.hostname or not (
        address.scheme == "https" or (address.scheme == "http" and near)
    ):
        raise SettingError("SOCIALMAP_OIDC_ADRES moet een adres zijn dat met https:// begint.")
    return WorkSignIn(issuer=values[0].rstrip("/"), client=values[1], secret=values[2])


def _read_mailserver(env: Mapping[str, str]) -> Mailserver | None:
    names = ("SOCIALMAP_SMTP_ADRES", "SOCIALMAP_SMTP_AFZENDER")
    address, sender = (env.get(name, "").strip() for name in names)
    if not address and not sender:
        return None
    if not address or not _SENDER.fullmatch(sender):
        raise SettingError(
            f"Zet {names[0]} op de mailserver en {names[1]} op een mailadres, of zet geen van "
            "beide."
        )
    parts = urlsplit(address if "://" in address else f"smtp://{address}")
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in _SMTP_PORTS or not parts.hostname or port == 0:
        raise SettingError(
            f"{names[0]} is geen mailserver. Schrijf het als server:poort, of als "
            "smtps://naam:wachtwoord@server."
        )
    return Mailserver(
        host=parts.hostname,
        port=port or _SMTP_PORTS[parts.scheme],
        afzender=sender,
        versleuteld=parts.scheme == "smtps",
        gebruiker=unquote(parts.username or ""),
        wachtwoord=unquote(parts.password or ""),
    )


def _read_site(text: str) -> str:
    address = text.strip().rstrip("/")
    parts = urlsplit(address)
    if address and (parts.scheme not in ("https", "http") or not parts.hostname or parts.query):
        raise SettingError(
            "SOCIALMAP_SITE is geen webadres. Schrijf het als https://kaart.gemeente.nl."
        )
    return address


def _read_day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = "SOCIALMAP_PEILDATUM is geen datum. Schrijf jaar-maand-dag, zoals 2026-10-31."
        raise SettingError(message) from None


def _kept_secret(address: str) -> str:
    """Read the secret beside a SQLite database, or make it for the owner of the file only."""
    if not address.startswith("sqlite:///"):
        raise SettingError("Zet SOCIALMAP_SECRET op een lange willekeurige tekst.")
    database = Path(address.removeprefix("sqlite:///"))
    if not database.exists():
        # A wrong address must leave no folder or secret behind.
        raise DatabaseMissingError(str(database))
    file = database.with_suffix(".geheim")
    if not file.exists():
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        with os.fdopen(handle, "w") as fresh:
            fresh.write(os.urandom(32).hex())
        # Put in place whole: half a secret would be kept for good.
        Path(name).replace(file)
    return file.read_text()
