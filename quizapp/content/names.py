"""The names of the questions of one file: those that authors gave, and those made of headings; format section 7."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from quizapp.content.headings import QuestionHeading
from quizapp.content.markup import github_slug
from quizapp.source.report import Report

NUMBERED = re.compile(r"(?:(?:question|frage|pregunta|domanda|vraag)\s*)?\d+[.):]?$", re.IGNORECASE)
NOT_IN_NAMES = re.compile(r"[^\w-]+")

Place = tuple[int, int]


@dataclass(slots=True)
class Names:
    """The names so far and where each stands; `unnamed` are those that no author gave."""

    places: dict[str, Place] = field(default_factory=dict)
    unnamed: set[str] = field(default_factory=set)
    numbers: Counter[str] = field(default_factory=Counter)

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
        first = NOT_IN_NAMES.sub("-", slug) or f"q{len(self.places) + 1}"
        name = first
        while name in self.places:
            self.numbers[first] += 1
            name = f"{first}-{self.numbers[first] + 1}"
        return name


def _short(name: str) -> str:
    """What the name could be: the last words of what is asked, which tell most."""
    return "-".join([word for word in name.split("-") if word][-3:])


def tidy_name(given: str, place: Place, report: Report) -> str:
    """A name as it is compared; what cannot stand in one is reported and left out."""
    name = unicodedata.normalize("NFC", given).casefold()
    if not NOT_IN_NAMES.search(name):
        return name
    tidy = NOT_IN_NAMES.sub("-", name).strip("-")
    report.add("bad-name", *place, name=tidy or "short-name")
    return tidy
