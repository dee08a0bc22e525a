"""Two catalogues to what differs between them: the questions, the settings and the problems."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from quizapp.content.model import Catalogue
from quizapp.content.renames import text_hash
from quizapp.errors import Problem
from quizapp.grading.differences import ChangedQuestion, ChangedSettings, Differences, Lost, place_of
from quizapp.grading.losing import lost_contents, lost_questions
from quizapp.grading.rekeying import Present, marks_alike, rekeyed
from quizapp.grading.wording import changed, lesson_settings, question_settings, quiz_settings, right_answers
from quizapp.grading.wording import visibility_settings as seen_by
from quizapp.questions.base import Prose, Question
from quizapp.questions.fingerprint import marking_fingerprint

Versions = tuple[Question, Question]


def compare(
    before: Catalogue, after: Catalogue, problems_before: Iterable[Problem] = (), problems_after: Iterable[Problem] = ()
) -> Differences:
    """What differs between two versions of the content, and the errors and warnings of both."""
    was, now, present = before.questions(), after.questions(), Present(after)
    pairs = [(old, new) for key, old in sorted(was.items()) if (new := present.version_of(key))]
    followed = {new.key for _, new in pairs}
    reused = [pair for pair in pairs if _is_reused(*pair)]
    kept = [pair for pair in pairs if not _is_reused(*pair)]
    differing = [_changed(*pair) for pair in kept if pair[0].fingerprint != pair[1].fingerprint]
    told = list(problems_after)
    contents = lost_contents(before, after)
    gone, held_up = lost_questions(before, after, contents, told)
    return Differences(
        added=tuple(question for key, question in sorted(now.items()) if key not in followed | _moved_along(contents)),
        keys=tuple(one for one in differing if _has_another_key(one)),
        texts=tuple(one for one in differing if one.parts and not _has_another_key(one)),
        renamed=tuple(_changed(*pair) for pair in kept if pair[0].key != pair[1].key),
        reused=tuple(_changed(*pair) for pair in reused),
        lost=(*contents, *gone),
        held_up=held_up,
        settings=(*_question_settings(kept), *_content_settings(before, after)),
        new_problems=_surplus(told, problems_before),
        mended_problems=_surplus(problems_before, told),
    )


def _moved_along(contents: Iterable[Lost]) -> set[str]:
    """The questions of modules that seem to have been renamed, by their keys of now: they are not new."""
    return {
        f"{one.near}#{key.partition('#')[2]}"
        for one in contents if one.kind == "module" and one.near
        for kind, key in one.within if kind == "question"
    }  # fmt: skip


def _is_reused(old: Question, new: Question) -> bool:
    """Whether a name stands for another question: type and text both changed, format section 7."""
    is_same_text = text_hash(old.heading.html, old.prompt.html) == text_hash(new.heading.html, new.prompt.html)
    return old.type.name != new.type.name and not is_same_text


def _changed(old: Question, new: Question) -> ChangedQuestion:
    return ChangedQuestion(
        before=old,
        after=new,
        right_before=right_answers(old),
        right_after=right_answers(new),
        parts=tuple(_parts(old, new)),
        is_due=not marks_alike(old, new),
        is_pairable=rekeyed(old, new) is not None,
    )


def _has_another_key(one: ChangedQuestion) -> bool:
    """Whether the same response earns something else now, or its answers cannot be paired with those of before.

    Both versions are put as the question of before, so that another wording is none of it.
    """
    old, new = one.before.type.rekeyed(one.before.type), one.before.type.rekeyed(one.after.type)
    if old is None or new is None:
        return one.before.type != one.after.type
    if old.correct_response != new.correct_response:
        return True  # an order that is right has no part in the fingerprint of the lines
    return marking_fingerprint(replace(one.before, type=old)) != marking_fingerprint(replace(one.before, type=new))


def _parts(old: Question, new: Question) -> Iterable[str]:
    """What of a question reads otherwise, in the order in which it is read."""
    if (_read(old.heading), _read(old.prompt)) != (_read(new.heading), _read(new.prompt)):
        yield "prompt"
    if marking_fingerprint(replace(old, type=new.type)) != marking_fingerprint(old):
        yield "answers"
    elif old.type != new.type:
        yield "feedback"
    if [*map(_read, old.hints)] != [*map(_read, new.hints)]:
        yield "hints"
    if _read(old.explanation) != _read(new.explanation):
        yield "explanation"


def _read(prose: Prose) -> str:
    return " ".join(prose.html.split())


def _question_settings(pairs: Iterable[Versions]) -> Iterable[ChangedSettings]:
    for old, new in pairs:
        settings = changed(question_settings(old), question_settings(new))
        if settings:
            yield ChangedSettings("question", new.key, place_of(new), settings)


def _content_settings(before: Catalogue, after: Catalogue) -> Iterable[ChangedSettings]:
    """What was set anew for modules, lessons and quizzes, those followed under another key among them."""
    now = _settings_of(after)
    for key, (_, old) in _settings_of(before).items():
        new = after.now_called(key)
        place, settings = now.get(new, ("", {}))
        kind, _, name = new.partition(" ")
        if found := changed(old, settings):
            yield ChangedSettings(kind, name, place, found)


def _settings_of(catalogue: Catalogue) -> dict[str, tuple[str, Mapping[str, str]]]:
    """The place and the settings of each module, lesson and quiz, by kind and key."""
    found: dict[str, tuple[str, Mapping[str, str]]] = {}
    for module in catalogue.modules.values():
        found[f"module {module.key}"] = module.path, seen_by(module.visibility)
        found |= {f"lesson {lesson.key}": (lesson.path, lesson_settings(lesson)) for lesson in module.lessons}
        found |= {f"quiz {quiz.key}": (quiz.path, quiz_settings(quiz)) for quiz in module.quizzes}
    return found


def _surplus(problems: Iterable[Problem], others: Iterable[Problem]) -> tuple[Problem, ...]:
    """The errors and warnings that stand more often among the first; the lines they stand on do not count."""
    left = Counter(map(_said, others))
    found = []
    for problem in problems:
        if problem.severity == "advice":
            continue
        if left[_said(problem)]:
            left[_said(problem)] -= 1
        else:
            found.append(problem)
    return tuple(found)


def _said(problem: Problem) -> tuple[str, ...]:
    return problem.path, problem.severity, problem.code, problem.message
