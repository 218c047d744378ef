"""Who sees which record on which day, and which fields of it (eisen.md, 9 and 17)."""

from __future__ import annotations

from dataclasses import MISSING, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialmap.domain import field_levels
from socialmap.domain.clock import months_earlier
from socialmap.domain.codes import (
    Feitelijk,
    Lijn,
    Niveau,
    Relatiesoort,
    Richting,
    Soort,
    Status,
    Toegang,
    Vorm,
)
from socialmap.domain.model import Aanbod, Actor, Relatie, Toestemming
from socialmap.domain.privacy import (
    HIDDEN_NAME,
    OPENBAAR,
    Lezer,
    consent_end,
    cut,
    may_see,
    required_level,
    visible_fields,
    visible_from_until,
)

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
PLANTED = "planted"
TABLES: dict[type[Any], dict[str, tuple[Niveau, Niveau]]] = {
    Actor: field_levels.ACTOR,
    Aanbod: field_levels.AANBOD,
    Relatie: field_levels.RELATIE,
}
CONSENT = Toestemming(
    op=date(2026, 3, 1),
    tot=date(2026, 12, 31),
    doel=PLANTED,
    niveau=Niveau.PROFESSIONAL,
    door=PLANTED,
)
#: A person is not there at all for the public: see `test_person_is_never_public`.
READS = [
    (niveau, person)
    for niveau in Niveau
    for person in (False, True)
    if not (person and niveau is Niveau.OPENBAAR)
]
FULL_ACTOR = Actor(
    id="A1",
    naam=PLANTED,
    soort=Soort.SLEUTELFIGUUR,
    omschrijving=PLANTED,
    themas=(PLANTED,),
    doelgroepen=(PLANTED,),
    lijn=Lijn.BEWONERS,
    adres=PLANTED,
    postcode=PLANTED,
    plaats="Haarlem",
    lon=4.6,
    lat=52.3,
    werkgebied=("WK039218",),
    website=PLANTED,
    telefoon=PLANTED,
    email=PLANTED,
    zichtbaarheid=Niveau.PROFESSIONAL,
    toestemming=CONSENT,
    gecontroleerd_op=date(2026, 5, 1),
    gecontroleerd_door=PLANTED,
    status=Status.GEPAUZEERD,
    bron=PLANTED,
    type=PLANTED,
    doet=PLANTED,
    doet_niet=PLANTED,
    beslist_zelf=PLANTED,
    overdracht=PLANTED,
    antwoord_binnen_dagen=3,
    gezocht=PLANTED,
    moedertaal=(PLANTED,),
    versie=7,
)
FULL_OFFER = Aanbod(
    id="O1",
    actor_id="A1",
    naam=PLANTED,
    omschrijving=PLANTED,
    vorm=Vorm.INDIVIDUEEL,
    lijn=Lijn.BEWONERS,
    themas=(PLANTED,),
    doelgroepen=(PLANTED,),
    min_leeftijd=18,
    max_leeftijd=99,
    kosten=Decimal("2.50"),
    talen=(PLANTED,),
    adres=PLANTED,
    postcode=PLANTED,
    plaats="Haarlem",
    lon=4.6,
    lat=52.3,
    wanneer="Mo 10:00-12:00",
    capaciteit=4,
    aanmelden=PLANTED,
    gecontroleerd_op=date(2026, 5, 1),
    status=Status.GEPAUZEERD,
    bron=PLANTED,
    bereik=500,
    werkgebied=("WK039218",),
    toegang=Toegang.VRIJ,
    wachttijd_dagen=2,
    wachttijd_op=date(2026, 5, 1),
    loopt_tot=date(2027, 5, 1),
    versie=7,
)
FULL_TIE = Relatie(
    id="R1",
    van_id="A1",
    naar_id="A2",
    soort=Relatiesoort.KENT,
    richting=Richting.GERICHT,
    sterkte=3,
    feitelijk=Feitelijk.FEITELIJK,
    gecontroleerd_op=date(2026, 5, 1),
    zichtbaarheid=Niveau.PROFESSIONAL,
    toelichting=PLANTED,
    bron=PLANTED,
    geldig_van=date(2026, 1, 1),
    geldig_tot=date(2027, 1, 1),
    versie=7,
)
FULL: list[Any] = [FULL_ACTOR, FULL_OFFER, FULL_TIE]


def names(kind: type[Any]) -> list[str]:
    """Names of the fields as the table of levels must hold them."""
    consent = [f"toestemming_{field.name}" for field in fields(Toestemming)]
    own = [field.name for field in fields(kind)]
    return [n for name in own for n in (consent if name == "toestemming" else [name])]


def value(record: object, name: str) -> object:
    """Value of a field; of a consent that is not there, None."""
    if name.startswith("toestemming_"):
        consent = getattr(record, "toestemming", None)
        return getattr(consent, name.removeprefix("toestemming_"), None)
    return getattr(record, name)


# A field that is added to a record and forgotten in the table would be shown to nobody, or, the
# other way round, a table that names what is not there would hide a slip of the pen.
@pytest.mark.parametrize("kind", TABLES)
def test_table_names_every_field_once(kind: type[Any]) -> None:
    assert sorted(TABLES[kind]) == sorted(names(kind))


@pytest.mark.parametrize("kind", TABLES)
def test_no_field_of_a_person_is_more_open_than_of_an_organisation(kind: type[Any]) -> None:
    for name, (group, person) in TABLES[kind].items():
        assert person >= max(group, Niveau.PROFESSIONAL), name


