"""Questions of any shape for the laws of question types, and responses to them.

A type is added here in one place: an entry of KINDS.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from quizapp.questions.base import Question, QuestionType, Response, label_of
from quizapp.questions.controls import Arranging, Choosing, Pairing
from quizapp.questions.drop_downs import DropDown
from quizapp.questions.fillin import FillIn
from quizapp.questions.numeric import Numeric
from quizapp.questions.text import ShortText
from tests.unit.content.reading import catalogue_from

WORDS = st.sampled_from(
    ["mail", "MX *record*", "`code`", "a_b", "1. one", "- dash", "# hash", "\\(x)", "x < y", "&amp;", "[link](a.md)",
     "[ref]", "> quote", "**bold**", "$x^2$", "| bar", "= sign", "```", "~~~", "é", "“quoted”", "{#x}", ":::", "a  "]
)  # fmt: skip
LINES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join).map(lambda line: f"A {line}")
BLOCKS = st.one_of(
    LINES,
    st.lists(LINES, min_size=2, max_size=3).map("\n".join),
    st.sampled_from(["-", "*", "+", "1.", "3)"]).flatmap(
        lambda bullet: st.lists(LINES, min_size=1, max_size=3).map(
            lambda lines: "\n".join(f"{bullet} {line}" for line in lines)
        )
    ),
    st.just("- loose\n\n- list\n\n  with a paragraph\n\n      and code"),
    st.just("- one\n\n<!-- -->\n\n- another list"),
    st.just("```python\nx = [ ]\n\n- (x) no choice\n```"),
    st.just("~~~\n```\n~~~"),
    st.just("    indented\n\n    code"),
    st.just("| a | b |\n| --- | --- |\n| 1 | 2 |"),
    st.just("> [!NOTE]\n> An alert.\n>\n> - with a list"),
    st.just("$$\nx = y\n$$"),
    st.just("<div>\nHTML\n</div>"),
    st.just("<div>A line of HTML</div>"),
    st.just("Setext\n---"),
    st.just("#### Deeper"),
    st.just("***"),
    st.just("Two lines  \nwith a break"),
)
PROSE = st.lists(BLOCKS, max_size=3).map("\n\n".join)
PICTURE = "![A dot](media/dot.svg)"
CELLS = st.sampled_from(
    ["MX", "a \\| b", "`x \\| y`", "`a`\\|`b`", "\\|", PICTURE, f"{PICTURE} MX", "**bold**", "*MX*", "$x^2$", "x < y",
     "&amp;", "&#124;", "[link](a.md)", "é", "\\*", "1. one", "- dash", "+ plus", "# hash", "> quote", "{#x}", "a<br>b",
     "`` ` ``", "[ref]", "x\\", "\\\\", "2<sup>2</sup>", "22", "---", ":-:", "a  b", "```", "$$", "(x)", "= 1", "[ ] x",
     "A", "a"]
)  # fmt: skip


@dataclass(frozen=True)
class Written:
    """The answers of a question in Markdown, and what its attribute list says of its type."""

    answers: str
    attributes: str = ""


@dataclass(frozen=True)
class Kind:
    """How questions of a type are written, what may be answered to one, and what means the same as a response.

    `responses` and `same` give strategies; responses are those that its form can give.
    """

    written: st.SearchStrategy[Written]
    responses: Callable[[Any], st.SearchStrategy[Response]]
    same: Callable[[Any, Any], st.SearchStrategy[Response]]


def indented(text: str, columns: int = 2) -> str:
    """A text further to the right."""
    return "\n".join(" " * columns + line if line else "" for line in text.split("\n"))


def quoted(text: str) -> str:
    """A text as a quote."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def item(marker: str, content: str, feedback: str) -> str:
    """A list item whose blocks stand below its first line."""
    first, _, rest = content.partition("\n")
    below = [*([rest] if rest else []), *([quoted(feedback)] if feedback else [])]
    return "\n".join([f"{marker} {first}".rstrip(), *(indented(text, len(marker) + 1) for text in below)])


