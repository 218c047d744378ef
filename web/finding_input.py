"""A question as it comes by POST, held against its limits, and answered as `finding` does."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from socialmap.domain.codes import Vorm
from socialmap.domain.errors import SocialMapError
from socialmap.domain.vocabulary import read_themes
from socialmap.finding.answer_json import introducers
from socialmap.finding.ask import Asker
from socialmap.finding.place import (
    MOST_CHARACTERS,
    Plek,
    Plekbron,
    find_place,
    require_here,
)
from socialmap.finding.question import Antwoord, Vraag
from socialmap.store.records import actors_by_id, known_ids
from web.context import connection, lezer, services, vocabulary

#: Longest question; what people type is far below it.
MOST_QUESTION = 2000
_MOST_CODES = 40
Code = Annotated[str, Field(min_length=1, max_length=80)]


class QuestionError(SocialMapError):
    """A question cannot be asked like this; the message names the field and what it takes."""


class ZoekPlek(BaseModel):
    """Where somebody is; one of three ways to say it."""

    model_config = ConfigDict(extra="forbid")

    lon: float | None = Field(None, description="Lengtegraad (WGS84).", examples=[4.64])
    lat: float | None = Field(None, description="Breedtegraad (WGS84).", examples=[52.38])
    postcode: str | None = Field(None, max_length=MOST_CHARACTERS, examples=["2036 XY"])
    adres: str | None = Field(
        None,
        max_length=MOST_CHARACTERS,
        description="Naam van een buurt, of een adres; dat laatste vraagt de server aan PDOK.",
        examples=["Molenwijk"],
    )

    @model_validator(mode="after")
    def _one_way(self) -> ZoekPlek:
        point = self.lon is not None and self.lat is not None
        if (self.lon is None) != (self.lat is None):
            raise ValueError("geef lon en lat samen")
        if [point, self.postcode is not None, self.adres is not None].count(True) != 1:
            raise ValueError("geef lon en lat, of een postcode, of een adres")
        return self


class Zoekvraag(BaseModel):
    """Een vraag in gewone taal. Niets ervan wordt bewaard."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    q: str = Field(
        "",
        max_length=MOST_QUESTION,
        description="De vraag, in de woorden van de bewoner of van het vak.",
        examples=["ik zie wekenlang niemand"],
    )
    plek: ZoekPlek | None = Field(None, description="Waar iemand is.")
    straal_m: int | None = Field(
        None, ge=50, le=50_000, description="Hoogstens zoveel meter lopen.", examples=[800]
    )
    themas: list[Code] = Field([], max_length=_MOST_CODES, description="Codes; zie /woorden.")
    doelgroepen: list[Code] = Field([], max_length=_MOST_CODES, description="Codes; zie /woorden.")
    lijn_max: Literal[0, 1, 2] | None = Field(None, description="Hoogstens deze lijn.")
    gebied: Code | None = Field(None, description="Code van een gebied.", examples=["GM0392"])
    limit: int = Field(10, ge=1, le=50, description="Hoeveel treffers hoogstens.")


class ZoekvraagPagina(Zoekvraag):
    """What the page asks besides: how it is given, and who asks."""

    talen: list[Code] = Field([], max_length=_MOST_CODES)
    gratis: bool = False
    vorm: Vorm | None = None
    leeftijd: int | None = Field(None, ge=0, le=120)
    vandaag_open: bool = False
    van: Code | None = None


def read_question(model: type[Zoekvraag], values: Any) -> Zoekvraag:
    """
    Hold what came against the model.

    Raises
    ------
    QuestionError
        Names the first field that is wrong; never repeats what was filled in.
    """
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "vraag"
        raise QuestionError(f"{where[:60]}: {_say(first['type'], where)}") from None


def answer(asked: Zoekvraag, *, may_ask: bool) -> tuple[Antwoord, Plek | None, dict[str, str]]:
    """
    Answer a question for the reader of this request.

    Parameters
    ----------
    asked
        Held against its model.
    may_ask
        Whether the address service may be asked: after a press on the button.

    Returns
    -------
    answer, place, names
        The answer, where it was asked from, and the names of who can introduce by id.

    Raises
    ------
    PlaceError, QuestionError, NotFoundError
        When the place, a code or the actor that asks is not known.
    """
    conn, reader = connection(), lezer()
    now = services().settings.clock.now()
    vraag = _vraag(asked)
    plek = _plek(asked.plek, may_ask=may_ask) if asked.plek else None
    found = Asker(services().finder, reader, now).ask(conn, vraag, plek)
    owners = actors_by_id(conn, introducers(found), reader, now.date())
    return found, plek, {key: actor.naam for key, actor in owners.items()}


def _vraag(asked: Zoekvraag) -> Vraag:
    words = vocabulary()
    themas = read_themes(asked.themas)
    _require("themas", themas, words.themas)
    _require("doelgroepen", asked.doelgroepen, words.doelgroepen)
    if asked.gebied is not None:
        _require("gebied", [asked.gebied], known_ids(connection(), "gebied", [asked.gebied]))
    extra = asked if isinstance(asked, ZoekvraagPagina) else ZoekvraagPagina.model_validate({})
    return Vraag(
        q=asked.q,
        straal_m=asked.straal_m,
        themas=tuple(themas),
        doelgroepen=tuple(asked.doelgroepen),
        lijn_max=asked.lijn_max,
        gebied=asked.gebied,
        talen=tuple(extra.talen),
        gratis=extra.gratis,
        vorm=None if extra.vorm is None else extra.vorm.value,
        leeftijd=extra.leeftijd,
        vandaag_open=extra.vandaag_open,
        van=extra.van,
        limit=asked.limit,
    )


def _require(field: str, codes: Any, known: Any) -> None:
    for code in codes:
        if code not in known:
            raise QuestionError(f"{field}: deze code is er niet. Kijk in /api/v1/woorden.")


def _plek(punt: ZoekPlek, *, may_ask: bool) -> Plek:
    if punt.lon is not None and punt.lat is not None:
        require_here(punt.lon, punt.lat)
        return Plek(punt.lon, punt.lat, Plekbron.PUNT, "de plek op de kaart")
    settings = services().settings
    geocoder = settings.geocoder if may_ask and settings.geocoder else None
    text = punt.postcode or punt.adres or ""
    return find_place(connection(), text, lezer(), settings.clock.today(), geocoder)


_LIMITS = {
    "q": f"gebruik hoogstens {MOST_QUESTION} tekens.",
    "straal_m": "kies 50 tot en met 50000 meter.",
    "limit": "kies 1 tot en met 50.",
    "lijn_max": "kies 0, 1 of 2.",
    "leeftijd": "kies 0 tot en met 120.",
    "plek": "geef lon en lat, of een postcode, of een adres.",
}


def _say(kind: str, where: str) -> str:
    if kind == "extra_forbidden":
        return "dit veld is er niet. Kijk in /api/v1/openapi.json wat u kunt vragen."
    if kind == "missing":
        return "dit veld ontbreekt."
    return _LIMITS.get(where.split(".")[0], "dit kan niet. Kijk in /api/v1/openapi.json.")
