"""A record in own hands, and one that does not want to be listed: gone from every door."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Niveau
from socialmap.domain.privacy import Lezer
from socialmap.domain.roles import Rol
from socialmap.editing.verify import find_faults
from socialmap.exchange.exporting import export_csv
from socialmap.exchange.importing import import_named_bytes
from socialmap.store.engine import Store
from tests.integration.accounts.conftest import Person
from tests.integration.accounts.test_changes import NEW, Api
from tests.integration.accounts.test_editing_pages import FORM, tag_in
from tests.integration.accounts.test_sign_in import sign_in
from tests.integration.merging.conftest import Double
from tests.integration.merging.test_merge import file_of

Maker = Callable[..., Person]


class Hands:
    """Browsers of an opbouwwerker, of an administrator, and of a contact that owns a record."""

    def __init__(self, client: FlaskClient, double: Double, person: Maker) -> None:
        self.double, self.key = double, double.ander["id"]
        holder = person(Rol.PARTNER, "contact@wijk.example")
        self.contact = holder.account
        self.browsers = {}
        for rol in (Rol.OPBOUWWERKER, Rol.BEHEERDER):
            self.browsers[rol] = client.application.test_client()
            sign_in(self.browsers[rol], person(rol, f"{rol}-hand@wijk.example"))
        self.browsers[Rol.PARTNER] = client.application.test_client()
        sign_in(self.browsers[Rol.PARTNER], holder)
        self.visitor = client.application.test_client()

    def give(self, rol: Rol = Rol.OPBOUWWERKER) -> Any:
        where = f"/bijwerken/actoren/{self.key}/eigen"
        return self.browsers[rol].post(where, data={"account": self.contact.id})

    def change(self, rol: Rol, key: str, table: str = "actoren", **fields: Any) -> Any:
        where, browser = f"/bijwerken/{table}/{key}", self.browsers[rol]
        tag = tag_in(browser.get(where).text)
        return browser.post(where, data=FORM | fields | {"gelezen": tag})

    def name(self) -> str:
        found: str = self.visitor.get(f"/api/v1/actoren/{self.key}").json["naam"]
        return found


@pytest.fixture
def hands(client: FlaskClient, double: Double, person: Maker) -> Hands:
    return Hands(client, double, person)


def test_in_own_hands_the_contact_publishes_and_others_propose(hands: Hands) -> None:
    assert hands.give().status_code == 303
    assert hands.change(Rol.PARTNER, hands.key, naam="Van ons").location == f"/actor/{hands.key}"
    assert hands.name() == "Van ons"
    offer = hands.double.aanbod["id"]
    assert (
        hands.change(Rol.PARTNER, offer, "aanbod", naam="Onze soep").location == f"/aanbod/{offer}"
    )
    for rol in (Rol.OPBOUWWERKER, Rol.BEHEERDER):
        assert hands.change(rol, hands.key, naam=f"Van {rol}").location == "/bijwerken/dank"
    assert hands.change(Rol.OPBOUWWERKER, offer, "aanbod", naam="X").location == "/bijwerken/dank"
    assert hands.name() == "Van ons"
    assert "Van ons" not in hands.browsers[Rol.OPBOUWWERKER].get("/voorstellen").text


def test_the_contact_decides_on_what_others_propose(hands: Hands, store: Store) -> None:
    hands.give()
    hands.change(Rol.OPBOUWWERKER, hands.key, naam="Beter")
    page = hands.browsers[Rol.PARTNER].get("/bijwerken/eigen").text
    assert "<td>Beter</td>" in page
    with store.reading() as conn:
        key = conn.exec_driver_sql("SELECT id FROM voorstel").scalar()
    where = f"/voorstellen/{key}/aanvaard"
    assert hands.browsers[Rol.OPBOUWWERKER].post(where).status_code == 403
    where = f"/bijwerken/eigen/voorstel/{key}"
    assert hands.browsers[Rol.OPBOUWWERKER].post(f"{where}/afwijzen").status_code == 403
    assert hands.browsers[Rol.PARTNER].post(f"{where}/aanvaard").status_code == 303
    assert hands.name() == "Beter"
    assert hands.browsers[Rol.PARTNER].post(f"{where}/aanvaard").status_code == 409


def test_others_may_still_say_that_it_stopped_or_is_right(hands: Hands) -> None:
    hands.give()
    keeper = hands.browsers[Rol.OPBOUWWERKER]
    assert keeper.post(f"/bijwerken/actoren/{hands.key}/klopt").status_code == 303
    where = f"/bijwerken/actoren/{hands.key}"
    data = {"gevraagd": ["status"], "status": "gestopt", "gelezen": tag_in(keeper.get(where).text)}
    assert keeper.post(where, data=data).location == f"/actor/{hands.key}"
    assert hands.visitor.get(f"/api/v1/actoren/{hands.key}").json["status"] == "gestopt"


def test_who_may_not_hand_over_does_not(hands: Hands, client: FlaskClient, person: Maker) -> None:
    elsewhere = client.application.test_client()
    sign_in(elsewhere, person(Rol.OPBOUWWERKER, "ver@wijk.example", gebieden=("WK039201",)))
    where = f"/bijwerken/actoren/{hands.key}/eigen"
    assert elsewhere.get(where).status_code == 403
    assert elsewhere.post(where, data={"account": hands.contact.id}).status_code == 403
    assert hands.browsers[Rol.PARTNER].post(where, data={"account": "x"}).status_code == 403
    keeper = hands.browsers[Rol.OPBOUWWERKER]
    assert keeper.post(where, data={"account": "x"}).status_code == 404
    assert hands.browsers[Rol.PARTNER].get("/bijwerken/eigen").status_code == 404
    hands.give()
    assert keeper.post(where, data={}).status_code == 403  # only who owns, or an administrator
    assert hands.browsers[Rol.BEHEERDER].post(where, data={}).status_code == 303
    assert hands.change(Rol.OPBOUWWERKER, hands.key).location == f"/actor/{hands.key}"


def test_the_contact_gives_it_back(hands: Hands) -> None:
    hands.give()
    assert hands.browsers[Rol.PARTNER].post("/bijwerken/eigen/terug").status_code == 303
    assert hands.change(Rol.OPBOUWWERKER, hands.key).location == f"/actor/{hands.key}"
    assert hands.change(Rol.PARTNER, hands.key, naam="X").location == "/bijwerken/dank"


def refuse(hands: Hands, rol: Rol) -> Any:
    where = f"/bijwerken/actoren/{hands.key}/niet-op-de-kaart"
    asked = hands.browsers[rol].post(where)
    assert "Haal van de kaart" in asked.text
    assert hands.name()  # asked twice, and still there
    return hands.browsers[rol].post(where, data={"zeker": "ja"})


@pytest.mark.parametrize("rol", [Rol.PARTNER, Rol.OPBOUWWERKER, Rol.BEHEERDER])
def test_who_refuses_is_gone_from_every_door(
    hands: Hands, store: Store, rol: Rol, tmp_path: Path
) -> None:
    hands.give()
    name, offer = hands.double.ander["naam"], hands.double.aanbod
    assert refuse(hands, rol).status_code == 303
    for reader in (hands.visitor, hands.browsers[Rol.PARTNER], hands.browsers[Rol.OPBOUWWERKER]):
        api = "/api/v1"
        for path in (
            f"/actor/{hands.key}",
            f"/aanbod/{offer['id']}",
            f"{api}/actoren/{hands.key}",
            f"{api}/aanbod/{offer['id']}",
            f"/bijwerken/actoren/{hands.key}",
        ):
            assert reader.get(path).status_code == 404, path
        for path in (
            f"{api}/actoren?limit=100",
            f"{api}/aanbod?limit=100",
            f"{api}/relaties?limit=100",
            f"{api}/netwerk",
            f"{api}/kaart/punten?bbox=4.5,52.3,4.8,52.5&zoom=18",
            f"{api}/dekking?gebied=WK039218&niveau=wijk&thema=basisbehoeften",
            "/kaart?wat=actoren&gebied=WK039218",
            "/netwerk",
            f"/actor/{hands.double.derde['id']}",
            "/hsds/organizations",
            "/ogc/collections/actoren/items",
        ):
            text = reader.get(path).text
            for said in (hands.key, name, offer["id"], offer["naam"]):
                assert said not in text, path
        found = reader.post(f"{api}/zoekvragen", json={"q": "soep eten"})
        assert offer["id"] not in found.text
    assert hands.browsers[Rol.BEHEERDER].get(f"/actor/{hands.key}").status_code == 200
    with store.reading() as conn:
        assert find_faults(conn) == []
    for level in (Niveau.OPENBAAR, Niveau.PROFESSIONAL, Niveau.TEAM):
        export_csv(store, tmp_path / level.code, Lezer(level), Clock())
        told = "".join(file.read_text() for file in (tmp_path / level.code).glob("*.csv"))
        assert hands.double.derde["id"] in told
        assert hands.key not in told
        assert offer["id"] not in told


def test_no_import_and_no_new_record_brings_it_back(
    hands: Hands, store: Store, api: Callable[..., Api]
) -> None:
    hands.give()
    refuse(hands, Rol.PARTNER)
    row = NEW | {"id": hands.key, "naam": "Anders genoemd"}
    same = NEW | {"id": "A-kopie", "naam": hands.double.ander["naam"].upper()}
    for cells in (row, same):
        report = import_named_bytes(store, [file_of("actoren", cells)], wie="proef", clock=Clock())
        assert [one.kolom for one in report.waarschuwingen if "niet op de kaart" in one.melding]
        assert hands.visitor.get(f"/api/v1/actoren/{cells['id']}").status_code == 404
        again = import_named_bytes(store, [file_of("actoren", cells)], wie="proef", clock=Clock())
        assert again.geplaatst
        assert hands.visitor.get(f"/api/v1/actoren/{cells['id']}").status_code == 404
    made = hands.double.writer.make(NEW | {"naam": hands.double.ander["naam"]})
    assert made.status_code == 422
    assert "wil niet op de kaart" in made.text
    assert hands.double.writer.make(NEW | {"naam": "Een heel ander"}).status_code == 201


def test_only_the_owner_or_an_administrator_takes_it_back(hands: Hands) -> None:
    before = hands.visitor.get(f"/api/v1/actoren/{hands.key}").json
    hands.give()
    refuse(hands, Rol.OPBOUWWERKER)
    where = f"/bijwerken/actoren/{hands.key}/weer-op-de-kaart"
    assert hands.browsers[Rol.OPBOUWWERKER].post(where).status_code == 403
    assert hands.visitor.post(where).status_code == 401
    assert "Zet ons weer op de kaart" in hands.browsers[Rol.PARTNER].get("/bijwerken/eigen").text
    assert hands.browsers[Rol.PARTNER].post(where).status_code == 303
    after = hands.visitor.get(f"/api/v1/actoren/{hands.key}").json
    assert {n: v for n, v in after.items() if n != "versie"} == {
        n: v for n, v in before.items() if n != "versie"
    }
    assert hands.browsers[Rol.PARTNER].post(where).status_code == 404


def test_who_has_no_say_does_not_hide_another(hands: Hands, client: FlaskClient) -> None:
    where = f"/bijwerken/actoren/{hands.key}/niet-op-de-kaart"
    assert hands.browsers[Rol.PARTNER].post(where, data={"zeker": "ja"}).status_code == 403
    assert hands.visitor.post(where, data={"zeker": "ja"}).status_code == 401
    assert hands.name()
