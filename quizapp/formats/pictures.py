"""Files that questions of a source show: which of them are taken along, and under which name."""

import base64
import binascii
import hashlib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from quizapp.content.folder import MEDIA_TYPES

FOLDER = "media"
KINDS = {kind: ending for ending, kind in MEDIA_TYPES.items() if kind.startswith("image/") and ending != ".jpeg"}
MAX_FILE = 8 * 1024 * 1024  # bytes
NAME_MOST = 40
# How files begin whose type is told by their bytes, so that a name cannot pass off one for another.
BEGINNINGS = {
    ".png": (b"\x89PNG\r\n",),
    ".jpg": (b"\xff\xd8",),
    ".jpeg": (b"\xff\xd8",),
    ".gif": (b"GIF8",),
    ".webp": (b"RIFF",),
    ".pdf": (b"%PDF",),
    ".svg": (b"<", b"\xef\xbb\xbf<", b"\n<", b" <"),
}


@dataclass(frozen=True, slots=True)
class Beside:
    """The files of a source by their addresses from its `folders`, the first in which there is one.

    `digests` are those of the bytes that were looked at, shared by what reads one source, so that each is made once.
    """

    files: Mapping[str, bytes]
    folders: tuple[str, ...] = ("",)
    digests: dict[bytes, str] = field(default_factory=dict)

    def digest(self, data: bytes) -> str:
        """A short hash of some bytes."""
        if data not in self.digests:
            self.digests[data] = digest_of(data)
        return self.digests[data]

    def get(self, address: str) -> bytes | None:
        """The bytes of the file at an address; None where there is none."""
        joined = [posixpath.join(folder, address) for folder in self.folders]
        paths = (path for one in joined for path in (one, posixpath.normpath(one)))
        return next((self.files[path] for path in paths if path in self.files), None)


NO_FILES = Beside({})


@dataclass(slots=True)
class Pictures:
    """The files of one question: `known` are those of the source."""

    known: Beside
    prefixes: tuple[str, ...] = ()  # of addresses, which stand for the folder of the files
    taken: dict[str, bytes] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    def address(self, where: str, is_picture: bool) -> str:
        """Where a link or picture of the question leads now: into `media/`, elsewhere, or nowhere (empty)."""
        if is_picture and where[:5].lower() == "data:":
            return self._embedded(where)
        bare = where.partition("?")[0].partition("#")[0]
        name = next((bare.removeprefix(prefix) for prefix in self.prefixes if bare.startswith(prefix)), bare)
        name = unquote(name).lstrip("/")
        data = self.known.get(name)
        if data is not None:
            return self._take(name, data)
        is_inside = name != bare or not re.match(r"[A-Za-z][\w+.-]*:|//|#", where)
        if is_inside:
            self.lost.append(f"the file {name[-80:]} is not in what was imported.")
        return "" if is_inside else where

    def _embedded(self, where: str) -> str:
        """A picture that stands in its own address."""
        head, _, text = where.partition(",")
        kind = KINDS.get(head.lower().removeprefix("data:").removesuffix(";base64"), "")
        try:
            data = base64.b64decode("".join(text.split()), validate=True)
        except (ValueError, binascii.Error):
            self.lost.append("a picture that stands in the text itself is damaged.")
            return ""
        return self._take(f"picture{kind}", data)

    def _take(self, name: str, data: bytes) -> str:
        ending = re.search(r"\.\w{1,5}$", name.lower())
        kind = ending[0] if ending else ""
        if kind not in MEDIA_TYPES or not data.startswith(BEGINNINGS.get(kind, (b"",))):
            advice = "Make it a PNG or JPEG there, and export again."
            self.lost.append(f"the file {name[-80:]} is of no type that is shown here. {advice}")
            return ""
        if len(data) > MAX_FILE:
            self.lost.append(f"the file {name[-80:]} has more than {MAX_FILE // 1024 // 1024} MiB.")
            return ""
        path = media_path(name, kind, self.known.digest(data))
        self.taken[path] = data
        return path


def digest_of(data: bytes) -> str:
    """A short hash of the bytes of a file."""
    return hashlib.sha256(data).hexdigest()[:8]


def media_path(name: str, kind: str, digest: str) -> str:
    """The path beside the bank: its own name, and a hash of its bytes, so that no other file has it."""
    stem = re.sub(r"[^a-z0-9]+", "-", name.rpartition("/")[2].lower().removesuffix(kind)).strip("-")[:NAME_MOST]
    return f"{FOLDER}/{(stem or 'file').removesuffix(f'-{digest}')}-{digest}{kind}"
