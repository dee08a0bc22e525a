"""A test: the quiz that asks its items, section by section, and what of it no quiz can say.

Elements are those of QTI ASI 2.2 and 3.0, section 2.9 of the information model: parts of a test hold sections, sections
hold references to items, or sections.
"""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from urllib.parse import unquote

from quizapp.formats.asi.body import content_of
from quizapp.formats.asi.tree import Node
from quizapp.formats.contract import ImportedQuiz, Item, Note, Section
from quizapp.formats.html import markdown_of
from quizapp.formats.pictures import Pictures
from quizapp.formats.rules import MOST_MINUTES

# What no quiz of ours can say, and what it is called.
RULES = {
    "precondition": "conditions before items",
    "branchrule": "branches",
    "outcomeprocessing": "rules for the outcome of the test",
    "outcomedeclaration": "outcomes of the test",
    "testfeedback": "feedback on the whole test",
    "weight": "weights of items",
    "itemsessioncontrol": "how each item is tried",
    "templatedefault": "values for templates",
    "adaptiveselection": "an adaptive selection",
}
SUM = {"outcomeprocessing", "setoutcomevalue", "sum", "testvariables"}  # the points together, as in every quiz
TRUE = ("true", "1")
SHORT, DECIMAL = re.compile(r"[0-9]{1,6}"), re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")


@dataclass(slots=True)
class Chosen:
    """A section on its way: the items that it names, by their files; how many are drawn (None: all are asked)."""

    names: list[str]
    count: int | None = None
    title: str = ""


