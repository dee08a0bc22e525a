"""A heading and the blocks below it to a Question, format sections 5 to 7."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from quizapp.content.markup import github_slug
from quizapp.content.options import OPTIONS, TYPES_TO_COME, WORDS, known_options, split_list, worth_of
from quizapp.content.pages import is_definition
from quizapp.questions.base import QUESTION_TYPES, Prose, Question, QuestionType, Reading
from quizapp.questions.choices import LOOKALIKE
from quizapp.questions.fingerprint import fingerprint
from quizapp.source.attributes import Attributes, split_heading
from quizapp.source.blocks import Block, Line, read_blocks, walk
from quizapp.source.report import Report
from quizapp.source.writing import source_of

NUMBERED = re.compile(r"(?:(?:question|frage|pregunta|domanda|vraag)\s*)?\d+[.):]?$", re.IGNORECASE)
HINT = re.compile(r"\[!tip\][ \t]*", re.IGNORECASE)
FOOTNOTE = re.compile(r"(?<![\\\[])\[\^[^\]\s]+\](?!:)")
BLANK = re.compile(r"(?<![!\\])\[\[(?![\^\s])[^\[\]]*(?<!\s)\]\](?![(\[])")
CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
NOT_IN_NAMES = re.compile(r"[^\w-]+")
MEANT_AS_LIST = re.compile(
    r"\s*(?:check|survey|draft|void)\s*|.*(?:#\w|\w=|\b(?:points|tags|shuffle|credit|tries)\s*:).*"
)
TYPE_OPTION = "A type is written as a word: `.{value}`."

# Renders blocks of the file being read; the text keeps their ids apart on one page.
Render = Callable[[Sequence[Block], str], str]


@dataclass(slots=True)
class QuestionReader:
    """Reads the questions of one file.

    `defaults` are options that the file gives to all of them, `tags` are added to each, `definitions` are the links and
    abbreviations that it defines; `names` are the names so far
    and the line of each, `unnamed` those that no author gave.
    """

    module: str
    report: Report
    render: Render
    defaults: Mapping[str, str] = field(default_factory=dict)
    tags: Sequence[str] = ()
    definitions: str = ""
    names: dict[str, int] = field(default_factory=dict)
    unnamed: set[str] = field(default_factory=set)
    parts: int = 0

    def read(
        self, place: Block, body: Sequence[Block], attributes: Attributes, text: str, inherited: Mapping[str, str]
    ) -> Question | None:
        """Read one question; None when it cannot be served, for a reason that was reported.

        `place` is its heading, `text` what that says without the attribute list; `inherited` are options of its check.
        """
        name = self._name(attributes, text, place)
        if name is None:
            return None
        blocks = [block for block in body if block.kind != "comment" and not is_definition(block)]
        hints = [block for block in blocks if is_hint(block)]
        blocks = _without_closing_break([block for block in blocks if not is_hint(block)])
        self.report_attributes(attributes, place)
        self._check_footnotes([place, *blocks])
        found = _find_answers(blocks, frozenset(attributes.words))
        if self._is_of_a_type_to_come(attributes, blocks, has_answers=found is not None, place=place):
            return None
        if found is None:
            self.report.add("no-answers", place.line, place.column, hint=_lookalike(blocks))
            return None
        position, kind = found
        self._report_blanks(blocks[:position])
        return self._assemble(name, kind, position, blocks, hints, attributes, text, place, inherited)

    def finish(self, questions: Iterable[Question]) -> dict[str, Question]:
        """All questions of the file once they are read, by key: typed answers learn which words are another's."""
        every = list(questions)
        words = frozenset(word for question in every for word in question.type.vocabulary)
        return {question.key: _told_apart(question, words) for question in every}

    def _assemble(
        self, name: str, kind: type[QuestionType], position: int, blocks: list[Block], hints: list[Block],
        attributes: Attributes, text: str, place: Block, inherited: Mapping[str, str],
    ) -> Question | None:  # fmt: skip
        errors = len(self.report.problems)
        prose = self._prose(name)
        title = "" if NUMBERED.fullmatch(text) else text
        heading = Prose(title, prose([_paragraph(title, place)]).html) if title else Prose()
        prompt = prose(blocks[:position])
        answers_block, rest = self._rejoin(blocks[position], blocks[position + 1 :])
        self._check_after(rest)
        if not heading and not prompt:
            self.report.add("no-prompt", place.line, place.column)
        words = frozenset(attributes.words)
        own = self.options(attributes, place)
        options = {**self.defaults, **inherited, **own}
        tags = [*self.tags, *split_list(inherited.get("tags", "")), *split_list(own.get("tags", ""))]
        answers = kind.parse(answers_block, Reading(prose, options, words, self.report))
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
            points=Fraction(options.get("points", "1")),
            tags=tuple(dict.fromkeys(tags)),
            shuffle=options.get("shuffle", "yes") != "no",
            tries=tuple(worth_of(worth) for worth in split_list(options.get("tries", ""))),
            words=tuple(sorted(words & WORDS)),
            was=tuple(split_list(options.get("was", ""))),
            definitions=_used(self.definitions, [place, *blocks, *hints]),
            path=self.report.path,
            line=place.line,
        )
        return replace(question, fingerprint=fingerprint(question))

    def _is_of_a_type_to_come(
        self, attributes: Attributes, blocks: Sequence[Block], has_answers: bool, place: Block
    ) -> bool:
        """Whether a question is of a type that this version does not know; that is reported."""
        words = [word for word in attributes.words if word in TYPES_TO_COME]
        if len(words) > 1:
            self.report.add("two-types", *_find(place, f".{words[1]}"), one=f".{words[0]}", other=f".{words[1]}")
        elif words:
            self.report.add("not-yet", *_find(place, f".{words[0]}"), type=f"`.{words[0]}`")
        elif not has_answers and "survey" in attributes.words:
            self.report.add("not-yet", *_find(place, ".survey"), type="`.survey` without answers")
        elif not has_answers and (blank := next(_blanks(blocks), None)):
            self.report.add("not-yet", blank[0], blank[1], type="`[[…]]`")
        else:
            return False
        return True

    def _report_blanks(self, prompt: Sequence[Block]) -> None:
        for line, column, blank in _blanks(prompt):
            self.report.add("blank-beside-answers", line, column, blank=blank)

    def _name(self, attributes: Attributes, text: str, place: Block) -> str | None:
        """The name an author gave, else the slug of the heading, else its number in the file."""
        name = unicodedata.normalize("NFC", attributes.name).casefold()
        if not name:
            self.report.add("no-id", place.line, place.column, what="question")
            name = self._free_name("" if NUMBERED.fullmatch(text) else github_slug(text).casefold())
            self.unnamed.add(name)
        elif NOT_IN_NAMES.search(name):
            name = NOT_IN_NAMES.sub("-", name)
            self.report.add("bad-name", *_find(place, "#"), name=name)
        if name in self.names:
            other = f"line {self.names[name]}"
            self.report.add("id-twice", *_find(place, f"#{attributes.name}"), name=name, other=other)
            return None
        self.names[name] = place.line
        return name

    def _free_name(self, slug: str) -> str:
        first = slug or f"q{len(self.names) + 1}"
        taken = (f"{first}-{number}" for number in range(2, len(self.names) + 3))
        return next(name for name in (first, *taken) if name not in self.names)

    def _prose(self, name: str) -> Callable[[Sequence[Block]], Prose]:
        def prose(blocks: Sequence[Block]) -> Prose:
            source = source_of(blocks)
            self.parts += 1
            return Prose(source, self.render(blocks, f"{name}-{self.parts}")) if source else Prose()

        self.parts = 0
        return prose

    def options(self, attributes: Attributes, place: Block) -> dict[str, str]:
        """The options of an attribute list; a value that does not fit is reported and left out."""
        options = {}
        for key, value in attributes.options.items():
            fits, wanted = OPTIONS.get(key, (lambda _: True, ""))
            if fits(value):
                options[key] = value
            else:
                self.report.add("bad-value", *_find(place, f"{key}="), name=f"{key}=", value=value, wanted=wanted)
        return options

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

    def _check_footnotes(self, blocks: Sequence[Block]) -> None:
        for block in walk(blocks):
            for line in block.lines if block.kind in ("paragraph", "heading", "table") else ():
                found = FOOTNOTE.search(line.text)
                if found:
                    self.report.add("footnote-in-question", line.number, line.column + found.start())

    def report_attributes(self, attributes: Attributes, place: Block) -> None:
        """Report what an attribute list says that means nothing."""
        report_words(attributes, place, self.report)
        report_braces(place, self.report)
        known = known_options()
        for key, value in attributes.options.items():
            if key not in known:
                near = TYPE_OPTION.format(value=value) if key == "type" else _nearest(key, known, "{}=")
                self.report.add("unknown-option", *_find(place, f"{key}="), key=key, nearest=near)


