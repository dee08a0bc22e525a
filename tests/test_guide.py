"""The guide for instructors, `content/writing-courses`, held against the program: what there is is told, and is so."""

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import click
import pytest

from quizapp.advice.advising import advise
from quizapp.advice.base import ADVICE
from quizapp.cli import main
from quizapp.content.banks import PRESETS
from quizapp.content.catalogue import read_catalogue
from quizapp.content.excerpts import lines_in
from quizapp.content.front_matter import KEYS
from quizapp.content.memory import Memory
from quizapp.content.model import Check, Lesson
from quizapp.content.options import CREDIT_RULES, FOR_REFERENCES, OPTIONS, WORDS, known_options, type_words
from quizapp.content.values import ASPECTS, COMPLETE, KEEP, NAVIGATION, PAGES, REVEAL
from quizapp.errors import Problem
from quizapp.grading.robots import ROBOTS
from quizapp.questions.base import QUESTION_TYPES
from quizapp.questions.units import NAMES, TABLE
from quizapp.settings import IN_FILE
from quizapp.source.report import TEXTS
from tests.conftest import ROOT

CONTENT = ROOT / "content"
GUIDE = CONTENT / "writing-courses"
LIVE = "live"  # how the names of the checks begin that show what the source above them becomes
FENCE = re.compile(r"^(?P<ticks>`{3,})(?P<info>[^`\n]*)\n(?P<text>.*?)^(?P=ticks)$", re.MULTILINE | re.DOTALL)
DIRECTIVE = re.compile(r"<!-- ((?:as|gives|instead of) [^\n]*) -->\n\Z")
CODE = re.compile(r"(?<!`)(`+)(?!`) ?(.+?) ?(?<!`)\1(?!`)")
# The course that the examples belong to: each stands in it as a file of its own, or in the place of one of these.
COURSE = {
    "index.md": "---\ntitle: Everyday skills\n---\n",
    "bread/1-start.md": "# Start\n[!INCLUDE [safety](includes/oven-safety.md)]\n\n## What you need\nA scale.\n",
    "bread/2-knead.md": "# Knead\nFold, press, turn.\n",
    "bread/bread.bank.md": """\
## What makes a dough rise? {#yeast tags=rising}
- (x) Yeast
- ( ) Salt

## Which flour is wholemeal? {#flour tags=flour}
- (x) The one with the bran
- ( ) The white one

## What slows yeast down? {#salt tags=rising}
- (x) Salt
- ( ) Warmth
""",
    "bread/media/my recipe.pdf": "%PDF-1.4",
    "bread/media/loaf.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>',
    "bread/includes/oven-safety.md": "An oven at 240 °C burns skin at once.\n",
    "garden/1-soil.md": "# Soil\nSand drains, clay holds.\n",
}
PLACE = "bread/9-example.md"  # where an example stands that says nothing of its place
CHECK = "## Check your knowledge {.check}\n\n"
# What no example shows, because it would be too long, or is nothing that stands in the text.
BEYOND_PRINT: dict[str, dict[str, bytes]] = {
    "not-utf8": {PLACE: "# Café\n".encode("latin-1")},
    "too-large": {PLACE: b"bread " * 200_000},
    "too-deep": {"skills/bread/day-one/1-start.md": b"# Start\n"},
    "empty-folder": {"later/ideas.txt": b"Sourdough\n"},
    "no-key": {"bread/!!!.md": b"# Start\n"},
    "too-deeply-nested": {PLACE: b">" * 33 + b" deep\n"},
    "too-complex": {PLACE: b"[" * 201 + b" deep\n"},
    "too-many-items": {PLACE: f"{CHECK}### Put them in order {{#long .order}}\n\n".encode() + b"1. Wait\n" * 101},
}


# Advice whose example would be too long to print: twelve questions, or a page of text.
TOO_LONG = {"key-position", "longest-often", "heading-untested", "long-lesson", "hard-to-read"}


