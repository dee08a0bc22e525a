"""What pasted text and uploaded files share: formats, questions as they will look, the form of the bank, saving."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import flash, g, redirect, request, url_for
from markupsafe import Markup
from werkzeug import Response

from quizapp.actions.importing import plan_import, save_import
from quizapp.content.folder import scan
from quizapp.content.model import Catalogue, Entry
from quizapp.content.new_files import path_of_new, places
from quizapp.errors import ChangedMeanwhile, NotEditable, NotWritten
from quizapp.formats.banks import Plan, known_among
from quizapp.formats.contract import IMPORTERS, Imported, Item, Note, Said, Source, failed
from quizapp.formats.detecting import MSLEARN, Detected, detect, mistaken
from quizapp.questions.base import QUESTION_TYPES, Question
from quizapp.web.extras import extras_for
from quizapp.web.keys import QuestionSet, StaffQuestion, with_keys
from quizapp.web.words import sentence as _

Page = str | Response | tuple[str, int]
NEW = "new"  # the choice of a bank that is none yet
FORM = "bring-form"
NAMED = 5  # questions that are named one by one where many were left out
MODULES = "these are modules of Microsoft Learn, which become lessons. Upload this file alone."


@dataclass(frozen=True, slots=True)
class Read:
    """One source: what it is called, the format it was read as and why, and what was found.

    `said` is the format that a person chose; empty where it was found out.
    """

    name: str
    format: str
    why: str
    said: str
    found: Imported

    @property
    def title(self) -> str:
        """What its format is called."""
        return format_title(self.format)


@dataclass(frozen=True, slots=True)
class Shown:
    """One question of a source: its lines there, what became of it, what is asked, and where it is already."""

    id: str
    item: Item
    lines: tuple[tuple[int, str], ...]
    pair: StaffQuestion | None
    there: Question | None


@dataclass(frozen=True, slots=True)
class ShownSource:
    """One source on the page: its questions, how many of each type, and how many cannot be saved."""

    read: Read
    shown: tuple[Shown, ...]
    counts: tuple[tuple[str, int], ...]
    asked: QuestionSet = field(default_factory=lambda: QuestionSet("paste", "", Markup(), (), ()))

    @property
    def open(self) -> int:
        """How many questions cannot be saved as they are."""
        return sum(not one.item.is_good for one in self.shown)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the form says of the bank: its content path or `new`, the title and folder of a new one, only the good.

    `no_quiz` leaves the quizzes of the source out.
    `base` is what the chosen bank was when the page was made; empty where that is not known.
    """

    bank: str
    title: str
    folder: str
    only_good: bool
    no_quiz: bool
    base: str


def format_title(name: str) -> str:
    """What a format is called; empty for none."""
    return IMPORTERS[name].title if name in IMPORTERS else ""


def format_choices() -> list[tuple[str, str]]:
    """The formats that a person can say, by their titles."""
    return sorted(((name, importer.title) for name, importer in IMPORTERS.items()), key=lambda one: one[1].casefold())


def read_source(data: bytes, name: str, said: str) -> Read:
    """The questions of a source, in the format that a person said, else in the one that it seems to have."""
    detected = Detected(said, "") if said in IMPORTERS else detect(data, name)
    if detected.format in IMPORTERS:
        found = IMPORTERS[detected.format].read(Source(data, name, said_answers()))
        seen = mistaken(data, name, said) if found.errors and said in IMPORTERS else None
        found = replace(found, errors=(*found.errors, Note(seen.why))) if seen else found
    else:
        found = failed(MODULES if detected.format == MSLEARN else detected.why)
    return Read(name, detected.format, detected.why, said if said in IMPORTERS else "", found)


def said_answers() -> dict[str, Said]:
    """What the form says of the questions that asked, by their ids."""
    names = {name.partition("-")[2] for name in request.form if name.startswith(("right-", "text-", "person-"))}
    return {
        id: Said(
            right=tuple(request.form.getlist(f"right-{id}", type=int)),
            texts=tuple(request.form.getlist(f"text-{id}")),
            by_person=f"person-{id}" in request.form,
        )
        for id in names
    }


