"""What matching and grouping share: lines of which each belongs to one option, and earns its share when it got that."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import comb

from quizapp.questions.base import NO_PROSE, NOT_OFFERED, Answer, Mark, Outcome, Prose, Response, label_of
from quizapp.questions.guesses import Guesses, counted
from quizapp.questions.items import Item
from quizapp.questions.pairing import paired


@dataclass(frozen=True, slots=True)
class Pair:
    """A line and the option it belongs to; `place` is where it stands in its file."""

    item: Item
    option: Prose
    place: tuple[int, int] = field(default=(1, 1), compare=False)

    @property
    def label(self) -> str:
        """What the line is named by."""
        return label_of(self.item.content)


def options_of(pairs: Sequence[Pair], decoys: Iterable[Prose] = ()) -> tuple[Prose, ...]:
    """The options, in the order in which they are written; equal texts are one."""
    options: dict[str, Prose] = {}
    for option in (*(pair.option for pair in pairs), *decoys):
        options.setdefault(label_of(option), option)
    return tuple(options.values())


def right_pairs(pairs: Sequence[Pair]) -> dict[str, str]:
    """The response that is all right."""
    return {pair.label: label_of(pair.option) for pair in pairs}


def key_of(pairs: Sequence[Pair]) -> tuple[Answer, ...]:
    """The pairs as those see them who may see the key."""
    share = Fraction(1)
    return tuple(
        Answer(pair.item.content, goes_with=pair.option, credit=share, feedback=pair.item.feedback) for pair in pairs
    )


def rekeyed_pairs(
    shown: Sequence[Pair], options: Sequence[Prose], now: Sequence[Pair], options_now: Sequence[Prose]
) -> tuple[Pair, ...] | None:
    """The lines as they were shown, each with its option and feedback of now; None where they cannot be paired."""
    lines = paired([pair.item.content for pair in shown], [pair.item.content for pair in now])
    places = paired(options_now, options)
    if lines is None or places is None:
        return None
    named = {label_of(one): options[place] for one, place in zip(options_now, places, strict=True)}
    return tuple(
        replace(
            pair,
            item=replace(now[line].item, content=pair.item.content),
            option=_as_written(pair.option, named[label_of(now[line].option)]),
        )
        for pair, line in zip(shown, lines, strict=True)
    )


def _as_written(own: Prose, option: Prose) -> Prose:
    """An option as its line has it, which may set the same words in another way."""
    return own if label_of(own) == label_of(option) else option


def mark_pairs(pairs: Sequence[Pair], options: Sequence[Prose], response: Response) -> Mark:
    """Right pairs over lines; nothing chosen is blank, an open line is a wrong one."""
    if response is None:
        return Mark("blank")
    given = _named(response, pairs, options)
    if given is None:
        return NOT_OFFERED
    if not given:
        return Mark("blank")
    right = sum(given.get(pair.label) == label_of(pair.option) for pair in pairs)
    said = tuple(pair.item.feedback for pair in pairs if pair.item.feedback and pair.label in given)
    return Mark("graded", Fraction(right, len(pairs)), said)


def guessed_pairs(pairs: Sequence[Pair], options: Sequence[Prose]) -> Guesses:
    """What it earns to give each line any of the options, without a look at the other lines."""
    lines, wrong = len(pairs), len(options) - 1
    return counted((Fraction(n, lines), comb(lines, n) * wrong ** (lines - n)) for n in range(lines + 1))


def pair_outcomes(
    pairs: Sequence[Pair], options: Sequence[Prose], response: Response, revealed: bool
) -> dict[int, Outcome]:
    """What to say beside each line, by its written position."""
    given = _named(response, pairs, options) or {}
    shown = {label_of(option): option for option in options}
    return {
        position: _outcome(pair, shown.get(given.get(pair.label, ""), NO_PROSE), revealed)
        for position, pair in enumerate(pairs, start=1)
    }


def _outcome(pair: Pair, taken: Prose, revealed: bool) -> Outcome:
    is_right = bool(taken) and label_of(taken) == label_of(pair.option)
    return Outcome(
        verdict="right" if is_right else "wrong",
        feedback=pair.item.feedback if taken or revealed else NO_PROSE,
        content=pair.item.content,
        given=taken,
        answer=pair.option if revealed and not is_right else NO_PROSE,
    )


def _named(response: Response, pairs: Sequence[Pair], options: Sequence[Prose]) -> dict[str, str] | None:
    """A response with every line and option under its own name; None where it names what is not there."""
    if not isinstance(response, dict):
        return None
    lines, answers = _names([pair.item.content for pair in pairs]), _names(options)
    found: dict[str, str] = {}
    for line, option in response.items():
        if line not in lines or not isinstance(option, str) or (option and option not in answers):
            return None
        if option and found.setdefault(lines[line], answers[option]) != answers[option]:
            return None
    return found


def _names(contents: Iterable[Prose]) -> dict[str, str]:
    """Everything that may name one of some contents: its text, and its Markdown where that is nothing else's text."""
    every = list(contents)
    return {one.markdown: label_of(one) for one in every} | {label_of(one): label_of(one) for one in every}
