"""Assessments of QTI 1.2 as quizzes: groups, banks to draw from, what `assessment_meta.xml` says; words are ours."""

from collections.abc import Sequence
from fractions import Fraction

import pytest

from quizapp.formats.contract import IMPORTERS, MAX_PLACES, Imported, Source
from tests.unit.formats.qti12_items import PNG, asked, document, group, meta, package


def read(*items: str, said: str = "", more: dict[str, bytes] | None = None) -> Imported:
    """What is read of a package with an assessment."""
    files = {"q/q.xml": document(*items), **(more or {})}
    files |= {"q/assessment_meta.xml": meta(said)} if said else {}
    return IMPORTERS["qti12"].read(Source(package(files), "x.zip"))


def titles(found: Imported) -> list[tuple[list[str], int | None]]:
    """What its one quiz asks, place by place."""
    [quiz] = found.quizzes
    return [([one.title for one in section.items], section.count) for section in quiz.sections]


def told(found: Imported) -> Sequence[str]:
    """What is said of it."""
    return [note.text for note in found.notes]


def test_groups_are_drawn_from_between_questions_that_are_asked() -> None:
    found = read(asked("First"), asked("Second"), group("1", asked("Third"), asked("Fourth")), asked("Last"))
    assert titles(found) == [(["First?", "Second?"], None), (["Third?", "Fourth?"], 1), (["Last?"], None)]
    assert found.quizzes[0].title == "Rain"
    assert told(found) == []


def test_a_group_says_what_its_questions_are_worth() -> None:
    worth = "<selection_extension><points_per_item>2.5</points_per_item></selection_extension>"
    found = read(asked("First"), group("1", asked("Third", "9"), asked("Fourth"), more=worth))
    assert [item.question.points for item in found.items if item.question] == [1, Fraction("2.5"), Fraction("2.5")]


def test_a_group_may_draw_from_a_bank_of_the_package() -> None:
    bank = document(asked("Third"), asked("Fourth")).replace(b"<assessment ident", b"<objectbank ident")
    bank = bank.replace(b"</assessment>", b"</objectbank>").replace(b'ident="a"', b'ident="b1"')
    source = "<sourcebank_ref>b1</sourcebank_ref>"
    found = read(asked("First"), group("1", more=source), more={"b1.xml.qti": bank})
    assert titles(found) == [(["First?"], None), (["Third?", "Fourth?"], 1)]
    gone = read(asked("First"), group("1", more=source.replace("b1", "b2")))
    assert titles(gone) == [(["First?"], None)]
    assert any("draws 1 from a bank that is not there, and is left out." in text for text in told(gone))


def test_what_canvas_says_of_a_quiz_is_front_matter() -> None:
    found = read(
        asked("First"),
        said="<title>Rain 2</title><description>&lt;p&gt;Read &lt;b&gt;well&lt;/b&gt;.&lt;/p&gt;</description>"
        "<time_limit>30</time_limit><allowed_attempts>2</allowed_attempts><scoring_policy>keep_average</scoring_policy>"
        "<one_question_at_a_time>true</one_question_at_a_time><cant_go_back>true</cant_go_back>"
        "<shuffle_answers>false</shuffle_answers><show_correct_answers>false</show_correct_answers>",
    )
    [quiz] = found.quizzes
    assert (quiz.title, quiz.introduction) == ("Rain 2", "Read **well**.")
    assert quiz.settings == {
        "time": "30 min",
        "attempts": "2",
        "keep": "mean",
        "reveal": "{marks: after-submit, feedback: after-submit, explanation: after-submit, key: never}",
        "pages": "one",
        "navigation": "forward",
    }
    assert [item.question.shuffle for item in found.items if item.question] == [False]
    assert told(found) == []


