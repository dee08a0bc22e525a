"""Rows of a table to questions."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from string import ascii_lowercase

from quizapp.content.options import NUMBER, split_list
from quizapp.formats.building import MAX_TEXTS, Built, asked, items_of, line_of, prose, whole_first
from quizapp.formats.contract import Imported, Note, Source, failed, telling
from quizapp.formats.tables.writing import FIRST, LAST, NOT_SCORED, NUMBERED
from quizapp.formats.writing import MODULE, Writer
from quizapp.questions.base import NO_PROSE, QUESTION_TYPES, Prose, Question, QuestionType
from quizapp.questions.choices import Choice
from quizapp.questions.essay import Criterion, Essay
from quizapp.questions.fillin import FillIn
from quizapp.questions.group import Grouping
from quizapp.questions.items import Item
from quizapp.questions.match import Matching
from quizapp.questions.multiple import MultipleChoice
from quizapp.questions.numbers import Interval, read_key
from quizapp.questions.numeric import Numeric, NumericValue
from quizapp.questions.order import Ordering
from quizapp.questions.pairs import Pair
from quizapp.questions.single import SingleChoice
from quizapp.questions.text import ShortText, TextValue

MAX_ANSWERS = 100
COLUMN = re.compile(rf"(?:{'|'.join((*NUMBERED, 'hint'))}) [1-9]\d{{0,2}}")
PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)[ \u00a0\u202f]?(%)?")
COMMA = re.compile(r"(?<![\d.,])(\d{1,15}),(\d{1,2}|\d{4,15})(?![\d.]|,\d)")  # with three digits it may be a thousand
YES, NO = ("", "yes", "true", "1"), ("no", "false", "0")
BLANK = "[["


class WrongRow(Exception):
    """A row cannot be a question, for this reason."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the first and last line of the file that it stands on, its number in the table, its cells by column."""

    line: int
    end: int
    number: int
    cells: Mapping[str, str]

    def text(self, name: str) -> str:
        """The text of a cell, empty where there is none."""
        return self.cells.get(name, "").strip()

    @property
    def answers(self) -> list[int]:
        """The numbers of the columns in which this row has an answer, or what belongs to one."""
        return [at for at in range(1, MAX_ANSWERS + 1) if self.text(f"answer {at}") or self.text(f"match {at}")]

    @property
    def right(self) -> set[int]:
        """The numbers of the answers that are right. Raises WrongRow."""
        texts = {at: self.text(f"answer {at}") for at in self.answers}
        return {self._number(one, texts) for one in re.split(r"[,;\s]+", self.text("right")) if one}

    @staticmethod
    def _number(written: str, texts: Mapping[int, str]) -> int:
        letter = ascii_lowercase.find(written.lower()) + 1 if len(written) == 1 else 0
        number = int(written) if re.fullmatch(r"\d{1,3}", written) else letter
        if number not in texts:
            raise WrongRow(f"`right` says {written[:20]}, and there is no such answer. Write its number.")
        if written in texts.values() and texts[number] != written:
            other = next(at for at, text in texts.items() if text == written)
            told = f"`right` says {written}: the number of “{texts[number][:40]}”, and the text of answer {other}."
            raise WrongRow(f"{told} Write a letter, such as {ascii_lowercase[(number - 1) % 26].upper()}.")
        return number


USUAL = Source(b"")


def read_table(
    rows: Sequence[tuple[int, int, Sequence[str]]], source: str = "", most: int = 0, bounds: Source = USUAL
) -> Imported:
    """The questions of a table: each row with its first and last line, the header first.

    `bounds` says how many may be read, and is told of each; `most` are its texts, where that is not as usual.
    """
    header = [" ".join(name.lower().split()) for name in rows[0][2]] if rows else []
    if "question" not in header:
        found_there = ", ".join(f"`{name[:40]}`" for name in header[:6] if name)
        told = f" It says {found_there}." if found_there else ""
        advice = "Name the columns in it: `question`, `right`, `answer 1`, `answer 2` and so on."
        return failed(f"the first row has no column `question`.{told} {advice}", source=source)
    twice = next((name for name, count in Counter(header).items() if name and count > 1), "")
    if twice:
        return failed(f"the column `{twice[:40]}` stands twice. Number them: `answer 1`, `answer 2`.", source=source)
    known = {name for name in header if name in (*FIRST, *LAST) or COLUMN.fullmatch(name)}
    notes = [
        Note(f"the column `{name[:40]}` is unknown and left out.", 1) for name in header if name and name not in known
    ]
    found = [
        Row(line, end, number, dict(zip(header, cells, strict=False)))
        for number, (line, end, cells) in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]
    told = bounds.too_many(len(found)) if found else "there is no row below the names of the columns."
    if told:
        return failed(told, source=source)
    writer = Writer()
    built = (_built(row, writer) for row in telling(found, bounds.tell))
    return Imported(items_of(built, most or MAX_TEXTS * bounds.scale), tuple(notes), source=source)


