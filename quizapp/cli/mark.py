"""`quizapp mark`: what a response to a question earns, and what is said of it."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from quizapp.cli import instance_option, settings_of
from quizapp.cli._questions import find_question
from quizapp.questions.base import Mark, Response
from quizapp.questions.troubles import trouble_text

MAX_BYTES = 16 * 1024 * 1024  # of standard input
MAX_DIGITS = 20  # of a whole number; one with more is no position
MAX_SHOWN = 60  # characters of a response that a message repeats
EMPTY: tuple[Response, ...] = (None, "", [], {})
WRONG_USE = ("not-offered", "not-an-order")  # no form sends such a response: it is the caller's mistake


@click.command(context_settings={"ignore_unknown_options": True})  # `-1` is a response, if a wrong one
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("question")
@click.argument("response")
@instance_option
def command(file: Path, question: str, response: str, instance: str | None) -> None:
    """Mark RESPONSE to a QUESTION of FILE, as the site would, and store nothing.

    FILE is a lesson, bank or quiz; QUESTION the name of one it asks: `#name`, `name` or `module#name`. RESPONSE is
    JSON, `-` reads it from standard input. Choices and lines count from 1, in the order in which they are written:

    \b
      a choice                 2
      boxes                    [1, 3]
      text, number, essay      "12,3 ms"
      matching, grouping       {"left": "right"}
      ordering                 [3, 1, 2]
      blanks                   ["25", "EOP"]
      nothing                  null

    Prints a line of JSON: `status` is graded, invalid or blank, `credit` a number from 0 to 1, `feedback` a list of
    what the learner reads.
    Exit 0: it was marked, be it right or wrong. 2: wrong use, such as a choice that is not offered.
    """
    settings = settings_of(instance)
    text = _standard_input() if response == "-" else response
    given = _read_json(text)
    found = find_question(file, question, settings)
    mark = found.type.mark(None if given in EMPTY else given)
    if mark.trouble in WRONG_USE:
        takes = found.type.control(range(1, found.type.size + 1)).takes
        raise click.UsageError(f"{file}#{found.name}: {_short(text)} is no response to this question. Give {takes}.")
    told = {"status": mark.status, "credit": round(float(mark.credit), 6), "feedback": _said(mark)}
    click.echo(json.dumps(told, ensure_ascii=False))


def _said(mark: Mark) -> list[str]:
    """What the learner reads about the response."""
    said = [feedback.text for feedback in mark.feedback]
    if mark.spelling:
        said.append(f"Accepted; the spelling is: {mark.spelling}")
    if mark.awaits_person:
        said.append("A person marks this.")
    if mark.trouble:
        said.append(trouble_text(mark.trouble, mark.about))
    return said


def _standard_input() -> str:
    """What stands on standard input. Raises UsageError."""
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise click.UsageError(f"RESPONSE: this has more than {MAX_BYTES} bytes. Give a shorter one.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise click.UsageError("RESPONSE: this is not UTF-8. Write it in that encoding.") from None


def _read_json(text: str) -> Any:
    """The value that a text is in JSON, as its standard has it. Raises UsageError."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_refused, parse_int=_whole)
    except RecursionError:
        reason = "too much stands in each other in it"
    except ValueError as error:
        reason = str(error)
    raise click.UsageError(
        f"RESPONSE: {_short(text)} is not JSON: {reason}. Give a position as `2`, a text in double quotes, and all of "
        "it in single ones for the shell: '\"some words\"'."
    )


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in an object")
    return found


def _refused(name: str) -> None:
    raise ValueError(f"it has no {name}")


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) <= MAX_DIGITS else float(digits)


def _short(text: str) -> str:
    """A response as a message repeats it: one line, and no more than some characters of it."""
    line = " ".join(text.split())
    return f"`{line}`" if len(line) <= MAX_SHOWN else f"`{line[:MAX_SHOWN]}…`"
