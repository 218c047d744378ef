"""Answer a question: danger first, then what fits, with the reasons and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from socialmap.domain.hours import is_open_on
from socialmap.domain.privacy import Lezer
from socialmap.finding.certainty import judge, worth_showing
from socialmap.finding.danger import DangerPatterns, danger_block
from socialmap.finding.features import Heard, hear, speaks, telling
from socialmap.finding.gates import Gates, candidates
from socialmap.finding.here import Here
from socialmap.finding.index import Mask, Numbers, Positions, SearchIndex
from socialmap.finding.language import Understood, spoken_words, understand
from socialmap.finding.lexicon import Lexicon
from socialmap.finding.live_index import LiveIndex
from socialmap.finding.meaning import Meaning, nearest
from socialmap.finding.merge import Merged, merge_needs
from socialmap.finding.question import Antwoord, Treffer, Uitgesloten, Uitsluiting, Vraag, Zekerheid
from socialmap.finding.question_words import QuestionWords
from socialmap.finding.ranking import Ranked, rank
from socialmap.finding.reasons import Labels, say_introduction, say_left_out, say_why
from socialmap.finding.weights import Weights
from socialmap.geo.measure import WALKING_FACTOR
from socialmap.network.introduce import Introduction
from socialmap.network.reading import NetworkReader

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

#: Most near misses that an answer tells about.
MOST_LEFT_OUT = 5


@dataclass(frozen=True, slots=True)
class Finder:
    """
    Everything that answering needs; made once for each start of the program.

    Attributes
    ----------
    words
        What questions are read with; a municipality may add to them while it serves.
    meaning
        The extra; None where it is not installed.
    """

    words: QuestionWords
    danger: DangerPatterns
    weights: Weights
    live: LiveIndex
    here: Here
    networks: NetworkReader
    meaning: Meaning | None = None

    @property
    def lexicon(self) -> Lexicon:
        """The words that questions are read with now."""
        return self.words.lexicon

    @property
    def labels(self) -> Labels:
        """What themes, groups and needs are called now."""
        return self.words.labels

    def find(
        self,
        conn: Connection,
        vraag: Vraag,
        lezer: Lezer,
        now: datetime,
        introductions: Mapping[str, Introduction] | None = None,
    ) -> Antwoord:
        """
        Answer one question. Nothing of it is kept or logged.

        Parameters
        ----------
        conn
            A reading connection.
        vraag
            The question, its place already looked up.
        lezer
            Who asks: only what this level may see is counted, compared or named.
        now
            Europe/Amsterdam.
        introductions
            What `find_introductions` gives for `vraag.van`; None when nobody is to introduce.
        """
        self.words.refresh(conn)
        index = self.live.current(conn)
        return self.answer(index, vraag, lezer, now, introductions or {})

    def answer(
        self,
        index: SearchIndex,
        vraag: Vraag,
        lezer: Lezer,
        now: datetime,
        introductions: Mapping[str, Introduction],
    ) -> Antwoord:
        """Answer one question from an index; see `find`."""
        understood = understand(vraag.q, self.lexicon)
        needs = understood.parts or (understood,)
        closeness = self.closeness(vraag, index)
        ask = partial(
            self.ask_one,
            index=index,
            vraag=vraag,
            lezer=lezer,
            now=now,
            introductions=introductions,
            closeness=closeness,
        )
        asked = [ask(need) for need in needs]
        whole = ask(understood) if understood.parts else asked[0]
        merged = merge_needs([need.ranked for need in asked])
        sure = judge(whole.ranked, [need.ranked for need in asked], words=bool(vraag.q.strip()))
        shown = () if sure is Zekerheid.GEEN else worth_showing(merged, vraag.limit)
        spoken = spoken_words(vraag.q, self.lexicon)
        return Antwoord(
            gevaar=danger_block(vraag.q, self.danger),
            zekerheid=sure,
            treffers=tuple(
                self._result(one, asked[one.need], index, spoken, introductions, now.date())
                for one in shown
            ),
            uitgesloten=_left_out(asked, index, vraag),
            behoeften=tuple(self._name(need) for need in needs),
            betekenis=closeness is not None,
        )

    def closeness(self, vraag: Vraag, index: SearchIndex) -> Numbers | None:
        """Give how close each offer is in meaning; None without the extra or without words."""
        if self.meaning is None or not vraag.q.strip():
            return None
        return self.meaning.closeness(vraag.q, index)

    def ask_one(
        self,
        need: Understood,
        index: SearchIndex,
        vraag: Vraag,
        lezer: Lezer,
        now: datetime,
        introductions: Mapping[str, Introduction],
        closeness: Numbers | None,
    ) -> Asked:
        """Rank the offers for one need of a question; see `find`."""
        visible = index.visible(lezer, now.date())
        heard = hear(need, index, visible, vraag)
        gates = Gates(vraag, index, lambda text: bool(is_open_on(text, now.date())))
        close = nearest(closeness, visible)
        asked = partial(_speaks, heard, index, close) if vraag.q.strip() else _all
        passed, distance_m = candidates(gates, visible, asked, index.size)
        told = telling(heard, index)
        missed, missed_m, why = gates.miss_one(told[visible[told]])
        values = {actor_id: one.waarde for actor_id, one in introductions.items()}

        def order(chosen: Positions, distance_m: Numbers) -> Ranked:
            return rank(
                heard,
                index,
                chosen,
                distance_m,
                now.date(),
                self.weights,
                introductions=values,
                closeness=closeness,
            )

        return Asked(
            heard,
            order(passed, distance_m),
            order(missed, missed_m),
            dict(zip(missed.tolist(), why, strict=True)),
        )

    def _result(
        self,
        one: Merged,
        asked: Asked,
        index: SearchIndex,
        spoken: Mapping[str, str],
        introductions: Mapping[str, Introduction],
        today: date,
    ) -> Treffer:
        ranked = asked.ranked
        place = int(ranked.places[one.position])
        row = index.rows[place]
        straight = float(ranked.distance_m[one.position])
        distance = None if np.isnan(straight) else straight
        introduction = introductions.get(row.actor_id)
        why = say_why(
            asked.heard,
            index,
            place,
            ranked.features[one.position],
            distance,
            spoken,
            self.labels,
            today,
        )
        return Treffer(
            aanbod_id=row.aanbod_id,
            actor_id=row.actor_id,
            naam=row.naam,
            lijn=row.lijn,
            score=round(float(ranked.scores[one.position]), 4),
            afstand_m=None if distance is None else round(distance * WALKING_FACTOR),
            gecontroleerd_op=(
                None if row.gecontroleerd is None else date.fromordinal(row.gecontroleerd)
            ),
            waarom=(*why, *say_introduction(introduction)),
            introductie=None if introduction is None else introduction.pad,
            behoeften=one.needs,
        )

    def _name(self, need: Understood) -> str:
        """Say in a few words what was heard."""
        topics = [self.labels.onderwerpen.get(code, code) for code, _ in need.onderwerpen[:2]]
        themes = [self.labels.themas.get(code, code) for code, _ in need.themas[:1]]
        return ", en over ".join(topics or themes)


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of one need: the offers that pass, and the near misses with what keeps each out."""

    heard: Heard
    ranked: Ranked
    missed: Ranked
    why: Mapping[int, Uitsluiting]


