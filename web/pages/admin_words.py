"""Which words are in the vocabulary, and those that a municipality adds."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from socialmap.domain.codes import Niveau
from socialmap.domain.roles import Recht
from socialmap.editing.words import Asked, WordError, add_word, set_active
from socialmap.store.admin_words import EigenWoord, Soort, read_words, uses_of_group
from web.context import connection, services, vocabulary
from web.desk import open_desk
from web.security import permission
from web.session import current_account

pages = Blueprint("woorden", __name__)
_LONGEST = 120
SOORTEN = (
    (Soort.THEMA.value, "Een woord voor een thema"),
    (Soort.GROEP.value, "Een woord voor een doelgroep"),
    (Soort.SYNONIEM.value, "Een ander woord voor hetzelfde"),
    (Soort.DOELGROEP.value, "Een nieuwe doelgroep"),
)
#: In which field of the form stands what a kind of word stands for.
_FIELDS = {Soort.THEMA: "thema", Soort.GROEP: "groep", Soort.SYNONIEM: "ander"}


@pages.get("/beheer/woorden")
@permission(Niveau.PROFESSIONAL, Recht.STUREN)
def woorden() -> Response:
    """List the words, and ask for a new one."""
    return _page({}, None)


@pages.post("/beheer/woorden")
@permission(Niveau.BEHEER, Recht.BEHEREN, whole_map=True)
def voeg_toe() -> BaseResponse:
    """Add a word; the next search knows it."""
    form = {name: request.form.get(name, "")[:_LONGEST] for name in (*request.form, "woord")}
    try:
        asked = _read_form(form)
        with open_desk() as desk:
            made = add_word(
                desk.conn,
                asked,
                desk.words,
                services().finder.words.meaning_of,
                wie=desk.account.id,
                now=desk.now,
            )
    except WordError as error:
        return _page(form, error, 422)
    return redirect(url_for("woorden.woorden", bewaard=made.id), 303)


@pages.post("/beheer/woorden/<woord_id>")
@permission(Niveau.BEHEER, Recht.BEHEREN, whole_map=True)
def zet(woord_id: str) -> BaseResponse:
    """Stop a word, or take it up again."""
    active = request.form.get("actief") == "ja"
    with open_desk() as desk:
        set_active(desk.conn, woord_id, active, wie=desk.account.id, now=desk.now)
    return redirect(url_for("woorden.woorden", bewaard=woord_id), 303)


def _read_form(form: dict[str, str]) -> Asked:
    if form.get("soort") not in list(Soort):
        raise WordError("soort", "Kies wat voor woord het is.")
    soort = Soort(form["soort"])
    return Asked(soort=soort, woord=form["woord"], code=form.get(_FIELDS.get(soort, ""), ""))


def _page(filled: dict[str, str], fout: WordError | None, status: int = 200) -> Response:
    words, account = vocabulary(), current_account()
    own = read_words(connection())
    themas = [(thema.code, thema.label) for thema in words.themas.values()]
    page = render_template(
        "beheer_woorden.html",
        mag=account is not None and account.may(Recht.BEHEREN),
        eigen=[_row(word) for word in own],
        bewaard=next((w for w in own if w.id == request.args.get("bewaard")), None),
        soorten=SOORTEN,
        themas=themas,
        groepen=[(groep.code, groep.label) for groep in words.doelgroepen.values()],
        ingevuld=filled,
        fout=str(fout) if fout else "",
        veld=fout.veld if fout else "",
    )
    return make_response(page, status)


def _row(word: EigenWoord) -> dict[str, object]:
    uses = uses_of_group(connection(), word.code) if word.soort is Soort.DOELGROEP else 0
    return {
        "id": word.id,
        "woord": word.woord,
        "actief": word.actief,
        "uitleg": _say(word),
        "gebruik": uses,
    }


def _say(word: EigenWoord) -> str:
    if word.soort is Soort.DOELGROEP:
        return f"eigen doelgroep, code {word.code}"
    if word.soort is Soort.SYNONIEM:
        return f"betekent hetzelfde als ‘{word.code}’"
    kind = "thema" if word.soort is Soort.THEMA else "doelgroep"
    return f"hoort bij {kind} {vocabulary().label(word.code)}"
