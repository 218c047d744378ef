"""Find the code of a record back by its uuid in HSDS."""

from __future__ import annotations

from typing import cast

from flask import current_app

from socialmap.domain.errors import NotFoundError
from socialmap.exchange import hsds_words as words
from socialmap.store.data_version import read_data_version
from socialmap.store.filters import RecordName
from socialmap.store.open_lists import all_ids
from web.context import connection

_KINDS: dict[RecordName, str] = {"actor": "organization", "aanbod": "service"}
_Kept = tuple[int, dict[str, str]]


def code_of(record: RecordName, uuid: str) -> str | None:
    """Give the code of a record by its uuid; None where there is none."""
    return _codes(record).get(uuid)


def need_code(record: RecordName, uuid: str) -> str:
    """Give the code of a record by its uuid. Raises NotFoundError where there is none."""
    found = code_of(record, uuid)
    if found is None:
        raise NotFoundError(_KINDS[record], uuid[:80])
    return found


def service_at(uuid: str) -> str:
    """Give the code of the offer of a `service_at_location`. Raises NotFoundError."""
    for service, code in _codes("aanbod").items():
        if words.child_id("service_at_location", service) == uuid:
            return code
    raise NotFoundError("service_at_location", uuid[:80])


def _codes(record: RecordName) -> dict[str, str]:
    """Give all codes by uuid, made anew when the map has changed."""
    kept = cast(dict[str, _Kept], current_app.extensions.setdefault("socialmap_hsds", {}))
    version = read_data_version(connection())
    if record not in kept or kept[record][0] != version:
        kind = _KINDS[record]
        codes = {words.hsds_id(kind, code): code for code in all_ids(connection(), record)}
        kept[record] = (version, codes)
    return kept[record][1]
