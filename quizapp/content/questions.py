"""A heading and the blocks below it to a Question, format sections 5 to 7."""

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from quizapp.content.markup import github_slug
from quizapp.content.structure import source_of
from quizapp.questions.base import QUESTION_TYPES, Prose, Question, QuestionType, Reading
from quizapp.questions.choices import LOOKALIKE
from quizapp.questions.fingerprint import fingerprint
from quizapp.source.attributes import Attributes, split_heading
from quizapp.source.blocks import Block, Line
from quizapp.source.report import Report

NUMBERED = re.compile(r"(?:(?:question|frage|pregunta|domanda|vraag)\s*)?\d+[.):]?$", re.IGNORECASE)
HINT = re.compile(r"\[!tip\][ \t]*", re.IGNORECASE)
DEFINITION = re.compile(r" {0,3}\[[^\]^][^\]]*\]:[ \t]*\S")
WORDS = frozenset({"survey", "draft", "void"})
OPTIONS = frozenset({"points", "tags", "shuffle", "tries", "credit"})

# Renders blocks of the file being read; the text keeps their ids apart on one page.
Render = Callable[[Sequence[Block], str], str]


@dataclass(slots=True)
class QuestionReader:
    """Reads the questions of one file; `names` are the question names of the whole module and where each stands."""

    module: str
    report: Report
    render: Render
    names: dict[str, str] = field(default_factory=dict)
    parts: int = 0

    def read(self, heading: Block | None, body: Sequence[Block], attributes: Attributes, text: str) -> Question | None:
        """Read one question; None when it cannot be served, for a reason that was reported.

        `text` is the heading without its attribute list; `attributes` has the defaults of the check filled in.
        """
        place = heading or body[0]
        name = self._name(attributes, text, place)
        if name is None:
            return None
        blocks = [block for block in body if not _is_invisible(block)]
        hints = [block for block in blocks if _is_hint(block)]
        blocks = _without_closing_break([block for block in blocks if not _is_hint(block)])
        self._check_attributes(attributes, place)
        found = _find_answers(blocks, frozenset(attributes.words))
        if found is None:
            self.report.add("no-answers", place.line, place.column, hint=_lookalike(blocks))
            return None
        position, kind = found
        return self._assemble(name, kind, position, blocks, hints, attributes, text, place)

    def _assemble(
        self, name: str, kind: type[QuestionType], position: int, blocks: list[Block], hints: list[Block],
        attributes: Attributes, text: str, place: Block,
    ) -> Question | None:  # fmt: skip
        errors = len(self.report.problems)
        prose = self._prose(name)
        title = "" if NUMBERED.fullmatch(text) else text
        heading = prose([_paragraph(title, place)]) if title else Prose()
        prompt = prose(blocks[:position])
        answers_block, rest = self._rejoin(blocks[position], blocks[position + 1 :])
        self._check_after(rest)
        if not heading and not prompt:
            self.report.add("no-prompt", place.line, place.column)
        words = frozenset(attributes.words)
        answers = kind.parse(answers_block, Reading(prose, attributes.options, words, self.report))
        new = self.report.problems[errors:]
        if answers is None or any(problem.severity == "error" for problem in new):
            return None
        question = Question(
            key=f"{self.module}#{name}",
            type=answers,
            heading=heading,
            prompt=prompt,
            hints=tuple(prose(_hint_blocks(hint)) for hint in hints),
            explanation=prose(rest),
            points=self._points(attributes, place),
            tags=tuple(tag for tag in re.split(r"[,\s]+", attributes.options.get("tags", "")) if tag),
            shuffle=attributes.options.get("shuffle", "yes") != "no",
            tries=self._tries(attributes, place),
            words=tuple(sorted(words & WORDS)),
            path=self.report.path,
            line=place.line,
        )
        return replace(question, fingerprint=fingerprint(question))

    def _name(self, attributes: Attributes, text: str, place: Block) -> str | None:
        name = attributes.name.casefold()
        if not name:
            self.report.add("no-id", place.line, place.column)
            slug = "" if NUMBERED.fullmatch(text) else github_slug(text)
            name = slug or f"q{len(self.names) + 1}"
        if name in self.names:
            self.report.add("id-twice", place.line, place.column, name=name, other=self.names[name])
            return None
        self.names[name] = f"{self.report.path}:{place.line}"
        return name

    def _prose(self, name: str) -> Callable[[Sequence[Block]], Prose]:
        def prose(blocks: Sequence[Block]) -> Prose:
            source = source_of(blocks)
            self.parts += 1
            return Prose(source, self.render(blocks, f"{name}-{self.parts}")) if source else Prose()

        self.parts = 0
        return prose

    def _rejoin(self, answers: Block, after: list[Block]) -> tuple[Block, list[Block]]:
        """Undo what feedback without indentation does to an answer list: it cuts it in pieces."""
        while after and after[0].kind == "quote" and after[0].line == answers.lines[-1].number + 1:
            quote, *after = after
            self.report.add("feedback-not-indented", quote.line, quote.column)
            answers = replace(answers, lines=answers.lines + quote.lines)
            if after and after[0].kind == "list" and after[0].line == quote.lines[-1].number + 1:
                piece, *after = after
                lines, items = answers.lines + piece.lines, answers.children + piece.children
                answers = replace(answers, lines=lines, children=items)
        return answers, after

    def _check_after(self, explanation: Sequence[Block]) -> None:
        for block in explanation:
            if block.kind == "list" and _claiming(block, frozenset()):
                self.report.add("two-answer-lists", block.line, block.column)

    def _check_attributes(self, attributes: Attributes, place: Block) -> None:
        for word in attributes.words:
            if word not in WORDS and word != "check":
                near = _nearest(word, WORDS, ".{}")
                self.report.add("unknown-word", place.line, place.column, word=word, nearest=near)
        for key in attributes.options:
            if key not in OPTIONS:
                near = _nearest(key, OPTIONS, "{}=")
                self.report.add("unknown-option", place.line, place.column, key=key, nearest=near)

    def _points(self, attributes: Attributes, place: Block) -> Fraction:
        value = attributes.options.get("points", "1")
        if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value):
            return Fraction(value)
        self.report.add("bad-value", place.line, place.column, name="points", value=value, wanted="a number from 0 on")
        return Fraction(1)

    def _tries(self, attributes: Attributes, place: Block) -> tuple[Fraction, ...]:
        value = attributes.options.get("tries", "")
        worths = [worth.strip().removesuffix("%") for worth in value.split(",")] if value else []
        if all(re.fullmatch(r"\d{1,3}(\.\d{1,6})?", worth) and float(worth) <= 100 for worth in worths):
            return tuple(Fraction(worth) / 100 for worth in worths)
        wanted = "percentages such as `100,70,50`"
        self.report.add("bad-value", place.line, place.column, name="tries", value=value, wanted=wanted)
        return ()


