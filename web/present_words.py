"""Say single values in Dutch: dates, numbers, money, ages, languages and waiting times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from socialmap.domain.clock import MONTHS

#: Languages by ISO 639 code; another code is shown as it is.
_LANGUAGES = {
    "am": "Amhaars",
    "ar": "Arabisch",
    "ber": "Berbers",
    "bg": "Bulgaars",
    "cs": "Tsjechisch",
    "de": "Duits",
    "dse": "Nederlandse Gebarentaal",
    "en": "Engels",
    "es": "Spaans",
    "fa": "Farsi",
    "fr": "Frans",
    "hi": "Hindi",
    "hu": "Hongaars",
    "it": "Italiaans",
    "ku": "Koerdisch",
    "nl": "Nederlands",
    "pap": "Papiaments",
    "pl": "Pools",
    "prs": "Dari",
    "ps": "Pasjtoe",
    "pt": "Portugees",
    "ro": "Roemeens",
    "ru": "Russisch",
    "so": "Somalisch",
    "srn": "Sranantongo",
    "ti": "Tigrinya",
    "tr": "Turks",
    "uk": "Oekraïens",
    "ur": "Urdu",
    "vi": "Vietnamees",
    "zgh": "Berbers",
    "zh": "Chinees",
}
#: Longest sentence in a list.
_TEASER = 150


def first_sentence(text: str) -> str:
    """Give the first sentence of a description, cut at a word when it is long."""
    line = " ".join(text.split())
    end = line.find(". ")
    sentence = line if end < 0 else line[: end + 1]
    if len(sentence) <= _TEASER:
        return sentence
    return sentence[:_TEASER].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def say_date(day: date) -> str:
    """Say a date: `7 oktober 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def say_month(month: str, today: date) -> str:
    """Say a month such as `2026-11`: `november`, with its year when it is not this year's."""
    year, number = month.split("-")
    name = MONTHS[int(number) - 1]
    return name if int(year) == today.year else f"{name} {year}"


def say_number(number: int) -> str:
    """Say a whole number with a dot for thousands."""
    return f"{number:,}".replace(",", ".")


def say_cost(kosten: Decimal | None) -> str:
    """Say what a visit costs: `gratis`, `€ 2,50`, `€ 4`, or nothing when it is not known."""
    if kosten is None:
        return ""
    if kosten == 0:
        return "gratis"
    amount = f"{kosten:.2f}".replace(".", ",")
    return f"€ {amount.removesuffix(',00')}"


def say_ages(low: int | None, high: int | None) -> str:
    """Say for which ages it is; nothing when there is no bound."""
    if low is None and high is None:
        return ""
    if high is None:
        return f"vanaf {low} jaar"
    if low is None:
        return f"tot en met {high} jaar"
    return f"{low} tot en met {high} jaar"


def say_languages(codes: Iterable[str]) -> list[str]:
    """Say languages in Dutch words."""
    return [_LANGUAGES.get(code.lower(), code) for code in codes]


def say_wait(days: int | None, measured: date | None) -> str:
    """Say a waiting time with the day on which it was measured; nothing when it is not known."""
    if days is None:
        return ""
    said = "geen wachttijd" if days == 0 else _say_days(days)
    since = f"gemeten op {say_date(measured)}" if measured else "niet bekend wanneer gemeten"
    return f"{said} ({since})"


def say_answer_days(days: int | None) -> str:
    """Say within how many days a team answers; nothing when it is not known."""
    if days is None:
        return ""
    return "dezelfde dag" if days == 0 else f"binnen {_say_days(days)}"


def count_words(number: int, one: str, many: str) -> str:
    """Say a count with its noun: `1 groep`, `3 groepen`, `geen groepen`."""
    if number == 0:
        return f"geen {many}"
    return f"{say_number(number)} {one if number == 1 else many}"


def join_words(words: Sequence[str]) -> str:
    """Join words as a sentence does: `a, b en c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} en {words[-1]}"


def _say_days(days: int) -> str:
    if days >= 14 and days % 7 == 0:
        return f"{days // 7} weken"
    return "1 dag" if days == 1 else f"{days} dagen"
