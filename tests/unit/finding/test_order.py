"""The order of results against a plain reading of the same rules, one offer at a time."""

from __future__ import annotations

import math
import random
from collections import Counter
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from socialmap.domain.codes import Niveau, Status
from socialmap.domain.freshness import boundaries
from socialmap.domain.privacy import Lezer
from socialmap.finding.certainty import Blijk
from socialmap.finding.features import FAR_M, NEAR_M, Heard, Kenmerk, hear, speaks
from socialmap.finding.gates import FARTHEST_M, Gates, candidates
from socialmap.finding.index import SearchIndex
from socialmap.finding.language import understand
from socialmap.finding.lexicon import Lexicon
from socialmap.finding.question import Vraag
from socialmap.finding.ranking import DEPTH, rank
from socialmap.finding.reading import ReadText, concepts, read_text
from socialmap.finding.weights import Weights
from socialmap.geo.measure import WALKING_FACTOR, lonlat_to_xy
from socialmap.store.search_rows import SearchRow

TODAY = date(2026, 11, 22)
THEMES = ("financien", "sociaal_netwerk", "taal", "digitaal", "zingeving", "vervoer")
GROUPS = ("iedereen", "ouderen", "jongeren", "minima", "mantelzorgers")
AREAS = ("GM0392", "GM0473", "WK039201")
_SAID = (
    "schulden brieven koffie eenzaam rouw wandelen taalles computer maatje vervoer ziekenhuis "
    "formulieren mantelzorg dementie koken tuin jongeren werk huur boodschappen"
)
WORDS = _SAID.split(" ")


def make_rows(count: int, seed: int, lexicon: Lexicon) -> list[SearchRow]:
    chance = random.Random(seed)  # noqa: S311 - the same offers every run
    rows = []
    for number in range(count):
        read = read_text(" ".join(chance.sample(WORDS, 4)), lexicon)
        actor = read_text(" ".join(chance.sample(WORDS, 2)), lexicon)
        text = ReadText(read.stems[:2], read.stems, actor.stems, concepts(read))
        placed = chance.random() < 0.8
        rows.append(
            SearchRow(
                aanbod_id=f"T{number:04}",
                actor_id=f"A{number % 20}",
                naam=f"Aanbod {number}",
                niveau=chance.choice((0, 0, 0, 1, 2)),
                zichtbaar=chance.choice((None, None, (TODAY.toordinal(), TODAY.toordinal() + 1))),
                status=chance.choice(tuple(Status)).value,
                loopt_tot=chance.choice((None, TODAY.toordinal(), TODAY.toordinal() - 1)),
                lijn=chance.choice((None, 0, 1, 2)),
                vorm=chance.choice((None, "collectief", "individueel")),
                min_leeftijd=chance.choice((None, 18, 65)),
                max_leeftijd=chance.choice((None, 17, 99)),
                lon=round(chance.uniform(4.55, 4.70), 5) if placed else None,
                lat=round(chance.uniform(52.33, 52.43), 5) if placed else None,
                bereik=chance.choice((None, 500, "stadsbreed")),
                gebieden=tuple(chance.sample(AREAS, chance.choice((0, 1, 2)))),
                gecontroleerd=chance.choice((None, TODAY.toordinal(), TODAY.toordinal() - 900)),
                gedocumenteerd=chance.random() < 0.1,
                themas=tuple(chance.sample(THEMES, 2)),
                doelgroepen=tuple(chance.sample(GROUPS, 2)),
                talen=chance.choice(((), ("nl",), ("nl", "tr"))),
                gratis=chance.random() < 0.5,
                wanneer=chance.choice(("", "Mo 10:00-12:00")),
                woorden=text.write(),
            )
        )
    return rows


def make_question(seed: int) -> Vraag:
    chance = random.Random(seed)  # noqa: S311 - the same questions every run
    here = (chance.uniform(4.56, 4.68), chance.uniform(52.34, 52.42))
    return Vraag(
        q=" ".join(chance.sample(WORDS, chance.choice((1, 2, 3)))) + chance.choice(("", " 75+")),
        punt=chance.choice((None, here, here)),
        gebieden=tuple(chance.sample(AREAS, 1)),
        straal_m=chance.choice((None, None, 800, 3000)),
        themas=chance.choice(((), (), ("taal",), ("taal", "zingeving"))),
        doelgroepen=chance.choice(((), (), ("ouderen",))),
        lijn=chance.choice((None, None, None, 1)),
        lijn_max=chance.choice((None, None, 1)),
        gebied=chance.choice((None, None, None, "GM0392")),
        talen=chance.choice(((), (), ("tr",))),
        gratis=chance.choice((False, False, True)),
        vorm=chance.choice((None, None, "collectief")),
        leeftijd=chance.choice((None, None, 70)),
        vandaag_open=chance.choice((False, False, True)),
    )


