"""Examples for makers of programs: each works as it stands, on the address of this map."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """Some lines that somebody can take over; `taal` is `curl`, `Python`, `R` or `QGIS`."""

    taal: str
    regels: str


@dataclass(frozen=True, slots=True)
class Subject:
    """One way to read the map, with examples of it."""

    id: str
    titel: str
    uitleg: str
    adres: str
    voorbeelden: tuple[Example, ...]


def make_subjects(base: str, area: str) -> tuple[Subject, ...]:
    """
    Write the examples for one map.

    Parameters
    ----------
    base
        Address of the map without a slash at its end.
    area
        Code of an area of it.
    """
    return tuple(
        Subject(
            one.id,
            one.titel,
            one.uitleg,
            base + one.adres.replace("GEBIED", area),
            tuple(
                Example(
                    example.taal,
                    example.regels.strip().replace("BASIS", base).replace("GEBIED", area),
                )
                for example in one.voorbeelden
            ),
        )
        for one in _SUBJECTS
    )


_API_PYTHON = """
import json
from urllib.request import urlopen

adres = "BASIS/api/v1/aanbod?gebied=GEBIED&limit=200"
aanbod, verder = [], ""
while True:
    with urlopen(adres + verder) as antwoord:
        bladzijde = json.load(antwoord)
    aanbod += bladzijde["resultaten"]
    if not bladzijde["volgende"]:
        break
    verder = "&cursor=" + bladzijde["volgende"]
print(len(aanbod), "keer aanbod")
"""
_API_R = """
library(jsonlite)
antwoord <- fromJSON("BASIS/api/v1/aanbod?gebied=GEBIED&limit=200")
antwoord$totaal
head(antwoord$resultaten$naam)
"""
_OGC_PYTHON = """
import geopandas as gpd

wijken = gpd.read_file("BASIS/ogc/collections/wijken/items?f=json&limit=1000")
wijken = wijken.to_crs("EPSG:28992")
print(len(wijken), "wijken")
"""
_OGC_R = """
library(sf)
wijken <- st_read("BASIS/ogc/collections/wijken/items?f=json&limit=1000")
plot(st_geometry(wijken))
"""
_OGC_QGIS = """
laag = QgsVectorLayer("url='BASIS/ogc' typename='aanbod'", "Aanbod", "OAPIF")
QgsProject.instance().addMapLayer(laag)
"""
_HSDS_PYTHON = """
import json
from urllib.request import urlopen

with urlopen("BASIS/hsds/services?per_page=100") as antwoord:
    bladzijde = json.load(antwoord)
print(bladzijde["total_items"], "services")
"""
_HSDS_R = """
library(jsonlite)
fromJSON("BASIS/hsds/services?per_page=100")$contents$name
"""
_AGENDA_PYTHON = """
from urllib.request import urlopen

from icalendar import Calendar

with urlopen("BASIS/gebied/GEBIED.ics") as antwoord:
    agenda = Calendar.from_ical(antwoord.read())
print(len(agenda.walk("VEVENT")), "afspraken")
"""
_FILE_PYTHON = """
import csv
import io
from urllib.request import urlopen

with urlopen("BASIS/dekking.csv?niveau=gemeente&thema=taal") as antwoord:
    tekst = antwoord.read().decode("utf-8-sig")
rijen = list(csv.DictReader(io.StringIO(tekst), delimiter=";"))
print(len(rijen), "rijen")
"""
_FILE_R = """
dekking <- read.csv2("BASIS/dekking.csv?niveau=gemeente&thema=taal", fileEncoding = "UTF-8")
nrow(dekking)
"""

_SUBJECTS = (
    Subject(
        "api",
        "De koppeling",
        "JSON over actoren, aanbod, relaties, gebieden, het netwerk en de dekking.",
        "/api/v1/openapi.json",
        (
            Example("curl", "curl 'BASIS/api/v1/aanbod?gebied=GEBIED&limit=5'"),
            Example("Python", _API_PYTHON),
            Example("R", _API_R),
        ),
    ),
    Subject(
        "kaartlagen",
        "Kaartlagen",
        "OGC API - Features: gebieden, actoren en aanbod als lagen. In QGIS kiest u Laag, Laag "
        "toevoegen, WFS / OGC API - Features, Nieuw, en plakt u dit adres. Of in het "
        "Python-venster van QGIS:",
        "/ogc",
        (
            Example("QGIS", _OGC_QGIS),
            Example("curl", "curl 'BASIS/ogc/collections/aanbod/items?f=json&limit=5'"),
            Example("Python", _OGC_PYTHON),
            Example("R", _OGC_R),
        ),
    ),
    Subject(
        "hsds",
        "Open Referral HSDS",
        "Versie 3.1, voor gidsen en kaarten die deze standaard kennen.",
        "/hsds",
        (
            Example("curl", "curl 'BASIS/hsds/services?per_page=5'"),
            Example("Python", _HSDS_PYTHON),
            Example("R", _HSDS_R),
        ),
    ),
    Subject(
        "agenda",
        "Agenda",
        "Wat er in een gebied te doen is, als iCalendar. Een agenda met een abonnement blijft bij.",
        "/gebied/GEBIED.ics",
        (
            Example("curl", "curl 'BASIS/gebied/GEBIED.ics'"),
            Example("Python", _AGENDA_PYTHON),
        ),
    ),
    Subject(
        "bestanden",
        "Bestanden",
        "De dekking als CSV, XLSX of GeoPackage. Een tweede bestand legt de kolommen uit:",
        "/dekking-uitleg.csv",
        (
            Example("curl", "curl -O 'BASIS/dekking.gpkg?niveau=gemeente&thema=taal'"),
            Example("Python", _FILE_PYTHON),
            Example("R", _FILE_R),
        ),
    ),
)
