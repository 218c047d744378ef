"""Bring boundaries and key figures of gemeenten up to date, and all that names their areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.model import Aanbod, Actor
from socialmap.editing.apply import Batch, apply
from socialmap.exchange.areas import StoredPlaces, to_area_set, to_shapes
from socialmap.geo.area import Area, AreaSet
from socialmap.geo.cbs import CbsAreas
from socialmap.geo.dissolve import build_areas
from socialmap.geo.own import own_area
from socialmap.geo.succession import Successor, find_successors
from socialmap.store.admin_areas import log_area
from socialmap.store.areas import read_shapes, save_areas, save_figures
from socialmap.store.assignments import all_assignments, save_assignments
from socialmap.store.engine import Store
from socialmap.store.indexing import reindex_all
from socialmap.store.inventories import all_inventories, save_inventories
from socialmap.store.signals import all_signals, save_signals
from socialmap.store.stored import read_stored_by_id
from socialmap.store.succeed_areas import (
    move_accounts,
    records_that_name,
    replace_codes,
    take_away,
)

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

#: Who stands in the history.
WIE = "grenzen bijgewerkt"
_CBS = (Gebiedsniveau.BUURT, Gebiedsniveau.WIJK)
_PUT_TOGETHER = (Gebiedsniveau.TEAMGEBIED, Gebiedsniveau.EIGEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateReport:
    """
    What an update of boundaries did.

    Attributes
    ----------
    nieuw, gebleven
        How many buurten and wijken are new, and how many kept their code.
    opvolgers
        Of each code that is gone: where its surface went, the largest part first; empty when it
        went nowhere, then its gemeente took its place.
    aangepast
        How many records, reports, assignments and accounts name other areas now.
    cijfers
        How many key figures there are.
    hersteld
        Codes of buurten whose border was mended by less than 1% of its surface.
    """

    jaar: int
    nieuw: int
    gebleven: int
    opvolgers: Mapping[str, tuple[Successor, ...]]
    aangepast: int
    cijfers: int
    hersteld: tuple[str, ...] = ()


def update_areas(store: Store, read: CbsAreas, clock: Clock) -> UpdateReport:
    """
    Put the areas of some gemeenten in the place of what the map has of them, in one transaction.

    Other gemeenten stay as they are. What names a code that is gone names its successors from now
    on: a werkgebied, an account and an own area all that hold at least 5% of its surface; what
    lies in one area (gekeken, signaal, wijkopdracht) the one that holds most.

    Parameters
    ----------
    store
        The map.
    read
        Buurten of whole gemeenten.
    clock
        Gives the moment for the history.

    Raises
    ------
    BoundaryFaults
        When buurten overlap: nothing is changed then.
    """
    with store.writing() as conn:
        old = to_area_set(read_shapes(conn))
        towns = {one.gemeentecode for one in read.buurten}
        before = [one for one in old if one.niveau in _CBS and not towns.isdisjoint(one.ouders)]
        codes = {code for one in read.buurten for code in (one.code, one.wijkcode)}
        gone = [one for one in before if one.code not in codes]
        made, known, opvolgers = _put_together(old, read, towns, gone)
        save_areas(conn, to_shapes(made, known))
        save_figures(conn, read.figures)
        moved = _move(conn, opvolgers, known, clock)
        for area in gone:
            listed = "|".join(opvolgers[area.code].codes)
            told = {"naam": area.naam, "niveau": area.niveau.value, "opvolgers": listed}
            log_area(conn, area.code, {"naam": area.naam}, told, WIE, clock.now())
        take_away(conn, [area.code for area in gone])
        reindex_all(conn, StoredPlaces(known))
    kept = {one.code for one in before} & codes
    return UpdateReport(
        jaar=read.jaar,
        nieuw=len(codes - kept),
        gebleven=len(kept),
        opvolgers={code: found.parts for code, found in sorted(opvolgers.items())},
        aangepast=moved,
        cijfers=len(read.figures),
        hersteld=read.hersteld,
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """What takes the place of an area that is gone."""

    parts: tuple[Successor, ...]
    gemeente: str

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(part.nieuw for part in self.parts) or (self.gemeente,)


def _put_together(
    old: AreaSet, read: CbsAreas, towns: set[str], gone: Sequence[Area]
) -> tuple[list[Area], AreaSet, dict[str, _Place]]:
    """Give the areas that are new or changed, all areas as they will be, and who succeeds whom."""
    marked = {one.code for one in old if one.vrijwel_onbewoond}
    empty = {f.gebied for f in read.figures if f.naam == "inwoners" and f.waarde == 0}
    made = build_areas(read.buurten, (), {}, read.names, frozenset(marked | empty))
    opvolgers = _succession(gone, made, towns)
    successors = {code: place.codes for code, place in opvolgers.items()}
    replaced = {one.code for one in (*made, *gone)}
    together = [one for one in old if one.niveau in _PUT_TOGETHER]
    known = AreaSet(
        [*made, *(one for one in old if one.code not in replaced and one not in together)]
    )
    again = [_again(one, replace_codes(one.leden, successors), known) for one in together]
    return [*made, *again], known.with_own(again), opvolgers


def _succession(gone: Sequence[Area], made: Sequence[Area], towns: set[str]) -> dict[str, _Place]:
    found: dict[str, _Place] = {}
    for niveau in _CBS:
        mine = [one for one in gone if one.niveau is niveau]
        parts = find_successors(mine, [one for one in made if one.niveau is niveau])
        for area in mine:
            town = next(code for code in area.ouders if code in towns)
            found[area.code] = _Place(parts[area.code], town)
    return found


def _again(area: Area, leden: tuple[str, ...], known: AreaSet) -> Area:
    """Put a team area or own area together anew from what took the place of its parts."""
    made = own_area(area.code, area.naam, area.niveau, leden, known)
    return replace(made, bron=area.bron)


def _move(conn: Connection, opvolgers: Mapping[str, _Place], known: AreaSet, clock: Clock) -> int:
    """Let everything that names an area that is gone name its successors; counts what changed."""
    if not opvolgers:
        return 0
    successors = {code: place.codes for code, place in opvolgers.items()}
    first = {code: place.codes[0] for code, place in opvolgers.items()}
    named = records_that_name(conn, list(successors))
    actors = read_stored_by_id(conn, "actoren", named["actor"]).values()
    offers = read_stored_by_id(conn, "aanbod", named["aanbod"]).values()
    batch = Batch(
        actoren=tuple(
            replace(one, werkgebied=replace_codes(one.werkgebied, successors))
            for one in actors
            if isinstance(one, Actor)
        ),
        aanbod=tuple(
            replace(one, werkgebied=replace_codes(one.werkgebied, successors))
            for one in offers
            if isinstance(one, Aanbod)
        ),
    )
    now, places = clock.now(), StoredPlaces(known)
    apply(conn, batch, wie=WIE, now=now, places=places)
    looked = [one for one in all_inventories(conn) if one.gebied in first]
    save_inventories(conn, [replace(one, gebied=first[one.gebied]) for one in looked], WIE, now)
    signals = [one for one in all_signals(conn) if one.gebied in first]
    save_signals(conn, [replace(one, gebied=first[one.gebied]) for one in signals], WIE, now)
    agreed = [one for one in all_assignments(conn) if one.gebied in first]
    save_assignments(conn, [replace(one, gebied=first[one.gebied]) for one in agreed], WIE, now)
    people = move_accounts(conn, successors)
    return sum(map(len, (batch.actoren, batch.aanbod, looked, signals, agreed))) + people


def say_report(report: UpdateReport, names: Mapping[str, str]) -> Iterable[str]:
    """Tell in Dutch what an update did, a line each; `names` gives the name of a code."""
    yield (
        f"De grenzen van {report.jaar} staan op de kaart: {report.gebleven} gebieden hielden hun "
        f"code, {report.nieuw} zijn nieuw, {len(report.opvolgers)} zijn vervallen. "
        f"Er zijn {report.cijfers} kerncijfers."
    )
    for code, parts in report.opvolgers.items():
        if not parts:
            yield f"{code} is vervallen. Wat erbij hoorde, hoort nu bij de gemeente."
        for part in parts:
            yield f"{code} -> {part.nieuw} {names.get(part.nieuw, '')}: {part.deel:.0%}"
    if report.hersteld:
        listed = ", ".join(report.hersteld[:20])
        yield f"Van {len(report.hersteld)} buurten is de grens een beetje hersteld: {listed}."
    if report.aangepast:
        yield f"Op {report.aangepast} plaatsen is het gebied aangepast."
