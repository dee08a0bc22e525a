"""Small questions that show what a format holds: one of each type, and one for each thing that questions may have."""

from dataclasses import dataclass
from typing import Literal

from quizapp.formats.contract import EXPORTERS, IMPORTERS, Source
from quizapp.questions.base import Question
from tests.unit.formats.evidence import READ_BY
from tests.unit.formats.qti12_items import PNG
from tests.unit.questions.generators import read

Held = Literal["whole", "with a loss", "left out"]
# The plainest question of each type.
PLAIN = {
    "single": "## Which is wet? {#q}\n\n- (x) Rain\n- ( ) Sand\n",
    "multiple": "## Which are wet? {#q}\n\n- [x] Rain\n- [x] Snow\n- [ ] Sand\n",
    "text": "## What falls? {#q}\n\n- = Rain\n",
    "numeric": "## How many? {#q}\n\n- = 12\n",
    "fill-in": "## Complete it {#q}\n\nRain is [[wet]] and falls from a [[cloud]].\n",
    "match": "## What does what? {#q .match}\n\n| | |\n| --- | --- |\n| Rain | falls |\n| Smoke | rises |\n",
    "order": "## In which order? {#q .order}\n\n1. Cloud\n2. Rain\n3. River\n",
    "group": "## What is what? {#q .group}\n\n- Wet\n  - Rain\n  - Snow\n- Dry\n  - Sand\n",
    "records": "## Publish it {#q .records}\n\n```zone\n$ORIGIN example.com.\n```\n\n- = @ MX 0 mail.example.com.\n",
    "essay": "## Why does it rain? {#q .essay}\n",
    "survey": "## Do you like rain? {#q .survey}\n\n- ( ) Yes\n- ( ) No\n",
}
CHOICES = "- (x) Rain\n- ( ) Sand\n"
BOXES = "- [x] Rain\n- [x] Snow\n- [ ] Sand\n- [ ] Dust\n"
# What a question may have beside that; each is a plain question and one thing more.
MORE = {
    "Bold words, a list, code": f"## Which? {{#q}}\n\nIs it **this**?\n\n- one\n- two\n\n`x = 1`\n\n{CHOICES}",
    "A formula": f"## What is $x^2$? {{#q}}\n\n{CHOICES}",
    "A picture": f"## What is it? {{#q}}\n\n![A cloud](media/cloud.png)\n\n{CHOICES}",
    "Feedback for each choice": "## Which is wet? {#q}\n\n- (x) Rain\n  > Yes.\n- ( ) Sand\n  > No.\n",
    "Feedback for typed answers": "## What falls? {#q}\n\n- = Rain\n  > Yes.\n- != Sand\n  > No.\n",
    "An explanation": f"## Which is wet? {{#q}}\n\n{CHOICES}\nRain is water.\n",
    "Hints": f"## Which is wet? {{#q}}\n\n{CHOICES}\n> [!TIP]\n> Look up.\n",
    "What each try is worth": f"## Which is wet? {{#q tries=100,50}}\n\n{CHOICES}",
    "Points": f"## Which is wet? {{#q points=2.5}}\n\n{CHOICES}",
    "Tags": f"## Which is wet? {{#q tags=rain,sea}}\n\n{CHOICES}",
    "Choices in a fixed order": "## Which is wet? {#q shuffle=no}\n\n- (x) Rain\n- ( ) Sand\n- ( ) Dust\n",
    "Credit for a choice that is partly right": "## Which is wet? {#q}\n\n- (x) Rain\n- (50%) Fog\n- ( ) Sand\n",
    "Boxes with `credit=net`": f"## Which? {{#q credit=net}}\n\n{BOXES}",
    "Boxes with `credit=exact`": f"## Which? {{#q credit=exact}}\n\n{BOXES}",
    "Boxes with `credit=each`": f"## Which? {{#q credit=each}}\n\n{BOXES}",
    "Several accepted answers": "## What falls? {#q}\n\n- = Rain\n- = Snow\n",
    "Capitals that count": "## What falls? {#q case=yes}\n\n- = Rain\n",
    "Slips that are forgiven": "## What falls? {#q typos=ok}\n\n- = Rain\n",
    "A pattern": "## What falls? {#q}\n\n- =~ `[Rr]ains?`\n",
    "A tolerance": "## How many? {#q}\n\n- = 12 +- 0.5\n",
    "A range": "## How many? {#q}\n\n- = [10, 12]\n",
    "A unit": "## How long? {#q}\n\n- = 12 ms\n",
    "A number in a blank": "## Complete it {#q}\n\nWater boils at [[100]] degrees and is [[wet]].\n",
    "A list in a blank": "## Complete it {#q}\n\nRain [[(x) falls | ( ) rises]], and is [[wet]].\n",
    "Decoys in matching": f"{PLAIN['match']}| | burns |\n",
    "Headings above the pairs": PLAIN["match"].replace("| | |", "| What | Does |"),
    "Feedback for single lines": "## In which order? {#q .order}\n\n1. Cloud\n   > First.\n2. Rain\n3. River\n",
    "A rubric": "## Why does it rain? {#q .essay points=2}\n\n- [1] Names the cloud\n- [1] Names the cold\n",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a format holds of a question, every sentence about what it does not, and the name it is read back with."""

    held: Held
    losses: tuple[str, ...] = ()
    name: str = ""


def told(format: str, question: Question) -> Told:
    """What becomes of a question in a format: what the exporter says, and what its importer finds.

    Raises AssertionError where a question is called whole and does not come back so.
    """
    made = EXPORTERS[format].write([question], "Rain", lambda path: PNG)
    losses = tuple(dict.fromkeys(loss.text for loss in made.losses))
    if any(loss.is_left_out for loss in made.losses):
        return Told("left out", losses)
    reader = IMPORTERS.get(READ_BY.get(format, format))
    if losses or reader is None:  # what is not read again cannot be called whole
        return Told("with a loss", losses)
    [item] = reader.read(Source(made.data, f"x{EXPORTERS[format].ending}")).items
    assert item.question, item.refused
    assert (item.question.type.name, item.question.points) == (question.type.name, question.points)
    right = question.type.correct_response
    assert item.question.type.mark(right).credit == question.type.mark(right).credit
    if "media/" in question.prompt.markdown and not item.files:
        return Told("with a loss", ("A picture stays a link to its file, which is not in what is written.",))
    return Told("whole", name=item.question.name)


def question_of(text: str) -> Question:
    """The one question of some Markdown."""
    [question] = read(text).values()
    return question
