"""The texts, files and numbers of a question in Moodle XML."""

import base64
import binascii
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from urllib.parse import quote

from quizapp.formats.answers import without_signs
from quizapp.formats.drafts import Draft
from quizapp.formats.elements import Element
from quizapp.formats.headings import lowered

PREFIXES = ("@@PLUGINFILE@@/",)
IN_MARKDOWN = re.compile(r"@@PLUGINFILE@@/([^\s()\"'<>]+)")
MAX_NUMBER = 100  # characters
# What Moodle itself puts into a new question. The site says as much in its own words.
BY_ITSELF = frozenset(
    text.casefold()
    for text in (
        *("Your answer is correct", "Your answer is partially correct", "Your answer is incorrect"),
        *("Die Antwort ist richtig", "Die Antwort ist teilweise richtig", "Die Antwort ist falsch"),
        *("Votre réponse est correcte", "Votre réponse est partiellement correcte", "Votre réponse est incorrecte"),
        *("Respuesta correcta", "Respuesta parcialmente correcta", "Respuesta incorrecta"),
        *("Je antwoord is juist", "Je antwoord is gedeeltelijk juist", "Je antwoord is onjuist"),
        *("Risposta corretta", "Risposta parzialmente corretta", "Risposta errata"),
    )
)
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

    def form(self, element: Element | None) -> str:
        """The format of a text; where it has none, that of what is asked, and that is HTML without one."""
        asked = self.element.first("questiontext")
        default = asked.get("format", "html") if asked is not None else "html"
        return element.get("format", default) if element is not None else default

    def source(self, element: Element | None) -> str:
        """A text as HTML, or as Markdown where it is that; what is asked with the picture of old files below it."""
        shown, picture = html_of(element, self.form(element)), self.element.said("image")
        if not picture or element is not self.element.first("questiontext"):
            return shown
        return f'{shown}\n\n<p><img src="@@PLUGINFILE@@/{quote(picture)}" alt=""></p>'

    def text(self, element: Element | None) -> str:
        """A text as Markdown."""
        source = self.source(element)
        return lowered(self.markdown(source)) if self.form(element) == "markdown" else self.draft.markdown(source)

    def markdown(self, source: str) -> str:
        """Markdown whose files lead to where they are here."""
        pictures = self.draft.pictures
        found = IN_MARKDOWN.sub(lambda one: pictures.address(one[0], True) or html.unescape(one[1]), source)
        for text in pictures.lost:
            self.draft.warn(text)
        return found

    def combined(self, name: str) -> list[str]:
        """What is said of any right, partly right or wrong answer; what Moodle says by itself is not."""
        text = self.text(self.element.first(name))
        if text.strip().rstrip(".").casefold() in BY_ITSELF:
            self.own.add(text)
            return []
        return [text] if text else []

    def lose_combined(self, *names: str) -> None:
        """Say what of that has no place in our format."""
        for name in names or COMBINED:
            for text in self.combined(name):
                self.draft.warn(f"what is said for {COMBINED[name]} is left out: “{text}”")


def html_of(element: Element | None, form: str = "html") -> str:
    """A text as HTML, by its format; none of it can be taken for a blank of ours."""
    if element is None:
        return ""
    inner = element.first("text") or element
    text = inner.inner.strip()  # of HTML that is neither escaped nor in CDATA, as some programs write it
    text = without_signs(text)
    if form == "plain_text":
        return html.escape(text, quote=False).replace("\n", "<br>")
    if form == "moodle_auto_format":
        text = re.sub(r"(?<=>)\s*\n|\n\s*(?=</?[a-zA-Z])", " ", text)  # line ends at tags are no lines there
        return re.sub(r"\n\s*\n", "<p>", text).replace("\n", "<br>")
    return text


def files_of(question: Element) -> tuple[dict[str, bytes], list[str]]:
    """The files of a question by their names, and what is wrong with some."""
    files: dict[str, bytes] = {}
    wrong = []
    packed = [
        (f"{one.get('path', '/')}{one.get('name')}".lstrip("/"), one.text if one.get("encoding") == "base64" else "?")
        for one in question.find("file")
    ]
    packed += [(question.said("image"), one.text) for one in question.all("image_base64") if one.text.strip()]
    for name, text in packed:
        try:
            data = base64.b64decode("".join(text.split()), validate=True)
        except (ValueError, binascii.Error):
            wrong.append(f"the file {name[-80:]} is damaged, and is left out.")
            continue
        if files.setdefault(name, data) != data:
            wrong.append(f"two files are called {name[-80:]}: the first is shown for both. Give them two names there.")
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


def path_of(category: str) -> tuple[str, ...]:
    """The names of a category from the outside in, without those that Moodle makes."""
    names = [name.replace("\0", "/").strip() for name in category.replace("//", "\0").split("/")]
    kept = [name for name in names if name and name != "top" and not re.fullmatch(r"\$\w+\$", name)]
    return tuple(bare for name in kept if (bare := name.removeprefix("Default for ").strip()))


def joined(texts: Sequence[str]) -> str:
    """Texts below each other, each once."""
    return "\n\n".join(text for text in dict.fromkeys(texts) if text)
