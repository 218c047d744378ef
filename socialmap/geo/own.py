"""Make an own area, as in `gebieden.csv` of the exchange format, out of areas that are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

import shapely

from socialmap.domain.codes import Gebiedsniveau
from socialmap.geo.area import Area, AreaSet
from socialmap.geo.dissolve import BRON, join
from socialmap.geo.errors import OwnAreaFaults
from socialmap.geo.measure import Shape, to_rd

BRON_EIGEN: Final = f"Eigen indeling, op grenzen {BRON}"

_MAY_BE_OWN: Final = (Gebiedsniveau.TEAMGEBIED, Gebiedsniveau.EIGEN)
_MAY_BE_LID: Final = (Gebiedsniveau.BUURT, Gebiedsniveau.WIJK, Gebiedsniveau.GEMEENTE)


def own_area(code: str, naam: str, niveau: str, leden: Sequence[str], areas: AreaSet) -> Area:
    """
    Put an own area together from buurten, wijken and gemeenten.

    Members may lie in each other; each piece counts once.

    Parameters
    ----------
    code, naam
        Id and name of the new area.
    niveau
        `teamgebied` or `eigen`.
    leden
        CBS codes, at least one, each once.
    areas
        All areas that are known. Not modified: see `AreaSet.with_own`.

    Returns
    -------
    area
        `leden` as given, so that an export comes back equal; `ouders` is the gemeente, if all
        lies in one.

    Raises
    ------
    OwnAreaFaults
        With every fault: code taken or empty, no name, wrong level, members missing, unknown,
        double, or not a buurt, wijk or gemeente.
    """
    meldingen = [*_faults_of_self(code, naam, niveau, areas), *_faults_of_leden(leden, areas)]
    if meldingen:
        raise OwnAreaFaults(code, meldingen)
    members = [areas[lid] for lid in leden]
    buurten = {buurt for lid in leden for buurt in areas.buurten_in(lid)}
    outlines = [area for area in members if area.is_outline]
    shape = _shape([areas[buurt].shape for buurt in sorted(buurten)], outlines)
    gemeenten = {_gemeente(area, areas) for area in members}
    return Area(
        code=code,
        naam=naam,
        niveau=Gebiedsniveau(niveau),
        jaar=max(area.jaar for area in members),
        bron=BRON_EIGEN,
        leden=tuple(leden),
        ouders=tuple(gemeenten) if len(gemeenten) == 1 else (),
        vrijwel_onbewoond=not outlines and all(areas[buurt].vrijwel_onbewoond for buurt in buurten),
        shape=shape,
        shape_rd=to_rd(shape),
    )


def _faults_of_self(code: str, naam: str, niveau: str, areas: AreaSet) -> Iterator[str]:
    if not code.strip():
        yield "De id ontbreekt. Vul een eigen id in."
    if code in areas:
        yield "Deze id bestaat al. Kies een andere."
    if not naam.strip():
        yield "De naam ontbreekt. Vul een naam in."
    if niveau not in _MAY_BE_OWN:
        yield f"Het niveau {niveau} kan hier niet. Kies teamgebied of eigen."


def _faults_of_leden(leden: Sequence[str], areas: AreaSet) -> Iterator[str]:
    if not leden:
        yield "Er zijn geen leden. Noem minstens één buurt, wijk of gemeente."
    for lid, count in sorted(Counter(leden).items()):
        if lid not in areas:
            yield f"Het lid {lid} is niet bekend. Gebruik een CBS-code uit de lijst van gebieden."
        elif areas[lid].niveau not in _MAY_BE_LID:
            yield f"Het lid {lid} is zelf een eigen indeling. Noem de buurten of wijken daarvan."
        if count > 1:
            yield f"Het lid {lid} staat er {count} keer. Noem het één keer."


def _gemeente(area: Area, areas: AreaSet) -> str:
    if area.niveau is Gebiedsniveau.GEMEENTE:
        return area.code
    return next(code for code in area.ouders if areas[code].niveau is Gebiedsniveau.GEMEENTE)


def _shape(buurten: Sequence[Shape], outlines: Sequence[Area]) -> Shape:
    """Buurten join exactly; outlines overlap them, so those are overlaid."""
    parts = [join(buurten)] if buurten else []
    parts += [outline.shape for outline in outlines]
    if len(parts) == 1:
        return parts[0]
    united: Any = shapely.union_all(parts)
    return united  # type: ignore[no-any-return]
