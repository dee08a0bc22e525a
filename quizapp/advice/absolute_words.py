"""Words such as `always` and `never` stand in distractors only: whoever knows tests crosses these out."""

import re
from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.items import choices_of, distractors_of, spot_of
from quizapp.advice.sight import Sight
from quizapp.questions.base import Question

STRONG = re.compile(
    r"\b(?:always|never|invariably|under no circumstances|in every case|in all cases|without exception|impossible)\b",
    re.IGNORECASE,
)
WEAK = re.compile(
    r"\b(?:all|every|none|only|everybody|everyone|everything|nobody|no one|nothing|completely|entirely|totally|must)\b",
    re.IGNORECASE,
)
LEAST_WORDS = 3  # a choice of fewer is the word itself: Always, Never, Sometimes
ABOVE = re.compile(r"\b(?:all|none) of (?:the|these|them)\b", re.IGNORECASE)  # said by another advice


class AbsoluteWords(Advice):
    """Every right choice does without absolute words, while distractors have them.

    One with a strong word is enough; of weaker words, which much that is true has too, most distractors have one.
    """

    code: ClassVar[str] = "absolute-words"
    title: ClassVar[str] = "Absolute words stand in distractors only"
    message: ClassVar[str] = "Words such as `{word}` stand in distractors only, and make them look wrong."
    advice: ClassVar[str] = "Word the distractor as carefully as the right choice: `often`, `in most cases`."
    is_english: ClassVar[bool] = True
    example: ClassVar[Example] = Example(
        before="""
## When does a plant need water? {#water}

- ( ) It always needs some in the morning
  > By habit only.
- (x) When the soil below the surface is dry
  > Right.
- ( ) When its leaves look dusty
  > Then wipe them.

Put a finger into the soil.
""",
        after="""
## When does a plant need water? {#water}

- ( ) When the morning has come
  > By habit only.
- (x) When the soil below the surface is dry
  > Right.
- ( ) When its leaves look dusty
  > Then wipe them.

Put a finger into the soil.
""",
    )

    def of_question(self, question: Question, sight: Sight) -> Findings:
        """Of choices, single or multiple."""
        choices = choices_of(question)
        wrong = distractors_of(choices)
        texts = [ABOVE.sub("", choice.content.text) for choice in choices]
        if not wrong or any(_found(texts[place]) for place in range(len(choices)) if place not in wrong):
            return
        strong = [place for place in wrong if STRONG.search(texts[place]) and _is_long(texts[place])]
        weak = [place for place in wrong if WEAK.search(texts[place]) and _is_long(texts[place])]
        told = strong or (weak if len(weak) >= 2 and len(weak) * 3 >= len(wrong) * 2 else [])
        if told:
            word = _found(texts[told[0]])
            spot = sight.within(question.path, spot_of(question, told[0], sight), word, lines=3)
            yield Finding(question.path, spot, {"word": word.lower()})


def _found(text: str) -> str:
    """The absolute word of a text, the strongest first; empty where it has none."""
    found = STRONG.search(text) or WEAK.search(text)
    return found[0] if found else ""


def _is_long(text: str) -> bool:
    return len(text.split()) >= LEAST_WORDS