def test_pictures_of_a_description_come_along() -> None:
    said = "<description>&lt;img src='$IMS-CC-FILEBASE$/map.png' alt='A map'&gt;</description>"
    [quiz] = read(asked("First"), said=said, more={"web_resources/map.png": PNG}).quizzes
    assert list(quiz.files.values()) == [PNG]
    assert next(iter(quiz.files)) in quiz.introduction


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("<access_code>rain</access_code>", "an access code (rain)"),
        ("<ip_filter>10.0.0.0/8</ip_filter>", "a filter of addresses (10.0.0.0/8)"),
        ("<require_lockdown_browser>true</require_lockdown_browser>", "a locked browser"),
        ("<lock_at>2013-03-01T06:59:59</lock_at>", "when it closes (2013-03-01T06:59:59)"),
        ("<time_limit>2.5</time_limit>", "its time, 2.5 minutes, cannot be said here"),
        ("<allowed_attempts>0</allowed_attempts>", "its attempts, 0, cannot be said here"),
        ("<quiz_type>graded_survey</quiz_type>", "it is a survey there"),
        ("<hide_results>until_after_last_attempt</hide_results>", "results are hidden until the last attempt"),
        ("<description>&lt;script&gt;x&lt;/script&gt;Read</description>", "in its description,"),
    ],
)
def test_what_no_quiz_here_can_say_is_told(said: str, what: str) -> None:
    found = read(asked("First"), said=said)
    assert [what in text for text in told(found)] == [True]
    assert found.quizzes[0].settings == {}


def test_what_is_switched_off_is_not_told() -> None:
    off = "".join(f"<{tag}>false</{tag}>" for tag in ("require_lockdown_browser", "one_time_results"))
    assert told(read(asked("First"), said=f"{off}<access_code></access_code>")) == []


def test_practice_has_no_pass_mark() -> None:
    [quiz] = read(
        asked("First"), said="<quiz_type>practice_quiz</quiz_type><hide_results>always</hide_results>"
    ).quizzes
    assert quiz.settings == {"preset": "practice", "reveal": "never", "pages": "all"}


def test_a_count_that_is_none_asks_all() -> None:
    found = read(group("some", asked("Third"), asked("Fourth")))
    assert titles(found) == [(["Third?", "Fourth?"], None)]
    assert ["all of its questions are asked" in text for text in told(found)] == [True]


def test_headings_of_several_sections_are_told() -> None:
    sections = [f'<section ident="{name}" title="{name}">{asked(name)}</section>' for name in ("Wet", "Dry")]
    found = read(*sections)
    assert titles(found) == [(["Wet?", "Dry?"], None)]
    assert ["the heading of the section" in text for text in told(found)] == [True, True]


def test_a_broken_meta_is_told() -> None:
    files = {"q/q.xml": document(asked("First")), "q/assessment_meta.xml": b"<quiz>"}
    found = IMPORTERS["qti12"].read(Source(package(files), "x.zip"))
    assert [item.question is not None for item in found.items] == [True]
    assert ["assessment_meta.xml cannot be read" in text for text in told(found)] == [True]


def test_groups_without_end_are_left_out_and_told() -> None:
    bank = document(*(asked(f"Q{number}") for number in range(30))).replace(b"<assessment ident", b"<objectbank ident")
    bank = bank.replace(b"</assessment>", b"</objectbank>").replace(b'ident="a"', b'ident="b1"')
    draw = group("1", more="<sourcebank_ref>b1</sourcebank_ref>")
    many = read(asked("First"), *[draw] * (MAX_PLACES + 1), more={"b1.xml.qti": bank})
    assert many.quizzes == ()
    assert ["more than 200 sections" in text for text in told(many)] == [True]
    files = {f"q{number}.xml.qti": document(*[draw] * 200) for number in range(3)} | {"b1.xml.qti": bank}
    some = IMPORTERS["qti12"].read(Source(package(files), "x.zip"))
    assert len(some.quizzes) == 1
    assert ["they ask too much" in text for text in told(some)] == [True]
