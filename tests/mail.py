"""A real mail server for tests, on 127.0.0.1, which keeps what it gets."""

import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tests.server.running import free_port

PATIENCE_SECONDS = 20


class Mailbox:
    """What a server got: to whom, and what."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []
        self.port = free_port()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd asks for it)
        """Keep a message."""
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append((list(envelope.rcpt_tos), mail))
        return "250 OK"

    def wait(self, number: int = 1) -> list[tuple[list[str], EmailMessage]]:
        """The mails, once there are so many."""
        end = time.monotonic() + PATIENCE_SECONDS
        while len(self.mails) < number and time.monotonic() < end:
            time.sleep(0.02)
        assert len(self.mails) == number
        return self.mails


@contextmanager
def mailbox(**options: Any) -> Iterator[Mailbox]:
    """A server while it is needed."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=box.port, **options)
    controller.start()
    yield box
    controller.stop()


def certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that nobody signed, with its key in the same file."""
    file = folder / "mail.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run([*command, "-keyout", str(file), "-out", str(folder / "cert.pem")], check=True, capture_output=True)
    file.write_text(file.read_text() + (folder / "cert.pem").read_text())
    return file


def secured(file: Path) -> dict[str, Any]:
    """Options of a server that wants STARTTLS and then the account quizapp."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)

    def login(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"quizapp", b"secret"))

    return {"tls_context": context, "require_starttls": True, "auth_required": True, "authenticator": login}
