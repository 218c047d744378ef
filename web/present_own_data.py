"""Say in words what is kept about a sleutelfiguur, for the person itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from socialmap.domain.clock import ZONE
from socialmap.domain.roles import ROL_LABELS
from socialmap.editing.held import Held
from socialmap.store.person import KeptConsent
from web.form_fields import question_of
from web.present_words import say_date

_KINDS = {"actor": "Uw gegevens", "aanbod": "Wat u doet", "relatie": "Een band"}
_WORDS = {
    "id": "Nummer op de kaart",
    "gecontroleerd_op": "Nagekeken op",
    "gecontroleerd_door": "Nagekeken door",
    "bron": "Waar het vandaan komt",
    "toestemming_op": "Toestemming vanaf",
    "toestemming_tot": "Toestemming tot",
    "toestemming_doel": "Waarvoor",
    "toestemming_niveau": "Voor wie",
    "toestemming_door": "Vastgelegd door",
    "met": "Met wie",
    "van_id": "Van",
    "naar_id": "Naar",
    "sterkte": "Hoe sterk (1 tot 3)",
    "toelichting": "Toelichting",
}
_LEVELS = {"team": "het wijkteam en de opbouwwerkers", "professional": "professionals in de wijk"}
_DONE = {
    "toestemming": "legde uw toestemming vast",
    "ingetrokken": "trok uw toestemming in",
}
_ROLES = {role.value: label for role, label in ROL_LABELS.items()}


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, and lines of a question and what is kept."""

    titel: str
    regels: tuple[tuple[str, str], ...]


def present_held(held: Held, today: date) -> list[tuple[str, list[Block]]]:
    """Give chapters, each with its blocks; a chapter without anything says so in the template."""
    return [
        ("Wat er van u staat", [Block("", _lines(held.record))]),
        ("Uw toestemming", [_consent(one, today) for one in held.toestemmingen]),
        ("Wat u doet voor bewoners", [Block("", _lines(one)) for one in held.aanbod]),
        ("Met wie u samenwerkt", [Block("", _lines(one)) for one in held.banden]),
        (
            "Wat er eerder stond",
            [
                Block(
                    f"{_KINDS[one.wat]}, {_moment(one.wanneer)}, door {_role(one.wie)}",
                    tuple(
                        (
                            _question(name),
                            f"was: {one.voor[name] or 'leeg'}, werd: {one.na[name] or 'leeg'}",
                        )
                        for name in one.na
                        if name in one.voor
                    ),
                )
                for one in held.geschiedenis
            ],
        ),
        (
            "Voorstellen van anderen over u",
            [Block(_moment(one["wanneer"]), _lines(one["cellen"])) for one in held.voorstellen],
        ),
        (
            "Mails aan u",
            [Block("", ((_moment(mail.gemaakt), mail.onderwerp),)) for mail in held.post],
        ),
        (
            "Wie iets deed",
            [
                Block(
                    "", ((_moment(line.wanneer), f"{_role(who)} {_DONE.get(line.wat, line.wat)}"),)
                )
                for line, who in held.logboek
            ],
        ),
    ]


def _consent(one: KeptConsent, today: date) -> Block:
    if one.vervallen_op is not None:
        verb = "ingetrokken" if one.ingetrokken else "vervangen of beëindigd"
        state = f"{verb} op {say_date(one.vervallen_op.astimezone(ZONE).date())}"
    elif today < one.eind:
        state = f"geldt tot {say_date(one.eind)}"
    else:
        state = f"voorbij sinds {say_date(one.eind)}"
    lines = (
        ("Gegeven op", say_date(one.op)),
        ("Nu", state),
        ("Waarvoor", one.doel),
        ("Voor wie", _LEVELS.get(one.niveau, one.niveau)),
        ("Vastgelegd door", one.door),
    )
    return Block("", tuple((asked, said) for asked, said in lines if said))


def _lines(cells: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((_question(name), text) for name, text in cells.items() if text)


def _question(name: str) -> str:
    return _WORDS.get(name) or question_of(name)


def _moment(moment: datetime) -> str:
    here = moment.astimezone(ZONE)
    return f"{say_date(here.date())} om {here:%H:%M}"


def _role(wie: str) -> str:
    return _ROLES.get(wie, wie or "u zelf").lower()