def choices(*markers: str) -> st.SearchStrategy[Written]:
    """A list of choices; the first of the markers is that of a right one."""

    @st.composite
    def written(draw: st.DrawFn) -> Written:
        bullet = draw(st.sampled_from("-*+"))
        items = [f"{bullet} {draw(st.sampled_from([markers[0], *markers]))} Right"]
        for number in range(draw(st.integers(1, 3))):
            content = draw(st.one_of(LINES, PROSE.filter(bool)))
            first, _, rest = f"{number} {content}".partition("\n") if draw(st.booleans()) else ("", "", content)
            line = f"{bullet} {draw(st.sampled_from(markers))} {first}".rstrip() + (
                f"\n{indented(rest)}" if rest else ""
            )
            feedback = draw(PROSE)
            items.append(line + (f"\n{indented(quoted(feedback))}" if feedback else ""))
        rules = ["", " credit=exact", " credit=each", " credit=hits"] if markers[0] == "[x]" else [""]
        return Written(draw(st.sampled_from(["\n", "\n\n"])).join(items), draw(st.sampled_from([*rules, " .survey"])))

    return written()


NUMBERS = st.sampled_from(
    ["12.5 ms", "100 +- 2%", "[1, 2)", "(0, 1e-300]", "1/3", "€5", "-3", "6.02e23", "0", "-0.5 +- 1/2", "7 kB", "25 °C",
     "1e400", "9.81 m/s²", "0 +- 0", "[-1, 1] m", "3 +- 1 cm", "1234567.5", ".5", "25%"]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_characters="`\\&<"), min_size=1, max_size=9),
    st.sampled_from(
        ["`` a`b ``", "` x `", "`007`", "`[[ -f x ]]`", "&lt;b&gt;", "\\*", "New-Rule", "a|b", "{x}", "`25`", "Straße",
         "“MX” record", "transport rule", "ﬁle", "ΣΊΣΥΦΟΣ", "İstanbul"]
    ),
)  # fmt: skip


def values(kinds: st.SearchStrategy[str], patterns: bool) -> st.SearchStrategy[Written]:
    """A list of values to type, of which some are right, mostly the first."""

    @st.composite
    def written(draw: st.DrawFn) -> Written:
        first = st.sampled_from(["=", "=", "!=", "=~" if patterns else "="])
        others = st.sampled_from(["=", "!=", "(50%) =", *(["=~", "!~", "(0.5%) =~"] if patterns else [])])
        items = []
        for number in range(draw(st.integers(1, 4))):
            feedback = draw(PROSE)
            operator = draw(others if number else first)
            value = draw(st.sampled_from(["`x+`", "`.*`", "`new-?rule`", "`a|b`"])) if "~" in operator else draw(kinds)
            items.append(f"- {operator} {value}" + (f"\n{indented(quoted(feedback))}" if feedback else ""))
        options = ["", " case=yes", " typos=ok", " typos=ok case=yes", " .survey"] if patterns else ["", " .survey"]
        return Written("\n".join(items), draw(st.sampled_from(options)))

    return written()


@st.composite
def tables(draw: st.DrawFn) -> Written:
    """A table of pairs, some with feedback, some decoys, some options twice."""
    width = draw(st.sampled_from([2, 3]))
    rights = draw(st.lists(CELLS, min_size=1, max_size=4))
    rows = (
        [["Left", "Right", "Said"], ["---", ":-:", "---"]] if draw(st.booleans()) else [["", "", ""], ["-", "-", "-"]]
    )
    for number in range(draw(st.integers(2, 4))):
        left = draw(CELLS)
        rows.append([left if draw(st.booleans()) else f"{left} {number}", draw(st.sampled_from(rights)), draw(CELLS)])
    rows += [["", decoy, ""] for decoy in draw(st.lists(CELLS, max_size=2))]
    outer = draw(st.sampled_from(["| {} |", "|{}|"]))
    return Written("\n".join(outer.format(" | ".join(row[:width])) for row in rows), " .match")


