"""What each format holds, and how each is tested: tables of the guide, made of the exporters and of the tests."""

import re
from collections.abc import Sequence

import pytest

from quizapp.formats.contract import EXPORTERS, IMPORTERS
from quizapp.questions.base import QUESTION_TYPES
from tests.unit.cli import test_import_mslearn
from tests.unit.formats import test_pasted
from tests.unit.formats.evidence import HOSTILE, READ_BY, TRIPS
from tests.unit.formats.held import MORE, PLAIN, Told, question_of, told
from tests.written import NOTHING, counted, details, hold, names_in, table

PAGE = "what-each-format-holds"
TYPES = {QUESTION_TYPES[name].title or name: text for name, text in PLAIN.items()}
NAMED = {one.name: one.title for one in IMPORTERS.values()} | {one.name: one.title for one in EXPORTERS.values()}
TITLES = {
    name: re.split(r",| \(| as | package$| Markdown", title)[0]
    for name, title in sorted(NAMED.items(), key=lambda one: one[1].lower())
}
BACK = [name for name in TITLES if name in EXPORTERS and READ_BY.get(name, name) in IMPORTERS]  # are written and read


def found_for(questions: dict[str, str], formats: Sequence[str]) -> dict[str, dict[str, Told]]:
    """What each of some formats holds of each question."""
    asked = {name: question_of(text) for name, text in questions.items()}
    return {name: {format: told(format, one) for format in formats} for name, one in asked.items()}


def by_held(questions: dict[str, str], head: str) -> str:
    """A table with a question in each row, and the formats in the column of what they hold of it."""
    rows = []
    for name, formats in found_for(questions, BACK).items():
        columns = [
            ", ".join(TITLES[format] for format, one in formats.items() if one.held == held)
            for held in ("whole", "with a loss", "left out")
        ]
        rows.append((name, *(column or NOTHING for column in columns)))
    return table((head, "Whole", "With a loss that is told", "Left out, and told"), rows)


def losses(formats: Sequence[str]) -> str:
    """For each format every loss of these questions, in the words of its exporter."""
    found = found_for(TYPES | MORE, formats)
    parts = []
    for format in formats:
        lost = {name: " ".join(map(sentence, held[format].losses)) for name, held in found.items()}
        lines = [f"- **{name}.** {text}" for name, text in lost.items() if text]
        parts.append(
            details(
                sentence(TITLES[format]) if " " in TITLES[format] else TITLES[format],
                "\n".join(lines) or "Nothing of the above is lost.",
            )
        )
    return "\n\n".join(parts)


def sentence(text: str) -> str:
    """A loss as Markdown that begins with a capital letter."""
    return (text[:1].upper() + text[1:]).replace("<", "\\<")


def names() -> str:
    """Which formats keep the name of a question, once they are read again."""
    found = {TITLES[format]: told(format, question_of(PLAIN["single"])).name for format in BACK}
    kept = [title for title, name in found.items() if name == "q"]
    new = [title for title, name in found.items() if name != "q"]
    return f"A question keeps its name in {', '.join(kept)}. Read from {', '.join(new)}, it gets one made of its text."


def evidence() -> str:
    """For each format how many questions were generated, and how many hostile inputs must be refused."""
    hostile = {TITLES[name]: len(inputs) for name, inputs in HOSTILE.items()}
    hostile["Microsoft Learn"] = len(test_import_mslearn.HOSTILE)
    trips = {TITLES[name]: trips.count for name, trips in TRIPS.items()}
    names = sorted({*hostile, *trips}, key=str.lower)
    return table(
        ("Format", "Generated, there and back", "Malformed or hostile, refused"),
        [(name, trips.get(name, NOTHING), hostile.get(name, NOTHING)) for name in names],
    )


def test_the_table_of_types_is_that_of_the_exporters(request: pytest.FixtureRequest) -> None:
    assert {question_of(text).type.name for text in PLAIN.values()} == set(QUESTION_TYPES) - {"survey"}
    hold(PAGE, "types", by_held(TYPES, "Type"), request)


def test_the_table_of_what_else_a_question_has_is_that_of_the_exporters(request: pytest.FixtureRequest) -> None:
    hold(PAGE, "more", by_held(MORE, "What a question has"), request)


def test_what_becomes_of_names_is_told(request: pytest.FixtureRequest) -> None:
    hold(PAGE, "names", names(), request)


def test_every_loss_is_told_in_the_words_of_the_exporter(request: pytest.FixtureRequest) -> None:
    hold(PAGE, "losses", losses(BACK), request)
    hold(PAGE, "losses of cards", losses([name for name in TITLES if name in EXPORTERS and name not in BACK]), request)


def test_what_is_tested_of_each_format_is_told(request: pytest.FixtureRequest) -> None:
    pasted = counted(len(test_pasted.TEXTS), "pasted text")
    text = f"{evidence()}\n\nBeside them, {pasted} of ours stand with what each becomes."
    hold("read-from-real-files", "tested", text, request)


def test_every_format_that_is_written_and_read_goes_there_and_back() -> None:
    assert set(TRIPS) == set(BACK)


def test_json_and_the_page_leave_nothing_out() -> None:
    assert {formats["json"].held for formats in found_for(TYPES, ["json"]).values()} == {"whole"}
    assert set(names_in(PAGE)) == {"types", "more", "names", "losses", "losses of cards"}
