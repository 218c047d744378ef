"""Read who stands in and around the teams of the nine municipalities, each under one kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from socialmap.exchange.embedded import data_folder
from socialmap.geo.tables import read_table


class Kring(StrEnum):
    """Where somebody stands: in the team, or around it."""

    KERN = "kern"
    SCHIL = "schil"


class Wanneer(StrEnum):
    """Whether the document says that it is so, or that it may come."""

    NU = "nu"
    STRAKS = "straks"


@dataclass(frozen=True, slots=True)
class PartnerKind:
    """A kind of partner: `kort` fits in a picture, `label` says it in full."""

    kring: Kring
    soort: str
    kort: str
    label: str


@dataclass(frozen=True, slots=True)
class Partner:
    """One partner of the team of a municipality, as the document names it.

    Attributes
    ----------
    code
        Of the municipality.
    soort
        `PartnerKind.soort`.
    """

    code: str
    kring: Kring
    soort: str
    wanneer: Wanneer
    partner: str


def read_partner_kinds() -> tuple[PartnerKind, ...]:
    """
    Read the kinds of partner, in the order of their places in a picture.

    Raises
    ------
    BoundaryFaults
        If the file is missing or its columns are others.
    """
    listed = read_table(
        data_folder() / "netwerk" / "gemeenten_soorten.csv", ("kring", "soort", "kort", "label")
    )
    return tuple(
        PartnerKind(
            Kring(row.cells["kring"]), row.cells["soort"], row.cells["kort"], row.cells["label"]
        )
        for row in listed
    )


def read_partners() -> tuple[Partner, ...]:
    """
    Read the partners of every municipality, in the order in which the document names them.

    Raises
    ------
    BoundaryFaults
        If the file is missing or its columns are others.
    """
    listed = read_table(
        data_folder() / "netwerk" / "gemeenten_partners.csv",
        ("code", "kring", "soort", "wanneer", "partner"),
    )
    return tuple(
        Partner(
            row.cells["code"],
            Kring(row.cells["kring"]),
            row.cells["soort"],
            Wanneer(row.cells["wanneer"]),
            row.cells["partner"],
        )
        for row in listed
    )
