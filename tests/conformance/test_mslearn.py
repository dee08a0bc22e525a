"""Real modules of Microsoft Learn: an import has all that their YAML has, counted here straight from it."""

import html
import re
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from quizapp.cli._trees import FolderTree
from quizapp.content.catalogue import read_catalogue
from quizapp.content.model import Catalogue, Check, Lesson
from quizapp.errors import Problem
from quizapp.formats.mslearn.conversion import Conversion, convert
from quizapp.formats.mslearn.notes import TEXTS, Note
from quizapp.questions.base import Question
from quizapp.settings import Settings
from quizapp.site import prepare_site
from quizapp.web import create_app
from tests.conformance.rows import Row
from tests.conftest import CONFORMANCE

TREES = CONFORMANCE / "mslearn"
SEED, MANY = TREES / "manage-mail-flow", TREES / "learn-pr"
pytestmark = pytest.mark.skipif(not TREES.is_dir(), reason="the trees of Microsoft Learn are not beside the project")


@dataclass
class Choice:
    """A choice as the YAML has it."""

    text: str
    is_correct: bool
    explanation: str


@dataclass
class Module:
    """A module as the YAML has it: its folder, and the questions of each unit in order."""

    folder: str
    title: str
    minutes: int = 0
    units: list[tuple[str, list[tuple[str, list[Choice]]]]] = field(default_factory=list)


@cache
def documents(tree: Path, kind: str) -> dict[str, tuple[Path, dict]]:  # type: ignore[type-arg]
    """Every YAML document of a kind, by uid; all scalars are texts."""
    found = {}
    for file in sorted(tree.rglob("*.yml")):
        text = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        if text.split("\n")[0].replace(" ", "") == f"###YamlMime:{kind}":
            values = yaml.load(text, yaml.BaseLoader)  # makes nothing but texts
            found[values["uid"]] = (file, values)
    return found


def count(tree: Path) -> dict[str, Module]:
    """The modules of a tree by their folders."""
    units = documents(tree, "ModuleUnit")
    modules = {}
    for file, values in documents(tree, "Module").values():
        module = Module(file.parent.name, values["title"].strip())
        for uid in values["units"]:
            unit = units[uid][1]
            module.minutes += int(unit["durationInMinutes"])
            asked = [
                (one["content"], [choice_of(c) for c in one["choices"]])
                for one in (unit.get("quiz") or {}).get("questions", [])
            ]
            module.units.append((unit["title"].strip(), asked))
        modules[module.folder] = module
    return modules


def choice_of(values: dict[str, str]) -> Choice:
    is_correct = values["isCorrect"].lower() == "true"
    sides = [values.get("correctExplanation", ""), values.get("incorrectExplanation", "")]
    said = values.get("explanation", "") or (sides if is_correct else sides[::-1])[0] or "".join(sides)
    return Choice(values["content"], is_correct, said)


def shown(markdown: str) -> str:
    """What is read of some Markdown, by another reader than ours."""
    page = MarkdownIt("commonmark").enable("table").render(markdown)
    return squeezed(html.unescape(re.sub(r"<[^>]*>", " ", page)))


def squeezed(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip()


@dataclass
class Imported:
    """A tree that was imported and read."""

    source: dict[str, Module]
    conversion: Conversion
    folder: Path
    catalogue: Catalogue
    problems: list[Problem]


def imported_tree(tree: Path, folder: Path) -> Imported:
    started = time.perf_counter()
    found = convert(FolderTree(tree))
    print(f"{tree.name}: imported in {time.perf_counter() - started:.1f} s", file=sys.stderr)
    for path, text in found.texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())
    return Imported(count(tree), found, folder, *read_catalogue(folder))


