"""Over whom the short ways between others run, as the page of the network says it."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient

from socialmap.domain.codes import Feitelijk, Relatiesoort, Richting, Soort
from socialmap.domain.model import Actor, Relatie
from socialmap.network.bridging import Bridging
from socialmap.network.graph import build_network
from socialmap.network.reading import Seen
from tests.integration.pages.conftest import Visit
from web.present_network import say_bridge, say_who_bridges

MOST = "De kortste weg tussen anderen loopt het vaakst over:"
EACH = "Van elke 100 tweetallen anderen loopt bij ongeveer {} de kortste weg over {}"


@pytest.mark.parametrize("kaart", ["voorbeeld", "netwerk"])
def test_the_page_names_whom_the_interface_names(
    kaart: str, visit: Visit, clients: dict[str, FlaskClient]
) -> None:
    found = clients[kaart].get("/api/v1/netwerk/sleutelposities").get_json()["brugfunctie"]
    names = " ".join(f"{one['naam']}," for one in found[:3]).removesuffix(",")
    assert f"{MOST} {names}" in visit("/netwerk", kaart).text
    few = 0
    for one in (*found[:3], found[-1]):
        text = visit(f"/netwerk?van={one['actor_id']}", kaart).text
        assert MOST not in text
        if one["waarde"] < 0.01:
            few += 1
            assert "Van elke 100 tweetallen" not in text
        else:
            assert f"{EACH.format(round(100 * one['waarde']), one['naam'])}." in text
    assert few <= 1


def test_of_the_selection_only_those_in_view_are_named(visit: Visit) -> None:
    assert MOST not in visit("/netwerk?soort=bewonersinitiatief&lijn=2").text


def _star() -> Seen:
    actors = [Actor(id=key, naam=f"Groep {key}", soort=Soort.PARTNER) for key in "ABCD"]
    ties = [
        Relatie(
            id=f"R{key}",
            van_id="A",
            naar_id=key,
            soort=Relatiesoort.KENT,
            richting=Richting.WEDERKERIG,
            sterkte=1,
            feitelijk=Feitelijk.FEITELIJK,
        )
        for key in "BCD"
    ]
    return Seen(build_network(actors, ties, date(2026, 11, 22)), {}, {}, {})


def test_who_stands_between_all_is_said_so() -> None:
    seen = _star()
    said, whole = say_bridge(seen, "A"), say_who_bridges(seen, "ABCD")
    assert said is not None
    assert said.tekst == f"{EACH.format(100, 'Groep A')}."
    assert whole is not None
    assert [link.naam for link in whole.wie] == ["Groep A"]
    assert say_bridge(seen, "B") is None
    assert say_who_bridges(seen, "BCD") is None


def test_a_sample_says_that_it_is_one_and_is_silent_where_it_cannot_tell() -> None:
    seen = _star()
    vars(seen)["bridging"] = (
        Bridging(actor_id="A", waarde=0.194, fout=0.041),
        Bridging(actor_id="B", waarde=0.03, fout=0.031),
    )
    said, whole = say_bridge(seen, "A"), say_who_bridges(seen, "ABCD")
    assert said is not None
    assert said.tekst == (
        f"{EACH.format(19, 'Groep A')}. Dit is een schatting: het kunnen er 4 meer of minder zijn."
    )
    assert say_bridge(seen, "B") is None
    assert whole is not None
    assert [link.naam for link in whole.wie] == ["Groep A"]
