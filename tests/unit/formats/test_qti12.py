"""QTI 1.2 and its packages: what is read, what is lost, and what is refused."""

import io
import zipfile
from fractions import Fraction

import pytest

from quizapp.formats.contract import IMPORTERS, Imported, Item, Source
from quizapp.formats.elements import DEEPEST, MAX_XML, BadXml, Room, read_xml
from tests.unit.formats.qti12_items import PNG, SINGLE, choices, document, earns, item, package, said


def read(data: bytes) -> Imported:
    return IMPORTERS["qti12"].read(Source(data, "x.xml"))


def one(*items: str) -> Item:
    found = read(document(*items))
    assert not found.errors, found.errors
    [first] = found.items
    return first


def test_a_choice_becomes_what_an_author_would_write() -> None:
    assert one(SINGLE).markdown == ("## Which is **wet**? {#which-is-wet points=2.5}\n\n- (x) Rain\n- ( ) Sand \\[x]\n")


def test_the_same_document_gives_the_same_ids() -> None:
    first, second = read(document(SINGLE, SINGLE.replace("wet", "dry"))), read(document(SINGLE))
    assert first.items[0].id == second.items[0].id != first.items[1].id


def test_feedback_goes_to_the_choices_it_is_shown_for() -> None:
    more = said("c2_fb", "<p>Sand is dry.</p>") + said("correct_fb", "Right.") + said("general_fb", "Rain is water.")
    made = one(item("multiple_choice_question", "Wet?", choices("Rain", "Sand"), earns("c1"), more))
    assert made.question
    assert [answer.feedback.text for answer in made.question.type.answers] == ["Right.", "Sand is dry."]
    assert made.question.explanation.text == "Rain is water."
    assert made.warnings == ()


def test_each_choice_has_its_part_of_the_points() -> None:
    scores = earns("c1", "10") + earns("c2", "5") + earns("c3", "-5")
    made = one(item("multiple_choice_question", "Wet?", choices("Rain", "Fog", "Sand"), scores, points="10"))
    assert made.question
    assert [float(answer.credit or 0) for answer in made.question.type.answers] == [1, 0.5, 0]
    assert "(50%) Fog" in made.markdown


def test_the_parts_of_several_choices_are_added() -> None:
    scores = earns("c1", "50", "Add") + earns("c2", "50", "Add")
    made = one(item("multiple_answers_question", "Wet?", choices("Rain", "Fog", "Sand", kind="Multiple"), scores))
    assert made.question
    assert made.question.type.written_options() == {}
    assert made.question.type.mark([1]).credit == Fraction(1, 2)
    assert made.warnings[0].text == (
        "of 7 ways to tick its boxes, 3 earn otherwise here: “Rain”, “Sand” earned 50% there and earns 0% now."
    )


def test_a_text_that_is_a_number_stays_a_text() -> None:
    typed = '<response_str ident="r"><render_fib><response_label ident="a"/></render_fib></response_str>'
    made = one(item("short_answer_question", "Which bus?", typed, earns("007") + earns("42")))
    assert made.question
    assert made.question.type.name == "text"
    assert "- = `42`" in made.markdown


def test_html_that_looks_like_our_signs_is_text() -> None:
    made = one(item("multiple_choice_question", "<ul><li>(x) [[a]]</li></ul>", choices("= 5", "{#x}"), earns("c1")))
    assert made.question
    assert [answer.content.text for answer in made.question.type.answers] == ["= 5", "{#x}"]
    assert made.question.prompt.text == "(x) [[a]]"


def test_a_package_brings_its_pictures() -> None:
    stem = '<p>Look: <img src="$IMS-CC-FILEBASE$/Uploaded%20Media/A%20map.PNG" alt="A map"></p>'
    asked = item("multiple_choice_question", stem, choices("Rain", "Sand"), earns("c1"))
    files = {"imsmanifest.xml": b"<manifest/>", "g1/g1.xml": document(asked),
             "web_resources/Uploaded Media/A map.PNG": PNG}  # fmt: skip
    [made] = read(package(files)).items
    [(path, data)] = made.files.items()
    assert path.startswith("media/a-map-")
    assert path.endswith(".png")
    assert data == PNG
    assert f"![A map]({path})" in made.markdown


def test_a_picture_that_is_no_picture_is_left_out_and_told() -> None:
    asked = item("multiple_choice_question", 'A <img src="a.png" alt="map">', choices("Rain", "Sand"), earns("c1"))
    [made] = read(package({"q.xml": document(asked), "a.png": b"<script>"})).items
    assert made.files == {}
    told = "the file a.png is of no type that is shown here. Make it a PNG or JPEG there, and export again."
    assert told in [note.text for note in made.warnings]


def test_a_broken_document_of_a_package_keeps_no_other_out() -> None:
    found = read(package({"a.xml": document(SINGLE), "b.xml": b"<questestinterop>"}))
    assert [(bool(made.question), made.refused[:23]) for made in found.items] == [
        (True, ""),
        (False, "the file cannot be read"),
    ]
    assert found.items[1].place == "b.xml"


def test_of_two_that_hold_one_assessment_canvas_s_own_is_read() -> None:
    other = SINGLE.replace("wet", "dry")
    files = {"g1/assessment_qti.xml": document(SINGLE), "non_cc_assessments/g1.xml.qti": document(other)}
    assert [made.title for made in read(package(files)).items] == ["Which is dry?"]


