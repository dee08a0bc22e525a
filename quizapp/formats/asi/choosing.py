"""Choices, words of a text and orders: what an item offers becomes a list, marked by the rule that fits its scores."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from quizapp.formats.asi.body import Interaction, Offered
from quizapp.formats.asi.drafting import Draft, Fitted
from quizapp.formats.asi.trying import Given, Trial, feedback_shown, share_of
from quizapp.formats.asi.values import Unsupported, Value, container
from quizapp.questions.base import NO_PROSE, Prose, QuestionType, Response
from quizapp.questions.choices import Choice
from quizapp.questions.multiple import CREDIT_RULES, MultipleChoice
from quizapp.questions.single import SingleChoice

MAX_CHOICES = 60
ALL_SETS, ALL_PAIRS, ALL_ORDERS = 8, 20, 5  # choices up to which every set, every pair, every order is tried


def fit_choice(draft: Draft, asked: Interaction) -> Fitted:
    """Single or multiple choice. Raises Unsupported."""
    offered = checked(asked)
    cardinality = draft.trier.rules.responses[asked.response].cardinality
    is_single = cardinality == "single" or asked.most == 1
    draft.trier.named = lambda given: _named(offered, given[asked.response])
    sets = [(one.id,) for one in offered] if is_single else list(_sets(offered, asked, draft))
    as_value = (lambda ids: ids[0]) if cardinality == "single" else container
    trials = draft.trier.every([{asked.response: None}, *({asked.response: as_value(ids)} for ids in sets)])
    most = draft.trier.most(trials)
    said, feedback = _feedback(draft, offered, asked.response, trials)
    contents = [draft.choice(one) for one in offered]
    kinds = (
        _single(offered, contents, feedback, trials, asked, most)
        if is_single
        else _multiple(offered, contents, feedback, trials, asked, most)
    )
    if not is_single and 0 < asked.most < len(offered):
        draft.warn(f"no more than {asked.most} could be chosen; here any number can.")
    if asked.is_shuffled and any(one.is_fixed for one in offered):
        draft.warn("some choices kept their place while the others were shuffled: none is shuffled now.")
    shuffle = asked.is_shuffled and not any(one.is_fixed for one in offered)
    respond = _respond_one if is_single else _respond_many
    places = {one.id: place for place, one in enumerate(offered, start=1)}

    def responded(kind: QuestionType, given: Given) -> Response:
        return respond(places, given[asked.response])

    return Fitted(kinds, responded, trials, most, most, said, shuffle=shuffle, meant=asked.credit)


def open_choice(draft: Draft, asked: Interaction) -> QuestionType:
    """Choices of which none is right: a survey."""
    offered = checked(asked)
    choices = tuple(Choice(draft.choice(one), Fraction(0)) for one in offered)
    is_single = draft.trier.rules.responses[asked.response].cardinality == "single" or asked.most == 1
    return SingleChoice(choices) if is_single else MultipleChoice(choices)


def checked(asked: Interaction) -> tuple[Offered, ...]:
    """What is offered, two choices at least. Raises Unsupported."""
    if len(asked.offered) < 2:
        raise Unsupported(f"it offers {len(asked.offered)} choices, and a question has two at least.")
    if len(asked.offered) > MAX_CHOICES:
        raise Unsupported(f"it offers {len(asked.offered)} choices, and {MAX_CHOICES} are read.")
    if len({one.id for one in asked.offered}) < len(asked.offered):
        raise Unsupported("two of its choices have one identifier.")
    return asked.offered


def _sets(offered: Sequence[Offered], asked: Interaction, draft: Draft) -> Iterator[tuple[str, ...]]:
    """The sets of choices that are tried, none of them larger than may be."""
    ids = [one.id for one in offered]
    most = asked.most or len(ids)
    if len(ids) <= ALL_SETS:
        yield from (found for size in range(1, most + 1) for found in combinations(ids, size))
        return
    yield from ((one,) for one in ids)
    if len(ids) <= ALL_PAIRS and most > 1:
        yield from combinations(ids, 2)
    correct = draft.trier.rules.responses[asked.response].correct
    right = [one for one in ids if isinstance(correct, tuple) and one in correct]
    near = [right, ids, *([*right, one] for one in ids), *([*right, *two] for two in combinations(ids, 2))]
    fewer = [[one for one in right if one not in left] for size in (1, 2) for left in combinations(right, size)]
    for found in [*near, *fewer]:
        distinct = tuple(one for one in ids if one in found)
        if distinct and len(distinct) <= most:
            yield distinct


def _named(offered: Sequence[Offered], value: Value) -> str:
    chosen = value if isinstance(value, tuple) else (value,)
    texts = [one.text[:40] for one in offered if one.id in chosen]
    return "“" + "”, “".join(texts) + "”" if texts else "nothing"


def _respond_one(places: Mapping[str, int], value: Value) -> Response:
    one = value[0] if isinstance(value, tuple) else value
    return places[one] if isinstance(one, str) else None


def _respond_many(places: Mapping[str, int], value: Value) -> Response:
    return [places[one] for one in value if isinstance(one, str)] if isinstance(value, tuple) else None


def _single(
    offered: Sequence[Offered],
    contents: Sequence[Prose],
    feedback: Mapping[str, Prose],
    trials: Sequence[Trial],
    asked: Interaction,
    most: Fraction,
) -> list[QuestionType]:
    """Each choice with what it earns, to the millionth; less than nothing is nothing."""
    scores = {trial.given[asked.response]: trial.score for trial in trials}
    choices = []
    for one, content in zip(offered, contents, strict=True):
        score = scores[one.id] if one.id in scores else scores[(one.id,)]
        choices.append(Choice(content, share_of(score, most), feedback.get(one.id, NO_PROSE)))
    return [SingleChoice(tuple(choices))]


def _multiple(
    offered: Sequence[Offered],
    contents: Sequence[Prose],
    feedback: Mapping[str, Prose],
    trials: Sequence[Trial],
    asked: Interaction,
    most: Fraction,
) -> list[QuestionType]:
    """The boxes, under each credit rule: right is what all of the best answers have, of no matter what some have."""
    best = [set(_tuple(trial.given[asked.response])) for trial in trials if trial.score == max(t.score for t in trials)]
    right, some = set.intersection(*best), set.union(*best)
    if not right:
        raise Unsupported("different answers earn all, and no choice is in all of them.")
    choices = tuple(
        Choice(
            content, Fraction(one.id in right), feedback.get(one.id, NO_PROSE), one.id in right or one.id not in some
        )
        for one, content in zip(offered, contents, strict=True)
    )
    return [MultipleChoice(choices, rule) for rule in CREDIT_RULES]


def _tuple(value: Value) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _feedback(
    draft: Draft, offered: Sequence[Offered], response: str, trials: Sequence[Trial]
) -> tuple[frozenset[int], dict[str, Prose]]:
    """Which feedbacks are shown for choices alone, whatever else is chosen, and what is said of each choice."""
    answered = [trial for trial in trials if not trial.is_blank]
    chosen = [set(_chosen(trial.given[response])) for trial in answered]
    is_single = all(len(ids) == 1 for ids in chosen)
    said, told = set(), dict[str, list[int]]()
    for place, node in enumerate(draft.body.feedback):
        shown = [feedback_shown(node, trial) for trial in answered]
        if all(shown) or not any(shown):
            continue
        alone = [one.id for one in offered if shown == [one.id in ids for ids in chosen]]
        given = next(iter(alone), "")
        every = [next(iter(ids)) for ids, is_shown in zip(chosen, shown, strict=True) if is_shown] if is_single else []
        for one in [given] if given else every:
            told.setdefault(one, []).append(place)
            said.add(place)
    return frozenset(said), {one: draft.prose(draft.all_told(places)) for one, places in told.items()}


def _chosen(value: Value) -> tuple[str, ...]:
    values = value if isinstance(value, tuple) else (value,)
    return tuple(one for one in values if isinstance(one, str))
