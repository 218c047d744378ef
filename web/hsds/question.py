"""Read the questions of HSDS: pages by number, words, terms, and what changed since a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from werkzeug.datastructures import MultiDict

from socialmap.domain.codes import Lijn, Soort
from socialmap.domain.vocabulary import Vocabulary
from socialmap.exchange import hsds_words as words
from socialmap.store.filters import RecordFilter
from socialmap.store.open_lists import OpenQuestion
from web.api.paging import read_number
from web.filters_query import MOST_CHARACTERS, BadFilterError, values_of

MOST, MOST_FULL, PER_PAGE = 500, 100, 50
#: A page number above this is nothing that anybody turns to.
_LAST_PAGE = 1_000_000
_YES, _NO = ("true", "1"), ("false", "0")
#: Not offered; passing over it in silence would give an answer to another question.
_NOT_HERE = ("postcode", "proximity")


@dataclass(frozen=True, slots=True)
class Paging:
    """Page `number`, counted from 1, of `size` records."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        """Give how many records come before this page."""
        return (self.number - 1) * self.size


def read_paging(args: MultiDict[str, str], *, full: bool = False) -> Paging:
    """Read `page` and `per_page`, fewer of whole records. Raises BadFilterError."""
    return Paging(
        read_number(args, "page", 1, _LAST_PAGE, 1),
        read_number(args, "per_page", 1, MOST_FULL if full else MOST, PER_PAGE),
    )


def check_offered(args: MultiDict[str, str]) -> None:
    """Refuse what HSDS knows and this map does not offer. Raises BadFilterError."""
    for name in _NOT_HERE:
        if values_of(args, name):
            raise BadFilterError(name, "Hierop kunt u bij deze kaart niet zoeken. Laat het weg.")
    form = read_text(args, "format")
    if form not in ("", "json"):
        raise BadFilterError("format", "Deze kaart geeft alleen json. Laat het weg.", ("json",))


def read_flag(args: MultiDict[str, str], name: str) -> bool:
    """Read `true` or `false`. Raises BadFilterError for anything else."""
    text = read_text(args, name).lower()
    if text not in ("", *_YES, *_NO):
        raise BadFilterError(name, "Kies true of false.", ("true", "false"))
    return text in _YES


def read_text(args: MultiDict[str, str], name: str) -> str:
    """Read one text; empty where it is not given. Raises BadFilterError when it is too long."""
    given = values_of(args, name)
    if len(given) > 1 or any(len(text) > MOST_CHARACTERS for text in given):
        message = f"Geef één waarde van hoogstens {MOST_CHARACTERS} tekens."
        raise BadFilterError(name, message)
    return given[0] if given else ""


def read_since(args: MultiDict[str, str]) -> datetime | None:
    """Read `modified_after`: a day or a moment, without zone in UTC. Raises BadFilterError."""
    text = read_text(args, "modified_after")
    if not text:
        return None
    # A plus in an address is a space.
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        message = "Schrijf een moment zoals 2026-10-31 of 2026-10-31T12:00:00Z."
        raise BadFilterError("modified_after", message) from None


def read_question(
    args: MultiDict[str, str],
    vocabulary: Vocabulary,
    *,
    owners: bool,
    actor_id: str | None = None,
    met_plek: bool = False,
) -> OpenQuestion | None:
    """
    Read the filters of a list.

    Parameters
    ----------
    args
        Query of the address.
    vocabulary
        Themes and groups of the map.
    owners
        Whether organisations are asked; only they carry a kind.
    actor_id
        Code of the actor whose offers are asked; None for all.
    met_plek
        Keep what has a place.

    Returns
    -------
    question
        None when nothing can fit: a term that nobody has.

    Raises
    ------
    BadFilterError
        When a filter cannot be read, or a term cannot be searched for.
    """
    check_offered(args)
    keeps = [] if actor_id is None else [RecordFilter(actor_id=actor_id)]
    for name, read in (("taxonomy_term_id", _of_term), ("taxonomy_id", _of_taxonomy)):
        text = read_text(args, name)
        keep = read(text, vocabulary, owners) if text else RecordFilter()
        if keep is None:
            return None
        keeps.append(keep)
    return OpenQuestion(
        woorden=read_text(args, "search"),
        keeps=tuple(keeps),
        sinds=read_since(args),
        met_plek=met_plek,
    )


def _of_term(text: str, vocabulary: Vocabulary, owners: bool) -> RecordFilter | None:
    found = next((t for t in words.all_terms(vocabulary) if t.id == text), None)
    if found is None:
        return None
    if found.taxonomie in (words.RELATIES, words.VELDEN):
        message = "Op deze term kunt u niet zoeken. Kies een thema, domein, doelgroep of lijn."
        raise BadFilterError("taxonomy_term_id", message)
    return _keep(found.taxonomie, (found.code,), vocabulary, owners)


def _of_taxonomy(text: str, vocabulary: Vocabulary, owners: bool) -> RecordFilter | None:
    found = next((key for key in words.TAXONOMIES if words.taxonomy_id(key) == text), None)
    if found is None or found == words.GEBIEDEN:
        return None
    if found in (words.RELATIES, words.VELDEN):
        message = "Op deze lijst kunt u niet zoeken. Kies thema’s, domeinen of doelgroepen."
        raise BadFilterError("taxonomy_id", message)
    codes = [t.code for t in words.all_terms(vocabulary) if t.taxonomie == found]
    return _keep(found, codes, vocabulary, owners)


def _keep(
    taxonomie: str, codes: Iterable[str], vocabulary: Vocabulary, owners: bool
) -> RecordFilter | None:
    wanted = tuple(codes)
    if not wanted:
        return None
    if taxonomie == words.ZRM:
        of_domain = [
            code
            for code, thema in vocabulary.themas.items()
            if words.zrm_code(thema.zrm_domein) in wanted
        ]
        return RecordFilter(themas=tuple(of_domain))
    if taxonomie == words.THEMAS:
        return RecordFilter(themas=wanted)
    if taxonomie == words.DOELGROEPEN:
        return RecordFilter(doelgroepen=wanted)
    if taxonomie == words.LIJNEN:
        return RecordFilter(lijnen=tuple(Lijn(int(code)) for code in wanted))
    return RecordFilter(soorten=tuple(Soort(code) for code in wanted)) if owners else None