@dataclass(frozen=True, slots=True)
class Example:
    """A fence of Markdown: in which file and line it is printed, at which path it is read, and what that gives."""

    file: str
    line: int
    text: str
    path: str
    gives: tuple[str, ...]
    instead: str

    @property
    def source(self) -> str:
        """The text of the file that it is: questions get their check, answers their question."""
        if self.path != PLACE or not re.match(r"### |[-*1] ?[.(\[=]|- ", self.text):
            return self.text
        return CHECK + ("" if self.text.startswith("### ") else "### What is asked? {#asked}\n\n") + self.text

    def problems(self, folder: Path) -> list[Problem]:
        """What reading it in its course tells."""
        files = {path: text for path, text in COURSE.items() if path != self.path}
        memory, content = Memory(), folder / "content"
        write(content, {**files, **({self.path: COURSE[self.path]} if self.path in COURSE else {})})
        read_catalogue(content, memory)
        (content / self.instead).unlink() if self.instead else None
        write(content, {self.path: self.source})
        catalogue, problems = read_catalogue(content, memory)
        return [*problems, *(one for one in advise(catalogue, lines_in((content,))) if one.path == self.path)]


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text if isinstance(text, bytes) else text.encode())


def examples(file: str, text: str) -> Iterator[Example]:
    """The Markdown that a text of the guide prints; a comment above a fence says what is special about it."""
    for fence in FENCE.finditer(text):
        if fence["info"].strip() != "markdown":
            continue
        told = DIRECTIVE.search(text[: fence.start()])
        said = dict(re.findall(r"(as|gives|instead of) ([^;]+)", told[1] if told else ""))
        yield Example(
            file=file,
            line=text.count("\n", 0, fence.start()) + 1,
            text=fence["text"],
            path=said.get("as", PLACE).strip(),
            gives=tuple(re.findall(r"[\w-]+", said.get("gives", ""))),
            instead=said.get("instead of", "").strip(),
        )


def shown_below(text: str) -> Iterator[tuple[str, str]]:
    """The fences that say so, each with the text below it."""
    for fence in FENCE.finditer(text):
        if text[: fence.start()].endswith("<!-- shown below -->\n"):
            yield fence["text"], text[fence.end() :].lstrip("\n")


FILES = sorted(GUIDE.rglob("*.md"))
TEXT = {file.relative_to(GUIDE).as_posix(): file.read_text(encoding="utf-8") for file in FILES}
EXAMPLES = [example for file, text in TEXT.items() for example in examples(file, text)]
CATALOGUE, PROBLEMS = read_catalogue(CONTENT)
LESSONS = [
    lesson
    for module in CATALOGUE.path("writing-courses").modules
    for lesson in CATALOGUE.module(module).lessons
]  # fmt: skip
LIVE_CHECKS = [(lesson, check) for lesson in LESSONS for check in lesson.checks if check.name.startswith(LIVE)]


def prose(text: str) -> str:
    """A file without its fences."""
    return FENCE.sub("", text)


def words_in_code(text: str) -> set[str]:
    """What stands between backticks, outside fences."""
    return {found[2] for line in prose(text).splitlines() for found in CODE.finditer(line)}


TOLD = set().union(*map(words_in_code, TEXT.values()))
PRINTED = "\n".join(TEXT.values())


def page(name: str) -> str:
    """The text of the lesson of the reference with that name."""
    [found] = [text for path, text in TEXT.items() if re.fullmatch(rf".*/\d+-{name}\.md", path)]
    return found


def section(text: str, title: str) -> str:
    """What stands under a heading, down to the next of its level or above; headings in fences are none."""
    outside = FENCE.sub(lambda fence: fence[0].replace("#", "."), text)
    start = re.search(rf"^(#+) {re.escape(title)}(?: \{{.*)?$", outside, flags=re.MULTILINE)
    assert start, f"{title} has no heading"
    end = re.compile(rf"^#{{1,{len(start[1])}}} ", flags=re.MULTILINE).search(outside, start.end())
    return text[start.end() : end.start() if end else None]


