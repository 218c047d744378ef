"""Put the application together: services, security, pages and interface."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from apiflask import APIFlask
from flask_compress import Compress

from socialmap.coverage.reading import CoverageReader
from socialmap.domain.errors import DatabaseUnusableError, StorageError
from socialmap.editing.erase import apply_erasures
from socialmap.exchange.embedded import data_folder, load_area_facts
from socialmap.finding.meaning import load_model
from socialmap.finding.ready import make_finder
from socialmap.settings import SettingError, Settings
from socialmap.store.engine import Store
from socialmap.store.erasures_file import read_erasures_file
from socialmap.store.imports import stop_uploads
from socialmap.store.vocabulary import read_vocabulary
from web import afterwards, assets, errors, frame, security, tiles
from web.afterwards import tidy
from web.api import register_api
from web.context import Services, close_connection
from web.hsds.routes import hsds
from web.ogc.routes import pages as ogc_pages
from web.pages import register_pages, work_sign_in
from web.unmet_counter import forget_small_counts

#: No page takes more than a form; files have limits of their own.
_MOST_BYTES = 1_000_000


def create_app(settings: Settings) -> APIFlask:
    """
    Make the application on a database that is there.

    Raises
    ------
    DatabaseMissingError, DatabaseUnusableError
        When the database cannot be served; nothing is made or changed.
    SettingError
        Without a secret: anybody could then make the tags and cookies of this installation.
    """
    if not settings.secret:
        raise SettingError("Zet SOCIALMAP_SECRET op een lange willekeurige tekst.")
    store = Store.open(settings.database)
    damage = store.find_damage()
    with store.reading() as conn:
        finder = make_finder(data_folder() / "woorden", read_vocabulary(conn), load_model())
    if not damage:
        # A full disk must not keep the map from being read; the next search tries again.
        with suppress(StorageError):
            forget_small_counts(store, settings.clock.today())
        # What a restored copy or an older file brought back is erased and hidden again.
        # The list beside the database knows what a copy from before does not.
        with suppress(StorageError):
            known = read_erasures_file(settings.database)
            apply_erasures(store, settings.secret, finder.here.places, settings.clock.now(), known)
        # A server that ended halfway an import left nothing of it: say so.
        with suppress(StorageError), store.writing() as conn:
            stop_uploads(conn)
        with suppress(StorageError):
            tidy(store, settings.secret, datetime.now(UTC), settings.clock.today())
    # The process that serves may be a fork of this one: no open connection goes along.
    store.close()
    if damage:
        raise DatabaseUnusableError(settings.database, "het bestand is beschadigd")
    app = APIFlask(
        __name__,
        title="Sociale kaart van de wijk",
        version="1.0.0",
        docs_path=None,
        spec_path=None,
        json_errors=False,
    )
    app.config.update(
        SECRET_KEY=settings.secret,
        MAX_CONTENT_LENGTH=_MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=_MOST_BYTES,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        OPENAPI_VERSION="3.1.0",
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_MIMETYPES=[
            "text/html",
            "text/css",
            "text/javascript",
            "application/javascript",
            "application/json",
            "application/geo+json",
            "application/problem+json",
            "image/svg+xml",
        ],
    )
    app.extensions["socialmap"] = Services(
        settings, store, finder, CoverageReader(), load_area_facts(data_folder())
    )
    app.teardown_appcontext(close_connection)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    Compress(app)
    security.secure(app)
    assets.fingerprint(app)
    errors.register(app)
    frame.register(app)
    afterwards.register(app)
    register_pages(app)
    app.register_blueprint(ogc_pages)
    work_sign_in.prepare(app, settings.work_sign_in)
    app.register_blueprint(tiles.pages)
    register_api(app)
    app.register_blueprint(hsds)
    return app
