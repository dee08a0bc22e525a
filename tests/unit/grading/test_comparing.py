"""compare(): what each kind of change of the content is called, and what is to be written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.content.catalogue import read_catalogue
from quizapp.grading.comparing import compare
from quizapp.grading.differences import ChangedQuestion, Differences, Lost, Setting

MX = "- (x) MX record\n  > Yes.\n- ( ) TXT record\n- ( ) PTR record\n"
HOSTS = "- [x] Edge\n- [x] Hub\n- [ ] Mailbox\n"
QUIZ = "---\ntitle: Final\npass: 80%\ntime: 20 min\ndraw:\n  - {bank: mail, count: 1}\n---\n"
BANK = "## First in the bank {#bank-one}\n\n- = Receive connector\n\n## Second {#bank-two}\n\n- = 25\n"
Files = dict[str, str]


def lesson(*questions: str, title: str = "Mail", front: str = "") -> str:
    """A lesson with a check of these questions, each with its heading."""
    return f"{front}# {title}\n\n## Check {{.check}}\n\n" + "\n".join(questions)


def question(name: str = "mx", answers: str = MX, heading: str = "What names the servers?", more: str = "") -> str:
    """A question of a check."""
    return f"### {heading} {{#{name}}}\n\n{answers}{more}\n"


COURSE: Files = {
    "index.md": "# Site\n",
    "mail/index.md": "# Mail flow\n",
    "mail/1-lesson.md": lesson(question(), question("hosts", HOSTS, "Which hosts?")),
    "mail/mail.bank.md": BANK,
    "mail/final.quiz.md": QUIZ,
}


@pytest.fixture
def differences(tmp_path: Path) -> Callable[..., Differences]:
    """Compares the course with one in which files are written anew, or with None are gone."""

    def differences(changes: dict[str, str | None], before: Files | None = None) -> Differences:
        old = COURSE | (before or {})
        new = {path: text for path, text in (old | changes).items() if text is not None}
        sides = [read_catalogue(write(tmp_path / name, files)) for name, files in (("a", old), ("b", new))]
        return compare(sides[0][0], sides[1][0], sides[0][1], sides[1][1])

    return differences


def write(root: Path, files: Files) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def with_mx(*arguments: str, **words: str) -> Files:
    """The course with another version of the first question."""
    text = question(*arguments, **words)
    return {"mail/1-lesson.md": lesson(text, question("hosts", HOSTS, "Which hosts?"))}


def only_key(found: Differences) -> ChangedQuestion:
    [one] = found.keys
    assert (found.added, found.texts, found.lost, found.reused, found.renamed) == ((), (), (), (), ())
    assert not found.does_harm()
    return one


def only_lost(found: Differences) -> Lost:
    [one] = found.lost
    assert found.does_harm()
    assert not found.does_harm({one.key})
    return one


Compare = Callable[..., Differences]


def test_equal_contents_differ_in_nothing(differences: Compare) -> None:
    assert differences({}) == Differences()


def test_a_formatter_changes_nothing(differences: Compare) -> None:
    spaced = MX.replace("- ", "* ").replace("\n", "\r\n")
    assert differences(with_mx(answers=spaced)) == Differences()


def test_another_right_choice_is_another_key_with_both_in_words(differences: Compare) -> None:
    one = only_key(differences(with_mx(answers="- ( ) MX record\n  > Yes.\n- (50%) TXT record\n- (x) PTR record\n")))
    assert (one.key, one.place) == ("mail#mx", "mail/1-lesson.md:5")
    assert (one.right_before, one.right_after) == (("MX record",), ("TXT record (50%)", "PTR record"))
    assert one.is_due
    assert one.is_pairable


def test_choices_in_another_order_with_another_wording_keep_the_key(differences: Compare) -> None:
    found = differences(with_mx(answers="- ( ) PTR record\n- ( ) TXT\n- (x) MX record\n  > Yes.\n"))
    assert found.keys == ()
    assert [one.parts for one in found.texts] == [("answers",)]


def test_a_further_choice_cannot_be_paired_and_is_told_as_a_key(differences: Compare) -> None:
    one = only_key(differences(with_mx(answers=f"{MX}- ( ) SRV record\n")))
    assert one.right_before == one.right_after
    assert not one.is_pairable


def test_typed_values_orders_pairs_and_blanks_are_told_as_they_are_written(differences: Compare) -> None:
    before = {
        "mail/1-lesson.md": lesson(
            question("typed", "- = Set-Mailbox\n"),
            "### Order {#order .order}\n\n1. HELO\n2. MAIL\n3. DATA\n",
            "### Pairs {#pairs .match}\n\n| R | J |\n| --- | --- |\n| MX | mail |\n| SPF | senders |\n",
            "### Port {#blank}\n\nIt is [[25]] or [[MX|mx record]].\n",
        )
    }
    after = {
        "mail/1-lesson.md": lesson(
            question("typed", "- = Set-Mailbox\n- =~ `set-?mailbox`\n- (50%) = Mailbox\n"),
            "### Order {#order .order}\n\n1. MAIL\n2. HELO\n3. DATA\n",
            "### Pairs {#pairs .match}\n\n| R | J |\n| --- | --- |\n| MX | senders |\n| SPF | mail |\n",
            "### Port {#blank}\n\nIt is [[587]] or [[MX|mx record]].\n",
        )
    }
    found = differences(after, before)
    assert {one.after.name: (one.right_before, one.right_after) for one in found.keys} == {
        "typed": (("Set-Mailbox",), ("Set-Mailbox", "pattern set-?mailbox", "Mailbox (50%)")),
        "order": (("1. HELO", "2. MAIL", "3. DATA"), ("1. MAIL", "2. HELO", "3. DATA")),
        "pairs": (("MX → mail", "SPF → senders"), ("MX → senders", "SPF → mail")),
        "blank": (("[1] 25", "[2] MX", "[2] mx record"), ("[1] 587", "[2] MX", "[2] mx record")),
    }


def test_an_order_and_pairs_that_only_read_otherwise_keep_their_key(differences: Compare) -> None:
    order = "### Order {#order .order}\n\n1. HELO\n2. MAIL\n3. DATA\n"
    pairs = "### Pairs {#pairs .match}\n\n| R | J |\n| --- | --- |\n| MX | mail |\n| SPF | senders |\n"
    found = differences(
        {"mail/1-lesson.md": lesson(order.replace("HELO", "EHLO"), pairs.replace("senders", "the senders"))},
        {"mail/1-lesson.md": lesson(order, pairs)},
    )
    assert found.keys == ()
    assert [(one.after.name, one.parts) for one in found.texts] == [("order", ("answers",)), ("pairs", ("answers",))]


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        ({"heading": "What really names the servers?"}, ("prompt",)),
        ({"answers": MX.replace("Yes.", "Right: it does.")}, ("feedback",)),
        ({"more": "\nIt is looked up first.\n"}, ("explanation",)),
        ({"more": "\n> [!TIP]\n> Think of mail.\n"}, ("hints",)),
    ],
)
def test_text_that_changes_is_told_by_its_part(
    differences: Compare, change: dict[str, str], parts: tuple[str, ...]
) -> None:
    found = differences(with_mx(**change))
    assert [(one.key, one.parts) for one in found.texts] == [("mail#mx", parts)]
    assert (found.keys, found.settings) == ((), ())
    assert not found.does_harm()


def test_points_tries_and_void_are_settings_of_the_question(differences: Compare) -> None:
    found = differences(with_mx("mx .void points=2 tries=100,50"))
    [one] = found.settings
    assert (one.kind, one.key, one.place) == ("question", "mail#mx", "mail/1-lesson.md:5")
    assert one.settings == (
        Setting("points", "1", "2"),
        Setting("tries", "100 each", "100,50"),
        Setting(".void", "no", "yes"),
    )
    assert (found.keys, found.texts) == ((), ())


def test_a_new_question_is_added(differences: Compare) -> None:
    found = differences({"mail/mail.bank.md": f"{BANK}\n## Third {{#bank-three}}\n\n- = 587\n"})
    assert [(one.key, one.line) for one in found.added] == [("mail#bank-three", 9)]
    assert not found.does_harm()


def test_a_question_that_moves_within_its_module_is_no_change(differences: Compare) -> None:
    moved = BANK + "\n" + question("mx", MX).replace("###", "##")
    found = differences(
        {"mail/1-lesson.md": lesson(question("hosts", HOSTS, "Which hosts?")), "mail/mail.bank.md": moved}
    )
    assert (found.added, found.lost, found.keys, found.texts) == ((), (), (), ())


def test_a_lost_name_with_an_equal_question_says_what_to_write(differences: Compare) -> None:
    lost = only_lost(differences(with_mx("mx-record")))
    assert (lost.kind, lost.key, lost.place, lost.near) == (
        "question",
        "mail#mx",
        "mail/1-lesson.md:5",
        "mail#mx-record",
    )
    assert lost.mend == "`mail#mx-record` (mail/1-lesson.md:5) asks the same: write `was=mx` there."


def test_a_lost_name_with_a_near_question_in_another_module_names_its_old_module(differences: Compare) -> None:
    near = question("names-them", MX.replace("Yes.", "Yes, it does."), "What names the mail servers?")
    found = differences({
        "mail/1-lesson.md": lesson(question("hosts", HOSTS, "Which hosts?")), "dns/1-records.md": lesson(near),
    })  # fmt: skip
    assert only_lost(found).mend == (
        "`dns#names-them` (dns/1-records.md:5) asks nearly the same: write `was=mail#mx` there."
    )


def test_a_question_that_is_taken_out_says_how_to_keep_its_history(differences: Compare) -> None:
    lost = only_lost(differences({"mail/1-lesson.md": lesson(question("hosts", HOSTS, "Which hosts?"))}))
    assert lost.near == ""
    assert "write `was=mx` there. To end it and keep its history" in lost.mend


def test_a_name_that_is_followed_by_was_is_renamed(differences: Compare) -> None:
    found = differences(with_mx("mx-record was=mx"))
    assert [(one.before.key, one.key) for one in found.renamed] == [("mail#mx", "mail#mx-record")]
    assert (found.lost, found.added) == ((), ())
    assert not found.does_harm()


def test_a_name_whose_was_is_taken_away_is_lost(differences: Compare) -> None:
    lost = only_lost(differences(with_mx("mx-record"), with_mx("mx-record was=mx")))
    assert (lost.key, lost.mend) == (
        "mail#mx",
        "It led to `mail#mx-record`: write `was=mx` at mail/1-lesson.md:5 again.",
    )


def test_a_name_given_to_another_question_is_harm(differences: Compare) -> None:
    found = differences(with_mx("mx", "- = 25\n", "Which port?"))
    assert [(one.key, one.before.type.name, one.after.type.name) for one in found.reused] == [
        ("mail#mx", "single", "numeric")
    ]
    assert (found.keys, found.lost) == ((), ())
    assert found.does_harm()
    assert not found.does_harm({"mail#mx"})


def test_another_type_under_the_same_text_is_another_key(differences: Compare) -> None:
    one = only_key(differences(with_mx(answers="- = MX\n")))
    assert (one.before.type.name, one.after.type.name, one.is_pairable) == ("single", "text", False)


def test_a_question_behind_an_error_is_held_up_and_not_lost(differences: Compare) -> None:
    found = differences(with_mx(answers="- ( ) A\n- ( ) B\n"))
    assert [one.key for one in found.held_up] == ["mail#mx"]
    assert [problem.code for problem in found.new_problems] == ["no-right-answer"]
    assert found.lost == ()
    assert found.does_harm()


def test_a_renamed_lesson_without_alias_is_lost_with_its_check_and_its_questions_stay(differences: Compare) -> None:
    lost = only_lost(differences({"mail/1-lesson.md": None, "mail/1-records.md": COURSE["mail/1-lesson.md"]}))
    assert (lost.kind, lost.key, lost.near) == ("lesson", "mail/lesson", "mail/records")
    assert lost.mend == "`mail/records` is like it: write `aliases: [lesson]` in mail/1-records.md."


def test_a_renamed_lesson_with_alias_is_followed(differences: Compare) -> None:
    text = "---\naliases: [lesson]\n---\n" + COURSE["mail/1-lesson.md"]
    assert not differences({"mail/1-lesson.md": None, "mail/1-records.md": text}).does_harm()


def test_an_alias_that_is_taken_away_is_lost(differences: Compare) -> None:
    text = COURSE["mail/1-lesson.md"]
    lost = only_lost(differences({"mail/1-lesson.md": text}, {"mail/1-lesson.md": f"---\naliases: [old]\n---\n{text}"}))
    assert lost.mend == "It led to `mail/lesson`: write `aliases: [old]` in mail/1-lesson.md again."


def test_a_renamed_module_is_lost_once_with_all_that_is_in_it(differences: Compare) -> None:
    moved = {path.replace("mail/", "flow/", 1): text for path, text in COURSE.items() if path.startswith("mail/")}
    found = differences(dict.fromkeys(path for path in COURSE if path.startswith("mail/")) | moved)
    lost = only_lost(found)
    assert lost.mend == "`flow` is like it: write `aliases: [mail]` in flow/index.md."
    assert set(lost.within) == {
        ("lesson", "mail/lesson"), ("check", "mail/lesson#check"), ("quiz", "mail/final"), ("question", "mail#mx"),
        ("question", "mail#hosts"), ("question", "mail#bank-one"), ("question", "mail#bank-two"),
    }  # fmt: skip
    assert found.added == ()


def test_a_renamed_check_is_lost_with_the_name_to_give_back(differences: Compare) -> None:
    text = COURSE["mail/1-lesson.md"].replace("{.check}", "{.check #midway}")
    lost = only_lost(differences({"mail/1-lesson.md": text}))
    assert (lost.kind, lost.key) == ("check", "mail/lesson#check")
    assert lost.mend == "Write `{.check #check}` on the heading of its check of now, in mail/1-lesson.md."


def test_a_quiz_that_is_gone_and_settings_of_one_that_stays_are_told(differences: Compare) -> None:
    assert only_lost(differences({"mail/final.quiz.md": None})).kind == "quiz"
    text = QUIZ.replace("80%", "70%").replace("20 min", "30 min").replace("count: 1", "count: 2")
    [one] = differences({"mail/final.quiz.md": f"{text[:-4]}attempts: 2\n---\n"}).settings
    assert (one.kind, one.key, one.place) == ("quiz", "mail/final", "mail/final.quiz.md")
    assert one.settings == (
        Setting("pass", "80%", "70%"),
        Setting("time", "20 min", "30 min"),
        Setting("attempts", "unlimited", "2"),
        Setting("questions", "1 of 2", "2 of 2"),
    )


def test_a_quiz_with_an_alias_is_followed(differences: Compare) -> None:
    text = QUIZ.replace("title", "aliases: [final]\ntitle").replace("80%", "70%")
    found = differences({"mail/final.quiz.md": None, "mail/exam.quiz.md": text})
    assert [(one.key, one.settings) for one in found.settings] == [("mail/exam", (Setting("pass", "80%", "70%"),))]
    assert not found.does_harm()


def test_all_of_a_module_with_an_alias_is_followed(differences: Compare) -> None:
    moved = {path.replace("mail/", "flow/", 1): text for path, text in COURSE.items() if path.startswith("mail/")}
    moved["flow/index.md"] = "---\naliases: [mail]\n---\n# Mail flow\n"
    found = differences(dict.fromkeys(path for path in COURSE if path.startswith("mail/")) | moved)
    assert (found.lost, found.added, found.keys, found.settings) == ((), (), (), ())


def test_settings_of_lessons_and_modules_are_told(differences: Compare) -> None:
    found = differences({
        "mail/1-lesson.md": "---\ncomplete: pass\npass: 70%\n---\n" + COURSE["mail/1-lesson.md"],
        "mail/index.md": "---\naudience: signed-in\n---\n# Mail flow\n",
    })  # fmt: skip
    told = {(one.kind, one.key): one.settings for one in found.settings}
    assert told["module", "mail"] == (Setting("audience", "everybody", "signed-in"),)
    assert Setting("complete", "all-correct", "pass") in told["lesson", "mail/lesson"]


def test_problems_that_are_new_or_mended_are_told_wherever_they_stand(differences: Compare) -> None:
    before = {"mail/2-more.md": "# More\n\n[x](none.md)\n\n[y](neither.md)\n"}
    found = differences({"mail/2-more.md": "# More\n\nFurther down now.\n\n[x](none.md)\n\n[z](new.md)\n"}, before)
    assert [problem.line for problem in found.new_problems] == [7]
    assert ["neither.md" in problem.message for problem in found.mended_problems] == [True]
    assert not found.does_harm()
