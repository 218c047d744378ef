"""Short ways to describe a field of the interface: words, an example, and the codes it takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, Field


class Answer(BaseModel):
    """Root of what the interface answers."""


def said(description: str, example: Any = None, **limits: Any) -> Any:
    """Describe a field that is always there."""
    return Field(..., **_about(description, example), **limits)


def higher(description: str) -> Any:
    """Describe a field that is there only for readers above `openbaar`."""
    return Field(None, description=f"{description} Alleen voor lezers met meer rechten.")


def coded(description: str, codes: Iterable[Any], example: Any, *, empty: bool = False) -> Any:
    """Describe a field that holds one of a few codes, or null when `empty`."""
    values = [*codes, None] if empty else list(codes)
    return Field(..., **_about(description, example), json_schema_extra={"enum": values})


def maybe(description: str, example: Any = None, **limits: Any) -> Any:
    """Describe a field or parameter that may be left out."""
    return Field(None, **_about(description, example), **limits)


def one_of(description: str, codes: Iterable[Any], example: Any, default: Any = None) -> Any:
    """Describe a parameter that takes one code."""
    extra: dict[str, Any] = {"enum": list(codes)}
    return Field(default, **_about(description, example), json_schema_extra=extra)


def several(description: str, codes: Iterable[Any] | None, example: Any) -> Any:
    """Describe a parameter that takes several codes; None where the vocabulary lists them."""
    extra: dict[str, Any] = {"items": {"type": "string"}}
    if codes is not None:
        listed = list(codes)
        kind = "integer" if isinstance(listed[0], int) else "string"
        extra = {"items": {"type": kind, "enum": listed}}
    how = f"{description} Meer waarden: herhaal de naam, of zet er komma’s tussen."
    return Field(None, **_about(how, example), json_schema_extra=extra)


def _about(description: str, example: Any) -> dict[str, Any]:
    if example is None:
        return {"description": description}
    return {"description": description, "examples": [example]}
