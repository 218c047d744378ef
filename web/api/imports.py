"""Import files in one call: everything, or nothing with every fault named."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from socialmap.domain.codes import Niveau
from socialmap.domain.roles import Recht
from socialmap.exchange.comparing import LEFT
from socialmap.exchange.place_import import Asked, Look, look, place
from socialmap.exchange.uploads import MAX_BYTES, MAX_FILES
from web.api.answers import API_PREFIX, answer_reader
from web.api.import_models import ImportAntwoord, ImportQuestion
from web.api.questions import sends, takes
from web.context import services
from web.desk import open_desk, reading_desk
from web.filters_query import BadFilterError
from web.security import permission

invoer = APIBlueprint("api_invoer", __name__, tag="Invoer", url_prefix=API_PREFIX)
_LONGEST = 120
_YES_NO = ("true", "false")


@invoer.post("/import")
@invoer.output(ImportAntwoord)
@sends("Importbestanden", "multipart/form-data")
@takes(ImportQuestion)
@permission(Niveau.BEHEER, Recht.BEHEREN)
def importeer() -> Response:
    """
    Zet bestanden van het uitwisselformaat op de kaart: alles, of niets.

    Met `proef=true` verandert er niets. Dezelfde `bron` nog een keer verandert wat de eigenaar van
    het bestand veranderde. Wat iemand sindsdien op de kaart veranderde, blijft staan en staat in
    `gelaten`. Met fouten: 422, met per fout bestand, rij en kolom.
    """
    proef = request.args.get("proef", "false")
    if proef not in _YES_NO:
        raise BadFilterError("proef", "Kies true of false.", _YES_NO)
    request.max_content_length = MAX_BYTES
    given = [one for _, one in request.files.items(multi=True) if one.filename]
    files = [(one.filename or "", one.read()) for one in given[: MAX_FILES + 1]]
    bron = " ".join(request.form.get("bron", "").split())[:_LONGEST]
    clock = services().settings.clock

    def asked(account: Any) -> Asked:
        named = bron or ", ".join(sorted(name for name, _ in files))[:_LONGEST]
        return Asked(files=files, account=account, bron=named, kolommen={})

    if proef == "true":
        desk = reading_desk()
        return _answer(look(desk.conn, asked(desk.account), clock))
    with open_desk() as desk:
        return _answer(place(desk.conn, asked(desk.account), clock))


def _answer(found: Look) -> Response:
    body: dict[str, Any] = {
        "geteld": found.geteld,
        "fouten": [_fault(one) for one in found.fouten],
        "waarschuwingen": [_fault(one) for one in found.waarschuwingen],
        "gelaten": [
            {"tabel": one.tabel, "id": one.id} for one in found.verschillen if one.uitkomst in LEFT
        ],
        "geplaatst": bool(found.invoer_id),
        "invoer_id": found.invoer_id or None,
    }
    if not found.fouten:
        return answer_reader(body)
    problem = {
        "type": "about:blank",
        "title": "Er is niets geplaatst",
        "status": 422,
        "detail": "Verbeter wat bij fouten staat, en stuur de bestanden opnieuw.",
    }
    response = answer_reader(problem | body, "application/problem+json")
    response.status_code = 422
    return response


def _fault(one: Any) -> dict[str, str | int]:
    return {"bestand": one.bestand, "rij": one.rij, "kolom": one.kolom, "melding": one.melding}
