"""Say signals, steps and assignments in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from socialmap.domain.choices import (
    ANTWOORD_LABELS,
    HOEDANIGHEID_LABELS,
    SIGNAALSOORT_LABELS,
    STAP_LABELS,
    Antwoord,
    Hoedanigheid,
    Signaalsoort,
    Signaalstatus,
    Stap,
)
from socialmap.domain.vocabulary import Vocabulary
from socialmap.store.signals import LEAST, SignalGroup, Step
from web.present_words import say_date

_NUMBERS = (
    "Nul",
    "Eén",
    "Twee",
    "Drie",
    "Vier",
    "Vijf",
    "Zes",
    "Zeven",
    "Acht",
    "Negen",
    "Tien",
    "Elf",
    "Twaalf",
)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """
    One group of signals in words.

    Attributes
    ----------
    zin
        How often what was reported, where.
    stand
        Mark of what is done about it now, for a form that changes it.
    nieuw
        Whether it had reporters enough only since the last meeting.
    """

    gebied: str
    thema: str
    soort: str
    zin: str
    stap: str
    antwoord: str
    opgepakt: bool
    stand: str
    laatste: str
    nieuw: bool = False


def present_group(
    group: SignalGroup, words: Vocabulary, names: Mapping[str, str], today: date, since: date
) -> GroupRow:
    """Say one group; `since` is the day of the last meeting."""
    subject, area = lower(words.label(group.thema)), names.get(group.gebied, group.gebied)
    return GroupRow(
        gebied=group.gebied,
        thema=group.thema,
        soort=group.soort,
        zin=_sentence(group, subject, area),
        stap=say_step(group.step, today),
        antwoord=say_answer(group.step),
        opgepakt=bool(group.step.eigenaar),
        stand=mark_of(group.step),
        laatste=say_date(group.laatste),
        nieuw=group.sinds >= since,
    )


def present_theme(
    group: SignalGroup, words: Vocabulary, names: Mapping[str, str], today: date, since: date
) -> GroupRow:
    """Say a theme about which signals of different kinds came in; their number is not said."""
    row = present_group(group, words, names, today, since)
    many = f"Minstens {_NUMBERS[LEAST].lower()} mensen meldden iets over "
    subject, area = lower(words.label(group.thema)), names.get(group.gebied, group.gebied)
    return GroupRow(
        gebied=row.gebied,
        thema=row.thema,
        soort="",
        zin=f"{many}{subject} in {area}, om verschillende redenen.",
        stap=row.stap,
        antwoord="",
        opgepakt=row.opgepakt,
        stand=row.stand,
        laatste=row.laatste,
        nieuw=row.nieuw,
    )


def say_step(step: Step, today: date) -> str:
    """Say who does what by when; nothing when nobody does."""
    if not step.eigenaar:
        return ""
    said = HOEDANIGHEID_LABELS[Hoedanigheid(step.eigenaar)]
    if step.stap:
        said += f": {lower(STAP_LABELS[Stap(step.stap)])}"
    return said + say_due(step.stap_op, today)


def say_due(day: date | None, today: date) -> str:
    """Say by when a step is done, and that it is late when it is."""
    if day is None:
        return "."
    late = " Die dag is voorbij." if day < today else ""
    return f", klaar op {say_date(day)}.{late}"


def say_answer(step: Step) -> str:
    """Say the answer with its day; nothing when there is none."""
    if not step.antwoord:
        return ""
    said = ANTWOORD_LABELS[Antwoord(step.antwoord)]
    when = f" van {say_date(step.antwoord_op)}" if step.antwoord_op else ""
    return f"Antwoord{when}: {lower(said)}"


def say_own_signal(step: Step, today: date) -> str:
    """Tell the reporter how far it is."""
    if step.status is Signaalstatus.NIEUW:
        return (
            "Uw melding is binnen. Melden drie mensen hetzelfde, dan komt het op de lijst en "
            "bespreken wijkteam, opbouwwerk en gebiedsverbinder het samen."
        )
    if step.status is Signaalstatus.OPGEPAKT:
        return f"Dit is opgepakt. {say_step(step, today)}".strip()
    if step.status is Signaalstatus.BESLOTEN and not step.antwoord:
        return "Hierover is besloten. Het antwoord komt hier te staan."
    return say_answer(step)


def mark_of(step: Step) -> str:
    """Give a mark of a step: another mark means that somebody changed it meanwhile."""
    told = (step.status, step.eigenaar, step.stap, step.stap_op, step.antwoord, step.antwoord_op)
    return sha256("|".join(str(part or "") for part in told).encode()).hexdigest()[:16]


def lower(label: str) -> str:
    """Put a label in the middle of a sentence."""
    return label[:1].lower() + label[1:]


def _sentence(group: SignalGroup, subject: str, area: str) -> str:
    count = _NUMBERS[group.melders] if group.melders < len(_NUMBERS) else str(group.melders)
    said = f"{count} keer {subject} in {area}"
    if not group.soort:
        return f"{said}, om verschillende redenen."
    return f"{said}: {lower(SIGNAALSOORT_LABELS[Signaalsoort(group.soort)])}."
