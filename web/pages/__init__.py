"""Pages for people, one module for each thing people do."""

from __future__ import annotations

from flask import Flask

from web.pages.actor import pages as actor_pages
from web.pages.area import pages as area_pages
from web.pages.experiences import pages as experience_pages
from web.pages.finding import pages as finding_pages
from web.pages.information import pages as information_pages
from web.pages.kaart import pages as kaart_pages
from web.pages.network import pages as network_pages
from web.pages.offer import pages as offer_pages
from web.pages.sheet import pages as sheet_pages
from web.pages.start import pages as start_pages

_PAGES = (
    start_pages,
    kaart_pages,
    finding_pages,
    network_pages,
    area_pages,
    actor_pages,
    offer_pages,
    sheet_pages,
    experience_pages,
    information_pages,
)


def register_pages(app: Flask) -> None:
    """Put every page in the application."""
    for pages in _PAGES:
        app.register_blueprint(pages)
