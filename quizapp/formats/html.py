"""HTML of question banks as our Markdown: what is shown of it is the text that stood there.

The sanitiser parses (as browsers do, and so that no tag is left open), `hypertext` writes. None of the converters that
exist knows what has a meaning in our format (`[[…]]`, `- ( )`, `$…$`, `{#name}`), and each brings a parser of its own.
"""

import html
import re
from collections.abc import Callable, Sequence

from quizapp.formats.hypertext.blocks import Blocks
from quizapp.formats.hypertext.paragraphs import Paragraphs
from quizapp.formats.hypertext.tree import Conversion, Node, lost_tags, read_tree, text_in

MAX_HTML = 200_000  # characters of one text
MAX_OPEN = 1000  # tags that stand open at once: what is parsed in it takes time with the square of them
DEEPEST, DEEPEST_MARKED = 60, 12  # elements in each other that are written, and those that mark each line in them
MARKED = frozenset({"blockquote", "li", "dd"})
TAG = re.compile(r"<(/?)[A-Za-z][^>]*(?:>|\Z)")  # what never ends reaches to the end: it is searched once
MARKUP = re.compile(r"<!--.*?(?:-->|\Z)|<[!?/]?[A-Za-z][^>]*(?:>|\Z)", re.DOTALL)
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0\ud800-\udfff]")

# A picture that stands in the text itself, as editors paste it: it counts not among its characters.
EMBEDDED = re.compile(r"(<img\b[^<>]*?\bsrc\s*=\s*[\"'])(data:image/[\w.+-]+;base64,[A-Za-z0-9+/=\s]*)", re.IGNORECASE)
PLACE = "embedded-picture-"

Address = Callable[[str, bool], str]  # where a link or (True) a picture leads to instead; empty: nowhere


def markdown_of(html: str, address: Address | None = None) -> tuple[str, tuple[str, ...]]:
    """The Markdown of some HTML, and sentences on what of it is lost.

    Text stays text, whatever it looks like. `address` is asked where each link and picture leads; without it they
    lead where they did. Raises nothing; time and memory are bounded by counts.
    """
    source, embedded = _apart(html)
    if embedded:
        return markdown_of(source, _leading_to(embedded, address))
    source = CONTROLS.sub("\N{REPLACEMENT CHARACTER}", source.replace("\r\n", "\n").replace("\r", "\n"))
    if len(source) > MAX_HTML:
        told = f"what stands behind the first {MAX_HTML} characters of a text is left out."
        markdown, lost = markdown_of(source[:MAX_HTML], address)
        return markdown, (told, *lost)
    root = read_tree(source) if _open_tags(source) <= MAX_OPEN else None
    if root is None or _is_deep(root):
        return _plain(source), ("a text is nested too deeply: it is taken without its looks.",)
    conversion = Conversion(address or (lambda where, is_picture: where))
    conversion.lose(*lost_tags(source))
    return "\n\n".join(Blocks(conversion).of(root.children)), tuple(conversion.lost)


def _apart(html: str) -> tuple[str, list[str]]:
    """Some HTML with short addresses for the pictures that stand in it, and these pictures."""
    embedded: list[str] = []

    def place(found: re.Match[str]) -> str:
        embedded.append(found[2])
        return f"{found[1]}{PLACE}{len(embedded) - 1}"

    return EMBEDDED.sub(place, html), embedded


def _leading_to(embedded: Sequence[str], address: Address | None) -> Address:
    """Addresses where those short ones are what they stand for."""

    def leading(where: str, is_picture: bool) -> str:
        number = where.removeprefix(PLACE)
        is_short = where != number and number.isdecimal() and int(number) < len(embedded)
        whole = embedded[int(number)] if is_short else where
        return address(whole, is_picture) if address else whole

    return leading


def text_of_html(html: str) -> str:
    """The text that stands in some HTML, white space as single ones; of a picture its description."""
    source = CONTROLS.sub("\N{REPLACEMENT CHARACTER}", _apart(html)[0][:MAX_HTML])
    root = read_tree(source) if _open_tags(source) <= MAX_OPEN else None
    return " ".join((text_in(root) if root is not None else _bare(source)).split())


def _open_tags(source: str) -> int:
    """The most tags that can stand open at once."""
    count = most = 0
    for tag in TAG.finditer(source):
        count = max(0, count - 1) if tag[1] else count + 1
        most = max(most, count)
    return most


def _is_deep(root: Node) -> bool:
    level, depth = [(root, 0)], 0  # elements of a depth, each with how many that mark lines are around it
    while level:
        depth += 1
        if depth > DEEPEST or any(marked > DEEPEST_MARKED for _, marked in level):
            return True
        inner = ((child, marked) for node, marked in level for child in node.children if isinstance(child, Node))
        level = [(child, marked + (child.tag in MARKED)) for child, marked in inner]
    return False


def _bare(source: str) -> str:
    return html.unescape(MARKUP.sub(" ", source))


def _plain(source: str) -> str:
    return Paragraphs(Conversion(lambda where, is_picture: "")).of([_bare(source)])
