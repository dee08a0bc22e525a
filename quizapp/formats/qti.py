"""QTI 2.1, 2.2 and 3.0: items, tests, and packages of them."""

from typing import ClassVar

from quizapp.formats.asi.package import read_source
from quizapp.formats.contract import Imported, Importer, Source


class Qti(Importer):
    """An item, a test or a zip package of QTI 2.1, 2.2 or 3.0."""

    name: ClassVar[str] = "qti"
    title: ClassVar[str] = "QTI 2 and 3"
    endings: ClassVar[tuple[str, ...]] = (".xml", ".zip")
    has_quizzes: ClassVar[bool] = True

    def read(self, source: Source) -> Imported:
        """The questions of a document or a package, in the order of its test, else of its manifest."""
        return read_source(source)
