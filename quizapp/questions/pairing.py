"""Which answer of one version of a question is which of another; answers have no ids, format section 7."""

import unicodedata
from collections.abc import Callable, Sequence

from quizapp.questions.base import Prose, label_of

# What two answers may have in common, the surest sign first.
SIGNS: tuple[Callable[[Prose], str], ...] = (
    lambda one: " ".join(one.html.split()),
    label_of,
    lambda one: unicodedata.normalize("NFKC", label_of(one).casefold()),
)


def paired(old: Sequence[Prose], new: Sequence[Prose]) -> list[int] | None:
    """For each of the old ones the place (from 0) of the new one that it is now.

    They are paired by their text, and by their order where that leaves as many of both; None where it does not.
    """
    if len(old) != len(new):
        return None
    found: dict[int, int] = {}
    for sign in SIGNS:
        taken = set(found.values())
        places: dict[str, list[int]] = {}
        for place, one in enumerate(new):
            if place not in taken:
                places.setdefault(sign(one), []).append(place)
        for place, one in enumerate(old):
            if place not in found and places.get(sign(one)):
                found[place] = places[sign(one)].pop(0)
    rest = iter(sorted(set(range(len(new))) - set(found.values())))
    return [found[place] if place in found else next(rest) for place in range(len(old))]