def bomb() -> bytes:
    return package({"a.xml": b"<questestinterop>" + b" " * 5_000_000})


def linked() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        info = zipfile.ZipInfo("a.xml")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return packed.getvalue()


ENTITIES = b'<!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><questestinterop>&b;</questestinterop>'
OUTSIDE = b'<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><questestinterop>&x;</questestinterop>'
BROKEN = {
    "nothing": (b"", "this file is empty. Export it again."),
    "no XML": (b"1. What?\n", "line 1, column 1: this is not well-formed XML"),
    "cut off": (document(SINGLE)[:-40], "this is not well-formed XML"),
    "another format": (b"<quiz/>", "this is no QTI 1.2: it begins with <quiz>"),
    "no question": (document(), "no question of QTI 1.2 is in it."),
    "entities": (ENTITIES, "line 1: it declares entities of its own"),
    "an external entity": (OUTSIDE, "line 1: it declares entities of its own"),
    "an unknown encoding": (b'<?xml version="1.0" encoding="klingon"?><a/>', "the encoding “klingon” is not known"),
    "other bytes than declared": (b'<?xml version="1.0" encoding="UTF-8"?><a>\xff</a>', "not well-formed"),
    "a multi-byte encoding": (b'<?xml version="1.0" encoding="shift_jis"?><a/>', "line 1"),
    "too deep": (b"<a>" * (DEEPEST + 1), "more than 60 in each other"),
    "too large": (b" " * (MAX_XML + 1), "more than 16 MiB"),
    "too many elements": (b"<questestinterop>" + b"<a/>" * 200_001, "more than 200000 elements"),
    "too many questions": (document(*[SINGLE] * 1001), "there are 1001 questions"),
    "items without end": (document("<item/>" * 30_000), "there are 30000 questions"),
    "items in many files": (package({f"{n}.xml": document("<item/>" * 90) for n in range(90)}), "there are 2070 quest"),
    "a bomb": (bomb(), "unpacks to far more than it holds"),
    "a damaged archive": (package({"a.xml": b"<a/>"})[:-30], "this archive is damaged"),
    "a file outside": (package({"../../etc/x.xml": b"<a/>"}), "would lie outside of the archive"),
    "an absolute name": (package({"/etc/x.xml": b"<a/>"}), "would lie outside of the archive"),
    "a link": (linked(), "this is a link"),
    "too many files": (package({f"{number}.txt": b"" for number in range(2001)}), "2001 files"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_or_hostile_is_refused_with_its_reason(name: str) -> None:
    data, told = BROKEN[name]
    found = read(data)
    assert not found.items
    assert any(told in note.text for note in found.errors)


def test_elements_are_counted_over_all_documents_of_a_source() -> None:
    room = Room(5)
    assert len(read_xml(b"<a><b/><b/></a>", room).children) == 2
    with pytest.raises(BadXml, match="no more are read"):
        read_xml(b"<a><b/><b/></a>", room)


def test_an_item_in_another_is_a_part_of_it() -> None:
    nested = "<item>" * 40 + "<a/>" * 30_000 + "</item>" * 40
    assert len(read(document(nested, SINGLE)).items) == 1


MANY = "".join(earns(f"c{number}") for number in range(900))
REFUSED = {
    "more than can be tried": (
        item("multiple_choice_question", "?", choices(*map(str, range(900))), MANY),
        "it offers 900 answers and compares with 1800",
    ),
    "decimals without end": (
        item("numerical_question", "?", '<response_str ident="r"/>', earns("1." + "1" * 5000)), "no answer of it"
    ),
    "no key": (item("multiple_choice_question", "Wet?", choices("Rain", "Sand")), "no answer of it is marked as right"),
    "a key of nothing": (item("multiple_choice_question", "Wet?", choices("a", "b"), earns("c9")), "no answer of it"),
    "an unknown type": (item("hot_spot_question", "Where?", ""), "its type, hot spot, is not supported."),
    "no choices": (item("multiple_choice_question", "Wet?", "", earns("c1")), "the one list of choices"),
    "one choice": (item("multiple_choice_question", "Wet?", choices("Rain"), earns("c1")), "at least two choices"),
    "the same twice": (item("multiple_choice_question", "Wet?", choices("a", "a"), earns("c1")), "Two choices say"),
    "no blank": (item("fill_in_multiple_blanks_question", "No", choices("a"), earns("c1")), "its blank [r]"),
    "no text": (item("multiple_choice_question", "", choices("a", "b"), earns("c1")), "no text"),
    "a right one without text": (item("multiple_choice_question", "A", choices("", "b"), earns("c1")), "has no text"),
}  # fmt: skip


HOSTILE = BROKEN | {name: (document(written), told) for name, (written, told) in REFUSED.items()}


@pytest.mark.parametrize("name", REFUSED)
def test_a_question_that_cannot_be_held_says_why(name: str) -> None:
    written, told = REFUSED[name]
    made = one(written)
    assert made.question is None
    assert told in made.refused
    assert made.place == "line 5"


@pytest.mark.parametrize("points", ["x", "-1", "1e99", "NaN"])
def test_points_that_are_none_are_told(points: str) -> None:
    made = one(item("multiple_choice_question", "Wet?", choices("Rain", "Sand"), earns("c1"), points=points))
    assert made.question
    assert made.question.points == 1
    assert "are no number that can be used" in made.warnings[0].text
