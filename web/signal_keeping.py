"""Keep a report of this visit, without knowing who reports."""

from __future__ import annotations

from collections.abc import Mapping

from socialmap.domain.choices import Signaalstatus
from socialmap.domain.model import Signaal
from socialmap.domain.parse import RECORDS
from socialmap.store.signals import add_signal
from web.context import services, today
from web.own_town import require_own_area
from web.record_input import read_record
from web.reporters import new_code, reporter_token, signal_id

#: Who stands in the history for a report: nobody in particular.
REPORTER = "melder"


def keep_signal(sent: Mapping[str, str]) -> str:
    """
    Keep one report of this visit.

    Parameters
    ----------
    sent
        `gebied`, `thema`, `doelgroep` and `soort`.

    Returns
    -------
    str
        The code by which the reporter reads the answer.

    Raises
    ------
    InputError
        With one sentence for each field that is wrong.
    """
    code = new_code()
    own = {
        "id": signal_id(code),
        "datum": today().isoformat(),
        "melder": reporter_token(),
        "status": Signaalstatus.NIEUW.value,
    }
    told = {name: sent.get(name, "") for name in ("gebied", "thema", "doelgroep", "soort")}
    values = read_record("signalen", {**told, **own})
    signal: Signaal = RECORDS["signalen"][1](values)
    require_own_area(signal.gebied)
    with services().store.writing() as conn:
        add_signal(conn, signal, REPORTER, services().settings.clock.now())
    return code
