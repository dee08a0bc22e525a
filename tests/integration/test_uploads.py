"""Files brought under /teach, without JavaScript: each format from its upload to the page of the bank, once."""

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizapp.actions.uploads import (
    GONE,
    KEPT,
    MAX_FILES,
    NotTaken,
    find_picture,
    find_upload,
    finish_upload,
    keep_pictures,
    keep_upload,
    sweep,
)
from quizapp.errors import NotFound
from quizapp.formats.contract import EXPORTERS, MAX_ITEMS
from quizapp.formats.strangers import OLE
from quizapp.questions.base import QUESTION_TYPES
from quizapp.settings import Settings
from quizapp.site import Site, prepare_site
from quizapp.web import create_app
from tests.pages import Page, Visitor
from tests.people import with_settings
from tests.repositories import Repository
from tests.unit.formats.moodle_items import PNG, SINGLE, bank, file, question
from tests.unit.formats.trips import WRITER

PASTE, NEW_BANK = "/teach/paste", {"do": "save", "bank": "new", "title": "Weather", "folder": "exchange/mail-flow"}
BANK = "exchange/mail-flow/weather.bank.md"
WET = "## Which is wet? {#which-is-wet}\n\n- (x) Rain\n- ( ) Sand\n"
QUESTION = WRITER.questions(WET)[0][0]
REFUSED = question("random", "<p>Any</p>", "")
PICTURED = SINGLE.replace("wet", "wet <img src='@@PLUGINFILE@@/rain.png' alt='Rain'>").replace(
    "</questiontext>", f"{file('rain.png')}</questiontext>"
)
NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.fixture
def site(folder: Path, tmp_path: Path) -> Iterator[Site]:
    """A site; what is uploaded does not depend on the kind of database."""
    site = prepare_site(Settings(folder, tmp_path / "instance"))
    site.looking_pause = 0
    yield site
    site.database.close()


@pytest.fixture
def author(sign_in: Callable[..., Visitor]) -> Visitor:
    return sign_in("Ann", "author")


def upload(visitor: Visitor, files: Sequence[tuple[str, bytes]], **fields: str) -> Page:
    """Choose files and send them."""
    [form] = [form for form in visitor.get(PASTE).forms if form.action == PASTE]
    chosen = [(io.BytesIO(data), name) for name, data in files]
    data = {**dict(form.hidden), "do": "read", "file": chosen, **fields}
    return visitor.post(PASTE, data)


def send(visitor: Visitor, page: Page, **fields: str) -> Page:
    """Send the form of the page with what was brought, as a browser fills it in."""
    [form] = [form for form in page.forms if "/uploads/" in form.action or form.action == PASTE]
    bases = re.findall(r'<input type="hidden" name="base" value="([^"]+)"', page.html)
    typed = re.findall(r'<textarea id="source"[^>]*>\n(.*?)</textarea>', page.html, re.DOTALL)
    selects = re.findall(r'<select id="[^"]+" name="([^"]+)"[^>]*>(.*?)</select>', page.html, re.DOTALL)
    chosen = {name: re.findall(r'value="([^"]*)" selected', options) for name, options in selects}
    filled: dict[str, str | list[str]] = {"base": bases, **{name: one for name, one in chosen.items() if one}}
    filled |= {"source": [html.unescape(typed[0])]} if typed else {}
    return visitor.send(form, **{**filled, **fields})


def exported(name: str) -> bytes:
    return EXPORTERS[name].write([QUESTION], "Weather", lambda path: None).data


