"""Real course material rendered as a GFM renderer does: block structure, numbering, exact code."""

import re
from html.parser import HTMLParser
from pathlib import Path

from markdown_it import MarkdownIt

from quizapp.content.files import FileReader
from quizapp.content.lessons import LessonSource
from quizapp.content.markup import Renderer
from quizapp.source.text import decode

STRUCTURE = {"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "tr", "td", "th", "blockquote", "pre"}
CLOSED = {"ul", "ol", "li", "table"}
# Constructs that only the original site knows: rows, zones, images, includes, videos.
LEARN_ONLY = re.compile(r"^[ \t>]*:::.*$|^[ \t>]*\[!(?:div|VIDEO|include)[^\n]*$", re.MULTILINE | re.IGNORECASE)
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


class Structure(HTMLParser):
    """The blocks of a page as a list; an alert counts as the quote it is written as."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.code: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "div" and "admonition" in (values.get("class") or ""):
            tag = "blockquote"
        if tag in STRUCTURE:
            self.found.append(f"{tag} {values.get('start') or 1}" if tag == "ol" else tag)
        if tag == "pre":
            self.code = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "pre" and self.code is not None:
            self.found.append(f"code {self.code!r}")
            self.code = None
        elif tag in CLOSED:
            self.found.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if self.code is not None:
            self.code += data


def rendered(folder: Path, text: str) -> str:
    """What `quizapp render` prints for a lesson of this text."""
    content = FileReader((folder,), None, Renderer()).read("l.md", "lesson", "m", text.encode()).content
    assert isinstance(content, LessonSource)
    assert content.checks == ()
    return "\n".join([content.heading, *(part for part in content.parts if isinstance(part, str))])


def test_course_files_have_the_structure_of_a_gfm_renderer_and_no_question(conformance: Path) -> None:
    reference = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    differing = []
    files = sorted((conformance / "mslearn").rglob("*.md"))
    for file in files:
        text = LEARN_ONLY.sub("", FRONT_MATTER.sub("", decode(file.read_bytes())[0]))
        if Structure(rendered(conformance, text)).found != Structure(reference.render(text)).found:
            differing.append(file.name)
    assert differing == []
    assert len(files) > 200
