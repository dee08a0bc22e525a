"""A draft without options: true and false, gaps, answers to type, texts that a person marks."""

import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from quizapp.formats.contract import Asked, Said
from quizapp.formats.escaping import shown
from quizapp.formats.pasted import markers, values
from quizapp.formats.pasted.drafts import Draft, Option
from quizapp.formats.pasted.prompts import GAP, explanation, paragraphs, put_in_place
from quizapp.formats.pasted.truths import pair_of, shown_pair
from quizapp.formats.writing import Parts, choice
from quizapp.questions.blanks import REFERENCES
from quizapp.questions.choices import round_marker
from quizapp.questions.numbers import read_key
from quizapp.questions.typed import write_value

LONG_ANSWER = 120  # characters; a longer one is a model answer
MANY_WORDS = 8  # a longer sentence is a model answer too
WORD = re.compile(r"[(“\"]?[^\W\d_]+(?:['’-][^\W\d_]+)*[)”\"]?[.,;:!?]?")
LETTER = re.compile(r"[(\[]?[A-Ha-h][)\].]?")


def typed_of(draft: Draft, said: Said | None) -> Parts | Asked | str:
    """Its parts; what has to be said first, or why it is refused."""
    if said and said.by_person:
        return _essay(draft, [])
    is_told = _take_true_or_false(draft)
    texts = _texts(draft, said)
    if draft.model or (len(texts) == 1 and _is_model(texts[0])):
        draft.guess("took it as a text that a person marks, with one line of rubric for all points.")
        return _essay(draft, [" ".join(draft.model or texts)])
    gaps = sum(len(markers.GAP.findall(line.text)) for line in draft.stem_lines if not line.is_code)
    if not texts and is_told:
        return Asked("nothing says what the answer is.", ("True", "False"))
    if not texts:
        return Asked("nothing says what the answer is.", blanks=gaps)
    if gaps:
        return _gaps(draft, texts, gaps)
    if len(texts) == 1 and pair_of(texts[0]):
        return _true_false(draft, texts[0], is_told)
    if LETTER.fullmatch(texts[0]):
        return f"“{texts[0]}” names a choice, and there is none. Write each on a line of its own, with its letter."
    return _typed(draft, texts)


def _is_model(text: str) -> bool:
    """Whether an answer is too long to be typed to the letter: by its characters, or as a sentence by its words."""
    words = text.split()
    plain = sum(bool(WORD.fullmatch(word)) for word in words)
    return len(text) > LONG_ANSWER or (len(words) > MANY_WORDS and plain >= len(words) - 1)


def _texts(draft: Draft, said: Said | None) -> list[str]:
    """The answers, as the draft or a person says them."""
    told = said.texts if said else ()
    if said and said.right in ((1,), (2,)):
        told = (("True", "False")[said.right[0] - 1],)
    return [text for text in told if text.strip()] or [text for _, text in draft.answers if text.strip()]


def _take_true_or_false(draft: Draft) -> bool:
    """Take a note such as `(True/False)` off what is asked; whether there was one."""
    for line in draft.stem_lines:
        found = None if line.is_code else markers.IN_BRACKETS.search(line.plain)
        if found:
            put_in_place(draft, line, f"{line.text[: found.start()]} {line.text[found.end() :]}".strip())
            return True
    return False


def _true_false(draft: Draft, text: str, is_told: bool) -> Parts:
    words, pair = shown_pair(text), pair_of(text)
    is_first = pair is not None and text.strip().rstrip(".!").casefold() == pair[0]
    if not is_told:
        draft.guess(f"made the choices “{words[0]}” and “{words[1]}” of the answer.")
    draft.options = [Option(draft.line, [word]) for word in words]
    return Parts(
        prompt=paragraphs(draft),
        answers=[
            choice(words[0], round_marker(Fraction(is_first))),
            choice(words[1], round_marker(Fraction(not is_first))),
        ],
        explanation=explanation(draft),
    )


def _gaps(draft: Draft, texts: list[str], gaps: int) -> Parts | Asked:
    given = values.for_gaps(texts, gaps)
    if given is None:
        return Asked(f"there are {gaps} gaps and not as many answers.", blanks=gaps)
    read = [values.accepted(text) for text in given]
    why = _why_unknown(draft, read)
    if why:
        return Asked(why, blanks=gaps)
    if gaps > 1 and len(texts) == 1:
        draft.guess("gave the answers to the gaps in their order: " + ", ".join(f"“{text}”" for text in given) + ".")
    fill = _filling([f"[[{'|'.join(_in_blank(value) for value in one.values)}]]" for one in read])
    prompt = [re.sub(rf"{GAP}(\(?)", fill, text) for text in paragraphs(draft, gaps=True)]
    return Parts(prompt=prompt, explanation=explanation(draft), may_head=False)


def _filling(blanks: Sequence[str]) -> Callable[[re.Match[str]], str]:
    """What puts one blank after the other into the gaps; a bracket behind one would make a link of it."""
    left = iter(blanks)
    return lambda gap: next(left) + (f"\\{gap[1]}" if gap[1] else "")


def _why_unknown(draft: Draft, read: Sequence[values.Values]) -> str:
    """Why some answer is not known; where all are, their guesses are named and it is empty."""
    why = next((one.why or "an answer is empty." for one in read if not one.values), "")
    for guess in () if why else (guess for one in read for guess in one.guesses):
        draft.guess(guess)
    return why


def _in_blank(value: str) -> str:
    text = value if read_key(value) else write_value(value)
    return text if text.startswith("`") else text.translate(REFERENCES)


def _typed(draft: Draft, texts: Sequence[str]) -> Parts | Asked:
    read = [values.accepted(text) for text in texts]
    why = _why_unknown(draft, read)
    if why:
        return Asked(why)
    found = list(dict.fromkeys(value for one in read for value in one.values))
    lines = [f"- = {value if read_key(value) else write_value(value)}" for value in found]
    return Parts(prompt=paragraphs(draft), answers=lines, explanation=explanation(draft))


def _essay(draft: Draft, model: Sequence[str]) -> Parts:
    points = draft.points or "1"
    rubric = [f"- [{points}] Says what the model answer says"] if model else []
    told = [shown(text) for text in model] + explanation(draft) if model else []
    if not model and draft.explanation:
        draft.warn("its explanation is left out: a text that a person marks has one only below a rubric.")
    return Parts(prompt=paragraphs(draft), answers=rubric, explanation=told, attributes=(".essay",))