def with_defaults(attributes: Attributes, defaults: Attributes) -> Attributes:
    """The attribute list of a question in a check: the check's options, where it has none of its own."""
    tags = [one for one in (defaults.options.get("tags"), attributes.options.get("tags")) if one]
    options = {**defaults.options, **attributes.options}
    return replace(attributes, options={**options, "tags": ",".join(tags)} if tags else options)


def definitions_in(blocks: Sequence[Block]) -> str:
    """The link definitions of a file, which belong to all its fragments."""
    lines = [line.text for block in blocks if block.kind == "paragraph" for line in block.lines]
    return "\n".join(line for line in lines if DEFINITION.match(line))


def heading_of(block: Block) -> tuple[str, Attributes]:
    """The text of a heading without its attribute list, and the list."""
    text, attributes, _ = split_heading(" ".join(block.info.split("\n")))
    return text, attributes


def has_answers(blocks: Sequence[Block]) -> Block | None:
    """The first block that some question type takes for its answers."""
    return next((block for block in blocks if _claiming(block, frozenset())), None)


def _claiming(block: Block, words: frozenset[str]) -> type[QuestionType] | None:
    return next((kind for kind in QUESTION_TYPES.values() if kind.claims(block, words)), None)


def _find_answers(blocks: Sequence[Block], words: frozenset[str]) -> tuple[int, type[QuestionType]] | None:
    for position, block in enumerate(blocks):
        kind = _claiming(block, words)
        if kind:
            return position, kind
    return None


def _is_invisible(block: Block) -> bool:
    only_definitions = block.kind == "paragraph" and all(DEFINITION.match(line.text) for line in block.lines)
    return block.kind == "comment" or only_definitions


def _is_hint(block: Block) -> bool:
    return block.kind == "quote" and bool(block.children) and HINT.match(block.children[0].lines[0].text) is not None


def _hint_blocks(quote: Block) -> list[Block]:
    """What a hint says, without `[!TIP]`."""
    first, *others = quote.children
    line = first.lines[0]
    rest = HINT.sub("", line.text, count=1)
    lines = [replace(line, text=rest), *first.lines[1:]] if rest else first.lines[1:]
    return [replace(first, lines=lines), *others] if lines else others


def _without_closing_break(blocks: list[Block]) -> list[Block]:
    return blocks[:-1] if blocks and blocks[-1].kind == "break" else blocks


def _lookalike(blocks: Sequence[Block]) -> str:
    for block in blocks:
        for item in block.children if block.kind == "list" else ():
            if item.children and LOOKALIKE.match(item.children[0].lines[0].text.lstrip()):
                return f" Line {item.line} looks like one: a marker is `( )`, then a space."
    return ""


def _paragraph(text: str, place: Block) -> Block:
    return Block("paragraph", lines=[Line(place.line, place.column, text)])


def _nearest(word: str, known: frozenset[str], form: str) -> str:
    nearest = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"Did you mean `{form.format(nearest[0])}`?" if nearest else "Remove it."
