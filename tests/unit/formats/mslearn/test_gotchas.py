"""The 34 surprises of real trees, each with a small tree of our own; numbers are those of the reference."""

import pytest

from quizapp.content.scalars import read_header
from quizapp.formats.mslearn.conversion import convert
from quizapp.formats.mslearn.tree import MemoryTree
from tests.unit.formats.mslearn.trees import MODULE, QUIZ, codes, imported, index, lesson_of, told, tree, unit

PNG = b"\x89PNG\r\n\x1a\n"


def test_01_an_include_that_is_missing_leaves_the_quiz() -> None:
    text, found = lesson_of("[!include[](includes/1-mix.md)]", quiz=QUIZ)
    assert text.startswith("## Check your knowledge {.check}")
    note = told(found, "no-include")
    assert (str(note.place), note.severity) == (f"{MODULE}/1-mix.yml:9", "warning")
    assert "includes/1-mix.md" in note.message


def test_02_an_include_that_differs_only_in_case_is_found() -> None:
    text, found = lesson_of("[!include[](includes/1-mix.md)]", {"./Includes/1-Mix.md": "Mix flour and water."})
    assert text == "Mix flour and water."
    assert f"{MODULE}/Includes/1-Mix.md" in told(found, "other-case").message


def test_03_a_picture_that_differs_only_in_case_is_found() -> None:
    text, found = lesson_of("![A bowl](media/bowl.png)", {"./media/Bowl.PNG": PNG})
    assert text == "![A bowl](media/Bowl.PNG)"
    assert "other-case" in codes(found)
    assert list(found.copies) == ["sourdough/media/Bowl.PNG"]


def test_04_a_picture_that_is_absent_keeps_its_description_and_its_place() -> None:
    text, found = lesson_of("![A bowl of dough](media/bowl.png)")
    assert text == "![A bowl of dough](media/bowl.png)"
    assert "sourdough/media/bowl.png" in told(found, "no-image").message
    assert not found.copies


def test_04_a_picture_that_is_absent_comes_from_the_fallback() -> None:
    files: dict[str, str | bytes] = {"./index.yml": index("mix"), "./1-mix.yml": unit("mix", "![Bowl](media/bowl.png)")}
    found = imported(files, {"./media/bowl.png": PNG})
    assert found.copies["sourdough/media/bowl.png"].is_fallback
    assert {"from-fallback"} <= codes(found)
    assert "no-image" not in codes(found)


def test_05_a_path_with_backslashes_is_found() -> None:
    text, found = lesson_of(
        "[!include[](includes/a.md)]", {"./includes/a.md": r"![Bowl](..\media\bowl.png)", "./media/bowl.png": PNG}
    )
    assert text == "![Bowl](media/bowl.png)"
    assert told(found, "backslash").place.path == f"{MODULE}/includes/a.md"


class Torn(MemoryTree):
    """A tree in which pictures cannot be read."""

    def size(self, path: str) -> int:
        if path.endswith(".png"):
            raise OSError(5, "Input/output error")
        return MemoryTree.size(self, path)


def test_06_a_picture_that_cannot_be_read_stops_nothing_else() -> None:
    whole = tree(
        {
            "./index.yml": index("mix"),
            "./1-mix.yml": unit("mix", "![Bowl](media/bowl.png)\n\nMix."),
            "./media/bowl.png": PNG,
        }
    )
    found = convert(Torn(whole.files))
    assert "Mix." in found.texts["sourdough/1-mix.md"]
    assert "Input/output error" in told(found, "unreadable").message
    assert told(found, "unreadable").place.path == f"{MODULE}/media/bowl.png"


def test_07_a_key_that_stands_twice_in_a_choice_makes_two_choices() -> None:
    quiz = QUIZ + "      content: Steam\n      isCorrect: false\n      explanation: It comes later.\n"
    text, found = lesson_of("Mix.", quiz=quiz)
    assert "- ( ) Baking powder\n  > None is used here.\n- ( ) Steam\n  > It comes later." in text
    assert told(found, "divided").place.line == 21


def test_07_another_key_that_stands_twice_counts_once() -> None:
    found = imported({"./index.yml": index("mix") + "title: Another\n", "./1-mix.yml": unit("mix", "Mix.")})
    assert "title: Bake sourdough\n" in found.texts["sourdough/index.md"]
    assert "`title`" in told(found, "key-twice").message