def report_words(attributes: Attributes, place: Block, report: Report) -> None:
    """Report words and entries of an attribute list that mean nothing."""
    for word in attributes.words:
        if word not in WORDS | TYPES_TO_COME and word != "check":
            report.add("unknown-word", *_find(place, f".{word}"), word=f".{word}", nearest=_nearest(word, WORDS, ".{}"))
    for entry in attributes.unread:
        report.add("unknown-word", *_find(place, entry), word=entry, nearest=_nearest(entry, WORDS, ".{}"))


def report_braces(heading: Block, report: Report) -> None:
    """Report braces at the end of a heading that were meant as an attribute list."""
    text, attributes = heading_of(heading)
    braces = re.search(r"\{([^{}]*)\}$", text)
    if braces and attributes == Attributes() and MEANT_AS_LIST.fullmatch(braces[1]):
        report.add("braces-as-text", *_find(heading, braces[0]), inside=braces[1])


def _blanks(blocks: Sequence[Block]) -> Iterator[tuple[int, int, str]]:
    """Line, column and text of every `[[…]]` that is meant as a blank."""
    for block in walk(blocks):
        for line in block.lines if block.kind in ("paragraph", "table") else ():
            code = [span.span() for span in CODE_SPAN.finditer(line.text)]
            for blank in BLANK.finditer(line.text):
                if not any(start <= blank.start() < end for start, end in code):
                    yield line.number, line.column + blank.start(), blank[0]


