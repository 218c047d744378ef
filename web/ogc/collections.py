"""What there is to ask: six collections, described for pygeoapi."""

from __future__ import annotations

from typing import Any

_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_RD = "http://www.opengis.net/def/crs/EPSG/0/28992"
#: The box that holds the Netherlands, WGS84 degrees.
_NETHERLANDS = [3.2, 50.7, 7.3, 53.7]
PROVIDER = "web.ogc.provider.MapProvider"
#: Name, title, what it holds, and whether its features have a day of checking.
_COLLECTIONS = (
    ("buurten", "Buurten", "Buurten met hun grens en CBS-code.", False),
    ("wijken", "Wijken", "Wijken met hun grens en CBS-code.", False),
    ("gemeenten", "Gemeenten", "Gemeenten met hun grens en CBS-code.", False),
    ("teamgebieden", "Teamgebieden", "Gebieden van sociale wijkteams.", False),
    ("actoren", "Actoren", "Organisaties, initiatieven en plekken op de sociale kaart.", True),
    ("aanbod", "Aanbod", "Wat een bewoner kan gebruiken, met plek als die er is.", True),
)
NAMES = tuple(name for name, *_ in _COLLECTIONS)
DEFAULT_ITEMS, MOST_ITEMS = 100, 1000


def configuration(base: str, home: str) -> dict[str, Any]:
    """
    Give what pygeoapi is set up with.

    Parameters
    ----------
    base
        Address of this interface as the client uses it, without a slash at the end.
    home
        Address of the start page.
    """
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": 1},
            "url": base,
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "gzip": False,
            "languages": ["nl-NL"],
            "pretty_print": False,
            "limits": {
                "default_items": DEFAULT_ITEMS,
                "max_items": MOST_ITEMS,
                "on_exceed": "throttle",
            },
            "map": {"url": "", "attribution": ""},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {
                "title": "Sociale kaart van de wijk",
                "description": "Wat iedereen mag zien van de sociale kaart, met de gebieden.",
                "keywords": ["sociale kaart", "wijk", "buurt", "informele steun"],
                "keywords_type": "theme",
                "terms_of_service": home,
                "url": home,
            },
            "license": {"name": "Zie de bron bij elk record", "url": home},
            "provider": {"name": "Sociale kaart", "url": home},
            "contact": {"name": "Beheerder van deze sociale kaart", "url": home},
        },
        "resources": {
            name: _resource(name, title, text, home, dated=dated)
            for name, title, text, dated in _COLLECTIONS
        },
    }


def _resource(name: str, title: str, text: str, home: str, *, dated: bool) -> dict[str, Any]:
    extents: dict[str, Any] = {"spatial": {"bbox": _NETHERLANDS, "crs": _CRS84}}
    if dated:
        extents["temporal"] = {"begin": None, "end": None}
    return {
        "type": "collection",
        "title": title,
        "description": text,
        "keywords": [name],
        "links": [{"type": "text/html", "rel": "about", "title": title, "href": home}],
        "extents": extents,
        "providers": [
            {
                "type": "feature",
                "name": PROVIDER,
                "data": name,
                "id_field": "id" if dated else "code",
                "title_field": "naam",
                "time_field": "gecontroleerd_op" if dated else None,
                "storage_crs": _CRS84,
                "crs": [_CRS84, _RD],
            }
        ],
    }
