"""A draft to an item: its type, its Markdown, read back and compared with what was pasted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from quizapp.formats.contract import Asked, Item, Said
from quizapp.formats.escaping import shown
from quizapp.formats.pasted import markers
from quizapp.formats.pasted.choosing import choices_of
from quizapp.formats.pasted.drafts import Draft
from quizapp.formats.pasted.lines import Line
from quizapp.formats.pasted.typed import typed_of
from quizapp.formats.writing import Parts, ReadBack, Writer, digest_of, name_of
from quizapp.questions.base import Question
from quizapp.questions.fillin import FillIn
from quizapp.source.writing import PLACEHOLDER


@dataclass(slots=True)
class Maker:
    """Makes the items of one source; `said` answers what items asked, by their id."""

    writer: Writer
    said: Mapping[str, Said]

    def item(self, draft: Draft, id: str, name: str) -> Item:
        """The item of a draft whose options were settled."""
        bare = Item(id, f"line {draft.line}", draft.line, draft.end, _title(draft))
        if not draft.stem_text.strip():
            return replace(bare, refused="there is no question above these answers. Write it on the line before them.")
        made = _made(draft, self.said.get(id))
        item = self._written(bare, draft, made, name) if isinstance(made, Parts) else _not_made(bare, made)
        return replace(item, guesses=tuple(dict.fromkeys(draft.guesses)), warnings=tuple(dict.fromkeys(draft.warnings)))

    def _written(self, bare: Item, draft: Draft, parts: Parts, name: str) -> Item:
        """The item of some parts, refused where it reads back as something else than what was pasted."""
        points = [] if Fraction(draft.points or 1) == 1 else [f"points={draft.points}"]
        hints = [shown(hint) for hint in draft.hints if hint]
        read = self.writer.write(replace(parts, name=name, hints=hints, attributes=[*parts.attributes, *points]))
        for text in read.warnings:
            draft.warn(text)
        if read.question and not _shows(read.question, draft):
            read = ReadBack(error="it cannot be written so that it shows as it was pasted.")
        return replace(bare, markdown=read.markdown, question=read.question, refused=read.error)


def _made(draft: Draft, said: Said | None) -> Parts | Asked | str:
    return choices_of(draft, said) if draft.options else typed_of(draft, said)


def _not_made(bare: Item, why: Asked | str) -> Item:
    return replace(bare, refused=why) if isinstance(why, str) else replace(bare, asked=why)


def _title(draft: Draft) -> str:
    text = " ".join(draft.words.split())
    return text if len(text) <= 80 else f"{text[:79]}…"


def ids_of(drafts: Sequence[Draft]) -> list[tuple[str, str]]:
    """The id and the name of each draft, made of its text; what is there again has a number."""
    found, ids, names = [], set[str](), set[str]()
    for draft in drafts:
        digest = digest_of(draft.stem_text, *(option.text for option in draft.options))
        id, number = digest, 1
        while id in ids:
            number += 1
            id = f"{digest}-{number}"
        name = name_of(draft.words, digest)
        name = name if name not in names else f"{name}-{id[:6]}" + (f"-{number}" if number > 1 else "")
        ids.add(id)
        names.add(name)
        found.append((id, name))
    return found


def _shows(question: Question, draft: Draft) -> bool:
    """Whether a question shows what was pasted: what is asked and every choice, white space apart."""
    kind = question.type
    asked = f"{question.heading.text} {question.prompt.text}"
    wanted = " ".join(_as_shown(line) for line in draft.stem_lines)
    if isinstance(kind, FillIn):
        asked += kind.text.text
        asked, wanted = asked.replace(PLACEHOLDER, ""), markers.GAP.sub("", wanted)
    choices = [choice.content.text for choice in getattr(kind, "choices", ())]
    return _bare(asked) == _bare(wanted) and [_bare(one) for one in choices] == [
        _bare(option.text) for option in draft.options
    ]


def _as_shown(line: Line) -> str:
    return "" if line.is_code and re.match(r"\s*(?:`{3}|~{3})", line.text) else line.text


def _bare(text: str) -> str:
    return "".join(text.split())
