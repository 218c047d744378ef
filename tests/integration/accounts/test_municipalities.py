"""Two municipalities on one map: what one keeps above `openbaar` is in no answer of the other."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from socialmap.accounts import signing_in
from socialmap.domain.codes import Feitelijk, Niveau, Relatiesoort, Richting, Soort
from socialmap.domain.model import Aanbod, Actor, Relatie, Toestemming
from socialmap.domain.privacy import Lezer, cut, may_see
from socialmap.domain.roles import Account, Rol
from socialmap.editing.apply import Batch, apply
from socialmap.settings import Settings
from socialmap.store.engine import Connection, Store
from socialmap.store.records import all_aanbod, all_actors, all_relaties
from tests.integration.accounts.conftest import SECRET, Maker
from tests.integration.accounts.test_every_route import routes
from web.app import create_app
from web.security import is_for_whole_map

HAARLEM, ZANDVOORT = "GM0392", "GM0473"
PLACES = {"H": (4.6366, 52.3813), "Z": (4.5333, 52.3713)}
DAY = date(2026, 6, 1)
LEVELS = (Niveau.OPENBAAR, Niveau.PROFESSIONAL, Niveau.TEAM, Niveau.BEHEER)


def town(letter: str) -> Batch:
    """Give one actor of each level with an offer, a person with consent, and ties among them."""
    lon, lat = PLACES[letter]
    actors = [
        Actor(
            id=f"{letter}{int(level)}",
            naam=f"Kanarie{letter}{level.code}",
            soort=Soort.PARTNER,
            omschrijving=f"Omschreven{letter}{level.code}",
            zichtbaarheid=level,
            lon=lon,
            lat=lat,
            themas=("sociaal_netwerk",),
        )
        for level in LEVELS
    ]
    person = Actor(
        id=f"{letter}P",
        naam=f"Kanarie{letter}persoon",
        soort=Soort.SLEUTELFIGUUR,
        lon=lon,
        lat=lat,
        toestemming=Toestemming(op=DAY, tot=None, doel="samen", niveau=Niveau.TEAM, door="team"),
    )
    offers = [
        Aanbod(
            id=f"{actor.id}o",
            naam=f"Koffie {actor.naam}",
            actor_id=actor.id,
            lon=lon,
            lat=lat,
            themas=("sociaal_netwerk",),
            doelgroepen=("iedereen",),
        )
        for actor in actors
    ]
    ties = [
        Relatie(
            id=f"{letter}r{int(level)}",
            van_id=f"{letter}0",
            naar_id=f"{letter}{int(level)}" if level else f"{letter}P",
            soort=Relatiesoort.WERKT_SAMEN,
            richting=Richting.WEDERKERIG,
            sterkte=2,
            feitelijk=Feitelijk.FEITELIJK,
            zichtbaarheid=level,
            toelichting=f"Band{letter}{level.code}",
        )
        for level in LEVELS
    ]
    return Batch(actoren=(*actors, person), aanbod=tuple(offers), relaties=tuple(ties))


BOTH = [town("H"), town("Z")]


@pytest.fixture
def app(store: Store, address: str) -> Flask:
    made = create_app(Settings(database=address, secret=SECRET))
    with store.writing() as conn:
        places = made.extensions["socialmap"].finder.here.places(conn)
        for batch in BOTH:
            apply(conn, batch, wie="test", now=datetime(2026, 6, 1, tzinfo=UTC), places=places)
    return made


def as_account(app: Flask, store: Store, account: Account) -> FlaskClient:
    client = app.test_client()
    token, _ = signing_in.open_session(store, SECRET, account, datetime.now(UTC))
    client.set_cookie("sessie", token)
    return client


def addresses(app: Flask, letter: str, method: str) -> Iterator[str]:
    """Fill every route with the records of one town."""
    areas = {"H": "WK039201", "Z": "WK047301"}
    for rule, verb in routes(app):
        if verb != method or rule.endpoint.startswith("werkaccount."):
            continue
        path = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule)
        kinds = ("actoren", "aanbod", "relaties") if "<any(actoren" in rule.rule else ("",)
        for level in (1, 2, 3):
            for kind in kinds:
                own = f"{letter}{level}"
                key = {"aanbod": f"{own}o", "relaties": f"{letter}r{level}"}.get(kind, own)
                full = path.replace("/actoren", f"/{kind}") if kind else path
                offer = f"{own}o" if "aanbod" in path or "aanbod" in rule.rule else key
                full = re.sub(r"<(\w+:)?aanbod_id>", offer, full)
                full = re.sub(r"<(\w+:)?relatie_id>", f"{letter}r{level}", full)
                full = re.sub(r"<(\w+:)?(gebied|code|area_code)>", areas[letter], full)
                full = re.sub(r"<int:\w+>", "1", full)
                yield re.sub(r"<[^>]+>", key, full)


#: Questions that bring records into answers of routes without an id.
ASKED = (
    "/kaart?tabel=ja",
    "/api/v1/actoren?q=Kanarie",
    "/api/v1/aanbod?q=Koffie",
    "/api/v1/relaties?actor={0}0",
    "/api/v1/netwerk",
    "/api/v1/kaart/punten?bbox=4.4,52.2,4.8,52.5&zoom=18",
    "/netwerk?actor={0}0",
)


def words_of(body: bytes) -> str:
    """Give what can be read in an answer; a workbook or other zip is opened first."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b" ".join(packed.read(name) for name in packed.namelist())
    return body.decode(errors="replace")


