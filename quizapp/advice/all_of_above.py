"""“All of the above” in a list that is shown in another order to everybody."""

import re
from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.items import choices_of, spot_of
from quizapp.advice.sight import Sight
from quizapp.questions.base import Question

POINTING = re.compile(
    r"""\W*(?:
    (?:all|none|neither|both|any|each|two|some|most)\s+(?:of\s+)?(?:the\s+)?(?:answers?\s+|choices?\s+|options?\s+)?
        (?:above|below|preceding|previous|listed|mentioned|these|them)(?:\s+(?:answers?|choices?|options?|ones))?
        (?:\s+(?:is|are)\s+(?:correct|right|true|wrong))?
    |(?:all|none)\s+of\s+(?:the\s+)?(?:(?:other|first|given)\s+)?(?:answers?|choices?|options?)(?:\s+(?:is|are)\s+\w+)?
    |(?:both|either|neither|only)\s+[a-f1-6]\)?\s*(?:,\s*[a-f1-6]\)?\s*)*(?:and|or|nor|&)\s+[a-f1-6]\)?
    |[a-f1-6]\)?\s*(?:,\s*[a-f1-6]\)?\s*)*(?:and|or|nor|&)\s+[a-f1-6]\)?\s+(?:is|are)\s+(?:correct|right|true)
    |all\s+(?:answers?|choices?|options?)\s+are\s+\w+|no(?:ne)?\s+(?:answer|choice|option)\s+is\s+\w+
    |all(?:e)?\s+(?:der\s+)?(?:oben\s+)?(?:genannten|obigen)?\s*(?:antworten|aussagen|genannten)(?:\s+sind\s+\w+)?
    |kein[es]?\s+(?:der\s+)?(?:oben\s+)?(?:genannten|obigen|dieser)?\s*(?:antworten|aussagen|genannten|davon)
    |toutes\s+(?:les|ces)\s+r[ée]ponses.*|aucune\s+de\s+ces\s+r[ée]ponses
    |tod[ao]s\s+l[ao]s\s+anteriores|ningun[ao]\s+de\s+l[ao]s\s+anteriores
    )\W*""",
    re.IGNORECASE | re.VERBOSE,
)


class AllOfAbove(Advice):
    """A choice points to the others, in an order that nobody sees."""

    code: ClassVar[str] = "all-of-above"
    title: ClassVar[str] = "“All of the above” in a shuffled list"
    message: ClassVar[str] = "“{text}” points to other choices, and these are shown in another order to everybody."
    advice: ClassVar[str] = (
        "Ask with boxes, `[x]`, or replace this choice; `shuffle=no` keeps the order, if it has to stay."
    )
    example: ClassVar[Example] = Example(
        before="""
## What keeps a fire alive? {#fire}

- ( ) Fuel
  > That too.
- ( ) Oxygen
  > That too.
- ( ) Heat
  > That too.
- (x) All of the above
  > Right.

Take away one of the three, and it dies.
""",
        after="""
## What keeps a fire alive? {#fire}

- [x] Fuel
  > Right.
- [x] Oxygen
  > Right.
- [ ] Smoke
  > That is what is left.
- [x] Heat
  > Right.

Take away one of the three, and it dies.
""",
    )

    def of_question(self, question: Question, sight: Sight) -> Findings:
        """Of choices that are shuffled."""
        choices = choices_of(question)
        for place, choice in enumerate(choices) if question.shuffle and len(choices) > 2 else ():
            text = choice.content.text
            if len(text) < 80 and POINTING.fullmatch(text):
                yield Finding(question.path, spot_of(question, place, sight), {"text": text})
