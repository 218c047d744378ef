"""Import OpenStreetMap: places become drafts, each once, with what they look like beside them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from socialmap.domain.checks import CHECKS
from socialmap.domain.clock import Clock
from socialmap.domain.codes import Niveau, Soort
from socialmap.domain.errors import Fout
from socialmap.domain.fields import AANBOD, Veld
from socialmap.domain.model import Actor
from socialmap.domain.osm import CREDIT, DOOR
from socialmap.domain.parse import RECORDS, CellError, read_cell, read_cells
from socialmap.domain.privacy import Lezer
from socialmap.domain.vocabulary import Vocabulary
from socialmap.editing.apply import Counts
from socialmap.editing.duplicates import find_duplicates
from socialmap.editing.heeding import refused_names
from socialmap.editing.osm_drafts import ALIKE, HOURS, actor_cells, draft_id
from socialmap.exchange.areas import StoredPlaces, to_area_set
from socialmap.exchange.embedded import data_folder
from socialmap.exchange.importing import ImportReport
from socialmap.exchange.osm_read import OsmFileError, read_osm
from socialmap.exchange.osm_words import OsmPlace, cells_of, keys_that_count, read_tag_words
from socialmap.exchange.tables import Findings
from socialmap.store.areas import read_shapes
from socialmap.store.engine import Store
from socialmap.store.merging import kept_ids
from socialmap.store.proposals import Stand, Voorstel, drafts, save_drafts
from socialmap.store.records import all_aanbod, all_actors, known_ids
from socialmap.store.vocabulary import read_vocabulary

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

#: So many may wait: more nobody can look through.
MOST_WAITING = 50_000
_UNNAMED = "hebben geen naam of plek en zijn overgeslagen"
_OUTSIDE = "liggen buiten de gebieden van deze kaart en zijn overgeslagen"
_REFUSED = "willen niet op de kaart en zijn overgeslagen"
_KNOWN = "staan al op de kaart of zijn al eens afgewezen"
_WRONG = "hebben een naam of plek die niet klopt en zijn overgeslagen"
_HOURS = "hebben tijden die de kaart niet begrijpt; de tijden zijn weggelaten"
_LIKE = "lijken op iets anders; dat staat erbij"


@dataclass(frozen=True, slots=True)
class _Draft:
    cells: Mapping[str, str]
    actor: Actor


class _TrialError(Exception):
    """Rolls a trial back."""


def import_osm(
    store: Store, paths: Sequence[Path], *, clock: Clock, proef: bool = False
) -> ImportReport:
    """
    Read files of OpenStreetMap into drafts.

    Parameters
    ----------
    store
        Holds areas and vocabulary.
    paths
        Files for which `osm_read.is_osm_file` holds.
    clock
        Gives the moment.
    proef
        Do everything, report the same, and keep nothing.

    Returns
    -------
    report
        Counts of `voorstellen`; a file that cannot be read is a fault in it.
    """
    findings, counts = Findings(), Counts(0, 0, 0)
    words = read_tag_words(data_folder() / "woorden")
    places = _read(paths, keys_that_count(words), findings)
    told: Counter[str] = Counter()
    made = [cells for place in places if (cells := cells_of(place, words)) is not None]
    placed = False
    try:
        with store.writing() as conn:
            if not findings.fouten:
                counts = _keep(conn, made, clock, told, findings)
            if proef or findings.fouten:
                raise _TrialError
            placed = True
    except _TrialError:
        pass
    name = paths[0].name
    said = [f"{number} plekken {what}." for what, number in told.items()]
    notes = [Fout(name, 0, "", line) for line in [*said, f"Noem de bron: {CREDIT}."]]
    return ImportReport(
        geteld={} if findings.fouten else {"voorstellen": counts},
        waarschuwingen=() if findings.fouten else tuple(notes),
        fouten=tuple(findings.fouten),
        geplaatst=placed,
    )


def _read(paths: Sequence[Path], keys: Sequence[str], findings: Findings) -> list[OsmPlace]:
    places: dict[str, OsmPlace] = {}
    for path in paths:
        try:
            places |= {place.key: place for place in read_osm(path, keys)}
        except OsmFileError as error:
            findings.fouten.append(Fout(path.name, 0, "", str(error)))
    return list(places.values())


def _keep(
    conn: Connection,
    made: Sequence[Mapping[str, str]],
    clock: Clock,
    told: Counter[str],
    findings: Findings,
) -> Counts:
    """Keep what is new or changed; what somebody decided on before stays as it was decided."""
    kept = {one.id: one for one in drafts(conn)}
    fitting = _judge(_inside(conn, made, told), read_vocabulary(conn), told)
    fresh = _not_decided(conn, fitting, kept, told)
    marked = _mark(conn, fresh, clock, told)
    changed = {
        draft_id(cells["id"]): cells
        for cells in marked
        if (old := kept.get(draft_id(cells["id"]))) is None or dict(old.cellen) != cells
    }
    new = [key for key in changed if key not in kept]
    waiting = sum(one.status is Stand.OPEN for one in kept.values())
    if waiting + len(new) > MOST_WAITING:
        melding = (
            f"Dit worden {waiting + len(new)} voorstellen; er mogen er {MOST_WAITING} wachten. "
            "Haal een kleiner gebied op, zoals één gemeente."
        )
        findings.fouten.append(Fout("openstreetmap", 0, "", melding))
        return Counts(0, 0, 0)
    now = clock.now()
    save_drafts(conn, [_proposal(key, cells, now) for key, cells in changed.items()])
    return Counts(len(new), len(changed) - len(new), len(marked) - len(changed))


def _proposal(key: str, cells: Mapping[str, str], now: datetime) -> Voorstel:
    return Voorstel(
        id=key, tabel="actoren", sleutel="", cellen=cells, versie=0, door=DOOR, wanneer=now
    )


def _inside(
    conn: Connection, made: Sequence[Mapping[str, str]], told: Counter[str]
) -> list[Mapping[str, str]]:
    """Leave out what has no name or place, lies outside the areas, or wants to stay off the map."""
    whole = [one for one in made if one.get("naam") and one.get("lon") and one.get("lat")]
    places = StoredPlaces(to_area_set(read_shapes(conn)))
    around = places.locate_many([(float(one["lon"]), float(one["lat"])) for one in whole])
    inside = [one for one, codes in zip(whole, around, strict=True) if codes]
    refused = refused_names(conn, (one["naam"] for one in inside))
    kept = [one for one in inside if one["naam"] not in refused]
    _tell(told, _UNNAMED, len(made) - len(whole))
    _tell(told, _OUTSIDE, len(whole) - len(inside))
    _tell(told, _REFUSED, len(inside) - len(kept))
    return kept


def _judge(
    made: Iterable[Mapping[str, str]], words: Vocabulary, told: Counter[str]
) -> list[_Draft]:
    """Hold each against the rules of the format; a wrong cell that need not be there is dropped."""
    columns, build = RECORDS["actoren"]
    hours = next(veld for veld in AANBOD if veld.naam == HOURS)
    found = []
    for one in made:
        cells = dict(one)
        if HOURS in cells and not _reads(hours, cells[HOURS], words):
            del cells[HOURS]
            told[_HOURS] += 1
        for _try in range(2):
            values, faults = read_cells(columns, actor_cells(cells), words)
            faults = [*faults, *CHECKS["actoren"](values)]
            if not faults:
                found.append(_Draft(cells, build(values)))
                break
            for field, _said in faults:
                cells.pop(field, None)
        else:
            told[_WRONG] += 1
    return found


def _reads(veld: Veld, text: str, words: Vocabulary) -> bool:
    try:
        read_cell(veld, text, words)
    except CellError:
        return False
    return True


def _not_decided(
    conn: Connection,
    fitting: Sequence[_Draft],
    kept: Mapping[str, Voorstel],
    told: Counter[str],
) -> list[_Draft]:
    ids = [one.actor.id for one in fitting]
    there = known_ids(conn, "actor", ids) | set(kept_ids(conn, ids))
    decided = {key for key, one in kept.items() if one.status is not Stand.OPEN}
    fresh = [
        one
        for one in fitting
        if one.actor.id not in there and draft_id(one.actor.id) not in decided
    ]
    _tell(told, _KNOWN, len(fitting) - len(fresh))
    return fresh


def _mark(
    conn: Connection, fresh: Sequence[_Draft], clock: Clock, told: Counter[str]
) -> list[dict[str, str]]:
    """Write with each draft what it looks like: of what is on the map, and of the other drafts."""
    reader, today = Lezer(Niveau.TEAM), clock.today()
    actors = [
        one for one in all_actors(conn, reader, today) if one.soort is not Soort.SLEUTELFIGUUR
    ]
    names = {one.id for one in actors}
    offers = [one for one in all_aanbod(conn, reader, today) if one.actor_id in names]
    alike: dict[str, list[str]] = defaultdict(list)
    for pair in find_duplicates([*actors, *offers, *(one.actor for one in fresh)]):
        alike[pair.een].append(pair.ander)
        alike[pair.ander].append(pair.een)
    marked = []
    for one in fresh:
        like = alike.get(one.actor.id, ())
        told[_LIKE] += bool(like)
        marked.append({**one.cells, **({ALIKE: "|".join(like)} if like else {})})
    if not told[_LIKE]:
        del told[_LIKE]
    return marked


def _tell(told: Counter[str], what: str, number: int) -> None:
    if number:
        told[what] += number
