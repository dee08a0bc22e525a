"""Mail, where the site has a server to send it by."""

import logging
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from threading import Timer

PATIENCE_SECONDS = 20
DELAY_SECONDS = 0.3  # by then the page that tells of it is sent


@dataclass(frozen=True, slots=True)
class MailServer:
    """How mail is sent: the server, how the way to it is secured, who sends, and the account there if it wants one."""

    host: str
    port: int
    security: str  # starttls, tls or none
    sender: str
    user: str = ""
    password: str = ""


def message(server: MailServer, to: str, subject: str, text: str) -> EmailMessage:
    """A plain message; line breaks in the subject or an address are refused by the library."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = server.sender, to, subject
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    made.set_content(text)
    return made


def send(server: MailServer, mail: EmailMessage) -> None:
    """Hand a message to the server. Raises OSError or smtplib.SMTPException."""
    with _connected(server) as smtp:
        if server.user:
            smtp.login(server.user, server.password)
        smtp.send_message(mail)


def send_later(server: MailServer, mail: EmailMessage) -> None:
    """Send after the request, so that its time does not tell whether there was anything to send."""
    Timer(DELAY_SECONDS, _send_or_log, (server, mail)).start()


def _connected(server: MailServer) -> smtplib.SMTP:
    if server.security == "tls":
        secure = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE_SECONDS, context=secure)
    smtp = smtplib.SMTP(server.host, server.port, timeout=PATIENCE_SECONDS)
    if server.security == "starttls":
        _secure(smtp)
    return smtp


def _secure(smtp: smtplib.SMTP) -> None:
    try:
        smtp.starttls(context=ssl.create_default_context())
    except (OSError, smtplib.SMTPException):
        smtp.close()
        raise


def _send_or_log(server: MailServer, mail: EmailMessage) -> None:
    try:
        send(server, mail)
    except (OSError, smtplib.SMTPException, ValueError) as error:  # ValueError: a host that cannot be one
        logging.getLogger(__name__).error("mail to %s was not sent: %s", mail["To"], error)
