"""What a question shows as HTML in a field of Anki: one line, formulas for MathJax, nothing that Anki would act on."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from quizapp.content.formulas import formula
from quizapp.formats.hypertext.tree import Node, literal, read_tree
from quizapp.formats.outward import Outward
from quizapp.questions.base import Prose

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")  # \x1f parts the fields of a note
BREAKS = re.compile(r"\s*[\r\n]+\s*")
DOLLARS = re.compile(r"(?<!\\)\${1,2}")
MATHJAX = re.compile(r"\\(?=[(\[])")
ACTIVE = re.compile(r"\[(?=/?(?:\$|latex\]|sound:|anki:))")  # what Anki plays, or has TeX make a picture of
BRACES = {"{": "&#123;", "}": "&#125;"}
INDENT = re.compile(r"\n[ \t>]+")
COMMENT = re.compile(r"(?<!\\)%.*")


@dataclass(slots=True)
class Fields(Outward):
    """The fields of one note. Where it `has_gaps`, braces are none of Anki's; pictures are kept if it `has_media`."""

    has_gaps: bool = False
    has_media: bool = False
    formulas: dict[str, str] = field(default_factory=dict)

    def one(self, part: Prose) -> str:
        """The HTML of one part, in one line."""
        self.formulas = {made: tex for tex, made in self._formulas(part)} if "<math" in part.html else {}
        return self._inert(Outward.one(self, part).strip())

    def plain(self, text: str) -> str:
        """The HTML of a text that is shown as it is."""
        return self._inert(self.text(text))

    def code(self, text: str) -> str:
        """The HTML of lines of code."""
        return f"<pre>{self.plain(text).replace(chr(10), '<br>')}</pre>"

    def text(self, text: str) -> str:
        """The HTML of a text: what would begin a formula of MathJax does not."""
        return MATHJAX.sub("&#92;<span></span>", Outward.text(self, CONTROLS.sub("\ufffd", text)))

    def markup(self, node: Node | str) -> str:
        """The HTML of an element or a text; a formula as TeX, lines of code with their breaks."""
        if isinstance(node, str):
            return self.text(node)
        if node.tag in ("pre", "code") and node.get("class") == "formula":
            return self._tex(literal(node), node.tag == "pre") or Outward.markup(self, node)
        made = Outward.markup(self, node)
        if node.tag == "math":
            return self._math(made, node.get("display") == "block")
        return re.sub(r"\n(?=(</code>)?</pre>)", "", made).replace("\n", "<br>") if node.tag == "pre" else made

    def picture(self, node: Node) -> str:
        """The HTML of a picture, or its description."""
        if self.has_media:
            return Outward.picture(self, node)
        self.lost.append("its pictures are left out: a text file has no place for them, a package (apkg) has.")
        return self.text(node.get("alt"))

    def _inert(self, markup: str) -> str:
        markup = ACTIVE.sub("&#91;", BREAKS.sub(" ", markup))
        return re.sub("[{}]", lambda brace: BRACES[brace[0]], markup) if self.has_gaps else markup

    def _formulas(self, part: Prose) -> Iterator[tuple[str, str]]:
        """What may be formulas in the Markdown of a part, each with what it would look like."""
        marks = list(DOLLARS.finditer(part.markdown))
        for begin, end in pairwise(marks):
            between = part.markdown[begin.end() : end.start()] if begin[0] == end[0] else ""
            in_quote, in_table = INDENT.sub("\n", between), between.replace("\\|", "|")
            for tex in dict.fromkeys(one for one in (between, in_quote, in_table) if one.strip()):
                made, _ = formula(tex, len(begin[0]) == 2)
                yield tex, "".join(Outward.markup(self, child) for child in read_tree(made).children)

    def _math(self, made: str, is_block: bool) -> str:
        written = self._tex(self.formulas.get(made, ""), is_block)
        if not written:
            self.lost.append("a formula is MathML there, which old versions of Anki do not show.")
        return written or made

    def _tex(self, tex: str, is_block: bool) -> str:
        """A formula for MathJax; empty where that cannot be told where it ends."""
        begin, end = (r"\[", r"\]") if is_block else (r"\(", r"\)")
        bare = COMMENT.sub("", tex).strip()
        if not bare or begin in bare or end in bare:
            return ""
        spaced = re.sub(r"\s*([<>])\s*", r" \1 ", bare)  # `a<b` would begin a tag once MathJax has it as text
        return f"{begin}{html.escape(CONTROLS.sub('', spaced), quote=False)}{end}"
