"""Make one record of two, and two of one again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request
from pydantic import BaseModel

from socialmap.domain.codes import Niveau
from socialmap.domain.roles import Recht
from socialmap.editing.change import ConflictError, RecordFaultsError
from socialmap.editing.merge import merge
from socialmap.editing.merge_choice import SIDES, Side
from socialmap.editing.unmerge import unmerge
from socialmap.store.merging import Mergeable
from web.api import models
from web.api.answers import API_PREFIX
from web.api.change_records import answer_with, conflict_with, match_of, read_key, same_as
from web.api.questions import sends
from web.desk import open_desk
from web.security import permission

samenvoegen = APIBlueprint("api_samenvoegen", __name__, tag="Samenvoegen", url_prefix=API_PREFIX)


def _routes(tabel: Mergeable, sleutel: str, gives: type[BaseModel]) -> None:
    """Put the calls on one kind of record in the interface; `sleutel` names it in the address."""
    place = f"/{tabel}/<{sleutel}>"

    @samenvoegen.post(f"{place}/samenvoegen", endpoint=f"samenvoegen_{tabel}")
    @samenvoegen.output(gives)
    @sends("Samenvoeging")
    @permission(Niveau.TEAM, Recht.BEWERKEN)
    def voeg_samen(**keys: str) -> Response:
        """
        Laat een ander record in dit record opgaan. De code van het andere blijft werken.

        Stuur in `If-Match` de ETag van allebei, met een komma ertussen. Was iemand anders eerst:
        412, met wat er nu staat.
        """
        tags, key = match_of(), read_key(keys[sleutel])
        other, kies = _asked("met"), _choices()
        with open_desk() as desk:
            try:
                made = merge(desk, tabel, key, other, kies, same_as(desk, tags))
            except ConflictError as error:
                return conflict_with(desk, error)
            return answer_with(desk, made)

    @samenvoegen.post(f"{place}/losmaken", endpoint=f"losmaken_{tabel}")
    @samenvoegen.output(gives)
    @sends("Losmaking")
    @permission(Niveau.TEAM, Recht.BEWERKEN)
    def maak_los(**keys: str) -> Response:
        """Draai een samenvoeging terug. Met `If-Match`; geeft het record dat er weer is."""
        tags, key, went = match_of(), read_key(keys[sleutel]), _asked("van")
        with open_desk() as desk:
            try:
                back = unmerge(desk, tabel, key, went, same_as(desk, tags))
            except ConflictError as error:
                return conflict_with(desk, error)
            return answer_with(desk, back)


_routes("actoren", "actor_id", models.Actor)
_routes("aanbod", "aanbod_id", models.Aanbod)


def _sent() -> Mapping[str, Any]:
    sent = request.get_json(silent=True)
    return sent if isinstance(sent, Mapping) else {}


def _asked(name: str) -> str:
    given = _sent().get(name)
    if not isinstance(given, str):
        raise RecordFaultsError({name: "Stuur de code van een record, zoals A-0f3c."})
    return read_key(given)


def _choices() -> dict[str, Side]:
    given = _sent().get("kies", {})
    if not isinstance(given, Mapping) or any(side not in SIDES for side in given.values()):
        raise RecordFaultsError({"kies": "Stuur per veld dit of ander."})
    return {str(name): side for name, side in given.items()}
