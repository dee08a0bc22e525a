"""What comes of a real file, in the form that the tables of the guide are made of."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from quizapp.formats.contract import Imported, Item


@dataclass(frozen=True, slots=True)
class Row:
    """A file and how many questions stand in it: `exact` ones, those with a loss, those that are refused.

    `told` has for each question with a loss or a guess every sentence about it, `refused` the sentence for each one
    that is left out; `notes` are said of the file as a whole, and `errors` why nothing of it is read.
    """

    format: str
    file: str
    exact: int = 0
    told: tuple[tuple[str, ...], ...] = ()
    refused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()

    @property
    def questions(self) -> int:
        """How many there are; each is one of the three."""
        return self.exact + len(self.told) + len(self.refused)


def row_of(format: str, file: str, found: Imported, is_held: Callable[[int, Item], bool]) -> Row:
    """The row of a file that was read; `is_held` says of its position and itself whether one is what it must be.

    Raises AssertionError where one is not and nothing is said of it, which is a defect.
    """
    exact, told, refused = 0, [], []
    for position, item in enumerate(found.items):
        said = tuple(note.text for note in (*item.guesses, *item.warnings))
        if not item.is_good:
            assert item.refused, f"{file}, {item.place}: neither read nor refused"
            refused.append(item.refused)
        elif said:
            told.append(said)
        else:
            assert is_held(position, item), f"{file}, {item.place}: it is another question, and nothing is said of it"
            exact += 1
    notes, errors = (tuple(note.text for note in notes) for notes in (found.notes, found.errors))
    assert found.items or notes or errors, f"{file}: nothing is read, and nothing is said"
    return Row(format, file, exact, tuple(told), tuple(refused), notes, errors)


def shows(item: Item, *texts: str) -> bool:
    """Whether the letters of each text stand in what an item became."""
    shown = _letters(re.sub(r"\{[#.][^}\n]*\}$", "", item.markdown, flags=re.MULTILINE))
    return all(_letters(text) in shown for text in texts)


def _letters(text: str) -> str:
    """A text without what sets it: its letters and digits, without tags and entities of HTML."""
    return re.sub(r"[\W_]+", "", re.sub(r"</?\w[^>]*>|&\w+;", "", text))
