"""What reading content costs, beside the bare conversion of the same Markdown."""

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import markdown

from quizapp.advice.advising import advise
from quizapp.advice.memo import Memo as AdviceMemo
from quizapp.content.catalogue import read_catalogue
from quizapp.content.excerpts import lines_in
from quizapp.content.folder import state_of
from quizapp.content.memory import Memory
from quizapp.content.model import Bank, Catalogue
from tests.bench.tools.stopwatch import measure, table
from tests.conftest import CONFORMANCE, ROOT
from tests.unit.advice.banks import clean_bank

FLOOR = "bare conversion"
# What a site would ask of the Markdown library alone.
EXTENSIONS = ["tables", "fenced_code", "footnotes", "attr_list", "def_list", "toc", "codehilite"]
QUESTION = "\n## Which is {number}? {{#q{number}}}\n\n- (x) Right {number}\n  > Yes.\n- ( ) Wrong {number}\n  > No.\n"
BANKS, EACH, HEADINGS = 500, 20, 40
HOSTILE: dict[str, Callable[[], str]] = {
    "100,000 list levels": lambda: "".join(f"{'  ' * (n % 400)}- x\n" for n in range(100_000))[:1_000_000],
    "one line of 500,000 bullets": lambda: "- " * 500_000,
    "1 MB of open brackets": lambda: "[" * 1_000_000,
    "200,000 links that never close": lambda: "[a](" * 200_000,
    "250,000 emphasis marks": lambda: "*a **b " * 140_000,
    "one million quotes": lambda: ">" * 1_000_000,
    "one table of 10,000 columns": lambda: "|a" * 10_000 + "|\n" + "|-" * 10_000 + "|\n" + "|b" * 10_000 + "|\n",
    "30,000 equal headings": lambda: "# a\n\n" * 30_000,
    "40,000 formulas": lambda: "$a$ b\n\n" * 40_000,
    "one formula of 2,000 braces": lambda: "$" + "{" * 990 + "}" * 990 + "$",
    "60,000 open comments": lambda: "<!-- \n\n" * 60_000,
    "100,000 backticks of growing runs": lambda: " ".join("`" * n for n in range(1, 440)),
}


def course(target: Path) -> list[Path]:
    """Put the Markdown of a real course into a content folder; where there is none, the shipped content."""
    folder = CONFORMANCE / "mslearn"
    if not folder.is_dir():
        shutil.copytree(ROOT / "content", target)
        return sorted(target.rglob("*.md"))
    files = []
    for number, file in enumerate(sorted(folder.rglob("*.md"))):
        place = target / f"m{number // 10}" / f"{number % 10}-lesson-{number}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, place)
        files.append(place)
    return files


def bank_of_many(target: Path) -> list[Path]:
    """10,000 questions in 500 banks."""
    files = []
    for number in range(BANKS):
        file = target / f"m{number // 10}" / f"{number}-questions-{number}.bank.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(QUESTION.format(number=number * EACH + n) for n in range(EACH)), encoding="utf-8")
        files.append(file)
    return files


def one_long_bank(target: Path) -> list[Path]:
    """2,000 questions in one file: what grows faster than the file shows here."""
    file = target / "m" / "1-questions.bank.md"
    file.parent.mkdir(parents=True)
    file.write_text("".join(QUESTION.format(number=number) for number in range(2000)), encoding="utf-8")
    return [file]


def convert(files: list[Path]) -> None:
    """The floor: one converter, every file."""
    converter = markdown.Markdown(extensions=EXTENSIONS)
    for file in files:
        converter.reset()
        converter.convert(file.read_text(encoding="utf-8-sig"))


