"""What the frame around every page shows: menu, reader, name of the region, and the map's age."""

from __future__ import annotations

from typing import Any

from flask import Flask, request, url_for

from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.roles import Recht
from socialmap.store.areas import list_areas
from web.context import connection, is_example, lezer, services
from web.session import current_account

_MENU = (
    ("kaart.kaart", "Kaart"),
    ("zoeken.zoeken", "Zoeken"),
    ("netwerk.netwerk", "Netwerk"),
    ("dekking.dekking", "Dekking"),
    ("gebied.gebieden", "Gebieden"),
)
_FOOT = (
    ("signalen.signalen", "Signalen"),
    ("opdrachten.opdrachten", "Wijkopdrachten"),
    ("handleiding.handleiding", "Handleiding"),
    ("informatie.gegevens", "Over de gegevens"),
    ("ontwikkelaars.ontwikkelaars", "Voor ontwikkelaars"),
    ("informatie.privacy", "Privacy"),
    ("informatie.toegankelijkheid", "Toegankelijkheid"),
)


def register(app: Flask) -> None:
    """Give these to every template."""

    @app.context_processor
    def _frame() -> dict[str, Any]:
        return {
            "navigatie": [
                (url_for(endpoint), words, request.path == url_for(endpoint))
                for endpoint, words in (*_MENU, *_own_menu())
            ],
            "voetlinks": [(url_for(endpoint), words) for endpoint, words in (*_own_foot(), *_FOOT)],
            "lezer": lezer().niveau.code,
            "account": current_account(),
            "werkaccount": services().settings.work_sign_in is not None,
        }

    @app.context_processor
    def _of_the_map() -> dict[str, Any]:
        # A page about a fault must also show when the database cannot be read.
        return {"voorbeeld": _LazyFlag(), "plaatsnaam": _LazyRegion()}


def _own_menu() -> tuple[tuple[str, str], ...]:
    """Give what an account has in the menu besides what everybody has."""
    account = current_account()
    return (
        (("bijwerken.bijwerken", "Bijwerken"),)
        if account and account.may(Recht.VOORSTELLEN)
        else ()
    )


def _own_foot() -> tuple[tuple[str, str], ...]:
    """Give what an account that manages something has at the foot, and under "Meer"."""
    account = current_account()
    return (("beheer.beheer", "Beheer"),) if account and account.may(Recht.STUREN) else ()


class _LazyFlag:
    """Whether this is the example, asked when a template wants to know."""

    def __bool__(self) -> bool:
        return is_example()


class _LazyRegion:
    """Names of the municipalities that have buurten, asked when a template shows them."""

    def __str__(self) -> str:
        towns = [t.naam for t in list_areas(connection(), Gebiedsniveau.GEMEENTE) if t.buurten]
        if len(towns) < 2:
            return "".join(towns)
        return f"{', '.join(towns[:-1])} en {towns[-1]}" if len(towns) < 5 else "Nederland"
