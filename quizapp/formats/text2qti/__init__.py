"""The Markdown of text2qti, a program that makes Canvas quizzes of text."""

from quizapp.formats.text2qti.exporting import Text2QtiExporter
from quizapp.formats.text2qti.importing import Text2QtiImporter

__all__ = ["Text2QtiExporter", "Text2QtiImporter"]
