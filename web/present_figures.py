"""Say what is known of the residents of an area: key figures with their year and level."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from socialmap.domain.codes import GEBIED_LABELS, Gebiedsniveau
from socialmap.domain.counts import say_persons
from socialmap.domain.model import Gebied, Kerncijfer
from socialmap.geo.figures import (
    FIGURES,
    FORMER_GEMEENTEN,
    HUISHOUDENS,
    PER_DUIZEND,
    PERSONEN,
    PROCENT,
)

#: Two ways in which the CBS told where people come from; the newer one goes before the older.
_INSTEAD = {"pct_niet_westers": "pct_herkomst_buiten_europa"}
_TABLE = ("inwoners", "pct_0_14", "pct_15_24", "pct_65plus", "pct_eenpersoons")
_TABLE_WORDS = ("Inwoners", "Jonger dan 15", "15 tot 25", "65 of ouder", "Woont alleen")


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureBlock:
    """Figures of one area: `tegels` as macro `cijfers` takes them, `uitleg` says whose they are."""

    naam: str
    uitleg: str
    tegels: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """A few figures of several areas: `rijen` are code, name and a text for each column."""

    kolommen: tuple[str, ...]
    rijen: tuple[tuple[str, str, tuple[str, ...]], ...]
    uitleg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Residents:
    """What is known of residents: blocks for one area, or a table of the wijken it touches."""

    blokken: tuple[FigureBlock, ...] = ()
    tabel: FigureTable | None = None


def codes_to_read(gebied: Gebied, related: Sequence[Gebied]) -> list[str]:
    """Name the areas whose figures `present_residents` may need."""
    former = [code for code, old in FORMER_GEMEENTEN.items() if old.opvolger == gebied.code]
    wijken = [area.code for area in related if area.niveau is Gebiedsniveau.WIJK]
    larger = [area.code for area in related if area.niveau is Gebiedsniveau.GEMEENTE]
    return [gebied.code, *former, *wijken, *larger]


def present_residents(
    gebied: Gebied, related: Sequence[Gebied], figures: Sequence[Kerncijfer]
) -> Residents:
    """
    Choose and say the figures of an area.

    A buurt without figures of its own gets those of its wijk or gemeente, labelled as such; a
    team area gets those of each wijk that it touches.

    Parameters
    ----------
    gebied
        The area.
    related
        Areas that share a buurt with it.
    figures
        Of the areas that `codes_to_read` names.

    Returns
    -------
    Residents
        Persons rounded to tens, shares to whole per cents (eisen.md, 19).
    """
    by_area = _by_area(figures)
    if gebied.code in by_area:
        first: list[Gebied] = [gebied]
    elif gebied.niveau in (Gebiedsniveau.TEAMGEBIED, Gebiedsniveau.EIGEN):
        touched = [a for a in related if a.niveau is Gebiedsniveau.WIJK and a.code in by_area]
        if touched:
            return Residents(tabel=_table(touched, by_area))
        first = []
    else:
        first = [a for a in related if a.niveau is Gebiedsniveau.WIJK and a.code in by_area][:1]
    larger = [a for a in related if a.niveau is Gebiedsniveau.GEMEENTE and a.code in by_area]
    blocks = [_block(gebied, area, by_area[area.code], {}) for area in first]
    known = by_area[first[0].code] if first else {}
    blocks += [_block(gebied, area, by_area[area.code], known) for area in larger]
    blocks += _former_blocks(gebied, by_area)
    return Residents(blokken=tuple(block for block in blocks if block.tegels))


def _by_area(figures: Sequence[Kerncijfer]) -> dict[str, dict[str, Kerncijfer]]:
    found: dict[str, dict[str, Kerncijfer]] = {}
    for figure in figures:
        found.setdefault(figure.gebied, {})[figure.naam] = figure
    return found


def _former_blocks(
    gebied: Gebied, by_area: Mapping[str, dict[str, Kerncijfer]]
) -> list[FigureBlock]:
    blocks = []
    for code, old in FORMER_GEMEENTEN.items():
        if old.opvolger == gebied.code and code in by_area:
            said = f"{old.naam} hoort sinds {old.sinds} bij {gebied.naam}."
            year = _say_year(by_area[code])
            tiles = _tiles(by_area[code], {})
            blocks.append(FigureBlock(naam=old.naam, uitleg=f"{said} {year}", tegels=tiles))
    return blocks


def _block(
    gebied: Gebied,
    area: Gebied,
    figures: Mapping[str, Kerncijfer],
    known: Mapping[str, Kerncijfer],
) -> FigureBlock:
    level = GEBIED_LABELS[area.niveau].lower()
    if area.code == gebied.code:
        said = f"Cijfers van {level} {area.naam}."
    elif known:
        said = f"Deze cijfers zijn er alleen van {level} {area.naam} als geheel."
    else:
        own = GEBIED_LABELS[gebied.niveau].lower()
        said = (
            f"Van {own} {gebied.naam} zelf zijn hier geen cijfers. "
            f"Dit zijn die van {level} {area.naam} als geheel."
        )
    return FigureBlock(
        naam=area.naam, uitleg=f"{said} {_say_year(figures)}", tegels=_tiles(figures, known)
    )


def _say_year(figures: Mapping[str, Kerncijfer]) -> str:
    return f"Bron: CBS, {max(figure.jaar for figure in figures.values())}."


def _tiles(
    figures: Mapping[str, Kerncijfer], known: Mapping[str, Kerncijfer]
) -> tuple[dict[str, str], ...]:
    tiles = []
    for name in FIGURES:
        figure = figures.get(name)
        if figure is None or name in known or _INSTEAD.get(name) in known:
            continue
        tiles.append(
            {
                "label": _small(figure.label),
                "waarde": _say_value(figure),
                "bron": _say_amount(figure, figures),
            }
        )
    return tuple(tiles)


def _table(areas: Sequence[Gebied], by_area: Mapping[str, dict[str, Kerncijfer]]) -> FigureTable:
    years = {figure.jaar for area in areas for figure in by_area[area.code].values()}
    rows = []
    for area in areas:
        figures = by_area[area.code]
        cells = [_say_value(figures[name]) if name in figures else "onbekend" for name in _TABLE]
        rows.append((area.code, area.naam, tuple(cells)))
    return FigureTable(
        kolommen=_TABLE_WORDS,
        rijen=tuple(rows),
        uitleg=(
            "Van dit gebied zelf zijn er geen cijfers. Dit zijn de wijken waar het in ligt. "
            "Een wijk kan groter zijn dan het deel dat bij dit gebied hoort. "
            f"Bron: CBS, {max(years)}."
        ),
    )


def _say_value(figure: Kerncijfer) -> str:
    if figure.eenheid == PROCENT:
        return f"{math.floor(figure.waarde + 0.5)}%"
    if figure.eenheid == PER_DUIZEND:
        return f"{math.floor(figure.waarde + 0.5)} op de 1.000"
    if figure.eenheid in (PERSONEN, HUISHOUDENS):
        return say_persons(figure.waarde)
    return f"{figure.waarde:g}".replace(".", ",")


def _say_amount(figure: Kerncijfer, figures: Mapping[str, Kerncijfer]) -> str:
    """Say how many a percentage is, where the figure it is a share of stands beside it."""
    if figure.eenheid != PROCENT:
        return ""
    whole, noun = figures.get("inwoners"), "mensen"
    if figure.label.startswith("Huishoudens"):
        whole, noun = figures.get("huishoudens"), "huishoudens"
    elif not figure.label.startswith("Inwoners"):
        whole = None
    if whole is None:
        return ""
    return f"ongeveer {say_persons(whole.waarde * figure.waarde / 100)} {noun}"


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]
