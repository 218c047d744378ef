"""Ask for support by a form: the question goes by POST, and is kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from socialmap.domain.codes import Niveau, Soort, Status
from socialmap.domain.model import Actor
from socialmap.finding.place import PlaceError, Plek, Plekbron
from socialmap.store.areas import AREAS_VERSION
from socialmap.store.filters import RecordFilter
from socialmap.store.records import aanbod_by_id, actors_by_id, list_actors
from socialmap.store.vocabulary import read_meta
from web.context import connection, lezer, services, today, vocabulary
from web.finding_input import QuestionError, ZoekvraagPagina, answer, read_question
from web.present_finding import Answer, Records, present_answer
from web.present_order import say_order
from web.present_words import say_languages
from web.security import permission
from web.unmet_counter import count_if_unmet

pages = Blueprint("zoeken", __name__)

_LINES = (
    ("0", "Alleen bewoners en vrijwilligers"),
    ("1", "Ook in de wijk, zonder indicatie"),
)
#: Languages to choose from, by their Dutch name; ISO 639 codes.
_LANGUAGES = ("ar", "ber", "zh", "dse", "de", "en", "fa", "fr", "nl", "uk", "pap", "pl", "ti", "tr")
_MOST_TEAMS = 500
_FORMS = (("individueel", "Alleen, één op één"), ("collectief", "In een groep"))
_FIELDS = ("q", "plek", "lon", "lat", "puntnaam", "straal", "themas", "doelgroepen", "lijn_max")
_MORE_FIELDS = ("talen", "gratis", "vorm", "leeftijd", "vandaag_open", "van", "meekijken")
_FOLDED = ("themas", "doelgroepen", "lijn_max", "talen", "gratis", "vorm", "leeftijd")
_LABELS = {"q": "Uw vraag", "leeftijd": "Leeftijd", "straal_m": "Hoe ver", "lijn_max": "Wie helpt"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the form that cannot be answered: at which field, and what to do."""

    veld: str
    tekst: str
    opzoeken: bool = False


@pages.get("/zoeken")
@permission(Niveau.OPENBAAR)
def zoeken() -> Response:
    """Show the empty form."""
    return _page(dict.fromkeys((*_FIELDS, *_MORE_FIELDS), ""), None, None)


@pages.post("/zoeken")
@permission(Niveau.OPENBAAR)
def vraag() -> Response:
    """Answer what was filled in, on the same page."""
    filled = {name: request.form.get(name, "").strip() for name in (*_FIELDS, *_MORE_FIELDS)}
    try:
        return _page(*_ask(filled))
    except PlaceError as error:
        possible = error.may_ask and bool(services().settings.geocoder)
        return _page(filled, None, Fault("plek", str(error), possible))
    except QuestionError as error:
        return _page(filled, None, _read_fault(str(error)))


@pages.get("/uitleg/zoeken")
@permission(Niveau.OPENBAAR)
def uitleg() -> str:
    """Explain the order, from the weights that the search uses."""
    finder = services().finder
    with_meaning = finder.meaning is not None
    return render_template(
        "uitleg_zoeken.html",
        telt=say_order(finder.weights.of(betekenis=with_meaning).tolist()),
        betekenis=with_meaning,
    )


def _ask(filled: dict[str, str]) -> tuple[dict[str, str], Answer | None, Fault | None]:
    if not (filled["q"] or filled["themas"] or filled["doelgroepen"]):
        return filled, None, Fault("q", "Typ een vraag, of kies een thema of een groep.")
    along = bool(filled["meekijken"])
    asked = read_question(ZoekvraagPagina, _values(filled, along=along))
    found, plek, _ = answer(asked, may_ask=request.form.get("opzoeken") == "ja")
    count_if_unmet(asked, found, plek)
    if plek is not None and plek.bron in (Plekbron.ADRES, Plekbron.PUNT):
        point = {"lon": str(plek.lon), "lat": str(plek.lat)}
        name = filled["plek"] if plek.bron is Plekbron.PUNT else plek.naam
        filled = {**filled, **point, "plek": name, "puntnaam": name}
    elif plek is not None:
        filled = {**filled, "lon": "", "lat": "", "puntnaam": ""}
    conn, reader, day = connection(), lezer(), today()
    ids = [one.aanbod_id for one in found.treffers]
    ids += [one.aanbod_id for one in found.uitgesloten]
    offers = aanbod_by_id(conn, ids, reader, day)
    owners = {offer.actor_id for offer in offers.values()}
    steps = {key for one in found.treffers for key in one.introductie or ()}
    records = Records(offers, actors_by_id(conn, [*owners, *steps], reader, day), day)
    said = present_answer(found, records, plek, asked.straal_m, _knowers(plek), along=along)
    return filled, said, None


