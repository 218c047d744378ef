"""What can be wrong with boundaries and coordinates: typed errors that carry the facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from socialmap.domain.errors import SocialMapError

_SHOWN = 20


class GeoError(SocialMapError):
    """Root of the errors of this floor."""


class DegreesError(GeoError):
    """Measuring was asked on coordinates that are not RD metres (EPSG:28992)."""

    def __init__(self, x: float, y: float) -> None:
        self.x, self.y = x, y
        super().__init__(
            f"Het punt ({x:g}, {y:g}) ligt niet in het RD-stelsel van Nederland. "
            "Zet graden eerst om naar RD-meters, en meet dan."
        )


class MetresError(GeoError):
    """Longitude and latitude were expected, but these numbers cannot be degrees."""

    def __init__(self, lon: float, lat: float) -> None:
        self.lon, self.lat = lon, lat
        super().__init__(
            f"({lon:g}, {lat:g}) zijn geen lengtegraad en breedtegraad. "
            "Zet RD-meters eerst om naar graden (WGS84)."
        )


class DistanceError(GeoError):
    """A distance is negative or not a number."""

    def __init__(self, metres: float) -> None:
        self.metres = metres
        super().__init__(f"{metres:g} is geen afstand. Geef een aantal meters van 0 of meer.")


class MixedLevelsError(GeoError):
    """Areas of several levels were simplified together; they cover each other."""

    def __init__(self, niveaus: Sequence[str]) -> None:
        self.niveaus = tuple(niveaus)
        super().__init__(
            f"Deze gebieden zijn van verschillende niveaus ({', '.join(self.niveaus)}). "
            "Vereenvoudig de gebieden van één niveau tegelijk."
        )


class SimplifyError(GeoError):
    """Areas cannot be written with few decimals without breaking their shape."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = tuple(codes)
        super().__init__(
            f"De grenzen van {', '.join(self.codes)} zijn te fijn om vereenvoudigd te tonen. "
            "Kies een kleinere tolerantie."
        )


class UnknownAreaError(GeoError):
    """No area has this code."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(
            f"Gebied {code} is niet bekend. Controleer de code in de lijst van gebieden."
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a file with boundaries or figures.

    Attributes
    ----------
    bestand
        Name of the file, without folder.
    nummer
        GeoJSON: the feature, counted from 1. CSV: the row, the header is row 1. 0 for the file
        as a whole.
    code
        Code of the area as it stands in the file; empty where there is none.
    melding
        Dutch sentence: what is wrong and what to do.
    """

    bestand: str
    nummer: int
    code: str
    melding: str

    def __str__(self) -> str:
        """Say file, number and code before the sentence, as far as they are known."""
        where = [self.bestand]
        if self.nummer:
            where.append(f"nummer {self.nummer}")
        if self.code:
            where.append(self.code)
        return f"{', '.join(where)}: {self.melding}"


class BoundaryFaults(GeoError):  # noqa: N818 -- it carries every fault, not one error
    """Files with boundaries or figures are refused; nothing of them is used.

    Attributes
    ----------
    faults
        Every fault found, by file, number and code.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda f: (f.bestand, f.nummer, f.code, f.melding)))
        count = len(self.faults)
        head = "Er is 1 fout" if count == 1 else f"Er zijn {count} fouten"
        lines = [f"{head} in de gebieden. Verbeter dit en laad ze opnieuw."]
        lines += [str(fault) for fault in self.faults[:_SHOWN]]
        if count > _SHOWN:
            lines.append(f"En nog {count - _SHOWN} andere.")
        super().__init__("\n".join(lines))


class OwnAreaFaults(GeoError):  # noqa: N818 -- it carries every fault, not one error
    """An own area cannot be made.

    Attributes
    ----------
    code
        Id of the own area.
    meldingen
        Dutch sentences, every fault found.
    """

    def __init__(self, code: str, meldingen: Sequence[str]) -> None:
        self.code = code
        self.meldingen = tuple(meldingen)
        super().__init__(f"Gebied {code} kan niet worden gemaakt. {' '.join(self.meldingen)}")
