"""Orders of lines, marked by the rule that fits the scores of the item."""

from collections.abc import Iterator, Sequence
from itertools import permutations

from quizapp.formats.asi.body import Interaction
from quizapp.formats.asi.choosing import checked
from quizapp.formats.asi.drafting import Draft, Fitted
from quizapp.formats.asi.trying import Given
from quizapp.formats.asi.values import Unsupported, Value
from quizapp.questions.base import QuestionType, Response
from quizapp.questions.items import Item
from quizapp.questions.order import ORDER_RULES, Ordering

ALL_ORDERS = 5  # lines up to which every order is tried


def fit_order(draft: Draft, asked: Interaction) -> Fitted:
    """An order of all that is offered. Raises Unsupported."""
    offered = checked(asked)
    ids = [one.id for one in offered]
    correct = draft.trier.rules.responses[asked.response].correct
    if not isinstance(correct, tuple) or sorted(map(str, correct)) != sorted(ids):
        raise Unsupported("its right order is not one of all its choices.")
    if asked.node.get("maxchoices", "0") not in ("", "0", str(len(ids))):
        raise Unsupported("only some of its choices are put in order, which is not supported.")
    key = [str(one) for one in correct]
    by_id = {one.id: one for one in offered}
    draft.trier.named = lambda given: " – ".join(by_id[str(one)].text[:30] for one in ids_in(given[asked.response]))
    trials = draft.trier.every({asked.response: tuple(one) or None} for one in _orders(key))
    most = draft.trier.most(trials)
    if any(trial.score == most for trial in trials if trial.given[asked.response] != tuple(key)):
        raise Unsupported("several orders earn all, which is not supported.")
    items = tuple(Item(draft.choice(by_id[one])) for one in key)

    def responded(kind: QuestionType, given: Given) -> Response:
        value = given[asked.response]
        return [key.index(str(one)) + 1 for one in value] if isinstance(value, tuple) else None

    if any(one.is_fixed for one in offered):
        draft.warn("a line kept its place while the others were shuffled: all are shuffled now.")
    kinds = [Ordering(items, rule) for rule in ORDER_RULES]
    return Fitted(kinds, responded, trials, most, most)


def _orders(key: list[str]) -> Iterator[Sequence[str]]:
    """The orders that are tried: all, or those that tell the most."""
    yield ()
    if len(key) <= ALL_ORDERS:
        yield from permutations(key)
        return
    yield from (key, key[::-1])
    for place in range(len(key)):
        yield key[place:] + key[:place]
        for other in range(place):
            changed = [*key]
            changed[place], changed[other] = changed[other], changed[place]
            yield changed
            yield [*key[:other], key[place], *key[other:place], *key[place + 1 :]]


def ids_in(value: Value) -> tuple[object, ...]:
    """The ids that an answer holds."""
    return value if isinstance(value, tuple) else ()
