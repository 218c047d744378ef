"""The answer to a question as programs get it (interfaces.md, `POST /zoekvragen`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from socialmap.finding.question import Antwoord, Treffer


def introducers(answer: Antwoord) -> set[str]:
    """Give the ids of all actors on the introductions of an answer: their names are to be read."""
    return {actor for one in answer.treffers for actor in one.introductie or ()}


def as_json(answer: Antwoord, names: Mapping[str, str]) -> dict[str, Any]:
    """
    Give an answer as plain values.

    Parameters
    ----------
    answer
        From `Finder.find`.
    names
        Actor id -> its name as the reader may see it, for all of `introducers`. An introduction
        over an actor that has none here is left out whole.
    """
    return {
        "gevaar": [
            {"wie": line.wie, "nummer": line.nummer, "wanneer": line.wanneer}
            for line in answer.gevaar
        ],
        "zekerheid": answer.zekerheid.value,
        "treffers": [_result(one, names) for one in answer.treffers],
        "uitgesloten": [
            {"aanbod_id": one.aanbod_id, "reden": one.reden} for one in answer.uitgesloten
        ],
    }


def _result(one: Treffer, names: Mapping[str, str]) -> dict[str, Any]:
    path = one.introductie
    known = path is not None and all(actor in names for actor in path)
    return {
        "aanbod_id": one.aanbod_id,
        "actor_id": one.actor_id,
        "naam": one.naam,
        "lijn": one.lijn,
        "score": one.score,
        "afstand_m": one.afstand_m,
        "gecontroleerd_op": one.gecontroleerd_op and one.gecontroleerd_op.isoformat(),
        "waarom": [{"soort": why.soort.value, "tekst": why.tekst} for why in one.waarom],
        "introductie": (
            [{"actor_id": actor, "naam": names[actor]} for actor in path or ()] if known else None
        ),
    }
