"""Tags for the draws of imported quizzes: each finds one that no question has which it does not draw."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from quizapp.formats.banks import identity_of
from quizapp.formats.contract import Item
from quizapp.questions.base import Question

Identity = tuple[str, ...]


class Tagging:
    """Which questions have which tag: those that are there, and the items that come to them."""

    def __init__(self, items: Sequence[Item], there: Iterable[Question]) -> None:
        self.having: dict[str, set[Identity]] = {}
        self.given: dict[str, frozenset[Identity]] = {}
        for question in (*there, *(item.question for item in items if item.question)):
            for tag in question.tags:
                self.having.setdefault(tag, set()).add(identity_of(question))

    def choose(self, wanted: str, pool: frozenset[Identity]) -> str:
        """The tag for a draw from some questions, which get it."""
        counted = (f"{wanted}-{number}" for number in range(2, len(self.having) + len(self.given) + 3))
        tag = next(one for one in (wanted, *counted) if self._is_free(one, pool))
        self.given[tag] = pool
        return tag

    def _is_free(self, tag: str, pool: frozenset[Identity]) -> bool:
        return self.given.get(tag, pool) == pool and self.having.get(tag, set()) <= pool

    def tagged(self, items: Sequence[Item]) -> list[Item]:
        """The items with the tags that were chosen for them."""
        return [self._with_tags(item, item.question) if item.question else item for item in items]

    def _with_tags(self, item: Item, question: Question) -> Item:
        identity = identity_of(question)
        more = [tag for tag, pool in self.given.items() if identity in pool]
        return replace(item, question=replace(question, tags=tuple(dict.fromkeys([*question.tags, *more]))))
