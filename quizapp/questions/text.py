"""Short text: an answer to type, compared with accepted and known wrong values."""

import re
import unicodedata
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import ClassVar, Self

import regex

from quizapp.questions.base import NOT_OFFERED, Answer, Control, Mark, Outcome, Prose, QuestionType, Reading, Response
from quizapp.questions.controls import Typing
from quizapp.questions.numbers import is_empty_range, meant_number, unknown_word
from quizapp.questions.numeric import Numeric
from quizapp.questions.typed import TypedLine, begins_typed, read_lines, typed_text, write_line, write_value
from quizapp.questions.vocabulary import Vocabulary, is_slip
from quizapp.source.blocks import Block
from quizapp.source.report import Report

MAX_LENGTH = 1000  # characters of a response
MAX_PATTERN = 300
PATTERN_SECONDS = 0.2
QUOTES = str.maketrans("‘’‚‛“”„‟«»‐‑‒–—―−", '\'\'\'\'""""""-------')
QUOTED = re.compile(r"[“”„«»]([^\"“”„«»`]+)[“”„«»]")  # as word processors and e-mails make them
OLD_PATTERN = re.compile(r"/(?=.*[?+*^$\\(|\[{]).+/[a-z]{0,3}")
BRACE = re.compile(r"\\N\{[^}]*\}|\\.|\{(?![\d,])", re.DOTALL)  # one alone is more to the engine than to Python's `re`
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class TextValue:
    """One value of the list: credit 0 is a known wrong answer."""

    value: str
    credit: Fraction
    is_pattern: bool
    feedback: Prose

    @property
    def operator(self) -> str:
        """What stands before it in the list."""
        return ("=" if self.credit else "!") + ("~" if self.is_pattern else "" if self.credit else "=")

    @property
    def written(self) -> str:
        """It as Markdown; patterns and what reads like a number in backticks, so that the list stays one of text."""
        written = write_value(self.value)
        return f"`{written}`" if written == self.value and (self.is_pattern or self.value[0].isdigit()) else written


