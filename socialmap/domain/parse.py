"""Read cells of text into records, and say in Dutch what a cell should have held."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

import opening_hours

from socialmap.domain.codes import (
    ZICHTBAARHEDEN,
    Feitelijk,
    Lijn,
    Relatiesoort,
    Richting,
    Soort,
    Status,
    Toegang,
    Vorm,
)
from socialmap.domain.fields import (
    AANBOD,
    ACTOREN,
    INVENTARISATIES,
    RELATIES,
    SIGNALEN,
    Kind,
    Veld,
)
from socialmap.domain.model import (
    STADSBREED,
    Aanbod,
    Actor,
    Inventarisatie,
    Relatie,
    Signaal,
    Toestemming,
)
from socialmap.domain.vocabulary import Vocabulary, read_themes

_KEY = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$")
_MAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_POSTCODE = re.compile(r"^[1-9][0-9]{3}( ?[A-Z]{2})?$")
_AMOUNT = re.compile(r"[0-9]{1,5}(\.[0-9]{1,2})?")
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,20})?(e-[0-9]{1,3})?")
#: Control characters, and halves of a character that no file or database can hold.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
#: A date outside these years is a slip of the pen.
_YEARS = range(1900, 2101)
#: The group that holds everybody.
EVERYBODY = "iedereen"
_NEEDED = "Dit veld is verplicht. Vul het in."


class CellError(ValueError):
    """A cell cannot be read; the message is a Dutch sentence without the cell repeated whole."""


def read_cells(
    velden: tuple[Veld, ...], row: Mapping[str, str], vocabulary: Vocabulary
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """
    Read every cell of one row.

    Parameters
    ----------
    velden
        Columns of the table.
    row
        Text by column name; a missing column counts as an empty cell.
    vocabulary
        Themes and groups that are allowed.

    Returns
    -------
    values, faults
        Typed values by column, and (column, sentence) for each cell that cannot be read.
    """
    values: dict[str, Any] = {}
    faults: list[tuple[str, str]] = []
    for veld in velden:
        try:
            values[veld.naam] = read_cell(veld, row.get(veld.naam, ""), vocabulary)
        except CellError as error:
            faults.append((veld.naam, str(error)))
    return values, faults


def read_cell(veld: Veld, text: str, vocabulary: Vocabulary) -> Any:
    """
    Read one cell.

    Raises
    ------
    CellError
        When the text does not fit the column.
    """
    if len(text) > veld.langst:
        raise CellError(
            f"Deze tekst is {len(text)} tekens lang. Maak hem korter: "
            f"hoogstens {veld.langst} tekens."
        )
    if _UNWRITABLE.search(text):
        raise CellError("Hier staan onzichtbare stuurtekens in. Haal die weg.")
    text = text.strip() if veld.kind is not Kind.TEKST else text.strip(" ")
    if not text or text.isspace():
        if veld.nodig:
            raise CellError(_NEEDED)
        return _EMPTY.get(veld.kind)
    if veld.kind is Kind.THEMAS:
        return _codes(text, vocabulary.themas, "thema", read_themes)
    if veld.kind is Kind.DOELGROEPEN:
        return _codes(text, vocabulary.doelgroepen, "doelgroep", tuple)
    if veld.kind is Kind.THEMA:
        return _only(_codes(text, vocabulary.themas, "thema", read_themes), "thema")
    if veld.kind is Kind.DOELGROEP:
        return _only(_codes(text, vocabulary.doelgroepen, "doelgroep", tuple), "doelgroep")
    return _READERS[veld.kind](veld, text)


def split_list(text: str) -> tuple[str, ...]:
    """Split a cell at `|`, without empty parts and doubles."""
    return tuple(dict.fromkeys(part.strip() for part in text.split("|") if part.strip()))


def relation_id(van_id: str, naar_id: str, soort: str, feitelijk: str, geldig_van: object) -> str:
    """Give the id that follows from what a tie connects, so that reading a file twice adds none."""
    name = "|".join((van_id, naar_id, soort, feitelijk, str(geldig_van or "")))
    return f"R-{uuid5(NAMESPACE_URL, name).hex[:16]}"


def build_actor(values: Mapping[str, Any]) -> Actor:
    """Make an actor from values that `read_cells` gave without faults."""
    own = {key: value for key, value in values.items() if not key.startswith("toestemming_")}
    own["soort"] = Soort(values["soort"])
    own["status"] = Status(values["status"])
    own["zichtbaarheid"] = ZICHTBAARHEDEN[values["zichtbaarheid"]]
    own["lijn"] = _line(values["lijn"])
    consent = None
    if values.get("toestemming_op"):
        level = values.get("toestemming_niveau")
        consent = Toestemming(
            op=values["toestemming_op"],
            tot=values.get("toestemming_tot"),
            doel=values.get("toestemming_doel") or "",
            niveau=ZICHTBAARHEDEN[level] if level else None,
            door=values.get("toestemming_door") or "",
        )
    return Actor(**own, toestemming=consent)


def build_aanbod(values: Mapping[str, Any]) -> Aanbod:
    """Make an offer from values that `read_cells` gave without faults."""
    own = dict(values)
    own["vorm"] = Vorm(values["vorm"]) if values["vorm"] else None
    own["toegang"] = Toegang(values["toegang"]) if values["toegang"] else None
    own["status"] = Status(values["status"])
    own["lijn"] = _line(values["lijn"])
    return Aanbod(**own)


def build_relatie(values: Mapping[str, Any]) -> Relatie:
    """Make a tie from values that `read_cells` gave without faults."""
    own = dict(values)
    own["soort"] = Relatiesoort(values["soort"])
    own["richting"] = Richting(values["richting"])
    own["feitelijk"] = Feitelijk(values["feitelijk"])
    own["sterkte"] = int(values["sterkte"])
    own["zichtbaarheid"] = ZICHTBAARHEDEN[values["zichtbaarheid"]]
    key = ("van_id", "naar_id", "soort", "feitelijk", "geldig_van")
    return Relatie(id=relation_id(*(values[name] for name in key)), **own)


def build_inventarisatie(values: Mapping[str, Any]) -> Inventarisatie:
    """Make an inventarisatie from values that `read_cells` gave without faults."""
    return Inventarisatie(**{**values, "doelgroep": _named(values["doelgroep"])})


def build_signaal(values: Mapping[str, Any]) -> Signaal:
    """Make a signal from values that `read_cells` gave without faults."""
    empty = {name: values[name] or "" for name in ("eigenaar", "stap", "antwoord")}
    return Signaal(**{**values, **empty, "doelgroep": _named(values["doelgroep"])})


#: How to read and make each kind of record, by the name of its table.
RECORDS: dict[str, tuple[tuple[Veld, ...], Callable[[Mapping[str, Any]], Any]]] = {
    "actoren": (ACTOREN, build_actor),
    "aanbod": (AANBOD, build_aanbod),
    "relaties": (RELATIES, build_relatie),
    "inventarisaties": (INVENTARISATIES, build_inventarisatie),
    "signalen": (SIGNALEN, build_signaal),
}


def _named(group: str) -> str:
    """Give a named group; everybody is no group."""
    return "" if group == EVERYBODY else group


def _line(code: str | None) -> Lijn | None:
    return Lijn(int(code)) if code else None


def _codes(
    text: str,
    known: Mapping[str, object],
    word: str,
    expand: Callable[[tuple[str, ...]], tuple[str, ...]],
) -> tuple[str, ...]:
    codes = expand(split_list(text))
    for code in codes:
        if code not in known:
            hint = _suggest(code, known) or f" Kies een {word} uit de woordenlijst."
            raise CellError(f"{_shown(code)} is geen {word}.{hint}")
    return codes


def _only(codes: tuple[str, ...], word: str) -> str:
    if len(codes) != 1:
        raise CellError(f"Hier past één {word}. Kies er één, of maak er twee rijen van.")
    return codes[0]


def _suggest(code: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    near = get_close_matches(code[:80], list(known), n=1)
    return f" Bedoelt u {near[0]}?" if near else ""


def _shown(text: str) -> str:
    short = text if len(text) <= 40 else text[:40] + "…"
    return f"‘{short}’"


def _code(veld: Veld, text: str) -> str:
    if text not in veld.codes:
        allowed = ", ".join(veld.codes)
        raise CellError(
            f"{_shown(text)} kan hier niet staan.{_suggest(text, veld.codes)} Kies uit: {allowed}."
        )
    return text


def _several(veld: Veld, text: str) -> tuple[str, ...]:
    return tuple(_code(veld, part) for part in _list(veld, text))


def _key(_veld: Veld, text: str) -> str:
    if not _KEY.match(text):
        raise CellError(
            "Een id bestaat uit letters, cijfers, punten en streepjes, hoogstens 80 tekens."
        )
    return text


def _list(veld: Veld, text: str) -> tuple[str, ...]:
    parts = split_list(text)
    if veld.nodig and not parts:
        raise CellError(_NEEDED)
    return parts


def _number(veld: Veld, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise CellError(f"{_shown(text)} is geen heel getal. Schrijf alleen cijfers.")
    number = int(text)
    if not veld.laagst <= number <= veld.hoogst:
        raise CellError(f"{number} kan niet: kies {veld.laagst:.0f} tot en met {veld.hoogst:.0f}.")
    return number


def _amount(veld: Veld, text: str) -> Decimal:
    if not _AMOUNT.fullmatch(text) or not veld.laagst <= Decimal(text) <= Decimal(veld.hoogst):
        raise CellError(f"{_shown(text)} is geen bedrag. Schrijf het in euro, zoals 2.50 of 0.")
    return Decimal(text)


def _degrees(veld: Veld, text: str) -> float:
    if not _DEGREES.fullmatch(text) or not veld.laagst <= float(text) <= veld.hoogst:
        raise CellError(f"{_shown(text)} is geen coördinaat in graden, zoals 4.638 of 52.372.")
    return float(text)


def _day(_veld: Veld, text: str) -> date:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) and int(text[:4]) in _YEARS:
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise CellError(f"{_shown(text)} is geen datum. Schrijf jaar-maand-dag, zoals 2026-10-31.")


def _reach(veld: Veld, text: str) -> int | str:
    if text == STADSBREED:
        return text
    try:
        return _number(veld, text)
    except CellError:
        raise CellError(
            f"{_shown(text)} kan niet. Schrijf een aantal meters, of stadsbreed."
        ) from None


def _times(_veld: Veld, text: str) -> str:
    if not opening_hours.validate(text):
        raise CellError(
            f"{_shown(text)} zijn geen tijden die de kaart begrijpt. "
            "Schrijf ze zoals Tu 10:00-12:00; Th 14:00-16:00."
        )
    return text


def _link(_veld: Veld, text: str) -> str:
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", text):
        raise CellError(f"{_shown(text)} is geen webadres. Begin met https://.")
    return text


def _mail(_veld: Veld, text: str) -> str:
    if not _MAIL.match(text):
        raise CellError(f"{_shown(text)} is geen e-mailadres. Schrijf het als naam@organisatie.nl.")
    return text


def _postcode(_veld: Veld, text: str) -> str:
    if not _POSTCODE.match(text):
        raise CellError(f"{_shown(text)} is geen postcode. Schrijf hem als 2011 AB.")
    return text


_EMPTY: dict[Kind, Any] = {
    Kind.TEKST: "",
    Kind.SLEUTEL: "",
    Kind.LIJST: (),
    Kind.CODES: (),
    Kind.THEMAS: (),
    Kind.DOELGROEPEN: (),
    Kind.DOELGROEP: "",
    Kind.TIJDEN: "",
    Kind.LINK: "",
    Kind.MAIL: "",
    Kind.POSTCODE: "",
}
_READERS: dict[Kind, Callable[[Veld, str], Any]] = {
    Kind.TEKST: lambda _veld, text: text,
    Kind.SLEUTEL: _key,
    Kind.CODE: _code,
    Kind.CODES: _several,
    Kind.LIJST: _list,
    Kind.GETAL: _number,
    Kind.BEDRAG: _amount,
    Kind.GRADEN: _degrees,
    Kind.DAG: _day,
    Kind.BEREIK: _reach,
    Kind.TIJDEN: _times,
    Kind.LINK: _link,
    Kind.MAIL: _mail,
    Kind.POSTCODE: _postcode,
}