@pytest.fixture(scope="module", params=[SEED, MANY], ids=lambda tree: tree.name)
def tree(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Imported:
    return imported_tree(request.param, tmp_path_factory.mktemp("content"))


def test_no_error_is_in_the_report_or_in_the_content(tree: Imported) -> None:
    assert [str(note) for note in tree.conversion.notes if note.severity == "error"] == []
    assert [str(problem) for problem in tree.problems if problem.severity == "error"] == []
    # "no-table": two tables of the source have more dashes than columns, and are no tables there either
    assert {problem.code for problem in tree.problems} <= {"missing-image", "no-alt", "no-table"}


def checks_of(lesson: Lesson) -> list[Check]:
    return [part for part in lesson.parts if isinstance(part, Check)]


def pairs(tree: Imported) -> Iterator[tuple[tuple[str, list[tuple[str, list[Choice]]]], Lesson]]:
    """Each unit with the lesson that it became."""
    for module in tree.catalogue.modules.values():
        yield from zip(tree.source[module.key].units, module.lessons, strict=True)


def test_modules_units_questions_and_minutes_are_those_of_the_yaml(tree: Imported) -> None:
    assert set(tree.catalogue.modules) == set(tree.source)
    for module in tree.catalogue.modules.values():
        assert (module.title, module.minutes) == (tree.source[module.key].title, tree.source[module.key].minutes)
    for (title, asked), lesson in pairs(tree):
        assert lesson.title == title
        questions = [question for check in checks_of(lesson) for question in questions_of(check)]
        assert len(questions) == len(asked)
    total = sum(len(asked) for module in tree.source.values() for _, asked in module.units)
    assert len(tree.catalogue.questions()) == tree.conversion.counts["questions"] == total


def questions_of(check: Check) -> list[Question]:
    return [question for entry in check.entries for question in entry.pool]


def test_every_choice_keeps_its_text_its_correctness_and_its_explanation(tree: Imported) -> None:
    seen = 0
    for (_, asked), lesson in pairs(tree):
        questions = [question for check in checks_of(lesson) for question in questions_of(check)]
        for (stem, choices), question in zip(asked, questions, strict=True):
            assert question.type.name == "single"
            assert is_equal(stem, choices, question), question.key
            seen += len(choices)
    assert seen == sum(
        len(choices) for module in tree.source.values() for _, asked in module.units for _, choices in asked
    )


def files_of(conformance: Path) -> list[Path]:
    """Every file that is read here, or told in the report as one that nothing uses."""
    found = []
    for root in (SEED, MANY):
        tree = Watched(root)
        notes = convert(tree).notes
        left = [path for path in tree.paths if path not in tree.seen]
        told = [re.search(r"^(\d+)", note.message) for note in notes if note.code.startswith("orphan-")]
        assert len(left) == sum(int(count[1]) for count in told if count)
        found += [root / path for path in tree.paths]
    return found


@dataclass(slots=True)
class Watched(FolderTree):
    """A tree that knows what was read of it."""

    seen: set[str] = field(default_factory=set)

    def read(self, path: str) -> bytes:
        self.seen.add(path)
        return FolderTree.read(self, path)


def rows_of(folder: Path) -> list[Row]:
    """What came of each module and learning path; each tree is imported into a folder of its own below `folder`.

    Exact is a question whose text, choices, key and explanations are those of the YAML, and of which nothing is told.
    """
    rows = []
    for root in (SEED, MANY):
        tree = imported_tree(root, folder / root.name)
        files = [file for kind in ("Module", "LearningPath") for file, _ in documents(root, kind).values()]
        found = [_Part(root, file.parent, tree) for file in files]
        rows += [part.row() for part in found]
        assert sum(len(row.notes) + sum(map(len, row.told)) for row in rows[-len(found) :]) == len(_warnings(tree))
    return rows


def _warnings(tree: Imported) -> list[Note]:
    assert not [note for note in tree.conversion.notes if note.severity == "error"]
    return [note for note in tree.conversion.notes if note.severity == "warning"]


@dataclass(frozen=True, slots=True)
class _Part:
    """A module or a path in its folder, and what its tree became."""

    root: Path
    folder: Path
    tree: Imported

    def row(self) -> Row:
        below = "" if self.folder == self.root else f"{self.folder.relative_to(self.root).as_posix()}/"
        about = [note for note in _warnings(self.tree) if note.place.path.startswith(below)]
        questions = list(self._questions())  # by unit and number
        told: dict[tuple[str, int], tuple[str, ...]] = {at: () for at, _ in questions}
        for note in about:
            at = (note.unit, note.question)
            told |= {at: (*told[at], TEXTS[note.code][1])} if at in told else {}
        assert all(is_held for at, is_held in questions if not told[at])
        return Row(
            "mslearn",
            self.folder.name,
            sum(not said for said in told.values()),
            tuple(said for said in told.values() if said),
            notes=tuple(TEXTS[note.code][1] for note in about if (note.unit, note.question) not in told),
        )

    def _questions(self) -> Iterator[tuple[tuple[str, int], bool]]:
        """Each question by its unit and number, and whether it is what the YAML says."""
        units = documents(self.root, "ModuleUnit")
        module = self.tree.catalogue.modules.get(self.folder.name)
        uids = documents(self.root, "Module")
        named: list[str] = next((values["units"] for file, values in uids.values() if file.parent == self.folder), [])
        for uid, lesson in zip(named, module.lessons if module else (), strict=True):
            asked = (units[uid][1].get("quiz") or {}).get("questions", [])
            questions = [question for check in checks_of(lesson) for question in questions_of(check)]
            for number, (source, question) in enumerate(zip(asked, questions, strict=True), 1):
                yield (uid, number), is_equal(source["content"], map(choice_of, source["choices"]), question)


def is_equal(stem: str, choices: Iterable[Choice], question: Question) -> bool:
    """Whether a question has the text of its source, and each choice its text, correctness and explanation."""
    said = [(squeezed(one.content.text), one.credit, squeezed(one.feedback.text)) for one in question.type.answers]
    wanted = [(shown(one.text), Fraction(one.is_correct), shown(one.explanation)) for one in choices]
    return squeezed(f"{question.heading.text} {question.prompt.text}") == shown(stem) and said == wanted


def test_nothing_that_is_only_microsofts_is_left(tree: Imported) -> None:
    for path, text in tree.conversion.texts.items():
        prose = re.sub(r"^( *)(`{3,}|~{3,}).*?^\1\2$", "", text, flags=re.MULTILINE | re.DOTALL)
        assert ":::" not in prose, path
        assert not re.search(r"\[!(?!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\])", prose.replace("[![", "")), path
        assert not re.search(r"</?(?:rgn|div|span|p|b|i|img|a)\b|[?&]azure-portal=true", prose), path


def test_words_of_the_source_are_words_of_the_result(tree: Imported) -> None:
    """Of each included text, nearly every word stands in the lesson, markup and code included."""
    root = SEED if "manage-mail-flow" in tree.source else MANY
    for file, values in documents(root, "ModuleUnit").values():
        target = re.search(r"\[!include\[.*?\]\((.*?)\)\]", values.get("content", ""), re.IGNORECASE)
        path = next(
            (p for p in file.parent.rglob("*.md") if target and p.name.lower() == Path(target[1]).name.lower()), None
        )
        if path is None:
            continue
        text = re.sub(r"<!--.*?-->", "", path.read_bytes().decode("utf-8-sig"), flags=re.DOTALL)
        text = re.sub(r":::.*|\[!.*?\]\(.*?\)\]|\]\(.*?\)|\[!\w+[^\]]*\]|</?\w+[^>]*>|&\w+;", " ", text)
        found = next(found for key, found in tree.conversion.texts.items() if f"x-uid: {values['uid']}\n" in found)
        words = set(re.findall(r"\w{3,}", text))
        lost = words - set(re.findall(r"\w{3,}", found))
        assert lost <= {"portal", "azure"}, path


def test_learning_paths_lead_to_their_modules(tree: Imported) -> None:
    root = SEED if "manage-mail-flow" in tree.source else MANY
    modules = {uid: file.parent.name for uid, (file, _) in documents(root, "Module").items()}
    expected = {
        file.parent.name: [modules[uid] for uid in values["modules"] if uid in modules]
        for file, values in documents(root, "LearningPath").values()
    }
    assert {path.key: list(path.modules) for path in tree.catalogue.paths} == expected


def test_the_site_serves_every_page(tree: Imported, tmp_path: Path) -> None:
    site = prepare_site(Settings(tree.folder, tmp_path / "instance"))
    client = create_app(site=site).test_client()
    addresses = ["/", *(f"/paths/{path.key}" for path in tree.catalogue.paths)]
    for module in tree.catalogue.modules.values():
        addresses += [f"/modules/{module.key}", *(f"/modules/{lesson.key}" for lesson in module.lessons)]
    assert [address for address in addresses if client.get(address).status_code != 200] == []
    assert len(addresses) > len(tree.conversion.counts)
    site.database.close()


def test_the_seed_module_is_as_the_reference_describes_it(tmp_path: Path) -> None:
    found = imported_tree(SEED, tmp_path / "content")
    module = found.catalogue.modules["manage-mail-flow"]
    assert (module.title, len(module.objectives), module.prerequisites, module.minutes) == (
        "Manage mail flow",
        4,
        (),
        29,
    )
    seed = found.conversion.texts["manage-mail-flow/4-exchange-online-deployments.md"]
    assert (
        "![graphic showing mail flow to Exchange Online from the internet with MX  and SPF records for contoso.com]"
        "(media/exchange-online-mail-flow-b9e92993.png)"
    ) in seed
    table = [line for line in seed.split("\n") if line.startswith("|")]
    assert (len(table), {line.replace("\\|", "").count("|") for line in table}) == (7, {5})
    assert re.findall(r"^#+", seed, re.MULTILINE) == ["##", "##", "##", "###"]
    assert "https://learn.microsoft.com/exchange/mail-flow-best-practices/mail-flow-best-practices)" in seed
    third = found.conversion.texts["manage-mail-flow/3-exchange-server-deployments.md"]
    assert (
        len(re.findall(r"^\| ---", third, re.MULTILINE)),
        third.count("> [!NOTE]"),
        third.count("```powershell"),
    ) == (2, 1, 5)
    sixth = found.conversion.texts["manage-mail-flow/6-knowledge-check.md"]
    assert sixth.split("\n---\n")[1].startswith("## Check your knowledge {.check}")
    assert [note.code for note in found.conversion.notes if "6-knowledge-check" in note.place.path] == ["no-include"]
