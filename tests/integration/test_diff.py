"""`quizapp diff` over real git repositories, and over the databases of real sites."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from quizapp.cli import main
from quizapp.settings import Settings
from quizapp.site import Site, prepare_site
from quizapp.web import create_app
from tests.conftest import TWO_QUESTIONS
from tests.pages import Visitor
from tests.people import dump
from tests.repositories import Repository

GOLDEN = Path(__file__).parent / "golden" / "diff.md"
LESSON = "content/exchange/mail-flow/2-online.md"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A course on `main`, the branch `topic` checked out, and the working folder in it."""
    repository = Repository(tmp_path / "course")
    repository.write("content/exchange/mail-flow/1-introduction.md", "# Introduction\n\nWelcome.\n")
    repository.write(LESSON, TWO_QUESTIONS)
    repository.commit("Begin")
    repository.git("checkout", "--quiet", "-b", "topic")
    for name in [name for name in os.environ if name.startswith("QUIZAPP_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(repository.root)
    return repository


def diff(*words: str) -> Result:
    return CliRunner().invoke(main, ["diff", *words])


def diff_json(*words: str) -> dict[str, Any]:
    found = json.loads(diff(*words, "--json").stdout)
    assert isinstance(found, dict)
    return found


def rename_first(repository: Repository) -> None:
    repository.write(LESSON, TWO_QUESTIONS.replace("{#first}", "{#alpha}"))


def change_first(repository: Repository) -> None:
    text = TWO_QUESTIONS.replace("- (x) Alpha\n- ( ) Beta", "- ( ) Alpha\n- (x) Beta")
    repository.write(LESSON, text)


def test_without_arguments_it_is_what_the_branch_changed_since_it_left_main(repository: Repository) -> None:
    begin = repository.git("rev-parse", "HEAD")
    change_first(repository)
    repository.commit("Change the key")
    repository.git("checkout", "--quiet", "main")
    repository.write("content/exchange/mail-flow/3-later.md", "# Later\n")
    repository.commit("Main goes on")
    repository.git("checkout", "--quiet", "topic")
    done = diff()
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        f"{begin[:10]} → the working folder: key changed: 1",
        "",
        "Key changed",
        "  exchange/mail-flow/2-online.md:5: mail-flow#first",
        "      right before: Alpha",
        "      right now: Beta",
        "      what was answered may earn something else: `quizapp regrade --dry-run` tells once this is live",
    ]


def test_what_is_not_committed_counts_and_two_revisions_leave_it_out(repository: Repository) -> None:
    rename_first(repository)
    assert diff("main").exit_code == 1
    assert diff("main", "topic").exit_code == 0
    assert diff("main", "topic").stdout.endswith("no question, key or setting differs\n")
    assert repository.git("status", "--porcelain") == f"M {LESSON}"


def test_a_lost_id_ends_with_1_unless_it_may_go(repository: Repository) -> None:
    rename_first(repository)
    repository.commit()
    done = diff("main", "topic")
    assert done.exit_code == 1
    assert "asks the same: write `was=first` there." in done.stdout
    assert diff("main", "topic", "--may-go", "mail-flow#first").exit_code == 0
    assert diff("main", "topic", "--may-go", "mail-flow#second").exit_code == 1
    repository.write(LESSON, TWO_QUESTIONS.replace("{#first}", "{#alpha was=first}"))
    assert diff("main").exit_code == 0


def test_json_says_all_of_it(repository: Repository) -> None:
    change_first(repository)
    found = diff_json("main", "topic")
    assert found["b"] == {
        "label": f"topic ({found['b']['commit'][:10]})",
        "commit": repository.git("rev-parse", "topic"),
    }
    found = diff_json("main")
    assert found["b"] == {"label": "the working folder", "commit": None}
    assert found["harm"] is False
    assert found["key_changed"] == [
        {
            "key": "mail-flow#first", "was": "mail-flow#first", "type": "single", "type_before": "single",
            "place": "exchange/mail-flow/2-online.md:5", "place_before": "exchange/mail-flow/2-online.md:5",
            "parts": ["answers"], "right_before": ["Alpha"], "right_after": ["Beta"], "regrade_due": True,
            "pairable": True, "usage": None,
        }
    ]  # fmt: skip
    assert [found[name] for name in ("lost", "added", "renamed", "text_changed", "settings_changed")] == [[]] * 5


def test_markdown_for_a_pull_request(repository: Repository, request: pytest.FixtureRequest) -> None:
    nasty = "### <script>`x` @owner ![p](http://example.org/p.png) {#nasty}\n\n- (x) `a` @b\n- ( ) ``c`` **d**\n"
    text = TWO_QUESTIONS.replace("{#first}", "{#alpha}").replace("- [x] One", "- [ ] One")
    repository.write(LESSON, f"{text}\n{nasty}\n## End\n\n[x](none.md)\n")
    (repository.root / "content/exchange/mail-flow/1-introduction.md").rename(
        repository.root / "content/exchange/mail-flow/1-welcome.md"
    )
    done = diff("main", "--markdown")
    assert done.exit_code == 1
    told = done.stdout.replace(repository.git("rev-parse", "--short=10", "main"), "0123456789")
    if request.config.getoption("--update-golden"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(told, encoding="utf-8")
    assert told == GOLDEN.read_text(encoding="utf-8")


def test_markdown_stays_short_enough_for_a_comment(repository: Repository) -> None:
    many = "".join(f"## Question {n} {{#q{n}}}\n\n- = {'word ' * 20}{n}\n\n" for n in range(900))
    repository.write("content/exchange/mail-flow/many.bank.md", many)
    told = diff("main", "--markdown").stdout
    assert 50_000 < len(told) < 65_000
    assert told.endswith("There is more: run `quizapp diff`.\n")


def test_two_folders_are_compared_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in (("a", TWO_QUESTIONS), ("b", TWO_QUESTIONS.replace("{#first}", "{#one}"))):
        (tmp_path / name / "m").mkdir(parents=True)
        (tmp_path / name / "m" / "1-x.md").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = diff("a", "b")
    assert done.exit_code == 1
    assert "m/1-x.md:5: question m#first" in done.stdout


def test_the_content_may_lie_anywhere_in_it(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.git("mv", "content", "course material")
    repository.commit()
    change_first(repository)
    (repository.root / LESSON).rename(repository.root / "course material/exchange/mail-flow/2-online.md")
    assert "key changed: 1" in diff("HEAD", "--content", "course material").stdout
    assert diff("main", "--content", "course material").exit_code == 2
    monkeypatch.chdir(repository.root / "course material" / "exchange")
    assert "key changed: 1" in diff("HEAD", "--content", "..").stdout


def test_it_is_found_from_a_folder_of_the_repository(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    change_first(repository)
    (repository.root / "docs").mkdir()
    monkeypatch.chdir(repository.root / "docs")
    assert "key changed: 1" in diff("main").stdout


def test_the_repository_itself_may_be_the_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Repository(tmp_path / "repo")
    repository.write("m/1-x.md", TWO_QUESTIONS)
    repository.commit()
    repository.write("m/1-x.md", TWO_QUESTIONS.replace("{#first}", "{#one}"))
    monkeypatch.chdir(repository.root)
    assert diff("HEAD", "--content", ".").exit_code == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("mian",), "mian: there is no such revision. Did you mean main?"),
        (("main", "--output=x"), "No such option"),
        (("--", "-x"), "-x: there is no such revision."),
        (
            ("main", "--content", "contents"),
            "contents: there is no such folder. Name the folder with your Markdown with --content.",
        ),
        (("main", "main", "--content", "contents"), "contents: there is no such folder in "),
        (("main", "--json", "--markdown"), "name one of them"),
        (("main", "--instance", "nowhere"), "nowhere: there is no site here."),
        (("main", "--content", "/"), "/: lies in no git repository."),
    ],
)
def test_wrong_use_ends_with_2_and_a_sentence(repository: Repository, words: tuple[str, ...], why: str) -> None:
    done = diff(*words)
    assert done.exit_code == 2
    assert why in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(one.name for one in repository.root.iterdir()) == [".git", "content"]


def test_a_name_that_is_a_folder_and_a_branch_is_asked_back(repository: Repository) -> None:
    repository.git("branch", "content")
    done = diff("content", "main")
    assert done.exit_code == 2
    assert "content: is a folder and a revision. Write ./content or refs/heads/content." in done.stderr
    assert diff("./content", "refs/heads/content").exit_code == 0


def test_a_branch_without_main_names_what_to_do(repository: Repository) -> None:
    repository.git("branch", "-m", "main", "trunk")
    assert "there is no branch main or master" in diff().stderr


@pytest.fixture
def served(repository: Repository, tmp_path: Path, database_url: str) -> Iterator[Site]:
    """The course of `main`, on a database of each kind."""
    (tmp_path / "instance").mkdir()
    address = f'database_url = "{database_url}"\n' if database_url else ""
    (tmp_path / "instance" / "settings.toml").write_text(address, encoding="utf-8")
    site = prepare_site(Settings(repository.root / "content", tmp_path / "instance", database_url))
    site.looking_pause = 0
    yield site
    site.database.close()


def answer(site: Site, *choose: str) -> None:
    visitor = Visitor(create_app(site=site).test_client())
    visitor.send(visitor.get("/modules/mail-flow/online").form("/checks/check"), *choose)
    assert visitor.status == 200


def test_how_much_rests_on_a_change_is_counted_and_nothing_is_written(
    served: Site, repository: Repository, tmp_path: Path
) -> None:
    answer(served, "Alpha", "One", "Two")
    answer(served, "Beta", "One", "Three")
    change_first(repository)
    before = dump(served)
    at = str(tmp_path / "instance")
    told = diff("main", "--instance", at).stdout
    assert "      2 learners, 2 attempts, 2 responses\n      a regrade is due once this is live" in told
    assert diff_json("main", "--instance", at)["key_changed"][0]["usage"] == {
        "learners": 2, "attempts": 2, "responses": 2,
    }  # fmt: skip
    assert dump(served) == before


def test_what_is_lost_is_counted_too(served: Site, repository: Repository, tmp_path: Path) -> None:
    answer(served, "Alpha", "One", "Two")
    at = str(tmp_path / "instance")
    rename_first(repository)
    assert diff_json("main", "--instance", at)["lost"][0]["usage"]["responses"] == 1
    (repository.root / LESSON).unlink()
    lost = {one["key"]: one["usage"] for one in diff_json("main", "--instance", at)["lost"]}
    assert lost["mail-flow/online"] == {"learners": 1, "attempts": 1, "responses": 2}
    assert lost["mail-flow#second"] == {"learners": 1, "attempts": 1, "responses": 1}


def test_a_change_whose_answers_cannot_be_paired_says_so(served: Site, repository: Repository, tmp_path: Path) -> None:
    answer(served, "Alpha", "One", "Two")
    repository.write(LESSON, TWO_QUESTIONS.replace("- ( ) Gamma", "- ( ) Gamma\n- ( ) Delta"))
    told = diff("main", "--instance", str(tmp_path / "instance")).stdout
    assert "a regrade leaves these out: the answers of the two versions cannot be paired" in told


def test_a_database_of_an_older_program_is_not_brought_up_to_date(repository: Repository, tmp_path: Path) -> None:
    site = prepare_site(Settings(repository.root / "content", tmp_path / "instance"))
    with site.database.writing() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '0001'")
    site.database.close()
    done = diff("main", "--instance", str(tmp_path / "instance"))
    assert done.exit_code == 2
    assert "The database is at revision 0001" in done.stderr
