"""Pictures that stand on paper by themselves: where an area lies, and a sign for each verdict."""

from __future__ import annotations

from html import escape

from socialmap.coverage.verdict import Oordeel
from web.present_coverage import NOBODY
from web.present_map import SmallMap
from web.sheet_map import as_image

_SIGNS = {
    Oordeel.GEDEKT: (
        "#2c6e91",
        "",
        "<path d='M18.6 13.4l3.1 3.2 6-6.6' fill='none' stroke='#ffffff' stroke-width='2.4'/>",
    ),
    Oordeel.DUN: (
        "#f4d591",
        "<path d='M1 5.5h44M1 12.5h44M1 19.5h44' stroke='#8a5e00' stroke-width='1.1'/>",
        "<path d='M17.6 14.2c1.8-3.6 3.6-3.6 5.4-1.2s3.6 2.4 5.4-1.2' fill='none'"
        " stroke='#22303a' stroke-width='2.3'/>",
    ),
    Oordeel.GAT: (
        "#b3471d",
        "<path d='M4 25L28 1M14 25L38 1M24 25L45 4M1 18L18 1M34 25l11-11'"
        " stroke='#ffe3d3' stroke-width='1.5'/>",
        "<path d='M19.2 9.2l7.6 7.6M26.8 9.2l-7.6 7.6' fill='none' stroke='#ffffff'"
        " stroke-width='2.4'/>",
    ),
    Oordeel.ONBEKEND: (
        "#f7f3ea",
        "".join(
            f"<circle cx='{x}' cy='{y}' r='0.95' fill='#7d7466'/>"
            for y in (6, 13, 20)
            for x in range(5, 45, 7)
        ),
        "<path d='M20.3 11a2.8 2.8 0 1 1 4.3 2.4c-1.1 .7-1.6 1.2-1.6 2.3M23 18.2v.8' fill='none'"
        " stroke='#22303a' stroke-width='2.1'/>",
    ),
}


def verdict_pictures() -> dict[str, str]:
    """Give for each verdict, with and without `-oud`, its sign as an address that holds it all."""
    made = {}
    for verdict, (ground, pattern, sign) in _SIGNS.items():
        for end, edge in (("", ""), ("-oud", " stroke-dasharray='4.4 2.8'")):
            made[f"{verdict.value}{end}"] = _picture(ground, pattern, sign, edge)
    return {**made, NOBODY: _picture("#e7e1d5", "", "", "")}


def area_picture(small: SmallMap, name: str) -> str:
    """Give the picture of where an area lies as an address that holds it all."""
    around = "".join(
        f"<path d='{path}' fill='#f9f5ec' stroke='#9d917d' stroke-width='1'/>"
        for path in small.omgeving
        if path
    )
    return as_image(
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='{small.viewbox}'"
        f" width='320' height='240'><title>{escape(name)}</title>"
        f"<rect width='320' height='240' fill='#eef1ee'/>{around}"
        f"<path d='{small.eigen}' fill='#f5dca3' stroke='#22303a' stroke-width='2'/></svg>"
    )


def _picture(ground: str, pattern: str, sign: str, edge: str) -> str:
    disc = f"<circle cx='23' cy='13' r='9' fill='{ground}'/>" if sign else ""
    return as_image(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 46 26' width='46' height='26'>"
        f"<rect x='1' y='1' width='44' height='24' fill='{ground}'/>{pattern}{disc}{sign}"
        "<rect x='1' y='1' width='44' height='24' fill='none' stroke='#22303a'"
        f" stroke-width='1.6'{edge}/></svg>"
    )
