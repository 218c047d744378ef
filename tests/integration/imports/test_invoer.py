"""From a file to the map and back: what is seen first, what is left alone, what undoing does."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from socialmap.domain.roles import Rol
from socialmap.editing.erase import erase
from socialmap.store import imports
from socialmap.store.engine import Store
from socialmap.store.history import read_history
from socialmap.store.schema_imports import invoer_bestand, invoer_record, invoer_wacht
from socialmap.store.stored import read_stored_by_id
from tests.integration.accounts.conftest import SECRET
from tests.integration.admin.conftest import Signer
from tests.integration.imports.conftest import actors, form, table

TWO = ({"id": "A1", "naam": "Buurthuis"}, {"id": "A2", "naam": "Taalhuis", "telefoon": "1"})


def _upload(admin: FlaskClient, *files: tuple[str, bytes], bron: str = "Welzijn Noord") -> str:
    answer = admin.post("/beheer/invoer", data=form(*files, bron=bron))
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def _place(admin: FlaskClient, page: str, *take: str) -> TestResponse:
    answer = admin.post(f"{page}/plaats", data={"keus": "plaats", "neem": list(take)})
    assert answer.status_code == 303
    return admin.get(page)


def _stored(store: Store, tabel: str, key: str) -> object:
    with store.reading() as conn:
        return read_stored_by_id(conn, tabel, [key]).get(key)  # type: ignore[arg-type]


def _edit(admin: FlaskClient, key: str, **cells: str) -> None:
    seen = admin.get(f"/api/v1/actoren/{key}")
    body = {name: cell for name, cell in (seen.json or {}).items() if name != "versie"} | cells
    match = {"If-Match": seen.headers["ETag"]}
    done = admin.put(f"/api/v1/actoren/{key}", json=body, headers=match)
    assert done.status_code == 200, done.text


def test_a_file_is_seen_before_it_is_placed(admin: FlaskClient, store: Store) -> None:
    page = _upload(admin, actors(*TWO))
    shown = admin.get(page).text
    assert "Komt erbij: 2" in shown
    assert "actoren.csv, rij 2" in shown
    assert _stored(store, "actoren", "A1") is None
    assert "Op de kaart gezet" in _place(admin, page).text
    assert _stored(store, "actoren", "A1") is not None
    with store.reading() as conn:
        (placed,) = imports.list_imports(conn)
        assert conn.scalar(sa.select(sa.func.count()).select_from(invoer_bestand)) == 0
    assert placed.geteld["actoren"] == {"nieuw": 2, "gewijzigd": 0, "gelijk": 0, "gelaten": 0}


def test_not_placing_leaves_nothing(admin: FlaskClient, store: Store) -> None:
    page = _upload(admin, actors(*TWO))
    answer = admin.post(f"{page}/plaats", data={"keus": "niet"}, follow_redirects=True)
    assert "Er is niets veranderd" in answer.text
    assert admin.get(page).status_code == 404
    with store.reading() as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(invoer_wacht)) == 0
        assert imports.list_imports(conn) == []


def test_a_wrong_cell_is_named_by_file_row_and_column(admin: FlaskClient, store: Store) -> None:
    page = _upload(admin, actors(TWO[0], {"id": "A2", "naam": "Taalhuis", "status": "misschien"}))
    shown = admin.get(page).text
    assert "actoren.csv, rij 3, kolom status" in shown
    assert 'value="plaats"' not in shown
    admin.post(f"{page}/plaats", data={"keus": "plaats"})
    assert _stored(store, "actoren", "A1") is None


def test_an_unknown_column_is_chosen_with_the_best_guess_first(
    admin: FlaskClient, store: Store
) -> None:
    row = {"id": "A1", "naam": "Buurthuis", "lievelingskleur": "rood"}
    file = actors(row, names={"naam": "naamm"})
    page = _upload(admin, file)
    shown = admin.get(page).text
    assert '<option value="naam" selected>' in shown
    assert "lievelingskleur" in shown
    answer = admin.post(f"{page}/kolommen", data={"kolom-0": "naam", "kolom-1": ""})
    assert answer.status_code == 303
    assert "Komt erbij: 1" in admin.get(page).text
    _place(admin, page)
    assert _stored(store, "actoren", "A1").naam == "Buurthuis"  # type: ignore[attr-defined]


def test_a_second_import_changes_what_its_owner_changed_and_nothing_newer(
    admin: FlaskClient, store: Store
) -> None:
    _place(admin, _upload(admin, actors(*TWO)))
    _edit(admin, "A2", telefoon="2")
    changed = ({"id": "A1", "naam": "Buurthuis Noord"}, {**TWO[1], "telefoon": "3"})
    page = _upload(admin, actors(*changed), bron="welzijn  noord")
    shown = admin.get(page).text
    assert "Wordt anders: 1" in shown
    assert "Nieuwer op de kaart: 1" in shown
    assert re.search(r"<del>.*2</del>.*<ins>.*3</ins>", shown)
    assert "Op de kaart gezet" in _place(admin, page).text
    assert _stored(store, "actoren", "A1").naam == "Buurthuis Noord"  # type: ignore[attr-defined]
    assert _stored(store, "actoren", "A2").telefoon == "2"  # type: ignore[attr-defined]
    again = _upload(admin, actors(*changed))
    assert "Nieuwer op de kaart: 1" in admin.get(again).text
    _place(admin, again, "actoren:A2")
    assert _stored(store, "actoren", "A2").telefoon == "3"  # type: ignore[attr-defined]


def test_what_somebody_changed_while_the_page_was_open_is_left_alone(
    admin: FlaskClient, store: Store
) -> None:
    _place(admin, _upload(admin, actors(*TWO), bron="Een"))
    page = _upload(admin, actors({**TWO[1], "telefoon": "3"}), bron="Ander")
    assert "Wordt anders: 1" in admin.get(page).text
    _edit(admin, "A2", telefoon="2")
    _place(admin, page, "actoren:A2")
    assert _stored(store, "actoren", "A2").telefoon == "2"  # type: ignore[attr-defined]


def test_an_import_is_undone_and_leaves_what_others_changed_since(
    admin: FlaskClient, store: Store
) -> None:
    offers = table("aanbod", [{"id": "O1", "actor_id": "A1", "naam": "Koffie", "status": "actief"}])
    _place(admin, _upload(admin, actors(*TWO), offers))
    page = _upload(
        admin,
        actors(
            {**TWO[0], "naam": "Anders"}, {**TWO[1], "telefoon": "9"}, {"id": "A3", "naam": "C"}
        ),
    )
    _place(admin, page)
    _edit(admin, "A2", telefoon="2")
    shown = admin.post(f"{page}/terug").text
    assert "1 hersteld en 1 gestopt" in shown
    assert "Taalhuis" in shown
    assert _stored(store, "actoren", "A1").naam == "Buurthuis"  # type: ignore[attr-defined]
    assert _stored(store, "actoren", "A2").telefoon == "2"  # type: ignore[attr-defined]
    assert _stored(store, "actoren", "A3").status == "gestopt"  # type: ignore[attr-defined]
    with store.reading() as conn:
        assert [one.versie for one in read_history(conn, "actor", "A1")] == [3, 2, 1]
    assert "hersteld en" not in admin.post(f"{page}/terug", follow_redirects=True).text
    # What was undone no longer counts: the same file again is a change, not something newer.
    again = admin.get(_upload(admin, actors({**TWO[0], "naam": "Anders"}))).text
    assert "Wordt anders: 1" in again


PERSON = {"id": "S1", "naam": "Bakker", "soort": "sleutelfiguur", "zichtbaarheid": "professional"}
YES = {"toestemming_op": "2026-11-01", "toestemming_doel": "bellen"}


def test_undoing_never_brings_consent_back(admin: FlaskClient, store: Store) -> None:
    _place(admin, _upload(admin, actors({**PERSON, **YES})))
    page = _upload(admin, actors({**PERSON, "naam": "Slager"}))
    shown = admin.get(page).text
    assert "toestemming_op" in shown
    assert "van een persoon, wij tonen het niet" in shown
    _place(admin, page)
    assert _stored(store, "actoren", "S1").toestemming is None  # type: ignore[attr-defined]
    assert "1 hersteld" in admin.post(f"{page}/terug").text
    back = _stored(store, "actoren", "S1")
    assert (back.naam, back.toestemming) == ("Bakker", None)  # type: ignore[union-attr]


def test_a_person_without_consent_is_shown_to_nobody(
    admin: FlaskClient, sign: Signer, store: Store
) -> None:
    _place(admin, _upload(admin, actors(PERSON)))
    assert _stored(store, "actoren", "S1") is not None
    assert sign(Rol.OPBOUWWERKER).get("/actor/S1").status_code == 404


def test_erasing_leaves_no_waiting_file_and_no_trace_of_an_import(
    admin: FlaskClient, store: Store
) -> None:
    _place(admin, _upload(admin, actors(PERSON, TWO[0])))
    page = _upload(admin, actors({**PERSON, "naam": "Slager"}))
    erase(store, SECRET, "S1", wie="proef", now=datetime.now(UTC))
    assert admin.get(page).status_code == 404
    with store.reading() as conn:
        left = list(conn.scalars(sa.select(invoer_record.c.record_id)))
        assert conn.scalar(sa.select(sa.func.count()).select_from(invoer_bestand)) == 0
    assert left == ["A1"]


def test_an_upload_is_of_one_account_and_of_one_day(sign: Signer, store: Store) -> None:
    admin, other = sign(Rol.BEHEERDER), sign(Rol.BEHEERDER)
    page = _upload(admin, actors(*TWO))
    assert other.get(page).status_code == 404
    assert other.post(f"{page}/plaats", data={"keus": "plaats"}).status_code == 404
    with store.writing() as conn:
        assert imports.delete_ended(conn, datetime.now(UTC) + timedelta(hours=23)) == 0
        assert imports.delete_ended(conn, datetime.now(UTC) + timedelta(hours=25)) == 1
    assert admin.get(page).status_code == 404


@pytest.mark.parametrize("stand", [imports.Stand.KIJKEN, imports.Stand.PLAATSEN])
def test_a_server_that_ended_halfway_says_so_and_left_nothing(
    admin: FlaskClient, store: Store, stand: imports.Stand
) -> None:
    page = _upload(admin, actors(*TWO))
    with store.writing() as conn:
        imports.set_upload(conn, page.rpartition("/")[2], stand)
    assert admin.get(f"{page}/stand").json == {"bezig": True}
    assert "Kijk hoe ver het is" in admin.get(page).text
    with store.writing() as conn:
        assert imports.stop_uploads(conn) == 1
    assert "Er is niets op de kaart veranderd" in admin.get(page).text
    assert _stored(store, "actoren", "A1") is None
    admin.post(f"{page}/opnieuw")
    assert "Komt erbij: 2" in admin.get(page).text


def test_an_administrator_of_some_areas_imports_only_there(sign: Signer, store: Store) -> None:
    own = sign(Rol.BEHEERDER, gebieden=("GM0392",))
    here, there = {**TWO[0], "werkgebied": "GM0392"}, {**TWO[1], "werkgebied": "GM0473"}
    shown = own.get(_upload(own, actors(here, there))).text
    assert "actoren.csv, rij 3" in shown
    assert "Dit ligt niet in uw gebied" in shown
    assert "actoren.csv, rij 2" not in shown


def test_the_call_answers_as_agreed(admin: FlaskClient, store: Store) -> None:
    trial = admin.post("/api/v1/import?proef=true", data=form(actors(*TWO)))
    assert trial.status_code == 200
    assert (trial.json or {})["geplaatst"] is False
    assert _stored(store, "actoren", "A1") is None
    placed = admin.post("/api/v1/import", data=form(actors(*TWO)))
    assert (placed.json or {})["geplaatst"] is True
    assert (placed.json or {})["geteld"]["actoren"]["nieuw"] == 2
    wrong = admin.post("/api/v1/import", data=form(actors({**TWO[0], "status": "?"})))
    assert wrong.status_code == 422
    (fault,) = (wrong.json or {})["fouten"]
    assert (fault["bestand"], fault["rij"], fault["kolom"]) == ("actoren.csv", 2, "status")
    assert admin.post("/api/v1/import?proef=ja", data=form(actors(*TWO))).status_code == 400


def test_a_place_outside_the_country_is_named_by_its_row(admin: FlaskClient) -> None:
    far = {"id": "A1", "naam": "Ver weg", "lon": "120.5", "lat": "10.1"}
    answer = admin.post("/api/v1/import", data=form(actors(TWO[1], far)))
    assert answer.status_code == 422
    assert [one["rij"] for one in (answer.json or {})["fouten"]] == [3]


def test_no_reader_below_team_gains_a_sight_of_uploads(sign: Signer) -> None:
    admin = sign(Rol.BEHEERDER)
    page = _upload(admin, actors(*TWO))
    for rol in (Rol.OPBOUWWERKER, Rol.PROFESSIONAL, Rol.TOEZICHT):
        assert sign(rol).get(page).status_code == 403
