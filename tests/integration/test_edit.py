"""The pages that edit content files in the browser."""

import base64
import html
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import encode_multipart

from quizapp.settings import Settings
from quizapp.site import Site, prepare_site
from quizapp.web import create_app
from tests.conftest import LESSON
from tests.pages import Page, Visitor
from tests.people import add, enter, rows, visitor_of, with_settings
from tests.repositories import Repository

SignIn = Callable[..., Visitor]
PATH = "exchange/mail-flow/2-online.md"
THERE = f"/teach/edit/{PATH}"
BROKEN = LESSON.replace("- (x) The MX record", "- ( ) The MX record")


@pytest.fixture
def site(folder: Path, tmp_path: Path) -> Iterator[Site]:
    """A site on SQLite: what is written to files does not depend on the database."""
    site = prepare_site(Settings(folder, tmp_path / "instance"))
    site.looking_pause = 0
    yield site
    site.database.close()


@pytest.fixture
def ann(sign_in: SignIn) -> "Editor":
    return Editor(sign_in("Ann", "author").client)


class Editor:
    """An author at the editor, in a browser without JavaScript."""

    def __init__(self, client: FlaskClient) -> None:
        self.client, self.status, self.where = client, 0, ""
        self.page, self.fields = Page(""), dict[str, str]()

    def open(self, path: str = PATH, query: str = "") -> "Editor":
        """Open a file."""
        return self._read(f"/teach/edit/{path}", self.client.get(f"/teach/edit/{path}{query}"))

    def press(self, button: str, text: str | None = None, **more: str) -> "Editor":
        """Send the form by a button of it, with another text."""
        assert f'value="{button}"' in self.page.html
        source = self.fields["source"] if text is None else text
        fields = {**self.fields, **more, "source": source.replace("\n", "\r\n"), "do": button}
        boundary, body = encode_multipart(fields)
        kind = f"multipart/form-data; boundary={boundary}"
        return self._read(self.where, self.client.post(self.where, data=body, content_type=kind))

    def _read(self, where: str, answer: object) -> "Editor":
        self.status, self.where = answer.status_code, where  # type: ignore[attr-defined]
        if self.status == 303:
            answer = self.client.get(answer.headers["Location"])  # type: ignore[attr-defined]
        self.page = Page(answer.get_data(as_text=True))  # type: ignore[attr-defined]
        [form] = re.findall(r"<form[^>]*multipart.*?</form>", self.page.html, re.DOTALL) or [""]
        self.fields = {name: html.unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}
        self.fields["source"] = self.text
        return self

    @property
    def text(self) -> str:
        """What stands in the text box."""
        found = re.search(r"<textarea[^>]*>\r?\n(.*?)</textarea>", self.page.html, re.DOTALL)
        return html.unescape(found[1]).replace("\r\n", "\n") if found else ""

    @property
    def words(self) -> str:
        """The words of the page around the text box."""
        return Page(re.sub(r"<textarea.*?</textarea>", "", self.page.html, flags=re.DOTALL)).text


def test_an_edit_is_looked_at_and_saved_and_learners_see_it(ann: Editor, folder: Path, visitor: Visitor) -> None:
    ann.open()
    assert (ann.status, ann.text) == (200, LESSON)
    assert "Nothing: this is the file as it is." in ann.words
    ann.press("preview", LESSON.replace("Mail flows.", "Mail *flows* [on](none.md).\n\nAlways."))
    assert ann.status == 200
    assert "3 lines added (+), one line removed (−)" in ann.words
    assert "removed, line 4: Mail flows." in ann.words
    assert "added, line 4: Mail *flows* [on](none.md)." in ann.words
    assert "Line 4, column 19" in ann.words
    assert "Nothing is at none.md" in ann.words
    assert "<em>flows</em>" in ann.page.html
    for key in ("With key and feedback", "It is the one thing left to do.", "Senders look the MX record up."):
        assert key in ann.words
    assert (folder / PATH).read_text() == LESSON
    text = ann.text.replace("[on](none.md)", "on")
    ann.press("save", text)
    assert (ann.status, ann.text) == (303, text)
    assert f"Saved {PATH}." in ann.words
    assert (folder / PATH).read_text() == text
    assert "Mail flows on." in visitor.get("/modules/mail-flow/online").text


