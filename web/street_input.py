"""What somebody fills in on the street: a few fields, read as the cells of a new actor."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from socialmap.domain.codes import SOORT_LABELS, Soort, Status
from socialmap.domain.model import Actor
from socialmap.editing.change import Desk, RecordFaultsError, judge
from socialmap.editing.rights import may_edit
from socialmap.finding.place import PlaceError, read_postcode, require_here
from web.area_choice import chosen_area

#: What may be put on the map here; a person is asked for consent first.
KINDS = tuple(kind for kind in Soort if kind is not Soort.SLEUTELFIGUUR)
KIND_CHOICES = [(kind.value, SOORT_LABELS[kind]) for kind in KINDS]
FIELDS = ("naam", "soort", "themas", "lon", "lat", "plek", "omschrijving")
_LONGEST_LINE = 200
_POINT = ("lon", "lat")


@dataclass(frozen=True, slots=True)
class Draft:
    """Cells by column, right by the rules of the format, and whether the writer may place them."""

    cellen: Mapping[str, str]
    mag_zelf: bool


def read_draft(desk: Desk, filled: Mapping[str, str]) -> Draft:
    """
    Read what was filled in.

    Parameters
    ----------
    desk
        Who fills in.
    filled
        Text by field of `FIELDS`.

    Raises
    ------
    RecordFaultsError
        With one sentence for each field that is wrong.
    """
    place, faults = _place(filled)
    if filled["soort"] not in KINDS:
        faults["soort"] = "Kies wat het is."
    if not filled["themas"]:
        faults["themas"] = "Kies waar het over gaat."
    if len(filled["omschrijving"]) > _LONGEST_LINE:
        faults["omschrijving"] = f"Houd het kort: hoogstens {_LONGEST_LINE} tekens."
    cells = {
        **{name: filled[name] for name in ("naam", "soort", "themas", "omschrijving")},
        **place,
        "zichtbaarheid": "openbaar",
        "status": Status.ACTIEF.value,
    }
    made = _judge(desk, cells, faults)
    mine = may_edit(desk.conn, desk.account, made, desk.places)
    if mine:
        cells["gecontroleerd_op"] = desk.today.isoformat()
    return Draft({name: text for name, text in cells.items() if text}, mine)


def new_id() -> str:
    """Make an id for a form that a browser did not give one."""
    return secrets.token_hex(16)


def _place(filled: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Give the cells of the place, and what is wrong: a point goes before words."""
    if filled["lon"] and filled["lat"]:
        return {name: filled[name] for name in _POINT}, {}
    try:
        area = chosen_area("", filled["plek"])
    except PlaceError as error:
        return {}, {"plek": str(error)}
    if area is None:
        return {}, {"plek": "Tik op de kaart waar het is, of typ een postcode of buurt."}
    return {"werkgebied": area.code, "postcode": read_postcode(filled["plek"]) or ""}, {}


def _judge(desk: Desk, cells: Mapping[str, str], faults: dict[str, str]) -> Actor:
    """Hold the cells against the rules; every fault in one go, each at a field that is asked."""
    try:
        made = judge(desk, "actoren", {**cells, "id": "A-nieuw"})
    except RecordFaultsError as error:
        wrong = {
            name: said
            for name, said in error.fouten.items()
            if name in FIELDS and name not in _POINT
        }
        if error.fouten.keys() & {*_POINT, "werkgebied", "postcode"}:
            faults.setdefault("plek", "Deze plek is niet te lezen. Wijs hem opnieuw aan.")
        raise RecordFaultsError(wrong | faults) from None
    if isinstance(made, Actor) and made.lon is not None and made.lat is not None:
        faults |= _outside(desk, made.lon, made.lat)
    if faults or not isinstance(made, Actor):
        raise RecordFaultsError(faults)
    return made


def _outside(desk: Desk, lon: float, lat: float) -> dict[str, str]:
    try:
        require_here(lon, lat)
    except PlaceError as error:
        return {"plek": str(error)}
    if not desk.places.locate_many([(lon, lat)])[0]:
        return {"plek": "Deze plek ligt buiten deze kaart. Tik op een plek in een buurt."}
    return {}
