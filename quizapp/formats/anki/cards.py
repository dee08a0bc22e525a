"""What is on a card: a question in front, what is right behind it; a text with gaps is a card for each gap."""

from collections.abc import Callable, Sequence
from typing import Any

from quizapp.formats.anki.fields import Fields
from quizapp.formats.anki.gaps import gaps
from quizapp.formats.anki.numbers import in_words
from quizapp.formats.anki.sides import Sides, bullets, by_text, lines, listed, said, share, terms, titled, value
from quizapp.questions.base import Answer, Question, decimal_text, label_of, text_of
from quizapp.questions.choices import Choice
from quizapp.questions.essay import Essay
from quizapp.questions.group import Grouping
from quizapp.questions.items import Item
from quizapp.questions.match import Matching
from quizapp.questions.multiple import MultipleChoice
from quizapp.questions.numeric import Numeric
from quizapp.questions.order import Ordering
from quizapp.questions.records import Records
from quizapp.questions.single import SingleChoice
from quizapp.questions.text import ShortText


class NoCard(Exception):
    """No card can be made of a question, for this reason."""


def sides_of(question: Question, out: Fields) -> Sides:
    """The card of a question. Raises NoCard."""
    kind = question.type
    if kind.name not in WRITERS:
        raise NoCard(f"the type “{kind.title or kind.name}” has no right answer to put on the back of a card.")
    sides = WRITERS[kind.name](kind, out)
    hints = "".join(f"<details><summary>Hint</summary>{out.html(hint)}</details>" for hint in question.hints)
    front = f"{out.html(question.heading, question.prompt)}{sides.front}{hints}"
    back = f"{sides.back}{out.html(question.explanation)}"
    if not text_of(front) and "<img" not in front:
        raise NoCard("nothing of what it asks can be shown on a card.")
    if not text_of(back) and "<img" not in back and not out.has_gaps:
        raise NoCard("it has no rubric and no explanation to put on the back of a card.")
    return Sides(front, back)


def _single(kind: SingleChoice, out: Fields) -> Sides:
    is_truth = sorted(choice.content.text for choice in kind.choices) == ["False", "True"]
    if not is_truth:
        return Sides(_choices(kind.choices, out), _verdicts(kind.choices, out))
    told = [(one, f"{out.line(one.content)}{share(one)}</p>{said(one.feedback, out)}") for one in kind.choices]
    right = "".join(f"<p>{text}" for one, text in told if one.credit)
    wrong = "".join(f"<p>Not right: {text}" for one, text in told if not one.credit and one.feedback)
    return Sides("<p>True or false?</p>", right + wrong)


def _multiple(kind: MultipleChoice, out: Fields) -> Sides:
    return Sides(f"<p>Several may be right.</p>{_choices(kind.choices, out)}", _verdicts(kind.choices, out))


def _choices(choices: Sequence[Choice], out: Fields) -> str:
    return listed(((place, out.line(choice.content)) for place, choice in enumerate(choices, start=1)), "A")


def _verdicts(choices: Sequence[Choice], out: Fields) -> str:
    """The right ones; of the others those that something is said of."""
    placed = list(enumerate(choices, start=1))
    shown = [(place, one, f"{out.line(one.content)}{share(one)}{said(one.feedback, out)}") for place, one in placed]
    right = [(place, text) for place, one, text in shown if one.scored and one.credit]
    wrong = [(place, text) for place, one, text in shown if one.scored and not one.credit and one.feedback]
    others = [(place, text) for place, one, text in shown if not one.scored]
    return listed(right, "A") + titled("Not right", wrong, "A") + titled("Does not count", others, "A")


def _typed(kind: ShortText, out: Fields) -> Sides:
    return Sides("", _values(kind.answers, out, lambda place, one: value(one, out)) + terms(kind))


def _numeric(kind: Numeric, out: Fields) -> Sides:
    told = [in_words(value.interval) for value in kind.values]
    return Sides("", _values(kind.answers, out, lambda place, _: out.plain(told[place])))


def _values(answers: Sequence[Answer], out: Fields, text: Callable[[int, Answer], str]) -> str:
    """What is accepted, then what is known to be wrong."""
    shown = [(one, f"{text(place, one)}{share(one)}{said(one.feedback, out)}") for place, one in enumerate(answers)]
    right = [written for one, written in shown if one.credit]
    wrong = [written for one, written in shown if not one.credit]
    return lines(right) + (f"<p>Not right:</p>{lines(wrong)}" if wrong else "")


def _pairs(kind: Matching, out: Fields) -> Sides:
    """The right sides by their text, so that their order tells nothing."""
    left = listed(enumerate((out.line(pair.item.content) for pair in kind.pairs), start=1), "1")
    right = listed(enumerate((out.line(one) for one in by_text(kind.offered)), start=1), "A")
    heads = [out.line(head) for head in kind.heads[:2]]
    head = f"<tr><th>{heads[0]}</th><th>{heads[1]}</th></tr>" if any(heads) else ""
    cells = [(out.line(one.item.content), out.line(one.option), said(one.item.feedback, out)) for one in kind.pairs]
    rows = (f"<tr><td>{line}</td><td>{option}{told}</td></tr>" for line, option, told in cells)
    return Sides(left + right, f"<table>{head}{''.join(rows)}</table>")


def _order(kind: Ordering, out: Fields) -> Sides:
    right = [kind.items[place - 1] for place in kind.right] or list(kind.items)
    drawn = by_text([item.content for item in right])
    if [label_of(one) for one in drawn] == [label_of(item.content) for item in right]:
        drawn = drawn[::-1]
    return Sides(bullets(out.line(one) for one in drawn),
                 listed(enumerate((_item(item, out) for item in right), start=1), "1"))  # fmt: skip


def _groups(kind: Grouping, out: Fields) -> Sides:
    items = by_text([pair.item.content for pair in kind.pairs])
    groups = [(group, [pair.item for pair in kind.pairs if label_of(pair.option) == label_of(group)])
              for group in kind.groups]  # fmt: skip
    front = listed(enumerate((out.line(group) for group in kind.groups), start=1), "A")
    told = [f"{out.line(group)}{bullets(_item(item, out) for item in inside)}" for group, inside in groups]
    return Sides(front + bullets(out.line(one) for one in items), listed(enumerate(told, start=1), "A"))


def _item(item: Item, out: Fields) -> str:
    return f"{out.line(item.content)}{said(item.feedback, out)}"


def _records(kind: Records, out: Fields) -> Sides:
    """Records that are required, and those that must not be there."""
    wanted = [f"{out.code(one.text)}{said(one.feedback, out)}" for one in kind.records if one.is_required]
    banned = [f"{out.code(one.text)}{said(one.feedback, out)}" for one in kind.records if not one.is_required]
    any_field = "<p><code>?</code> stands for any one field.</p>" if any(one.is_pattern for one in kind.answers) else ""
    front = out.code(kind.starting) if kind.starting else ""
    return Sides(front, "".join(wanted) + (f"<p>Not:</p>{''.join(banned)}" if banned else "") + any_field)


def _essay(kind: Essay, out: Fields) -> Sides:
    return Sides("", bullets(f"[{decimal_text(line.points)}] {out.line(line.content)}" for line in kind.rubric))


WRITERS: dict[str, Callable[[Any, Fields], Sides]] = {
    "single": _single,
    "multiple": _multiple,
    "text": _typed,
    "numeric": _numeric,
    "fill-in": gaps,
    "match": _pairs,
    "order": _order,
    "group": _groups,
    "records": _records,
    "essay": _essay,
}
