"""Coverage as a file: read back it is what the interface gives, with what every column means."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pyogrio
import pytest
import shapely
from flask.testing import FlaskClient

from socialmap.exchange.cells import undo_harmless
from socialmap.exchange.results import COLUMNS
from tests.integration.pages.conftest import NASTY

QUERIES = (
    "",
    "?niveau=gemeente",
    "?niveau=buurt&thema=participatie&doelgroep=ouderen",
    "?niveau=teamgebied&gebied=GM0473&thema=taal,participatie&straal_m=600&dag=zondag",
)
NAMES = [column.naam for column in COLUMNS]
#: Column -> field of the interface, where the value is the same.
SAME = {
    "gebied": "code",
    "gebied_naam": "naam",
    "niveau": "niveau",
    "thema": "thema",
    "doelgroep": "doelgroep",
    "oordeel": "oordeel",
    "personen_groep": "behoefte",
    "personen_niet_bereikt": "personen",
    "plaatsen_per_persoon": "verhouding",
}
SHARES = {"bereik_procent": "bereik", "plaatsen_bekend_procent": "capaciteit_bekend"}
LISTS = {"aanbod": "aanbod", "aanbod_oud": "oud", "aanbod_stadsbreed": "stadsbreed"}

Rows = list[dict[str, Any]]


@pytest.fixture
def client(clients: dict[str, FlaskClient]) -> FlaskClient:
    return clients["voorbeeld"]


def _csv_rows(data: bytes) -> Rows:
    text = io.StringIO(data.decode(), newline="")
    return [
        {name: undo_harmless(value) for name, value in row.items()}
        for row in csv.DictReader(text, delimiter=";")
    ]


def _check(rows: Rows, client: FlaskClient, query: str) -> None:
    """Hold rows, with None or empty for what is unknown, against the interface."""
    true = client.get(f"/api/v1/dekking{query}").get_json()["gebieden"]
    assert len(rows) == len(true)
    for row, one in zip(rows, true, strict=True):
        assert list(row) == NAMES
        for column, field in SAME.items():
            assert _same(row[column], one[field]), column
        for column, field in SHARES.items():
            share = one[field]
            assert _same(row[column], None if share is None else round(100 * share)), column
        for column, field in LISTS.items():
            assert (row[column] or "") == "|".join(one[field])
        assert row["geschat"] == ("ja" if one["cijfers"]["geschat"] else "nee")


def _same(cell: Any, value: Any) -> bool:
    if value is None or value == "":
        return cell in (None, "")
    return float(cell) == value if isinstance(value, (int, float)) else cell == value


@pytest.mark.parametrize("query", QUERIES)
def test_csv_is_what_the_interface_gives(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/dekking.csv{query}")
    assert answer.mimetype == "text/csv"
    assert 'filename="dekking.csv"' in answer.headers["Content-Disposition"]
    _check(_csv_rows(answer.data), client, query)
    meaning = answer.headers["Link"].split(">")[0].removeprefix("<")
    found = {row["onderwerp"]: row["betekenis"] for row in _csv_rows(client.get(meaning).data)}
    assert found.keys() >= {*NAMES, "datum", "niveau", "bronvermelding", "licentie", "gevraagd"}
    assert all(found.values())


@pytest.mark.parametrize("query", QUERIES)
def test_xlsx_holds_rows_and_what_they_mean(client: FlaskClient, query: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/dekking.xlsx{query}").data))
    assert book.sheetnames == ["dekking", "uitleg"]
    head, *rows = book["dekking"].iter_rows(values_only=True)
    names = [str(name) for name in head]
    _check([dict(zip(names, row, strict=True)) for row in rows], client, query)
    about = {str(row[0]): row[1] for row in book["uitleg"].iter_rows(values_only=True, min_row=2)}
    assert about.keys() >= {*NAMES, "datum", "bronvermelding"}
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


@pytest.mark.parametrize("query", QUERIES)
def test_geopackage_holds_areas_and_what_they_mean(
    client: FlaskClient, query: str, tmp_path: Path
) -> None:
    path = tmp_path / "dekking.gpkg"
    path.write_bytes(client.get(f"/dekking.gpkg{query}").data)
    assert {name for name, _ in pyogrio.list_layers(path)} == {"dekking", "uitleg"}
    areas = pyogrio.read_dataframe(path, layer="dekking")
    assert areas.crs.to_epsg() == 28992
    assert areas.geometry.is_valid.all()
    # Haarlem and Zandvoort in metres; in degrees it would be far away.
    assert shapely.box(90_000, 480_000, 115_000, 500_000).contains(shapely.box(*areas.total_bounds))
    rows = areas.drop(columns="geometry").astype(object)
    found = rows.where(rows.notna(), None).to_dict("records")
    _check(found, client, query)
    about = pyogrio.read_dataframe(path, layer="uitleg")
    assert set(about["onderwerp"]) >= {*NAMES, "datum", "bronvermelding"}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "gpkg"])
def test_a_wrong_filter_is_refused(client: FlaskClient, kind: str) -> None:
    for query in ("thema=x", "gebied=WK999999", "straal_m=1"):
        assert client.get(f"/dekking.{kind}?{query}").status_code == 400


def test_the_text_of_users_is_never_a_formula(nasty_client: FlaskClient) -> None:
    answer = nasty_client.get("/dekking.csv?niveau=teamgebied&thema=taal")
    assert NASTY not in answer.text
    for line in answer.text.splitlines():
        assert not [cell for cell in line.split(";") if cell[:1] in ("=", "+", "@")]


def test_the_example_says_that_it_is_invented(client: FlaskClient) -> None:
    assert "verzonnen" in client.get("/dekking-uitleg.csv").text
