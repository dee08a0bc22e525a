"""What questions show as HTML for other systems: no class of ours, no link into the site, pictures as files."""

import html
import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from quizapp.formats.contract import Media
from quizapp.formats.hypertext.tree import VOID, Node, read_tree
from quizapp.formats.pictures import digest_of, media_path
from quizapp.questions.base import Prose

INSIDE = "quizapp-content/"  # stands for links into the site, which the parser would drop
LANGUAGE = re.compile(r"language-[\w+#-]+")
LONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>\s*", re.DOTALL)


@dataclass(slots=True)
class Outward:
    """The HTML of one question; `address` is put before the names of its pictures."""

    media: Media
    address: str
    pictures: dict[str, bytes] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    def take(self) -> dict[str, bytes]:
        """The pictures that were shown since they were taken last."""
        taken, self.pictures = self.pictures, {}
        return taken

    def html(self, *parts: Prose) -> str:
        """The HTML of some parts, one below the other."""
        return "".join(self.one(part) for part in parts if part)

    def line(self, part: Prose) -> str:
        """The HTML of a part without the paragraph around it, where it is one."""
        text = self.one(part)
        lone = LONE_PARAGRAPH.fullmatch(text)
        return lone[1] if lone else text

    def one(self, part: Prose) -> str:
        """The HTML of one part."""
        root = read_tree(part.html.replace('="content:', f'="{INSIDE}'))
        return "".join(map(self.markup, root.children))

    def markup(self, node: Node | str) -> str:
        """The HTML of an element or a text."""
        if isinstance(node, str):
            return self.text(node)
        inner = "".join(map(self.markup, node.children))
        if node.tag == "img":
            return self.picture(node)
        if node.tag == "a" and node.get("href").startswith((INSIDE, "#")):
            self.lost.append("a link into the site is left out.")
            return inner
        kept = _attributes(node)
        if node.tag in ("span", "div") and not kept:
            return inner
        written = "".join(f' {name}="{html.escape(value)}"' for name, value in kept.items())
        return f"<{node.tag}{written}>" + ("" if node.tag in VOID else f"{inner}</{node.tag}>")

    def text(self, text: str) -> str:
        """The HTML of a text."""
        return html.escape(text, quote=False)

    def picture(self, node: Node) -> str:
        """The HTML of a picture; its description where it is not found."""
        path = unquote(node.get("src").removeprefix(INSIDE))
        data = self.media(path) if path else None
        if data is None:
            self.lost.append(f"the picture {path or node.get('alt')} is not found, and is left out.")
            return html.escape(node.get("alt"), quote=False)
        ending = re.search(r"\.\w{1,5}$", path.lower())
        name = media_path(path, ending[0] if ending else "", digest_of(data)).rpartition("/")[2]
        self.pictures[name] = data
        size = "".join(f' {one}="{html.escape(node.get(one))}"' for one in ("width", "height") if node.get(one))
        return f'<img src="{self.address}{quote(name)}" alt="{html.escape(node.get("alt"))}"{size}>'


def _attributes(node: Node) -> dict[str, str]:
    kept = {name: value for name, value in node.attributes.items() if name not in ("class", "style", "tabindex")}
    language = LANGUAGE.search(node.get("class"))
    return kept | ({"class": language[0]} if language else {})
