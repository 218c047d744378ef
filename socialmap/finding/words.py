"""Read the words of finding from `data/woorden`: the only module here that opens files."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from functools import cache
from pathlib import Path

from socialmap.finding.certainty import Blijk
from socialmap.finding.danger import DangerPattern, DangerPatterns, compile_patterns
from socialmap.finding.features import Kenmerk
from socialmap.finding.lexicon import Entry, Lexicon, Topic, Woordsoort, build_lexicon
from socialmap.finding.stemming import Stemmer
from socialmap.finding.weights import Model, WeightRow, Weights, build_weights
from socialmap.geo.tables import read_table

#: Goes up when the same words are read in another way, so that kept texts are read anew.
READING_VERSION = "2"
_READ_FILES = (
    "lexicon.csv",
    "stammen.csv",
    "gewone_woorden.csv",
    "synoniemen.csv",
    "themaburen.csv",
    "onderwerpen.csv",
)


@cache
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


@cache
def read_lexicon(folder: Path) -> Lexicon:
    """
    Read the words of a question: `lexicon.csv`, `stammen.csv`, `gewone_woorden.csv`,
    `synoniemen.csv`, `themaburen.csv` and `onderwerpen.csv`.

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
    topics = [
        Topic(
            code=row.cells["code"],
            label=row.cells["label"],
            themas=_parts(row.cells["themas"]),
            doelgroepen=_parts(row.cells["doelgroepen"]),
            woorden=_parts(row.cells["woorden"]),
        )
        for row in read_table(
            folder / "onderwerpen.csv", ("code", "label", "themas", "doelgroepen", "woorden")
        )
    ]
    return build_lexicon(
        (
            Entry(
                row.cells["woord"],
                Woordsoort(row.cells["soort"]),
                row.cells["code"],
                float(row.cells["gewicht"]),
                is_fout=row.cells["herkomst"] == "fout",
            )
            for row in entries
        ),
        stemmer=Stemmer({row.cells["woord"]: row.cells["stam"] for row in stems}),
        stop=[row.cells["woord"] for row in plain if row.cells["soort"] == "stop"],
        ordinary=[row.cells["woord"] for row in plain if row.cells["soort"] == "gewoon"],
        synonyms=[tuple(row.cells["woorden"].split("|")) for row in synonyms],
        neighbours={code: tuple(found) for code, found in neighbours.items()},
        topics=topics,
        fingerprint=_fingerprint(folder),
    )


def read_weights(folder: Path) -> Weights:
    """
    Read `gewichten.csv`: how much everything weighs that decides order and certainty.

    Parameters
    ----------
    folder
        The folder `data/woorden`.

    Raises
    ------
    BoundaryFaults
        If the file is missing or its columns are others.
    ValueError
        If it is about other features than this program has.
    """
    rows = read_table(folder / "gewichten.csv", ("model", "kenmerk", "zonder", "met"))
    return build_weights(
        WeightRow(
            Model(row.cells["model"]),
            row.cells["kenmerk"],
            float(row.cells["zonder"]),
            float(row.cells["met"]),
        )
        for row in rows
    )


def write_weights(folder: Path, weights: Weights) -> None:
    """Write `gewichten.csv` anew; see `read_weights`."""
    lines = ["model;kenmerk;zonder;met"]
    for model, table, kinds in (
        (Model.ORDE, weights.order, Kenmerk),
        (Model.ZEKERHEID, weights.certainty, Blijk),
    ):
        lines += [
            f"{model.value};{kind.name.lower()};{table[0][kind]:.3f};{table[1][kind]:.3f}"
            for kind in kinds
        ]
    (folder / "gewichten.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_needs(folder: Path) -> dict[str, str]:
    """
    Read `behoeften.csv`: what people call what they seek, by code.

    Parameters
    ----------
    folder
        The folder `data/woorden`.

    Raises
    ------
    BoundaryFaults
        If the file is missing or its columns are others.
    """
    rows = read_table(folder / "behoeften.csv", ("code", "label"))
    return {row.cells["code"]: row.cells["label"] for row in rows}


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _fingerprint(folder: Path) -> str:
    """Tell one set of words from another; a change of how texts are read counts too."""
    digest = hashlib.sha256(READING_VERSION.encode())
    for name in _READ_FILES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:16]