def rows(text: str) -> list[str]:
    """What stands between backticks in the first cells of tables."""
    cells = re.findall(r"^\| (`[^|]*) \|", text, flags=re.MULTILINE)
    return [word for cell in cells for word in re.findall(r"`([^`]+)`", cell)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.file}:{example.line}")
def test_every_example_is_as_good_or_bad_as_it_says(example: Example, tmp_path: Path) -> None:
    codes = tuple(problem.code for problem in example.problems(tmp_path) if problem.code not in ADVICE)
    assert codes == example.gives


@pytest.mark.parametrize(("lesson", "check"), LIVE_CHECKS, ids=lambda value: value.key)
def test_a_live_question_is_what_the_source_above_it_becomes(lesson: Lesson, check: Check, tmp_path: Path) -> None:
    text = (CONTENT / lesson.path).read_text(encoding="utf-8")
    heading = re.search(rf"^## .*\{{\.check #{check.name}\b.*\}}$", text, flags=re.MULTILINE)
    assert heading
    above = list(FENCE.finditer(text[: heading.start()]))[-1]
    assert above["info"].strip() == "markdown"
    source = re.sub(r"\A## .*\{\.check\}\n+", "", above["text"])
    below = re.split(r"^#{1,2} ", text[heading.end() :], maxsplit=1, flags=re.MULTILINE)[0]
    assert below.strip() == source.strip()
    write(tmp_path, {f"{lesson.module}/1-l.md": f"{heading[0]}\n\n{source}"})
    shown = read_catalogue(tmp_path)[0].module(lesson.module).lessons[0].check(check.name)
    assert [one.fingerprint for one in shown.questions] == [one.fingerprint for one in check.questions]


def test_every_type_is_shown_live() -> None:
    assert {question.type.name for _, check in LIVE_CHECKS for question in check.questions} == set(QUESTION_TYPES)


def test_every_option_and_word_of_the_attribute_list_is_told() -> None:
    table = rows(page("every-option"))
    words = {f".{word}" for word in WORDS | type_words() | {"check"}}
    own = known_options() - {"unlike"}  # that one is written by the program
    options = {f"{name}=" for name in own | FOR_REFERENCES.keys() | {"confidence"}}
    assert sorted(table) == sorted({*words, *options, "#name"})
    assert OPTIONS.keys() <= own


def test_every_key_of_front_matter_is_told_where_it_may_stand() -> None:
    text = page("every-key")
    titles = {
        "root": "The site", "path": "A learning path", "module": "A module", "lesson": "A lesson", "bank": "A bank",
        "quiz": "A quiz",
    }  # fmt: skip
    everywhere = frozenset.intersection(*KEYS.values())
    assert sorted(rows(section(text, "Every file"))) == sorted(everywhere)
    for kind, title in titles.items():
        assert sorted(rows(section(text, title))) == sorted(KEYS[kind] - everywhere), kind


def test_every_value_that_a_key_or_option_knows_is_told() -> None:
    values = {*PRESETS, *REVEAL, *ASPECTS, *KEEP, *PAGES, *NAVIGATION, *COMPLETE, *CREDIT_RULES}
    assert values <= TOLD
    units = set(re.findall(r"`([^`]+)`", page("every-unit")))
    assert {word for words in TABLE.values() for word in words} <= units
    assert NAMES.keys() <= units


def in_table(key: str, value: object) -> str:
    """What the table of presets says for a value."""
    if value is None:
        return {"pass": "none", "attempts": "unlimited"}[key]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{100 * value}%" if isinstance(value, Fraction) else str(value)


def test_the_table_of_presets_is_that_of_the_program() -> None:
    table = re.findall(r"^\| `([\w-]+)` \| (.*?) \| (.*?) \| (.*?) \|$", page("presets"), flags=re.MULTILINE)
    keys: set[str] = set().union(*PRESETS.values())
    assert {key: list(values) for key, *values in table} == {
        key: [in_table(key, preset[key]) for preset in PRESETS.values()] for key in keys
    }


