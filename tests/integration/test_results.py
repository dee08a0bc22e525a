"""Who has done what in a module, as a page and as a file."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizapp.actions.people import find_called, remove_person
from quizapp.site import Site
from quizapp.web import results
from tests.conftest import TWO_QUESTIONS
from tests.pages import Visitor
from tests.people import add
from tests.quizzes import move, start, write_quiz

SignIn = Callable[..., Visitor]
ADDRESS = "/teach/modules/mail-flow"


@pytest.fixture
def module(folder: Path) -> Path:
    """The module of the content folder."""
    return folder / "exchange" / "mail-flow"


def read(visitor: Visitor, lesson: str = "introduction") -> None:
    """Read a lesson without a check to its end."""
    visitor.send(visitor.get(f"/modules/mail-flow/{lesson}").form("/continue"))


def answer(visitor: Visitor, *choose: str, lesson: str = "online", check: str = "check") -> None:
    """Answer a check."""
    visitor.send(visitor.get(f"/modules/mail-flow/{lesson}").form(f"/checks/{check}"), *choose)


def sheet(visitor: Visitor) -> list[list[str]]:
    """The rows of the file."""
    text = visitor.client.get(f"{ADDRESS}/results.csv").get_data().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_module_says_who_has_done_what(sign_in: SignIn, visitor: Visitor) -> None:
    lena, teacher = sign_in("Lena"), sign_in("Ines", "instructor")
    assert "Nobody with an account has begun this module yet." in teacher.get(ADDRESS).text
    read(lena)
    answer(lena, "The MX record")
    read(visitor)
    page = teacher.get(ADDRESS).text
    assert "Learner Lessons Last here 1 Introduction 2 Exchange Online Lena" in page
    assert "Lena 2 of 2 today Completed Completed 100 %" in page
    assert "One guest without an account began this module. Introduction: completed by 1" in page


def test_the_best_result_stands_in_the_cell_of_its_lesson(sign_in: SignIn) -> None:
    lena, teacher = sign_in("Lena"), sign_in("Ines", "instructor")
    answer(lena, "A connector")
    assert "Lena 0 of 2 today Not begun In progress 0 %" in teacher.get(ADDRESS).text


def test_of_several_checks_of_a_lesson_the_mean_is_told(module: Path, sign_in: SignIn) -> None:
    second = "\n## Another {#another .check}\n\n### More {#more}\n\n- (x) Yes\n- ( ) No\n"
    (module / "3-two.md").write_text(TWO_QUESTIONS + second, encoding="utf-8")
    lena, teacher = sign_in("Lena"), sign_in("Ines", "instructor")
    answer(lena, "Alpha", "One", "Two", lesson="two")
    assert "50 %" in teacher.get(ADDRESS).text
    answer(lena, "Yes", lesson="two", check="another")
    assert "100 %" in teacher.get(ADDRESS).text


def test_results_follow_a_lesson_to_its_new_name(module: Path, sign_in: SignIn) -> None:
    lena, teacher = sign_in("Lena"), sign_in("Ines", "instructor")
    read(lena)
    (module / "1-introduction.md").rename(module / "1-welcome.md")
    (module / "1-welcome.md").write_text("---\naliases: [introduction]\n---\n# Welcome\n\nWelcome.\n", encoding="utf-8")
    assert "Lena 1 of 2" in teacher.get(ADDRESS).text


def test_who_has_not_begun_is_named(site: Site, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    teacher = sign_in("Ines", "instructor")
    read(sign_in("Lena"))
    add(site, "Bo")
    assert "Not begun Bo Ines Download" in teacher.get(ADDRESS).text
    monkeypatch.setattr(results, "NAMES_SHOWN", 1)
    add(site, "Cleo")
    assert "Not begun Bo and 2 more accounts" in teacher.get(ADDRESS).text


def test_whose_account_was_removed_is_neither_learner_nor_guest(site: Site, sign_in: SignIn) -> None:
    teacher, lena = sign_in("Ines", "instructor"), sign_in("Lena")
    read(lena)
    remove_person(site.database, find_called(site.database, "Lena").id, None, datetime.now(UTC))
    page = teacher.get(ADDRESS).text
    assert "Lena" not in page
    assert "guest" not in page


def test_the_table_can_be_downloaded(site: Site, sign_in: SignIn) -> None:
    teacher, lena = sign_in("Ines", "instructor"), sign_in("Lena")
    answer(lena, "The MX record")
    address = teacher.get(ADDRESS).links["Download as CSV"]
    answered = teacher.client.get(address)
    assert answered.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answered.headers["Content-Disposition"] == "attachment; filename=mail-flow.csv"
    today = datetime.now(site.settings.zone).date().isoformat()
    head, first, second = sheet(teacher)
    assert head == [
        "Learner", "Lessons completed", "Last here",
        "1 Introduction", "2 Exchange Online", "2 Exchange Online: result in %",
    ]  # fmt: skip
    assert [*first[:2], first[2][:10], *first[3:]] == ["Lena", "1", today, "Not begun", "Completed", "100"]
    assert second == ["Ines", "0", "", "Not begun", "Not begun", ""]


def test_a_title_is_no_formula_in_the_file(module: Path, sign_in: SignIn) -> None:
    (module / "3-sum.md").write_text("# =SUM(A1)\n\nText.\n", encoding="utf-8")
    (module / "index.md").write_text("---\ntitle: Mail\n---\n", encoding="utf-8")
    teacher = sign_in("=1+1", "instructor")
    rows = sheet(teacher)
    assert rows[0][-1] == "3 =SUM(A1)"
    assert rows[1][0] == "'=1+1"


def test_the_score_of_a_quiz_that_counts_stands_in_its_column(
    sign_in: SignIn, module: Path, folder: Path, site: Site
) -> None:
    write_quiz(folder, "preset: check\ntime: 20 min\npass: 50%\n")
    lena, mia, teacher = sign_in("Lena"), sign_in("Mia"), sign_in("Ines", "instructor")
    for given in ("Alpha", "Beta"):  # the best counts
        sitting = start(lena)
        sitting.answer(given, "One", "Two", **{"answer-2": "12 ms"} if given == "Alpha" else {})
        sitting.submit()
    late = start(mia)
    late.answer("Alpha")
    move(site, late.attempt, timedelta(minutes=30))  # nobody looked since its time was over
    page = teacher.get(ADDRESS).text
    assert "Lena 0 of 2 Not begun Not begun passed 100 %" in page
    assert "Mia 0 of 2 Not begun Not begun not passed 25 %" in page
    head, *lines = sheet(teacher)
    assert head[-2:] == ["Final: score in %", "Final: attempts"]
    assert [(line[0], line[-2:]) for line in lines[:2]] == [("Lena", ["100", "2"]), ("Mia", ["25", "1"])]