def test_a_text_with_errors_is_saved_only_when_that_is_said_again(ann: Editor, folder: Path, visitor: Visitor) -> None:
    ann.open().press("save", BROKEN)
    assert ann.status == 422
    assert "Until they are mended, learners go on seeing the last version without an error." in ann.words
    assert "No answer is marked right" in ann.words
    assert ann.text == BROKEN
    assert (folder / PATH).read_text() == LESSON
    ann.press("keep")
    assert ann.status == 303
    assert (folder / PATH).read_text() == BROKEN
    assert "No answer is marked right" in ann.words
    page = visitor.get("/modules/mail-flow/online")
    assert "The MX record" in visitor.send(page.form("/checks/check"), "MX record").text
    ann.press("save", LESSON)
    assert ann.status == 303


def test_two_authors_who_change_different_lines_have_both_changes(ann: Editor, sign_in: SignIn, folder: Path) -> None:
    ben = Editor(sign_in("Ben", "author").client).open()
    ann.open().press("save", LESSON.replace("Mail flows.", "Mail flows on."))
    mine = LESSON.replace("Choose the best response.", "Choose.")
    ben.press("save", mine)
    assert (ben.status, ben.text) == (409, mine)
    assert "Nothing was saved Ann saved this file while you edited it (today, " in ben.words
    assert "both changes go together" in ben.words
    assert "removed, line 4: Mail flows on." in ben.words
    assert (folder / PATH).read_text() == LESSON.replace("Mail flows.", "Mail flows on.")
    ben.press("both")
    both = LESSON.replace("Mail flows.", "Mail flows on.").replace("Choose the best response.", "Choose.")
    assert (ben.status, ben.text) == (200, both)
    assert "This text has both changes in it." in ben.words
    assert "one line added (+), one line removed (−)" in ben.words
    ben.press("save")
    assert ben.status == 303
    assert (folder / PATH).read_text() == both


def test_two_authors_who_change_the_same_line_choose_and_neither_text_is_lost(
    ann: Editor, sign_in: SignIn, folder: Path
) -> None:
    ben = Editor(sign_in("Ben", "author").client).open()
    ann.open().press("save", LESSON.replace("Mail flows.", "Ann's line."))
    mine = LESSON.replace("Mail flows.", "Ben's line.")
    ben.press("save", mine)
    assert ben.status == 409
    assert "You changed the same lines" in ben.words
    assert 'value="both"' not in ben.page.html
    assert "removed, line 4: Ann's line. 4 + added, line 4: Ben's line." in ben.words
    ben.press("mine")
    assert (ben.status, ben.text) == (200, mine)
    assert "Ann's line." in (folder / PATH).read_text()
    ben.press("save")
    assert (folder / PATH).read_text() == mine
    ann.open(query="?version=" + versions_of(ben)[0])
    assert "Ann's line." in ann.text


def versions_of(editor: Editor) -> list[str]:
    """The names of the earlier versions that a page links to, the newest first."""
    return re.findall(r"\?version=([\w-]+)", editor.page.html)


@pytest.mark.parametrize("change", ["edited", "removed", "made"])
def test_what_changed_on_disk_is_told_and_the_text_stays(ann: Editor, folder: Path, change: str) -> None:
    path = "exchange/mail-flow/3-new.md" if change == "made" else PATH
    ann.open(path)
    file = folder / path
    if change == "removed":
        file.unlink()
    else:
        file.write_text("# Theirs\n")
    ann.press("save", "# Mine\n\nText.\n")
    assert (ann.status, ann.text) == (409, "# Mine\n\nText.\n")
    told = "This file was removed while you edited it." if change == "removed" else "This file was changed on disk"
    assert told in ann.words
    assert file.exists() == (change != "removed")
    ann.press("mine").press("save")
    assert file.read_text() == "# Mine\n\nText.\n"


