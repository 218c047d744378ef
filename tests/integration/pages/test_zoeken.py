"""The page to find support: what is asked stays in the form, and what is hidden stays hidden."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import html5lib
import pytest
from flask.testing import FlaskClient

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Niveau, Soort
from socialmap.domain.model import Aanbod, Actor
from socialmap.domain.privacy import Lezer
from socialmap.exchange.making import Filling, make_map
from socialmap.finding.features import Kenmerk
from socialmap.finding.question import (
    Antwoord,
    Treffer,
    Uitgesloten,
    Uitsluiting,
    Zekerheid,
)
from socialmap.settings import Settings
from tests.integration.pages.conftest import NASTY, Visit, example_rows, person_names
from web.app import create_app
from web.present_finding import Records, present_answer
from web.present_order import say_order

DAY = Clock(date(2026, 11, 22))
TEAM = Lezer(Niveau.TEAM)
ALONE = {"q": "ik zie wekenlang niemand", "plek": "2034", "straal": "800"}


@pytest.fixture
def client(clients: dict[str, FlaskClient]) -> FlaskClient:
    """A client of the invented example."""
    return clients["voorbeeld"]


@pytest.fixture
def as_team(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as a team does."""
    monkeypatch.setattr("web.context.current_lezer", lambda: TEAM)
    monkeypatch.setattr("web.security.current_lezer", lambda: TEAM)


def _names(html: str) -> list[str]:
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return [node.get("data-naam") for node in tree.iter("li") if node.get("data-naam")]


def test_an_answer_stands_under_the_form_that_keeps_its_words(client: FlaskClient) -> None:
    answer = client.post("/zoeken", data=ALONE)
    assert answer.status_code == 200
    parser = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True)
    parser.parse(answer.text)
    assert "ik zie wekenlang niemand</textarea>" in answer.text
    assert 'value="2034"' in answer.text
    assert "Huiskamer van de flat" in _names(answer.text)
    assert 'class="treffer__mandje" data-aanbod="O115"' in answer.text
    assert "Waarom niet?" in answer.text


def test_the_list_is_that_of_the_interface(client: FlaskClient) -> None:
    asked = {"q": ALONE["q"], "plek": {"postcode": "2034"}, "straal_m": 800}
    found = client.post("/api/v1/zoekvragen", json=asked).get_json()
    names = [one["naam"] for one in found["treffers"]]
    assert len(names) > 2
    assert _names(client.post("/zoeken", data=ALONE).text) == names


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Typ een vraag, of kies een thema of een groep."),
        ({"q": "hulp", "plek": "Nergenslaan 12"}, "Deze plek kennen wij niet."),
        ({"q": "hulp", "leeftijd": "oud"}, "Leeftijd: kies 0 tot en met 120."),
        ({"q": "hulp", "leeftijd": "130"}, "Leeftijd: kies 0 tot en met 120."),
        ({"q": "x" * 2001}, "Uw vraag: gebruik hoogstens 2000 tekens."),
        ({"q": "hulp", "themas": "bestaat_niet"}, "Een van uw keuzes kennen wij niet."),
        ({"q": "hulp", "straal": "-3"}, "Hoe ver: kies 50 tot en met 50000 meter."),
        (
            {"q": "hulp", "plek": "hier", "puntnaam": "hier", "lon": "x", "lat": "y"},
            "Vul een postcode, buurt of adres in",
        ),
    ],
)
def test_a_fault_is_said_and_the_rest_stays(
    client: FlaskClient, sent: dict[str, str], said: str
) -> None:
    answer = client.post("/zoeken", data={**sent, "gratis": "ja"})
    assert answer.status_code == 422
    assert said in answer.text
    assert sent.get("plek", "") in answer.text
    assert 'name="gratis" value="ja" checked' in answer.text
    assert "/api/" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_address_service_is_asked_only_after_the_button(
    monkeypatch: pytest.MonkeyPatch, client: FlaskClient
) -> None:
    asked: list[str] = []
    settings = client.application.extensions["socialmap"].settings
    changed = replace(settings, geocoder="https://adres.example")
    services = replace(client.application.extensions["socialmap"], settings=changed)
    monkeypatch.setitem(client.application.extensions, "socialmap", services)
    monkeypatch.setattr("socialmap.finding.place.find_address", lambda _, text: asked.append(text))
    sent = {"q": "hulp", "plek": "Nergenslaan 12"}
    assert "Zoek dit adres op" in client.post("/zoeken", data=sent).text
    assert asked == []
    answer = client.post("/zoeken", data={**sent, "opzoeken": "ja"})
    assert asked == ["Nergenslaan 12"]
    assert "Dit adres bestaat niet" in answer.text