@pytest.mark.parametrize(
    ("format", "name"),
    [("aiken", "a.txt"), ("csv", "a.csv"), ("gift", "a.gift"), ("json", "a.json"), ("moodle", "a.xml"),
     ("qti12", "a.zip"), ("qti3", "b.zip"), ("text2qti", "a.txt"), ("xlsx", "a.xlsx")],
)  # fmt: skip
def test_each_format_comes_in_is_served_and_comes_in_once(
    author: Visitor, site: Site, folder: Path, format: str, name: str
) -> None:
    page = upload(author, [(name, exported(format))])
    assert author.status == 200
    assert "Which is wet?" in page.text
    assert "1 question" in page.text
    assert "cannot be saved" not in page.text
    assert not (folder / BANK).exists()
    page = send(author, page, **NEW_BANK)
    assert f"1 question was added to {BANK}." in page.text
    assert author.address.startswith("/teach/modules/mail-flow/banks/weather")
    [key] = [key for key, one in site.catalogue.questions().items() if one.path == BANK]
    assert site.catalogue.questions()[key].type.name == "single"
    before = (folder / BANK).read_bytes()
    page = upload(author, [(name, exported(format))])
    assert f"There already: {key}" in page.text
    page = send(author, page, do="save", bank=BANK)
    assert f"Nothing was added to {BANK}: all of it is there already." in page.text
    assert (folder / BANK).read_bytes() == before


def test_every_question_type_looks_as_it_will(author: Visitor) -> None:
    questions = [one for kind in QUESTION_TYPES.values() for one in WRITER.questions(kind.example)[0]]
    data = EXPORTERS["json"].write(questions, "All", lambda path: None).data
    page = upload(author, [("all.json", data)])
    assert author.status == 200
    assert f"{len(questions)} questions in one file" in page.text
    send(author, page, do="read")
    assert author.status == 200


def test_pictures_are_shown_before_they_are_saved_and_are_in_the_same_commit(
    author: Visitor, sign_in: Callable[..., Visitor], folder: Path, site: Site
) -> None:
    repository = Repository(folder.parent)
    repository.write(".gitignore", "instance\n")
    repository.commit()
    page = upload(author, [("moodle.xml", bank(PICTURED))])
    [shown] = set(re.findall(r'src="(/teach/uploads/[^"]+\.png)"', page.html))
    with author.client.get(shown) as response:
        assert (response.status_code, response.data) == (200, PNG)
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    other = sign_in("Ben", "author")
    for address in (shown, shown.replace("media/", "media/x"), shown.replace("media/", "media/..%2f")):
        with other.client.get(address) as response:
            assert response.status_code == 404
    page = send(author, page, **NEW_BANK)
    [picture] = (folder / BANK).parent.glob("media/*.png")
    assert f"/media/{picture.relative_to(folder).as_posix()}" in page.html
    committed = repository.git("show", "--name-only", "--format=%an", "HEAD").split()
    assert committed == ["Ann", f"content/{picture.relative_to(folder).as_posix()}", f"content/{BANK}"]
    assert repository.git("status", "--porcelain") == ""
    assert author.client.get(shown).status_code == 404


def test_pictures_that_git_ignores_keep_nothing_out_of_the_history(author: Visitor, folder: Path) -> None:
    repository = Repository(folder.parent)
    repository.write(".gitignore", "instance\n*.png\n")
    repository.commit()
    page = send(author, upload(author, [("moodle.xml", bank(PICTURED))]), **NEW_BANK)
    assert "not in the history" not in page.text
    assert repository.git("show", "--name-only", "--format=", "HEAD") == f"content/{BANK}"


def test_what_is_refused_is_told_with_its_place_and_keeps_all_out_or_only_itself(author: Visitor, folder: Path) -> None:
    page = upload(author, [("moodle.xml", bank(SINGLE, REFUSED))])
    assert "1 cannot be saved yet" in page.text
    assert "Refused: its type, random, is not supported." in page.text
    assert re.search(r"Line \d+ ", page.text)
    refused = send(author, page, **NEW_BANK)
    assert author.status == 422
    assert "1 question cannot be saved. Say what is not known of them, or tick “Leave out" in refused.text
    assert page.html.count('href="#item-1-') == 1
    assert not (folder / BANK).exists()
    page = send(author, refused, **NEW_BANK, only_good="1")
    assert "1 question was left out, because it cannot be saved." in page.text
    assert (folder / BANK).read_text().count("\n## ") == 1


