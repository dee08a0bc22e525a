"""Notes as a text file, for which nothing but Anki is needed: imported again, it brings notes up to date."""

import csv
import io
from collections.abc import Sequence
from typing import ClassVar

from quizapp.formats.anki.notes import deck_name, notes_of
from quizapp.formats.contract import Exported, Exporter, Media, Tell, nobody
from quizapp.questions.base import Question

# https://docs.ankiweb.net/importing/text-files.html, File Headers: understood since Anki 2.1.54
HEAD = """#separator:tab
#html:true
#columns:Id\tNote type\tDeck\tFront\tBack\tTags
#guid column:1
#notetype column:2
#deck column:3
#tags column:6
"""
LEFT = '<div style="text-align: left">{}</div>'  # Anki's own note types set everything in the middle


class AnkiExporter(Exporter):
    """Notes of the types Basic and Cloze. Held: every type that has a right answer, a rubric or an explanation, with
    feedback, explanation, hints and tags, and formulas where MathJax knows them. Not held: pictures, points, tries,
    rules for credit, links into the site. Surveys, drafts and void questions are left out.
    """

    name: ClassVar[str] = "anki"
    title: ClassVar[str] = "cards for Anki, as a text file"
    ending: ClassVar[str] = ".txt"

    def write(self, questions: Sequence[Question], title: str, media: Media, tell: Tell = nobody) -> Exported:
        """The header, and a line for each note."""
        notes, losses = notes_of(questions, media, has_media=False, tell=tell)
        written = io.StringIO()
        rows = csv.writer(written, delimiter="\t", lineterminator="\n")
        for note in notes:
            sides = [LEFT.format(side) if side else "" for side in (note.sides.front, note.sides.back)]
            kind = "Cloze" if note.has_gaps else "Basic"
            rows.writerow([note.guid, kind, deck_name(title), *sides, " ".join(note.tags)])
        return Exported(f"{HEAD}{written.getvalue()}".encode("utf-8", "replace"), losses)
