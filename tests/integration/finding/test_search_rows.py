"""Who may find what: an offer of a sleutelfiguur is found from `team` on, and by nobody below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product

import pytest

from socialmap.domain.codes import Niveau, Soort, Status
from socialmap.domain.model import Aanbod, Actor, Toestemming
from socialmap.domain.privacy import Lezer, may_see
from socialmap.editing.apply import Batch
from socialmap.finding.find import Finder
from socialmap.finding.question import Vraag
from socialmap.store.engine import Store
from socialmap.store.search_rows import count_search_rows, read_search_rows, search_row

LEVELS = (Niveau.OPENBAAR, Niveau.PROFESSIONAL, Niveau.TEAM)
COFFEE = Aanbod(id="O1", actor_id="P", naam="Koffie", themas=("sociaal_netwerk",))
MIXES = list(product(LEVELS, (None, *LEVELS), (Soort.SLEUTELFIGUUR, Soort.PARTNER)))


def person(today: date, level: Niveau, consent: Niveau | None, soort: Soort) -> Actor:
    given = Toestemming(op=today - timedelta(days=9), niveau=consent)
    return Actor(id="P", naam="Iemand", soort=soort, zichtbaarheid=level, toestemming=given)


@pytest.mark.parametrize(("level", "consent", "soort"), MIXES)
def test_an_offer_is_found_by_who_may_search_its_words(
    store: Store,
    write: Callable[..., None],
    finder: Finder,
    now: datetime,
    today: date,
    level: Niveau,
    consent: Niveau | None,
    soort: Soort,
) -> None:
    owner = person(today, level, consent, soort)
    write(Batch(actoren=(owner,), aanbod=(COFFEE,)))
    for niveau in Niveau:
        lezer = Lezer(niveau)
        with store.reading() as conn:
            answer = finder.find(conn, Vraag(q="koffie"), lezer, now)
            filed = finder.find(conn, Vraag(q="", themas=("sociaal_netwerk",)), lezer, now)
        may = may_see(owner, lezer, today)
        if soort is Soort.SLEUTELFIGUUR:
            may = may and niveau >= Niveau.TEAM
        told = repr((answer, filed))
        assert [one.aanbod_id for one in answer.treffers] == ["O1"] * may
        assert ("O1" in told) is may


def test_a_row_comes_back_as_it_was_kept(
    store: Store, write: Callable[..., None], today: date
) -> None:
    owner = person(today, Niveau.OPENBAAR, None, Soort.SLEUTELFIGUUR)
    offers = (
        replace(COFFEE, talen=("nl", "tr"), bereik="stadsbreed", loopt_tot=today),
        replace(COFFEE, id="O2", bereik=500, lon=4.64, lat=52.38, gecontroleerd_op=today),
        replace(COFFEE, id="O3", naam='"; [é', status=Status.GEPAUZEERD),
    )
    write(Batch(actoren=(owner,), aanbod=offers))
    with store.reading() as conn:
        assert read_search_rows(conn) == [search_row(offer, owner, (), ()) for offer in offers]
        assert count_search_rows(conn) == 3
