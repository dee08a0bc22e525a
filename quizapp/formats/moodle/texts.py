"""The texts, files and numbers of a question in Moodle XML."""

import base64
import binascii
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from quizapp.formats.answers import without_signs
from quizapp.formats.drafts import Draft
from quizapp.formats.elements import Element

PREFIXES = ("@@PLUGINFILE@@/",)
MAX_NUMBER = 100  # characters
# What Moodle itself puts into a new question. The site says as much in its own words.
BY_ITSELF = frozenset({"your answer is correct.", "your answer is partially correct.", "your answer is incorrect."})
COMBINED = {
    "correctfeedback": "a right answer",
    "partiallycorrectfeedback": "a partly right answer",
    "incorrectfeedback": "a wrong answer",
}


@dataclass(slots=True)
class Reading:
    """A question of Moodle, and the draft that is made of it."""

    element: Element
    draft: Draft
    own: set[str] = field(default_factory=set)  # what Moodle says by itself, which was left out

    @property
    def kind(self) -> str:
        """What Moodle calls its type."""
        return self.element.get("type")

    def text(self, element: Element | None) -> str:
        """A text as Markdown."""
        if element is None:
            return ""
        if element.get("format") == "markdown":
            return element.said("text")
        return self.draft.markdown(html_of(element))

    def combined(self, name: str) -> list[str]:
        """What is said of any right, partly right or wrong answer; what Moodle says by itself is not."""
        text = self.text(self.element.first(name))
        if text.strip().casefold() in BY_ITSELF:
            self.own.add(text)
            return []
        return [text] if text else []

    def lose_combined(self, *names: str) -> None:
        """Say what of that has no place in our format."""
        for name in names or COMBINED:
            for text in self.combined(name):
                self.draft.warn(f"what is said for {COMBINED[name]} is left out: “{text}”")


def html_of(element: Element | None) -> str:
    """A text as HTML, by its format; none of it can be taken for a blank of ours."""
    if element is None:
        return ""
    text = element.said("text") if element.first("text") else element.text.strip()
    text = without_signs(text)
    form = element.get("format")
    if form == "plain_text":
        return html.escape(text, quote=False).replace("\n", "<br>")
    if form in ("", "moodle_auto_format"):
        return re.sub(r"\n\s*\n", "<p>", text).replace("\n", "<br>") if "\n" in text else text
    return text


def files_of(question: Element) -> tuple[dict[str, bytes], list[str]]:
    """The files of a question by their names, and what is wrong with some."""
    files, wrong = {}, []
    for one in question.find("file"):
        name = f"{one.get('path', '/')}{one.get('name')}".lstrip("/")
        try:
            if one.get("encoding") != "base64":
                raise ValueError
            files[name] = base64.b64decode("".join(one.text.split()), validate=True)
        except (ValueError, binascii.Error):
            wrong.append(f"the file {name[-80:]} is damaged, and is left out.")
    return files, wrong


def number(text: str) -> Fraction | None:
    """A decimal number; None where it is none."""
    try:
        value = Decimal(text.strip()[: MAX_NUMBER + 1])
    except InvalidOperation:
        return None
    is_short = len(text.strip()) <= MAX_NUMBER and value.is_finite() and abs(value.adjusted()) < 100
    return Fraction(value) if is_short else None


def share(answer: Element) -> Fraction:
    """What an answer earns, −1 … 1; a third or a seventh that was rounded is that again where it matters."""
    value = number(answer.get("fraction") or "0") or Fraction(0)
    return Fraction(round(max(min(value, Fraction(100)), Fraction(-100)) * 10**5), 10**7)


def is_set(element: Element, name: str, default: str = "") -> bool:
    """Whether a setting is on."""
    return (element.said(name) or default).lower() in ("1", "true")


def path_of(category: str) -> list[str]:
    """The names of a category from the outside in, without those that Moodle makes."""
    names = [name.replace("\0", "/").strip() for name in category.replace("//", "\0").split("/")]
    return [name for name in names if name and name != "top" and not re.fullmatch(r"\$\w+\$", name)]


def joined(texts: Sequence[str]) -> str:
    """Texts below each other, each once."""
    return "\n\n".join(text for text in dict.fromkeys(texts) if text)
