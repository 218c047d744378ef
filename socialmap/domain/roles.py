"""Which roles an account may have, what each may read, and what each may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from socialmap.domain.codes import Niveau
from socialmap.domain.privacy import Lezer


class Rol(StrEnum):
    """What somebody does with the map. A visitor without an account has no role."""

    PARTNER = "partner"
    PROFESSIONAL = "professional"
    OPBOUWWERKER = "opbouwwerker"
    GEBIEDSMANAGER = "gebiedsmanager"
    BEHEERDER = "beheerder"
    TOEZICHT = "toezicht"


ROL_LABELS = {
    Rol.PARTNER: "Contactpersoon van een organisatie of initiatief",
    Rol.PROFESSIONAL: "Professional",
    Rol.OPBOUWWERKER: "Opbouwwerker",
    Rol.GEBIEDSMANAGER: "Gebiedsmanager",
    Rol.BEHEERDER: "Beheerder",
    Rol.TOEZICHT: "Toezicht, handhaving of politie",
}
_LEVELS = {
    Rol.PARTNER: Niveau.OPENBAAR,
    Rol.PROFESSIONAL: Niveau.PROFESSIONAL,
    Rol.OPBOUWWERKER: Niveau.TEAM,
    Rol.GEBIEDSMANAGER: Niveau.PROFESSIONAL,
    Rol.BEHEERDER: Niveau.BEHEER,
    # Source 004, 3.1: who enforces reads what everybody reads, and nothing more.
    Rol.TOEZICHT: Niveau.OPENBAAR,
}


class Recht(StrEnum):
    """What an account may do besides reading."""

    VOORSTELLEN = "voorstellen"
    BEWERKEN = "bewerken"
    STUREN = "sturen"
    BEHEREN = "beheren"


_RIGHTS = {
    Rol.PARTNER: {Recht.VOORSTELLEN},
    Rol.PROFESSIONAL: {Recht.VOORSTELLEN},
    Rol.OPBOUWWERKER: {Recht.VOORSTELLEN, Recht.BEWERKEN, Recht.STUREN},
    Rol.GEBIEDSMANAGER: {Recht.VOORSTELLEN, Recht.STUREN},
    Rol.BEHEERDER: set(Recht),
    Rol.TOEZICHT: set[Recht](),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """
    Somebody who signs in.

    Attributes
    ----------
    id
        Random; stands in the history and the log.
    email
        In lower case; what one signs in with.
    naam
        How colleagues know the person.
    gebieden
        Codes of areas whose records the person keeps; empty for all.
    team
        Id of the wijkteam that the person works in; empty for none.
    actor_id
        Record that a partner keeps; empty for none.
    actief
        False after deactivation: signing in is refused and every session has ended.
    gemeenten
        Codes of the municipalities that `gebieden` lie in, worked out when the account is read;
        None for all. Outside of them the person reads what everybody reads.
    """

    id: str
    email: str
    naam: str
    rol: Rol
    gebieden: tuple[str, ...] = ()
    team: str = ""
    actor_id: str = ""
    actief: bool = True
    gemeenten: frozenset[str] | None = None

    @property
    def lezer(self) -> Lezer:
        """Who the person is to the records of the map."""
        return Lezer(self.niveau, None if self.niveau is Niveau.OPENBAAR else self.gemeenten)

    @property
    def niveau(self) -> Niveau:
        """Level that the person reads at; a professional in a wijkteam reads what the team does."""
        level = _LEVELS[self.rol]
        if self.rol is Rol.PROFESSIONAL and self.team:
            return Niveau.TEAM
        return level

    @property
    def needs_second_factor(self) -> bool:
        """Whether a password alone is not enough: for everybody who reads above `openbaar`."""
        return self.niveau > Niveau.OPENBAAR

    def may(self, recht: Recht) -> bool:
        """Tell whether the person may do something, in areas that are its own."""
        return recht in _RIGHTS[self.rol]


#: Somebody without an account: may propose, like a contact of no organisation.
VISITOR = Account(id="", email="", naam="Bezoeker", rol=Rol.PARTNER)
