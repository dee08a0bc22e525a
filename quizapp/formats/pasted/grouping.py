"""The lines of a pasted test to its drafts: where a question begins, and what each line belongs to."""

import re
from collections.abc import Sequence
from dataclasses import replace

from quizapp.formats.contract import Note
from quizapp.formats.pasted import answer_lists, markers
from quizapp.formats.pasted.drafts import MOST_OPTIONS, Draft, Option, read_option
from quizapp.formats.pasted.lines import Line
from quizapp.formats.pasted.splitting import split_options
from quizapp.formats.pasted.truths import true_false_options

ASKS = re.compile(r"[?:？：؟…]$|_{2,}")
LOOSE = ("box", "bullet")  # lists of these may be mixed: ticks among bullets


class Grouper:
    """Reads lines one after the other; `drafts` and `notes` are what came of them."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = [part for line in lines for part in [line]]
        self.drafts: list[Draft] = []
        self.notes: list[Note] = []
        self.styles = question_styles(lines)
        self.part = "stem"  # what a line without a marker goes on
        self.gap = False  # whether an empty line stands above
        self.position = 0

    def read(self) -> None:
        """Read all lines."""
        while self.position < len(self.lines):
            line = self.lines[self.position]
            self.position += 1
            if not line.text.strip() and not line.is_code:
                self.gap = True
            elif self._is_answer_list(line):
                break
            elif self._is_answer_line(line):
                self.gap = True
            else:
                self._take(line)
                self.gap = False
                if self.drafts:
                    self.drafts[-1].end = max(self.drafts[-1].end, line.number)

    @property
    def draft(self) -> Draft | None:
        """The question that is being read."""
        return self.drafts[-1] if self.drafts else None

    def _take(self, line: Line) -> None:
        if line.is_code:
            self._code(line)
            return
        text, looks = markers.peeled(line.text)
        number = markers.question_number(Line(0, text).plain)
        if number and self._is_question(line, number):
            self._begin(line, number.number, looks)
            line = replace(
                line,
                text=text[number.end :].strip().removesuffix("**")
                if "**" in text[: number.end]
                else text[number.end :].strip(),
            )
            if not line.text:
                return
        elif self._labelled(line):
            return
        elif self._may_begin() and (asked := markers.ASKED.match(line.plain)):
            self._begin(line, None)
            line = line.rest(asked.end())
        if line.text:
            self._content(line)

    def _content(self, line: Line) -> None:
        """What a line says beside its number: options, or text that may end in options."""
        parts = split_options(line, self._following())
        if len(parts) > 1 and (self.draft or self._may_begin()):
            for part in parts:
                if not self._option(part):
                    self._text(part)
        elif not self._option(line):
            self._text(line)

    def _begin(self, line: Line, number: int | None, looks: frozenset[str] = frozenset()) -> None:
        self.drafts.append(Draft(line.number, line.number, number, looks=looks))
        self.part = "stem"

    def _may_begin(self) -> bool:
        """Whether text may begin a question here: only where questions have no numbers."""
        return not self.styles

    def _is_question(self, line: Line, number: markers.Number) -> bool:
        if number.style in self.styles:
            return not self._is_numbered_option(line, number)
        draft = self.draft  # somebody wrote `2)` after `1.`
        is_next = bool(self.styles and draft and draft.has_answers and draft.number == number.number - 1)
        return is_next and not (draft and draft.options and draft.options[0].style.startswith("1"))

    def _is_numbered_option(self, line: Line, number: markers.Number) -> bool:
        """Whether a number in the style of questions is that of an option: indented, and counted from 1."""
        draft = self.draft
        if draft is None or self.part in ("answer", "explanation"):
            return False
        start = self._indent_of(draft)
        return line.indent > start + 1 and number.number == len(draft.options) + 1

    def _indent_of(self, draft: Draft) -> int:
        return next((line.indent for line in self.lines if line.number == draft.line), 0)

    # Labels.

    def _labelled(self, line: Line) -> bool:
        found = markers.label(line.plain)
        draft = self.draft
        if not found or draft is None or (not draft.stem and found[0] != "points"):
            return False
        kind, end = found
        if kind == "answer" and self._is_stem_line(line, end):
            return False
        text = line.text[end:].strip()
        getattr(self, f"_take_{kind}")(draft, line, text.removesuffix("**").strip() if text.count("**") == 1 else text)
        return True

    def _is_stem_line(self, line: Line, end: int) -> bool:
        """Whether what looks like a label is the sentence before the options: `Which is correct` is none."""
        return not line.text[end:].strip() and line.plain.endswith("?")

    def _take_answer(self, draft: Draft, line: Line, text: str) -> None:
        draft.answers.append((line.number, text))
        self.part = "answer"

    def _take_explanation(self, draft: Draft, line: Line, text: str) -> None:
        if draft.options and not draft.answers and self.part == "option" and not self.gap:
            draft.options[-1].feedback.append(text)  # of this option, if another one follows
            self.part = "feedback"
        else:
            draft.explanation.append([text] if text else [])
            self.part = "explanation"

    def _take_hint(self, draft: Draft, line: Line, text: str) -> None:
        draft.hints.append(text)
        self.part = "hint"

    def _take_model(self, draft: Draft, line: Line, text: str) -> None:
        draft.model.append(text)
        self.part = "model"

    def _take_points(self, draft: Draft, line: Line, text: str) -> None:
        found = markers.NUMBER_ONLY.fullmatch(text)
        if found:
            draft.points = found["points"]
        else:
            draft.warn(f"“{line.text}” is left out: it holds no number of points.", line.number)

    def _take_other(self, draft: Draft, line: Line, text: str) -> None:
        draft.warn(f"“{_short(line.text)}” is left out: there is no place for it.", line.number)
        self.part = "other"

    # Options.

    def _option(self, line: Line) -> bool:
        draft = self.draft
        if (draft is None and not self._may_begin()) or (draft and len(draft.options) > MOST_OPTIONS):
            return False
        lettered = [one for one in draft.options if one.place] if draft else []
        found = read_option(line, len(lettered) + 1, lettered[0].style if lettered else "")
        if found is None and draft:
            truths = true_false_options(line)
            if truths and self._takes_truths(draft, truths):
                draft.options += truths
                self.part = "option"
                return True
            found = self._numbered(line, draft)
        if found is None or self.part in ("explanation", "model") or not self._fits(draft, found):
            return False
        if draft is None:
            return False
        draft.options.append(found)
        self.part = "option"
        return True

    def _takes_truths(self, draft: Draft, truths: Sequence[Option]) -> bool:
        if self.part not in ("stem", "option") or not draft.stem:
            return False
        return not draft.options or (len(draft.options) == 1 and draft.options[0].style == truths[0].style == "truth")

    def _numbered(self, line: Line, draft: Draft) -> Option | None:
        """An option that is counted, in another style than the questions or further in."""
        found = markers.NUMBERED.match(line.plain)
        if not found or not draft.stem or self.part not in ("stem", "option"):
            return None
        place = int(found["inside"] or found["number"])
        style = "1()" if found["inside"] else f"1{found['close']}"
        if place != len(draft.options) + 1 or (draft.options and draft.options[0].style != style):
            return None
        text, looks = markers.peeled(line.text[found.end() :])
        option = Option(line.number, [text], place, str(place), style, looks=looks)
        right = markers.behind(markers.SUFFIX_RIGHT, text)
        if right and right.start():
            option.texts, option.mark, option.by = [text[: right.start()].rstrip()], "right", f"“{right[0].strip()}”"
        return option

    def _fits(self, draft: Draft | None, found: Option) -> bool:
        if draft is None or not draft.options:
            return draft is not None and (bool(draft.stem) or bool(found.place))
        first = draft.options[0]
        if found.place and first.style.startswith("bullet") and not any(one.place or one.mark for one in draft.options):
            _give_back(draft)
            return True
        if draft.answers and self.part != "option":
            return False
        if first.style.startswith(LOOSE) and found.style.startswith(LOOSE):
            return True
        is_lettered = bool(first.place) and bool(found.place) and not first.style.startswith("1")
        return first.style == found.style or is_lettered

    def _following(self) -> str:
        """The letter that the next line with text begins with."""
        for line in self.lines[self.position : self.position + 2]:
            if line.text:
                found = markers.option_letter(line.plain)
                return found.letter if found else ""
        return ""

    # Text without a marker.

    def _text(self, line: Line) -> None:
        if self._begins_question(line):
            self._begin(line, None)
            if self.styles:
                self.drafts[-1].guess("took this line, which has no number, as a question.", line.number)
        draft = self.draft
        if draft is None:
            self.notes.append(
                Note(f"“{_short(line.text)}” stands before the first question and is left out.", line.number)
            )
        elif self.part == "stem":
            self._stem(draft, line)
        elif (self.gap and self.part != "explanation") or self._is_apart(line):
            self._apart(draft, line)
        else:
            self._go_on(draft, line)

    def _stem(self, draft: Draft, line: Line) -> None:
        if self.gap or not draft.stem:
            draft.stem.append([])
        draft.stem[-1].append(line)

    def _is_apart(self, line: Line) -> bool:
        """Whether a line cannot go on what stands above it: a title, or what is said to learners."""
        return bool(markers.SECTION.match(line.plain) or (self.gap and markers.INSTRUCTION.match(line.plain)))

    def _apart(self, draft: Draft, line: Line) -> None:
        self.part = "apart"
        if not re.fullmatch(r"[-=_*~\s]+", line.text):
            self.notes.append(Note(f"“{_short(line.text)}” belongs to no question and is left out.", line.number))

    def _go_on(self, draft: Draft, line: Line) -> None:
        """A line that goes on the part above it."""
        if self.part in ("option", "answer", "explanation"):
            getattr(self, f"_go_on_{self.part}")(draft, line)
        elif self.part == "feedback":
            draft.options[-1].feedback[-1] += f" {line.text}"
        elif self.part == "hint":
            draft.hints[-1] = f"{draft.hints[-1]} {line.text}".strip()
        elif self.part == "model":
            draft.model.append(line.text)
        elif self.part == "other":
            draft.warn(f"“{_short(line.text)}” is left out: there is no place for it.", line.number)
        else:
            self._apart(draft, line)

    def _go_on_option(self, draft: Draft, line: Line) -> None:
        if markers.BECAUSE.match(line.plain):
            draft.options[-1].feedback.append(line.text)
            self.part = "feedback"
        else:
            draft.options[-1].texts.append(line.text)

    def _go_on_answer(self, draft: Draft, line: Line) -> None:
        if not draft.answers[-1][1]:
            draft.answers[-1] = (line.number, line.text)
            return
        if not markers.BECAUSE.match(line.plain):
            draft.guess("took the text below the answer as the explanation.", line.number)
        draft.explanation.append([line.text])
        self.part = "explanation"

    def _go_on_explanation(self, draft: Draft, line: Line) -> None:
        if self.gap or not draft.explanation[-1]:
            draft.explanation.append([])
        draft.explanation[-1].append(line.text)

    def _begins_question(self, line: Line) -> bool:
        """Whether a line without a marker begins a question, where questions have no numbers."""
        draft = self.draft
        if not self._may_begin():
            return self._lost_its_number(line, draft)
        if self._is_heading(line):
            return False
        if draft is None:
            return not (
                markers.INSTRUCTION.match(line.plain) and not ASKS.search(line.plain) and not self._is_before_options()
            )
        if self.part == "stem":
            return self.gap and bool(draft.stem) and self._is_whole(draft, line)
        if self.part == "option" and not self.gap:
            return self._is_before_options(restart=True) or bool(
                draft.options[0].place and ASKS.search(line.plain) and self._is_before_options()
            )
        if self.part in ("answer", "explanation", "feedback") and not self.gap:
            return bool((draft.answers and draft.answers[-1][1]) or self.part != "answer") and self._is_before_options()
        return self.gap or self.part == "apart"

    def _lost_its_number(self, line: Line, draft: Draft | None) -> bool:
        """Whether a line asks and has options below it, among questions with numbers."""
        return bool(draft and draft.has_answers and line.plain.endswith("?") and self._is_before_options())

    def _is_heading(self, line: Line) -> bool:
        return bool(markers.SECTION.match(line.plain)) and not ASKS.search(line.plain)

    def _is_whole(self, draft: Draft, line: Line) -> bool:
        """Whether what was asked is whole without marked options: a question with lines below it, or one by itself."""
        last = draft.stem[-1]
        if markers.INSTRUCTION.match(last[0].plain) and len(draft.stem) == 1 and not ASKS.search(last[-1].plain):
            self.drafts.pop()
            self.notes += [
                Note(f"“{_short(one.text)}” belongs to no question and is left out.", one.number) for one in last
            ]
            return True
        asks = bool(ASKS.search(last[0].plain))
        return asks and (len(last) > 2 or bool(ASKS.search(line.plain)))

    def _is_before_options(self, restart: bool = False) -> bool:
        """Whether the next line is an option; with `restart`, one with the first letter."""
        following = [line for line in self.lines[self.position : self.position + 3] if line.text][:2]
        if not following:
            return False
        letter = markers.option_letter(following[0].plain)
        if letter and markers.place_of(letter.letter) == 1:
            return True
        if restart or letter:
            return False
        return bool(
            markers.BOXED.match(following[0].plain)
            or markers.BULLETED.match(following[0].plain)
            or true_false_options(following[0])
        )

    def _code(self, line: Line) -> None:
        draft = self.draft
        if draft is None:
            self.notes.append(Note("code before the first question is left out.", line.number))
        elif self.part == "stem":
            if not draft.stem or not draft.stem[-1] or not draft.stem[-1][-1].is_code:
                draft.stem.append([])
            draft.stem[-1].append(line)
        else:
            draft.warn(
                f"the line of code “{_short(line.text)}” stands below the question and is left out.", line.number
            )

    # The list of answers at the end.

    def _is_answer_list(self, line: Line) -> bool:
        if not self.drafts or not answer_lists.may_begin(line):
            return False
        found = answer_lists.read_answer_list(self.lines[self.position - 1 :], self.drafts)
        if found is None:
            return False
        self.notes += found
        return True

    def _is_answer_line(self, line: Line) -> bool:
        """Whether a line gives the answers of the questions above it, and others follow; not those of pairs in one."""
        found = answer_lists.read_answer_line(line, self.drafts) if self.drafts and self.drafts[-1].options else None
        self.notes += found or []
        return found is not None


def question_styles(lines: Sequence[Line]) -> frozenset[str]:
    """In which styles the numbers of questions are written; none where questions have no numbers."""
    numbers = []
    for place, line in enumerate(lines):
        if not line.is_code:
            number = markers.question_number(Line(0, markers.peeled(line.text)[0]).plain)
            numbers += [(place, number)] if number else []
    if not numbers:
        return frozenset()
    if any(number.style == "word" for _, number in numbers):
        return frozenset({"word"})
    place, first = numbers[0]
    above = lines[place - 1].text if place else ""
    has_letters = any(markers.option_letter(line.plain) or markers.BOXED.match(line.plain) for line in lines)
    follows = any(
        number.number == first.number + 1 and number.style == first.style and inner == place + 1
        for inner, number in numbers
    )
    if not has_letters and above and follows and first.number == 1 and not markers.INSTRUCTION.match(above):
        return frozenset()  # they count the options
    return frozenset({first.style})


def _give_back(draft: Draft) -> None:
    """Make a list that was taken for the options part of what is asked again; what stood below it too."""
    last = draft.options[-1]
    draft.stem.append([Line(one.line, f"• {one.texts[0] if one is last else one.text}") for one in draft.options])
    draft.stem += [[Line(last.line, text) for text in last.texts[1:]]] if last.texts[1:] else []
    draft.options.clear()


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
