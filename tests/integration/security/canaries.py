"""Records of each level whose every text is a word that stands nowhere else."""

from __future__ import annotations

import re
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from socialmap.domain import field_levels
from socialmap.domain.codes import Feitelijk, Niveau, Relatiesoort, Richting, Soort
from socialmap.domain.model import Aanbod, Actor, Inventarisatie, Relatie, Toestemming
from socialmap.editing.apply import Batch

AREA = "WK039221"
LON, LAT = 4.6366, 52.3535
#: A word begins with `zqk`, then the record, the number of the field, and `zq`.
WORD = re.compile(r"zqk([a-z]+\d?)x(\d\d)([no])zq", re.IGNORECASE)
LEVELS = (Niveau.OPENBAAR, Niveau.PROFESSIONAL, Niveau.TEAM, Niveau.BEHEER)
#: Who is seen by nobody, whatever the level.
NOBODY = 9

_ACTOR = (
    *("naam", "omschrijving", "adres", "plaats", "website", "telefoon", "email"),
    *("gecontroleerd_door", "bron", "type", "doet", "doet_niet", "beslist_zelf", "overdracht"),
    *("gezocht", "toestemming_doel", "toestemming_door"),
)
_AANBOD = ("naam", "omschrijving", "adres", "plaats", "aanmelden", "bron")
_RELATIE = ("toelichting", "bron")
_FIELDS: dict[type, tuple[str, ...]] = {Actor: _ACTOR, Aanbod: _AANBOD, Relatie: _RELATIE}
_TABLES = {
    Actor: field_levels.ACTOR,
    Aanbod: field_levels.AANBOD,
    Relatie: field_levels.RELATIE,
}
_FORM = {"website": "https://{}.example/", "email": "{}@wijk.example"}


@dataclass(frozen=True)
class Planted:
    """A kind of record, its name in the words, the level it asks, and whether it is a person."""

    kind: type
    code: str
    level: int
    person: bool = False
    record: Any = None


def word(code: str, number: int, old: bool = False) -> str:
    return f"zqk{code}x{number:02d}{'o' if old else 'n'}zq"


def _text(planted: Planted, old: bool) -> dict[str, str]:
    made = {}
    for number, name in enumerate(_FIELDS[planted.kind]):
        text = word(planted.code, number, old)
        made[name] = _FORM.get(name, "{}").format(text)
    return made


def _filled(planted: Planted, old: bool) -> Any:
    text = _text(planted, old)
    consent = planted.record.toestemming if planted.kind is Actor else None
    purpose = text.pop("toestemming_doel", "")
    door = text.pop("toestemming_door", "")
    made = replace(planted.record, **text)
    if consent:
        made = replace(made, toestemming=replace(consent, doel=purpose, door=door))
    if planted.kind is Relatie:
        # The number of a version is for everybody: something that all may see changes too.
        made = replace(made, sterkte=1 if old else 2)
    return made


def people(today: date) -> list[Planted]:
    """Give sleutelfiguren with, without, with expired and with later consent."""
    month, year = timedelta(days=30), timedelta(days=366)

    def consent(op: date, tot: date | None, niveau: Niveau) -> Toestemming:
        return Toestemming(op=op, tot=tot, niveau=niveau)

    cases: dict[str, tuple[int, Toestemming | None, Niveau]] = {
        "pa": (1, consent(today - month, None, Niveau.PROFESSIONAL), Niveau.PROFESSIONAL),
        "pb": (2, consent(today - month, today + month, Niveau.TEAM), Niveau.PROFESSIONAL),
        "pc": (3, consent(today - month, None, Niveau.OPENBAAR), Niveau.BEHEER),
        "pd": (NOBODY, None, Niveau.OPENBAAR),
        "pe": (NOBODY, consent(today - year, today, Niveau.PROFESSIONAL), Niveau.PROFESSIONAL),
        "pf": (NOBODY, consent(today + month, None, Niveau.PROFESSIONAL), Niveau.PROFESSIONAL),
    }
    made = []
    for code, (level, given, own) in cases.items():
        actor = Actor(
            id=f"K-{code}",
            naam="",
            soort=Soort.SLEUTELFIGUUR,
            zichtbaarheid=own,
            toestemming=given,
            lon=LON,
            lat=LAT,
            werkgebied=(AREA,),
            themas=("sociaal_netwerk",),
            doelgroepen=("iedereen",),
            gecontroleerd_op=today - month,
            moedertaal=("tr",),
        )
        made.append(Planted(Actor, code, level, True, actor))
    return made


