"""Real course material rendered as a GFM renderer does: block structure, numbering, exact code."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
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
    """What `quizapp render` prints for a lesson of this text, which is written into the folder."""
    (folder / "l.md").write_text(text, encoding="utf-8")
    content = FileReader((folder,), None, Renderer()).read("l.md", "lesson", "m").content
    assert isinstance(content, LessonSource)
    assert content.checks == ()
    return "\n".join([content.heading, *(part for part in content.parts if isinstance(part, str))])


# What real files hold besides paragraphs and lists, each in sentences of our own.
OWN = {
    "code in numbered steps": "1. Run:\n\n   ```bash\n   mail --to x\n   \ty\n   ```\n\n2. Wait.\n```\nout\n"
    "```\n3. Done.",
    "steps that go on": "3. Third\n4. Fourth\n\n   > A quote\n   that goes on\n\n0. Zero",
    "four spaces": "1. Open the page:\n\n    - one\n    - two\n\n        code\n\n2. Close it.\n\ttab\n\n\ta paragraph",
    "deep lists": "* a\n   * b\n      * c\n         * d\n\n           text of d\n* e\n+ f\n1) g\n1. h",
    "items without text": "-\n- a\n-\n\n  b\n- \n\n\tc",
    "tabs before code": "- mail\n\n\t\tcode\n\n>\t\tcode\n\n\tcode\n\n 1.\tx",
    "lazy quotes": "> first\nsecond\n> third\n\n> - a\n> b\n\n>no space\n> > inner\n> end",
    "tables": "| a | b |\n|---|:-:|\n| `x \\| y` | 1 \\| 2 |\n| short |\n| too | long | row |\n\na | b\n--|--\n"
    "1 | 2\nlast",
    "tables inside": "> | a |\n> |---|\n> | b |\n\n- x\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n- | c |\n"
    "  |---|\n  | d |",
    "ends of tables": "| a |\n|---|\n| b |\n## h\n\n| a |\n|---|\n> q\n\n| a |\n|---|\n    code\n\n| a |\n|---|\n<b>\n",
    "no tables": "a | b\n- | -\nc\n\nd\n|-|\n\n|\n---\n\n| a |\n|---|---|",
    "setext": "Mail | Post\n===========\n\n[x]: /y\nTwo\nlines\n---\n\n[z]: /y\n===\n\n***\n- - -\n- a\n  ---",
    "closing marks": "## a ##\n### b\\#\n#### c # #\n#####\n#d\n####### e\n#\tf",
    "unclosed code": "Text\n\n~~~\n```\nx\n",
    "empty code": "- ```\n  ```\n\n```",
    "html around markdown": "<div>\n\n- a\n\n</div>\n\n<pre>\n\nkept\n</pre>\n\n<details>\n"
    "<summary>More</summary>\n\n> q\n\n</details>",
    "comments": "- a\n<!-- -->\n- b\n\n<!-- c\n\n- d -->\n\ntext <!-- e --> text\n<!-- f -->\n## g",
    "placeholders": "- Type <your-app-name>\n- Array<Object> and <title>\n\n## After it\n\n- <b>bold</b>",
    "definitions in quotes": "> [a]: /x\n>   \"title\"\n\n- [b]: /y\n- [b]\n\n[A] and [b][]",
    "no-break spaces": "a\u00a0\u00a0\nb\n\u00a0\n# x\u00a0\n-\u00a0a",
    "hard breaks": "a  \nb\\\nc\n\n- d  \n  e",
    "ids in code": "```html\n<p id=\"a\">\n```\n\n- `<p id=\"b\">`",
}  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_own_files_have_the_structure_of_a_gfm_renderer(name: str, tmp_path: Path) -> None:
    reference = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    assert Structure(rendered(tmp_path, OWN[name])).found == Structure(reference.render(OWN[name])).found


def test_course_files_have_the_structure_of_a_gfm_renderer_and_no_question(conformance: Path, tmp_path: Path) -> None:
    reference = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    differing = []
    files = sorted((conformance / "mslearn").rglob("*.md"))
    for file in files:
        text = LEARN_ONLY.sub("", FRONT_MATTER.sub("", decode(file.read_bytes())[0]))
        if Structure(rendered(tmp_path, text)).found != Structure(reference.render(text)).found:
            differing.append(file.name)
    assert differing == []
    assert len(files) > 200