def test_every_robot_is_told() -> None:
    assert set(ROBOTS) <= TOLD


def test_every_setting_of_a_site_is_told() -> None:
    assert sorted(rows(page("every-setting"))) == sorted(IN_FILE)


def commands(group: click.Group, name: str = "quizapp") -> Iterator[tuple[str, click.Command]]:
    for child, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {child}")
        else:
            yield f"{name} {child}", command


def every_command() -> dict[str, click.Command]:
    context = click.Context(main)
    found: dict[str, click.Command] = {}
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command
        found |= dict(commands(command, f"quizapp {name}")) if isinstance(command, click.Group) else {
            f"quizapp {name}": command
        }  # fmt: skip
    return found


COMMANDS = every_command()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_told_with_its_options(name: str) -> None:
    told = re.findall(r"--[\w-]+", " ".join(rows(section(page("every-command"), f"`{name}`"))))
    options = {one for param in COMMANDS[name].params if isinstance(param, click.Option) for one in param.opts}
    assert sorted(told) == sorted(option for option in options if option.startswith("--"))


def test_no_other_command_is_told() -> None:
    assert set(re.findall(r"^## `(quizapp [a-z0-9 ]+)`", page("every-command"), flags=re.MULTILINE)) == set(COMMANDS)


def test_every_command_that_is_printed_is_one() -> None:
    lines = "\n".join(fence["text"] for fence in FENCE.finditer(PRINTED) if fence["info"].strip() == "sh")
    spans = "\n".join(word for word in TOLD if word.startswith("quizapp "))
    for line in re.findall(r"^(?:.* )?(quizapp [a-z].*)$", f"{lines}\n{spans}", flags=re.MULTILINE):
        names = [name for name in COMMANDS if f"{line} ".startswith(f"{name} ")]
        is_group = any(name.startswith(f"{line.strip()} ") for name in COMMANDS)
        assert names or is_group, line
        for option in re.findall(r" (--[\w-]+)", line.split(" | ")[0]):
            known = {one for param in COMMANDS[max(names, key=len)].params for one in param.opts}
            assert option in known, line


PROBLEM_PAGES = {path: text for path, text in TEXT.items() if re.search(r"/\d+-problems-[\w-]+\.md$", path)}
CODES = [(path, code) for path, text in PROBLEM_PAGES.items() for code in re.findall(r"^### `([\w-]+)`$", text, re.M)]


def test_every_problem_is_told() -> None:
    assert sorted(code for _, code in CODES) == sorted(TEXTS)


ADVICE_PAGES = {path: text for path, text in TEXT.items() if re.search(r"/\d+-advice-[\w-]+\.md$", path)}
ADVISED = [(path, code) for path, text in ADVICE_PAGES.items() for code in re.findall(r"^### `([\w-]+)`$", text, re.M)]


def test_every_advice_is_told() -> None:
    assert sorted(code for _, code in ADVISED) == sorted(ADVICE)


def told(path: str, code: str) -> str:
    """The quote that says in the guide what a problem or an advice says."""
    lines = prose(section(TEXT[path], f"`{code}`")).splitlines()
    return " ".join(line.removeprefix(">").strip() for line in lines if line.startswith(">"))


def write_told(path: str, code: str, words: str) -> None:
    """Put the words of a problem into its quote."""
    file = GUIDE / path
    text = file.read_text(encoding="utf-8")
    quote = textwrap.fill(words, 120, initial_indent="> ", subsequent_indent="> ", break_on_hyphens=False)
    heading = f"\n### `{code}`\n\n"
    mended = re.sub(rf"({re.escape(heading)})(?:>.*\n)+", lambda found: f"{found[1]}{quote}\n", text)
    file.write_text(mended, encoding="utf-8")


