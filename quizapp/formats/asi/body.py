"""The body of an item: what is shown, as HTML, and what is asked in it."""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from quizapp.formats.asi.tree import Node
from quizapp.formats.asi.values import Unsupported

INLINE = ("inlinechoice", "textentry")
BLOCKS = ("choice", "order", "match", "associate", "gapmatch", "hottext", "extendedtext", "slider")
KINDS = (*INLINE, *BLOCKS)
FEEDBACK = ("feedbackinline", "feedbackblock", "modalfeedback")
OPENS, CLOSES = "\ue0a0", "\ue0a1"  # around the number of a gap, where its blank will stand
VOID = {"br", "hr", "img", "col", "wbr"}
KEPT = {"src", "alt", "href", "title", "colspan", "rowspan", "start", "type", "class"}
LEFT_OUT = {"script", "style", "prompt", "stylesheet", "catalogref", "cataloginfo"}
TEMPLATES = {"printedvariable", "templateinline", "templateblock", "templatedeclaration", "templateprocessing"}
# Classes by which our own exporter tells heading from prompt, and says which credit rule it wrote.
HEAD, PROMPT, CREDIT = "quizapp-heading", "quizapp-prompt", "quizapp-credit-"


@dataclass(frozen=True, slots=True)
class Offered:
    """Something to choose, to place or to put something beside; its feedback apart."""

    id: str
    html: str
    text: str
    most: int = 0  # how often it may be used; 0: any number
    is_fixed: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Interaction:
    """Something asked: its kind without the word interaction, its response, and what is offered.

    `others` are the choices of the second set of a match, `gaps` those of the gaps that stand in the text.
    """

    kind: str
    response: str
    node: Node
    offered: tuple[Offered, ...] = ()
    others: tuple[Offered, ...] = ()
    gaps: tuple[str, ...] = ()

    @property
    def most(self) -> int:
        """How many may be chosen; 0: any number."""
        written = self.node.get("maxchoices") or self.node.get("maxassociations") or "1"
        return int(written) if written.isdecimal() and len(written) < 6 else 1

    @property
    def credit(self) -> str:
        """The credit rule that our own exporter names, where several say the same."""
        return next((one.removeprefix(CREDIT) for one in self.node.get("class").split() if one.startswith(CREDIT)), "")

    @property
    def is_shuffled(self) -> bool:
        """Whether the choices may be shown in another order."""
        return self.node.get("shuffle", "false").lower() in ("true", "1")


@dataclass(slots=True)
class Body:
    """What an item shows and asks; `blanks` are the numbers of its gaps as (response, id of the gap)."""

    html: str = ""
    interactions: list[Interaction] = field(default_factory=list)
    blanks: list[tuple[str, str]] = field(default_factory=list)
    feedback: list[Node] = field(default_factory=list)
    rubrics: list[Node] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    has_text_below: bool = False


def read_body(node: Node) -> Body:
    """The body of an item. Raises Unsupported for what asks in a way that nothing here asks in."""
    unread = [
        one.tag for one in node.walk() if _is_interaction(one) and one.tag.removesuffix("interaction") not in KINDS
    ]
    if unread:
        raise Unsupported(f"it is of the type {_named(unread)}, which is not supported.")
    if any(one.tag in TEMPLATES for one in node.walk()):
        raise Unsupported("its values are drawn anew for each learner (templates), which is not supported.")
    reader = _Reader()
    reader.is_composite = sum(map(_is_interaction, node.walk())) > 1
    reader.body.html = reader.inside(node)
    return reader.body


def _is_interaction(node: Node) -> bool:
    return node.tag.endswith("interaction")


def _named(tags: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(f"{tag.removesuffix('interaction')}Interaction" for tag in tags))