def test_where_nothing_is_good_nothing_is_added_and_the_upload_stays(author: Visitor, folder: Path) -> None:
    page = upload(author, [("moodle.xml", bank(REFUSED))])
    there = author.address
    page = send(author, page, **NEW_BANK, only_good="1")
    assert f"Nothing was added to {BANK}. " in page.text
    assert "all of it is there already" not in page.text
    assert not (folder / BANK).exists()
    author.get(there)
    assert author.status == 200


def test_a_new_bank_needs_a_title_and_that_is_told(author: Visitor, folder: Path) -> None:
    page = send(author, upload(author, [("moodle.xml", bank(SINGLE))]), **{**NEW_BANK, "title": " "})
    assert author.status == 422
    assert "Give the new question bank a title, or choose one that is there." in page.text
    assert not (folder / BANK).exists()


def test_of_many_that_are_there_a_few_are_named_and_nothing_is_no_success(author: Visitor) -> None:
    many = bank(*(SINGLE.replace("wet", f"wet in {name}") for name in "abcdefgh"))
    send(author, upload(author, [("moodle.xml", many)]), **NEW_BANK)
    page = send(author, upload(author, [("moodle.xml", many)]), do="save", bank=BANK)
    assert re.search(r"Left out, because they are there already: (#[\w-]+, ){4}#[\w-]+ and 3 more", page.text)
    assert page.html.count('class="ribbon is-inside"') == 2
    assert 'class="flash"' not in page.html


def test_many_notes_are_folded_but_for_the_first(author: Visitor) -> None:
    texts = [f"$CATEGORY: rain/{name}\n\nIs it wet in {name}? {{T}}\n" for name in "abcdefg"]
    page = upload(author, [("a.gift", "\n".join(texts).encode()), ("d.xml", bank(SINGLE))])
    assert "2 notes more" in page.text
    assert page.html.count("became the tag") == 7


def test_what_is_chosen_as_another_format_is_told_as_what_it_seems(author: Visitor) -> None:
    page = upload(author, [("a.xml", bank(SINGLE)), ("b.xls", OLE)])
    assert "Not read: This is a workbook of an old kind (.xls). Open it, and save it as .xlsx." in page.text
    page = send(author, page, do="read", **{"format-0": "json", "format-1": "xlsx"})
    assert "This looks like “Moodle XML”: it begins with <quiz>." in page.text
    assert "Not read: This is a workbook of an old kind" in page.text


def test_there_is_a_table_to_begin_with_that_can_be_brought(author: Visitor, site: Site) -> None:
    assert "/teach/paste/questions.xlsx" in author.get(PASTE).html
    with author.client.get("/teach/paste/questions.xlsx") as response:
        assert response.status_code == 200
        assert response.headers["Content-Disposition"] == "attachment; filename=questions.xlsx"
        data = response.data
    page = upload(author, [("questions.xlsx", data)])
    assert "Found out: XLSX" in page.text
    assert "cannot be saved" not in page.text
    assert {"Matching", "Ordering", "Single choice"} <= set(re.findall(r" · ([^:·]+): \d", page.text))


def test_several_files_are_told_one_by_one_and_a_question_in_two_is_read_once(author: Visitor, folder: Path) -> None:
    page = upload(
        author,
        [("a.csv", exported("csv")), ("b.gift", exported("gift")), ("c.html", b"<html>"), ("d.xml", bank(SINGLE))],
    )
    assert "2 questions in 4 files" in page.text
    assert "1 question stands in a file above too, and is read once." in page.text
    assert "Not read: This begins with <html>" in page.text
    assert "Because its name ends with .csv." in page.text
    refused = send(author, page, **NEW_BANK)
    assert author.status == 422
    assert "The file c.html cannot be read." in refused.text
    send(author, refused, **NEW_BANK, only_good="1")
    assert author.status == 200
    assert (folder / BANK).read_text().count("\n## ") == 2


