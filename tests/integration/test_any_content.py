"""Whatever lies in a content folder, the site that is made of it answers every page that it links to."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.errors import Problem
from quizapp.settings import Settings
from quizapp.site import Site, prepare_site
from quizapp.web import create_app
from tests.pages import Page
from tests.people import add, enter

MOST_PAGES = 40  # that are opened of one tree
STARTS = ("/", "/progress", "/teach/", "/teach/problems")
# What instructors write, whole and in pieces that do not belong together.
PIECES = (
    "---\n", "title: A\n", "title: [\n", "draft: yes\n", "publish: 2026-13-01\n", "modules: [m, m, x]\n",
    "key: ../m\n",
    "aliases: [m/a, '']\n", "languages: [en, de]\n", "draw: [{bank: b, count: 3}]\n", "time: 20 min\n",
    "objectives: [a: b]\n",
    "# Title\n", "## Check {.check}\n", "## {.check #x}\n", "### Question {#q}\n", "### [One](b.bank.md#q)\n",
    "### [Two](b.bank.md) {count=2}\n", "## What? {#q .order}\n", "## {#z .records}\n", "Heading\n=======\n",
    "- (x) Right\n", "- ( ) Wrong\n", "  > Feedback\n", "> Not indented\n", "- [x] Box\n",
    "- = 12.5 ms\n", "- =~ `(`\n",
    "1. First\n", "2. Second\n", "- Group\n  - Item\n", "| a | b |\n| --- | --- |\n| c | d |\n", "A [[blank]] here.\n",
    "```zone\n", "```\n", "$$\n", "<!-- advice-off no-feedback: yes -->\n", "<!-- \n", "-->\n",
    "Text <!-- a\n\nb --> more\n", "\n##No\n", "/// tabb\n", "[!NOTE] x\n", "| a | b |\n", "<script>\n",
    "> [!TIP]\n> Hint\n",
    "[!INCLUDE [x](includes/i.md)]\n", "![](media/x.png)\n", "[a](../m/1.md#nowhere)\n", "/// tab | One\n",
    ":::row:::\n",
    "{.survey}\n", "\n", "\t", "\r", "\0", "\ufeff", "é", "\u202e", "😀",
)  # fmt: skip
NAMES = st.one_of(
    st.sampled_from(
        ("index.md", "README.md", "1-a.md", "01_a.md", "a.md", "A.md", "b.bank.md", "q.quiz.md", "a.de.md", ".md",
         "_x.md", "media", "includes", "i.md", "m", "p", "1-m", "x.png", "a b.md", "ä.md", "..md", "%2e.md", "a#b?.md")
    ),
    st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1, max_size=8).filter(
        lambda name: name not in (".", "..")
    ),
)  # fmt: skip
BYTES = st.one_of(
    st.binary(max_size=80), st.lists(st.sampled_from(PIECES), max_size=24).map(lambda all: "".join(all).encode())
)
TREES = st.dictionaries(st.lists(NAMES, min_size=1, max_size=5).map(tuple), BYTES, max_size=7)


def write_tree(root: Path, tree: dict[tuple[str, ...], bytes]) -> None:
    """Write what of a tree the file system takes: a name may be that of a file and of a folder in it."""
    for parts, data in tree.items():
        file = root.joinpath(*parts)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        except OSError:
            continue


@dataclass
class Owned:
    """A site, and its owner's browser."""

    site: Site
    client: FlaskClient


@pytest.fixture(scope="module")
def owned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Owned]:
    folder = tmp_path_factory.mktemp("any")
    (folder / "content").mkdir()
    site = prepare_site(Settings(folder / "content", folder / "instance"))
    site.looking_pause = 0
    app = create_app(site=site)
    app.testing = True  # a fault of ours is raised here, not shown as a page
    yield Owned(site, enter(app.test_client(), add(site, "Olga", "owner", "author", "instructor")))
    site.database.close()


def links_of(page: str) -> list[str]:
    """The addresses of this site that a page leads to."""
    found = (urlsplit(link) for link in Page(page).links.values())
    return [link.path for link in found if not link.scheme and not link.netloc and link.path.startswith("/")]


@given(TREES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_any_tree_of_any_bytes_gives_problems_and_a_site_that_serves(
    owned: Owned, tree: dict[tuple[str, ...], bytes]
) -> None:
    shutil.rmtree(owned.site.settings.content)
    owned.site.settings.content.mkdir()
    write_tree(owned.site.settings.content, tree)
    waiting, seen = [*STARTS], set[str]()
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        answer = owned.client.get(address, follow_redirects=True)
        # An author may write a link to nothing, and may call a folder `a.md`, which cannot be edited: a page says so.
        is_refused = address.startswith("/media/") and answer.status_code == HTTPStatus.NOT_FOUND
        is_refused |= address.startswith("/teach/edit/") and answer.status_code == HTTPStatus.BAD_REQUEST
        assert answer.status_code == HTTPStatus.OK or is_refused, address
        if answer.mimetype == "text/html":
            waiting += links_of(answer.get_data(as_text=True))
    assert all(isinstance(problem, Problem) and str(problem) for problem in owned.site.told)
