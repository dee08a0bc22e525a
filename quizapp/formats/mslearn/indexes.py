"""A module or path of Microsoft Learn to its `index.md`; reference sections 1.1, 1.4 and 1.5."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from quizapp.content.files import FileReader
from quizapp.content.folder import Kind
from quizapp.formats.mslearn.documents import Record, Text
from quizapp.formats.mslearn.front import Value, joined, write_front
from quizapp.formats.mslearn.lines import is_true, plain_line, plain_of, title_of
from quizapp.formats.mslearn.plan import Planned
from quizapp.formats.mslearn.prose import Prose
from quizapp.formats.mslearn.readback import first_error
from quizapp.formats.mslearn.survey import Document
from quizapp.source.blocks import Block
from quizapp.source.writing import source_of

NONE = frozenset(
    {
        *("none", "no", "n/a", "na", "keine", "keines", "keiner", "ingen", "inga", "aucun", "aucune"),
        *("nessuno", "nessuna", "ninguno", "ninguna", "なし", "无", "無"),
    }
)
AWARD = re.compile(r"\s*\b(?:badge|trophy)\b\s*", re.IGNORECASE)
LISTS = frozenset({"objectives", "prerequisites"})


@dataclass(frozen=True, slots=True)
class IndexWriter:
    """Writes the `index.md` of modules and paths; `awards` are badges and trophies by uid."""

    awards: Mapping[str, Record]
    reader: FileReader

    def module(self, planned: Planned, icon: str, prose: Prose) -> str:
        """The `index.md` of a module."""
        document = planned.document
        objectives, rest = self._list(document, "abstract", prose)
        needs, more = self._list(document, "prerequisites", prose)
        summary, body = self._summary(document, prose)
        front = {
            **self._front_of(document, summary, prose),
            "icon": icon,
            "objectives": objectives,
            "prerequisites": needs,
            **self._identity(document, "badge", "module", prose),
        }
        parts = [source_of(blocks) for blocks in (body, rest, more)]
        return self._checked(write_front(front, LISTS), parts, "module", document, prose)

    def path(self, planned: Planned, prose: Prose) -> str:
        """The `index.md` of a learning path."""
        document = planned.document
        summary, body = self._summary(document, prose)
        needs = prose.blocks(self._needs(document, prose), document.path)
        front = {
            **self._front_of(document, summary, prose),
            "key": planned.key,
            "modules": list(planned.modules),
            **self._identity(document, "trophy", "path", prose),
        }
        heading = ["## Prerequisites"] if needs else []
        video = document.record.record("video")
        shown = (
            [f"[{plain_line(video.text('title').value) or 'Watch the video'}](<{video.text('url').value.strip()}>)"]
            if video.text("url").value.startswith("https://")
            else []
        )
        parts = [source_of(body), *shown, *heading, source_of(needs)]
        return self._checked(write_front(front, frozenset({"modules"})), parts, "path", document, prose)

    def _checked(self, front: str, parts: Sequence[str], kind: Kind, document: Document, prose: Prose) -> str:
        """The file as it reads without an error: a text that cannot be shown is left out."""
        text = joined(front, parts)
        reason = first_error(self.reader, text, kind)
        if reason:
            prose.note("not-shown", document.place("summary"), reason=reason)
        return joined(front, []) if reason else text

    def _front_of(self, document: Document, summary: str, prose: Prose) -> dict[str, Value]:
        record, metadata = document.record, document.record.record("metadata")
        if is_true(metadata, "hidden"):
            prose.note("hidden", document.place("metadata"))
        lists = {
            key: [plain_line(one.value) for one in record.texts(key)]
            for key in ("levels", "roles", "products", "subjects")
        }
        return {
            "title": title_of(document, prose),
            "summary": summary,
            "draft": "true" if is_true(metadata, "hidden") else "",
            "level": lists["levels"][0]
            if len(lists["levels"]) == 1 and "," not in lists["levels"][0]
            else lists["levels"],
            "roles": lists["roles"],
            "products": lists["products"],
            "tags": [re.sub(r'[{}",]', "", one) for one in lists["subjects"]],
            "lang": metadata.text("ms.contentlocale").value.strip(),
        }

    def _identity(self, document: Document, new: str, where: str, prose: Prose) -> dict[str, Value]:
        """The uid, and the award for which it stands: what an award says that differs is kept."""
        old = document.record.text("achievement").value.strip()
        uid = document.record.record(new).text("uid").value.strip() or old
        award = self.awards.get(uid.casefold())
        named: dict[str, Value] = {"x-uid": document.uid, f"x-{new}": uid}
        if not uid:
            return named
        if award is None:
            prose.note("no-award", document.place("achievement" if old else new), what=new, uid=uid, where=where)
            return named
        found = award.text("type").value.strip().lower()
        if found and found != new:
            prose.note("award-kind", document.place("achievement"), uid=uid, wanted=new, found=found)
        title = plain_line(award.text("title").value)
        is_same = AWARD.sub("", title).casefold() == title_of(document, None).casefold()
        return named | {f"x-{new}-title": "" if is_same else title}

    def _summary(self, document: Document, prose: Prose) -> tuple[str, list[Block]]:
        """The summary as a line, and the blocks that a line cannot hold."""
        record = document.record
        text = record.text("summary")
        text = text if text.value.strip() else record.text("cardDescription")
        blocks = prose.blocks(text, document.path)
        if not blocks or blocks[0].kind != "paragraph":
            return plain_line(record.record("metadata").text("description").value), blocks
        line, is_plain = plain_of(blocks[0])
        return line, blocks[1:] if is_plain else blocks

    def _needs(self, document: Document, prose: Prose) -> Text:
        text = document.record.text("prerequisites")
        word = text.value.strip().strip("-*. ").casefold()
        if word in NONE or word in ("null", "~"):
            prose.note("no-prerequisites", document.place("prerequisites"), text=text.value.strip())
        return replace(text, value="") if word in NONE or word in ("null", "~", "") else text

    def _list(self, document: Document, key: str, prose: Prose) -> tuple[list[str], list[Block]]:
        """The entries of a list as lines, and what stands around it; a sentence that only leads to it is left out."""
        text = self._needs(document, prose) if key == "prerequisites" else document.record.text(key)
        blocks = prose.blocks(text, document.path) if text.value.strip() else []
        place = document.place(key)
        listed = [block for block in blocks if block.kind == "list"]
        others = [block for block in blocks if block.kind != "list"]
        if listed and blocks[0].kind == "paragraph" and blocks[1].kind == "list":
            lead, is_plain = plain_of(blocks[0])
            if is_plain and lead.endswith((":", "：", "to", "...")):
                prose.note("lead-in", place, text=lead)
                others = others[1:]
        if not listed and all(block.kind == "paragraph" for block in blocks):
            listed, others = blocks, []
        found = [plain_of(leaf) for leaf in _leaves(listed)]
        if not all(is_plain for _, is_plain in found):
            prose.note("plain-text", place, key=key)
        return [line for line, _ in found if line], others


def _leaves(blocks: Iterable[Block]) -> list[Block]:
    """The paragraphs of some blocks, in order."""
    found: list[Block] = []
    for block in blocks:
        found += _leaves(block.children) if block.children else [block] if block.lines else []
    return found