def test_the_format_can_be_said(author: Visitor) -> None:
    page = upload(author, [("a.csv", exported("csv")), ("b.csv", exported("csv"))])
    page = send(author, page, **{"do": "read", "format-0": "gift", "format-1": ""})
    assert '<option value="gift" selected>' in page.html
    assert "CSV" in page.text
    page = upload(author, [("a.txt", bank(SINGLE))], format="aiken")
    assert "Read as Aiken" in page.text
    assert "1 cannot be saved yet" in page.text
    page = upload(author, [("a.xml", bank(SINGLE))], format="qti12")
    assert "it begins with <quiz>. Export it as that." in page.text
    page = send(author, page, **{"do": "read", "format-0": ""})
    assert "Which is wet?" in page.text


def test_a_text_that_is_chosen_can_be_mended_on_the_page(author: Visitor) -> None:
    page = upload(author, [("rain.gift", b"Rain is wet. {TRUE}\n")])
    assert author.address == PASTE
    assert "Rain is wet. {TRUE}" in page.html
    assert '<option value="gift" selected>' in page.html
    assert "Read as GIFT" in page.text


def test_a_pasted_text_may_have_any_format_that_is_text(author: Visitor) -> None:
    [form] = [form for form in author.get(PASTE).forms if form.action == PASTE]
    page = author.send(form, source=bank(SINGLE).decode(), do="read")
    assert "Read as Moodle XML: it begins with <quiz>." in page.text
    assert "Which is wet?" in page.text


def test_an_upload_is_there_for_who_sent_it_and_for_an_hour_only(
    author: Visitor, sign_in: Callable[..., Visitor], site: Site
) -> None:
    upload(author, [("a.xml", bank(SINGLE))])
    there = author.address
    page = sign_in("Ben", "author").get(there)
    assert GONE in page.text
    assert author.get(there).text
    assert author.status == 200
    name = there.rpartition("/")[2]
    for wrong in ("A" * 22, "..", name[:-1], name + "x", name.swapcase()):
        author.get(f"/teach/uploads/{wrong}")
        assert author.status == 404, wrong
    [folder] = (site.settings.instance / "uploads").glob("*/*")
    old = datetime.now(UTC) - timedelta(minutes=61)
    folder.rename(folder.with_name(f"{old:%Y%m%dT%H%M%S%f}-{name}"))
    assert GONE in author.get(there).text
    assert author.status == 404


def test_saving_twice_from_one_page_is_told_and_saves_once(author: Visitor, folder: Path) -> None:
    page = upload(author, [("a.xml", bank(SINGLE))])
    send(author, page, **NEW_BANK)
    before = (folder / BANK).read_bytes()
    again = send(author, page, **NEW_BANK)
    assert f"What was uploaded is saved already, in {BANK}." in again.text
    assert (folder / BANK).read_bytes() == before


def test_two_tabs_have_an_upload_each(author: Visitor, folder: Path) -> None:
    one = upload(author, [("a.xml", bank(SINGLE))])
    two = upload(author, [("b.xml", bank(SINGLE.replace("wet", "dry")))])
    send(author, one, **NEW_BANK)
    send(author, two, do="save", bank=BANK)
    assert "1 question was added" in author.get("/teach/").text or (folder / BANK).read_text().count("\n## ") == 2


def test_a_bank_that_changed_since_is_looked_at_again(author: Visitor, folder: Path) -> None:
    send(author, upload(author, [("a.xml", bank(SINGLE))]), **NEW_BANK)
    page = upload(author, [("b.xml", bank(SINGLE.replace("wet", "dry")))])
    theirs = (folder / BANK).read_text() + "\n## Their question {#theirs}\n\n- (x) Yes\n- ( ) No\n"
    (folder / BANK).write_text(theirs)
    page = send(author, page, do="save", bank=BANK)
    assert author.status == 409
    assert "Somebody changed this bank since the page was opened." in page.text
    assert (folder / BANK).read_text() == theirs
    send(author, page, do="save", bank=BANK)
    assert author.status == 200
    assert (folder / BANK).read_text().startswith(theirs)


