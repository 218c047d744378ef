"""Unknown column names: which known column each may be, and a header with what was chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process, utils

from socialmap.domain.fields import TABLES
from socialmap.exchange.tables import OWN_COLUMN, RawTable, recognise

#: By file or sheet: name of a column in it -> column of the format; empty leaves it out.
Choices = Mapping[str, Mapping[str, str]]

#: From here on two names are taken to mean the same.
_ALIKE = 70
_MOST = 60
_LONGEST = 120
#: What people write above a column that no likeness of letters would find.
_WORDS = {
    "omschrijving": ("beschrijving", "toelichting", "wat", "activiteit"),
    "naam": ("organisatie", "titel", "naam organisatie", "naam activiteit"),
    "adres": ("straat", "straat en huisnummer"),
    "postcode": ("pc",),
    "plaats": ("woonplaats", "stad", "gemeente"),
    "telefoon": ("tel", "telefoonnummer", "mobiel"),
    "email": ("mail", "e-mailadres", "mailadres"),
    "website": ("url", "site", "webadres", "internet"),
    "lon": ("lengtegraad", "longitude", "x"),
    "lat": ("breedtegraad", "latitude", "y"),
    "themas": ("onderwerp", "onderwerpen", "leefgebied"),
    "doelgroepen": ("voor wie", "doelgroep"),
    "wanneer": ("tijden", "openingstijden", "dag en tijd"),
    "kosten": ("prijs", "bijdrage"),
    "status": ("actief",),
    "zichtbaarheid": ("zichtbaar voor", "openbaar"),
    "gecontroleerd_op": ("datum", "bijgewerkt op", "laatst gewijzigd"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownColumn:
    """
    A column whose name is no column of the format.

    Attributes
    ----------
    bestand
        File or sheet.
    gok
        Best guess; empty where nothing looks like it.
    keuzes
        Columns that the file does not have yet, in the order of the format.
    """

    bestand: str
    kolom: str
    tabel: str
    gok: str
    keuzes: tuple[str, ...]


def apply_choices(raw: RawTable, choices: Choices) -> RawTable:
    """Give a table with the names that somebody chose; what is left out becomes an own column."""
    chosen = choices.get(raw.bestand, {})
    if not chosen or not raw.records:
        return raw
    (number, header), *rest = raw.records
    names = [_renamed(name, chosen) for name in header]
    return replace(raw, records=[(number, names), *rest])


def unknown_columns(raws: Sequence[RawTable]) -> Iterator[UnknownColumn]:
    """List the columns that are not known, each with a guess; a guess is made only once."""
    for raw in raws:
        header = [name.strip() for name in raw.records[0][1]] if raw.records else []
        tabel = recognise(raw.naam, header)
        if tabel is None:
            continue
        free = [veld.naam for veld in TABLES[tabel] if veld.naam not in header]
        strange = [
            name
            for name in dict.fromkeys(header)
            if name and name not in {veld.naam for veld in TABLES[tabel]}
        ]
        strange = [name for name in strange if not name.startswith(OWN_COLUMN)][:_MOST]
        guesses = _guess(strange, free)
        for name in strange:
            yield UnknownColumn(
                bestand=raw.bestand,
                kolom=name[:_LONGEST],
                tabel=tabel,
                gok=guesses.get(name, ""),
                keuzes=tuple(free),
            )


def _guess(strange: Sequence[str], free: Sequence[str]) -> dict[str, str]:
    """Give each column at most one name, the surest pairs first."""
    said = {word: column for column in free for word in (column, *_WORDS.get(column, ()))}
    pairs = [
        (score, name, said[word])
        for name in strange
        for word, score, _ in process.extract(
            name[:_LONGEST].replace("_", " "),
            list(said),
            scorer=fuzz.ratio,
            processor=utils.default_process,
            score_cutoff=_ALIKE,
            limit=3,
        )
    ]
    found: dict[str, str] = {}
    for _, name, column in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if name not in found and column not in found.values():
            found[name] = column
    return found


def _renamed(name: str, chosen: Mapping[str, str]) -> str:
    key = name.strip()[:_LONGEST]
    if key not in chosen:
        return name
    return chosen[key] or f"{OWN_COLUMN}{key}"
