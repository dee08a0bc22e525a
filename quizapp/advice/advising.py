"""All advice on a catalogue, without what its files switch off."""

import difflib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from quizapp.advice.base import ADVICE, Advice, Asked, Findings
from quizapp.advice.memo import Memo
from quizapp.advice.sight import Sight
from quizapp.content.model import Catalogue, Lesson, Module
from quizapp.content.sources import Used, silenced
from quizapp.errors import Problem
from quizapp.questions.base import Question
from quizapp.source.report import TEXTS, Report

LEFT_OUT = {"void"}


def advise(
    catalogue: Catalogue,
    lines_of: Callable[[str], Sequence[str]],
    memo: Memo | None = None,
    language: str = "en",
) -> list[Problem]:
    """Advice on all content that has no error, and what is wrong with the comments that switch advice off.

    `lines_of` gives the lines of a file by its content path, `language` is that of files that do not say theirs. With
    a `memo`, only what changed since the last time is asked again. Never raises: a fault of an advice is logged.
    """
    memo = memo or Memo()
    memo.begin()
    sight = Sight(catalogue, lines_of, language, memo)
    found = _Round(catalogue, sight, memo).problems()
    whole = [problem for problem in found if sight.source(problem.path).is_whole]
    kept, used = silenced(whole, catalogue.sources)
    return sorted({*kept, *_idle(catalogue, used | catalogue.silenced)})


class _Round:
    """One reading of a catalogue by all advice."""

    def __init__(self, catalogue: Catalogue, sight: Sight, memo: Memo) -> None:
        self.catalogue, self.sight, self.memo = catalogue, sight, memo

    def problems(self) -> Iterator[Problem]:
        """What all advice says, in no order."""
        for path, questions in _by_file(self.catalogue).items():
            key = (self._version(path), _versions(questions))
            yield from self.memo.get("questions", key, partial(self._of_questions, questions), len(questions))
        for module in self.catalogue.modules.values():
            yield from self._of_parts(module)

    def _of_parts(self, module: Module) -> Iterator[Problem]:
        for lesson in module.lessons:
            yield from self.memo.get("lessons", self._version(lesson.path), partial(self._of_lesson, lesson))
        asked = tuple(_asked(module))
        drawn = tuple(_versions(one.questions) for one in asked)
        for one, versions in zip(asked, drawn, strict=True):
            key = (one.kind, self._version(one.path), versions)
            yield from self.memo.get("sets", key, partial(self._of_asked, one))
        paths = sorted({question.path for one in asked for question in one.questions} | _paths(module))
        yield from self.memo.get("modules", (tuple(map(self._version, paths)), drawn), partial(self._of_module, module))

    def _version(self, path: str) -> tuple[str, str, str]:
        return path, self.sight.source(path).digest, self.sight.language_of(path)

    def _of_questions(self, questions: Sequence[Question]) -> tuple[Problem, ...]:
        path = questions[0].path if questions else ""
        single = (problem for question in questions for problem in self._of_question(question))
        return (*single, *self._told(lambda advice: advice.of_questions(questions, self.sight), path))

    def _of_question(self, question: Question) -> Iterator[Problem]:
        return self._told(lambda advice: advice.of_question(question, self.sight), question.path)

    def _of_lesson(self, lesson: Lesson) -> tuple[Problem, ...]:
        return tuple(self._told(lambda advice: advice.of_lesson(lesson, self.sight), lesson.path))

    def _of_asked(self, asked: Asked) -> tuple[Problem, ...]:
        return tuple(self._told(lambda advice: advice.of_asked(asked, self.sight), asked.path))

    def _of_module(self, module: Module) -> tuple[Problem, ...]:
        return tuple(self._told(lambda advice: advice.of_module(module, self.sight), module.index))

    def _told(self, ask: Callable[[Advice], Findings], path: str = "") -> Iterator[Problem]:
        """What each advice says of a value of the file at a path."""
        is_english = self.sight.language_of(path) == "en"
        for advice in ADVICE.values():
            if is_english or not advice.is_english:
                yield from _problems(advice, ask)


def _problems(advice: Advice, ask: Callable[[Advice], Findings]) -> list[Problem]:
    try:
        return [
            Problem(
                found.path, *found.spot, "advice", advice.code,
                advice.message.format(**found.words), advice.advice.format(**found.words),
            )
            for found in ask(advice)
        ]  # fmt: skip
    except Exception:  # a fault of ours takes no page away
        logging.getLogger(__name__).exception("advice %s failed", advice.code)
        return []


def _by_file(catalogue: Catalogue) -> dict[str, list[Question]]:
    """The questions that count, by the file they are written in."""
    found: dict[str, list[Question]] = {}
    for question in catalogue.questions().values():
        if not LEFT_OUT & set(question.words):
            found.setdefault(question.path, []).append(question)
    return found


def _asked(module: Module) -> Iterator[Asked]:
    for lesson in module.lessons:
        for check in lesson.checks:
            yield Asked("check", lesson.path, _counting(check.questions))
    for quiz in module.quizzes:
        pools = {question.key: question for entry in quiz.entries for question in entry.pool}
        yield Asked("quiz", quiz.path, _counting(pools.values()))
    for bank in module.banks:
        yield Asked("bank", bank.path, _counting(bank.questions))


def _counting(questions: Iterable[Question]) -> tuple[Question, ...]:
    return tuple(question for question in questions if not LEFT_OUT & set(question.words))


def _versions(questions: Sequence[Question]) -> tuple[str, ...]:
    return tuple(question.fingerprint for question in questions)


def _paths(module: Module) -> set[str]:
    lessons, banks = (lesson.path for lesson in module.lessons), (bank.path for bank in module.banks)
    return {*lessons, *banks, *(quiz.path for quiz in module.quizzes), module.index}


def known_codes() -> frozenset[str]:
    """The codes of all advice, that of the reader included."""
    own = {code for code, (severity, _, _) in TEXTS.items() if severity == "advice"}
    return frozenset(own | ADVICE.keys())


def _idle(catalogue: Catalogue, used: Used) -> list[Problem]:
    """What is wrong with the comments that switch advice off: codes that mean nothing, or had nothing to do."""
    problems, known = list[Problem](), known_codes()
    for path, source in catalogue.sources.items():
        report = Report(path)
        for code, line, column in (code for silence in source.silences for code in silence.codes):
            if code not in known:
                report.add("advice-off-unknown", line, column, word=code, nearest=_nearest(code, known))
            elif (path, line, column) not in used and source.is_whole:
                report.add("advice-off-unused", line, column, word=code)
        problems += report.problems
    return problems


def _nearest(code: str, known: Iterable[str]) -> str:
    if code in TEXTS:
        return "Only advice can be switched off: mend what it tells."
    near = difflib.get_close_matches(code, sorted(known), n=1, cutoff=0.6)
    return f"Did you mean `{near[0]}`?" if near else "Remove it."