def save(read: Sequence[Read], again: Callable[[str], str], saved: Callable[[str], None]) -> Page:
    """Put the questions of sources into the bank that was chosen, their quizzes beside it, and show that.

    What keeps them out is told by `again`, which makes the page with a message; `saved` gets the path of the bank that
    has them now.
    """
    chosen = chosen_bank()
    try:
        path = _path_of(chosen)
        if chosen.base and chosen.base != _digest_of(path):
            told = _("Somebody changed this bank since the page was opened. Look at what is there now, and save again.")
            return again(told), HTTPStatus.CONFLICT
        plan, before = _planned(path, chosen, read)
        if plan.errors:
            return again(_why_not(plan, chosen)), HTTPStatus.UNPROCESSABLE_ENTITY
        _write(path, plan, before)
    except ChangedMeanwhile as meanwhile:
        return again(_(str(meanwhile))), HTTPStatus.CONFLICT
    except (NotEditable, NotWritten) as error:
        return again(_(str(error))), HTTPStatus.UNPROCESSABLE_ENTITY
    if plan.added:
        saved(path)
    kind = "" if plan.added or plan.new_quizzes else "trouble"
    for text in _told(path, plan):
        flash(text, kind)
    return redirect(_address_of_bank(path), code=HTTPStatus.SEE_OTHER)


def _why_not(plan: Plan, chosen: Chosen) -> str:
    """What keeps everything out, in words of the page."""
    if chosen.only_good or not plan.left:
        return plan.errors[0].text
    told = _("1 question cannot be saved.") if len(plan.left) == 1 else \
        _("{n} questions cannot be saved.", n=len(plan.left))  # fmt: skip
    return f"{told} {_('Say what is not known of them, or tick “Leave out what cannot be saved”.')}"


def _write(path: str, plan: Plan, before: bytes | None) -> None:
    if not (plan.added or plan.new_quizzes):
        return
    instance, database = g.site.settings.instance, g.site.database
    done = save_import(database, folders(), instance, path, plan, before, g.learner.account, g.now)
    g.site.look_again()
    if done.trouble:
        flash(_("It is not in the history of git. {why}", why=_(done.trouble)), "trouble")


def _planned(path: str, chosen: Chosen, read: Sequence[Read]) -> tuple[Plan, bytes | None]:
    title = chosen.title if chosen.bank == NEW else ""
    items = [item for one in read for item in one.found.items]
    quizzes = [quiz for one in read for quiz in one.found.quizzes if not chosen.no_quiz]
    return plan_import(folders(), g.site.catalogue, path, items, quizzes, title=title, only_good=chosen.only_good)


def _told(path: str, plan: Plan) -> list[str]:
    """What was done, in sentences."""
    number = len(plan.added)
    told = [_("1 question was added to {path}.", path=path) if number == 1 else
            _("{n} questions were added to {path}.", n=number, path=path) if number else
            _("Nothing was added to {path}: all of it is there already.", path=path) if not plan.left else
            _("Nothing was added to {path}.", path=path)]  # fmt: skip
    if plan.skipped:
        names = ", ".join(f"#{one.name}" for one in plan.skipped[:NAMED])
        more = _(" and {n} more", n=len(plan.skipped) - NAMED) if len(plan.skipped) > NAMED else ""
        told.append(_("Left out, because they are there already: {names}", names=names) + more)
    if plan.left:
        told.append(
            _("1 question was left out, because it cannot be saved.")
            if len(plan.left) == 1
            else _("{n} questions were left out, because they cannot be saved.", n=len(plan.left))
        )
    told += [_("The quiz {title} was added: {file}.", title=quiz.title, file=quiz.name) for quiz in plan.new_quizzes]
    return [*told, *(f"{note.text[:1].upper()}{note.text[1:]}" for note in plan.notes)]


