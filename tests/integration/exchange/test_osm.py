"""OpenStreetMap: places become drafts, once, with their licence and what they look like."""

from __future__ import annotations

import json
from pathlib import Path

import osmium
import pytest
from click.testing import CliRunner
from osmium.osm import mutable

from socialmap.cli import commands
from socialmap.domain.osm import CREDIT
from socialmap.domain.privacy import OPENBAAR
from socialmap.editing.osm_drafts import ALIKE, draft_id
from socialmap.exchange.osm_import import import_osm
from socialmap.store.engine import Store
from socialmap.store.proposals import Stand, Voorstel, decide, open_drafts, open_proposals
from socialmap.store.records import all_actors
from tests.osm_places import write_osm

from .conftest import PEILDATUM

LIBRARY = {
    "amenity": "library",
    "name": "Boekenhoek",
    "opening_hours": "Mo-Fr 10:00-17:00",
    "operator": "kanarie-beheerder",
    "email": "kanarie@wijk.example",
    "phone": "+31 6 12345678",
    "contact:website": "boekenhoek.example",
    "addr:street": "Lindelaan",
    "addr:housenumber": "4",
    "addr:postcode": "2036xy",
}
FOOD = {"amenity": "social_facility", "social_facility": "food_bank", "name": "Volle Kast"}
SECRET = {
    "amenity": "social_facility",
    "social_facility": "shelter",
    "social_facility:for": "abused",
    "name": "Blijf",
}
HERE = (4.645, 52.385)


def waiting(store: Store) -> dict[str, Voorstel]:
    with store.reading() as conn:
        return {one.cellen["id"]: one for one in open_drafts(conn)}


