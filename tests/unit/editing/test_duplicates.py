"""Records that are one and the same, and records that only look like it."""

from __future__ import annotations

import pytest

from socialmap.domain.codes import Soort
from socialmap.domain.model import Actor
from socialmap.editing.duplicates import MOST_LIKE, find_duplicates, find_like
from tests.bench.noisy_names import make_records

HERE, NEXT_DOOR, ELSEWHERE = (4.6430, 52.3600), (4.6434, 52.3602), (4.6800, 52.3900)


def actor(key: str, name: str, place: tuple[float, float] | None = HERE, **more: str) -> Actor:
    lon, lat = place or (None, None)
    return Actor(id=key, naam=name, soort=Soort.PARTNER, lon=lon, lat=lat, **more)  # type: ignore[arg-type]


#: Other records of the map: what many names hold tells nobody apart.
OTHERS = [
    actor(f"X{number}", name, ELSEWHERE, plaats="Haarlem")
    for number, name in enumerate(
        [
            *(f"Buurtkamer {own}" for own in ("Elzenhof", "Kastanje", "Meerpaal", "Zonnehoek")),
            *(f"Stichting {own}" for own in ("Draaiorgel", "Vuurtoren", "Kruidentuin")),
            *(f"Repair Café {own}" for own in ("Watertoren", "Sluiswachter", "Touwbaan")),
        ]
    )
]


def pairs(*records: Actor) -> set[tuple[str, str]]:
    return {(pair.een, pair.ander) for pair in find_duplicates([*records, *OTHERS])}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Stichting De Waterlelie", "St. Waterlelie"),
        ("Buurtkamer Waterlelie", "buurtkamer waterlelei"),
        ("Buurtkamer Waterlelie", "Waterlelie buurtkamer Haarlem"),
        ("Repair Café Waterlelie", "Repaircafé Waterlelie"),
        ("Vereniging Waterlelie", "VERENIGNG WATERLELIE"),
        ("Buurtkamer Waterlelie voor ouderen", "Buurtkamer Waterlelie"),
        ("Bibliotheek\u200b Waterlelie", "Bibliothe\u0301ek Waterlelie"),
    ],
)
def test_one_organisation_written_twice_is_found(first: str, second: str) -> None:
    assert pairs(actor("A", first), actor("B", second, NEXT_DOOR)) == {("A", "B")}


@pytest.mark.parametrize(
    ("first", "second", "place"),
    [
        ("Buurtkamer Waterlelie", "Buurtkamer Appelboom", NEXT_DOOR),
        ("Wijkteam Waterlelie 1", "Wijkteam Waterlelie 2", NEXT_DOOR),
        ("Buurtkamer Waterlelie", "Buurtkamer Waterlelie", ELSEWHERE),
        ("Koor Waterlelie", "Moestuin Waterlelie", ELSEWHERE),
        ("Stichting", "Vereniging", NEXT_DOOR),
    ],
)
def test_two_organisations_stay_two(first: str, second: str, place: tuple[float, float]) -> None:
    assert pairs(actor("A", first), actor("B", second, place)) == set()


def test_without_a_place_the_names_alone_must_say_it() -> None:
    assert pairs(
        actor("A", "Buurtkamer Waterlelie"), actor("B", "Buurtkamer Waterlelie", None)
    ) == {("A", "B")}
    assert not pairs(actor("A", "Koor Waterlelie"), actor("B", "Moestuin Waterlelie", None))


def test_the_postcode_stands_for_a_place() -> None:
    one = actor("A", "Buurtkamer Waterlelie voor ouderen", None, postcode="2036 AB")
    same, other = (
        actor("B", "Buurtkamer Waterlelie", None, postcode=code) for code in ("2036ab", "2011 CD")
    )
    assert pairs(one, same) == {("A", "B")}
    assert pairs(one, other) == set()


def test_one_name_in_two_towns_is_two_where_nobody_knows_the_place() -> None:
    one = actor("A", "Buurtkamer Waterlelie", None, plaats="Haarlem")
    same, other = (
        actor("B", "Buurtkamer Waterlelie", None, plaats=town) for town in ("Haarlem", "Zandvoort")
    )
    assert pairs(one, same) == {("A", "B")}
    assert pairs(one, other) == set()


def test_the_surest_pair_is_first_and_the_order_of_records_does_not_matter() -> None:
    records = [
        actor("C", "Buurtkamer Waterlelei", NEXT_DOOR),
        actor("A", "Buurtkamer Waterlelie", NEXT_DOOR),
        actor("B", "Buurtkamer Waterlelie", NEXT_DOOR),
        *OTHERS,
    ]
    found = find_duplicates(records)
    assert (found[0].een, found[0].ander) == ("A", "B")
    assert [pair.score for pair in found] == sorted((p.score for p in found), reverse=True)
    assert find_duplicates(records[::-1]) == found


def test_nothing_is_alike_where_there_is_nothing() -> None:
    assert find_duplicates([]) == []
    assert find_like("Buurtkamer", HERE, []) == []


def test_a_new_record_is_held_against_what_is_there() -> None:
    there = [actor("A", "Stichting Waterlelie"), actor("B", "Koor Appelboom"), *OTHERS]
    found = find_like("waterleli", NEXT_DOOR, there)
    assert [like.record.id for like in found] == ["A"]
    assert find_like("Schaakclub", NEXT_DOOR, there) == []


def test_no_more_are_named_than_somebody_can_read() -> None:
    there = [actor(f"A{number}", "Buurtkamer Waterlelie") for number in range(MOST_LIKE + 3)]
    assert len(find_like("Buurtkamer Waterlelie", HERE, there)) == MOST_LIKE


@pytest.mark.parametrize("seed", [1, 2])
def test_noisy_names_are_found_and_few_others(seed: int) -> None:
    records, true = make_records(600, seed)
    found = {(pair.een, pair.ander) for pair in find_duplicates(records)}
    right = len(found & true)
    assert right / len(found) >= 0.97
    assert right / len(true) >= 0.9
