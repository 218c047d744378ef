"""Read the words of finding from `data/woorden`: the only module here that opens files."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from socialmap.finding.danger import DangerPattern, DangerPatterns, compile_patterns
from socialmap.finding.lexicon import Entry, Lexicon, Woordsoort, build_lexicon
from socialmap.finding.stemming import Stemmer
from socialmap.geo.tables import read_table


def read_danger(folder: Path) -> DangerPatterns:
    """
    Read `gevaar.csv`: the words of acute danger.

    Parameters
    ----------
    folder
        The folder `data/woorden`.

    Raises
    ------
    BoundaryFaults
        If the file is missing or its columns are others.
    """
    rows = read_table(folder / "gevaar.csv", ("patroon", "soort", "toelichting"))
    return compile_patterns(DangerPattern(row.cells["patroon"], row.cells["soort"]) for row in rows)


def read_lexicon(folder: Path) -> Lexicon:
    """
    Read the words of a question: `lexicon.csv`, `stammen.csv`, `gewone_woorden.csv`,
    `synoniemen.csv` and `themaburen.csv`.

    Parameters
    ----------
    folder
        The folder `data/woorden`.

    Raises
    ------
    BoundaryFaults
        If a file is missing or its columns are others.
    """
    entries = read_table(folder / "lexicon.csv", ("woord", "soort", "code", "gewicht", "herkomst"))
    stems = read_table(folder / "stammen.csv", ("woord", "stam"))
    plain = read_table(folder / "gewone_woorden.csv", ("woord", "soort"))
    synonyms = read_table(folder / "synoniemen.csv", ("woorden",))
    neighbours: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for row in read_table(folder / "themaburen.csv", ("thema", "buur", "gewicht")):
        neighbours[row.cells["thema"]].append((row.cells["buur"], float(row.cells["gewicht"])))
    return build_lexicon(
        (
            Entry(
                row.cells["woord"],
                Woordsoort(row.cells["soort"]),
                row.cells["code"],
                float(row.cells["gewicht"]),
            )
            for row in entries
        ),
        stemmer=Stemmer({row.cells["woord"]: row.cells["stam"] for row in stems}),
        stop=[row.cells["woord"] for row in plain if row.cells["soort"] == "stop"],
        ordinary=[row.cells["woord"] for row in plain if row.cells["soort"] == "gewoon"],
        synonyms=[tuple(row.cells["woorden"].split("|")) for row in synonyms],
        neighbours={code: tuple(found) for code, found in neighbours.items()},
    )
