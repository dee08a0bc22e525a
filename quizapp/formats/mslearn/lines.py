"""Texts of YAML as one line without markup, for front matter."""

from quizapp.formats.mslearn.documents import Record
from quizapp.formats.mslearn.prose import Prose
from quizapp.formats.mslearn.survey import Document
from quizapp.source.blocks import Block, paragraph_text
from quizapp.source.cursor import Line
from quizapp.source.inlines import Inline, plain_text, read_inlines

TRUE = frozenset({"true", "yes", "on"})


def plain_of(block: Block) -> tuple[str, bool]:
    """The text of a paragraph on one line, and whether nothing is lost with its markup but emphasis."""
    pieces = read_inlines(" ".join(paragraph_text(block).split("\n")), {}, ())
    return " ".join(plain_text(pieces, lambda _: "").split()), not any(map(_has_more, pieces))


def _has_more(piece: Inline) -> bool:
    return piece.kind in ("link", "image", "html", "formula", "note") or any(map(_has_more, piece.children))


def plain_line(text: str) -> str:
    """A text of YAML, which may have markup, on one line without it."""
    line = " ".join(text.split())
    return plain_of(Block("paragraph", lines=[Line(1, 1, line)]))[0] if line else ""


def title_of(document: Document, prose: Prose | None) -> str:
    """The title, else that of the metadata, else the name of its file."""
    written = document.record.text("title")
    title = plain_line(written.value)
    if title and prose and written.is_guess:
        prose.note("read-as-text", document.place("title"), key="title", value=written.value)
    if title:
        return title
    if prose:
        prose.note("no-title", document.place())
    stem = document.path.rpartition("/")[2].rpartition(".")[0]
    return plain_line(document.record.record("metadata").text("title").value) or stem.replace("-", " ").capitalize()


def is_true(record: Record, key: str) -> bool:
    """Whether a key says true."""
    return record.text(key).value.strip().lower() in TRUE