def hidden(letter: str, level: Niveau) -> re.Pattern[str]:
    """Give what may not be read of a town by who reads no further than a level."""
    above = "|".join(one.code for one in LEVELS if one > level)
    return re.compile(f"(Kanarie|Omschreven|Band){letter}({above}|persoon)")


@pytest.mark.parametrize("rol", list(Rol))
def test_nothing_above_openbaar_of_the_other_town_comes_through_any_door(
    app: Flask, store: Store, person: Maker, rol: Rol
) -> None:
    person(Rol.BEHEERDER, "eerste@wijk.example")
    account = person(rol, gebieden=(HAARLEM,)).account
    client = as_account(app, store, account)
    theirs = hidden("Z", Niveau.OPENBAAR)
    leaks, own = set(), set()
    paths = {*addresses(app, "Z", "GET"), *(path.format("Z") for path in ASKED)}
    for path in sorted(paths):
        text = words_of(client.get(path).get_data())
        leaks |= {(path, one.group()) for one in theirs.finditer(text)}
    for question in ("koffie", "KanarieZteam", "koffie bij KanarieZprofessional"):
        sent = {"q": question, "plek": {"lon": PLACES["Z"][0], "lat": PLACES["Z"][1]}, "limit": 50}
        text = client.post("/api/v1/zoekvragen", json=sent).get_data(as_text=True)
        leaks |= {("zoekvragen", one.group()) for one in theirs.finditer(text)}
    assert leaks == set()
    for path in ("/api/v1/actoren?q=Kanarie&limit=100", "/api/v1/aanbod?q=Koffie&limit=100"):
        own |= set(re.findall(r"KanarieH\w+", client.get(path).get_data(as_text=True)))
    may = {f"KanarieH{level.code}" for level in LEVELS if level <= account.niveau}
    if account.niveau >= Niveau.TEAM:
        may.add("KanarieHpersoon")
    assert {name for name in own if "persoon" not in name} == {
        name for name in may if "persoon" not in name
    }
    assert ("KanarieHpersoon" in own) == ("KanarieHpersoon" in may)


def test_a_count_does_not_tell_of_the_other_town(app: Flask, store: Store, person: Maker) -> None:
    limited = as_account(app, store, person(Rol.OPBOUWWERKER, gebieden=(HAARLEM,)).account)
    public = app.test_client()
    for path in (
        f"/api/v1/actoren?gebied={ZANDVOORT}",
        f"/api/v1/aanbod?gebied={ZANDVOORT}",
        "/api/v1/kaart/punten?bbox=4.50,52.35,4.56,52.39&zoom=12",
        f"/api/v1/dekking?niveau=wijk&gebied={ZANDVOORT}&thema=sociaal_netwerk",
    ):
        assert limited.get(path).json == public.get(path).json, path
    seen = limited.get("/api/v1/actoren?q=Kanarie&limit=1").json["totaal"]
    assert seen == 5


def test_nobody_writes_in_the_other_town(app: Flask, store: Store, person: Maker) -> None:
    person(Rol.BEHEERDER, "eerste@wijk.example")
    with store.reading() as conn:
        before = _everything(conn)
    for rol in (Rol.OPBOUWWERKER, Rol.BEHEERDER, Rol.GEBIEDSMANAGER):
        account = person(rol, f"{rol}@h.example", gebieden=(HAARLEM,)).account
        client = as_account(app, store, account)
        for method in ("POST", "PUT", "DELETE"):
            for path in sorted(set(addresses(app, "Z", method))):
                if path.startswith(("/account", "/uitloggen", "/inloggen")):
                    continue
                body = {"json": {"status": "gestopt"}} if path.startswith("/api") else {"data": {}}
                client.open(path, method=method, headers={"If-Match": "*"}, **body)
    with store.reading() as conn:
        assert _everything(conn) == before


def test_an_administrator_keeps_the_people_of_its_own_town(
    app: Flask, store: Store, person: Maker
) -> None:
    person(Rol.BEHEERDER, "eerste@wijk.example")
    theirs = person(Rol.PROFESSIONAL, "z@wijk.example", gebieden=("WK047301",)).account
    everywhere = person(Rol.PROFESSIONAL, "alom@wijk.example").account
    own = person(Rol.PROFESSIONAL, "h@wijk.example", gebieden=("WK039201",)).account
    keeper = person(Rol.BEHEERDER, "beheer@h.example", gebieden=(HAARLEM,)).account
    client = as_account(app, store, keeper)
    page = client.get("/beheer/mensen").get_data(as_text=True)
    assert own.email in page
    assert theirs.email not in page
    assert everywhere.email not in page
    assert "WK047301" not in page
    for other, status in ((theirs, 404), (everywhere, 404), (own, 200)):
        assert client.get(f"/beheer/mensen/{other.id}").status_code == status
    asked = {"email": "n@wijk.example", "naam": "Nieuw", "rol": "beheerder"}
    for areas, status in (([], 422), (["WK047301"], 422), (["WK039201"], 200)):
        sent = client.post("/beheer/mensen", data={**asked, "gebieden": areas})
        assert sent.status_code == status, areas


