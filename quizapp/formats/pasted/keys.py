"""Which answers of a draft are right, from all that says so; where that says two things, or nothing, it is asked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizapp.formats.contract import Asked
from quizapp.formats.pasted import markers
from quizapp.formats.pasted.drafts import Draft, Option, is_one_list
from quizapp.formats.pasted.lines import WIDE
from quizapp.formats.pasted.truths import pair_of

JOINED = re.compile(r"\s*(?:,|;|&|\+|/|\band\b|\bund\b|\bet\b|\ben\b|、|，|\s)\s*", re.IGNORECASE)
LETTER = re.compile(r"[(\[]?([^\W\d_]|[ivx]{2,4})[)\].:]?", re.IGNORECASE)
LETTERS = re.compile(r"[A-H]{2,6}")
LETTER_AND_TEXT = re.compile(r"[(\[]?(?P<letter>[A-Za-z])(?:[)\]]\s*[.:,\-–—]?|\s?[.:,]|\s+[-–—])\s*(?P<text>\S.*)")
NUMBER = re.compile(r"[(\[]?(\d{1,2})[)\].]?")
UNSURE = re.compile(r"\b(?:or|oder|ou|or maybe|perhaps|maybe|vielleicht)\b|\?|…", re.IGNORECASE)
PUNCTUATION = re.compile(r"[\s.,;:!?'\"“”‘’„«»()]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that says which options are right: positions from 1, and what it was, as a sentence."""

    right: frozenset[int]
    text: str
    line: int
    is_guess: bool = True


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that was said of the answer and names none of the options, or one of two."""

    why: str


def right_options(draft: Draft) -> tuple[frozenset[int], Asked | None]:
    """The positions of the right options; with an `Asked` in their place where they are not known.

    What was guessed is named in the draft.
    """
    found: list[Evidence] = []
    unknown: list[Unknown] = []
    for one in (*_marked(draft), *_looking(draft), *_named(draft)):
        if isinstance(one, Unknown):
            unknown.append(one)
        else:
            found.append(one)
    sets = {one.right for one in found}
    if len(sets) == 1 and not unknown:
        for one in found:
            if one.is_guess:
                draft.guess(one.text, one.line)
        return found[0].right, None
    return frozenset(), _asked(draft, found, unknown)


def _asked(draft: Draft, found: Sequence[Evidence], unknown: Sequence[Unknown]) -> Asked:
    if unknown:
        why = unknown[0].why
    elif found:
        told = "; ".join(f"line {one.line} {_letters(one.right, draft.options)}" for one in found)
        why = f"two things are said of the key: {told}."
    else:
        why = "nothing says which choice is right."
    several = bool(markers.SEVERAL.search(draft.stem_text)) or any(len(one.right) > 1 for one in found)
    return Asked(why, tuple(option.text for option in draft.options), several)


def _letters(right: frozenset[int], options: Sequence[Option]) -> str:
    return "says " + " and ".join(f"“{_short(options[place - 1].text)}”" for place in sorted(right))


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _marked(draft: Draft) -> list[Evidence]:
    """What signs before or behind the options say, and boxes."""
    options = draft.options
    found = []
    if is_one_list(options):
        for option in options:
            option.mark = ""
    right = _places(option.mark == "right" for option in options)
    wrong = _places(option.mark == "wrong" or option.box == "crossed" for option in options)
    if right:
        first = options[min(right) - 1]
        found.append(Evidence(right, f"took what is marked with {first.by} as right.", first.line))
    elif wrong and len(options) - len(wrong) == 1:
        rest = frozenset(range(1, len(options) + 1)) - wrong
        found.append(Evidence(rest, "took the one that is not marked as wrong as right.", options[min(rest) - 1].line))
    full = _places(option.box == "full" for option in options) or _places(option.box == "x" for option in options)
    if full and len(full) < len(options):
        first = options[min(full) - 1]
        found.append(Evidence(full, f"took what is ticked ({first.by}) as right.", first.line))
    return found


def _looking(draft: Draft) -> list[Evidence]:
    """What the looks of the options say: those that some of them have and others have not."""
    found = []
    for look in markers.LOOKS.values():
        having = _places(look in option.looks for option in draft.options)
        if having and len(having) < len(draft.options):
            one = f"the {look} one" if len(having) == 1 else f"the {look} ones"
            found.append(Evidence(having, f"took {one} as right.", draft.options[min(having) - 1].line))
    return found


def _places(which: Iterable[bool]) -> frozenset[int]:
    return frozenset(place for place, is_so in enumerate(which, start=1) if is_so)


def _named(draft: Draft) -> list[Evidence | Unknown]:
    """What lines such as `Answer: B` say."""
    return [_read_answer(draft, line, text) for line, text in draft.answers if text.strip(" .*_")]


def _read_answer(draft: Draft, line: int, text: str) -> Evidence | Unknown:
    text = markers.peeled(text)[0].strip().strip("*_").strip()
    text = text if len(text) > 3 else text.translate(WIDE)
    by_text = _by_text(text, draft.options)
    by_letter = _by_letters(text, draft.options)
    if by_text and by_letter and by_text != by_letter:
        return Unknown(f"“{_short(text)}” on line {line} can be the letter of one choice and the text of another.")
    if by_letter or by_text:
        counted = bool(by_letter) and not any(option.place for option in draft.options)
        told = (
            f"counted the choices from A, and took “{text}” as right."
            if counted
            else f"read “{text}” as the right choices."
        )
        is_run = bool(LETTERS.fullmatch(text)) and len(text) > 1
        return Evidence(by_letter or by_text, told, line, is_guess=counted or is_run)
    both = LETTER_AND_TEXT.fullmatch(text)
    if both:
        return _by_letter_and_text(draft, line, both)
    several = [_by_text(part, draft.options) for part in re.split(r"\s*[;,]\s*|\s+(?:and|und|et|y)\s+", text)]
    if len(several) > 1 and all(several):
        return Evidence(frozenset().union(*several), f"read “{_short(text)}” as several right choices.", line)
    return Unknown(f"“{_short(text)}” on line {line} names none of the choices.")


def _by_letter_and_text(draft: Draft, line: int, both: re.Match[str]) -> Evidence | Unknown:
    """An answer such as `B) Paris`, or `B. Because …`, whose text then is an explanation."""
    right = _by_letters(both["letter"], draft.options)
    others = _by_text(both["text"], draft.options)
    if not right or (others and others != right) or UNSURE.search(both["text"][:12]):
        return Unknown(f"“{_short(both[0])}” on line {line} does not say clearly which choice is meant.")
    meant = _plain(draft.options[min(right) - 1].text)
    said = _plain(both["text"])
    if others or meant.startswith(said) or said.startswith(meant):
        return Evidence(right, "", line, is_guess=False)
    if _by_letters(both["text"], draft.options):
        return Unknown(f"“{_short(both[0])}” on line {line} does not say clearly which choice is meant.")
    draft.explanation.insert(0, [both["text"]])
    return Evidence(right, f"took “{_short(both['text'])}” behind the letter as the explanation.", line)


def _by_text(text: str, options: Sequence[Option]) -> frozenset[int]:
    """The option that says the same; none where none or two do. Letters stand for true and false."""
    plain, pair = _plain(text), pair_of(text)
    equal = _places(bool(plain) and _plain(option.text) == plain for option in options)
    if len(equal) == 1:
        return equal
    if pair and len(options) == 2 and pair != ("yes", "no"):
        is_first = text.strip().rstrip(".").casefold() == pair[0]
        truths = [pair_of(option.text) for option in options]
        firsts = [
            bool(known) and option.text.casefold() == known[0]
            for option, known in zip(options, truths, strict=True)
            if known
        ]
        if len(firsts) == 2 and sum(firsts) == 1:
            return frozenset({firsts.index(is_first) + 1})
    return frozenset()


def _plain(text: str) -> str:
    return PUNCTUATION.sub(" ", text.casefold()).strip() or text.strip()


def _by_letters(text: str, options: Sequence[Option]) -> frozenset[int]:
    """The options that letters or numbers name, as they are written before them; else counted; none where unclear."""
    parts = list(text) if LETTERS.fullmatch(text) else [part for part in JOINED.split(text) if part]
    found: set[int] = set()
    for part in parts[: len(options) + 1]:
        letter, number = LETTER.fullmatch(part), NUMBER.fullmatch(part)
        if letter:
            places = _with_letter(letter[1], options)
        else:
            meant = int(number[1]) if number and options[0].style.startswith("1") else None
            places = [place for place, option in enumerate(options, 1) if option.place == meant]
        if len(places) != 1:
            return frozenset()
        found.add(places[0])
    return frozenset(found) if len(parts) <= len(options) else frozenset()


def _with_letter(letter: str, options: Sequence[Option]) -> list[int]:
    lettered = [option for option in options if option.letter and not option.style.startswith("1")]
    if lettered:
        return [place for place, option in enumerate(options, 1) if option.letter == letter.lower()]
    if options[0].style in ("truth",) or options[0].style.startswith("1"):
        return []
    place = markers.place_of(letter)
    return [place] if place and place <= len(options) else []
