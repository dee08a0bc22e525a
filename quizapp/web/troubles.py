"""What to type instead of an answer that cannot be read."""

from quizapp.questions.troubles import trouble_sentence
from quizapp.web.words import sentence as _


def trouble_words(code: str, about: str = "") -> str:
    """The sentence for a code; `about` is the line or blank that is meant."""
    return _(trouble_sentence(code), about=about)
