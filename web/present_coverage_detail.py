"""Say all that is known of a theme and group in one area, and of all themes there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from socialmap.coverage.answers import say_area
from socialmap.coverage.assess import Assessment, assess
from socialmap.coverage.cells import Question
from socialmap.coverage.gaps import MISSING
from socialmap.coverage.like import covered_like, like_order
from socialmap.coverage.need import EVERYBODY
from socialmap.coverage.reading import CoverageMap
from socialmap.coverage.sentences import say_assessment, say_missing_together
from socialmap.coverage.verdict import Oordeel
from socialmap.domain.choices import BEVINDING_LABELS, HOEDANIGHEID_LABELS
from socialmap.domain.codes import GEBIED_LABELS, Gebiedsniveau
from socialmap.domain.counts import say_persons
from socialmap.domain.model import Aanbod, Gebied, gap_key
from socialmap.domain.vocabulary import Vocabulary
from socialmap.store.assignments import all_assignments
from socialmap.store.unmet import read_unmet
from web.assignment_rows import present_assignment
from web.context import connection, services, today
from web.present import Card, offer_card, offer_url
from web.present_coverage import Mark, about, in_words, mark_of, who
from web.present_coverage_query import CoverageChoice, action_address, area_address
from web.present_words import join_words, say_date, say_month, say_number

#: Searches without a good answer are counted by wijk.
_COUNTED = Gebiedsniveau.WIJK
_MOST_OFFERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeLine:
    """One theme of an area: its words, the verdict, whom nothing reaches, and its page."""

    thema: str
    woorden: str
    merk: Mark
    personen: str
    zinnen: tuple[str, ...]
    adres: str


def stands_of(
    coverage: CoverageMap, area: Gebied, choice: CoverageChoice, themas: Iterable[str]
) -> dict[str, Assessment]:
    """Judge themes in one area of any level."""
    found = {}
    for thema in themas:
        question = Question(
            thema=thema, doelgroep=choice.doelgroep, straal_m=choice.reach, tijd=choice.tijd
        )
        cells = coverage.cells(question)
        found[thema] = assess(coverage.ground, coverage.table, cells, [area])[0]
    return found


def say_stand(
    stand: Assessment, coverage: CoverageMap, words: Vocabulary, choice: CoverageChoice
) -> list[str]:
    """Say a verdict and what it rests on."""
    inventories = coverage.inventories_about(stand.gebied, stand.thema, stand.doelgroep)
    return say_assessment(stand, words, inventories, choice.reach)


def selection(
    stands: Mapping[str, Assessment],
    thema: str,
    coverage: CoverageMap,
    words: Vocabulary,
    choice: CoverageChoice,
) -> dict[str, object]:
    """Give what the panel says of the chosen area: sentences, and what can be done."""
    stand = stands[thema]
    said = say_stand(stand, coverage, words, choice)
    together = sum(other.oordeel in MISSING for other in stands.values())
    if stand.oordeel in MISSING:
        said.append(say_missing_together(together))
    area = stand.gebied
    return {
        "code": area.code,
        "naam": area.naam,
        "titel": f"{about(thema, choice.doelgroep, words)} in {area.naam}",
        "merk": mark_of(stand),
        # The title tells the verdict already, with its sign.
        "kern": said[1:2] or said,
        "verder": [sentence for sentence in said[2:] if sentence],
        "gebied": say_area(coverage, stand, services().area_facts),
        "adres": area_address(choice, area.code, thema),
        "alles": area_address(choice, area.code),
        **actions(choice, area.code, thema),
    }


def actions(choice: CoverageChoice, code: str, thema: str) -> dict[str, object]:
    """Give what was agreed about a theme in an area, and the addresses of what can be done."""
    key = gap_key(code, thema, "" if choice.doelgroep == EVERYBODY else choice.doelgroep)
    agreed = [one for one in all_assignments(connection()) if key in one.gaten]
    return {
        "afgesproken": [present_assignment(one, today()) for one in agreed],
        "gekeken": action_address("/gekeken", choice, code, thema),
        "opdracht": action_address("/opdrachten/nieuw", choice, code, thema),
        "plan": action_address("/dekking/plan", choice, code, thema),
    }


def theme_lines(
    stands: Mapping[str, Assessment],
    coverage: CoverageMap,
    words: Vocabulary,
    choice: CoverageChoice,
) -> list[ThemeLine]:
    """List all themes of an area: what is missing first, most persons first."""
    order = [Oordeel.GAT, Oordeel.ONBEKEND, Oordeel.DUN, Oordeel.GEDEKT, None]
    listed = sorted(
        stands.values(),
        key=lambda one: (order.index(one.oordeel), -(one.personen or 0.0), words.label(one.thema)),
    )
    return [
        ThemeLine(
            thema=stand.thema,
            woorden=words.label(stand.thema),
            merk=mark_of(stand),
            personen="" if stand.oordeel is None else say_persons(stand.personen),
            # The verdict and the number stand beside it in the row.
            zinnen=tuple(say_stand(stand, coverage, words, choice)[2:]),
            adres=area_address(choice, stand.gebied.code, stand.thema),
        )
        for stand in listed
    ]


def offers_of(stand: Assessment, coverage: CoverageMap) -> dict[str, list[Card]]:
    """Give the offers that a verdict rests on, as cards by kind."""
    known = {offer.id: offer for offer in coverage.table.offers}

    def cards(ids: Sequence[str]) -> list[Card]:
        found: list[Aanbod] = [known[key] for key in ids]
        owners = coverage.table.actors
        made = [offer_card(offer, owners[offer.actor_id], today()) for offer in found]
        return sorted(
            made, key=lambda card: (card.lijn is None, card.lijn or 0, card.naam, card.id)
        )

    return {
        "bereikt": cards(stand.aanbod),
        "oud": cards(stand.oud),
        "stadsbreed": cards(stand.stadsbreed),
        "plek_onbekend": cards(stand.plek_onbekend),
    }


def looked(stand: Assessment, coverage: CoverageMap, words: Vocabulary) -> list[dict[str, object]]:
    """List who looked, newest first, with who was asked and what came of it."""
    offers = {offer.id: offer.naam for offer in coverage.offers}
    return [
        {
            "datum": say_date(one.datum),
            "door": _label(HOEDANIGHEID_LABELS.items(), one.door),
            "gevraagd": join_words(one.gevraagd_aan) or "niet ingevuld",
            "uitkomst": _label(BEVINDING_LABELS.items(), one.uitkomst),
            "waar": coverage.ground.areas[one.gebied].naam,
            "groep": words.label(one.doelgroep) if one.doelgroep else "alle groepen",
            "aanbod": [(offers[key], offer_url(key)) for key in one.aanbod_ids if key in offers],
        }
        for one in in_words(coverage.inventories_about(stand.gebied, stand.thema, stand.doelgroep))
    ]


def like_areas(
    stand: Assessment, coverage: CoverageMap, choice: CoverageChoice
) -> list[dict[str, object]]:
    """List like areas where the theme is covered, and the offers that do it."""
    area = stand.gebied
    level = coverage.ground.of_level(area.niveau)
    by_area = {
        other.gebied.code: other
        for other in coverage.assess(
            area.niveau, stand.thema, stand.doelgroep, choice.reach, choice.tijd
        )
    }
    offers = {offer.id: offer for offer in coverage.offers}
    return [
        {
            "naam": like.gebied.naam,
            "adres": area_address(choice, like.gebied.code, stand.thema),
            "aanbod": [(offers[key].naam, offer_url(key)) for key in like.aanbod[:_MOST_OFFERS]],
            "meer": max(0, len(like.aanbod) - _MOST_OFFERS),
        }
        for like in covered_like(like_order(coverage.ground, level), area.code, by_area)
    ]


def unanswered(stand: Assessment, coverage: CoverageMap) -> list[dict[str, str]]:
    """List how often people searched for this in vain, by month and wijk, newest first."""
    own = set(stand.gebied.buurten)
    areas = coverage.ground.areas
    found = []
    for one in reversed(read_unmet(connection(), today())):
        wijk = areas.get(one.need.gebied)
        if one.need.thema != stand.thema or wijk is None or wijk.niveau is not _COUNTED:
            continue
        if not own.intersection(wijk.buurten):
            continue
        if stand.doelgroep != EVERYBODY and one.need.doelgroep not in ("", stand.doelgroep):
            continue
        month = say_month(one.maand, today())
        found.append({"maand": month, "waar": wijk.naam, "aantal": say_number(one.aantal)})
    return found


def figures_used(stand: Assessment, coverage: CoverageMap) -> list[dict[str, str]]:
    """List the figures that the number of persons rests on, with year, level and source."""
    labels = {(one.gebied, one.naam, one.jaar): one for one in coverage.ground.figures}
    areas = coverage.ground.areas
    found = []
    for one in stand.behoefte.cijfers:
        figure = labels[one.gebied, one.naam, one.jaar]
        area = areas[one.gebied]
        found.append(
            {
                "naam": figure.label,
                "jaar": str(one.jaar),
                "van": f"{GEBIED_LABELS[area.niveau].lower()} {area.naam}",
                "bron": figure.bron,
            }
        )
    return found


def numbers_of(stand: Assessment, words: Vocabulary) -> list[dict[str, str | None]]:
    """Give the figures of a verdict as tiles: need, reach, places and how much is known of them."""
    years = join_words([str(y) for y in sorted({one.jaar for one in stand.behoefte.cijfers})])
    estimate = ", geschat naar oppervlakte" if stand.behoefte.geschat else ""
    source = f"CBS {years}{estimate}" if years else "geen cijfer"
    people = who(stand.doelgroep, words)
    total = None if stand.behoefte.personen is None else say_persons(stand.behoefte.personen)
    missed = None if stand.personen is None else say_persons(stand.personen)
    reach = None if stand.bereik is None else f"{stand.bereik:.0%}"
    return [
        {"label": people, "waarde": total, "bron": source},
        {"label": f"{people} die niets bereikt", "waarde": missed, "bron": "afgerond op tien"},
        {"label": "binnen bereik", "waarde": reach, "bron": "schatting: rechte lijn x 1,3"},
        {
            "label": "plaatsen per 100 mensen",
            "waarde": _say_ratio(stand.verhouding),
            "bron": _say_capacity(stand),
        },
    ]


def unknown_of(
    stands: Mapping[str, Assessment], coverage: CoverageMap, words: Vocabulary
) -> list[str]:
    """Say what is not known of an area, for a meeting."""
    said = []
    unseen = [words.label(s.thema) for s in stands.values() if s.oordeel is Oordeel.ONBEKEND]
    if unseen:
        said.append(f"Nog niemand keek naar: {join_words(unseen)}.")
    stale = {key for stand in stands.values() for key in stand.oud}
    if stale:
        one = len(stale) == 1
        verb = "1 soort aanbod is" if one else f"{say_number(len(stale))} soorten aanbod zijn"
        counts = "telt" if one else "tellen"
        said.append(f"{verb} te lang niet nagekeken en {counts} daarom niet mee.")
    nowhere = {key for stand in stands.values() for key in stand.plek_onbekend}
    if nowhere:
        verb = "soort aanbod" if len(nowhere) == 1 else "soorten aanbod"
        said.append(f"Van {say_number(len(nowhere))} {verb} weten wij de plek niet.")
    usable = {key for stand in stands.values() for key in stand.aanbod}
    known = {o.id for o in coverage.table.offers if o.id in usable and o.capaciteit is not None}
    if usable:
        said.append(
            f"Van {say_number(len(known))} van de {say_number(len(usable))} soorten aanbod "
            "weten wij hoeveel mensen erbij kunnen."
        )
    first = next(iter(stands.values()))
    if first.behoefte.personen is None:
        said.append(f"Hoeveel {who(first.doelgroep, words)} hier wonen is niet bekend.")
    elif first.behoefte.geschat:
        said.append("Aantallen mensen zijn geschat naar oppervlakte.")
    said.append("Lopen is gerekend als de rechte lijn x 1,3. Water en spoor tellen niet mee.")
    return said


def teams_and_facts(stand: Assessment, coverage: CoverageMap) -> list[str]:
    """Say what documents state of the area, and which team has no place there."""
    return say_area(coverage, stand, services().area_facts)


def _say_ratio(ratio: float | None) -> str | None:
    """Say places per 100 persons with two digits: more would tell how many persons there are."""
    if ratio is None:
        return None
    number = float(f"{ratio * 100:.2g}")
    return f"{number:g}".replace(".", ",")


def _say_capacity(stand: Assessment) -> str:
    if stand.capaciteit_bekend is None:
        return "geen aanbod"
    return f"van {stand.capaciteit_bekend:.0%} van het aanbod is bekend hoeveel mensen erbij kunnen"


def _label(labels: Iterable[tuple[str, str]], code: str) -> str:
    return next((label for known, label in labels if known == code), code)
