"""`quizapp account`: accounts from the command line, and what it says when something is wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizapp.actions import people
from quizapp.actions.passwords import WeakPassword
from quizapp.cli import main
from quizapp.cli.account import said_of
from quizapp.settings import Settings
from quizapp.site import Site, prepare_site
from quizapp.store.accounts import Account
from tests.people import PASSWORD, is_signed_in, send, sign_in, visitor_of


@pytest.fixture
def instance(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where an instance is to be; the command stands in a folder without content."""
    monkeypatch.chdir(tmp_path / "content" / "exchange")
    for name in ("QUIZAPP_CONTENT", "QUIZAPP_INSTANCE", "QUIZAPP_DATABASE_URL", "QUIZAPP_PRIVATE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "instance"


def run(instance: Path, *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["account", *words, "--instance", str(instance)], input=typed)


def found(instance: Path) -> list[Account]:
    site = prepare_site(Settings(instance.parent / "content", instance))
    known = people.look_up_people(site.database)[0]
    site.database.close()
    return known


@pytest.fixture
def opened(instance: Path) -> Iterator[Site]:
    """The site, as its server has it open meanwhile."""
    site = prepare_site(Settings(instance.parent / "content", instance))
    yield site
    site.database.close()


def test_an_account_is_added_with_its_password_and_roles(instance: Path, opened: Site) -> None:
    done = run(instance, "add", "Ada", "--role", "owner", "--role", "author", "--password-stdin", typed=f"{PASSWORD}\n")
    assert (done.exit_code, done.output) == (0, "")
    [ada] = found(instance)
    assert (ada.name, sorted(ada.roles)) == ("Ada", ["author", "learner", "owner"])
    visitor = visitor_of(opened)
    sign_in(visitor, "ada")
    assert is_signed_in(visitor)


def test_an_account_without_a_password_gets_a_link_for_one(instance: Path, opened: Site) -> None:
    done = run(instance, "add", "Ada", "--email", "Ada@Example.org")
    assert done.exit_code == 0
    [ada] = found(instance)
    assert (ada.email, ada.password) == ("Ada@example.org", "")
    link = done.output.strip()
    assert link.startswith("http://127.0.0.1:8000/account/password/")
    visitor = visitor_of(opened)
    send(visitor, link.removeprefix("http://127.0.0.1:8000"), new=PASSWORD)
    assert is_signed_in(visitor)


def test_a_link_begins_with_the_address_of_the_site(instance: Path) -> None:
    instance.mkdir()
    (instance / "settings.toml").write_text('address = "https://learn.example.org/"\n')
    assert run(instance, "add", "ada").output.startswith("https://learn.example.org/account/password/")
    assert run(instance, "link", "ADA").output.startswith("https://learn.example.org/account/password/")


@pytest.mark.parametrize(
    ("words", "typed", "code", "said"),
    [
        (("add", "a@b"), "", 2, "a@b: cannot be a name. Use 2 to 60 letters and digits, without @."),
        (("add", "ada", "--email", "nowhere"), "", 2, "nowhere: is no e-mail address."),
        (("add", "ada", "--role", "king"), "", 2, "'king' is not one of 'author', 'instructor', 'owner'"),
        (("add", "ada", "--role", "learner"), "", 2, "'learner' is not one of"),
        (
            ("add", "ada", "--password-stdin"),
            "short\n",
            1,
            "ada: This password is too short. Use 10 characters or more,",
        ),
        (("add", "ada", "--password-stdin"), "", 1, "ada: This password is too short. Use 10 characters or more"),
        (("add", "ada", "--password-stdin"), "a" * 300, 1, "ada: This password is too long. Use no more than 256"),
        (("add", "adaadaada", "--password-stdin"), "adaadaada1", 1, "This password is hardly more than the name."),
        (("add", "ada", "--password-stdin"), "abababababab", 1, "ada: This password is easy to guess. Choose"),
        (("add", "Known"), "", 1, "Known: This name or address is taken. Choose another."),
        (("add", "ada", "--email", "KNOWN@example.org"), "", 1, "ada: This name or address is taken."),
        (("link", "nobody"), "", 1, "nobody: There is no such account."),
        (("roles", "nobody"), "", 1, "nobody: There is no such account."),
        (("roles", "known", "--role", "learner"), "", 2, "'learner' is not one of"),
        (("remove", "nobody", "--yes"), "", 1, "nobody: There is no such account."),
        (("remove", "known"), "n\n", 1, "Remove the account known for ever? [y/N]: "),
        (("remove", "known"), "", 1, "Remove the account known for ever? [y/N]: "),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_changed(
    instance: Path, words: tuple[str, ...], typed: str, code: int, said: str
) -> None:
    assert run(instance, "add", "known", "--email", "known@example.org").exit_code == 0
    before = found(instance)
    done = run(instance, *words, typed=typed)
    assert done.exit_code == code
    assert said in done.stderr
    assert done.stdout == ""
    assert found(instance) == before


def test_the_list_says_who_may_what(instance: Path) -> None:
    run(instance, "add", "Zoe")
    run(instance, "add", "ada", "--role", "owner", "--role", "instructor", "--email", "ada@example.org")
    assert run(instance, "list").output == "ada\towner,instructor,learner\tada@example.org\nZoe\tlearner\t-\n"


def test_a_database_of_a_newer_program_is_told(instance: Path, opened: Site) -> None:
    with opened.database.writing() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '9999'")
    done = run(instance, "list")
    assert done.exit_code == 1
    assert "newer quizapp" in done.stderr


@pytest.mark.parametrize("words", [("list",), ("link", "ada"), ("roles", "ada"), ("remove", "ada", "--yes")])
def test_only_adding_makes_a_site(instance: Path, words: tuple[str, ...]) -> None:
    for is_there in (False, True):
        done = run(instance, *words)
        assert done.exit_code == 1
        assert done.stdout == ""
        assert f"{instance}: there is no site here. Name the folder of the site with --instance, or" in done.stderr
        assert instance.exists() == is_there
        instance.mkdir(exist_ok=True)
    assert list(instance.iterdir()) == []
    assert run(instance, "add", "ada").exit_code == 0
    assert run(instance, *words).exit_code == 0


def test_a_database_elsewhere_belongs_to_the_instance_with_its_secret(
    instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZAPP_DATABASE_URL", f"sqlite:///{instance.parent / 'elsewhere.db'}")
    assert run(instance, "add", "ada").exit_code == 0
    assert run(instance, "list").output == "ada\tlearner\t-\n"
    done = run(instance.parent / "mistyped", "list")
    assert (done.exit_code, done.stdout) == (1, "")


def test_roles_are_replaced(instance: Path) -> None:
    run(instance, "add", "Ada", "--role", "instructor")
    done = run(instance, "roles", "ada", "--role", "author", "--role", "owner")
    assert (done.exit_code, done.output) == (0, "")
    assert run(instance, "list").output == "Ada\towner,author,learner\t-\n"
    assert run(instance, "roles", "ada").exit_code == 0
    assert run(instance, "list").output == "Ada\tlearner\t-\n"


@pytest.mark.parametrize(("words", "typed"), [(("--yes",), ""), ((), "y\n")])
def test_an_account_is_removed(instance: Path, words: tuple[str, ...], typed: str) -> None:
    for name in ("Ada", "Zoe"):
        run(instance, "add", name)
    done = run(instance, "remove", "ADA", *words, typed=typed)
    assert (done.exit_code, done.stdout) == (0, "")
    assert [account.name for account in found(instance)] == ["Zoe"]


def test_the_last_owner_stays_one(instance: Path) -> None:
    run(instance, "add", "boss", "--role", "owner", "--password-stdin", typed=f"{PASSWORD}\n")
    for words in (("roles", "boss"), ("roles", "boss", "--role", "author"), ("remove", "boss", "--yes")):
        done = run(instance, *words)
        assert done.exit_code == 1
        assert "boss: This is the only owner. Make somebody else an owner first." in done.stderr
    assert run(instance, "list").output == "boss\towner,learner\t-\n"


def test_a_weakness_that_has_no_sentence_yet_is_told_without_its_code() -> None:
    said = said_of(WeakPassword("made-of-the-moon"))
    assert said == "This password is too easy to guess. Choose another, such as four words."