@pytest.fixture(scope="module")
def weights() -> Weights:
    chance = np.random.default_rng(4)
    return Weights(
        chance.normal(size=(2, len(Kenmerk))).astype(np.float32),
        chance.normal(size=(2, len(Blijk))).astype(np.float32),
    )


class PlainSearch:
    """Every rule of the order, read from the definitions, for one offer after the other."""

    def __init__(self, rows: list[SearchRow], lezer: Lezer, heard: Heard, vraag: Vraag) -> None:
        self.rows = [row for row in rows if _is_visible(row, lezer)]
        self.heard, self.vraag = heard, vraag
        self.counts = Counter(
            key for row in self.rows for key in ReadText.parse(row.woorden or "").begrippen
        )

    def ranked(self, weights: np.ndarray) -> list[tuple[float, str]]:
        found = []
        for row in self.rows:
            if not (self._speaks(row) and self._passes(row)):
                continue
            numbers = self._numbers(row)
            score = round(float(sum(float(weights[k]) * v for k, v in numbers.items())), 4)
            last = 2 * (row.status == Status.GEPAUZEERD) + row.gedocumenteerd
            metres = self._metres(row)
            far = math.inf if metres is None else metres
            line = 1 if row.lijn is None else row.lijn
            found.append(((last, -score, line, far, row.aanbod_id), score, row.aanbod_id))
        return [(score, key) for _, score, key in sorted(found)]

    def _speaks(self, row: SearchRow) -> bool:
        read = ReadText.parse(row.woorden or "")
        stems = {*read.naam, *read.tekst}
        if stems & {*self.heard.woorden, *self.heard.verwant, *self.heard.delen}:
            return True
        for key in self.heard.begrippen:
            kind, code = key.split(":")
            if kind != "doelgroep" and (key in read.begrippen or code in row.themas):
                return True
        return False

    def _passes(self, row: SearchRow) -> bool:
        v = self.vraag
        metres = self._metres(row)
        limit = FARTHEST_M if v.straal_m is None else v.straal_m / WALKING_FACTOR
        if v.punt is None:
            reached = True
        elif metres is not None:
            reached = metres <= limit
        else:
            reached = not row.gebieden or bool(set(row.gebieden) & set(v.gebieden))
        return all(
            (
                reached,
                not v.themas or bool(set(v.themas) & set(row.themas)),
                not v.doelgroepen or bool({*v.doelgroepen, "iedereen"} & set(row.doelgroepen)),
                v.lijn is None or row.lijn == v.lijn,
                v.lijn_max is None or (-1 if row.lijn is None else row.lijn) <= v.lijn_max,
                v.gebied is None or v.gebied in row.gebieden,
                not v.talen or bool(set(v.talen) & set(row.talen)),
                not v.gratis or row.gratis,
                v.vorm is None or row.vorm == v.vorm,
                v.leeftijd is None
                or (row.min_leeftijd or 0) <= v.leeftijd <= (row.max_leeftijd or 200),
                not v.vandaag_open or bool(row.wanneer),
            )
        )

    def _metres(self, row: SearchRow) -> float | None:
        if self.vraag.punt is None or row.lon is None or row.lat is None:
            return None
        (here, there) = lonlat_to_xy(np.array([self.vraag.punt, (row.lon, row.lat)]))
        return math.dist(here, there)

    def _numbers(self, row: SearchRow) -> dict[Kenmerk, float]:
        heard, read = self.heard, ReadText.parse(row.woorden or "")
        stems, fresh = {*read.naam, *read.tekst}, [d.toordinal() for d in boundaries(TODAY)]
        of = {
            kind: {k.split(":")[1]: w for k, w in heard.begrippen.items() if k.startswith(kind)}
            for kind in ("thema", "onderwerp", "behoefte", "doelgroep")
        }
        shared = {
            kind: sum(w * read.begrippen.get(f"{kind}:{c}", 0) for c, w in of[kind].items())
            for kind in of
        }
        groups = [of["doelgroep"].get(code, 0) for code in row.doelgroepen]
        group = max(groups, default=0)
        everybody = "iedereen" in row.doelgroepen
        age = 0
        if heard.leeftijd is not None:
            young, old = heard.leeftijd
            age = int((row.min_leeftijd or 0) > old or (row.max_leeftijd or 200) < young)
        metres = self._metres(row)
        if metres is None or row.bereik == "stadsbreed" or row.lijn == 2:
            metres = 0
        checked = -1 if row.gecontroleerd is None else row.gecontroleerd
        return {
            Kenmerk.THEMA: max((of["thema"].get(code, 0) for code in row.themas), default=0),
            Kenmerk.BEGRIP: shared["thema"],
            Kenmerk.ONDERWERP: shared["onderwerp"],
            Kenmerk.BEHOEFTE: shared["behoefte"],
            Kenmerk.WOORD: sum(w for s, w in heard.woorden.items() if s in stems),
            Kenmerk.VERWANT: sum(w for s, w in heard.verwant.items() if s in stems),
            Kenmerk.DEEL: sum(w for s, w in heard.delen.items() if s in stems),
            Kenmerk.ACTOR: sum(w for s, w in heard.woorden.items() if s in read.actor),
            Kenmerk.GROEP: group,
            Kenmerk.IEDEREEN: everybody,
            Kenmerk.ANDERE_GROEP: not everybody and not group and not of["doelgroep"],
            Kenmerk.ZONDER_GROEP: not everybody and not group and bool(of["doelgroep"]),
            Kenmerk.LEEFTIJD: age,
            Kenmerk.LIJN: 1 if row.lijn is None else row.lijn,
            Kenmerk.DICHTBIJ: min(metres, NEAR_M) / NEAR_M,
            Kenmerk.VER: min(max(metres - NEAR_M, 0), FAR_M - NEAR_M) / (FAR_M - NEAR_M),
            Kenmerk.VERS: checked >= fresh[0],
            Kenmerk.OUD: checked < fresh[1],
            Kenmerk.BRON: row.gedocumenteerd,
            Kenmerk.GEPAUZEERD: row.status == Status.GEPAUZEERD,
            Kenmerk.KERN: sum(
                w * self._rarity(f"onderwerp:{c}") * read.begrippen.get(f"onderwerp:{c}", 0)
                for c, w in of["onderwerp"].items()
            ),
        }

    def _rarity(self, key: str) -> float:
        total = len(self.rows)
        count = self.counts[key]
        if not count:
            return 1.0
        most = math.log(1 + (total - 0.5) / 1.5)
        return math.log(1 + (total - count + 0.5) / (count + 0.5)) / most