@dataclass(frozen=True, slots=True)
class ShortText(QuestionType):
    """The best matching value counts; of equal ones the first. `unlike` are words never taken for a slip."""

    name: ClassVar[str] = "text"
    title: ClassVar[str] = "Short text"
    options: ClassVar[frozenset[str]] = frozenset({"case", "typos", "unlike"})
    example: ClassVar[str] = """
## Which cmdlet creates a mail flow rule? {#new-rule typos=ok}

- = New-TransportRule
  > Right: *transport rule* is the older name, and the cmdlet kept it.
- (50%) =~ `new-?mailflowrule`
  > That is what the portal calls it; the cmdlet has another name.
- != Set-TransportRule
  > `Set-` changes a rule that exists.
"""
    marking: ClassVar[str] = (
        "The best value that matches the whole answer counts; case, white space and kinds of quotes make no difference."
    )
    values: tuple[TextValue, ...]
    with_case: bool = False
    with_slips: bool = False
    unlike: tuple[str, ...] = ()

    @classmethod
    def claims(cls, block: Block) -> bool:
        """A list whose first item begins with `=`, `=~`, `!=` or `!~`, where not every value is a number."""
        return begins_typed(block) and not Numeric.claims(block)

    @classmethod
    def parse(cls, blocks: Sequence[Block], reading: Reading) -> Self | None:
        """Read the values, `case=` and `typos=`."""
        errors = reading.report.errors
        lines = read_lines(blocks[0], reading)
        for line in lines:
            report_value(line, reading.report)
        return cls.of(lines, reading.options) if reading.report.errors == errors else None

    @classmethod
    def of(cls, lines: Sequence[TypedLine], options: Mapping[str, str]) -> Self:
        """The type that looks for the values of some lines."""
        values = tuple(TextValue(line.value, line.credit, line.is_pattern, line.feedback) for line in lines)
        unlike = tuple(word for word in options.get("unlike", "").split(",") if word)
        return cls(values, options.get("case") == "yes", options.get("typos") == "ok", unlike)

    def write(self) -> str:
        """The values as a list."""
        return "\n".join(
            write_line(value.operator, value.credit, value.written, value.feedback) for value in self.values
        )

    def written_options(self) -> dict[str, str]:
        """`case=`, `typos=` and the words never taken for a slip."""
        options = {"case": "yes"} if self.with_case else {}
        options |= {"typos": "ok"} if self.with_slips else {}
        return options | ({"unlike": ",".join(self.unlike)} if self.unlike else {})

    def control(self, order: Sequence[int]) -> Control:
        """A line to type in."""
        return Typing("type_text")

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The values and patterns, in the order in which they are written."""
        return tuple(
            Answer(typed=one.value, is_pattern=one.is_pattern, credit=one.credit, feedback=one.feedback)
            for one in self.values
        )

    @property
    def correct_response(self) -> Response:
        """The first value with the highest credit that there is; None where only a pattern has that."""
        best = self.full_credit
        return next((one.value for one in self.values if one.credit == best and not one.is_pattern), None)

    @property
    def full_credit(self) -> Fraction:
        """The highest credit of a value."""
        return max((value.credit for value in self.values), default=Fraction(0))

    @property
    def solutions(self) -> tuple[str, ...]:
        """The values that earn the most."""
        return tuple(v.value for v in self.values if v.credit == self.full_credit > 0 and not v.is_pattern)

    def accepting(self, response: Response) -> tuple[str, ...]:
        """What was typed, as one more value."""
        text = typed_text(response)
        if text is None or self.mark(response).status != "graded":
            return ()
        value = TextValue(" ".join(text.split()), Fraction(1), is_pattern=False, feedback=Prose())
        return (write_line("=", value.credit, value.written, value.feedback),)

    def rekeyed(self, now: QuestionType) -> "ShortText | None":
        """The values of now: what was typed can be compared with any."""
        return now if isinstance(now, ShortText) else None

    def mark(self, response: Response) -> Mark:
        """The credit of the best matching value; 0 where none matches."""
        return self.mark_within(PATTERN_SECONDS, response)

    def mark_within(self, seconds: float, response: Response) -> Mark:
        """The same, where all its patterns together have these seconds."""
        text = typed_text(response)
        if text is None:
            return Mark("blank") if response is None or isinstance(response, str) else NOT_OFFERED
        if len(text) > MAX_LENGTH:
            return Mark("invalid", trouble="too-long")
        try:
            best, spelling = self._match(text, seconds)
        except TimeoutError:
            return Mark("invalid", trouble="too-slow")
        if best is None:
            return Mark("graded")
        return Mark("graded", best.credit, (best.feedback,) if best.feedback else (), spelling=spelling)

    def outcomes(self, response: Response, revealed: bool) -> Mapping[int, Outcome]:
        """What to say of the text that was typed, under position 0."""
        return {0: _outcome(self.mark(response), survey=not self.full_credit)}

    @property
    def vocabulary(self) -> frozenset[str]:
        """The words of all its values, patterns apart."""
        return frozenset(word for value in self.values if not value.is_pattern for word in _words(value.value))

    def told_apart_from(self, words: Vocabulary) -> "ShortText":
        """The same, where those of the words that are a slip away from its own are not taken for one."""
        if not self.with_slips:
            return self
        own = {word for value in self.values if value.credit and not value.is_pattern for word in _words(value.value)}
        near = {other for word in own for other in words.near(word)}
        return replace(self, unlike=tuple(sorted({*self.unlike, *near})))

    def _match(self, text: str, seconds: float) -> tuple[TextValue | None, str]:
        """The best value, and its spelling where only a slip was in the way."""
        share = seconds / max(1, sum(value.is_pattern for value in self.values))
        found = [
            (value.credit, -number, value, "")
            for number, value in enumerate(self.values)
            if self._is(value, text, share)
        ]
        if self.with_slips:
            found += [
                (value.credit, -len(self.values) - number, value, value.value)
                for number, value in enumerate(self.values)
                if value.credit and not value.is_pattern and self._is_slip_of(value, text)
            ]
        _, _, best, spelling = max(found, key=lambda match: match[:2], default=(0, 0, None, ""))
        return best, spelling

    def _is(self, value: TextValue, text: str, seconds: float) -> bool:
        if not value.is_pattern:
            return _normal(value.value, self.with_case) == _normal(text, self.with_case)
        tries = {(value.value, text), (value.value, _tidy(text)), (value.value.translate(QUOTES), _tidy(text))}
        return any(_matches(pattern, given, self.with_case, seconds) for pattern, given in sorted(tries))

    def _is_slip_of(self, value: TextValue, text: str) -> bool:
        """Whether exactly one word differs, by one slip, and is not another value's word."""
        meant, typed = _words(value.value, self.with_case), _words(text, self.with_case)
        if len(meant) != len(typed) or _between(value.value) != _between(text):
            return False
        different = [(word, other) for word, other in zip(meant, typed, strict=True) if word != other]
        if len(different) != 1:
            return False
        [(word, other)] = different
        taken = {w for v in self.values if not v.is_pattern for w in _words(v.value)} | set(self.unlike)
        return is_slip(other, word) and other not in taken


