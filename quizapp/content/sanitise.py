"""HTML cleaned against an allow-list. The only module that imports the sanitiser."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

import nh3

from quizapp.content.links import SCHEME, content_target, has_scheme, is_inside, symbolic

SPANS = "a abbr b bdi bdo br cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr"
BLOCKS = (
    "blockquote dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr img li ol p pre section summary"
    " caption col colgroup table tbody td tfoot th thead tr ul"
)
MATH = (
    "math mfenced mfrac mi mlabeledtr mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt"
    " mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none"
)
TAGS = frozenset(f"{SPANS} {BLOCKS} {MATH}".split())
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id", "title", "lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope", "headers"},
    "details": {"open"},
    "time": {"datetime"},
    "math": {"display", "xmlns"},
    "mo": {
        "stretchy",
        "fence",
        "separator",
        "form",
        "accent",
        "movablelimits",
        "minsize",
        "maxsize",
        "lspace",
        "rspace",
    },
    "mi": {"mathvariant"},
    "mn": {"mathvariant"},
    "mtext": {"mathvariant"},
    "mspace": {"width", "height", "depth", "linebreak"},
    "mfrac": {"linethickness"},
    "mstyle": {"displaystyle", "scriptlevel", "mathvariant"},
    "mtable": {"columnalign", "rowspacing", "columnspacing", "displaystyle"},
    "mtd": {"columnalign", "columnspan", "rowspan"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "mpadded": {"width", "height", "depth", "lspace", "voffset"},
}
# Classes that our style sheet knows from prose; any other could only dress text up as what it is not.
CLASSES = re.compile(
    r"language-[\w+#-]+|[a-z]{1,2}\d?|admonition(?:-title)?|note|tip|important|warning|caution|align-(?:left|center|right)"
    r"|tabs?|tab-title|task|is-done|footnote(?:-ref|-backref)?|formula"
)
RESERVED = "page-"  # ids of the page around the prose begin so
CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Target:
    """What a fragment links to or shows: a content path (empty: the page itself), an anchor, and how it was written."""

    path: str
    anchor: str
    written: str
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fragment stands: the folder of its file, what keeps its ids apart on the page, and what keeps those of
    its footnotes apart. `included` maps the written paths of includes to their HTML.
    """

    folder: str
    prefix: str = ""
    notes: str = ""
    included: Mapping[str, str] = field(default_factory=dict)


class Sanitiser:
    """Cleans one fragment after another; not for use by two threads at once."""

    def __init__(self) -> None:
        self._begin(Place(""))
        self._cleaner = nh3.Cleaner(
            tags=set(TAGS),
            attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
            attribute_filter=self._filtered,
            url_schemes={"http", "https", "mailto", "tel", SCHEME.removesuffix(":")},
            link_rel="noopener",
            strip_comments=True,
        )

    def clean(self, raw: str, place: Place) -> tuple[str, tuple[Target, ...], tuple[str, ...]]:
        """The safe HTML of a fragment, what it links to, and the addresses of pictures that are not shown.

        Links into the content folder are symbolic in it.
        """
        self._begin(place)
        safe = self._cleaner.clean(raw)
        return safe, tuple(dict.fromkeys(self.targets)), tuple(dict.fromkeys(self.remote))

    def _begin(self, place: Place) -> None:
        self.place = place
        self.targets: list[Target] = []
        self.remote: list[str] = []

    def _filtered(self, tag: str, name: str, value: str) -> str | None:
        """The attribute as it may stand; None where it may not."""
        if name == "id":
            return self._id(value)
        if name == "class":
            return " ".join(word for word in value.split() if CLASSES.fullmatch(word)) or None
        return self._address(value, name == "src") if name in ("href", "src") else value

    def _id(self, name: str) -> str:
        if self.place.prefix:
            return f"{self.place.prefix}-{name}"
        if name.startswith(RESERVED):
            return f"x-{name}"
        return f"{self.place.notes}-{name}" if self.place.notes and is_footnote(name) else name

    def _address(self, value: str, is_picture: bool) -> str | None:
        if value.startswith(SCHEME):  # of a file that was included
            return value if is_inside(unquote(value.removeprefix(SCHEME).partition("#")[0])) else None
        if value.startswith("#"):
            if not is_footnote(value[1:]):
                self.targets.append(Target("", unquote(value[1:]), value))
            return f"#{self._id(value[1:])}"
        plain = CONTROLS.sub("", value).strip().replace("\\", "/")  # as a browser reads it
        if is_picture and has_scheme(plain):
            self.remote.append(value)
            return None  # no request leaves the machine: a picture comes from the content folder
        target = content_target(plain if "\\" in value else value, self.place.folder)
        if target:
            self.targets.append(Target(*target, value, is_picture))
            return symbolic(*target)
        if not has_scheme(plain) and not plain.startswith("/"):
            self.targets.append(Target("..", "", value, is_picture))  # outside of the content folder there is nothing
        return plain if plain.startswith("/") else value


def is_footnote(anchor: str) -> bool:
    """Whether an anchor is one that a footnote was given."""
    return anchor.startswith(("fn:", "fnref"))
