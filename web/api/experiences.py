"""Count what came of a referral to an offer: only the outcome, no case."""

from __future__ import annotations

from typing import Literal

from apiflask import APIBlueprint
from flask import Response, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from werkzeug.exceptions import BadRequest

from socialmap.domain.codes import Niveau
from socialmap.domain.errors import NotFoundError
from socialmap.store.experiences import MonthlyCount, Uitkomst, count_experience, read_experiences
from socialmap.store.records import get_aanbod
from web.api.answers import API_PREFIX, JSON, write_json
from web.api.paging import KEY
from web.api.questions import sends
from web.api.schema import Answer, said
from web.context import connection, lezer, services, today
from web.finding_input import QuestionError
from web.security import permission

ervaringen = APIBlueprint("api_ervaringen", __name__, tag="Ervaringen", url_prefix=API_PREFIX)


class Ervaring(BaseModel):
    """Hoe een verwijzing afliep. Er hoort geen naam, zaak of datum bij."""

    model_config = ConfigDict(extra="forbid")

    uitkomst: Literal["kon_terecht", "vol", "dicht", "paste_niet"] = Field(
        description="Hoe het afliep.", examples=["kon_terecht"]
    )


class ErvaringMaand(Answer):
    """De telling van een maand."""

    maand: str = said("Jaar en maand.", "2026-11")
    kon_terecht: int = said("Hoe vaak iemand er terechtkon.", 3)
    vol: int = said("Hoe vaak het vol was.", 1)
    dicht: int = said("Hoe vaak het dicht was.", 0)
    paste_niet: int = said("Hoe vaak het niet paste.", 0)


class Ervaringen(Answer):
    """De tellingen van deze maand en de twee ervoor; een maand zonder telling staat er niet bij."""

    maanden: list[ErvaringMaand] = said("De nieuwste maand eerst.")


@ervaringen.post("/aanbod/<aanbod_id>/ervaringen")
@ervaringen.output(Ervaringen)
@sends("Ervaring")
@permission(Niveau.OPENBAAR)
def add_experience(aanbod_id: str) -> Response:
    """
    Tel hoe een verwijzing afliep.

    Alleen de telling per maand blijft bewaard. Browsers mogen dit alleen vanaf een bladzijde van
    deze sociale kaart zelf.
    """
    outcome = _read_outcome()
    if not KEY.fullmatch(aanbod_id):
        raise NotFoundError("Aanbod", aanbod_id[:80])
    offer = get_aanbod(connection(), aanbod_id, lezer(), today())
    with services().store.writing() as conn:
        count_experience(conn, offer.id, outcome, today())
        months = read_experiences(conn, offer.id, today())
    response = Response(write_json({"maanden": [_as_json(m) for m in months]}), mimetype=JSON)
    response.headers["Cache-Control"] = "no-store"
    return response


def _as_json(month: MonthlyCount) -> dict[str, object]:
    counts = {outcome.value: month.aantallen.get(outcome, 0) for outcome in Uitkomst}
    return {"maand": month.maand, **counts}


def _read_outcome() -> Uitkomst:
    choices = ", ".join(outcome.value for outcome in Uitkomst)
    message = f'Stuur JSON met alleen "uitkomst": {choices}.'
    if not request.is_json:
        raise QuestionError(message)
    try:
        return Uitkomst(Ervaring.model_validate(request.get_json()).uitkomst)
    except (BadRequest, ValidationError):
        raise QuestionError(message) from None
