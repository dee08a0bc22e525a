"""Banks as a careful author writes them, from a seed, and flaws to plant in them one at a time."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from tests.unit.advice.subjects import GOALS, PEOPLE, SUBJECTS, Thing


@dataclass(frozen=True, slots=True)
class Row:
    """A choice: its marker, its text, its feedback."""

    marker: str
    text: str
    feedback: str

    @property
    def is_right(self) -> bool:
        """Whether it is marked right."""
        return "x" in self.marker


@dataclass(frozen=True, slots=True)
class Item:
    """A question: choices, or `lines` of another shape; `words` stand in its braces."""

    name: str
    asked: str
    rows: tuple[Row, ...] = ()
    explanation: str = ""
    body: str = ""
    lines: tuple[str, ...] = ()
    words: str = ""
    hint: str = ""

    @property
    def right(self) -> str:
        """The text of the first right choice, or what is to be typed."""
        right = [row.text for row in self.rows if row.is_right]
        return right[0] if right else self.lines[0].removeprefix("- = ")

    def written(self) -> str:
        """The question as Markdown."""
        rows = [f"- {row.marker} {row.text}" + (f"\n  > {row.feedback}" if row.feedback else "") for row in self.rows]
        hint = f"> [!TIP]\n> {self.hint}" if self.hint else ""
        parts = [self.body, "\n".join([*rows, *self.lines]), hint, self.explanation]
        return "\n\n".join([f"## {self.asked} {{#{self.name}{self.words}}}", *filter(None, parts)])


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank with a title and items."""

    title: str
    items: tuple[Item, ...]

    def written(self) -> str:
        """The bank as a file."""
        return "\n\n".join([f"---\ntitle: {self.title}\n---", *(item.written() for item in self.items)]) + "\n"


Maker = Callable[[Thing, int, int], Item]