@pytest.mark.parametrize("word", ["True", "No", "on", "4", "1.10", "012", "NULL"])
def test_08_what_yaml_takes_for_something_else_is_text(word: str) -> None:
    text, found = lesson_of("Mix.", quiz=QUIZ.replace("Baking powder", word))
    assert f"- ( ) {word}\n" in text
    assert ("read-as-text" in codes(found)) == (word != "NULL")


def test_08_a_title_that_yaml_takes_for_something_else_is_text() -> None:
    found = imported({"./index.yml": index("mix"), "./1-mix.yml": unit("mix", "Mix.", title="Yes")})
    assert "title: Yes\n" in found.texts["sourdough/1-mix.md"]
    assert "read-as-text" in codes(found)


def test_09_both_schemas_of_explanations_are_read_and_the_wrong_side_is_kept() -> None:
    quiz = """quiz:
  questions:
  - content: What raises the dough?
    choices:
    - content: Wild yeast
      isCorrect: true
      incorrectExplanation: It does, though.
    - content: Baking powder
      isCorrect: false
      correctExplanation: Not here.
    - content: Steam
      isCorrect: false
      correctExplanation: Yes.
      incorrectExplanation: It comes later.
    - content: Salt
      isCorrect: false
"""
    text, found = lesson_of("Mix.", quiz=quiz)
    assert text.endswith(
        "- (x) Wild yeast\n  > It does, though.\n- ( ) Baking powder\n  > Not here.\n"
        "- ( ) Steam\n  > It comes later.\n- ( ) Salt"
    )
    assert {"other-explanation", "two-explanations", "no-explanation"} <= codes(found)
    assert told(found, "two-explanations").question == 1


def test_10_an_award_is_found_by_either_key_or_stands_for_itself() -> None:
    awards = "### YamlMime:Achievements\nachievements:\n- uid: bread.old\n  type: badge\n  title: Master of dough\n"
    old = index("mix").replace("badge:\n  uid: bread.sourdough.badge", "achievement: bread.old")
    found = imported({"achievements.yml": awards, "./index.yml": old, "./1-mix.yml": unit("mix", "Mix.")})
    assert "x-badge: bread.old\nx-badge-title: Master of dough\n" in found.texts["sourdough/index.md"]
    new = imported({"achievements.yml": awards, "./index.yml": index("mix"), "./1-mix.yml": unit("mix", "Mix.")})
    assert "x-badge: bread.sourdough.badge\n" in new.texts["sourdough/index.md"]
    assert "bread.sourdough.badge" in told(new, "no-award").message


def test_10_an_award_of_the_wrong_kind_is_told() -> None:
    awards = "### YamlMime:Achievements\nachievements:\n- {uid: bread.sourdough.badge, type: trophy, title: Cup}\n"
    found = imported({"achievements.yml": awards, "./index.yml": index("mix"), "./1-mix.yml": unit("mix", "Mix.")})
    assert "trophy" in told(found, "award-kind").message


def test_11_a_unit_that_is_named_twice_stands_once() -> None:
    found = imported(
        {
            "./index.yml": index("mix", "bake", "mix"),
            "./1-mix.yml": unit("mix", "Mix."),
            "./2-bake.yml": unit("bake", "Bake."),
        }
    )
    assert sorted(found.texts) == ["sourdough/1-mix.md", "sourdough/2-bake.md", "sourdough/index.md"]
    assert told(found, "unit-twice").place.line == 24


def test_12_a_unit_without_a_file_is_passed_over() -> None:
    found = imported({"./index.yml": index("mix", "rest"), "./1-mix.yml": unit("mix", "Mix.")})
    assert found.counts["lessons"] == 1
    assert "bread.sourdough.rest" in told(found, "no-unit").message


def test_12_a_unit_that_only_the_fallback_has_comes_from_there() -> None:
    found = imported(
        {"./index.yml": index("mix", "rest"), "./1-mix.yml": unit("mix", "Mischen.")},
        {
            "./1-mix.yml": unit("mix", "Mix."),
            "./2-rest.yml": unit("rest", "[!include[](includes/r.md)]"),
            "./includes/r.md": "Rest.",
        },
    )
    assert "Mischen." in found.texts["sourdough/1-mix.md"]
    assert "Rest." in found.texts["sourdough/2-rest.md"]
    assert "spare" in codes(found)


def test_13_a_unit_that_no_module_names_is_told_and_not_shown() -> None:
    found = imported(
        {"./index.yml": index("mix"), "./1-mix.yml": unit("mix", "Mix."), "./9-old.yml": unit("old", "Old.")}
    )
    assert told(found, "orphan").place.path == f"{MODULE}/9-old.yml"
    assert not any("Old." in text for text in found.texts.values())


