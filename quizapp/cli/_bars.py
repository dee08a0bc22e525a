"""A bar on standard error for what takes long; only a person who watches sees it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from quizapp.formats.contract import Tell


@contextmanager
def bar(label: str, *, is_short: bool = False) -> Iterator[Tell]:
    """A function to tell how much is done, and of how much; it shows nothing of what is short or goes to a file."""
    is_hidden = is_short or not sys.stderr.isatty()
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=is_hidden) as shown:

        def tell(done: int, count: int) -> None:
            shown.length = count
            shown.update(done - shown.pos)

        yield tell
        tell(1, 1)
