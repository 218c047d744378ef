"""Who keeps the map puts places of OpenStreetMap on it, or refuses them for good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from socialmap.domain.clock import Clock
from socialmap.domain.osm import CREDIT
from socialmap.domain.privacy import OPENBAAR
from socialmap.domain.roles import Rol
from socialmap.exchange.exporting import read_content
from socialmap.exchange.osm_import import import_osm
from socialmap.store.engine import Store
from tests.integration.accounts.conftest import Person
from tests.integration.accounts.test_sign_in import sign_in
from tests.osm_places import many_spots, write_osm

Maker = Callable[..., Person]
LIBRARY = {"amenity": "library", "name": "Boekenhoek", "opening_hours": "Mo-Fr 10:00-17:00"}
PAGE = "/voorstellen/openstreetmap"
HERE = (4.645, 52.385)


@pytest.fixture
def drafts(store: Store, tmp_path: Path) -> Path:
    file = tmp_path / "wijk.osm.pbf"
    write_osm(file, [(*HERE, LIBRARY), (HERE[0] + 1e-4, HERE[1], LIBRARY)])
    assert import_osm(store, [file], clock=Clock()).geplaatst
    return file


def credit_of(store: Store) -> str:
    return read_content(store, OPENBAAR, Clock()).about["bronvermelding"]


def test_a_place_on_the_map_names_its_licence(
    client: FlaskClient, person: Maker, store: Store, drafts: Path
) -> None:
    sign_in(client, person(Rol.OPBOUWWERKER))
    assert "2 plekken uit OpenStreetMap" in client.get("/voorstellen").text
    listed = client.get(PAGE).text
    assert CREDIT in listed
    assert "Lijkt op een andere plek die wacht: Boekenhoek." in listed
    assert CREDIT not in credit_of(store)
    assert client.post(f"{PAGE}/openstreetmap-n1/aanvaard").location == f"{PAGE}?bladzijde=1"
    visitor = client.application.test_client()
    assert CREDIT in visitor.get("/actor/OSM-n1").text
    assert CREDIT in visitor.get("/aanbod/OSM-n1-tijden").text
    offer = visitor.get("/api/v1/aanbod/OSM-n1-tijden").json
    assert (offer["wanneer"], offer["naam"]) == ("Mo-Fr 10:00-17:00", "Bibliotheek")
    assert CREDIT in credit_of(store)
    assert '<a class="nl-link" href="/actor/OSM-n1">Boekenhoek</a>' in client.get(PAGE).text


def test_what_was_refused_does_not_come_back(
    client: FlaskClient, person: Maker, store: Store, drafts: Path
) -> None:
    sign_in(client, person(Rol.OPBOUWWERKER))
    for key in ("n1", "n2"):
        assert client.post(f"{PAGE}/openstreetmap-{key}/afwijzen").status_code == 303
    assert import_osm(store, [drafts], clock=Clock()).geteld["voorstellen"].nieuw == 0
    assert "Niets te doen" in client.get(PAGE).text
    assert client.get("/api/v1/actoren/OSM-n1").status_code == 404


def test_of_another_area_nothing_waits(client: FlaskClient, person: Maker, drafts: Path) -> None:
    sign_in(client, person(Rol.OPBOUWWERKER, gebieden=("GM0473",)))
    assert "Niets te doen" in client.get(PAGE).text
    assert client.post(f"{PAGE}/openstreetmap-n1/afwijzen").status_code == 403
    assert client.post(f"{PAGE}/openstreetmap-n1/aanvaard").status_code == 403


def test_many_are_shown_a_page_at_a_time(
    client: FlaskClient, person: Maker, store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "veel.osm.pbf"
    write_osm(file, many_spots(45))
    import_osm(store, [file], clock=Clock())
    sign_in(client, person(Rol.OPBOUWWERKER))
    first, last = client.get(PAGE).text, client.get(f"{PAGE}?bladzijde=99").text
    assert (first.count("<section"), last.count("<section")) == (20, 5)
    assert "Bladzijde 3 van 3" in last


def test_a_visitor_does_not_see_them(client: FlaskClient, drafts: Path) -> None:
    assert client.get(PAGE).location.startswith("/inloggen")
    assert client.get("/bijwerken/nieuw/openstreetmap-n1").status_code == 404
