"""The command `socialmap`: make a map, fill it, look into it, and serve it."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from socialmap.accounts.inviting import first_link
from socialmap.cli_areas import areas
from socialmap.cli_coverage import gaps, plan
from socialmap.cli_find import find
from socialmap.cli_mail import post
from socialmap.cli_network import network
from socialmap.cli_parts import (
    as_reader,
    database_option,
    json_option,
    open_map,
    print_json,
    reader_option,
)
from socialmap.cli_user import user
from socialmap.domain.errors import Fout, SocialMapError, StorageError
from socialmap.editing.verify import find_faults, find_remarks
from socialmap.exchange.embedded import data_folder
from socialmap.exchange.exporting import export_csv, export_geojson, export_xlsx
from socialmap.exchange.exporting_gpkg import export_gpkg
from socialmap.exchange.exporting_graph import export_gexf, export_graphml
from socialmap.exchange.hsds_export import export_hsds
from socialmap.exchange.importing import import_paths
from socialmap.exchange.making import Filling, make_map
from socialmap.exchange.osm_import import import_osm
from socialmap.exchange.osm_read import is_osm_file
from socialmap.finding.keeper import Keeper
from socialmap.finding.reading import read_new_texts
from socialmap.finding.words import read_lexicon
from socialmap.serving import serve as serve_app
from socialmap.settings import read_settings, with_secret
from socialmap.store.engine import Store

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

_REFUSED = 1
#: Seconds that reading texts may take before a line says how far it is.
_QUIET = 1.0
_EXPORTS = {
    "csv": export_csv,
    "xlsx": export_xlsx,
    "geojson": export_geojson,
    "gpkg": export_gpkg,
    "graphml": export_graphml,
    "gexf": export_gexf,
    "hsds": export_hsds,
}


@click.group()
def commands() -> None:
    """De sociale kaart van de wijk."""


@commands.command()
@database_option
@click.option("--leeg", is_flag=True, help="Alleen grenzen, kerncijfers en woorden.")
@click.option("--voorbeeld", is_flag=True, help="Gevuld met de verzonnen voorbeeldkaart.")
def init(database: str, *, leeg: bool, voorbeeld: bool) -> None:
    """Maak een nieuwe sociale kaart."""
    settings = read_settings(database=database)
    filling = Filling.EXAMPLE if voorbeeld else Filling.EMPTY if leeg else Filling.NETWORK
    make_map(settings.database, settings.clock, filling)
    store = Store.open(settings.database)
    _read_texts(store)
    store.close()
    click.echo("De sociale kaart is klaar.")


@commands.command(name="import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Laat zien wat er zou gebeuren, verander niets.")
@database_option
@json_option
def import_files(paths: tuple[Path, ...], database: str, *, dry_run: bool, as_json: bool) -> None:
    """Lees mappen, CSV-bestanden, een XLSX, HSDS of OpenStreetMap in: alles of niets."""
    settings, store = open_map(database)
    from_osm = [path for path in paths if is_osm_file(path)]
    if from_osm and len(from_osm) < len(paths):
        raise click.UsageError("Lees bestanden van OpenStreetMap apart in, zonder andere erbij.")
    if from_osm:
        report = import_osm(store, from_osm, clock=settings.clock, proef=dry_run)
    else:
        report = import_paths(
            store, paths, wie="opdrachtregel", clock=settings.clock, proef=dry_run
        )
    if as_json:
        print_json(report)
    else:
        _print_faults("Let op", report.waarschuwingen)
        _print_faults("Fout", report.fouten)
        for table, counts in report.geteld.items():
            click.echo(
                f"{table}: {counts.nieuw} nieuw, {counts.gewijzigd} gewijzigd, "
                f"{counts.gelijk} gelijk"
            )
        if report.geplaatst:
            click.echo("Alles is opgeslagen.")
        elif report.fouten:
            click.echo("Er is niets opgeslagen. Herstel de fouten en probeer het opnieuw.")
        else:
            click.echo("Dit was een proef. Er is niets opgeslagen.")
    if report.geplaatst:
        _read_texts(store)
    if report.fouten:
        sys.exit(_REFUSED)


@commands.command()
@click.argument("format", type=click.Choice(sorted(_EXPORTS)))
@click.argument("path", type=click.Path(path_type=Path))
@database_option
@reader_option("openbaar")
def export(format: str, path: Path, database: str, lezer: str) -> None:  # noqa: A002
    """Schrijf de kaart weg, zoals de lezer hem ziet."""
    settings, store = open_map(database)
    _EXPORTS[format](store, path, as_reader(lezer), settings.clock)
    click.echo(f"Geschreven: {path}")


@commands.command()
@database_option
@json_option
def check(database: str, *, as_json: bool) -> None:
    """Kijk de hele kaart na, en meld alle fouten in een keer."""
    settings, store = open_map(database)
    damage = store.find_damage()
    with store.reading() as conn:
        faults = find_faults(conn)
        remarks = find_remarks(conn, settings.clock.today())
    if damage:
        faults.insert(0, Fout("database", 0, "", f"De database is beschadigd: {damage}."))
    if as_json:
        print_json({"fouten": faults, "opmerkingen": remarks})
    else:
        _print_faults("Let op", remarks)
        _print_faults("Fout", faults)
        click.echo(f"{len(faults)} fouten, {len(remarks)} opmerkingen.")
    if faults:
        sys.exit(_REFUSED)


@commands.command()
@database_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Waar te luisteren.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", type=int)
def serve(database: str, host: str, port: int) -> None:
    """Zet de kaart open op deze computer."""
    from web.app import create_app

    app = create_app(with_secret(read_settings(database=database)))
    click.echo(f"De sociale kaart staat op http://{host}:{port}")
    serving = app.extensions["socialmap"]
    first = first_link(serving.store, datetime.now(UTC))
    if first is not None:
        click.echo(f"Eerste beheerder: http://{host}:{port}/uitnodiging/{first.token}")
    keeper = Keeper(serving.store, serving.finder, serving.settings.clock)
    serve_app(app, host, port, keeper.start)


commands.add_command(areas)
commands.add_command(find)
commands.add_command(network)
commands.add_command(user)
commands.add_command(gaps)
commands.add_command(plan)
commands.add_command(post)


def main() -> None:
    """Run a command; a refusal is one Dutch sentence and exit code 1."""
    try:
        commands(standalone_mode=False)
    except SocialMapError as error:
        click.echo(str(error), err=True)
        sys.exit(_REFUSED)
    except OSError as error:
        where = error.filename or "Een bestand"
        click.echo(
            f"{where} is niet te lezen of te schrijven. Controleer of de map er is, of u erin mag "
            "schrijven, en of er nog ruimte is.",
            err=True,
        )
        sys.exit(_REFUSED)
    except click.exceptions.Abort:
        sys.exit(_REFUSED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)


def _read_texts(store: Store) -> None:
    """Read the texts of offers now, so that the first search need not."""
    began = time.monotonic()
    with ExitStack() as stack:
        bar: ProgressBar[int] | None = None

        def tell(done: int, of: int) -> None:
            nonlocal bar
            if bar is None and time.monotonic() - began > _QUIET:
                shown = click.progressbar(length=of, label="Teksten lezen", file=sys.stderr)
                bar = stack.enter_context(shown)
            if bar is not None:
                bar.update(done - bar.pos)

        # The map itself is safe already; what is not read now is read while it serves.
        with suppress(StorageError):
            read_new_texts(store, read_lexicon(data_folder() / "woorden"), tell)


def _print_faults(kind: str, faults: Iterable[Fout]) -> None:
    for fault in faults:
        click.echo(f"{kind}: {fault}")


if __name__ == "__main__":
    main()
