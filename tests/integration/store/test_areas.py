"""Areas, figures, words and sources come back as they were kept, in an order for people."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Bron, Kerncijfer
from socialmap.domain.vocabulary import Thema, Vocabulary
from socialmap.geo.area import AreaSet
from socialmap.store.areas import (
    AREAS_VERSION,
    AreaShape,
    area_names,
    get_area,
    list_areas,
    list_related,
    read_figures,
    read_shapes,
    save_areas,
    save_figures,
)
from socialmap.store.engine import Connection, Store
from socialmap.store.vocabulary import (
    read_meta,
    read_sources,
    read_vocabulary,
    save_sources,
    save_vocabulary,
)

Undone = Callable[[], AbstractContextManager[Connection]]
RANK = {niveau: place for place, niveau in enumerate(Gebiedsniveau)}


def test_areas_come_back_from_small_to_large_and_by_name(
    ground: Store, shapes: list[AreaShape]
) -> None:
    areas = [shape.gebied for shape in shapes]
    ordered = sorted(areas, key=lambda a: (RANK[a.niveau], a.naam, a.code))
    with ground.reading() as conn:
        assert list_areas(conn) == ordered
        for niveau in Gebiedsniveau:
            level = [area for area in ordered if area.niveau is niveau]
            assert list_areas(conn, niveau) == level
            assert [shape.gebied for shape in read_shapes(conn, niveau)] == level
        assert get_area(conn, "EG-OOST") in areas
        with pytest.raises(NotFoundError, match="GM9999"):
            get_area(conn, "GM9999")


def test_names_are_those_of_the_areas(ground: Store) -> None:
    with ground.reading() as conn:
        names = area_names(conn)
        assert names == {area.code: area.naam for area in list_areas(conn)}
    assert names["GM0392"] == "Haarlem"


# Browsers keep shapes for a year under this version: an import without areas must not end that.
def test_version_changes_with_the_shapes_and_only_then(
    undone: Undone, shapes: list[AreaShape]
) -> None:
    with undone() as conn:
        before = read_meta(conn, AREAS_VERSION)
        assert before
        save_areas(conn, [])
        assert read_meta(conn, AREAS_VERSION) == before
        save_areas(conn, shapes[:1])
        assert read_meta(conn, AREAS_VERSION) != before


def test_shapes_come_back_point_for_point(ground: Store, shapes: list[AreaShape]) -> None:
    def listed(value: object) -> object:
        return [listed(v) for v in value] if isinstance(value, list | tuple) else value

    wanted = {shape.gebied.code: shape.vorm for shape in shapes}
    with ground.reading() as conn:
        some = read_shapes(conn, codes=["GM0392", "BU03921804", "GM9999"])
        assert len(read_shapes(conn)) == len(shapes)
    assert [shape.gebied.code for shape in some] == ["BU03921804", "GM0392"]
    for shape in some:
        assert shape.vorm["coordinates"] == listed(wanted[shape.gebied.code]["coordinates"])


@pytest.mark.parametrize("code", ["BU03921804", "WK039218", "GM0392", "EG-OOST", "GM0453"])
def test_related_areas_share_a_buurt(ground: Store, areas: AreaSet, code: str) -> None:
    own = set(areas.buurten_in(code))
    related = {
        area.code for area in areas if own & set(areas.buurten_in(area.code)) and area.code != code
    }
    with ground.reading() as conn:
        assert {area.code for area in list_related(conn, code)} == related


def test_area_that_is_kept_again_is_brought_up_to_date(
    store: Store, shapes: list[AreaShape]
) -> None:
    buurten = [shape for shape in shapes if shape.gebied.code.startswith("BU039218")]
    team = next(shape for shape in shapes if shape.gebied.code == "WK039218")
    fewer = replace(team, gebied=replace(team.gebied, naam="Kleiner", buurten=("BU03921804",)))
    with store.writing() as conn:
        save_areas(conn, [team, *buurten])
        save_areas(conn, [fewer])
        assert get_area(conn, "WK039218") == fewer.gebied
        assert len(list_areas(conn)) == len(buurten) + 1


def test_figures_are_those_of_the_newest_year_of_each_area(store: Store) -> None:
    def figure(gebied: str, jaar: int, naam: str, waarde: float) -> Kerncijfer:
        return Kerncijfer(
            gebied=gebied,
            jaar=jaar,
            naam=naam,
            label=naam.title(),
            waarde=waarde,
            eenheid="personen",
            bron="CBS",
        )

    old, new = figure("WK1", 2021, "inwoners", 9), figure("WK1", 2024, "inwoners", 10)
    others = [figure("WK1", 2024, "65plus", 2), figure("WK2", 2021, "inwoners", 5)]
    with store.writing() as conn:
        save_figures(conn, [old, new, *others])
        save_figures(conn, [replace(new, waarde=11)])
        assert read_figures(conn, ["WK1", "WK2"]) == [
            others[0],
            replace(new, waarde=11),
            others[1],
        ]
        assert read_figures(conn, []) == read_figures(conn, ["WK3"]) == []


def test_words_keep_their_order_and_take_a_clearer_label(store: Store, words: Vocabulary) -> None:
    with store.writing() as conn:
        save_vocabulary(conn, words)
        assert read_vocabulary(conn) == words
        assert list(read_vocabulary(conn).themas) == list(words.themas)
        assert list(read_vocabulary(conn).doelgroepen) == list(words.doelgroepen)
        first = next(iter(words.themas))
        clearer = {**words.themas, first: Thema(code=first, label="Duidelijker")}
        save_vocabulary(conn, Vocabulary(clearer, words.doelgroepen))
        assert read_vocabulary(conn).label(first) == "Duidelijker"
        assert list(read_vocabulary(conn).themas) == list(words.themas)


def test_sources_come_back(store: Store) -> None:
    source = Bron(id="003", titel="De sociale basis", maker="gemeente", jaar=2020)
    with store.writing() as conn:
        save_sources(conn, [source])
        save_sources(conn, [replace(source, toelichting="tweede druk")])
        assert read_sources(conn) == {"003": replace(source, toelichting="tweede druk")}
