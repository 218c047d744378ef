"""How many residents of a group an area has, from key figures (begrippen.md, "Need").

Pure functions on plain data. Nothing is rounded here: a number of persons is rounded once, where
it is shown (`domain/counts.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.model import Gebied, Kerncijfer

#: Group -> figures that tell which part of the inhabitants it is; the first that is there counts.
SHARES: Mapping[str, tuple[str, ...]] = {
    "ouderen": ("pct_65plus",),
    "kinderen": ("pct_0_14",),
    "jongeren": ("pct_15_24",),
    "alleenstaanden": ("pct_eenpersoons",),
    "migratieachtergrond": ("pct_herkomst_buiten_europa", "pct_niet_westers"),
    "minima": ("pct_sociaal_minimum",),
}
EVERYBODY = "iedereen"
_ALONE = "alleenstaanden"
#: Persons in a household where households were not counted (Haarlem 2024).
PERSONS_PER_HOUSEHOLD = 2.07
_LARGER = (Gebiedsniveau.WIJK, Gebiedsniveau.GEMEENTE)


@dataclass(frozen=True, slots=True)
class FigureUsed:
    """A published figure that a number rests on, with its year and the area it was counted for."""

    naam: str
    jaar: int
    gebied: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """
    How many residents of a group an area has.

    Attributes
    ----------
    personen
        Not rounded; None where no area has a figure of the group: "aantal onbekend".
    cijfers
        Every figure that it rests on, without doubles, by area, year and name.
    geschat
        Whether inhabitants were spread by surface ("geschat naar oppervlakte").
    """

    personen: float | None
    cijfers: tuple[FigureUsed, ...] = ()
    geschat: bool = False


class Needs:
    """
    Answers how many residents of a group areas have; made once for each state of the figures.

    Parameters
    ----------
    areas
        All areas. A buurt lies in one wijk and one gemeente.
    figures
        Figures of any years; for each area and name the newest counts.
    """

    def __init__(self, areas: Iterable[Gebied], figures: Iterable[Kerncijfer]) -> None:
        self._areas = {area.code: area for area in areas}
        self._figures: dict[tuple[str, str], Kerncijfer] = {}
        for figure in figures:
            key = figure.gebied, figure.naam
            known = self._figures.get(key)
            if known is None or known.jaar < figure.jaar:
                self._figures[key] = figure
        self._above: dict[str, list[str]] = {code: [] for code in self._areas}
        for niveau in _LARGER:
            for area in self._areas.values():
                if area.niveau is niveau:
                    for buurt in area.buurten:
                        self._above[buurt].append(area.code)
        self._residents = {
            area.code: self._count_buurt(area)
            for area in self._areas.values()
            if area.niveau is Gebiedsniveau.BUURT
        }

    def of(self, code: str, doelgroep: str) -> Need:
        """
        Give the need of an area for a group.

        Parameters
        ----------
        code
            An area of any level.
        doelgroep
            A group, or `iedereen`.
        """
        area = self._areas[code]
        if area.niveau is Gebiedsniveau.BUURT:
            return self._of_buurt(code, doelgroep)
        if area.niveau in _LARGER:
            own = self._of_counted(code, doelgroep)
            if own is not None:
                return own
        return _add(self._of_buurt(buurt, doelgroep) for buurt in area.buurten)

    def _of_counted(self, code: str, doelgroep: str) -> Need | None:
        """Give the need of an area whose own inhabitants were counted; None where they were not."""
        residents = self._figures.get((code, "inwoners"))
        if residents is None:
            return None
        return self._share(code, doelgroep, Need(personen=residents.waarde, cijfers=_of(residents)))

    def _of_buurt(self, code: str, doelgroep: str) -> Need:
        return self._share(code, doelgroep, self._residents[code])

    def _share(self, code: str, doelgroep: str, residents: Need) -> Need:
        """Take the part of the inhabitants that belongs to a group."""
        if doelgroep == EVERYBODY or residents.personen is None:
            return residents
        found = self._nearest(code, SHARES.get(doelgroep, ()))
        if found is None:
            return Need(personen=None)
        base, extra = residents.personen, _of(found)
        if doelgroep == _ALONE:
            base, more = self._households(code, residents)
            extra += more
        return Need(
            personen=base * found.waarde / 100,
            cijfers=_sorted((*residents.cijfers, *extra)),
            geschat=residents.geschat,
        )

    def _households(self, code: str, residents: Need) -> tuple[float, tuple[FigureUsed, ...]]:
        """Count households: of the area itself, its part of a larger one, else from inhabitants."""
        counted = self._count(self._areas[code], "huishoudens")
        if counted is not None:
            return counted[0], _of(counted[1])
        return (residents.personen or 0.0) / PERSONS_PER_HOUSEHOLD, ()

    def _nearest(self, code: str, names: tuple[str, ...]) -> Kerncijfer | None:
        """Give the first figure of the area itself, or of the next larger area that has one."""
        for place in (code, *self._above_of(code)):
            for name in names:
                found = self._figures.get((place, name))
                if found is not None:
                    return found
        return None

    def _above_of(self, code: str) -> list[str]:
        area = self._areas[code]
        if area.niveau is Gebiedsniveau.BUURT:
            return self._above[code]
        if area.niveau is Gebiedsniveau.WIJK and area.gemeente:
            return [area.gemeente]
        return []

    def _count_buurt(self, area: Gebied) -> Need:
        """Give the inhabitants of a buurt: counted, or by its part of the surface lived on."""
        counted = self._count(area, "inwoners")
        if counted is None:
            return Need(personen=None)
        number, figure = counted
        return Need(personen=number, cijfers=_of(figure), geschat=figure.gebied != area.code)

    def _count(self, area: Gebied, naam: str) -> tuple[float, Kerncijfer] | None:
        """Give a count of an area, or for a buurt its part of a larger one, and the figure used."""
        own = self._figures.get((area.code, naam))
        if own is not None:
            return own.waarde, own
        if area.niveau is Gebiedsniveau.BUURT:
            for larger in self._above[area.code]:
                figure = self._figures.get((larger, naam))
                if figure is not None:
                    return figure.waarde * self._share_of_surface(area, larger), figure
        return None

    def _share_of_surface(self, area: Gebied, larger: str) -> float:
        if area.vrijwel_onbewoond:
            return 0.0
        lived_in = [
            self._areas[code].oppervlakte_m2
            for code in self._areas[larger].buurten
            if not self._areas[code].vrijwel_onbewoond
        ]
        return area.oppervlakte_m2 / sum(lived_in)


def _add(parts: Iterable[Need]) -> Need:
    """Add up buurten; unknown where nothing is known of any of them."""
    known = [part for part in parts if part.personen is not None]
    if not known:
        return Need(personen=None)
    return Need(
        personen=sum(part.personen or 0.0 for part in known),
        cijfers=_sorted(figure for part in known for figure in part.cijfers),
        geschat=any(part.geschat for part in known),
    )


def _of(figure: Kerncijfer) -> tuple[FigureUsed, ...]:
    return (FigureUsed(figure.naam, figure.jaar, figure.gebied),)


def _sorted(figures: Iterable[FigureUsed]) -> tuple[FigureUsed, ...]:
    return tuple(sorted(set(figures), key=lambda one: (one.gebied, one.jaar, one.naam)))
