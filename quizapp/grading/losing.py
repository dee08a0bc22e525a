"""Keys of one version of the content that lead nowhere in another, and what to write so that they lead there."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from quizapp.content.model import Catalogue
from quizapp.errors import Problem
from quizapp.grading.contents import Content, contents_of
from quizapp.grading.differences import Lost, place_of
from quizapp.grading.likeness import Features, features_of, nearest
from quizapp.grading.rekeying import Present, former_keys
from quizapp.questions.base import Question


def lost_contents(before: Catalogue, after: Catalogue) -> tuple[Lost, ...]:
    """The paths, modules, lessons, quizzes and checks that are gone; what stood in a lost one is told with it."""
    was, now = contents_of(before), contents_of(after)
    leads = _leads(after, now)
    targets = {key: leads.get(key) or leads.get(after.now_called(key), "") for key in (*was, *before.moved)}
    gone = {key: one for key, one in was.items() if not targets[key]}
    fresh = {key: one for key, one in now.items() if key not in targets.values()}
    near = nearest({key: one.features for key, one in gone.items()}, {key: one.features for key, one in fresh.items()})
    found = [_lost(one, fresh[near[key][0]] if key in near else None) for key, one in gone.items()]
    dropped = [(old, targets.get(new)) for old, new in before.moved.items() if not targets[old]]
    found += [_lost_alias(old, now[target]) for old, target in dropped if target]
    return tuple(_folded(found, before, after))


def lost_questions(
    before: Catalogue, after: Catalogue, contents: Iterable[Lost], problems: Iterable[Problem]
) -> tuple[tuple[Lost, ...], tuple[Question, ...]]:
    """The questions that are gone, and those of which an error in their file leaves that open.

    Those of a module that is lost are told with it, in `contents`.
    """
    was, now, present = before.questions(), after.questions(), Present(after)
    told = {key for one in contents for _, key in one.within}
    broken = {problem.path for problem in problems if problem.severity == "error"}
    missing = {key: one for key, one in was.items() if present.version_of(key) is None and key not in told}
    held_up = tuple(one for one in missing.values() if one.path in broken)
    gone = {key: one for key, one in missing.items() if one.path not in broken}
    followed = {one.key for one in map(present.version_of, was) if one}
    fresh = {key: one for key, one in now.items() if key not in followed}
    near = nearest(_features(gone), _features(fresh))
    found = [
        _lost_question(one, fresh[near[key][0]] if key in near else None, key in near and near[key][1] == 1)
        for key, one in sorted(gone.items())
    ]
    return (*found, *_lost_names(was, present)), held_up


def _leads(after: Catalogue, now: Mapping[str, Content]) -> dict[str, str]:
    """What each key leads to that is one now, the former keys of checks among them."""
    checks = [check for module in after.modules.values() for lesson in module.lessons for check in lesson.checks]
    former = {f"check {key}": f"check {check.key}" for check in checks for key in check.former}
    return former | {key: key for key in now}


def _lost(one: Content, near: Content | None) -> Lost:
    alias = f"`aliases: [{_alias(one.name, near.name if near else one.name)}]`"
    if one.kind == "check":
        name = one.name.partition("#")[2]
        mend = f"Write `{{.check #{name}}}` on the heading of its check of now{f', in {near.file}' if near else ''}."
    elif near:
        mend = f"`{near.name}` is like it: write {alias} in {near.file}."
    else:
        mend = f"If it has another name now, write {alias} in its {_file_of(one.kind)}."
    return Lost(one.kind, one.name, one.path, mend, near.name if near else "")


def _file_of(kind: str) -> str:
    return "file" if kind in ("lesson", "quiz") else "index.md"


def _lost_alias(old: str, now: Content) -> Lost:
    kind, _, name = old.partition(" ")
    mend = f"It led to `{now.name}`: write `aliases: [{_alias(name, now.name)}]` in {now.file} again."
    return Lost(kind, name, now.path, mend, now.name)


def _alias(old: str, new: str) -> str:
    """A former key as it is written in the file of what has another one now."""
    module, _, name = old.partition("/")
    return name if name and new.partition("/")[0] == module else old


def _folded(found: Iterable[Lost], before: Catalogue, after: Catalogue) -> Iterable[Lost]:
    """What is gone; what goes with a lost module or lesson is told within it."""
    every, present = list(found), Present(after)
    modules = {one.key for one in every if one.kind == "module"}
    lessons = {one.key for one in every if one.kind == "lesson"}
    missing = [key for key in before.questions() if present.version_of(key) is None]
    for one in every:
        module, lesson = one.key.partition("/")[0], one.key.partition("#")[0]
        if one.kind == "module":
            inner = [(other.kind, other.key) for other in every if other.key.startswith(f"{one.key}/")]
            asked = [("question", key) for key in missing if key.partition("#")[0] == one.key]
            yield replace(one, within=(*inner, *asked))
        elif one.kind == "path" or not (module in modules or (one.kind == "check" and lesson in lessons)):
            yield one


def _features(questions: Mapping[str, Question]) -> dict[str, Features]:
    return {key: features_of(question) for key, question in questions.items()}


def _lost_question(one: Question, near: Question | None, is_same: bool) -> Lost:
    was = _was(one.key, near.key if near else one.key)
    if near is None:
        mend = (
            f"If it has another name now, write `was={was}` there. To end it and keep its history, leave it and write"
            " `.void` behind its name."
        )
    else:
        asks = "asks the same" if is_same else "asks nearly the same"
        mend = f"`{near.key}` ({place_of(near)}) {asks}: write `was={was}` there."
    return Lost("question", one.key, place_of(one), mend, near.key if near else "")


def _lost_names(was: Mapping[str, Question], present: Present) -> Iterable[Lost]:
    """Former names that a question had, and that lead to it no more."""
    for key, one in former_keys(was):
        now = present.version_of(one.key)
        if now and key not in was and present.version_of(key) is None:
            mend = f"It led to `{now.key}`: write `was={_was(key, now.key)}` at {place_of(now)} again."
            yield Lost("question", key, place_of(one), mend, now.key)


def _was(old: str, new: str) -> str:
    """A former name as it is written at a question of another name."""
    module, _, name = old.partition("#")
    return name if new.partition("#")[0] == module else old
