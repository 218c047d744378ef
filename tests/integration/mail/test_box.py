"""The outbox of the administrator, mail to new accounts, asking by hand, and the command."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from socialmap.domain.mail import Mailstand, mail_link
from socialmap.domain.roles import Rol
from socialmap.settings import Mailserver
from socialmap.store.engine import Store
from socialmap.store.mails import list_mails
from tests.integration.accounts.conftest import PASSWORD, SECRET, Maker
from tests.integration.accounts.test_sign_in import sign_in
from tests.integration.mail.conftest import DAY, NOW, SITE, Box, friend, group, make
from web.mailing import postman

Keep = Callable[..., None]
INVITED = {"email": "Nieuw@Wijk.example", "naam": "Opbouw Oost", "rol": "partner"}
INVITED |= {"actor_id": ""}


def stands(store: Store) -> list[Mailstand]:
    with store.reading() as conn:
        return [mail.status for mail in list_mails(conn, 100)]


@pytest.fixture
def keeper(client: Any, person: Maker) -> Any:
    """An administrator without a mail server."""
    sign_in(client, person(Rol.BEHEERDER))
    return client


@pytest.fixture
def sender(posting: Any, person: Maker) -> Any:
    """An administrator with a mail server."""
    sign_in(posting, person(Rol.BEHEERDER))
    return posting


def test_without_a_server_mails_stand_ready_to_copy(keeper: Any, store: Store, keep: Keep) -> None:
    keep(group("A1"))
    assert "geen mailserver" in keeper.get("/beheer/post").text
    assert keeper.post("/beheer/post").location == "/beheer/post?gemaakt=1"
    page = keeper.get("/beheer/post").text
    with store.reading() as conn:
        mail = list_mails(conn, 1)[0]
    link = mail_link(mail, SECRET, "http://localhost")
    assert page.count(link) == 2
    assert keeper.application.test_client().get(link).status_code == 200
    keeper.post(f"/beheer/post/{mail.id}", data={"actie": "gedaan"})
    assert stands(store) == [Mailstand.VERSTUURD]
    assert link not in keeper.get("/beheer/post").text


def test_with_a_server_one_press_makes_and_sends(
    sender: Any, store: Store, keep: Keep, box: Box
) -> None:
    keep(group("A1"), group("A2"))
    sender.post("/beheer/post")
    assert sorted(box.to) == ["a1@wijk.example", "a2@wijk.example"]
    page = sender.get("/beheer/post").text
    assert "2 verstuurd." in page
    assert SITE not in page
    assert stands(store) == [Mailstand.VERSTUURD] * 2
    assert 'hx-trigger="every 1s"' not in sender.get("/beheer/post/stand").text


def test_a_run_that_takes_long_says_how_far_it_is(
    sender: Any, store: Store, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(group("A1"))
    make(store)
    with sender.application.test_request_context():
        man = postman()
    man.total = 3
    with man._turn:
        page = sender.get("/beheer/post").text
        assert "Bezig met versturen: 2 van 3" in page
        assert 'hx-trigger="every 1s"' in page
        # Somebody else's run goes on: pressing again begins no second one.
        sender.post("/beheer/post")
        assert stands(store) == [Mailstand.TE_STUREN]


def test_a_server_that_is_away_is_said(sender: Any, store: Store, keep: Keep, box: Box) -> None:
    keep(group("A1"))
    box.breaks_after = 0
    sender.post("/beheer/post")
    assert "brak af" in sender.get("/beheer/post").text
    assert stands(store) == [Mailstand.TE_STUREN]


def test_a_failed_mail_can_be_tried_again(sender: Any, store: Store, keep: Keep, box: Box) -> None:
    keep(group("A1"))
    box.refused = {"a1@wijk.example": "550 onbekend"}
    sender.post("/beheer/post")
    assert stands(store) == [Mailstand.MISLUKT]
    assert "weigert dit mailadres" in sender.get("/beheer/post").text
    box.refused = {}
    with store.reading() as conn:
        where = f"/beheer/post/{list_mails(conn, 1)[0].id}"
    assert sender.post(where, data={"actie": "iets"}).status_code == 422
    assert sender.post("/beheer/post/x", data={"actie": "opnieuw"}).status_code == 404
    sender.post(where, data={"actie": "opnieuw"})
    assert stands(store) == [Mailstand.VERSTUURD]
    assert sender.post(where, data={"actie": "opnieuw"}).status_code == 422


def test_an_older_failed_mail_is_no_second_one_in_a_month(
    sender: Any, store: Store, keep: Keep, box: Box
) -> None:
    keep(group("A1"))
    box.refused = {"a1@wijk.example": "550 onbekend"}
    sender.post("/beheer/post")
    with store.reading() as conn:
        old = list_mails(conn, 1)[0]
    make(store, NOW + timedelta(days=40))
    box.refused = {}
    again = sender.post(f"/beheer/post/{old.id}", data={"actie": "opnieuw"})
    assert again.status_code == 422
    assert "nieuwere mail" in again.text
    assert box.taken == []


def test_a_sleutelfiguur_stands_there_only_for_who_may_see_it(
    client: Any, store: Store, keep: Keep, person: Maker
) -> None:
    keep(friend("P1", date(2027, 1, 10), email="kanarie@wijk.example", werkgebied=("WK039218",)))
    make(store)
    sign_in(client, person(Rol.BEHEERDER))
    assert "kanarie@wijk.example" in client.get("/beheer/post").text
    other = client.application.test_client()
    sign_in(other, person(Rol.BEHEERDER, "zand@wijk.example", gebieden=("GM0473",)))
    assert "kanarie@wijk.example" not in other.get("/beheer/post").text


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol is not Rol.BEHEERDER])
def test_nobody_else_reads_the_post(client: Any, person: Maker, rol: Rol) -> None:
    sign_in(client, person(rol))
    for path in ("/beheer/post", "/beheer/post/stand"):
        assert client.get(path).status_code == 403
    assert client.post("/beheer/post").status_code == 403


def test_an_invitation_goes_by_mail_and_works_once(sender: Any, store: Store, box: Box) -> None:
    page = sender.post("/beheer/mensen", data=INVITED).text
    assert "Er is een mail verstuurd naar nieuw@wijk.example" in page
    assert "/uitnodiging/" not in page
    assert box.to == ["nieuw@wijk.example"]
    link = re.search(rf"^{SITE}(/uitnodiging/[0-9a-f]{{64}})\r?$", box.text(0), re.M)
    assert link is not None
    visitor = sender.application.test_client()
    assert visitor.get(link[1]).status_code == 200
    form = {"wachtwoord": PASSWORD, "nogmaals": PASSWORD, "totp": "", "code": ""}
    assert visitor.post(link[1], data=form).status_code == 200
    assert visitor.get(link[1]).status_code == 410
    with store.reading() as conn:
        kept = list_mails(conn, 1)[0]
    assert (kept.aan, kept.tekst) == ("", "")


def test_a_new_link_goes_by_mail_and_the_one_before_is_void(
    sender: Any, store: Store, box: Box, person: Maker
) -> None:
    lost = person(Rol.PROFESSIONAL).account
    for _ in range(2):
        sender.post(f"/beheer/mensen/{lost.id}/link")
    found = [re.search(r"(/uitnodiging/[0-9a-f]{64})", box.text(number)) for number in (0, 1)]
    assert found[0] is not None
    assert found[1] is not None
    assert "nieuw wachtwoord" in box.text(0)
    visitor = sender.application.test_client()
    assert visitor.get(found[0][1]).status_code == 410
    assert visitor.get(found[1][1]).status_code == 200


def test_mail_of_an_account_is_not_counted_in_the_month(
    sender: Any, store: Store, box: Box, keep: Keep
) -> None:
    keep(group("A1", email="nieuw@wijk.example"))
    sender.post("/beheer/mensen", data=INVITED)
    sender.post("/beheer/post")
    assert box.to == ["nieuw@wijk.example"] * 2


def test_without_a_server_the_link_is_shown_as_before(keeper: Any, store: Store) -> None:
    page = keeper.post("/beheer/mensen", data=INVITED).text
    assert re.search(r"/uitnodiging/[0-9a-f]{64}", page)
    assert stands(store) == []


def test_an_opbouwwerker_asks_by_hand_once_a_month(
    posting: Any, store: Store, keep: Keep, box: Box, person: Maker
) -> None:
    keep(group("A1", werkgebied=("WK039218",)), group("A2", werkgebied=("WK039201",)))
    sign_in(posting, person(Rol.OPBOUWWERKER, gebieden=("WK039218",)))
    page = posting.get("/bijwerken").text
    assert "/bijwerken/actoren/A1/vraag" in page
    answers = [posting.post("/bijwerken/actoren/A1/vraag").location for _ in range(2)]
    assert [one.rpartition("=")[2] for one in answers] == ["ja", "later"]
    assert posting.post("/bijwerken/actoren/A2/vraag").status_code == 403
    assert box.to == ["a1@wijk.example"]
    assert "krijgt een mail" in posting.get(answers[0]).text
    assert "al een mail" in posting.get(answers[1]).text


def run_post(address: str, *more: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "socialmap.cli", "post", "--database", address, *more]
    own = {"SOCIALMAP_PEILDATUM": DAY.isoformat(), "SOCIALMAP_SECRET": SECRET}
    return subprocess.run(
        command, env={**os.environ, **own, **env}, capture_output=True, text=True, check=False
    )


def test_the_command_makes_and_sends(
    address: str, store: Store, keep: Keep, server: Mailserver, box: Box
) -> None:
    keep(group("A1"))
    where = {
        "SOCIALMAP_SMTP_ADRES": f"127.0.0.1:{server.port}",
        "SOCIALMAP_SMTP_AFZENDER": server.afzender,
    }
    refused = run_post(address, **where)
    assert (refused.returncode, "SOCIALMAP_SITE" in refused.stderr) == (1, True)
    assert stands(store) == []
    done = run_post(address, "--json", **where, SOCIALMAP_SITE=f"{SITE}/")
    assert json.loads(done.stdout) == {
        "gemaakt": 1,
        "verstuurd": 1,
        "mislukt": 0,
        "melding": "",
        "wacht": 0,
    }
    assert f"\n{SITE}/klopt/" in box.text(0).replace("\r\n", "\n")
    again = run_post(address, **where, SOCIALMAP_SITE=SITE)
    assert (again.returncode, again.stdout.strip()) == (
        0,
        "0 gemaakt, 0 verstuurd, 0 mislukt, 0 te sturen.",
    )


def test_the_command_without_a_server_says_where_they_are(
    address: str, store: Store, keep: Keep
) -> None:
    keep(group("A1"))
    done = run_post(address)
    assert done.returncode == 0
    assert "1 gemaakt" in done.stdout
    assert "/beheer/post" in done.stdout
