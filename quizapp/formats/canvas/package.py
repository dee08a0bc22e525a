"""A package of Canvas or Common Cartridge: which of its files hold questions, and which files those may show."""

import re
from collections.abc import Mapping

from quizapp.formats.pictures import Beside

RESOURCES = "web_resources/"
META = "assessment_meta.xml"
ENDINGS = (".xml", ".qti", ".dat")  # the last of Blackboard
NAMED = re.compile(rb"<\s*(?:\w+:)?questestinterop\b")


def documents_of(files: Mapping[str, bytes]) -> list[str]:
    """The files with questions, in order. Of two that hold one assessment, that in Canvas's own words is read."""
    names = [name for name in sorted(files) if name.lower().endswith(ENDINGS) and NAMED.search(files[name][:65536])]
    own = {name.rpartition("/")[2].partition(".")[0] for name in names if _is_own(name)}
    return [name for name in names if _is_own(name) or _folder(name) not in own]


def _is_own(name: str) -> bool:
    return name.lower().endswith(".xml.qti")


def files_beside(files: Mapping[str, bytes], document: str, digests: dict[bytes, str]) -> Beside:
    """The files of a package by every address that leads to them from a document."""
    return Beside(files, (document.rpartition("/")[0], "", RESOURCES), digests)


def meta_beside(files: Mapping[str, bytes], document: str) -> bytes | None:
    """What Canvas says of how the assessment in a document is taken; None where it says nothing."""
    folder, _, name = document.rpartition("/")
    places = [f"{folder}/{META}".lstrip("/"), f"{name.partition('.')[0]}/{META}"]
    return next((files[place] for place in places if place in files), None)


def _folder(name: str) -> str:
    return name.rpartition("/")[0].rpartition("/")[2]
