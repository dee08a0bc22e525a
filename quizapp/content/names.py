"""The names of the questions of one file: those that authors gave, and those made of headings; format section 7."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from quizapp.content.folder import belongs_to_key
from quizapp.content.headings import QuestionHeading, read_heading
from quizapp.content.markup import github_slug
from quizapp.source.blocks import Block
from quizapp.source.report import Report

NUMBERED = re.compile(r"(?:(?:question|frage|pregunta|domanda|vraag)\s*)?\d+[.):]?$", re.IGNORECASE)

Place = tuple[int, int]


@dataclass(slots=True)
class Names:
    """The names so far and where each stands; `unnamed` are those that no author gave, `blocks` the whole file."""

    places: dict[str, Place] = field(default_factory=dict)
    unnamed: set[str] = field(default_factory=set)
    numbers: Counter[str] = field(default_factory=Counter)
    blocks: Sequence[Block] = ()
    given: frozenset[str] | None = None

    def take(self, heading: QuestionHeading, report: Report) -> str | None:
        """The name of a question: given, else the slug of its heading, else its number; None where it is taken."""
        given = heading.attributes.name
        place = heading.place_of(f"#{given}") if given else heading.place
        name = tidy_name(given, place, report) if given else ""
        if not name:
            is_numbered = NUMBERED.fullmatch(heading.text)
            slug = "" if is_numbered else github_slug(heading.text).casefold()
            name = self._free(slug)
            report.add("no-id", *heading.place, what="question", short=_short(name))
            self.unnamed.add(name)
        if name in self.places:
            report.add("id-twice", *place, name=name, other=f"line {self.places[name][0]}")
            return None
        self.places[name] = place
        return name

    def _free(self, slug: str) -> str:
        if self.given is None:
            self.given = given_names(self.blocks)
        first = _fitting(slug) or f"q{len(self.places) + 1}"
        name = first
        while name in self.places or name in self.given:
            self.numbers[first] += 1
            name = f"{first}-{self.numbers[first] + 1}"
        return name


def _fitting(name: str) -> str:
    """The name with one dash in the place of what cannot stand in it."""
    return re.sub(" +", "-", "".join(one if one != "." and belongs_to_key(one) else " " for one in name))


def given_names(blocks: Iterable[Block]) -> frozenset[str]:
    """The names in the headings of a file, as they are compared: no other question is called by one of them."""
    headings = (read_heading(block) for block in blocks if block.kind == "heading" and "#" in block.info)
    names = (heading.attributes.name for heading in headings)
    return frozenset(unicodedata.normalize("NFC", name).casefold() for name in names if name)


def _short(name: str) -> str:
    """What the name could be: the last words of what is asked, which tell most."""
    return "-".join([word for word in name.split("-") if word][-3:])


def tidy_name(given: str, place: Place, report: Report) -> str:
    """A name as it is compared; what cannot stand in one is reported and left out."""
    name = unicodedata.normalize("NFC", given).casefold()
    if _fitting(name) == name:
        return name
    tidy = _fitting(name).strip("-")
    report.add("bad-name", *place, name=tidy or "short-name")
    return tidy