def _built(row: Row, writer: Writer) -> Built:
    built = Built(f"row {row.number}", row.line, row.end, title=row.text("question")[:80])
    try:
        built.question = _question(row, built, writer)
    except WrongRow as why:
        built.refused = str(why)
    return built


def _question(row: Row, built: Built, writer: Writer) -> Question:
    name = _type_of(row, built)
    text = row.text("question")
    if not text:
        raise WrongRow("its `question` is empty.")
    kind, heading, prompt = _filled(text, writer) if name == "fill-in" else (READERS[name](row), *asked(prose(text)))
    return Question(
        key=f"{MODULE}#{row.text('id')}",
        type=kind,
        heading=heading,
        prompt=prompt,
        hints=tuple(prose(hint) for at in range(1, MAX_ANSWERS) if (hint := row.text(f"hint {at}"))),
        explanation=prose(row.text("explanation")),
        points=_points(row.text("points")),
        tags=tuple(split_list(row.text("tags"))),
        shuffle=_shuffle(row.text("shuffle")),
    )


def _shuffle(text: str) -> bool:
    if text.lower() not in (*YES, *NO):
        raise WrongRow(f"`shuffle` says {text[:20]}. Write yes or no.")
    return text.lower() in YES


def _type_of(row: Row, built: Built) -> str:
    """The type of a row: what it says, or what its other cells look like."""
    said = row.text("type").lower()
    names = {kind.title.lower(): name for name, kind in QUESTION_TYPES.items()} | {
        name: name for name in QUESTION_TYPES
    }
    if said:
        name = names.get(said, "")
        if name not in READERS and name != "fill-in":
            known = ", ".join([*READERS, "fill-in"])
            raise WrongRow(f"its type “{row.text('type')[:40]}” is unknown here. Known are {known}.")
        return name
    name = _guessed(row)
    built.guess(f"took it as {QUESTION_TYPES[name].title.lower()}, since its `type` is empty.")
    return name


def _guessed(row: Row) -> str:
    if not row.answers:
        if BLANK in row.text("question"):
            return "fill-in"
        raise WrongRow("it has no answer. Write one in `answer 1`, or `essay` in `type`.")
    if any(row.text(f"match {at}") for at in row.answers):
        return "match"
    if not row.right or len(row.answers) == 1:
        return "numeric" if all(_key(row, at) for at in row.answers) else "text"
    return "multiple" if len(row.right) > 1 else "single"


def _points(text: str) -> Fraction:
    number = with_point(text)
    if number and not NUMBER.fullmatch(number):
        raise WrongRow(f"`points` says {text[:20]}, which is no number from 0 on.")
    return Fraction(number or 1)


def with_point(text: str) -> str:
    """A number whose decimals stand behind a comma, with a point."""
    return COMMA.sub(r"\1.\2", text)


def _credit(row: Row, at: int, right: set[int]) -> Fraction:
    text = row.text(f"credit {at}")
    found = PERCENT.fullmatch(with_point(text))
    if text and (not found or not found[2]):
        raise WrongRow(f"`credit {at}` says {text[:20]}. Write a percentage, such as 50%.")
    credit = Fraction(found[1]) / 100 if found else Fraction(at in right)
    if credit > 1:
        raise WrongRow(f"`credit {at}` says {text}. A percentage is from 0 to 100.")
    return credit


def _part(row: Row, name: str, at: int) -> Prose:
    return prose(row.cells.get(f"{name} {at}", ""))


def _single(row: Row) -> QuestionType:
    right = row.right
    choices = (
        Choice(_part(row, "answer", at), _credit(row, at, right), _part(row, "feedback", at)) for at in row.answers
    )
    return SingleChoice(tuple(choices))


