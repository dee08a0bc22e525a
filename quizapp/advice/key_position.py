"""The right choice stands at the same place more often than chance has it.

quizapp shows choices in another order to everybody, so that this gives nothing away here, with three exceptions: two
choices are never shuffled, `shuffle=no` is not, and what is exported or printed keeps the order of the file.
Besides, a key that is always written first is the key of an author who has stopped looking. So all are counted, but
only a strong bias is told: exact tests at two in a thousand, of places that are the key's far more often than by
chance.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.chance import MAX_EXACT, SURE, at_least
from quizapp.advice.items import Offered, only_key, single_choices_of
from quizapp.advice.sight import Sight
from quizapp.questions.base import Question

Keyed = tuple[Question, Offered, int]
PLACES = ("first", "second", "third", "fourth", "fifth", "sixth")
SHOWN = {
    True: "Two choices are never shuffled: turn some of the statements round.",
    False: "Write the right choice at other places too: exports, printed papers and `shuffle=no` keep your order.",
}
RIGHT, WRONG = "- (x) {right}\n  > Yes.\n", "- ( ) {wrong}\n  > One too many.\n"


def _sum(number: int, place: int) -> str:
    """A question of the example, its key at a place."""
    rows = [WRONG.format(wrong=number * times) for times in (3, 4)]
    rows.insert(place, RIGHT.format(right=number * 2))
    asked = f"## What is {number} + {number}? {{#sum-{number}}}"
    return f"\n{asked}\n\n{''.join(rows)}\nTwice {number} is {number * 2}.\n"


class KeyPosition(Advice):
    """In a file, one place is that of the key in far more questions than chance would have it (exact binomial test)."""

    code: ClassVar[str] = "key-position"
    title: ClassVar[str] = "The key often stands at the same place"
    message: ClassVar[str] = "In {found} of {all} questions {kind}the {place} choice is the right one."
    advice: ClassVar[str] = "{mend}"
    example: ClassVar[Example] = Example(
        "".join(_sum(number, 0) for number in range(11, 23)),
        "".join(_sum(number, number % 3) for number in range(11, 23)),
    )

    def of_questions(self, questions: Sequence[Question], sight: Sight) -> Findings:
        """Of the single choices: those of two choices, and all others."""
        keyed: list[Keyed] = []
        for question in questions:
            choices = single_choices_of(question)
            key = only_key(choices)
            keyed += [] if key is None else [(question, choices, key)]
        for is_two in (True, False):
            group = [one for one in keyed if (len(one[1]) == 2) == is_two][:MAX_EXACT]
            for place, found, among in list(_biased(group))[:1]:
                words = {
                    "found": found, "all": among, "place": PLACES[place], "mend": SHOWN[is_two],
                    "kind": "with two choices " if is_two else "",
                }  # fmt: skip
                yield Finding(group[0][0].path, sight.question(group[0][0]), words)


def _biased(group: Sequence[Keyed]) -> Iterator[tuple[int, int, int]]:
    """The places that are the key's too often, with how often, and of how many questions that have such a place."""
    for place in range(len(PLACES)):
        having = [(len(choices), key) for _, choices, key in group if len(choices) > place]
        chances = [Fraction(1, number) for number, _ in having]
        found = sum(key == place for _, key in having)
        if found > 3 and found * 5 >= sum(chances) * 8 and at_least(found, chances) < SURE:
            yield place, found, len(having)
