"""One figure of a benchmark."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """
    A figure of ours beside a reference.

    Attributes
    ----------
    ours, reference
        In `unit`; the reference is another way of doing it, or what is allowed.
    ratio
        How many times better ours is than the reference.
    limit
        Lowest ratio that is good enough.
    more
        Whether more is better, as for a score; else less is, as for a time.
    """

    name: str
    n: int
    ours: float
    reference: float
    unit: str
    limit: float
    more: bool = False

    @property
    def ratio(self) -> float:
        """How many times better ours is."""
        better, worse = (self.ours, self.reference) if self.more else (self.reference, self.ours)
        return better / worse if worse else float("inf")

    @property
    def ok(self) -> bool:
        """Whether the limit is met."""
        return self.ratio >= self.limit

    def as_json(self) -> str:
        """Give the line that `scripts/bench` prints."""
        return json.dumps(
            {
                "name": self.name,
                "n": self.n,
                "ours": round(self.ours, 4),
                "reference": round(self.reference, 4),
                "unit": self.unit,
                "ratio": round(min(self.ratio, 1e6), 2),
                "limit": self.limit,
                "ok": self.ok,
            }
        )
