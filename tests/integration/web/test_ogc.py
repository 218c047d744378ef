"""OGC API - Features: the standard, the counts, the level, and GDAL as the client that reads it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyproj import Transformer

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Niveau, Soort
from socialmap.domain.model import Actor, Toestemming
from socialmap.editing.apply import Batch, apply
from socialmap.exchange.making import Filling, make_map
from socialmap.settings import Settings
from tests.browser.serving import served
from web.app import create_app
from web.ogc.collections import NAMES

RD = "http://www.opengis.net/def/crs/EPSG/0/28992"
BOX = (4.62, 52.37, 4.66, 52.40)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("ogc") / "kaart.db"
    make_map(f"sqlite:///{file}", Clock(), Filling.EXAMPLE)
    return file


@pytest.fixture(scope="module")
def app(database: Path) -> Flask:
    return create_app(Settings(database=f"sqlite:///{database}", secret="s" * 40))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def ogrinfo() -> str:
    """GDAL's program (Debian: gdal-bin); without it the test says so, and CI fails."""
    program = shutil.which("ogrinfo")
    if program is None:
        reason = "ogrinfo ontbreekt. Draai scripts/test --installeer."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return program


def count(client: FlaskClient, collection: str, **asked: str) -> int:
    url = f"/ogc/collections/{collection}/items"
    found: int = client.get(url, query_string={**asked, "limit": "1"}).json["numberMatched"]
    return found


def test_gdal_lists_and_reads_all_collections(
    database: Path, client: FlaskClient, ogrinfo: str, tmp_path: Path
) -> None:
    copy = tmp_path / "kaart.db"
    shutil.copy(database, copy)
    with served(copy) as address:

        def run(*arguments: str) -> str:
            command = [ogrinfo, "-ro", *arguments]
            done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
            assert "ERROR" not in done.stderr
            return done.stdout

        source = f"OAPIF:{address}/ogc"
        listed = re.findall(r"^\d+: (\w+)", run(source), re.MULTILINE)
        assert set(listed) == set(NAMES)
        box = [str(edge) for edge in BOX]
        # Fewer on a page than there are, so that every page is asked.
        pages = ["-oo", "PAGE_SIZE=40"]
        for name in NAMES:
            whole = run("-al", "-geom=NO", *pages, source, name)
            assert len(re.findall(rf"^OGRFeature\({name}\):", whole, re.MULTILINE)) == count(
                client, name
            )
            within = run("-al", "-geom=NO", *pages, "-spat", *box, source, name)
            assert within.count(f"OGRFeature({name}):") == count(client, name, bbox=",".join(box))
        assert count(client, "buurten", bbox=",".join(box)) > 40


def test_counts_are_those_of_the_interface(client: FlaskClient) -> None:
    for name, own in (("actoren", "actoren"), ("aanbod", "aanbod")):
        assert count(client, name) == client.get(f"/api/v1/{own}?limit=1").json["totaal"] > 100
    for name, level in (("buurten", "buurt"), ("wijken", "wijk"), ("gemeenten", "gemeente")):
        told = client.get(f"/api/v1/gebieden?niveau={level}&limit=1").json["totaal"]
        assert count(client, name) == told > 0


def test_pages_hold_every_feature_once(client: FlaskClient) -> None:
    found: list[str] = []
    url = "/ogc/collections/aanbod/items?limit=37"
    while url:
        page = client.get(url).json
        assert page["numberReturned"] == len(page["features"])
        found += [feature["id"] for feature in page["features"]]
        links = {link["rel"]: link["href"] for link in page["links"]}
        url = links.get("next", "").removeprefix("http://localhost")
    assert len(found) == len(set(found)) == count(client, "aanbod")
    assert found == sorted(found)


def test_a_box_holds_what_lies_in_it(client: FlaskClient) -> None:
    west, south, east, north = BOX
    box = ",".join(map(str, BOX))
    whole = client.get("/ogc/collections/aanbod/items?limit=1000").json["features"]
    within = client.get(f"/ogc/collections/aanbod/items?limit=1000&bbox={box}").json["features"]
    expected = {
        one["id"]
        for one in whole
        if one["geometry"]
        and west <= one["geometry"]["coordinates"][0] <= east
        and south <= one["geometry"]["coordinates"][1] <= north
    }
    assert {one["id"] for one in within} == expected
    assert 0 < len(expected) < len(whole)


def test_rijksdriehoek_goes_in_and_out(client: FlaskClient) -> None:
    to_rd = Transformer.from_crs(4326, 28992, always_xy=True)
    url = "/ogc/collections/aanbod/items"
    wgs = client.get(url, query_string={"limit": 1000}).json["features"]
    answer = client.get(url, query_string={"limit": 1000, "crs": RD})
    assert answer.headers["Content-Crs"] == f"<{RD}>"
    for one, same in zip(wgs, answer.json["features"], strict=True):
        if one["geometry"]:
            x, y = to_rd.transform(*one["geometry"]["coordinates"])
            assert same["geometry"]["coordinates"] == pytest.approx([x, y], abs=0.5)
    corner = [*to_rd.transform(4.63, 52.375), *to_rd.transform(4.65, 52.39)]
    asked = {"bbox": ",".join(map(str, corner)), "bbox-crs": RD, "limit": 1}
    near = client.get(url, query_string=asked).json["numberMatched"]
    assert 0 < near <= count(client, "aanbod", bbox="4.62,52.37,4.66,52.40")
    # A box of areas in one system leaves the shapes of the next answer as they are.
    areas = "/ogc/collections/wijken/items"
    before = client.get(areas).json["features"]
    client.get(areas, query_string={"crs": RD})
    assert client.get(areas).json["features"] == before


