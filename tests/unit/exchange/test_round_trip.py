"""Any record comes back equal through CSV and through XLSX, whatever stands in its cells."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialmap.domain.codes import (
    Feitelijk,
    Lijn,
    Niveau,
    Relatiesoort,
    Richting,
    Soort,
    Status,
    Toegang,
    Vorm,
)
from socialmap.domain.model import STADSBREED, Aanbod, Actor, Relatie, Toestemming
from socialmap.domain.parse import relation_id
from socialmap.domain.write_cells import values_of
from socialmap.exchange.convert import convert
from socialmap.exchange.embedded import data_folder, read_vocabulary_files
from socialmap.exchange.exporting import csv_bytes, xlsx_bytes
from socialmap.exchange.read_files import read_tables
from socialmap.exchange.rows import build_rows
from socialmap.exchange.tables import Findings

_VOCABULARY = read_vocabulary_files(data_folder() / "woorden")
_PIECES = [
    "=",
    "+",
    "-",
    "@",
    "'",
    '"',
    ";",
    ",",
    "\n",
    "\r",
    "\t",
    " ",
    "|",
    "_x000D_",
    "#N/A",
    "é",
    "a",
]
_CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"])


def _stripped(text: str) -> str:
    return "" if text.isspace() else text.strip(" ")


def _texts() -> st.SearchStrategy[str]:
    odd = st.lists(st.sampled_from(_PIECES), max_size=8).map("".join)
    return st.one_of(odd, st.text(_CHARACTERS, max_size=20)).map(_stripped)


_TEXT = _texts()
_NAME = _TEXT.filter(bool)
_ID = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,8}", fullmatch=True)
_PARTS = _TEXT.map(lambda text: text.replace("|", "").strip()).filter(bool)
_LIST = st.lists(_PARTS, max_size=3, unique=True).map(tuple)
_DAY = st.dates(date(2000, 1, 1), date(2040, 1, 1))
_MAYBE_DAY = st.none() | _DAY
_SMALL = st.none() | st.integers(0, 100)
_LEVEL = st.sampled_from([Niveau.OPENBAAR, Niveau.PROFESSIONAL, Niveau.TEAM])
_POINT = st.one_of(st.just((None, None)), st.tuples(st.floats(3.3, 7.2), st.floats(50.8, 53.6)))
_TIMES = st.sampled_from(["", "Tu 10:00-12:00; Th 14:00-16:00", "24/7"])


def _codes(known: Any) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(list(known)), max_size=3, unique=True).map(tuple)


@st.composite
def actors(draw: st.DrawFn) -> Actor:
    lon, lat = draw(_POINT)
    consent = None
    soort = draw(st.sampled_from(Soort))
    if soort is Soort.SLEUTELFIGUUR:
        op = draw(_DAY)
        tot = draw(st.none() | st.dates(date(2041, 1, 1), date(2050, 1, 1)))
        level = draw(st.none() | _LEVEL)
        consent = Toestemming(op=op, tot=tot, doel=draw(_TEXT), niveau=level, door=draw(_TEXT))
    return Actor(
        id=draw(_ID),
        naam=draw(_NAME),
        soort=soort,
        omschrijving=draw(_TEXT),
        themas=draw(_codes(_VOCABULARY.themas)),
        doelgroepen=draw(_codes(_VOCABULARY.doelgroepen)),
        lijn=draw(st.none() | st.sampled_from(Lijn)),
        adres=draw(_TEXT),
        postcode=draw(st.sampled_from(["", "2011 AB", "2011"])),
        lon=lon,
        lat=lat,
        werkgebied=draw(_LIST),
        website=draw(st.sampled_from(["", "https://a.example/?x=1;y"])),
        telefoon=draw(_TEXT),
        email=draw(st.sampled_from(["", "a@b.example", "=a@b.example"])),
        zichtbaarheid=Niveau.TEAM if consent else draw(_LEVEL),
        toestemming=consent,
        gecontroleerd_op=draw(_MAYBE_DAY),
        status=draw(st.sampled_from(Status)),
        doet_niet=draw(_TEXT),
        antwoord_binnen_dagen=draw(_SMALL),
        moedertaal=draw(_LIST),
    )


@st.composite
def offers(draw: st.DrawFn) -> Aanbod:
    lon, lat = draw(_POINT)
    return Aanbod(
        id=draw(_ID),
        actor_id=draw(_ID),
        naam=draw(_NAME),
        omschrijving=draw(_TEXT),
        vorm=draw(st.none() | st.sampled_from(Vorm)),
        lijn=draw(st.none() | st.sampled_from(Lijn)),
        min_leeftijd=draw(st.none() | st.integers(0, 50)),
        max_leeftijd=draw(st.none() | st.integers(50, 120)),
        kosten=draw(st.none() | st.decimals(0, 99, places=2) | st.just(Decimal("0"))),
        talen=draw(_LIST),
        lon=lon,
        lat=lat,
        wanneer=draw(_TIMES),
        capaciteit=draw(_SMALL),
        status=draw(st.sampled_from(Status)),
        bereik=draw(_SMALL | st.just(STADSBREED)),
        toegang=draw(st.none() | st.sampled_from(Toegang)),
        wachttijd_op=draw(_MAYBE_DAY),
        loopt_tot=draw(_MAYBE_DAY),
    )


@st.composite
def ties(draw: st.DrawFn) -> Relatie:
    van, naar = draw(st.lists(_ID, min_size=2, max_size=2, unique=True))
    soort, feitelijk = draw(st.sampled_from(Relatiesoort)), draw(st.sampled_from(Feitelijk))
    since = draw(_MAYBE_DAY)
    return Relatie(
        id=relation_id(van, naar, soort.value, feitelijk.value, since),
        van_id=van,
        naar_id=naar,
        soort=soort,
        richting=draw(st.sampled_from(Richting)),
        sterkte=draw(st.integers(1, 3)),
        feitelijk=feitelijk,
        gecontroleerd_op=draw(_MAYBE_DAY),
        zichtbaarheid=draw(_LEVEL),
        toelichting=draw(_TEXT),
        geldig_van=since,
    )


def _through(files: list[tuple[str, bytes]]) -> list[object]:
    findings = Findings()
    tables = [convert(table, findings) for table in read_tables(files, findings)]
    built = build_rows(tables, _VOCABULARY, findings)
    assert findings == Findings()
    return [row.record for row in built]


@settings(max_examples=150, deadline=None)
@given(actors(), offers(), ties())
def test_records_come_back_equal_through_csv_and_xlsx(
    actor: Actor, offer: Aanbod, tie: Relatie
) -> None:
    rows = {
        "actoren": [values_of(actor)],
        "aanbod": [values_of(offer)],
        "relaties": [values_of(tie)],
    }
    records = [actor, offer, tie]
    assert _through([(f"{n}.csv", csv_bytes(n, found)) for n, found in rows.items()]) == records
    assert _through([("kaart.xlsx", xlsx_bytes(rows, {"datum": "2026-11-22"}))]) == records


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "TRUE", "007", "1e5", "2026-10-31", "=1+1"])
def test_text_that_a_workbook_would_take_for_something_else_stays_text(text: str) -> None:
    actor = Actor(id="A1", naam=text, soort=Soort.PARTNER, omschrijving=text)
    made = xlsx_bytes({"actoren": [values_of(actor)]}, {})
    sheet = openpyxl.load_workbook(io.BytesIO(made))["actoren"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert _through([("kaart.xlsx", made)]) == [actor]


@settings(max_examples=300, deadline=None)
@given(st.lists(_TEXT, min_size=1, max_size=4))
def test_no_written_cell_begins_as_a_formula(texts: list[str]) -> None:
    rows = [
        values_of(Actor(id="A1", naam="n", soort=Soort.PARTNER, telefoon=text)) for text in texts
    ]
    written = csv_bytes("actoren", rows).decode()
    raw = list(csv.reader(io.StringIO(written, newline=""), delimiter=";"))
    column = raw[0].index("telefoon")
    assert not any(cells[column].startswith(("=", "+", "-", "@", "\t", "\r")) for cells in raw)
    (table,) = read_tables([("actoren.csv", written.encode())], Findings())
    assert [row.cells["telefoon"] for row in table.rijen] == texts
