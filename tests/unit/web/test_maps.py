"""Folium builds the map and never holds a word of data: it would run it as a template."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from web.maps import View, render_map_script

_WEB = Path(__file__).parents[3] / "web"
#: Parts of Folium that take text or data.
_HOLDERS = re.compile(
    r"folium\.(?:Popup|Tooltip|GeoJson\w*|Marker|CircleMarker|DivIcon|Choropleth|Icon)\b"
    r"|folium\.(?:plugins|features)|(?:popup|tooltip)="
)


def test_no_module_puts_data_into_folium() -> None:
    held = [
        f"{file.relative_to(_WEB)}:{number}"
        for file in _WEB.rglob("*.py")
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if _HOLDERS.search(line)
    ]
    assert held == []


def test_only_the_module_for_maps_imports_folium() -> None:
    users = {
        file.name
        for file in _WEB.rglob("*.py")
        if re.search(r"^(?:import|from) (?:folium|branca)", file.read_text(), re.M)
    }
    assert users == {"maps.py"}


@given(
    west=st.floats(3, 7),
    south=st.floats(50, 53),
    width=st.floats(0.01, 1),
    height=st.floats(0.01, 1),
)
def test_the_script_holds_no_address_of_others(
    west: float, south: float, width: float, height: float
) -> None:
    script = render_map_script(View(west, south, west + width, south + height), basemap=True)
    assert "://" not in script
    assert "user-scalable" not in script
    assert "laag_ondergrond" in script


def test_no_script_of_ours_turns_text_into_markup() -> None:
    scripts = list((_WEB / "static" / "js").glob("*.js"))
    templates = list((_WEB / "templates").rglob("*.html"))
    assert scripts
    assert templates
    raw = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\|\s*safe|autoescape")
    # htmx puts an answer of our own server in place of a part of the page: that is no text.
    swap = 'hx-swap="outerHTML"'
    found = [f.name for f in [*scripts, *templates] if raw.search(f.read_text().replace(swap, ""))]
    assert found == []


def test_no_template_holds_style_or_script_of_its_own() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)|\sstyle=|<style|\son\w+=|javascript:", re.I)
    found = [f.name for f in (_WEB / "templates").rglob("*.html") if inline.search(f.read_text())]
    assert found == []
