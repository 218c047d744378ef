"""A word of each level comes back only at its level, by whatever door somebody asks."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from werkzeug.test import TestResponse

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Niveau
from socialmap.store.engine import Store
from tests.integration.accounts.test_erase import export_everything
from tests.integration.security.canaries import (
    AREA,
    LAT,
    LON,
    WORD,
    all_planted,
    levels_of_words,
    word,
)
from tests.integration.security.conftest import Grow, World
from tests.integration.security.doors import fill, rules, words_of

#: Below `beheer`, with what is asked for by name: nobody may find it by asking.
READERS = (Niveau.OPENBAAR, Niveau.PROFESSIONAL, Niveau.TEAM)
_ROUND = f"bbox={LON - 0.2},{LAT - 0.2},{LON + 0.2},{LAT + 0.2}"
#: Ways to ask that bring records in; every address without an id is also asked as it is.
_ASKED = (
    "/kaart?wat=actoren",
    "/kaart?wat=actoren&soort=sleutelfiguur",
    "/kaart?wat=aanbod&soort=sleutelfiguur&tabel=ja",
    "/kaart?wat=actoren&thema=sociaal_netwerk&doelgroep=iedereen&niveau=buurt",
    "/api/v1/actoren?limit=200",
    "/api/v1/actoren?soort=sleutelfiguur",
    f"/api/v1/actoren?thema=sociaal_netwerk&gebied={AREA}",
    "/api/v1/aanbod?limit=200",
    f"/api/v1/aanbod?thema=sociaal_netwerk&doelgroep=iedereen&gebied={AREA}",
    "/api/v1/relaties?limit=200",
    "/api/v1/relaties?actor=K-a0",
    "/api/v1/relaties?actor=K-pa",
    f"/api/v1/kaart/punten?{_ROUND}&zoom=12",
    f"/api/v1/kaart/punten?{_ROUND}&zoom=18&wat=actoren",
    "/api/v1/netwerk/pad?van=K-a0&naar=K-a3",
    "/api/v1/netwerk/pad?van=K-a0&naar=K-pb",
    "/api/v1/netwerk/wat-als?zonder=K-a0",
    "/api/v1/netwerk/wat-als?zonder=K-a3",
    f"/api/v1/netwerk/profiel?gebied={AREA}",
    "/netwerk?van=K-a0&stappen=2&naar=K-a3",
    "/netwerk?zonder=K-a0",
    "/netwerk?zonder=K-pb",
    f"/netwerk?gebied={AREA}&soort=sleutelfiguur",
    f"/api/v1/dekking?niveau=wijk&thema=sociaal_netwerk&gebied={AREA}",
    f"/api/v1/gaten?gebied={AREA}",
    f"/dekking?thema=sociaal_netwerk&doelgroep=iedereen&gebied={AREA}",
    "/hsds/organizations?per_page=100",
    "/hsds/services?per_page=100",
    f"/gekeken?gebied={AREA}&thema=sociaal_netwerk",
    f"/signalen?gebied={AREA}",
)
#: Asked by name, with a word that this reader may not see.
_SEARCHED = (
    "/kaart?wat=actoren&q={}",
    "/kaart?wat=aanbod&q={}",
    "/kaart/lijst?wat=actoren&q={}",
    "/api/v1/actoren?q={}",
    "/api/v1/aanbod?q={}",
    "/api/v1/relaties?q={}",
    "/netwerk/keuze?q={}",
    "/dekking/keuze?q={}",
    "/netwerk?q={}",
    "/hsds/services?query={}",
    "/hsds/organizations?query={}",
    "/kaart?bron={}",
    "/api/v1/actoren?gecontroleerd_door={}",
    "/api/v1/actoren?sorteer=gecontroleerd_door&q={}",
)
#: Tells of the moment itself, not of the map.
_OWN_TIME = ("/account", "/beheer/gezondheid", "/.well-known/security.txt")
#: A guess of a code is slowed down by the clock.
_SLOWED = ("/toestemming/", "/klopt/")
#: What is drawn anew for each answer: a moment, and the number of a form.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*Z?|D:\d{14}|name=.eigen. value=.\w+")
#: All words of the person whose consent ended, and the one that says who recorded it.
RECORDED_BY = word("pe", 16)
ENDED = {word(code, number) for code in ("pe", "ope", "rpe") for number in range(17)}


@dataclass
class Asker:
    """Asks every door of a world as one reader."""

    world: World
    level: Niveau
    today: date

    def ids(self) -> dict[str, tuple[str, ...]]:
        by_kind: dict[str, list[str]] = {}
        for one in all_planted(self.today):
            by_kind.setdefault(one.kind.__name__, []).append(one.record.id)
        actors, offers = tuple(by_kind["Actor"]), tuple(by_kind["Aanbod"])
        return {
            "actor_id": actors,
            "organization_id": actors,
            "aanbod_id": offers,
            "service_id": offers,
            "place_id": offers,
            "relatie_id": tuple(by_kind["Relatie"]),
            "sleutel": (*actors, *offers, by_kind["Relatie"][0]),
            "code": (AREA, "GM0392"),
            "gebied": (AREA,),
            "inventory_id": ("K-i",),
            "assignment_id": ("K-w",),
            "voorstel_id": ("K-v",),
            "naam": ("actoren", "aanbod", "relaties", "gebieden"),
            "term_id": ("sociaal_netwerk",),
            "taxonomy_id": ("themas",),
            "token": ("niets",),
            "account_id": ("niets",),
        }

    def paths(self) -> list[str]:
        app, ids = self.world.app, self.ids()
        plain = {path for rule in rules(app, "GET") for path in fill(app, rule, ids)}
        levels = levels_of_words(all_planted(self.today))
        secret = [w for w, needs in levels.items() if needs > self.level]
        named = {where.format(w) for where in _SEARCHED for w in (secret[0], secret[-1])}
        kept = {p for p in plain if not p.startswith(_OWN_TIME)}
        return sorted(kept | set(_ASKED) | named)

    def answers(self) -> Iterator[tuple[str, TestResponse]]:
        client = self.world.reader(self.level)
        for path in self.paths():
            yield path, client.get(path)
        yield from asked_by_post(client, self.level, self.today)


def asked_by_post(
    client: FlaskClient, level: Niveau, today: date
) -> Iterator[tuple[str, TestResponse]]:
    """Ask what goes by POST and changes nothing."""
    levels = levels_of_words(all_planted(today))
    secret = [w for w, needs in levels.items() if needs > level]
    place = {"lon": LON, "lat": LAT}
    for text in ("koffie", secret[0], secret[-1]):
        asked: dict[str, Any] = {"q": text, "plek": place, "limit": 50}
        yield f"zoekvragen {text}", client.post("/api/v1/zoekvragen", json=asked)
        yield f"zoeken {text}", client.post("/zoeken", data={"q": text, "gebied": AREA})
    asked = {"themas": ["sociaal_netwerk"], "gebied": AREA, "limit": 50}
    yield "zoekvragen thema", client.post("/api/v1/zoekvragen", json=asked)
    asked = {"thema": "sociaal_netwerk", "doelgroep": "ouderen", "aantal": 1, "gebied": "GM0392"}
    yield "plaatsing", client.post("/api/v1/plaatsing", json=asked)
    offers = [one.record.id for one in all_planted(today) if one.code.startswith("o")]
    for form in ({"aanbod": offers}, {"aanbod": offers, "neutraal": "ja"}):
        yield "blad", client.post("/blad", data=form)


def told(answer: TestResponse) -> tuple[int, str | None, str | None, str]:
    return (
        answer.status_code,
        answer.headers.get("ETag"),
        answer.headers.get("Location"),
        _MOMENT.sub("toen", _body(answer)),
    )


def _body(answer: TestResponse) -> str:
    body = answer.get_data()
    if answer.mimetype == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return words_of(body)


def words_in(text: str) -> set[str]:
    return {found.group().lower() for found in WORD.finditer(text)}


@pytest.fixture(scope="module")
def whole(grow: Grow) -> World:
    return grow()


@pytest.mark.parametrize("level", READERS, ids=lambda level: level.code)
def test_no_door_tells_what_a_map_without_it_would_not(
    grow: Grow, whole: World, level: Niveau, today: date
) -> None:
    levels = levels_of_words(all_planted(today))
    twin = grow(int(level))
    other = dict(Asker(twin, level, today).answers())
    leaks, differs, seen = [], [], set[str]()
    for path, answer in Asker(whole, level, today).answers():
        here, there = told(answer), told(other[path])
        found = words_in(" ".join(str(part) for part in here)) - words_in(path)
        if level is Niveau.TEAM and path == "/bijwerken":
            # Whose consent ended is on the list to ask again, by who recorded it and no more.
            assert found & ENDED == {RECORDED_BY}
            continue
        seen |= found
        leaks += [(path, one) for one in sorted(found) if levels[one] > level]
        # Whoever keeps persons may always erase one: that page has no word of who it is.
        erasing = level is Niveau.TEAM and path.endswith(("pd/wissen", "pe/wissen", "pf/wissen"))
        if here != there and not erasing and not path.startswith(_SLOWED):
            differs.append((path, *_first_difference(here, there)))
        answer.close()
    assert leaks == []
    assert differs == [], [one[0] for one in differs]
    # What the reader may see was there to be found.
    now = {w for w, needs in levels.items() if needs <= level and w.endswith("nzq")}
    assert now - seen == set()


def _first_difference(here: tuple[Any, ...], there: tuple[Any, ...]) -> tuple[str, str]:
    if here[0] != there[0] or here[3] == there[3]:
        return str(here[:3]), str(there[:3])
    at = next(
        (i for i, (a, b) in enumerate(zip(here[3], there[3], strict=False)) if a != b),
        min(len(here[3]), len(there[3])),
    )
    return here[3][max(at - 90, 0) : at + 90], there[3][max(at - 90, 0) : at + 90]


def test_refusing_tells_nothing_either(grow: Grow, today: date) -> None:
    planted = all_planted(today)
    levels = levels_of_words(planted)
    leaks = []
    for level in READERS:
        asker = Asker(grow(), level, today)
        client = asker.world.reader(level)
        for method in ("PUT", "DELETE", "POST"):
            for rule in rules(asker.world.app, method):
                if rule.rule.startswith(("/account", "/uitloggen", "/inloggen")):
                    continue
                for path in fill(asker.world.app, rule, asker.ids()):
                    for body in ({}, {"naam": "x", "status": "actief", "versie": 1}):
                        sent: Any = {"json": body} if path.startswith("/api/") else {"data": body}
                        tag = {"If-Match": '"anders"'}
                        answer = client.open(path, method=method, headers=tag, **sent)
                        found = words_in(f"{answer.headers} {words_of(answer.get_data())}")
                        leaks += [(method, path, w) for w in found if levels[w] > level]
    assert leaks == []


def test_exports_hold_what_their_reader_may_see(whole: World, today: date, tmp_path: Path) -> None:
    levels = levels_of_words(all_planted(today))
    store = Store.open(f"sqlite:///{whole.file}")
    export_everything(store, tmp_path, Clock())
    store.close()
    for level in (*READERS, Niveau.BEHEER):
        files = [path for path in (tmp_path / level.code).rglob("*") if path.is_file()]
        text = b" ".join(path.read_bytes() for path in files).decode(errors="replace")
        found = words_in(text)
        assert {w for w in found if levels[w] > level} == set()
        assert any(levels[w] == level for w in found)


def test_the_log_names_records_and_no_contents(whole: World, today: date) -> None:
    keeper = whole.reader(Niveau.BEHEER)
    # A view is noted when the answer has gone.
    with keeper.get("/actor/K-a3") as answer:
        assert "zqka3" in answer.get_data(as_text=True)
    for path in ("/beheer/logboek", "/beheer/logboek.csv"):
        text = keeper.get(path).text
        assert words_in(text) == set()
        assert "K-a3" in text


def test_a_tag_stays_when_only_a_hidden_field_changes(grow: Grow) -> None:
    first = grow(int(Niveau.OPENBAAR))
    second = grow()
    path = "/api/v1/actoren/K-a0"
    public = [w.reader(Niveau.OPENBAAR).get(path) for w in (first, second)]
    assert public[0].headers["ETag"] == public[1].headers["ETag"]
    team = [w.reader(Niveau.TEAM).get(path) for w in (first, second)]
    assert team[0].headers["ETag"] != team[1].headers["ETag"]
