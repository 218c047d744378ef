"""What needs attention in my areas: one tap says that it is still right."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from socialmap.domain.codes import Niveau
from socialmap.domain.model import Aanbod, Actor
from socialmap.domain.roles import Account, Recht
from socialmap.editing.attention import needs_attention
from socialmap.editing.ownership import own_record
from socialmap.editing.propose import waiting_for
from socialmap.store.areas import area_names
from socialmap.store.filters import RecordFilter
from socialmap.store.records import list_aanbod, list_actors
from web.context import connection, lezer, services, today
from web.desk import reading_desk
from web.mailing import can_ask, told_rows
from web.present import actor_url, badge, offer_url
from web.present_consent import ask_again, to_erase
from web.security import permission
from web.session import current_account

pages = Blueprint("bijwerken", __name__)
#: Records of one area that are looked at, and rows that are shown.
_MOST, _SHOWN = 2000, 50


@pages.get("/bijwerken")
@permission(Niveau.OPENBAAR, Recht.VOORSTELLEN)
def bijwerken() -> str:
    """List what was not checked for long, the one that is missed most first."""
    account = current_account()
    assert account is not None  # noqa: S101 -- the permission asks for an account
    found = needs_attention(_records(account), _ties(), today())
    names = area_names(connection())
    mailable = can_ask([one.record for one in found[:_SHOWN]], account)
    return render_template(
        "bijwerken.html",
        gebieden=[names.get(code, code) for code in account.gebieden],
        eigen=bool(own_record(reading_desk())),
        totaal=len(found),
        opnieuw=ask_again(reading_desk()),
        wissen=to_erase(reading_desk()),
        berichten=told_rows(reading_desk()) if account.may(Recht.BEWERKEN) else [],
        gevraagd=request.args.get("gevraagd", ""),
        voorstellen=len(waiting_for(reading_desk())) if account.may(Recht.BEWERKEN) else 0,
        rijen=[
            {
                "tabel": "actoren" if isinstance(one.record, Actor) else "aanbod",
                "id": one.record.id,
                "naam": one.record.naam,
                "url": _url(one.record),
                "versheid": badge(one.record, today()),
                "banden": one.banden,
                "te_vragen": one.record.id in mailable,
            }
            for one in found[:_SHOWN]
        ],
    )


def _records(account: Account) -> list[Actor | Aanbod]:
    """Read the records of the areas of an account, each once; a partner has its own."""
    if account.actor_id:
        keep = [RecordFilter(actor_id=account.actor_id)]
    else:
        keep = [RecordFilter(gebied=code) for code in account.gebieden or ("",)]
    found: dict[str, Actor | Aanbod] = {}
    for one in keep:
        actors = list_actors(connection(), one, lezer(), today(), na="", limit=_MOST)
        offers = list_aanbod(connection(), one, lezer(), today(), na="", limit=_MOST)
        found |= {actor.id: actor for actor in actors.resultaten}
        found |= {offer.id: offer for offer in offers.resultaten}
    return list(found.values())


def _ties() -> dict[str, int]:
    seen = services().finder.networks.current(connection(), lezer(), today())
    return dict(seen.network.lines.degree())


def _url(record: Actor | Aanbod) -> str:
    return actor_url(record.id) if isinstance(record, Actor) else offer_url(record.id)
