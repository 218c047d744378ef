"""The one exception tree: every error is a Dutch sentence that says what to do, with its facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class SocialMapError(Exception):
    """Root of all errors that a user may see; `str(error)` is a whole Dutch sentence."""


@dataclass(frozen=True, slots=True, order=True)
class Fout:
    """One fault or warning in what somebody handed in.

    Attributes
    ----------
    bestand
        Name of the file (or of the sheet), without folder.
    rij
        Row number as a spreadsheet shows it: the header is row 1. 0 for the file as a whole.
    kolom
        Name of the column, empty for the row as a whole.
    melding
        Dutch sentence: what is wrong and what is expected.
    """

    bestand: str
    rij: int
    kolom: str
    melding: str

    def __str__(self) -> str:
        """Say file, row and column before the sentence, as far as they are known."""
        where = [self.bestand]
        if self.rij:
            where.append(f"rij {self.rij}")
        if self.kolom:
            where.append(f"kolom {self.kolom}")
        return f"{', '.join(where)}: {self.melding}"


class RefusedError(SocialMapError):
    """Something handed in has faults; nothing of it was kept.

    Attributes
    ----------
    fouten
        Every fault found, in order of file, row and column.
    """

    def __init__(self, fouten: Sequence[Fout]) -> None:
        self.fouten = tuple(sorted(fouten))
        count = len(self.fouten)
        noun = "fout" if count == 1 else "fouten"
        super().__init__(
            f"Er is niets opgeslagen: er {'is' if count == 1 else 'zijn'} {count} {noun}."
        )


class NotFoundError(SocialMapError):
    """A record is not there, or the reader may not see it: the two are never told apart."""

    def __init__(self, what: str, key: str) -> None:
        self.what, self.key = what, key
        super().__init__(f"{what} {key} is niet gevonden. Controleer de code of zoek op de kaart.")


class DatabaseMissingError(SocialMapError):
    """There is no database where one was expected; it is never made in silence."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"Er is geen sociale kaart op {where}. Maak er een met `socialmap init`, "
            "of zet een reservekopie terug met `socialmap restore BESTAND`."
        )


class DatabaseUnusableError(SocialMapError):
    """The database is damaged, empty or of another version."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(
            f"De database op {where} is niet bruikbaar: {why}. Er is niets veranderd. "
            "Zet een reservekopie terug met `socialmap restore BESTAND`."
        )


class StorageError(SocialMapError):
    """The database cannot keep anything now: the disk is full, or another writer holds it."""

    def __init__(self) -> None:
        super().__init__(
            "De database kan nu niets opslaan. Er is niets veranderd. "
            "Maak ruimte op de schijf, of probeer het over een minuut nog eens."
        )


class AlreadyThereError(SocialMapError):
    """`init` was asked for a database that already holds a social map."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"Op {where} staat al een sociale kaart. Die blijft zoals hij is. "
            "Kies een ander adres met --database, of verplaats het bestand eerst."
        )
