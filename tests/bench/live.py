"""How soon an author sees what they saved: from the write of the file to the change of the open page.

A real `quizapp serve` with its two workers, and a real browser; both read the same clock.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.bench.tools.stopwatch import grid, spread
from tests.browser.conftest import FLAGS, sign_in
from tests.conftest import PASSWORD, ROOT
from tests.server.running import Server

EDITS = 10
AUTHOR = "Ann"
MODULE = "exchange/manage-mail-flow"
LESSON = "manage-mail-flow/measured"
# The time in ms at which the page holds a text, by the clock of the machine.
SEEN = """text => new Promise((resolve) => {
  const look = () => document.body.textContent.includes(text) && (watcher.disconnect(), resolve(Date.now()));
  const watcher = new MutationObserver(look);
  watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
  look();
})"""
LARGE = 500  # files
QUESTION = "\n## Check {.check}\n\n### Which one is it? {#which}\n\n- (x) This\n- ( ) That\n- ( ) Neither\n"
TEXT = f"# Measured\n\nEdit 0.\n{QUESTION}"
BROKEN = TEXT.replace("- ( ) That", "- [ ] That")


def main() -> str:
    """One table: a small and a large site, a change and a mistake."""
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        return "There is no Chromium on this machine: set CHROMIUM to measure how soon a change is seen.\n"
    rows = []
    with tempfile.TemporaryDirectory(prefix=f"quizapp-bench-{os.getpid()}-") as name, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=FLAGS.split())
        for words, more in (("the shipped courses", 0), (f"{LARGE} files more", LARGE)):
            server = _served(Path(name) / str(more), more)
            try:
                page = chromium.new_page(base_url=server.url)
                sign_in(page, AUTHOR)
                rows += [[f"{words}: {what}", *_told(times)] for what, times in _measured(page, _file(server)).items()]
            finally:
                server.stop()
        chromium.close()
    return grid(f"From a write to the change of an open page, {EDITS} edits", ["what", "ms (least … most)"], rows)


def _served(folder: Path, more: int) -> Server:
    """A server over the shipped content, and as many files more."""
    content = folder / "content"
    shutil.copytree(ROOT / "content", content)
    for number in range(more):
        file = content / "more" / f"module-{number // 20}" / f"{number % 20 + 1}-lesson.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# Lesson {number}\n\nText of it.\n{QUESTION}", encoding="utf-8")
    server = Server(content, folder / "instance")
    server.add_account(AUTHOR, PASSWORD, "author")
    _file(server).write_text(TEXT, encoding="utf-8")
    return server.start()


def _file(server: Server) -> Path:
    return server.content / MODULE / "9-measured.md"


def _measured(page: Page, file: Path) -> dict[str, list[float]]:
    """Milliseconds of every edit, by what was done."""
    edits = [TEXT.replace("Edit 0.", f"Edit {number}.") for number in range(1, EDITS + 1)]
    found = {}
    for view, address in (("as a learner", f"/modules/{LESSON}"), ("with key", f"/teach/modules/{LESSON}")):
        page.goto(address)
        found[f"an edit, {view}"] = [
            _seen(page, partial(file.write_text, text, encoding="utf-8"), f"Edit {number}.")
            for number, text in enumerate(edits, start=1)
        ]
    page.goto(f"/modules/{LESSON}")
    mistakes = []
    for _ in range(EDITS):
        mistakes.append(_seen(page, lambda: file.write_text(BROKEN, encoding="utf-8"), "Use one kind in a list."))
        file.write_text(TEXT, encoding="utf-8")
        page.locator("#page-problems:not(.is-advice)").wait_for(state="detached")
    return {**found, "a mistake, until the page tells it": mistakes}


def _seen(page: Page, write: Callable[[], object], text: str) -> float:
    """Write a file, and wait until the page holds a text; not always at the same moment between two looks."""
    time.sleep(0.05 + 0.037 * (time.monotonic_ns() % 17))
    page.evaluate(f"text => {{ window.seen = ({SEEN})(text); }}", text)
    began = time.time()
    write()
    return float(page.evaluate("window.seen")) - 1000 * began


def _told(times: Sequence[float]) -> list[str]:
    return [spread(times, 0)]
