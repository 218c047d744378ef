"""Key figures of areas."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from socialmap.geo.area import AreaSet
from socialmap.geo.errors import BoundaryFaults
from socialmap.geo.figures import FORMER_GEMEENTEN, load_figures


def test_every_published_cell_is_one_figure(folder: Path) -> None:
    figures = load_figures(folder)
    # 21 wijken with 8 columns, 10 gemeenten with 11 columns; no cell is empty.
    assert Counter(figure.jaar for figure in figures) == {2024: 21 * 8, 2021: 10 * 11}
    order = [(figure.gebied, figure.jaar, figure.naam) for figure in figures]
    assert order == sorted(set(order))


def test_figure_has_label_unit_and_source(folder: Path) -> None:
    found = {(f.gebied, f.naam): f for f in load_figures(folder)}
    molenwijk = found["WK039220", "pct_65plus"]
    assert (molenwijk.waarde, molenwijk.eenheid, molenwijk.jaar) == (25, "%", 2024)
    assert molenwijk.label == "Inwoners van 65 jaar of ouder"
    assert molenwijk.bron == "CBS, Kerncijfers wijken en buurten 2024, CC BY 4.0"
    assert (found["WK039220", "inwoners"].waarde, found["WK039220", "inwoners"].eenheid) == (
        8135,
        "personen",
    )
    assert found["WK039220", "huishoudens"].eenheid == "huishoudens"
    haarlem = found["GM0392", "wmo_per_1000"]
    assert (haarlem.waarde, haarlem.eenheid, haarlem.jaar) == (71, "per 1.000", 2021)
    assert found["GM0473", "pct_0_14"].waarde == 13.13


def test_every_figure_belongs_to_an_area_or_to_a_gemeente_that_went_up_in_one(
    folder: Path, areas: AreaSet
) -> None:
    without = {f.gebied for f in load_figures(folder) if f.gebied not in areas}
    assert without == set(FORMER_GEMEENTEN)
    assert all(former.opvolger in areas for former in FORMER_GEMEENTEN.values())


def test_households_and_inhabitants_agree(folder: Path) -> None:
    # Haarlem 2024: 2.07 persons a household, the figure that needs without households rest on.
    wijken = [f for f in load_figures(folder) if f.gebied.startswith("WK0392")]
    total = Counter[str]()
    for figure in wijken:
        total[figure.naam] += int(figure.waarde)
    assert total["inwoners"] / total["huishoudens"] == pytest.approx(2.07, abs=0.05)


def write(tmp_path: Path, text: str, name: str = "kerncijfers_proef_2024.csv") -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")


def test_empty_cell_gives_no_figure(tmp_path: Path) -> None:
    write(tmp_path, "code;naam;inwoners;pct_0_14\nBU03920101;Een;;0\n")
    assert [(f.naam, f.waarde) for f in load_figures(tmp_path)] == [("pct_0_14", 0)]


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        "code;naam;inwoners;pct_0_14;iets\n"
        "WK039201;Een;veel;101;\n"
        "39201;Twee;-5;nan;\n"
        "WK039201;Een;5;1e3;\n"
        "WK039202;Drie;5;1,5;\n",
    )
    write(tmp_path, "code;naam;inwoners\nWK039202;Drie;6\n", "kerncijfers_weer_2024.csv")
    write(tmp_path, "naam\nDrie\n", "kerncijfers_zonder_2020.csv")
    with pytest.raises(BoundaryFaults) as caught:
        load_figures(tmp_path)
    assert [(f.bestand[12:-4], f.nummer, f.code) for f in caught.value.faults] == [
        ("proef_2024", 1, ""),
        ("proef_2024", 2, "WK039201"),
        ("proef_2024", 2, "WK039201"),
        ("proef_2024", 3, "39201"),
        ("proef_2024", 3, "39201"),
        ("proef_2024", 3, "39201"),
        ("proef_2024", 4, "WK039201"),
        ("proef_2024", 5, "WK039202"),
        ("weer_2024", 2, "WK039202"),
        ("zonder_2020", 1, ""),
        ("zonder_2020", 2, ""),
    ]


def test_folder_without_figures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BoundaryFaults, match="geen kerncijfers"):
        load_figures(tmp_path)
