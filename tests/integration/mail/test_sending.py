"""Mails go out once, none is lost, and what cannot go is said."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from socialmap.domain.mail import PAUSES, Mail, Mailstand, mail_link, pause_after
from socialmap.sending import Sent, build_message, send_waiting
from socialmap.settings import Mailserver, SettingError, read_settings
from socialmap.store.engine import Store
from socialmap.store.mails import get_mail, list_mails, mark_sent, take_next, try_again
from tests.free_port import free_port
from tests.integration.mail.conftest import NOW, SECRET, SENDER, SITE, Box, group, make

Keep = Callable[..., None]


def send(store: Store, server: Mailserver, now: datetime = NOW) -> Sent:
    return send_waiting(store, server, secret=SECRET, site=SITE, clock=lambda: now)


def read(store: Store, mail_id: str) -> Mail:
    with store.reading() as conn:
        found = get_mail(conn, mail_id)
    assert found is not None
    return found


def test_a_mail_arrives_with_its_link(
    store: Store, keep: Keep, server: Mailserver, box: Box
) -> None:
    keep(group("A1", naam="Buurthuis Één"))
    made = make(store)[0]
    assert send(store, server) == Sent(1, 0)
    assert box.to == ["a1@wijk.example"]
    assert (box.taken[0]["From"], box.taken[0]["To"]) == (SENDER, "a1@wijk.example")
    assert box.taken[0]["Subject"] == "Klopt dit nog op de sociale kaart?"
    assert box.taken[0].get_content_type() == "text/plain"
    lines = box.text(0).splitlines()
    assert mail_link(made, SECRET, SITE) in lines
    assert "- Buurthuis Één" in lines
    assert read(store, made.id).status is Mailstand.VERSTUURD
    assert send(store, server) == Sent(0, 0)


def test_the_token_is_kept_nowhere(store: Store, keep: Keep, address: str) -> None:
    keep(group("A1"))
    token = mail_link(make(store)[0], SECRET, SITE).rpartition("/")[2]
    store.close()
    folder = Path(address.removeprefix("sqlite:///")).parent
    assert not [file for file in folder.iterdir() if token.encode() in file.read_bytes()]


def test_a_refused_address_fails_at_once_and_the_others_go(
    store: Store, keep: Keep, server: Mailserver, box: Box
) -> None:
    keep(*(group(key) for key in ("A1", "A2", "A3")))
    box.refused = {"a2@wijk.example": "550 onbekend", "a3@wijk.example": "451 later"}
    first, second, third = make(store)
    assert send(store, server) == Sent(1, 2)
    assert read(store, first.id).status is Mailstand.VERSTUURD
    never, later = read(store, second.id), read(store, third.id)
    assert (never.status, later.status) == (Mailstand.MISLUKT, Mailstand.TE_STUREN)
    assert "weigert dit mailadres" in never.fout
    assert later.volgende == NOW + PAUSES[0]
    box.refused = {}
    assert send(store, server) == Sent(0, 0)
    assert send(store, server, NOW + PAUSES[0]) == Sent(1, 0)
    with store.writing() as conn:
        assert try_again(conn, second.id, NOW)
    assert send(store, server) == Sent(1, 0)
    assert sorted(box.to) == ["a1@wijk.example", "a2@wijk.example", "a3@wijk.example"]


def test_waits_grow_until_the_last(store: Store, keep: Keep, server: Mailserver, box: Box) -> None:
    keep(group("A1"))
    box.refused = {"a1@wijk.example": "451 later"}
    made, now = make(store)[0], NOW
    for pause in PAUSES:
        send(store, server, now)
        assert read(store, made.id).volgende == now + pause
        now += pause
    send(store, server, now)
    assert read(store, made.id).status is Mailstand.MISLUKT
    assert list(PAUSES) == sorted(PAUSES)
    assert pause_after(len(PAUSES) + 1) is None


def test_a_server_that_goes_away_halfway_loses_and_repeats_nothing(
    store: Store, keep: Keep, server: Mailserver, box: Box
) -> None:
    keep(*(group(f"A{number}") for number in range(1, 6)))
    box.breaks_after = 2
    mails = make(store)
    sent = send(store, server)
    assert (sent.verstuurd, sent.mislukt) == (2, 1)
    assert "brak af" in sent.melding
    box.breaks_after = 100
    assert send(store, server, NOW + PAUSES[0]) == Sent(3, 0)
    assert sorted(box.to) == sorted(mail.aan for mail in mails)


def test_a_server_that_is_not_there_never_lets_a_mail_fail_for_good(
    store: Store, keep: Keep, server: Mailserver, box: Box
) -> None:
    keep(group("A1"))
    made, now = make(store)[0], NOW
    nobody = replace(server, port=free_port())
    for _ in range(len(PAUSES) + 3):
        assert "antwoordt niet" in send(store, nobody, now).melding
        kept = read(store, made.id)
        assert kept.status is Mailstand.TE_STUREN
        now = kept.volgende
    assert send(store, server, now) == Sent(1, 0)


def test_programs_at_once_send_each_mail_once(
    store: Store, keep: Keep, server: Mailserver, box: Box
) -> None:
    keep(*(group(f"A{number:02}") for number in range(12)))
    mails = make(store)
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(lambda _: send(store, server), range(4)))
    assert sum(run.verstuurd for run in runs) == 12
    assert sorted(box.to) == sorted(mail.aan for mail in mails)


def test_a_program_that_stopped_halfway_leaves_its_mail_to_the_next(
    store: Store, keep: Keep, server: Mailserver, box: Box
) -> None:
    keep(group("A1"))
    make(store)
    with store.writing() as conn:
        assert take_next(conn, NOW) is not None
    assert send(store, server, NOW + timedelta(minutes=5)) == Sent(0, 0)
    assert send(store, server, NOW + timedelta(minutes=16)) == Sent(1, 0)
    assert len(box.taken) == 1


def test_what_was_sent_by_hand_is_not_sent_again(
    store: Store, keep: Keep, server: Mailserver, box: Box
) -> None:
    keep(group("A1"))
    made = make(store)[0]
    with store.writing() as conn:
        assert mark_sent(conn, made.id, NOW)
    assert send(store, server) == Sent(0, 0)
    assert box.taken == []


def test_a_repeat_carries_the_same_number(store: Store, keep: Keep) -> None:
    keep(group("A1"))
    made = make(store)[0]
    numbers = {build_message(made, SENDER, "tekst")["Message-ID"] for _ in range(2)}
    assert numbers == {f"<{made.id}@gemeente.example>"}


def test_names_bring_no_headers_and_addresses_no_second_one(
    store: Store, keep: Keep, server: Mailserver, box: Box
) -> None:
    bad = "Kwaad\nBcc: ander@wijk.example\n\n[[link]]\r\n.\r\nMAIL FROM:<x@y.example>"
    keep(
        group("A1", naam=bad),
        group("A2", email="twee@wijk.example,drie@wijk.example"),
        group("A3", email="vier@wijk.example>\nBcc:vijf@wijk.example"),
    )
    make(store)
    assert send(store, server) == Sent(1, 0)
    assert box.to == ["a1@wijk.example"]
    assert box.taken[0]["Bcc"] is None
    assert box.text(0).count(SITE) == 1
    assert any(
        line.startswith("- Kwaad Bcc: ander@wijk.example") for line in box.text(0).split("\n")
    )


def test_no_word_of_a_mail_is_kept_after_sixty_days(store: Store, keep: Keep) -> None:
    keep(group("A1", naam="Kanarienaam"))
    made = make(store)[0]
    make(store, NOW + timedelta(days=59))
    assert "Kanarienaam" in read(store, made.id).tekst
    make(store, NOW + timedelta(days=61))
    kept = read(store, made.id)
    assert (kept.aan, kept.tekst, kept.status) == ("", "", Mailstand.MISLUKT)
    make(store, NOW + timedelta(days=101))
    with store.reading() as conn:
        assert made.id not in {mail.id for mail in list_mails(conn, 100)}


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate of the loopback that nobody signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, private = tmp_path / "keten.pem", tmp_path / "sleutel.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return chain, private


@pytest.mark.parametrize("trusted", [True, False])
def test_the_line_is_encrypted_where_the_server_can_and_never_to_a_stranger(
    store: Store,
    keep: Keep,
    box: Box,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    trusted: bool,
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    port = free_port()
    running = Controller(
        box, hostname="localhost", port=port, tls_context=context, require_starttls=True
    )
    running.start()
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    keep(group("A1"))
    make(store)
    sent = send(store, Mailserver(host="localhost", port=port, afzender=SENDER))
    running.stop()
    assert sent.verstuurd == len(box.taken) == (1 if trusted else 0)
    assert ("certificaat" in sent.melding) == (not trusted)


def test_a_password_goes_over_no_open_line(store: Store, keep: Keep, server: Mailserver) -> None:
    keep(group("A1"))
    make(store)
    # Another name of the loopback, so that it does not count as this computer itself.
    away = replace(server, host="127.0.0.01", gebruiker="kaart", wachtwoord="geheim")
    assert "niet verstuurd" in send(store, away).melding


@pytest.mark.parametrize(
    ("address", "host", "port", "encrypted", "user", "password"),
    [
        ("post.example:2525", "post.example", 2525, False, "", ""),
        ("post.example", "post.example", 587, False, "", ""),
        ("smtps://kaart:ge%40heim@post.example", "post.example", 465, True, "kaart", "ge@heim"),
    ],
)
def test_the_setting_is_read(
    address: str, host: str, port: int, encrypted: bool, user: str, password: str
) -> None:
    env = {"SOCIALMAP_SMTP_ADRES": address, "SOCIALMAP_SMTP_AFZENDER": SENDER}
    read_ = read_settings(env).mailserver
    assert read_ == Mailserver(
        host=host,
        port=port,
        afzender=SENDER,
        versleuteld=encrypted,
        gebruiker=user,
        wachtwoord=password,
    )
    assert password == "" or password not in repr(read_)


@pytest.mark.parametrize(
    "env",
    [
        {"SOCIALMAP_SMTP_ADRES": "post.example:25"},
        {"SOCIALMAP_SMTP_AFZENDER": SENDER},
        {"SOCIALMAP_SMTP_ADRES": "http://post.example", "SOCIALMAP_SMTP_AFZENDER": SENDER},
        {"SOCIALMAP_SMTP_ADRES": "post.example:veel", "SOCIALMAP_SMTP_AFZENDER": SENDER},
        {"SOCIALMAP_SMTP_ADRES": "post.example", "SOCIALMAP_SMTP_AFZENDER": "de kaart"},
        {"SOCIALMAP_SITE": "kaart.example"},
    ],
)
def test_a_setting_that_cannot_be_is_named(env: dict[str, str]) -> None:
    with pytest.raises(SettingError, match="SOCIALMAP_S"):
        read_settings(env)
