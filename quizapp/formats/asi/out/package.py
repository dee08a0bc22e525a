"""The zip package: an item for each question, the test that asks them, the pictures, and the manifest."""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from quizapp.content.model import Quiz
from quizapp.formats.asi.item import Found, read_item
from quizapp.formats.asi.out.elements import NAMESPACE, Address, Child, document, element, html_elements, listed, put
from quizapp.formats.asi.out.paper import CannotHold, Paper
from quizapp.formats.asi.out.types import WRITERS
from quizapp.formats.asi.processing import Steps
from quizapp.formats.asi.tree import read_tree
from quizapp.formats.asi.values import Unsupported
from quizapp.formats.contract import Loss, Media
from quizapp.formats.pictures import NO_FILES, Pictures
from quizapp.formats.writing import Writer
from quizapp.questions.base import Question

PACKAGING = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
METADATA = "http://ltsc.ieee.org/xsd/LOM"
MIDNIGHT = (1980, 1, 1, 0, 0, 0)  # the same questions give the same bytes
IDENTIFIER = re.compile(r"[^\W\d][\w-]*")
HELD = {"survey"}  # words of an attribute list that an item can say


@dataclass(slots=True)
class Package:
    """What goes into the archive."""

    media: Media
    files: dict[str, bytes] = field(default_factory=dict)
    resources: list[Element] = field(default_factory=list)
    items: list[tuple[str, str]] = field(default_factory=list)  # identifier and file
    keys: dict[str, tuple[str, str]] = field(default_factory=dict)  # the same by the key of their question
    shown: list[str] = field(default_factory=list)  # pictures of the test itself
    losses: list[Loss] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)
    writer: Writer = field(default_factory=Writer)

    def add(self, question: Question) -> None:
        """An item for a question; what it loses, or that it cannot be held, is remembered."""
        used = list[str]()
        paper = Paper(question, Address(lambda path: self._picture(path, used)))
        identifier = self._identifier(question)
        try:
            if question.type.name not in WRITERS:
                kind = question.type.title or question.type.name
                raise CannotHold(f"its type ({kind.lower()}) has no equal in QTI.")
            WRITERS[question.type.name](paper, question.type)
            data = document(paper.item(identifier), NAMESPACE)
        except (CannotHold, Unsupported) as why:
            self.losses.append(Loss(question.key, str(why), is_left_out=True))
            return
        name = f"items/{len(self.items) + 1:03d}.xml"
        self.files[name] = data
        self.items.append((identifier, name))
        self.keys[question.key] = identifier, name
        self.resources.append(_resource(f"item-{len(self.items)}", "imsqti_item_xmlv3p0", name, used, question.tags))
        told = [
            *paper.losses,
            *(f"{one} is left out." for one in dict.fromkeys(paper.address.lost)),
            *_unsaid(question),
        ]
        self.losses += [Loss(question.key, text) for text in told or self._reads_otherwise(question, data)]

    def _identifier(self, question: Question) -> str:
        """The name of a question, as an identifier of its own."""
        name = question.name if IDENTIFIER.fullmatch(question.name) else f"q.{question.name}"
        taken, number = {id for id, _ in self.items}, 2
        found = name
        while found in taken:
            found, number = f"{name}-{number}", number + 1
        return found

    def _picture(self, path: str, used: list[str], above: str = "../") -> str | None:
        """Where a picture of the content stands in the package, from an item or the test; None where there is none."""
        if path not in self.pictures:
            data = self.media(path)
            if data is None:
                return None
            name = re.sub(r"[^\w.-]", "-", path.rpartition("/")[2])
            is_free = f"media/{name}" not in self.files
            self.pictures[path] = f"media/{name}" if is_free else f"media/{len(self.pictures) + 1}-{name}"
            self.files[self.pictures[path]] = data
        used.append(self.pictures[path])
        return f"{above}{self.pictures[path]}"

    def _reads_otherwise(self, question: Question, data: bytes) -> list[str]:
        """What is otherwise when the item is read again, though nothing is lost that is known."""
        found = Found(read_tree(data), "", pictures=_AsWritten(self.pictures, question.path))
        again = read_item(found, self.writer, Steps(), question.tags)
        if again.question is None:
            return [f"it cannot be read again from this file: {again.refused}"]
        parts = [name for name, of in PARTS.items() if of(again.question) != of(question)]
        return [f"it reads otherwise when imported again: {', '.join(parts)}."] if parts else []

    def introduced(self, quiz: Quiz) -> list[Child]:
        """The introduction of a quiz as elements; what is lost of it is remembered."""
        used = list[str]()
        address = Address(lambda path: self._picture(path, used, ""))
        elements = html_elements(quiz.introduction, address)
        self.shown += used
        lost = dict.fromkeys(address.lost)
        self.losses += [Loss(quiz.key, f"{one} is left out of its introduction.") for one in lost]
        return elements

    def zipped(self, test: bytes) -> bytes:
        """The bytes of the archive, whose items a test asks."""
        self.files["test.xml"] = test
        first = _resource("test", "imsqti_test_xmlv3p0", "test.xml", self.shown, ())
        for place in range(1, len(self.items) + 1):
            put(first, element("dependency", {"identifierref": f"item-{place}"}))
        files = {"imsmanifest.xml": listed(_manifest([first, *self.resources]), PACKAGING), **self.files}
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(zipfile.ZipInfo(name, MIDNIGHT), data, zipfile.ZIP_DEFLATED)
        return made.getvalue()


class _AsWritten(Pictures):
    """Pictures under the addresses that the question has for them."""

    def __init__(self, pictures: Mapping[str, str], path: str) -> None:
        super().__init__(NO_FILES)
        self.paths = {f"../{name}": content for content, name in pictures.items()}
        self.folder = posixpath.dirname(path) or "."

    def address(self, where: str, is_picture: bool) -> str:
        """Where it led before."""
        return posixpath.relpath(self.paths[where], self.folder) if where in self.paths else where


PARTS: dict[str, Callable[[Question], object]] = {
    "its heading": lambda question: question.heading.markdown,
    "its text": lambda question: question.prompt.markdown,
    "its answers": lambda question: (question.type.name, question.type.write(), question.type.written_options()),
    "its explanation": lambda question: question.explanation.markdown,
    "its points": lambda question: question.points,
    "whether it is shuffled": lambda question: question.shuffle or question.type.shuffles != "asked",
    "its words": lambda question: question.words,
}


def _unsaid(question: Question) -> list[str]:
    """What no item can say of a question."""
    told = ["its hints are left out."] if question.hints else []
    told += ["what each try is worth is left out."] if question.tries else []
    told += ["its former names are left out."] if question.was else []
    words = [f".{word}" for word in question.words if word not in HELD]
    return told + ([f"{', '.join(words)} is left out."] if words else [])


def _resource(id: str, kind: str, href: str, needs: Sequence[str], tags: Sequence[str]) -> Element:
    parts = []
    if tags:
        words = [element("keyword", None, element("string", {"language": "x-none"}, tag)) for tag in tags]
        general = element("general", None, *words)
        parts.append(element("metadata", None, element("lom", {"xmlns": METADATA}, general)))
    files = [element("file", {"href": one}) for one in dict.fromkeys([href, *needs])]
    return element("resource", {"identifier": id, "type": kind, "href": href}, *parts, *files)


def _manifest(resources: Sequence[Element]) -> Element:
    about = element("metadata", None, element("schema", None, "QTI Package"), element("schemaversion", None, "3.0.0"))
    return element(
        "manifest", {"identifier": "package"}, about, element("organizations"), element("resources", None, *resources)
    )
