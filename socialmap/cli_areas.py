"""Commands about the areas of the map: list them, and bring their boundaries up to date."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from socialmap.cli_parts import database_option, json_option, open_map, print_json, reader_option
from socialmap.domain.codes import GEBIED_LABELS, Gebiedsniveau
from socialmap.domain.errors import SocialMapError
from socialmap.exchange.cbs_source import (
    BUURTEN,
    GEMEENTEN,
    WIJKEN,
    Feature,
    Source,
    fetch,
    read_file,
)
from socialmap.exchange.update_areas import say_report, update_areas
from socialmap.geo.cbs import read_cbs
from socialmap.geo.errors import BoundaryFaults
from socialmap.store.areas import area_names, list_areas
from socialmap.store.engine import Store

_COLLECTIONS = (BUURTEN, WIJKEN, GEMEENTEN)
#: The CBS gives out the boundaries of a year in the course of that year.
_FIRST_YEAR = 2016


@click.group()
def areas() -> None:
    """Gebieden van de kaart."""


@areas.command(name="list")
@database_option
@json_option
@reader_option("team")
@click.option("--niveau", type=click.Choice([n.value for n in Gebiedsniveau]), default=None)
def areas_list(database: str, lezer: str, niveau: str | None, *, as_json: bool) -> None:
    """Noem de gebieden, van klein naar groot."""
    del lezer  # Areas are open to everybody; the option stands on every reading command.
    _, store = open_map(database)
    with store.reading() as conn:
        found = list_areas(conn, Gebiedsniveau(niveau) if niveau else None)
    if as_json:
        print_json({"resultaten": found, "totaal": len(found)})
        return
    for area in found:
        click.echo(f"{area.code:<24} {GEBIED_LABELS[area.niveau]:<13} {area.naam}")


@areas.command(name="update")
@database_option
@click.option("--jaar", type=click.IntRange(_FIRST_YEAR, 2100), help="Van de grenzen.")
@click.option("--gemeente", "gemeenten", multiple=True, help="CBS-code, zoals GM0392.")
@click.option("--alle", is_flag=True, help="Alle gemeenten van Nederland.")
@click.option(
    "--bestand",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="GeoPackage van het CBS, in plaats van PDOK.",
)
def areas_update(
    database: str,
    jaar: int | None,
    gemeenten: tuple[str, ...],
    bestand: Path | None,
    *,
    alle: bool,
) -> None:
    """Haal grenzen en kerncijfers op bij PDOK, en zet ze op de kaart."""
    if alle and gemeenten:
        raise click.UsageError("Kies --alle of --gemeente, niet beide.")
    settings, store = open_map(database)
    year = jaar or settings.clock.today().year - 1
    chosen = [""] if alle else list(gemeenten) or _own(store)
    found: dict[str, list[Feature]] = {name: [] for name in _COLLECTIONS}
    if bestand is not None:
        found = _chosen(dict(read_file(bestand)), chosen)
    else:
        source = Source(settings.boundaries)
        for name in _COLLECTIONS:
            for code in chosen:
                found[name] += fetch(source, year, name, code, _tell)
    name = bestand.name if bestand else "PDOK"
    larger = [*found[WIJKEN], *found[GEMEENTEN]]
    try:
        report = update_areas(store, read_cbs(found[BUURTEN], larger, year, name), settings.clock)
    except BoundaryFaults as refused:
        for fault in refused.faults[:20]:
            click.echo(f"fout: {fault}", err=True)
        raise SocialMapError(
            "De grenzen kloppen niet. Er is niets veranderd op de kaart."
        ) from refused
    with store.reading() as conn:
        names = area_names(conn)
    for line in say_report(report, names):
        click.echo(line)


def _own(store: Store) -> list[str]:
    """Give the gemeenten of which the map has buurten."""
    with store.reading() as conn:
        return [area.code for area in list_areas(conn, Gebiedsniveau.GEMEENTE) if area.buurten]


def _chosen(found: dict[str, list[Feature]], gemeenten: list[str]) -> dict[str, list[Feature]]:
    if "" in gemeenten:
        return found
    return {
        name: [one for one in features if _gemeente(one) in gemeenten]
        for name, features in found.items()
    }


def _gemeente(feature: Feature) -> str:
    told = feature.get("properties") or {}
    return str(told.get("gemeentecode") or told.get("gemeenteCode") or "")


def _tell(collection: str, count: int) -> None:
    # On a line of its own that is written over, and only to who looks.
    if sys.stderr.isatty():
        click.echo(f"\r{collection}: {count}", nl=False, err=True)
