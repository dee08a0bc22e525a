"""The assessments of QTI 1.2: what they draw of which groups, and how they are taken, as `assessment_meta.xml` says.

Elements of `assessment_meta.xml` are those of Canvas (canvas/1p0 of its course export); `qmd_timelimit` (minutes) and
`cc_maxattempts` in the metadata of an assessment are those of Common Cartridge.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from quizapp.formats.canvas.materials import metadata_of
from quizapp.formats.canvas.scoring import number
from quizapp.formats.contract import MAX_PLACES, ImportedQuiz, Item, Note, Section
from quizapp.formats.drafts import Draft
from quizapp.formats.elements import Element
from quizapp.formats.html import markdown_of
from quizapp.formats.pictures import NO_FILES, Pictures
from quizapp.formats.rules import KEY_HIDDEN, MOST_ATTEMPTS, MOST_MINUTES, reveal_text

KEEP = {"keep_highest": "best", "keep_latest": "last", "keep_average": "mean"}
TRUE = ("true", "1", "yes")
# What no quiz of ours has, and what it is called.
NOWHERE = {
    "access_code": "an access code",
    "ip_filter": "a filter of addresses",
    "unlock_at": "when it opens",
    "lock_at": "when it closes",
    "due_at": "when it is due",
    "show_correct_answers_at": "from when the key is shown",
    "hide_correct_answers_at": "until when the key is shown",
    "show_correct_answers_last_attempt": "that the key is shown after the last attempt",
    "one_time_results": "that results are shown once",
    "require_lockdown_browser": "a locked browser",
    "require_lockdown_browser_for_results": "a locked browser for results",
    "require_lockdown_browser_monitor": "a watched browser",
    "anonymous_submissions": "that answers are anonymous",
    "only_visible_to_overrides": "who sees it",
    "timer_autosubmit_disabled": "that it goes on when time is up",
}


@dataclass(slots=True)
class Chosen:
    """A section on its way: its drafts, or the bank that has them; how many are drawn (None: all are asked)."""

    drafts: list[Draft]
    count: int | None = None
    title: str = ""
    bank: str = ""
    line: int = 0


@dataclass(slots=True)
class Assessment:
    """An assessment on its way to a quiz."""

    title: str
    line: int
    where: str
    sections: list[Chosen] = field(default_factory=list)
    introduction: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    pictures: Pictures = field(default_factory=lambda: Pictures(NO_FILES))
    notes: list[Note] = field(default_factory=list)
    is_unshuffled: bool = False

    def say(self, text: str, line: int = 0) -> None:
        """Say what a quiz cannot say of it."""
        self.notes.append(Note(f"{self.where}the quiz “{self.title}”: {text}", line or self.line))

    def quiz(self, items: Mapping[int, Item], banks: Mapping[str, Sequence[Draft]]) -> ImportedQuiz | None:
        """The quiz; `items` are those that drafts became, by the `id` of each, `banks` the drafts of banks.

        None where it asks nothing.
        """
        sections = []
        for one in self.sections[: MAX_PLACES + 1]:
            drafts = banks.get(one.bank, ()) if one.bank else one.drafts
            if one.bank and not drafts:
                told = f"the group “{one.title}” draws {one.count} from a bank that is not there, and is left out."
                self.say(told, one.line)
            elif drafts:
                sections.append(Section(tuple(items[id(draft)] for draft in drafts), one.count, one.title))
        if not sections:
            return None
        files = dict(self.pictures.taken)
        return ImportedQuiz(self.title, tuple(sections), self.introduction, self.settings, files, self.line)


def read_assessment(
    root: Element, drafts: Mapping[int, Draft], meta: Element | None, pictures: Pictures, where: str
) -> Assessment:
    """An assessment; `drafts` are those of its items by the `id` of each element, `meta` what else is said of it."""
    title = (meta.said("title") if meta else "") or root.get("title") or root.get("ident")
    found = Assessment(" ".join(title.split()), root.line, where, pictures=pictures)
    if meta:
        _read_meta(meta, found)
    _read_metadata(root, found)
    asked = [one for one in root.find("section") if not one.first("selection_ordering", "selection")]
    found.sections = _joined(_sections(root, drafts, found, are_many=len(asked) > 1))
    if found.is_unshuffled:
        for draft in (draft for one in found.sections for draft in one.drafts):
            _keep_order(draft)
    return found


def _joined(sections: Iterable[Chosen]) -> list[Chosen]:
    """The same, questions that are asked one after the other as one section."""
    found: list[Chosen] = []
    for one in sections:
        if found and one.count is None and found[-1].count is None:
            found[-1].drafts += one.drafts
        else:
            found.append(one)
    return found


def _sections(root: Element, drafts: Mapping[int, Draft], found: Assessment, *, are_many: bool) -> Iterator[Chosen]:
    """What stands in an assessment or section, place by place; `are_many` where it has several headings."""
    for child in root.children:
        many = child.said("selection_ordering", "selection", "selection_number")
        if child.tag == "item" and id(child) in drafts:
            yield Chosen([drafts[id(child)]])
        elif child.tag == "section" and many:
            yield from _drawn(child, many, drafts, found)
        elif child.tag == "section":
            if are_many and child.get("title"):
                told = f"the heading of the section “{child.get('title')}” is left out; its questions are asked."
                found.say(told, child.line)
            yield from _sections(child, drafts, found, are_many=are_many)


def _drawn(section: Element, many: str, drafts: Mapping[int, Draft], found: Assessment) -> Iterator[Chosen]:
    """A group of which some are drawn."""
    title = section.get("title") or section.get("ident")
    inside = [drafts[id(item)] for item in section.find("item") if id(item) in drafts]
    bank = "" if inside else _said(section, "sourcebank_ref", "sourcebankref")
    count = int(many) if many.isascii() and many.isdigit() and len(many) < 5 else 0
    if not count:
        found.say(f"of the group “{title}” {many[:20]} are drawn: all of its questions are asked.", section.line)
    if count or not bank:
        yield Chosen(inside, count or None, title, bank, section.line)
    worth = _said(section, "points_per_item")
    points = number(worth) if worth else None
    for draft in inside:
        if points is not None and points >= 0:
            draft.points = points
    if bank and worth:
        told = f"each question of the group “{title}” is worth {worth}; here it is worth what its bank says."
        found.say(told, section.line)


def _said(section: Element, *tags: str) -> str:
    return next((one.text.strip() for one in section.find(*tags) if one.text.strip()), "")


def _keep_order(draft: Draft) -> None:
    """Let the choices of a question keep their order; true and false do so always."""
    texts = sorted((text or "").strip().lower() for text in draft.offers)
    if draft.kind in ("single", "multiple") and texts != ["false", "true"]:
        draft.attributes.append("shuffle=no")


def _read_metadata(root: Element, found: Assessment) -> None:
    """What the assessment says itself, where `assessment_meta.xml` says nothing."""
    of_itself = root.first("qtimetadata")
    said = metadata_of(of_itself) if of_itself else {}
    if said.get("qmd_timelimit") and "time" not in found.settings:
        _time(said["qmd_timelimit"], found)
    if said.get("cc_maxattempts") and "attempts" not in found.settings:
        _attempts(said["cc_maxattempts"], found)


def _read_meta(meta: Element, found: Assessment) -> None:
    """What Canvas says of a quiz beside it."""
    said = {one.tag: one.text.strip() for one in meta.children if one.text.strip()}
    if said.get("description"):
        markdown, lost = markdown_of(said["description"], found.pictures.address)
        found.introduction = markdown
        for text in dict.fromkeys((*lost, *found.pictures.lost)):
            found.say(f"in its description, {text}", meta.line)
    if "time_limit" in said:
        _time(said["time_limit"], found)
    if "allowed_attempts" in said:
        _attempts(said["allowed_attempts"], found)
    if "scoring_policy" in said:
        found.settings["keep"] = KEEP.get(said["scoring_policy"], "best")
    _read_shown(said, found)
    _read_kind(said.get("quiz_type", ""), found)
    left = [f"{what} ({said[tag][:60]})" for tag, what in NOWHERE.items() if said.get(tag, "false") != "false"]
    if left:
        found.say(f"left out is {'; '.join(left)}.", meta.line)


def _read_shown(said: Mapping[str, str], found: Assessment) -> None:
    """What is shown when, on how many pages, and in which order."""
    if said.get("show_correct_answers") == "false":
        found.settings["reveal"] = reveal_text(KEY_HIDDEN)
    if said.get("hide_results") == "always":
        found.settings["reveal"] = "never"
    elif said.get("hide_results"):
        found.say("that results are hidden until the last attempt is left out: they are shown after each.")
    if said.get("one_question_at_a_time") in TRUE:
        found.settings["pages"] = "one"
    if said.get("cant_go_back") in TRUE:
        found.settings["navigation"] = "forward"
    found.is_unshuffled = said.get("shuffle_answers") == "false"


def _read_kind(kind: str, found: Assessment) -> None:
    if kind == "practice_quiz":
        found.settings |= {"preset": "practice", **{"reveal": "after-submit", "pages": "all", **found.settings}}
    elif "survey" in kind:
        found.say("it is a survey there; here its questions are marked.")


def _time(text: str, found: Assessment) -> None:
    minutes = number(text)
    if minutes is not None and minutes.denominator == 1 and 0 < minutes <= MOST_MINUTES:
        found.settings["time"] = f"{minutes} min"
    elif minutes != 0:
        found.say(f"its time, {text[:40]} minutes, cannot be said here, and is left out.")


def _attempts(text: str, found: Assessment) -> None:
    count = number(text)
    if text.lower() == "unlimited" or count == -1:
        found.settings["attempts"] = "unlimited"
    elif count is not None and count.denominator == 1 and 0 < count <= MOST_ATTEMPTS:
        found.settings["attempts"] = str(count)
    else:
        found.say(f"its attempts, {text[:40]}, cannot be said here, and are left out.")