@dataclass(slots=True)
class Test:
    """A test of a package, on its way to a quiz; `known` are the files that are items."""

    root: Node
    name: str
    known: set[str]
    pictures: Pictures
    sections: list[Chosen] = field(default_factory=list)
    introduction: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    are_many: bool = False  # sections

    @property
    def title(self) -> str:
        """What it is called."""
        return " ".join((self.root.get("title") or self.root.get("identifier")).split())

    @property
    def order(self) -> list[str]:
        """The items that it names, in its order."""
        return [name for section in self.sections for name in section.names]

    def say(self, text: str, line: int = 0) -> None:
        """Say what a quiz cannot say of it."""
        self.notes.append(Note(f"{self.name}: {text}", line or self.root.line))

    def read(self) -> "Test":
        """The same, read."""
        parts = self.root.all("testpart") or [self.root]
        self.are_many = len(self.root.find("assessmentsection")) > 1
        for part in parts:
            self._inside(part)
        self._time(parts)
        if all(part.get("navigationmode") == "linear" for part in parts):
            self.settings["navigation"] = "forward"
        elif any(part.get("navigationmode") == "linear" for part in parts):
            self.say("that one part of it cannot be gone back in is left out.")
        self._rules()
        return self

    def quiz(self, items: Mapping[str, Item]) -> ImportedQuiz | None:
        """The quiz, where it asks anything; `items` are those of files."""
        sections = [
            Section(tuple(items[name] for name in one.names), one.count, one.title)
            for one in self.sections
            if one.names
        ]
        if not sections:
            return None
        files = dict(self.pictures.taken)
        return ImportedQuiz(self.title, tuple(sections), self.introduction, self.settings, files, self.root.line)

    def _inside(self, node: Node) -> None:
        """The items and sections in a part or section."""
        for child in node.nodes:
            if child.tag == "assessmentitemref":
                self._add([child])
            elif child.tag == "assessmentsectionref":
                self.say(f"the section in “{child.get('href')[:80]}” is not read.", child.line)
            elif child.tag == "rubricblock":
                self._rubric(child)
            elif child.tag == "assessmentsection":
                self._section(child)

    def _section(self, node: Node) -> None:
        selection, ordering = node.first("selection"), node.first("ordering")
        title = node.get("title") or node.get("identifier")
        is_shuffled = ordering is not None and ordering.get("shuffle").lower() in TRUE
        if selection:
            for rubric in node.all("rubricblock"):
                self._rubric(rubric)
            self._drawn(node, selection, title)
            return
        if is_shuffled:
            told = f"that the section “{title}” shuffles its questions is left out; they keep their order."
            self.say(told, node.line)
        if self.are_many and node.all("assessmentitemref") and title != self.title:
            self.say(f"the heading of the section “{title}” is left out; its questions are asked.", node.line)
        self._inside(node)

    def _drawn(self, node: Node, selection: Node, title: str) -> None:
        """A section of which some are drawn: items, and not whole sections."""
        count = selection.get("select")
        if node.find("assessmentsectionref") or len(node.find("assessmentsection")) > 1 or not SHORT.fullmatch(count):
            told = f"the section “{title}” draws {count[:20]} of what is in it, and not of items: all of it is asked."
            self.say(told, node.line)
            self._inside(node)
            return
        if selection.get("withreplacement").lower() in TRUE:
            self.say(f"the section “{title}” may draw an item twice; here each is drawn once.", node.line)
        references = node.all("assessmentitemref")
        if any(one.get("required").lower() in TRUE or one.get("fixed").lower() in TRUE for one in references):
            told = f"that the section “{title}” always asks some of its items, or keeps their place, is left out."
            self.say(told, node.line)
        self._add(references, max(int(count), 1), title)

    def _add(self, references: list[Node], count: int | None = None, title: str = "") -> None:
        """Items that are asked at the next place."""
        names = []
        for one in references:
            name = posixpath.normpath(posixpath.join(posixpath.dirname(self.name), unquote(one.get("href"))))
            if name in self.known:
                names.append(name)
            else:
                self.say(f"the test names “{name[:80]}”, which is not there.", one.line)
        last = self.sections[-1] if self.sections else None
        if count is None and last and last.count is None:
            last.names += names
        else:
            self.sections.append(Chosen(names, count, title))

    def _rubric(self, node: Node) -> None:
        """What is said to learners before the first question introduces the quiz; anything else is lost."""
        if (
            any(one.names for one in self.sections)
            or self.introduction
            or "candidate" not in node.get("view", "candidate").lower().split()
        ):
            self.say(f"what is said in a section is left out: “{node.words[:60]}”.", node.line)
            return
        self.introduction, lost = markdown_of(content_of(node), self.pictures.address)
        for text in dict.fromkeys((*lost, *self.pictures.lost)):
            self.say(f"in its introduction, {text}", node.line)

    def _time(self, parts: list[Node]) -> None:
        """The time of all of it; that of parts and items is lost."""
        wholes = self.root.all("timelimits") + (parts[0].all("timelimits") if len(parts) == 1 else [])
        whole = next((one for one in wholes if one.get("maxtime")), None)
        if any(one is not whole for one in self.root.find("timelimits")):
            self.say("the time of parts, sections or items, or a least time, is left out.")
        text = whole.get("maxtime") if whole else ""
        minutes = Fraction(text) / 60 if DECIMAL.fullmatch(text) else Fraction(0)
        if whole and minutes.denominator == 1 and 1 <= minutes <= MOST_MINUTES:
            self.settings["time"] = f"{minutes} min"
        elif whole:
            self.say(f"its time, {text[:20]} seconds, is no whole number of minutes, and is left out.", whole.line)
        if whole and (whole.get("mintime") or whole.get("allowlatesubmission").lower() in TRUE):
            self.say("its least time, and that it may be late, are left out.", whole.line)

    def _rules(self) -> None:
        """Say which rules are left out."""
        found = [tag for tag in RULES if self.root.find(tag)]
        outcome = [node.tag for one in self.root.find("outcomeprocessing") for node in one.walk()]
        if set(outcome) <= SUM:
            found = [tag for tag in found if tag not in ("outcomeprocessing", "outcomedeclaration")]
        if found:
            self.say(f"what a quiz cannot say is left out: {', '.join(RULES[tag] for tag in found)}.")
