"""From the symbolic links of content (`content:exchange/media/a.svg`) to the addresses of this site."""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request, url_for
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from quizapp.content.links import with_addresses

WAYS_IN = ("account.sign_in", "account.sign_up", "credentials.forgot_password")
LONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p\b).)*)</p>\s*", re.DOTALL)


def address(endpoint: str, **values: Any) -> str:
    """What `url_for` says, remembered: a page has dozens of addresses, and the same ones for every learner."""
    return _built((request.root_path, "framed" in g), endpoint, tuple(values.items()))


@lru_cache(maxsize=4096)
def _built(_place: tuple[str, bool], endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return url_for(endpoint, **dict(values))


def linked(html: str) -> Markup:
    """The safe HTML of content with its links resolved; a link to nothing leads to its file name under /media."""
    return Markup(with_addresses(html, address_of))  # noqa: S704 (sanitised when it was rendered)


def address_of(path: str) -> str:
    """The address of what a content file became: a lesson, quiz, module or path, else a media file.

    A page may show files that are not in the content yet, by `g.shown_files`.
    """
    if path in g.get("shown_files", ()):
        return str(g.shown_files[path])
    key = g.catalogue.links.get(path, "")
    return address_of_key(key) if key else address("media.show_media", path=path)


def address_of_key(named: str) -> str:
    """The address of what has a key of the form `lesson m/l`, `quiz m/q`, `module m` or `path p`."""
    kind, _, key = named.partition(" ")
    if kind == "lesson":
        module, _, lesson = key.partition("/")
        return address("learn.show_lesson", module=module, lesson=lesson)
    if kind == "quiz":
        module, _, quiz = key.partition("/")
        return address("quizzes.show_quiz", module=module, quiz=quiz)
    if kind == "module":
        return address("learn.show_module", module=key)
    return address("learn.show_path", path=key)


def moved_address() -> str:
    """The address of now for the page that is asked for under a former key; empty where there is none."""
    arguments = request.view_args or {}
    if "lesson" in arguments:
        key = f"lesson {arguments['module']}/{arguments['lesson']}"
    elif "quiz" in arguments:
        key = f"quiz {arguments['module']}/{arguments['quiz']}"
    else:
        key = next((f"{kind} {arguments[kind]}" for kind in ("module", "path") if kind in arguments), "")
    if not key:
        return ""
    now = g.catalogue.now_called(key)
    return address_of_key(now) if now != key and now in g.catalogue.links.values() else ""


def local_address(asked: str | None) -> str:
    """An address that a form or link names to go on to, if it is a page of this site; else the catalogue."""
    return local_page(asked or "", but=WAYS_IN) or url_for("learn.show_home")


def local_page(address: str, but: Collection[str] = ()) -> str:
    """The path and query of a page of this site, these endpoints apart; empty for anything else.

    Only what a view answers to GET is a page: nothing leads to another host, nor to the address of a form.
    """
    path, query = _path_and_query(address)
    prefix = request.script_root
    if not path.startswith(f"{prefix}/"):
        return ""
    try:
        adapter = current_app.create_url_adapter(request)
        endpoint = adapter.match(path.removeprefix(prefix), "GET")[0] if adapter else ""
    except (HTTPException, RequestRedirect):
        return ""
    if endpoint in ("", "static", *but):
        return ""
    return f"{path}?{query}" if query else path


def _path_and_query(address: str) -> tuple[str, str]:
    """Path and query of an address on this host; empty for one elsewhere or for none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    is_here = parts.netloc in ("", request.host)
    is_plain = address.isprintable() and "\\" not in address and not parts.path.startswith("//")
    return (parts.path, parts.query) if is_here and is_plain else ("", "")


def here() -> str | None:
    """The address of the page that is shown, to come back to; None where a form was sent.

    A page on the way in is not come back to, but to where it leads.
    """
    if request.endpoint in WAYS_IN:
        return local_page(request.values.get("next", ""), but=WAYS_IN) or None
    return request.full_path.rstrip("?") if request.method == "GET" and request.endpoint else None


def outside_address(address: str) -> str:
    """A page of this site as others reach it: by the setting `address`, never by what a request calls the host."""
    base = g.site.settings.address or request.host_url.rstrip("/")
    return f"{base}{address}"


def address_outside_requests(app: Flask, endpoint: str, base: str, **values: str) -> str:
    """The address of a page for a command to print, under the address at which people reach the site."""
    with app.test_request_context(base_url=base):
        return app.url_for(endpoint, _external=True, **values)


def inline(html: str) -> str:
    """HTML without the paragraph around it, where there is just one: labels and legends hold no `<p>`."""
    alone = LONE_PARAGRAPH.fullmatch(html)
    return alone[1] if alone else html
