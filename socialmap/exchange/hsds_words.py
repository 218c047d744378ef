"""The names by which a social map speaks HSDS 3.1: ids, taxonomies and terms (docs/hsds.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from socialmap.domain.codes import LIJN_LABELS, RELATIE_LABELS, SOORT_LABELS
from socialmap.domain.fields import AANBOD, ACTOREN
from socialmap.domain.model import Gebied
from socialmap.domain.vocabulary import Vocabulary

VERSION = "3.1"
#: Scheme of the identifier by which an import finds an organisation back.
SCHEME = "socialmap"
THEMAS, ZRM, DOELGROEPEN = "themas", "zrm", "doelgroepen"
SOORTEN, LIJNEN, RELATIES, GEBIEDEN, VELDEN = "soorten", "lijnen", "relaties", "gebieden", "velden"

#: Name and description of each taxonomy.
TAXONOMIES: dict[str, tuple[str, str]] = {
    THEMAS: ("Sociale kaart: thema’s", "Waar een organisatie of aanbod over gaat."),
    ZRM: (
        "Zelfredzaamheid-Matrix 2017: domeinen",
        "Het domein van de Zelfredzaamheid-Matrix waar een thema bij hoort.",
    ),
    DOELGROEPEN: ("Sociale kaart: doelgroepen", "Voor wie een organisatie of aanbod er is."),
    SOORTEN: ("Sociale kaart: soorten", "Wat voor partij een organisatie is."),
    LIJNEN: ("Sociale kaart: lijnen", "Bewoners, de wijk, of een specialist."),
    RELATIES: ("Sociale kaart: relaties", "Wie met wie werkt; de waarde is JSON."),
    GEBIEDEN: ("Sociale kaart: eigen gebieden", "Teamgebieden en eigen gebieden, met hun leden."),
    VELDEN: ("Sociale kaart: velden", "Wat HSDS niet kent, per kolom van het uitwisselformaat."),
}
_AREA = re.compile(r"(?:GM\d{4}|WK\d{6}|BU\d{8})(?!\d)")
_OWN_AREA = "urn:socialmap:gebied:"
_CBS_AREA = "urn:cbs:gebied:"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a taxonomy; `domein` is the domain of the Zelfredzaamheid-Matrix of a theme."""

    taxonomie: str
    code: str
    naam: str
    uitleg: str

    @property
    def id(self) -> str:
        """Give the uuid that follows from taxonomy and code."""
        return term_id(self.taxonomie, self.code)


def hsds_id(kind: str, key: str) -> str:
    """
    Give the uuid of a record; the same for the same code, on every day and every machine.

    Parameters
    ----------
    kind
        Name of the thing in HSDS, such as `service`.
    key
        Code of this map. One that is a uuid already, of what came from elsewhere, stays.
    """
    if is_uuid(key):
        return key
    return child_id(kind, key)


def child_id(kind: str, key: str) -> str:
    """Give the uuid of a part of a record, such as its `phone`; see `hsds_id`."""
    return str(uuid5(NAMESPACE_URL, f"urn:socialmap:{kind}:{key}"))


def is_uuid(text: str) -> bool:
    """Tell whether a text is a uuid, written in the usual way."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def taxonomy_id(taxonomie: str) -> str:
    """Give the uuid of one of our taxonomies."""
    return child_id("taxonomy", taxonomie)


def term_id(taxonomie: str, code: str) -> str:
    """Give the uuid of a term."""
    return child_id("term", f"{taxonomie}:{code}")


def area_uri(code: str) -> str:
    """Name an area: a CBS code by a urn of its own, an own area by one of the map."""
    return f"{_CBS_AREA if _AREA.fullmatch(code) else _OWN_AREA}{code}"


def read_area(uri: str) -> str:
    """Give the code of an area that a uri names, also of another maker; empty without one."""
    if uri.startswith(_OWN_AREA):
        return uri.removeprefix(_OWN_AREA)
    found = _AREA.findall(uri)
    return found[-1] if found else ""


def taxonomies() -> list[Json]:
    """Give all taxonomies as HSDS has them."""
    return [
        {"id": taxonomy_id(key), "name": name, "description": words, "version": "1"}
        for key, (name, words) in TAXONOMIES.items()
    ]


def zrm_code(domein: str) -> str:
    """Make a code of the name of a domain."""
    return re.sub(r"[^a-z]+", "_", domein.lower().replace("ë", "e")).strip("_")


def all_terms(vocabulary: Vocabulary, own: Iterable[Gebied] = ()) -> list[Term]:
    """
    Give every term of every taxonomy.

    Parameters
    ----------
    vocabulary
        Themes and groups of this map.
    own
        Team areas and own areas; their description holds level and members.
    """
    themas = vocabulary.themas.values()
    domains = dict.fromkeys(thema.zrm_domein for thema in themas if thema.zrm_domein)
    columns = {veld.naam: None for veld in (*ACTOREN, *AANBOD)}
    return [
        *(Term(THEMAS, t.code, t.label, _about_theme(t.zrm_domein)) for t in themas),
        *(Term(ZRM, zrm_code(name), name, f"Domein {name}.") for name in domains),
        *(Term(DOELGROEPEN, g.code, g.label, g.label) for g in vocabulary.doelgroepen.values()),
        *(Term(SOORTEN, soort.value, name, name) for soort, name in SOORT_LABELS.items()),
        *(Term(LIJNEN, str(int(lijn)), name, name) for lijn, name in LIJN_LABELS.items()),
        *(Term(RELATIES, s.value, left, right) for s, (left, right) in RELATIE_LABELS.items()),
        *(Term(GEBIEDEN, a.code, a.naam, f"{a.niveau.value}: {'|'.join(a.leden)}") for a in own),
        *(Term(VELDEN, name, name, f"Kolom {name} van het uitwisselformaat.") for name in columns),
    ]


def term_json(term: Term) -> Json:
    """Write a term as HSDS has it, with its taxonomy."""
    name, words = TAXONOMIES[term.taxonomie]
    return {
        **short_term(term),
        "language": "nl",
        "taxonomy_detail": {
            "id": taxonomy_id(term.taxonomie),
            "name": name,
            "description": words,
        },
    }


def short_term(term: Term) -> Json:
    """Write a term as it stands at an attribute."""
    return {
        "id": term.id,
        "code": term.code,
        "name": term.naam,
        "description": term.uitleg or term.naam,
        "taxonomy": TAXONOMIES[term.taxonomie][0],
    }


def by_key(terms: Sequence[Term]) -> Mapping[tuple[str, str], Term]:
    """Give terms by taxonomy and code."""
    return {(term.taxonomie, term.code): term for term in terms}


def _about_theme(domein: str) -> str:
    if not domein:
        return "Geen domein van de Zelfredzaamheid-Matrix."
    return f"Domein van de Zelfredzaamheid-Matrix: {domein}."
