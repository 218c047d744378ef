"""What changed between two dates, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from socialmap.coverage.change import Because, Reden, Soort, find_changes
from socialmap.store.snapshots import Stand

COVERED = Stand(
    gebied="WK1",
    thema="taal",
    doelgroep="iedereen",
    oordeel="gedekt",
    bereik=80,
    verouderd=False,
    gekeken=False,
    aanbod=("O1", "O2"),
    oud=(),
    regel=1,
)
UNKNOWN = replace(COVERED, oordeel="onbekend", bereik=0, aanbod=())
THIN = replace(COVERED, oordeel="dun", bereik=40, aanbod=("O1",))
GAP = replace(UNKNOWN, oordeel="gat", gekeken=True)


@pytest.mark.parametrize(
    ("van", "tot", "kind"),
    [
        (UNKNOWN, COVERED, Soort.DICHT),
        (GAP, THIN, Soort.DICHT),
        (THIN, COVERED, Soort.BETER),
        (COVERED, THIN, Soort.MINDER),
        (THIN, GAP, Soort.OPEN),
        (COVERED, UNKNOWN, Soort.OPEN),
        (UNKNOWN, GAP, Soort.GEZIEN),
        (GAP, UNKNOWN, Soort.VERGETEN),
    ],
)
def test_a_change_is_of_one_kind(van: Stand, tot: Stand, kind: Soort) -> None:
    (change,) = find_changes([van], [tot])
    assert (change.van, change.tot, change.soort) == (van, tot, kind)


@pytest.mark.parametrize(
    ("van", "tot", "why"),
    [
        (UNKNOWN, COVERED, [Because(Reden.NIEUW, ("O1",)), Because(Reden.GEVONDEN, ("O2",))]),
        (
            replace(UNKNOWN, oud=("O1", "O2")),
            COVERED,
            [Because(Reden.NAGEKEKEN, ("O1", "O2"))],
        ),
        (COVERED, UNKNOWN, [Because(Reden.WEG, ("O1", "O2"))]),
        (
            COVERED,
            replace(UNKNOWN, oud=("O2",)),
            [Because(Reden.WEG, ("O1",)), Because(Reden.VEROUDERD, ("O2",))],
        ),
        (UNKNOWN, GAP, [Because(Reden.GEKEKEN)]),
        (GAP, UNKNOWN, [Because(Reden.NIET_MEER_GEKEKEN)]),
        (COVERED, replace(COVERED, oordeel="dun", bereik=70), [Because(Reden.ANDERS)]),
        (COVERED, replace(COVERED, oordeel="dun", regel=2), [Because(Reden.REGEL)]),
        # One offer came while another went: what came is no reason for less.
        (COVERED, replace(THIN, aanbod=("O1", "O3")), [Because(Reden.WEG, ("O2",))]),
    ],
)
def test_a_change_says_why(van: Stand, tot: Stand, why: list[Because]) -> None:
    (change,) = find_changes([van], [tot], {"O2"})
    assert list(change.redenen) == why


def test_what_stayed_what_is_new_and_where_nobody_lives_is_no_change() -> None:
    nobody = replace(COVERED, oordeel="", bereik=None)
    elsewhere = replace(UNKNOWN, gebied="WK2")
    assert find_changes([COVERED], [replace(COVERED, bereik=90)]) == ()
    assert find_changes([nobody], [COVERED]) == ()
    assert find_changes([COVERED], [nobody]) == ()
    assert find_changes([COVERED], [elsewhere]) == ()
    assert find_changes([], [COVERED]) == ()


def test_changes_are_listed_by_kind_then_by_area() -> None:
    van = [replace(UNKNOWN, gebied="WK3"), COVERED, replace(UNKNOWN, gebied="WK2")]
    tot = [UNKNOWN, replace(COVERED, gebied="WK3"), replace(COVERED, gebied="WK2")]
    found = [(one.soort, one.tot.gebied) for one in find_changes(van, tot)]
    assert found == [(Soort.DICHT, "WK2"), (Soort.DICHT, "WK3"), (Soort.OPEN, "WK1")]
