"""Read boundaries of buurten and gemeenten from GeoJSON text, and refuse them with every fault."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from socialmap.geo.errors import BoundaryFaults, Fault
from socialmap.geo.geometry import read_shape
from socialmap.geo.measure import Shape

# Letters as well: the CBS codes of Amsterdam have them (BU0363MH01).
BUURT_CODE: Final = re.compile(r"BU\d{4}[0-9A-Z]{4}")
GEMEENTE_CODE: Final = re.compile(r"GM\d{4}")

_NOT_GEOJSON: Final = "Dit is geen GeoJSON met een lijst van gebieden. Lever een FeatureCollection."
_OVERLAP: Final = (
    "De grens past niet op die van de buren: er is overlap, of een hoekpunt ontbreekt. "
    "Laat buurten dezelfde hoekpunten delen."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """One area as it stands in a file with boundaries.

    Attributes
    ----------
    bestand, nummer
        File name and feature number (from 1) that it came from.
    wijkcode, gemeentecode
        What it lies in; empty for the outline of a gemeente.
    jaar
        Year of the boundaries.
    shape
        WGS84 degrees, (lon, lat); valid.
    """

    bestand: str
    nummer: int
    code: str
    naam: str
    wijkcode: str
    gemeentecode: str
    jaar: int
    shape: Shape


@dataclass(frozen=True, slots=True)
class _Feature:
    """A feature before it is trusted; properties are empty text or 0 where they are missing."""

    bestand: str
    nummer: int
    code: str
    naam: str
    wijkcode: str
    gemeentecode: str
    jaar: int
    geometry: object

    def fault(self, melding: str) -> Fault:
        return Fault(self.bestand, self.nummer, self.code, melding)


def parse_buurten(text: str | bytes, bestand: str) -> tuple[Boundary, ...]:
    """
    Read buurten from GeoJSON with properties `code, naam, wijkcode, gemeentecode, jaar`.

    Parameters
    ----------
    text
        The file, UTF-8; WGS84 degrees (lon, lat).
    bestand
        Name of the file, for the report.

    Returns
    -------
    buurten
        By code. Together they are a valid coverage: no overlap, and neighbours share corners.

    Raises
    ------
    BoundaryFaults
        With every fault of every feature: geometry, code, names, year, double codes, codes of
        wijk and gemeente that do not fit the buurt's own code, and overlap.
    """
    features, faults = _features(text, bestand)
    for feature in features:
        faults += _code_faults(feature, BUURT_CODE, "BU en acht tekens, zoals BU03920101")
        faults += _parent_faults(feature)
    boundaries = _boundaries(features, faults)
    faults += coverage_faults(boundaries)
    return _all_or_nothing(boundaries, faults)


def parse_outlines(text: str | bytes, bestand: str) -> tuple[Boundary, ...]:
    """
    Read outlines of gemeenten from GeoJSON with properties `code, naam, jaar`.

    Outlines may overlap: each was simplified by itself.

    Parameters
    ----------
    text, bestand
        As `parse_buurten`.

    Returns
    -------
    outlines
        By code.

    Raises
    ------
    BoundaryFaults
        With every fault of every feature.
    """
    features, faults = _features(text, bestand)
    for feature in features:
        faults += _code_faults(feature, GEMEENTE_CODE, "GM en vier cijfers, zoals GM0392")
    return _all_or_nothing(_boundaries(features, faults), faults)


def coverage_faults(boundaries: Sequence[Boundary]) -> tuple[Fault, ...]:
    """
    List the boundaries that overlap a neighbour or do not share its corners.

    Checked in degrees, on the corners as they were given (`shapely.coverage_invalid_edges`).

    Returns
    -------
    faults
        One per boundary, in the given order; empty for a valid coverage.
    """
    if not boundaries:
        return ()
    shapes = np.array([boundary.shape for boundary in boundaries], dtype=object)
    if shapely.coverage_is_valid(shapes):
        return ()
    edges = shapely.coverage_invalid_edges(shapes)
    return tuple(
        Fault(boundary.bestand, boundary.nummer, boundary.code, _OVERLAP)
        for boundary, edge in zip(boundaries, edges, strict=True)
        if edge is not None and not edge.is_empty
    )


def _features(text: str | bytes, bestand: str) -> tuple[list[_Feature], list[Fault]]:
    try:
        collection = json.loads(text)
    except (ValueError, RecursionError):
        return [], [Fault(bestand, 0, "", _NOT_GEOJSON)]
    found = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(found, list) or not found:
        return [], [Fault(bestand, 0, "", _NOT_GEOJSON)]
    features = [_feature(raw, bestand, nummer) for nummer, raw in enumerate(found, start=1)]
    return features, [*_name_faults(features), *_year_faults(features), *_double_codes(features)]


def _feature(raw: object, bestand: str, nummer: int) -> _Feature:
    feature = raw if isinstance(raw, dict) else {}
    found = feature.get("properties")
    properties = found if isinstance(found, dict) else {}

    def word(name: str) -> str:
        value = properties.get(name)
        return value.strip() if isinstance(value, str) else ""

    return _Feature(
        bestand,
        nummer,
        word("code"),
        word("naam"),
        word("wijkcode"),
        word("gemeentecode"),
        _year(properties.get("jaar")),
        feature.get("geometry"),
    )


def _year(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        return 0
    return value if 1900 <= value <= 2100 else 0


def _name_faults(features: Sequence[_Feature]) -> Iterator[Fault]:
    for feature in features:
        if not feature.naam:
            yield feature.fault("De naam ontbreekt. Vul `naam` in.")


def _year_faults(features: Sequence[_Feature]) -> Iterator[Fault]:
    years = Counter(feature.jaar for feature in features if feature.jaar)
    usual = max(years, key=lambda year: (years[year], year)) if years else 0
    for feature in features:
        if not feature.jaar:
            yield feature.fault("Het jaar van de grens ontbreekt. Vul `jaar` in als een jaartal.")
        elif feature.jaar != usual:
            yield feature.fault(
                f"Het jaar is {feature.jaar}, de andere gebieden zijn van {usual}. "
                "Gebruik grenzen van één jaar."
            )


def _double_codes(features: Sequence[_Feature]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for feature in features:
        if not feature.code:
            continue
        before = first.setdefault(feature.code, feature.nummer)
        if before != feature.nummer:
            yield feature.fault(
                f"Deze code staat ook bij nummer {before}. Geef elk gebied een eigen code."
            )


def _code_faults(feature: _Feature, pattern: re.Pattern[str], looks: str) -> Iterator[Fault]:
    if not pattern.fullmatch(feature.code):
        yield feature.fault(f"De code klopt niet. Gebruik {looks}.")


def _parent_faults(feature: _Feature) -> Iterator[Fault]:
    if not BUURT_CODE.fullmatch(feature.code):
        return
    wijkcode, gemeentecode = "WK" + feature.code[2:8], "GM" + feature.code[2:6]
    if feature.wijkcode != wijkcode:
        yield feature.fault(f"De wijkcode past niet bij de buurt. Verwacht werd {wijkcode}.")
    if feature.gemeentecode != gemeentecode:
        yield feature.fault(
            f"De gemeentecode past niet bij de buurt. Verwacht werd {gemeentecode}."
        )


def _boundaries(features: Sequence[_Feature], faults: list[Fault]) -> list[Boundary]:
    """Boundaries of the sound shapes, one per code; their faults are added to `faults`."""
    made: dict[str, Boundary] = {}
    for feature in features:
        shape, meldingen = read_shape(feature.geometry)
        faults += [feature.fault(melding) for melding in meldingen]
        if shape is None:
            continue
        made[feature.code] = Boundary(
            bestand=feature.bestand,
            nummer=feature.nummer,
            code=feature.code,
            naam=feature.naam,
            wijkcode=feature.wijkcode,
            gemeentecode=feature.gemeentecode,
            jaar=feature.jaar,
            shape=shape,
        )
    return [made[code] for code in sorted(made)]


def _all_or_nothing(
    boundaries: Sequence[Boundary], faults: Sequence[Fault]
) -> tuple[Boundary, ...]:
    if faults:
        raise BoundaryFaults(faults)
    return tuple(boundaries)
