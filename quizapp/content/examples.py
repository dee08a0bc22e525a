"""The example of each question type as a question, so that what documents a type is read as an author's text is."""

from quizapp.content.files import FileReader, questions_of
from quizapp.content.good import GoodVersion
from quizapp.content.markup import Renderer
from quizapp.questions.base import QUESTION_TYPES, Question


def read_examples() -> dict[str, Question]:
    """The example of every type, by its name."""
    reader = FileReader((), None, Renderer())
    found: dict[str, Question] = {}
    for name, kind in sorted(QUESTION_TYPES.items()):
        file = reader.read(f"types/{name}.bank.md", "bank", "types", GoodVersion(kind.example.encode()))
        [found[name]] = questions_of(file.content).values()
    return found
