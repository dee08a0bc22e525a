"""Mail over a real server: what is sent, over TLS, and what a server that is not there does to a page."""

import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from quizapp.actions import people
from quizapp.actions.mail import MailServer, message, send
from quizapp.site import Site
from tests.mail import Mailbox, certificate, mailbox, secured
from tests.pages import Visitor
from tests.people import PASSWORD, add, dump, is_signed_in, sign_in, sign_up, visitor_of, with_settings
from tests.people import send as send_form

ADDRESS = "https://learn.example.org"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as box:
        yield box


@pytest.fixture
def mailing(site: Site, box: Mailbox) -> Site:
    """The site with a mail server."""
    return with_mail(site, box.port)


def with_mail(site: Site, port: int) -> Site:
    return with_settings(
        site,
        mail_server=f"127.0.0.1:{port}",
        mail_security="none",
        mail_from="Training <t@example.org>",
        address=ADDRESS,
    )


def link_in(mail: object) -> str:
    """The path of the one address in a mail."""
    [address] = re.findall(r"https?://\S+", str(mail))
    assert address.startswith(f"{ADDRESS}/")
    return str(urlsplit(address).path)


def test_a_forgotten_password_is_replaced_by_a_mailed_link(mailing: Site, box: Mailbox) -> None:
    add(mailing, "ada", email="Ada@example.org")
    visitor, elsewhere = visitor_of(mailing), visitor_of(mailing)
    sign_in(elsewhere, "ada")
    visitor.client.environ_base["HTTP_HOST"] = "evil.example"  # a link never leads where a request says
    send_form(visitor, "/account/forgot", name="ada@EXAMPLE.org")
    [(to, mail)] = box.wait()
    assert to == ["Ada@example.org"]
    assert (mail["From"], mail["Auto-Submitted"]) == ("Training <t@example.org>", "auto-generated")
    link = link_in(mail.get_content())
    fresh = visitor_of(mailing)
    page = send_form(fresh, link, new="another four words")
    assert "Your password is set, and you are signed in." in page.text
    assert is_signed_in(fresh)
    assert not is_signed_in(elsewhere)
    assert visitor_of(mailing).client.get(link).status_code == 410
    [ada] = people.look_up_people(mailing.database)[0]
    assert ada.asked is None


def test_an_address_counts_once_it_is_confirmed(mailing: Site, box: Mailbox) -> None:
    visitor = visitor_of(mailing)
    page = sign_up(visitor, "Ada", email="ada@example.org")
    assert "Look into your mail" in page.text
    [(to, mail)] = box.wait()
    assert to == ["ada@example.org"]
    [ada] = people.look_up_people(mailing.database)[0]
    assert ada.email == ""
    link, elsewhere = link_in(mail.get_content()), visitor_of(mailing)
    page = elsewhere.get(link)
    assert "ada@example.org" in page.text
    assert "Ada" in page.text
    elsewhere.send(page.form(link))
    [ada] = people.look_up_people(mailing.database)[0]
    assert ada.email == "ada@example.org"
    assert elsewhere.address == "/account/sign-in?next=/account/"
    assert visitor_of(mailing).client.get(link).status_code == 410


def test_known_and_unknown_get_the_same_answer_and_only_the_known_a_mail(mailing: Site, box: Mailbox) -> None:
    add(mailing, "ada", email="ada@example.org")
    add(mailing, "ben")
    texts = {send_form(visitor_of(mailing), "/account/forgot", name=name).text for name in ("nobody", "ben", "ada")}
    assert len(texts) == 1
    box.wait(1)


def test_an_address_gets_no_more_than_a_few_mails(mailing: Site, box: Mailbox) -> None:
    for number in range(12):
        sign_up(
            visitor_of(mailing), f"name {number}", email="Victim@example.org" if number % 2 else "victim@example.org"
        )
    time.sleep(1)
    assert len(box.wait(10)) == 10


@pytest.mark.parametrize("name", ["ada", "nobody"])
def test_a_server_that_is_not_there_neither_breaks_nor_delays_the_page(
    site: Site, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as deaf:  # it takes connections and says nothing
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        broken = with_mail(site, deaf.getsockname()[1])
        add(site, "ada", email="ada@example.org")
        visitor = visitor_of(broken)
        form = visitor.get("/account/forgot").form("/account/forgot")
        before = time.monotonic()
        page = visitor.send(form, name=name)
        assert time.monotonic() - before < 5
        assert "is on its way" in page.text
        time.sleep(0.5)  # until it is being sent: then the server goes
    if name == "ada":
        end = time.monotonic() + 25
        while not caplog.records and time.monotonic() < end:
            time.sleep(0.05)
        assert "mail to ada@example.org was not sent" in caplog.text
    [ada] = people.look_up_people(site.database)[0]
    assert (ada.asked is not None) == (name == "ada")  # an owner is told all the same


def test_without_mail_the_owner_is_told(site: Site, visitor: Visitor) -> None:
    add(site, "ada")
    texts = {send_form(visitor, "/account/forgot", name=name).text for name in ("Ada", "nobody")}
    assert len(texts) == 1
    assert "an owner of this site sees that you asked" in texts.pop()
    [ada] = people.look_up_people(site.database)[0]
    assert ada.asked is not None


def test_a_site_without_mail_asks_for_no_address_and_sends_none(site: Site, visitor: Visitor) -> None:
    page = sign_up(visitor, "ada", email="ada@example.org")
    assert "Look into your mail" not in page.text
    assert "mail" not in visitor.get("/account/").text
    page = send_form(visitor, "/account/email", email="ada@example.org", password=PASSWORD)
    assert "This site sends no mail" in page.text
    assert "ada@example.org" not in repr(dump(site))


def test_mail_goes_over_tls_and_after_signing_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = certificate(tmp_path)
    with mailbox(**secured(file)) as box:
        server = MailServer("127.0.0.1", box.port, "starttls", "t@example.org", "quizapp", "secret")
        with pytest.raises(OSError, match="certificate verify failed"):
            send(server, message(server, "ada@example.org", "Hello", "Text"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
        send(server, message(server, "ada@example.org", "Hello", "Text"))
        [(to, mail)] = box.wait()
    assert (to, mail["Subject"]) == (["ada@example.org"], "Hello")


def test_no_header_can_be_slipped_in() -> None:
    server = MailServer("127.0.0.1", 25, "none", "t@example.org")
    for to, subject in (("ada@example.org\nBcc: b@example.org", "Hello"), ("ada@example.org", "Hello\r\nBcc: b@x.org")):
        with pytest.raises(ValueError, match="linefeed or carriage return"):
            message(server, to, subject, "Text")
