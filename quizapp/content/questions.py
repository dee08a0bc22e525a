"""A heading and the blocks below it to a Question, format sections 5 to 7."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache

from quizapp.content.headings import QuestionHeading, own_options, report_attributes
from quizapp.content.lookalikes import lookalike, spaced_blanks
from quizapp.content.names import NUMBERED, Names
from quizapp.content.options import WORDS, split_list, type_words, worth_of
from quizapp.content.parts import Parts, divide, find_answers, is_answered_in, report_footnotes, shown_blocks
from quizapp.questions.base import QUESTION_TYPES, Prose, Question, Reading
from quizapp.questions.blanks import find_blanks
from quizapp.questions.fingerprint import fingerprint
from quizapp.questions.vocabulary import Vocabulary
from quizapp.source.blocks import Block
from quizapp.source.report import Report
from quizapp.source.writing import source_of

# Renders blocks of the file being read; the text keeps their ids apart on one page.
Render = Callable[[Sequence[Block], str], str]
NOTHING: Mapping[str, str] = {}
BETWEEN_DEFINITIONS = re.compile(r"\n(?=[ \t]*\*?\[)")
TAGS_AROUND_NOTHING = re.compile(r"</?(?!img|math|hr)[a-z][^>]*>")


@dataclass(slots=True)
class QuestionReader:
    """Reads the questions of one file.

    `defaults` are options that the file gives to all of them, `tags` are added to each, `definitions` are the lines
    that define its links and abbreviations, `notes` the names of its footnotes; `too_low` says which headings are no
    questions here.
    """

    module: str
    report: Report
    render: Render
    defaults: Mapping[str, str] = field(default_factory=dict)
    tags: Sequence[str] = ()
    definitions: str = ""
    too_low: str = "close the check with a heading of its own level"
    notes: AbstractSet[str] = frozenset()
    names: Names = field(default_factory=Names)
    parts: int = 0

    def read(
        self,
        heading: QuestionHeading,
        body: Sequence[Block],
        inherited: Mapping[str, str] = NOTHING,
        words: frozenset[str] = frozenset(),
    ) -> Question | None:
        """Read one question; None when it cannot be served, for a reason that was reported.

        `inherited` and `words` are the options and words of its check.
        """
        name = self.names.take(heading, self.report)
        if name is None:
            return None
        errors = self.report.errors
        blocks = shown_blocks(body)
        report_attributes(heading, self.report)
        report_footnotes([heading.block, *blocks], self.notes, self.report)
        heading = replace(heading, text="" if NUMBERED.fullmatch(heading.text) else heading.text)
        if heading.text and is_answered_in(heading.as_paragraph(), blocks, heading.words | words):
            heading, blocks = replace(heading, text=""), [heading.as_paragraph(), *blocks]
        parts = divide(blocks, heading.words | words, self.report)
        if self._has_two_types(heading):
            return None
        if parts is None:
            add, hint = _wanted(heading), lookalike(blocks, heading.words)
            self.report.add("no-answers", *heading.place, add=add, hint=hint, too_low=self.too_low)
            return None
        self._report_blanks(heading, parts)
        options = {**self.defaults, **inherited, **own_options(heading, self.report, parts.kind.rules)}
        question = self._put_together(name, heading, parts, options, heading.words | words)
        if question is None or self.report.errors > errors:
            return None
        question = replace(
            question,
            tags=self._tags(heading, inherited),
            definitions=_used(self.definitions, [heading.block, *blocks]),
        )
        return replace(question, fingerprint=fingerprint(question))

    def _report_blanks(self, heading: QuestionHeading, parts: Parts) -> None:
        """Report what looks like a blank and is text: beside answers, or because of its spaces."""
        for blank in find_blanks([heading.as_paragraph(), *parts.prompt]):
            self.report.add("blank-beside-answers", *blank.place, blank=blank.text)
        for line, column, text in spaced_blanks(parts.answers) if parts.kind.asks_itself else ():
            self.report.add("blank-spaces", line, column, blank=text, mend=f"[[{text[2:-2].strip()}]]")

    def finish(self, questions: Iterable[Question]) -> dict[str, Question]:
        """All questions of the file once they are read, by key: typed answers learn which words are another's."""
        every = list(questions)
        words = Vocabulary({word for question in every for word in question.type.vocabulary})
        return {question.key: _told_apart(question, words) for question in every}

    def _put_together(
        self, name: str, heading: QuestionHeading, parts: Parts, options: Mapping[str, str], words: frozenset[str]
    ) -> Question | None:
        prose = self._prose(name)
        asked = Prose(heading.text, prose([heading.as_paragraph()]).html) if heading.text else Prose()
        prompt = prose(parts.prompt)
        if not (asked or prompt or parts.kind.asks_itself):
            self.report.add("no-prompt", *heading.place)
        answers = parts.kind.parse(parts.answers, Reading(prose, options, words, self.report, heading.place))
        if answers is None:
            return None
        return Question(
            key=f"{self.module}#{name}",
            type=answers,
            heading=asked,
            prompt=prompt,
            hints=tuple(hint for blocks in parts.hints if (hint := prose(blocks))),
            explanation=prose(parts.explanation),
            points=Fraction(options.get("points", "1")),
            shuffle=options.get("shuffle", "yes") != "no",
            tries=tuple(worth_of(worth) for worth in split_list(options.get("tries", ""))),
            words=tuple(sorted(words & WORDS)),
            was=tuple(split_list(options.get("was", ""))),
            path=self.report.path,
            line=heading.block.line,
        )

    def _tags(self, heading: QuestionHeading, inherited: Mapping[str, str]) -> tuple[str, ...]:
        """The tags of the file, of the check and of the question itself."""
        own = heading.attributes.options.get("tags", "")
        return tuple(dict.fromkeys([*self.tags, *split_list(inherited.get("tags", "")), *split_list(own)]))

    def _has_two_types(self, heading: QuestionHeading) -> bool:
        words = [word for word in heading.attributes.words if word in type_words()]
        if len(words) < 2:
            return False
        self.report.add("two-types", *heading.place_of(f".{words[1]}"), one=f".{words[0]}", other=f".{words[1]}")
        return True

    def _prose(self, name: str) -> Callable[[Sequence[Block]], Prose]:
        """What makes prose of the parts of one question; blocks that show nothing make none."""

        def prose(blocks: Sequence[Block]) -> Prose:
            source = source_of(blocks)
            self.parts += 1
            page = self.render(blocks, f"{name}-{self.parts}") if source else ""
            return Prose(source, page) if TAGS_AROUND_NOTHING.sub("", page).strip() else Prose()

        self.parts = 0
        return prose