def _values(filled: dict[str, str], *, along: bool) -> dict[str, Any]:
    """Give the values of the form as the question takes them; empty means not asked."""
    single = {"lijn_max": filled["lijn_max"], "straal_m": filled["straal"], "vorm": filled["vorm"]}
    numbers = {key: _number(value) for key, value in single.items() if key != "vorm"}
    teams = {actor.id for actor in _teams()}
    return {
        "q": filled["q"],
        "plek": _place(filled),
        **numbers,
        "vorm": filled["vorm"] or None,
        "leeftijd": _number(filled["leeftijd"]),
        "themas": [filled["themas"]] if filled["themas"] else [],
        "doelgroepen": [filled["doelgroepen"]] if filled["doelgroepen"] else [],
        "talen": [filled["talen"]] if filled["talen"] else [],
        "gratis": bool(filled["gratis"]),
        "vandaag_open": bool(filled["vandaag_open"]),
        "van": filled["van"] if filled["van"] in teams and not along else None,
    }


def _number(text: str) -> int | str | None:
    """Give a number where it is one; what is no number is left for the model to refuse."""
    return int(text) if text.isascii() and text.isdigit() else text or None


def _place(filled: dict[str, str]) -> dict[str, str] | None:
    """Give the point when the words still name it, otherwise the words."""
    if not filled["plek"]:
        return None
    if filled["lon"] and filled["plek"] == filled["puntnaam"]:
        return {"lon": filled["lon"], "lat": filled["lat"]}
    return {"adres": filled["plek"]}


def _read_fault(message: str) -> Fault:
    field, _, rest = message.partition(": ")
    head = field.split(".")[0]
    if head == "plek":
        return Fault("plek", "Vul een postcode, buurt of adres in, of kies een plek op de kaart.")
    if head in _LABELS:
        return Fault("q" if head == "q" else "meer", f"{_LABELS[head]}: {rest}")
    return Fault("meer", "Een van uw keuzes kennen wij niet. Kies opnieuw.")


def _teams() -> list[Actor]:
    """List the wijkteams that this reader may see and that work, by name."""
    keep = RecordFilter(soorten=(Soort.WIJKTEAM,), statussen=(Status.ACTIEF,))
    found = list_actors(connection(), keep, lezer(), today(), na="", limit=_MOST_TEAMS).resultaten
    return sorted(found, key=lambda actor: (actor.naam.casefold(), actor.id))


def _knowers(plek: Plek | None) -> list[Actor]:
    """List the wijkteams whose area holds a place."""
    if plek is None:
        return []
    here = set(services().finder.here.areas(connection(), plek.lon, plek.lat))
    return [team for team in _teams() if here & set(team.werkgebied)]


def _page(filled: dict[str, str], said: Answer | None, fault: Fault | None) -> Response:
    words = vocabulary()
    page = render_template(
        "zoeken.html",
        ingevuld=filled,
        antwoord=said,
        fout=fault,
        themas=[(t.code, t.label) for t in words.themas.values()],
        groepen=[(g.code, g.label) for g in words.doelgroepen.values() if g.code != "iedereen"],
        lijnen=_LINES,
        talen=list(zip(_LANGUAGES, say_languages(_LANGUAGES), strict=True)),
        vormen_keuze=_FORMS,
        teams=[(team.id, team.naam) for team in _teams()],
        open_keuzes=any(filled[name] for name in _FOLDED) or (fault and fault.veld == "meer"),
        meekijken=bool(filled["meekijken"]),
        vormen=read_meta(connection(), AREAS_VERSION) or "",
    )
    response = make_response(page, 422 if fault else 200)
    response.headers["Cache-Control"] = "no-store"
    return response
