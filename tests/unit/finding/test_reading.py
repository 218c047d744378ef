"""What is read in the text of an offer, and that it comes back from how it is kept."""

from __future__ import annotations

import pytest

from socialmap.domain.codes import Soort
from socialmap.domain.model import Aanbod, Actor
from socialmap.finding.language import understand
from socialmap.finding.lexicon import Lexicon
from socialmap.finding.reading import ReadText, concepts, read_offer

HOUSE = Actor(
    id="A", naam="Buurthuis", soort=Soort.PARTNER, omschrijving="Met biljart.", gezocht="tuin"
)
OFFER = Aanbod(id="O", actor_id="A", naam="Formulieren", omschrijving="Hulp bij schulden. Gratis.")


def test_name_text_and_actor_are_read_apart(lexicon: Lexicon) -> None:
    read = read_offer(OFFER, HOUSE, lexicon)
    assert read.naam == ("formulier",)
    assert {"formulier", "schuld"} <= set(read.tekst)
    assert "biljart" in read.actor
    assert "biljart" not in read.tekst
    # What an actor looks for is no offer to a resident.
    assert "tuin" not in read.actor
    assert read.begrippen["thema:financien"] > 0.5


@pytest.mark.parametrize("text", ["", "😀", '"; [] {} \\ \n', "é" * 3000, "Schulden en rouw"])
def test_what_is_kept_comes_back(lexicon: Lexicon, text: str) -> None:
    offer = Aanbod(id="O", actor_id="A", naam=text, omschrijving=text)
    read = read_offer(offer, HOUSE, lexicon)
    assert ReadText.parse(read.write()) == read
    assert "\n" not in read.write()


def test_question_and_text_meet_in_the_same_terms(lexicon: Lexicon) -> None:
    asked = understand("ik heb schulden", lexicon)
    read = read_offer(OFFER, HOUSE, lexicon)
    assert concepts(asked).keys() & read.begrippen.keys() >= {"thema:financien"}
    assert set(asked.stems) & set(read.tekst) == {"schuld"}


def test_weights_lie_between_nothing_and_one(lexicon: Lexicon) -> None:
    found = concepts(understand("schulden, huur achter, deurwaarder en eenzaam", lexicon))
    assert found
    assert all(0 < weight <= 1 for weight in found.values())


def test_what_stands_beside_counts_less_in_an_offer_but_not_in_its_name(lexicon: Lexicon) -> None:
    def koffie(naam: str, omschrijving: str) -> float:
        offer = Aanbod(id="O", actor_id="A", naam=naam, omschrijving=omschrijving)
        return read_offer(offer, HOUSE, lexicon).begrippen["onderwerp:koffie_inloop"]

    asked = concepts(understand("koffie", lexicon))["onderwerp:koffie_inloop"]
    assert koffie("Schulden", "Hulp bij schulden, met koffie.") < 0.5 * asked
    assert koffie("Koffie", "Hulp bij schulden.") == asked
