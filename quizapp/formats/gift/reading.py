"""GIFT text to the values of its questions.

The order of work is that of Moodle's importer (question/format/gift/format.php): comments, escapes, category, name,
answers between the first `{` and the first `}`, general feedback behind the last `####`, then the type. Escaped
characters stand as private ones until they are shown, so that nothing else takes them for signs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from quizapp.formats.gift.values import FORMATS, Answer, Entry, Format, Number, NumberAnswer, Text
from quizapp.source.writing import PLACEHOLDER

ESCAPES = {"\\": "\ue092", ":": "\ue058", "#": "\ue035", "=": "\ue061", "{": "\ue123", "}": "\ue125", "~": "\ue126",
           "n": "\ue010"}  # fmt: skip
SHOWN = str.maketrans({private: "\n" if sign == "n" else sign for sign, private in ESCAPES.items()})
ESCAPE = re.compile(r"\\([\\:#={}~n])")
PRIVATE = re.compile(f"[{PLACEHOLDER}{''.join(ESCAPES.values())}]")
WEIGHT = re.compile(r"%(-*\d{1,3}(?:\.\d{0,10})?)%")
ID = re.compile(r"(?<!\\)\[id:((?:[^\]\\]|\\.){1,255})\]")
TAG = re.compile(r"(?<!\\)\[tag:((?:[^\]\\<>`]|\\.){1,255})\]")
FORMAT = re.compile(r"\[(\w+)\]")
NUMERIC = re.compile(r"[-+]?(?:\d{1,60}(?:\.\d{0,60})?|\.\d{1,60})(?:[eE][-+]?\d{1,3})?")
LINE_END = re.compile(r"(?<![ \t])[ \t]*\n\s*")
# As Moodle's ordering writes it: how many lines are shown, which of them, how it looks, its rule, and the lines.
ORDER = re.compile(
    r">\s*(?P<count>\d+)[ \t]*(?P<which>ALL|EXACT|RANDOM|REL|CONTIGUOUS|CONTIG)?[ \t]*"
    r"(?:HORIZONTAL|HORI|VERTICAL|VERT|H|V)?[ \t]*(?P<rule>[A-Z_]{3,})?[^\n]*\n(?P<lines>.*\n.*)",
    re.DOTALL,
)
CLOZE = re.compile(r"\d*:[A-Z]{2}[A-Z_]*:")
TRUE, FALSE = ("T", "TRUE"), ("F", "FALSE")


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines between empty ones, comments apart, with the numbers of the first and last."""

    lines: tuple[str, ...]
    comments: tuple[str, ...]
    line: int
    end: int


def read_entries(text: str) -> list[Entry]:
    """The entries of a file, in order. Raises nothing."""
    return [_entry(block) for block in _blocks(text)]


def _blocks(text: str) -> Iterator[_Block]:
    lines: list[str] = []
    comments: list[str] = []
    first = 0
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip().startswith("//"):
            comments.append(line.strip())
        elif line.strip():
            first = first or number
            lines.append(line)
        elif lines:
            yield _Block(tuple(lines), tuple(comments), first, number - 1)
            lines, comments, first = [], [], 0


def _entry(block: _Block) -> Entry:
    told = "\n".join(block.comments)
    ids = ID.findall(told)
    entry = Entry(block.line, block.end, id=_unescaped(ids[0]) if ids else None)
    entry.tags = tuple(_unescaped(tag) for tag in TAG.findall(told))
    text = "\n".join(block.lines)
    if PRIVATE.search(text):
        entry.wrong = "it has characters of a private area. Take them out."
        return entry
    text = ESCAPE.sub(lambda found: ESCAPES[found[1]], text).strip()
    if text.startswith("$CATEGORY:"):
        entry.kind, (entry.title, _, rest) = "Category", text.removeprefix("$CATEGORY:").strip().partition("\n")
        entry.title = _shown(entry.title).strip()
        entry.wrong = "there is no empty line below this category." if rest.strip() else ""
        return entry
    _read_question(_without_title(text, entry), entry)
    return entry


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text).strip()


def _without_title(text: str, entry: Entry) -> str:
    if not text.startswith("::"):
        return text
    title, end, rest = text[2:].partition("::")
    if not end:
        return text[2:]
    entry.title = " ".join(_shown(title).split())
    return rest.strip()


def _read_question(text: str, entry: Entry) -> None:
    start, end = text.find("{"), text.find("}")
    if (start < 0) != (end < 0) or end < start:
        entry.wrong = "its braces do not match. A brace of the text is written `\\{`."
        return
    if start < 0:
        entry.stem = _text(text, "moodle")
        return
    if "{" in text[start + 1 : end] or "{" in text[end:] or "}" in text[end + 1 :]:
        entry.notes.append("it has braces beside those of its answers, which are shown. Write them `\\{` and `\\}`.")
    entry.has_gap = not text.endswith("}")
    before, after = text[:start], text[end + 1 :]
    entry.stem = _text(f"{before}{PLACEHOLDER if entry.has_gap else ''}{after}", "moodle")
    answers, mark, general = text[start + 1 : end].strip().rpartition("####")
    if mark:
        entry.general = _said(general, entry.stem.format)
    _read_answers(answers.strip() if mark else general, entry)


