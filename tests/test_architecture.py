"""The layers and their arrows, held by reading the imports of every module."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import quizapp

PACKAGE = Path(quizapp.__file__).parent
EVERYWHERE = {"errors"}
# layer: the layers it may import
ARROWS = {
    "source": set[str](),
    "questions": {"source"},
    "content": {"source", "questions"},
    "grading": {"source", "questions", "content"},
    "advice": {"source", "questions", "content", "grading"},
    "formats": {"source", "questions", "content", "grading"},
    "store": {"source", "questions", "content", "grading"},
    "actions": {"git", "source", "questions", "content", "grading", "formats", "store"},
    "settings": set[str](),
    "git": set[str](),
    "site": {"settings", "git", "content", "advice", "store"},
    "web": {"settings", "site", "source", "questions", "content", "grading", "advice", "formats", "store", "actions"},
    "cli": {
        "settings",
        "git",
        "site",
        "source",
        "questions",
        "content",
        "grading",
        "advice",
        "formats",
        "store",
        "actions",
    },
    "errors": set[str](),
    "__init__": set[str](),
    "__main__": {"cli"},
}
EXCEPTIONS = {("cli/serve.py", "web"), ("cli/account.py", "web"), ("cli/__init__.py", "__init__")}
# third-party package: where it may be imported
OUTSIDE = {
    **dict.fromkeys(("flask", "flask_wtf", "werkzeug", "jinja2", "wtforms", "markupsafe"), ("web/",)),
    **dict.fromkeys(("sqlalchemy", "alembic"), ("store/",)),
    **dict.fromkeys(("markdown", "pygments"), ("content/markup.py",)),
    "yaml": ("content/scalars.py", "formats/mslearn/documents.py"),
    "nh3": ("content/sanitise.py", "formats/hypertext/tree.py"),
    "imagesize": ("content/images.py",),
    "latex2mathml": ("content/formulas.py",),
    "regex": ("questions/text.py",),
    "rapidfuzz": ("questions/vocabulary.py", "advice/similar_questions.py"),
    "dns": ("questions/rdata.py",),
    "click": ("cli/",),
    "argon2": ("actions/passwords.py",),
    "zxcvbn": ("actions/passwords.py",),
    "itsdangerous": ("actions/tokens.py", "web/sessions.py"),
    "email_validator": ("actions/addresses.py",),
    "granian": ("cli/serve.py",),
    "defusedxml": ("formats/",),
    "watchfiles": ("cli/_watching.py",),
    "genanki": ("formats/anki/package.py",),
}
# Imports inside functions: slow and rare, or of an extra that need not be installed.
LATE = {
    ("store/migrate.py", "alembic"),
    ("cli/serve.py", "granian"),
    ("questions/rdata.py", "dns"),
    ("formats/anki/package.py", "genanki"),
}
TYPES_ONLY = {("cli/serve.py", "flask")}
BANNED_MODULES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}


def imported(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """The dotted name of each import, and whether it stands in a function."""
    inside = {
        node
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node in inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from ((_target(node.module or "", alias.name), node in inside) for alias in node.names)


def _target(module: str, name: str) -> str:
    """What `from module import name` loads: the module of that name, if there is one."""
    inner = PACKAGE.parent / module.replace(".", "/") / name
    is_module = module == "quizapp" or inner.is_dir() or inner.with_suffix(".py").exists()
    return f"{module}.{name}" if module.startswith("quizapp") and is_module else module


def complaints(root: Path) -> list[str]:
    """What the modules under `root` import and may not."""
    found = []
    for file in sorted(root.rglob("*.py")):
        place = file.relative_to(root).as_posix()
        layer = place.split("/")[0].removesuffix(".py")
        for name, is_late in imported(ast.parse(file.read_text(encoding="utf-8"))):
            top, _, rest = name.partition(".")
            if top == "quizapp":
                target = rest.split(".")[0] if rest.split(".")[0] in ARROWS else "__init__"
                allowed = ARROWS[layer] | EVERYWHERE | {layer}
                if target not in allowed and (place, target) not in EXCEPTIONS:
                    found.append(f"quizapp/{place} may not import quizapp.{target}")
            elif top in OUTSIDE and not place.startswith(OUTSIDE[top]) and (place, top) not in TYPES_ONLY:
                found.append(f"quizapp/{place} may not import {top}")
            if is_late and (place, top) not in LATE:
                found.append(f"quizapp/{place} imports {name} inside a function")
    return found


def test_every_module_keeps_to_its_layer() -> None:
    assert complaints(PACKAGE) == []


@pytest.mark.parametrize(
    ("place", "line", "complaint"),
    [
        ("grading/planted.py", "from flask import g", "quizapp/grading/planted.py may not import flask"),
        (
            "source/planted.py",
            "import quizapp.store.lock",
            "quizapp/source/planted.py may not import quizapp.store",
        ),
        ("actions/planted.py", "from quizapp import web", "quizapp/actions/planted.py may not import quizapp.web"),
        ("actions/planted.py", "import sqlalchemy.orm", "quizapp/actions/planted.py may not import sqlalchemy"),
        ("content/planted.py", "import markdown", "quizapp/content/planted.py may not import markdown"),
        ("web/planted.py", "from quizapp.cli import main", "quizapp/web/planted.py may not import quizapp.cli"),
        ("cli/planted.py", "def f():\n    import json", "quizapp/cli/planted.py imports json inside a function"),
    ],
)
def test_a_planted_import_is_found(tmp_path: Path, place: str, line: str, complaint: str) -> None:
    file = tmp_path / place
    file.parent.mkdir(parents=True)
    file.write_text(line + "\n", encoding="utf-8")
    assert complaints(tmp_path) == [complaint]


def test_nothing_is_imported_in_a_circle() -> None:
    graph: dict[str, set[str]] = {}
    for file in PACKAGE.rglob("*.py"):
        name = ".".join(("quizapp", *file.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        graph[name] = {target for target, is_late in imported(ast.parse(file.read_text())) if not is_late}
    seen: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " → ".join((*above, name))
        if name not in seen:
            for target in graph.get(name, set()):
                if target in graph:
                    visit(target, (*above, name))
            seen.add(name)

    for name in graph:
        visit(name, ())


def test_no_module_is_a_drawer_for_everything() -> None:
    names = {part for file in PACKAGE.rglob("*.py") for part in file.relative_to(PACKAGE).with_suffix("").parts}
    assert not names & BANNED_MODULES


def test_marking_loads_neither_flask_nor_sqlalchemy_nor_what_is_seldom_asked() -> None:
    code = "import sys, quizapp.grading.standing; print({'flask', 'sqlalchemy', 'click', 'dns'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_templates_are_named_as_their_endpoints() -> None:
    views = {"error", "layout"}
    for file in (PACKAGE / "web").glob("*.py"):
        named = set(re.findall(r'"(?!controls/)(\w+/\w+)\.html"', file.read_text(encoding="utf-8")))
        views |= named
        for name in named:
            blueprint, _, view = name.partition("/")
            assert f"def {view}(" in (PACKAGE / "web" / f"{blueprint}.py").read_text(encoding="utf-8")
    folder = PACKAGE / "web" / "templates"
    pages = {file.relative_to(folder).with_suffix("").as_posix() for file in folder.rglob("*.html")}
    assert {page for page in pages if not page.startswith(("parts/", "controls/", "outcomes/"))} == views


def test_every_problem_text_is_used() -> None:
    report = (PACKAGE / "source" / "report.py").read_text(encoding="utf-8")
    codes = re.findall(r'^    "([a-z0-9-]+)": \(', report, flags=re.MULTILINE)
    others = "".join(file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py") if file.name != "report.py")
    assert [code for code in codes if f'"{code}"' not in others] == []
