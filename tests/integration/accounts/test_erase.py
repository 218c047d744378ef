"""Erase: planted canaries are found nowhere after it, nor brought back by an older copy."""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from socialmap.accounts import signing_in
from socialmap.domain.clock import Clock
from socialmap.domain.codes import Niveau
from socialmap.domain.privacy import Lezer
from socialmap.domain.roles import Rol
from socialmap.editing.apply import Batch, apply
from socialmap.editing.consent import find_person
from socialmap.editing.erase import apply_erasures, clean, erase
from socialmap.exchange.exporting import export_csv, export_geojson, export_xlsx
from socialmap.exchange.exporting_graph import export_gexf, export_graphml
from socialmap.finding.reading import read_new_texts
from socialmap.settings import Settings
from socialmap.store.engine import Store
from socialmap.store.erasing import list_erasures, person_ids
from socialmap.store.search_vectors import save_vectors
from tests.integration.accounts.conftest import SECRET, Maker
from tests.integration.accounts.test_changes import NEW, Api, api  # noqa: F401 -- a fixture
from tests.integration.accounts.test_consent import Nowhere, ask, visitor, writer  # noqa: F401
from web.app import create_app

#: Each stands in one kind of field; none may be left anywhere.
CANARIES = (
    "Kanarienaam",
    "kanarienaam",
    "023-7654321",
    "Kanariewerk",
    "Kanarieaanbod",
    "kanarieaanbod",
    "Kanariebanden",
    "Kanarievoorstel",
    "Kanarieverleden",
    "Wijkteam Kanarie",
)
VECTOR = b"kanarievector" * 30


class Planted:
    """A person with an offer, ties, history, proposals, counts, lists of others and a log."""

    def __init__(self, site: FlaskClient, editor: Api, store: Store) -> None:
        self.key, self.code = ask(site)
        self.group = editor.make(NEW).json["id"]
        offer = {
            "actor_id": self.key,
            "naam": "Kanarieaanbod",
            "omschrijving": "Taalles: samen Nederlands leren en oefenen.",
            "gecontroleerd_op": datetime.now(UTC).date().isoformat(),
            "vorm": "collectief",
            "lijn": 0,
            "status": "actief",
            "themas": ["taal"],
            "lon": 4.64351,
            "lat": 52.36087,
        }
        self.offer = editor.make(offer, "aanbod").json["id"]
        tie = {
            "van_id": self.group,
            "naar_id": self.key,
            "soort": "kent",
            "richting": "gericht",
            "sterkte": 2,
            "feitelijk": "feitelijk",
            "zichtbaarheid": "professional",
            "toelichting": "Kanariebanden",
        }
        made = editor.make(tie, "relaties")
        assert made.status_code == 201, made.text
        self.tie = made.json["id"]
        self._change(editor)
        self._name_in_others(site, store)

    def _change(self, editor: Api) -> None:
        where = f"/actoren/{self.key}"
        for text in ("Kanarieverleden", "Kanariewerk bij de flat"):
            read = editor.get(where)
            done = editor.send(
                "PUT", where, read.json | {"omschrijving": text}, read.headers["ETag"]
            )
            assert done.status_code == 200, done.text

    def _name_in_others(self, site: FlaskClient, store: Store) -> None:
        read_new_texts(store, site.application.extensions["socialmap"].finder.lexicon)
        with store.writing() as conn:
            save_vectors(conn, {self.offer: ("x", VECTOR)})
            raw = conn.connection.cursor()
            now = datetime.now(UTC).isoformat(" ")
            raw.execute(
                "INSERT INTO voorstel (id, tabel, sleutel, cellen, versie, door, wanneer, status,"
                " besluit_door) VALUES ('v1', 'actoren', ?, ?, 1, '', ?, 'open', '')",
                (self.key, json.dumps({"naam": "Kanarievoorstel"}), now),
            )
            raw.execute(
                "INSERT INTO voorstel (id, tabel, sleutel, cellen, versie, door, wanneer, status,"
                " besluit_door) VALUES ('v2', 'aanbod', '', ?, 0, '', ?, 'open', '')",
                (json.dumps({"naam": "Kanarievoorstel", "actor_id": self.key}), now),
            )
            raw.execute("INSERT INTO ervaring VALUES (?, '2026-11', 'ging', 2)", (self.offer,))
            raw.execute(
                "INSERT INTO inventarisatie VALUES ('I-k', 'WK039218', 'taal', '', '2026-11-01',"
                " 'rol', '[]', 'gevonden', ?, 1)",
                (json.dumps([self.offer, "O-ander"]),),
            )
            raw.execute(
                "INSERT INTO geschiedenis (record, record_id, versie, wanneer, wie, na)"
                " VALUES ('inventarisatie', 'I-k', 1, ?, 'x', ?)",
                (now, json.dumps({"aanbod_ids": f"{self.offer}|O-ander"})),
            )
            # An offer that was once of this person, and now of a group.
            raw.execute(
                "INSERT INTO geschiedenis (record, record_id, versie, wanneer, wie, na)"
                " VALUES ('aanbod', 'O-ander', 1, ?, 'x', ?)",
                (now, json.dumps({"actor_id": self.key, "naam": "Kanarieaanbod"})),
            )

    @property
    def words(self) -> tuple[str, ...]:
        return (*CANARIES, self.key, self.offer, self.tie)


