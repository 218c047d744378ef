"""An application on a map of its own, with an administrator who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from socialmap.accounts import signing_in
from socialmap.domain.roles import Rol
from socialmap.settings import Settings
from socialmap.store.engine import Store
from tests.integration.accounts.conftest import (  # noqa: F401 -- fixtures
    SECRET,
    Maker,
    address,
    client,
    empty_map,
    person,
    store,
)
from web.app import create_app

Signer = Callable[..., FlaskClient]


@pytest.fixture
def sign(
    address: str,  # noqa: F811
    store: Store,  # noqa: F811
    person: Maker,  # noqa: F811
) -> Signer:
    """Give a maker of signed-in browsers, all on one application: `sign(Rol.BEHEERDER)`."""
    app = create_app(Settings(database=address, secret=SECRET))

    def make(rol: Rol, **fields: object) -> FlaskClient:
        account = person(rol, f"beheer-{rol}-{len(made)}@wijk.example", **fields).account
        token, _ = signing_in.open_session(store, SECRET, account, datetime.now(UTC))
        browser = app.test_client()
        browser.set_cookie("sessie", token)
        made.append(browser)
        return browser

    made: list[FlaskClient] = []
    return make


@pytest.fixture
def admin(sign: Signer) -> FlaskClient:
    return sign(Rol.BEHEERDER)
