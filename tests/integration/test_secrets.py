"""What is not due is in no page, header or cookie: over every question type and every state of a check.

Two files that differ in nothing but their key must give the same pages, to the word, for as long as a question may
still be tried; what is said of choices that nobody took, explanations and rubrics are looked for by their words.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from quizapp.actions.attempts import show_fresh
from quizapp.questions.base import QUESTION_TYPES, Response
from quizapp.site import Site
from quizapp.store.attempts import find_attempt
from quizapp.web import create_app
from tests.integration.test_checks import CHECK, LESSON
from tests.pages import Form, Page
from tests.quizzes import PLACE as QUIZ
from tests.quizzes import write_quiz

HEAD = "| A | B | C |\n|---|---|---|\n"
SAID_LATER = "Said later"  # stands in all that is not due before the question is settled


@dataclass(frozen=True)
class Case:
    """A question under two keys, and responses that earn the same under both, and not all of it."""

    one: str
    other: str
    responses: tuple[Response, ...]
    invalid: tuple[str, ...] = ()  # values of a form that cannot be read


CASES = {
    "single": Case(
        f"- (x) Alpha\n  > {SAID_LATER}\n- ( ) Beta\n  > {SAID_LATER}\n- ( ) Gamma\n",
        f"- ( ) Alpha\n  > {SAID_LATER}\n- (x) Beta\n  > {SAID_LATER}\n- ( ) Gamma\n",
        (3,),
    ),
    "multiple": Case(
        f"- [x] Alpha\n- [ ] Beta\n- [x] Gamma\n  > {SAID_LATER}\n- [ ] Delta\n  > {SAID_LATER}\n",
        f"- [x] Alpha\n- [ ] Beta\n- [ ] Gamma\n  > {SAID_LATER}\n- [x] Delta\n  > {SAID_LATER}\n",
        ([1], [1, 2]),
    ),
    "text": Case(
        f"- = Alpha\n  > {SAID_LATER}\n- != Beta\n  > {SAID_LATER}\n- =~ `a.c`\n",
        f"- = Omega\n  > {SAID_LATER}\n- (50%) = Beta\n  > {SAID_LATER}\n",
        ("Epsilon",),
    ),
    "numeric": Case(
        f"- = 25 +- 0.5 ms\n  > {SAID_LATER}\n- != 3 ms\n  > {SAID_LATER}\n",
        f"- = [77, 99] ms\n  > {SAID_LATER}\n- = 1 s\n",
        ("4 ms",),
        invalid=("many",),
    ),
    "match": Case(
        f"{HEAD}| One | Alpha | {SAID_LATER} |\n| Two | Beta | |\n| Three | Gamma | |\n| | Delta |",
        f"{HEAD}| One | Beta | {SAID_LATER} |\n| Two | Gamma | |\n| Three | Alpha | |\n| | Delta |",
        ({"Two": "Delta", "Three": "Delta"},),
    ),
    "order": Case(
        "1. One\n2. Two\n3. Three\n4. Four",
        "1. Four\n2. Two\n3. Three\n4. One",
        ([4, 3, 2, 1],),
        invalid=("1.1", "2.1"),
    ),
    "group": Case(
        f"- Left\n  - One\n    > {SAID_LATER}\n  - Two\n- Right\n  - Three\n- Neither",
        f"- Left\n  - Three\n  - Two\n- Right\n  - One\n    > {SAID_LATER}\n- Neither",
        ({"Two": "Neither", "Three": "Neither"},),
    ),
    "fill-in": Case(
        "Mail to [[25]], by [[Alpha|alphabet]] with [[(x) One | ( ) Two | ( ) Three]].",
        "Mail to [[77 +- 3]], by [[Omega|omicron]] with [[( ) One | (x) Two | ( ) Three]].",
        (["4", "x", "Three"], ["", "", "Three"]),
        invalid=("many", "x", "1"),
    ),
    "records": Case(
        "```zone\n$ORIGIN contoso.com.\n```\n\n- = @ MX 0 alpha.example.\n"
        f"- = a A 192.0.2.1\n  > {SAID_LATER}\n- != b A 192.0.2.2\n  > {SAID_LATER}",
        "```zone\n$ORIGIN contoso.com.\n```\n\n- = @ MX ? omega.example.\n"
        f"- = c A 192.0.2.7\n  > {SAID_LATER}\n- != d A 192.0.2.8\n  > {SAID_LATER}",
        ("@ TXT other",),
        invalid=("@ NONSENSE",),
    ),
    "essay": Case(
        f"- [2] {SAID_LATER} one\n- [1] {SAID_LATER} two\n", f"- [5] {SAID_LATER} three\n", (), invalid=("x" * 60_000,)
    ),
    "survey": Case("Tell us.", "Tell us.", (), invalid=("x" * 60_000,)),
}
WORDS = {"match": ".match", "order": ".order", "group": ".group", "records": ".records", "essay": ".essay",
         "survey": ".survey"}  # fmt: skip
# What is made for one page, for one file, or says which drawn position was chosen.
MADE_FOR_ONE_PAGE = re.compile(r'(?:value|content|href|action)="[^"]*"')


TIMES = re.compile(r"\b\d\d:\d\d\b")  # two walks may lie in two minutes


def lesson(kind: str, answers: str) -> str:
    explanation = f"\n\n{SAID_LATER}\n" if kind != "survey" else "\n"
    more = "> [!TIP]\n> A hint.\n"
    return f"# L\n\n## C {{.check}}\n\n### Q? {{#q {WORDS.get(kind, '')}}}\n\nAsked.\n\n{answers}{explanation}\n{more}"


def test_every_type_is_tried() -> None:
    assert set(CASES) >= set(QUESTION_TYPES)


def words(page: str) -> Counter[str]:
    """Every word of a page, tags and attributes too."""
    return Counter(re.findall(r"[\w&;.-]+", MADE_FOR_ONE_PAGE.sub("", page)))


def headers(response: TestResponse) -> set[tuple[str, str]]:
    """All headers but those that are random on purpose."""
    return {(name, value) for name, value in response.headers if name not in ("Set-Cookie", "ETag", "Content-Length")}


def session_of(client: FlaskClient) -> set[str]:
    """The names of what a cookie holds; it is signed, and everybody may read it."""
    cookie = client.get_cookie("quizapp")
    return set(URLSafeTimedSerializer("").loads_unsafe(cookie.value)[1] or {}) if cookie else set()


class Walk:
    """A guest who meets a question in every state in which it may still be tried."""

    def __init__(self, site: Site, case: Case) -> None:
        self.site, self.client, self.case = site, create_app(site=site).test_client(), case
        self.seen: dict[str, TestResponse] = {}

    def run(self) -> None:
        """Visit each state; what was met is in `seen`."""
        form = self.look("untouched", self.client.get(LESSON)).form(CHECK)
        form = self.look("blank", self.send(form, [])).form(CHECK)
        if self.case.invalid:
            form = self.look("invalid", self.send(form, self.case.invalid)).form(CHECK)
        for number, response in enumerate(self.case.responses):
            page = self.look(f"answered {number}", self.send(form, self.values(form, response)))
            form = self.look(f"again {number}", self.client.get(page.links["Try again"])).form(CHECK)

    def look(self, state: str, response: TestResponse) -> Page:
        """Keep what was met."""
        self.seen[state] = response
        return Page(response.get_data(as_text=True))

    def send(self, form: Form, values: Sequence[str]) -> TestResponse:
        """Send the form with these values."""
        data = {**form.data(), "answer-1": list(values)}
        return self.client.post(form.action, data=data, follow_redirects=True)

    def values(self, form: Form, response: Response) -> tuple[str, ...]:
        """The values that give a response in the order which this attempt drew."""
        check = self.site.catalogue.module("mail-flow").lesson("online").check("check")
        [attempt] = form.data()["attempt"]
        [slot] = show_fresh(self.site.secret, check, attempt).slots
        return slot.control.values(response)


def write(folder: Path, kind: str, answers: str) -> None:
    (folder / "exchange" / "mail-flow" / "2-online.md").write_text(lesson(kind, answers), encoding="utf-8")


@pytest.mark.parametrize("kind", sorted(QUESTION_TYPES))
def test_pages_say_the_same_whatever_the_key(kind: str, site: Site, folder: Path) -> None:
    case = CASES[kind]
    walks = []
    for answers in (case.one, case.other):
        write(folder, kind, answers)
        walk = Walk(site, case)
        walk.run()
        walks.append(walk)
    one, other = walks
    assert list(one.seen) == list(other.seen)
    for state, met in one.seen.items():
        page, same = met.get_data(as_text=True), other.seen[state].get_data(as_text=True)
        assert SAID_LATER not in page, state
        assert words(page) == words(same), state
        assert headers(met) == headers(other.seen[state]), state
    assert session_of(one.client) == session_of(other.client) == {"_permanent", "csrf_token", "day", "guest"}


@pytest.mark.grid("feedback")
@pytest.mark.parametrize("kind", sorted(set(QUESTION_TYPES) - {"survey"}))
def test_what_is_said_later_is_said_in_the_end(kind: str, site: Site, folder: Path) -> None:
    write(folder, kind, CASES[kind].one)
    walk = Walk(site, CASES[kind])
    form = walk.look("untouched", walk.client.get(LESSON)).form(CHECK)
    given = walk.values(form, (*CASES[kind].responses, "A text.")[0])
    page = Page(walk.send(form, given).get_data(as_text=True))
    if kind != "essay":
        page = Page(walk.send(page.form("/answers"), []).get_data(as_text=True))
    assert SAID_LATER in page.html


@pytest.mark.grid("control")
@pytest.mark.parametrize("kind", sorted(QUESTION_TYPES))
def test_the_values_of_a_form_are_drawn_positions(kind: str, site: Site, folder: Path) -> None:
    """They stand in the order of the screen, so that nothing can be told from them."""
    write(folder, kind, CASES[kind].one)
    for _ in range(3):
        page = create_app(site=site).test_client().get(LESSON).get_data(as_text=True)
        fields = re.findall(r'name="answer-1"[^>]*value="([\d.]+)"', page) or re.findall(
            r'<option value="([\d.]+)"', page
        )
        assert fields == sorted(fields, key=lambda value: [int(part) for part in value.split(".")])


class Sitting:
    """A guest in a quiz that tells nothing before it is submitted, in every state until then."""

    def __init__(self, site: Site, case: Case) -> None:
        self.site, self.client, self.case = site, create_app(site=site).test_client(), case
        self.seen: dict[str, Counter[str]] = {}

    def run(self) -> None:
        """Visit each state; the words that were met are in `seen`."""
        start = Page(self.look("before", "GET", QUIZ)).form("/attempts")
        place = self.client.post(start.action, data=start.data()).headers["Location"]
        self.attempt = place.rpartition("/")[2]
        self.look("untouched", "GET", place)
        [form] = [form for form in Page(self.client.get(place).get_data(as_text=True)).forms if place in form.action]
        for number, values in enumerate([self.case.invalid, *map(self.drawn, self.case.responses)]):
            if values:
                data = {**form.data(), "answer-1": list(values), "touched": ["1"]}
                self.look(f"saved {number}", "POST", f"{place}/saves", data)
                self.look(f"sent {number}", "POST", form.action, {**data, "go": ["save"]})
        for state, path in (("question", ""), ("again", "?again=1"), ("overview", "?overview=1"), ("state", "/state")):
            self.look(state, "GET", f"{place}{path}")

    def drawn(self, response: Response) -> Sequence[str]:
        """The values of the form for a response."""
        with self.site.database.reading() as connection:
            stored = find_attempt(connection, self.attempt)
        assert stored
        [question] = self.site.catalogue.quiz("mail-flow/final").entries[0].pool
        return question.type.control(stored.questions[0].order).values(response)

    def look(self, state: str, method: str, address: str, data: dict[str, list[str]] | None = None) -> str:
        answer = self.client.open(address, method=method, data=data, follow_redirects=True)
        assert answer.status_code == 200, state
        page = answer.get_data(as_text=True)
        assert SAID_LATER not in page, state
        attempt = getattr(self, "attempt", "-")
        self.seen[state] = words(TIMES.sub("", page.replace(attempt, "")))
        return page


@pytest.mark.parametrize("kind", sorted(CASES))
def test_an_exam_tells_nothing_of_its_key_before_it_is_submitted(site: Site, folder: Path, kind: str) -> None:
    met = []
    for answers in (CASES[kind].one, CASES[kind].other):
        text = lesson(kind, answers).partition("### ")[2].replace("Q?", "## Q?", 1)
        write_quiz(folder, "preset: exam\nattempts: unlimited\n", f"\n{text}")
        walk = Sitting(site, CASES[kind])
        walk.run()
        met.append(walk.seen)
    assert met[0] == met[1]
