"""The page where two records become one, and what is left of a person after erasing the one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from socialmap.domain.roles import Rol
from socialmap.editing.consent import code_print
from socialmap.editing.erase import erase
from socialmap.store.consent import find_by_code, save_code
from socialmap.store.engine import Store
from socialmap.store.merging import earlier_ids
from tests.integration.accounts.conftest import SECRET, Person
from tests.integration.accounts.test_changes import PERSON
from tests.integration.accounts.test_sign_in import sign_in
from tests.integration.merging.conftest import Double

Maker = Callable[..., Person]


@pytest.fixture
def keeper(client: FlaskClient, person: Maker) -> FlaskClient:
    browser = client.application.test_client()
    sign_in(browser, person(Rol.OPBOUWWERKER, "blad@wijk.example"))
    return browser


def form_of(page: str) -> dict[str, str]:
    """Read the hidden fields and the chosen radios of the form, as a browser sends them."""
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
    chosen = re.findall(r'type="radio" name="([^"]+)" value="([^"]+)" checked', page)
    return fields | dict(chosen)


def test_both_are_shown_and_become_one(keeper: FlaskClient, double: Double) -> None:
    keep, go = double.dit["id"], double.ander["id"]
    assert f"dit={keep}" in keeper.get(f"/bijwerken/actoren/{keep}").text
    chosen = keeper.get(f"/bijwerken/samenvoegen?tabel=actoren&dit={keep}&q=donderdag").text
    where = f"/bijwerken/samenvoegen?tabel=actoren&dit={keep}&ander={go}"
    assert where.replace("&", "&amp;") in chosen
    page = keeper.get(where).text
    assert "Elke donderdag soep." in page
    assert "1 aanbod en 3 banden" in page
    sent = form_of(page)
    assert sent["kies-omschrijving"] == "ander"
    assert sent["kies-telefoon"] == "dit"
    done = keeper.post("/bijwerken/samenvoegen", data=sent | {"kies-naam": "dit"})
    assert (done.status_code, done.location) == (303, f"/actor/{keep}")
    assert double.writer.get(f"/actoren/{keep}").json["naam"] == "Soep"
    chosen = keeper.get(f"/bijwerken/samenvoegen?tabel=actoren&dit={keep}").text
    assert "Haal weer uit elkaar" in chosen
    back = keeper.post("/bijwerken/samenvoegen/los", data=form_of(chosen))
    assert (back.status_code, back.location) == (303, f"/actor/{go}")
    assert double.writer.get(f"/actoren/{go}").status_code == 200


def test_who_was_first_is_shown(keeper: FlaskClient, double: Double) -> None:
    keep, go = double.dit["id"], double.ander["id"]
    page = keeper.get(f"/bijwerken/samenvoegen?tabel=actoren&dit={keep}&ander={go}").text
    changed = double.ander | {"omschrijving": "Net veranderd."}
    double.writer.send("PUT", f"/actoren/{go}", changed, double.tags(go))
    late = keeper.post("/bijwerken/samenvoegen", data=form_of(page))
    assert late.status_code == 412
    assert "Net veranderd." in late.text
    assert keeper.post("/bijwerken/samenvoegen", data=form_of(late.text)).status_code == 303


def test_two_offers_on_the_page(keeper: FlaskClient, double: Double) -> None:
    twin = double.offer(double.ander["id"], "Soep eten op donderdag")
    keep = double.aanbod["id"]
    page = keeper.get(f"/bijwerken/samenvoegen?tabel=aanbod&dit={keep}").text
    assert "Soep eten op donderdag" in page
    page = keeper.get(f"/bijwerken/samenvoegen?tabel=aanbod&dit={keep}&ander={twin['id']}").text
    done = keeper.post("/bijwerken/samenvoegen", data=form_of(page))
    assert done.location == f"/aanbod/{keep}"


@pytest.mark.parametrize("other_has_card", [True, False])
def test_every_card_keeps_counting_and_erasing_leaves_nothing(
    double: Double, store: Store, other_has_card: bool
) -> None:
    keep = double.make("actoren", PERSON)["id"]
    go = double.make("actoren", PERSON | {"naam": "Kanarie van de flat"})["id"]
    double.tie(go, double.derde["id"], zichtbaarheid="team", toelichting="kanarie-band")
    today = datetime.now(UTC)
    cards = {go: code_print(SECRET, "b" * 12)}
    if other_has_card:
        cards[keep] = code_print(SECRET, "a" * 12)
    with store.writing() as conn:
        for key, print_ in cards.items():
            save_code(conn, print_, key, today.date())

    def found() -> set[str | None]:
        with store.reading() as conn:
            return {find_by_code(conn, print_) for print_ in cards.values()}

    path, tags = f"/actoren/{keep}/samenvoegen", double.tags(keep, go)
    assert double.writer.send("POST", path, {"met": go}, tags).status_code == 200
    assert found() == {keep}
    back = double.writer.send("POST", f"/actoren/{keep}/losmaken", {"van": go}, double.tags(keep))
    assert back.status_code == 200, back.text
    assert found() == set(cards)
    double.writer.send("POST", path, {"met": go}, double.tags(keep, go))
    erase(store, SECRET, keep, wie="", now=today)
    with store.reading() as conn:
        assert earlier_ids(conn, keep) == []
        tables = conn.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        text = ""
        for name in tables.scalars().all():
            if not name.startswith(("sqlite", "punt_", "zoek_")):
                text += str(conn.exec_driver_sql(f'SELECT * FROM "{name}"').all())  # noqa: S608
    for said in (go, keep, "anarie", *cards.values()):
        assert said not in text