def test_danger_stands_above_everything(client: FlaskClient) -> None:
    text = client.post("/zoeken", data={"q": "mijn man slaat mij"}).text
    block = text.index('class="gevaar"')
    assert block < text.index("Steun zoeken</h1>")
    for line in ("112", "0800-2000", "0800-0113", "huisartsenpost"):
        assert line in text[block : text.index("</section>", block)]
    assert 'class="gevaar"' not in client.post("/zoeken", data=ALONE).text


def test_nothing_found_is_said_with_who_could_know(client: FlaskClient) -> None:
    asked = {"q": "paard stallen", "plek": "Molenwijk"}
    text = client.post("/zoeken", data=asked).text
    assert "Wij hebben niets dat past" in text
    assert _names(text) == []
    assert '<a class="nl-link" href="/actor/A006">Wijkteam Schalkwijk West</a>' in text
    without = client.post("/zoeken", data={"q": "paard stallen"}).text
    assert "Vul hierboven een plek in" in without


def test_little_certainty_is_said(client: FlaskClient) -> None:
    assert "Wij zijn hier niet zeker van." in client.post("/zoeken", data=ALONE).text
    sure = client.post("/zoeken", data={"q": "schulden"}).text
    assert "niet zeker" not in sure


def test_a_question_of_several_needs_says_so(client: FlaskClient) -> None:
    text = client.post("/zoeken", data={"q": "ik heb schulden en ik ben eenzaam"}).text
    assert "Wij horen meer dan één vraag" in text
    assert "schulden" in text.split("zoek-gehoord")[-1][:400]


def test_what_was_asked_is_only_in_the_page(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sent = {"q": "zeldzaamwoordx koffie", "plek": "2034"}
    for data in (sent, {**sent, "plek": "Plantstraat 9"}):
        answer = client.post("/zoeken", data=data)
        head = str(answer.headers)
        assert "zeldzaamwoordx" not in head
        assert "Plantstraat" not in head
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
        assert "zeldzaamwoordx" in answer.text
    assert "zeldzaamwoordx" not in caplog.text
    assert "Plantstraat" not in caplog.text
    folder = Path(client.application.extensions["socialmap"].settings.database[10:]).parent
    for file in folder.glob("voorbeeld.db*"):
        assert b"zeldzaamwoordx" not in file.read_bytes()


def test_a_question_in_the_address_is_not_read(client: FlaskClient) -> None:
    answer = client.get("/zoeken?q=zeldzaamwoordx&plek=2034")
    assert "zeldzaamwoordx" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("site", "status"), [("cross-site", 403), ("same-origin", 200)])
