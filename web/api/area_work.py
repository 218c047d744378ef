"""Inventarisaties and signals: read them, and add one."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, TypeVar

from apiflask import APIBlueprint
from flask import Response, request, url_for
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import BadRequest

from socialmap.domain.choices import Bevinding, Signaalsoort, Signaalstatus
from socialmap.domain.codes import Niveau
from socialmap.domain.model import Inventarisatie
from socialmap.domain.parse import RECORDS
from socialmap.domain.vocabulary import read_themes
from socialmap.store.areas import list_related
from socialmap.store.inventories import InventoryFilter, list_inventories, save_inventories
from socialmap.store.signals import SignalGroup, read_groups, theme_groups
from web.api import area_work_models as models
from web.api.answers import API_PREFIX, JSON, answer_reader, write_json
from web.api.paging import read_paging, write_cursor
from web.api.questions import sends, takes
from web.context import connection, lezer, services, today, vocabulary
from web.filters_query import read_area, read_codes, require_area
from web.finding_input import QuestionError
from web.own_town import require_own_area
from web.record_input import read_record
from web.security import permission
from web.signal_keeping import keep_signal

inventarisaties = APIBlueprint(
    "api_inventarisaties", __name__, tag="Inventarisaties", url_prefix=API_PREFIX
)
signalen = APIBlueprint("api_signalen", __name__, tag="Signalen", url_prefix=API_PREFIX)

Asked = TypeVar("Asked", bound=BaseModel)


@inventarisaties.get("/inventarisaties")
@inventarisaties.output(models.Inventarisaties)
@takes(models.InventarisatieQuestion)
@permission(Niveau.OPENBAAR)
def list_inventarisaties() -> Response:
    """Waar iemand heeft gekeken of er iets is, ook als er niets was."""
    keep = InventoryFilter(
        gebied=_area(),
        themas=_themes(),
        uitkomsten=read_codes(request.args, "uitkomst", list(Bevinding), str),
    )
    paging = read_paging(request.args)
    page = list_inventories(connection(), keep, lezer(), today(), na=paging.na, limit=paging.limit)
    return answer_reader(
        {
            "resultaten": [_inventory(one) for one in page.resultaten],
            "volgende": write_cursor(page.volgende),
            "totaal": page.totaal,
        }
    )


@inventarisaties.post("/inventarisaties")
@inventarisaties.output(models.Inventarisatie, status_code=201)
@sends("NieuweInventarisatie")
@permission(Niveau.PROFESSIONAL, before_accounts=True)
def add_inventarisatie() -> Response:
    """
    Zet erop dat er is gekeken.

    Bij niets gevonden is het aan minstens twee gevraagd. Browsers mogen dit alleen vanaf een
    bladzijde van deze sociale kaart zelf.
    """
    asked = _read(models.NieuweInventarisatie)
    values = read_record("inventarisaties", {**asked, "id": f"I-{secrets.token_hex(8)}"})
    made: Inventarisatie = RECORDS["inventarisaties"][1](values)
    require_own_area(made.gebied)
    with services().store.writing() as conn:
        now = services().settings.clock.now()
        saved = save_inventories(conn, [made], made.door, now)
    return _created(_inventory(saved.nieuw[0]))


@signalen.get("/signalen")
@signalen.output(models.Signalen)
@takes(models.SignaalQuestion)
@permission(Niveau.OPENBAAR)
def list_signalen() -> Response:
    """
    Gelijke signalen bij elkaar, vanaf drie melders.

    Een signaal uit een buurt telt bij zijn wijk. Losse signalen staan er niet in.
    """
    area, themes = _area(), _themes()
    kinds = read_codes(request.args, "soort", list(Signaalsoort), str)
    stands = read_codes(request.args, "status", list(Signaalstatus), str)
    here = {area, *(one.code for one in list_related(connection(), area))} if area else None

    def keeps(group: SignalGroup) -> bool:
        return (here is None or group.gebied in here) and (not themes or group.thema in themes)

    groups = [
        group
        for group in read_groups(connection())
        if keeps(group)
        and (not kinds or group.soort in kinds)
        and (not stands or group.step.status in stands)
    ]
    together = [group for group in theme_groups(connection()) if keeps(group)]
    return answer_reader(
        {
            "resultaten": [_group(group) for group in groups],
            "totaal": len(groups),
            "samen_oppakken": [{"gebied": g.gebied, "thema": g.thema} for g in together],
        }
    )


@signalen.post("/signalen")
@signalen.output(models.Gemeld, status_code=201)
@sends("NieuwSignaal")
@permission(Niveau.PROFESSIONAL, before_accounts=True)
def add_signaal() -> Response:
    """
    Meld wat er in een gebied niet werkt.

    U kiest uit lijsten: vrije tekst is er niet, en het gaat nooit over een bewoner. Met de code
    leest de melder later het antwoord; de code is daarna niet meer op te vragen. Wat zonder cookie
    komt, telt samen als één melder. Browsers mogen dit alleen vanaf een bladzijde van deze sociale
    kaart zelf.
    """
    code = keep_signal(_read(models.NieuwSignaal))
    return _created({"code": code, "antwoord_op": url_for("signalen.antwoord", code=code)})


def _area() -> str:
    code = read_area(request.args)
    require_area(connection(), code)
    return code


def _themes() -> tuple[str, ...]:
    return read_themes(read_codes(request.args, "thema", list(vocabulary().themas), str))


def _read(model: type[Asked]) -> dict[str, Any]:
    """Read the body by its model; what is in the cells is judged later, with all faults at once."""
    if not request.is_json:
        raise QuestionError("Stuur JSON.")
    try:
        return model.model_validate(request.get_json()).model_dump(exclude_none=True)
    except BadRequest:
        raise QuestionError("Dit is geen JSON die te lezen is.") from None
    except ValidationError as error:
        fields = dict.fromkeys(".".join(map(str, one["loc"])) for one in error.errors())
        names = ", ".join(model.model_fields)
        said = ", ".join(field[:40] for field in fields)
        raise QuestionError(f"Dit klopt niet: {said}. Stuur alleen: {names}.") from None


def _created(body: Mapping[str, Any]) -> Response:
    response = Response(write_json(body), status=201, mimetype=JSON)
    response.headers["Cache-Control"] = "no-store"
    return response


def _inventory(one: Inventarisatie) -> dict[str, Any]:
    return {
        "id": one.id,
        "gebied": one.gebied,
        "thema": one.thema,
        "doelgroep": one.doelgroep or None,
        "datum": one.datum.isoformat(),
        "door": one.door,
        "gevraagd_aan": list(one.gevraagd_aan),
        "uitkomst": one.uitkomst,
        "aanbod_ids": list(one.aanbod_ids),
        "versie": one.versie,
    }


def _group(group: SignalGroup) -> dict[str, Any]:
    step = group.step
    return {
        "gebied": group.gebied,
        "thema": group.thema,
        "soort": group.soort or None,
        "meldingen": group.melders,
        "laatste": group.laatste.isoformat(),
        "status": step.status.value,
        "eigenaar": step.eigenaar or None,
        "stap": step.stap or None,
        "stap_op": step.stap_op.isoformat() if step.stap_op else None,
        "antwoord": step.antwoord or None,
        "antwoord_op": step.antwoord_op.isoformat() if step.antwoord_op else None,
    }
