"""What advice asks of a question: its choices, which of them are right, what is to be typed."""

from collections.abc import Sequence

from quizapp.advice.sight import Sight, Spot
from quizapp.questions.base import Question
from quizapp.questions.choices import Choice
from quizapp.questions.multiple import MultipleChoice
from quizapp.questions.single import SingleChoice

Offered = tuple[Choice, ...]


def is_marked(question: Question) -> bool:
    """Whether something about it is right or wrong."""
    return "survey" not in question.words


def choices_of(question: Question) -> Offered:
    """The choices of a question that offers some and is marked; none of others."""
    kind = question.type
    return kind.choices if isinstance(kind, SingleChoice | MultipleChoice) and is_marked(question) else ()


def single_choices_of(question: Question) -> Offered:
    """The same, where one is to be chosen."""
    return choices_of(question) if isinstance(question.type, SingleChoice) else ()


def only_key(choices: Sequence[Choice]) -> int | None:
    """Which choice, from 0, is the only one that earns anything; None where there is no such one."""
    found = [place for place, choice in enumerate(choices) if choice.credit]
    return found[0] if len(found) == 1 and choices[found[0]].credit == 1 else None


def distractors_of(choices: Sequence[Choice]) -> list[int]:
    """Which choices, from 0, earn nothing and count."""
    return [place for place, choice in enumerate(choices) if not choice.credit and choice.scored]


def right_texts(question: Question) -> tuple[str, ...]:
    """What earns all the credit, as text: right choices of a single choice, or what may be typed; no patterns."""
    if not is_marked(question):
        return ()
    offered = single_choices_of(question)
    if offered:
        return tuple(choice.content.text for choice in offered if choice.credit == 1)
    if choices_of(question):
        return ()
    return tuple(
        one.typed
        for one in question.type.answers
        if one.typed and one.credit == 1 and not one.is_pattern and not one.blank
    )


def spot_of(question: Question, place: int, sight: Sight) -> Spot:
    """Where the text of a choice begins; `place` is from 0."""
    return sight.choice(question, place + 1, [choice.content.markdown for choice in choices_of(question)])
