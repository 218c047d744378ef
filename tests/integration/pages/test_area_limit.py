"""An area page that cannot show everything says how much is left out, and where it is."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


def test_what_does_not_fit_is_said(
    clients: dict[str, FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "toont niet alles" not in clients["voorbeeld"].get("/gebied/WK039221").text
    monkeypatch.setattr("web.pages.area._MOST", 5)
    page = clients["voorbeeld"].get("/gebied/WK039221").text
    assert "toont niet alles" in page
    assert "/kaart?gebied=WK039221" in page
