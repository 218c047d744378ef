"""Inventarisaties and signals in files: who gets which, what is refused, and what stays."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa

from socialmap.domain.codes import Niveau
from socialmap.domain.privacy import OPENBAAR, Lezer
from socialmap.exchange.exporting import export_csv, export_xlsx
from socialmap.exchange.importing import import_named_bytes, import_paths
from socialmap.store import schema
from socialmap.store.engine import Store
from socialmap.store.inventories import all_inventories
from socialmap.store.signals import all_signals

from .conftest import PEILDATUM

TEAM, PROFESSIONAL = Lezer(Niveau.TEAM), Lezer(Niveau.PROFESSIONAL)
LOOKED = "id;gebied;thema;doelgroep;datum;door;gevraagd_aan;uitkomst;aanbod_ids\n"
REPORTED = "id;gebied;thema;doelgroep;soort;datum;melder;status;eigenaar;stap;antwoord\n"


def _ids(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file, delimiter=";")]


def test_what_is_imported_is_kept_equal_and_comes_out_equal(
    example: Store, base: Store, tmp_path: Path
) -> None:
    export_csv(example, tmp_path / "uit", TEAM, PEILDATUM)
    assert import_paths(base, [tmp_path / "uit"], wie="test", clock=PEILDATUM).geplaatst
    with example.reading() as one, base.reading() as other:
        assert all_inventories(one) == all_inventories(other)
        assert all_signals(one) == all_signals(other)
        assert (len(all_inventories(one)), len(all_signals(one))) == (12, 18)


@pytest.mark.parametrize("lezer", [OPENBAAR, PROFESSIONAL])
def test_below_team_no_signal_goes_out_and_none_lingers(
    example: Store, tmp_path: Path, lezer: Lezer
) -> None:
    export_csv(example, tmp_path / "nieuw", lezer, PEILDATUM)
    assert not (tmp_path / "nieuw" / "signalen.csv").exists()
    assert len(_ids(tmp_path / "nieuw" / "inventarisaties.csv")) == 12
    export_csv(example, tmp_path / "ouder", TEAM, PEILDATUM)
    assert len(_ids(tmp_path / "ouder" / "signalen.csv")) == 18
    export_csv(example, tmp_path / "ouder", lezer, PEILDATUM)
    assert _ids(tmp_path / "ouder" / "signalen.csv") == []
    export_xlsx(example, tmp_path / "kaart.xlsx", lezer, PEILDATUM)
    book = openpyxl.load_workbook(tmp_path / "kaart.xlsx")
    assert len(list(book["signalen"].iter_rows())) == 1
    assert len(list(book["inventarisaties"].iter_rows())) == 13
    whole = b"".join(path.read_bytes() for path in (tmp_path / "ouder").iterdir())
    assert b"M-01" not in whole
    # An import of such a folder takes no signal away.
    report = import_named_bytes(
        example,
        [("signalen.csv", (tmp_path / "ouder" / "signalen.csv").read_bytes())],
        wie="test",
        clock=PEILDATUM,
    )
    assert report.geplaatst
    with example.reading() as conn:
        assert len(all_signals(conn)) == 18


def _hide(store: Store, aanbod_id: str) -> None:
    owner = sa.select(schema.aanbod.c.actor_id).where(schema.aanbod.c.id == aanbod_id)
    with store.writing() as conn:
        conn.execute(
            sa.update(schema.actor)
            .where(schema.actor.c.id == owner.scalar_subquery())
            .values(zichtbaarheid=int(Niveau.BEHEER))
        )


def test_an_offer_that_no_export_may_name_is_left_out_and_stays_in_the_map(
    example: Store, tmp_path: Path
) -> None:
    with example.reading() as conn:
        before = all_inventories(conn)
    assert ("I001", ("O132",)) in [(one.id, one.aanbod_ids) for one in before]
    _hide(example, "O132")
    export_csv(example, tmp_path, TEAM, PEILDATUM)
    assert "O132" not in (tmp_path / "inventarisaties.csv").read_text()
    file = ("inventarisaties.csv", (tmp_path / "inventarisaties.csv").read_bytes())
    report = import_named_bytes(example, [file], wie="test", clock=PEILDATUM)
    assert report.geteld["inventarisaties"].gelijk == 12
    with example.reading() as conn:
        assert all_inventories(conn) == before


def test_every_fault_is_named_by_file_row_and_column_and_nothing_is_kept(example: Store) -> None:
    looked = LOOKED + (
        "I1;WK999999;taal;;2026-10-01;wijkteam;bewoners|school;deels;\n"
        "I2;WK039221;taal|digitaal;;2026-10-01;wijkteam;bewoners|school;deels;\n"
        "I3;WK039221;taal;;2026-10-01;Jan;bewoners;niets_gevonden;\n"
        "I4;WK039221;taal;;2026-10-01;wijkteam;buurvrouw;deels;O404\n"
        "I5;WK039221;taal;ouderen;31-10-2026;wijkteam;bewoners|school;niets_gevonden;\n"
    )
    reported = REPORTED + (
        "S1;WK039221;taal;;vol;2026-10-01;M1;nieuw;;;\n"
        "S1;WK039221;taal;;mevrouw valt;2026-10-01;M1;nieuw;;;\n"
        "S2;WK039221;taal;;vol;2026-10-01;;teruggekoppeld;;;\n"
    )
    report = import_named_bytes(
        example,
        [("inventarisaties.csv", looked.encode()), ("signalen.csv", reported.encode())],
        wie="test",
        clock=PEILDATUM,
    )
    assert not report.geplaatst
    assert [(f.bestand, f.rij, f.kolom) for f in report.fouten] == [
        ("inventarisaties.csv", 2, "gebied"),
        ("inventarisaties.csv", 3, "thema"),
        ("inventarisaties.csv", 4, "door"),
        ("inventarisaties.csv", 4, "gevraagd_aan"),
        ("inventarisaties.csv", 5, "aanbod_ids"),
        ("inventarisaties.csv", 5, "gevraagd_aan"),
        ("signalen.csv", 3, "id"),
        ("signalen.csv", 3, "soort"),
        ("signalen.csv", 4, "antwoord"),
        ("signalen.csv", 4, "melder"),
    ]
    # Row 6 is right once its date is read as people write it.
    assert [(w.rij, w.kolom) for w in report.waarschuwingen] == [(6, "datum")]
    with example.reading() as conn:
        assert len(all_inventories(conn)) == 12


def test_everybody_is_no_group_and_a_missing_column_keeps_what_is_there(example: Store) -> None:
    row = "I001;WK039220;sociaal_netwerk;iedereen;2026-03-17;opbouwwerker;bewoners;deels;O132\n"
    short = REPORTED + "S013;WK047301;huisvesting;;regel_knelt;2026-06-04;M-10;teruggekoppeld;"
    short += "gemeente_fysiek_domein;regel_voorleggen;doorgegeven\n"
    files = [("inventarisaties.csv", (LOOKED + row).encode()), ("signalen.csv", short.encode())]
    report = import_named_bytes(example, files, wie="test", clock=PEILDATUM)
    assert report.geteld["inventarisaties"].gewijzigd == 1
    assert report.geteld["signalen"].gelijk == 1
    with example.reading() as conn:
        found = {one.id: one for one in all_inventories(conn)}["I001"]
        assert (found.doelgroep, found.versie) == ("", 2)
        assert replace(found, versie=1).gevraagd_aan == ("bewoners",)


def test_own_areas_of_the_same_import_may_be_pointed_at(base: Store) -> None:
    area = "id;naam;niveau;leden\nEG-1;Twee wijken;eigen;WK039220|WK039221\n"
    row = "I1;EG-1;taal;;2026-10-01;wijkteam;bewoners;deels;\n"
    files = [("gebieden.csv", area.encode()), ("inventarisaties.csv", (LOOKED + row).encode())]
    report = import_named_bytes(base, files, wie="test", clock=PEILDATUM)
    assert report.fouten == ()
    assert report.geteld["inventarisaties"].nieuw == 1
