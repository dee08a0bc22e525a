"""What a line of a pasted test begins with: the number of a question, the letter of an option, a label."""

import re
from dataclasses import dataclass
from typing import Literal

from quizapp.formats.pasted import words

Kind = Literal["answer", "explanation", "hint", "points", "model", "other"]

# How looks are written in plain text; the importers of rich text write them so, and chats do.
LOOKS = {"**": "bold", "++": "underlined", "==": "highlighted", "%%": "coloured"}
AROUND = r"(?:\*\*|\+\+|==|%%|__)?"

RIGHT_SIGNS = "✓✔✅☑🗹🗸"
WRONG_SIGNS = "✗✘❌✖"
OPEN_BOXES = "☐□▢◻⬜○◯❍"
FULL_BOXES = "☑☒🗹■◼◉⦿●🔘"
BULLETS = "•◦▪‣·∙●○*+–—-"
SEQUENCES = (
    "abcdefghijklmnopqrstuvwxyz",
    "αβγδεζηθικλμ",
    "абвгдежзиклмн",
    "אבגדהוזחטי",
    "أبجدهوزحطي",
    "甲乙丙丁戊己庚辛",
)
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")

QUESTION = re.compile(
    rf"(?:#{{1,6}}\s+)?{AROUND}(?:(?P<word>{words.QUESTION})\.?\s*#?\s*(?P<worded>\d{{1,4}})"
    rf"\s*(?:题|問|问)?\s*(?:/\s*\d+|of\s+\d+)?\s*{AROUND}(?:[.):,\-–—]|\s|$)"
    rf"|\(\s*(?P<inside>\d{{1,4}})\s*\)|\[\s*(?P<boxed>\d{{1,4}})\s*\]"
    rf"|#?(?P<number>\d{{1,4}})\s?(?P<close>[.):、])(?=\s|{AROUND}[^\W\d]|\W|$)(?!\d)"
    rf"){AROUND}\s*[:.]?\s*{AROUND}",
    re.IGNORECASE,
)
ASKED = re.compile(rf"(?:#{{1,6}}\s+)?{AROUND}{words.QUESTION}\s*:\s*{AROUND}", re.IGNORECASE)
_LETTERS = "".join(SEQUENCES)
LETTERED = re.compile(
    rf"(?P<sign>(?:[*{RIGHT_SIGNS}→➔➤➜]\s*)?)(?P<look>{AROUND})"
    rf"(?:\(\s*(?P<inside>[{_LETTERS}]|[ivx]{{1,4}})\s*\)|\[\s*(?P<boxed>[a-hA-H])\s*\]"
    rf"|(?P<letter>[{_LETTERS}]|[ivx]{{2,4}})\s?(?:[.):](?=\s|$|\S)|\s[-–—](?=\s)))",
    re.IGNORECASE,
)
BOXED = re.compile(
    rf"(?P<bullet>[-*+•]\s+)?(?:(?P<box>[{OPEN_BOXES}{FULL_BOXES}{RIGHT_SIGNS}{WRONG_SIGNS}])\ufe0f?|"
    r"(?P<open>[\[(])\s?(?P<in>[xX✓✔*]?)\s?[\])])(?=\s|$|\w)"
)
BULLETED = re.compile(rf"(?P<bullet>[{BULLETS}]|o(?=\s\s))\s+(?=\S)")
NUMBERED = re.compile(r"(?:\((?P<inside>\d{1,2})\)|(?P<number>\d{1,2})(?P<close>[.)]))\s+")

