"""Code that stands in files of its own, and videos: reference section 2.2."""

import posixpath
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from quizapp.formats.mslearn.inline import read_attributes
from quizapp.formats.mslearn.notes import Place
from quizapp.formats.mslearn.rows import Row
from quizapp.formats.mslearn.tree import Library, folder_of

BEFORE = r"(?P<before>[ >]*(?:(?:[-+*]|\d{1,9}[.)]) +)?)"
CODE = re.compile(rf"{BEFORE}:::[ ]{{0,9}}code\b(?P<inside>.{{0,2000}}?):::[ ]*$")
OLD_CODE = re.compile(
    rf"{BEFORE}\[!code-(?P<language>[\w#+.-]{{1,40}})[ ]{{0,9}}\[[^\]]{{0,300}}\][ ]{{0,9}}"
    r"\((?P<path>[^()\s]{1,500})[^()]{0,200}\)\][ ]*$",
    re.IGNORECASE,
)
VIDEO = re.compile(
    r"(?P<before>[ ]*)(?:>[ ]*)?\[!VIDEO[ ]{1,9}(?P<url>[^\]\s]{1,2000})[ ]{0,9}\](?P<rest>.*)$", re.IGNORECASE
)
RANGE = re.compile(r"[Ll]?(\d{1,6})?(?:(-)[Ll]?(\d{1,6})?)?$")
MAX_LINES = 2000  # of one snippet


@dataclass(frozen=True, slots=True)
class Snippets:
    """Puts code and links to videos where they are asked for."""

    library: Library
    note: Callable[..., None]

    def rows(self, rows: Sequence[Row]) -> list[Row]:
        """The rows with code in the place of what names its file."""
        found: list[Row] = []
        for row in rows:
            found += [row] if row.is_code or ("[!" not in row.text and ":::" not in row.text) else self._row(row)
        return found

    def _row(self, row: Row) -> list[Row]:
        video = VIDEO.match(row.text)
        if video:
            self.note("video", row.place)
            link = Row(f"{video['before']}[Watch the video](<{video['url'].strip('<>')}>)", row.place)
            rest = video["rest"].strip()
            return [link, Row(video["before"] + rest, row.place)] if rest else [link]
        code = CODE.match(row.text)
        if code:
            return self._new_code(code, row)
        old = OLD_CODE.match(row.text)
        return self._old_code(old, row) if old else [row]

    def _new_code(self, found: re.Match[str], row: Row) -> list[Row]:
        attributes = read_attributes(found["inside"])
        if attributes.get("highlight"):
            self.note("no-highlight", row.place)
        cut = Cut(attributes.get("range", ""), attributes.get("id", "") or attributes.get("name", ""))
        return self._code(found["before"], attributes.get("language", ""), attributes.get("source", ""), cut, row)

    def _old_code(self, found: re.Match[str], row: Row) -> list[Row]:
        path, _, anchor = found["path"].partition("#")
        path, _, asked = path.partition("?")
        said = {key: values[0] for key, values in parse_qs(asked, max_num_fields=20).items()}
        if said.get("highlight"):
            self.note("no-highlight", row.place)
        is_lines = re.match(r"[Ll]\d", anchor) is not None
        name = said.get("name", "") or said.get("id", "") or ("" if is_lines else anchor)
        cut = Cut(said.get("range", "") or (anchor if is_lines else ""), name)
        return self._code(found["before"], found["language"], path, cut, row)

    def _code(self, before: str, language: str, source: str, cut: "Cut", row: Row) -> list[Row]:
        found = self.library.find(source, folder_of(row.place.path), row.place)
        text = self.library.text(found) if found else None
        if text is None:
            self.note("no-code", row.place, path=source)
            return [row.with_text(f"{before}`{posixpath.basename(source.replace(chr(92), '/')) or 'code'}`")]
        lines, is_cut = cut.of(text.rstrip("\n").split("\n"))
        if not is_cut:
            self.note("no-range", row.place, what=cut.lines or cut.name, path=source)
        return fenced(lines[:MAX_LINES], re.sub(r"-interactive$|[`\s]", "", language), before, row.place)


@dataclass(frozen=True, slots=True)
class Cut:
    """Which lines of a file: `2-10,12`, or those of a named part; all where it says nothing."""

    lines: str = ""
    name: str = ""

    def of(self, every: list[str]) -> tuple[list[str], bool]:
        """The lines as far to the left as they go, and whether what was asked for is there."""
        found = self._named(every) if self.name else self._numbered(every) if self.lines else every
        kept = found or every
        margin = min((len(line) - len(line.lstrip()) for line in kept if line.strip()), default=0)
        return [line[margin:] if line.strip() else "" for line in kept], bool(found)

    def _numbered(self, every: list[str]) -> list[str]:
        found: list[str] = []
        for part in self.lines.split(","):
            numbers = RANGE.match(part.strip())
            if numbers and (numbers[1] or numbers[2]):
                first = int(numbers[1] or 1)
                last = int(numbers[3] or len(every)) if numbers[2] else first
                found += every[max(first - 1, 0) : last]
        return found

    def _named(self, every: list[str]) -> list[str]:
        begin = re.compile(
            rf"<(?:snippet_?)?{re.escape(self.name)}>|#region\s+(?:snippet_?)?{re.escape(self.name)}\b", re.IGNORECASE
        )
        end = re.compile(rf"</(?:snippet_?)?{re.escape(self.name)}>|#endregion\b", re.IGNORECASE)
        start = next((number for number, line in enumerate(every) if begin.search(line)), -1)
        if start < 0:
            return []
        stop = next((n for n, line in enumerate(every) if n > start and end.search(line)), len(every))
        return [line for line in every[start + 1 : stop] if not re.search(r"</?snippet\w*>", line)]


def fenced(lines: Sequence[str], info: str, before: str, place: Place) -> list[Row]:
    """Lines as fenced code behind what stands before it."""
    longest = max((len(run) for line in lines for run in re.findall("`{3,}", line)), default=2)
    fence = "`" * max(3, longest + 1)
    others = re.sub(r"[^ >]", " ", before)
    texts = [before + fence + info, *(others + line for line in lines), others + fence]
    return [Row(text.rstrip() if not text.strip() else text, place, True) for text in texts]
