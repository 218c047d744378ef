"""Count a search without a good answer, at most once a visit; the question itself is not kept."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from flask import Response, after_this_request, request
from itsdangerous import BadSignature, TimestampSigner

from socialmap.domain.errors import StorageError
from socialmap.finding.language import understand
from socialmap.finding.place import Plek
from socialmap.finding.question import Antwoord, Vraag
from socialmap.finding.unmet import unmet_need
from socialmap.store.engine import Store
from socialmap.store.unmet import count_unmet, delete_small, has_small
from web.context import connection, services, today
from web.finding_input import Zoekvraag

#: Says "already counted", signed, and nothing else; gone when the browser closes.
COOKIE = "geteld"
_SAID = "1"
#: A browser that never closes starts a new visit after so many seconds.
_VISIT_S = 8 * 3600


def count_if_unmet(asked: Zoekvraag, found: Antwoord, plek: Plek | None) -> None:
    """
    Count this search when it had no good answer; call it after each answer of the page.

    The answer to this request gets the cookie when the search was counted.

    Parameters
    ----------
    asked, found, plek
        The question, and what `finding_input.answer` gave for it.

    Notes
    -----
    A full disk keeps nobody from an answer: then nothing is counted.
    """
    store, day = services().store, today()
    with suppress(StorageError):
        forget_small_counts(store, day)
    if _counted_before():
        return
    finder = services().finder
    gebieden = finder.here.areas(connection(), plek.lon, plek.lat) if plek else ()
    if not gebieden and asked.gebied:
        gebieden = (asked.gebied,)
    chosen = Vraag(themas=tuple(asked.themas), doelgroepen=tuple(asked.doelgroepen))
    understood = understand(asked.q, finder.lexicon)
    need = unmet_need(found.zekerheid, chosen, understood, gebieden)
    if need is None:
        return
    with suppress(StorageError):
        with store.writing() as conn:
            count_unmet(conn, need, day)
        after_this_request(_mark)


def forget_small_counts(store: Store, today: date) -> None:
    """
    Delete the counts of ended months that are too small to keep.

    Raises
    ------
    StorageError
        When the disk is full; they are then deleted at the next search or start.
    """
    with store.reading() as conn:
        small = has_small(conn, today)
    if small:
        with store.writing() as conn:
            delete_small(conn, today)


def _mark(response: Response) -> Response:
    response.set_cookie(
        COOKIE,
        _signer().sign(_SAID).decode(),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return response


def _counted_before() -> bool:
    try:
        value = _signer().unsign(request.cookies.get(COOKIE, ""), max_age=_VISIT_S)
    except BadSignature:
        return False
    return value == _SAID.encode()


def _signer() -> TimestampSigner:
    return TimestampSigner(services().settings.secret, salt=COOKIE)
