"""What an area shows: what is of here, what serves more, what is strong, and whose figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialmap.domain.codes import Gebiedsniveau, Lijn, Soort, Status
from socialmap.domain.model import STADSBREED, Aanbod, Actor, Gebied, Kerncijfer
from socialmap.domain.vocabulary import Thema, Vocabulary
from socialmap.store.areas import AreaShape
from web.present_area import AreaRecords, find_strength, sort_records
from web.present_counts import Known, count_by_area
from web.present_figures import present_residents
from web.present_map import holds, small_map, touching

DAY = date(2026, 11, 22)
BUURT = Gebied(
    code="BU1", naam="Hoek", niveau=Gebiedsniveau.BUURT, buurten=("BU1",), gemeente="GM1"
)
BUURT_2 = replace(BUURT, code="BU2", naam="Kade", buurten=("BU2",))
WIJK = replace(BUURT, code="WK1", naam="West", niveau=Gebiedsniveau.WIJK, buurten=("BU1", "BU2"))
TEAM = replace(BUURT, code="T1", naam="Team 1", niveau=Gebiedsniveau.TEAMGEBIED)
TOWN = replace(
    WIJK,
    code="GM1",
    naam="Stad",
    niveau=Gebiedsniveau.GEMEENTE,
    buurten=("BU1", "BU2", "BU3"),
    gemeente="",
)
RELATED = {area.code: area for area in (WIJK, TEAM, TOWN)}
ACTOR = Actor(id="A", naam="Buurtkring", soort=Soort.BEWONERSINITIATIEF, gecontroleerd_op=DAY)
OFFER = Aanbod(id="O", actor_id="A", naam="Eten", lijn=Lijn.BEWONERS, gecontroleerd_op=DAY)
WORDS = Vocabulary(
    {"taal": Thema(code="taal", label="Taal"), "vervoer": Thema(code="vervoer", label="Vervoer")}
)


@pytest.mark.parametrize(
    ("werkgebied", "placed", "here"),
    [
        (("BU1",), False, True),
        (("WK1",), False, True),
        (("T1",), False, True),
        (("GM1",), False, False),
        (("GM1", "WK1"), False, True),
        (("GM1",), True, True),
        (("BU9",), False, False),
    ],
)
def test_who_is_of_here(werkgebied: tuple[str, ...], placed: bool, here: bool) -> None:
    actor = replace(ACTOR, werkgebied=werkgebied)
    found = sort_records(BUURT, RELATED, [(actor, placed)], [], DAY)
    assert (actor in found.actoren_hier, actor in found.actoren_ruim) == (here, not here)


def test_in_a_gemeente_who_works_in_all_of_it_is_of_here() -> None:
    actor = replace(ACTOR, werkgebied=("GM1",))
    assert sort_records(TOWN, {}, [(actor, False)], [], DAY).actoren_hier == [actor]


def test_offers_are_told_apart_by_place_and_reach() -> None:
    owner = replace(ACTOR, werkgebied=("GM1",))
    placed, wide = replace(OFFER, id="1", lon=4.6, lat=52.3), replace(OFFER, id="2")
    near = replace(OFFER, id="3", werkgebied=("WK1",))
    town = replace(OFFER, id="4", lon=4.6, lat=52.3, bereik=STADSBREED)
    offers = [
        (placed, owner, True),
        (wide, owner, False),
        (near, owner, False),
        (town, owner, True),
    ]
    found = sort_records(BUURT, RELATED, [], offers, DAY)
    assert [o.id for o, _ in found.met_plek] == ["1"]
    assert [o.id for o, _ in found.zonder_plek] == ["2", "3"]
    assert [o.id for o, _ in found.stadsbreed] == ["4"]
    assert found.ruim == {"2"}
    assert [o.id for o, _ in found.aanbod_hier] == ["1", "3"]


def test_what_has_stopped_is_counted_and_left_out() -> None:
    gone = replace(ACTOR, status=Status.GESTOPT, werkgebied=("BU1",))
    found = sort_records(BUURT, RELATED, [(gone, True)], [(OFFER, gone, True)], DAY)
    assert (found.leeg, found.gestopt) == (True, 2)


def _records(checked: date | None, bron: str = "") -> AreaRecords:
    actor = replace(ACTOR, gecontroleerd_op=checked, bron=bron, gezocht="een zaal")
    offer = replace(OFFER, gecontroleerd_op=checked, bron=bron, themas=("taal", "taal"))
    return AreaRecords(actoren_hier=[actor], met_plek=[(offer, actor)])


def test_strength_is_made_of_facts() -> None:
    strong = find_strength(BUURT, _records(DAY), WORDS, DAY)
    assert strong.zin == (
        "In Hoek doen bewoners en vrijwilligers zelf mee: "
        "1 bewonersinitiatief en 1 soort steun door bewoners."
    )
    assert [text for _, text in strong.punten] == [
        "1 soort steun heeft een plek in Hoek.",
        "Voor 1 van de 2 thema’s staat hier iets op de kaart.",
        "1 groep zoekt mensen, ruimte of spullen.",
        "2 van de 2 gegevens zijn het laatste jaar nagekeken.",
    ]
    assert strong.themas == (("taal", "Taal"),)
    assert not strong.onbekend


@pytest.mark.parametrize(
    ("checked", "bron", "ends"),
    [
        (None, "003, 6.1 De sociale basis, 2020", "Niemand heeft het nagekeken."),
        (None, "", "er het laatste jaar geen nagekeken."),
        (date(2020, 1, 1), "", "er het laatste jaar geen nagekeken."),
    ],
)
def test_strength_without_a_check_is_not_said_as_how_it_is_now(
    checked: date | None, bron: str, ends: str
) -> None:
    strong = find_strength(BUURT, _records(checked, bron), WORDS, DAY)
    assert strong.zin.startswith("Voor zover bekend deden bewoners en vrijwilligers in Hoek")
    assert strong.zin.endswith("Of dat nog zo is, weten wij niet.")
    assert strong.punten[-1][1].endswith(ends)


def test_strength_says_when_nothing_is_known_of_residents() -> None:
    team = replace(ACTOR, soort=Soort.WIJKTEAM)
    some = find_strength(BUURT, AreaRecords(actoren_hier=[team]), WORDS, DAY)
    assert some.zin.startswith("Wat bewoners van Hoek zelf doen, weten wij nog niet.")
    none = find_strength(BUURT, AreaRecords(actoren_ruim=[team]), WORDS, DAY)
    assert none.zin.startswith("Van Hoek zelf weten wij nog niets.")
    assert some.onbekend
    assert none.punten == ()


def _figure(gebied: str, naam: str, waarde: float, label: str, eenheid: str) -> Kerncijfer:
    return Kerncijfer(
        gebied=gebied, jaar=2024, naam=naam, label=label, waarde=waarde, eenheid=eenheid, bron="CBS"
    )


def _figures(gebied: str, inwoners: float, share: float) -> list[Kerncijfer]:
    return [
        _figure(gebied, "inwoners", inwoners, "Inwoners", "personen"),
        _figure(gebied, "pct_65plus", share, "Inwoners van 65 jaar of ouder", "%"),
        _figure(gebied, "pct_jeugdzorg", 10, "Jongeren met jeugdzorg", "%"),
    ]


def test_a_buurt_without_figures_shows_those_of_its_wijk_and_says_so() -> None:
    found = present_residents(BUURT, [WIJK, TEAM, TOWN], _figures("WK1", 8139, 24.5))
    block = found.blokken[0]
    assert block.uitleg == (
        "Van buurt Hoek zelf zijn hier geen cijfers. "
        "Dit zijn die van wijk West als geheel. Bron: CBS, 2024."
    )
    assert [tile["waarde"] for tile in block.tegels] == ["8.140", "25%", "10%"]
    assert [tile["bron"] for tile in block.tegels] == ["", "ongeveer 1.990 mensen", ""]


def test_a_team_area_shows_the_wijken_that_it_touches() -> None:
    found = present_residents(TEAM, [WIJK, TOWN], _figures("WK1", 8139, 24.5))
    assert found.tabel is not None
    assert found.tabel.rijen == (
        ("WK1", "West", ("8.140", "onbekend", "onbekend", "25%", "onbekend")),
    )
    assert found.blokken == ()


def test_a_figure_of_the_gemeente_is_added_only_where_the_wijk_has_none() -> None:
    extra = _figure("GM1", "wmo_per_1000", 71, "Inwoners met hulp uit de Wmo", "per 1.000")
    figures = [*_figures("WK1", 8139, 24.5), *_figures("GM1", 162553, 17.3), extra]
    found = present_residents(WIJK, [BUURT, TOWN], figures)
    assert [block.naam for block in found.blokken] == ["West", "Stad"]
    assert [tile["waarde"] for tile in found.blokken[1].tegels] == ["71 op de 1.000"]
    assert "alleen van gemeente Stad" in found.blokken[1].uitleg


def test_without_figures_nothing_is_said() -> None:
    assert present_residents(BUURT, [WIJK], []).blokken == ()


@given(st.floats(0, 200_000), st.floats(0, 100))
def test_numbers_of_persons_are_tens_or_fewer_than_ten(inwoners: float, share: float) -> None:
    block = present_residents(WIJK, [], _figures("WK1", inwoners, share)).blokken[0]
    people = block.tegels[0]["waarde"]
    of_them = block.tegels[1]["bron"].removeprefix("ongeveer ").removesuffix(" mensen")
    for said in (people, of_them):
        number = said.replace(".", "")
        assert said in ("geen", "minder dan 10") or int(number) % 10 == 0


def _shape(gebied: Gebied, west: float, east: float) -> AreaShape:
    ring = [[west, 52.0], [east, 52.0], [east, 52.1], [west, 52.1], [west, 52.0]]
    form = {"type": "Polygon", "coordinates": [ring]}
    return AreaShape(gebied, form, form)


def test_counts_follow_place_and_area_of_work_as_the_page_of_an_area_does() -> None:
    shapes = [
        _shape(BUURT, 4.0, 4.1),
        _shape(BUURT_2, 4.1, 4.2),
        _shape(WIJK, 4.0, 4.2),
        _shape(TEAM, 4.0, 4.1),
        _shape(TOWN, 4.0, 4.3),
    ]
    owner = replace(ACTOR, werkgebied=("GM1",))
    gone = replace(ACTOR, id="B", status=Status.GESTOPT, werkgebied=("BU1",))
    placed = replace(OFFER, id="1", lon=4.05, lat=52.05)
    named = replace(OFFER, id="2", werkgebied=("WK1",))
    orphan = replace(OFFER, id="3", actor_id="B", werkgebied=("BU1",))
    town = replace(OFFER, id="4", lon=4.15, lat=52.05, bereik=STADSBREED)
    team = replace(OFFER, id="5", werkgebied=("T1",))
    found = count_by_area(shapes, [owner, gone], [placed, named, orphan, town, team], DAY)
    assert found["BU1"] == Known(0, 3)
    assert found["BU2"] == Known(0, 1)
    assert found["WK1"] == Known(0, 3)
    assert found["T1"] == Known(0, 3)
    assert found["GM1"] == Known(1, 3)
    assert str(Known()) == "nog niets bekend"
    assert str(found["GM1"]) == "1 organisatie of groep, 3 soorten steun"
    assert str(found["BU2"]) == "1 soort steun"


def test_a_small_map_keeps_proportions_and_marks_offers() -> None:
    own, beside = _shape(BUURT, 4.0, 4.1), _shape(BUURT_2, 4.1, 4.2)
    far = _shape(replace(BUURT_2, code="BU3"), 6.0, 6.1)
    picture = small_map(
        own, [beside, far], [(4.05, 52.05, 0), (4.05, 52.05, 0), (4.06, 52.05, None)]
    )
    assert picture.viewbox == "0 0 320 240"
    assert picture.punten == ((160.0, 120.0, 0),)
    assert len(picture.omgeving) == 1
    corners = [tuple(map(float, part.split())) for part in picture.eigen.strip("MZ").split("L")]
    xs, ys = zip(*corners, strict=True)
    # A degree of longitude is cos(52.05) of a degree of latitude.
    assert (max(xs) - min(xs)) / (max(ys) - min(ys)) == pytest.approx(0.615, abs=0.005)


def test_places_and_neighbours() -> None:
    own, beside = _shape(BUURT, 4.0, 4.1), _shape(BUURT_2, 4.1, 4.2)
    far = _shape(replace(BUURT_2, code="BU3"), 6.0, 6.1)
    assert holds(own, [(4.05, 52.05), (4.15, 52.05)]) == [True, False]
    assert touching(own, [beside, far]) == ["BU2"]
