"""The interface for programs, version 1 (interfaces.md)."""

from __future__ import annotations

from apiflask import APIFlask

from web.api.answers import StrictJson, open_to_all
from web.api.area_work import inventarisaties, signalen
from web.api.areas import gebieden
from web.api.change_records import wijzigen
from web.api.coverage import dekking
from web.api.experiences import ervaringen
from web.api.finding import zoekvragen
from web.api.imports import invoer
from web.api.map_points import punten
from web.api.merge_records import samenvoegen
from web.api.network import netwerk
from web.api.openapi import describe, openapi
from web.api.records import aanbod, actoren, relaties
from web.api.words import woorden


def register_api(app: APIFlask) -> None:
    """Put the interface in the application."""
    app.json = StrictJson(app)
    open_to_all(app)
    for part in (
        actoren,
        aanbod,
        ervaringen,
        relaties,
        wijzigen,
        samenvoegen,
        invoer,
        gebieden,
        netwerk,
        dekking,
        inventarisaties,
        signalen,
        punten,
        woorden,
        zoekvragen,
        openapi,
    ):
        app.register_blueprint(part)
    describe(app)
