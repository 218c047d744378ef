"""Keep who works for one municipality to the areas and the people of that municipality."""

from __future__ import annotations

from werkzeug.exceptions import Forbidden

from socialmap.domain.roles import Account
from socialmap.store.areas import municipalities_of_areas
from web.context import connection
from web.session import current_account

_NOT_OWN = "Dit gebied ligt in een andere gemeente. Kies een gebied van uw eigen gemeente."


def is_own_area(code: str) -> bool:
    """Tell whether the reader of this request works in an area; who has no limits does in all."""
    account = current_account()
    if account is None or account.gemeenten is None:
        return True
    held = municipalities_of_areas(connection(), [code]).get(code, frozenset())
    return not account.gemeenten.isdisjoint(held)


def require_own_area(code: str) -> None:
    """Refuse what is about an area of another municipality. Raises Forbidden."""
    if not is_own_area(code):
        raise Forbidden(_NOT_OWN)


def keeps_account(other: Account) -> bool:
    """Tell whether the administrator of this request keeps somebody: all areas are its own."""
    account = current_account()
    if account is None or account.gemeenten is None:
        return account is not None
    return other.gemeenten is not None and other.gemeenten <= account.gemeenten
