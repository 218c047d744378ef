"""All or nothing: trials, several files, references, own areas, and errors nobody foresaw."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from socialmap.exchange.importing import (
    Counts,
    ImportReport,
    import_named_bytes,
    import_paths,
)
from socialmap.store.areas import get_area, read_shapes
from socialmap.store.engine import Store

from .conftest import PEILDATUM, VOORBEELD

Dump = Callable[[Store], list[str]]
_AREAS = "id;naam;niveau;leden\n"
_TIES = (
    "van_id;naar_id;soort;richting;sterkte;feitelijk;gecontroleerd_op;zichtbaarheid;toelichting;"
    "bron\n"
)


def _file(name: str) -> bytes:
    return (VOORBEELD / name).read_bytes()


def _import(store: Store, *files: tuple[str, bytes | str], proef: bool = False) -> ImportReport:
    named = [(n, d.encode() if isinstance(d, str) else d) for n, d in files]
    return import_named_bytes(store, named, wie="test", clock=PEILDATUM, proef=proef)


def test_a_trial_reports_the_same_and_keeps_nothing(base: Store, dump: Dump) -> None:
    before = dump(base)
    trial = import_paths(base, [VOORBEELD], wie="test", clock=PEILDATUM, proef=True)
    assert dump(base) == before
    real = import_paths(base, [VOORBEELD], wie="test", clock=PEILDATUM)
    assert real.geplaatst
    assert not trial.geplaatst
    assert trial == replace(real, geplaatst=False)


def test_a_trial_with_faults_reports_the_same_faults(base: Store, dump: Dump) -> None:
    before = dump(base)
    files = [("aanbod.csv", _file("aanbod.csv"))]
    trial = _import(base, *files, proef=True)
    assert len(trial.fouten) >= 177
    assert trial == _import(base, *files)
    assert dump(base) == before


def test_a_fault_in_the_second_file_keeps_the_first_out(
    base: Store, dump: Dump, tmp_path: Path
) -> None:
    folder = shutil.copytree(VOORBEELD, tmp_path / "map")
    broken = (folder / "relaties.csv").read_text(encoding="utf-8")
    (folder / "relaties.csv").write_text(broken.replace(";A001;", ";A999;", 1), encoding="utf-8")
    before = dump(base)
    report = import_paths(base, [folder], wie="test", clock=PEILDATUM)
    assert dump(base) == before
    assert [(f.bestand, f.rij, f.kolom) for f in report.fouten] == [("relaties.csv", 2, "naar_id")]


@pytest.mark.parametrize("where", ["apply", "reindex_all"])
def test_an_unforeseen_error_leaves_nothing_behind(
    where: str, base: Store, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object, **_named: object) -> None:
        raise RuntimeError("onverwacht")

    monkeypatch.setattr(f"socialmap.exchange.importing.{where}", fail)
    before = dump(base)
    with pytest.raises(RuntimeError, match="onverwacht"):
        import_paths(base, [VOORBEELD], wie="test", clock=PEILDATUM)
    assert dump(base) == before


def test_files_may_come_apart_when_what_they_point_at_is_there(base: Store) -> None:
    for name in ("gebieden.csv", "actoren.csv", "aanbod.csv", "relaties.csv"):
        report = _import(base, (name, _file(name)))
        assert report.geplaatst
        assert list(report.geteld) == [name.removesuffix(".csv")]


def test_the_order_of_files_does_not_matter(base: Store) -> None:
    names = ("relaties.csv", "aanbod.csv", "actoren.csv", "gebieden.csv")
    assert _import(base, *((name, _file(name)) for name in names)).geplaatst


def test_unknown_areas_are_named_by_row_and_column(base: Store) -> None:
    report = _import(base, ("actoren.csv", _file("actoren.csv")))
    assert {f.kolom for f in report.fouten} == {"werkgebied"}
    assert {f.melding.split()[2] for f in report.fouten} == {"EG-SCHALKWIJK", "EG-OOST"}


def test_a_broken_row_does_not_make_its_id_unknown_to_others(base: Store) -> None:
    actors = _file("actoren.csv").decode().replace(";partner;", ";partnr;", 1)
    report = _import(
        base,
        ("gebieden.csv", _file("gebieden.csv")),
        ("actoren.csv", actors),
        ("aanbod.csv", _file("aanbod.csv")),
        ("relaties.csv", _file("relaties.csv")),
    )
    assert [(f.bestand, f.rij, f.kolom) for f in report.fouten] == [("actoren.csv", 2, "soort")]
    assert "Bedoelt u partner?" in report.fouten[0].melding


def test_an_offer_of_an_actor_that_stopped_earlier_is_warned_of(example: Store) -> None:
    report = _import(example, ("aanbod.csv", _file("aanbod.csv")))
    assert [(w.rij, w.kolom) for w in report.waarschuwingen] == [(133, "status")]


def test_a_change_is_counted_and_told_apart(example: Store) -> None:
    actors = _file("actoren.csv").decode().replace("Stichting Spaarnwelzijn", "Spaarnwelzijn", 1)
    report = _import(example, ("actoren.csv", actors))
    assert report.geteld == {"actoren": Counts(nieuw=0, gewijzigd=1, gelijk=116)}


def test_own_areas_stay_with_their_shape(example: Store) -> None:
    with example.reading() as conn:
        area = get_area(conn, "EG-OOST")
        (shape,) = (s for s in read_shapes(conn) if s.gebied.code == "EG-OOST")
        wijken = [get_area(conn, lid) for lid in area.leden]
    assert area.leden == ("WK039207", "WK039208", "WK039209")
    assert area.gemeente == "GM0392"
    assert area.oppervlakte_m2 == pytest.approx(sum(w.oppervlakte_m2 for w in wijken), rel=1e-6)
    assert set(area.buurten) == {buurt for wijk in wijken for buurt in wijk.buurten}
    assert shape.vorm["type"] in ("Polygon", "MultiPolygon")


def test_an_own_area_may_change_and_the_places_in_it_follow(example: Store) -> None:
    assert _located(example, "EG-OOST") > 0
    assert _located(example, "EG-NOORD") == 0
    row = "EG-NOORD;Noord;eigen;WK039213|WK039214|WK039215|WK039216\n"
    report = _import(example, ("gebieden.csv", _AREAS + row))
    assert report.geteld == {"gebieden": Counts(nieuw=1, gewijzigd=0, gelijk=0)}
    assert _located(example, "EG-NOORD") > 0
    report = _import(example, ("gebieden.csv", _AREAS + row.replace("WK039213|", "")))
    assert report.geteld == {"gebieden": Counts(nieuw=0, gewijzigd=1, gelijk=0)}
    with example.reading() as conn:
        assert get_area(conn, "EG-NOORD").leden == ("WK039214", "WK039215", "WK039216")


def test_an_own_area_with_faults_names_row_and_column(example: Store) -> None:
    rows = "EG-A;A;eigen;WK0392XX|BU03920101\nWK039207;Eigen;eigen;BU03920101\nEG-B;B;wijk;GM0392\n"
    report = _import(example, ("gebieden.csv", _AREAS + rows))
    assert [(f.rij, f.kolom) for f in report.fouten] == [(2, "leden"), (3, "id"), (4, "niveau")]
    assert "WK0392XX" in report.fouten[0].melding


def test_a_tie_that_stands_in_two_files_is_refused(example: Store, dump: Dump) -> None:
    before = dump(example)
    row = "A001;A002;kent;wederkerig;{};feitelijk;;openbaar;;\n"
    report = _import(
        example, ("relaties1.csv", _TIES + row.format(1)), ("relaties2.csv", _TIES + row.format(2))
    )
    assert [(f.bestand, f.rij) for f in report.fouten] == [("relaties2.csv", 2)]
    assert "rij 2 van relaties1.csv" in report.fouten[0].melding
    assert dump(example) == before


def test_nothing_handed_in_is_refused(example: Store, tmp_path: Path) -> None:
    report = import_paths(example, [tmp_path / "weg"], wie="test", clock=PEILDATUM)
    assert not report.geplaatst
    assert [f.bestand for f in report.fouten] == ["weg"]
    report = _import(example)
    assert not report.geplaatst
    assert ["geen bestand" in fout.melding for fout in report.fouten] == [True]


def test_the_folder_of_the_sender_is_not_told_and_not_read_for_a_table(example: Store) -> None:
    report = _import(example, ("C:\\aanbod\\relaties.csv", _TIES + "A001;A999;kent;;;;;;;\n"))
    assert {fout.bestand for fout in report.fouten} == {"relaties.csv"}


def test_a_report_is_the_object_of_the_interface(example: Store) -> None:
    report = asdict(_import(example, ("relaties.csv", _TIES + "A001;A999;kent;;;;;;;\n")))
    assert list(report) == ["geteld", "waarschuwingen", "fouten", "geplaatst"]
    assert set(report["fouten"][0]) == {"bestand", "rij", "kolom", "melding"}


def _located(store: Store, code: str) -> int:
    with store.reading() as conn:
        sql = "SELECT count(*) FROM kenmerk WHERE veld = 'ligging' AND code = ?"
        return int(conn.exec_driver_sql(sql, (code,)).scalar_one())
