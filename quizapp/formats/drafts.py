"""Questions of exchange formats on their way: parts in Markdown become items, read back and compared; decision 0018."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from quizapp.content.folder import belongs_to_key
from quizapp.formats.building import MAX_TEXTS, NO_ROOM
from quizapp.formats.contract import Item, Note, tell_once
from quizapp.formats.html import markdown_of, text_of_html
from quizapp.formats.naming import Taken
from quizapp.formats.pictures import Pictures
from quizapp.formats.writing import Parts, ReadBack, Writer, digest_of, name_of
from quizapp.questions.base import Question, decimal_text
from quizapp.questions.fillin import FillIn
from quizapp.source.scanner import read_blocks
from quizapp.source.writing import PLACEHOLDER

TITLE_MOST = 80
COUNTED = re.compile(r"(?:question|frage|pregunta|domanda|vraag|q)?[\s#.:-]*\d*", re.IGNORECASE)
SET_OTHERWISE = re.compile(r"(?<!\\)\$|<math|<table>")
ADDED = ("became a link", "is not here: a link")  # what is told where a link with a text of its own was put in
LINK_ALONE = re.compile(r"!?\[.*\]\(\S*\)$")


class Unsupported(Exception):
    """A question that our format cannot hold, and why, as a sentence."""


@dataclass(slots=True)
class Draft:
    """One question of a source; all texts are Markdown.

    `kind` is the type that it must read back as; `asks` is what its prompt must show (None: not compared), `offers`
    what its choices must, `blanks` how many of these its text must have (0: not counted). `group` is that of its item.
    """

    place: str
    line: int
    pictures: Pictures
    title: str = ""
    kind: str = ""
    prompt: str = ""
    answers: Sequence[str] = ()
    explanation: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    attributes: list[str] = field(default_factory=list)
    points: Fraction = Fraction(1)
    tags: Sequence[str] = ()
    asks: str | None = None
    offers: list[str | None] = field(default_factory=list)
    blanks: int = 0
    refused: str = ""
    warnings: list[str] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)
    group: tuple[str, ...] = ()

    def warn(self, text: str) -> None:
        """Say what is lost of it, once."""
        tell_once(text, self.warnings)

    def markdown(self, html: str) -> str:
        """The Markdown of some HTML of it; what is lost is told."""
        markdown, lost = markdown_of(html, self.pictures.address)
        for text in (*lost, *self.pictures.lost):
            self.warn(text)
        self.pictures.lost.clear()
        return markdown

    def ask(self, html: str) -> None:
        """Take some HTML as the prompt, which must show the same text."""
        self.prompt = self.markdown(html)
        self.asks = shown_of(html, self.prompt, self.warnings)

    def offer(self, html: str) -> str:
        """The Markdown of a choice, which must show the same text."""
        markdown = self.markdown(html)
        self.offers.append(shown_of(html, markdown, self.warnings))
        return markdown


def shown_of(html: str, markdown: str, told: Iterable[str]) -> str | None:
    """What a text shows; None where formulas, tables or links that stand for something are set otherwise."""
    is_other = SET_OTHERWISE.search(markdown) or any(text in one for one in told for text in ADDED)
    return None if is_other else text_of_html(html)


def items_of(drafts: Iterable[Draft], most: int = MAX_TEXTS) -> tuple[Item, ...]:
    """The items of a source; no two have the same id or name. What comes after so many texts is refused."""
    maker = _Maker(most)
    return tuple(map(maker.item, drafts))


class _Maker:
    def __init__(self, most: int) -> None:
        self.writer, self.left = Writer(), most
        self.ids, self.names = Taken(), Taken()

    def item(self, draft: Draft) -> Item:
        """The item of one question."""
        digest = digest_of(draft.prompt, *draft.answers) if draft.prompt else digest_of(draft.title, draft.refused)
        id = self.ids.free(digest)
        wanted = name_of(_named(draft), id)
        name = self.names.free(wanted, f"{wanted}-{id[:6]}")
        self.left -= 1 + len(draft.answers) + len(draft.hints) + len(draft.explanation)
        refused = draft.refused or (NO_ROOM if self.left < 0 else "")
        read = ReadBack(error=refused) if refused else self._written(draft, name)
        title = _short(read.question.title if read.question else _named(draft) or draft.place)
        warnings = dict.fromkeys((*draft.warnings, *read.warnings))
        return Item(
            id,
            draft.place,
            draft.line,
            draft.line,
            title,
            markdown=read.markdown,
            question=read.question,
            guesses=tuple(Note(text, draft.line) for text in dict.fromkeys(draft.guesses)),
            warnings=tuple(Note(text, draft.line) for text in warnings),
            refused=read.error,
            files=dict(draft.pictures.taken) if read.question else {},
            group=draft.group,
        )

    def _written(self, draft: Draft, name: str) -> ReadBack:
        prompt = draft.prompt.split("\n\n") if draft.prompt else []
        parts = Parts(
            prompt=prompt,
            name=name,
            answers=draft.answers,
            hints=draft.hints,
            explanation=[text for text in draft.explanation if text],
            attributes=_attributes(draft),
            may_head=draft.kind != "fill-in" and _may_head(prompt),
        )
        read = self.writer.write(parts)
        told = _difference(read.question, draft) if read.question else ""
        if read.error and draft.kind == "fill-in" and "<table>" in draft.prompt:
            told = "a blank of it may stand in a table with merged cells, where none can be."
        elif read.error and draft.blanks and "`" in draft.prompt:
            told = f"a blank of it may stand in code, where none can be: {read.error}"
        return ReadBack(error=told) if told else read


def _named(draft: Draft) -> str:
    """What gives a question its name: its own title, or what it asks where that is only counted."""
    return (draft.asks or draft.prompt) if COUNTED.fullmatch(draft.title.strip()) else draft.title


def _may_head(prompt: Sequence[str]) -> bool:
    """Whether the first paragraph may be the heading: it is one, and no link to a bank."""
    blocks = read_blocks(prompt[0]) if prompt else []
    return [block.kind for block in blocks] == ["paragraph"] and not LINK_ALONE.match(prompt[0])


def _attributes(draft: Draft) -> list[str]:
    points = [] if draft.points == 1 else [f"points={decimal_text(draft.points)}"]
    tags = [tag for text in draft.tags if (tag := tag_of(text))]
    return [*draft.attributes, *points, *([f"tags={','.join(dict.fromkeys(tags))}"] if tags else [])]


def tag_of(text: str) -> str:
    """A tag as it can be written: letters and digits, `-` for what stands between."""
    bare = "".join(character if belongs_to_key(character) else "-" for character in text.strip().casefold())
    return re.sub(r"-{2,}", "-", bare).strip("-.")


def _difference(question: Question, draft: Draft) -> str:
    """How a question reads otherwise than it was made; empty where it does not."""
    kind = question.type
    if draft.kind and kind.name != draft.kind:
        return f"it would read as {kind.title or kind.name}, because of what stands in its text."
    if draft.blanks and isinstance(kind, FillIn) and len(kind.blanks) != draft.blanks:
        return "a blank of it stands where none can be, in code or in a formula."
    asked = f"{question.heading.text} {question.prompt.text}"
    asked += kind.text.text.replace(PLACEHOLDER, "") if isinstance(kind, FillIn) else ""
    choices = [_bare(choice.content.text) for choice in getattr(kind, "choices", ())]
    wanted = [None if offer is None else _bare(offer) for offer in draft.offers]
    differs = len(choices) != len(wanted) or any(
        want not in (None, choice) for choice, want in zip(choices, wanted, strict=True)
    )
    if (draft.asks is not None and _bare(asked) != _bare(draft.asks)) or (choices and differs):
        return "it cannot be written so that it shows as it was."
    return ""


def _bare(text: str) -> str:
    return "".join(text.split())


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= TITLE_MOST else f"{text[: TITLE_MOST - 1]}…"
