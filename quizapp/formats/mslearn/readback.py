"""What is written, read as the site reads it."""

from quizapp.content.files import MAX_BYTES, FileReader
from quizapp.content.folder import Kind
from quizapp.content.good import GoodVersion


def first_error(reader: FileReader, text: str, kind: Kind) -> str:
    """The first error of a file of that kind; empty where there is none."""
    data = text.encode("utf-8", "replace")
    if len(data) > MAX_BYTES:
        return "it is larger than 1 MiB"
    file = reader.read("index.md" if kind in ("module", "path") else "unit.md", kind, "module", GoodVersion(data))
    return next((problem.message for problem in file.problems if problem.severity == "error"), "")