def test_too_many_files_none_and_too_much_are_refused(author: Visitor, site: Site) -> None:
    page = upload(author, [(f"{n}.xml", bank(SINGLE)) for n in range(MAX_FILES + 1)])
    assert author.status == 422
    assert "are taken at once" in page.text
    upload(author, [("a.bin", b"\0" * (34 * 1024 * 1024))])
    assert author.status == 413
    upload(author, [])
    assert author.status == 422
    assert not list((site.settings.instance / "uploads").glob("*/*"))


def test_more_questions_than_can_be_looked_at_are_refused_by_file(author: Visitor) -> None:
    many = "".join(f"Rain {n} is wet. {{TRUE}}\n\n" for n in range(MAX_ITEMS))
    page = upload(author, [("a.gift", many.encode()), ("b.xml", bank(SINGLE))], format="")
    assert f"the files before it have {MAX_ITEMS} questions".capitalize()[:20] in page.text


def hostile() -> dict[str, bytes]:
    """Files that mean harm, or are damaged, by their names."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", "<manifest/>")
        archive.writestr("q.xml", b"<questestinterop>" + b" " * 50_000_000)
    outside = io.BytesIO()
    with zipfile.ZipFile(outside, "w") as archive:
        archive.writestr("../../evil.xml", exported("moodle"))
        archive.writestr("q.xml", "<questestinterop/>")
    entity = b'<!DOCTYPE quiz [<!ENTITY a "aaaa">]><quiz><question type="&a;"/></quiz>'
    return {
        "bomb.zip": bomb.getvalue(), "outside.zip": outside.getvalue(), "cut.zip": exported("qti3")[:200],
        "entity.xml": entity, "cut.xml": bank(SINGLE)[:-40], "deep.xml": b"<quiz>" + b"<a>" * 5000,
        "null.bin": b"\0" * 5000, "empty.zip": b"PK\x05\x06" + b"\0" * 18, "latin.gift": "Café? {T}".encode("latin-1"),
        "cut.json": b'{"format": "quizapp questions"', "odd.csv": b'question,right\n"open', "empty.xml": b"",
        "script<img>.xml": b"<html>", "..": b"<quiz/>", "a" * 3000 + ".xml": b"<quiz/>", "\u202e.docx": b"PK\x03\x04",
    }  # fmt: skip


@pytest.mark.parametrize("name", hostile())
def test_what_means_harm_is_told_and_changes_no_file(author: Visitor, folder: Path, name: str) -> None:
    before = sorted(folder.rglob("*"))
    page = upload(author, [(name, hostile()[name])])
    assert author.status in (200, 422)
    assert "Not read:" in page.text or "There is a problem" in page.text or "0 questions" in page.text
    assert "<img>.xml" not in page.html
    assert sorted(folder.rglob("*")) == before


def test_who_is_no_author_brings_nothing(sign_in: Callable[..., Visitor], site: Site, author: Visitor) -> None:
    upload(author, [("a.xml", bank(SINGLE))])
    for name, roles in (("Lena", ()), ("Ines", ("instructor",))):
        visitor = sign_in(name, *roles)
        for address in (PASTE, author.address):
            assert visitor.client.get(address).status_code == 403
            assert visitor.client.post(address, data={"do": "save"}).status_code in (400, 403)
    off = create_app(site=with_settings(site, editing="off")).test_client()
    assert off.get(author.address).status_code == 404


# The store of uploads


def test_uploads_of_an_account_are_bounded_and_the_oldest_goes(tmp_path: Path) -> None:
    names = [keep_upload(tmp_path, 1, [("a", b"1")], NOW + timedelta(seconds=n)) for n in range(KEPT + 2)]
    keep_upload(tmp_path, 2, [("a", b"1")], NOW)
    there = [name for name in names if _is_there(tmp_path, 1, name)]
    assert there == names[2:]


def _is_there(instance: Path, account: int, name: str) -> bool:
    try:
        return bool(find_upload(instance, account, name, NOW).name)
    except NotFound:
        return False


def test_what_a_kill_left_and_what_is_old_is_swept(tmp_path: Path) -> None:
    name = keep_upload(tmp_path, 1, [("a", b"1"), ("b", b"2")], NOW)
    [kept] = (tmp_path / "uploads" / "1").iterdir()
    half = kept.with_name(f"{kept.name[:-1]}x.new")
    half.mkdir()
    assert find_upload(tmp_path, 1, name, NOW).files == (("a", b"1"), ("b", b"2"))
    sweep(tmp_path, NOW + timedelta(minutes=59))
    assert half.exists()
    sweep(tmp_path, NOW + timedelta(minutes=61))
    assert list((tmp_path / "uploads").iterdir()) == []


def test_the_names_of_files_are_no_paths(tmp_path: Path) -> None:
    name = keep_upload(tmp_path, 1, [("../../../x", b"1"), ("/etc/x", b"2")], NOW)
    assert sorted(file.name for file in tmp_path.rglob("*") if file.is_file()) == ["0", "1", "files.json"]
    keep_pictures(tmp_path, 1, name, {"media/../../x.png": b"1", "../x.png": b"1", "media/a.png": b"1"}, NOW)
    assert find_picture(tmp_path, 1, name, "media/a.png", NOW).read_bytes() == b"1"
    for path in ("files.json", "0", "media/../0", "media/b.png"):
        with pytest.raises(NotFound):
            find_picture(tmp_path, 1, name, path, NOW)
    finish_upload(tmp_path, 1, name, "a.bank.md", NOW)
    assert find_upload(tmp_path, 1, name, NOW).saved == "a.bank.md"
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == ["saved.txt"]


def test_a_damaged_upload_is_one_that_is_gone(tmp_path: Path) -> None:
    name = keep_upload(tmp_path, 1, [("a", b"1")], NOW)
    [listed] = tmp_path.rglob("files.json")
    listed.write_text("[")
    with pytest.raises(NotFound):
        find_upload(tmp_path, 1, name, NOW)
    with pytest.raises(NotTaken):
        keep_upload(tmp_path, 1, [], NOW)


TEST = b"Quiz title: Rain exam\n1. Which is dry?\n*a) Sand\nb) Sea\n\nGROUP\npick: 1\n"
TEST += b"1. Which is wet?\n*a) Rain\nb) Sand\n2. Which is blue?\n*a) Sky\nb) Grass\nEND_GROUP\n"


def test_a_test_becomes_a_quiz_beside_the_bank(author: Visitor, site: Site, folder: Path) -> None:
    page = upload(author, [("exam.text2qti", TEST)])
    assert "It is a quiz: Rain exam · 1 of 2 drawn" in page.text
    page = send(author, page, **NEW_BANK)
    assert "The quiz Rain exam was added: rain-exam.quiz.md." in page.text
    [quiz] = site.catalogue.module("mail-flow").quizzes
    assert (quiz.key, quiz.drawn, len(quiz.questions)) == ("mail-flow/rain-exam", 2, 3)
    file = folder / "exchange" / "mail-flow" / "rain-exam.quiz.md"
    file.write_text("---\ntitle: Mine\n---\n\n## Why? {#mine .essay}\n", encoding="utf-8")
    site.look_again()
    page = send(author, upload(author, [("exam.text2qti", TEST)]), do="save", bank=BANK)
    assert "rain-exam.quiz.md is there already, and says something else." in page.text
    page = send(author, page, do="save", bank=BANK, no_quiz="1")
    assert f"Nothing was added to {BANK}: all of it is there already." in page.text
    assert "title: Mine" in file.read_text()
