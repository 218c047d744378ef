"""Say what went wrong and what to do next: a page for people, problem details for programs."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from socialmap.accounts.inviting import LinkEndedError
from socialmap.coverage.planning import NotProvenError
from socialmap.domain.errors import NotFoundError, SocialMapError, StorageError
from socialmap.editing.change import RecordFaultsError
from socialmap.editing.merge import MergeError
from socialmap.editing.ownership import OwnershipError
from socialmap.editing.propose import ProposalError
from socialmap.editing.refusing import RefusalError
from socialmap.editing.rights import NotAllowedError
from socialmap.finding.place import PlaceError
from web.filters_query import BadFilterError
from web.finding_input import QuestionError
from web.moved import moved_to
from web.own_site import OtherSiteError
from web.record_input import InputError

_LOG = logging.getLogger("socialmap.web")


@dataclass(frozen=True, slots=True)
class Explanation:
    """Title and next step of an error."""

    titel: str
    uitleg: str


_EXPLANATIONS = {
    400: Explanation(
        "Dit adres klopt niet",
        "Iets in het adres is niet te lezen. Ga naar de kaart en kies opnieuw.",
    ),
    403: Explanation(
        "Dit mag u niet", "Uw account mag dit niet zien of doen. Vraag het de beheerder."
    ),
    401: Explanation("Log eerst in", "Dit kan alleen met een account. Log in en doe het opnieuw."),
    409: Explanation("Dit kan nu niet", "Kijk wat er nu staat, en doe het opnieuw."),
    410: Explanation("Deze link werkt niet meer", "Vraag de beheerder om een nieuwe link."),
    404: Explanation(
        "Deze bladzijde is er niet",
        "Misschien is het adres veranderd, of is dit niet voor iedereen. Zoek op de kaart.",
    ),
    405: Explanation("Dit kan hier niet", "Ga terug en gebruik de knop op de bladzijde."),
    413: Explanation("Dit is te groot", "Stuur minder tegelijk."),
    428: Explanation("Zeg wat u had gelezen", "Open de bladzijde opnieuw en bewaar dan."),
    422: Explanation("Deze vraag kan zo niet", "Ga terug en vul de vraag anders in."),
    414: Explanation("Dit adres is te lang", "Zet een paar filters uit en probeer het opnieuw."),
    507: Explanation(
        "Dit is niet bewaard",
        "De schijf van de server is vol of bezet. Probeer het zo nog eens. Lezen kan gewoon.",
    ),
    500: Explanation(
        "Er ging bij ons iets mis",
        "Het ligt niet aan u. Probeer het zo nog eens. "
        "Blijft het misgaan, geef dan dit nummer door.",
    ),
}

#: Where programs need other words: there is no page or button to send them to.
_PROBLEMS = _EXPLANATIONS | {
    400: Explanation("Deze vraag klopt niet", "Kijk in /api/v1/openapi.json wat u kunt vragen."),
    401: Explanation(
        "Zeg eerst wie u bent", "Stuur een sleutel mee: Authorization: Bearer SLEUTEL."
    ),
    403: Explanation("Dit mag u niet", "Dit account mag dit niet zien of doen."),
    404: Explanation(
        "Dit is er niet", "Het adres of de code klopt niet, of het is niet voor iedereen."
    ),
    428: Explanation("Stuur If-Match mee", "Zet daarin de ETag van wat u las."),
    405: Explanation("Dit kan hier niet", "Gebruik een van de methoden in Allow."),
    414: Explanation("Dit adres is te lang", "Vraag minder tegelijk."),
}

#: Which status says what kind of refusal; any other error of ours is a fault.
_CODES: dict[type[SocialMapError], int] = {
    NotFoundError: 404,
    LinkEndedError: 410,
    InputError: 422,
    NotProvenError: 422,
    PlaceError: 422,
    QuestionError: 422,
    RecordFaultsError: 422,
    ProposalError: 409,
    MergeError: 409,
    OwnershipError: 409,
    RefusalError: 409,
    NotAllowedError: 403,
    OtherSiteError: 403,
    StorageError: 507,
}


def register(app: Flask) -> None:
    """Answer every error in one way."""

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        return _answer(error.code or 500, "", error)

    @app.errorhandler(SocialMapError)
    def _refused(error: SocialMapError) -> Response:
        if isinstance(error, NotFoundError) and (moved := moved_to(error)) is not None:
            return moved
        for kind, code in _CODES.items():
            if isinstance(error, kind):
                return _answer(code, "" if code >= 500 else str(error), error)
        return _unknown(error)

    @app.errorhandler(BadFilterError)
    def _unreadable(error: BadFilterError) -> Response:
        if request.path.startswith("/api/"):
            return _answer(400, str(error), error)
        return _answer(400, f"Het filter ‘{error.parameter}’ kennen wij zo niet.", error)

    @app.errorhandler(Exception)
    def _unknown(error: Exception) -> Response:
        number = secrets.token_hex(4)
        # The log names the route, never the address: a question or a key may be in it.
        _LOG.exception("fout %s bij %s", number, request.url_rule, exc_info=error)
        return _answer(500, "", number=number)


def _answer(code: int, detail: str, error: Exception | None = None, number: str = "") -> Response:
    if code >= 500:
        # What went wrong may be the reading of accounts itself.
        g.setdefault("account", None)
        g.setdefault("may_write", False)
    if request.path.startswith("/api/"):
        response = _problem(code, detail, error, number)
    else:
        said = _explain(_EXPLANATIONS, code)
        page = render_template(
            "fout.html", fout=said, detail=detail, nummer=number, kaal=code >= 500
        )
        response = make_response(page)
    response.status_code = code
    if code == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if request.method == "POST":
        response.headers["Cache-Control"] = "no-store"
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(error.valid_methods)
    return response


def _problem(code: int, detail: str, error: Exception | None, number: str) -> Response:
    """Answer a program by RFC 9457, with the parameter that was wrong and what it takes."""
    said = _explain(_PROBLEMS, code)
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": said.titel,
        "status": code,
        "detail": detail or said.uitleg,
    }
    if number:
        told["instance"] = f"urn:fout:{number}"
    if isinstance(error, RecordFaultsError):
        told["fouten"] = [{"veld": field, "melding": said} for field, said in error.fouten.items()]
    if isinstance(error, BadFilterError):
        told["parameter"] = error.parameter
        if error.toegestaan:
            told["toegestaan"] = list(error.toegestaan)
    response = jsonify(told)
    response.mimetype = "application/problem+json"
    return response


def _explain(known: dict[int, Explanation], code: int) -> Explanation:
    return known.get(code) or known[400 if code < 500 else 500]
