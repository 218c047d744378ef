"""A source of boundaries that fails: each case ends in a sentence, and the map is as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from shapely.geometry import shape

from socialmap.exchange import cbs_source
from socialmap.exchange.cbs_source import Source, SourceError, fetch, read_file
from socialmap.geo.cbs import read_cbs
from socialmap.geo.errors import BoundaryFaults
from socialmap.store.engine import Store
from tests.free_port import free_port
from tests.integration.areas.conftest import HAARLEM, Pdok, drip

QUICK = (0.0, 0.0)


def ask(pdok: Pdok, **times: float) -> list[dict[str, object]]:
    source = Source(pdok.address + "/{jaar}", pauses=QUICK, **times)  # type: ignore[arg-type]
    return fetch(source, 2025, "buurten", HAARLEM, lambda *_: None)


def say(handler: BaseHTTPRequestHandler, status: int, **headers: str) -> bool:
    handler.send_response(status)
    for name, text in headers.items():
        handler.send_header(name.replace("_", "-"), text)
    handler.send_header("Content-Length", "0")
    handler.end_headers()
    return True


def cut_off(handler: BaseHTTPRequestHandler, _number: int) -> bool:
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"type":"FeatureCollection","features":[')
    handler.close_connection = True
    return True


def nonsense(handler: BaseHTTPRequestHandler, _number: int) -> bool:
    body = b"<html>Onderhoud</html>"
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
    return True


CASES: dict[str, tuple[Callable[[BaseHTTPRequestHandler, int], bool], str]] = {
    "busy": (lambda h, _n: say(h, 429, Retry_After="0"), "te druk (429)"),
    "broken": (lambda h, _n: say(h, 500), "storing of het te druk (500)"),
    "refused": (lambda h, _n: say(h, 404), "weigert de vraag (404)"),
    "cut off halfway": (cut_off, "geeft geen heel antwoord"),
    "nonsense": (nonsense, "iets anders dan gebieden"),
    "sent elsewhere": (
        lambda h, _n: say(h, 302, Location="http://127.0.0.2:9/buurten"),
        "weigert de vraag (302)",
    ),
}


@pytest.mark.parametrize("case", list(CASES))
def test_a_fault_ends_in_a_sentence(pdok: Pdok, case: str) -> None:
    pdok.fails, said = CASES[case]
    with pytest.raises(SourceError) as refused:
        ask(pdok)
    assert said in str(refused.value)
    assert "Er is niets veranderd" in str(refused.value)


def test_what_passes_by_itself_is_asked_again(pdok: Pdok) -> None:
    def twice(handler: BaseHTTPRequestHandler, number: int) -> bool:
        return number in (1, 2) and say(handler, 503 if number == 1 else 429, Retry_After="0")

    pdok.fails = twice
    assert len(ask(pdok)) == sum(
        one["properties"]["gemeentecode"] == HAARLEM for one in pdok.buurten
    )


def test_a_fault_on_a_later_page_keeps_nothing(pdok: Pdok) -> None:
    pdok.fails = lambda handler, number: number > 1 and say(handler, 500)
    with pytest.raises(SourceError):
        ask(pdok)


def test_fewer_than_it_says_is_refused(pdok: Pdok) -> None:
    whole = pdok.answer

    def short(path: str) -> bytes:
        return whole(path).replace(b'"rel": "next"', b'"rel": "later"')

    pdok.answer = short  # type: ignore[method-assign]
    with pytest.raises(SourceError, match=r"gaf 50 van de \d+ gebieden"):
        ask(pdok)


def test_a_link_to_another_host_is_not_followed(pdok: Pdok) -> None:
    whole, elsewhere = pdok.answer, f"http://127.0.0.2:{free_port()}"
    pdok.answer = lambda path: whole(path).replace(  # type: ignore[method-assign]
        pdok.address.encode(), elsewhere.encode()
    )
    with pytest.raises(SourceError, match="verwijst naar een ander adres"):
        ask(pdok)


def test_a_circle_of_pages_ends(pdok: Pdok) -> None:
    whole = pdok.answer
    pdok.answer = lambda path: whole(path).replace(b"cursor=100", b"cursor=50")  # type: ignore[method-assign]
    with pytest.raises(SourceError, match="verwijst naar een ander adres"):
        ask(pdok)


def test_a_slow_line_ends_in_time(pdok: Pdok) -> None:
    def slow(handler: BaseHTTPRequestHandler, _number: int) -> bool:
        drip(handler, 8)
        return True

    pdok.fails = slow
    began = time.monotonic()
    with pytest.raises(SourceError, match="geen heel antwoord"):
        ask(pdok, patience=0.5)
    assert time.monotonic() - began < 6


def test_an_endless_answer_is_refused(pdok: Pdok, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cbs_source, "MOST_BYTES", 10_000)
    with pytest.raises(SourceError, match="geen heel antwoord"):
        ask(pdok)


def test_without_network_it_says_so() -> None:
    source = Source(f"http://127.0.0.1:{free_port()}/{{jaar}}", pauses=QUICK)
    with pytest.raises(SourceError, match="is niet te bereiken"):
        fetch(source, 2025, "buurten", HAARLEM, lambda *_: None)


def test_a_year_without_boundaries_is_told(pdok: Pdok) -> None:
    pdok.buurten = []
    with pytest.raises(SourceError, match="Kies een ander jaar"):
        ask(pdok)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"buurtcode": "BU99"}, "De code klopt niet"),
        ({"buurtcode": None}, "De code klopt niet"),
        ({"wijkcode": "WK039999"}, "wijkcode past niet"),
        ({"gemeentecode": "GM0001"}, "gemeentecode past niet"),
        ({"buurtnaam": ""}, "naam ontbreekt"),
    ],
)
def test_wrong_codes_are_refused_with_their_number(
    pdok: Pdok, change: dict[str, object], said: str
) -> None:
    pdok.buurten[3]["properties"] |= change
    with pytest.raises(BoundaryFaults) as refused:
        read_cbs(pdok.buurten, pdok.features("wijken", ""), 2025, "PDOK")
    assert any(said in fault.melding and fault.nummer == 4 for fault in refused.value.faults)


def test_a_border_that_crosses_itself_is_refused(pdok: Pdok) -> None:
    bow = [[4.6, 52.3], [4.7, 52.4], [4.7, 52.3], [4.6, 52.4], [4.6, 52.3]]
    pdok.buurten[0]["geometry"] = {"type": "Polygon", "coordinates": [bow]}
    with pytest.raises(BoundaryFaults):
        read_cbs(pdok.buurten, pdok.features("wijken", ""), 2025, "PDOK")


@pytest.mark.parametrize("name", ["vrt.gpkg", "leeg.gpkg", "ander.gpkg"])
def test_a_file_that_is_no_geopackage_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    texts = {
        "vrt.gpkg": b"<OGRVRTDataSource><SrcDataSource>/etc/passwd</SrcDataSource>",
        "leeg.gpkg": b"",
        "ander.gpkg": b"SQLite format 3\x00" + bytes(200),
    }
    path.write_bytes(texts[name])
    with pytest.raises(SourceError, match="GeoPackage"):
        read_file(path)


@pytest.mark.parametrize("case", ["broken", "cut off halfway", "wrong code"])
def test_the_map_is_byte_for_byte_as_it_was(store: Store, pdok: Pdok, case: str) -> None:
    if case == "wrong code":
        pdok.buurten[0]["properties"]["wijkcode"] = "WK000000"
    else:
        pdok.fails = CASES[case][0]
    database = str(store._engine.url)
    before = _dump(store)
    command = [sys.executable, "-m", "socialmap.cli", "areas", "update"]
    command += ["--jaar", "2025", "--gemeente", HAARLEM, "--database", database]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "SOCIALMAP_GRENZEN": pdok.address + "/{jaar}"},
    )
    assert done.returncode == 1
    assert "Er is niets veranderd" in done.stderr
    assert "Traceback" not in done.stderr
    assert _dump(store) == before


def _dump(store: Store) -> list[str]:
    with store.reading() as conn:
        raw = conn.connection.driver_connection
        assert raw is not None
        return list(raw.iterdump())


def test_small_faults_of_borders_are_mended_and_told(shared: Path) -> None:
    text = (shared / "landelijk" / "nl_buurten_2023.geojson").read_text(encoding="utf-8")
    features = json.loads(text)["features"]
    broken = {
        one["properties"]["gm_code"] for one in features if not shape(one["geometry"]).is_valid
    }
    assert len(broken) > 5
    chosen = [one for one in features if one["properties"]["gm_code"] in broken]
    told = [
        {
            "properties": {
                "buurtcode": one["properties"]["statcode"],
                "buurtnaam": one["properties"]["statnaam"],
                "wijkcode": one["properties"]["wk_code"],
                "wijknaam": one["properties"]["wk_naam"],
                "gemeentecode": one["properties"]["gm_code"],
                "gemeentenaam": one["properties"]["gm_naam"],
            },
            "geometry": one["geometry"],
        }
        for one in chosen
    ]
    read = read_cbs(told, [], 2023, "PDOK")
    assert len(read.buurten) == len(chosen)
    assert 15 <= len(read.hersteld) < 200
    before = {one["properties"]["statcode"]: shape(one["geometry"]).area for one in chosen}
    for one in read.buurten:
        assert one.shape.area == pytest.approx(before[one.code], rel=0.01)
        if one.code not in read.hersteld:
            assert one.shape.area == pytest.approx(before[one.code], rel=1e-5)
