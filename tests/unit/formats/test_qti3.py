"""QTI 3.0 written: what it holds comes back equal, what it does not is said; its structure is the standard's."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from quizapp.content.writing import write_question
from quizapp.formats.asi.out.types import WRITERS
from quizapp.formats.contract import EXPORTERS, Exported
from quizapp.questions.base import QUESTION_TYPES, Question
from tests.unit.formats.qti_items import read as read_qti
from tests.unit.formats.trips import Trips
from tests.unit.questions.generators import read, texts

ASI = "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}"
CP = "{http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1}"
TRIPS = Trips(25)


def exported(*questions: Question, media: bytes | None = None) -> Exported:
    """The package of some questions; every picture has these bytes."""
    return EXPORTERS["qti3"].write(questions, "A bank", lambda path: media)


def files_of(made: Exported) -> dict[str, bytes]:
    """What is in a package."""
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def one(text: str) -> Question:
    """The question of a text."""
    [question] = read(text).values()
    return question


def again(made: Exported) -> list[Question | None]:
    """The questions of a package, read again; None where one cannot be."""
    return [item.question for item in read_qti(made.data, "p.zip").items]


PLAIN = [
    "## Which? {#q points=2.5 tags=a,b}\n\n*Words*, `code`.\n\n- (x) A\n  > Yes, **so**.\n- (50%) B\n- ( ) C\n\nSo.\n",
    "## Which? {#q}\n\n- (x) True\n- ( ) False\n",
    "## Which? {#q shuffle=no}\n\n- [x] A\n- [ ] B\n  > No.\n- [~] C\n- [x] D\n",
    "## Which? {#q credit=exact}\n\n- [x] A\n- [ ] B\n- [~] C\n",
    "## Which? {#q credit=each points=3}\n\n- [x] A\n- [x] B\n- [ ] C\n- [ ] D\n",
    "## Which? {#q credit=hits}\n\n- [x] A\n- [x] B\n- [ ] C\n- [x] D\n",
    "## Which? {#q}\n\n- = New-Rule\n- (50%) = `New_Rule`\n- != Set-Rule\n  > It changes one.\n",
    "## Which? {#q case=yes}\n\n- = York\n  > Right.\n- (33.3%) = york\n",
    "## How many? {#q points=2}\n\n- = 12.33 +- 0.05\n- (50%) = [13, 14)\n- != 37\n  > The sum.\n",
    "## {#q}\n\nOn port [[25]], [[( ) open | (x) shut | (50%) ajar]], for [[mail|post]].\n\nSo it is.\n",
    "## Match {#q .match points=2}\n\n|  |  |\n| --- | --- |\n| MX | mail |\n| SPF | who |\n| A | mail |\n|  | web |\n",
    "## Sort {#q .group}\n\n- Mail\n  - MX\n  - SPF\n- Web\n  - CNAME\n- Neither\n",
    "## Order {#q .order credit=exact points=4}\n\n1. one\n2. two\n3. three\n",
    "## Why? {#q .essay points=3}\n\n- [2] Names the *record*\n- [1] Says who asks\n\nThe model answer.\n",
    "## Why? {#q .essay}\n",
    "## More? {#q .survey}\n",
    "## Which do you like? {#q .survey}\n\n- ( ) A\n- ( ) B\n- ( ) C\n",
    "## {#q}\n\n- A list\n- above\n\n```python\nx = [1]\n```\n\n- (x)\n  ```\n  code\n  ```\n- ( ) no\n",
]


@pytest.mark.parametrize("text", PLAIN, ids=range(len(PLAIN)))
def test_what_can_be_held_comes_back_equal_without_a_loss(text: str) -> None:
    question = one(text)
    made = exported(question)
    assert made.losses == ()
    [back] = again(made)
    assert back
    assert write_question(back) == write_question(question)
    assert back.type == question.type


@pytest.mark.parametrize(
    ("text", "loss"),
    [
        ("## Q {#q}\n\n- =~ `a+`\n", "its patterns (`=~`) have no equal in QTI."),
        ("## Q {#q}\n\n- = 5 km\n", "its numbers have units, which QTI has not."),
        ("## Q {#q .records}\n\n- = `@ A 192.0.2.1`\n", "its type (dns records) has no equal in QTI."),
        ("## Q {#q}\n\n- = 1/3\n", "the number 1/3 has no end as a decimal."),
    ],
)
def test_what_cannot_be_held_is_left_out_and_said(text: str, loss: str) -> None:
    made = exported(one(text))
    assert [(lost.text, lost.is_left_out) for lost in made.losses] == [(loss, True)]
    assert not [name for name in files_of(made) if name.startswith("items/")]


@pytest.mark.parametrize(
    ("text", "loss"),
    [
        ("## Q {#q}\n\n- (x) A\n- ( ) B\n\n> [!TIP]\n> A hint.\n", "its hints are left out."),
        ("## Q {#q tries=100,50}\n\n- (x) A\n- ( ) B\n", "what each try is worth is left out."),
        ("## Q {#q was=p}\n\n- (x) A\n- ( ) B\n", "its former names are left out."),
        ("## Q {#q .void}\n\n- (x) A\n- ( ) B\n", ".void is left out."),
        ("## Q {#q typos=ok}\n\n- = receiver\n", "slips of the hand (`typos=ok`) are not accepted there."),
        (
            "## Q {#q .order}\n\n1. A\n2. B\n",
            "credit for an order that is nearly right (`credit=lcs`): there it is all or nothing.",
        ),
        ("## Q {#q}\n\n$x^2$\n\n- (x) A\n- ( ) B\n", "what is set as <math>, but for its text, is left out."),
        ("## Q [l](#q) {#q}\n\n- (x) A\n- ( ) B\n", "a link into the site is left out."),
        (
            "## Q {#q}\n\n> [!NOTE]\n> So.\n\n- (x) A\n- ( ) B\n",
            "it reads otherwise when imported again: its text.",
        ),
    ],
)
def test_what_is_lost_is_said_of_its_question(text: str, loss: str) -> None:
    made = exported(one(text))
    assert [(lost.key, lost.text, lost.is_left_out) for lost in made.losses] == [("m#q", loss, False)]
    assert len(again(made)) == 1


def test_a_picture_goes_with_its_item_and_a_missing_one_leaves_its_description() -> None:
    question = one("## Q {#q}\n\n![A dot](media/dot.svg)\n\n- (x) A\n- ( ) B\n")
    made = exported(question, media=b"<svg/>")
    files = files_of(made)
    assert files["media/dot.svg"] == b"<svg/>"
    assert b'src="../media/dot.svg"' in files["items/001.xml"]
    assert made.losses == ()
    [item] = read_qti(made.data, "p.zip").items
    assert [*item.files.values()] == [b"<svg/>"]
    assert f"![A dot]({next(iter(item.files))})" in item.markdown
    missing = exported(question)
    assert [lost.text for lost in missing.losses] == ["a picture that is not there is left out."]
    assert b"A dot" in files_of(missing)["items/001.xml"]


def test_the_same_questions_give_the_same_bytes_and_two_of_one_name_two_identifiers() -> None:
    questions = [one(PLAIN[0]), replace(one(PLAIN[1]), key="n#q")]
    assert exported(*questions) == exported(*questions)
    assert [question and question.name for question in again(exported(*questions))] == ["q", "q-2"]


# The structure, as the standard has it: what may stand in what, in which order, and what must be said.

CHILDREN: dict[str, list[str | None]] = {
    "assessment-item": [
        "response-declaration*", "outcome-declaration*", "item-body", "response-processing?", "modal-feedback*"
    ],
    "response-declaration": ["correct-response?", "mapping?"],
    "outcome-declaration": ["default-value?"],
    "correct-response": ["value+"],
    "default-value": ["value+"],
    "mapping": ["map-entry+"],
    "choice-interaction": ["simple-choice+"],
    "order-interaction": ["simple-choice+"],
    "match-interaction": ["simple-match-set", "simple-match-set"],
    "simple-match-set": ["simple-associable-choice*"],
    "inline-choice-interaction": ["inline-choice+"],
    "feedback-block": ["content-body"],
    "modal-feedback": ["content-body"],
    "rubric-block": ["content-body"],
    "response-condition": ["response-if", "response-else-if*"],
    "set-outcome-value": [None],
}  # fmt: skip
REQUIRED = {
    "assessment-item": {"identifier", "title", "time-dependent"},
    "response-declaration": {"identifier", "cardinality", "base-type"},
    "outcome-declaration": {"identifier", "cardinality", "base-type"},
    "map-entry": {"map-key", "mapped-value"},
    "simple-choice": {"identifier"},
    "inline-choice": {"identifier"},
    "simple-associable-choice": {"identifier", "match-max"},
    "choice-interaction": {"response-identifier"},
    "order-interaction": {"response-identifier"},
    "match-interaction": {"response-identifier"},
    "inline-choice-interaction": {"response-identifier"},
    "text-entry-interaction": {"response-identifier"},
    "extended-text-interaction": {"response-identifier"},
    "modal-feedback": {"outcome-identifier", "identifier", "show-hide"},
    "feedback-inline": {"outcome-identifier", "identifier", "show-hide"},
    "feedback-block": {"outcome-identifier", "identifier", "show-hide"},
    "rubric-block": {"use", "view"},
    "set-outcome-value": {"identifier"},
    "base-value": {"base-type"},
}
BLOCKS = {"div", "ul", "ol", "table", "pre", "blockquote", "h4", "h5", "h6", "hr", "dl"}
INLINE_ONLY = {"p", "qti-feedback-inline", "qti-inline-choice", "span", "em", "strong", "code"}


def require_structure(root: Element) -> None:
    """Hold an item against the tables above."""
    for node in root.iter():
        assert node.tag.startswith(ASI)
        name = node.tag.removeprefix(f"{ASI}qti-")
        inside = [child.tag.removeprefix(ASI) for child in node]
        assert set(node.attrib) >= REQUIRED.get(name, set()), name
        require_children(name, [tag.removeprefix("qti-") for tag in inside])
        if node.tag.removeprefix(ASI) in INLINE_ONLY:
            assert not set(inside) & {*BLOCKS, "p"}, (name, inside)


def require_children(name: str, found: list[str]) -> None:
    """Hold the children of an element against what it may have, in that order."""
    rest = list(found)
    for wanted in CHILDREN.get(name, []):
        if wanted is None:
            assert len(rest) == 1
            return
        plain, count = wanted.rstrip("*+?"), 0
        while rest and rest[0] == plain and (count == 0 or wanted[-1] in "*+"):
            rest.pop(0)
            count += 1
        assert count or wanted[-1] in "*?", (name, wanted, found)
    assert not rest or name not in CHILDREN, (name, found)


def require_package(made: Exported, questions: Sequence[Question]) -> None:
    """Hold a package against itself: all that is listed is there, all that is there is listed, once."""
    files = files_of(made)
    manifest = fromstring(files["imsmanifest.xml"])
    assert manifest.findtext(f"{CP}metadata/{CP}schema") == "QTI Package"
    assert manifest.findtext(f"{CP}metadata/{CP}schemaversion") == "3.0.0"
    listed = [node.get("href") for node in manifest.iter(f"{CP}file")]
    assert {*listed, "imsmanifest.xml"} == set(files)
    identifiers = [node.get("identifier") for node in manifest.iter(f"{CP}resource")]
    assert len(set(identifiers)) == len(identifiers)
    asked = [node.get("href") for node in fromstring(files["test.xml"]).iter(f"{ASI}qti-assessment-item-ref")]
    assert asked == [name for name in files if name.startswith("items/")]
    left = {lost.key for lost in made.losses if lost.is_left_out}
    assert len(asked) == len(questions) - len(left)
    for name in asked:
        require_structure(fromstring(files[str(name)]))


def test_plain_items_have_the_structure_of_the_standard() -> None:
    questions = [replace(one(text), key=f"m#q{number}") for number, text in enumerate(PLAIN)]
    require_package(exported(*questions), questions)


def test_every_type_is_written_or_said_to_have_no_equal() -> None:
    assert set(QUESTION_TYPES) - set(WRITERS) == {"records"}


@TRIPS.law
@given(data=st.data())
def test_any_question_comes_back_equal_or_its_loss_is_said(name: str, data: st.DataObject) -> None:
    questions = list(read(data.draw(texts(name))).values())
    made = exported(*questions)
    require_package(made, questions)
    lossy = {lost.key for lost in made.losses}
    left = {lost.key for lost in made.losses if lost.is_left_out}
    for question, back in zip([one for one in questions if one.key not in left], again(made), strict=True):
        if question.key not in lossy:
            assert back
            assert write_question(replace(back, definitions=())) == write_question(replace(question, definitions=()))
            best = question.type.correct_response
            assert back.type.mark(best).credit == question.type.mark(best).credit


def test_a_test_depends_on_its_items_and_every_text_says_whether_case_matters() -> None:
    made = exported(one("## Which? {#q case=yes}\n\n- = York\n"), one("## Which? {#r}\n\n- = york\n"))
    files = files_of(made)
    test, *_ = fromstring(files["imsmanifest.xml"]).iter(f"{CP}resource")
    assert [child.get("identifierref") for child in test.iter(f"{CP}dependency")] == ["item-1", "item-2"]
    assert [child.get("href") for child in test.iter(f"{CP}file")] == ["test.xml"]
    entries = [fromstring(files[f"items/00{place}.xml"]).iter(f"{ASI}qti-map-entry") for place in (1, 2)]
    assert [entry.get("case-sensitive") for found in entries for entry in found] == ["true", "false"]