def test_an_earlier_version_is_looked_at_and_brought_back(ann: Editor, folder: Path) -> None:
    ann.open().press("save", "# Other\n\nText.\n")
    [version] = versions_of(ann)
    assert "then Ann saved" in ann.words
    ann.open(query=f"?version={version}")
    assert ann.text == LESSON
    assert "This is an earlier version. Save it to bring it back." in ann.words
    assert "removed, line 1: # Other" in ann.words
    assert (folder / PATH).read_text() == "# Other\n\nText.\n"
    ann.press("save")
    assert (folder / PATH).read_text() == LESSON
    assert len(versions_of(ann)) == 2
    assert ann.open(query="?version=none").status == 404


@pytest.mark.parametrize("roles", [(), ("instructor",)], ids=["learner", "instructor"])
def test_who_is_no_author_reads_no_key_and_changes_nothing(
    site: Site, sign_in: SignIn, folder: Path, roles: tuple[str, ...]
) -> None:
    other = sign_in("Lena", *roles)
    token = re.findall(r'name="csrf_token" value="([^"]+)"', other.get("/").html)[0]
    fields = {"source": "Mine.\n", "base": "", "do": "save", "csrf_token": token, "kind": "lesson", "title": "x"}
    for method, address in (
        ("GET", THERE), ("POST", THERE), ("GET", "/teach/new"), ("POST", "/teach/new"),
        ("POST", f"/teach/edit-preview/{PATH}"), ("GET", f"{THERE}?version=x"),
    ):  # fmt: skip
        answer = other.client.open(address, method=method, data=fields if method == "POST" else None)
        assert answer.status_code == 403
        assert "It is the one thing" not in answer.get_data(as_text=True)
    assert (folder / PATH).read_text() == LESSON
    assert "/teach/edit" not in other.get("/teach/").html + other.get("/modules/mail-flow/online").html


def test_a_guest_is_led_to_sign_in_and_finds_the_file_then(visitor: Visitor, site: Site) -> None:
    visitor.get(THERE)
    assert visitor.address == f"/account/sign-in?next={THERE}"


def test_where_editing_is_turned_off_there_is_no_editor_and_no_link(site: Site, folder: Path) -> None:
    off = visitor_of(with_settings(site, editing="off"))
    enter(off.client, add(site, "Olga", "owner"))
    for address in (THERE, "/teach/new"):
        assert off.client.get(address).status_code == 404
        assert off.client.post(address, data={"source": "x"}).status_code in (400, 404)
    for address in ("/teach/", "/teach/problems", "/modules/mail-flow/online", "/teach/modules/mail-flow/online"):
        assert "/teach/edit" not in off.get(address).html
    assert (folder / PATH).read_text() == LESSON


def test_a_form_without_its_token_keeps_the_text_and_can_be_sent_again(ann: Editor, folder: Path) -> None:
    ann.open().press("save", "# Mine\n", csrf_token="wrong")
    assert (ann.status, ann.text) == (400, "# Mine\n")
    assert "What you gave is here: send it again." in ann.words
    assert (folder / PATH).read_text() == LESSON
    ann.press("save")
    assert (folder / PATH).read_text() == "# Mine\n"


def test_a_session_that_ended_keeps_the_text(ann: Editor, site: Site, folder: Path) -> None:
    ann.open()
    account = rows(site, "SELECT id FROM account")[0][0]
    with site.database.writing() as connection:
        connection.exec_driver_sql(f"UPDATE account SET epoch = epoch + 1 WHERE id = {account}")
    ann.press("save", "# Mine <i>\n")
    assert (ann.status, ann.text) == (401, "# Mine <i>\n")
    assert "You are signed out" in ann.words
    assert (folder / PATH).read_text() == LESSON
    from_other_tab = Visitor(ann.client)
    from_other_tab.send(
        from_other_tab.get("/account/sign-in").form("/account/sign-in"), name="Ann", password="correct horse battery"
    )
    ann.press("preview")
    assert (ann.status, ann.text) == (400, "# Mine <i>\n")
    ann.press("save")
    assert (folder / PATH).read_text() == "# Mine <i>\n"


