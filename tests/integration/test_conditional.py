"""A page that the browser has already is not made again, and one that changed in any way is."""

import re
from collections.abc import Callable

import pytest

from quizapp.site import Site
from tests.pages import Visitor

LESSON = "/modules/mail-flow/online"
PAGES = ["/", "/paths/exchange", "/modules/mail-flow", LESSON, "/progress"]


def tag_of(visitor: Visitor, address: str) -> str:
    return visitor.client.get(address).headers["ETag"]


def status_with(visitor: Visitor, address: str, tag: str) -> int:
    return visitor.client.get(address, headers={"If-None-Match": tag}).status_code


@pytest.fixture
def learner(visitor: Visitor) -> Visitor:
    """Somebody who submitted, and opened every page."""
    visitor.send(visitor.get(LESSON).form("/checks/check"), "MX record")
    for address in PAGES:
        visitor.get(address)
    return visitor


@pytest.mark.parametrize("address", PAGES)
def test_the_same_page_is_not_sent_twice(new_visitor: Callable[[], Visitor], address: str) -> None:
    visitor = new_visitor()
    tag = tag_of(visitor, address)
    answer = visitor.client.get(address, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.get_data()) == (304, b"")
    assert answer.headers["ETag"] == tag
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Vary"] == "Cookie"


@pytest.mark.parametrize("address", PAGES)
def test_a_learner_who_did_something_gets_a_new_page(learner: Visitor, address: str) -> None:
    tag = tag_of(learner, address)
    assert status_with(learner, address, tag) == 304
    form = learner.get(LESSON).form("/checks/check")
    learner.client.post(form.action, data=form.data("connector"))
    assert status_with(learner, address, tag) == 200


def test_the_form_of_a_page_kept_by_the_browser_still_works(learner: Visitor) -> None:
    answer = learner.client.get(LESSON)
    [token] = re.findall(r'name="csrf_token" value="([^"]+)"', answer.get_data(as_text=True))[:1]
    assert status_with(learner, LESSON, answer.headers["ETag"]) == 304
    form = learner.get(LESSON).form("/checks/check")
    learner.send(form, "MX record", csrf_token=token)
    assert "Right." in learner.get(learner.address).text


@pytest.mark.parametrize("address", PAGES)
def test_an_edit_of_a_lesson_is_shown(site: Site, learner: Visitor, address: str) -> None:
    tag = tag_of(learner, address)
    file = site.settings.content / "exchange" / "mail-flow" / "2-online.md"
    file.write_text(file.read_text(encoding="utf-8").replace("Mail flows.", "Mail runs."), encoding="utf-8")
    assert status_with(learner, address, tag) == 200


def test_an_edit_of_an_included_text_is_shown(site: Site, learner: Visitor) -> None:
    folder = site.settings.content / "exchange" / "mail-flow"
    (folder / "includes").mkdir()
    (folder / "includes" / "note.md").write_text("Before.", encoding="utf-8")
    (folder / "3-third.md").write_text("# Third\n\n[!INCLUDE [note](includes/note.md)]\n", encoding="utf-8")
    address = "/modules/mail-flow/third"
    assert "Before." in learner.get(address).text
    tag = tag_of(learner, address)
    assert status_with(learner, address, tag) == 304
    (folder / "includes" / "note.md").write_text("After.", encoding="utf-8")
    assert status_with(learner, address, tag) == 200
    assert "After." in learner.get(address).text


@pytest.mark.parametrize("address", PAGES)
def test_another_learner_or_session_gets_a_page_of_their_own(
    learner: Visitor, new_visitor: Callable[[], Visitor], address: str
) -> None:
    tag = tag_of(learner, address)
    other = new_visitor()
    assert status_with(other, address, tag) == 200
    assert tag_of(other, address) != tag
    learner.client.delete_cookie("quizapp")
    assert status_with(learner, address, tag) == 200


def test_signing_up_makes_new_pages(learner: Visitor) -> None:
    tag = tag_of(learner, "/")
    form = learner.get("/account/sign-up").form("/account/sign-up")
    learner.send(form, name="Holly", password="four words in common")
    assert status_with(learner, "/", tag) == 200


@pytest.mark.parametrize("choice", [{"theme": "dark"}, {"contrast": "more"}])
def test_a_changed_appearance_is_shown(learner: Visitor, choice: dict[str, str]) -> None:
    tag = tag_of(learner, LESSON)
    with learner.client.session_transaction() as session:
        session.update(choice)
    assert status_with(learner, LESSON, tag) == 200


def test_a_message_is_shown_once(learner: Visitor) -> None:
    tag = tag_of(learner, "/")
    with learner.client.session_transaction() as session:
        session["_flashes"] = [("message", "Kept.")]
    answer = learner.client.get("/", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "ETag" not in answer.headers
    assert "Kept." in answer.get_data(as_text=True)
    assert status_with(learner, "/", tag) == 304


@pytest.mark.parametrize("address", [f"{LESSON}?attempt=", "/nothing", "/modules/none", "/account/sign-in"])
def test_other_pages_have_no_tag(visitor: Visitor, address: str) -> None:
    assert "ETag" not in visitor.client.get(address).headers


def test_another_address_has_another_tag(learner: Visitor) -> None:
    assert len({tag_of(learner, address) for address in PAGES}) == len(PAGES)


def test_who_may_not_see_a_page_is_not_told_that_it_is_unchanged(site: Site, learner: Visitor) -> None:
    tag = tag_of(learner, LESSON)
    file = site.settings.content / "exchange" / "mail-flow" / "2-online.md"
    file.write_text(file.read_text(encoding="utf-8").replace("---\n", "---\ndraft: true\n", 1), encoding="utf-8")
    assert status_with(learner, LESSON, tag) == 404