def _outcome(mark: Mark, survey: bool) -> Outcome:
    if mark.status != "graded" or survey:
        return Outcome("")
    feedback = mark.feedback[0] if mark.feedback else Prose()
    return Outcome("right" if mark.credit else "wrong", feedback, mark.spelling)


def report_value(line: TypedLine, report: Report) -> None:
    """Report a pattern that cannot be used, and a value that was meant as something else than this text."""
    if line.is_pattern:
        trouble = _pattern_trouble(line.value)
        if trouble:
            report.add("bad-pattern", *line.place, reason=trouble)
    elif not line.is_literal:
        _report_meant(line, report)


def _report_meant(line: TypedLine, report: Report) -> None:
    """Report a value that was meant as something else than this text."""
    value, add = line.value, report.add
    if OLD_PATTERN.fullmatch(value):
        add("looks-like-pattern", *line.place, value=value, pattern=value[1:].rpartition("/")[0])
    elif is_empty_range(value):
        add("bad-value", *line.place, name="", value=value, wanted="the smaller number first, as in `[1, 2]`", meant="")
    elif quoted := QUOTED.fullmatch(value):
        add("quoted-answer", *line.place, value=quoted[1])
    elif meant_number(value):
        add("comma-number", *line.place, value=value, point=meant_number(value))
    elif unknown_word(value):
        add("unknown-unit", *line.place, word=unknown_word(value))


def _pattern_trouble(pattern: str) -> str:
    """Why a pattern cannot be used; empty when it can."""
    if len(pattern) > MAX_PATTERN:
        return f"it has more than {MAX_PATTERN} characters"
    try:
        with warnings.catch_warnings(action="ignore", category=FutureWarning):  # `[[`, which stays what it is
            re.compile(pattern)
        _compiled(pattern, False)
    except (re.error, regex.error, OverflowError, RecursionError, MemoryError) as error:
        return str(error)
    return ""


@lru_cache(maxsize=1024)
def _compiled(pattern: str, with_case: bool) -> "regex.Pattern[str]":
    plain = BRACE.sub(lambda found: "\\{" if found[0] == "{" else found[0], pattern)
    return regex.compile(plain, 0 if with_case else regex.IGNORECASE | regex.FULLCASE)


def _matches(pattern: str, text: str, with_case: bool, seconds: float) -> bool:
    """Whether a pattern matches the whole text. Raises TimeoutError when that takes too long."""
    try:
        return _compiled(pattern, with_case).fullmatch(text, timeout=seconds) is not None
    except regex.error:
        return False  # only the pattern as it was written is known to be one


def _tidy(text: str) -> str:
    """White space as single spaces, quotes and dashes straight, compatible characters as one."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(QUOTES).split())


def _normal(text: str, with_case: bool) -> str:
    tidy = _tidy(text)
    return tidy if with_case else unicodedata.normalize("NFKC", tidy.casefold())


def _words(text: str, with_case: bool = False) -> list[str]:
    return WORD.findall(_normal(text, with_case))


def _between(text: str) -> list[str]:
    return WORD.split(_normal(text, with_case=False))
