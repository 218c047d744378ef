"""Putting buurten together: what a group is, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from socialmap.geo.area import AreaSet
from socialmap.geo.boundary import Boundary, parse_buurten
from socialmap.geo.dissolve import dissolve
from socialmap.geo.errors import BoundaryFaults


@pytest.fixture(scope="module")
def buurten(areas: AreaSet) -> list[Boundary]:
    return [
        Boundary(
            bestand="",
            nummer=0,
            code=area.code,
            naam=area.naam,
            wijkcode=area.ouders[0],
            gemeentecode=area.ouders[-1],
            jaar=area.jaar,
            shape=area.shape,
        )
        for area in areas.of_level("buurt")
    ]


@given(data=st.data())
def test_any_grouping_keeps_every_square_metre_once(
    data: st.DataObject, buurten: list[Boundary]
) -> None:
    groups = data.draw(st.lists(st.sampled_from(["", "a", "b", "c"]), min_size=130, max_size=130))
    group_of = {b.code: group for b, group in zip(buurten, groups, strict=True) if group}
    made = dissolve(buurten, group_of)
    assert list(made) == sorted(set(group_of.values()))
    for group, shape in made.items():
        parts = [buurt.shape for buurt in buurten if group_of.get(buurt.code) == group]
        assert shape.is_valid
        assert shape.area == pytest.approx(sum(part.area for part in parts), rel=1e-12)
        corners = set(map(tuple, shapely.get_coordinates(parts)))
        assert set(map(tuple, shapely.get_coordinates(shape))) <= corners


def test_buurten_of_two_files_that_overlap_are_refused(
    square: Callable[..., dict[str, Any]], collect: Callable[[list[object]], str]
) -> None:
    one = parse_buurten(collect([square("BU03920101", 4.6, 52.38)]), "een")
    two = parse_buurten(collect([square("BU03920102", 4.605, 52.38)]), "twee")
    with pytest.raises(BoundaryFaults) as caught:
        dissolve([*one, *two], {"BU03920101": "a", "BU03920102": "a"})
    assert [(f.bestand, f.nummer, f.code) for f in caught.value.faults] == [
        ("een", 1, "BU03920101"),
        ("twee", 1, "BU03920102"),
    ]


def test_nothing_dissolves_into_nothing() -> None:
    assert dissolve([], {}) == {}
