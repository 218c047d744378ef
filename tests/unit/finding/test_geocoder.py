"""What of an answer of the address service is taken, and that a question leaves no words behind."""

from __future__ import annotations

import json
import traceback

import pytest

from socialmap.finding import geocoder
from socialmap.finding.geocoder import GeocoderError, find_address

PLANTED = "Plantstraat 77"


# A unit test may reach no server: the watch of `conftest.py` raises inside the question, as a
# service would that is not there.
def test_a_question_that_cannot_be_asked_names_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(GeocoderError) as caught:
        find_address("http://adres.invalid/search", PLANTED, 5)
    told = "".join(traceback.format_exception(caught.value))
    assert PLANTED not in str(caught.value)
    assert "During handling" not in told
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert "".join(capsys.readouterr()) == ""


def test_a_thread_that_cannot_start_gives_its_turn_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(geocoder._Question, "start", refuse)
    for _ in range(9):
        with pytest.raises(GeocoderError) as caught:
            find_address("http://adres.invalid", PLANTED, 5)
        assert caught.value.__context__ is None
    assert geocoder._TURNS._value == 4


@pytest.mark.parametrize(
    ("point", "there"),
    [
        ("POINT(4.64 52.38)", True),
        ("POINT(5 52)", True),
        ("POINT(52.38 4.64)", False),
        ("POINT(0 0)", False),
        ("POINT(-4.64 52.38)", False),
        ("POINT (4.64 52.38)", False),
        ("POINT(4.64 52.38)\n", False),
        ("POINT(4.64 nan)", False),
        ("", False),
    ],
)
def test_only_a_point_in_the_netherlands_is_taken(point: str, there: bool) -> None:
    text = json.dumps(
        {"response": {"docs": [{"centroide_ll": point, "weergavenaam": " Een  plek "}]}}
    )
    if there:
        found = geocoder._first(json.loads(text))
        assert found is not None
        assert found.naam == "Een plek"
    else:
        with pytest.raises(ValueError):
            geocoder._first(json.loads(text))
