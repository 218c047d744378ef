"""What a record from OpenStreetMap says of its source: the element, and the licence (ODbL)."""

from __future__ import annotations

from typing import Literal

#: How the licence asks to be credited (openstreetmap.org/copyright).
CREDIT = "© OpenStreetMap-bijdragers, ODbL 1.0 (openstreetmap.org/copyright)"
#: Begin of the source of every record that came from OpenStreetMap, in the whole program.
NAAM = "OpenStreetMap"
#: Who proposes what is read from OpenStreetMap, where an account has its id.
DOOR = "openstreetmap"

Element = Literal["node", "way", "relation"]


def source_of(element: Element, number: int) -> str:
    """Give the source of a record: its element, and the credit that goes with it."""
    return f"{NAAM} {element}/{number}, {CREDIT}"


def is_from_osm(bron: str) -> bool:
    """Tell whether a source is OpenStreetMap."""
    return bron.startswith(f"{NAAM} ")
