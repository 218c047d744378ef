"""Finding: how well it orders and how honest it is, and how fast at 100,000 offers."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from typing import Any

from socialmap.domain.clock import Clock
from socialmap.exchange.areas import StoredPlaces, to_area_set
from socialmap.exchange.embedded import data_folder
from socialmap.exchange.importing import import_paths
from socialmap.exchange.making import Filling, make_map
from socialmap.finding.find import Finder
from socialmap.finding.index import SearchIndex
from socialmap.finding.judging import (
    JudgedQuestion,
    cross_validate,
    measure_question,
    read_questions,
    summary,
)
from socialmap.finding.meaning import load_model
from socialmap.finding.question import Vraag
from socialmap.finding.ready import make_finder
from socialmap.store.areas import read_shapes
from socialmap.store.engine import Store
from socialmap.store.vocabulary import read_vocabulary
from tests.bench.finding_times import DAY, LEZER, measure_times
from tests.bench.result import Result
from tests.hostile import hostile_questions
from web.finding_input import MOST_QUESTION

_QUESTIONS = Path(__file__).parents[1] / "gegevens" / "zoekvragen.jsonl"
_OTHER = Path(__file__).parents[1] / "gegevens" / "tweede_kaart"


def run() -> Iterator[Result]:
    """Measure order and honesty on the practice map, then times on a large one."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _quality(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        yield _other_map(Path(folder))
    yield from measure_times()


def _quality(folder: Path) -> Iterator[Result]:
    url = f"sqlite:///{folder / 'oefen.db'}"
    make_map(url, Clock(DAY), Filling.EXAMPLE)
    store = Store.open(url)
    yield from _measure(store, None, "", least=0.60)
    model = load_model()
    if model is not None:
        yield from _measure(store, model, "-met-betekenis", least=0.70)
    store.close()


def _measure(store: Store, model: Any, label: str, least: float) -> Iterator[Result]:
    finder, index, questions = _ready(store, model, _QUESTIONS)
    found = summary(cross_validate(questions, finder, index, LEZER, Clock(DAY).now()))
    for kind, score in found.items():
        if kind in _HONEST:
            continue
        limit = least if kind == "alle" else 0.0
        yield _score(f"finding-ndcg{label}-{kind}", _count(questions, kind), score, limit)
    if model is None:
        yield _hostile_time(finder, index)
    else:
        yield _answer_time(finder, index, questions)
    for kind, (least_share, of, more) in _HONEST.items():
        yield Result(
            name=f"finding-{kind}{label}",
            n=of,
            ours=found[kind],
            reference=least_share,
            unit="aandeel" if kind == "weggenomen" else "vragen",
            limit=1,
            more=more,
        )


def _hostile_time(finder: Finder, index: SearchIndex) -> Result:
    """Time the slowest of the hostile questions; longer ones are refused before they come here."""
    now = Clock(DAY).now()
    times = []
    for q in hostile_questions():
        vraag = Vraag(q=q[:MOST_QUESTION])
        start = time.perf_counter()
        finder.answer(index, vraag, LEZER, now, {})
        times.append(time.perf_counter() - start)
    return Result(
        name="finding-hostile-slowest",
        n=len(times),
        ours=max(times),
        reference=0.300,
        unit="s",
        limit=1,
    )


def _answer_time(finder: Finder, index: SearchIndex, questions: list[JudgedQuestion]) -> Result:
    """Time whole answers with the extra: its model reads each question anew."""
    now = Clock(DAY).now()
    times = []
    for one in questions:
        start = time.perf_counter()
        finder.answer(index, one.vraag, LEZER, now, {})
        times.append(time.perf_counter() - start)
    return Result(
        name="finding-answer-met-betekenis-p95",
        n=index.size,
        ours=quantiles(times, n=20)[-1],
        reference=0.150,
        unit="s",
        limit=1,
    )


def _other_map(folder: Path) -> Result:
    """Measure on a map and questions that the weights were not fitted to."""
    url = f"sqlite:///{folder / 'ander.db'}"
    make_map(url, Clock(DAY), Filling.EMPTY)
    store = Store.open(url)
    files = [_OTHER / "actoren.csv", _OTHER / "aanbod.csv"]
    if not import_paths(store, files, wie="bench", clock=Clock(DAY)).geplaatst:
        raise RuntimeError("the other map was refused")
    finder, index, questions = _ready(store, None, _OTHER / "zoekvragen.jsonl")
    now = Clock(DAY).now()
    found = summary([measure_question(one, finder, index, LEZER, now) for one in questions])
    store.close()
    return _score("finding-ndcg-andere-kaart", _count(questions, "alle"), found["alle"], 0.60)


def _ready(
    store: Store, model: Any, path: Path
) -> tuple[Finder, SearchIndex, list[JudgedQuestion]]:
    with store.reading() as conn:
        places = StoredPlaces(to_area_set(read_shapes(conn)))
        finder = make_finder(data_folder() / "woorden", read_vocabulary(conn), model)
    if finder.meaning is not None:
        finder.meaning.refresh(store)
    with store.reading() as conn:
        index = finder.live.current(conn)
    questions = read_questions(path, lambda lon, lat: places.locate_many([(lon, lat)])[0])
    return finder, index, questions


#: Name -> what is asked, over how many questions, and whether more is better.
_HONEST = {
    "zonder_antwoord": (3.0, 3, True),
    "ten_onrechte": (3.0, 57, False),
    "weggenomen": (0.8, 57, True),
}


def _count(questions: list[JudgedQuestion], kind: str) -> int:
    fitting = [one for one in questions if one.grades]
    return len(fitting) if kind == "alle" else sum(one.soort == kind for one in fitting)


def _score(name: str, n: int, score: float, least: float) -> Result:
    reference = least or 0.46
    return Result(
        name=name,
        n=n,
        ours=score,
        reference=reference,
        unit="nDCG@10",
        limit=1 if least else 0,
        more=True,
    )
