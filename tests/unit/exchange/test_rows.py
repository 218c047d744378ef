"""Rows to records: every fault at once, by file, row and column."""

from __future__ import annotations

from socialmap.domain.model import Actor, Relatie
from socialmap.domain.privacy import HIDDEN_NAME
from socialmap.exchange.embedded import data_folder, read_vocabulary_files
from socialmap.exchange.read_files import read_tables
from socialmap.exchange.rows import Built, build_rows
from socialmap.exchange.tables import Findings

_VOCABULARY = read_vocabulary_files(data_folder() / "woorden")
_ACTOR = (
    "id;naam;soort;omschrijving;themas;doelgroepen;lijn;adres;postcode;plaats;lon;lat;werkgebied;"
    "website;telefoon;email;zichtbaarheid;toestemming_op;toestemming_doel;gecontroleerd_op;"
    "gecontroleerd_door;status;bron"
)
_TIE = (
    "van_id;naar_id;soort;richting;sterkte;feitelijk;gecontroleerd_op;zichtbaarheid;toelichting;"
    "bron"
)


def _actor(**cells: str) -> str:
    filled = {"soort": "partner", "zichtbaarheid": "openbaar", "status": "actief", "naam": "n"}
    return ";".join({**filled, **cells}.get(name, "") for name in _ACTOR.split(";"))


def _build(**files: list[str]) -> tuple[list[Built], Findings]:
    findings = Findings()
    named = [(f"{name}.csv", "\n".join(rows).encode()) for name, rows in files.items()]
    tables = read_tables(named, findings)
    return build_rows(tables, _VOCABULARY, findings), findings


def test_a_sound_row_becomes_a_record_with_optional_columns_empty() -> None:
    (row,), findings = _build(actoren=[_ACTOR, _actor(id="A1", themas="taal_digitaal", lijn="0")])
    assert isinstance(row.record, Actor)
    assert row.record.themas == ("taal", "digitaal")
    assert row.record.moedertaal == ()
    assert (row.key, row.rij, row.bestand) == ("A1", 2, "actoren.csv")
    assert findings == Findings()


def test_every_fault_of_every_row_is_named_at_once() -> None:
    _, findings = _build(
        actoren=[
            _ACTOR,
            _actor(id="", soort="zorgaanbieder", lon="4.6", lat="", themas="contakt"),
            _actor(id="A2", soort="sleutelfiguur"),
        ]
    )
    assert [(f.rij, f.kolom) for f in findings.fouten] == [
        (2, "id"),
        (2, "soort"),
        (2, "themas"),
        (2, "lat"),
        (3, "zichtbaarheid"),
    ]


def test_an_almost_right_code_gets_a_suggestion() -> None:
    _, findings = _build(actoren=[_ACTOR, _actor(id="A1", themas="sociaal_netwek")])
    assert "Bedoelt u sociaal_netwerk?" in findings.fouten[0].melding


def test_an_id_that_stands_twice_names_both_rows_and_files() -> None:
    _, findings = _build(
        actoren_1=[_ACTOR, _actor(id="A1"), _actor(id="A2"), _actor(id="A1")],
        actoren_2=[_ACTOR, _actor(id="A2")],
    )
    assert [(f.bestand, f.rij, f.kolom) for f in findings.fouten] == [
        ("actoren_1.csv", 4, "id"),
        ("actoren_2.csv", 2, "id"),
    ]
    assert "A1 staat ook in rij 2." in findings.fouten[0].melding
    assert "A2 staat ook in rij 3 van actoren_1.csv." in findings.fouten[1].melding


def test_an_id_is_double_also_when_the_first_row_has_another_fault() -> None:
    _, findings = _build(actoren=[_ACTOR, _actor(id="A1", lijn="9"), _actor(id="A1")])
    assert [(f.rij, f.kolom) for f in findings.fouten] == [(2, "lijn"), (3, "id")]


def test_the_same_tie_twice_names_both_rows_and_the_way_back_is_another_tie() -> None:
    tie = "{};{};werkt_samen;wederkerig;{};feitelijk;;openbaar;;"
    built, findings = _build(relaties=[_TIE, tie.format("A1", "A2", 1), tie.format("A2", "A1", 1)])
    assert findings == Findings()
    assert len({row.record.id for row in built if isinstance(row.record, Relatie)}) == 2
    _, findings = _build(relaties=[_TIE, tie.format("A1", "A2", 1), tie.format("A1", "A2", 3)])
    assert [f.rij for f in findings.fouten] == [3]
    assert "rij 2" in findings.fouten[0].melding


def test_a_name_that_was_cut_for_a_lower_level_is_not_taken_for_the_name() -> None:
    _, findings = _build(actoren=[_ACTOR, _actor(id="A1", naam=HIDDEN_NAME)])
    assert [f.kolom for f in findings.fouten] == ["naam"]
    assert "niveau team" in findings.fouten[0].melding


def test_a_missing_column_is_one_fault_and_not_one_for_every_row() -> None:
    header = _ACTOR.replace(";status", "")
    rows = [_actor(id=f"A{n}").replace(";actief", "") for n in (1, 2)]
    built, findings = _build(actoren=[header, *rows])
    assert [(f.rij, f.kolom) for f in findings.fouten] == [(1, "status")]
    assert [row.record for row in built] == [None, None]
    assert [row.key for row in built] == ["A1", "A2"]


def test_tables_are_read_in_the_order_in_which_they_point_at_each_other() -> None:
    built, _ = _build(relaties=[_TIE, ";" * 9], actoren=[_ACTOR, _actor(id="A1")])
    assert [row.tabel for row in built] == ["actoren"]
    built, _ = _build(
        relaties=[_TIE, "A1;A2;kent;gericht;1;feitelijk;;openbaar;;"],
        actoren=[_ACTOR, _actor(id="A1")],
    )
    assert [row.tabel for row in built] == ["actoren", "relaties"]
