"""Inline text of Microsoft Learn to ours: links, pictures, HTML and the marks of sandboxes; reference section 2.2."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from quizapp.content.sanitise import TAGS
from quizapp.formats.mslearn.addresses import Addresses
from quizapp.formats.mslearn.notes import Place
from quizapp.formats.mslearn.rows import outside_code, pieces

NAME = r"[A-Za-z][A-Za-z0-9:_.-]{0,60}"
TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>{NAME})(?P<inside>(?:\s(?:[^<>\"']|\"[^\"<>]{{0,2000}}\"|'[^'<>]{{0,2000}}'){{0,300}})?)(?P<alone>/?)>"
)
PSEUDO = re.compile(rf"(?<!\\)<(?=/?{NAME})")
ATTRIBUTE = re.compile(
    r"([A-Za-z][\w:-]{0,40})\s{0,9}=\s{0,9}(?:[\"“”]([^\"“”]{0,4000})[\"“”]|'([^']{0,4000})'|([^\s\"'>]{1,2000}))"
)
HANDLER = re.compile(r"\son\w+\s*=", re.IGNORECASE)
LINK = re.compile(
    r"(?P<bang>!?)\[(?P<text>(?:[^\[\]\\]|\\.|!?\[[^\[\]]{0,300}\](?:\([^()\s]{0,500}\))?){0,600})\]"
    r"\([ \n]{0,9}(?:<(?P<angled>[^<>\n]{0,2000})>|(?P<address>(?:[^()\s<>]|\([^()\s]{0,200}\)){0,2000}))"
    r"(?:[ \n]{1,9}(?P<title>\"[^\"]{0,500}\"|'[^']{0,500}'))?[ \n]{0,9}\)"
)
DEFINITION = re.compile(
    r"^(?P<start> {0,3}\[(?!\^)[^\[\]\n]{1,300}\]: {0,9})<?(?P<address>[^\s<>]{1,2000})>?", re.MULTILINE
)
XREF = re.compile(r"<xref:([^<>\s]{1,300})>")
NAMED = r"""<a\s+(?:name|id)=["'](?P<name>[\w-]{1,200})["']\s{0,9}(?:/>|>\s{0,9}</a>)"""
ANCHOR = re.compile(rf"^(?P<start>[ ]{{0,3}}\#{{1,6}}[ ]+)(?P<before>[^<\n]*){NAMED}[ ]*(?P<after>.*)$", re.MULTILINE)
EMPTY_ANCHOR = re.compile(r"""<a\s+(?:name|id)=["'][^"'<>]{1,200}["']\s*(?:/>|>\s*</a>)""")
PAIR = re.compile(r"<a\s(?P<inside>[^<>]{1,3000})>(?P<text>[^<>\[\]]{0,2000})</a>", re.IGNORECASE)
MARKED = {"b": "**", "strong": "**", "i": "*", "em": "*"}
EMPHASIS = re.compile(
    r"<(?P<name>b|strong|i|em)(?P<inside>\s[^<>]{0,300})?>(?P<text>[^<>*_\s](?:[^<>*_]{0,1998}[^<>*_\s])?)</(?P=name)>",
    re.IGNORECASE,
)
OUTER_BREAK = re.compile(r"^([ >]*)<br\s{0,9}/?>[ ]*|[ ]*<br\s{0,9}/?>[ ]*\Z", re.MULTILINE)
DROPPED = frozenset({"rgn", "div", "span", "font", "center"})
WITH_TEXT = re.compile(r"<(script|style)\b[^<>]{0,2000}>.*?(?:</\1\s{0,9}>|\Z)", re.IGNORECASE | re.DOTALL)
UNSAFE = frozenset(
    {
        *("script", "style", "iframe", "object", "embed", "form", "input", "button", "textarea", "select", "option"),
        *("link", "meta", "base", "svg", "video", "audio", "source"),
    }
)
KEPT_ATTRIBUTES = frozenset({"colspan", "rowspan", "start"})
KEPT = (TAGS - {"a", "img", "h1", "h2", "h3", "h4", "h5", "h6"}) - DROPPED
ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,6}|#[xX][0-9A-Fa-f]{1,5});")
NO_LOC = re.compile(r":::\s{0,9}no-loc\s{1,9}text=[\"“”]([^\"“”]{0,500})[\"“”]\s{0,9}:::")
IMAGE = re.compile(
    r":::\s{0,9}(?P<kind>image|video)(?=\s)(?P<inside>(?:[^:\"“”]|:(?!::)|[\"“”][^\"“”]{0,3000}[\"“”]){0,600}):::"
)