class _Reader:
    """Writes HTML and takes out of it what asks and what answers."""

    def __init__(self) -> None:
        self.body = Body()
        self.is_composite = False  # whether several things are asked

    def inside(self, node: Node) -> str:
        """The HTML of all that is in an element."""
        return "".join(
            html.escape(one, quote=False) if isinstance(one, str) else self.one(one) for one in node.children
        )

    def one(self, node: Node) -> str:
        """The HTML of one element."""
        if _is_interaction(node):
            return self.interaction(node)
        special: dict[str, Callable[[Node], str]] = {
            "rubricblock": self.rubric,
            "object": self.object,
            "gap": self.gap,
            "hottext": lambda node: f"<b>{self.inside(node)}</b>",
            "include": lambda node: self.lose(f"what stands in “{node.get('href')[:80]}”"),
            **dict.fromkeys(FEEDBACK, self.keep_feedback),
            **dict.fromkeys(LEFT_OUT, lambda node: ""),
        }
        return special.get(node.tag, self.element)(node)

    def keep_feedback(self, node: Node) -> str:
        """Feedback is no part of the text."""
        self.body.feedback.append(node)
        return ""

    def element(self, node: Node) -> str:
        """An element of HTML as it is."""
        if any(name.startswith("on") for name in node.attributes):
            self.lose("a script of its own")
        kept = "".join(f' {name}="{html.escape(value)}"' for name, value in node.attributes.items() if name in KEPT)
        if node.tag in VOID:
            return f"<{node.tag}{kept}>"
        if not node.tag.isalnum():
            return self.inside(node)
        return f"<{node.tag}{kept}>{self.inside(node)}</{node.tag}>"

    def object(self, node: Node) -> str:
        """A picture that is written as an object; anything else is lost, but for what it says."""
        if node.get("type").startswith("image/"):
            return f'<img src="{html.escape(node.get("data"))}" alt="{html.escape(node.words)}">'
        self.lose(f"an object of the type {node.get('type') or 'that is not told'}")
        return self.inside(node)

    def rubric(self, node: Node) -> str:
        """What is said to learners stays in the text; what is said to others is kept apart."""
        views = node.get("view", "candidate").lower().split()
        if "candidate" in views or not views:
            inner = node.first("contentbody")
            return f"<div>{self.inside(inner or node)}</div>"
        self.body.rubrics.append(node)
        return ""

    def gap(self, node: Node) -> str:
        """The place of a gap."""
        self.body.blanks.append((self.response, node.get("identifier")))
        return f"{OPENS}{len(self.body.blanks) - 1}{CLOSES}"

    response = ""

    def interaction(self, node: Node) -> str:
        """What is asked; its prompt, and the text that it stands in, are shown."""
        kind = node.tag.removesuffix("interaction")
        response = node.get("responseidentifier")
        if kind in INLINE:
            return self.in_line(kind, response, node)
        prompt = "".join(f"<div>{self.inside(one)}</div>" for one in node.all("prompt"))
        if kind == "slider":
            bounds = f"from {node.get('lowerbound')} to {node.get('upperbound')}"
            self.body.lost.append(f"a number {bounds} was set with a slider there, and is typed here.")
            return f"{prompt}<p>{self.in_line('textentry', response, node)}</p>"
        if self.is_composite and kind == "choice" and node.get("maxchoices", "1") == "1":
            self.body.lost.append("it asks several things: its choices are lists in the text, which take plain text.")
            return f"{prompt}<p>{self.in_line('inlinechoice', response, node)}</p>"
        if kind in ("gapmatch", "hottext"):
            return prompt + self.in_text(kind, response, node)
        sets = node.all("simplematchset")
        first, second = [*sets, None, None][:2] if kind == "match" else (node, None)
        tags = ("simplechoice", "simpleassociablechoice")
        found = Interaction(
            kind,
            response,
            node,
            self.offered(first, *tags) if first else (),
            self.offered(second, *tags) if second else (),
        )
        self.body.interactions.append(found)
        return prompt

    def in_line(self, kind: str, response: str, node: Node) -> str:
        """A gap to type into, or with a list."""
        self.body.interactions.append(
            Interaction(kind, response, node, self.offered(node, "inlinechoice", "simplechoice"))
        )
        self.body.blanks.append((response, ""))
        return f"{OPENS}{len(self.body.blanks) - 1}{CLOSES}"

    def in_text(self, kind: str, response: str, node: Node) -> str:
        """Gaps or words that stand in a text, which is shown."""
        if node.find("gapimg"):
            raise Unsupported("it is of the type gapMatchInteraction with pictures, which is not supported.")
        self.response, before = response, len(self.body.blanks)
        rest = [one for one in node.children if not (isinstance(one, Node) and one.tag in ("prompt", "gaptext"))]
        shown = self.inside(Node("div", children=rest))
        gaps = tuple(name for _, name in self.body.blanks[before:])
        offered = self.offered(node, "gaptext") if kind == "gapmatch" else self.hot(node)
        self.body.interactions.append(Interaction(kind, response, node, offered, gaps=gaps))
        return f"<div>{shown}</div>"

    def hot(self, node: Node) -> tuple[Offered, ...]:
        """The words of a text that can be chosen."""
        return tuple(self.choice(one) for one in node.find("hottext"))

    def offered(self, node: Node, *tags: str) -> tuple[Offered, ...]:
        """The choices in an element, those in others of it too."""
        return tuple(self.choice(one) for one in node.all(*tags))

    def choice(self, node: Node) -> Offered:
        """One choice."""
        most = node.get("matchmax", "1")
        shown = self.inside(node).strip()
        text = "".join(_shown(child) for child in node.children)
        return Offered(
            node.get("identifier"),
            shown,
            " ".join(text.split()),
            int(most) if most.isdecimal() and len(most) < 6 else 1,
            node.get("fixed").lower() in ("true", "1"),
            node.line,
        )

    def lose(self, what: str) -> str:
        """Remember that something of the text is lost: nothing is shown of it."""
        told = f"{what} is left out."
        if told not in self.body.lost:
            self.body.lost.append(told)
        return ""


def _shown(child: Node | str) -> str:
    if isinstance(child, str):
        return child
    return "" if child.tag in FEEDBACK else child.get("alt") + "".join(map(_shown, child.children))


def content_of(node: Node) -> str:
    """The HTML of feedback or a rubric."""
    reader = _Reader()
    return reader.inside(node.first("contentbody") or node).strip()
