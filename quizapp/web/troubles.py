"""What is to be said of an answer, in a sentence for each code of `questions`: why it cannot be read, and remarks."""

from quizapp.questions.base import Remark
from quizapp.questions.troubles import trouble_sentences
from quizapp.web.words import sentence as _


def trouble_words(code: str, about: str = "") -> str:
    """The sentence for a code; `about` is the line or blank that is meant."""
    said, around = trouble_sentences(code, about)
    words = _(said, about=about)
    return _(around, about=about, trouble=words) if around else words


def remark_words(remark: Remark) -> str:
    """The sentence for a remark; empty for one that has none."""
    if remark.code == "no-final-dot":
        name, read = remark.about
        return _("{name} has no dot at its end, so DNS reads it as {read}", name=name, read=read)
    return ""
