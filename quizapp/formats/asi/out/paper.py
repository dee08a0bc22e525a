"""An item while it is written: what is declared, shown, asked and marked, and what is lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from xml.etree.ElementTree import Element

from quizapp.formats.asi.body import HEAD, PROMPT
from quizapp.formats.asi.out.elements import Address, Child, element, html_elements, qti
from quizapp.formats.asi.typed import written
from quizapp.questions.base import Prose, Question
from quizapp.source.writing import PLACEHOLDER

TEMPLATES = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/"
RESPONSE, SCORE, MAXSCORE, SAID, TOLD = "RESPONSE", "SCORE", "MAXSCORE", "FEEDBACK", "EXPLANATION"


class CannotHold(Exception):
    """A question that QTI cannot hold, and why, as a sentence."""


@dataclass(slots=True)
class Paper:
    """The parts of an item, in the order of the standard."""

    question: Question
    address: Address
    responses: list[Element] = field(default_factory=list)
    outcomes: list[Element] = field(default_factory=list)
    body: list[Element] = field(default_factory=list)
    rules: list[Element] = field(default_factory=list)
    modal: list[Element] = field(default_factory=list)
    template: str = ""
    losses: list[str] = field(default_factory=list)

    def lose(self, text: str) -> None:
        """Say that something is lost, once."""
        if text not in self.losses:
            self.losses.append(text)

    def html(self, prose: Prose, gaps: Sequence[Element] = ()) -> list[Child]:
        """The elements of some prose, of one paragraph those that stand in it."""
        found = html_elements(prose.html, self.address, gaps, PLACEHOLDER)
        only = found[0] if len(found) == 1 else None
        if isinstance(only, Element) and only.tag == "p" and not gaps:
            return html_elements(prose.html.removeprefix("<p>").removesuffix("</p>"), self.address)
        return found

    def show(self, name: str, *children: Child) -> None:
        """Show something in the body, under a class."""
        self.body.append(element("div", {"class": name}, *children))

    def show_text(self) -> None:
        """Show heading and prompt."""
        if self.question.heading:
            self.show(HEAD, *html_elements(self.question.heading.html, self.address))
        if self.question.prompt:
            self.show(PROMPT, *html_elements(self.question.prompt.html, self.address))

    @property
    def is_survey(self) -> bool:
        """Whether nothing is right or wrong."""
        return "survey" in self.question.words

    def respond(
        self,
        base: str,
        right: Sequence[str],
        *,
        id: str = RESPONSE,
        cardinality: str = "single",
        worth: Sequence[tuple[str, Fraction, bool]] = (),
        bounds: dict[str, str] | None = None,
    ) -> None:
        """Declare a response: what is right, and what values are worth (with or without regard to case)."""
        values = [qti("value", None, one) for one in right]
        parts: list[Child] = [qti("correct-response", None, *values)] if values and not self.is_survey else []
        if worth and not self.is_survey:
            entries = [
                qti("map-entry", {"map-key": key, "mapped-value": written(value)} | _case(base, case))
                for key, value, case in worth
            ]
            parts.append(qti("mapping", {"default-value": "0"} | (bounds or {}), *entries))
        named = {"identifier": id, "cardinality": cardinality, "base-type": base}
        self.responses.append(qti("response-declaration", named, *parts))

    def outcome(self, id: str, base: str, value: str = "", cardinality: str = "single") -> None:
        """Declare an outcome."""
        named = {"identifier": id, "cardinality": cardinality, "base-type": base}
        default = [qti("default-value", None, qti("value", None, value))] if value else []
        self.outcomes.append(qti("outcome-declaration", named, *default))

    def modal_feedback(self, outcome: str, id: str, prose: Prose) -> None:
        """Feedback below the item."""
        content = qti("content-body", None, *html_elements(prose.html, self.address))
        named = {"outcome-identifier": outcome, "identifier": id, "show-hide": "show"}
        self.modal.append(qti("modal-feedback", named, content))

    def item(self, identifier: str) -> Element:
        """The whole item."""
        self.outcome(SCORE, "float", "0")
        self.outcome(MAXSCORE, "float", written(self.question.points))
        if self.question.explanation:
            self.outcome(TOLD, "identifier", "explanation")
            self.modal_feedback(TOLD, "explanation", self.question.explanation)
        named = {
            "identifier": identifier,
            "title": self.question.title[:200] or identifier,
            "adaptive": "false",
            "time-dependent": "false",
        }
        processing = []
        if self.template and not self.rules:
            processing = [qti("response-processing", {"template": f"{TEMPLATES}{self.template}.xml"})]
        elif self.rules:
            processing = [qti("response-processing", None, *self.rules)]
        body = qti("item-body", None, *self.body)
        return qti("assessment-item", named, *self.responses, *self.outcomes, body, *processing, *self.modal)


def _case(base: str, matters: bool) -> dict[str, str]:
    """Whether the case of a text matters, always said: programs differ in what they take where nothing is."""
    return {"case-sensitive": "true" if matters else "false"} if base == "string" else {}


def constant(base: str, value: str) -> Element:
    """A value in a rule."""
    return qti("base-value", {"base-type": base}, value)


def number(value: Fraction) -> Element:
    """A number in a rule."""
    return constant("float", written(value))


def variable(id: str) -> Element:
    """A variable in a rule."""
    return qti("variable", {"identifier": id})


def setting(id: str, value: Element) -> Element:
    """A rule that sets an outcome."""
    return qti("set-outcome-value", {"identifier": id}, value)


def condition(*branches: tuple[Element, Sequence[Element]]) -> Element:
    """A rule of which the first branch counts whose test is true."""
    names = ["response-if", *["response-else-if"] * len(branches)]
    made = [qti(name, None, test, *then) for name, (test, then) in zip(names, branches, strict=False)]
    return qti("response-condition", None, *made)


def share(earned: Element, of: Fraction) -> Element:
    """All points, times what was earned of so many."""
    return qti("product", None, variable(MAXSCORE), qti("divide", None, earned, number(of)))


def mapped(id: str = RESPONSE) -> Element:
    """What the mapping of a response gives."""
    return qti("map-response", {"identifier": id})


def negation(test: Element) -> Element:
    """The contrary."""
    return qti("not", None, test)


def nothing(id: str = RESPONSE) -> Element:
    """Whether nothing was answered."""
    return qti("is-null", None, variable(id))


def right(id: str = RESPONSE) -> Element:
    """Whether a response is the right one."""
    return qti("match", None, variable(id), qti("correct", {"identifier": id}))
