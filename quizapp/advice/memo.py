"""What was advised before, so that an edit of one file asks again only what it can change."""

from collections import Counter
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Memo:
    """Keeps what was found between two rounds; what a round did not ask for is forgotten.

    `made` counts what was found anew in this round, by kind.
    """

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()
        self._kept: dict[Hashable, Any] = {}
        self._used: dict[Hashable, Any] = {}

    def begin(self) -> None:
        """Begin a round."""
        self._kept, self._used = self._used, {}
        self.made = Counter()

    def get(self, kind: str, key: Hashable, make: Callable[[], T], size: int = 1) -> T:
        """What is kept of a kind under a key, else what is made now; `size` is what that counts."""
        place = (kind, key)
        if place not in self._used and place in self._kept:
            self._used[place] = self._kept[place]
        elif place not in self._used:
            self.made[kind] += size
            self._used[place] = make()
        found: T = self._used[place]
        return found
