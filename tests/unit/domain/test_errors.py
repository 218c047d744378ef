"""Every error is a whole Dutch sentence that says what to do, and nothing of the machine."""

from __future__ import annotations

import re
from datetime import date

import pytest

from socialmap.domain.checks import (
    check_aanbod,
    check_actor,
    check_inventarisatie,
    check_relatie,
    check_signaal,
)
from socialmap.domain.counts import NegativeCountError, say_persons
from socialmap.domain.errors import (
    AlreadyThereError,
    DatabaseMissingError,
    DatabaseUnusableError,
    Fout,
    NotFoundError,
    RefusedError,
    SocialMapError,
)
from socialmap.domain.fields import TABLES
from socialmap.domain.parse import CellError, read_cell
from socialmap.domain.vocabulary import Vocabulary

PLACE = "kaart.db"
FAULT = Fout("actoren.csv", 3, "id", "Dit veld is verplicht. Vul het in.")
ERRORS: list[SocialMapError] = [
    RefusedError([FAULT]),
    RefusedError([FAULT, FAULT]),
    NotFoundError("Actor", "A001"),
    DatabaseMissingError(PLACE),
    DatabaseUnusableError(PLACE, "het bestand is beschadigd"),
    AlreadyThereError(PLACE),
]
#: What a machine says: where a line of a program stands, names of errors, folders.
MACHINE = re.compile(r"Traceback|File \"|line \d|Error|Exception|None|0x[0-9a-f]{4}|/\w+/|\\")


def is_sentence(text: str) -> bool:
    """Tell whether text is whole sentences: a question is allowed as a suggestion only."""
    asks = "Bedoelt u" in text.rsplit(". ", 1)[-1]
    starts = text[0].isupper() or text[0] in "‘0123456789"
    return starts and text.endswith("?" if asks else ".") and not MACHINE.search(text)


def messages_of_cells() -> list[str]:
    """Every message that reading a cell can give, by trying nonsense on every column."""
    found: set[str] = set()
    for veld in (veld for velden in TABLES.values() for veld in velden):
        for text in ("", "\x00", "?!", "999999999", "2026-99-99", "z" * 5000):
            try:
                read_cell(veld, text, Vocabulary())
            except CellError as error:
                found.add(str(error))
    return sorted(found)


def messages_of_checks() -> list[str]:
    """Every message about a record as a whole."""
    early, late = date(2026, 1, 1), date(2026, 2, 1)
    public = {"soort": "sleutelfiguur", "zichtbaarheid": "openbaar"}
    faults = [
        *check_actor({**public, "toestemming_op": None, "toestemming_doel": "x"}),
        *check_actor({"toestemming_op": late, "toestemming_tot": early}),
        *check_aanbod({"lon": None, "lat": 1.0, "min_leeftijd": 9, "max_leeftijd": 1}),
        *check_relatie({"van_id": "A", "naar_id": "A", "geldig_van": late, "geldig_tot": early}),
        *check_inventarisatie(
            {"uitkomst": "niets_gevonden", "gevraagd_aan": ("school",), "aanbod_ids": ("O1",)}
        ),
        *check_signaal({"status": "teruggekoppeld", "antwoord": None}),
    ]
    assert len(faults) == 10
    return [sentence for _, sentence in faults]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_error_is_a_sentence(error: SocialMapError) -> None:
    assert is_sentence(str(error))


@pytest.mark.parametrize("text", [*messages_of_cells(), *messages_of_checks()])
def test_message_is_a_sentence(text: str) -> None:
    assert is_sentence(text)


def test_nonsense_reaches_every_kind_of_message() -> None:
    assert len(messages_of_cells()) >= 20


def test_figure_made_wrong_is_a_sentence() -> None:
    with pytest.raises(NegativeCountError) as refused:
        say_persons(-1)
    assert is_sentence(str(refused.value))


def test_fault_says_where_it_is_as_far_as_known() -> None:
    assert str(FAULT) == "actoren.csv, rij 3, kolom id: Dit veld is verplicht. Vul het in."
    assert str(Fout("actoren.csv", 3, "", "Leeg.")) == "actoren.csv, rij 3: Leeg."
    assert str(Fout("actoren.csv", 0, "", "Leeg.")) == "actoren.csv: Leeg."


def test_faults_are_kept_all_in_order_of_place() -> None:
    late, early = Fout("b.csv", 2, "id", "x."), Fout("a.csv", 10, "id", "x.")
    other = Fout("a.csv", 9, "naam", "x.")
    assert RefusedError([late, early, other, late]).fouten == (other, early, late, late)


# Whether a record is not there or not for this reader must not be told apart (eisen.md, 9).
def test_not_found_says_no_reason() -> None:
    assert str(NotFoundError("Actor", "A114")) == str(NotFoundError("Actor", "X9")).replace(
        "X9", "A114"
    )