def _speaks(heard: Heard, index: SearchIndex, close: Mask | None, chosen: Positions) -> Mask:
    found = speaks(heard, index, chosen)
    return found if close is None else found | close[chosen]


def _all(chosen: Positions) -> Mask:
    return np.ones(len(chosen), bool)


def _left_out(asked: list[Asked], index: SearchIndex, vraag: Vraag) -> tuple[Uitgesloten, ...]:
    """Tell about the near misses that fit best, each with the one thing that keeps it out."""
    found: dict[int, tuple[float, Uitgesloten]] = {}
    for need in asked:
        missed = worth_showing(merge_needs([need.missed]), MOST_LEFT_OUT)
        for one in missed:
            place = int(need.missed.places[one.position])
            straight = float(need.missed.distance_m[one.position])
            distance = None if np.isnan(straight) else straight
            row = index.rows[place]
            out = Uitgesloten(
                aanbod_id=row.aanbod_id,
                actor_id=row.actor_id,
                naam=row.naam,
                soort=need.why[place],
                reden=say_left_out(need.why[place], vraag, distance),
                afstand_m=None if distance is None else round(distance * WALKING_FACTOR),
            )
            found.setdefault(place, (float(need.missed.scores[one.position]), out))
    best = sorted(found.values(), key=lambda pair: (-pair[0], pair[1].aanbod_id))
    return tuple(out for _, out in best[:MOST_LEFT_OUT])
