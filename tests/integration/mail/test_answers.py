"""The page behind the link: looking writes nothing, and an answer counts once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Status
from socialmap.domain.mail import Mail, mail_link
from socialmap.domain.roles import Rol
from socialmap.editing.consent import find_person
from socialmap.editing.erase import erase
from socialmap.editing.held import held_json, held_of
from socialmap.settings import Settings
from socialmap.store.engine import Store
from socialmap.store.history import read_history
from socialmap.store.mails import get_mail, list_answers
from socialmap.store.stored import read_stored_by_id
from tests.integration.accounts.conftest import SECRET, Maker
from tests.integration.accounts.test_sign_in import sign_in
from tests.integration.mail.conftest import DAY, NOW, friend, group, make, offer
from web.app import create_app
from web.present_own_data import present_held

Keep = Callable[..., None]


@pytest.fixture
def two(keep: Keep) -> None:
    """A group with an offer."""
    keep(group("A1", telefoon="023-1234567"), offer("O1", "A1", wanneer="Tu 10:00-12:00"))


def path_of(mail: Mail) -> str:
    return mail_link(mail, SECRET, "")


def link(store: Store) -> str:
    return path_of(make(store)[-1])


def form_of(page: str, **answers: str) -> dict[str, str]:
    """Fill in the form: an answer by id of a record."""
    filled = dict(re.findall(r'name="(r\d+)" value="([^"]+)"', page))
    for name, key in list(filled.items()):
        said = answers.get(key.split(":")[1])
        if said:
            filled[f"a{name[1:]}"] = said
    return filled


def record(store: Store, table: Any, key: str) -> Any:
    with store.reading() as conn:
        return read_stored_by_id(conn, table, [key])[key]


def dump(address: str, store: Store) -> bytes:
    """Give every byte of the map."""
    store.close()
    file = Path(address.removeprefix("sqlite:///"))
    wal = file.with_name(f"{file.name}-wal")
    return file.read_bytes() + (wal.read_bytes() if wal.exists() else b"")


def test_looking_writes_nothing(client: Any, store: Store, two: None, address: str) -> None:
    where = link(store)
    before = dump(address, store)
    for _ in range(8):
        page = client.get(where)
        assert page.status_code == 200
        assert client.head(where).status_code == 200
    assert dump(address, store) == before
    assert page.headers["Cache-Control"] == "no-store"
    for word in ("Groep A1", "Aanbod O1", "023-1234567", "dinsdag", "Ja, alles klopt"):
        assert word in page.text


def test_one_press_says_that_all_is_right(client: Any, store: Store, two: None) -> None:
    where = link(store)
    done = client.post(where, data=form_of(client.get(where).text) | {"alles": "ja"})
    assert (done.status_code, "Dank u wel" in done.text) == (200, True)
    for table, key, name in (("actoren", "A1", "actor"), ("aanbod", "O1", "aanbod")):
        assert record(store, table, key).gecontroleerd_op == DAY
        with store.reading() as conn:
            assert read_history(conn, name, key)[0].wie == "contact van Groep A1"
    assert make(store, NOW + timedelta(days=40))[-1].gebruikt_op is not None


def test_each_record_has_its_own_answer(client: Any, store: Store, keep: Keep) -> None:
    keep(group("A1"), *(offer(f"O{number}", "A1") for number in range(1, 4)))
    where = link(store)
    said = {"O1": "klopt", "O2": "klopt niet", "O3": "gestopt"}
    page = client.get(where).text
    form = form_of(page, **said)
    number = next(name[1:] for name, key in form.items() if key.startswith("aanbod:O2"))
    client.post(where, data=form | {f"w{number}": "tijden", f"t{number}": "  Nu op\nvrijdag "})
    assert record(store, "aanbod", "O1").gecontroleerd_op == DAY
    assert record(store, "aanbod", "O2").versie == 1
    assert record(store, "aanbod", "O3").status is Status.GESTOPT
    assert record(store, "actoren", "A1").versie == 1
    with store.reading() as conn:
        told = {one.sleutel: one for one in list_answers(conn)}
    assert set(told) == {"O2", "O3"}
    assert (told["O2"].wat, told["O2"].tekst) == (("tijden",), "Nu op vrijdag")
    assert told["O3"].soort == "gestopt"


def test_a_link_works_once_and_what_it_said_is_gone(
    client: Any, store: Store, two: None, address: str
) -> None:
    mail = make(store)[0]
    where = path_of(mail)
    form = form_of(client.get(where).text) | {"alles": "ja"}
    client.post(where, data=form)
    again = client.post(where, data=form)
    assert again.status_code == client.get(where).status_code == 410
    assert record(store, "actoren", "A1").versie == 2
    with store.reading() as conn:
        kept = get_mail(conn, mail.id)
    assert kept is not None
    assert (kept.aan, kept.tekst) == ("", "")


def test_used_ended_and_unknown_links_answer_alike(
    client: Any, store: Store, keep: Keep, address: str
) -> None:
    keep(group("A1"), group("A2"))
    first, second = (path_of(mail) for mail in make(store))
    client.post(first, data=form_of(client.get(first).text) | {"alles": "ja"})
    used, unknown = client.get(first), client.get(f"/klopt/{'0' * 64}")
    later = Clock(DAY + timedelta(days=61))
    late = create_app(Settings(database=address, secret=SECRET, clock=later)).test_client()
    ended = late.get(second)
    assert len({(one.status_code, one.text) for one in (used, unknown, ended)}) == 1
    assert used.status_code == 410


def test_sixty_days_and_no_longer(store: Store, two: None, address: str) -> None:
    where = link(store)
    for days, status in ((59, 200), (60, 410)):
        clock = Clock(DAY + timedelta(days=days))
        late = create_app(Settings(database=address, secret=SECRET, clock=clock)).test_client()
        assert late.get(where).status_code == status


def test_guessing_is_slowed_for_right_links_too(client: Any, store: Store, two: None) -> None:
    where = link(store)
    statuses = [client.get(f"/klopt/{number:064x}").status_code for number in range(10)]
    assert statuses[0] == 410
    assert statuses[-1] == 429
    assert client.get(where).status_code == 429
    other = client.get(where, environ_base={"REMOTE_ADDR": "10.0.0.9"})
    assert other.status_code == 200


def test_nothing_chosen_uses_nothing_up(client: Any, store: Store, two: None) -> None:
    where = link(store)
    answer = client.post(where, data=form_of(client.get(where).text))
    assert answer.status_code == 422
    assert "nog niets gekozen" in answer.text
    assert client.get(where).status_code == 200


def test_what_somebody_changed_meanwhile_stays(
    client: Any, store: Store, two: None, keep: Keep
) -> None:
    where = link(store)
    form = form_of(client.get(where).text, A1="gestopt", O1="klopt")
    keep(group("A1", telefoon="023-7654321"))
    done = client.post(where, data=form)
    assert "iemand anders" in done.text
    assert record(store, "actoren", "A1").status is Status.ACTIEF
    assert record(store, "aanbod", "O1").gecontroleerd_op == DAY


def test_records_of_others_cannot_be_answered(
    client: Any, store: Store, two: None, keep: Keep
) -> None:
    mail = make(store)[0]
    keep(group("B1"), offer("P1", "B1"))
    form = {"r0": "actoren:B1:1", "a0": "gestopt", "r1": "aanbod:P1:1", "a1": "klopt"}
    form |= {"r2": "relaties:X:1", "a2": "klopt", "r3": "actoren:A1:x", "a3": "gestopt"}
    client.post(path_of(mail), data=form)
    assert record(store, "actoren", "B1").versie == 1
    assert record(store, "aanbod", "P1").versie == 1
    assert record(store, "actoren", "A1").versie == 1


def test_another_site_cannot_answer(client: Any, store: Store, two: None) -> None:
    where = link(store)
    form = form_of(client.get(where).text) | {"alles": "ja"}
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(where, data=form, headers=headers).status_code == 403
    assert record(store, "actoren", "A1").versie == 1


def test_what_a_name_says_is_text(client: Any, store: Store, keep: Keep) -> None:
    keep(group("A1", naam="<script>alert(1)</script>{{7*7}}"))
    page = client.get(link(store)).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page


def test_an_opbouwwerker_hears_it_in_own_areas_and_ticks_it_off(
    client: Any, store: Store, keep: Keep, person: Maker
) -> None:
    keep(group("A1", werkgebied=("WK039218",)), group("A2", werkgebied=("WK039201",)))
    for key in ("A1", "A2"):
        mail = next(one for one in make(store) if one.aan == f"{key.lower()}@wijk.example")
        said = {"A1": "klopt niet", "A2": "gestopt"}[key]
        page = client.get(path_of(mail)).text
        client.post(path_of(mail), data=form_of(page, **{key: said}) | {"t0": "<b>Kanarie</b>"})
    sign_in(client, person(Rol.OPBOUWWERKER, gebieden=("WK039218",)))
    page = client.get("/bijwerken").text
    assert "&lt;b&gt;Kanarie&lt;/b&gt;" in page
    assert "Is gestopt" not in page
    with store.reading() as conn:
        mine, other = sorted(list_answers(conn), key=lambda one: one.sleutel)
    assert client.post(f"/bijwerken/bericht/{other.id}/gezien").status_code == 404
    assert client.post(f"/bijwerken/bericht/{mine.id}/gezien").status_code == 303
    assert "Kanarie" not in client.get("/bijwerken").text
    with store.reading() as conn:
        assert [one.id for one in list_answers(conn)] == [other.id]


def test_stopped_can_be_undone(client: Any, store: Store, keep: Keep, person: Maker) -> None:
    keep(group("A1"))
    where = link(store)
    client.post(where, data=form_of(client.get(where).text, A1="gestopt"))
    assert record(store, "actoren", "A1").status is Status.GESTOPT
    sign_in(client, person(Rol.OPBOUWWERKER))
    assert "Is gestopt" in client.get("/bijwerken").text
    tag = client.get("/api/v1/actoren/A1").headers["ETag"]
    undo = client.post(
        "/api/v1/actoren/A1/terugdraaien", json={"versie": 1}, headers={"If-Match": tag}
    )
    assert undo.status_code == 200, undo.text
    assert record(store, "actoren", "A1").status is Status.ACTIEF


def test_a_sleutelfiguur_leaves_with_one_button_at_once(
    client: Any, store: Store, keep: Keep, person: Maker
) -> None:
    keep(friend("P1", date(2027, 1, 10)))
    where = link(store)
    page = client.get(where).text
    assert "Groep P1" not in page
    main = page[page.index("<main") : page.index("</main>")]
    assert main.count("<button") == 1
    worker = client.application.test_client()
    sign_in(worker, person(Rol.OPBOUWWERKER))
    assert worker.get("/actor/P1").status_code == 200
    done = client.post(where)
    assert "niet meer op de kaart" in done.text
    assert worker.get("/actor/P1").status_code == 404
    with store.reading() as conn:
        assert find_person(conn, "P1").toestemming is None
    assert client.post(where).status_code == 410


def test_the_link_of_a_person_says_nothing_about_records(
    client: Any, store: Store, keep: Keep
) -> None:
    keep(friend("P1", date(2027, 1, 10), email="een@wijk.example"))
    where = link(store)
    keep(group("A1", email="een@wijk.example"))
    client.post(where, data={"r0": "actoren:A1:1", "a0": "gestopt"})
    assert record(store, "actoren", "A1").status is Status.ACTIEF


def test_erasing_somebody_erases_the_mail(store: Store, keep: Keep, address: str) -> None:
    keep(friend("P1", date(2027, 1, 10), email="kanarie@wijk.example"))
    assert len(make(store)) == 1
    assert b"kanarie@wijk.example" in dump(address, store)
    erase(store, SECRET, "P1", wie="", now=NOW)
    assert b"kanarie@wijk.example" not in dump(address, store)


def test_who_asks_what_is_known_reads_the_mails_too(store: Store, keep: Keep) -> None:
    keep(friend("P1", date(2027, 1, 10)))
    mail = make(store)[0]
    with store.reading() as conn:
        held = held_of(conn, "P1")
    assert [one["aan"] for one in held_json(held)["post"]] == [mail.aan]
    blocks = dict(present_held(held, DAY))["Mails aan u"]
    assert [block.regels[0][1] for block in blocks] == [mail.onderwerp]
