"""`quizapp regrade`: mark what was answered again by the questions of now, after showing what that changes."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import click

from quizapp.actions import regrade
from quizapp.actions.previews import Change, Preview, QuestionPreview
from quizapp.actions.regrade import Applied
from quizapp.actions.remarking import Why
from quizapp.cli import instance_option
from quizapp.errors import QuizappError
from quizapp.settings import read_settings
from quizapp.site import Site, prepare_instance, require_content, require_instance

WHY: dict[Why, str] = {
    "type": "the question is of another type now",
    "unpaired": "its answers cannot be paired with those that were shown",
    "unread": "the key of now cannot read the response",
    "lost": "the version that was shown is lost",
}
FIGURES = ("old_points", "new_points", "old_score", "new_score")


@click.command()
@click.argument("content", required=False)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only attempts begun on that day or later.")
@click.option("--question", default="", metavar="KEY", help="Only this question, such as mail-flow#mx-record.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing; exit 1 if anything would.")
@click.option("--allow-lower", is_flag=True, help="Also change marks where a learner's result becomes lower.")
@click.option("--reason", default="", help="Kept with every mark that changes.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with every single change.")
@instance_option
def command(
    content: str | None,
    since: datetime | None,
    question: str,
    dry_run: bool,
    allow_lower: bool,
    reason: str,
    as_json: bool,
    instance: str | None,
) -> None:
    """Mark again what was answered, by the questions as they are in CONTENT now.

    Each question whose marks change is printed with how many do. Nobody's result becomes lower, unless that is
    allowed. Exit 0: nothing to change, or changed. 1: a dry run found changes. 2: wrong use.
    """
    with _site(content, instance) as site:
        start = since.replace(tzinfo=site.settings.zone) if since else None
        catalogue = site.catalogue
        found = regrade.preview(site.database, catalogue, start, question, allow_lower)
        done = None if dry_run else regrade.apply(site.database, catalogue, found, datetime.now(UTC), reason=reason)
    if as_json:
        click.echo(json.dumps(_as_json(found, done), ensure_ascii=False, indent=1))
    else:
        for line in (*map(_line, found.questions), *([_done(done)] if done and done.attempts + done.skipped else [])):
            click.echo(line)
    raise SystemExit(dry_run and found.has_changes)


def _line(one: QuestionPreview) -> str:
    parts = [f"{one.up} up, {one.down} down"]
    parts += [f"{len(one.newly_passed)} newly pass ({_names(one.newly_passed)})"] if one.newly_passed else []
    parts += [f"{len(one.no_longer_passed)} no longer pass"] if one.no_longer_passed else []
    parts += [f"would lose, left out: {len(one.left_out)}"] if one.left_out else []
    parts += [f"not regradable: {number} ({WHY[why]})" for why, number in one.not_regradable.items()]
    return f"{one.place}: {one.key}: {'; '.join(parts)}"


def _names(changes: tuple[Change, ...]) -> str:
    """Who it is; guests are only counted."""
    names = sorted({change.learner for change in changes if change.learner})
    guests = sum(not change.learner for change in changes)
    told = [f"{guests} guest{'' if guests == 1 else 's'}"] if guests else []
    return ", ".join([*names, *told])


def _done(done: Applied) -> str:
    skipped = f"; {done.skipped} attempts changed meanwhile and were left: run it again" if done.skipped else ""
    return f"regraded {done.marks} marks in {done.attempts} attempts; told {done.told} learners{skipped}"


def _as_json(found: Preview, done: Applied | None) -> dict[str, Any]:
    return {
        "questions": [
            {
                "key": one.key,
                "place": one.place,
                "up": one.up,
                "down": one.down,
                "newly_passed": len(one.newly_passed),
                "no_longer_passed": len(one.no_longer_passed),
                "would_lose": len(one.left_out),
                "not_regradable": dict(one.not_regradable),
                "changes": [_change(change) for change in one.changes],
                "left_out": [_change(change) for change in one.left_out],
            }
            for one in found.questions
        ],
        "applied": asdict(done) if done else None,
    }


def _change(change: Change) -> dict[str, Any]:
    """Points and scores with six decimals."""
    figures = {name: round(float(getattr(change, name)), 6) for name in FIGURES}
    return {"attempt": change.attempt, "learner": change.learner or "guest", "slot": change.slot, **figures}


@contextmanager
def _site(content: str | None, instance: str | None) -> Iterator[Site]:
    """The site in that folder; what cannot be done ends the command."""
    try:
        settings = read_settings(os.environ, {"content": content, "instance": instance})
        require_instance(settings)
        require_content(settings)
        site = prepare_instance(settings)
    except QuizappError as error:
        raise click.UsageError(str(error)) from None
    try:
        yield site
    except QuizappError as error:
        raise click.UsageError(str(error)) from None
    finally:
        site.database.close()
