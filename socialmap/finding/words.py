"""Read the words of finding from `data/woorden`: the only module here that opens files."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from functools import cache
from pathlib import Path

from socialmap.finding.certainty import Blijk
from socialmap.finding.danger import (
    DangerPattern,
    DangerPatterns,
    Gevaarsoort,
    compile_patterns,
)
from socialmap.finding.features import Kenmerk
from socialmap.finding.lexicon import Entry, Lexicon, Topic, Woordsoort, build_lexicon
from socialmap.finding.listener import Listener, Sound
from socialmap.finding.listener_fit import Phrase
from socialmap.finding.stemming import Stemmer
from socialmap.finding.weights import Model, WeightRow, Weights, build_weights
from socialmap.geo.tables import read_table

_SOORTEN = tuple(soort.value for soort in Gevaarsoort)
#: Goes up when the same words are read in another way, so that kept texts are read anew.
READING_VERSION = "3"
_READ_FILES = (
    "lexicon.csv",
    "stammen.csv",
    "gewone_woorden.csv",
    "synoniemen.csv",
    "themaburen.csv",
    "onderwerpen.csv",
    "bijzaken.csv",
)


@cache
def read_danger(folder: Path) -> DangerPatterns:
    """
    Read `gevaar.csv` and `gevaar_gewichten.csv`: the patterns and the weights of danger.

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
    return compile_patterns(
        (DangerPattern(row.cells["patroon"], row.cells["soort"]) for row in rows),
        read_listener(folder),
    )


def read_listener(folder: Path) -> Listener:
    """
    Read `gevaar_gewichten.csv`, in hundredths; its first two rows are the threshold and the start.

    Raises
    ------
    BoundaryFaults
        If a file is missing or its columns are others.
    """
    rows = read_table(folder / "gevaar_gewichten.csv", ("kenmerk", "gevaar", *_SOORTEN))
    sounds = {
        row.cells["kenmerk"]: Sound(
            int(row.cells["gevaar"]) / 100, tuple(int(row.cells[name]) / 100 for name in _SOORTEN)
        )
        for row in rows
    }
    grens, begin = sounds.pop("=grens"), sounds.pop("=begin")
    return Listener(read_stemmer(folder), _SOORTEN, sounds, begin, grens.gevaar)


def write_listener(folder: Path, listener: Listener) -> None:
    """Write `gevaar_gewichten.csv` anew; see `read_listener`."""
    threshold = Sound(listener.grens, tuple(0.0 for _ in listener.soorten))
    lines = [";".join(("kenmerk", "gevaar", *listener.soorten))]
    for name, sound in {"=grens": threshold, "=begin": listener.begin, **listener.sounds}.items():
        values = (sound.gevaar, *sound.soorten)
        lines.append(";".join((name, *(str(round(value * 100)) for value in values))))
    (folder / "gevaar_gewichten.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_phrases(folder: Path) -> tuple[Phrase, ...]:
    """Read `gevaar_zinnen.csv`: the phrases that the listener learns from."""
    rows = read_table(folder / "gevaar_zinnen.csv", ("zin", "soort"))
    return tuple(Phrase(row.cells["zin"], row.cells["soort"]) for row in rows)


def read_stemmer(folder: Path) -> Stemmer:
    """Read `stammen.csv`: where the stems of words go wrong."""
    rows = read_table(folder / "stammen.csv", ("woord", "stam"))
    return Stemmer({row.cells["woord"]: row.cells["stam"] for row in rows})


@cache
def read_lexicon(folder: Path) -> Lexicon:
    """
    Read the words of a question: `lexicon.csv`, `stammen.csv`, `gewone_woorden.csv`,
    `synoniemen.csv`, `themaburen.csv`, `onderwerpen.csv` and `bijzaken.csv`.

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
        aside=[
            row.cells["woord"] for row in read_table(folder / "bijzaken.csv", ("woord", "soort"))
        ],
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