@dataclass(slots=True)
class Writer:
    """Writes the items of one bank; every fact is asked for once."""

    dice: random.Random
    used: set[tuple[str, str]] = field(default_factory=set)

    def bank(self, size: int) -> Bank:
        """A bank about three subjects."""
        kinds = self.dice.sample(sorted(SUBJECTS), 3)
        facts = [(thing, which) for kind in kinds for thing in SUBJECTS[kind] for which in (0, 1)]
        self.dice.shuffle(facts)
        makers = (self.naming, self.telling, self.judging, self.typing, self.scene, self.ticking, self.counting)
        items = [self.item(makers, thing, which, number) for number, (thing, which) in enumerate(facts[:size])]
        return Bank(" and ".join(SUBJECTS[kind][0].kinds for kind in kinds).capitalize(), tuple(items))

    def item(self, makers: Sequence[Maker], thing: Thing, which: int, number: int) -> Item:
        """A question about a fact; what is not about one fact is asked once of each thing."""
        make = self.dice.choice(makers)
        if make in (self.ticking, self.counting) and (thing.name, make.__name__) in self.used:
            make = self.naming
        self.used.add((thing.name, make.__name__))
        return make(thing, which, number)

    def others(self, thing: Thing, number: int) -> list[Thing]:
        """Some other things of the same kind."""
        return self.dice.sample([one for one in SUBJECTS[thing.kind] if one is not thing], number)

    def mixed(self, right: Row, wrong: list[Row]) -> tuple[Row, ...]:
        """The rows, the right one at any place."""
        rows = list(wrong)
        rows.insert(self.dice.randrange(len(rows) + 1), right)
        return tuple(rows)

    def naming(self, thing: Thing, which: int, number: int) -> Item:
        """Which thing does something?"""
        start = self.dice.choice(("Which {} {}?", "Find the {} that {}."))
        wrong = [
            Row("( )", one.name.capitalize(), f"No: it {one.facts[0]}.") for one in self.others(thing, self.many())
        ]
        rows = self.mixed(Row("(x)", thing.name.capitalize(), "Right."), wrong)
        return Item(f"q{number}", start.format(thing.kind, thing.facts[which]), rows, self.why(thing))

    def telling(self, thing: Thing, which: int, number: int) -> Item:
        """What does a thing do?"""
        wrong = [
            Row("( )", f"It {one.facts[which]}", f"That is the {one.name}.") for one in self.others(thing, self.many())
        ]
        rows = self.mixed(Row("(x)", f"It {thing.facts[which]}", "Yes."), wrong)
        asked = self.dice.choice(
            ("What do you know of the {}?", "What is true of the {}?", "What can be said of the {}?")
        )
        return Item(f"q{number}", asked.format(thing.name), rows, self.why(thing))

    def judging(self, thing: Thing, which: int, number: int) -> Item:
        """True or false?"""
        is_true = self.dice.random() < 0.5
        told = thing if is_true else self.others(thing, 1)[0]
        rows = [Row("( )", "True", "Look at its neighbours."), Row("( )", "False", "Think again.")]
        rows[not is_true] = replace(rows[not is_true], marker="(x)")
        return Item(f"q{number}", f"The {thing.name} {told.facts[which]}.", tuple(rows), self.why(thing))

    def typing(self, thing: Thing, which: int, number: int) -> Item:
        """A name to type."""
        return Item(
            f"q{number}", f"Name the {thing.kind} that {thing.facts[which]}.", lines=(f"- = {thing.name}",),
            explanation=self.why(thing), hint=self.dice.choice(("", f"It is no {self.others(thing, 1)[0].name}.")),
        )  # fmt: skip

    def scene(self, thing: Thing, which: int, number: int) -> Item:
        """A scene, and what fits it."""
        item = self.naming(thing, which, number)
        scene = f"{self.dice.choice(PEOPLE)} wants to know it and {self.dice.choice(GOALS)}."
        return replace(item, body=scene)

    def ticking(self, thing: Thing, which: int, number: int) -> Item:
        """Boxes: two of four are right."""
        one, two, three = self.others(thing, 3)
        rows = [
            Row("[x]", f"It {thing.facts[0]}", "Yes."), Row("[x]", f"It {thing.facts[1]}", "Yes."),
            Row("[ ]", f"It {one.facts[which]}", f"That is the {one.name}."),
            Row("[ ]", f"It {two.facts[which]}", f"That is the {two.name}."),
        ]  # fmt: skip
        self.dice.shuffle(rows)
        return Item(
            f"q{number}",
            f"What belongs to the {thing.name}, and not to the {three.name}?",
            tuple(rows),
            self.why(thing),
        )

    def counting(self, thing: Thing, which: int, number: int) -> Item:
        """A number to type."""
        asked = f"Which number is beside the {thing.name} in the table of {thing.kinds}?"
        return Item(f"q{number}", asked, lines=(f"- = {thing.number}",), explanation=self.why(thing))

    def many(self) -> int:
        """How many distractors."""
        return self.dice.choice((2, 3, 3))

    def why(self, thing: Thing) -> str:
        """An explanation."""
        return self.dice.choice(
            ("The table of {k} says so.", "See the page on {k}.", "Compare it with other {k}.")
        ).format(k=thing.kinds)


def clean_bank(seed: int, size: int) -> Bank:
    """A bank without a flaw."""
    return Writer(random.Random(seed)).bank(size)


Flaw = Callable[[Bank, random.Random], Bank | None]  # None where the bank has no question that could have it
FLAWS: dict[str, Flaw] = {}


def flaw(code: str) -> Callable[[Flaw], Flaw]:
    """Say which advice a flaw is to get."""

    def keep(plant: Flaw) -> Flaw:
        FLAWS[code] = plant
        return plant

    return keep


def single(bank: Bank, dice: random.Random, least: int = 3) -> int | None:
    """The place of a single choice with so many choices."""
    places = [n for n, item in enumerate(bank.items) if sum(row.marker[0] == "(" for row in item.rows) >= least]
    return dice.choice(places) if places else None


def changed(bank: Bank, place: int, item: Item) -> Bank:
    """The bank with another item at a place."""
    return replace(bank, items=(*bank.items[:place], item, *bank.items[place + 1 :]))


def with_rows(item: Item, change: Callable[[Row], Row]) -> Item:
    """The item, its choices changed."""
    return replace(item, rows=tuple(change(row) for row in item.rows))


