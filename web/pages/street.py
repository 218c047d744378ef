"""Something new, seen on the street: a short form that also works where the network drops."""

from __future__ import annotations

import re
from datetime import timedelta
from hashlib import sha256
from typing import Any

from flask import (
    Blueprint,
    Response,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from itsdangerous import BadSignature, TimestampSigner
from werkzeug.wrappers import Response as BaseResponse

from socialmap.domain.codes import Niveau
from socialmap.domain.errors import NotFoundError
from socialmap.domain.roles import Recht
from socialmap.editing.change import Desk, RecordFaultsError
from socialmap.editing.propose import ProposalError, accept, propose, take_back
from socialmap.editing.rights import NotAllowedError
from socialmap.store.areas import AREAS_VERSION
from socialmap.store.proposals import Stand, Voorstel, find_proposal, get_proposal
from socialmap.store.vocabulary import read_meta
from web.area_choice import area_choices
from web.context import connection, services, vocabulary
from web.desk import open_desk, reading_desk
from web.look_alike import LookAlike
from web.present import actor_url
from web.security import permission
from web.street_input import FIELDS, KIND_CHOICES, new_id, read_draft
from web.tiles import attribution

pages = Blueprint("straat", __name__)
_ID = re.compile(r"[0-9a-f]{32}")
_TWICE = "U stuurde dit formulier al eens. Wilt u dit ook bewaren, druk dan nog eens op Bewaar."
#: Somebody without an account can come back to what was sent for so long.
_OWN = timedelta(days=1)
#: Follows from when somebody looks, not from what was filled in.
_BY_DAY = "gecontroleerd_op"
_SHAPES = ("buurt", "wijk", "gemeente")
_STYLES = ("thema", "basis", "kader", "onderdelen", "blokken", "paginas", "paginas_feiten")
_OWN_STYLES = ("paginas_lijsten", "wijkwerk", "kaart", "kaartmerken", "straat")
#: A module asks for what it imports by an address without a fingerprint.
_IMPORTED = ("gebieden", "straat_wachtrij")


@pages.get("/bijwerken/nieuw")
@permission(Niveau.OPENBAAR)
def nieuw() -> Response:
    """Show the empty form."""
    return _form(dict.fromkeys(FIELDS, ""), new_id(), {})


@pages.post("/bijwerken/nieuw")
@permission(Niveau.OPENBAAR)
def bewaar() -> BaseResponse:
    """Keep what was filled in as a proposal, once however often it is sent."""
    filled = {name: " ".join(request.form.get(name, "").split()) for name in FIELDS}
    sent = request.form.get("eigen", "")
    key = sent if _ID.fullmatch(sent) else new_id()
    with open_desk(visitor=True) as desk:
        kept = find_proposal(desk.conn, key)
        if kept is not None and kept.status is not Stand.OPEN:
            return _kept(key)
        try:
            draft = read_draft(desk, filled)
            if kept is None:
                if not desk.account.may(Recht.VOORSTELLEN):
                    raise NotAllowedError
                propose(desk, "actoren", "", draft.cellen, key)
            elif _without_day(kept.cellen) != _without_day(draft.cellen):
                return _refused(filled, new_id(), {"": _TWICE}, 409)
        except RecordFaultsError as error:
            return _refused(filled, key, error.fouten, 422)
        except ProposalError as error:
            return _refused(filled, key, {"": str(error)}, 409)
    return _kept(key)


@pages.get("/bijwerken/nieuw/<voorstel_id>")
@permission(Niveau.OPENBAAR)
def bewaard(voorstel_id: str) -> Response:
    """Say what happens now, and what it looks like."""
    desk = reading_desk(visitor=True)
    own = _own(desk, voorstel_id)
    page = render_template(
        "nieuw_bewaard.html",
        voorstel=own,
        naam=own.cellen.get("naam", ""),
        open=own.status is Stand.OPEN,
        aanvaard=own.status is Stand.AANVAARD,
        mag_zelf=_BY_DAY in own.cellen,
        lijkt=LookAlike(desk).links(own.cellen) if own.status is Stand.OPEN else [],
        bewijs=_signer().sign(own.id).decode(),
    )
    return _not_kept(make_response(page))


@pages.post("/bijwerken/nieuw/<voorstel_id>/terug")
@permission(Niveau.OPENBAAR)
def terug(voorstel_id: str) -> BaseResponse:
    """Take back one's own proposal; for a visitor the value in the page is the proof."""
    with open_desk(visitor=True) as desk:
        own = _own(desk, voorstel_id)
        if not own.door and not _is_proof(request.form.get("bewijs", ""), own.id):
            raise NotFoundError("Voorstel", voorstel_id[:80])
        take_back(desk, own.id)
    return redirect(url_for("straat.bewaard", voorstel_id=own.id), 303)


@pages.post("/bijwerken/nieuw/<voorstel_id>/zet")
@permission(Niveau.OPENBAAR, Recht.BEWERKEN)
def zet(voorstel_id: str) -> BaseResponse:
    """Put one's own proposal on the map."""
    with open_desk() as desk:
        made = accept(desk, _own(desk, voorstel_id).id)
    return redirect(actor_url(made.id), 303)


@pages.get("/bijwerken/sw.js")
@permission(Niveau.OPENBAAR)
def dienst() -> Response:
    """Give the script that keeps the page of the form, and nothing of the map, on the phone."""
    keep = _to_keep()
    script = render_template(
        "straat_dienst.js",
        pagina=url_for("straat.nieuw"),
        bewaar=keep,
        versie=sha256("|".join(keep).encode()).hexdigest()[:12],
    )
    response = Response(script, mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _to_keep() -> list[str]:
    """List what the form needs of this server where there is no network."""
    version = read_meta(connection(), AREAS_VERSION) or ""
    files = [f"css/{name}.css" for name in (*_STYLES, *_OWN_STYLES)]
    files += ["vendor/nl-design-system/nlds.css", "vendor/leaflet/leaflet.css", "css/druk.css"]
    files += ["vendor/leaflet/leaflet.js", "vendor/htmx/htmx.min.js", "img/merk.svg"]
    files += [f"vendor/{font}/latin.woff2" for font in ("source-sans-3", "bricolage-grotesque")]
    files += [f"js/{name}.js" for name in ("basis", "straat")]
    bare = [url_for("static", filename=f"js/{name}.js").split("?")[0] for name in _IMPORTED]
    shapes = [f"/api/v1/kaart/gebieden?niveau={level}&v={version}" for level in _SHAPES]
    own = [url_for("static", filename=name) for name in files]
    return [*own, *bare, url_for("kaart.script"), *shapes]


def _kept(key: str) -> BaseResponse:
    address = url_for("straat.bewaard", voorstel_id=key)
    return _not_kept(jsonify({"adres": address})) if _by_script() else redirect(address, 303)


def _refused(filled: dict[str, str], key: str, faults: dict[str, str], status: int) -> Response:
    if not _by_script():
        return _form(filled, key, faults, status)
    answer = jsonify({"fouten": faults})
    answer.status_code = status
    return _not_kept(answer)


def _form(filled: dict[str, str], key: str, faults: dict[str, str], status: int = 200) -> Response:
    basemap = services().settings.basemap
    page = render_template(
        "nieuw.html",
        ingevuld=filled,
        eigen=key,
        fouten=faults,
        soorten=KIND_CHOICES,
        themas=[(theme.code, theme.label) for theme in vocabulary().themas.values()],
        namen=area_choices(),
        vormen=read_meta(connection(), AREAS_VERSION) or "",
        ondergrond=attribution(basemap) if basemap else "",
    )
    return _not_kept(make_response(page, status))


def _own(desk: Desk, voorstel_id: str) -> Voorstel:
    """Give one's own proposal; of a visitor it is whoever holds its id, which nobody can guess."""
    found = get_proposal(desk.conn, voorstel_id[:80])
    late = not found.door and desk.now - found.wanneer > _OWN
    strange = bool(found.door) and found.door != desk.account.id
    if found.sleutel or late or strange or not _ID.fullmatch(found.id):
        raise NotFoundError("Voorstel", voorstel_id[:80])
    return found


def _is_proof(text: str, key: str) -> bool:
    try:
        signed = _signer().unsign(text, max_age=int(_OWN.total_seconds()))
    except BadSignature:
        return False
    return signed.decode() == key


def _signer() -> TimestampSigner:
    return TimestampSigner(services().settings.secret, salt="eigen-voorstel")


def _without_day(cells: Any) -> dict[str, str]:
    return {name: text for name, text in cells.items() if name != _BY_DAY}


def _by_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _not_kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