def _used(definitions: str, blocks: Sequence[Block]) -> tuple[str, ...]:
    """The definitions of the file that some blocks use."""
    text = " ".join("\n".join(block.text for block in blocks).casefold().split()) if definitions else ""
    lines = dict.fromkeys(line.strip() for line in definitions.split("\n") if line)
    return tuple(line for line in lines if _is_named(line, text))


def _is_named(definition: str, text: str) -> bool:
    is_abbreviation = definition.startswith("*[")
    label = " ".join(definition.partition("]:")[0].lstrip("*[").casefold().split())
    return (label if is_abbreviation else f"[{label}]") in text


def _told_apart(question: Question, words: frozenset[str]) -> Question:
    kind = question.type.told_apart_from(words)
    if kind == question.type:
        return question
    told = replace(question, type=kind)
    return replace(told, fingerprint=fingerprint(told))


def _find(place: Block, text: str) -> tuple[int, int]:
    """Line and column of a text in a block, else of the block."""
    for line in place.lines:
        position = line.text.find(text)
        if position >= 0:
            return line.number, line.column + position
    return place.line, place.column


def heading_of(block: Block) -> tuple[str, Attributes]:
    """The text of a heading without its attribute list, and the list."""
    text, attributes = split_heading(" ".join(block.info.split("\n")))
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


def is_hint(block: Block) -> bool:
    """Whether a block is a hint: a quote that begins with `[!TIP]`."""
    return block.kind == "quote" and bool(block.children) and HINT.match(block.children[0].lines[0].text) is not None


def _hint_blocks(quote: Block) -> list[Block]:
    """What a hint says: what stands behind `[!TIP]` is read as if that were not there."""
    first, *others = quote.children
    rest = HINT.sub("", first.text, count=1)
    blocks = read_blocks(rest, first.line) if rest.strip() else []
    for block in walk(blocks):
        block.lines = [replace(line, column=line.column + first.column - 1) for line in block.lines]
    return [*blocks, *others]


def _without_closing_break(blocks: list[Block]) -> list[Block]:
    while blocks and blocks[-1].kind == "break":
        blocks = blocks[:-1]
    return blocks


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