@dataclass(frozen=True, slots=True)
class Inliner:
    """Changes the paragraphs of one text."""

    addresses: Addresses

    def paragraph(self, text: str, place: Place) -> str:
        """A paragraph (also a table, or lines of a list) as ours."""
        text = WITH_TEXT.sub(partial(self._without_script, place=place), text)
        text = IMAGE.sub(partial(self._colon_image, place=place), text) if ":::" in text else text
        text = _with_anchors(text) if "<a" in text else text
        text = outside_code(text, partial(self._tags, place=place)) if "<" in text else text
        text = outside_code(text, _without_entities) if "&" in text else text
        if "](" in text or "]:" in text or ":::" in text:
            text = self._links(text, place)
        return text

    def _links(self, text: str, place: Place) -> str:
        """Links and pictures; code in the text of a link is part of it, code around one is not."""
        held: list[str] = []

        def hold(code: str) -> str:
            held.append(code)
            return f"\ue001{len(held) - 1}\ue002"

        bare = _with_code(text, hold)
        bare = NO_LOC.sub(r"\1", bare)
        bare = LINK.sub(partial(self._link, place=place), bare)
        bare = DEFINITION.sub(partial(self._definition, place=place), bare)
        return re.sub("\ue001(\\d{1,6})\ue002", lambda one: held[int(one[1])] if int(one[1]) < len(held) else "", bare)

    def _link(self, found: re.Match[str], place: Place) -> str:
        written = html.unescape(found["angled"] if found["angled"] is not None else found["address"] or "")
        text, title = found["text"], f" {found['title']}" if found["title"] else ""
        if found["bang"]:
            return self.picture(text, written, title, place)
        text = LINK.sub(partial(self._link, place=place), text) if "](" in text else text
        address = self.addresses.link(written, place)
        return f"[{text}]({_written(address)}{title})" if address else text

    def picture(self, text: str, written: str, title: str, place: Place) -> str:
        """A picture in Markdown: a link where it stands on another site, its description where there is none."""
        description = re.sub(r"\s*\n\s*", " ", text.strip())
        if not description:
            self.addresses.note("no-alt", place)
        address = self.addresses.picture(written, place)
        if address.startswith(("http:", "https:", "//")):
            self.addresses.note("remote-image", place, path=address)
            return f"[{description or address}]({_written(address)})"
        return f"![{description}]({_written(address)}{title})" if address else description

    def _definition(self, found: re.Match[str], place: Place) -> str:
        address = self.addresses.link(html.unescape(found["address"]), place)
        return found["start"] + (_written(address) or "#")

    def _colon_image(self, found: re.Match[str], place: Place) -> str:
        """`:::image …:::` as a picture, `:::video …:::` as a link; the text of a complex one follows below."""
        attributes = read_attributes(found["inside"])
        source = attributes.get("source", "")
        if found["kind"] == "video":
            self.addresses.note("video", place)
            return f"[{escaped(attributes.get('title') or 'Watch the video')}]({_written(source)})" if source else ""
        is_icon = attributes.get("type") == "icon"
        alt = "" if is_icon else escaped(html.unescape(attributes.get("alt-text", "")))
        shown = f"![{alt}]({_written(source)})"
        full = attributes.get("lightbox", "").partition("#")[0]
        shown = f"[{shown}]({_written(full)})" if full and full != source else shown
        return f"{shown}\n\n:::image-text:::" if attributes.get("type") == "complex" else shown

    def _without_script(self, found: re.Match[str], place: Place) -> str:
        self.addresses.note("unsafe-html", place, tag=found[1].lower())
        return ""

    def _tags(self, text: str, place: Place) -> str:
        """HTML as Markdown where that can say it, else cleaned; what is no HTML is text."""
        text = XREF.sub(r"[\1](xref:\1)", text)
        text = PAIR.sub(_anchor, text)
        text = EMPHASIS.sub(partial(self._emphasis, place=place), text)
        text = text if "|" in text else OUTER_BREAK.sub(r"\1", text)
        end, parts = 0, []
        for found in PSEUDO.finditer(text):
            if found.start() < end:
                continue
            tag = TAG.match(text, found.start())
            parts.append(text[end : found.start()])
            end = tag.end() if tag else found.end()
            parts.append(self._tag(tag, place) if tag else found[0])
        return "".join([*parts, text[end:]])

    def _emphasis(self, found: re.Match[str], place: Place) -> str:
        if HANDLER.search(found["inside"] or ""):
            self.addresses.note("unsafe-html", place, tag=found["name"].lower())
        mark = MARKED[found["name"].lower()]
        return mark + found["text"] + mark

    def _tag(self, tag: re.Match[str], place: Place) -> str:
        name = tag["name"].lower()
        if name == "img" and tag["end"]:
            return ""
        if name == "img":
            attributes = read_attributes(tag["inside"])
            return f"![{escaped(html.unescape(attributes.get('alt', '')))}]({_written(attributes.get('src', ''))})"
        if HANDLER.search(tag["inside"]) or name in UNSAFE:
            self.addresses.note("unsafe-html", place, tag=name)
        if name in UNSAFE or name in DROPPED:
            return ""
        if name in KEPT:
            return _kept(tag, name)
        if name == "a":
            return ""
        self.addresses.note("pseudo-tag", place, tag=tag["name"])
        return "\\" + tag[0]


