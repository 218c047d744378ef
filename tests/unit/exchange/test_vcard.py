"""A contact becomes a vCard of RFC 6350, whatever stands in its text."""

from __future__ import annotations

import re
from datetime import date

from socialmap.domain.codes import Soort
from socialmap.domain.model import Actor
from socialmap.domain.vocabulary import Thema, Vocabulary
from socialmap.exchange.vcard import make_vcard

WORDS = Vocabulary({"taal": Thema(code="taal", label="Taal; lezen, schrijven")})


def actor(**more: object) -> Actor:
    return Actor(**{"id": "A1", "naam": "De Kamer", "soort": Soort.PARTNER, **more})  # type: ignore[arg-type]


def lines(card: bytes) -> list[str]:
    """Undo the folding, as RFC 6350 says."""
    text = card.decode()
    assert text.endswith("\r\n")
    assert not re.search(r"(?<!\r)\n", text)
    return re.sub(r"\r\n ", "", text).removesuffix("\r\n").split("\r\n")


def test_what_is_known_is_there_and_the_rest_is_not() -> None:
    full = actor(
        telefoon="023-0000101",
        email="info@kamer.example",
        website="https://kamer.example/a,b",
        adres="Plein 1",
        postcode="2011 AB",
        plaats="Haarlem",
        lon=4.63,
        lat=52.38,
        themas=("taal",),
        gecontroleerd_op=date(2026, 10, 1),
    )
    card = lines(make_vcard(full, WORDS))
    assert card[:3] == ["BEGIN:VCARD", "VERSION:4.0", "KIND:org"]
    assert card[-1] == "END:VCARD"
    assert {
        "FN:De Kamer",
        "TEL;VALUE=text:023-0000101",
        "EMAIL:info@kamer.example",
        "URL:https://kamer.example/a,b",
        "ADR:;;Plein 1;Haarlem;;2011 AB;Nederland",
        "GEO:geo:52.38,4.63",
        r"CATEGORIES:Taal\; lezen\, schrijven",
        "REV:20261001T000000Z",
    } <= set(card)
    bare = [line.partition(":")[0] for line in lines(make_vcard(actor(), WORDS))]
    assert bare == ["BEGIN", "VERSION", "KIND", "UID", "FN", "ORG", "END"]


def test_no_text_can_end_a_value_or_a_line() -> None:
    odd = "a\\b;c,d\r\nTEL:112\u2028x\nEND:VCARD"
    card = lines(make_vcard(actor(naam=odd, omschrijving=odd), WORDS))
    assert [line.partition(":")[0] for line in card] == [
        "BEGIN", "VERSION", "KIND", "UID", "FN", "ORG", "NOTE", "END",
    ]  # fmt: skip
    assert card[6] == r"NOTE:a\\b\;c\,d\nTEL:112\nx\nEND:VCARD"


def test_no_line_is_longer_than_75_bytes_and_no_sign_is_broken() -> None:
    text = "één café — 🙂 " * 60
    card = make_vcard(actor(omschrijving=text), WORDS)
    assert max(map(len, card.split(b"\r\n"))) <= 75
    assert f"NOTE:{text}" in lines(card)
