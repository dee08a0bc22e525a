"""From the symbolic links of content (`content:exchange/media/a.svg`) to the addresses of this site."""

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from flask import current_app, g, url_for
from markupsafe import Markup

LINK = re.compile(r'(href|src)="content:([^"#]*)(#[^"]*)?"')
LONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p\b).)*)</p>\s*", re.DOTALL)


def linked(html: str) -> Markup:
    """The safe HTML of content with its links resolved; a link to nothing leads to its file name under /media."""
    return Markup(LINK.sub(_resolve, html))  # noqa: S704 (sanitised when it was rendered)


def _resolve(link: re.Match[str]) -> str:
    attribute, path, anchor = link[1], unquote(link[2]), link[3] or ""
    return f'{attribute}="{Markup.escape(address_of(path))}{anchor}"'


def address_of(path: str) -> str:
    """The address of what a content file became: a lesson, module or path, else a media file."""
    kind, _, key = g.catalogue.links.get(path, "").partition(" ")
    if kind == "lesson":
        module, _, lesson = key.partition("/")
        return url_for("learn.show_lesson", module=module, lesson=lesson)
    if kind == "module":
        return url_for("learn.show_module", module=key)
    if kind == "path":
        return url_for("learn.show_path", path=key)
    return url_for("media.show_media", path=path)


def inline(html: str) -> str:
    """HTML without the paragraph around it, where there is just one: labels and legends hold no `<p>`."""
    alone = LONE_PARAGRAPH.fullmatch(html)
    return alone[1] if alone else html


def static_url(name: str) -> str:
    """The address of a static file; it changes with the content, so that a browser may keep the file for ever."""
    return url_for("static", filename=name, v=_digest(str(current_app.static_folder), name))


@lru_cache(maxsize=64)
def _digest(folder: str, name: str) -> str:
    return hashlib.sha256((Path(folder) / name).read_bytes()).hexdigest()[:12]
