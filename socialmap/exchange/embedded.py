"""Load what comes with the program: boundaries, key figures, vocabulary, network and example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import socialmap
from socialmap.coverage.facts import AreaFact
from socialmap.domain.clock import Clock
from socialmap.domain.errors import RefusedError
from socialmap.domain.model import Bron
from socialmap.domain.vocabulary import Doelgroep, Thema, Vocabulary
from socialmap.exchange.areas import to_shapes
from socialmap.exchange.importing import ImportReport, import_paths
from socialmap.geo.figures import load_figures
from socialmap.geo.load import load_areas
from socialmap.geo.tables import read_rows, read_table
from socialmap.store.areas import save_areas, save_figures
from socialmap.store.engine import Store
from socialmap.store.vocabulary import save_meta, save_sources, save_vocabulary

#: Who stands in the history for what came with the program.
WIE = "meegeleverd"
NETWORK = ("haarlem-zandvoort", "noord-holland")


@dataclass(frozen=True, slots=True)
class MunicipalityField:
    """One thing that is known of every municipality: its name in the file, and how to show it."""

    naam: str
    label: str
    uitleg: str


@dataclass(frozen=True, slots=True)
class Municipalities:
    """The nine municipalities of document 001, with every field of their factsheets.

    Attributes
    ----------
    velden
        In the order in which they are shown.
    rijen
        Text by name of the field, one row for each municipality; several answers in one cell are
        separated by `|`, and an empty cell means that the document is silent.
    """

    velden: tuple[MunicipalityField, ...]
    rijen: tuple[Mapping[str, str], ...]


def load_area_facts(folder: Path) -> tuple[AreaFact, ...]:
    """Read what documents say of areas (`netwerk/gebiedsfeiten.csv`), in the order of the file."""
    return tuple(
        AreaFact(
            gebied=row.cells["gebied"],
            tekst=row.cells["tekst"],
            bron=row.cells["bron"],
            jaar=int(row.cells["jaar"]),
        )
        for row in read_table(
            folder / "netwerk" / "gebiedsfeiten.csv", ("gebied", "tekst", "bron", "jaar")
        )
    )


def data_folder() -> Path:
    """Give the folder with data: inside the package when installed, else beside it."""
    package = Path(socialmap.__file__).parent
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


def load_base(store: Store, clock: Clock) -> None:
    """
    Load boundaries, team areas, key figures and vocabulary into a new map, and keep the day.

    Raises
    ------
    BoundaryFaults
        If a file of `data/wijken` or `data/woorden` has faults; nothing is kept then.
    """
    areas = load_areas(data_folder() / "wijken")
    figures = load_figures(data_folder() / "wijken")
    vocabulary = read_vocabulary_files(data_folder() / "woorden")
    with store.writing() as conn:
        save_areas(conn, to_shapes(areas, areas))
        save_figures(conn, figures)
        save_vocabulary(conn, vocabulary)
        save_meta(conn, "basis_geladen_op", clock.today().isoformat())


def load_network(store: Store, clock: Clock) -> ImportReport:
    """
    Load the documented network with its sources, after `load_base`.

    Raises
    ------
    RefusedError
        With every fault; nothing of the network is kept then.
    """
    folder = data_folder() / "netwerk"
    sources = read_documents()
    report = _import_all(store, [folder / name for name in NETWORK], clock)
    with store.writing() as conn:
        save_sources(conn, sources)
    return report


def load_example(store: Store, clock: Clock) -> ImportReport:
    """
    Load the invented example and mark the map as an example, after `load_base`.

    Raises
    ------
    RefusedError
        With every fault; nothing of the example is kept then.
    """
    report = _import_all(store, [data_folder() / "voorbeeld"], clock)
    with store.writing() as conn:
        save_meta(conn, "voorbeeld", "1")
    return report


def read_municipalities() -> Municipalities:
    """
    Read the table of municipalities.

    Raises
    ------
    BoundaryFaults
        If a file is missing, or the columns are not those that the list of fields names.
    """
    folder = data_folder() / "netwerk"
    listed = read_table(folder / "gemeenten_velden.csv", ("veld", "label", "uitleg"))
    velden = tuple(
        MunicipalityField(row.cells["veld"], row.cells["label"], row.cells["uitleg"])
        for row in listed
    )
    rows = read_table(folder / "gemeenten.csv", [veld.naam for veld in velden])
    return Municipalities(velden, tuple(row.cells for row in rows))


def read_vocabulary_files(folder: Path) -> Vocabulary:
    """
    Read themes and groups in the order of their files; columns in the README of the folder.

    Raises
    ------
    BoundaryFaults
        If a file is missing or its columns are others.
    """
    themes = read_table(
        folder / "themas.csv", ("code", "label", "zrm_domein", "positieve_gezondheid")
    )
    groups = read_table(folder / "doelgroepen.csv", ("code", "label"))
    return Vocabulary(
        themas={row.cells["code"]: Thema(**row.cells) for row in themes},
        doelgroepen={row.cells["code"]: Doelgroep(**row.cells) for row in groups},
    )


def _import_all(store: Store, paths: list[Path], clock: Clock) -> ImportReport:
    report = import_paths(store, paths, wie=WIE, clock=clock)
    if report.fouten:
        raise RefusedError(report.fouten)
    return report


def read_documents() -> list[Bron]:
    """Read the documents that facts were drawn from."""
    _, rows = read_rows(data_folder() / "netwerk" / "bronnen.csv")
    return [
        Bron(
            id=row.cells["id"],
            titel=row.cells["titel"],
            maker=row.cells["maker"],
            jaar=int(row.cells["jaar"]),
            toelichting=row.cells["toelichting"],
        )
        for row in rows
    ]