@pytest.mark.parametrize("record", FULL, ids=lambda record: type(record).__name__)
@pytest.mark.parametrize(("niveau", "person"), READS)
def test_every_field_above_the_level_is_empty_and_all_others_stay(
    record: Any, niveau: Niveau, person: bool
) -> None:
    kind = type(record)
    shown = cut(record, Lezer(niveau), person=person)
    default = {f.name: f.default for f in fields(kind) if f.default is not MISSING}
    for name in names(kind):
        full, now = value(record, name), value(shown, name)
        assert full != default.get(name), f"{name} is not filled, so this test says nothing"
        if TABLES[kind][name][person] <= niveau:
            assert now == full, name
        elif name == "naam":
            assert now == HIDDEN_NAME
        else:
            assert now == default.get(name), name


@pytest.mark.parametrize("record", FULL, ids=lambda record: type(record).__name__)
def test_professional_reads_no_word_about_a_person(record: Any) -> None:
    assert PLANTED in repr(record)
    assert PLANTED not in repr(cut(record, Lezer(Niveau.PROFESSIONAL), person=True))
    assert cut(record, Lezer(Niveau.TEAM), person=True) == record


def test_public_reads_neither_consent_nor_origin_nor_who_checked() -> None:
    shown = cut(replace(FULL_ACTOR, soort=Soort.PARTNER), OPENBAAR, person=False)
    assert (shown.toestemming, shown.moedertaal, shown.gecontroleerd_door) == (None, (), "")
    assert shown.naam == PLANTED


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.parametrize("person", [False, True])
def test_higher_level_sees_what_a_lower_one_sees(kind: type[Any], person: bool) -> None:
    seen = [visible_fields(kind, Lezer(niveau), person=person) for niveau in Niveau]
    for lower, higher in pairwise(seen):
        assert lower <= higher
    assert seen[-1] == set(names(kind))


PARTNERS = st.sampled_from([soort for soort in Soort if soort is not Soort.SLEUTELFIGUUR])
LEVELS = st.sampled_from([Niveau.OPENBAAR, Niveau.PROFESSIONAL, Niveau.TEAM])
READERS = st.sampled_from(Niveau)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@st.composite
def consents(draw: st.DrawFn) -> Toestemming:
    start = draw(DAYS)
    end = draw(st.none() | st.integers(1, 900).map(lambda days: start + timedelta(days=days)))
    return Toestemming(op=start, tot=end, niveau=draw(st.none() | LEVELS))


@given(soort=PARTNERS, level=LEVELS, reader=READERS, today=DAYS, consent=st.none() | consents())
def test_organisation_is_seen_from_its_own_level_on_every_day(
    soort: Soort, level: Niveau, reader: Niveau, today: date, consent: Toestemming | None
) -> None:
    actor = Actor(id="A1", naam="x", soort=soort, zichtbaarheid=level, toestemming=consent)
    assert may_see(actor, Lezer(reader), today) == (reader >= level)


@given(level=LEVELS, reader=READERS, today=DAYS, consent=consents())
def test_person_is_seen_at_the_strictest_of_actor_and_consent_while_it_holds(
    level: Niveau, reader: Niveau, today: date, consent: Toestemming
) -> None:
    person = replace(FULL_ACTOR, zichtbaarheid=level, toestemming=consent)
    end = consent.tot or months_earlier(consent.op, -12)
    allowed = reader >= level and (consent.niveau is None or reader >= consent.niveau)
    holds = consent.op <= today < end
    expected = reader >= Niveau.PROFESSIONAL and allowed and holds
    assert may_see(person, Lezer(reader), today) == expected


@given(consent=consents(), level=LEVELS)
def test_person_is_never_public(consent: Toestemming, level: Niveau) -> None:
    person = replace(FULL_ACTOR, zichtbaarheid=level, toestemming=consent)
    assert required_level(person) >= Niveau.PROFESSIONAL
    assert not may_see(person, OPENBAAR, consent.op)


@given(reader=READERS, today=DAYS)
def test_person_without_consent_is_seen_by_nobody(reader: Niveau, today: date) -> None:
    assert not may_see(replace(FULL_ACTOR, toestemming=None), Lezer(reader), today)


# A114 of the example map: given on 14 November 2022 without an end in the field for it, so it
# holds up to and including 13 November 2023, whatever its purpose says in words.
def test_consent_holds_twelve_months_to_the_day() -> None:
    consent = Toestemming(op=date(2022, 11, 14), doel="geldig tot 2029-01-01")
    person = replace(FULL_ACTOR, toestemming=consent)
    team = Lezer(Niveau.TEAM)
    assert consent_end(consent) == date(2023, 11, 14)
    assert visible_from_until(person) == (date(2022, 11, 14), date(2023, 11, 14))
    assert not may_see(person, team, date(2022, 11, 13))
    assert may_see(person, team, date(2022, 11, 14))
    assert may_see(person, team, date(2023, 11, 13))
    assert not may_see(person, team, date(2023, 11, 14))


def test_consent_with_an_end_holds_to_that_day() -> None:
    consent = Toestemming(op=TODAY - DAY, tot=TODAY + DAY)
    person = replace(FULL_ACTOR, toestemming=consent)
    days = [TODAY + n * DAY for n in (-2, -1, 0, 1, 2)]
    seen = [may_see(person, Lezer(Niveau.BEHEER), day) for day in days]
    assert seen == [False, True, True, False, False]
