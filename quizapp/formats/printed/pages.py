"""The three pages: the paper, the sheet for answers, the key (`key`)."""

import html
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from quizapp.content.model import Quiz
from quizapp.formats.printed.key import key_of
from quizapp.formats.printed.sheets import AUTO, Asked, Shown, letter, points_of, with_direction
from quizapp.questions.base import Prose, decimal_text
from quizapp.questions.controls import Arranging, Choosing, FillingIn, Pairing, Typing, Writing
from quizapp.source.writing import PLACEHOLDER

STYLE = (files(__package__) / "style.css").read_text(encoding="utf-8")
LINES = 9  # to write on
SEVERAL = "Tick all that are right."
LETTERS = "Write the letter that belongs to each line."
PLACES = "Write the place of each line: 1 before what comes first."


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed. `introduction` is HTML; `about` says in a line how the paper is taken."""

    title: str
    introduction: Prose
    about: str
    seed: int
    asked: tuple[Asked, ...]


def about_quiz(quiz: Quiz) -> str:
    """How a quiz is taken, to stand behind the points of its paper."""
    settings = quiz.settings
    time = f", {settings.minutes} minutes" if settings.minutes else ""
    return time + (f", passed with {float(settings.pass_mark * 100):g}%" if settings.pass_mark is not None else "")


def paper_page(paper: Paper, shown: Shown) -> str:
    """The questions."""
    head = with_direction(shown.html(paper.introduction)) + _fields("Name", "Date")
    return _page(paper, "", head, (_question(one, shown, _control(one, shown)) for one in paper.asked))


def answer_page(paper: Paper, shown: Shown) -> str:
    """A sheet to answer on, a row for each question."""
    rows = "".join(f"<tr><th>{one.number}</th><td>{_space(one)}</td></tr>" for one in paper.asked)
    return _page(paper, "Answers", _fields("Name", "Date"), [f'<table class="sheet">{rows}</table>'])


def key_page(paper: Paper, shown: Shown) -> str:
    """What is right, and why."""
    return _page(paper, "Key", "", (_question(one, shown, _key(one, shown)) for one in paper.asked), "key")


def _key(one: Asked, shown: Shown) -> str:
    """What is right; below a text to fill in, which is no part of the prompt."""
    control = one.control
    return (_filling(control, shown) if isinstance(control, FillingIn) else "") + key_of(one, shown)


def _page(paper: Paper, what: str, head: str, parts: Iterable[str], kind: str = "") -> str:
    title = f"{paper.title} – {what}" if what else paper.title
    questions = _counted(str(len(paper.asked)), "question")
    about = f"{questions}, {_counted(decimal_text(points_of(paper.asked)), 'point')}{paper.about}"
    name = html.escape(title)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{name}</title>
<style>
{STYLE}</style>
</head>
<body class="{kind}">
<header>
<h1 {AUTO}>{name}</h1>
<p>{about}. Paper {paper.seed}.</p>
{head}</header>
<main>
{"".join(parts)}
</main>
</body>
</html>
"""


def _fields(*names: str) -> str:
    return '<p class="fields">' + "".join(f"<span>{name}:</span>" for name in names) + "</p>\n"


def _question(one: Asked, shown: Shown, below: str) -> str:
    question = one.question
    parts = (with_direction(shown.html(part)) for part in (question.heading, question.prompt) if part)
    asked = "".join(f"<div>{part}</div>" for part in parts)
    is_counted = "survey" not in question.words
    points = _counted(decimal_text(question.points), "point") if is_counted else ""
    return (
        f'<section class="question"><div class="number">{one.number}.</div>'
        f'<div><div class="asked">{asked}</div>{below}</div><div class="points">{points}</div></section>'
    )


def _counted(number: str, what: str) -> str:
    return f"{number} {what}" if number == "1" else f"{number} {what}s"


# What is answered on the paper.


def _control(one: Asked, shown: Shown) -> str:
    control = one.control
    return CONTROLS[type(control)](control, shown)


def _choosing(control: Choosing, shown: Shown) -> str:
    box = '<span class="box"></span>' if control.takes_many else '<span class="box round"></span>'
    items = (
        f'<li>{box}<span class="letter">{letter(place)}</span><div {AUTO}>{shown.line(choice)}</div></li>'
        for place, choice in enumerate(control.choices, start=1)
    )
    return f'{_how(SEVERAL) if control.takes_many else ""}<ol class="choices">{"".join(items)}</ol>'


def _typing(control: Typing, shown: Shown) -> str:
    return '<p class="write"></p>'


def _filling(control: FillingIn, shown: Shown) -> str:
    first, *others = shown.html(control.text).split(PLACEHOLDER)
    is_one = len(control.inputs) == 1
    gaps = []
    for number, (given, text) in enumerate(zip(control.inputs, others, strict=True), start=1):
        mark = "" if is_one else f'<span class="number-of-gap">{number}</span>'
        options = f" ({html.escape(' / '.join(given.options))})" if given.options else ""
        gaps.append(f'{mark}<span class="gap"></span>{options}{text}')
    return f"<div>{with_direction(first + ''.join(gaps))}</div>"


def _writing(control: Writing, shown: Shown) -> str:
    above = f"<pre>{html.escape(control.text)}</pre>" if control.text else ""
    return above + '<p class="write"></p>' * LINES


def _pairing(control: Pairing, shown: Shown) -> str:
    options = "".join(
        f'<li><span class="letter">{letter(place)}</span><div {AUTO}>{shown.line(option)}</div></li>'
        for place, option in enumerate(control.options, start=1)
    )
    return f'{_how(LETTERS)}<div class="pairs">{_lines(control.rows, shown)}<ol class="options">{options}</ol></div>'


def _arranging(control: Arranging, shown: Shown) -> str:
    return _how(PLACES) + _lines(control.rows, shown)


def _how(text: str) -> str:
    return f'<p class="how">{text}</p>'


def _lines(rows: Sequence[Prose], shown: Shown) -> str:
    """Lines with a number, as the sheet for answers has them, and room for a letter or a place."""
    items = (
        f'<li><span class="letter">{place}</span><span class="rule"></span><div {AUTO}>{shown.line(row)}</div></li>'
        for place, row in enumerate(rows, start=1)
    )
    return f'<ol class="lines">{"".join(items)}</ol>'


CONTROLS: dict[type, Callable[[Any, Shown], str]] = {
    Choosing: _choosing,
    Typing: _typing,
    FillingIn: _filling,
    Writing: _writing,
    Pairing: _pairing,
    Arranging: _arranging,
}


# The sheet for answers.


def _space(one: Asked) -> str:
    """Where the answer to a question goes."""
    control = one.control
    if isinstance(control, Choosing):
        kind = "bubble many" if control.takes_many else "bubble"
        return "".join(f'<span class="{kind}">{letter(place)}</span>' for place in range(1, len(control.choices) + 1))
    if isinstance(control, Pairing | Arranging):
        return _numbered(len(control.rows))
    if isinstance(control, FillingIn):
        return _numbered(len(control.inputs), "gap")
    return '<p class="write"></p>' * (LINES if isinstance(control, Writing) else 1)


def _numbered(count: int, room: str = "rule") -> str:
    return "".join(f'{place}: <span class="{room}"></span> &nbsp; ' for place in range(1, count + 1))


PAGES: dict[str, Callable[[Paper, Shown], str]] = {"paper": paper_page, "answers": answer_page, "key": key_page}


def pages_of(paper: Paper, shown: Shown, names: Sequence[str] = tuple(PAGES)) -> dict[str, str]:
    """The pages by name."""
    return {name: PAGES[name](paper, shown) for name in names}
