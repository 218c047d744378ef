"""What an area is, and the set of all areas with who lies in whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from socialmap.domain.codes import Gebiedsniveau
from socialmap.geo.errors import UnknownAreaError
from socialmap.geo.measure import Shape

# Order of the levels wherever areas are listed; of the first four it is also small to large.
NIVEAUS: Final = (
    Gebiedsniveau.BUURT,
    Gebiedsniveau.WIJK,
    Gebiedsniveau.TEAMGEBIED,
    Gebiedsniveau.GEMEENTE,
    Gebiedsniveau.EIGEN,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A piece of the Netherlands with a name.

    Attributes
    ----------
    code
        CBS code (`BU…`, `WK…`, `GM…`) or the id of a team area or own area.
    jaar
        Year of the boundaries.
    bron
        Who made the boundaries, with their licence: show it wherever the area is shown.
    leden
        Wijk, teamgebied and gemeente: the buurten inside, sorted. Own area: the codes it was
        put together from, as given. Empty for a buurt, and for a gemeente of which only the
        outline is known.
    ouders
        Larger areas of the CBS and teams that hold all of it, in the order of `NIVEAUS`.
    vrijwel_onbewoond
        True if every buurt inside is marked as holding few or no residents.
    shape
        WGS84 degrees, (lon, lat).
    shape_rd
        The same corners in EPSG:28992, metres.
    """

    code: str
    naam: str
    niveau: Gebiedsniveau
    jaar: int
    bron: str
    leden: tuple[str, ...]
    ouders: tuple[str, ...]
    vrijwel_onbewoond: bool
    shape: Shape
    shape_rd: Shape

    @property
    def is_outline(self) -> bool:
        """Whether this is a gemeente of which only a coarse outline is known, no buurten."""
        return self.niveau is Gebiedsniveau.GEMEENTE and not self.leden


class AreaSet:
    """All areas, in the order of `NIVEAUS` and then of code; not changed once made."""

    def __init__(self, areas: Iterable[Area]) -> None:
        """Order the areas; two with the same code are a mistake of the caller (ValueError)."""
        rank = {niveau: place for place, niveau in enumerate(NIVEAUS)}
        self._areas = tuple(sorted(areas, key=lambda area: (rank[area.niveau], area.code)))
        self._by_code = {area.code: area for area in self._areas}
        if len(self._by_code) < len(self._areas):
            raise ValueError("two areas have the same code")
        self._holders = self._find_holders()

    def __iter__(self) -> Iterator[Area]:
        """Go through the areas in order."""
        return iter(self._areas)

    def __len__(self) -> int:
        """Count the areas."""
        return len(self._areas)

    def __contains__(self, code: object) -> bool:
        """Say whether an area has this code."""
        return code in self._by_code

    def __getitem__(self, code: str) -> Area:
        """Give the area with this code, or raise UnknownAreaError."""
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownAreaError(code) from None

    def of_level(self, niveau: str) -> tuple[Area, ...]:
        """Give the areas of one level, by code."""
        return tuple(area for area in self._areas if area.niveau == niveau)

    def buurten_in(self, code: str) -> tuple[str, ...]:
        """
        Give the codes of all buurten in an area, sorted; a buurt holds itself.

        Empty for a gemeente of which only the outline is known.

        Raises
        ------
        UnknownAreaError
            If no area has this code.
        """
        area = self[code]
        if area.niveau is Gebiedsniveau.BUURT:
            return (code,)
        found = {buurt for lid in area.leden for buurt in self.buurten_in(lid)}
        return tuple(sorted(found))

    def holding(self, buurtcode: str) -> tuple[str, ...]:
        """
        Give the codes of all areas that hold a buurt, itself first, in the order of the set.

        Raises
        ------
        UnknownAreaError
            If no buurt has this code.
        """
        try:
            return self._holders[buurtcode]
        except KeyError:
            raise UnknownAreaError(buurtcode) from None

    def with_own(self, own: Iterable[Area]) -> AreaSet:
        """Give a new set with these areas added; see `own.own_area`."""
        return AreaSet((*self._areas, *own))

    def _find_holders(self) -> dict[str, tuple[str, ...]]:
        holders: dict[str, list[str]] = {}
        for area in self._areas:
            for buurt in self.buurten_in(area.code):
                holders.setdefault(buurt, []).append(area.code)
        return {buurt: tuple(codes) for buurt, codes in holders.items()}
