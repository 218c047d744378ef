"""Own areas made by hand: out of buurten and wijken, with what they change, and stopped."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from socialmap.domain.roles import Rol
from socialmap.store.areas import area_names, get_area
from socialmap.store.engine import Store
from socialmap.store.history import read_history
from tests.integration.accounts.test_changes import NEW, Api, api  # noqa: F401 -- a fixture

ASKED = {"naam": "Oostkant", "niveau": "eigen", "leden": ["WK039218"]}
CODE = "EG-OOSTKANT"


def make(client: FlaskClient, **other: object) -> tuple[int, str]:
    answer = client.post("/beheer/gebieden/nieuw", data=ASKED | other)
    return answer.status_code, answer.text


def test_an_area_is_made_changed_and_stopped(admin: FlaskClient, store: Store) -> None:
    assert make(admin)[0] == 303
    with store.reading() as conn:
        made = get_area(conn, CODE)
        wijk = get_area(conn, "WK039218")
    assert made.buurten == wijk.buurten
    assert made.oppervlakte_m2 == pytest.approx(wijk.oppervlakte_m2)
    assert "Oostkant is bewaard" in admin.get(f"/beheer/gebieden?bewaard={CODE}").text
    assert admin.get(f"/dekking/{CODE}").status_code == 200
    first = made.buurten[0]
    changed = admin.post(
        f"/beheer/gebieden/{CODE}", data=ASKED | {"naam": "Oostpunt", "leden": [first]}
    )
    assert changed.status_code == 303
    with store.reading() as conn:
        assert get_area(conn, CODE).buurten == (first,)
    assert admin.post(f"/beheer/gebieden/{CODE}/stop").status_code == 303
    with store.reading() as conn:
        assert CODE not in area_names(conn)
        past = read_history(conn, "gebied", CODE)
    assert [(one.versie, one.na.get("leden", "")) for one in past] == [
        (3, ""),
        (2, first),
        (1, "WK039218"),
    ]
    assert past[0].voor["leden"] == first
    page = admin.get("/beheer/logboek?record=gebied").text
    assert page.count(CODE) >= 3
    assert "Geen regels" not in page


def test_what_lies_in_a_new_area_is_found_there(
    admin: FlaskClient,
    api: Callable[..., Api],  # noqa: F811
) -> None:
    editor = api(Rol.OPBOUWWERKER)
    key = editor.make(NEW | {"werkgebied": [], "lon": 4.64351, "lat": 52.36087}).json["id"]
    assert make(admin)[0] == 303
    found = admin.get(f"/api/v1/actoren?gebied={CODE}").json["resultaten"]
    assert [one["id"] for one in found] == [key]
    assert admin.post(f"/beheer/gebieden/{CODE}/stop").status_code == 303


def test_an_area_that_is_used_is_not_stopped(
    admin: FlaskClient,
    api: Callable[..., Api],  # noqa: F811
    store: Store,
) -> None:
    assert make(admin)[0] == 303
    editor = api(Rol.OPBOUWWERKER)
    made = editor.make(NEW | {"werkgebied": [CODE], "lon": None, "lat": None})
    assert made.status_code == 201, made.text
    answer = admin.post(f"/beheer/gebieden/{CODE}/stop")
    assert answer.status_code == 409
    assert "1 records met dit werkgebied" in answer.text
    with store.reading() as conn:
        assert CODE in area_names(conn)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"leden": []}, "Er zijn geen leden"),
        ({"leden": ["WK999999"]}, "is niet bekend"),
        ({"naam": " "}, "De naam ontbreekt"),
        ({"niveau": "buurt"}, "Kies teamgebied of eigen"),
        ({"leden": ["swt-schalkwijk-1"]}, "is zelf een eigen indeling"),
    ],
)
def test_what_cannot_be_an_area_says_why(
    admin: FlaskClient, store: Store, other: dict[str, object], told: str
) -> None:
    with store.reading() as conn:
        before = area_names(conn)
    status, text = make(admin, **other)
    assert status == 422
    assert told in text
    with store.reading() as conn:
        assert area_names(conn) == before


def test_two_areas_have_two_names(admin: FlaskClient) -> None:
    assert make(admin)[0] == 303
    status, text = make(admin, naam="oostkant")
    assert status == 422
    assert "al een gebied met deze naam" in text


def test_borders_that_came_with_the_map_stay(admin: FlaskClient) -> None:
    assert admin.get("/beheer/gebieden/WK039218").status_code == 404
    assert admin.post("/beheer/gebieden/WK039218", data=ASKED).status_code == 404
    assert admin.post("/beheer/gebieden/WK039218/stop").status_code == 404


def test_year_and_source_of_borders_and_figures_are_said(admin: FlaskClient) -> None:
    page = admin.get("/beheer/gebieden").text
    assert "CBS" in page
    assert "2024" in page
    assert "cijfers van" in page