def test_the_work_of_an_area_is_for_its_own_town(app: Flask, store: Store, person: Maker) -> None:
    person(Rol.BEHEERDER, "eerste@wijk.example")
    account = person(Rol.OPBOUWWERKER, gebieden=(HAARLEM,)).account
    client = as_account(app, store, account)
    asked = {"thema": "sociaal_netwerk", "doelgroep": "", "soort": "vol"}
    for area, status in (("WK047301", 403), ("WK039201", 303)):
        assert client.post("/signalen", data={**asked, "gebied": area}).status_code == status
        page = client.get(f"/driehoek/{area}")
        assert page.status_code == (403 if status == 403 else 200)


def test_the_cut_in_sql_is_the_rule_of_the_domain(app: Flask, store: Store) -> None:
    towns = {"H": frozenset({HAARLEM}), "Z": frozenset({ZANDVOORT})}
    records = [actor for batch in BOTH for actor in batch.actoren]
    today = date(2026, 7, 1)
    for level in LEVELS:
        for own in (None, towns["H"], towns["Z"], towns["H"] | towns["Z"], frozenset[str]()):
            lezer = Lezer(level, own)
            with store.reading() as conn:
                seen = all_actors(conn, lezer, today)
                offers = {one.actor_id for one in all_aanbod(conn, lezer, today)}
                ties = all_relaties(conn, lezer, today)
            expected = []
            for one in sorted(records, key=lambda actor: actor.id):
                here = lezer.at(towns[one.id[0]])
                if may_see(one, here, today):
                    expected.append(cut(one, here, person=one.soort is Soort.SLEUTELFIGUUR))
            assert seen == expected
            ids = {one.id for one in seen}
            assert offers == {key for key in ids if not key.endswith("P")}
            assert all(tie.van_id in ids and tie.naar_id in ids for tie in ties)


def _everything(conn: Connection) -> list[object]:
    whole = Lezer(Niveau.BEHEER)
    day = date(2026, 7, 1)
    return [
        *all_actors(conn, whole, day),
        *all_aanbod(conn, whole, day),
        *all_relaties(conn, whole, day),
    ]


def test_what_is_of_all_towns_together_is_not_for_one(
    app: Flask, store: Store, person: Maker
) -> None:
    person(Rol.BEHEERDER, "eerste@wijk.example")
    keeper = person(Rol.BEHEERDER, "beheer@h.example", gebieden=(HAARLEM,)).account
    client = as_account(app, store, keeper)
    refused = []
    for rule, method in routes(app):
        if is_for_whole_map(app.view_functions[rule.endpoint]):
            path = re.sub(r"<[^>]+>", "niets", rule.rule)
            refused.append(client.open(path, method=method).status_code)
    assert len(refused) > 5
    assert set(refused) == {403}
    hub = client.get("/beheer").get_data(as_text=True)
    assert "/beheer/mensen" in hub
    assert "/beheer/bewaren" not in hub


def test_the_log_is_that_of_the_own_town(app: Flask, store: Store, person: Maker) -> None:
    person(Rol.BEHEERDER, "eerste@wijk.example")
    theirs = as_account(app, store, person(Rol.OPBOUWWERKER, gebieden=(ZANDVOORT,)).account)
    ours = person(Rol.OPBOUWWERKER, "h@wijk.example", gebieden=(HAARLEM,)).account
    assert theirs.get("/actor/Z1").status_code == 200
    assert as_account(app, store, ours).get("/actor/H1").status_code == 200
    keeper = person(Rol.BEHEERDER, "beheer@h.example", gebieden=(HAARLEM,)).account
    client = as_account(app, store, keeper)
    for page in ("/beheer/logboek", "/beheer/logboek.csv"):
        text = client.get(page).get_data(as_text=True)
        assert "H1" in text
        assert not re.search(r"\bZ[0123P]o?\b", text)


def test_an_own_area_is_made_of_the_own_town(app: Flask, store: Store, person: Maker) -> None:
    person(Rol.BEHEERDER, "eerste@wijk.example")
    keeper = person(Rol.BEHEERDER, "beheer@h.example", gebieden=(HAARLEM,)).account
    client = as_account(app, store, keeper)
    asked = {"naam": "Proef", "niveau": "eigen"}
    for members, status in ((["WK039201", "WK047301"], 403), (["WK039201"], 303)):
        answer = client.post("/beheer/gebieden/nieuw", data={**asked, "leden": members})
        assert answer.status_code == status
