"""Files to begin with: what a new site, learning path, module, lesson, bank or quiz holds.

The texts are Markdown files in `starters/`. They are right as they are, and say in comments what to change.
"""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from quizapp.content.folder import NUMBER_PREFIX, SKIPPED_FILES, SKIPPED_FOLDERS, tidy_key, title_from

StarterKind = Literal["site", "path", "module", "lesson", "bank", "quiz"]
FOLDER = Path(__file__).parent / "starters"
MAX_TITLE = 100  # characters
MAX_KEY, MAX_KEY_BYTES = 60, 180  # a file name has 255 bytes at most, its number and ending included
PLAIN = re.compile(r"[^\W\d_][\w ,.()’–-]*")  # needs no quotes in YAML
WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
KEY = re.compile(r"[^\W_]+(?:[-_][^\W_]+)*")
NAME = re.compile(r"\{#([^\s{}]+)")
NUMBER = re.compile(r"(\d{1,3})[-_. ]")
NUMBERED = ("path", "module", "lesson")
SKIPPED = SKIPPED_FOLDERS | SKIPPED_FILES | {"index"}
NO_DRAW = "# draw:\n#   - {bank: practice, count: 2}   # two of the questions of practice.bank.md"


@dataclass(frozen=True, slots=True)
class Starter:
    """A file to make: its path, from the folder in which it is made, and its text."""

    path: str
    text: str


def title_of_name(name: str) -> str:
    """The title that a name means: itself on one line, or words made of `a-key-like-this`."""
    title = " ".join("".join(one if one.isprintable() else " " for one in name).split())
    return title_from(title) if KEY.fullmatch(title) and title == title.lower() else title


def key_of_title(title: str) -> str:
    """The key for a title, cut at a word where it would be long; empty where the title has no letter or digit."""
    words = re.sub(r"[-_.]+", "-", tidy_key(title)).strip("-")
    key = words[:MAX_KEY]
    if len(words) > MAX_KEY and words[MAX_KEY] != "-" and "-" in key:
        key = key.rpartition("-")[0]
    while len(key.encode()) > MAX_KEY_BYTES:
        key = key[:-1]
    return key.strip("-")


def next_number(names: Sequence[str]) -> str:
    """The prefix that puts a file or folder behind others: empty where those have names without numbers."""
    numbers = [found[1] for name in names if (found := NUMBER.match(name))]
    if names and not numbers:
        return ""
    width = 2 if any(len(number) > 1 and number.startswith("0") for number in numbers) else 1
    return f"{min(max(map(int, numbers), default=0) + 1, 999):0{width}}-"


def starters(
    kind: StarterKind,
    title: str,
    key: str,
    number: str = "",
    taken: Collection[str] = (),
    draw: tuple[str, int] | None = None,
) -> tuple[Starter, ...]:
    """The files of something new, the main one first.

    `key` is its key, `number` what begins the name of its file or folder; `taken` are the names that questions of its
    module have already; `draw` is a bank for a quiz to draw from, and how many questions.
    """
    if kind == "site":
        return _site(title, key)
    if kind in NUMBERED and not number and (NUMBER_PREFIX.match(key) or key in SKIPPED):
        number = "1-"  # so that the key stays whole, and the file is loaded as what it is
    if kind == "path":
        inner = starters("module", f"{title}: the basics", f"{key}-basics", "1-")
        return (
            Starter(f"{number}{key}/index.md", _filled("path", title, key)),
            *(Starter(f"{number}{key}/{one.path}", one.text) for one in inner),
        )
    if kind == "module":
        lesson = Starter(f"{number}{key}/1-first-lesson.md", _filled("lesson", "The first lesson", "first"))
        return Starter(f"{number}{key}/index.md", _filled("module", title, key)), lesson
    if kind == "lesson":
        return (Starter(f"{number}{key}.md", _filled(kind, title, key, taken)),)
    name = f"{key}.{kind}.md"
    return (Starter(name, _filled(kind, title, key, taken, name, draw)),)


def _site(title: str, key: str) -> tuple[Starter, ...]:
    module = f"{key}/content/first-steps"
    return (
        Starter(f"{key}/content/index.md", _filled("site", title, key)),
        Starter(f"{module}/index.md", _filled("module", "First steps", "first-steps")),
        Starter(f"{module}/1-your-first-lesson.md", _filled("lesson", "Your first lesson", "first")),
        Starter(f"{module}/practice.bank.md", _filled("bank", "Practice", "practice", name="practice.bank.md")),
        Starter(f"{module}/final-test.quiz.md", _filled("quiz", "Final test", "final", draw=("practice", 2))),
        Starter(f"{key}/README.md", _filled("readme", title, key)),
        Starter(f"{key}/.gitignore", "/instance/\n"),
    )


def _filled(
    form: str,
    title: str,
    key: str,
    taken: Collection[str] = (),
    name: str = "",
    draw: tuple[str, int] | None = None,
) -> str:
    """A text of the folder with its words in place; questions whose names are taken get others."""
    shown = _escaped(title) if form == "readme" else _quoted(title)
    drawn = f"draw:\n  - {{bank: {draw[0]}, count: {draw[1]}}}" if draw else NO_DRAW
    said = {"title": shown, "key": key, "file": name, "draw": drawn}
    text = re.sub(r"%(title|key|file|draw)%", lambda found: said[found[1]], _text(form))
    return NAME.sub(lambda found: f"{{#{free_name(found[1], taken)}", text)


def _text(form: str) -> str:
    return (FOLDER / f"{form}.md").read_text(encoding="utf-8")


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, or the first of `name-2`, `name-3` … that is not taken."""
    if name not in taken:
        return name
    return next(free for number in range(2, len(taken) + 3) if (free := f"{name}-{number}") not in taken)


def _quoted(title: str) -> str:
    """A text as a value of YAML."""
    is_plain = PLAIN.fullmatch(title) and title.lower() not in WORDS and not title.endswith(" ")
    return title if is_plain else json.dumps(title, ensure_ascii=False)


def _escaped(title: str) -> str:
    """A text as inline Markdown."""
    return re.sub(r"([\\`*_\[\]{}<>#|$&!~])", r"\\\1", title)
