"""One request in two forms: for a WSGI callable in this process, and as bytes for a server."""

import io
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


class Application(Protocol):
    """A WSGI callable."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for; a body makes it a POST of a form."""

    address: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def as_bytes(self) -> bytes:
        """For a server on this machine."""
        lines = [f"{'POST' if self.body else 'GET'} {self.address} HTTP/1.1", "Host: 127.0.0.1"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.body:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(self.body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + self.body

    def environ(self) -> dict[str, Any]:
        """For a WSGI callable."""
        path, _, query = self.address.partition("?")
        found: dict[str, Any] = {
            "REQUEST_METHOD": "POST" if self.body else "GET",
            "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "127.0.0.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr,
            "wsgi.input": io.BytesIO(self.body), "wsgi.multithread": False, "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }  # fmt: skip
        for name, value in self.headers.items():
            found[f"HTTP_{name.upper().replace('-', '_')}"] = value
        if self.body:
            found |= {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(self.body))}
        return found


@dataclass(slots=True)
class Answer:
    """What a WSGI callable said."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def call(app: Application, request: Request) -> Answer:
    """Ask a WSGI callable, as a server does."""
    answer = Answer()

    def start(status: str, headers: list[tuple[str, str]], _fault: object = None) -> None:
        answer.status, answer.headers = int(status[:3]), dict(headers)

    parts = app(request.environ(), start)
    answer.body = b"".join(parts)
    if hasattr(parts, "close"):
        parts.close()
    return answer
