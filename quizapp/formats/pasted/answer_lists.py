"""The list of answers at the end of a test: `1. B  2. C`, `1-B, 2-C`, or one on each line."""

import re
from collections.abc import Sequence

from quizapp.formats.contract import Note
from quizapp.formats.pasted import markers
from quizapp.formats.pasted.drafts import Draft
from quizapp.formats.pasted.lines import Line

LETTERS = r"[A-Za-z](?:\s*(?:,|&|\+|/|and|und|et)\s*[A-Za-z](?![\w.)]))*"
SHORT = rf"(?:{LETTERS}|true|false|richtig|falsch|wahr|vrai|faux|yes|no)"
ENTRY = re.compile(
    rf"(?:q(?:uestion)?\s*)?(?P<number>\d{{1,4}})\s*(?:[.):=]|[-–—]+>?|→|\s)\s*\(?(?P<answer>{SHORT})\)?(?=$|[\s,;.|/])",
    re.IGNORECASE,
)
ROW = re.compile(r"(?:q(?:uestion)?\s*)?(?P<number>\d{1,4})\s*(?:[.):=]|[-–—]+>?|→)\s*(?P<answer>\S.*)", re.IGNORECASE)
BETWEEN = re.compile(r"[\s,;.|/]*")


def may_begin(line: Line) -> bool:
    """Whether a list of answers may begin with a line."""
    is_titled = bool(markers.KEY_TITLE.fullmatch(line.plain))
    return is_titled or len(_entries(line.plain)) > 1 or _after_title(line) is not None


def read_answer_list(lines: Sequence[Line], drafts: Sequence[Draft]) -> list[Note] | None:
    """Give the answers of a list that begins with the first of these lines to the drafts; None where none begins.

    What of it fits no draft is told.
    """
    titled = bool(markers.KEY_TITLE.fullmatch(lines[0].plain))
    if not drafts or (not titled and len(_entries(lines[0].plain)) < 2):
        inline, below = _after_title(lines[0]) if drafts else None, [line for line in lines[1:] if line.text]
        if inline is None or any(markers.question_number(line.plain) for line in below):
            return None
        return _give(dict(inline), lines[0].number, drafts, below)
    rows = [line for line in lines[titled:] if line.text]
    found: dict[int, str] = {}
    others: list[Line] = []
    places: dict[int, int] = {}
    for row in rows:
        entries = _entries(row.plain) or _row(row)
        if not entries and not found:
            return None  # a label, or a title, with something else below it
        is_again = any(found.get(number, answer) != answer for number, answer in entries)
        others += [row] if is_again or not entries else []
        for number, answer in [] if is_again else entries:
            found.setdefault(number, answer)
            places.setdefault(number, row.number)
    if not found or not _fits(found, drafts, titled):
        return None
    return _give(found, rows[0].number, drafts, others, places)


def read_answer_line(line: Line, drafts: Sequence[Draft]) -> list[Note] | None:
    """Give the answers that stand behind a title to the drafts, as above; None where none do."""
    found = dict(_after_title(line) or ())
    return _give(found, line.number, drafts, []) if found and _fits(found, drafts, titled=False) else None


def _after_title(line: Line) -> list[tuple[int, str]] | None:
    """The entries of a line that holds the title of a list and the list itself."""
    label = markers.label(line.plain)
    entries = _entries(line.plain[label[1] :]) if label and label[0] == "answer" else []
    return entries if len(entries) > 1 else None


def _fits(found: dict[int, str], drafts: Sequence[Draft], titled: bool) -> bool:
    numbers = {draft.number or place for place, draft in enumerate(drafts, start=1)}
    known = len(numbers & found.keys())
    return known >= 1 if titled and (len(found) > 1 or len(drafts) == 1) else known >= 2


def _entries(plain: str) -> list[tuple[int, str]]:
    """The short answers of a line, if it holds nothing else."""
    found, position = [], 0
    for entry in ENTRY.finditer(plain):
        if not BETWEEN.fullmatch(plain[position : entry.start()]):
            return []
        found.append((int(entry["number"]), entry["answer"]))
        position = entry.end()
    return found if BETWEEN.fullmatch(plain[position:]) else []


def _row(line: Line) -> list[tuple[int, str]]:
    row = ROW.fullmatch(line.plain)
    return [(int(row["number"]), line.text[row.start("answer") :])] if row else []


def _give(
    found: dict[int, str],
    line: int,
    drafts: Sequence[Draft],
    others: Sequence[Line],
    places: dict[int, int] | None = None,
) -> list[Note]:
    by_number: dict[int, list[Draft]] = {}
    for place, draft in enumerate(drafts, start=1):
        by_number.setdefault(draft.number or place, []).append(draft)
    notes = [Note(f"“{other.text[:60]}” in the list of answers is left out.", other.number) for other in others]
    for number, answer in found.items():
        place = (places or {}).get(number, line)
        of_number = by_number.get(number, [])
        if len(of_number) == 1:
            of_number[0].answers.append((place, answer))
            of_number[0].guess(f"took “{answer}” for question {number} from the list of answers.", place)
        elif of_number:
            for draft in of_number:
                told = f"one answer for {len(of_number)} questions with the number {number}"
                draft.warn(f"the list of answers has {told}; it is not used.", place)
        else:
            notes.append(Note(f"the list of answers names question {number}, which is not there.", place))
    return notes
