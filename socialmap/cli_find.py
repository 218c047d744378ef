"""The command `socialmap find`: ask the map a question, as a professional does."""

from __future__ import annotations

from collections.abc import Iterable

import click

from socialmap.cli_parts import (
    as_reader,
    database_option,
    json_option,
    open_map,
    print_json,
    reader_option,
)
from socialmap.domain.codes import Lijn
from socialmap.domain.errors import SocialMapError
from socialmap.domain.vocabulary import read_themes
from socialmap.exchange.embedded import data_folder
from socialmap.finding import answer_json
from socialmap.finding.ask import Asker
from socialmap.finding.meaning import load_model
from socialmap.finding.place import find_place
from socialmap.finding.question import Antwoord, Vraag, Zekerheid
from socialmap.finding.ready import make_finder
from socialmap.store.records import actors_by_id
from socialmap.store.vocabulary import read_vocabulary

#: Longest question; the interface takes no more either.
MOST_CHARACTERS = 2000
_SURE = {
    Zekerheid.HOOG: "",
    Zekerheid.LAAG: "Wij zijn niet zeker of dit past.",
    Zekerheid.GEEN: "Wij vonden niets dat past.",
}


class QuestionError(SocialMapError):
    """A question cannot be asked like this."""


@click.command()
@click.argument("vraag")
@click.option("--plek", default="", metavar="PLEK", help="LON,LAT, postcode, buurt of adres.")
@click.option("--straal", type=click.IntRange(50, 50_000), help="Hoogstens zoveel meter lopen.")
@click.option("--thema", multiple=True, help="Alleen dit thema.")
@click.option("--doelgroep", multiple=True, help="Alleen voor deze doelgroep.")
@click.option("--lijn", type=click.Choice([str(int(n)) for n in Lijn]), help="Alleen deze lijn.")
@click.option("--van", default="", metavar="ACTOR_ID", help="Wie vraagt: voor de introductie.")
@database_option
@reader_option("team")
@json_option
def find(
    vraag: str,
    plek: str,
    straal: int | None,
    thema: tuple[str, ...],
    doelgroep: tuple[str, ...],
    lijn: str | None,
    van: str,
    database: str,
    lezer: str,
    *,
    as_json: bool,
) -> None:
    """Zoek steun bij een vraag in gewone taal."""
    settings, store = open_map(database)
    if len(vraag) > MOST_CHARACTERS:
        raise QuestionError(f"De vraag is te lang. Gebruik hoogstens {MOST_CHARACTERS} tekens.")
    reader, now = as_reader(lezer), settings.clock.now()
    with store.reading() as conn:
        words = read_vocabulary(conn)
        themes = read_themes(thema)
        _require(themes, words.themas, "thema")
        _require(doelgroep, words.doelgroepen, "doelgroep")
        finder = make_finder(data_folder() / "woorden", words, load_model())
    if finder.meaning is not None:
        finder.meaning.load(store)
    with store.reading() as conn:
        place = find_place(conn, plek, reader, now.date(), settings.geocoder) if plek else None
        asked = Vraag(
            q=vraag,
            straal_m=straal,
            themas=themes,
            doelgroepen=doelgroep,
            lijn=None if lijn is None else int(lijn),
            van=van or None,
        )
        answer = Asker(finder, reader, now).ask(conn, asked, place)
        owners = answer_json.introducers(answer)
        known = actors_by_id(conn, sorted(owners), reader, now.date())
        names = {key: actor.naam for key, actor in known.items()}
    if as_json:
        print_json(answer_json.as_json(answer, names))
    else:
        _say(answer, names)


def _require(codes: tuple[str, ...], known: Iterable[str], what: str) -> None:
    listed = [*known]
    for code in codes:
        if code not in listed:
            raise QuestionError(f"{what} {code} is er niet. Kies uit: {', '.join(listed)}.")


def _say(answer: Antwoord, names: dict[str, str]) -> None:
    for line in answer.gevaar:
        click.echo(f"GEVAAR: {line.wie} {line.nummer}. {line.wanneer}")
    if _SURE[answer.zekerheid]:
        click.echo(_SURE[answer.zekerheid])
    for number, one in enumerate(answer.treffers, 1):
        click.echo(f"{number}. {one.naam} ({one.aanbod_id})")
        for why in one.waarom:
            click.echo(f"   {why.tekst}")
        if one.introductie and len(one.introductie) > 2:
            between = [names[actor] for actor in one.introductie[1:-1] if actor in names]
            click.echo(f"   Via {', '.join(between)}.")
    for out in answer.uitgesloten:
        click.echo(f"Niet: {out.naam} ({out.aanbod_id}). {out.reden}")
    click.echo(f"Gezocht op {'woorden en betekenis' if answer.betekenis else 'woorden'}.")
