"""Whether what pages link to and show is there."""

import difflib
from collections.abc import Callable, Mapping

from quizapp.content.files import ReadFile
from quizapp.content.pages import Link
from quizapp.errors import Problem
from quizapp.source.report import Report


def link_problems(
    files: Mapping[str, ReadFile], links: Mapping[str, str], exists: Callable[[str], bool]
) -> list[Problem]:
    """The links of some files that lead nowhere; `links` are the content paths of lessons, modules and paths."""
    problems: list[Problem] = []
    for file in files.values():
        for link in dict.fromkeys(file.links):
            report = Report(link.path)
            _report_link(link, file, files, links, exists, report)
            problems += report.problems
    return problems


def _report_link(
    link: Link, file: ReadFile, files: Mapping[str, ReadFile], links: Mapping[str, str],
    exists: Callable[[str], bool], report: Report,
) -> None:  # fmt: skip
    target, place = link.target, (link.line, link.column)
    path = target.path or file.path
    if path not in links and not exists(path):
        code = "missing-image" if target.is_picture else "broken-link"
        report.add(code, *place, target=target.written.partition("#")[0])
        return
    found = files.get(path)
    if target.anchor and found is not None and not _has(found, target.anchor):
        near = difflib.get_close_matches(target.anchor, sorted(found.anchors), n=1, cutoff=0.5)
        advice = f"Did you mean `#{near[0]}`?" if near else "Write the name of one of its headings."
        name = path.rpartition("/")[2]
        report.add("broken-anchor", *place, path=name, anchor=target.anchor, nearest=advice)


def _has(file: ReadFile, anchor: str) -> bool:
    """Whether a page has an anchor; pages of folders have none, and the names of questions count too."""
    return anchor in file.anchors or anchor in dict(file.names) or anchor.casefold() in file.anchors