@pytest.mark.parametrize("ending", ["osm.pbf", "osm"])
def test_places_become_drafts(base: Store, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"wijk.{ending}"
    others = [{"amenity": "bench"}, SECRET, {"amenity": "library"}]
    spots = [(*HERE, tags) for tags in (LIBRARY, FOOD, *others)]
    write_osm(file, [*spots, (6.9, 52.2, {"amenity": "library", "name": "Ver weg"})])
    report = import_osm(base, [file], clock=PEILDATUM)
    assert (report.fouten, report.geplaatst) == ((), True)
    drafts = waiting(base)
    assert set(drafts) == {"OSM-n1", "OSM-n2"}
    cells = drafts["OSM-n1"].cellen
    assert (cells["lon"], cells["lat"]) == ("4.645000", "52.385000")
    assert cells["wanneer"] == "Mo-Fr 10:00-17:00"
    assert (cells["adres"], cells["postcode"]) == ("Lindelaan 4", "2036 XY")
    assert cells["website"] == "https://boekenhoek.example"
    assert cells["bron"] == f"OpenStreetMap node/1, {CREDIT}"
    assert "kanarie" not in str(cells)
    assert "telefoon" not in cells
    assert drafts["OSM-n2"].cellen["type"] == "voedselbank"
    assert drafts["OSM-n2"].cellen["doelgroepen"] == "minima"
    said = " ".join(map(str, report.waarschuwingen))
    assert "1 plekken hebben geen naam" in said
    assert "1 plekken liggen buiten" in said
    assert CREDIT in said
    with base.reading() as conn:
        assert all_actors(conn, OPENBAAR, PEILDATUM.today()) == []
        assert open_proposals(conn) == []


def test_the_same_file_again_makes_nothing_twice(base: Store, tmp_path: Path) -> None:
    file = tmp_path / "wijk.osm.pbf"
    write_osm(file, [(*HERE, LIBRARY), (4.65, 52.38, FOOD)])
    import_osm(base, [file], clock=PEILDATUM)
    before = waiting(base)
    again = import_osm(base, [file], clock=PEILDATUM).geteld["voorstellen"]
    assert (again.nieuw, again.gewijzigd, again.gelijk) == (0, 0, 2)
    assert waiting(base) == before
    with base.writing() as conn:
        decide(conn, draft_id("OSM-n2"), Stand.AFGEWEZEN, "iemand")
    import_osm(base, [file], clock=PEILDATUM)
    assert set(waiting(base)) == {"OSM-n1"}


def test_changed_hours_renew_a_draft(base: Store, tmp_path: Path) -> None:
    first, later = tmp_path / "een.osm.pbf", tmp_path / "twee.osm.pbf"
    write_osm(first, [(*HERE, LIBRARY)])
    write_osm(later, [(*HERE, LIBRARY | {"opening_hours": "Mo 13:00-17:00"})])
    import_osm(base, [first], clock=PEILDATUM)
    counts = import_osm(base, [later], clock=PEILDATUM).geteld["voorstellen"]
    assert (counts.nieuw, counts.gewijzigd) == (0, 1)
    assert waiting(base)["OSM-n1"].cellen["wanneer"] == "Mo 13:00-17:00"


def test_ways_and_relations_lie_on_their_surface(base: Store, tmp_path: Path) -> None:
    """A hook: the middle of its box is outside it, a point of the surface is not."""
    file = tmp_path / "vlak.osm.pbf"
    corners = [(0, 0), (30, 0), (30, 5), (5, 5), (5, 30), (0, 30)]
    at = [(HERE[0] + x * 1e-5, HERE[1] + y * 1e-5) for x, y in corners]
    ring = [*range(1, len(at) + 1), 1]
    with osmium.SimpleWriter(str(file)) as writer:
        for number, point in enumerate(at, 1):
            writer.add_node(mutable.Node(id=number, location=point))
        writer.add_way(mutable.Way(id=7, nodes=ring, tags=LIBRARY))
        writer.add_way(mutable.Way(id=8, nodes=ring))
        tags = FOOD | {"type": "multipolygon"}
        writer.add_relation(mutable.Relation(id=9, members=[("w", 8, "outer")], tags=tags))
    import_osm(base, [file], clock=PEILDATUM)
    drafts = waiting(base)
    assert set(drafts) == {"OSM-w7", "OSM-r9"}
    for one in drafts.values():
        east = round((float(one.cellen["lon"]) - HERE[0]) * 1e5)
        north = round((float(one.cellen["lat"]) - HERE[1]) * 1e5)
        assert 0 <= east <= 30
        assert 0 <= north <= 30
        assert east <= 5 or north <= 5
    assert "OpenStreetMap way/7" in drafts["OSM-w7"].cellen["bron"]


def test_overpass_gives_the_same(base: Store, tmp_path: Path) -> None:
    lon, lat = HERE
    shape = [{"lon": lon + x, "lat": lat + y} for x, y in ((0, 0), (1e-4, 0), (1e-4, 1e-4), (0, 0))]
    elements = [
        {"type": "node", "id": 1, "lon": lon, "lat": lat, "tags": LIBRARY},
        {"type": "way", "id": 2, "center": {"lon": lon, "lat": lat}, "tags": FOOD},
        {"type": "way", "id": 3, "geometry": shape, "tags": FOOD | {"name": "Warm Bord"}},
        {"type": "relation", "id": 4, "tags": FOOD | {"name": "Nergens"}},
        {"type": "node", "id": "x", "tags": FOOD},
    ]
    file = tmp_path / "antwoord.json"
    file.write_text(json.dumps({"version": 0.6, "elements": elements}))
    report = import_osm(base, [file], clock=PEILDATUM)
    assert report.geplaatst
    drafts = waiting(base)
    assert set(drafts) == {"OSM-n1", "OSM-w2", "OSM-w3"}
    assert lon < float(drafts["OSM-w3"].cellen["lon"]) < lon + 1e-4


def test_what_is_there_already_is_marked(example: Store, tmp_path: Path) -> None:
    with example.reading() as conn:
        known = next(
            one for one in all_actors(conn, OPENBAAR, PEILDATUM.today()) if one.lon and one.lat
        )
    assert known.lon is not None
    assert known.lat is not None
    spot = (known.lon + 1e-4, known.lat, {"amenity": "community_centre", "name": known.naam})
    twin = (HERE[0] + 1e-4, HERE[1], LIBRARY)
    file = tmp_path / "wijk.osm.pbf"
    write_osm(file, [spot, (*HERE, LIBRARY), twin, (4.65, 52.38, FOOD)])
    report = import_osm(example, [file], clock=PEILDATUM)
    drafts = waiting(example)
    assert known.id in drafts["OSM-n1"].cellen[ALIKE].split("|")
    assert drafts["OSM-n2"].cellen[ALIKE] == "OSM-n3"
    assert ALIKE not in drafts["OSM-n4"].cellen
    assert "3 plekken lijken op iets anders" in " ".join(map(str, report.waarschuwingen))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("kapot.osm.pbf", b"dit is geen pbf"),
        ("kapot.osm", b"<osm><node id='1'"),
        ("bom.osm", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><osm version="0.6"><node id="&a;"/></osm>'),
        ("kapot.json", b'{"elements": [{"type": "node"'),
        ("stop.json", b'{"remark": "runtime error: timed out", "elements": []}'),
    ],
)
def test_a_faulty_file_is_refused_with_a_sentence(
    base: Store, tmp_path: Path, name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    report = import_osm(base, [file], clock=PEILDATUM)
    assert not report.geplaatst
    assert report.geteld == {}
    assert "Haal het opnieuw op" in str(report.fouten[0])
    assert waiting(base) == {}


def test_a_trial_keeps_nothing(base: Store, tmp_path: Path) -> None:
    file = tmp_path / "wijk.osm.pbf"
    write_osm(file, [(*HERE, LIBRARY)])
    report = import_osm(base, [file], clock=PEILDATUM, proef=True)
    assert report.geteld["voorstellen"].nieuw == 1
    assert not report.geplaatst
    assert waiting(base) == {}


def test_the_command_tells_what_it_did(base_file: Path, tmp_path: Path) -> None:
    database = tmp_path / "kaart.db"
    database.write_bytes(base_file.read_bytes())
    file, table = tmp_path / "wijk.osm.pbf", tmp_path / "actoren.csv"
    write_osm(file, [(*HERE, LIBRARY)])
    table.write_text("id\n")
    where = ["--database", f"sqlite:///{database}"]
    answer = CliRunner().invoke(commands, ["import", str(file), *where])
    assert "voorstellen: 1 nieuw, 0 gewijzigd, 0 gelijk" in answer.output
    assert CREDIT in answer.output
    both = CliRunner().invoke(commands, ["import", str(file), str(table), *where])
    assert both.exit_code != 0
    assert "apart in" in both.output
