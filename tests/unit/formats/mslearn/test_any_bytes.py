"""Whatever stands in the files of a tree: nothing is raised, and what comes of it is content without an error."""

import json
import tempfile
from pathlib import Path

import hypothesis
from hypothesis import strategies as st

from quizapp.content.catalogue import read_catalogue
from quizapp.content.scalars import read_header
from quizapp.formats.mslearn.conversion import Conversion, convert
from quizapp.formats.mslearn.front import write_front
from quizapp.formats.mslearn.tree import MemoryTree
from tests.unit.formats.mslearn.trees import MODULE, QUIZ, index, unit

MARKDOWN = st.lists(
    st.sampled_from(
        [
            *(
                "[!include[](b.md)]",
                "[!include[](a.md)]",
                ":::row:::",
                ":::column:::",
                ":::column-end:::",
                ":::row-end:::",
            ),
            *(
                '::: zone pivot="x"',
                "::: zone-end",
                "::: x",
                ":::",
                ':::image source="m.png" alt-text="x":::',
                ":::image-end:::",
            ),
            *(
                ':::image type="complex" source="m.png":::',
                ':::code source="a.md" range="2-":::',
                "[!code-c[](b.md#L1)]",
            ),
            *(
                "> [!NOTE]",
                "> [!TIP] x",
                ">",
                '> [!div class="x"]',
                "> [!VIDEO https://example.com/]",
                "```",
                "~~~",
                "    x",
                "\t",
            ),
            *("<!--", "-->", "<br>", "<b>x</b>", "<rgn>", "<T>", "<script>", "</p>", "<a name='x'></a>", "&mdash;"),
            *(
                "# A {.check}",
                "## B {#x}",
                "- ( ) a",
                "- (x) b",
                "- = c",
                "[[x]]",
                "| a | b |",
                "|---|---|",
                "***",
                "---",
                "===",
            ),
            *(
                "/// tab | x",
                "///",
                "$$",
                "$x$",
                "[x](y.md)",
                "![x](m.png)",
                "[x]: y",
                "[^1]",
                "[^1]: x",
                ": x",
                "*[x]: y",
                "1. x",
            ),
            *("**bold**", "`", "``x", "\\", "x  ", "", "", "\u00a0", "\u2028", "\ue001", "\x00", "\x0b", "é"),
        ]
    ),
    max_size=14,
).map("\n".join)
TEXTS = st.one_of(st.text(max_size=60), MARKDOWN)


def tree(content: str, included: bytes, stem: str, choice: str, explanation: str, more: bytes) -> MemoryTree:
    """A module whose texts are these."""
    quiz = QUIZ.replace("What raises the dough?", _block(stem, 6)).replace("Baking powder", _block(choice, 8))
    quiz = quiz.replace("None is used here.", _block(explanation, 8))
    files = {
        f"{MODULE}/index.yml": index("mix", "more").encode(),
        f"{MODULE}/1-mix.yml": unit("mix", content, quiz).encode("utf-8", "replace"),
        f"{MODULE}/2-more.yml": more,
        f"{MODULE}/a.md": included,
        f"{MODULE}/b.md": b"[!include[](a.md)]\n\n## Part\n\ntext\n",
    }
    return MemoryTree(files)


def _block(text: str, indent: int) -> str:
    lines = text.replace("\r", "\n").split("\n")
    return "|\n" + "\n".join(" " * indent + line for line in lines)


def holds(found: Conversion) -> None:
    """What is written has no error, and nothing is left of what is only Microsoft's."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in found.texts.items():
            (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / path).write_text(text, encoding="utf-8", newline="\n")
        catalogue, problems = read_catalogue(Path(folder))
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    assert len(catalogue.questions()) == found.counts["questions"]


@hypothesis.settings(max_examples=150)
@hypothesis.given(
    TEXTS, st.one_of(st.binary(max_size=80), TEXTS.map(lambda t: t.encode("utf-8", "replace"))), TEXTS, TEXTS, TEXTS
)
def test_any_markdown_becomes_content_without_an_error(
    content: str, included: bytes, stem: str, choice: str, said: str
) -> None:
    holds(convert(tree(content, included, stem, choice, said, unit("more", "More.").encode())))


@hypothesis.settings(max_examples=100)
@hypothesis.given(st.binary(max_size=120), st.binary(max_size=120), st.booleans())
def test_any_bytes_in_any_yaml_never_raise(first: bytes, second: bytes, is_unit: bool) -> None:
    start = b"### YamlMime:" + (b"ModuleUnit" if is_unit else b"Module") + b"\n"
    files = {"a/index.yml": start + first, "a/1.yml": start + second, "b/index.yml": first, "achievements.yml": second}
    holds(
        convert(MemoryTree({**files, f"{MODULE}/index.yml": index("mix").encode(), f"{MODULE}/1.yml": start + first}))
    )


VALUES = st.recursive(
    st.one_of(
        st.text(max_size=8), st.booleans(), st.none(), st.integers(), st.sampled_from(["bread.sourdough.mix", "x"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["content", "choices", "uid", "isCorrect"]), inner, max_size=3),
    ),
    max_leaves=6,
)
KEYS = [
    *(
        "uid",
        "title",
        "summary",
        "abstract",
        "prerequisites",
        "iconUrl",
        "levels",
        "roles",
        "products",
        "subjects",
        "units",
    ),
    *(
        "achievement",
        "badge",
        "metadata",
        "durationInMinutes",
        "content",
        "quiz",
        "tasks",
        "azureSandbox",
        "labId",
        "modules",
    ),
]


@hypothesis.settings(max_examples=100)
@hypothesis.given(
    st.dictionaries(st.sampled_from(KEYS), VALUES),
    st.dictionaries(st.sampled_from(KEYS), VALUES),
    st.lists(VALUES, max_size=3),
)
def test_any_shape_of_values_never_raises(
    module: dict[str, object], one: dict[str, object], questions: list[object]
) -> None:
    def written(kind: str, values: dict[str, object]) -> bytes:
        import_ready = (
            {"uid": "bread.sourdough.mix", **values}
            if kind == "ModuleUnit"
            else {"uid": "bread.sourdough", "units": ["bread.sourdough.mix"], **values}
        )
        return f"### YamlMime:{kind}\n{json.dumps(import_ready)}\n".encode()

    unit_values = {**one, "quiz": {"questions": questions}} if questions else one
    files = {
        f"{MODULE}/index.yml": written("Module", module),
        f"{MODULE}/1-mix.yml": written("ModuleUnit", unit_values),
    }
    holds(
        convert(
            MemoryTree({**files, "paths/a/index.yml": written("LearningPath", {**one, "modules": ["bread.sourdough"]})})
        )
    )


@hypothesis.given(st.text(), st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_front_matter_reads_as_it_was_written(title: str, words: list[str], entries: list[str]) -> None:
    text = write_front({"title": title, "roles": words, "objectives": entries}, frozenset({"objectives"}))
    found = read_header(text.removeprefix("---\n").removesuffix("---\n")).values

    def line(text: str) -> str:
        lone = dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")
        return " ".join(text.split()).translate(lone)

    assert found.get("title") == (line(title) or (None if not title else ""))
    assert found.get("roles") == ([line(word) for word in words] or None)
    assert found.get("objectives") == ([line(entry) for entry in entries] or None)
