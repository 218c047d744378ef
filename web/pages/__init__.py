"""Pages for people, one module for each thing people do."""

from __future__ import annotations

from flask import Flask

from web.pages.actor import pages as actor
from web.pages.area import pages as area
from web.pages.information import pages as information
from web.pages.kaart import pages as kaart
from web.pages.offer import pages as offer
from web.pages.start import pages as start


def register_pages(app: Flask) -> None:
    """Put every page in the application."""
    for pages in (start, kaart, area, actor, offer, information):
        app.register_blueprint(pages)
