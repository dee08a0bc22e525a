"""`quizapp simulate`: how often robots that know little or nothing pass a quiz."""

import difflib
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from quizapp.cli import instance_option, settings_of
from quizapp.cli._folders import folders_of
from quizapp.content.catalogue import read_catalogue
from quizapp.content.guessing import Guessing, asked, chance_to_guess, in_percent, too_easy
from quizapp.content.model import Catalogue, Quiz
from quizapp.content.roots import content_path_of
from quizapp.grading.robots import ROBOTS
from quizapp.grading.simulation import Result, simulate, too_often


@dataclass(frozen=True, slots=True)
class _Report:
    """What came of one quiz; `found` are sentences about what is not as it should be."""

    quiz: Quiz
    guessing: Guessing | None
    results: tuple[Result, ...]
    found: tuple[str, ...]


@click.command()
@click.argument("content", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--quiz", "key", metavar="KEY", help="Only this quiz: module/name.")
@click.option("--learners", type=click.IntRange(1, 100_000), default=1000, show_default=True, help="For each robot.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same figures.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of quizzes.")
@instance_option
def command(
    content: Path | None, key: str | None, learners: int, seed: int, as_json: bool, instance: str | None
) -> None:
    """Have robots take the quizzes of CONTENT, a content folder, or a file or folder in one; store nothing.

    \b
      random       answers at random
      first        takes what stands first
      longest      takes the longest text
      keyword      takes what shares most words with the question
      eliminator   answers at random, never again what it was told is wrong
      guest-reset  answers at random, each time as a new guest where no account is needed
      perfect      knows the key

    All but `perfect` see what a learner sees, and stop once they have passed; without a limit, after 20 attempts.
    Beside them stands the computed chance to pass by guessing. A robot without knowledge that passes more often than
    that (and than `guessing:` allows), beyond what chance explains, has found something: that the longest choice is
    right, say. `eliminator` counts only where nothing is told before the last attempt ends.
    Exit 0: all is well. 1: a quiz is passed too easily, which is told below its table. 2: wrong use.
    """
    settings = settings_of(instance)
    content = content or settings.content
    if not content.exists():
        raise click.UsageError(f"{content}: there is no such folder. Name the folder with your Markdown.")
    root, over = folders_of(content, settings)
    catalogue, _ = read_catalogue(root, over=over)
    quizzes = _chosen(catalogue, content_path_of(content, root), key)
    reports = [_report(quiz, learners, seed) for quiz in quizzes]
    if as_json:
        click.echo(json.dumps([_plain(report) for report in reports], ensure_ascii=False, indent=1))
    else:
        click.echo("\n\n".join(map(_table, reports)), nl=bool(reports))
    raise SystemExit(any(report.found for report in reports))


def _chosen(catalogue: Catalogue, inner: str, key: str | None) -> list[Quiz]:
    """The quizzes below a content path, or the one of that key. Raises UsageError."""
    every = {quiz.key: quiz for module in catalogue.modules.values() for quiz in module.quizzes}
    below = {k: quiz for k, quiz in every.items() if not inner or f"{quiz.path}/".startswith(f"{inner}/")}
    if key is None:
        return list(below.values())
    if key in below:
        return [below[key]]
    near = difflib.get_close_matches(key, below, n=1, cutoff=0.5)
    known = f"Did you mean {near[0]}?" if near else f"The quizzes are: {', '.join(below) or 'none'}."
    raise click.UsageError(f"{key}: there is no such quiz. {known}")


def _report(quiz: Quiz, learners: int, seed: int) -> _Report:
    shown = replace(quiz, entries=tuple(asked(quiz.entries)))
    guessing = chance_to_guess(shown)
    with click.progressbar(ROBOTS.values(), label=quiz.key, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        results = tuple(simulate(shown, robot(), learners, seed) for robot in bar)
    return _Report(shown, guessing, results, tuple(_found(shown, guessing, results)))


def _found(quiz: Quiz, guessing: Guessing | None, results: Sequence[Result]) -> Iterable[str]:
    chance, limit = too_easy(quiz), quiz.settings.guessing
    if chance and limit is not None:
        yield f"{quiz.path}: guessing passes it more often than `guessing: {in_percent(limit)}` allows."
    for one in too_often(quiz, guessing, results) if guessing else ():
        rate, does = in_percent(one.rate), ROBOTS[one.robot].about
        yield f"{quiz.path}: {one.robot} passes in {rate}, more than guessing explains; it {does}."


def _table(report: _Report) -> str:
    """The figures of a quiz in words and columns."""
    has_mark = report.quiz.settings.pass_mark is not None
    width = max(len(one.robot) for one in report.results)
    rows = [
        f"  {one.robot:<{width}}  {_rate(one) if has_mark else '–':>8}  {float(one.mean_score):>10.1%}"
        for one in report.results
    ]
    head = f"  {'robot':<{width}}  {'passed':>8}  {'mean score':>10}"
    return "\n".join([f"{report.quiz.key}: {report.quiz.title}", head, *rows, _by_guessing(report), *report.found])


def _rate(result: Result) -> str:
    return f"{float(result.rate):.1%}"


def _by_guessing(report: _Report) -> str:
    attempts, guessing = report.quiz.settings.attempts, report.guessing
    if guessing is None:
        return "  Without a pass mark there is nothing to pass."
    once, overall = (_told(chance.value, chance.is_exact) for chance in (guessing.once, guessing.overall))
    every = f", {overall} in {f'all {attempts}' if attempts else 'any number of attempts'}" if attempts != 1 else ""
    return f"  Passed by guessing: {once} in one attempt{every}."


def _told(value: Any, is_exact: bool) -> str:
    return in_percent(value) if is_exact else f"at most {in_percent(value)}"


def _plain(report: _Report) -> dict[str, Any]:
    """The figures as JSON; shares from 0 to 1."""
    settings, guessing = report.quiz.settings, report.guessing
    return {
        "quiz": report.quiz.key,
        "path": report.quiz.path,
        "title": report.quiz.title,
        "pass": None if settings.pass_mark is None else float(settings.pass_mark),
        "attempts": settings.attempts,
        "limit": None if settings.guessing is None else float(settings.guessing),
        "guessing": guessing and {
            "once": float(guessing.once.value),
            "overall": float(guessing.overall.value),
            "exact": guessing.overall.is_exact,
        },
        "robots": [
            {
                "robot": one.robot,
                "passed": None if settings.pass_mark is None else float(one.rate),
                "mean_score": round(float(one.mean_score), 6),
            }
            for one in report.results
        ],
        "found": list(report.found),
    }  # fmt: skip
