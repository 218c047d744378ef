"""The start of managing: each role sees what it may open, and nothing else."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from socialmap.domain.roles import Rol
from tests.integration.admin.conftest import Signer


def cards(client: FlaskClient) -> list[str]:
    return re.findall(r'beheer__link" href="([^"]+)"', client.get("/beheer").text)


def test_an_administrator_sees_every_page_that_is_there(admin: FlaskClient) -> None:
    found = cards(admin)
    assert {
        "/beheer/mensen",
        "/beheer/gebieden",
        "/beheer/woorden",
        "/beheer/logboek",
        "/beheer/bewaren",
        "/beheer/gezondheid",
    } <= set(found)
    assert {admin.get(one).status_code for one in found} == {200}
    assert "1 account" in admin.get("/beheer").text


@pytest.mark.parametrize("rol", [Rol.OPBOUWWERKER, Rol.GEBIEDSMANAGER])
def test_others_see_only_what_they_may_open(sign: Signer, rol: Rol) -> None:
    browser = sign(rol)
    found = cards(browser)
    assert {"/beheer/gebieden", "/beheer/woorden"} <= set(found)
    assert {browser.get(one).status_code for one in found} == {200}
    assert browser.get("/beheer/logboek").status_code == 403
    assert "/beheer/logboek" not in found
    assert "Voeg een woord toe" not in browser.get("/beheer/woorden").text
    assert browser.post("/beheer/woorden", data={}).status_code == 403


def test_a_professional_has_no_such_page(sign: Signer) -> None:
    browser = sign(Rol.PROFESSIONAL)
    assert browser.get("/beheer").status_code == 403
    assert 'href="/beheer"' not in browser.get("/").text
