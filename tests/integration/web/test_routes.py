"""Every route states who may use it, and none disappears unnoticed."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Blueprint
from flask.testing import FlaskClient

from socialmap.domain.clock import Clock
from socialmap.exchange.making import Filling, make_map
from socialmap.settings import SettingError, Settings
from web.app import create_app
from web.security import CONTENT_SECURITY_POLICY, required_of

#: What others rely on (interfaces.md). A removal must be acknowledged here.
ROUTES = {
    "/",
    "/kaart",
    "/kaart/lijst",
    "/kaart/kaart.js",
    "/netwerk",
    "/netwerk/gemeenten",
    "/netwerk/keuze",
    "/netwerk/lijnen",
    "/netwerk/profiel/<code>",
    "/netwerk/teams",
    "/netwerk/vertrek/<actor_id>",
    "/dekking",
    "/dekking/keuze",
    "/dekking/oordelen",
    "/dekking/<code>",
    "/dekking/<code>.pdf",
    "/dekking/plan",
    "/dekking/raad",
    "/dekking/vergelijk",
    "/dekking.csv",
    "/dekking.gpkg",
    "/dekking.xlsx",
    "/dekking-uitleg.csv",
    "/zoeken",
    "/uitleg/zoeken",
    "/ontwikkelaars",
    "/ogc/",
    "/ogc/openapi",
    "/ogc/conformance",
    "/ogc/collections",
    "/ogc/collections/<naam>",
    "/ogc/collections/<naam>/schema",
    "/ogc/collections/<naam>/queryables",
    "/ogc/collections/<naam>/items",
    "/ogc/collections/<naam>/items/<path:sleutel>",
    "/hsds/",
    "/hsds/organizations",
    "/hsds/organizations/<organization_id>",
    "/hsds/service_at_locations",
    "/hsds/service_at_locations/<place_id>",
    "/hsds/services",
    "/hsds/services/<service_id>",
    "/hsds/taxonomies",
    "/hsds/taxonomies/<taxonomy_id>",
    "/hsds/taxonomy_terms",
    "/hsds/taxonomy_terms/<term_id>",
    "/tegels/<int:z>/<int:x>/<int:y>.png",
    "/gebied",
    "/gebied/<code>",
    "/gebied/<code>.ics",
    "/gebieden",
    "/gemeenten",
    "/actor/<actor_id>",
    "/actor/<actor_id>.vcf",
    "/aanbod/<aanbod_id>",
    "/aanbod/<aanbod_id>.ics",
    "/aanbod/<aanbod_id>/ervaring",
    "/blad",
    "/blad.pdf",
    "/gekeken",
    "/gekeken/<inventory_id>",
    "/gekeken/<inventory_id>/aanbod",
    "/signalen",
    "/signalen/nieuw",
    "/signalen/antwoord",
    "/signalen/antwoord/<code>",
    "/opdrachten",
    "/opdrachten/nieuw",
    "/opdrachten/<assignment_id>",
    "/driehoek/<gebied>",
    "/driehoek/<gebied>/besluit",
    "/inloggen",
    "/inloggen/code",
    "/inloggen/werk",
    "/inloggen/werk/terug",
    "/uitloggen",
    "/uitnodiging/<token>",
    "/account",
    "/account/overal-uitloggen",
    "/account/sleutels",
    "/account/sleutels/weg",
    "/bijwerken",
    "/bijwerken/dank",
    "/bijwerken/nieuw",
    "/bijwerken/nieuw/<voorstel_id>",
    "/bijwerken/nieuw/<voorstel_id>/terug",
    "/bijwerken/nieuw/<voorstel_id>/zet",
    "/bijwerken/sw.js",
    "/bijwerken/om-de-hoek",
    "/bijwerken/samenvoegen",
    "/bijwerken/samenvoegen/los",
    "/bijwerken/eigen",
    "/bijwerken/eigen/terug",
    "/bijwerken/eigen/voorstel/<voorstel_id>/<any(aanvaard, afwijzen):besluit>",
    "/bijwerken/niet-op-de-kaart",
    "/bijwerken/actoren/<actor_id>/eigen",
    "/bijwerken/actoren/<actor_id>/niet-op-de-kaart",
    "/bijwerken/actoren/<actor_id>/weer-op-de-kaart",
    "/voorstellen",
    "/voorstellen/<voorstel_id>/aanvaard",
    "/voorstellen/openstreetmap",
    "/voorstellen/openstreetmap/<voorstel_id>/<any(aanvaard, afwijzen):besluit>",
    "/voorstellen/<voorstel_id>/afwijzen",
    "/bijwerken/<any(actoren, aanbod):tabel>/<sleutel>",
    "/bijwerken/<any(actoren, aanbod, relaties):tabel>/<sleutel>/klopt",
    "/bijwerken/toestemming/<actor_id>/intrekken",
    "/bijwerken/toestemming/<actor_id>/kaart",
    "/bijwerken/toestemming/<actor_id>/wissen",
    "/toestemming",
    "/toestemming/nieuw",
    "/toestemming/<code>",
    "/toestemming/<code>/gegevens.json",
    "/toestemming/<code>/intrekken",
    "/toestemming/<code>/wissen",
    "/beheer",
    "/beheer/bewaren",
    "/beheer/gebieden",
    "/beheer/gebieden/<code>",
    "/beheer/gebieden/<code>/stop",
    "/beheer/gebieden/nieuw",
    "/beheer/invoer",
    "/beheer/invoer/<wacht_id>",
    "/beheer/invoer/<wacht_id>/kolommen",
    "/beheer/invoer/<wacht_id>/opnieuw",
    "/beheer/invoer/<wacht_id>/plaats",
    "/beheer/invoer/<wacht_id>/stand",
    "/beheer/invoer/<wacht_id>/terug",
    "/beheer/gezondheid",
    "/beheer/gezondheid/nakijken",
    "/beheer/logboek",
    "/beheer/logboek.csv",
    "/beheer/woorden",
    "/beheer/woorden/<woord_id>",
    "/klopt/<code>",
    "/bijwerken/bericht/<bericht_id>/gezien",
    "/bijwerken/<any(actoren, aanbod):tabel>/<sleutel>/vraag",
    "/beheer/post",
    "/beheer/post/stand",
    "/beheer/post/<mail_id>",
    "/beheer/mensen",
    "/beheer/mensen/<account_id>",
    "/beheer/mensen/<account_id>/link",
    "/privacy",
    "/toegankelijkheid",
    "/gegevens",
    "/handleiding",
    "/handleiding/<wie>",
    "/gezond",
    "/.well-known/security.txt",
    "/api/v1/import",
    "/api/v1/openapi.json",
    "/api/v1/actoren",
    "/api/v1/actoren/<actor_id>",
    "/api/v1/aanbod",
    "/api/v1/aanbod/<aanbod_id>",
    "/api/v1/aanbod/<aanbod_id>/ervaringen",
    "/api/v1/relaties",
    "/api/v1/relaties/<relatie_id>",
    "/api/v1/gebieden",
    "/api/v1/gebieden/<code>",
    "/api/v1/kaart/gebieden",
    "/api/v1/kaart/punten",
    "/api/v1/netwerk",
    "/api/v1/netwerk/pad",
    "/api/v1/netwerk/sleutelposities",
    "/api/v1/netwerk/geisoleerd",
    "/api/v1/netwerk/profiel",
    "/api/v1/netwerk/wat-als",
    "/api/v1/dekking",
    "/api/v1/gaten",
    "/api/v1/plaatsing",
    "/api/v1/inventarisaties",
    "/api/v1/signalen",
    "/api/v1/woorden",
    "/api/v1/actoren/<actor_id>/geschiedenis",
    "/api/v1/actoren/<actor_id>/terugdraaien",
    "/api/v1/actoren/<actor_id>/samenvoegen",
    "/api/v1/actoren/<actor_id>/losmaken",
    "/api/v1/aanbod/<aanbod_id>/geschiedenis",
    "/api/v1/aanbod/<aanbod_id>/terugdraaien",
    "/api/v1/aanbod/<aanbod_id>/samenvoegen",
    "/api/v1/aanbod/<aanbod_id>/losmaken",
    "/api/v1/relaties/<relatie_id>/geschiedenis",
    "/api/v1/relaties/<relatie_id>/terugdraaien",
    "/api/v1/zoekvragen",
}


_CHANGES = ("PUT", "DELETE")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of the application on the documented network."""
    url = f"sqlite:///{tmp_path_factory.mktemp('routes') / 'kaart.db'}"
    make_map(url, Clock(), Filling.NETWORK)
    app = create_app(Settings(database=url, secret="x" * 32))
    unmarked = Blueprint("vergeten", __name__)
    unmarked.add_url_rule("/vergeten", "vergeten", lambda: "open")
    app.register_blueprint(unmarked)
    return app.test_client()


