"""Judge records on themselves: rules that one cell alone cannot break."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from socialmap.domain.choices import Bevinding, Signaalstatus

Fault = tuple[str, str]


def check_actor(values: Mapping[str, Any]) -> list[Fault]:
    """
    List what is wrong with an actor as a whole.

    Parameters
    ----------
    values
        Typed values by column; columns with a fault of their own are missing.

    Returns
    -------
    list of (column, sentence)
    """
    faults = _half_point(values)
    if values.get("soort") == "sleutelfiguur" and values.get("zichtbaarheid") == "openbaar":
        faults.append(
            (
                "zichtbaarheid",
                "Een sleutelfiguur is een privépersoon en staat nooit openbaar. "
                "Kies professional of team.",
            )
        )
    if not values.get("toestemming_op"):
        given = ("toestemming_doel", "toestemming_tot", "toestemming_niveau", "toestemming_door")
        faults += [
            (name, "Hier hoort een toestemming_op bij: vul in wanneer de toestemming is gegeven.")
            for name in given
            if values.get(name) and "toestemming_op" in values
        ]
    faults += _order(values, "toestemming_op", "toestemming_tot", "Het einde van de toestemming")
    return faults


def check_aanbod(values: Mapping[str, Any]) -> list[Fault]:
    """List what is wrong with an offer as a whole; see `check_actor`."""
    faults = _half_point(values)
    low, high = values.get("min_leeftijd"), values.get("max_leeftijd")
    if low is not None and high is not None and low > high:
        faults.append(("max_leeftijd", f"De hoogste leeftijd is lager dan de laagste ({low})."))
    return faults


def check_relatie(values: Mapping[str, Any]) -> list[Fault]:
    """List what is wrong with a tie as a whole; see `check_actor`."""
    faults = _order(values, "geldig_van", "geldig_tot", "Het einde van de relatie")
    if values.get("van_id") and values.get("van_id") == values.get("naar_id"):
        faults.append(("naar_id", "Een relatie loopt tussen twee verschillende actoren."))
    return faults


def check_inventarisatie(values: Mapping[str, Any]) -> list[Fault]:
    """List what is wrong with an inventarisatie as a whole; see `check_actor`."""
    faults: list[Fault] = []
    nothing = values.get("uitkomst") == Bevinding.NIETS
    if nothing and len(values.get("gevraagd_aan", ())) == 1:
        faults.append(
            (
                "gevraagd_aan",
                "Bij niets gevonden zijn er minstens twee aan wie u het vroeg. "
                "Anders is niet zeker dat er niets is. Vraag het nog aan iemand.",
            )
        )
    if nothing and values.get("aanbod_ids"):
        faults.append(
            ("uitkomst", "Er staat aanbod bij. Kies deels of gevonden, of haal het aanbod weg.")
        )
    return faults


def check_signaal(values: Mapping[str, Any]) -> list[Fault]:
    """List what is wrong with a signal as a whole; see `check_actor`."""
    answered = values.get("status") == Signaalstatus.TERUGGEKOPPELD
    if answered and "antwoord" in values and not values["antwoord"]:
        return [("antwoord", "Bij teruggekoppeld hoort een antwoord. Kies wat de melder hoort.")]
    return []


CHECKS = {
    "actoren": check_actor,
    "aanbod": check_aanbod,
    "relaties": check_relatie,
    "inventarisaties": check_inventarisatie,
    "signalen": check_signaal,
}


def _half_point(values: Mapping[str, Any]) -> list[Fault]:
    if {"lon", "lat"} <= values.keys() and (values["lon"] is None) != (values["lat"] is None):
        empty = "lon" if values["lon"] is None else "lat"
        return [(empty, "Een plek heeft een lon én een lat. Vul beide in of laat beide leeg.")]
    return []


def _order(values: Mapping[str, Any], first: str, last: str, what: str) -> list[Fault]:
    start, end = values.get(first), values.get(last)
    if start and end and end <= start:
        return [(last, f"{what} ligt niet na het begin ({start.isoformat()}).")]
    return []
