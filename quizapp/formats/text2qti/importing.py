"""text2qti Markdown to our questions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import ClassVar

from quizapp.formats.building import ANY_NUMBER, MAX_TEXTS, Built, asked, items_of, plain, prose
from quizapp.formats.contract import (
    Imported,
    ImportedQuiz,
    Importer,
    Item,
    Note,
    Section,
    Source,
    Tell,
    failed,
    nobody,
    telling,
)
from quizapp.formats.rules import KEY_HIDDEN, reveal_text
from quizapp.formats.text2qti.reading import read_document
from quizapp.formats.text2qti.siunitx import with_formulas
from quizapp.formats.text2qti.values import Asked, Document, Group, GroupEnd, Offered, Region
from quizapp.formats.texts import BrokenText, text_of
from quizapp.formats.writing import MODULE
from quizapp.questions.base import Prose, Question, QuestionType
from quizapp.questions.choices import Choice
from quizapp.questions.essay import Criterion, Essay
from quizapp.questions.multiple import MultipleChoice
from quizapp.questions.numbers import read_key
from quizapp.questions.numeric import Numeric, NumericValue
from quizapp.questions.single import SingleChoice
from quizapp.questions.text import ShortText, TextValue

FEW = 2  # choices, which are never shuffled here
TRUE = ("true", "yes")
UPLOAD = "a file to upload is asked for, and there is no such question here. Ask for a text, with `____`."


class Text2QtiImporter(Importer):
    """Choices, boxes, numbers, short answers and essays; with a title, a group or a setting, a quiz that asks them."""

    name: ClassVar[str] = "text2qti"
    title: ClassVar[str] = "text2qti Markdown"
    endings: ClassVar[tuple[str, ...]] = (".text2qti", ".text2qti.md", ".text2qti.txt")
    has_quizzes: ClassVar[bool] = True

    def read(self, source: Source) -> Imported:
        """The questions of a document in UTF-8."""
        try:
            text = text_of(source)
        except BrokenText as error:
            return failed(str(error))
        document = read_document(text)
        count = sum(isinstance(item, Asked) for item in document.items)
        if document.errors:
            errors = tuple(Note(told, line) for told, line in document.errors)
            return Imported(errors=errors, notes=tuple(_notes(document)), source=text)
        told = source.too_many(count) if count else "no question was found. Write a number before each: `1.`"
        if told:
            return failed(told, source=text)
        items = items_of_document(document, MAX_TEXTS * source.scale, source.tell)
        quizzes = (_quiz(document, items),) if _is_quiz(document) else ()
        return Imported(items, tuple(_notes(document)), source=text, quizzes=quizzes)


def items_of_document(document: Document, most: int = MAX_TEXTS, tell: Tell = nobody) -> tuple[Item, ...]:
    """The items of its questions, in order."""
    asked = [item for item in document.items if isinstance(item, Asked)]
    return items_of((_built(item, document) for item in telling(asked, tell)), most)


def _notes(document: Document) -> list[Note]:
    """What became of that which is no question."""
    notes = []
    for item in document.items:
        if isinstance(item, Region):
            said = " ".join(f"{item.title or ''} {item.text}".split())
            notes.append(Note(f"a text asks nothing, and is left out: “{said[:60]}”.", item.line))
    return notes


def _is_quiz(document: Document) -> bool:
    """Whether it says anything of a whole quiz."""
    has_group = any(isinstance(item, Group) for item in document.items)
    return bool(document.title or document.description or document.settings or has_group)


def _quiz(document: Document, items: Sequence[Item]) -> ImportedQuiz:
    """The quiz that asks the questions of a document, which are these items, in order."""
    left, sections = iter(items), list[Section]()
    drawn: Group | None = None
    for item in document.items:
        if isinstance(item, Group):
            drawn = item
            sections.append(Section((), item.pick, f"Group {item.number}"))
        elif isinstance(item, GroupEnd):
            drawn = None
        elif isinstance(item, Asked):
            if not drawn and (not sections or sections[-1].count is not None):
                sections.append(Section(()))
            sections[-1] = replace(sections[-1], items=(*sections[-1].items, next(left)))
    asking = tuple(section for section in sections if section.items)
    return ImportedQuiz(document.title or "Quiz", asking, document.description, _settings(document))


def _settings(document: Document) -> dict[str, str]:
    """What is said of the whole quiz, as front matter."""
    said = {name: value for name, (value, _) in document.settings.items()}
    hidden = said.get("show correct answers", "true") not in TRUE
    found = {"reveal": reveal_text(KEY_HIDDEN)} if hidden else {}
    found |= {"pages": "one"} if said.get("one question at a time") in TRUE else {}
    return found | ({"navigation": "forward"} if said.get("can't go back") in TRUE else {})


def shown(text: str) -> Prose:
    """Prose that shows a text, its numbers with units as formulas."""
    return prose(with_formulas(text))


def _built(item: Asked, document: Document) -> Built:
    built = Built(f"line {item.error_line or item.line}", item.line, item.end, title=item.text[:80])
    built.refused = item.error or (UPLOAD if item.kind == "upload" else "")
    if built.refused:
        return built
    kind = MAKERS[item.kind](item, built)
    if built.refused:
        return built
    heading, prompt = asked(shown(item.text))
    is_kept = document.settings.get("shuffle answers", ("", 0))[0] not in TRUE
    built.question = Question(
        key=f"{MODULE}#{item.title or ''}",
        type=kind,
        heading=heading,
        prompt=prompt,
        explanation=_explanation(item, built),
        points=item.points,
        shuffle=not (is_kept and item.kind in ("choice", "several") and len(item.choices) > FEW),
    )
    return built


def _explanation(item: Asked, built: Built) -> Prose:
    """What is said whatever was answered; for several boxes and essays also what is said of right and wrong ones."""
    parts = [item.feedback, item.solution]
    if item.solution:
        built.guess("its solution stands in the explanation.")
    if item.kind in ("several", "essay") and (item.right or item.wrong):
        built.warn("what is said of right and of wrong answers stands in the explanation, for all to read.")
        parts += [item.right, item.wrong]
    return shown("\n\n".join(part for part in parts if part))


def _both(*texts: str | None) -> Prose:
    return shown("\n\n".join(text for text in texts if text))


def _choices(item: Asked, built: Built) -> QuestionType:
    if item.right or item.wrong:
        built.guess("what is said of right and of wrong answers stands with each choice.")
    choices = (
        Choice(shown(one.text), Fraction(one.is_right), _both(one.feedback, item.right if one.is_right else item.wrong))
        for one in item.choices
    )
    return SingleChoice(tuple(choices))


def _boxes(item: Asked, built: Built) -> QuestionType:
    choices = (Choice(shown(one.text), Fraction(one.is_right), _both(one.feedback)) for one in item.choices)
    return MultipleChoice(tuple(choices), "exact")


def _short(item: Asked, built: Built) -> QuestionType:
    values = [_accepted(one, item, built) for one in item.choices]
    if item.wrong:
        values.append(TextValue(".*", Fraction(0), True, shown(item.wrong)))
    return ShortText(tuple(values))


def _accepted(one: Offered, item: Asked, built: Built) -> TextValue:
    return TextValue(" ".join(one.text.split()), Fraction(1), False, _both(one.feedback, item.right))


def _number(item: Asked, built: Built) -> QuestionType:
    values = [(item.number.replace("+ -", "+-"), Fraction(1), shown(item.right or ""))]
    values += [(ANY_NUMBER, Fraction(0), shown(item.wrong))] if item.wrong else []
    read = [(read_key(_plain(text)), credit, said) for text, credit, said in values]
    if any(key is None for key, _, _ in read):
        built.refused = f"“{item.number}” is no number of a key."
    return Numeric(tuple(NumericValue(key, credit, said) for key, credit, said in read if key))


def _plain(text: str) -> str:
    """A number as keys have it."""
    return " ".join(part.lstrip("+") if part[:1] == "+" and part[1:2].isdigit() else part for part in text.split())


def _essay(item: Asked, built: Built) -> QuestionType:
    if not (item.feedback or item.solution or item.right or item.wrong):
        return Essay()
    built.guess("its feedback became a model answer, with one line of rubric for all points.")
    return Essay((Criterion(item.points, plain("Says what the model answer says")),))


MAKERS: Mapping[str, Callable[[Asked, Built], QuestionType]] = {
    "choice": _choices,
    "several": _boxes,
    "short": _short,
    "number": _number,
    "essay": _essay,
}
