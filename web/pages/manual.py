"""The manual for the three who use the map, as it stands in the documents."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from flask import Blueprint, abort, render_template
from markdown_it import MarkdownIt
from markupsafe import Markup

import web
from socialmap.domain.codes import Niveau
from web.security import permission

pages = Blueprint("handleiding", __name__)
#: Document -> for whom, and what it helps with.
_READERS = {
    "opbouwwerker": ("De opbouwwerker", "De kaart bijhouden, op straat en achter een bureau."),
    "professional": ("De professional", "Steun zoeken voor een bewoner, en een blad meegeven."),
    "gebiedsmanager": ("De gebiedsmanager", "Zien wat uw gebied mist, en afspreken wie wat doet."),
}


@pages.get("/handleiding")
@permission(Niveau.OPENBAAR)
def handleiding() -> str:
    """List the manuals."""
    return render_template(
        "handleidingen.html", lezers=[(code, *said) for code, said in _READERS.items()]
    )


@pages.get("/handleiding/<wie>")
@permission(Niveau.OPENBAAR)
def een(wie: str) -> str:
    """Show one manual."""
    if wie not in _READERS:
        abort(404)
    title, text = read_manual(wie)
    return render_template("handleiding.html", titel=title, tekst=text)


def manual_folder() -> Path:
    """Give the folder with the manuals: inside the package when installed, else beside it."""
    package = Path(web.__file__).parent
    inside = package / "handleiding"
    return inside if inside.is_dir() else package.parent / "docs" / "handleiding"


@cache
def read_manual(wie: str) -> tuple[str, Markup]:
    """
    Read a manual.

    Parameters
    ----------
    wie
        `opbouwwerker`, `professional` or `gebiedsmanager`.

    Returns
    -------
    title, text
        What stands behind the first `#`, and the rest as HTML. HTML in the document stays text.
    """
    whole = (manual_folder() / f"{wie}.md").read_text("utf-8")
    head, _, rest = whole.partition("\n")
    made = MarkdownIt("commonmark", {"html": False}).render(rest)
    return head.removeprefix("# ").strip(), Markup(made)  # noqa: S704 -- made of our own document
