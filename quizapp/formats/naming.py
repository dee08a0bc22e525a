"""Names that are taken, and free ones beside them, in the same time for each however many there are."""

from collections.abc import Iterable
from itertools import chain, count


class Taken:
    """Names of which no two may be the same, whatever their case."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names = {name.casefold() for name in names}
        self.last: dict[str, int] = {}  # the number that a name was given last

    def free(self, *wanted: str) -> str:
        """The first of some names that is free, else the last one with a number from 2 on. It is taken from then on."""
        base = wanted[-1]
        counted = (f"{base}-{number}" for number in count(self.last.get(base, 1) + 1))
        found = next(one for one in chain(wanted, counted) if one.casefold() not in self.names)
        if found not in wanted:
            self.last[base] = int(found.rpartition("-")[2])
        self.names.add(found.casefold())
        return found