def test_another_site_cannot_ask(client: FlaskClient, site: str, status: int) -> None:
    answer = client.post("/zoeken", data=ALONE, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == status
    assert ("Huiskamer van de flat" in answer.text) == (status == 200)


def test_no_private_person_is_found(client: FlaskClient) -> None:
    for row in example_rows("actoren"):
        if row["soort"] == "sleutelfiguur":
            for words in (row["naam"], row["omschrijving"]):
                answer = client.post("/zoeken", data={"q": words, "van": "A006"})
                page = answer.text.replace("</textarea>", "<textarea").split("<textarea")
                assert [n for n in person_names() if n in page[0] + page[2]] == []


def test_only_a_team_can_be_asked_for(client: FlaskClient) -> None:
    shown = client.post("/zoeken", data={**ALONE, "van": "A006"}).text
    assert "Introductie:" in shown
    assert ">via<" in shown
    nobody = client.post("/zoeken", data={**ALONE, "van": "A108"})
    assert nobody.status_code == 200
    assert ">via<" not in nobody.text


@pytest.mark.usefixtures("as_team")
def test_looking_along_shows_no_introduction(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kaart.db'}"
    make_map(url, DAY, Filling.EXAMPLE)
    client = create_app(Settings(database=url, clock=DAY, secret="x" * 32)).test_client()
    persons = [r["naam"] for r in example_rows("actoren") if r["soort"] == "sleutelfiguur"]
    asked = {**ALONE, "van": "A006"}
    alone = client.post("/zoeken", data=asked).text
    assert [name for name in persons if name in alone]
    along = client.post("/zoeken", data={**asked, "meekijken": "ja"}).text
    assert [name for name in persons if name in along] == []
    assert "Introductie:" not in along
    assert "zoekpagina--mee" in along
    assert _names(along)


@pytest.mark.parametrize("along", [True, False])
def test_looking_along_leaves_private_persons_out(along: bool) -> None:
    person = Actor(id="P", naam="Iemand", soort=Soort.SLEUTELFIGUUR)
    group = Actor(id="G", naam="Groep", soort=Soort.BEWONERSINITIATIEF)
    offers = {key: Aanbod(id=f"O{key}", actor_id=key, naam=f"Van {key}") for key in ("P", "G")}
    found = Antwoord(
        gevaar=(),
        zekerheid=Zekerheid.HOOG,
        treffers=tuple(_treffer(offers[key]) for key in ("P", "G")),
        uitgesloten=(
            Uitgesloten(
                aanbod_id="OP", actor_id="P", naam="Van P", soort=Uitsluiting.LIJN, reden="Nee."
            ),
        ),
        behoeften=("contact",),
        betekenis=False,
    )
    records = Records(
        {offer.id: offer for offer in offers.values()}, {"P": person, "G": group}, DAY.today()
    )
    said = present_answer(found, records, None, None, [], along=along)
    assert [one.naam for one in said.treffers] == (["Van G"] if along else ["Van P", "Van G"])
    assert [one.nummer for one in said.treffers] == list(range(1, len(said.treffers) + 1))
    assert [naam for naam, _, _ in said.bijna] == ([] if along else ["Van P"])


def _treffer(offer: Aanbod) -> Treffer:
    return Treffer(
        aanbod_id=offer.id,
        actor_id=offer.actor_id,
        naam=offer.naam,
        lijn=None,
        score=1.0,
        afstand_m=None,
        gecontroleerd_op=None,
        waarom=(),
    )


def test_text_of_users_stays_text(nasty_client: FlaskClient) -> None:
    answer = nasty_client.post("/zoeken", data={"q": f"taal {NASTY}", "plek": NASTY[:20]})
    again = nasty_client.post("/zoeken", data={"q": f"taal {NASTY}"})
    for page in (answer, again):
        assert "<img" not in page.text
        assert "49" not in page.text.split("<main")[1].split("zoek-formulier")[0]
    assert _names(again.text)[0] == NASTY


def test_the_explanation_comes_from_the_weights(visit: Visit) -> None:
    weights = [0.0] * len(Kenmerk)
    weights[Kenmerk.GROEP], weights[Kenmerk.OUD] = 2.0, -0.1
    said = say_order(weights)
    assert [(one.voor, one.hoeveel) for one in said] == [
        (True, "heel veel"),
        (False, "bij gelijke stand"),
    ]
    page = visit("/uitleg/zoeken")
    rows = list(page.tree.iter("tr"))
    assert len(rows) > 12
    for words in ("112", "0800-2000", "Wij bewaren niets", "bij gelijke stand"):
        assert words in page.text


def test_every_choice_narrows_or_keeps(client: FlaskClient) -> None:
    everything = client.post("/zoeken", data={"q": "eenzaam"}).text
    check: dict[str, Callable[[str], bool]] = {
        "lijn_max=0": lambda text: 'data-deel="2"' not in text and 'data-deel="1"' not in text,
        "gratis=ja": lambda text: "€ " not in "".join(text.split("praktisch")[1:]),
        "vandaag_open=ja": lambda text: "Vandaag dicht" not in text,
    }
    assert 'data-deel="1"' in everything
    for choice, holds in check.items():
        name, value = choice.split("=")
        text = client.post("/zoeken", data={"q": "eenzaam", name: value}).text
        assert _names(text), choice
        assert holds(text), choice