@st.composite
def groups(draw: st.DrawFn) -> Written:
    """A list of groups with items, some with feedback and more than a line, some of them empty."""
    bullet, inner = draw(st.sampled_from([("-", "*"), ("*", "-"), ("-", "-"), ("+", "1")]))
    gap = draw(st.sampled_from(["\n", "\n\n"]))
    lines = []
    for group in range(draw(st.integers(2, 3))):
        content = draw(LINES | PROSE.filter(bool) | CELLS)
        lines.append(item(bullet, f"{group} {content}" if draw(st.booleans()) else content, ""))
        for number in range(draw(st.integers(0, 2))):
            inside = draw(LINES | PROSE.filter(bool) | CELLS)
            marker = f"{number + 1}." if inner == "1" else inner
            inside = f"{group}{number} {inside}" if draw(st.booleans()) else inside
            lines.append(indented(item(marker, inside, draw(st.just("") | PROSE))))
    return Written(gap.join(lines), " .group")


@st.composite
def orders(draw: st.DrawFn) -> Written:
    """A numbered list, some of its lines equal."""
    end, start = draw(st.sampled_from(".)")), draw(st.sampled_from([1, 3, 98]))
    lines = []
    for number in range(draw(st.integers(2, 5))):
        content = draw(LINES | PROSE.filter(bool) | CELLS | st.just("same"))
        lines.append(item(f"{start + number}{end}", content, draw(st.just("") | PROSE)))
    credit = draw(st.sampled_from(["", " credit=exact", " credit=pairs", " credit=lcs"]))
    return Written(draw(st.sampled_from(["\n", "\n\n"])).join(lines), f" .order{credit}")


@st.composite
def rubrics(draw: st.DrawFn) -> Written:
    """An essay, with or without a rubric."""
    points = st.sampled_from(["1", "2", "0.5", "10", "1.25"])
    lines = [
        item("-", f"[{draw(points)}] {draw(LINES | PROSE.filter(bool) | CELLS)}", "")
        for _ in range(draw(st.integers(0, 3)))
    ]
    return Written("\n".join(lines), " .essay")


TYPED = st.text(max_size=30) | st.sampled_from(
    ["new-rule", "NewRule", "xxx", "12,5 ms", "1", "0.3333", "1/3", "9" * 400, "5 EUR", "-3", "1e999999", "ab" * 600,
     "½", " "]
)  # fmt: skip


def typed_responses(kind: QuestionType) -> st.SearchStrategy[Response]:
    """What may be typed: anything, and the values themselves."""
    known = [one.typed for one in kind.answers if one.typed]
    anything = TYPED.map(str.strip).filter(bool)
    return anything | st.sampled_from(known).map(str.strip).filter(bool) if any(map(str.strip, known)) else anything


def written_responses(kind: QuestionType) -> st.SearchStrategy[Response]:
    """What may be written in an area."""
    lines = st.lists(TYPED.map(lambda text: " ".join(text.split())), min_size=1, max_size=3).map("\n".join)
    return lines.map(str.rstrip).filter(lambda text: bool(text.strip()))


def positions_of(kind: QuestionType) -> range:
    """The positions of a question, as written."""
    return range(1, kind.size + 1)


def chosen(kind: QuestionType) -> st.SearchStrategy[Response]:
    """One choice."""
    return st.sampled_from(positions_of(kind))


def ticked(kind: QuestionType) -> st.SearchStrategy[Response]:
    """Some boxes, in the order of writing, as a form sends them."""
    return st.sets(st.sampled_from(positions_of(kind)), min_size=1).map(sorted)


def paired(kind: QuestionType) -> st.SearchStrategy[Response]:
    """Some lines, each with an option."""
    control = kind.control(positions_of(kind))
    assert isinstance(control, Pairing)
    options = st.sampled_from([label_of(option) for option in control.options])
    return st.dictionaries(st.sampled_from([label_of(row) for row in control.rows]), options, min_size=1)


def arranged(kind: QuestionType) -> st.SearchStrategy[Response]:
    """All lines in any order."""
    return st.permutations(positions_of(kind)).map(list)


def itself(kind: QuestionType, response: Response) -> st.SearchStrategy[Response]:
    """Nothing else means the same."""
    return st.just(response)


def same_boxes(kind: QuestionType, response: list[int]) -> st.SearchStrategy[Response]:
    """The same boxes in another order, some twice."""
    return st.permutations([*response, *response[:1]]).map(list)


