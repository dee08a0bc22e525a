"""Words that are answers, and which of them are one slip away from a word, without comparing all with all."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

SHORTEST_FOR_SLIPS = 6
LONGEST_FOR_SLIPS = 64  # what is left of a word of n letters takes n² bytes


class Vocabulary:
    """The words of the answers of one file.

    Two words that differ by one letter left out, added, changed or swapped with the next share a word that is left
    when one letter is taken out of each (after the symmetric-delete method of W. Garbe); the words are kept by those.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_rest: dict[str, set[str]] = {}
        for word in words:
            for rest in _rests(word):
                self._by_rest.setdefault(rest, set()).add(word)

    def near(self, word: str) -> set[str]:
        """The words that could be taken for a slip in this one."""
        found = {other for rest in _rests(word) for other in self._by_rest.get(rest, ())}
        return {other for other in found if is_slip(other, word)}


def _rests(word: str) -> Iterable[str]:
    letters = range(len(word)) if len(word) <= LONGEST_FOR_SLIPS else ()
    return (word, *(word[:n] + word[n + 1 :] for n in letters))


def is_slip(typed: str, meant: str) -> bool:
    """Whether a word of six letters or more was missed by one letter left out, added, changed or swapped."""
    letters = sum(character.isalpha() for character in meant)
    digits = [character for character in meant if character.isdigit()]
    return (
        letters >= SHORTEST_FOR_SLIPS
        and [character for character in typed if character.isdigit()] == digits
        and OSA.distance(typed, meant, score_cutoff=1) == 1
    )
