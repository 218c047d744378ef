"""Put the own areas of an import together on the areas that are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.model import Gebied
from socialmap.editing.apply import Counts
from socialmap.exchange.areas import is_own, to_area_set
from socialmap.exchange.rows import Built
from socialmap.exchange.tables import Findings
from socialmap.geo.area import Area, AreaSet
from socialmap.geo.errors import OwnAreaFaults
from socialmap.geo.own import own_area
from socialmap.store.areas import AreaShape


@dataclass(frozen=True, slots=True)
class OwnAreas:
    """What own areas an import comes to.

    Attributes
    ----------
    known
        All areas as they are after the import.
    touched
        Codes of the own areas that are new or changed.
    counts
        How many are new, changed, and equal.
    """

    known: AreaSet
    touched: tuple[str, ...]
    counts: Counts


def make_own_areas(
    stored: Sequence[AreaShape], built: Sequence[Built], findings: Findings
) -> OwnAreas:
    """
    Make the own areas that rows of `gebieden` ask for.

    An own area may be brought up to date by a later import; an area that came with the map may
    not.

    Parameters
    ----------
    stored
        All areas of the database.
    built
        All rows of the import; those of other tables are passed over.
    findings
        Gets a fault for each id that is taken, and each member that cannot be one.
    """
    before = {shape.gebied.code: shape.gebied for shape in stored}
    wanted = {row.key: row for row in built if isinstance(row.record, Gebied)}
    replaced = {code for code in wanted if code in before and is_own(before[code])}
    base = to_area_set(shape for shape in stored if shape.gebied.code not in replaced)
    made: dict[str, Area] = {}
    for code, row in wanted.items():
        try:
            made[code] = own_area(
                code, row.values["naam"], row.values["niveau"], row.values["leden"], base
            )
        except OwnAreaFaults as refused:
            findings.fouten += [
                row.fault("id" if melding.startswith("Deze id") else "leden", melding)
                for melding in refused.meldingen
            ]
    changed = {
        code for code in made.keys() & replaced if _given(before[code]) != _given(made[code])
    }
    new = made.keys() - replaced
    return OwnAreas(
        known=base.with_own(made.values()),
        touched=tuple(sorted(new | changed)),
        counts=Counts(len(new), len(changed), len(made.keys() - new - changed)),
    )


def _given(area: Gebied | Area) -> tuple[str, Gebiedsniveau, tuple[str, ...]]:
    return area.naam, area.niveau, area.leden