def test_after_a_session_ended_the_text_goes_back_to_its_file_whatever_that_is_called(
    ann: Editor, site: Site, folder: Path
) -> None:
    (folder / "exchange/mail-flow/50%25 off#1?.md").write_text(LESSON)
    there = "exchange/mail-flow/50%2525%20off%231%3F.md"
    ann.open(there)
    with site.database.writing() as connection:
        connection.exec_driver_sql("UPDATE account SET epoch = epoch + 1")
    ann.press("save", "# Mine\n")
    [action] = re.findall(r'multipart/form-data" action="([^"]*)"', ann.page.html)
    assert (ann.status, unquote(action)) == (401, "/teach/edit/exchange/mail-flow/50%25 off#1?.md")


def test_a_button_that_is_pressed_twice_saves_once_and_is_no_conflict(ann: Editor, site: Site, folder: Path) -> None:
    before = dict(ann.open().fields)
    ann.press("save", "# Mine\n")
    ann.fields, ann.status = before, 0
    ann.press("save", "# Mine\n")
    assert (ann.status, "Nothing was changed." in ann.words) == (303, True)
    assert (folder / PATH).read_text() == "# Mine\n"
    assert len(rows(site, "SELECT * FROM audit WHERE action = 'saved a file'")) == 1


@pytest.mark.parametrize(
    "address",
    [
        "/teach/edit/../../etc/passwd.md",
        "/teach/edit/..%2f..%2fetc%2fpasswd.md",
        "/teach/edit/%2e%2e/%2e%2e/outside.md",
        "/teach/edit/%2e%2e%2foutside.md",
        "/teach/edit/exchange/%2e%2e%2f%2e%2e%2foutside.md",
        "/teach/edit/exchange/..%5c..%5coutside.md",
        "/teach/edit/%c0%ae%c0%ae/outside.md",
        "/teach/edit/%2fetc%2fpasswd.md",
        "/teach/edit//etc/passwd.md",
        "/teach/edit/exchange/mail-flow/2-online.md%00",
        "/teach/edit/exchange/mail-flow/2-online.md%00.md",
        "/teach/edit/exchange/mail-flow/%ff.md",
        "/teach/edit/.git/config",
        "/teach/edit/_hidden.md",
        "/teach/edit/exchange/mail-flow/media/x.md",
        "/teach/edit/exchange/mail-flow/run.sh",
        "/teach/edit/link.md",
        "/teach/edit/out/outside.md",
    ],
)
def test_addresses_of_other_files_show_and_change_nothing(
    ann: Editor, folder: Path, tmp_path: Path, address: str
) -> None:
    (tmp_path / "outside.md").write_text("a secret of elsewhere\n")
    (folder / "link.md").symlink_to(tmp_path / "outside.md")
    (folder / "out").symlink_to(tmp_path)
    files = sorted(str(file) for file in tmp_path.rglob("*"))
    token = ann.open().fields["csrf_token"]
    for method in ("GET", "POST"):
        fields = {"source": "Mine.\n", "do": "save", "csrf_token": token, "base": ""}
        answer = ann.client.open(address, method=method, data=fields if method == "POST" else None)
        assert answer.status_code in (308, 400, 404), method
        assert "secret of elsewhere" not in answer.get_data(as_text=True)
    assert sorted(str(file) for file in tmp_path.rglob("*")) == files
    assert (tmp_path / "outside.md").read_text() == "a secret of elsewhere\n"


def test_a_text_of_one_mebibyte_is_saved_whatever_its_line_ends_become(ann: Editor, folder: Path) -> None:
    text = "\n" * 524_288 + "ü" * 262_143 + "x\n"
    assert len(text.encode()) == 1_048_576
    ann.open().press("save", text)
    assert (ann.status, ann.text) == (422, text)  # one piece of that size is an error, which is asked about
    ann.press("keep")
    assert ann.status == 303
    assert (folder / PATH).read_text() == text


@pytest.mark.parametrize("size", [1_048_577, 1_200_000])
def test_a_longer_text_is_refused_and_stays_on_the_page(ann: Editor, folder: Path, size: int) -> None:
    ann.open().press("save", "x" * size)
    assert ann.status == 422
    assert "a file has at most 1,048,576" in ann.words
    assert len(ann.text) == size
    assert (folder / PATH).read_text() == LESSON


