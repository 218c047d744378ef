"""Export what everybody may see as HSDS 3.1: one JSON file, or a tabular data package."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Feitelijk, Niveau, Relatiesoort
from socialmap.domain.errors import SocialMapError
from socialmap.domain.model import Aanbod, Relatie
from socialmap.domain.privacy import OPENBAAR, Lezer
from socialmap.exchange import hsds_words as words
from socialmap.exchange.areas import is_own
from socialmap.exchange.cells import make_harmless
from socialmap.exchange.exporting import about_export, write_whole
from socialmap.exchange.hsds_tables import COLUMNS, to_rows
from socialmap.exchange.hsds_write import Writer
from socialmap.store.areas import area_names, list_areas
from socialmap.store.engine import Connection, Store
from socialmap.store.records import all_aanbod, all_actors, all_relaties
from socialmap.store.vocabulary import read_vocabulary

Json = dict[str, Any]


class OnlyOpenError(SocialMapError):
    """HSDS was asked for a reader who sees more than everybody."""

    def __init__(self) -> None:
        super().__init__(
            "HSDS is open: er gaat alleen uit wat iedereen mag zien. Laat --lezer weg, of kies csv."
        )


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: lists of HSDS objects, and what the file is."""

    organizations: Sequence[Json]
    services: Sequence[Json]
    taxonomies: Sequence[Json]
    taxonomy_terms: Sequence[Json]
    about: Mapping[str, str]


def export_hsds(store: Store, path: Path, lezer: Lezer, clock: Clock) -> None:
    """
    Write the map as HSDS 3.1.

    Parameters
    ----------
    store
        The map.
    path
        A name that ends in `.json` gives one JSON file with `organizations`, `services`,
        `taxonomies` and `taxonomy_terms`; any other is a folder that gets a tabular data package.
    lezer, clock
        Must be everybody; the day that the file names.

    Raises
    ------
    OnlyOpenError
        When the reader may see more than everybody.
    """
    if lezer.niveau is not Niveau.OPENBAAR:
        raise OnlyOpenError
    with store.reading() as conn:
        content = read_content(conn, clock.today())
    if path.suffix.lower() == ".json":
        write_whole(path, json_bytes(content))
        return
    path.mkdir(parents=True, exist_ok=True)
    for name, data in package_files(content).items():
        write_whole(path / name, data)


def read_content(conn: Connection, today: date) -> Content:
    """Read the whole map as everybody sees it, in order of id."""
    actors = all_actors(conn, OPENBAAR, today)
    offers = all_aanbod(conn, OPENBAAR, today)
    writer = make_writer(conn, all_relaties(conn, OPENBAAR, today))
    names = {actor.id: writer.short_organization(actor) for actor in actors}
    return Content(
        organizations=[writer.organization(actor) for actor in actors],
        services=[_with_owner(writer, offer, names) for offer in offers],
        taxonomies=words.taxonomies(),
        taxonomy_terms=[words.term_json(term) for term in writer.terms.values()],
        about=about_export(conn, OPENBAAR, today),
    )


def make_writer(conn: Connection, ties: Sequence[Relatie] = ()) -> Writer:
    """Make a writer for the vocabulary and areas of this map, with some of its ties."""
    vocabulary = read_vocabulary(conn)
    own = [area for area in list_areas(conn) if is_own(area)]
    by_left: defaultdict[str, list[Relatie]] = defaultdict(list)
    for tie in ties:
        by_left[tie.van_id].append(tie)
    return Writer(
        vocabulary=vocabulary,
        terms=words.by_key(words.all_terms(vocabulary, own)),
        area_names=area_names(conn),
        ties=by_left,
        parents=_parents(ties),
    )


def json_bytes(content: Content) -> bytes:
    """Write one JSON file, a record on a line so that two versions can be compared."""
    head = _json({"hsds_version": words.VERSION, **content.about})
    lists = (
        ("organizations", content.organizations),
        ("services", content.services),
        ("taxonomies", content.taxonomies),
        ("taxonomy_terms", content.taxonomy_terms),
    )
    parts = [f'"{name}":[\n' + ",\n".join(map(_json, found)) + "\n]" for name, found in lists]
    return (head[:-1] + ",\n" + ",\n".join(parts) + "\n}\n").encode()


def package_files(content: Content) -> dict[str, bytes]:
    """Write a tabular data package: `datapackage.json`, and a CSV file for each table in use."""
    rows = to_rows(content.organizations, content.services)
    rows["taxonomies"] = list(content.taxonomies)
    rows["taxonomy_terms"] = [
        {**term, "taxonomy_id": term["taxonomy_detail"]["id"]} for term in content.taxonomy_terms
    ]
    files = {f"{name}.csv": _csv(COLUMNS[name], found) for name, found in rows.items() if found}
    package = {
        "name": "sociale-kaart",
        "profile": "tabular-data-package",
        "hsds_version": words.VERSION,
        **content.about,
        "resources": [_resource(name) for name, found in rows.items() if found],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2)
    return {"datapackage.json": f"{text}\n".encode(), **files}


def _with_owner(writer: Writer, offer: Aanbod, names: Mapping[str, Json]) -> Json:
    return {**writer.service(offer), "organization": names[offer.actor_id]}


def _parents(ties: Sequence[Relatie]) -> dict[str, str]:
    """Give the one organisation that an actor belongs to; none where there are two."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for tie in ties:
        if tie.soort is Relatiesoort.MOEDERORGANISATIE and tie.feitelijk is Feitelijk.FEITELIJK:
            found[tie.van_id].add(tie.naar_id)
    return {child: parents.pop() for child, parents in found.items() if len(parents) == 1}


def _csv(columns: Sequence[str], rows: Sequence[Json]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[_cell(row.get(name)) for name in columns] for row in rows])
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return make_harmless(value) if isinstance(value, str) else repr(value)


def _resource(name: str) -> Json:
    fields = [{"name": column, "type": "string"} for column in COLUMNS[name]]
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "schema": {"fields": fields, "primaryKey": "id"},
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
