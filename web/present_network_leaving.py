"""Say what is to be handed over when somebody leaves, one by one, and write to the partners."""

from __future__ import annotations

from dataclasses import dataclass

from socialmap.domain.codes import RELATIE_LABELS, Feitelijk, Richting
from socialmap.domain.model import Actor
from socialmap.network.leaving import Handover, Leaving, find_colleagues, find_leaving
from socialmap.network.reading import Seen
from web.present_network import Link, Sentence, link_to, say_sentence, say_strength
from web.present_words import join_words


@dataclass(frozen=True, slots=True)
class ToHandOver:
    """One tie to hand over: with whom, how, to whom (None: nobody is known), and why."""

    wie: Link
    band: str
    door: Link | None
    waarom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidLeaving:
    """
    What is to be done before somebody leaves.

    Attributes
    ----------
    wie
        Who leaves.
    alleen
        Ties that no colleague has, strongest first.
    ook
        Neighbours that a colleague knows as well, with those colleagues.
    los
        Who comes loose from the rest; None when nobody does.
    collegas
        How many colleagues are known.
    bericht
        Text for the partners; empty when not everybody may know of who leaves.
    """

    wie: Link
    alleen: tuple[ToHandOver, ...]
    ook: tuple[Sentence, ...]
    los: Sentence | None
    collegas: int
    bericht: str


def say_leaving(seen: Seen, public: Seen, actor_id: str) -> SaidLeaving:
    """
    Say what is to be handed over when an actor leaves.

    Parameters
    ----------
    seen
        The network of the reader.
    public
        That of everybody: the notice goes to others, so nothing else is in it.
    actor_id
        Who leaves.

    Raises
    ------
    NotFoundError
        If the actor is not in the network of the reader.
    """
    found = find_leaving(seen.network, actor_id)
    lines = [(_strength(seen, actor_id, one.actor_id), one) for one in found.alleen]
    lines.sort(key=lambda line: (-line[0], _name(seen, line[1].actor_id).casefold()))
    return SaidLeaving(
        wie=link_to(seen.network.actors[actor_id]),
        alleen=tuple(_line(seen, found, one) for _, one in lines),
        ook=tuple(
            say_sentence(seen, f"{_name(seen, key)} heeft ook een band met", colleagues)
            for key, colleagues in sorted(
                found.ook, key=lambda pair: (_name(seen, pair[0]).casefold(), pair[0])
            )
        ),
        los=_say_loose(seen, found),
        collegas=len(found.collegas),
        bericht=_notice(public, actor_id) if actor_id in public.network.actors else "",
    )


def _say_loose(seen: Seen, found: Leaving) -> Sentence | None:
    if not found.raakt_los:
        return None
    many = len(found.raakt_los)
    verb = "raakt 1 ander" if many == 1 else f"raken {many} anderen"
    return say_sentence(seen, f"Zonder overdracht {verb} los van de rest:", found.raakt_los)


def _line(seen: Seen, found: Leaving, one: Handover) -> ToHandOver:
    return ToHandOver(
        wie=link_to(seen.network.actors[one.actor_id]),
        band=_say_tie(seen, found.actor_id, one.actor_id),
        door=None if one.door is None else link_to(seen.network.actors[one.door]),
        waarom=_say_why(seen, found, one),
    )


def _say_why(seen: Seen, found: Leaving, one: Handover) -> str:
    other = _name(seen, one.actor_id)
    if one.door is None or one.groep is None:
        if found.collegas:
            return f"Geen collega heeft een weg naar {other}. Ga samen kennismaken."
        return ""
    return f"{_say_shared(seen, found, one)} {_say_distance(seen, one)}"


def _say_shared(seen: Seen, found: Leaving, one: Handover) -> str:
    leaver, group = _name(seen, found.actor_id), _name(seen, one.groep or "")
    if one.groep == found.actor_id:
        return f"Hoort bij {leaver}." if one.collega else f"Doet mee aan {leaver}."
    if one.groep == one.door:
        return f"{leaver} hoort erbij." if one.collega else f"{leaver} doet eraan mee."
    if one.collega:
        return f"Hoort net als {leaver} bij {group}."
    return f"Zit net als {leaver} aan tafel bij {group}."


def _say_distance(seen: Seen, one: Handover) -> str:
    other = _name(seen, one.actor_id)
    between = [_name(seen, key) for key in one.weg[1:-1]]
    if not between:
        return f"Kent {other} ook zelf."
    if len(between) == 1:
        return f"Staat het dichtst bij: kan via {between[0]} kennismaken met {other}."
    return f"Staat het dichtst bij, in {len(one.weg) - 1} stappen: via {join_words(between)}."


def _say_tie(seen: Seen, van: str, naar: str) -> str:
    """Say the strongest actual tie between two, read from the first."""
    ties = [
        tie
        for tie in seen.ties_of.get(van, ())
        if tie.feitelijk is Feitelijk.FEITELIJK and naar in (tie.van_id, tie.naar_id)
    ]
    best = min(ties, key=lambda tie: (-tie.sterkte, tie.id))
    forward = best.van_id == van or best.richting is Richting.WEDERKERIG
    words = RELATIE_LABELS[best.soort][0 if forward else 1]
    return f"{_name(seen, van)} {words} {_name(seen, naar)}: {say_strength(best)}."


def _strength(seen: Seen, van: str, naar: str) -> int:
    return max(
        tie.sterkte
        for tie in seen.ties_of.get(van, ())
        if tie.feitelijk is Feitelijk.FEITELIJK and naar in (tie.van_id, tie.naar_id)
    )


def _notice(public: Seen, actor_id: str) -> str:
    """Write one notice to all partners, with room for what the program does not know."""
    actors = public.network.actors
    naam = actors[actor_id].naam
    colleagues, _ = find_colleagues(public.network, actor_id)
    groups = sorted({shared for key, shared in colleagues.items() if key == shared})
    reach = [f"- {_contact(actors[key])}" for key in groups]
    return "\n".join(
        [
            "Beste partner,",
            "",
            f"{naam} stopt op [vul de datum in].",
            "Wij dragen het contact met u over aan een collega. Die collega neemt zelf contact "
            "met u op, vóór [vul de datum in].",
            "",
            "Tot die tijd kunt u terecht bij:",
            *(reach or ["- [vul een naam en telefoonnummer in]"]),
            "",
            "Moeten wij iets weten over de samenwerking? Bel of mail dan met [vul uw naam en "
            "telefoonnummer in].",
            "",
            "Met vriendelijke groet,",
            "[vul uw naam in]",
        ]
    )


def _contact(actor: Actor) -> str:
    return ", ".join(part for part in (actor.naam, actor.telefoon, actor.email) if part)


def _name(seen: Seen, actor_id: str) -> str:
    return seen.network.actors[actor_id].naam