def _wanted(heading: QuestionHeading) -> str:
    """What to add to a question that has no answers: what the type that its word asks for must have."""
    kinds = [kind for kind in QUESTION_TYPES.values() if kind.word in heading.words]
    return f"Add {kinds[0].wants}" if kinds else "Add `- (x) …`, `- [x] …`, `- = …` or a blank"


def asks_something(heading: QuestionHeading, blocks: Sequence[Block]) -> bool:
    """Whether blocks without question headings are one question."""
    shown = shown_blocks(blocks)
    said = heading.words & (type_words() | {"survey"})
    return bool((shown and said) or find_answers([heading.as_paragraph(), *shown]))


def _used(definitions: str, blocks: Sequence[Block]) -> tuple[str, ...]:
    """The definitions of the file that some blocks use."""
    if not definitions:
        return ()
    text = " ".join("\n".join(block.text for block in blocks).casefold().split())
    return tuple(one for one, label in _labelled(definitions) if label in text)


@lru_cache(maxsize=2)
def _labelled(definitions: str) -> tuple[tuple[str, str], ...]:
    """Each definition of a file with what stands where it is used; asked for every question of the file."""
    found = dict.fromkeys(one.strip() for one in BETWEEN_DEFINITIONS.split(definitions) if one)
    return tuple((one, _label(one)) for one in found)


def _label(definition: str) -> str:
    is_abbreviation = definition.startswith("*[")
    label = " ".join(definition.partition("]:")[0].lstrip("*[").casefold().split())
    return label if is_abbreviation else f"[{label}]"


def _told_apart(question: Question, words: Vocabulary) -> Question:
    kind = question.type.told_apart_from(words)
    if kind == question.type:
        return question
    told = replace(question, type=kind)
    return replace(told, fingerprint=fingerprint(told))
