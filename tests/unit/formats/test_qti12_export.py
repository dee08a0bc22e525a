"""QTI 1.2, written and read back: what is not told as lost is the same."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.formats.contract import EXPORTERS, IMPORTERS, Exported, Source
from quizapp.questions.base import Question
from tests.unit.formats.qti12_items import PNG
from tests.unit.formats.trips import Trips, written_questions
from tests.unit.questions.generators import KINDS, read

LOSSLESS = """## Which is `wet`? {#wet points=2.5}

![A map](media/map.png)

- (x) Rain
  > Right, *always*.
- (50%) Fog
- ( ) Sand
  > Dry.

Rain is water.

## Which of these? {#these credit=exact shuffle=no}

- [x] Rain
- [ ] Sand
- [~] Dust

## What falls? {#falls case=yes}

- = Rain
  > Yes.
- (50%) = Snow

## How many? {#many}

- = [41.5, 42.5)
- = 3

## Match them {#pairs .match}

|  |  |  |
| --- | --- | --- |
| Rain | wet | Feel it. |
| Sand | dry | |
|  | hot | |

## Order them {#order .order credit=exact}

1. First
2. Second

## Sort them {#sorted .group}

- Wet
  - Rain
- Dry
  - Sand

## Why? {#why .essay}

## {#gaps}

Rain is [[wet|moist]] and [[( ) hot | (x) cold]].
"""
TRIPS = Trips(12, tuple(name for name in sorted(KINDS) if name not in ("records", "survey")))


def written(text: str) -> tuple[list[Question], Exported]:
    questions = list(read(text).values())
    return questions, EXPORTERS["qti12"].write(questions, "Rain & sand", lambda path: PNG)


def test_what_is_held_comes_back_without_a_loss() -> None:
    questions, made = written(LOSSLESS)
    assert made.losses == ()
    again = IMPORTERS["qti12"].read(Source(made.data, "x.zip"))
    assert [item.question.name for item in again.items if item.question] == [one.name for one in questions]
    [(path, data)] = again.items[0].files.items()
    assert data == PNG
    [twice] = (
        IMPORTERS["qti12"]
        .read(Source(written(LOSSLESS.replace("media/map.png", path))[1].data, "x.zip"))
        .items[0]
        .files
    )
    assert twice == path


def test_the_same_questions_give_the_same_package() -> None:
    assert written(LOSSLESS)[1].data == written(LOSSLESS)[1].data
    with zipfile.ZipFile(io.BytesIO(written(LOSSLESS)[1].data)) as archive:
        names = archive.namelist()
    assert names[0] == "imsmanifest.xml"
    assert names[1].endswith(".xml")
    assert names[2].startswith("web_resources/")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("## A {#q tags=x}\n\n- (x) a\n- ( ) b\n\n> [!TIP]\n> Look.\n", "its hints are left out."),
        ("## A {#q}\n\n- [x] a\n- [ ] b\n", "its rule `credit=net` becomes all or nothing."),
        ("## A {#q}\n\n- = a\n- =~ `b+`\n", "its patterns and known wrong answers are left out."),
        ("## A {#q}\n\n- = 3 kg\n", "its numbers have units, which QTI 1.2 does not know."),
        ("## A {#q .records}\n\n- = @ MX 0 mail.example.\n", "QTI 1.2 has no place for the type “DNS records”."),
        ("## A {#q .survey}\n\n- ( ) a\n- ( ) b\n", "QTI 1.2 has no place for surveys."),
        ("## A [b](1-x.md) {#q}\n\n- (x) a\n- ( ) b\n", "a link into the site is left out."),
    ],
)
def test_what_is_lost_is_told_by_question(text: str, told: str) -> None:
    _, made = written(text)
    assert (told, "m#q") in [(loss.text, loss.key) for loss in made.losses]


def test_a_picture_that_is_not_there_is_told() -> None:
    questions = list(read("## A {#q}\n\n![map](media/a.png)\n\n- (x) a\n- ( ) b\n").values())
    made = EXPORTERS["qti12"].write(questions, "T", lambda path: None)
    assert ["media/a.png is not found" in loss.text for loss in made.losses] == [True]


@TRIPS.law
@given(data=st.data())
def test_what_goes_there_comes_back_the_same_or_its_loss_is_told(name: str, data: st.DataObject) -> None:
    question = data.draw(written_questions(name))
    made = EXPORTERS["qti12"].write([question], "Title", lambda path: None)
    if made.losses:
        return
    [item] = IMPORTERS["qti12"].read(Source(made.data, "x.zip")).items
    assert item.question
    response = data.draw(KINDS[name].responses(question.type))
    assert item.question.type.mark(response).credit == question.type.mark(response).credit


def test_feedback_of_choices_is_shown_by_a_condition_as_canvas_has_it() -> None:
    _, made = written("## A {#q}\n\n- (x) a\n  > Yes.\n- ( ) b\n\n## B {#r}\n\n- [x] a\n- [ ] b\n  > No.\n")
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        text = archive.read(archive.namelist()[1]).decode()
    for ident in ("c1", "c2"):
        shown = f'>{ident}</varequal></conditionvar><displayfeedback feedbacktype="Response" linkrefid="{ident}_fb"/>'
        assert text.count(shown) == 1


def test_a_number_is_exact_and_a_range_has_two_ends() -> None:
    _, made = written("## A {#q}\n\n- = 3\n- = [5, 6]\n")
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        text = archive.read(archive.namelist()[1]).decode()
    assert '<conditionvar><varequal respident="response1">3</varequal></conditionvar>' in text
    assert '<vargte respident="response1">5</vargte><varlte respident="response1">6</varlte>' in text


def test_a_word_in_brackets_is_never_taken_for_a_blank() -> None:
    _, made = written("## {#q}\n\nSay [blank1] and [[x]].\n")
    assert made.losses == ()
    [item] = IMPORTERS["qti12"].read(Source(made.data, "x.zip")).items
    assert "\\[blank1] and [[x]]" in item.markdown
