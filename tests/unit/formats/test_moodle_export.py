"""Moodle XML, written and read back: what is not told as lost is the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.formats.contract import EXPORTERS, IMPORTERS, Exported, Source
from quizapp.questions.base import Question
from tests.unit.formats.qti12_items import PNG
from tests.unit.formats.trips import Trips, written_questions
from tests.unit.questions.generators import KINDS, read

LOSSLESS = """## Which is `wet` & <b>? {#wet points=2.5 tags=rain,sea tries=100,50}

![A map](media/map.png)

- (x) Rain
  > Right, *always*.
- (50%) Fog
- ( ) Sand
  > Dry.

> [!TIP]
> Look up.
>
> ```
> code
> ```

Rain is water.

## It rains. {#rains}

- ( ) True
- (x) False
  > Not today.

## Which of these? {#these shuffle=no}

- [x] Rain
- [x] Snow
- [x] Hail
- [ ] Sand

## What falls? {#falls case=yes}

- = Rain*
  > Yes.
- (50%) = Snow
- != Sand
  > No.

## How far? {#far}

- = 5 +- 0.5 km
- != [10, 20] km
  > Too far.

## Match them {#pairs .match}

|  |  |
| --- | --- |
| *Rain* | wet |
| Sand | dry |
|  | hot |

## Order them {#order .order}

1. First
2. Second

## Why? {#why .essay}

## {#gaps}

Rain is [[wet|moist]], [[( ) hot~ | (x) {cold}]] and [[12 +- 0.5]] mm.
"""
TRIPS = Trips(12, tuple(name for name in sorted(KINDS) if name not in ("records", "survey", "group")))


def written(text: str) -> tuple[list[Question], Exported]:
    questions = list(read(text).values())
    return questions, EXPORTERS["moodle"].write(questions, "Rain/sand & more", lambda path: PNG)


def test_what_is_held_comes_back_without_a_loss() -> None:
    questions, made = written(LOSSLESS)
    assert len(questions) == 9
    assert made.losses == ()
    again = IMPORTERS["moodle"].read(Source(made.data, "x.xml"))
    assert [item.question.name for item in again.items if item.question] == [one.name for one in questions]
    assert list(again.items[0].files.values()) == [PNG]
    assert again.notes[0].text == "the category “Rain/sand & more” is the tag `rain-sand-more` now."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("## A {#q}\n\n- [x] a\n- [~] b\n", "that a choice is not scored is left out"),
        ("## A {#q credit=exact}\n\n- [x] a\n- [ ] b\n", "its rule `credit=exact` becomes parts"),
        ("## A {#q}\n\n- = a\n- =~ `b+`\n", "its patterns are left out."),
        ("## A {#q tries=100,50,40}\n\n- (x) a\n- ( ) b\n", "what each try is worth is left out"),
        ("## A {#q}\n\n- = (1, 2)\n", "that the end of a range is not part of it is left out."),
        ("## A {#q}\n\n- = 3 kg\n- = 3 m\n", "its numbers have different units"),
        ("## A {#q .records}\n\n- = @ MX 0 mail.example.\n", "Moodle XML has no place for the type “DNS records”."),
        ("## A {#q .survey}\n\n- ( ) a\n- ( ) b\n", "Moodle XML has no place for surveys."),
        ("## A {#q .group}\n\n- Wet\n  - Rain\n- Dry\n  - Sand\n", "Moodle XML has no place for the type “Grouping”."),
    ],
)
def test_what_is_lost_is_told_by_question(text: str, told: str) -> None:
    _, made = written(text)
    assert any(loss.text.startswith(told) and loss.key == "m#q" for loss in made.losses)


@TRIPS.law
@given(data=st.data())
def test_what_goes_there_comes_back_the_same_or_its_loss_is_told(name: str, data: st.DataObject) -> None:
    question = data.draw(written_questions(name))
    made = EXPORTERS["moodle"].write([question], "Title", lambda path: None)
    if made.losses:
        return
    [item] = IMPORTERS["moodle"].read(Source(made.data, "x.xml")).items
    assert item.question
    response = data.draw(KINDS[name].responses(question.type))
    assert item.question.type.mark(response).credit == question.type.mark(response).credit