def same_pairs(kind: QuestionType, response: dict[str, str]) -> st.SearchStrategy[Response]:
    """The same pairs in another order, lines and options by their Markdown, the others left open by name."""
    control = kind.control(positions_of(kind))
    assert isinstance(control, Pairing)
    names = _also_called(control.rows), _also_called(control.options)
    renamed = {names[0].get(line, line): names[1].get(option, option) for line, option in response.items()}
    full = {label_of(row): "" for row in control.rows} | response
    return st.permutations(list(response.items())).map(dict) | st.just(renamed) | st.just(full)


def _also_called(contents: Sequence[Any]) -> dict[str, str]:
    """The Markdown of each that is called by its text, where that is no other's text."""
    taken = {label_of(one) for one in contents}
    return {label_of(one): one.markdown for one in contents if one.markdown not in taken}


def same_order(kind: QuestionType, response: list[int]) -> st.SearchStrategy[Response]:
    """The same order, lines of equal text changed for each other."""
    control = kind.control(positions_of(kind))
    assert isinstance(control, Arranging)
    names = [label_of(row) for row in control.rows]
    twins = [
        (one, other) for one in response for other in response if one < other and names[one - 1] == names[other - 1]
    ]
    swapped = [[{one: other, other: one}.get(place, place) for place in response] for one, other in twins]
    return st.sampled_from([response, *swapped])


def same_text(kind: ShortText, response: str) -> st.SearchStrategy[Response]:
    """The same words, with other white space around and between them, and in another case where that is no matter.

    Patterns see a text as it is; only white space around it is never theirs.
    """
    changed = [f" {response}\n", f"\u00a0{response}\t"]
    if not any(value.is_pattern for value in kind.values):
        changed.append("  ".join(response.split()))
        changed += [] if kind.with_case else [response.casefold(), response.upper().casefold()]
    return st.sampled_from(changed)


def same_number(kind: Numeric, response: str) -> st.SearchStrategy[Response]:
    """The same number, its digits and signs written otherwise."""
    wide = response.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    return st.sampled_from([f" {response} ", wide, response.replace("-", "−"), response.replace(" ", "\u202f")])


# How each type is written and answered.
BLANK = st.sampled_from(
    ["[[25]]", "[[MX|mx record|!= TXT]]", "[[( ) a | (x) `b|c`|(50%) **d**]]", "[[x|=~ `x+`]]", "[[`a]b`]]",
     "[[&#124;]]", "[[100 +- 2%]]", "[[&#91;1, 2) ms]]", "[[``a`b``|c\\|d]]", "[[C:\\dir]]"]
)  # fmt: skip
WITH_BLANKS = st.one_of(
    st.tuples(WORDS, BLANK, WORDS).map(" ".join),
    st.tuples(BLANK, LINES, BLANK).map("\n".join),
    BLANK.map(lambda blank: f"- a {blank}\n- b\n\n  {blank}"),
    BLANK.map(lambda blank: f"> [!NOTE]\n> {blank}\n>\n> 1. {blank}"),
    BLANK.map(lambda blank: f"| a | b |\n| --- | --- |\n| {blank} | {blank} |"),
    BLANK.map(lambda blank: "| a {0} | b |\n| --- | --- |\n| c | {0} |".format(blank.replace("|", "\\|"))),
    BLANK.map(lambda blank: f"```python blanks\nx = {blank}\n- `{blank}\n```"),
    BLANK.map(lambda blank: f"/// tab | T\n\n{blank}\n\n///\n\n/// caption\nC\n///"),
    BLANK.map(lambda blank: f"Term\n: {blank}\n: b"),
)


@st.composite
def fill_ins(draw: st.DrawFn) -> Written:
    """Texts with blanks, with other text between them."""
    blocks = [draw(WITH_BLANKS), *draw(st.lists(BLOCKS | WITH_BLANKS, max_size=3))]
    return Written("\n\n".join(blocks), draw(st.sampled_from(["", " case=yes", " typos=ok unlike=receiver"])))


def filled(kind: FillIn) -> st.SearchStrategy[Response]:
    """Something in each blank, or nothing; of a list one of its options."""
    each = [
        st.sampled_from(["", *(option.text for option in blank.options)])
        if isinstance(blank, DropDown)
        else st.sampled_from(["", str(blank.correct_response), "x", "7"])
        for blank in kind.blanks
    ]
    return st.tuples(*each).map(list).filter(any)


