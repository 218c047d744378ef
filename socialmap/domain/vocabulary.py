"""The vocabulary of themes and groups: data with labels, which a municipality may add to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

#: Older files use one code for two themes (uitwisselformaat.md, "Codes").
_READ_AS = {"taal_digitaal": ("taal", "digitaal")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Thema:
    """A theme with its domain of the Zelfredzaamheid-Matrix 2017 and Positieve Gezondheid."""

    code: str
    label: str
    zrm_domein: str = ""
    positieve_gezondheid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doelgroep:
    """A group of residents, labelled as people."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All themes and groups by code, in the order in which people see them."""

    themas: Mapping[str, Thema] = field(default_factory=dict)
    doelgroepen: Mapping[str, Doelgroep] = field(default_factory=dict)

    def labels(self, codes: Iterable[str]) -> list[str]:
        """Say codes of themes or groups in words; an unknown code is shown as it is."""
        return [self.label(code) for code in codes]

    def label(self, code: str) -> str:
        """Say one code of a theme or group in words."""
        found = self.themas.get(code) or self.doelgroepen.get(code)
        return found.label if found else code


def read_themes(codes: Iterable[str]) -> tuple[str, ...]:
    """Give the themes that codes stand for, without doubles, in the order given."""
    return tuple(dict.fromkeys(new for code in codes for new in _READ_AS.get(code, (code,))))