def test_14_the_uid_is_the_identity_and_the_folder_the_address() -> None:
    other = index("mix").replace("uid: bread.sourdough\n", "uid: bread.wild-yeast\n")
    found = imported({"./index.yml": other, "./1-mix.yml": unit("mix", "Mix.")})
    assert "x-uid: bread.wild-yeast\n" in found.texts["sourdough/index.md"]
    assert "wild-yeast" in told(found, "uid-elsewhere").message


def test_15_the_list_of_units_gives_the_order_not_the_names_of_files() -> None:
    names = {"7b-shape": "shape", "exercise": "bake", "2-mix": "mix"}
    files = {f"./{stem}.yml": unit(name, f"{name}.") for stem, name in names.items()}
    found = imported({"./index.yml": index("shape", "bake", "mix"), **files})
    assert list(found.texts)[:3] == ["sourdough/1-7b-shape.md", "sourdough/2-exercise.md", "sourdough/3-mix.md"]
    assert "renumbered" in codes(found)


def test_15_files_whose_names_are_in_order_keep_them() -> None:
    files = {f"./{stem}.yml": unit(stem, f"{stem}.") for stem in ("1-mix", "7b-shape", "8a-bake", "10-eat")}
    found = imported({"./index.yml": index("1-mix", "7b-shape", "8a-bake", "10-eat"), **files})
    assert list(found.texts)[:4] == [f"sourdough/{stem}.md" for stem in ("1-mix", "7b-shape", "8a-bake", "10-eat")]
    assert "renumbered" not in codes(found)


def test_15_files_that_differ_only_in_their_number_get_keys_of_their_own() -> None:
    files = {f"./{stem}.yml": unit(stem, f"{stem}.") for stem in ("1-exercise", "2-exercise")}
    found = imported({"./index.yml": index("1-exercise", "2-exercise"), **files})
    assert "key: 2-exercise\n" in found.texts["sourdough/2-exercise.md"]
    assert "key:" not in found.texts["sourdough/1-exercise.md"]


def test_16_windows_line_ends_and_no_last_one_are_plain() -> None:
    files: dict[str, str | bytes] = {
        "./index.yml": index("mix").replace("\n", "\r\n"),
        "./1-mix.yml": unit("mix", "Mix.\nKnead.", QUIZ).rstrip("\n").replace("\n", "\r\n"),
    }
    found = imported(files)
    assert not any("\r" in text for text in found.texts.values())
    assert "Mix.\nKnead.\n" in found.texts["sourdough/1-mix.md"]
    assert "2 files" in told(found, "line-ends").message


def test_17_a_byte_order_mark_is_dropped() -> None:
    text, found = lesson_of("[!include[](a.md)]", {"./a.md": b"\xef\xbb\xbfMix."})
    assert text == "Mix."
    assert told(found, "byte-order-mark").place.path == f"{MODULE}/a.md"


def test_18_tabs_are_spaces_outside_of_code() -> None:
    source = ':::row:::\n\t:::column span="3":::\nMix.\n\t:::column-end:::\n:::row-end:::\n\n```\n\tcode\n```\n'
    text, found = lesson_of("[!include[](a.md)]", {"./a.md": source})
    assert text == "Mix.\n\n```\n\tcode\n```"
    assert "tabs" in codes(found)


def test_19_a_no_break_space_is_kept_in_text_and_read_in_syntax() -> None:
    text, found = lesson_of("[!include[](a.md)]", {"./a.md": "-\u00a0500\u00a0g flour\n- 300\u00a0g water\n"})
    assert text == "- 500\u00a0g flour\n- 300\u00a0g water"
    assert "no-break" in codes(found)


def test_20_a_translated_marker_is_dropped_and_its_text_stays() -> None:
    source = "::: kolumnomfång = ”3”::: **Degen**\n\nMix.\n\n::: zon-slut\n"
    text, found = lesson_of("[!include[](a.md)]", {"./a.md": source})
    assert text == "**Degen**\n\nMix."
    assert [note.place.line for note in found.notes if note.code == "unknown-marker"] == [1, 5]


def test_20_columns_that_nobody_closed_are_closed() -> None:
    source = ":::row:::\n:::column:::\nFlour\n:::column:::\nWater\n:::row-end:::\n\nMix.\n"
    text, found = lesson_of("[!include[](a.md)]", {"./a.md": source})
    assert text == "Flour\n\nWater\n\nMix."
    assert [note.place.line for note in found.notes if note.code == "unclosed"] == [2, 4]