def all_planted(today: date) -> list[Planted]:
    """Give actors of each level and all kinds of person, each with an offer and a tie."""
    actors = [
        Planted(
            Actor,
            f"a{int(level)}",
            int(level),
            record=Actor(
                id=f"K-a{int(level)}",
                naam="",
                soort=Soort.PARTNER,
                zichtbaarheid=level,
                lon=LON,
                lat=LAT,
                werkgebied=(AREA,),
                themas=("sociaal_netwerk",),
                doelgroepen=("iedereen",),
                gecontroleerd_op=today - timedelta(days=40),
                moedertaal=("pl",),
            ),
        )
        for level in LEVELS
    ]
    actors += people(today)
    made = list(actors)
    for actor in actors:
        offer = Aanbod(
            id=f"K-o{actor.code}",
            actor_id=actor.record.id,
            naam="",
            lon=LON,
            lat=LAT,
            themas=("sociaal_netwerk",),
            doelgroepen=("iedereen",),
            gecontroleerd_op=today - timedelta(days=40),
        )
        made.append(Planted(Aanbod, f"o{actor.code}", actor.level, actor.person, offer))
        if actor.code != "a0":
            made.append(_tie(f"r{actor.code}", "K-a0", actor, actor.level))
    # A tie between two whom everybody sees, that itself is not for everybody.
    for level in LEVELS[1:]:
        town = Planted(Actor, f"b{int(level)}", 0, record=replace(actors[0].record))
        made.append(replace(town, record=replace(town.record, id=f"K-b{int(level)}")))
        made.append(_tie(f"t{int(level)}", "K-a0", made[-1], int(level), Niveau(level)))
    return made


def _tie(code: str, van: str, to: Planted, level: int, own: Niveau = Niveau.OPENBAAR) -> Planted:
    tie = Relatie(
        id=f"K-{code}",
        van_id=van,
        naar_id=to.record.id,
        soort=Relatiesoort.WERKT_SAMEN,
        richting=Richting.WEDERKERIG,
        sterkte=2,
        feitelijk=Feitelijk.FEITELIJK,
        zichtbaarheid=own,
    )
    return Planted(Relatie, code, level, to.person, tie)


def levels_of_words(planted: list[Planted]) -> dict[str, int]:
    """Give the lowest level that may read each word: the strictest of record and field."""
    found = {}
    for one in planted:
        for number, name in enumerate(_FIELDS[one.kind]):
            if name.startswith("toestemming") and not one.record.toestemming:
                continue
            level = max(one.level, int(_TABLES[one.kind][name][one.person]))
            for old in (False, True):
                found[word(one.code, number, old)] = level
    return found


def batch_of(planted: list[Planted], level: int, *, old: bool, today: date) -> Batch:
    """Give the records as a map holds them that knows no field above a level."""
    made = {kind: [] for kind in _FIELDS}  # type: dict[type, list[Any]]
    for one in planted:
        made[one.kind].append(without_hidden_fields(_filled(one, old), one, level))
    looked = Inventarisatie(
        id="K-i",
        gebied=AREA,
        thema="sociaal_netwerk",
        datum=today - timedelta(days=5),
        door="wijkteam",
        gevraagd_aan=("bewoners",),
        uitkomst="gevonden",
        aanbod_ids=tuple(one.id for one in made[Aanbod]),
    )
    return Batch(
        actoren=tuple(made[Actor]),
        aanbod=tuple(made[Aanbod]),
        relaties=tuple(made[Relatie]),
        inventarisaties=(looked,),
    )


def without_hidden_fields(record: Any, one: Planted, level: int) -> Any:
    """Empty each field that the table gives to a higher level."""
    table = _TABLES[one.kind]
    emptied: dict[str, Any] = {}
    for field in fields(record):
        if field.name == "toestemming" and record.toestemming:
            if table["toestemming_doel"][one.person] > level:
                emptied["toestemming"] = replace(record.toestemming, doel="", door="")
        elif field.name in table and table[field.name][one.person] > level:
            if field.name == "naam":
                emptied["naam"] = "Iemand"
            elif field.default is not MISSING:
                emptied[field.name] = field.default
    return replace(record, **emptied)
