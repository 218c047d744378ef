"""Who knows whom: the network, ways to be introduced, and what breaks when someone leaves."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import Response, request

from socialmap.domain.codes import Feitelijk, Niveau, Relatiesoort, Soort
from socialmap.domain.errors import NotFoundError
from socialmap.network import answers
from socialmap.network.profile import PROFILED
from socialmap.network.reading import Seen
from socialmap.network.what_if import Als
from socialmap.store.areas import get_area
from web.api import network_models as models
from web.api.answers import API_PREFIX, answer_reader
from web.api.paging import KEY
from web.api.questions import takes
from web.context import connection, lezer, services, today
from web.filters_query import (
    BadFilterError,
    read_area,
    read_codes,
    read_one,
    require_area,
    values_of,
)
from web.security import permission

netwerk = APIBlueprint("api_netwerk", __name__, tag="Netwerk", url_prefix=API_PREFIX)


def current_network() -> Seen:
    """Give the network of who reads this request; pages and introductions use the same."""
    return services().finder.networks.current(connection(), lezer(), today())


@netwerk.get("/netwerk")
@netwerk.output(models.Netwerk)
@takes(models.NetwerkQuestion)
@permission(Niveau.OPENBAAR)
def give_network() -> Response:
    """
    Wie met wie een band heeft (node-link JSON).

    Feitelijke en gewenste banden staan er allebei in, elk met hun eigen merk. Tel ze niet op.
    """
    keep = answers.Keep(
        gebied=_area(),
        soorten=read_codes(request.args, "soort", list(Soort), Soort),
        relatiesoorten=read_codes(request.args, "relatiesoort", list(Relatiesoort), Relatiesoort),
        feitelijk=_feitelijk(),
    )
    return answer_reader(answers.network_json(current_network(), keep))


@netwerk.get("/netwerk/pad")
@netwerk.output(models.Pad)
@netwerk.doc(responses=[404])
@takes(models.PadQuestion)
@permission(Niveau.OPENBAAR)
def find_path() -> Response:
    """Wie u kan voorstellen, in hoogstens drie stappen."""
    return answer_reader(answers.path_json(current_network(), _actor("van"), _actor("naar")))


@netwerk.get("/netwerk/sleutelposities")
@netwerk.output(models.Sleutelposities)
@takes(models.GebiedsQuestion)
@permission(Niveau.OPENBAAR)
def list_key_positions() -> Response:
    """Wie delen van het netwerk bijeenhoudt."""
    return answer_reader(answers.key_positions_json(current_network(), _area()))


@netwerk.get("/netwerk/geisoleerd")
@netwerk.output(models.Geisoleerd)
@takes(models.NoQuestion)
@permission(Niveau.OPENBAAR)
def list_isolated() -> Response:
    """Wie geen band heeft, en wie geen weg heeft naar het wijkteam van zijn plek."""
    return answer_reader(answers.isolated_json(current_network()))


@netwerk.get("/netwerk/profiel")
@netwerk.output(models.Profiel)
@takes(models.ProfielQuestion)
@permission(Niveau.OPENBAAR)
def give_profile() -> Response:
    """Het netwerk in cijfers, en per gebied: wijk en teamgebied naast gebieden die erop lijken."""
    code = _area()
    if code and get_area(connection(), code).niveau not in PROFILED:
        raise BadFilterError("gebied", "Kies een wijk, teamgebied, gemeente of eigen gebied.")
    return answer_reader(answers.profile_json(current_network(), code))


@netwerk.get("/netwerk/wat-als")
@netwerk.output(models.WatAls)
@netwerk.doc(responses=[404])
@takes(models.WatAlsQuestion)
@permission(Niveau.OPENBAAR)
def tell_what_if() -> Response:
    """Het netwerk met en zonder één actor, geldgever of gebouw."""
    als = read_one(request.args, "als", list(Als)) or Als.ACTOR
    return answer_reader(answers.what_if_json(current_network(), _actor("zonder"), Als(als)))


def _area() -> str:
    code = read_area(request.args)
    require_area(connection(), code)
    return code


def _feitelijk() -> Feitelijk | None:
    code = read_one(request.args, "feitelijk", list(Feitelijk))
    return Feitelijk(code) if code else None


def _actor(name: str) -> str:
    codes = values_of(request.args, name)
    if len(codes) != 1:
        raise BadFilterError(name, "Geef de code van één actor, zoals A001.")
    if not KEY.fullmatch(codes[0]):
        raise NotFoundError("Actor", codes[0][:80])
    return codes[0]
