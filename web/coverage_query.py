"""Read what coverage is asked for in an address: pages, files and the interface take the same."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from socialmap.coverage.answers import Asked
from socialmap.coverage.need import EVERYBODY
from socialmap.coverage.times import Dagdeel, Tijd
from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.vocabulary import Vocabulary, read_themes
from web.filters_query import BadFilterError, read_area, read_codes, read_one, values_of

#: Levels that coverage is asked of, from small to large.
LEVELS = (
    Gebiedsniveau.BUURT,
    Gebiedsniveau.WIJK,
    Gebiedsniveau.TEAMGEBIED,
    Gebiedsniveau.GEMEENTE,
)
#: In the order of `Tijd.dag`.
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
#: Metres on foot that may be asked.
LEAST_M, MOST_M = 50, 5000
#: Names that an address holds, in this order.
NAMES = ("niveau", "gebied", "thema", "doelgroep", "straal_m", "dag", "dagdeel")
_OLD_THEMES = ("taal_digitaal",)


def read_asked(args: MultiDict[str, str], words: Vocabulary) -> Asked:
    """
    Read level, area, themes, group, reach and time; what is not given is the usual.

    Without a theme all themes are asked. Whether `gebied` is there the store must tell.

    Raises
    ------
    BadFilterError
        When a value is not one of the codes; names the parameter and what it takes.
    """
    themas = read_themes(read_codes(args, "thema", [*words.themas, *_OLD_THEMES], str))
    niveau = read_one(args, "niveau", [level.value for level in LEVELS])
    return Asked(
        niveau=Gebiedsniveau(niveau) if niveau else Gebiedsniveau.WIJK,
        gebied=read_area(args),
        themas=tuple(themas) or tuple(words.themas),
        doelgroep=read_one(args, "doelgroep", list(words.doelgroepen)) or EVERYBODY,
        straal_m=read_reach(args),
        tijd=_read_time(args),
    )


def read_reach(args: MultiDict[str, str]) -> float | None:
    """Read the metres on foot; None when they are not given."""
    values = values_of(args, "straal_m")
    if not values:
        return None
    text = values[0] if len(values) == 1 and len(values[0]) <= len(str(MOST_M)) else ""
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not LEAST_M <= number <= MOST_M:
        raise BadFilterError(
            "straal_m", f"Kies {LEAST_M} tot en met {MOST_M} meter, in hele meters."
        )
    return float(number)


def _read_time(args: MultiDict[str, str]) -> Tijd | None:
    day = read_one(args, "dag", list(DAYS))
    part = read_one(args, "dagdeel", [one.value for one in Dagdeel])
    if not day and not part:
        return None
    return Tijd(DAYS.index(day) if day else None, part or None)