def _is_visible(row: SearchRow, lezer: Lezer) -> bool:
    first, after = row.zichtbaar or (0, 10**7)
    return (
        row.niveau <= lezer.niveau
        and first <= TODAY.toordinal() < after
        and row.status != Status.GESTOPT
        and (row.loopt_tot is None or row.loopt_tot >= TODAY.toordinal())
    )


@pytest.mark.parametrize("seed", range(200))
def test_results_equal_a_plain_reading_of_the_rules(
    seed: int, lexicon: Lexicon, weights: Weights
) -> None:
    rows = make_rows(300, seed % 5, lexicon)
    index = SearchIndex(rows)
    vraag = make_question(seed)
    lezer = Lezer(Niveau(seed % 3))
    visible = index.visible(lezer, TODAY)
    heard = hear(understand(vraag.q, lexicon), index, visible, vraag)
    gates = Gates(vraag, index, bool)
    passed, distance_m = candidates(
        gates, visible, lambda chosen: speaks(heard, index, chosen), index.size
    )
    found = rank(
        heard,
        index,
        passed,
        distance_m,
        TODAY,
        weights,
        introductions={},
        closeness=None,
    )
    plain = PlainSearch(rows, lezer, heard, vraag).ranked(weights.order[0])[:DEPTH]
    ids = [index.rows[n].aanbod_id for n in found.places]
    assert sorted(ids) == sorted(key for _, key in plain)
    scores = {key: score for score, key in plain}
    for key, score in zip(ids, found.scores, strict=True):
        assert score == pytest.approx(scores[key], abs=0.002)
    # Where two scores differ by more than the arithmetic of either, the order is the same.
    expected = [key for _, key in plain]
    for before, after in pairwise(ids):
        if abs(scores[before] - scores[after]) > 0.002:
            assert expected.index(before) < expected.index(after)
