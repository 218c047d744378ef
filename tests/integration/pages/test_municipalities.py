"""Nine municipalities beside each other: pictures drawn alike, in words, and as a table."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.conftest import DATA
from tests.integration.pages.conftest import Page, Visit

SVG = "{http://www.w3.org/2000/svg}"
LATER = ("Beoogd:", "Mogelijk:", "Vanaf 2015:", "Er komt een ")
Rows = list[dict[str, str]]


def _table(name: str) -> Rows:
    with (DATA / "netwerk" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


TOWNS = {row["naam"]: row for row in _table("gemeenten")}
PARTNERS = _table("gemeenten_partners")
KINDS = _table("gemeenten_soorten")


def _words(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())


def _cards(page: Page) -> dict[str, Any]:
    found = [li for li in page.tree.iter("li") if li.get("data-gemeente")]
    return {li.get("data-gemeente"): li for li in found}


def _marks(card: Any) -> Iterator[tuple[str, str, str, bool, Any]]:
    """Give of each mark its ring, kind, count, whether it is to come, and its box."""
    for group in card.iter(f"{SVG}g"):
        classes = group.get("class", "").split()
        ring = next(c for c in ("kern", "schil") if f"gemeenteplaat__merk--{c}" in classes)
        later = "gemeenteplaat__merk--straks" in classes
        box = group.find(f"{SVG}rect")
        yield ring, group.get("data-soort"), group.get("data-aantal"), later, box


@pytest.fixture
def page(visit: Visit) -> Page:
    return visit("/netwerk/gemeenten")


@pytest.mark.parametrize("naam", TOWNS)
def test_every_partner_of_the_document_stands_under_one_kind(naam: str) -> None:
    row = TOWNS[naam]
    core = [p for p in PARTNERS if (p["code"], p["kring"]) == (row["code"], "kern")]
    assert [p["partner"] for p in core] == row["kernpartners"].split("|")
    shell = [p for p in PARTNERS if (p["code"], p["kring"]) == (row["code"], "schil")]
    assert all(p["partner"].casefold() in row["schil_om_het_team"].casefold() for p in shell)
    assert max(Counter(p["soort"] for p in shell).values(), default=1) == 1
    known = {(kind["kring"], kind["soort"]) for kind in KINDS}
    assert {(p["kring"], p["soort"]) for p in core + shell} <= known
    for one in core:
        assert (one["wanneer"] == "straks") is one["partner"].startswith(LATER)
    planned = row["schil_om_het_team"].startswith(LATER) or not row["aantal_teams"].strip("0")
    # In Langedijk there is no wijkteam, but another team that works with the shell now.
    assert {p["wanneer"] for p in shell} <= {"straks" if planned and naam != "Langedijk" else "nu"}


def test_each_picture_shows_the_partners_of_its_municipality(page: Page) -> None:
    cards = _cards(page)
    assert set(cards) == {row["code"] for row in TOWNS.values()}
    for code, card in cards.items():
        own = [p for p in PARTNERS if p["code"] == code]
        many = Counter((p["kring"], p["soort"]) for p in own)
        drawn = {(ring, kind): int(count) for ring, kind, count, _, _ in _marks(card)}
        assert drawn == many
        for ring, kind, _, later, _ in _marks(card):
            when = {p["wanneer"] for p in own if (p["kring"], p["soort"]) == (ring, kind)}
            assert later is (when == {"straks"})


def test_the_pictures_are_alike(page: Page) -> None:
    places: dict[str, set[tuple[str, ...]]] = {}
    sizes = set()
    for card in _cards(page).values():
        sizes.add(next(card.iter(f"{SVG}svg")).get("viewbox"))
        for ring, kind, _, _, box in _marks(card):
            spot = tuple(box.get(name) for name in ("x", "y", "width", "height"))
            places.setdefault(f"{ring} {kind}", set()).add(spot)
    assert len(sizes) == 1
    assert {len(spots) for spots in places.values()} == {1}
    assert len({next(iter(spots)) for spots in places.values()}) == len(places)


def test_the_text_of_a_picture_says_the_same(page: Page) -> None:
    labels = {(kind["kring"], kind["soort"]): kind["label"] for kind in KINDS}
    heads = {
        "In het team: ": ("kern", False),
        "Komt er misschien of later bij: ": ("kern", True),
        "In de schil: ": ("schil", False),
        "Komt misschien of later in de schil: ": ("schil", True),
    }
    for code, card in _cards(page).items():
        picture = next(card.iter(f"{SVG}svg"))
        assert picture.get("role") == "img"
        assert picture.get("aria-describedby") == f"tekst-{code}"
        text = _words(next(node for node in card.iter("p") if node.get("id") == f"tekst-{code}"))
        said = set()
        for sentence in text.removesuffix(".").split(". "):
            for head, (ring, later) in heads.items():
                if sentence.startswith(head):
                    said |= {(ring, later, one) for one in sentence.removeprefix(head).split("; ")}
        drawn = {
            (ring, later, labels[ring, kind] + (f" ({count} keer)" if int(count) > 1 else ""))
            for ring, kind, count, later, _ in _marks(card)
        }
        assert said == drawn
        inside = next(n for n in card.iter(f"{SVG}text") if "teams" in n.get("class"))
        counted = " ".join(_words(line) for line in inside.iter(f"{SVG}tspan"))
        assert text.split(". ")[0].replace(",", "").casefold() == counted.casefold()


@pytest.mark.parametrize("kaart", ["netwerk", "leeg"])
def test_the_table_is_the_document_with_its_source(kaart: str, visit: Visit) -> None:
    page = visit("/netwerk/gemeenten", kaart)
    fields = (
        "indicatief_model",
        "kernpartners",
        "schil_om_het_team",
        "positionering_team",
        "positionering_toegang",
    )
    rows = [r for r in page.tree.iter("tr") if (r.get("id") or "").startswith("rij-")]
    assert [_words(r[0]).split(" ")[0] for r in rows] == sorted(TOWNS)
    for row, naam in zip(rows, sorted(TOWNS), strict=True):
        for cell, field in zip(row.findall("td"), fields, strict=True):
            assert all(part in _words(cell) for part in TOWNS[naam][field].split("|"))
        assert TOWNS[naam]["opmerking"] in _words(row)
        head = _words(row[0])
        assert f"{naam}: Stand van zaken" in head
        assert head.endswith(", 2014")
        assert ("Uit het doolhof" in head) is (kaart == "netwerk")


def test_the_network_leads_to_it_and_it_leads_on(visit: Visit, page: Page) -> None:
    assert "/netwerk/gemeenten" in visit("/netwerk").links()
    assert "/netwerk/gemeenten" in visit("/gemeenten").links()
    assert {"/netwerk", "/gemeenten"} <= page.links()
