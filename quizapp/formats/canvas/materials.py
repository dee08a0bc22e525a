"""The texts of an item of QTI 1.2 as HTML, and what its metadata says."""

import html
from collections.abc import Callable
from dataclasses import dataclass

from quizapp.formats.elements import Element

TYPED = ("response_str", "response_num")
SKIPPED = frozenset({"response_lid", "response_grp", "response_xy", "render_extension"})
HTML = frozenset({"text/html", "html", "application/xhtml+xml", "text/xhtml"})  # the last is said by ILIAS


@dataclass(frozen=True, slots=True)
class Label:
    """Something offered: its identifier, its text as HTML, and its element."""

    ident: str
    html: str
    element: Element

    @property
    def text(self) -> str:
        """Its text where it is plain."""
        return html.unescape(self.html)


def html_of(element: Element | None, at_gap: str = "") -> str:
    """All texts in an element as HTML, those of responses in it left out; `at_gap` stands where something is typed."""
    if element is None:
        return ""
    return "".join(_pieces(element, at_gap))


def _pieces(element: Element, at_gap: str) -> list[str]:
    found: list[str] = []
    for child in element.children:
        if child.tag in ("mattext", "matemtext"):
            found.append(mattext(child))
        elif child.tag == "mat_formattedtext":  # of Blackboard
            is_html = child.get("type").lower() in ("html", "smart_text")
            found.append(child.inner if is_html else html.escape(child.text, quote=False))
        elif child.tag in SHOWN:
            found.append(SHOWN[child.tag](child))
        elif child.tag in TYPED:
            found.append(at_gap)
        elif child.tag not in SKIPPED:
            found += _pieces(child, at_gap)
    return found


def _picture(element: Element) -> str:
    return f'<img src="{html.escape(element.get("uri"))}" alt="{html.escape(element.get("label"))}">'


def _film(element: Element) -> str:
    return f'<video src="{html.escape(element.get("uri"))}"></video>'


SHOWN: dict[str, Callable[[Element], str]] = {
    "matimage": _picture,
    "matbreak": lambda _: "<br>",
    **dict.fromkeys(("mataudio", "matvideo", "matapplet", "matapplication"), _film),
}


def mattext(element: Element) -> str:
    """One text: HTML where it says so or holds elements, else plain, its lines kept."""
    if element.children or element.get("texttype").lower() in HTML:
        return element.inner
    return html.escape(element.text.strip(" \n\t") if not element.text.strip() else element.text, quote=False)


def name_of(response: Element) -> str:
    """What conditions call a response; one of Brightspace for a line to match has another attribute for that."""
    return response.get("ident") or response.get("respident")


def labels_of(response: Element) -> list[Label]:
    """What a response offers, in order."""
    return [Label(one.get("ident"), html_of(one), one) for one in response.find("response_label")]


def metadata_of(item: Element) -> dict[str, str]:
    """The fields of its metadata by name, as Canvas, Brightspace or Blackboard has them; of two of a name the first."""
    found: dict[str, str] = {}
    for one in item.find("qtimetadatafield", "qti_metadatafield"):
        found.setdefault(one.said("fieldlabel").lower(), one.said("fieldentry"))
    for metadata in item.all("itemmetadata"):
        for one in metadata.children:
            if not one.children:
                found.setdefault(one.tag.lower(), one.text.strip())
    return found


def feedback_of(item: Element) -> dict[str, str]:
    """What is said, by its identifier, as HTML; what is empty is left out, as are solutions and hints."""
    said = [one for one in item.find("itemfeedback") if not one.find("solution", "hint")]
    texts = {one.get("ident"): html_of(one) for one in said}
    return {ident: text for ident, text in texts.items() if text.strip()}


def asides_of(item: Element, kind: str) -> list[str]:
    """The texts of all `solution` or `hint` elements of an item, as HTML."""
    return [text for one in item.find(kind) if (text := html_of(one)).strip()]
