"""Notes as a package of Anki, with the pictures and note types of their own; made with genanki, an extra."""

import hashlib
import io
import itertools
import json
import sqlite3
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from quizapp.errors import NotInstalled
from quizapp.formats.anki.notes import Note, deck_name, notes_of
from quizapp.formats.contract import Exported, Exporter, Media, Tell, nobody
from quizapp.questions.base import Question

BASIC, CLOZE = 1_718_200_901, 1_718_200_902  # ids of the note types: never change them, or learners get others beside
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same questions give the same bytes
SECONDS = 1_000_000_000  # about when notes were changed, as the package says
STYLE = """.card { font-family: sans-serif; font-size: 20px; line-height: 1.4; text-align: left; max-width: 40em;
  margin: 0 auto; padding: 0.5em; }
pre, code { font-family: monospace; font-size: 0.9em; }
pre { white-space: pre-wrap; border-left: 3px solid #8888; padding-left: 0.6em; }
table { border-collapse: collapse; }
td, th { border: 1px solid #8888; padding: 0.2em 0.5em; vertical-align: top; }
blockquote { margin: 0.2em 0 0.6em 1em; opacity: 0.85; }
img { max-width: 100%; height: auto; }
.cloze { font-weight: bold; }
"""


class ApkgExporter(Exporter):
    """What the text file holds, and pictures. A package cannot tell that it is newer, since the same questions give the
    same bytes; but it has another time when they are others, so that Anki updates notes where that is wished always.
    """

    name: ClassVar[str] = "apkg"
    title: ClassVar[str] = "a package of cards for Anki, with the pictures"
    ending: ClassVar[str] = ".apkg"

    def write(self, questions: Sequence[Question], title: str, media: Media, tell: Tell = nobody) -> Exported:
        """A zip with a collection and the pictures. Raises NotInstalled where genanki is missing."""
        notes, losses = notes_of(questions, media, has_media=True, tell=tell)
        files = {name: data for note in notes for name, data in note.files.items()}
        return Exported(_packed(_collection(notes, deck_name(title)), files), losses)


def _collection(notes: Sequence[Note], title: str) -> bytes:
    """A database of Anki with one deck."""
    try:
        import genanki
    except ImportError:
        raise NotInstalled(
            "genanki, which makes packages for Anki, is not installed. Run `pip install 'quizapp[anki]'`, or export"
            " `anki`, which needs nothing but has no pictures."
        ) from None
    number = _number(title)
    deck = genanki.Deck(1_000_000_000 + number, title)
    moment = SECONDS + _number(title, *(repr((one.guid, one.sides, one.tags)) for one in notes))
    models = {has_gaps: _model(genanki, has_gaps) for has_gaps in (False, True)}
    for place, note in enumerate(notes, start=1):
        sides = [note.sides.front, note.sides.back]
        deck.add_note(genanki.Note(models[note.has_gaps], sides, tags=note.tags, guid=note.guid, due=place))
    database = sqlite3.connect(":memory:")
    try:
        ids = itertools.count((SECONDS + number) * 1000)
        genanki.Package(deck).write_to_db(database.cursor(), moment, ids)
        database.commit()
        return database.serialize()
    finally:
        database.close()


def _number(*texts: str) -> int:
    """A number below 2**28 that is made of some texts."""
    return int(hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:7], 16)


def _model(genanki: Any, has_gaps: bool) -> Any:
    """A note type."""
    behind = "{{Back}}"
    if has_gaps:
        template = {"name": "Gap", "qfmt": "{{cloze:Front}}", "afmt": "{{cloze:Front}}<hr id=answer>" + behind}
    else:
        template = {"name": "Card", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>" + behind}
    name = "Question with gaps (quizapp)" if has_gaps else "Question (quizapp)"
    fields = [{"name": "Front"}, {"name": "Back"}]
    kind = genanki.Model.CLOZE if has_gaps else genanki.Model.FRONT_BACK
    return genanki.Model(CLOZE if has_gaps else BASIC, name, fields, [template], css=STYLE, model_type=kind)


def _packed(collection: bytes, files: Mapping[str, bytes]) -> bytes:
    named = dict(enumerate(sorted(files)))
    inside = {"collection.anki2": collection, "media": json.dumps(named).encode()}
    inside |= {str(number): files[name] for number, name in named.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in inside.items():
            archive.writestr(zipfile.ZipInfo(path, LONG_AGO), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
