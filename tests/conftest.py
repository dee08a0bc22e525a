"""What tests of several folders share: a small content folder, a prepared site, a learner without a browser."""

import hashlib
import os
import resource
import shutil
import signal
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy.exc import OperationalError

from quizapp.actions.passwords import hashed
from quizapp.actions.people import add_person
from quizapp.settings import Settings
from quizapp.site import Site, prepare_site
from quizapp.store.accounts import Role
from quizapp.web import create_app
from tests import grid
from tests.databases import drop_schema, new_schema
from tests.pages import Visitor

ROOT = Path(__file__).parent.parent
CONFORMANCE = Path(os.environ.get("QUIZAPP_CONFORMANCE", ROOT.parent / "shared" / "conformance"))

LESSON = """---
title: Exchange Online
---
Mail flows.

## Check your knowledge {.check}

Choose the best response.

### What else must Holly configure? {#mx-record}

- ( ) A connector to the internet
  > The default settings do that already.
- (x) The MX record
  > It is the one thing left to do.
- ( ) A mailbox for the postmaster
  > It exists from the start.

> [!TIP]
> How does a sender find the server?

Senders look the MX record up.
"""
TWO_QUESTIONS = """# Two questions

## Check {.check}

### First {#first}

- (x) Alpha
- ( ) Beta
- ( ) Gamma

### Second {#second}

- [x] One
- [x] Two
- [ ] Three
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one switch that writes golden files anew, and where the grid of question types goes."""
    parser.addoption("--update-golden", action="store_true", help="write golden files as they are now")
    grid.add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Collect the grid where it is asked for, in the process that counts."""
    hypothesis.settings.register_profile("untimed", deadline=None)  # machines are shared: no test has a time of its own
    hypothesis.settings.load_profile("untimed")
    config.addinivalue_line("markers", "grid(*columns): what a test shows of the question type it is parametrised with")
    file = config.getoption("--grid")
    if file and not hasattr(config, "workerinput"):
        config.pluginmanager.register(grid.Grid(Path(file)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note on each report which cells of the grid its test fills."""
    report = yield
    grid.note_cells(item, report)
    return report


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder with one module of two lessons."""
    module = tmp_path / "content" / "exchange" / "mail-flow"
    module.mkdir(parents=True)
    (module / "1-introduction.md").write_text("# Introduction\n\nWelcome.\n", encoding="utf-8")
    (module / "2-online.md").write_text(LESSON, encoding="utf-8")
    return tmp_path / "content"


def _postgres_url() -> Iterator[str]:
    """The address of a fresh schema on a PostgreSQL, dropped afterwards."""
    try:
        address = new_schema()
    except OperationalError as error:
        if os.environ.get("QUIZAPP_REQUIRE_POSTGRES"):
            raise
        pytest.skip(f"no PostgreSQL on 127.0.0.1:5432: {error.orig}")
    yield address
    drop_schema(address)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh database of each kind; empty means SQLite in the instance folder."""
    if request.param == "sqlite":
        yield ""
    else:
        yield from _postgres_url()


@pytest.fixture
def site(folder: Path, tmp_path: Path, database_url: str) -> Iterator[Site]:
    """A prepared site over `folder`."""
    site = prepare_site(Settings(folder, tmp_path / "instance", database_url))
    site.looking_pause = 0  # tests edit faster than anybody types
    yield site
    site.database.close()


@pytest.fixture
def new_visitor(site: Site) -> Callable[[], Visitor]:
    """Makes learners, each with a browser of their own and no JavaScript."""
    app = create_app(site=site)
    return lambda: Visitor(app.test_client())


@pytest.fixture
def visitor(new_visitor: Callable[[], Visitor]) -> Visitor:
    """One learner."""
    return new_visitor()


@pytest.fixture(scope="session")
def conformance() -> Path:
    """The folder of real input files, which are not part of this repository."""
    if not CONFORMANCE.is_dir():
        pytest.skip(f"the conformance inputs are not at {CONFORMANCE}")
    return CONFORMANCE


@pytest.fixture
def bounded() -> Iterator[None]:
    """Half a GiB more than there is, and two minutes."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        pytest.skip("the memory of a process is bounded on Linux only")
    now = int(statm.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (now + 512 * 1024**2, before[1]))
    signal.alarm(120)
    yield
    signal.alarm(0)
    resource.setrlimit(resource.RLIMIT_AS, before)


def state_of(folder: Path) -> dict[str, str]:
    """The hash of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where this machine has a Chromium."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        if os.environ.get("QUIZAPP_REQUIRE_BROWSER"):
            raise RuntimeError("QUIZAPP_REQUIRE_BROWSER is set and there is no Chromium")
        pytest.skip("no Chromium on this machine")
    return found


PASSWORD = "correct horse battery"


@pytest.fixture
def sign_in(site: Site, new_visitor: Callable[[], Visitor]) -> Callable[..., Visitor]:
    """Makes an account with roles and signs it in, in a browser of its own."""

    def sign_in(name: str, *roles: Role) -> Visitor:
        add_person(site.database, name, "", hashed(PASSWORD), roles, None, datetime.now(UTC))
        visitor = new_visitor()
        visitor.send(visitor.get("/account/sign-in").form("/account/sign-in"), name=name, password=PASSWORD)
        assert visitor.address == "/"
        return visitor

    return sign_in