def test_a_huge_body_is_refused_early_with_a_page(ann: Editor, folder: Path) -> None:
    ann.open().press("save", "x" * 50_000_000)
    assert ann.status == 413
    assert "larger than this site takes" in ann.page.text
    assert (folder / PATH).read_text() == LESSON


def test_the_forms_of_everybody_else_are_bounded_as_before(ann: Editor, visitor: Visitor) -> None:
    form = visitor.get("/modules/mail-flow/online").form("/checks/check")
    visitor.send(form, "MX record", filler="x" * 2_000_000)
    assert visitor.status == 413
    assert visitor.client.post(THERE, data={"source": "x" * 2_000_000}).status_code == 413


@pytest.mark.parametrize("body", [b"\xff\xfe\x00M\x00", b"\x89PNG\r\n\x1a\n", b"caf\xe9", b"a\x00b", b"\x1b]0;x\x07"])
def test_bytes_that_are_no_text_are_refused(ann: Editor, folder: Path, body: bytes) -> None:
    token, base = ann.open().fields["csrf_token"].encode(), ann.fields["base"].encode()
    fields = {b"csrf_token": token, b"do": b"save", b"base": base, b"source": body}
    part = b'---B\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    data = b"".join(part % field for field in fields.items()) + b"---B--\r\n"
    answer = ann.client.post(THERE, data=data, content_type="multipart/form-data; boundary=-B")
    assert answer.status_code == 422
    assert "The text holds a character that cannot be saved" in answer.get_data(as_text=True)
    assert (folder / PATH).read_text() == LESSON


@pytest.mark.parametrize("base", ["x", "====", "eJw=", "eNoDAAAAAAE=A", "\0", "ü"])
def test_a_form_with_a_base_that_is_none_of_ours_changes_nothing(ann: Editor, folder: Path, base: str) -> None:
    ann.open().press("save", "# Mine\n", base=base)
    assert ann.status == 409
    assert (folder / PATH).read_text() == LESSON


def test_a_base_that_unpacks_to_more_than_a_file_may_have_is_none(ann: Editor) -> None:
    bomb = base64.b64encode(zlib.compress(b"0" * 50_000_000)).decode()
    assert ann.open().press("save", "# Mine\n", base=bomb).status == 409


def test_bom_and_line_ends_of_a_file_stay(ann: Editor, folder: Path) -> None:
    data = b"\xef\xbb\xbf" + LESSON.replace("\n", "\r\n").encode()
    (folder / PATH).write_bytes(data)
    ann.open()
    assert ann.text == LESSON
    ann.press("save", LESSON.replace("Mail flows.", "Mail\nflows."))
    assert (folder / PATH).read_bytes() == data.replace(b"Mail flows.", b"Mail\r\nflows.")


def test_a_file_in_another_encoding_is_read_as_it_is_meant_and_becomes_utf8(ann: Editor, folder: Path) -> None:
    (folder / PATH).write_bytes("# Caf\xe9\n\nText.\n".encode("cp1252"))
    ann.open()
    assert "This file is not UTF-8" in ann.words
    ann.press("save", ann.text + "More.\n")
    assert (folder / PATH).read_text(encoding="utf-8") == "# Café\n\nText.\nMore.\n"


def test_what_stands_in_a_text_box_is_what_stands_in_the_file(ann: Editor, folder: Path) -> None:
    text = '\n\n</textarea><script>alert(1)</script> &amp; "quotes" \N{NO-BREAK SPACE}\ttab\n'
    (folder / PATH).write_text(text)
    assert ann.open().text == text
    assert "<script>alert" not in ann.page.html
    ann.press("save", text + "\n")
    assert (folder / PATH).read_text() == text + "\n"


def test_what_a_text_brings_to_other_files_is_told(ann: Editor, folder: Path) -> None:
    (folder / "exchange/mail-flow/3-more.md").write_text("# More\n\n[x](2-online.md#flow)\n")
    (folder / PATH).write_text("## Flow\n\n" + LESSON.partition("---\n")[2].partition("---\n")[2])
    ann.open().press("preview", "# Other\n\n## Check {.check}\n\n### One? {#one}\n\n- (x) a\n- ( ) b\n")
    assert "What it would bring to other files" in ann.words
    assert "3-more.md:3" in ann.words


