"""Read buurten as the CBS publishes them, boundaries with key figures, into what the map keeps."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from socialmap.domain.model import Kerncijfer
from socialmap.geo.boundary import Boundary, parse_buurten
from socialmap.geo.errors import BoundaryFaults, Fault
from socialmap.geo.figures import FIGURES
from socialmap.geo.mend import mend_borders

BRON: Final = "CBS, Kerncijfers wijken en buurten"
#: Attribute of the CBS, without capitals and underscores -> figure of the map.
_FIGURE_OF: Final = {
    "aantalinwoners": "inwoners",
    "percentagepersonen0tot15jaar": "pct_0_14",
    "percentagepersonen15tot25jaar": "pct_15_24",
    "percentagepersonen65jaarenouder": "pct_65plus",
    "aantalhuishoudens": "huishoudens",
    "percentageeenpersoonshuishoudens": "pct_eenpersoons",
    "percentagehuishoudensmetkinderen": "pct_met_kinderen",
    "percentagemetherkomstlandbuiteneuropa": "pct_herkomst_buiten_europa",
}
_NAMES: Final = ("buurtcode", "buurtnaam", "wijkcode", "wijknaam", "gemeentecode", "gemeentenaam")
#: Code and name of what is larger than a buurt; a feature of a wijk names its gemeente too.
_LARGER: Final = (("wijkcode", "wijknaam"), ("gemeentecode", "gemeentenaam"))
_PLAIN: Final = re.compile(r"[_\s-]")


@dataclass(frozen=True, slots=True)
class CbsAreas:
    """
    What was read of one year.

    Attributes
    ----------
    buurten
        By code; WGS84.
    names
        Code of a wijk or gemeente -> its name.
    figures
        Key figures of the buurten. What the CBS does not publish gives none.
    hersteld
        Codes of buurten whose border was mended: it crossed itself or did not fit a neighbour.
    """

    jaar: int
    buurten: tuple[Boundary, ...]
    names: Mapping[str, str]
    figures: tuple[Kerncijfer, ...]
    hersteld: tuple[str, ...] = ()


def read_cbs(
    features: Iterable[Mapping[str, Any]],
    larger: Iterable[Mapping[str, Any]],
    jaar: int,
    bestand: str,
) -> CbsAreas:
    """
    Read buurten of the CBS.

    Parameters
    ----------
    features
        GeoJSON features of buurten, WGS84 (lon, lat). Water is left out. Attributes may be in any
        of the ways that PDOK and the CBS write them: `aantalInwoners`, `aantal_inwoners`.
    larger
        Features of wijken and gemeenten: their names and figures. Their shapes are not used: those
        are made from the buurten, so that borders fit.
    jaar
        Of boundaries and figures.
    bestand
        Where they came from, for the report.

    Raises
    ------
    BoundaryFaults
        With every fault; negative figures are not faults: they mean "not available".
    """
    plain = [(_properties(one), one.get("geometry")) for one in features]
    dry = [(told, shape) for told, shape in plain if told.get("water", "NEE") != "JA"]
    shapes, mended = mend_borders([shape for _, shape in dry])
    land = [(told, shape) for (told, _), shape in zip(dry, shapes, strict=True)]
    text = json.dumps(
        {
            "type": "FeatureCollection",
            "features": [_as_ours(told, shape, jaar) for told, shape in land],
        }
    )
    buurten = parse_buurten(text, bestand)
    names = {told["gemeentecode"]: told.get("gemeentenaam", "") for told, _ in land}
    above = [_properties(one) for one in larger]
    for told in above:
        names |= {told[code]: told[name] for code, name in _LARGER if told.get(name)}
    for told, _ in land:
        names.setdefault(told["wijkcode"], told.get("wijknaam", ""))
    needed = {code for one in buurten for code in (one.wijkcode, one.gemeentecode)}
    missing = [code for code in sorted(needed) if not str(names.get(code) or "").strip()]
    if missing:
        raise BoundaryFaults(
            [Fault(bestand, 0, code, "De naam van dit gebied ontbreekt.") for code in missing]
        )
    figures = [f for told, _ in land for f in _figures(told, told["buurtcode"], jaar)]
    for told in above:
        code = told.get("wijkcode") or told.get("gemeentecode")
        figures += _figures(told, code, jaar) if code in needed else ()
    return CbsAreas(
        jaar=jaar,
        buurten=buurten,
        names={code: str(names[code]) for code in needed},
        figures=tuple(figures),
        hersteld=tuple(str(land[place][0].get("buurtcode")) for place in mended),
    )


def _properties(feature: Mapping[str, Any]) -> dict[str, Any]:
    found = feature.get("properties")
    told = found if isinstance(found, Mapping) else {}
    return {_PLAIN.sub("", str(name)).lower(): value for name, value in told.items()}


def _as_ours(told: Mapping[str, Any], shape: object, jaar: int) -> dict[str, Any]:
    buurt, naam, wijk, _, gemeente, _ = (told.get(name, "") for name in _NAMES)
    return {
        "type": "Feature",
        "properties": {
            "code": buurt,
            "naam": naam,
            "wijkcode": wijk,
            "gemeentecode": gemeente,
            "jaar": jaar,
        },
        "geometry": shape,
    }


def _figures(told: Mapping[str, Any], gebied: str, jaar: int) -> Sequence[Kerncijfer]:
    found = []
    for attribute, value in told.items():
        name = _FIGURE_OF.get(attribute)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not name or not number or value < 0:
            continue
        label, unit = FIGURES[name]
        found.append(
            Kerncijfer(
                gebied=gebied,
                jaar=jaar,
                naam=name,
                label=label,
                waarde=float(value),
                eenheid=unit,
                bron=f"{BRON} {jaar}, CC BY 4.0",
            )
        )
    return found