def _address_of_bank(path: str) -> str:
    """Where a bank is looked at; where questions are brought, if its module is not loaded."""
    catalogue: Catalogue = g.site.catalogue
    for module in catalogue.modules.values():
        for bank in module.banks:
            if bank.path == path:
                return url_for("teach.show_bank", module=module.key, bank=bank.key.partition("/")[2])
    return url_for("paste.show_paste")


def chosen_bank() -> Chosen:
    """What the form says of the bank."""
    form = request.form
    bank, title = form.get("bank", ""), " ".join(form.get("title", "").split())
    bases = (one.partition(" ") for one in form.getlist("base"))
    base = next((digest for digest, _space, path in bases if path == bank), "")
    return Chosen(bank, title, form.get("folder", ""), "only_good" in form, "no_quiz" in form, base)


def _path_of(chosen: Chosen) -> str:
    """The content path of the bank. Raises NotEditable."""
    if chosen.bank == NEW and not chosen.title:
        raise NotEditable("Give the new question bank a title, or choose one that is there.")
    if chosen.bank == NEW:
        return path_of_new(scan(folders()), "bank", chosen.title, chosen.folder)
    if chosen.bank not in dict(_banks()):
        raise NotEditable("Choose the question bank that they go into.")
    return chosen.bank


def _banks() -> list[tuple[str, str]]:
    """The banks there are: content path and title."""
    modules = g.catalogue.modules.values()
    return [(bank.path, f"{module.title}: {bank.title}") for module in modules for bank in module.banks]


def _digest_of(path: str) -> str:
    """What tells one version of a bank from another."""
    catalogue: Catalogue = g.site.catalogue
    return catalogue.sources[path].digest[:16] if path in catalogue.sources else "none"


def folders() -> tuple[Path, ...]:
    """The content folders."""
    found: tuple[Path, ...] = g.site.settings.content_folders
    return found


def form_values(sources: Sequence[ShownSource], here: str) -> dict[str, Any]:
    """What the templates need of the form: `here` is the address that it is sent to."""
    items = [one.item for source in sources for one in source.shown]
    return {
        "sources": sources,
        "open": sum(source.open for source in sources),
        "is_unread": any(source.read.found.errors for source in sources),
        "total": len(items),
        "has_quizzes": any(source.read.found.quizzes for source in sources),
        "there": sum(one.there is not None for source in sources for one in source.shown),
        "banks": [(path, title, _digest_of(path)) for path, title in _banks()],
        "folders": [place.path for place in places(scan(folders())) if "bank" in place.kinds],
        "chosen": chosen_bank(),
        "said": said_answers(),
        "new": NEW,
        "form_id": FORM,
        "form_address": here,
        "formats": format_choices(),
        "extras": extras_for(item.question for item in items if item.question),
    }


def shown_sources(read: Iterable[Read]) -> list[ShownSource]:
    """Sources as the page shows them."""
    catalogue: Catalogue = g.site.catalogue
    known = list(catalogue.questions().values())
    return [_shown_source(one, number, known) for number, one in enumerate(read, start=1)]


def _shown_source(read: Read, number: int, known: Sequence[Question]) -> ShownSource:
    found = read.found
    lines = found.source.split("\n")
    questions = tuple(item.question for item in found.items if item.question)
    groups = with_keys(f"paste-{number}", "", "", [Entry(questions, len(questions))]).groups
    pairs = {pair.question.key: pair for group in groups for pair in group.pairs}
    there = known_among(found.items, known)
    shown = tuple(
        Shown(
            f"{number}-{item.id}",
            item,
            tuple(enumerate(lines[item.line - 1 : item.end], start=item.line)) if found.source else (),
            pairs[item.question.key] if item.question else None,
            there.get(item.id),
        )
        for item in found.items
    )
    counts = tuple((QUESTION_TYPES[name].title or name, number) for name, number in found.counts.items())
    return ShownSource(read, shown, counts, QuestionSet(f"paste-{number}", "", Markup(), (), ()))
