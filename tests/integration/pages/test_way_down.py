"""From an offer with a referral down to the wijk and to residents: same themes, same groups."""

from __future__ import annotations

import re

import pytest

from tests.integration.pages.conftest import Visit, example_rows

_ROWS = {row["id"]: row for row in example_rows("aanbod")}
_HEAD = "Wie neemt dit over?"


def _found(visit: Visit, key: str) -> tuple[str, list[str]]:
    html = visit(f"/aanbod/{key}").html
    assert _HEAD in html
    part = html.split('id="omlaag"')[1].split("</section>")[0]
    return part, re.findall(r'href="/aanbod/(\w+)"', part)


def _use(key: str) -> set[str]:
    return set(_ROWS[key]["themas"].split("|"))


def _groups(key: str) -> set[str]:
    return set(_ROWS[key]["doelgroepen"].split("|"))


@pytest.mark.parametrize(
    "key", sorted(k for k, r in _ROWS.items() if r["lijn"] == "2" and r["status"] == "actief")
)
def test_the_way_down_is_of_lower_lines_and_the_same_themes_and_groups(
    visit: Visit, key: str
) -> None:
    part, found = _found(visit, key)
    assert part.index("Lijn 1:") < part.index("Lijn 0:")
    lines = [_ROWS[other]["lijn"] for other in found]
    assert set(lines) <= {"0", "1"}
    assert lines == sorted(lines, reverse=True)
    for other in found:
        assert _use(other) & _use(key)
        wanted = _groups(key)
        assert "iedereen" in wanted or _groups(other) & (wanted | {"iedereen"})


def test_something_is_found_for_most(visit: Visit) -> None:
    keys = [k for k, r in _ROWS.items() if r["lijn"] == "2" and r["status"] == "actief"]
    with_one = [key for key in keys if _found(visit, key)[1]]
    assert len(with_one) >= 0.8 * len(keys)


def test_how_far_it_is_is_said(visit: Visit) -> None:
    part, _ = _found(visit, "O025")
    assert re.search(r"· [\d.]+ meter lopen vanaf hier", part)


@pytest.mark.parametrize("line", ["0", "1"])
def test_lower_lines_have_no_way_down(visit: Visit, line: str) -> None:
    key = next(k for k, r in _ROWS.items() if r["lijn"] == line and r["status"] == "actief")
    assert _HEAD not in visit(f"/aanbod/{key}").text


def test_it_holds_nobody_above_the_level_of_the_reader(visit: Visit) -> None:
    hidden = {r["id"] for r in example_rows("actoren") if r["zichtbaarheid"] != "openbaar"}
    hidden |= {r["id"] for r in example_rows("actoren") if r["soort"] == "sleutelfiguur"}
    for key, row in _ROWS.items():
        if row["lijn"] == "2" and row["status"] == "actief":
            assert not {_ROWS[other]["actor_id"] for other in _found(visit, key)[1]} & hidden
