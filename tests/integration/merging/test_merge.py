"""Of two records one: everything that pointed at either points at one, and the way back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from socialmap.domain.clock import Clock
from socialmap.domain.parse import RECORDS
from socialmap.domain.roles import Rol
from socialmap.editing.verify import find_faults
from socialmap.exchange.importing import import_named_bytes
from socialmap.store.engine import Store
from tests.integration.accounts.conftest import Person
from tests.integration.accounts.test_changes import NEW, PERSON, Api
from tests.integration.merging.conftest import Double

Maker = Callable[..., Person]


def faults(store: Store) -> list[Any]:
    with store.reading() as conn:
        return list(find_faults(conn))


def test_the_better_known_of_both_is_kept(double: Double, store: Store) -> None:
    made = double.merge()
    assert made.status_code == 200, made.text
    found = made.json
    assert found["id"] == double.dit["id"]
    assert found["naam"] == "Soep op donderdag in de Dreef"  # checked last
    assert found["telefoon"] == "023-0000001"  # the only one filled in
    assert found["omschrijving"] == "Elke donderdag soep."
    assert (found["gecontroleerd_op"], found["bron"]) == ("2026-01-01", "wijkgesprek")
    assert double.writer.get("/actoren").json["totaal"] == 3
    assert faults(store) == []


def test_what_somebody_chose_goes_before(double: Double) -> None:
    found = double.merge({"naam": "dit", "telefoon": "ander"}).json
    assert (found["naam"], found["telefoon"]) == ("Soep", None)
    odd = double.merge({"naam": "x"}, tags='"x"')
    assert odd.status_code == 422


def test_every_tie_is_kept_once_and_the_strongest(double: Double) -> None:
    key = double.merge().json["id"]
    ties = double.ties(key)
    assert set(ties) == {double.derde["id"], double.vierde["id"]}
    assert ties[double.derde["id"]]["sterkte"] == 3
    assert ties[double.derde["id"]]["bron"] == "belronde; wijkgesprek"
    assert ties[double.vierde["id"]]["sterkte"] == 2
    said = double.writer.get(f"/actoren/{key}/geschiedenis").json["resultaten"][0]["velden"]
    marks = {one["veld"]: one["na"] for one in said}
    assert marks["samengevoegd"] == double.ander["id"]
    assert marks["band_vervallen"] == "kent"


def test_the_offers_come_along_and_the_old_id_leads_on(double: Double, client: FlaskClient) -> None:
    key = double.merge().json["id"]
    offer = double.writer.get(f"/aanbod/{double.aanbod['id']}").json
    assert offer["actor_id"] == key
    old = double.ander["id"]
    page = client.get(f"/actor/{old}")
    assert (page.status_code, page.location) == (301, f"/actor/{key}")
    moved = double.writer.get(f"/actoren/{old}")
    assert (moved.status_code, moved.location) == (301, f"/api/v1/actoren/{key}")
    put = double.writer.send("PUT", f"/actoren/{old}", {}, '"x"')
    assert (put.status_code, put.location) == (308, f"/api/v1/actoren/{key}")
    assert client.get(f"/bijwerken/actoren/{old}").location == f"/bijwerken/actoren/{key}"
    assert client.get("/actor/A-nergens").status_code == 404


def test_both_must_be_what_was_read(double: Double) -> None:
    keep, go = double.dit["id"], double.ander["id"]
    assert double.merge(tags="").status_code == 428
    both = double.tags(keep, go)
    for tags in (double.tags(keep), double.tags(go), '"x"'):
        answer = double.merge(tags=tags)
        assert answer.status_code == 412
    changed = double.ander | {"naam": "Anders"}
    double.writer.send("PUT", f"/actoren/{go}", changed, double.tags(go))
    late = double.merge(tags=both)
    assert (late.status_code, late.json["nu"]["naam"]) == (412, "Anders")
    assert double.writer.get("/actoren").json["totaal"] == 4


def everything(double: Double) -> Any:
    """All that can be read, without versions: to hold before against after."""
    rows = []
    for table in ("actoren", "aanbod", "relaties"):
        rows += double.writer.get(f"/{table}?limit=100").json["resultaten"]
    return sorted(
        ({n: v for n, v in one.items() if n != "versie"} for one in rows), key=lambda o: o["id"]
    )


def test_undo_brings_both_back_with_their_ties(double: Double, store: Store) -> None:
    before = everything(double)
    key, old = double.merge().json["id"], double.ander["id"]
    tag = double.tags(key)
    body = {"van": old}
    assert double.writer.send("POST", f"/actoren/{key}/losmaken", body, '"x"').status_code == 412
    back = double.writer.send("POST", f"/actoren/{key}/losmaken", body, tag)
    assert back.status_code == 200, back.text
    assert back.json["id"] == old
    assert everything(double) == before
    assert faults(store) == []
    versions = [
        v["versie"] for v in double.writer.get(f"/actoren/{old}/geschiedenis").json["resultaten"]
    ]
    assert versions == sorted(set(versions), reverse=True)
    assert double.writer.send("POST", f"/actoren/{key}/losmaken", body, tag).status_code == 404
    again = double.merge()
    assert again.status_code == 200
    assert (
        double.writer.send("POST", f"/actoren/{key}/losmaken", body, double.tags(key)).status_code
        == 200
    )
    assert everything(double) == before


def test_what_was_changed_since_stays_after_undo(double: Double) -> None:
    key, old = double.merge().json["id"], double.ander["id"]
    now = double.writer.get(f"/actoren/{key}")
    double.writer.send(
        "PUT", f"/actoren/{key}", now.json | {"gezocht": "Pannen."}, now.headers["ETag"]
    )
    tie = double.ties(key)[double.vierde["id"]]
    read = double.writer.get(f"/relaties/{tie['id']}")
    double.writer.send(
        "PUT", f"/relaties/{tie['id']}", read.json | {"sterkte": 3}, read.headers["ETag"]
    )
    new = double.offer(key, "Pannen lenen")
    double.writer.send("POST", f"/actoren/{key}/losmaken", {"van": old}, double.tags(key))
    after = double.writer.get(f"/actoren/{key}").json
    assert (after["naam"], after["gezocht"]) == ("Soep", "Pannen.")
    assert double.ties(key)[double.vierde["id"]]["sterkte"] == 3
    assert double.ties(old)[double.vierde["id"]]["sterkte"] == 2
    assert double.writer.get(f"/aanbod/{new['id']}").json["actor_id"] == key


def test_who_does_not_see_or_keep_both_does_not_merge(
    double: Double, api: Callable[..., Api]
) -> None:
    elsewhere = api(Rol.OPBOUWWERKER, gebieden=("WK039201",))
    keep, go = double.dit["id"], double.ander["id"]
    tags = ", ".join(elsewhere.get(f"/actoren/{k}").headers["ETag"] for k in (keep, go))
    path = f"/actoren/{keep}/samenvoegen"
    assert elsewhere.send("POST", path, {"met": go}, tags).status_code == 403
    for rol in (Rol.PROFESSIONAL, Rol.GEBIEDSMANAGER, Rol.PARTNER, Rol.TOEZICHT):
        assert api(rol).send("POST", path, {"met": go}, tags).status_code == 403
    assert double.writer.send("POST", path, {"met": keep}, tags).status_code == 409
    assert double.writer.send("POST", path, {"met": "A-nergens"}, tags).status_code == 404
    assert double.writer.send("POST", path, {"met": 3}, tags).status_code == 422


def test_a_person_and_an_organisation_never_become_one(double: Double) -> None:
    one = double.make("actoren", PERSON)
    answer = double.writer.send(
        "POST",
        f"/actoren/{double.dit['id']}/samenvoegen",
        {"met": one["id"]},
        double.tags(double.dit["id"], one["id"]),
    )
    assert answer.status_code == 409
    assert "sleutelfiguur" in answer.json["detail"]


def test_two_persons_keep_the_strictest_consent(double: Double) -> None:
    day = date.today()  # noqa: DTZ011 -- the clock of the map is that of today
    given = {
        "toestemming_op": day.isoformat(),
        "toestemming_doel": "Wijkteam: vinden ja, bellen ja, banden ja. "
        "Professionals: vinden ja, bellen ja, banden ja.",
        "toestemming_niveau": "professional",
        "telefoon": "023-0000009",
    }
    less = {
        "toestemming_doel": "Wijkteam: vinden ja, bellen nee, banden ja. "
        "Professionals: vinden nee, bellen nee, banden nee.",
        "toestemming_niveau": "team",
        "toestemming_tot": date(day.year + 1, 1, 1).isoformat(),
        "telefoon": "",
    }
    wide = double.make("actoren", PERSON | given)
    strict = double.make("actoren", PERSON | given | less | {"zichtbaarheid": "team"})
    double.tie(wide["id"], double.derde["id"], zichtbaarheid="professional")
    path = f"/actoren/{wide['id']}/samenvoegen"
    tags = double.tags(wide["id"], strict["id"])
    made = double.writer.send("POST", path, {"met": strict["id"]}, tags).json
    assert made["toestemming_doel"] == less["toestemming_doel"]
    assert (made["toestemming_niveau"], made["zichtbaarheid"]) == ("team", "team")
    assert made["toestemming_tot"] == less["toestemming_tot"]
    assert made["telefoon"] is None
    assert double.ties(made["id"])[double.derde["id"]]["zichtbaarheid"] == "team"


def test_who_is_there_for_nobody_goes_into_nobody(double: Double, store: Store) -> None:
    first = double.make("actoren", PERSON)
    second = double.make("actoren", PERSON)
    tags = double.tags(first["id"], second["id"])
    with store.writing() as conn:
        conn.exec_driver_sql(
            "UPDATE toestemming SET vervallen_op = '2026-01-01' WHERE actor_id = ?",
            (second["id"],),
        )
    path = f"/actoren/{first['id']}/samenvoegen"
    # Who has no consent is there for nobody, and so for nobody to merge.
    assert double.writer.send("POST", path, {"met": second["id"]}, tags).status_code == 404
    assert double.writer.get(f"/actoren/{first['id']}").status_code == 200


def test_two_offers_of_one_actor(double: Double, store: Store) -> None:
    keep = double.offer(double.ander["id"], "Soep eten", capaciteit=12)
    old = double.aanbod
    for offer, number in ((keep, 1), (old, 2)):
        for _ in range(number):
            double.writer.client.post(
                f"/api/v1/aanbod/{offer['id']}/ervaringen",
                json={"uitkomst": "vol"},
                headers=double.writer.headers,
            )
    counted = counts(store)
    path = f"/aanbod/{keep['id']}/samenvoegen"
    tags = double.tags(keep["id"], old["id"], table="aanbod")
    made = double.writer.send("POST", path, {"met": old["id"]}, tags)
    assert made.status_code == 200, made.text
    assert made.json["capaciteit"] == 12
    assert counts(store) == {keep["id"]: 3}
    moved = double.writer.get(f"/aanbod/{old['id']}")
    assert (moved.status_code, moved.location) == (301, f"/api/v1/aanbod/{keep['id']}")
    back = double.writer.send(
        "POST",
        f"/aanbod/{keep['id']}/losmaken",
        {"van": old["id"]},
        double.tags(keep["id"], table="aanbod"),
    )
    assert back.status_code == 200
    assert counts(store) == counted == {keep["id"]: 1, old["id"]: 2}
    other = double.offer(double.dit["id"], "Soep eten")
    tags = double.tags(keep["id"], other["id"], table="aanbod")
    assert double.writer.send("POST", path, {"met": other["id"]}, tags).status_code == 409


def counts(store: Store) -> dict[str, int]:
    with store.reading() as conn:
        rows = conn.exec_driver_sql("SELECT aanbod_id, sum(aantal) FROM ervaring GROUP BY 1")
        return {row[0]: row[1] for row in rows}


def test_what_points_at_it_from_elsewhere_comes_along(
    double: Double, store: Store, person: Maker
) -> None:
    old, keep = double.ander["id"], double.dit["id"]
    contact = person(Rol.PARTNER, "contact@wijk.example", actor_id=old).account
    with store.writing() as conn:
        conn.exec_driver_sql(
            "INSERT INTO wijkopdracht (id, titel, gebied, themas, kant, eigenaar, stap, datum, "
            "status, gaten, actor_ids, signaal_ids, versie) VALUES ('W1', 'x', 'WK039218', '[]', "
            "'sociaal', 'x', 'x', '2026-12-01', 'open', '[]', ?, '[]', 1)",
            (f'["{old}", "{keep}", "A-x"]',),
        )
        conn.exec_driver_sql(
            "INSERT INTO voorstel (id, tabel, sleutel, cellen, versie, door, wanneer, status) "
            "VALUES ('v1', 'actoren', ?, '{\"naam\": \"X\"}', 1, '', '2026-01-01', 'open')",
            (old,),
        )

    def pointing() -> tuple[Any, ...]:
        with store.reading() as conn:
            return (
                conn.exec_driver_sql("SELECT actor_ids FROM wijkopdracht").scalar(),
                conn.exec_driver_sql("SELECT sleutel FROM voorstel").scalar(),
                conn.exec_driver_sql(
                    "SELECT actor_id FROM account WHERE id = ?", (contact.id,)
                ).scalar(),
            )

    before = pointing()
    double.merge()
    assert pointing() == (f'["{keep}", "A-x"]', keep, keep)
    double.writer.send("POST", f"/actoren/{keep}/losmaken", {"van": old}, double.tags(keep))
    assert pointing() == before


@pytest.mark.parametrize("steps", [1, 2])
def test_an_import_does_not_bring_the_old_record_back(
    double: Double, store: Store, steps: int
) -> None:
    double.merge()
    old, keep = double.ander["id"], double.dit["id"]
    if steps == 2:
        tags = double.tags(double.vierde["id"], keep)
        path = f"/actoren/{double.vierde['id']}/samenvoegen"
        assert double.writer.send("POST", path, {"met": keep}, tags).status_code == 200
        keep = double.vierde["id"]
    offer = {"id": "O-nieuw", "actor_id": old, "naam": "Soep halen", "status": "actief"}
    for files in (
        [file_of("actoren", NEW | {"id": old, "naam": "Weer terug"}), file_of("aanbod", offer)],
        [file_of("aanbod", offer)],
    ):
        report = import_named_bytes(store, files, wie="proef", clock=Clock())
        assert report.fouten == ()
        assert double.writer.get("/aanbod/O-nieuw").json["actor_id"] == keep
        assert "Weer terug" not in double.writer.get("/actoren").text


def file_of(table: str, cells: dict[str, Any]) -> tuple[str, bytes]:
    columns = [column.naam for column in RECORDS[table][0]]
    texts = {n: "|".join(v) if isinstance(v, list) else str(v) for n, v in cells.items()}
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerow(texts)
    return f"{table}.csv", out.getvalue().encode()
