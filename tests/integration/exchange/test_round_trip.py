"""The invented map comes in whole and comes back equal, by CSV and by XLSX."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Niveau
from socialmap.domain.fields import TABLES
from socialmap.domain.privacy import Lezer
from socialmap.exchange.exporting import export_csv, export_xlsx
from socialmap.exchange.importing import Counts, import_paths
from socialmap.store.engine import Store

from .conftest import PEILDATUM, VOORBEELD, MakeStore

TEAM = Lezer(Niveau.TEAM)
#: Consent of two key persons has run out on the day of the example; these days it had not.
DAYS = (PEILDATUM, Clock(date(2023, 1, 15)), Clock(date(2023, 12, 1)))
LAPSED = {"A114", "A116"}
SIZES = {
    "actoren": 117,
    "aanbod": 177,
    "relaties": 267,
    "gebieden": 2,
    "inventarisaties": 12,
    "signalen": 18,
}

Row = tuple[tuple[str, str], ...]


def _rows(path: Path, columns: list[str] | None = None) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file, delimiter=";"))
    keep = columns or list(found[0])
    return [tuple((name, _as_read(name, row[name])) for name in keep) for row in found]


def _as_read(column: str, cell: str) -> str:
    """`taal_digitaal` is read as both, and text like a formula goes out with an apostrophe."""
    if column == "themas":
        codes = cell.replace("taal_digitaal", "taal|digitaal").split("|")
        return "|".join(dict.fromkeys(codes))
    return cell.removeprefix("'") if cell.startswith("'@") else cell


def _header(naam: str) -> list[str]:
    with (VOORBEELD / f"{naam}.csv").open(encoding="utf-8") as file:
        return file.readline().strip().split(";")


def _is_lapsed(row: Row) -> bool:
    return any(value in LAPSED for name, value in row if name in ("id", "van_id", "naar_id"))


def test_the_example_comes_in_whole(base: Store) -> None:
    report = import_paths(base, [VOORBEELD], wie="test", clock=PEILDATUM)
    assert report.fouten == ()
    assert report.geplaatst
    assert report.geteld == {naam: Counts(size, 0, 0) for naam, size in SIZES.items()}
    assert [(w.bestand, w.rij, w.kolom) for w in report.waarschuwingen] == [
        ("aanbod.csv", 133, "status")
    ]
    assert "A093 is gestopt" in report.waarschuwingen[0].melding


@pytest.mark.parametrize("naam", list(SIZES))
def test_every_cell_comes_back_equal(naam: str, example: Store, tmp_path: Path) -> None:
    export_csv(example, tmp_path, TEAM, PEILDATUM)
    original = _rows(VOORBEELD / f"{naam}.csv")
    expected = [row for row in original if not _is_lapsed(row)]
    assert len(original) == SIZES[naam]
    assert sorted(_rows(tmp_path / f"{naam}.csv", _header(naam))) == sorted(expected)


@pytest.mark.parametrize("naam", list(SIZES))
def test_what_consent_hides_comes_back_equal_on_a_day_that_it_held(
    naam: str, example: Store, tmp_path: Path
) -> None:
    seen: set[Row] = set()
    for number, day in enumerate(DAYS):
        export_csv(example, tmp_path / str(number), TEAM, day)
        seen |= set(_rows(tmp_path / str(number) / f"{naam}.csv", _header(naam)))
    assert seen == set(_rows(VOORBEELD / f"{naam}.csv"))
    assert len(seen) == SIZES[naam]


@pytest.mark.parametrize("naam", list(SIZES))
def test_the_export_has_every_column_in_order(naam: str, example: Store, tmp_path: Path) -> None:
    export_csv(example, tmp_path, TEAM, PEILDATUM)
    (header, *_) = (tmp_path / f"{naam}.csv").read_text(encoding="utf-8").splitlines()
    assert header.split(";") == [veld.naam for veld in TABLES[naam]]


def test_an_export_in_a_new_map_exports_to_the_same_bytes(
    example: Store, base: Store, tmp_path: Path
) -> None:
    first, second = tmp_path / "een", tmp_path / "twee"
    export_csv(example, first, TEAM, PEILDATUM)
    assert import_paths(base, [first], wie="test", clock=PEILDATUM).geplaatst
    export_csv(base, second, TEAM, PEILDATUM)
    assert _bytes(second) == _bytes(first)
    assert set(_bytes(first)) == {f"{naam}.csv" for naam in SIZES}


def test_a_workbook_in_a_new_map_exports_to_the_same_bytes(
    example: Store, copy_of: MakeStore, base_file: Path, tmp_path: Path
) -> None:
    export_csv(example, tmp_path / "een", TEAM, PEILDATUM)
    export_xlsx(example, tmp_path / "kaart.xlsx", TEAM, PEILDATUM)
    new = copy_of(base_file)
    report = import_paths(new, [tmp_path / "kaart.xlsx"], wie="test", clock=PEILDATUM)
    assert report.geplaatst
    assert [w.bestand for w in report.waarschuwingen] == ["kaart.xlsx, blad aanbod"]
    export_csv(new, tmp_path / "twee", TEAM, PEILDATUM)
    assert _bytes(tmp_path / "twee") == _bytes(tmp_path / "een")


def test_reading_twice_changes_nothing(example: Store, tmp_path: Path) -> None:
    export_csv(example, tmp_path / "csv", TEAM, PEILDATUM)
    export_xlsx(example, tmp_path / "kaart.xlsx", TEAM, PEILDATUM)
    for path in (VOORBEELD, tmp_path / "csv", tmp_path / "kaart.xlsx"):
        report = import_paths(example, [path], wie="test", clock=PEILDATUM)
        assert report.geplaatst
        assert sum(c.gelijk for c in report.geteld.values()) >= 555
        assert [c.nieuw + c.gewijzigd for c in report.geteld.values()] == [0] * len(SIZES)
    export_csv(example, tmp_path / "weer", TEAM, PEILDATUM)
    assert _bytes(tmp_path / "weer") == _bytes(tmp_path / "csv")


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