def in_single(change: Callable[[Item, random.Random], Item | None], least: int = 3) -> Flaw:
    """A flaw of one single choice."""

    def plant(bank: Bank, dice: random.Random) -> Bank | None:
        place = single(bank, dice, least)
        item = change(bank.items[place], dice) if place is not None else None
        return changed(bank, place, item) if place is not None and item else None

    return plant


def _right(item: Item, change: Callable[[str], str]) -> Item:
    return with_rows(item, lambda row: replace(row, text=change(row.text)) if row.is_right else row)


def _wrong(item: Item, change: Callable[[int, str], str]) -> Item:
    rows, number = [], 0
    for row in item.rows:
        rows.append(row if row.is_right else replace(row, text=change(number, row.text)))
        number += not row.is_right
    return replace(item, rows=tuple(rows))


def _longest(item: Item, dice: random.Random) -> Item:
    more = dice.choice(
        (
            " as long as all the conditions hold which the table names for this case",
            ", which follows from what the second part of the lesson says about its origin",
            " (in most of the cases that are described, and with the exceptions given there)",
        )
    )
    return _right(item, lambda text: text + more)


def _articles(item: Item, dice: random.Random) -> Item:
    names = dice.sample(["apple", "orange", "umbrella", "engine", "island"], 1)
    others = iter(dice.sample(["table", "garden", "bicycle", "mountain", "letter"], 4))
    texts = [names[0] if row.is_right else next(others) for row in item.rows]
    rows = tuple(replace(row, text=text) for row, text in zip(item.rows, texts, strict=True))
    return replace(
        item, asked=dice.choice(("What you see in the picture is an", "The thing on the left is an …")), rows=rows
    )


def _numbers(item: Item, dice: random.Random) -> Item:
    others = iter(dice.sample(["a table", "a garden", "a bicycle", "a mountain", "a letter"], 4))
    right = dice.choice(["the apples", "several roads", "engines", "small islands"])
    texts = [right if row.is_right else next(others) for row in item.rows]
    rows = tuple(replace(row, text=text) for row, text in zip(item.rows, texts, strict=True))
    return replace(item, asked=dice.choice(("The things in the picture are", "What fell down were …")), rows=rows)


def _absolute(item: Item, dice: random.Random) -> Item:
    word = dice.choice(("always", "never"))
    return _wrong(item, lambda n, text: f"It {word} looks like the {text.lower()}" if n == 0 else text)


def _above(item: Item, dice: random.Random) -> Item:
    text = dice.choice(
        ("All of the above", "None of the above", "All of these", "Both A and B", "None of these answers")
    )
    return _wrong(item, lambda n, old: text if n == 0 else old)


def _twins(item: Item, dice: random.Random) -> Item | None:
    wrong = [place for place, row in enumerate(item.rows) if not row.is_right]
    place = max(wrong, key=lambda one: len(item.rows[one].text))
    row = item.rows[place]
    text = row.text if len(row.text.split()) > 3 else f"Some kind of {row.text.lower()} with the leaves"
    copies = (f"{text}.", text.replace(" the ", " "), text.replace(" a ", " the "), f"{text}!", text.upper())
    copy = dice.choice([one for one in copies if one != text])
    rows = [*item.rows[:place], replace(row, text=text), *item.rows[place + 1 :], replace(row, text=copy)]
    return replace(item, rows=tuple(rows))


def _quiet(item: Item, dice: random.Random) -> Item:
    return with_rows(item, lambda row: row if row.is_right else replace(row, feedback=""))


def _stem(item: Item, dice: random.Random) -> Item:
    kind = dice.choice(("is not", "does not belong here, and is not"))
    return replace(item, asked=f"Which of these {kind} what the {item.right.lower()} stands for?")


def _starts(item: Item, dice: random.Random) -> Item:
    start = dice.choice(("It is known as the ", "People like to call it ", "In most books it is "))
    return with_rows(item, lambda row: replace(row, text=start + row.text.lower()))


def _many(item: Item, dice: random.Random) -> Item:
    extra = tuple(Row("( )", text, "No.") for text in ("Granite", "Velvet", "Amber", "Chalk", "Copper", "Silk"))
    return replace(item, rows=item.rows + extra)