@pytest.mark.parametrize(("path", "code"), [one for one in CODES if one[1] != "unreadable"])
def test_a_problem_is_told_in_its_words(path: str, code: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if code in BEYOND_PRINT:
        write(tmp_path / "content", {**COURSE, **BEYOND_PRINT[code]})
        problems = read_catalogue(tmp_path / "content")[1]
    else:
        text = section(PROBLEM_PAGES[path], f"`{code}`")
        bad, *_, good = examples(path, text)
        assert (bad.gives, good.gives) == ((code,), ())
        problems = bad.problems(tmp_path)
    found = next(problem for problem in problems if problem.code == code)
    hold_told(path, found, request)


def hold_told(path: str, found: Problem, request: pytest.FixtureRequest) -> None:
    words = f"{found.severity}: {found.message} {found.advice}"
    if request.config.getoption("--update-golden"):
        write_told(path, found.code, words)
    else:
        assert told(path, found.code) == words


@pytest.mark.parametrize(("path", "code"), ADVISED)
def test_advice_is_told_in_its_words_with_an_example_that_follows_it(
    path: str, code: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if code in TOO_LONG:
        example = ADVICE[code].example
        write(tmp_path, {**example.around, example.path: example.before})
        problems = advise(read_catalogue(tmp_path)[0], lines_in((tmp_path,)))
    else:
        bad, good = examples(path, section(TEXT[path], f"`{code}`"))
        problems = bad.problems(tmp_path / "bad")
        assert code not in {problem.code for problem in good.problems(tmp_path / "good")}
    hold_told(path, next(problem for problem in problems if problem.code == code), request)


def test_what_depends_on_the_machine_is_told_as_far_as_it_goes() -> None:
    [path] = [path for path, code in CODES if code == "unreadable"]
    severity, message, _ = TEXTS["unreadable"]
    assert told(path, "unreadable").startswith(f"{severity}: {message.partition('{')[0]}")


PRINTED_BELOW = [(path, example) for path, text in TEXT.items() for example in shown_below(text)]


@pytest.mark.parametrize(("path", "example"), PRINTED_BELOW)
def test_what_is_shown_below_its_source_is_the_same(path: str, example: tuple[str, str]) -> None:
    source, below = example
    assert below.startswith(source)


def addition(where: object, name: str, value: object, noticed: Callable[[], None]) -> object:
    return pytest.param(where, name, value, noticed, id=name)


@pytest.mark.parametrize(
    ("where", "name", "value", "noticed"),
    [
        addition(OPTIONS, "new-option", None, test_every_option_and_word_of_the_attribute_list_is_told),
        addition(
            KEYS, "lesson", KEYS["lesson"] | {"new-key"}, test_every_key_of_front_matter_is_told_where_it_may_stand
        ),
        addition(KEYS, "quiz", KEYS["quiz"] | {"new-key"}, test_every_key_of_front_matter_is_told_where_it_may_stand),
        addition(PRESETS, "new-preset", {}, test_every_value_that_a_key_or_option_knows_is_told),
        addition(TABLE, "new-kind", {"new-unit": "1"}, test_every_value_that_a_key_or_option_knows_is_told),
        addition(ROBOTS, "new-robot", None, test_every_robot_is_told),
        addition(QUESTION_TYPES, "new-type", QUESTION_TYPES["single"], test_every_type_is_shown_live),
        addition(COMMANDS, "quizapp new-command", None, test_no_other_command_is_told),
        addition(TEXTS, "new-problem", ("error", "", ""), test_every_problem_is_told),
        addition(ADVICE, "new-advice", None, test_every_advice_is_told),
    ],
)
def test_what_is_added_and_not_told_is_noticed(
    where: dict[str, object], name: str, value: object, noticed: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    noticed()
    monkeypatch.setitem(where, name, value)
    with pytest.raises(AssertionError):
        noticed()


def test_an_option_of_a_command_that_is_not_told_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    command = click.Command("check", params=[*COMMANDS["quizapp check"].params, click.Option(["--new-option"])])
    monkeypatch.setitem(COMMANDS, "quizapp check", command)
    with pytest.raises(AssertionError):
        test_every_command_is_told_with_its_options("quizapp check")
