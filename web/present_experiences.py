"""Say what came of referrals in words: `In november: 3 keer terecht, 1 keer vol`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from socialmap.store.experiences import MonthlyCount, Uitkomst
from web.present_words import say_month

_SAID = {
    Uitkomst.KON_TERECHT: "terecht",
    Uitkomst.VOL: "vol",
    Uitkomst.DICHT: "dicht",
    Uitkomst.PASTE_NIET: "paste het niet",
}
#: What the buttons say, in the order shown.
BUTTONS = (
    (Uitkomst.KON_TERECHT.value, "Kon er terecht"),
    (Uitkomst.VOL.value, "Het was vol"),
    (Uitkomst.DICHT.value, "Het was dicht"),
    (Uitkomst.PASTE_NIET.value, "Het paste niet"),
)


def say_experiences(months: Sequence[MonthlyCount], today: date) -> list[str]:
    """Say the counts, one sentence for each month, in the order given."""
    return [f"In {say_month(month.maand, today)}: {_say_counts(month)}." for month in months]


def _say_counts(month: MonthlyCount) -> str:
    return ", ".join(
        f"{month.aantallen[outcome]} keer {words}"
        for outcome, words in _SAID.items()
        if outcome in month.aantallen
    )
