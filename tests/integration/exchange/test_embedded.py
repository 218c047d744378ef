"""What comes with the program loads without a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

import socialmap
from socialmap.domain.codes import Gebiedsniveau, Niveau
from socialmap.domain.freshness import read_source
from socialmap.domain.model import Aanbod, Actor
from socialmap.domain.privacy import Lezer
from socialmap.exchange import embedded
from socialmap.store.areas import list_areas, read_figures, read_shapes
from socialmap.store.engine import Store
from socialmap.store.records import all_aanbod, all_actors, all_relaties
from socialmap.store.vocabulary import read_meta, read_sources, read_vocabulary

from .conftest import PEILDATUM, ROOT

TEAM = Lezer(Niveau.TEAM)


def test_the_base_holds_areas_figures_and_words(base: Store) -> None:
    with base.reading() as conn:
        areas = list_areas(conn)
        shapes = read_shapes(conn)
        figures = read_figures(conn, ["WK039201", "GM0392"])
        words = read_vocabulary(conn)
        assert read_meta(conn, "basis_geladen_op") == "2026-11-22"
        assert read_meta(conn, "voorbeeld") is None
    levels = [area.niveau for area in areas]
    counts = {level: levels.count(level) for level in Gebiedsniveau}
    assert counts[Gebiedsniveau.BUURT] == 130
    assert counts[Gebiedsniveau.GEMEENTE] == 9
    assert counts[Gebiedsniveau.TEAMGEBIED] == 9
    assert counts[Gebiedsniveau.EIGEN] == 0
    assert {f.gebied for f in figures} == {"WK039201", "GM0392"}
    assert (len(words.themas), len(words.doelgroepen)) == (24, 29)
    assert all(area.lon and area.lat and area.oppervlakte_m2 > 0 for area in areas)
    light, full = (len(str([getattr(s, n) for s in shapes])) for n in ("vorm_pagina", "vorm"))
    assert light < full


def test_themes_and_groups_are_those_of_the_format_with_a_label_each(base: Store) -> None:
    with base.reading() as conn:
        words = read_vocabulary(conn)
    assert list(words.themas)[:2] == ["financien", "basisbehoeften"]
    assert list(words.themas)[-2:] == ["taal", "digitaal"]
    groups = list(words.doelgroepen)
    assert (groups[0], groups[-1]) == ("iedereen", "wil_iets_doen")
    assert words.label("ggz") == "mensen met psychische kwetsbaarheid"
    assert words.label("minima") == "mensen met weinig geld"
    assert words.themas["financien"].positieve_gezondheid == "K|F"
    labels = words.labels([*words.themas, *words.doelgroepen])
    assert all(label and "_" not in label for label in labels)
    assert len(set(labels)) == len(labels)


def test_the_documented_network_loads_with_a_source_for_every_row(base: Store) -> None:
    report = embedded.load_network(base, PEILDATUM)
    assert report.geplaatst
    assert report.waarschuwingen == ()
    today = PEILDATUM.today()
    with base.reading() as conn:
        actors = all_actors(conn, TEAM, today)
        offers = all_aanbod(conn, TEAM, today)
        ties = all_relaties(conn, TEAM, today)
        sources = read_sources(conn)
    assert report.geteld["actoren"].nieuw == len(actors) > 0
    named: list[Actor | Aanbod] = [*actors, *offers]
    assert all(record.id.startswith("N-") for record in named)
    for record in [*named, *ties]:
        where = read_source(record.bron)
        assert where is not None, record.id
        assert where.document in sources


def test_the_network_loads_twice_without_a_change(base: Store) -> None:
    embedded.load_network(base, PEILDATUM)
    again = embedded.load_network(base, PEILDATUM)
    assert [c.nieuw + c.gewijzigd for c in again.geteld.values()] == [0, 0, 0]


def test_the_example_marks_the_map_as_an_example(base: Store) -> None:
    report = embedded.load_example(base, PEILDATUM)
    assert report.geteld["aanbod"].nieuw == 177
    with base.reading() as conn:
        assert read_meta(conn, "voorbeeld") == "1"


def test_the_table_of_municipalities_is_whole() -> None:
    table = embedded.read_municipalities()
    assert len(table.rijen) == 9
    names = [veld.naam for veld in table.velden]
    assert all(list(row) and set(row) == set(names) for row in table.rijen)
    assert all(veld.label for veld in table.velden)
    assert "Haarlem" in [row["naam"] for row in table.rijen]


def test_data_is_beside_the_package_or_inside_it_when_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert embedded.data_folder() == ROOT / "data"
    (tmp_path / "socialmap" / "data").mkdir(parents=True)
    monkeypatch.setattr(socialmap, "__file__", str(tmp_path / "socialmap" / "__init__.py"))
    assert embedded.data_folder() == tmp_path / "socialmap" / "data"