@pytest.mark.parametrize("content", ["content: |\n", "content:\n", "content: ''\n", ""])
def test_21_content_with_nothing_is_no_text(content: str) -> None:
    found = imported({"./index.yml": index("mix"), "./1-mix.yml": unit("mix", extra=content, quiz=QUIZ)})
    assert found.texts["sourdough/1-mix.md"].split("---\n")[2].startswith("## Check your knowledge {.check}")
    assert "no-text" in codes(found)


@pytest.mark.parametrize("title", ['  title: ""\n', ""])
def test_22_a_quiz_without_a_title_has_the_usual_one(title: str) -> None:
    quiz = QUIZ.replace("  title: Check your knowledge\n", title)
    text, found = lesson_of("Mix.", quiz=quiz)
    assert "\n## Check your knowledge {.check}\n" in text
    assert "quiz-title" in codes(found)


def test_22_questions_may_be_indented_and_the_quiz_may_stand_first() -> None:
    quiz = QUIZ.replace("  - content: What", "    - content: What").replace("\n    ", "\n      ")
    quiz = quiz.replace("      - content: What", "    - content: What")
    found = imported({"./index.yml": index("mix"), "./1-mix.yml": unit("mix", extra=quiz + "content: Mix.\n")})
    text = found.texts["sourdough/1-mix.md"]
    assert text.index("Mix.") < text.index("{.check}")
    assert found.counts["questions"] == 1


@pytest.mark.parametrize("said", ["None", "- None", "Keine", '""', "none."])
def test_23_prerequisites_that_say_none_are_left_out(said: str) -> None:
    changed = index("mix").replace(
        "prerequisites: |\n  - You own an oven\n",
        f"prerequisites: {said}\n" if said[0] != "-" else "prerequisites: |\n  - None\n",
    )
    found = imported({"./index.yml": changed, "./1-mix.yml": unit("mix", "Mix.")})
    assert "prerequisites" not in found.texts["sourdough/index.md"]
    assert ("no-prerequisites" in codes(found)) == (said != '""')


def test_24_metadata_may_be_lists() -> None:
    changed = index("mix").replace(
        "  title: Bake sourdough\n", "  title: Bake sourdough\n  ms.custom:\n  - N/A\n  ms.collection: [a, b]\n", 1
    )
    found = imported({"./index.yml": changed, "./1-mix.yml": unit("mix", "Mix.")})
    assert found.counts["modules"] == 1
    assert "ms.collection, ms.custom" in told(found, "metadata").message


def test_25_scalars_over_several_lines_and_comments_between_keys_are_read() -> None:
    changed = index("mix").replace(
        "title: Bake sourdough\nsummary", "# uid: old\ntitle: Bake\n  sourdough bread\n#TODO\nsummary"
    )
    found = imported({"./index.yml": changed, "./1-mix.yml": unit("mix", "Mix.")})
    assert "title: Bake sourdough bread\n" in found.texts["sourdough/index.md"]


def test_26_markdown_and_html_in_yaml_are_read_as_such() -> None:
    summary = (
        "summary: |\n  A [second](../rye/index.yml) loaf.\n\n  :::row:::\n  :::column:::\n"
        '  <img src="media/loaf.png" alt="A loaf"></img>\n  :::column-end:::\n  :::row-end:::\n'
    )
    changed = index("mix").replace("summary: Flour, water, salt and patience.\n", summary)
    rye = index("rye").replace("bread.sourdough", "bread.rye")
    found = imported(
        {
            "./index.yml": changed,
            "./1-mix.yml": unit("mix", "Mix."),
            "./media/loaf.png": PNG,
            "bread/rye/index.yml": rye,
            "bread/rye/1-rye.yml": unit("rye", "Rye.").replace("sourdough", "rye"),
        }
    )
    text = found.texts["sourdough/index.md"]
    assert "summary: A second loaf.\n" in text
    assert text.endswith("---\nA [second](../rye/index.md) loaf.\n\n![A loaf](media/loaf.png)\n")


def test_27_front_matter_of_an_included_file_is_dropped() -> None:
    text, found = lesson_of("[!include[](a.md)]", {"./a.md": "---\nauthor: baker\n---\nMix.\n"})
    assert text == "Mix."
    assert "front-matter" in codes(found)