def test_the_routes_are_those_that_others_rely_on(client: FlaskClient) -> None:
    rules = {rule.rule for rule in client.application.url_map.iter_rules()}
    assert {rule for rule in rules if not rule.startswith(("/static", "/vergeten"))} == ROUTES


def test_every_route_states_its_level(client: FlaskClient) -> None:
    silent = {
        name
        for name, view in client.application.view_functions.items()
        if required_of(view) is None and not name.endswith("static")
    }
    assert silent == {"vergeten.vergeten"}


def test_a_route_without_a_level_is_refused(client: FlaskClient) -> None:
    answer = client.get("/vergeten")
    assert answer.status_code == 403
    assert "open" not in answer.text.split("<main")[1].split("</main>")[0].replace("openbaar", "")


@pytest.mark.parametrize("path", ["/", "/kaart", "/api/v1/actoren", "/niets", "/api/v1/niets"])
def test_every_answer_carries_the_policy(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_a_visitor_writes_no_record(client: FlaskClient) -> None:
    calls = [("POST", "/api/v1/actoren"), *((m, "/api/v1/aanbod/N-O-SOEPBUS") for m in _CHANGES)]
    for method, path in calls:
        assert client.open(path, method=method, json={}).status_code == 401, (method, path)
    for method in ("POST", *_CHANGES, "PATCH"):
        assert client.open("/kaart", method=method).status_code == 405, method


def test_static_files_are_kept_for_long_and_change_their_address(client: FlaskClient) -> None:
    page = client.get("/").text
    address = page.split('href="/static/css/thema.css')[1].split('"')[0]
    with client.get(f"/static/css/thema.css{address}") as answer:
        assert "immutable" in answer.headers["Cache-Control"]
    assert address.startswith("?v=")


def test_a_fault_shows_a_sentence_and_a_number_and_no_details(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def _break(*_: object, **__: object) -> None:
        raise RuntimeError("geheim /pad/naar/bestand")

    monkeypatch.setattr("web.pages.kaart.nearest_ids", _break)
    client.application.testing = False
    answer = client.get("/kaart?q=straat")
    assert answer.status_code == 500
    assert "Er ging bij ons iets mis" in answer.text
    assert "geheim" not in answer.text
    assert "Traceback" not in answer.text


def test_a_damaged_database_is_no_reason_to_show_details(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'stuk.db'}"
    make_map(url, Clock(), Filling.EMPTY)
    client = create_app(Settings(database=url, secret="x" * 32)).test_client()
    with (tmp_path / "stuk.db").open("r+b") as file:
        file.write(b"\x00" * 8192)
    answer = client.get("/kaart")
    assert answer.status_code == 500
    assert "sqlite" not in answer.text.lower()
    assert client.get("/gezond").status_code == 503


def test_nothing_is_served_without_a_secret(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="SOCIALMAP_SECRET"):
        create_app(Settings(database=f"sqlite:///{tmp_path / 'kaart.db'}"))
