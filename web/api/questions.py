"""What each call takes in its address: described for programs, and held against what is asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import request
from pydantic import BaseModel, ConfigDict

from socialmap.domain.codes import Feitelijk, Gebiedsniveau, Lijn, Relatiesoort, Soort, Status
from socialmap.domain.freshness import Versheid
from web.api.paging import DEFAULT_LIMIT, MOST
from web.api.schema import maybe, one_of, said, several
from web.filters_query import MOST_CHARACTERS, BadFilterError

View = TypeVar("View", bound=Callable[..., Any])
_QUESTION = "_socialmap_question"
_BODY, _BODY_TYPE = "_socialmap_body", "_socialmap_body_type"


class Question(BaseModel):
    """A question that refuses names it does not know: a typing error would show everything."""

    model_config = ConfigDict(extra="forbid")


class Filters(Question):
    """The filters on records, as `filters_query.read_filter` reads them."""

    q: str | None = maybe("Woorden in de naam.", "taal", max_length=MOST_CHARACTERS)
    gebied: str | None = maybe("Code van een gebied: wat daar ligt of werkt.", "GM0392")
    soort: list[str] | None = several("Soort actor.", [c.value for c in Soort], ["wijkteam"])
    thema: list[str] | None = several("Thema; zie /woorden.", None, ["sociaal_netwerk"])
    doelgroep: list[str] | None = several("Doelgroep; zie /woorden.", None, ["ouderen"])
    lijn: list[int] | None = several("Lijn.", [int(c) for c in Lijn], [0])
    status: list[str] | None = several("Status.", [c.value for c in Status], ["actief"])
    versheid: list[str] | None = several(
        "Hoe lang geleden iemand dit heeft nagekeken: vers tot 12 maanden, veroudert tot 24, "
        "oud daarna, nooit, of bron als het alleen in een document staat.",
        [c.value for c in Versheid],
        ["vers"],
    )


class Pages(Question):
    """Which page of a list."""

    cursor: str | None = maybe("Het merk uit `volgende` van de vorige bladzijde.")
    limit: int | None = maybe(
        f"Hoeveel er op een bladzijde staan; anders {DEFAULT_LIMIT}.", 50, ge=1, le=MOST
    )


class RecordQuestion(Pages, Filters):
    """Parameters of a list of actors or offers."""


class RelatieQuestion(Pages, Filters):
    """Parameters of a list of ties; the filters hold for at least one of the two actors."""

    actor: list[str] | None = several(
        "Code van een actor aan een van beide kanten.", None, ["A001"]
    )
    relatiesoort: list[str] | None = several(
        "Soort band.", [c.value for c in Relatiesoort], ["kent"]
    )
    feitelijk: str | None = one_of(
        "De band is er, of is gewenst.", [c.value for c in Feitelijk], "feitelijk"
    )


class GebiedQuestion(Pages):
    """Parameters of a list of areas."""

    niveau: str | None = one_of("Niveau.", [c.value for c in Gebiedsniveau], "wijk")
    gebied: str | None = maybe("Alleen wat hiermee buurten deelt, en het gebied zelf.", "GM0392")


class ShapeQuestion(BaseModel):
    """Parameters of area shapes; a page may send its own state along."""

    niveau: str | None = one_of("Niveau.", [c.value for c in Gebiedsniveau], "wijk")
    gebied: str | None = maybe("Alleen wat hiermee buurten deelt, en het gebied zelf.", "GM0392")
    v: str | None = maybe("Versie van de grenzen: met dit erbij mag het antwoord een jaar blijven.")


class PointQuestion(Filters):
    """Parameters of points; a page may send its own state along."""

    model_config = ConfigDict(extra="ignore")

    bbox: str = said(
        "West, zuid, oost, noord in graden (WGS84). Hoogstens 8192 pixels bij deze zoom.",
        "4.55,52.33,4.70,52.43",
    )
    zoom: int = said("Zoom van de webkaart.", 12, ge=0, le=20)
    wat: str | None = one_of("Wat er op de kaart staat.", ("aanbod", "actoren"), "aanbod", "aanbod")


def takes(question: type[BaseModel]) -> Callable[[View], View]:
    """Describe the parameters of a view, and refuse others where the question says so."""
    names = tuple(question.model_fields)
    strict = question.model_config.get("extra") == "forbid"

    def mark(view: View) -> View:
        @wraps(view)
        def checked(*args: Any, **kwargs: Any) -> Any:
            for name in request.args if strict else ():
                if name not in names:
                    shown = name[:40]
                    message = f"Deze parameter is er niet. Kies uit: {', '.join(names) or 'geen'}."
                    raise BadFilterError(shown, message, names)
            return view(*args, **kwargs)

        setattr(checked, _QUESTION, question)
        return checked  # type: ignore[return-value]

    return mark


def question_of(view: Callable[..., Any] | None) -> type[BaseModel] | None:
    """Give the question that a view takes, None when it takes no parameters."""
    while view is not None:
        question = getattr(view, _QUESTION, None)
        if question is not None:
            return question  # type: ignore[no-any-return]
        view = getattr(view, "__wrapped__", None)
    return None


def sends(schema: str, mimetype: str = "application/json") -> Callable[[View], View]:
    """Describe what a call takes as its body: a schema by name."""

    def mark(view: View) -> View:
        setattr(view, _BODY, schema)
        setattr(view, _BODY_TYPE, mimetype)
        return view

    return mark


def body_of(view: Callable[..., Any]) -> str | None:
    """Give the schema of what a view takes as its body."""
    found = getattr(view, _BODY, None)
    return str(found) if found else None


def body_type_of(view: Callable[..., Any]) -> str:
    """Give the kind of body that a view takes."""
    return str(getattr(view, _BODY_TYPE, "application/json"))
