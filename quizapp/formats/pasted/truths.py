"""True and false, in the words of some languages."""

import re

from quizapp.formats.pasted import markers
from quizapp.formats.pasted.drafts import Option
from quizapp.formats.pasted.lines import Line
from quizapp.formats.pasted.words import TRUE_FALSE

BETWEEN = re.compile(r"\s*/\s*|\s*\|\s*|\s{2,}|\s+(?:or|oder|ou|o)\s+|\s*,\s*")


def pair_of(word: str) -> tuple[str, str] | None:
    """The two words that one of them belongs to."""
    plain = word.strip().rstrip(".!").casefold()
    return next((pair for pair in TRUE_FALSE if plain in pair), None)


def shown_pair(word: str) -> tuple[str, str]:
    """The words that are shown for it: letters as whole words."""
    pair = pair_of(word) or TRUE_FALSE[0]
    pair = TRUE_FALSE[0] if pair == ("t", "f") else pair
    return pair[0][:1].upper() + pair[0][1:], pair[1][:1].upper() + pair[1][1:]


def true_false_options(line: Line) -> list[Option]:
    """The options that a line offers which says nothing but true, or false, or both; empty for any other."""
    said = [part for part in BETWEEN.split(line.text.strip(" ()[]")) if part.strip()]
    if not 1 <= len(said) <= 2:
        return []
    found = [_option(line.number, word) for word in said]
    pairs = [pair_of(option.text) for option in found]
    if (
        pairs[0] is None
        or pairs[0] != pairs[-1]
        or (len(said) == 1 and len(found[0].text) < 2 and found[0].text.isascii())
    ):
        return []
    if len(said) == 2 and found[0].text.casefold() == found[1].text.casefold():
        return []
    if pairs[0] == ("t", "f"):
        for option in found:
            option.texts = [shown_pair("t")[option.text.casefold() == "f"]]
    return found


def _option(line: int, word: str) -> Option:
    text, looks = markers.peeled(word)
    sign = re.match(rf"[*{markers.RIGHT_SIGNS}]\s*(?=\w)", text)
    option = Option(line, [text[sign.end() :] if sign else text], style="truth", looks=looks)
    behind = markers.behind(markers.SUFFIX_RIGHT, option.texts[0])
    right = behind if behind and behind.start() else None
    if right:
        option.texts = [option.texts[0][: right.start()].rstrip()]
    told = sign or right
    if told:
        option.mark, option.by = "right", f"“{told[0].strip()}”"
    return option
