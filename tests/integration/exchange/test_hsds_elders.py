"""HSDS that somebody else made: what fits comes in, what does not is said, and nothing breaks."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from socialmap.domain.model import Aanbod, Actor
from socialmap.domain.privacy import OPENBAAR
from socialmap.exchange.importing import ImportReport, import_named_bytes, import_paths
from socialmap.store.engine import Store
from socialmap.store.records import all_aanbod, all_actors

from .conftest import PEILDATUM

Json = dict[str, Any]
Import = Callable[..., ImportReport]
ORGANIZATION = "0b1ddb2c-9f4f-4d8e-9b53-0e8a3a1c0001"
SERVICE = "0b1ddb2c-9f4f-4d8e-9b53-0e8a3a1c0002"


def term(name: str) -> Json:
    return {"id": SERVICE, "taxonomy_term": {"id": ORGANIZATION, "code": "x", "name": name}}


def service(**more: Any) -> Json:
    return {
        "id": SERVICE,
        "name": "Koffie in de wijk",
        "description": "Elke week koffie.",
        "status": "active",
        "organization": {"id": ORGANIZATION, "name": "Buurtkamer", "description": "Een kamer."},
        **more,
    }


@pytest.fixture
def take(base: Store) -> Import:
    def ask(*records: Json, name: str = "elders.json") -> ImportReport:
        data = json.dumps(list(records)).encode()
        return import_named_bytes(base, [(name, data)], wie="test", clock=PEILDATUM)

    return ask


def held(store: Store) -> tuple[list[Actor], list[Aanbod]]:
    with store.reading() as conn:
        today = PEILDATUM.today()
        return all_actors(conn, OPENBAAR, today), all_aanbod(conn, OPENBAAR, today)


def test_the_example_of_the_standard_comes_in(base: Store, shared: Path) -> None:
    path = shared / "hsds/3.1/examples/service_full.json"
    report = import_paths(base, [path], wie="test", clock=PEILDATUM)
    assert report.fouten == ()
    (actor,), (offer,) = held(base)
    example = json.loads(path.read_text())
    assert (actor.naam, offer.naam) == (example["organization"]["name"], example["name"])
    assert (offer.actor_id, offer.min_leeftijd, offer.talen) == (actor.id, 12, ("ur",))
    said = " ".join(w.melding for w in report.waarschuwingen)
    for field in ("alert", "required_documents", "legal_status"):
        assert field in said
    assert (offer.kosten, offer.wanneer, offer.lon) == (None, "", None)


def test_a_service_becomes_an_offer_with_its_place_times_and_price(
    base: Store, take: Import
) -> None:
    place = {
        "location_type": "physical",
        "latitude": 52.38,
        "longitude": 4.64,
        "addresses": [
            {"address_1": "Postbus 1", "address_type": "postal"},
            {"address_1": "Dorpsstraat 1", "city": "Haarlem", "postal_code": "2011 AB"},
        ],
    }
    report = take(
        service(
            schedules=[
                {"freq": "WEEKLY", "byday": "TU,TH", "opens_at": "10:00:00", "closes_at": "12:00Z"},
                {"freq": "MONTHLY", "byday": "1FR", "opens_at": "14:00", "closes_at": "16:00"},
            ],
            cost_options=[{"amount": 2.5, "currency": "EUR"}],
            languages=[{"code": "nl"}, {"name": "Pools"}],
            service_areas=[{"uri": "https://elders.example/id/gemeente/GM0392"}],
            service_at_locations=[{"id": SERVICE, "location": place}],
            assured_date="2026-10-01",
            attributes=[term("Geld en schulden"), term("Mental Health"), term("Seniors")],
        )
    )
    assert report.fouten == report.waarschuwingen == ()
    _, (offer,) = held(base)
    assert offer.wanneer == "Tu,Th 10:00-12:00; Fr[1] 14:00-16:00"
    assert (str(offer.kosten), offer.talen) == ("2.50", ("nl", "Pools"))
    assert (offer.adres, offer.postcode, offer.lon) == ("Dorpsstraat 1", "2011 AB", 4.64)
    assert offer.werkgebied == ("GM0392",)
    assert offer.themas == ("financien", "geestelijke_gezondheid")
    assert offer.doelgroepen == ("ouderen",)
    assert str(offer.gecontroleerd_op) == "2026-10-01"


@pytest.mark.parametrize(
    ("name", "themas"),
    [
        ("geld en schulden", ("financien",)),
        ("Geld en schulden.", ("financien",)),
        ("Geld en sculden", ("financien",)),
        ("Tijdsbesteding", ("dagbesteding",)),
        ("schuldhulpverlening", ("financien",)),
        # A domain of more than one theme says too little.
        ("Instrumentele ADL", ()),
        ("Ruimtevaart", ()),
        ("", ()),
    ],
)
def test_a_term_becomes_a_theme_only_when_that_is_sure(
    base: Store, take: Import, name: str, themas: tuple[str, ...]
) -> None:
    report = take(service(attributes=[term(name)]))
    assert held(base)[1][0].themas == themas
    said = [w.melding for w in report.waarschuwingen]
    assert bool(said) == (bool(name) and not themas)
    assert all(name in melding for melding in said)


def test_the_same_again_changes_nothing_and_keeps_what_was_added_here(
    base: Store, take: Import
) -> None:
    take(service(attributes=[term("Wonen")]))
    (actor,), (offer,) = held(base)
    added = (
        f"id;actor_id;naam;omschrijving;vorm;lijn;themas;doelgroepen;min_leeftijd;max_leeftijd;"
        f"kosten;talen;adres;postcode;plaats;lon;lat;wanneer;capaciteit;aanmelden;"
        f"gecontroleerd_op;status;bron\n{offer.id};{actor.id};Koffie in de wijk;Elke week koffie.;"
        ";0;huisvesting;;;;;;;;;;;;12;;;actief;\n"
    )
    files = [("aanbod.csv", added.encode())]
    assert import_named_bytes(base, files, wie="test", clock=PEILDATUM).geplaatst
    report = take(service(attributes=[term("Wonen")]))
    assert {(c.nieuw, c.gewijzigd) for c in report.geteld.values()} == {(0, 0)}
    assert (held(base)[1][0].capaciteit, held(base)[1][0].lijn) == (12, 0)


def test_what_the_map_cannot_hold_is_left_empty_and_said(base: Store, take: Import) -> None:
    report = take(
        service(
            minimum_age=900,
            assured_date="gisteren",
            schedules=[{"freq": "WEEKLY", "byday": "MO", "interval": 2, "opens_at": "10:00"}],
            cost_options=[{"amount": "1e999999"}, {"amount": 3}],
            service_areas=[{"name": "Overal"}],
            service_at_locations=[{"id": "a", "location": {"latitude": 40.7, "longitude": -74}}],
            application_process="x" * 900,
        )
    )
    assert report.geplaatst
    (offer,) = held(base)[1]
    assert (offer.min_leeftijd, offer.gecontroleerd_op, offer.wanneer) == (None, None, "")
    assert (offer.lon, offer.kosten, offer.werkgebied) == (None, None, ())
    assert len(offer.aanmelden) == 500
    said = {w.kolom for w in report.waarschuwingen}
    assert said == {
        "min_leeftijd",
        "gecontroleerd_op",
        "schedules",
        "cost_options",
        "service_areas",
        "lon/lat",
        "aanmelden",
    }


def test_a_service_without_what_is_needed_is_a_fault_with_its_row(
    base: Store, take: Import
) -> None:
    report = take(service(), service(id="", name=""), service(id=ORGANIZATION, organization=None))
    assert not report.geplaatst
    where = {(f.bestand, f.rij, f.kolom) for f in report.fouten}
    assert ("elders.json, services", 2, "naam") in where
    assert ("elders.json, services", 3, "actor_id") in where
    assert held(base) == ([], [])


@pytest.mark.parametrize(
    "odd",
    [
        {"schedules": "altijd"},
        {"schedules": [None, 3, {"byday": ["MO"], "freq": {}}]},
        {"attributes": [{"taxonomy_term": "x"}, {"taxonomy_term": {"name": ["x"]}}]},
        {"cost_options": [{"amount": True}]},
        {"cost_options": [{"amount": "NaN", "currency": 3}]},
        {"languages": {"code": "nl"}},
        {"service_at_locations": [{"location": []}]},
        {"service_at_locations": [{"location": {"latitude": 10**400, "longitude": "x"}}]},
        {"minimum_age": 10**60, "maximum_age": -1},
        {"description": "{{7*7}}<script>alert(1)</script>"},
    ],
)
def test_odd_values_never_break_an_import(base: Store, take: Import, odd: Json) -> None:
    report = take(service(**odd))
    assert report.geplaatst
    assert len(held(base)[1]) == 1


@pytest.mark.parametrize("data", [b"{", b"[" * 100_000, b'{"type":"FeatureCollection"}', b"[]"])
def test_other_json_is_no_hsds(base: Store, data: bytes) -> None:
    report = import_named_bytes(base, [("kaart.json", data)], wie="test", clock=PEILDATUM)
    assert not report.geplaatst
    assert report.fouten


def test_a_package_of_tables_comes_in(base: Store, tmp_path: Path) -> None:
    (tmp_path / "organizations.csv").write_text(
        f"id,name,description\n{ORGANIZATION},Buurtkamer,Een kamer.\n"
    )
    (tmp_path / "services.csv").write_text(
        "id,organization_id,name,description,status\n"
        f'{SERVICE},{ORGANIZATION},"Koffie, elke week",Kom maar,temporarily closed\n'
    )
    (tmp_path / "schedules.csv").write_text(
        "id,service_id,freq,byday,opens_at,closes_at\n"
        f'{SERVICE},{SERVICE},WEEKLY,"MO,TU,WE",09:00,11:00\n'
    )
    report = import_paths(base, [tmp_path], wie="test", clock=PEILDATUM)
    assert report.fouten == ()
    (offer,) = held(base)[1]
    assert (offer.naam, offer.wanneer) == ("Koffie, elke week", "Mo-We 09:00-11:00")
    assert offer.status == "gepauzeerd"


def test_a_fault_in_a_table_names_file_and_row(base: Store, tmp_path: Path) -> None:
    (tmp_path / "services.csv").write_text(
        f"id,organization_id,name,status\n{SERVICE},{ORGANIZATION},Koffie,active\n{SERVICE},x\n"
    )
    report = import_paths(base, [tmp_path], wie="test", clock=PEILDATUM)
    where = {(f.bestand, f.rij, f.kolom) for f in report.fouten}
    assert ("services.csv", 2, "actor_id") in where
    assert ("services.csv", 3, "") in where


@pytest.mark.parametrize(
    "data",
    [
        b"id,name,status," + b"x" * 200_000 + b"\n",
        b"id,name,status" + b",x" * 30_000 + b"\n",
        b"id,name,status\n" + SERVICE.encode() + b"," + b"x" * 200_000 + b",active\n",
        b"id,name,status\n\xff\xfe,x,active\n",
        b"",
    ],
)
def test_a_table_that_cannot_be_read_is_refused(base: Store, data: bytes) -> None:
    report = import_named_bytes(base, [("services.csv", data)], wie="test", clock=PEILDATUM)
    assert report.fouten
    assert not report.geplaatst
