"""Build the map with Folium: base layer, controls and empty layers, never one word of data.

Folium renders its script through a template a second time, so text in it would be run on the
server. Areas and points therefore come by JSON from the interface and reach the page through
`static/js/kaart*.js` as `textContent`. Only numbers from our own settings go in here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

#: Web map zoom levels between which the map of a wijk is of use.
MIN_ZOOM, MAX_ZOOM = 8, 18
MAP_ID = "kaart"


@dataclass(frozen=True, slots=True)
class View:
    """Where a map starts: bounds in WGS84 degrees."""

    west: float
    south: float
    east: float
    north: float


class QuietMap(folium.Map):
    """A Folium map with nothing from elsewhere: Leaflet stands on our own pages already."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 -- Folium reads a class attribute
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(self, view: View) -> None:
        super().__init__(
            location=[(view.south + view.north) / 2, (view.west + view.east) / 2],
            zoom_start=12,
            tiles=None,
            control_scale=False,
            zoom_control="topright",
            attribution_control=False,
            zoom_snap=0.5,
        )
        self._id = MAP_ID
        # Folium gives its zoom bounds to a tile layer only, and there is none.
        self.options |= {"minZoom": MIN_ZOOM, "maxZoom": MAX_ZOOM}


class Part(MacroElement):
    """A part of the map with a name that stays the same, so that its script can be kept."""

    def __init__(self, name: str, number: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name, self._id = name, number


class EmptyLayer(Part):
    """A layer group that the page fills itself."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.layerGroup().addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, name: str) -> None:
        super().__init__("laag", name)


class Start(Part):
    """Hand the map and its layers to the script of the page, and show the first view."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        {{ this._parent.get_name() }}.fitBounds({{ this.bounds|tojson }}, {animate: false});
        L.control.scale({imperial: false, position: "bottomright"})
          .addTo({{ this._parent.get_name() }});
        window.socialekaart = {
          kaart: {{ this._parent.get_name() }},
          gebieden: laag_gebieden,
          namen: laag_namen,
          punten: laag_punten,
          ondergrond: {{ this.basemap|tojson }} ? laag_ondergrond : null
        };
        {% endmacro %}
        """
    )

    def __init__(self, view: View, *, basemap: bool) -> None:
        super().__init__("begin", MAP_ID)
        self.bounds = [[view.south, view.west], [view.north, view.east]]
        self.basemap = basemap


class OwnTiles(Part):
    """Map tiles from our own server, not shown until somebody switches them on."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var laag_ondergrond = L.tileLayer(
          "/tegels/{z}/{x}/{y}.png", {maxZoom: {{ this.max_zoom|tojson }}});
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__("laag", "ondergrond")
        self.max_zoom = MAX_ZOOM


@lru_cache(maxsize=32)
def render_map_script(view: View, *, basemap: bool) -> str:
    """
    Give the script that makes the map, to be served at an address of its own.

    Parameters
    ----------
    view
        Bounds of the first view, WGS84 degrees.
    basemap
        Whether tiles of our own server can be switched on.
    """
    quiet = QuietMap(view)
    for name in ("gebieden", "namen", "punten"):
        quiet.add_child(EmptyLayer(name))
    if basemap:
        quiet.add_child(OwnTiles())
    quiet.add_child(Start(view, basemap=basemap))
    figure: Any = quiet.get_root()
    figure.render()
    return str(figure.script.render())
