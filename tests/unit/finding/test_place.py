"""Names of areas and postcodes as people write them, without a database."""

from __future__ import annotations

import pytest

from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.model import Gebied
from socialmap.finding.place import PlaceError, find_by_name, read_postcode, require_here


def area(code: str, naam: str, niveau: str, *buurten: str) -> Gebied:
    return Gebied(code=code, naam=naam, niveau=Gebiedsniveau(niveau), buurten=buurten or (code,))


AREAS = [
    area("B1", "Noord duinen", "buurt"),
    area("B2", "Noord strand", "buurt"),
    area("B3", "Noorderhout", "buurt"),
    area("B4", "Oud Noord", "buurt"),
    area("B5", "Molenplas", "buurt"),
    area("B6", "Centrum", "buurt"),
    area("B7", "Centrum", "buurt"),
    area("B8", "Duinrand", "buurt"),
    area("B9", "Stedenbuurt-oost", "buurt"),
    area("B10", "Stedenbuurt-west", "buurt"),
    area("B11", "Café-buurt", "buurt"),
    area("W1", "Molenwijk", "wijk", "B5", "B9"),
    area("W2", "Duinrand", "wijk", "B8", "B1"),
    area("W3", "Strandwijk", "wijk", "B2"),
    area("W4", "Strandwijk", "wijk", "B4"),
    area("G1", "Duinstad", "gemeente", "B1", "B2", "B3", "B4", "B6", "B8"),
    area("G2", "Molenstad", "gemeente", "B5", "B7", "B9", "B10", "B11"),
    area("T1", "Noord 1", "teamgebied", "B1"),
    area("T2", "Noord 2", "teamgebied", "B2"),
]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Molenwijk", "W1"),
        ("  MOLENWIJK ", "W1"),
        ("molenwyk", "W1"),
        ("molenwjk", "W1"),
        ("molenwij", "W1"),
        ("molenw", "W1"),
        ("Molen-wijk", "W1"),
        ("oud noord", "B4"),
        ("oud-noord", "B4"),
        ("noord 1", "T1"),
        ("duinen", "B1"),
        ("noorderhuot", "B3"),
        ("cafe buurt", "B11"),
        ("stedenbuurd oost", "B9"),
        # The buurt lies in the wijk of the same name.
        ("duinrand", "B8"),
    ],
)
def test_a_name_is_found(text: str, code: str) -> None:
    found = find_by_name(AREAS, text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("noord", ["buurt Noord duinen", "buurt Oud Noord", "teamgebied Noord 1"]),
        ("molen", ["buurt Molenplas", "wijk Molenwijk", "gemeente Molenstad"]),
        ("stedenbuurt", ["buurt Stedenbuurt-oost", "buurt Stedenbuurt-west"]),
        ("centrum", ["buurt Centrum in Duinstad", "buurt Centrum in Molenstad"]),
        ("strandwijk", ["wijk Strandwijk in Duinstad"]),
    ],
)
def test_more_areas_are_named_and_none_is_picked(text: str, named: list[str]) -> None:
    with pytest.raises(PlaceError) as caught:
        find_by_name(AREAS, text)
    for name in named:
        assert name in str(caught.value)
    assert str(caught.value).endswith("Geef de hele naam of een postcode.")
    assert not caught.value.may_ask


# "Noord 3" is not one letter away from "Noord 1": it is another team, that is not there.
@pytest.mark.parametrize(
    "text",
    ["noord 3", "x", "mo", "", "---", "%", "_olenwijk%", "Dorpsstraat 5", "schalkwijk", "😀"],
)
def test_what_is_not_there_is_not_found(text: str) -> None:
    assert find_by_name(AREAS, text) is None


def test_many_areas_are_not_all_named() -> None:
    many = [area(f"B{n}", f"Hof {chr(97 + n)}", "buurt") for n in range(20)]
    with pytest.raises(PlaceError) as caught:
        find_by_name(many, "hof")
    assert str(caught.value).count("buurt Hof") == 6
    assert "en nog meer" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2036 xy", "2036XY"),
        ("2036XY", "2036XY"),
        (" 2036 ", "2036"),
        ("0123 AB", None),
        ("2036  XY", None),
        ("2036X", None),
        ("2036 %_", None),
        ("%", None),
        ("____", None),
        ("203%", None),
        ("2٠٣٦", None),
        ("2036 XY\n2037 AB", None),
    ],
)
def test_a_postcode_is_four_digits_and_two_letters(text: str, read: str | None) -> None:
    assert read_postcode(text) == read


@pytest.mark.parametrize(
    ("lon", "lat"), [(52.38, 4.64), (0, 0), (2.35, 48.85), (104647, 490206), (float("nan"), 52)]
)
def test_elsewhere_is_refused(lon: float, lat: float) -> None:
    with pytest.raises(PlaceError, match="ligt niet in Nederland"):
        require_here(lon, lat)
