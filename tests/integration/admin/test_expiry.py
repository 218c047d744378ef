"""The day consent ends, the person is gone behind the doors to one record too (eisen.md, 17)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from socialmap.accounts import signing_in
from socialmap.domain.clock import Clock
from socialmap.domain.roles import Rol
from socialmap.editing.consent import find_person
from socialmap.settings import Settings
from socialmap.store.engine import Store
from tests.integration.accounts.conftest import SECRET, Maker
from tests.integration.accounts.test_consent import ask
from tests.integration.admin.conftest import Signer
from web.app import create_app


def test_every_door_closes_that_day(
    sign: Signer, store: Store, address: str, person: Maker
) -> None:
    key, _ = ask(sign(Rol.OPBOUWWERKER))
    with store.reading() as conn:
        consent = find_person(conn, key).toestemming
    assert consent is not None
    assert consent.tot is not None
    account = person(Rol.OPBOUWWERKER, "deuren@wijk.example").account
    token, _ = signing_in.open_session(store, SECRET, account, datetime.now(UTC))
    doors = (
        f"/actor/{key}",
        f"/api/v1/actoren/{key}",
        f"/api/v1/actoren/{key}/geschiedenis",
        f"/bijwerken/actoren/{key}",
        f"/netwerk/vertrek/{key}",
    )

    def answers(day: date) -> dict[str, int]:
        app = create_app(Settings(database=address, secret=SECRET, clock=Clock(day)))
        client = app.test_client()
        client.set_cookie("sessie", token)
        return {path: client.get(path).status_code for path in doors}

    assert answers(consent.tot - timedelta(days=1)) == dict.fromkeys(doors, 200)
    assert answers(consent.tot) == dict.fromkeys(doors, 404)
