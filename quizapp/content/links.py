"""The symbolic links of rendered content (`content:exchange/media/a.svg#part`): writing, finding and resolving them."""

import html
import posixpath
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

SCHEME = "content:"
# The sanitiser leaves no `<` and `>` inside a tag, so that what looks like a link in code is never taken for one.
TAG = re.compile(r'<[a-z][^<>]*\b(?:href|src)="content:[^<>]*>')
LINK = re.compile(r'\b(href|src)="content:([^"#]*)(#[^"]*)?"')


def content_target(link: str, folder: str) -> tuple[str, str] | None:
    """The content path and the anchor that a relative link points to; None for any other link."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    path = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    return (path, unquote(parts.fragment)) if is_inside(path) else None


def is_inside(path: str) -> bool:
    """Whether a path stays in the content folder."""
    return bool(path) and not path.startswith("/") and ".." not in path.split("/")


def has_scheme(link: str) -> bool:
    """Whether a link leads to another host, or to something that is no page."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return True  # nothing of ours
    return bool(parts.scheme or parts.netloc)


def symbolic(path: str, anchor: str = "") -> str:
    """The link to a content path, and to an anchor there, as rendered content holds it."""
    return SCHEME + quote(path) + (f"#{quote(anchor)}" if anchor else "")


def paths_in(page: str) -> set[str]:
    """The content paths that HTML links to or shows."""
    if SCHEME not in page:
        return set()
    return {_path(link[2]) for tag in TAG.finditer(page) for link in LINK.finditer(tag[0])}


def with_addresses(page: str, address_of: Callable[[str], str]) -> str:
    """HTML with its symbolic links replaced; `address_of` gives the address of a content path."""
    if SCHEME not in page:
        return page
    texts, paths = _parted(page)
    addresses = [html.escape(address_of(path)) for path in paths]
    return "".join(part for pair in zip(texts, (*addresses, ""), strict=True) for part in pair)


@lru_cache(maxsize=1024)  # a page is shown many times, and its links are found once
def _parted(page: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """HTML taken apart at its symbolic links: what stands around them, and the content paths they name."""
    texts, paths, end = [], [], 0
    for tag in TAG.finditer(page):
        for link in LINK.finditer(page, tag.start(), tag.end()):
            texts.append(page[end : link.start(2) - len(SCHEME)])
            paths.append(_path(link[2]))
            end = link.end(2)
    return (*texts, page[end:]), tuple(paths)


def _path(written: str) -> str:
    return unquote(html.unescape(written))


def plain_address(links: Mapping[str, str], path: str) -> str:
    """The address of a content path on a site at the root of its host; `links` are those of the catalogue."""
    kind, _, key = links.get(path, "").partition(" ")
    folder = {"lesson": "modules", "module": "modules", "path": "paths"}.get(kind, "media")
    return f"/{folder}/{quote(key or path)}"
