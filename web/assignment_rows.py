"""Say wijkopdrachten in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from socialmap.domain.choices import (
    HOEDANIGHEID_LABELS,
    KANT_LABELS,
    OPDRACHT_LABELS,
    OPDRACHTSTATUS_LABELS,
    STAP_LABELS,
    Hoedanigheid,
    Kant,
    Opdrachtstatus,
    Opdrachttitel,
    Stap,
)
from socialmap.domain.model import Wijkopdracht
from web.context import area_names, vocabulary
from web.present_signals import lower, say_due
from web.present_words import join_words


def present_assignment(one: Wijkopdracht, today: date) -> dict[str, Any]:
    """Say one assignment: what, where, who does what by when, and how far it is."""
    words, done = vocabulary(), one.status == Opdrachtstatus.KLAAR.value
    themes = [lower(words.label(code)) for code in one.themas]
    due = "." if done else say_due(one.datum, today)
    return {
        "id": one.id,
        "titel": OPDRACHT_LABELS[Opdrachttitel(one.titel)],
        "waar": area_names().get(one.gebied, one.gebied),
        "gebied": one.gebied,
        "over": _capital(join_words(themes)),
        "voor": _groups(one),
        "kant": KANT_LABELS[Kant(one.kant)],
        "eigenaar": HOEDANIGHEID_LABELS[Hoedanigheid(one.eigenaar)],
        "stap": f"{STAP_LABELS[Stap(one.stap)]}{due}",
        "status": OPDRACHTSTATUS_LABELS[Opdrachtstatus(one.status)],
        "klaar": done,
    }


def _groups(one: Wijkopdracht) -> str:
    """Name the groups of the gaps; nothing when they are for everybody."""
    codes = dict.fromkeys(gap.rpartition("|")[2] for gap in one.gaten)
    return join_words([vocabulary().label(code) for code in codes if code])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
