"""What can be wrong with a question about the network: typed errors that carry the facts."""

from __future__ import annotations

from socialmap.domain.errors import SocialMapError


class NetworkError(SocialMapError):
    """Root of the errors of this floor."""


class EmptyNetworkError(NetworkError):
    """A figure was asked of a network without actors."""

    def __init__(self) -> None:
        super().__init__(
            "Er staat niemand in dit netwerk. Kies een groter gebied of haal een filter weg."
        )