RECORDS = (
    "@ MX 0 mail.example.",
    "www A 192.0.2.1",
    '@ TXT "v=spf1 -all"',
    "ftp CNAME www",
    "_sip._tcp SRV 1 ? 5060 sip",
)


@st.composite
def zones(draw: st.DrawFn) -> Written:
    """Records that are required or forbidden, with or without a starting text."""
    chosen = draw(st.lists(st.sampled_from(RECORDS), min_size=1, max_size=4, unique=True))
    lines = [
        f"- {'=' if number == 0 else draw(st.sampled_from(['=', '!=']))} `{one}`" for number, one in enumerate(chosen)
    ]
    starting = draw(st.sampled_from(["", "```zone\n$ORIGIN contoso.com.\n```\n\n"]))
    return Written(starting + "\n".join(lines), " .records")


def zone_texts(_: Any) -> st.SearchStrategy[Response]:
    """Some of the records, and others."""
    lines = [*(record.replace("?", "5") for record in RECORDS), "x A 192.0.2.9", "; a note", "@ NONSENSE"]
    return st.lists(st.sampled_from(lines), min_size=1, max_size=4, unique=True).map("\n".join)


def same_zone(_: Any, text: Any) -> st.SearchStrategy[Response]:
    """The same records with a TTL and a class, white space and comments."""
    with_ttl = "\n".join(re.sub(r"^([^; ]+) (?!NONSENSE)", r"\1 3600 IN ", line) for line in text.split("\n"))
    spread = "\n".join(line if '"' in line else line.replace(" ", "\t") for line in text.split("\n"))
    return st.sampled_from([with_ttl, spread, text.replace("\n", " ; so\n\n"), text.replace("www", "WWW")])


KINDS: dict[str, Kind] = {
    "single": Kind(choices("(x)", "( )", "(50%)"), chosen, itself),
    "multiple": Kind(choices("[x]", "[ ]", "[~]"), ticked, same_boxes),
    "text": Kind(values(TEXTS, patterns=True), typed_responses, same_text),
    "numeric": Kind(values(NUMBERS, patterns=False), typed_responses, same_number),
    "match": Kind(tables(), paired, same_pairs),
    "group": Kind(groups(), paired, same_pairs),
    "order": Kind(orders(), arranged, same_order),
    "essay": Kind(rubrics(), written_responses, itself),
    "fill-in": Kind(fill_ins(), filled, itself),
    "records": Kind(zones(), zone_texts, same_zone),
    "survey": Kind(st.just(Written("", " .survey")), written_responses, itself),
}


def texts(name: str, prose: st.SearchStrategy[str] = PROSE) -> st.SearchStrategy[str]:
    """The Markdown of a question that is written as one of that type; prose before and after may make it another."""

    @st.composite
    def written(draw: st.DrawFn) -> str:
        answers = draw(KINDS[name].written)
        options = draw(
            st.sampled_from(["", " points=2.5", " tries=100,50.5 .void", " shuffle=no tags=a,b", " was=b,m#c"])
        )
        parts = [
            f"## {draw(st.one_of(LINES, st.just('')))} {{#q{options}{answers.attributes}}}",
            draw(prose),
            answers.answers,
        ]
        parts += [quoted(f"[!TIP]\n{hint}") for hint in draw(st.lists(PROSE.filter(bool), max_size=2))]
        parts += [draw(prose), "[ref]: https://example.org/ 'Title'"]
        return "\n\n".join(part for part in parts if part) + "\n"

    return written()


def read(text: str | bytes, name: str = "x.bank.md") -> dict[str, Question]:
    """The questions of a file, those with errors left out."""
    data = text if isinstance(text, bytes) else text.encode()
    return catalogue_from({name: data})[0].questions()


def questions(name: str) -> st.SearchStrategy[Question]:
    """Questions of a type, in plain words around their answers."""
    found = texts(name, st.just("Some words.")).map(read)
    return found.filter(lambda one: bool(one) and one["m#q"].type.name == name).map(lambda one: one["m#q"])


def earns_all(kind: QuestionType) -> bool:
    """Whether an answer of a question earns all the credit there can be."""
    return any(answer.credit == Fraction(1) for answer in kind.answers)


__all__ = ["KINDS", "Choosing", "earns_all", "questions", "quoted", "read", "texts"]