def loads(title: str, folder: Path, files: list[Path], rounds: int) -> str:
    """A table of reading a folder for the first time, at a restart, after an edit, and of looking for changes."""
    kept = folder.parent / "kept"
    warm = Memory(kept)
    _, problems = read_catalogue(folder, warm)
    # A file with an error is read anew every time, so that their number belongs to the figures.
    broken = len({problem.path for problem in problems if problem.severity == "error"})

    def edit() -> None:
        with files[len(files) // 2].open("a", encoding="utf-8") as opened:
            opened.write("\n<!-- -->\n")
        read_catalogue(folder, warm)

    def restart() -> None:
        read_catalogue(folder, Memory(kept))

    tasks: dict[str, Callable[[], object]] = {
        FLOOR: partial(convert, files),
        "first load": partial(read_catalogue, folder),
        "unchanged restart": restart,
        "one-file edit": edit,
        "look for changes": partial(state_of, [folder]),
    }
    return table(f"{title}: {len(files)} files, {broken} with an error", measure(tasks, rounds), FLOOR)


def checks(title: str, folder: Path, files: list[Path], rounds: int) -> str:
    """A table of what `quizapp check` costs, and how much of it is done again after an edit of one file."""
    warm, memo, lines = Memory(folder.parent / "checked"), AdviceMemo(), lines_in([folder])
    before, _ = read_catalogue(folder, warm)
    told = Counter(problem.code for problem in advise(before, lines, memo))

    def edited() -> Catalogue:
        with files[len(files) // 2].open("a", encoding="utf-8") as opened:
            opened.write("\n<!-- -->\n")
        catalogue, _ = read_catalogue(folder, warm)
        advise(catalogue, lines, memo)
        return catalogue

    tasks: dict[str, Callable[[], object]] = {
        FLOOR: partial(convert, files),
        "check: reading and advice": lambda: advise(read_catalogue(folder)[0], lines),
        "advice alone": lambda: advise(before, lines),
        "one-file edit, checked": edited,
    }
    measured = table(f"{title}: {len(files)} files, {told.total()} pieces of advice", measure(tasks, rounds), FLOOR)
    after, then = _banks(edited()), _banks(edited())
    read = sum(then[key].questions is not after[key].questions for key in after)
    asked, every = memo.made["questions"], len(before.questions())
    counts = f"reads {read} of {len(files)} files and advises {asked} of {every} questions"
    return f"{measured}\nAn edit of one file {counts}.\n"


def _banks(catalogue: Catalogue) -> dict[str, Bank]:
    return {bank.key: bank for module in catalogue.modules.values() for bank in module.banks}


def bank_of_careful_authors(target: Path) -> list[Path]:
    """10,000 questions in 500 banks, as people write them, and a lesson with headings beside every ten banks."""
    files = []
    for number in range(BANKS // 10):
        file = target / f"m{number}" / "1-lesson.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        told = (item.explanation for item in clean_bank(number, HEADINGS).items)
        file.write_text("".join(f"## Part {n}\n\n{text}\n\n" for n, text in enumerate(told)), encoding="utf-8")
        files.append(file)
    for number in range(BANKS):
        file = target / f"m{number // 10}" / f"{number}-questions-{number}.bank.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        text = clean_bank(number, EACH).written().replace("{#q", f"{{#b{number}-")
        file.write_text(text, encoding="utf-8")
        files.append(file)
    return files


def hostile(folder: Path, files: list[Path]) -> str:
    """A table of files made to be slow, beside the conversion of the whole course."""
    tasks: dict[str, Callable[[], object]] = {FLOOR: partial(convert, files)}
    for number, (name, make) in enumerate(HOSTILE.items()):
        place = folder / f"h{number}" / "m" / "1.md"
        place.parent.mkdir(parents=True)
        place.write_text(make(), encoding="utf-8")
        tasks[name] = partial(read_catalogue, place.parent.parent)
    return table("Hostile files, each alone", measure(tasks, rounds=3), FLOOR)


def main() -> str:
    """Five tables."""
    with tempfile.TemporaryDirectory(prefix=f"quizapp-bench-{os.getpid()}-") as name:
        place = Path(name)
        files, careful = course(place / "course" / "content"), place / "careful" / "content"
        return "\n".join(
            [
                loads("A course", place / "course" / "content", files, rounds=5),
                loads("10,000 questions", place / "many" / "content", bank_of_many(place / "many" / "content"), 3),
                loads("2,000 questions", place / "long" / "content", one_long_bank(place / "long" / "content"), 3),
                checks("10,000 questions", careful, bank_of_careful_authors(careful), 3),
                hostile(place / "hostile", files),
            ]
        )
