"""The manual in the program: three pages, each linked from its door and from the foot."""

from __future__ import annotations

import pytest

from tests.integration.pages.conftest import Visit

MANUALS = ("opbouwwerker", "professional", "gebiedsmanager")


@pytest.mark.parametrize("manual", MANUALS)
def test_a_manual_has_steps_and_is_linked_from_its_door(visit: Visit, manual: str) -> None:
    page = visit(f"/handleiding/{manual}")
    assert page.headings("h1") == [f"Handleiding voor de {manual}"]
    assert page.headings("h2")[-1] == "Als er iets misgaat"
    assert len(list(page.tree.find("body").iter("ol"))) >= 3
    for place in ("/", "/handleiding"):
        assert f"/handleiding/{manual}" in visit(place).links()


def test_the_manual_is_at_the_foot_of_a_page(visit: Visit) -> None:
    assert "/handleiding" in visit("/privacy").links()


def test_what_is_no_manual_is_not_found(visit: Visit) -> None:
    visit("/handleiding/niemand", status=404)
