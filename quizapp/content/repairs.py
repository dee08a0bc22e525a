"""What an author writes to take a question out of every total."""

import re

from quizapp.source.attributes import BEGINS

LIST = re.compile(r"\{([^{}]*)\}(?=\s*(?:-->)?[\s#]*$)")


def void_heading(line: str) -> str:
    """The line of a heading with the word `.void` in its attribute list."""
    found = LIST.search(line)
    if not found or not BEGINS.match(found[1]):
        return f"{line.rstrip()} {{.void}}"
    if ".void" in found[1].split():
        return line
    return f"{line[: found.end(1)].rstrip()} .void{line[found.end(1) :]}"