def test_advice_is_given_while_one_writes(ann: Editor) -> None:
    answers = "- ( ) Yes\n- (x) Only where the sender looks the record up again, which it does each hour\n- ( ) No\n"
    ann.open().press("preview", LESSON + "\n### Does mail arrive? {#arrives}\n\n" + answers)
    assert "Line 27, column 7" in ann.words
    assert "much longer than" in ann.words


def test_the_preview_of_a_script_leaves_out_what_the_browser_has(ann: Editor) -> None:
    fields = {**ann.open().fields, "source": LESSON.replace("Mail flows.", "Mail *flows*.")}
    there = f"/teach/edit-preview/{PATH}"
    first = ann.client.post(there, data=fields).get_data(as_text=True)
    digests = re.findall(r'id="page-(\w+)" data-digest="(\w+)"', first)
    assert [name for name, _ in digests] == ["problems", "difference", "page"]
    known = [digest for _, digest in digests]
    assert ann.client.post(there, data={**fields, "known": known}).get_data(as_text=True).strip() == (
        "<!-- nothing new -->"
    ) or "data-digest" not in ann.client.post(there, data={**fields, "known": known}).get_data(as_text=True)
    fields["source"] += "\n[x](none.md)\n"
    more = ann.client.post(there, data={**fields, "known": known}).get_data(as_text=True)
    assert "Nothing is at" in more
    assert ann.client.post(there, data={**fields, "source": "a\0"}).status_code == 422
    assert ann.client.post(there, data={**fields, "csrf_token": "x"}).status_code == 400


@pytest.mark.parametrize(
    ("kind", "title", "place", "path"),
    [
        ("lesson", "Hybrid mail", "exchange/mail-flow", "exchange/mail-flow/3-hybrid-mail.md"),
        ("bank", "Pool", "exchange/mail-flow", "exchange/mail-flow/pool.bank.md"),
        ("quiz", "Final", "exchange/mail-flow", "exchange/mail-flow/final.quiz.md"),
        ("module", "DNS", "exchange", "exchange/dns/index.md"),
        ("path", "Web", "", "web/index.md"),
    ],
)
def test_a_new_file_begins_with_an_example_and_is_there_when_it_is_saved(
    ann: Editor, folder: Path, kind: str, title: str, place: str, path: str
) -> None:
    visitor = Visitor(ann.client)
    form = visitor.get("/teach/new").form("/teach/new")
    page = visitor.send(form, kind=kind, title=title, folder=place)
    assert visitor.address.startswith(f"/teach/edit/{path}?")
    assert not (folder / path).exists()
    assert "There is no such file yet." in page.text
    ann.open(path, visitor.address.removeprefix(f"/teach/edit/{path}")).press("save")
    assert ann.status == 303
    assert f"title: {title}\n" in (folder / path).read_text()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"title": "x", "folder": "exchange/mail-flow"}, "Choose what to write."),
        ({"kind": "lesson", "folder": "exchange/mail-flow"}, "Enter a title."),
        ({"kind": "lesson", "title": "x", "folder": "../.."}, "Not a valid choice"),
        ({"kind": "lesson", "title": "x", "folder": "exchange"}, "That does not go there"),
        ({"kind": "lesson", "title": "Online", "folder": "exchange/mail-flow"}, "called online already"),
        ({"kind": "virus", "title": "x", "folder": "exchange"}, "That does not go there"),
        ({"kind": "lesson", "title": "x" * 400, "folder": "exchange/mail-flow"}, "150"),
    ],
)
def test_a_new_file_that_cannot_be_is_refused(ann: Editor, fields: dict[str, str], told: str) -> None:
    visitor = Visitor(ann.client)
    page = visitor.send(visitor.get("/teach/new").form("/teach/new"), **fields)
    assert visitor.status == 422
    assert told in page.text


