"""The command `socialmap network`: ask who knows whom, and what breaks when someone leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from socialmap.cli_parts import (
    as_reader,
    database_option,
    json_option,
    open_map,
    print_json,
    reader_option,
)
from socialmap.domain.errors import NotFoundError
from socialmap.network import answers
from socialmap.network.reading import Seen, read_network
from socialmap.network.what_if import Als

Json = dict[str, Any]
_TWO_ACTORS = (
    "Een weg loopt tussen twee actoren. Geef de code van wie u zoekt, en met --van de code van wie "
    "wil kennismaken, zoals: socialmap network path A002 --van A005."
)


@click.group()
def network() -> None:
    """Wie wie kent, en wat er breekt als iemand weggaat."""


@network.command()
@click.argument("naar", metavar="NAAR", default="")
@click.option("--van", default="", metavar="ACTOR_ID", help="Wie wil kennismaken.")
@database_option
@reader_option("team")
@json_option
def path(naar: str, van: str, database: str, lezer: str, *, as_json: bool) -> None:
    """Zoek wie VAN kan voorstellen aan NAAR, in hoogstens drie stappen."""
    if not naar or not van:
        raise click.UsageError(_TWO_ACTORS)
    found = answers.path_json(_read(database, lezer), van, naar)
    if as_json:
        print_json(found)
    elif found["pad"] is None:
        click.echo("Er is geen weg van hoogstens drie stappen.")
    else:
        click.echo(" > ".join(_say(one) for one in found["pad"]))
        click.echo(f"Sterkte {_number(found['sterkte'])}")


@network.command()
@click.option("--gebied", default="", metavar="CODE", help="Alleen wie daar ligt of werkt.")
@database_option
@reader_option("team")
@json_option
def brokers(gebied: str, database: str, lezer: str, *, as_json: bool) -> None:
    """Noem wie delen van het netwerk bijeenhoudt."""
    seen = _read(database, lezer)
    _require_area(seen, gebied)
    found = answers.key_positions_json(seen, gebied)
    if as_json:
        print_json(found)
        return
    click.echo("Gaat deze actor weg, dan raken anderen los:")
    for one in found["sleutelposities"]:
        click.echo(f"  {_say(one)}: {one['raakt_los']}")
    click.echo("De kortste weg tussen anderen loopt vaak over:")
    for one in found["brugfunctie"]:
        error = f" (± {_percent(one['fout'])})" if one["fout"] else ""
        click.echo(f"  {_say(one)}: {_percent(one['waarde'])}{error}")


@network.command()
@database_option
@reader_option("team")
@json_option
def isolated(database: str, lezer: str, *, as_json: bool) -> None:
    """Noem wie alleen staat, en wie geen weg heeft naar zijn wijkteam."""
    found = answers.isolated_json(_read(database, lezer))
    if as_json:
        print_json(found)
        return
    _list("Heeft geen enkele band:", found["geisoleerd"])
    click.echo("Heeft geen weg van twee stappen naar het wijkteam van zijn plek:")
    for one in found["niet_verbonden"]:
        teams = ", ".join(_say(team) for team in one["teams"])
        click.echo(f"  {_say(one)}: {teams or 'hier werkt geen wijkteam'}")


@network.command()
@click.option("--gebied", default="", metavar="CODE", help="Alleen dit gebied, geen buurt.")
@database_option
@reader_option("team")
@json_option
def profile(gebied: str, database: str, lezer: str, *, as_json: bool) -> None:
    """Geef het netwerk in cijfers, per gebied naast gebieden die erop lijken."""
    seen = _read(database, lezer)
    found = answers.profile_json(seen, gebied)
    if as_json:
        print_json(found)
        return
    whole = found["netwerk"]
    click.echo(
        f"Het hele netwerk: {whole['actoren']} actoren, {whole['lijnen']} lijnen, "
        f"{whole['gewenst']} gewenst, {whole['sleutelposities']} sleutelposities, "
        f"{whole['geisoleerd']} zonder band."
    )
    for area in found["gebieden"]:
        click.echo(_area_line(area))
        for like in area["vergelijkbaar"]:
            click.echo(f"  lijkt op {_area_line(like)}")


@network.command(name="what-if")
@click.argument("zonder", metavar="ACTOR_ID")
@click.option(
    "--als",
    type=click.Choice([code.value for code in Als]),
    default=Als.ACTOR.value,
    show_default=True,
    help="Wat er weggaat: alles, alleen het geld, of alleen de ruimte.",
)
@database_option
@reader_option("team")
@json_option
def what_if(zonder: str, als: str, database: str, lezer: str, *, as_json: bool) -> None:
    """Laat zien wat er breekt als iemand of iets weggaat."""
    found = answers.what_if_json(_read(database, lezer), zonder, Als(als))
    if as_json:
        print_json(found)
        return
    click.echo(f"Zonder {_say(found['zonder'])}, als {als}:")
    for name, label in (
        ("actoren", "actoren"),
        ("lijnen", "lijnen"),
        ("sleutelposities", "sleutelposities"),
        ("geisoleerd", "zonder band"),
        ("niet_verbonden", "zonder weg naar het wijkteam"),
    ):
        click.echo(f"  {label}: {found['voor'][name]}, daarna {found['na'][name]}")
    click.echo(f"  losse delen: {len(found['voor']['delen'])}, daarna {len(found['na']['delen'])}")
    _list("Verliest een band:", found["geraakt"])
    _list("Krijgt van niemand meer geld:", found["zonder_geld"])
    _list("Heeft van niemand meer ruimte:", found["zonder_ruimte"])
    _list("Heeft geen band meer:", found["wordt_geisoleerd"])
    _list("Heeft geen weg naar zijn wijkteam meer:", found["raakt_wijkteam_kwijt"])


@network.command()
@click.argument("vertrekt", metavar="ACTOR_ID")
@database_option
@reader_option("team")
@json_option
def leave(vertrekt: str, database: str, lezer: str, *, as_json: bool) -> None:
    """Noem wat alleen deze actor heeft, en wie het kan overnemen."""
    found = answers.leaving_json(_read(database, lezer), vertrekt)
    if as_json:
        print_json(found)
        return
    click.echo(f"Over te dragen als {_say(found['vertrekt'])} vertrekt: {len(found['alleen'])}")
    for one in found["alleen"]:
        taker = "nog niemand bekend" if one["door"] is None else _say(one["door"])
        click.echo(f"  {_say(one)}: {taker}")
    _list("Blijft bij een collega:", found["ook"])
    _list("Raakt anders los van de rest:", found["raakt_los"])


def _read(database: str, lezer: str) -> Seen:
    settings, store = open_map(database)
    with store.reading() as conn:
        return read_network(conn, as_reader(lezer), settings.clock.today())


def _require_area(seen: Seen, gebied: str) -> None:
    if gebied and gebied not in seen.areas:
        raise NotFoundError("Gebied", gebied)


def _list(title: str, actors: Sequence[Json]) -> None:
    if actors:
        click.echo(title)
    for one in actors:
        click.echo(f"  {_say(one)}")


def _area_line(area: Json) -> str:
    figures = area["cijfers"]
    line = (
        f"{area['naam']} ({area['code']}): {sum(figures['actoren'].values())} actoren, "
        f"{figures['lijnen']} lijnen, {figures['sleutelposities']} sleutelposities, "
        f"{figures['geisoleerd']} zonder band, "
        f"{figures['niet_verbonden']} zonder weg naar het wijkteam"
    )
    meeting = figures["formeel_informeel"]
    if meeting["waarde"] is None:
        return line
    value, expected = _number(meeting["waarde"]), _number(meeting["verwacht"])
    return f"{line}, formeel en informeel {value} (verwacht {expected})"


def _say(actor: Json) -> str:
    return f"{actor['naam']} ({actor['actor_id']})"


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%".replace(".", ",")