def test_28_links_to_units_and_to_code_lead_to_lessons_and_files() -> None:
    source = "See [baking](../2-bake.yml), [the module](../index.yml) and [the recipe](../code/recipe.json)."
    found = imported(
        {
            "./index.yml": index("mix", "bake"),
            "./1-mix.yml": unit("mix", "[!include[](includes/a.md)]"),
            "./2-bake.yml": unit("bake", "Bake."),
            "./includes/a.md": source,
            "./code/recipe.json": "{}",
        }
    )
    assert (
        "See [baking](2-bake.md), [the module](index.md) and [the recipe](media/recipe.json.txt)."
        in found.texts["sourdough/1-mix.md"]
    )
    assert found.copies["sourdough/media/recipe.json.txt"].path == f"{MODULE}/code/recipe.json"


def test_29_files_that_nothing_uses_are_told_and_left() -> None:
    _, found = lesson_of("Mix.", {"./includes/old.md": "Old.", "./media/old.png": PNG, "./code/old.js": "mix()"})
    assert "includes/old.md" in told(found, "orphan-include").message
    assert told(found, "orphan-file").message.startswith("2 other files")
    assert not found.copies


def test_30_odd_names_of_folders_and_files_become_keys() -> None:
    folder = "bread/My bread copy"
    found = imported(
        {
            f"{folder}/index.yml": index("mix"),
            f"{folder}/1 mix & fold.yml": unit("mix", "![Bowl](<media/a bowl.png>)"),
            f"{folder}/media/a bowl.png": PNG,
            f"{folder}/media/x.icloud": b"",
            f"{folder}/media/x.zip": b"",
        }
    )
    assert "my-bread-copy/1-mix-fold.md" in found.texts
    assert "![Bowl](media/a-bowl.png)" in found.texts["my-bread-copy/1-mix-fold.md"]
    assert list(found.copies) == ["my-bread-copy/media/a-bowl.png"]
    assert "My bread copy" in told(found, "renamed").message


def test_30_folders_that_differ_only_in_case_stay_apart() -> None:
    again = {
        f"BREAD/SOURDOUGH/{name}": text.replace("bread.sourdough", "bread.again")
        for name, text in (("index.yml", index("mix")), ("1-mix.yml", unit("mix", "Again.")))
    }
    found = imported({"./index.yml": index("mix"), "./1-mix.yml": unit("mix", "Mix."), **again})
    assert {"sourdough/1-mix.md", "sourdough-2/1-mix.md"} <= set(found.texts)
    assert "renamed" in codes(found)


def test_31_what_could_do_harm_is_left_out() -> None:
    source = "<script>alert(1)</script>Mix <b onclick='x()'>well</b> and [rest](javascript:alert(1)) <iframe src='https://example.com'></iframe>."
    text, found = lesson_of(source)
    assert text == "Mix **well** and rest ."
    assert {"unsafe-html", "unsafe-link"} <= codes(found)


def test_31_an_include_that_leads_out_of_the_tree_is_refused() -> None:
    text, found = lesson_of("[!include[](../../../../etc/passwd)]\n\nMix.")
    assert text == "Mix."
    assert told(found, "outside").severity == "error"


def test_32_a_heading_that_announces_the_quiz_opens_it() -> None:
    source = "Mix.\n\n## Knowledge check\n\nChoose the best response. Then select **Check your answers**.\n"
    text, found = lesson_of("[!include[](a.md)]", {"./a.md": source}, quiz=QUIZ)
    assert text.startswith(
        "Mix.\n\n## Knowledge check {.check}\n\n"
        "Choose the best response. Then select **Check your answers**.\n\n### What raises"
    )
    assert "Check your knowledge" not in text
    assert "two-headings" in codes(found)


@pytest.mark.parametrize("said", ["That's incorrect. Try again.", "That' incorrect.", "Set – MaxMessageSize to 5MB"])
def test_33_and_34_what_authors_wrote_stands_as_they_wrote_it(said: str) -> None:
    text, _ = lesson_of("Mix.", quiz=QUIZ.replace("None is used here.", said))
    assert f"  > {said}" in text


def test_every_title_of_an_import_reads_as_it_was() -> None:
    found = imported(
        {"./index.yml": index("mix"), "./1-mix.yml": unit("mix", "Mix.", title='"Yes: \'no\' # \\"maybe\\""')}
    )
    header = found.texts["sourdough/1-mix.md"].split("---\n")[1]
    assert read_header(header).values["title"] == "Yes: 'no' # \"maybe\""


def test_a_report_ends_and_says_so_but_never_before_its_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizapp.formats.mslearn.notes.MAX_NOTES", 3)
    _, found = lesson_of(
        "\n\n".join(f"![x](none-{n}.png)" for n in range(9)), {"./2.yml": "### YamlMime:Module\n- a\n"}
    )
    assert "yaml" in codes(found)
    assert told(found, "more-notes").message.endswith("more lines of this report are left out.")
