"""A file without an optional column leaves that field as it was; an empty cell empties it."""

from __future__ import annotations

from datetime import date

import pytest

from socialmap.domain.clock import Clock
from socialmap.domain.model import Actor
from socialmap.exchange.importing import import_named_bytes
from socialmap.store.engine import Store
from socialmap.store.stored import read_stored_by_id

_CLOCK = Clock(date(2026, 11, 22))
_BASE = (
    "id;naam;soort;omschrijving;themas;doelgroepen;lijn;adres;postcode;plaats;lon;lat;werkgebied;"
    "website;telefoon;email;zichtbaarheid;toestemming_op;toestemming_doel;gecontroleerd_op;"
    "gecontroleerd_door;status;bron"
)
_ROW = "K1;Nieuwe naam;{soort};;;;0;;;;;;;;;;team;{op};{doel};;;actief;"


def _import(store: Store, text: str) -> None:
    files = [("actoren.csv", text.encode())]
    report = import_named_bytes(store, files, wie="test", clock=_CLOCK)
    assert report.fouten == ()


def _actor(store: Store) -> Actor:
    with store.reading() as conn:
        actor = read_stored_by_id(conn, "actoren", ["K1"])["K1"]
    assert isinstance(actor, Actor)
    return actor


@pytest.mark.parametrize(("extra", "left"), [("", "Schuift aan"), (";doet", "")])
def test_absent_keeps_and_empty_empties(base: Store, extra: str, left: str) -> None:
    row = _ROW.format(soort="wijkteam", op="", doel="")
    _import(base, f"{_BASE};doet\n{row};Schuift aan\n")
    _import(base, f"{_BASE}{extra}\n{row}{';' if extra else ''}\n")
    assert _actor(base).doet == left


def test_a_new_consent_does_not_take_the_end_of_the_old_one(base: Store) -> None:
    # Consent that was given for three months must not end a later one on the same day.
    old = _ROW.format(soort="sleutelfiguur", op="2026-01-01", doel="team")
    _import(base, f"{_BASE};toestemming_tot\n{old};2026-04-01\n")
    again = _ROW.format(soort="sleutelfiguur", op="2026-01-01", doel="team")
    _import(base, f"{_BASE}\n{again}\n")
    consent = _actor(base).toestemming
    assert consent is not None
    assert consent.tot == date(2026, 4, 1)
    new = _ROW.format(soort="sleutelfiguur", op="2026-11-01", doel="team")
    _import(base, f"{_BASE}\n{new}\n")
    consent = _actor(base).toestemming
    assert consent is not None
    assert (consent.op, consent.tot) == (date(2026, 11, 1), None)