def _without_entities(text: str) -> str:
    """The text with the characters themselves for `&mdash;` and its kin; what could be markup stays."""
    return ENTITY.sub(
        lambda found: found[0] if (one := html.unescape(found[0])).isascii() or one.isspace() else one, text
    )


def read_attributes(inside: str) -> dict[str, str]:
    """The attributes of a tag or a `:::` marker, by their names in small letters."""
    return {
        one[1].lower(): next((value for value in one.groups()[1:] if value is not None), "")
        for one in ATTRIBUTE.finditer(inside)
    }


def escaped(text: str) -> str:
    """Text in square brackets, whatever brackets it has itself."""
    return re.sub(r"([\[\]\\])", r"\\\1", re.sub(r"\s*\n\s*", " ", text.strip()))


def _written(address: str) -> str:
    """An address as it can stand between round brackets."""
    plain = address.strip().replace("\\", "/")
    is_odd = re.search(r"[\s()]", plain) is not None
    return f"<{re.sub('[<>]', '', plain)}>" if is_odd else plain


def _kept(tag: re.Match[str], name: str) -> str:
    if name == "br":
        return "<br>"
    kept = {key: value for key, value in read_attributes(tag["inside"]).items() if key in KEPT_ATTRIBUTES}
    inside = "".join(f' {key}="{html.escape(value)}"' for key, value in kept.items())
    return f"<{tag['end']}{name}{inside}>"


def _anchor(found: re.Match[str]) -> str:
    address = html.unescape(read_attributes(found["inside"]).get("href", ""))
    return f"[{found['text']}]({_written(address)})" if address else found["text"]


def _with_anchors(text: str) -> str:
    """Named anchors in headings as names of the headings; others go."""

    def named(found: re.Match[str]) -> str:
        return f"{found['start']}{found['before']}{found['after']}".rstrip() + f" {{#{found['name']}}}"

    return EMPTY_ANCHOR.sub("", ANCHOR.sub(named, text))


def _with_code(text: str, hold: Callable[[str], str]) -> str:
    """The text with something that stands for each piece of inline code in it."""
    return "".join(hold(piece) if is_code else piece for is_code, piece in pieces(text)) if "`" in text else text
