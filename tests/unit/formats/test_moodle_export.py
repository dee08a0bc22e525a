"""Moodle XML, written and read back: what is not told as lost is the same."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.formats.contract import EXPORTERS, IMPORTERS, Exported, Source
from quizapp.formats.elements import Element, read_xml
from quizapp.formats.moodle.shares import PERCENT
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

## {#gaps points=3}

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
        ("## A {#q}\n\n- (x) a\n- (35%) b\n", "35 % becomes 33.33333 %, since Moodle takes no other shares"),
        ("## A {#q}\n\n- = a\n- (45%) = b\n", "45 % becomes 50 %"),
        ("## A {#q}\n\n- = 1/3\n", "its number 1/3 has no end as a decimal number."),
        ("## A {#q}\n\nx [[(50%) a | ( ) b]]\n", "no text of a list in it earns everything"),
        ("## A {#q points=3}\n\n[[a]] and [[b]]\n", "its points (3) become 2: Moodle adds up whole ones of its gaps."),
        ("## A {#q .essay points=3}\n\n- [3] names it\n", "its rubric becomes information for who marks it."),
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


def element(made: Exported, *path: str) -> Element:
    """The element at the end of a path in the first question."""
    found = read_xml(made.data).all("question")[1].first(*path)
    assert found
    return found


def test_each_text_brings_the_files_that_it_shows() -> None:
    _, made = written(
        "## Look {#q}\n\n![a](a.png)\n\n- (x) yes ![b](b.png)\n  > so ![c](c.png)\n- ( ) no\n\n"
        "> [!TIP]\n> tip ![d](d.png)\n\nwhy ![e](e.png)\n"
    )
    places = {
        "questiontext": "a",
        "answer": "b",
        "answer feedback": "c",
        "hint": "d",
        "generalfeedback": "e",
    }
    for place, name in places.items():
        holder = element(made, *place.split())
        [file] = holder.all("file")
        assert file.get("name").startswith(f"{name}-")
        assert f"@@PLUGINFILE@@/{file.get('name')}" in holder.said("text")
    assert made.losses == ()


def test_every_share_is_one_that_moodle_takes() -> None:
    for right in range(1, 14):
        boxes = "".join(f"- [x] a{number}\n" for number in range(right))
        _, made = written(f"## Which? {{#q}}\n\n{boxes}- [ ] no\n- [~] any\n")
        answers = read_xml(made.data).all("question")[1].all("answer")
        assert {one.get("fraction").lstrip("-") for one in answers} <= set(PERCENT)
        assert answers[-1].get("fraction") == "0"
        assert bool(made.losses) == (right > 10)


def test_an_order_shows_all_its_lines_there() -> None:
    _, made = written("## Sort {#q .order}\n\n1. a\n2. b\n3. c\n")
    assert element(made, "selecttype").text == "ALL"


def test_two_choices_are_not_shuffled_there_either() -> None:
    _, made = written("## Which? {#q}\n\n- (x) a\n- ( ) b\n")
    assert element(made, "shuffleanswers").text == "false"
    assert made.losses == ()


def test_any_other_number_is_a_star_there() -> None:
    _, made = written("## How many? {#q}\n\n- = 3\n- != [-1e99, 1e99]\n  > No.\n")
    assert [one.said("text") for one in read_xml(made.data).all("question")[1].all("answer")] == ["3", "*"]
    assert made.losses == ()


def test_units_are_converted_there_as_here_and_one_is_needed() -> None:
    _, made = written("## How far? {#q}\n\n- = 5 km\n")
    units = {one.said("unit_name"): one.said("multiplier") for one in element(made, "units").all("unit")}
    assert next(iter(units.items())) == ("km", "1")
    assert (units["m"], units["mi"][:6]) == ("1000", "0.6213")
    assert (element(made, "unitgradingtype").text, element(made, "unitpenalty").text) == ("1", "1")
    assert made.losses == ()


@pytest.mark.parametrize(
    "text", ["a~b", "c#d", "{e}", "x & y", "R&D", "< g >", "AC/DC", '"h"', "i\\j", "=k", "%50%l", "m*"]
)
def test_signs_in_gaps_are_such_as_moodle_resolves(text: str) -> None:
    """Moodle knows no escapes but those of `}` and `#`, and a reference ends no answer."""
    _, made = written(f"## {{#q points=2}}\n\nA {{1:SA:=no}} [[`{text}`|other]] [[(x) `{text}` | ( ) other]]\n")
    assert made.losses == ()
    asked = element(made, "questiontext").said("text")
    assert len(re.findall(r"\{", asked)) == 2
    for gap in re.findall(r"(?<=[RE]:=)[^~]+", asked):
        assert not re.search(r"[\\{}~<>\"]|#(?!\d+;)|[&%=]$", gap)
        assert html.unescape(gap).replace("\\*", "*") in (text, html.escape(text, quote=False))


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
