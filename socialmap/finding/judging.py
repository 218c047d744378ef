"""Read judged questions and measure answers by them: for fitting, benchmarks and tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from socialmap.domain.privacy import Lezer
from socialmap.domain.vocabulary import read_themes
from socialmap.finding.certainty import FIRST, show
from socialmap.finding.find import Asked, Finder
from socialmap.finding.fitting import Answer, Judged, fit_certainty, fit_order, ndcg
from socialmap.finding.index import SearchIndex
from socialmap.finding.language import understand
from socialmap.finding.question import Vraag, Zekerheid
from socialmap.finding.weights import FIXED, Weights

#: Tells the codes of the areas that hold a place (lon, lat).
Locate = Callable[[float, float], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question with its judgements: offer id -> 1 (helps in part) or 2 (answers it)."""

    id: str
    soort: str
    vraag: Vraag
    grades: Mapping[str, int]


def read_questions(path: Path, locate: Locate) -> list[JudgedQuestion]:
    """
    Read questions of one JSON object a line: `id, q, soort, lon, lat, filters, relevant`.

    Parameters
    ----------
    path
        The file.
    locate
        Gives the areas of a place.
    """
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        filters = row["filters"]
        placed = row["lon"] is not None
        vraag = Vraag(
            q=row["q"],
            punt=(row["lon"], row["lat"]) if placed else None,
            gebieden=locate(row["lon"], row["lat"]) if placed else (),
            themas=read_themes([filters["thema"]]) if "thema" in filters else (),
            doelgroepen=(filters["doelgroep"],) if "doelgroep" in filters else (),
            lijn=filters.get("lijn"),
        )
        found.append(JudgedQuestion(row["id"], row["soort"], vraag, row["relevant"]))
    return found


def judged(
    question: JudgedQuestion, finder: Finder, index: SearchIndex, lezer: Lezer, now: datetime
) -> Judged:
    """Give the candidates of a question, asked as one need, with what is measured of each."""
    ranked = _ask(question, finder, index, lezer, now).ranked
    return Judged(
        ids=tuple(index.rows[n].aanbod_id for n in ranked.places),
        features=ranked.features.astype(np.float64),
        grades=question.grades,
    )


def judged_answers(
    question: JudgedQuestion, finder: Finder, index: SearchIndex, lezer: Lezer, now: datetime
) -> list[Answer]:
    """Give the first results of a question as it is, and with what fits taken out."""
    maps = [index]
    if question.grades:
        maps.append(without(index, list(question.grades)))
    found = []
    for one in maps:
        asked = _ask(question, finder, one, lezer, now)
        places = asked.ranked.places[:FIRST]
        if len(places):
            shown = show(asked.heard, asked.ranked.features[:FIRST]).astype(np.float64)
            grades = [float(question.grades.get(one.rows[n].aanbod_id, 0)) for n in places]
            found.append(Answer(shown, np.array(grades)))
    return found


def _ask(
    question: JudgedQuestion, finder: Finder, index: SearchIndex, lezer: Lezer, now: datetime
) -> Asked:
    return finder.ask_one(
        understand(question.vraag.q, finder.lexicon),
        index,
        question.vraag,
        lezer,
        now,
        {},
        finder.closeness(question.vraag, index),
    )


def fit_order_weights(questions: Sequence[Judged], old: Weights, *, betekenis: bool) -> Weights:
    """Fit the order of searches with or without the extra; the rest stays."""
    order = old.order.copy()
    fixed = {int(column): weight for column, weight in FIXED.items()}
    order[int(betekenis)] = fit_order([one for one in questions if one.grades], fixed)
    return Weights(order, old.certainty)


def fit_certainty_weights(answers: Sequence[Answer], old: Weights, *, betekenis: bool) -> Weights:
    """Fit the certainty of searches with or without the extra; the rest stays."""
    certainty = old.certainty.copy()
    certainty[int(betekenis)] = fit_certainty(answers, certainty[int(betekenis)])
    return Weights(old.order, certainty)


def without(index: SearchIndex, ids: Sequence[str]) -> SearchIndex:
    """Give an index of the same map from which some offers were taken out."""
    out = set(ids)
    return SearchIndex([row for row in index.rows if row.aanbod_id not in out])


@dataclass(frozen=True, slots=True)
class Measured:
    """How one question was answered."""

    id: str
    soort: str
    ndcg: float | None
    zekerheid: Zekerheid
    zonder: Zekerheid | None


def measure_question(
    question: JudgedQuestion, finder: Finder, index: SearchIndex, lezer: Lezer, now: datetime
) -> Measured:
    """Measure one question: its nDCG@10, and how sure the answer is with and without what fits."""
    answer = finder.answer(index, question.vraag, lezer, now, {})
    if not question.grades:
        return Measured(question.id, question.soort, None, answer.zekerheid, None)
    bare = finder.answer(without(index, list(question.grades)), question.vraag, lezer, now, {})
    return Measured(
        question.id,
        question.soort,
        ndcg([one.aanbod_id for one in answer.treffers], question.grades),
        answer.zekerheid,
        bare.zekerheid,
    )


def cross_validate(
    questions: Sequence[JudgedQuestion],
    finder: Finder,
    index: SearchIndex,
    lezer: Lezer,
    now: datetime,
    *,
    parts: int = 10,
) -> list[Measured]:
    """
    Measure every question with an order that was fitted without it; certainty stays as it is.

    Parameters
    ----------
    questions
        Split in `parts` by their place in the list, so that kinds are spread.
    """
    betekenis = finder.meaning is not None
    rows = [judged(question, finder, index, lezer, now) for question in questions]
    found: dict[str, Measured] = {}
    for part in range(parts):
        seen = [row for n, row in enumerate(rows) if n % parts != part]
        weights = fit_order_weights(seen, finder.weights, betekenis=betekenis)
        fitted = replace(finder, weights=weights)
        for question in questions[part::parts]:
            found[question.id] = measure_question(question, fitted, index, lezer, now)
    return [found[question.id] for question in questions]


def summary(measured: Sequence[Measured]) -> dict[str, float]:
    """
    Sum up: mean nDCG@10 over all and by kind, and how honest the answers were.

    `zonder_antwoord` counts questions that nothing fits and that were answered "geen" or "laag";
    `ten_onrechte` those with a fitting offer that were; `weggenomen` is the share that was, once
    what fits had been taken out.
    """
    scores: dict[str, list[float]] = {"alle": []}
    for one in measured:
        if one.ndcg is not None:
            scores["alle"].append(one.ndcg)
            scores.setdefault(one.soort, []).append(one.ndcg)
    found = {kind: round(sum(values) / len(values), 3) for kind, values in scores.items()}
    fitting = [one for one in measured if one.ndcg is not None]
    doubt = [one for one in measured if one.zekerheid is not Zekerheid.HOOG]
    bare = [one for one in fitting if one.zonder is not Zekerheid.HOOG]
    return found | {
        "zonder_antwoord": sum(one.ndcg is None for one in doubt),
        "ten_onrechte": sum(one.ndcg is not None for one in doubt),
        "weggenomen": round(len(bare) / len(fitting), 3),
    }
