"""The commands `socialmap gaps` and `socialmap plan`: where support is missing, and what helps."""

from __future__ import annotations

import click

from socialmap.cli_parts import (
    as_reader,
    database_option,
    json_option,
    open_map,
    print_json,
    reader_option,
)
from socialmap.coverage.answers import Asked, gaps_json
from socialmap.coverage.need import EVERYBODY
from socialmap.coverage.placing import MOST_PLACES, PlaceQuestion, find_places, places_json
from socialmap.coverage.reading import CoverageMap, CoverageReader
from socialmap.coverage.sentences import VERDICT_WORDS
from socialmap.coverage.verdict import Oordeel
from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.errors import NotFoundError
from socialmap.domain.vocabulary import Vocabulary, read_themes
from socialmap.exchange.embedded import data_folder, load_area_facts
from socialmap.store.vocabulary import read_vocabulary

_LEVELS = [
    level.value
    for level in (
        Gebiedsniveau.BUURT,
        Gebiedsniveau.WIJK,
        Gebiedsniveau.TEAMGEBIED,
        Gebiedsniveau.GEMEENTE,
    )
]


@click.command()
@click.option("--gebied", default="", metavar="CODE", help="Alleen wat hiermee buurten deelt.")
@click.option(
    "--niveau",
    type=click.Choice(_LEVELS),
    default=Gebiedsniveau.WIJK.value,
    show_default=True,
    help="Niveau van de gebieden.",
)
@click.option("--thema", multiple=True, metavar="CODE", help="Alleen dit thema; mag vaker.")
@click.option("--doelgroep", default=EVERYBODY, show_default=True, metavar="CODE", help="Voor wie.")
@database_option
@reader_option("team")
@json_option
def gaps(
    gebied: str,
    niveau: str,
    thema: tuple[str, ...],
    doelgroep: str,
    database: str,
    lezer: str,
    *,
    as_json: bool,
) -> None:
    """Noem waar een thema ontbreekt, het belangrijkste eerst."""
    coverage, words = _read(database, lezer)
    themas = tuple(read_themes(thema))
    _require(coverage, words, themas, doelgroep, gebied)
    asked = Asked(
        niveau=Gebiedsniveau(niveau),
        gebied=gebied,
        themas=themas or tuple(words.themas),
        doelgroep=doelgroep,
    )
    found = gaps_json(coverage, words, asked, load_area_facts(data_folder()))
    if as_json:
        print_json(found)
        return
    if not found["gaten"]:
        click.echo("Hier ontbreekt niets.")
    for gap in found["gaten"]:
        verdict = VERDICT_WORDS[Oordeel(gap["oordeel"])]
        persons = gap["personen_tekst"]
        number = persons if gap["personen"] is None else f"{persons} mensen"
        about = words.label(gap["thema"])
        click.echo(f"{gap['naam']} ({gap['code']}), {about}: {verdict}, {number}")
        for reason in gap["redenen"]:
            click.echo(f"  {reason}")


@click.command()
@click.option("--thema", required=True, metavar="CODE", help="Waarvoor de plekken zijn.")
@click.option("--doelgroep", required=True, metavar="CODE", help="Voor wie.")
@click.option(
    "--aantal",
    required=True,
    type=click.IntRange(1, MOST_PLACES),
    metavar="K",
    help="Hoeveel nieuwe plekken.",
)
@click.option("--gebied", default="", metavar="CODE", help="Waar de plekken komen.")
@database_option
@reader_option("team")
@json_option
def plan(
    thema: str,
    doelgroep: str,
    aantal: int,
    gebied: str,
    database: str,
    lezer: str,
    *,
    as_json: bool,
) -> None:
    """Kies de plekken die samen de meeste mensen bereiken die nu niets bereikt."""
    coverage, words = _read(database, lezer)
    _require(coverage, words, (thema,), doelgroep, gebied)
    asked = PlaceQuestion(thema=thema, doelgroep=doelgroep, aantal=aantal, gebied=gebied)
    found = places_json(find_places(coverage, asked))
    if as_json:
        print_json(found)
        return
    if found["totaal_nieuw"] is None:
        click.echo("Er is geen cijfer over deze groep. Kies een andere doelgroep, of iedereen.")
        return
    click.echo(f"Nu niet bereikt: {found['nu_niet_bereikt_tekst']} mensen.")
    for number, one in enumerate(found["plekken"], 1):
        where = one["naam"] or "midden in de buurt"
        gained = one["nieuw_bereikt_tekst"]
        click.echo(
            f"{number}. {where}, {one['gebied_naam']} ({one['gebied']}): {gained} mensen erbij"
        )
    click.echo(f"Samen: {found['totaal_nieuw_tekst']} mensen erbij.")
    if found["plekken"]:
        click.echo(f"Eén plek minder kost: {found['een_minder_tekst']} mensen.")


def _read(database: str, lezer: str) -> tuple[CoverageMap, Vocabulary]:
    settings, store = open_map(database)
    with store.reading() as conn:
        coverage = CoverageReader().current(conn, as_reader(lezer), settings.clock.today())
        return coverage, read_vocabulary(conn)


def _require(
    coverage: CoverageMap,
    words: Vocabulary,
    themas: tuple[str, ...],
    doelgroep: str,
    gebied: str,
) -> None:
    for thema in themas:
        if thema not in words.themas:
            raise NotFoundError("Thema", thema)
    if doelgroep not in words.doelgroepen:
        raise NotFoundError("Doelgroep", doelgroep)
    if gebied and gebied not in coverage.ground.areas:
        raise NotFoundError("Gebied", gebied)
