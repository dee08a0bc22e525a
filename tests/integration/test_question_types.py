"""Lines to match, group and order and texts to write, over the web: as they are sent, marked and shown again."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import text

from quizapp.questions.base import QUESTION_TYPES
from quizapp.site import Site
from tests.pages import Page, Visitor

MX, SPF, PTR = (
    "Names the servers that accept mail",
    "Lists the servers that may send",
    "Names the host behind an address",
)
DECOY = "Encrypts the mailbox"
STEPS = ["EHLO", "MAIL FROM", "RCPT TO", "DATA"]
MATCH = {"MX": MX, "SPF": SPF, "PTR": PTR}
GROUP = {"MX": "Mail", "SPF": "Mail", "CNAME": "Web"}
ORDER = {step: str(place) for place, step in enumerate(STEPS, start=1)}
LINE = re.compile(r'id="page-check-1-(\d+)-text"[^>]*>(.*?)</')
SELECT = re.compile(r"<select.*?</select>", re.DOTALL)
OPTION = re.compile(r'<option value="([^"]*)"( selected)?>([^<]*)')
LETTER = re.compile(r"^[A-Z]: ")
TOKENS = re.compile(r'name="(?:csrf_token|attempt|seal|slot)" value="[^"]*"')
NOT_OFFERED = "One of the answers sent is not among those offered."
OpenType = Callable[[str], Page]


def address(kind: str) -> str:
    return f"/modules/kinds/{kind}"


@pytest.fixture
def database_url() -> str:
    """SQLite alone: what is stored, and where, is the matter of other tests."""
    return ""


@pytest.fixture
def open_type(site: Site, visitor: Visitor) -> OpenType:
    """Opens a lesson that asks the example of a type."""

    def open_type(kind: str) -> Page:
        file = site.settings.content / "exchange" / "kinds" / f"{kind}.md"
        if not file.exists():
            question = QUESTION_TYPES[kind].example.replace("\n## ", "\n### ")
            file.parent.mkdir(exist_ok=True)
            file.write_text(f"# {kind}\n\n## Check {{.check}}\n{question}", encoding="utf-8")
        return visitor.get(address(kind))

    return open_type


def lines(page: Page) -> list[str]:
    """The lines of the question, in the order in which they are shown."""
    return [content for _number, content in LINE.findall(page.html)]


def shown(page: Page) -> list[dict[str, str]]:
    """The value of each option by its text, for each line."""
    return [
        {LETTER.sub("", said): value for value, _selected, said in OPTION.findall(select) if value}
        for select in SELECT.findall(page.html)
    ]


def values(page: Page, wanted: dict[str, str]) -> list[str]:
    """What a browser sends when each line gets the option named; a line not named is left open."""
    pairs = zip(lines(page), shown(page), strict=True)
    return [options[wanted[line]] if line in wanted else "" for line, options in pairs]


def chosen(page: Page) -> dict[str, str]:
    """The option chosen for each line of the form."""
    pairs = zip(lines(page), SELECT.findall(page.html), strict=True)
    return {
        line: LETTER.sub("", said)
        for line, select in pairs
        for value, selected, said in OPTION.findall(select)
        if selected and value
    }


def answer(visitor: Visitor, page: Page, wanted: dict[str, str]) -> Page:
    return visitor.send(page.form("/checks/check"), **{"answer-1": values(page, wanted)})


def extras(page: Page) -> list[str]:
    """The files that the page loads for its questions."""
    return sorted(re.findall(r'(?:href|src)="/static/(questions\.css|arrange\.js)\?', page.html))


def stored(site: Site) -> int:
    with site.database.reading() as connection:
        return int(connection.execute(text("select count(*) from response")).scalar_one())


@pytest.mark.parametrize(
    ("kind", "wanted", "said"),
    [
        ("match", MATCH, "Right."),
        ("match", MATCH | {"PTR": DECOY}, "Partly right: 67 %."),
        ("match", {"MX": MX}, "Partly right: 33 %."),
        ("match", {"MX": SPF, "SPF": PTR, "PTR": MX}, "Not quite."),
        ("group", GROUP, "Right."),
        ("group", GROUP | {"CNAME": "Neither"}, "Partly right: 67 %."),
        ("group", dict.fromkeys(GROUP, "Neither"), "Not quite."),
        ("order", ORDER, "Right."),
        ("order", ORDER | {"EHLO": "4", "DATA": "1"}, "Partly right: 33 %."),
        ("order", dict(zip(STEPS, "4321", strict=True)), "Not quite."),
    ],
)
def test_lines_earn_what_is_right(
    site: Site, visitor: Visitor, open_type: OpenType, kind: str, wanted: dict[str, str], said: str
) -> None:
    page = answer(visitor, open_type(kind), wanted)
    assert visitor.status == 200
    assert said in page.text
    assert ("Completed" in page.text) == (said == "Right.")
    assert stored(site) == 1


@pytest.mark.parametrize(
    ("kind", "wanted", "hidden"),
    [
        ("match", {"MX": SPF}, ("Right is:",)),
        ("group", {"MX": "Web"}, ("Right is:", "published as a TXT record")),
        ("order", dict(zip(STEPS, "4321", strict=True)), ("Here belongs:",)),
    ],
)
def test_the_key_stays_hidden_until_it_is_asked_for(
    visitor: Visitor, open_type: OpenType, kind: str, wanted: dict[str, str], hidden: tuple[str, ...]
) -> None:
    page = answer(visitor, open_type(kind), wanted)
    for kept_back in hidden:
        assert kept_back not in page.text
    page = visitor.send(page.form("/answers"))
    for told in hidden:
        assert told in page.text


@pytest.mark.parametrize("kind", ["match", "group", "order"])
def test_only_empty_lists_are_no_answer(site: Site, visitor: Visitor, open_type: OpenType, kind: str) -> None:
    page = answer(visitor, open_type(kind), {})
    assert visitor.status == 422
    assert "Answer all questions before you check: question 1 ." in page.text
    assert stored(site) == 0


@pytest.mark.parametrize("wanted", [ORDER | {"EHLO": "2"}, {"EHLO": "1"}, ORDER | {"DATA": "1", "RCPT TO": "1"}])
def test_lines_without_a_place_of_their_own_are_asked_back(
    site: Site, visitor: Visitor, open_type: OpenType, wanted: dict[str, str]
) -> None:
    page = answer(visitor, open_type("order"), wanted)
    assert visitor.status == 422
    assert "Give every line a place of its own." in page.text
    assert "Nothing was counted yet. Look again at: question 1" in page.text
    assert chosen(page) == wanted
    assert stored(site) == 0
    assert "Right." in answer(visitor, page, ORDER).text


@pytest.mark.parametrize("kind", ["match", "group", "order"])
def test_a_value_that_was_not_offered_is_refused(site: Site, visitor: Visitor, open_type: OpenType, kind: str) -> None:
    page = open_type(kind)
    sent = values(page, {"match": MATCH, "group": GROUP, "order": ORDER}[kind])
    for value in ("9.1", "1.9", "0.1", "1.0", "-1.1", "1", "1.1.1", "x", "１.１", "1.1\n"):
        page = visitor.send(page.form("/checks/check"), **{"answer-1": [*sent[1:], value]})
        assert visitor.status == 400, value
        assert NOT_OFFERED in page.text
        assert len(chosen(page)) == len(sent) - 1  # what was offered is kept
    assert stored(site) == 0


def test_two_options_for_one_line_are_refused(site: Site, visitor: Visitor, open_type: OpenType) -> None:
    page = open_type("match")
    page = visitor.send(page.form("/checks/check"), **{"answer-1": ["1.1", "1.2"]})
    assert visitor.status == 400
    assert "A line takes one option." in page.text
    assert stored(site) == 0


def test_lines_of_an_order_are_never_drawn_as_they_are_written(open_type: OpenType) -> None:
    drawn = [lines(open_type("order")) for _ in range(60)]
    assert STEPS not in drawn
    assert all(sorted(order) == sorted(STEPS) for order in drawn)
    assert len({tuple(order) for order in drawn}) > 10


@pytest.mark.parametrize("kind", ["match", "group", "order"])
def test_no_written_position_is_in_the_page(open_type: OpenType, kind: str) -> None:
    """Two pages with another order are one and the same, once every text is replaced by its place on the screen."""
    pages, drawn = set(), set()
    for _ in range(12):
        page = open_type(kind)
        texts = list(dict.fromkeys([*lines(page), *(shown(page)[0] if kind != "order" else ())]))
        drawn.add(tuple(texts))
        html = TOKENS.sub("", page.html)
        for place, content in enumerate(texts):
            html = re.sub(rf"(?<![\w-]){re.escape(content)}(?![\w-])", f"[{place}]", html)
        pages.add(html)
    assert len(drawn) > 1
    assert len(pages) == 1


def test_an_essay_is_solved_by_answering_and_then_shows_its_model_answer(
    site: Site, visitor: Visitor, open_type: OpenType
) -> None:
    page = open_type("essay")
    for kept_back in ("Model answer", "The sending server asks DNS", "Names the MX record", "What does your text say?"):
        assert kept_back not in page.text
    visitor.send(page.form("/checks/check"), **{"answer-1": " \r\n "})
    assert visitor.status == 422
    page = visitor.send(page.form("/checks/check"), **{"answer-1": "DNS says <b>where</b>.\r\nThen it goes there."})
    assert "Answered." in page.text
    assert "Completed" in page.text
    assert "A person marks this." in page.text
    assert "DNS says &lt;b&gt;where&lt;/b&gt;.\nThen it goes there.</p>" in page.html
    answer, rubric = page.text.index("Model answer The sending server"), page.text.index("What does your text say?")
    assert answer < rubric < page.text.index("Names the MX record 2 points Says who looks it up 1 point")
    assert not re.search(r"\bis-(right|wrong)\b", page.html.split('class="question"')[1])
    assert stored(site) == 1


def test_a_survey_to_write_in_is_neither_right_nor_wrong(visitor: Visitor, open_type: OpenType) -> None:
    page = visitor.send(open_type("survey").form("/checks/check"), **{"answer-1": "Mail from phones."})
    assert "Answered." in page.text
    assert "Mail from phones." in page.text
    assert "Model answer" not in page.text
    assert "Not marked: there is no right answer." in page.text


@pytest.mark.parametrize("answers", ["", "- = blue\n", "- (x) Blue\n- ( ) Red\n"], ids=["written", "typed", "chosen"])
def test_a_question_without_a_heading_is_named_by_that_of_its_check(site: Site, visitor: Visitor, answers: str) -> None:
    file = site.settings.content / "exchange" / "mail-flow" / "2-online.md"
    word = "" if answers else " .survey"
    file.write_text(f"# L\n\n## Which colour? {{.check{word}}}\n\nSay it.\n\n{answers}", encoding="utf-8")
    page = visitor.get("/modules/mail-flow/online").html
    assert '<h2 id="page-check-title">Which colour?</h2>' in page
    assert re.search(r'<\w+ class="question"[^>]* aria-labelledby="page-check-title"', page)
    box = re.search(r"<(?:textarea|input type=\"text\")[^>]*>", page)
    assert box is None or 'aria-labelledby="page-check-title"' in box[0]
    assert bool(box) == ("(x)" not in answers)


@pytest.mark.parametrize(
    ("kind", "files"),
    [
        ("single", []), ("multiple", []), ("text", []), ("numeric", []),
        ("match", ["questions.css"]), ("group", ["questions.css"]), ("essay", ["questions.css"]),
        ("survey", ["questions.css"]), ("records", ["questions.css"]), ("order", ["arrange.js", "questions.css"]),
    ],
)  # fmt: skip
def test_a_page_loads_what_its_questions_need(
    visitor: Visitor, open_type: OpenType, sign_in: Callable[..., Visitor], kind: str, files: list[str]
) -> None:
    page = open_type(kind)
    assert extras(page) == files
    if kind in ("match", "order"):  # a result, and what follows on it in place
        page = answer(visitor, page, {"match": {"MX": SPF}, "order": ORDER}[kind])
        assert extras(page) == files
    author = sign_in("Ann", "author")
    assert extras(author.get(f"/teach{address(kind)}")) == files
    assert extras(author.get("/teach/")) == []


def test_a_page_that_asks_how_sure_one_is_has_the_style_for_it(site: Site, visitor: Visitor) -> None:
    file = site.settings.content / "exchange" / "mail-flow" / "2-online.md"
    file.write_text(file.read_text(encoding="utf-8").replace("{.check}", "{.check confidence=yes}"), encoding="utf-8")
    page = visitor.get("/modules/mail-flow/online")
    assert extras(page) == ["questions.css"]
    page = visitor.send(page.form("/checks/check"), "connector", **{"confidence-1": "sure"})
    assert extras(page) == ["questions.css"]


def test_a_page_loads_what_a_new_attempt_may_draw(site: Site, visitor: Visitor, open_type: OpenType) -> None:
    folder = site.settings.content / "exchange" / "kinds"
    folder.mkdir()
    bank = QUESTION_TYPES["order"].example + QUESTION_TYPES["single"].example
    (folder / "pool.bank.md").write_text(f"# Pool\n{bank}", encoding="utf-8")
    (folder / "drawn.md").write_text("# Drawn\n\n## Check {.check}\n\n### [One](pool.bank.md)\n", encoding="utf-8")
    pages = [open_type("drawn").html for _ in range(12)]
    assert {"<ol" in page.split('id="check"')[1] for page in pages} == {True, False}
    assert all("arrange.js" in page and "questions.css" in page for page in pages)


TABLE = "| Left | Right |\n| --- | --- |\n| one | {} |\n| two | short |\n"


@pytest.mark.parametrize(
    ("right", "options"),
    [
        ("fits", {"fits", "short"}),
        ("one that is longer than a phone shows", {"one that is longer than a phone shows", "short"}),
        ("$x^2$", None),
        ("![A map](media/none.png)", None),
    ],
)
def test_options_that_no_list_shows_get_letters(
    site: Site, visitor: Visitor, open_type: OpenType, right: str, options: set[str] | None
) -> None:
    file = site.settings.content / "exchange" / "kinds" / "match.md"
    file.parent.mkdir()
    file.write_text(
        f"# Match\n\n## Check {{.check}}\n\n### What? {{.match}}\n\n{TABLE.format(right)}", encoding="utf-8"
    )
    page = open_type("match")
    said = [option for _value, _selected, option in OPTION.findall(SELECT.findall(page.html)[0])][1:]
    has_letters = right != "fits"
    assert ('<dl class="options">' in page.html) == has_letters
    assert [bool(re.match(r"[AB](: |$)", option)) for option in said] == [has_letters, has_letters]
    assert options is None or {LETTER.sub("", option) for option in said} == options
