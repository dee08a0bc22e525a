"""The example of each question type as a question, so that what documents a type is read as an author's text is."""

from dataclasses import replace

from quizapp.content.files import FileReader, questions_of
from quizapp.content.good import GoodVersion
from quizapp.content.markup import Renderer
from quizapp.questions.base import QUESTION_TYPES, Question


def read_examples() -> dict[str, Question]:
    """The example of every type, by its name: first those that no word asks for, which are the plainest.

    They stand in no file.
    """
    reader = FileReader((), None, Renderer())
    found: dict[str, Question] = {}
    for name, kind in sorted(QUESTION_TYPES.items(), key=lambda one: (one[1].rank, one[1].word, one[0])):
        file = reader.read(f"types/{name}.bank.md", "bank", "types", GoodVersion(kind.example.encode()))
        [question] = questions_of(file.content).values()
        found[name] = replace(question, path="")
    return found
