"""Choose new places for one who asks at a time, and keep the last answers: it may take a minute."""

from __future__ import annotations

import threading
from collections import OrderedDict

from socialmap.coverage.placing import NewPlaces, PlaceQuestion, find_places
from socialmap.coverage.planning import NotProvenError
from socialmap.coverage.reading import CoverageMap
from web.finding_input import QuestionError

_KEPT = 16
#: Seconds to wait for the turn of somebody else.
_PATIENCE = 20.0


class Planner:
    """Answers one question at a time; safe to use from many threads."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        # The map is kept with its answer, so that its number is not given to another map.
        self._kept: OrderedDict[tuple[int, PlaceQuestion], tuple[CoverageMap, NewPlaces]] = (
            OrderedDict()
        )

    def answer(self, coverage: CoverageMap, question: PlaceQuestion) -> NewPlaces:
        """
        Choose the places, or give those that were chosen before on the same map.

        Raises
        ------
        QuestionError
            When it is somebody else's turn, or the best choice cannot be proven in time.
        """
        key = id(coverage), question
        if not self._turn.acquire(timeout=_PATIENCE):
            raise QuestionError(
                "Er wordt nu al voor iemand anders gerekend. Wacht een minuut en probeer het "
                "dan nog eens."
            )
        try:
            if key not in self._kept:
                self._kept[key] = coverage, find_places(coverage, question)
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return self._kept[key][1]
        except NotProvenError as error:
            raise QuestionError(str(error)) from None
        finally:
            self._turn.release()


#: One for the process that serves: solving takes all of a core.
PLANNER = Planner()
