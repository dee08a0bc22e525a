"""What is known of one item of QTI 1.2 while its question is made."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from quizapp.formats.answers import without_signs
from quizapp.formats.canvas.materials import feedback_of, html_of, metadata_of
from quizapp.formats.canvas.scoring import Condition
from quizapp.formats.drafts import Draft
from quizapp.formats.elements import Element

# What is said of any right and any wrong answer, in the words of Canvas and of Blackboard.
RIGHT, WRONG = ("correct_fb", "correct"), ("general_incorrect_fb", "incorrect")
WHEN = dict.fromkeys(RIGHT, " for a right answer") | dict.fromkeys(WRONG, " for a wrong answer")


@dataclass(slots=True)
class Reading:
    """An item, its conditions, its type as Canvas calls it, and the draft that is made of it."""

    item: Element
    conditions: Sequence[Condition]
    kind: str
    draft: Draft
    fields: dict[str, str] = field(default_factory=dict)
    feedback: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    stem: str = ""

    def __post_init__(self) -> None:
        self.fields, self.feedback = metadata_of(self.item), feedback_of(self.item)
        self.stem = without_signs(html_of(self.item.first("presentation")))

    def said(self, *links: str) -> list[str]:
        """The feedback of these identifiers as Markdown, each once."""
        known = [link for link in dict.fromkeys(links) if link in self.feedback and link != "general_fb"]
        self.used |= set(known)
        return [text for link in known if (text := self.draft.markdown(self.feedback[link]))]

    def lose(self, *links: str) -> None:
        """Say which feedback has no place in our format."""
        for link in dict.fromkeys(links):
            if link in self.feedback and link not in self.used and link != "general_fb":
                self.used.add(link)
                when = WHEN.get(link, "")
                self.draft.warn(f"what is said{when} is left out: “{self.draft.markdown(self.feedback[link])}”")