def test_days_and_fields_are_asked(client: FlaskClient) -> None:
    whole = client.get("/ogc/collections/actoren/items?limit=1000").json["features"]
    days = [one["properties"]["gecontroleerd_op"] for one in whole]
    some = sorted(filter(None, days))[len(list(filter(None, days))) // 2]
    since = count(client, "actoren", datetime=f"{some}T00:00:00Z/..")
    assert since == sum(1 for day in days if day and day >= some) > 0
    kinds = [one["properties"]["soort"] for one in whole]
    assert count(client, "actoren", soort="partner") == kinds.count("partner") > 0
    themes = [one["properties"]["themas"] for one in whole]
    with_theme = sum("sociaal_netwerk" in found for found in themes)
    assert count(client, "actoren", themas="sociaal_netwerk") == with_theme > 0


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("bbox=1,2,3", 400),
        ("bbox=a,b,c,d", 400),
        ("limit=0", 400),
        ("limit=veel", 400),
        ("limit=99999", 200),
        ("offset=-1", 400),
        ("offset=99999999", 200),
        ("crs=http://example.org/geen", 400),
        ("datetime=gisteren", 400),
        ("filter=naam='x'", 400),
        ("sortby=naam", 400),
        ("f=csv", 200),
    ],
)
def test_a_wrong_question_gets_an_answer(client: FlaskClient, asked: str, status: int) -> None:
    answer = client.get(f"/ogc/collections/actoren/items?{asked}")
    assert answer.status_code == status
    assert answer.is_json
    assert len(answer.get_data()) < 5_000_000


def test_a_list_that_is_no_theme_or_group_cannot_be_asked(client: FlaskClient) -> None:
    assert client.get("/ogc/collections/aanbod/items?talen=nl").status_code == 400


def test_what_is_not_there_is_not_there(client: FlaskClient) -> None:
    assert client.get("/ogc/collections/mensen").status_code == 404
    assert client.get("/ogc/collections/mensen/items").status_code == 404
    assert client.get("/ogc/collections/actoren/items/niets").status_code == 404
    page = client.get("/ogc/collections/actoren/items/niets", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "Kies een kaartlaag" in page.get_data(as_text=True)


def test_it_says_what_it_keeps_to(client: FlaskClient) -> None:
    kept = client.get("/ogc/conformance").json["conformsTo"]
    part = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
    assert {f"{part}core", f"{part}geojson", f"{part}oas30", f"{part}html"} <= set(kept)
    assert "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs" in kept
    landing = client.get("/ogc").json
    rels = {link["rel"] for link in landing["links"]}
    assert {"self", "service-desc", "conformance", "data"} <= rels
    assert "ld+json" not in client.get("/ogc").get_data(as_text=True)
    document = client.get("/ogc/openapi").json
    assert set(NAMES) <= {path.split("/")[2] for path in document["paths"] if path.count("/") > 1}
    assert document["openapi"].startswith("3.0")


def test_nobody_reads_more_here_than_everybody(app: Flask, database: Path) -> None:
    store = app.extensions["socialmap"].store
    hidden = [
        Actor(
            id=f"K{int(level)}",
            naam=f"Kanarie{level.code}",
            soort=Soort.PARTNER,
            zichtbaarheid=level,
            lon=4.64,
            lat=52.38,
        )
        for level in Niveau
        if level > Niveau.OPENBAAR
    ]
    consent = Toestemming(op=date(2026, 1, 1), tot=date(2099, 1, 1), doel="", niveau=None, door="")
    person = Actor(
        id="KP",
        naam="Kanariepersoon",
        soort=Soort.SLEUTELFIGUUR,
        toestemming=consent,
        lon=4.64,
        lat=52.38,
    )
    with store.writing() as conn:
        places = app.extensions["socialmap"].finder.here.places(conn)
        batch = Batch(actoren=(*hidden, person))
        apply(conn, batch, wie="test", now=datetime.now(UTC), places=places)
    client = app.test_client()
    for page in (
        "/ogc/collections/actoren/items?limit=1000",
        "/ogc/collections/actoren/items/K2",
        "/ogc/collections/actoren/items?naam=Kanarieteam",
    ):
        for form in ("json", "html"):
            text = client.get(page, query_string={"f": form} if "?" not in page else None)
            assert "Kanarie" not in re.sub(r"naam=Kanarie\w+", "", text.get_data(as_text=True))
    assert count(client, "actoren", naam="Kanarieteam") == 0