def _read_answers(answers: str, entry: Entry) -> None:
    """Decide on the type as Moodle does, and read the answers of it."""
    order = ORDER.fullmatch(answers)
    _require(not CLOZE.match(answers), "it has a gap of a cloze, which GIFT has not. Export it as Moodle XML.", entry)
    if not answers:
        entry.kind = "Essay"
    elif order:
        entry.kind = "Ordering"
        _read_order(order, entry)
    elif answers.startswith("#"):
        entry.kind = "Numerical"
        _read_numbers(answers[1:], entry)
    elif "~" in answers:
        entry.kind = "MC"
        entry.answers = [_choice(part, entry.stem.format) for part in _parted(answers.replace("=", "~="), "~")]
        _require(len(entry.answers) > 1, "it has fewer than two choices.", entry)
    elif "=" in answers and "->" in answers:
        entry.kind = "Matching"
        _read_pairs(answers, entry)
    elif answers.partition("#")[0].strip() in (*TRUE, *FALSE):
        _read_truth(answers, entry)
    else:
        entry.kind = "Short"
        if answers.upper().strip() in (*TRUE, *FALSE):
            entry.notes.append(f"“{answers}” is a text to type. For true or false write {{{answers.upper()}}}.")
        entry.answers = [_accepted(part, entry.stem.format) for part in _parted(answers, "=")]


def _require(is_so: bool, why: str, entry: Entry) -> None:
    if not is_so and not entry.wrong:
        entry.wrong = why


def _parted(text: str, sign: str) -> list[str]:
    """What stands between signs; nothing before the first one is nothing."""
    first, *others = [part.strip() for part in text.split(sign)]
    return [first, *others] if first else others


def _choice(written: str, format: Format) -> Answer:
    is_right = written.startswith("=")
    weight, rest = _weight(written.removeprefix("=").lstrip())
    text, feedback = _with_feedback(rest, format)
    return Answer(text, is_right, weight, feedback)


def _accepted(written: str, format: Format) -> Answer:
    weight, rest = _weight(written)
    text, feedback = _with_feedback(rest, format)
    return Answer(text, True, weight, feedback)


def _weight(written: str) -> tuple[Fraction | None, str]:
    """The weight that begins an answer, and the rest."""
    found = WEIGHT.match(written)
    if not found:
        return None, written
    sign = -1 if found[1].startswith("-") else 1
    return sign * Fraction(found[1].lstrip("-").rstrip(".")), written[found.end() :]


def _with_feedback(written: str, format: Format) -> tuple[Text, Text | None]:
    text, _, feedback = written.partition("#")
    return _text(text, format), _said(feedback, format)


def _said(written: str, format: Format) -> Text | None:
    text = _text(written, format)
    return text if text.text else None


def _read_numbers(answers: str, entry: Entry) -> None:
    right, mark, other = answers.partition("~")
    for part in _parted(right, "="):
        weight, rest = _weight(part)
        text, feedback = _with_feedback(rest, entry.stem.format)
        number = _number(text.text)
        entry.numbers.append(NumberAnswer(number, weight, feedback))
        hint = " Its decimals stand behind a point." if "," in text.text else ""
        _require(number is not None or text.text == "*", f"“{text.text[:40]}” is no number.{hint}", entry)
    _require(bool(entry.numbers), "it has no number.", entry)
    if mark:
        entry.numbers.append(NumberAnswer(None, Fraction(0), _with_feedback(other, entry.stem.format)[1]))


def _number(text: str) -> Number | None:
    if text.find("..") > 0:
        low, high = (part.strip() for part in text.split("..", 1))
        return Number(low, high=high) if NUMERIC.fullmatch(low) and NUMERIC.fullmatch(high) else None
    value, mark, off = (part.strip() for part in text.partition(":"))
    off = off if mark else "0"
    return Number(value, off) if NUMERIC.fullmatch(value) and NUMERIC.fullmatch(off) else None


def _read_pairs(answers: str, entry: Entry) -> None:
    for part in _parted(answers, "="):
        left, arrow, right = part.partition("->")
        _require(bool(arrow), f"a pair has no `->`: “{_shown(part)[:40]}”.", entry)
        entry.pairs.append((_text(left, entry.stem.format), _shown(right).strip()))
    _require(len(entry.pairs) > 1, "it has fewer than two pairs.", entry)


def _read_order(found: re.Match[str], entry: Entry) -> None:
    """The lines in their right order; Moodle may show some of them only."""
    lines = [line for line in found["lines"].split("\n") if line.strip()]
    entry.lines = [_text(line, entry.stem.format) for line in lines]
    entry.rule = found["rule"] or "RELATIVE"
    count = int(found["count"][:6])
    if found["which"] not in ("ALL", "EXACT") and 0 < count < len(lines):
        entry.notes.append(f"only {count} of its lines are shown there; here all {len(lines)} are put in order.")


def _read_truth(answers: str, entry: Entry) -> None:
    """The first feedback is said to who answered wrongly, the second to who answered rightly."""
    entry.kind = "TF"
    told, *feedback = answers.split("#", 2)
    entry.is_true = told.strip() in TRUE
    wrong, right = [*(_said(one, entry.stem.format) for one in feedback), None, None][:2]
    entry.feedback = wrong, right


def _text(written: str, default: Format) -> Text:
    """A text with the format that it begins with, or that of its question; a line end of the file is a space where
    the format does not say otherwise.
    """
    text, format = written.strip(), default
    found = FORMAT.match(text)
    if found and found[1] in FORMATS:
        format = next(one for one in FORMATS if one == found[1])
        text = text[found.end() :].strip()
    if format in ("moodle", "plain"):
        text = LINE_END.sub(" ", text)
    return Text(_shown(text).strip(), format)


def _shown(text: str) -> str:
    return text.translate(SHOWN)
