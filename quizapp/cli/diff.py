"""`quizapp diff`: what a change of the content does to questions, keys and learners, before it goes live."""

import json
from contextlib import ExitStack
from pathlib import Path

import click

from quizapp import git
from quizapp.actions.effects import effects_of
from quizapp.cli import instance_option, settings_of
from quizapp.cli._differences import as_json, as_markdown, as_text, sections_of, summary_of
from quizapp.cli._revisions import Version, content_folder, require_folder, version_of, working
from quizapp.content.model import Catalogue
from quizapp.errors import QuizappError
from quizapp.grading.comparing import compare
from quizapp.grading.differences import Differences
from quizapp.settings import Settings
from quizapp.site import open_to_read
from quizapp.store.usage import Usage


@click.command()
@click.argument("a", required=False)
@click.argument("b", required=False)
@click.option("--content", type=click.Path(path_type=Path), help="Where the content lies in the repository.")
@click.option("--may-go", multiple=True, metavar="KEY", help="A key that is given up on purpose; may be repeated.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
@click.option("--markdown", "is_markdown", is_flag=True, help="Print Markdown, for a comment on a pull request.")
@instance_option
def command(
    a: str | None, b: str | None, content: Path | None, may_go: tuple[str, ...], is_json: bool, is_markdown: bool,
    instance: str | None,
) -> None:  # fmt: skip
    """Say what differs between two versions of the content, A and B: git revisions or content folders.

    Without B it is the working folder, with all that is not committed; without A too, it is what this branch
    changed since it left main (or master). With --instance, which reads its database and changes nothing, it is
    also said how much rests on each.

    Exit 1: a key is lost, its name is given to another question, or an error hides it, so that what learners did
    would be lost or counted for something else; --may-go KEY allows that. 0: nothing of the kind. 2: wrong use.
    """
    if is_json and is_markdown:
        raise click.UsageError("--json and --markdown: name one of them.")
    settings = settings_of(instance)
    try:
        with ExitStack() as stack:
            before, after = _versions(a, b, content_folder(content, settings), settings, stack)
            (old, problems_before), (new, problems_after) = before.read(), after.read()
        found = compare(old, new, problems_before, problems_after)
        effects = _effects(settings, old, found) if instance is not None else None
    except QuizappError as error:
        raise click.UsageError(str(error)) from None
    does_harm = found.does_harm(may_go)
    sections = sections_of(found, effects)
    heading = f"{before.label} → {after.label}"
    if is_json:
        head = {"a": _head(before), "b": _head(after), "harm": does_harm}
        click.echo(json.dumps(head | as_json(found, effects), ensure_ascii=False, indent=1))
    elif is_markdown:
        click.echo(as_markdown(heading, sections))
    else:
        click.echo("\n".join([f"{heading}: {summary_of(sections)}", *as_text(sections)]))
    raise SystemExit(does_harm)


def _versions(
    a: str | None, b: str | None, content: Path, settings: Settings, stack: ExitStack
) -> tuple[Version, Version]:
    if not b:
        require_folder(content)
    first = a or git.fork_point(git.require_root(content)).hash
    before = stack.enter_context(version_of(first, content, settings))
    after = stack.enter_context(version_of(b, content, settings)) if b else working(content, settings)
    return before, after


def _effects(settings: Settings, before: Catalogue, found: Differences) -> dict[str, Usage]:
    database = open_to_read(settings)
    try:
        return effects_of(database, before, found)
    finally:
        database.close()


def _head(version: Version) -> dict[str, str | None]:
    return {"label": version.label, "commit": version.commit.hash if version.commit else None}
