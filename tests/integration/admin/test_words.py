"""Words of a municipality: found at once, checked, stopped, and in the history; never redefined."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from socialmap.domain.roles import Rol
from socialmap.store.admin_words import read_words
from socialmap.store.engine import Store
from socialmap.store.history import read_history
from socialmap.store.vocabulary import read_vocabulary
from tests.integration.accounts.test_changes import NEW, Api, api  # noqa: F401 -- a fixture
from tests.integration.admin.conftest import Signer

QUESTION = {"q": "mijn buurman heeft knaakjesnood"}


def ask(client: FlaskClient, q: str) -> list[str]:
    answer = client.post("/api/v1/zoekvragen", json={"q": q})
    assert answer.status_code == 200
    return [one["aanbod_id"] for one in answer.json["treffers"]]


@pytest.fixture
def offer(api: Callable[..., Api]) -> str:  # noqa: F811
    editor = api(Rol.OPBOUWWERKER)
    actor = editor.make(NEW).json["id"]
    made = editor.make(
        {
            "actor_id": actor,
            "naam": "Spreekuur geld",
            "omschrijving": "Hulp bij rekeningen en schulden.",
            "gecontroleerd_op": "2026-11-01",
            "vorm": "collectief",
            "lijn": 0,
            "status": "actief",
            "themas": ["financien"],
            "lon": 4.64351,
            "lat": 52.36087,
        },
        "aanbod",
    )
    assert made.status_code == 201, made.text
    return str(made.json["id"])


def add(client: FlaskClient, **form: str) -> tuple[int, str]:
    answer = client.post("/beheer/woorden", data={"soort": "thema", **form})
    return answer.status_code, answer.text


def test_a_word_for_a_theme_finds_at_once_and_stops_at_once(
    admin: FlaskClient, offer: str, store: Store
) -> None:
    assert offer not in ask(admin, QUESTION["q"])
    assert add(admin, woord="knaakjesnood", thema="financien")[0] == 303
    assert offer in ask(admin, QUESTION["q"])
    with store.reading() as conn:
        (word,) = read_words(conn)
    assert admin.post(f"/beheer/woorden/{word.id}", data={"actief": "nee"}).status_code == 303
    assert offer not in ask(admin, QUESTION["q"])
    assert "gestopt" in admin.get("/beheer/woorden").text
    admin.post(f"/beheer/woorden/{word.id}", data={"actief": "ja"})
    assert offer in ask(admin, QUESTION["q"])
    with store.reading() as conn:
        past = read_history(conn, "woord", word.id)
    assert [one.versie for one in past] == [3, 2, 1]
    assert [one.na["status"] for one in past] == ["actief", "gestopt", "actief"]


def test_a_phrase_and_another_word_for_the_same_find_too(admin: FlaskClient, offer: str) -> None:
    assert add(admin, woord="geen rooie rotcent over", thema="financien")[0] == 303
    assert offer in ask(admin, "er is hier geen rooie rotcent over")
    assert offer not in ask(admin, "ze zitten in de poenpijn")
    assert add(admin, soort="synoniem", woord="poenpijn", ander="schulden")[0] == 303
    assert offer in ask(admin, "ze zitten in de poenpijn")


def test_an_own_group_can_be_chosen_and_stays_where_it_is_used(
    admin: FlaskClient,
    sign: Signer,
    api: Callable[..., Api],  # noqa: F811
    store: Store,
) -> None:
    assert add(admin, soort="doelgroep", woord="mensen op het woonwagenpark")[0] == 303
    code = "mensen_op_het_woonwagenpark"
    with store.reading() as conn:
        assert read_vocabulary(conn).label(code) == "mensen op het woonwagenpark"
        (word,) = read_words(conn)
    editor = api(Rol.OPBOUWWERKER)
    made = editor.make(NEW | {"doelgroepen": [code]})
    assert made.status_code == 201, made.text
    assert "mensen op het woonwagenpark" in admin.get(f"/actor/{made.json['id']}").text
    assert admin.get(f"/dekking?thema=financien&doelgroep={code}").status_code == 200
    admin.post(f"/beheer/woorden/{word.id}", data={"actief": "nee"})
    with store.reading() as conn:
        assert code in read_vocabulary(conn).doelgroepen
    read = editor.get(f"/actoren/{made.json['id']}")
    done = editor.send(
        "PUT", f"/actoren/{made.json['id']}", read.json | {"doelgroepen": []}, read.headers["ETag"]
    )
    assert done.status_code == 200, done.text
    with store.reading() as conn:
        assert code not in read_vocabulary(conn).doelgroepen


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"woord": "schulden", "thema": "vervoer"}, "kent het zoeken al"),
        ({"woord": "de het een", "thema": "vervoer"}, "kent het zoeken al (gewoon)"),
        ({"woord": "x" * 61, "thema": "vervoer"}, "van 2 tot 60 letters"),
        ({"woord": "<script>", "thema": "vervoer"}, "zonder tekens"),
        ({"woord": "knaakjesnood", "thema": "bestaat_niet"}, "Kies een thema"),
        ({"woord": "knaakjesnood", "soort": "groep", "groep": "vervoer"}, "Kies een groep"),
        ({"woord": "Ouderen", "soort": "doelgroep"}, "staat al in de lijst"),
        ({"woord": "sociaal netwerk", "soort": "doelgroep"}, "is al van een ander woord"),
        ({"woord": "poenpijn", "soort": "synoniem", "ander": "knaakjes"}, "kent het zoeken niet"),
        ({"woord": "twee woorden", "soort": "synoniem", "ander": "schulden"}, "alleen één woord"),
        ({"woord": "knaakjesnood", "soort": "verzonnen"}, "Kies wat voor woord"),
    ],
)
def test_what_is_there_is_not_redefined(
    admin: FlaskClient, store: Store, form: dict[str, str], told: str
) -> None:
    status, text = add(admin, **form)
    assert status == 422
    assert told in text
    with store.reading() as conn:
        assert read_words(conn) == []


def test_a_word_is_added_once(admin: FlaskClient) -> None:
    assert add(admin, woord="knaakjesnood", thema="financien")[0] == 303
    status, text = add(admin, woord="Knaakjesnood", thema="vervoer")
    assert status == 422
    assert "hebt u al" in text
