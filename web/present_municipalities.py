"""Draw and say the teams of the nine municipalities: each picture alike, and the same in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from socialmap.domain.freshness import read_source
from socialmap.exchange.embedded import Municipalities
from socialmap.exchange.partners import Kring, Partner, PartnerKind, Wanneer
from web.present_words import count_words, say_number

#: Size of every picture, and of a mark in the team and around it, in units of its own.
WIDTH, HEIGHT = 360.0, 336.0
_WIDE, _HIGH, _ROW = 114.0, 34.0, 46.0
_EDGE, _TOP = 4.0, 10.0
#: The team stands in the middle of the rows of its members.
CENTRE, RADIUS = (WIDTH / 2, _TOP + 2 * _ROW + _HIGH / 2), 46.0
#: Most characters of a line inside the team.
_LINE = 11
#: Where the ring around the team begins, and its rows of three.
SHELL = 238.0
_SHELL_FIRST, _SHELL_ROW, _SHELL_HIGH, _ACROSS = SHELL + 26, 36.0, 30.0, 3
#: Fields of the table, in its order.
_FIELDS = (
    "indicatief_model",
    "kernpartners",
    "schil_om_het_team",
    "positionering_team",
    "positionering_toegang",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The place of one kind of partner in a picture; `aantal` is 0 where the document names none.

    Attributes
    ----------
    x, y, breed, hoog
        Box in units of the picture.
    straks
        Whether none of them is there yet.
    lijn
        The path in SVG from it to the team; empty for who stands around it.
    """

    soort: str
    kring: str
    tekst: str
    x: float
    y: float
    breed: float
    hoog: float
    aantal: int
    straks: bool
    lijn: str

    @property
    def midden(self) -> tuple[float, float]:
        """Give the middle of its box."""
        return self.x + self.breed / 2, self.y + self.hoog / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityPicture:
    """The team of one municipality: marks for every kind, and a text that says the same.

    Attributes
    ----------
    teams
        Lines inside the team: how many there are, and how many are planned.
    geen_team
        Whether there is no wijkteam.
    """

    code: str
    naam: str
    teams: tuple[str, ...]
    geen_team: bool
    merken: tuple[Mark, ...]
    tekst: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityRow:
    """The same municipality in the table; each cell lists the parts of its answer."""

    code: str
    naam: str
    inwoners: str
    cellen: tuple[tuple[str, ...], ...]
    let_op: str
    bron: str


def draw_municipalities(
    table: Municipalities, kinds: Sequence[PartnerKind], partners: Sequence[Partner]
) -> tuple[MunicipalityPicture, ...]:
    """
    Draw every municipality in the order of its name: the same kind at the same place.

    Parameters
    ----------
    table
        With the counts of teams.
    kinds
        In the order of their places.
    partners
        Of all municipalities.
    """
    rows = sorted(table.rijen, key=lambda row: row["naam"])
    return tuple(
        _draw(row, kinds, [one for one in partners if one.code == row["code"]]) for row in rows
    )


def municipality_labels(table: Municipalities) -> tuple[str, ...]:
    """Give the heads of the columns of the table."""
    labels = {field.naam: field.label for field in table.velden}
    return tuple(labels[name] for name in _FIELDS)


def municipality_rows(
    table: Municipalities, titles: Mapping[str, str]
) -> tuple[MunicipalityRow, ...]:
    """
    Put the municipalities beside each other, in the order of their names.

    Parameters
    ----------
    titles
        Of the documents by their id; one that is not in it is left out of the source.
    """
    return tuple(
        MunicipalityRow(
            code=row["code"],
            naam=row["naam"],
            inwoners=say_number(int(row["inwoners"])),
            cellen=tuple(_parts(row[name]) for name in _FIELDS),
            let_op=row["opmerking"],
            bron=_say_source(row["bron"], titles),
        )
        for row in sorted(table.rijen, key=lambda row: row["naam"])
    )


def _draw(
    row: Mapping[str, str], kinds: Sequence[PartnerKind], partners: Sequence[Partner]
) -> MunicipalityPicture:
    core = [kind for kind in kinds if kind.kring is Kring.KERN]
    shell = [kind for kind in kinds if kind.kring is Kring.SCHIL]
    marks = [_core_mark(number, kind, partners) for number, kind in enumerate(core)]
    marks += [_shell_mark(number, kind, partners) for number, kind in enumerate(shell)]
    there = any(one.kring is Kring.KERN and one.wanneer is Wanneer.NU for one in partners)
    teams = _say_teams(row, there)
    return MunicipalityPicture(
        code=row["code"],
        naam=row["naam"],
        teams=tuple(line for said in teams for line in wrap(said, _LINE)),
        geen_team=row["aantal_teams"] == "0",
        merken=tuple(marks),
        tekst=_say(teams, kinds, partners),
    )