LONGEST_SUFFIX = 60  # characters
_LABELS: dict[Kind, str] = {
    "answer": words.ANSWER,
    "explanation": words.EXPLANATION,
    "hint": words.HINT,
    "points": words.POINTS,
    "model": words.MODEL,
    "other": words.OTHER,
}
LABEL = {
    kind: re.compile(
        rf"{AROUND}[_*]?{word}{AROUND}[_*]?"
        rf"(?:\s*(?:\((?:s|en|es)\))?\s*(?:[:=]|\s[-–—]\s|(?:\.|\)|>)\s){AROUND}[_*]?\s*|\s*[:=.]?\s*{AROUND}$)",
        re.IGNORECASE,
    )
    for kind, word in _LABELS.items()
}
BARE_ANSWER = re.compile(r"(?:answer|ans|key|antwort)\s+(?=\(?[a-h]\)?(?:$|[\s,]*[a-h]\)?$))", re.IGNORECASE)
BECAUSE = re.compile(rf"{words.BECAUSE}\s", re.IGNORECASE)
KEY_TITLE = re.compile(rf"[#*=+\-\s]*{words.KEY_TITLE}[#*=+\-\s:]*", re.IGNORECASE)
POINTS = re.compile(
    rf"\s*[(\[]\s*(?P<points>\d{{1,4}}(?:[.,]\d{{1,3}})?)\s*{words.POINTS_BEHIND}\s*[)\]]\s*[.:]?\s*", re.IGNORECASE
)
NUMBER_ONLY = re.compile(r"\s*(?P<points>\d{1,4}(?:[.,]\d{1,3})?)\b.*")
INSTRUCTION = re.compile(rf"(?:please\s+)?{words.INSTRUCTION}", re.IGNORECASE)
SECTION = re.compile(rf"(?:#{{1,6}}\s+\S|{words.SECTION}\b[\s:.]*\w{{0,5}}\b.{{0,80}}$|[-=_*~]{{3,}}$)", re.IGNORECASE)
SEVERAL = re.compile(words.SEVERAL, re.IGNORECASE)
GAP = re.compile(r"(?<!\w)_{2,}(?!\w)|(?<=\w)_{3,}(?!\w)|(?<!\w)_{3,}(?=\w)|\.{5,}|…{2,}|\[\s{2,}\]|\(\s{3,}\)|（\s+）")
_EITHER = rf"{words.TRUE}\s*{words.OR}\s*{words.FALSE}"
IN_BRACKETS = re.compile(
    rf"\s*[(\[]\s*{_EITHER}\s*[)\]]\s*[.:?]?|(?<=[.!?:\s])\s*\b{_EITHER}\s*[.:?]?$|^{_EITHER}\s*[.:?]\s*(?=\S)",
    re.IGNORECASE,
)
SUFFIX_RIGHT = re.compile(
    rf"\s*(?:[(\[{{<]+[-=\s]*(?:that is |this is )?(?:the )?{words.CORRECT}\s*!?[)\]}}>]+"
    rf"|(?:<[-=]+|←|⇐|⟵|<<)\s*(?:(?:{words.CORRECT}|this(?: one)?)(?:\s+answer)?)?"
    rf"|\s[-–—]\s*(?:correct|right|richtig)(?:\s+answer)?!?|[{RIGHT_SIGNS}]\ufe0f?|(?<=[^\s*])\s?\*(?!\*))\s*\.?$",
    re.IGNORECASE,
)
SUFFIX_WRONG = re.compile(rf"\s*(?:[(\[]\s*{words.WRONG}\s*[)\]]|[{WRONG_SIGNS}]\ufe0f?)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """The marker of a question: its number, how it is written, and where the text after it begins."""

    number: int
    style: str
    end: int


@dataclass(frozen=True, slots=True)
class Letter:
    """The marker of an option: its letter in lower case and the style, where the text begins, a sign before it."""

    letter: str
    style: str
    end: int
    sign: str = ""


def question_number(plain: str) -> Number | None:
    """The number that a line begins with, if it is written as that of a question may be."""
    found = QUESTION.match(plain)
    if not found:
        return None
    digits = found["worded"] or found["inside"] or found["boxed"] or found["number"]
    style = "word" if found["word"] else "()" if found["inside"] else "[]" if found["boxed"] else found["close"]
    return Number(int(digits), style, found.end())


def option_letter(plain: str) -> Letter | None:
    """The letter that a line begins with, if it is written as that of an option may be."""
    found = LETTERED.match(plain)
    if not found:
        return None
    letter = found["inside"] or found["boxed"] or found["letter"]
    style = ("()" if found["inside"] else "[]" if found["boxed"] else plain[found.end() - 1]) + (
        "A" if letter.isupper() else "a"
    )
    return Letter(letter.lower(), style, found.end(), found["sign"].strip())


def place_of(letter: str) -> int | None:
    """Which option a letter names, from 1; None for what is no letter of a sequence."""
    letter = letter.lower()
    if len(letter) == 1:
        return next((row.index(letter) + 1 for row in SEQUENCES if letter in row), None)
    return ROMAN.index(letter) + 1 if letter in ROMAN else None


def label(plain: str) -> tuple[Kind, int] | None:
    """What a line is labelled as, and where its text begins."""
    for kind, pattern in LABEL.items():
        found = pattern.match(plain)
        if found:
            return kind, found.end()
    found = BARE_ANSWER.match(plain)
    return ("answer", found.end()) if found else None


def behind(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """What a pattern finds at the end of a text; only so many characters are looked at."""
    return pattern.search(text, max(0, len(text) - LONGEST_SUFFIX))


def peeled(text: str) -> tuple[str, frozenset[str]]:
    """A text without the signs of looks around it, and the looks that all of it has."""
    looks: set[str] = set()
    text = text.strip()
    for _ in LOOKS:
        sign = next((one for one in LOOKS if _is_around(one, text)), None)
        if sign is None:
            break
        looks.add(LOOKS[sign])
        text = text[2:-2].strip()
    return text, frozenset(looks)


def _is_around(sign: str, text: str) -> bool:
    inner = text[2:-2]
    return len(text) > 4 and text.startswith(sign) and text.endswith(sign) and sign not in inner and bool(inner.strip())
