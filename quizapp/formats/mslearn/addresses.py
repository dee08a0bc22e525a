"""Where the links and pictures of imported texts lead: reference section 2.2, rows on links, pictures and xref."""

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from quizapp.content.folder import MEDIA_TYPES
from quizapp.formats.mslearn.notes import Place
from quizapp.formats.mslearn.tree import MAX_MEDIA, MAX_TEXT, Found, Library, folder_of

LEARN = "https://learn.microsoft.com"
HOSTS = frozenset({"docs.microsoft.com", "learn.microsoft.com"})
LOCALE = re.compile(r"^/[a-z]{2}-[a-z]{2}(?=/)")
PAGE = re.compile(r"^/(?:learn|training)/(modules|paths)/([^/]+)(?:/([^/]+))?/?$")
TRACKING = re.compile(r"(?<=[?&])(?:azure-portal=true|(?:o?cid|WT\.mc_id)=[^&#]*)(?:&|(?=#|$))", re.IGNORECASE)
SAFE = frozenset({"http", "https", "mailto", "tel"})
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
TEXT_FILES = frozenset(
    {
        *(".json", ".js", ".ts", ".cs", ".py", ".ps1", ".sh", ".xml", ".yml", ".yaml", ".sql"),
        *(".html", ".css", ".java", ".go", ".rb", ".md", ".config", ".csproj", ".razor", ".bicep"),
    }
)


@dataclass(frozen=True, slots=True)
class Map:
    """Where everything of the tree stands in what is written: content paths.

    By the source path of a unit, module, path or included text; by uid; and by the address it has on Learn.
    """

    by_source: Mapping[str, str]
    by_uid: Mapping[str, str]
    by_address: Mapping[tuple[str, str, str], str]


@dataclass(slots=True)
class Assets:
    """The files to copy into one folder: the source by content path; `missing` are pictures that are not there."""

    folder: str
    copies: dict[str, Found] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # what each source is called

    def take(self, found: Found | None, path: str, suffix: str = "") -> str:
        """The path, from the folder, under which a file stands; `path` is that of the source."""
        if path not in self.names:
            self.names[path] = self._free(posixpath.basename(path) + suffix)
        name = self.names[path]
        if found:
            self.copies[posixpath.join(self.folder, name)] = found
        return name

    def _free(self, name: str) -> str:
        stem, dot, ending = re.sub(r"[^\w.-]+", "-", name).strip("-._").rpartition(".")
        stem = stem or "file"
        taken = {one.casefold() for one in self.names.values()}
        whole, number = f"media/{stem}{dot}{ending}", 1
        while whole.casefold() in taken:
            number += 1
            whole = f"media/{stem}-{number}{dot}{ending}"
        return whole


@dataclass(slots=True)
class Addresses:
    """Finds the addresses for the texts of one folder; `note` tells of them in the words of notes."""

    library: Library
    map: Map
    assets: Assets
    note: Callable[..., None]

    def picture(self, written: str, place: Place) -> str:
        """The address of a picture; that of another site is given back as it is, what cannot be is empty."""
        scheme = scheme_of(written)
        if scheme or written.startswith("//"):
            is_web = scheme in ("http", "https") or not scheme
            if not is_web:
                self.note("unsafe-link", place, scheme=scheme)
            return written if is_web else ""
        path = self.library.inside(unquote(written.partition("?")[0]), folder_of(place.path), place)
        if not path:
            return ""
        found = self.library.find(unquote(written.partition("?")[0]), folder_of(place.path), place)
        if found and (not _is_media(found.path) or not self.library.fits(found, MAX_MEDIA)):
            self.note("file-type", place, path=written)
            return ""
        target = self.assets.take(found, found.path if found else path)
        if not found:
            self.note("no-image", place, path=written, target=posixpath.join(self.assets.folder, target))
        return target

    def link(self, written: str, place: Place) -> str:
        """The address of a link; empty where its text is to stand alone."""
        scheme = scheme_of(written)
        if scheme == "xref":
            return self._uid(unquote(written[5:]), place)
        if scheme and scheme not in SAFE:
            self.note("unsafe-link", place, scheme=scheme)
            return ""
        if written.startswith("#"):
            return written
        if scheme in ("mailto", "tel"):
            return written
        if scheme or written.startswith("/"):
            return self._web(written)
        return self._file(written, place)

    def _uid(self, uid: str, place: Place) -> str:
        target = self.map.by_uid.get(uid.partition("?")[0].partition("#")[0].casefold())
        if target is None:
            self.note("no-uid-target", place, uid=uid)
            return ""
        return self._from_here(target)

    def _web(self, written: str) -> str:
        """An address on the web, or the page that was imported from it."""
        whole = LEARN + written if written.startswith("/") and not written.startswith("//") else written
        try:
            parts = urlsplit(whole)
        except ValueError:
            return ""
        page = PAGE.match(LOCALE.sub("", parts.path)) if parts.netloc.lower() in HOSTS else None
        target = self.map.by_address.get((page[1], page[2].casefold(), (page[3] or "").casefold())) if page else None
        return self._from_here(target) if target else without_tracking(whole)

    def _file(self, written: str, place: Place) -> str:
        """A link to a file of the tree."""
        path, hash_sign, anchor = written.partition("#")
        path = unquote(path.partition("?")[0])
        found = self.library.find(path, folder_of(place.path), place, code="") if path else None
        if found is None:
            self.note("no-target", place, path=written)
            return ""
        target = self.map.by_source.get(found.path)
        if target:
            return self._from_here(target) + hash_sign + anchor
        return self._attached(found, written, place)

    def _attached(self, found: Found, written: str, place: Place) -> str:
        is_text = posixpath.splitext(found.path)[1].lower() in TEXT_FILES
        if not is_text and not _is_media(found.path):
            self.note("file-type", place, path=written)
            return ""
        fits = self.library.fits(found, MAX_TEXT if is_text else MAX_MEDIA)
        return self.assets.take(found, found.path, ".txt" if is_text else "") if fits else ""

    def _from_here(self, target: str) -> str:
        return posixpath.relpath(target, self.assets.folder or ".")


def scheme_of(address: str) -> str:
    """The scheme of an address, in small letters; empty where it has none. A browser passes over some characters."""
    found = SCHEME.match(re.sub(r"[\x00-\x20\x7f]+", "", address))
    return found[0][:-1].lower() if found else ""


def without_tracking(address: str) -> str:
    """An address without what only says where a reader came from."""
    return re.sub(r"[?&](?=#|$)", "", TRACKING.sub("", address))


def _is_media(path: str) -> bool:
    return posixpath.splitext(path)[1].lower() in MEDIA_TYPES
