"""Say the network of an area in sentences, strengths first, and in a table that agrees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from socialmap.domain.codes import Gebiedsniveau, Soort
from socialmap.domain.model import Gebied
from socialmap.network.profile import LIKENED, Profile
from socialmap.network.reading import Seen
from web.present_network import Link, Sentence, who_holds_together
from web.present_words import join_words, say_number

_INFORMAL = (Soort.BEWONERSINITIATIEF, Soort.INFORMELE_STEUN)
_UNKNOWN = "niet bekend"
_TOO_FEW = "te weinig banden"


@dataclass(frozen=True, slots=True)
class Measure:
    """
    One thing that is known of an area.

    Attributes
    ----------
    telt
        The count; None where too little is known to say it.
    van
        The whole that it is a part of: then it is a share, shown in per cent.
    """

    code: str
    naam: str
    telt: Callable[[Profile], int | None]
    van: Callable[[Profile], int] | None = None

    def waarde(self, profile: Profile) -> float | None:
        """Give the count or the share of an area; None where it is not known."""
        return self.gemiddeld([profile])

    def gemiddeld(self, profiles: Sequence[Profile]) -> float | None:
        """Give the mean of a count, or the share of several areas taken together."""
        known = [(one, count) for one in profiles if (count := self.telt(one)) is not None]
        whole = sum(self.van(one) for one, _ in known) if self.van else len(known)
        return sum(count for _, count in known) / whole if whole else None


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a picture: `breedte` in per cent of the longest; `eigen` is the area itself."""

    naam: str
    tekst: str
    breedte: float
    eigen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One measure: a cell for the area, for each like area, and for their mean; and its picture."""

    code: str
    naam: str
    eigen: str
    gelijken: tuple[str, ...]
    gemiddeld: str
    staven: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidProfile:
    """The profile of an area in words.

    Attributes
    ----------
    leeg
        Whether of nobody it is known that its place lies here: then there is nothing to compare.
    sterk, dun
        Sentences about what is strong, and about what is thin.
    houvast
        Who holds others together here.
    wens
        What is wished for; empty when nothing is.
    gelijken
        Names and addresses of the areas beside which this one stands.
    stil
        Which of those nothing is known of, in words; they do not count in the mean.
    rijen
        The table; a row has a picture where somebody has something of it.
    """

    leeg: bool
    sterk: tuple[str, ...]
    dun: tuple[str, ...]
    houvast: tuple[Sentence, ...]
    wens: str
    gelijken: tuple[Link, ...]
    stil: str
    rijen: tuple[Row, ...]


def _informal(profile: Profile) -> int:
    return sum(profile.actoren[soort.value] for soort in _INFORMAL)


def _total(profile: Profile) -> int:
    return sum(profile.actoren.values())


def _pairs(profile: Profile) -> int:
    return _total(profile) * (_total(profile) - 1) // 2


MEASURES = (
    Measure("actoren", "Organisaties en groepen met een plek hier", _total),
    Measure("informeel", "Daarvan van bewoners en vrijwilligers", _informal),
    Measure("lijnen", "Banden van wie hier een plek heeft", lambda one: one.lijnen),
    Measure("binnen", "Banden binnen het gebied", lambda one: one.binnen),
    Measure("dichtheid", "Tweetallen hier met een band", lambda one: one.binnen, _pairs),
    Measure(
        "tussen",
        "Banden tussen beroepskrachten en bewoners",
        lambda one: one.formeel_informeel.tussen,
        lambda one: one.formeel_informeel.lijnen,
    ),
    Measure("sleutel", "Wie in zijn eentje anderen vasthoudt", lambda one: one.sleutelposities),
    Measure("los", "Zonder een enkele band", lambda one: one.geisoleerd),
    Measure("team", "Zonder weg naar het wijkteam", lambda one: one.niet_verbonden),
    Measure("gewenst", "Banden die gewenst zijn", lambda one: one.gewenst),
)
_LEVEL_WORDS = {
    Gebiedsniveau.GEMEENTE: "Gemeenten",
    Gebiedsniveau.TEAMGEBIED: "Teamgebieden",
    Gebiedsniveau.WIJK: "Wijken",
    Gebiedsniveau.EIGEN: "Eigen gebieden",
}
#: Measures that are drawn as well.
_DRAWN = ("actoren", "informeel", "lijnen", "dichtheid", "tussen", "los")


def profile_url(code: str) -> str:
    """Give the address of the profile of an area."""
    return f"/netwerk/profiel/{quote(code, safe='')}"


def profile_links(
    seen: Seen, within: Gebied | None = None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """
    List the areas that have a profile by level, with its address.

    Parameters
    ----------
    seen
        The network of one reader.
    within
        Only wijken and teamgebieden that lie wholly in this one.
    """
    own = set(within.buurten) if within else None
    groups = []
    for niveau, words in _LEVEL_WORDS.items():
        found = [
            (area.naam, profile_url(area.code))
            for area in seen.areas.values()
            if area.niveau is niveau
            and area.buurten
            and (within is None or (niveau in LIKENED and area.code != within.code))
            and (own is None or own.issuperset(area.buurten))
        ]
        if found:
            groups.append((words, sorted(found, key=lambda pair: (pair[0].casefold(), pair[1]))))
    return groups


def say_profile(seen: Seen, code: str) -> SaidProfile:
    """
    Say the profile of an area that has one.

    Parameters
    ----------
    seen
        The network of one reader: nobody above the level of the reader is in it.
    code
        Key of `seen.profiles`.
    """
    own = seen.profiles[code]
    like = [seen.profiles[other] for other in own.vergelijkbaar]
    heard = [one for one in like if _total(one)]
    strong, thin = _sentences(own, heard)
    here = [key for key, held in seen.places.items() if code in held]
    silent = [one.gebied.naam for one in like if not _total(one)]
    return SaidProfile(
        leeg=not _total(own),
        sterk=tuple(strong),
        dun=tuple(thin),
        houvast=tuple(who_holds_together(seen, here)),
        wens=_say_wish(own.gewenst),
        gelijken=tuple(
            Link(one.gebied.naam, profile_url(one.gebied.code), one.gebied.niveau.value)
            for one in like
        ),
        stil=join_words(silent),
        rijen=tuple(_row(measure, own, like, heard) for measure in MEASURES),
    )


def _sentences(own: Profile, heard: Sequence[Profile]) -> tuple[list[str], list[str]]:
    """Give the sentences about strengths, and about what is thin."""
    strong: list[str] = []
    thin: list[str] = []
    for measure, words in _COMPARED.items():
        value = _measure(measure).waarde(own)
        if value is None:
            continue
        mean = _measure(measure).gemiddeld(heard)
        said = words(own) + _beside(_measure(measure), mean)
        enough = value > 0 if mean is None else value >= mean
        (strong if enough else thin).append(said)
    _say_meeting(own, strong, thin)
    _say_kept(own, strong, thin)
    return strong, thin


def _say_actors(own: Profile) -> str:
    count = _total(own)
    if count == 1:
        return "1 organisatie of groep heeft hier een plek"
    return f"{say_number(count)} organisaties en groepen hebben hier een plek"


def _say_informal(own: Profile) -> str:
    count = int(_informal(own))
    if not count:
        return "Van bewoners en vrijwilligers is hier nog geen groep bekend"
    many = "is hier 1 groep" if count == 1 else f"zijn hier {say_number(count)} groepen"
    return f"Van bewoners en vrijwilligers {many} bekend"


def _say_lines(own: Profile) -> str:
    verb = "is 1 band" if own.lijnen == 1 else f"zijn {say_number(own.lijnen)} banden"
    return f"Er {verb} bekend van wie hier een plek heeft"


def _say_density(own: Profile) -> str:
    pairs = _pairs(own)
    have = "heeft er 1" if own.binnen == 1 else f"hebben er {say_number(own.binnen)}"
    many = "Van het ene tweetal" if pairs == 1 else f"Van de {say_number(pairs)} tweetallen"
    share = _percent(own.binnen / pairs)
    return f"{many} met een plek hier {have} een band ({share})"


_COMPARED: dict[str, Callable[[Profile], str]] = {
    "actoren": _say_actors,
    "informeel": _say_informal,
    "lijnen": _say_lines,
    "dichtheid": _say_density,
}


def _say_meeting(own: Profile, strong: list[str], thin: list[str]) -> None:
    index = own.formeel_informeel
    if index.tussen is None or index.verwacht is None:
        return
    # An index v over m lines stands for (1 + v) / 2 x m lines between the two.
    expected = round((1 + index.verwacht) / 2 * index.lijnen)
    many = index.tussen >= expected
    verb = "loopt er" if index.tussen == 1 else "lopen er"
    (strong if many else thin).append(
        f"Van {index.lijnen} banden {verb} {index.tussen} tussen beroepskrachten en bewoners. "
        f"Naar hun aantallen zou u er ongeveer {expected} verwachten."
    )


def _say_kept(own: Profile, strong: list[str], thin: list[str]) -> None:
    """Say who stands apart, who has no way to the team, and how much hangs on one."""
    if not _total(own):
        return
    if own.geisoleerd:
        stands = "1 staat" if own.geisoleerd == 1 else f"{own.geisoleerd} staan"
        thin.append(f"{stands} los van alle anderen: er is geen band bekend.")
    else:
        strong.append("Iedereen met een plek hier heeft een band met een ander.")
    if own.niet_verbonden:
        have = "1 heeft" if own.niet_verbonden == 1 else f"{own.niet_verbonden} hebben"
        thin.append(f"{have} geen weg van twee stappen naar het wijkteam van deze plek.")
    else:
        strong.append("Iedereen met een plek hier komt in twee stappen bij het wijkteam.")
    if own.sleutelposities:
        many = own.sleutelposities
        hold = "1 houdt" if many == 1 else f"{many} houden"
        thin.append(
            f"{hold} in hun eentje anderen vast: vallen zij weg, dan raken anderen los."
            if many > 1
            else f"{hold} in zijn eentje anderen vast: valt die weg, dan raken anderen los."
        )
    else:
        strong.append("Valt hier iemand weg, dan vinden de anderen elkaar langs een andere weg.")


def _say_wish(count: int) -> str:
    if not count:
        return ""
    verb = "is 1 band" if count == 1 else f"zijn {count} banden"
    return f"Er {verb} gewenst van wie hier een plek heeft."


def _beside(measure: Measure, mean: float | None) -> str:
    if mean is None:
        return "."
    return f". In gebieden die erop lijken is dat gemiddeld {_say(measure, mean)}."


def _measure(code: str) -> Measure:
    return next(one for one in MEASURES if one.code == code)


def _row(measure: Measure, own: Profile, like: Sequence[Profile], heard: Sequence[Profile]) -> Row:
    known = {one.gebied.code for one in heard}
    cells = [_cell(measure, one) if one.gebied.code in known else _UNKNOWN for one in like]
    mean = measure.gemiddeld(heard)
    return Row(
        code=measure.code,
        naam=measure.naam,
        eigen=_cell(measure, own),
        gelijken=tuple(cells),
        gemiddeld=_UNKNOWN if mean is None else _say(measure, mean),
        staven=_bars(measure, own, heard) if measure.code in _DRAWN else (),
    )


def _cell(measure: Measure, one: Profile) -> str:
    value = measure.waarde(one)
    if value is None:
        return _TOO_FEW if measure.code == "tussen" else _UNKNOWN
    return _say(measure, value)


def _bars(measure: Measure, own: Profile, heard: Sequence[Profile]) -> tuple[Bar, ...]:
    """Draw the area and its likes of which something is known; nothing alone, or when all is 0."""
    values = [(one, measure.waarde(one)) for one in (own, *heard)]
    longest = max((value for _, value in values if value is not None), default=0.0)
    if not heard or not longest:
        return ()
    return tuple(
        Bar(
            naam=one.gebied.naam,
            tekst=_cell(measure, one),
            breedte=round(100 * (value or 0.0) / longest, 1),
            eigen=one is own,
        )
        for one, value in values
    )


def _say(measure: Measure, value: float) -> str:
    if measure.van:
        return _percent(value)
    whole = float(value).is_integer()
    return say_number(int(value)) if whole else f"{value:.1f}".replace(".", ",")


def _percent(share: float) -> str:
    return f"{round(100 * share)}%"