def _told(item: Item, dice: random.Random) -> Item | None:
    return (
        replace(item, body=f"Everybody here likes to speak of the {item.right.lower()}.")
        if len(item.right) > 3
        else None
    )


def _hint(item: Item, dice: random.Random) -> Item | None:
    return replace(item, hint=f"Think of the {item.right.lower()}.") if len(item.right) > 3 else None


FLAWS |= {
    "longest-choice": in_single(_longest),
    "article-cue": in_single(_articles),
    "number-cue": in_single(_numbers),
    "absolute-words": in_single(_absolute),
    "all-of-above": in_single(_above),
    "similar-choices": in_single(_twins),
    "no-feedback": in_single(_quiet, least=2),
    "negative-stem": in_single(_stem),
    "repeated-start": in_single(_starts),
    "many-choices": in_single(_many),
    "answer-in-prompt": in_single(_told),
    "hint-tells": in_single(_hint),
}


@flaw("no-explanation")
def plant_no_explanation(bank: Bank, dice: random.Random) -> Bank:
    """A question loses its explanation."""
    place = dice.randrange(len(bank.items))
    return changed(bank, place, replace(bank.items[place], explanation=""))


@flaw("all-right")
def plant_all_right(bank: Bank, dice: random.Random) -> Bank | None:
    """Every box is right."""
    places = [n for n, item in enumerate(bank.items) if item.rows and item.rows[0].marker[0] == "["]
    if not places:
        return None
    place = dice.choice(places)
    return changed(bank, place, with_rows(bank.items[place], lambda row: replace(row, marker="[x]")))


@flaw("key-position")
def plant_key_position(bank: Bank, dice: random.Random) -> Bank:
    """Every key stands at one place, in the many choices that such an author has."""
    place = dice.randrange(3)
    items = []
    for item in bank.items:
        rows = [row for row in item.rows if not row.is_right]
        if len(rows) > 1 and item.rows[0].marker[0] == "(":
            rows.insert(place, next(row for row in item.rows if row.is_right))
            item = replace(item, rows=tuple(rows))
        items.append(item)
    return replace(bank, items=tuple(items))


@flaw("longest-often")
def plant_longest_often(bank: Bank, dice: random.Random) -> Bank:
    """Every key is somewhat longer than the rest."""

    def longer(item: Item) -> Item:
        most = max((len(row.text) for row in item.rows if not row.is_right), default=0)
        more = int(most * 1.2) + 3
        return _right(item, lambda text: (text + " of the sort that is shown here")[: max(more, len(text))].strip())

    return replace(bank, items=tuple(longer(item) if len(item.rows) > 2 else item for item in bank.items))


@flaw("similar-questions")
def plant_similar_questions(bank: Bank, dice: random.Random) -> Bank | None:
    """A question stands there again, in slightly other words."""
    places = [n for n, item in enumerate(bank.items) if item.asked.startswith(("Which", "Find", "Name")) and item.rows]
    if not places:
        return None
    item = bank.items[dice.choice(places)]
    asked = dice.choice(
        (f"{item.asked[:-1].replace('Which', 'What').replace('Find', 'Name')}, then?", f"Please tell: {item.asked}")
    )
    rows = list(item.rows)
    dice.shuffle(rows)
    return replace(bank, items=(*bank.items, replace(item, name="again", asked=asked, rows=tuple(rows))))


@flaw("answer-quoted")
def plant_answer_quoted(bank: Bank, dice: random.Random) -> Bank | None:
    """The scene of another question states the fact that is asked for."""
    places = [
        n
        for n, item in enumerate(bank.items)
        if item.asked.startswith("Which") and item.rows and "(" in item.rows[0].marker
    ]
    if not places or len(bank.items) < 2:
        return None
    place = dice.choice(places)
    fact = bank.items[place].asked.split(" ", 2)[2].rstrip("?")
    other = (place + 1) % len(bank.items)
    said = f"As you know, the {bank.items[place].right.lower()} {fact}."
    return changed(bank, other, replace(bank.items[other], body=said))
