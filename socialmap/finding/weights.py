"""How much everything weighs that decides order and certainty: the one place is `gewichten.csv`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

from socialmap.finding.certainty import Blijk
from socialmap.finding.features import Kenmerk

#: Weights that begrippen.md sets, by column: at like fit line 0 before 1 before 2, then what is
#: fresh, then whom one can be introduced to. Too few questions are judged on these to fit them.
FIXED = {
    Kenmerk.LIJN: -0.1,
    Kenmerk.VERS: 0.1,
    Kenmerk.OUD: -0.1,
    Kenmerk.INTRODUCTIE: 0.1,
    Kenmerk.BRON: 0.0,
    Kenmerk.GEPAUZEERD: 0.0,
}


class Model(StrEnum):
    """What a weight is for: the order of the results, or how certain it is that one fits."""

    ORDE = "orde"
    ZEKERHEID = "zekerheid"


@dataclass(frozen=True, slots=True)
class WeightRow:
    """One row of `gewichten.csv`: what a feature weighs without the extra `meaning`, and with."""

    model: Model
    kenmerk: str
    zonder: float
    met: float


@dataclass(frozen=True, slots=True)
class Weights:
    """
    All weights, first without the extra and then with it.

    Attributes
    ----------
    order
        Shape (2, 23), columns of `Kenmerk`.
    certainty
        Shape (2, 17), columns of `Blijk`.
    """

    order: NDArray[np.float32]
    certainty: NDArray[np.float32]

    def of(self, *, betekenis: bool) -> NDArray[np.float32]:
        """Give the weights of the order, for a search in which the extra takes part or not."""
        weights: NDArray[np.float32] = self.order[int(betekenis)]
        return weights

    def fit(self, *, betekenis: bool) -> NDArray[np.float32]:
        """Give the weights of certainty, for a search in which the extra takes part or not."""
        weights: NDArray[np.float32] = self.certainty[int(betekenis)]
        return weights


def build_weights(rows: Iterable[WeightRow]) -> Weights:
    """
    Put the weights in the order of the columns.

    Raises
    ------
    ValueError
        If a feature is missing, unknown or there twice: then file and program do not belong
        together.
    """
    listed = list(rows)
    kinds: dict[Model, type[IntEnum]] = {Model.ORDE: Kenmerk, Model.ZEKERHEID: Blijk}
    wanted = [(model, name.name.lower()) for model, kind in kinds.items() for name in kind]
    if sorted((row.model, row.kenmerk) for row in listed) != sorted(wanted):
        raise ValueError("gewichten.csv en het zoeken horen niet bij elkaar: andere kenmerken.")
    found = {model: np.zeros((2, len(kind)), np.float32) for model, kind in kinds.items()}
    for row in listed:
        column = kinds[row.model][row.kenmerk.upper()]
        found[row.model][:, column] = row.zonder, row.met
    return Weights(found[Model.ORDE], found[Model.ZEKERHEID])