@pytest.fixture
def planted(
    writer: FlaskClient,  # noqa: F811
    api: Callable[..., Api],  # noqa: F811
    store: Store,
) -> Planted:
    return Planted(writer, api(Rol.BEHEERDER), store)


def file_of(address: str) -> Path:
    return Path(address.removeprefix("sqlite:///"))


def left_in(folder: Path, words: tuple[str, ...]) -> dict[str, list[str]]:
    """Find words in the bytes of every file of a folder, by name of the file."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            hits = [word for word in words if word.encode() in data]
            if hits:
                found[path.name] = hits
    return found


def test_nothing_is_left_in_any_byte(
    writer: FlaskClient,  # noqa: F811
    planted: Planted,
    address: str,
    store: Store,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    caplog.set_level(logging.DEBUG)
    words = planted.words
    before = left_in(tmp_path, words)
    # Every canary is there first, so that finding none means something.
    assert set(words) <= {word for hits in before.values() for word in hits}
    assert VECTOR in b"".join(path.read_bytes() for path in tmp_path.glob("kaart.db*"))
    where = f"/bijwerken/toestemming/{planted.key}/wissen"
    assert writer.post(where).status_code == 422
    with store.reading() as conn:
        assert find_person(conn, planted.key).naam == "Kanarienaam"
    answer = writer.post(where, data={"zeker": "ja"})
    assert answer.status_code == 200
    assert "Kanarie" not in answer.text
    assert "even bezet" not in answer.text
    names = {path.name for path in tmp_path.glob("kaart.db*")}
    assert {"kaart.db", "kaart.db-wal", "kaart.db-shm"} <= names
    assert left_in(tmp_path, words) == {}
    assert VECTOR[:13] not in b"".join(path.read_bytes() for path in tmp_path.glob("kaart.db*"))
    assert not [word for word in words if word in caplog.text]
    out = tmp_path / "uit"
    export_everything(store, out, Clock())
    assert left_in(out, words) == {}
    with store.reading() as conn:
        (proof,) = list_erasures(conn)
    assert proof.nummer in answer.text
    assert str(proof.rijen) in answer.text
    assert (proof.soort, proof.schoon, proof.rijen > 10) == ("gewist", True, True)
    assert store.find_damage() == ""


def test_lists_of_others_stay_without_it(planted: Planted, address: str, store: Store) -> None:
    erase(store, SECRET, planted.key, wie="", now=datetime.now(UTC))
    with closing(sqlite3.connect(file_of(address))) as raw:
        kept = raw.execute("SELECT aanbod_ids FROM inventarisatie WHERE id='I-k'").fetchone()
        past = raw.execute("SELECT na FROM geschiedenis WHERE record_id='I-k'").fetchone()
        log = raw.execute("SELECT wat, record, record_id FROM logboek").fetchall()
    assert json.loads(kept[0]) == ["O-ander"]
    assert json.loads(past[0]) == {"aanbod_ids": "O-ander"}
    assert ("gewist", "", "") in log
    assert ("toestemming", "", "") in log


def test_the_card_of_who_was_erased_opens_nothing(
    visitor: FlaskClient,  # noqa: F811
    planted: Planted,
    store: Store,
) -> None:
    erase(store, SECRET, planted.key, wie="", now=datetime.now(UTC))
    assert visitor.get(f"/toestemming/{planted.code}").status_code == 404


def test_asking_by_code_hides_and_waits_on_the_list(
    writer: FlaskClient,  # noqa: F811
    visitor: FlaskClient,  # noqa: F811
    planted: Planted,
) -> None:
    answer = visitor.post(f"/toestemming/{planted.code}/wissen")
    assert answer.status_code == 303
    assert "gevraagd om alles te wissen" in visitor.get(answer.location).text
    assert writer.get(f"/actor/{planted.key}").status_code == 404
    listed = writer.get("/bijwerken").text
    where = f"/bijwerken/toestemming/{planted.key}/wissen"
    assert where in listed
    assert "Kanarienaam" not in listed
    assert writer.get(where).status_code == 200
    assert writer.post(where, data={"zeker": "ja"}).status_code == 200
    assert where not in writer.get("/bijwerken").text


def copy_of(address: str, to: Path) -> str:
    with closing(sqlite3.connect(file_of(address))) as raw, closing(sqlite3.connect(to)) as other:
        raw.backup(other)
    return f"sqlite:///{to}"


@pytest.fixture
def older(planted: Planted, address: str, tmp_path: Path) -> Iterator[Store]:
    """A backup from before: it still holds the person."""
    folder = tmp_path / "kopie"
    folder.mkdir()
    copy = Store.open(copy_of(address, folder / "kaart.db"))
    yield copy
    copy.close()


def test_an_older_copy_undergoes_the_erasure_again(
    planted: Planted, store: Store, older: Store, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    erase(store, SECRET, planted.key, wie="", now=now)
    with store.reading() as conn:
        known = list_erasures(conn)
    places = lambda _conn: Nowhere()  # noqa: E731
    assert apply_erasures(older, "een ander geheim", places, now, known) == 0
    assert apply_erasures(older, SECRET, places, now, known) == 1
    older.close()
    assert left_in(tmp_path / "kopie", planted.words) == {}
    # The list came along, so that it also holds for the next copy; it is not applied twice.
    assert apply_erasures(older, SECRET, places, now) == 0
    with older.reading() as conn:
        assert [one.nummer for one in list_erasures(conn)] == [one.nummer for one in known]


def test_an_older_copy_undergoes_the_withdrawal_again(
    visitor: FlaskClient,  # noqa: F811
    planted: Planted,
    store: Store,
    older: Store,
) -> None:
    visitor.post(f"/toestemming/{planted.code}/intrekken")
    with store.reading() as conn:
        known = list_erasures(conn)
    now = datetime.now(UTC)
    assert apply_erasures(older, SECRET, lambda _conn: Nowhere(), now, known) == 1
    with older.reading() as conn:
        assert find_person(conn, planted.key).toestemming is None


def test_the_server_applies_its_list_when_it_starts(
    planted: Planted, store: Store, address: str
) -> None:
    with store.reading() as conn:
        before = find_person(conn, planted.key)
    erase(store, SECRET, planted.key, wie="", now=datetime.now(UTC))
    with store.writing() as conn:
        apply(conn, Batch(actoren=(before,)), wie="import", now=datetime.now(UTC), places=Nowhere())
        assert person_ids(conn) == [planted.key]
    create_app(Settings(database=address, secret=SECRET))
    with store.reading() as conn:
        assert person_ids(conn) == []


def test_a_busy_file_is_cleaned_later(planted: Planted, store: Store, tmp_path: Path) -> None:
    def refuse() -> bool:
        return False

    compact, store.compact = store.compact, refuse  # type: ignore[method-assign]
    proof = erase(store, SECRET, planted.key, wie="", now=datetime.now(UTC))
    assert not proof.schoon
    store.compact = compact  # type: ignore[method-assign]
    assert clean(store)
    assert left_in(tmp_path, planted.words) == {}


def test_only_a_sleutelfiguur_is_erased(
    writer: FlaskClient,  # noqa: F811
    planted: Planted,
) -> None:
    where = f"/bijwerken/toestemming/{planted.group}/wissen"
    assert writer.post(where, data={"zeker": "ja"}).status_code == 404


def export_everything(store: Store, folder: Path, clock: Clock) -> None:
    """Write every kind of export for every reader."""
    for level in Niveau:
        lezer, out = Lezer(level), folder / level.code
        out.mkdir(parents=True)
        export_csv(store, out / "csv", lezer, clock)
        export_geojson(store, out / "kaart.geojson", lezer, clock)
        export_graphml(store, out / "kaart.graphml", lezer, clock)
        export_gexf(store, out / "kaart.gexf", lezer, clock)
        export_xlsx(store, out / "kaart.xlsx", lezer, clock)
        # What an XLSX holds is packed: it must be read as text.
        shutil.unpack_archive(out / "kaart.xlsx", out / "los", "zip")


def test_one_day_later_it_is_hidden_everywhere(
    planted: Planted, address: str, store: Store, person: Maker, tmp_path: Path
) -> None:
    with store.reading() as conn:
        consent = find_person(conn, planted.key).toestemming
    assert consent is not None
    assert consent.tot is not None
    last = consent.tot - timedelta(days=1)
    account = person(Rol.OPBOUWWERKER, "dag@wijk.example").account
    token, _ = signing_in.open_session(store, SECRET, account, datetime.now(UTC))
    seen = {day: everywhere(address, token, planted, day) for day in (last, consent.tot)}
    named = {name for name, text in seen[last].items() if mentions(text, planted)}
    assert named == set(seen[last])
    assert {name for name, text in seen[consent.tot].items() if mentions(text, planted)} == set()
    for day, there in ((last, True), (consent.tot, False)):
        out = tmp_path / f"uit-{day}"
        export_everything(store, out, Clock(day))
        assert bool(left_in(out, ("Kanarienaam", planted.key, planted.offer))) is there, day


def mentions(text: str, planted: Planted) -> bool:
    return any(word in text for word in ("Kanarie", planted.key, planted.offer))


def everywhere(address: str, token: str, planted: Planted, day: date) -> dict[str, str]:
    """Ask every kind of page and answer as an opbouwwerker on a day."""
    client = create_app(Settings(database=address, secret=SECRET, clock=Clock(day))).test_client()
    client.set_cookie("sessie", token)
    asked = (
        f"/actor/{planted.group}",
        "/kaart?wat=actoren&soort=sleutelfiguur",
        "/kaart?wat=aanbod&soort=sleutelfiguur",
        "/gebied/WK039218",
        "/netwerk",
        "/api/v1/actoren?soort=sleutelfiguur",
        "/api/v1/aanbod?soort=sleutelfiguur",
        "/api/v1/relaties",
        "/api/v1/netwerk",
        "/api/v1/kaart/punten?bbox=4.64,52.36,4.65,52.37&zoom=17&wat=aanbod",
    )
    found = {path: client.get(path) for path in asked}
    assert {path: one.status_code for path, one in found.items() if one.status_code != 200} == {}
    texts = {path: one.text for path, one in found.items()}
    question: dict[str, Any] = {"q": "taalles Nederlands"}
    answer = client.post("/api/v1/zoekvragen", json=question)
    assert answer.status_code == 200, answer.text
    texts["zoeken"] = answer.text
    for path, key in (("/actor", planted.key), ("/aanbod", planted.offer)):
        # The page of what is not there repeats the id that was asked, as for any other.
        texts[path] = client.get(f"{path}/{key}").text.replace(key, "")
    return texts
