"""Each line of the report, by a small tree that calls for it."""

import pytest

from tests.unit.formats.mslearn.trees import QUIZ, codes, imported, index, lesson_of, told, unit

OTHER = (
    index("mix")
    .replace("uid: bread.sourdough\n", "uid: bread.rye\n")
    .replace("bread.sourdough.badge", "bread.rye.badge")
)
PATH = "### YamlMime:LearningPath\nuid: bread.start\ntitle: Begin\nmodules:\n"


@pytest.mark.parametrize(
    ("content", "code", "severity"),
    [
        ("Mix.\n\n<!-- never closed\n\nBake.", "comment-open", "warning"),
        ("```\nbake", "fence-open", "warning"),
        (":::zone-end:::\n\nMix.", "stray", "warning"),
        ('::: zone target="docs"\nMix.\n::: zone-end', "zone-target", "advice"),
        ('::: moniker range=">1"\nMix.\n::: moniker-end', "moniker", "advice"),
        (':::code language="c" source="none.c":::', "no-code", "warning"),
        (':::code language="c" source="a.c" id="none":::', "no-range", "warning"),
        (':::code language="c" source="a.c" highlight="1":::', "no-highlight", "advice"),
        ("![Loaf](https://example.com/a.png)", "remote-image", "warning"),
        ("[a](none.yml)", "no-target", "warning"),
        ("[a](../../../none.md)", "no-target", "warning"),
        ("[a](xref:none)", "no-uid-target", "advice"),
        ("[a](a.exe)", "file-type", "warning"),
        ("![a](a.exe)", "file-type", "warning"),
        ("![a](data:image/png;base64,x)", "unsafe-link", "warning"),
        ("Write <your-name>.", "pseudo-tag", "advice"),
        ("> [!OBS]\n> Mix.", "alert-kind", "warning"),
        ("> [!VIDEO https://example.com/]", "video", "advice"),
        ("![](media/a.png)", "no-alt", "advice"),
        ("#" * 3 + " [" * 300, "as-written", "error"),
    ],
)
def test_a_surprise_in_a_text_is_told_with_its_unit(content: str, code: str, severity: str) -> None:
    _, found = lesson_of(content, {"./a.c": "bake();\n", "./a.exe": b"MZ"})
    note = told(found, code)
    assert (note.severity, note.unit) == (severity, "bread.sourdough.mix")
    assert note.place.line >= 8


@pytest.mark.parametrize(
    ("extra", "code", "severity"),
    [
        ("azureSandbox: true\n", "sandbox", "advice"),
        ("labId: 4711\n", "lab", "warning"),
        ("tasks:\n- hint: Bake.\n" + QUIZ, "quiz-and-tasks", "warning"),
        ("quiz:\n  title: Quiz\n  questions: []\n", "no-questions", "warning"),
        (QUIZ.replace("      isCorrect: false\n", ""), "no-is-correct", "warning"),
        (QUIZ.replace("What raises the dough?", '"' + "> " * 40 + 'Why?"'), "not-a-question", "error"),
        ("quiz: none\n", "wrong-shape", "error"),
        ("quiz:\n  questions:\n  - What?\n", "wrong-shape", "error"),
        ("metadata:\n- a\n", "key-twice", "warning"),
    ],
)
def test_a_surprise_in_a_unit_is_told(extra: str, code: str, severity: str) -> None:
    assert told(lesson_of("Mix.", extra=extra)[1], code).severity == severity


def test_a_quiz_that_cannot_be_shown_leaves_the_text() -> None:
    text, found = lesson_of("Mix.\n\n## Knowledge check\n\n" + "[" * 300, quiz=QUIZ)
    assert text == "```text\nMix.\n```"
    assert told(found, "no-check").severity == "error"


@pytest.mark.parametrize("minutes", ["0", "five", "-1", "1001"])
def test_minutes_that_are_none_are_told(minutes: str) -> None:
    changed = unit("mix", "Mix.").replace("durationInMinutes: 5", f"durationInMinutes: {minutes}")
    found = imported({"./index.yml": index("mix"), "./1-mix.yml": changed})
    assert "minutes:" not in found.texts["sourdough/1-mix.md"]
    assert "bad-minutes" in codes(found)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("  - Feed a starter\n  - Shape a loaf", "  - Feed [a starter](https://example.com/)"), "plain-text"),
        (("", ""), "lead-in"),
        (("", ""), "no-icon"),
        (("title: Bake sourdough\nsummary", "summary"), "no-title"),
        (("  description", "  hidden: true\n  description"), "hidden"),
        (("summary: Flour, water, salt and patience.", "summary: |\n  > " + "> " * 40 + "x"), "not-shown"),
        (("levels:\n- beginner\n", "levels: {a: b}\n"), "wrong-shape"),
    ],
)
def test_a_surprise_in_a_module_is_told(change: tuple[str, str], code: str) -> None:
    found = imported({"./index.yml": index("mix").replace(*change), "./1-mix.yml": unit("mix", "Mix.")})
    assert code in codes(found)
    assert found.texts["sourdough/index.md"].startswith(
        "---\ntitle: Bake sourdough\n" if code != "no-title" else "---\ntitle: "
    )


def test_a_unit_that_two_modules_name_belongs_to_the_first() -> None:
    found = imported({"./index.yml": index("mix"), "./1-mix.yml": unit("mix", "Mix."), "bread/zopf/index.yml": OTHER})
    assert "bread.sourdough" in told(found, "unit-shared").message
    assert found.counts["modules"] == 1


@pytest.mark.parametrize(
    ("modules", "code"),
    [("- bread.sourdough\n- bread.sourdough\n", "module-twice"), ("- bread.none\n", "empty-path"), ("", "empty-path")],
)
def test_a_surprise_in_a_path_is_told(modules: str, code: str) -> None:
    found = imported(
        {"./index.yml": index("mix"), "./1-mix.yml": unit("mix", "Mix."), "paths/start/index.yml": PATH + modules}
    )
    assert told(found, code).place.path == "paths/start/index.yml"
    assert ("start/index.md" in found.texts) == (code == "module-twice")


def test_files_of_another_kind_are_counted() -> None:
    _, found = lesson_of(
        "Mix.", {"toc.yml": "- a", "odata.yml": "### YamlMime:OData\n- a", "b.yml": "### YamlMime:OData"}
    )
    assert "OData" in told(found, "unknown-kind").message
    assert told(found, "unknown-kind").message.endswith("(2).")


def test_a_tree_of_too_many_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizapp.formats.mslearn.survey.MAX_FILES", 1)
    assert {"too-many-files", "nothing-found"} <= codes(
        imported({"./index.yml": index("mix"), "./1-mix.yml": unit("mix")})
    )


def test_bytes_that_are_no_utf_8_are_read_as_what_they_were_saved_as() -> None:
    text, found = lesson_of(
        "[!include[](a.md)]\n\n[!include[](b.md)]", {"./a.md": b"Cr\xe8me", "./b.md": "Brötchen".encode("utf-16")}
    )
    assert text == "Crème\n\nBrötchen"
    assert {note.message.split("read as ")[1].split(".")[0] for note in found.notes if note.code == "not-utf8"} == {
        "UTF-16",
        "Windows-1252",
    }
