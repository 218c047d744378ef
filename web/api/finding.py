"""Ask the map a question: the answer is not kept anywhere, and neither is the question."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response, request
from werkzeug.exceptions import BadRequest

from socialmap.domain.codes import Niveau
from socialmap.finding.answer_json import as_json
from web.api.answers import API_PREFIX, JSON, write_json
from web.api.finding_models import ZoekAntwoord
from web.api.questions import sends
from web.finding_input import QuestionError, Zoekvraag, answer, read_question
from web.security import permission

zoekvragen = APIBlueprint("api_zoekvragen", __name__, tag="Zoeken", url_prefix=API_PREFIX)


@zoekvragen.post("/zoekvragen")
@zoekvragen.output(ZoekAntwoord)
@sends("Zoekvraag")
@permission(Niveau.OPENBAAR)
def ask() -> Response:
    """
    Zoek steun bij een vraag in gewone taal.

    De vraag, de plek en het antwoord worden niet bewaard en staan in geen logboek. Bij woorden van
    gevaar staat in `gevaar` wie u meteen belt.
    """
    asked = read_question(Zoekvraag, _body())
    found, _, names = answer(asked, may_ask=True)
    response = Response(write_json(as_json(found, names)), mimetype=JSON)
    response.headers["Cache-Control"] = "no-store"
    return response


def _body() -> Any:
    if not request.is_json:
        raise QuestionError("Stuur de vraag als JSON, met Content-Type: application/json.")
    try:
        return request.get_json()
    except BadRequest:
        raise QuestionError("Dit is geen JSON. Kijk of alle aanhalingstekens kloppen.") from None
