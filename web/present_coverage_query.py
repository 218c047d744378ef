"""Read what somebody asks of the coverage pages, and write the addresses that change a part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from werkzeug.datastructures import MultiDict

from socialmap.coverage.need import EVERYBODY
from socialmap.coverage.times import Dagdeel, Tijd
from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.vocabulary import Vocabulary
from web.coverage_query import DAYS, read_asked
from web.filters_query import BadFilterError, read_area, read_one

#: Levels that can be asked, small to large, and what one of them and several are called.
LEVELS = {
    Gebiedsniveau.BUURT: ("buurt", "buurten"),
    Gebiedsniveau.WIJK: ("wijk", "wijken"),
    Gebiedsniveau.TEAMGEBIED: ("teamgebied", "teamgebieden"),
    Gebiedsniveau.GEMEENTE: ("gemeente", "gemeenten"),
}
#: Metres on foot that the page offers; another number may stand in the address.
REACHES = ("300", "500", "800", "1000", "1500")
PARTS = {
    Dagdeel.OCHTEND: "in de ochtend",
    Dagdeel.MIDDAG: "in de middag",
    Dagdeel.AVOND: "in de avond",
}
#: The list without end.
ALL_ROWS = "alles"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageChoice:
    """
    The state of the filters and the selection, as the address bar holds them.

    Attributes
    ----------
    thema
        Empty when the page may choose.
    doelgroep, straal_m, dag, dagdeel
        As asked; empty for everybody, the usual reach and any time.
    niveau, gebied
        Level of the areas on the map, and the area that they share a buurt with; empty for all.
    gekozen
        Code of the area that is chosen; empty for the first of the list.
    rij
        Code of the row of the table of themes that a small screen shows.
    toon
        `alles` for a list without end.
    """

    thema: str = ""
    doelgroep: str = EVERYBODY
    niveau: Gebiedsniveau = Gebiedsniveau.WIJK
    gebied: str = ""
    straal_m: str = ""
    dag: str = ""
    dagdeel: str = ""
    gekozen: str = ""
    rij: str = ""
    toon: str = ""

    @property
    def reach(self) -> float | None:
        """Metres on foot that were asked; None for the usual ones."""
        return float(self.straal_m) if self.straal_m else None

    @property
    def tijd(self) -> Tijd | None:
        """The time of the week that was asked; None for any."""
        if not self.dag and not self.dagdeel:
            return None
        return Tijd(DAYS.index(self.dag) if self.dag else None, self.dagdeel or None)

    def asked(self, *without: str) -> dict[str, str]:
        """Give what the address holds of it, in a fixed order, without what is usual."""
        usual = {"doelgroep": EVERYBODY, "niveau": Gebiedsniveau.WIJK.value}
        state = {
            "thema": self.thema,
            "doelgroep": self.doelgroep,
            "niveau": self.niveau.value,
            "gebied": self.gebied,
            "straal_m": self.straal_m,
            "dag": self.dag,
            "dagdeel": self.dagdeel,
            "gekozen": self.gekozen,
            "rij": self.rij,
            "toon": self.toon,
        }
        return {
            name: value
            for name, value in state.items()
            if value and value != usual.get(name) and name not in without
        }


def read_coverage_choice(args: MultiDict[str, str], words: Vocabulary) -> CoverageChoice:
    """
    Read the choice from the query of an address.

    Parameters
    ----------
    args
        `request.args`; other names are left alone.
    words
        Themes and groups that may be asked.

    Raises
    ------
    BadFilterError
        When a value is not one of the codes. Whether areas are there the caller must tell.
    """
    thema = read_one(args, "thema", list(words.themas))
    asked = read_asked(args, words)
    day = None if asked.tijd is None else asked.tijd.dag
    part = None if asked.tijd is None else asked.tijd.dagdeel
    return CoverageChoice(
        thema=thema,
        doelgroep=asked.doelgroep,
        niveau=asked.niveau,
        gebied=asked.gebied,
        straal_m="" if asked.straal_m is None else f"{asked.straal_m:.0f}",
        dag="" if day is None else DAYS[day],
        dagdeel=part or "",
        gekozen=_read_code(args, "gekozen"),
        rij=_read_code(args, "rij"),
        toon=read_one(args, "toon", [ALL_ROWS]),
    )


def say_time(choice: CoverageChoice) -> str:
    """Say the time of the week that was asked; empty for any."""
    said = []
    if choice.dag:
        said.append(f"op {choice.dag}")
    if choice.dagdeel:
        said.append(PARTS[Dagdeel(choice.dagdeel)])
    return " ".join(said)


def page_address(choice: CoverageChoice, **change: str) -> str:
    """Give the address of the page with the map, with a part of its state changed."""
    return _with_query("/dekking", {**choice.asked(*change), **change})


def area_address(choice: CoverageChoice, code: str, thema: str = "") -> str:
    """Give the address of an area, and of one theme there, for the same group, reach and time."""
    kept = choice.asked("thema", "niveau", "gebied", "gekozen", "rij", "toon")
    return _with_query(f"/dekking/{quote(code, safe='')}", {"thema": thema, **kept})


def pdf_address(choice: CoverageChoice, code: str) -> str:
    """Give the address of the PDF of an area, for the same group, reach and time."""
    kept = choice.asked("thema", "niveau", "gebied", "gekozen", "rij", "toon")
    return _with_query(f"/dekking/{quote(code, safe='')}.pdf", kept)


def side_address(path: str, choice: CoverageChoice, names: Sequence[str]) -> str:
    """Give the address of another page or a file about the same, with the names that it takes."""
    state = choice.asked()
    return _with_query(path, {name: state[name] for name in names if name in state})


def action_address(path: str, choice: CoverageChoice, code: str, thema: str) -> str:
    """Give the address of what can be done about a theme in an area."""
    group = "" if choice.doelgroep == EVERYBODY else choice.doelgroep
    return _with_query(path, {"gebied": code, "thema": thema, "doelgroep": group})


def _with_query(path: str, state: dict[str, str]) -> str:
    kept = {name: value for name, value in state.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path


def _read_code(args: MultiDict[str, str], name: str) -> str:
    """Read the code of an area under another name than `gebied`."""
    try:
        return read_area(MultiDict({"gebied": args.get(name, "")}))
    except BadFilterError as error:
        raise BadFilterError(name, "Dit is geen code van een gebied.") from error
