"""Which residents something reaches, where it is missing, and where a new place would help most."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response, request
from pydantic import ValidationError
from werkzeug.exceptions import BadRequest

from socialmap.coverage.answers import Asked, coverage_json, gaps_json
from socialmap.coverage.placing import PlaceQuestion, places_json
from socialmap.domain.codes import Niveau
from socialmap.domain.vocabulary import read_themes
from socialmap.store.records import known_ids
from web.api import coverage_models as models
from web.api.answers import API_PREFIX, JSON, answer_reader, write_json
from web.api.questions import sends, takes
from web.context import connection, coverage_map, services, vocabulary
from web.coverage_query import LEAST_M, MOST_M, read_asked
from web.filters_query import require_area
from web.finding_input import QuestionError
from web.plan_answers import PLANNER
from web.security import permission

dekking = APIBlueprint("api_dekking", __name__, tag="Dekking", url_prefix=API_PREFIX)


@dekking.get("/dekking")
@dekking.output(models.Dekking)
@takes(models.DekkingQuestion)
@permission(Niveau.OPENBAAR)
def give_coverage() -> Response:
    """
    Welke bewoners iets binnen bereik hebben, per gebied en thema.

    Zonder `thema` komen alle thema's. Personen zijn afgerond op tientallen.
    """
    return answer_reader(coverage_json(coverage_map(), vocabulary(), _asked()))


@dekking.get("/gaten")
@dekking.output(models.Gaten)
@takes(models.DekkingQuestion)
@permission(Niveau.OPENBAAR)
def list_gaps() -> Response:
    """
    Waar een thema ontbreekt, met redenen.

    Eerst waar de meeste thema's samen ontbreken, dan waar het om de meeste mensen gaat. Gaten
    waarvan het aantal mensen onbekend is, staan achteraan.
    """
    facts = services().area_facts
    return answer_reader(gaps_json(coverage_map(), vocabulary(), _asked(), facts))


@dekking.post("/plaatsing")
@dekking.output(models.Plaatsing)
@sends("Plaatsingsvraag")
@permission(Niveau.OPENBAAR)
def place_new() -> Response:
    """
    Op welke plekken iets nieuws de meeste mensen bereikt die nu niets bereikt.

    Bestaande gebouwen gaan voor; daarna een punt midden in een buurt. Er wordt niets bewaard.
    """
    found = PLANNER.answer(coverage_map(), _place_question())
    response = Response(write_json(places_json(found)), mimetype=JSON)
    response.headers["Cache-Control"] = "no-store"
    return response


def _asked() -> Asked:
    asked = read_asked(request.args, vocabulary())
    require_area(connection(), asked.gebied)
    return asked


def _place_question() -> PlaceQuestion:
    asked = _read_body()
    words = vocabulary()
    themas = read_themes([asked.thema])
    if len(themas) != 1:
        raise QuestionError(f"thema: dit zijn er nu meer. Kies uit: {', '.join(themas)}.")
    _require("thema", themas[0], words.themas)
    _require("doelgroep", asked.doelgroep, words.doelgroepen)
    if asked.gebied:
        _require("gebied", asked.gebied, known_ids(connection(), "gebied", [asked.gebied]))
    return PlaceQuestion(
        thema=themas[0],
        doelgroep=asked.doelgroep,
        aantal=asked.aantal,
        gebied=asked.gebied or "",
        straal_m=None if asked.straal_m is None else float(asked.straal_m),
    )


def _read_body() -> models.Plaatsingsvraag:
    if not request.is_json:
        raise QuestionError("Stuur de vraag als JSON, met Content-Type: application/json.")
    try:
        return models.Plaatsingsvraag.model_validate(request.get_json())
    except BadRequest:
        raise QuestionError("Dit is geen JSON. Kijk of alle aanhalingstekens kloppen.") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "vraag"
        raise QuestionError(f"{where[:60]}: {_say(first['type'], where)}") from None


def _require(field: str, code: str, known: Any) -> None:
    if code not in known:
        raise QuestionError(f"{field}: deze code is er niet. Kijk in /api/v1/woorden.")


_LIMITS = {
    "aantal": f"kies 1 tot en met {models.MOST_PLACES} plekken.",
    "straal_m": f"kies {LEAST_M} tot en met {MOST_M} meter, in hele meters.",
}


def _say(kind: str, where: str) -> str:
    if kind == "extra_forbidden":
        return "dit veld is er niet. Kijk in /api/v1/openapi.json wat u kunt vragen."
    if kind == "missing":
        return "dit veld ontbreekt."
    return _LIMITS.get(where, "dit kan niet. Kijk in /api/v1/openapi.json.")
