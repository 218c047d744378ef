"""Say what is known of a theme and group in an area, in sentences with their year and source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from socialmap.coverage.assess import Assessment
from socialmap.coverage.need import EVERYBODY
from socialmap.coverage.reach import default_reach_m
from socialmap.coverage.verdict import Oordeel, Toevoeging
from socialmap.domain.choices import GEVRAAGD_LABELS
from socialmap.domain.clock import MONTHS
from socialmap.domain.counts import FEW, NONE, say_persons
from socialmap.domain.model import Inventarisatie
from socialmap.domain.vocabulary import Vocabulary

_WORDS = ("geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
#: What a verdict is called in a sentence.
VERDICT_WORDS = {
    Oordeel.GEDEKT: "gedekt",
    Oordeel.DUN: "dun",
    Oordeel.GAT: "een gat",
    Oordeel.ONBEKEND: "onbekend",
}
_FOUND = {
    "niets_gevonden": "niets gevonden",
    "gevonden": "iets gevonden",
    "deels": "deels gevonden",
}


def say_count(number: int) -> str:
    """Say a small number in words and a larger one in figures."""
    return _WORDS[number] if number < len(_WORDS) else f"{number:,}".replace(",", ".")


def say_assessment(
    stand: Assessment,
    words: Vocabulary,
    inventories: Sequence[Inventarisatie],
    straal_m: float | None = None,
) -> list[str]:
    """
    Say a verdict, what it rests on, and who was asked last.

    Parameters
    ----------
    stand
        The verdict.
    words
        Labels of themes, groups.
    inventories
        Those about this theme, group and area, newest first.
    straal_m
        Metres on foot that were asked; None for the usual ones.

    Returns
    -------
    sentences
        In reading order; numbers of persons are rounded to tens.
    """
    if stand.oordeel is None:
        return [f"In {stand.gebied.naam} woont (bijna) niemand."]
    said = [_say_verdict(stand, words), _say_persons(stand, words, straal_m)]
    said += [_say_offers(stand), _say_citywide(stand), _say_documented(stand)]
    said += _say_additions(stand, words)
    said.append(say_asked(inventories))
    return [sentence for sentence in said if sentence]


def say_asked(inventories: Sequence[Inventarisatie]) -> str:
    """Say when somebody last looked and who was asked; newest first."""
    if not inventories:
        return "Hier heeft nog niemand naar gekeken."
    last = inventories[0]
    asked = _join([_say_who(code) for code in last.gevraagd_aan]) or "niet ingevuld"
    return f"Laatst gevraagd in {say_month(last.datum)}: {asked}; {_FOUND[last.uitkomst]}."


def _say_who(code: str) -> str:
    """Say who was asked; what is on no list is said as it was written."""
    known = {one.value: label for one, label in GEVRAAGD_LABELS.items()}
    return known.get(code, code).lower()


def say_missing_together(number: int) -> str:
    """Say how many themes are missing together; nothing when it is only one."""
    if number < 2:
        return ""
    return f"Hier ontbreken {say_count(number)} thema's tegelijk."


def say_month(day: date) -> str:
    """Say a month with its year."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def _say_verdict(stand: Assessment, words: Vocabulary) -> str:
    verdict = stand.oordeel and VERDICT_WORDS[stand.oordeel]
    about = words.label(stand.thema)
    if stand.doelgroep != EVERYBODY:
        about += f" voor {words.label(stand.doelgroep)}"
    return f"{about} in {stand.gebied.naam} is {verdict}."


def _say_persons(stand: Assessment, words: Vocabulary, straal_m: float | None) -> str:
    who = _who(stand, words)
    if stand.behoefte.personen is None:
        return f"Om hoeveel mensen het gaat is niet bekend: er is geen cijfer over {who}."
    total, missed = say_persons(stand.behoefte.personen), say_persons(stand.personen)
    source = _say_source(stand)
    if total == NONE:
        return f"Hier wonen geen {who}{source}."
    if missed == NONE:
        return f"Van de {total} {who} heeft iedereen iets binnen bereik{source}."
    if missed == total != FEW:
        return f"Van de {total} {who} heeft bijna niemand iets binnen bereik{source}."
    about = "" if missed == FEW else "Ongeveer "
    metres = straal_m or default_reach_m(stand.doelgroep)
    said = f"{about}{missed} van de {total} {who}"
    return f"{said[0].upper()}{said[1:]} hebben niets binnen {metres:.0f} meter lopen{source}."


def _who(stand: Assessment, words: Vocabulary) -> str:
    return "inwoners" if stand.doelgroep == EVERYBODY else words.label(stand.doelgroep)


def _say_source(stand: Assessment) -> str:
    years = sorted({figure.jaar for figure in stand.behoefte.cijfers})
    if not years:
        return ""
    estimate = "geschat naar oppervlakte, " if stand.behoefte.geschat else ""
    return f" ({estimate}CBS {' en '.join(str(year) for year in years)})"


def _say_offers(stand: Assessment) -> str:
    usable, stale = len(stand.aanbod), len(stand.oud)
    if not usable and not stale:
        return "Er is geen aanbod bekend dat hier komt."
    if not usable:
        found = "Er is geen aanbod dat pas is nagekeken."
    elif usable == 1:
        found = "Er is één aanbod."
    else:
        found = f"Er zijn {say_count(usable)} soorten aanbod."
    if stale:
        more = "is te lang niet" if stale == 1 else "zijn te lang niet"
        number = "Eén" if stale == 1 else say_count(stale).capitalize()
        found += f" {number} {more} nagekeken."
    return found


def _say_citywide(stand: Assessment) -> str:
    number = len(stand.stadsbreed)
    return f"Voor de hele stad {_is(number)} er nog {say_count(number)}." if number else ""


def _say_documented(stand: Assessment) -> str:
    number = len(stand.volgens_bron)
    if not number:
        return ""
    what = "soort aanbod" if number == 1 else "soorten aanbod"
    named = f"Documenten noemen {say_count(number)} {what} voor dit gebied"
    return f"{named}; niemand heeft dat nagekeken."


def _say_additions(stand: Assessment, words: Vocabulary) -> list[str]:
    said = []
    if Toevoeging.ALLEEN_ALGEMEEN in stand.toevoegingen:
        said.append(f"Er is alleen aanbod voor iedereen, niets speciaal voor {_who(stand, words)}.")
    if Toevoeging.VEROUDERD in stand.toevoegingen:
        said.append("Dit hangt af van gegevens die te oud zijn: kijk die eerst na.")
    if Toevoeging.KRAP in stand.toevoegingen:
        said.append("Er zijn weinig plaatsen voor het aantal mensen.")
    return said


def _is(number: int) -> str:
    return "is" if number == 1 else "zijn"


def _join(words: Sequence[str]) -> str:
    return " en ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
