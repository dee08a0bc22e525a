"""A test: its items in their order, and what of its sections has to be said in a quiz of ours."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from quizapp.formats.asi.tree import Node
from quizapp.formats.contract import Note

RULES = ("precondition", "branchrule", "outcomeprocessing", "testfeedback")


def read_test(root: Node, name: str, known: set[str]) -> tuple[list[str], list[Note]]:
    """The items of a test by their names in the package, in its order, and what is said of the rest."""
    folder, order, notes = posixpath.dirname(name), list[str](), list[Note]()
    title = root.get("title") or root.get("identifier")
    for reference in root.find("assessmentitemref"):
        href = posixpath.normpath(posixpath.join(folder, unquote(reference.get("href"))))
        if href in known:
            order.append(href)
        else:
            notes.append(Note(f"{name}: the test names “{href[:80]}”, which is not there.", reference.line))
    notes += [Note(text, line) for line, text in _sections(root, name)]
    minutes = next((one.get("maxtime") for one in root.all("timelimits", "testpart") if one.get("maxtime")), "")
    limit = next((one.get("maxtime") for one in root.find("timelimits")), minutes)
    told = f"{name}: the test “{title}” asks {len(order)} questions. Its questions are read; it is no quiz by itself"
    more = f" (its time is {float(limit) / 60:g} min)" if limit.replace(".", "", 1).isdecimal() else ""
    notes.append(Note(f"{told}{more}: write one that draws from their bank.", root.line))
    used = [tag for tag in RULES if root.find(tag)]
    if used:
        notes.append(Note(f"{name}: what a quiz cannot say is left out: {', '.join(used)}.", root.line))
    return order, notes


def _sections(root: Node, name: str) -> Iterator[tuple[int, str]]:
    for section in root.find("assessmentsection"):
        selection, ordering = section.first("selection"), section.first("ordering")
        title = section.get("title") or section.get("identifier")
        inside = len(section.all("assessmentitemref", "assessmentsection", "assessmentsectionref"))
        if selection:
            count = selection.get("select")
            text = f"{name}: section “{title}” draws {count} of {inside}. In a quiz: `draw:` with `count: {count}`."
            yield section.line, text
        if ordering and ordering.get("shuffle").lower() in ("true", "1"):
            yield section.line, f"{name}: section “{title}” shuffles its questions; a quiz that draws does."
        for missing in section.all("assessmentsectionref"):
            yield missing.line, f"{name}: the section in “{missing.get('href')[:80]}” is not read."
