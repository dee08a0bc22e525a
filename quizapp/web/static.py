"""The style sheet, scripts and icons: read and compressed once, when a worker starts."""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, abort, current_app, request
from werkzeug import Response

from quizapp.web.links import address

FOLDER = Path(__file__).parent / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file: as it is and compressed, and the digest of its content."""

    media_type: str
    plain: bytes
    compressed: bytes
    digest: str


def set_up(app: Flask) -> None:
    """Read the files and serve them under /static."""
    files = [file for file in FOLDER.rglob("*") if file.suffix in TYPES]
    app.extensions["quizapp_static"] = {file.relative_to(FOLDER).as_posix(): _read(file) for file in files}
    app.add_url_rule("/static/<path:filename>", "static", show_static)


def show_static(filename: str) -> Response:
    """Send a file, compressed to a browser that takes it so; nothing of it is a secret beside something reflected."""
    found = _files().get(filename)
    if found is None:
        abort(404)
    is_compressed = request.accept_encodings.quality("gzip") > 0
    body = found.compressed if is_compressed else found.plain
    response = Response(body, content_type=f"{found.media_type}; charset=utf-8")
    response.headers["Vary"] = "Accept-Encoding"
    if is_compressed:
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(found.digest + ("-gzip" if is_compressed else ""))
    return response.make_conditional(request)


def static_url(name: str) -> str:
    """The address of a static file; it changes with the content, so that a browser may keep the file for ever."""
    return address("static", filename=name, v=_files()[name].digest)


def _files() -> dict[str, StaticFile]:
    files: dict[str, StaticFile] = current_app.extensions["quizapp_static"]
    return files


def _read(file: Path) -> StaticFile:
    plain = file.read_bytes()
    digest = hashlib.sha256(plain).hexdigest()[:12]
    return StaticFile(TYPES[file.suffix], plain, gzip.compress(plain, mtime=0), digest)
