"""The test of a package: which items it asks at which place, its time, and whether one may go back."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from quizapp.content.model import Quiz
from quizapp.formats.asi.out.elements import NAMESPACE, Child, document, element, listed, qti
from quizapp.formats.asi.out.package import Package
from quizapp.formats.contract import Loss
from quizapp.formats.rules import Part, parts_of, unheld

Items = Sequence[tuple[str, str]]  # identifier and file of each
HELD = ("time", "draw", "introduction", "navigation")
UNTITLED = "Questions"


def plain_test(title: str, items: Items) -> bytes:
    """A test that asks some items in order."""
    return listed(_test(title, [_section(1, title, items)]), NAMESPACE)


def quiz_test(quiz: Quiz, package: Package) -> bytes:
    """The test that a quiz is; what it loses is remembered in the package, which has its items."""
    parts, told = parts_of(quiz)
    is_forward = quiz.settings.navigation == "forward"
    held = (*HELD, "pages") if is_forward else HELD
    package.losses += [Loss(quiz.key, text) for text in (*unheld(quiz, held), *told)]
    sections = [one for number, part in enumerate(parts, 1) if (one := _section_of(number, part, quiz, package))]
    if quiz.introduction and sections:
        place = len([child for child in sections[0] if child.tag in ("qti-selection", "qti-ordering")])
        sections[0].insert(place, _introduction(package.introduced(quiz)))
    test = _test(quiz.title, sections, "linear" if is_forward else "nonlinear", quiz.settings.minutes)
    return document(test, NAMESPACE)


def _section_of(number: int, part: Part, quiz: Quiz, package: Package) -> Element | None:
    """A section; None where none of its questions could be written."""
    items = [package.keys[question.key] for question in part.questions if question.key in package.keys]
    if part.count is not None and part.count < len(items):
        return _section(number, f"Draw {part.count} of {len(items)}", items, part.count)
    return _section(number, quiz.title, items) if items else None


def _section(number: int, title: str, items: Items, count: int | None = None) -> Element:
    chosen: list[Child] = []
    if count is not None:
        chosen = [qti("selection", {"select": str(count)}), qti("ordering", {"shuffle": "true"})]
    asked = [qti("assessment-item-ref", {"identifier": id, "href": name}) for id, name in items]
    named = {"identifier": f"section-{number}", "title": title or UNTITLED, "visible": "true"}
    return qti("assessment-section", named, *chosen, *asked)


def _introduction(inside: Sequence[Child]) -> Element:
    said = qti("content-body", None, element("div", None, *inside))
    return qti("rubric-block", {"use": "instructions", "view": "candidate"}, said)


def _test(
    title: str, sections: Sequence[Element], navigation: str = "nonlinear", minutes: int | None = None
) -> Element:
    modes = {"identifier": "part", "navigation-mode": navigation, "submission-mode": "individual"}
    limits = [qti("time-limits", {"max-time": str(minutes * 60)})] if minutes else []
    named = {"identifier": "test", "title": title or UNTITLED}
    return qti("assessment-test", named, *limits, qti("test-part", modes, *sections))
