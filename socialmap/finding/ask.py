"""Ask the map a question whole: look up its place and who can introduce, and answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from socialmap.domain.privacy import Lezer
from socialmap.finding.find import Finder
from socialmap.finding.place import Plek
from socialmap.finding.question import Antwoord, Vraag
from socialmap.network.introduce import Introduction
from socialmap.network.introduce_all import find_introductions

if TYPE_CHECKING:
    from socialmap.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Asker:
    """Answers questions of one reader at one moment.

    Attributes
    ----------
    finder
        See `ready.make_finder`.
    lezer, now
        Who asks, and the moment in Europe/Amsterdam.
    """

    finder: Finder
    lezer: Lezer
    now: datetime

    def ask(self, conn: Connection, vraag: Vraag, plek: Plek | None) -> Antwoord:
        """
        Answer a question.

        Parameters
        ----------
        conn
            A reading connection.
        vraag
            The question; its `punt` and `gebieden` are filled in from `plek`.
        plek
            Where the person is; None when not said.

        Raises
        ------
        NotFoundError
            If `vraag.van` is not an actor that this reader may see.
        """
        if plek is not None:
            here = self.finder.here.areas(conn, plek.lon, plek.lat)
            vraag = replace(vraag, punt=(plek.lon, plek.lat), gebieden=here)
        ways = self._introductions(conn, vraag.van) if vraag.van else None
        return self.finder.find(conn, vraag, self.lezer, self.now, ways)

    def _introductions(self, conn: Connection, van: str) -> dict[str, Introduction]:
        seen = self.finder.networks.current(conn, self.lezer, self.now.date())
        return find_introductions(seen.network.steps, van)
