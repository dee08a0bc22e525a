"""The look at the file system that makes a worker find a change sooner."""

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchfiles import Change

from quizapp import site as site_module
from quizapp.cli._watching import concerns_content, start_watching
from quizapp.settings import Settings
from quizapp.site import Site
from tests.server.running import until


@pytest.fixture
def ended() -> Iterator[threading.Event]:
    """Set when the test is over, so that nothing is watched any longer."""
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def sleepy(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site that, once it looked, would not look again for an hour."""
    monkeypatch.setattr(site_module, "LONGEST_PAUSE_SECONDS", 3600.0)
    site.looking_pause = 1e12
    assert site.catalogue.modules
    return site


def title_of(site: Site) -> str:
    return site.catalogue.module("mail-flow").lesson("introduction").title


def rename(folder: Path, title: str) -> None:
    (folder / "exchange" / "mail-flow" / "1-introduction.md").write_text(f"# {title}\n", encoding="utf-8")


def test_a_change_ends_the_pause(sleepy: Site, folder: Path, ended: threading.Event) -> None:
    rename(folder, "Unseen")
    assert title_of(sleepy) == "Introduction"
    thread = start_watching(sleepy, ended)

    def is_seen() -> bool:
        rename(folder, "Seen")  # again and again: it takes a moment until the watching begins
        return title_of(sleepy) == "Seen"

    assert until(is_seen)
    ended.set()
    thread.join(10)
    assert not thread.is_alive()


def test_a_look_that_is_asked_for_is_made_once(sleepy: Site, folder: Path) -> None:
    sleepy.look_again()
    rename(folder, "Once")
    assert title_of(sleepy) == "Once"
    rename(folder, "Twice")
    assert title_of(sleepy) == "Once"


def test_what_cannot_be_watched_is_logged_once_and_nothing_else_changes(
    site: Site, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gone = Settings(folder, site.settings.instance, private=tmp_path / "gone")
    other = Site(gone, site.database, site.secret)
    other.looking_pause = 0
    with caplog.at_level(logging.WARNING):
        start_watching(other).join(10)
    [record] = caplog.records
    assert "cannot be watched" in record.getMessage()
    rename(folder, "Found by looking")
    assert title_of(other) == "Found by looking"


@pytest.mark.parametrize(
    ("path", "concerns"),
    [
        ("exchange/mail-flow/1-introduction.md", True),
        ("exchange/mail-flow/media/map.svg", True),
        (".git/index", False),
        ("exchange/.1-introduction.md.swp", False),
        ("_drafts/1-idea.md", False),
        ("../instance/quizapp.db", False),
    ],
)
def test_only_what_is_read_concerns_the_content(tmp_path: Path, path: str, concerns: bool) -> None:
    content = tmp_path / "_site" / "content"
    changed = (content / path).resolve()
    assert concerns_content([content], [(Change.modified, str(changed))]) is concerns