def _core_mark(number: int, kind: PartnerKind, partners: Sequence[Partner]) -> Mark:
    """Stand five kinds left of the team and five right of it."""
    left = number % 2 == 0
    x = _EDGE if left else WIDTH - _EDGE - _WIDE
    y = _TOP + number // 2 * _ROW
    end = x + _WIDE if left else x
    line = f"M{end:g} {y + _HIGH / 2:g}L{CENTRE[0]:g} {CENTRE[1]:g}"
    return _mark(kind, partners, (x, y, _WIDE, _HIGH), line)


def _shell_mark(number: int, kind: PartnerKind, partners: Sequence[Partner]) -> Mark:
    wide = (WIDTH - 2 * _EDGE) / _ACROSS
    x = _EDGE + number % _ACROSS * wide
    y = _SHELL_FIRST + number // _ACROSS * _SHELL_ROW
    return _mark(kind, partners, (x + 3, y, wide - 6, _SHELL_HIGH), "")


def _mark(
    kind: PartnerKind,
    partners: Sequence[Partner],
    box: tuple[float, float, float, float],
    line: str,
) -> Mark:
    found = _of_kind(kind, partners)
    many = f" ×{len(found)}" if len(found) > 1 else ""
    return Mark(
        soort=kind.soort,
        kring=kind.kring.value,
        tekst=f"{kind.kort}{many}",
        x=round(box[0], 1),
        y=round(box[1], 1),
        breed=round(box[2], 1),
        hoog=box[3],
        aantal=len(found),
        straks=bool(found) and all(one.wanneer is Wanneer.STRAKS for one in found),
        lijn=line if found else "",
    )


def _of_kind(kind: PartnerKind, partners: Sequence[Partner]) -> list[Partner]:
    return [one for one in partners if (one.kring, one.soort) == (kind.kring, kind.soort)]


def _say(teams: Sequence[str], kinds: Sequence[PartnerKind], partners: Sequence[Partner]) -> str:
    """Say all that a picture shows: the teams, who is in them, and who stands around them."""
    counted = ", ".join(teams)
    parts = [f"{counted[0].upper()}{counted[1:]}"]
    for kring, now, later in (
        (Kring.KERN, "In het team", "Komt er misschien of later bij"),
        (Kring.SCHIL, "In de schil", "Komt misschien of later in de schil"),
    ):
        for when, words in ((Wanneer.NU, now), (Wanneer.STRAKS, later)):
            named = _named(kring, when, kinds, partners)
            if named:
                parts.append(f"{words}: {'; '.join(named)}")
        if not any(one.kring is kring for one in partners):
            parts.append(f"{now} noemt het document geen vaste partners")
    return ". ".join(parts) + "."


def _named(
    kring: Kring, when: Wanneer, kinds: Sequence[PartnerKind], partners: Sequence[Partner]
) -> list[str]:
    said = []
    for kind in kinds:
        found = _of_kind(kind, partners)
        if kind.kring is not kring or not found:
            continue
        # A kind is drawn once: what is not all still to come is drawn as there.
        still_to_come = all(one.wanneer is Wanneer.STRAKS for one in found)
        if still_to_come is (when is Wanneer.STRAKS):
            said.append(kind.label + (f" ({len(found)} keer)" if len(found) > 1 else ""))
    return said


def _say_teams(row: Mapping[str, str], somebody: bool) -> tuple[str, ...]:
    """Count the teams; where somebody works together without a wijkteam, it is another team."""
    now, planned = int(row["aantal_teams"]), row["aantal_teams_gepland"]
    if now:
        said = [count_words(now, "team", "teams")]
    elif somebody:
        said = ["geen wijkteam", "wel een ander team"]
    else:
        said = ["nog geen team"]
    return (*said, f"gepland: {planned}") if planned and int(planned) != now else tuple(said)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _say_source(text: str, titles: Mapping[str, str]) -> str:
    source = read_source(text)
    if source is None:
        return text
    title = titles.get(source.document)
    return ", ".join(part for part in (title, source.sectie, str(source.jaar)) if part)
