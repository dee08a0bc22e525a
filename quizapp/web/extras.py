"""What a page loads for its questions beside the style sheet of the site, which draws choices and typed lines."""

from collections.abc import Iterable

from quizapp.questions.base import Question

# file: the controls that need it
LOADED_FOR = {
    "questions.css": frozenset(("pair", "arrange", "fill_in", "write_text", "write_zone", "confidence")),
    "arrange.js": frozenset(("arrange",)),
}


def extras_for(questions: Iterable[Question], asks_confidence: bool = False) -> frozenset[str]:
    """The files that a page needs which may show these questions; one of each type tells which controls there are."""
    one_of_each = {type(question.type): question.type for question in questions}
    controls = {kind.control(range(1, kind.size + 1)).name for kind in one_of_each.values()}
    controls |= {"confidence"} if asks_confidence else set()
    return frozenset(name for name, needed_for in LOADED_FOR.items() if controls & needed_for)