def _multiple(row: Row) -> QuestionType:
    right = row.right
    choices = (
        Choice(
            _part(row, "answer", at),
            Fraction(at in right),
            _part(row, "feedback", at),
            scored=row.text(f"credit {at}").lower() != NOT_SCORED,
        )
        for at in row.answers
    )
    return MultipleChoice(tuple(choices), _rule(row, MultipleChoice))


def _rule(row: Row, kind: type[QuestionType]) -> str:
    rule = row.text("rule").lower() or kind.rules[0]
    if rule not in kind.rules:
        raise WrongRow(f"`rule` says {rule[:20]}. Known are {', '.join(kind.rules)}.")
    return rule


def _all_or(row: Row) -> set[int]:
    """The answers that are right; all of them where nothing says which."""
    partly = any(row.text(f"credit {at}") for at in row.answers)
    return row.right or (set() if partly else set(row.answers))


def _text(row: Row) -> QuestionType:
    right = _all_or(row)
    values = (
        TextValue(
            " ".join(row.text(f"answer {at}").split()), _credit(row, at, right), False, _part(row, "feedback", at)
        )
        for at in row.answers
    )
    return ShortText(tuple(whole_first(list(values))))


def _numeric(row: Row) -> QuestionType:
    right, values = _all_or(row), []
    for at in row.answers:
        key = _key(row, at)
        if key is None:
            raise WrongRow(f"`answer {at}` is no number, such as `12.5 +- 0.1 ms`: {row.text(f'answer {at}')[:40]}.")
        values.append(NumericValue(key, _credit(row, at, right), _part(row, "feedback", at)))
    return Numeric(tuple(whole_first(values)))


def _key(row: Row, at: int) -> Interval | None:
    """A number of a key; in a range a comma parts the bounds."""
    text = row.text(f"answer {at}")
    return read_key(text) or read_key(with_point(text))


def _pairs(row: Row) -> list[Pair]:
    return [
        Pair(
            Item(line_of(_part(row, "answer", at)), line_of(_part(row, "feedback", at))),
            line_of(_part(row, "match", at)),
        )
        for at in row.answers
        if row.text(f"answer {at}")
    ]


def _match(row: Row) -> QuestionType:
    pairs = _pairs(row)
    width = 3 if any(pair.item.feedback for pair in pairs) else 2
    decoys = (line_of(_part(row, "match", at)) for at in row.answers if not row.text(f"answer {at}"))
    return Matching((NO_PROSE,) * width, tuple(pairs), tuple(decoys))


def _group(row: Row) -> QuestionType:
    groups = {row.text(f"match {at}"): _part(row, "match", at) for at in row.answers}
    pairs = (
        Pair(Item(_part(row, "answer", at), _part(row, "feedback", at)), groups[row.text(f"match {at}")])
        for at in row.answers
        if row.text(f"answer {at}")
    )
    ordered = sorted(pairs, key=lambda pair: list(groups.values()).index(pair.option))
    return Grouping(tuple(groups.values()), tuple(ordered))


def _order(row: Row) -> QuestionType:
    items = (Item(_part(row, "answer", at), _part(row, "feedback", at)) for at in row.answers)
    return Ordering(tuple(items), _rule(row, Ordering))


def _essay(row: Row) -> QuestionType:
    lines = (Criterion(_points(row.text(f"credit {at}")), _part(row, "answer", at)) for at in row.answers)
    return Essay(tuple(lines))


def _filled(text: str, writer: Writer) -> tuple[QuestionType, Prose, Prose]:
    """A text with blanks: its first line is the heading where it can be one and has none, what follows the prompt."""
    heading, rest = asked(prose(text))
    found, _, error = writer.questions(f"## {heading.markdown} {{#q}}\n\n{rest.markdown}\n")
    if error or len(found) != 1 or not isinstance(found[0].type, FillIn):
        raise WrongRow(error or "its `question` has no blank: `[[25]]`.")
    return found[0].type, found[0].heading, found[0].prompt


READERS: Mapping[str, Callable[[Row], QuestionType]] = {
    "single": _single,
    "multiple": _multiple,
    "text": _text,
    "numeric": _numeric,
    "match": _match,
    "group": _group,
    "order": _order,
    "essay": _essay,
}