def test_a_new_bank_goes_into_the_private_folder_where_that_is_said(site: Site, folder: Path, tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir()
    app = create_app(site=with_settings(site, private=private))
    ann = Editor(enter(app.test_client(), add(site, "Ann", "author")))
    visitor = Visitor(ann.client)
    form = visitor.get("/teach/new").form("/teach/new")
    visitor.send(form, kind="bank", title="Secret", folder="exchange/mail-flow", private="y")
    path = "exchange/mail-flow/secret.bank.md"
    ann.open(path, visitor.address.removeprefix(f"/teach/edit/{path}")).press("save")
    assert (private / path).exists()
    assert not (folder / path).exists()
    ann.press("save", ann.text + "\nMore.\n")
    assert (private / path).read_text().endswith("\nMore.\n")


def test_in_a_repository_the_page_asks_what_was_changed(ann: Editor, folder: Path) -> None:
    repository = Repository(folder.parent)
    repository.write(".gitignore", "instance\n")
    repository.commit()
    ann.open()
    assert f"Without it: Edit {PATH}" in ann.words
    ann.press("save", LESSON + "\nMore.\n", message="Say <more>")
    assert re.search(r"Saved \S+2-online.md, commit [0-9a-f]{10}\.", ann.words)
    assert repository.git("log", "-1", "--format=%an %s") == "Ann Say <more>"
    (folder.parent / ".git" / "MERGE_HEAD").write_text(repository.git("rev-parse", "HEAD"))
    ann.press("save", LESSON)
    assert "Something is to be done in git." in ann.words
    assert (folder / PATH).read_text() == LESSON


def test_what_an_owner_sees_of_saves(ann: Editor, sign_in: SignIn) -> None:
    ann.open().press("save", LESSON + "\nMore.\n")
    assert f"by Ann, saved a file: {PATH}" in sign_in("Olga", "owner").get("/teach/accounts/").text.replace(
        "Ann,", "by Ann,"
    )


def test_every_list_of_files_leads_to_the_editor_at_the_line(ann: Editor, site: Site, folder: Path) -> None:
    (folder / "exchange/mail-flow/4-broken.md").write_text("# Broken\n\n[x](none.md)\n")
    (folder / "exchange/mail-flow/mail.bank.md").write_text("## Port? {#port}\n\n- = 25\n")
    visitor = Visitor(ann.client)
    for address, link in (
        ("/teach/", THERE),
        ("/teach/", "/teach/new"),
        ("/teach/problems", "/teach/edit/exchange/mail-flow/4-broken.md?line=3"),
        ("/teach/modules/mail-flow/online", THERE),
        ("/teach/modules/mail-flow/online", f"{THERE}?line=10"),
        ("/teach/modules/mail-flow/banks/mail", "/teach/edit/exchange/mail-flow/mail.bank.md?line=1"),
        ("/modules/mail-flow/online", THERE),
    ):
        assert f'href="{link}"' in visitor.get(address).html, address
    assert "Go to line 3." in ann.open("exchange/mail-flow/4-broken.md", "?line=3").words
    assert ann.open("exchange/mail-flow/4-broken.md", "?line=x").status == 200


def test_files_that_are_no_pages_can_be_edited_too(ann: Editor, folder: Path) -> None:
    for path in ("exchange/mail-flow/includes/note.md", "exchange/mail-flow/README.md", "index.md"):
        ann.open(path).press("save", "# A note\n\nText.\n")
        assert ann.status == 303, path
        assert (folder / path).read_text() == "# A note\n\nText.\n"


def test_any_form_input_gives_a_page(ann: Editor, app_of_ann: Flask) -> None:
    token = ann.open().fields["csrf_token"]
    for do in ("", "both", "mine", "keep", "preview", "nonsense", "save"):
        for base in ("", "x"):
            answer = ann.client.post(THERE, data={"csrf_token": token, "do": do, "base": base})
            assert answer.status_code < 500


@pytest.fixture
def app_of_ann(ann: Editor) -> Flask:
    return ann.client.application


def test_where_another_revision_is_read_nothing_is_edited(site: Site) -> None:
    beside = visitor_of(with_settings(site, revision="main"))
    enter(beside.client, add(site, "Olga", "owner"))
    assert beside.client.get(THERE).status_code == 404
    assert "/teach/edit" not in beside.get("/teach/").html
