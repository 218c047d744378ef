"""Give pygeoapi the features of one collection from the store, at level `openbaar`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pygeoapi.provider.base import (
    BaseProvider,
    ProviderInvalidQueryError,
    ProviderItemNotFoundError,
)
from pygeoapi.util import CrsTransformSpec
from shapely import STRtree, box, set_precision
from shapely.geometry import mapping, shape

from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.model import Aanbod, Actor
from socialmap.domain.privacy import OPENBAAR, visible_fields
from socialmap.geo.measure import to_rd
from socialmap.store.areas import AREAS_VERSION, AreaShape, read_shapes
from socialmap.store.features import FeatureQuestion, UnknownFieldError, find_features
from socialmap.store.filters import RecordName
from socialmap.store.vocabulary import read_meta
from web.api.record_json import record_json
from web.context import connection, today

_LEVELS = {
    "buurten": Gebiedsniveau.BUURT,
    "wijken": Gebiedsniveau.WIJK,
    "gemeenten": Gebiedsniveau.GEMEENTE,
    "teamgebieden": Gebiedsniveau.TEAMGEBIED,
}
_RECORDS: dict[str, tuple[RecordName, Any]] = {
    "actoren": ("actor", Actor),
    "aanbod": ("aanbod", Aanbod),
}
_WHOLE = {"lijn", "versie", "min_leeftijd", "max_leeftijd", "capaciteit", "antwoord_binnen_dagen"}
_LISTS = {"themas", "doelgroepen", "werkgebied", "talen", "moedertaal", "leden"}
_AREA_FIELDS = ("code", "naam", "niveau", "gemeente", "jaar", "bron", "vrijwel_onbewoond", "leden")
#: A place of a record stands in its geometry.
_PLACE = {"lon", "lat"}


class _Shapes:
    """Shapes of a level with an index of their boxes, kept until the boundaries change."""

    def __init__(self) -> None:
        self._kept: dict[Gebiedsniveau, tuple[str | None, list[AreaShape], STRtree]] = {}

    def of(self, level: Gebiedsniveau) -> tuple[list[AreaShape], STRtree]:
        stamp = read_meta(connection(), AREAS_VERSION)
        kept = self._kept.get(level)
        if kept is None or kept[0] != stamp:
            found = sorted(read_shapes(connection(), level), key=lambda one: one.gebied.code)
            kept = stamp, found, STRtree([shape(one.vorm) for one in found])
            self._kept[level] = kept
        return kept[1], kept[2]


_SHAPES = _Shapes()


class MapProvider(BaseProvider):  # type: ignore[misc]
    """
    One collection: areas or records.

    Made by pygeoapi for each request, inside that request.
    """

    def __init__(self, provider_def: Mapping[str, Any]) -> None:
        super().__init__(provider_def)
        self.get_fields()

    def get_fields(self) -> dict[str, dict[str, str]]:
        """Give the fields of a feature with their type in JSON Schema."""
        if self.data in _LEVELS:
            names: Sequence[str] = _AREA_FIELDS
        else:
            kind = _RECORDS[self.data][1]
            seen = visible_fields(kind, OPENBAAR, person=False) - _PLACE
            names = [name for name in kind.__dataclass_fields__ if name in seen]
        self._fields = {name: {"type": _type_of(name)} for name in names}
        return self._fields

    def query(
        self,
        offset: int = 0,
        limit: int = 100,
        resulttype: str = "results",
        bbox: Sequence[float] = (),
        datetime_: str | None = None,
        properties: Sequence[tuple[str, str]] = (),
        select_properties: Sequence[str] = (),
        skip_geometry: bool = False,
        crs_transform_spec: CrsTransformSpec | None = None,
        **other: Any,
    ) -> dict[str, Any]:
        """
        Answer a question; see OGC API - Features part 1, 7.15.

        Parameters
        ----------
        bbox
            West, south, east, north in CRS84 degrees.
        datetime_
            Day or interval that the record was checked in.
        properties
            Field and what it must be.
        select_properties, skip_geometry
            What to leave out of each feature.
        crs_transform_spec
            Given when the answer is to be in EPSG:28992: metres, x then y, to the centimetre.

        Raises
        ------
        ProviderInvalidQueryError
            When it asks for what cannot be asked.
        """
        if other.get("filterq") is not None or other.get("q") or other.get("sortby"):
            raise ProviderInvalidQueryError(user_msg="Alleen bbox, datetime en velden kunnen hier.")
        hits = resulttype == "hits"
        if self.data in _LEVELS:
            found, total = self._areas(offset, limit, bbox, properties)
        else:
            found, total = self._records(offset, limit, bbox, datetime_, properties)
        for feature in found:
            if skip_geometry:
                feature["geometry"] = None
            elif crs_transform_spec is not None and feature["geometry"] is not None:
                feature["geometry"] = _in_rd(feature["geometry"])
            if select_properties:
                kept = feature["properties"]
                feature["properties"] = {key: kept[key] for key in kept if key in select_properties}
        return {
            "type": "FeatureCollection",
            "features": [] if hits else found,
            "numberMatched": total,
            "numberReturned": 0 if hits else len(found),
        }

    def get(
        self, identifier: str, crs_transform_spec: CrsTransformSpec | None = None, **_other: Any
    ) -> dict[str, Any]:
        """Give one feature. Raises ProviderItemNotFoundError."""
        equal = [("code" if self.data in _LEVELS else "id", identifier)]
        asked = self.query(limit=1, properties=equal, crs_transform_spec=crs_transform_spec)
        found = asked["features"]
        if not found:
            raise ProviderItemNotFoundError(user_msg=f"{identifier[:80]} is er niet.")
        feature: dict[str, Any] = found[0]
        return feature

    def _areas(
        self, offset: int, limit: int, bbox: Sequence[float], equal: Sequence[tuple[str, str]]
    ) -> tuple[list[dict[str, Any]], int]:
        shapes, tree = _SHAPES.of(_LEVELS[self.data])
        if bbox:
            asked = box(bbox[0], bbox[1], bbox[2], bbox[3])
            at = sorted(tree.query(asked, predicate="intersects").tolist())
            shapes = [shapes[number] for number in at]
        kept = [one for one in shapes if all(_has(one, name, text) for name, text in equal)]
        return [_area(one) for one in kept[offset : offset + limit]], len(kept)

    def _records(
        self,
        offset: int,
        limit: int,
        bbox: Sequence[float],
        moment: str | None,
        equal: Sequence[tuple[str, str]],
    ) -> tuple[list[dict[str, Any]], int]:
        first, last = _interval(moment)
        asked = FeatureQuestion(
            box=(bbox[0], bbox[1], bbox[2], bbox[3]) if bbox else None,
            van=first,
            tot=last,
            gelijk=tuple(equal),
            offset=offset,
            limit=limit,
        )
        try:
            found, total = find_features(connection(), _RECORDS[self.data][0], asked, today())
        except UnknownFieldError as error:
            said = f"Op {error} kan hier niet worden gezocht."
            raise ProviderInvalidQueryError(user_msg=said) from error
        return [_record(one) for one in found], total


def _in_rd(geometry: Mapping[str, Any]) -> dict[str, Any]:
    moved: dict[str, Any] = mapping(set_precision(to_rd(shape(dict(geometry))), 0.01))
    return moved


def _type_of(name: str) -> str:
    if name in _LISTS:
        return "array"
    return "integer" if name in _WHOLE or name == "jaar" else "string"


def _has(one: AreaShape, name: str, text: str) -> bool:
    return str(getattr(one.gebied, name)) == text


def _area(one: AreaShape) -> dict[str, Any]:
    area = one.gebied
    values = {name: getattr(area, name) for name in _AREA_FIELDS}
    values |= {"niveau": area.niveau.value, "leden": list(area.leden)}
    return {"type": "Feature", "id": area.code, "geometry": one.vorm, "properties": values}


def _record(one: Any) -> dict[str, Any]:
    values = record_json(one, OPENBAAR, person=False)
    place = None
    if one.lon is not None and one.lat is not None:
        place = {"type": "Point", "coordinates": [one.lon, one.lat]}
    kept = {name: value for name, value in values.items() if name not in _PLACE}
    return {"type": "Feature", "id": one.id, "geometry": place, "properties": kept}


def _interval(moment: str | None) -> tuple[date | None, date | None]:
    """Read a day, a moment, or two of them with a slash between; `..` or nothing is open."""
    if not moment:
        return None, None
    ends = moment.split("/")
    try:
        days = [None if end in ("", "..") else date.fromisoformat(end[:10]) for end in ends]
    except ValueError as error:
        said = "Schrijf een dag als 2026-11-24, of twee dagen met een / ertussen."
        raise ProviderInvalidQueryError(user_msg=said) from error
    return days[0], days[-1]
