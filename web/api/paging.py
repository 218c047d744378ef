"""Read which page of a list is asked, and write the mark by which the next one is found."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from web.filters_query import BadFilterError, values_of

DEFAULT_LIMIT, MOST = 50, 200
#: Ids and codes as the exchange format has them.
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,79}")
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Paging:
    """Go on after `na` (empty: begin), with at most `limit` records."""

    na: str
    limit: int


def read_paging(args: MultiDict[str, str]) -> Paging:
    """Read `cursor` and `limit`. Raises BadFilterError when one cannot be read."""
    marks = values_of(args, "cursor")
    if len(marks) > 1:
        raise BadFilterError("cursor", "Stuur één cursor: die van de vorige bladzijde.")
    na = _read_cursor(marks[0]) if marks else ""
    return Paging(na, read_number(args, "limit", 1, MOST, DEFAULT_LIMIT))


def write_cursor(last_id: str | None) -> str | None:
    """Give the mark of the page after a record; None at the end."""
    return None if last_id is None else urlsafe_b64encode(last_id.encode()).decode().rstrip("=")


def read_number(
    args: MultiDict[str, str], name: str, lowest: int, highest: int, default: int | None = None
) -> int:
    """Read one whole number. Raises BadFilterError when it is missing, not one, or too far off."""
    given = values_of(args, name)
    if not given and default is not None:
        return default
    if len(given) != 1 or not _NUMBER.fullmatch(given[0]):
        raise BadFilterError(name, f"Geef één heel getal van {lowest} tot en met {highest}.")
    number = int(given[0])
    if not lowest <= number <= highest:
        raise BadFilterError(name, f"{number} kan niet. Kies {lowest} tot en met {highest}.")
    return number


def _read_cursor(mark: str) -> str:
    try:
        last_id = urlsafe_b64decode(mark + "=" * (-len(mark) % 4)).decode("ascii")
    except ValueError:
        last_id = ""
    if not KEY.fullmatch(last_id) or write_cursor(last_id) != mark:
        message = "Deze cursor is niet van hier. Begin opnieuw zonder cursor."
        raise BadFilterError("cursor", message)
    return last_id
