"""What is told of an import: one line for everything that was guessed, mended, left out or lost."""

from dataclasses import dataclass, field

from quizapp.errors import Severity

MAX_NOTES = 20_000
# code: severity, what is said. `error`: something is left out that learners would miss; `warning`: something is lost or
# was guessed; `advice`: something was mended or moved, and nothing is missing.
TEXTS: dict[str, tuple[Severity, str]] = {
    # the tree
    "nothing-found": ("error", "No module stands here. Name the folder of a Microsoft Learn repository or module."),
    "symlink": ("warning", "This is a symbolic link, or a folder that stands too deep, and is not followed."),
    "too-many-files": ("error", "More than {most} files stand here. Import a part of the tree."),
    "too-large": ("error", "This file has {size} bytes, and {most} are the most. Divide it, or make it smaller."),
    "unreadable": ("error", "This file cannot be read: {reason}."),
    "not-utf8": ("warning", "This file is not UTF-8; it was read as {encoding}. Check its special characters."),
    "byte-order-mark": ("advice", "The byte order mark at the beginning is dropped."),
    "line-ends": ("advice", "{count} files have Windows line ends; what is written has plain ones."),
    "more-notes": ("warning", "{count} more lines of this report are left out."),
    # YAML
    "yaml": ("error", "This is not YAML that can be read: {reason}. Mend the line; until then the file is left out."),
    "no-uid": ("error", "This {what} has no `uid`, so nothing can name it. Write one."),
    "key-twice": ("warning", "`{key}` stands twice; the first counts."),
    "divided": ("warning", "`{key}` stands twice in one entry, so it was read as two entries."),
    "wrong-shape": ("error", "`{key}` is not {wanted}, and is left out."),
    "read-as-text": ("advice", "`{key}: {value}` is text here, not a truth value or number."),
    "unknown-kind": ("advice", "Files of the kind {kind} hold no content, and are passed over ({count})."),
    "metadata": ("advice", "Not carried over, since it only helps to publish: {keys}."),
    "uid-twice": ("error", "`{uid}` is already the uid of `{other}`; this file is left out."),
    # modules, units, paths
    "no-unit": ("warning", "The unit `{uid}` is not in the tree, and is left out."),
    "unit-twice": ("warning", "The unit `{uid}` is named twice; its first place counts."),
    "unit-shared": ("warning", "The unit `{uid}` belongs to the module `{other}`, and is left out here."),
    "orphan": ("advice", "No module names this unit, so it is left out."),
    "orphan-include": ("advice", "{count} text files are included nowhere, and are left out: {names}."),
    "orphan-file": ("advice", "{count} other files are used nowhere, and are left out."),
    "uid-elsewhere": ("advice", "The folder is `{folder}` and the uid `{uid}`: the folder gives the address."),
    "renamed": ("advice", "The {what} `{old}` is called `{new}` here, because {why}."),
    "renumbered": ("advice", "The units do not stand in the order of their file names, so they got new numbers."),
    "no-lessons": ("error", "This module has no unit that can be shown, and is left out."),
    "no-module": ("warning", "The module `{uid}` is not in the tree, so this path leads past it."),
    "module-twice": ("warning", "The module `{uid}` is named twice; its first place counts."),
    "empty-path": ("warning", "None of the modules of this path is in the tree, so it is left out."),
    "no-award": ("advice", "The {what} `{uid}` is not in achievements.yml; the title of the {where} stands for it."),
    "award-kind": ("warning", "`{uid}` is named as a {wanted}, and achievements.yml says it is a {found}."),
    "no-icon": ("advice", "The icon `{path}` is not in the tree, and is left out."),
    "no-title": ("warning", "There is no title; the name of the file stands for it."),
    "no-prerequisites": ("advice", "Prerequisites that say “{text}” are left out."),
    "lead-in": ("advice", "“{text}” is left out: the page has a heading of its own for it."),
    "plain-text": ("warning", "Links and pictures in `{key}` are left out; their text is kept."),
    "hidden": ("warning", "This is hidden on Learn, so it is a draft here."),
    "no-text": ("advice", "This unit has no text of its own."),
    "spare": ("warning", "The unit `{uid}` is only in the fallback tree, and comes from there."),
    "bad-minutes": ("warning", "`durationInMinutes: {value}` is no number from 1 to 1000; the words are counted."),
    "sandbox": ("advice", "A note says that the sandbox of Learn is not to be had here."),
    "lab": ("warning", "{what} cannot be brought along; the text that speaks of it stays."),
    "tasks": ("advice", "Learn looks by itself whether {count} steps were done; here their hints close the lesson."),
    "quiz-and-tasks": ("warning", "A unit has either a quiz or tasks, and this one has both; both are kept."),
    "assessment": ("advice", "A module assessment: the lesson is complete with 80% of the points."),
    # quizzes
    "no-questions": ("warning", "This quiz has no questions, and is left out."),
    "quiz-title": ("advice", "The quiz has no title, so it is called “Check your knowledge”."),
    "two-headings": ("advice", "“{heading}” opens the quiz; its own title “{title}” would say it again."),
    "no-explanation": ("advice", "{count} choices have no explanation."),
    "other-explanation": ("warning", "The choice “{choice}” has only the explanation of the other side; it is kept."),
    "two-explanations": ("warning", "The choice “{choice}” has two explanations; the one for its side is kept."),
    "no-correct": ("error", "No choice is correct, so the question is left out. Write `isCorrect: true` for one."),
    "several-correct": ("warning", "{count} choices are correct, so all of them are to be ticked here."),
    "bad-correct": ("error", "`isCorrect: {value}` is neither true nor false, so the question is left out."),
    "no-is-correct": ("warning", "The choice “{choice}” has no `isCorrect`; it counts as wrong."),
    "one-choice": ("error", "A question needs two choices, and this one has {count}, so it is left out."),
    "empty-stem": ("error", "This question has no text, so it is left out."),
    "empty-choice": ("error", "A choice has no text, so the question is left out."),
    "too-many": ("error", "More than {most} {what} stand here, so the rest is left out."),
    "same-choice": ("warning", "Two choices say “{choice}”; the second got a number."),
    "hint-like": ("advice", "A TIP in a question is a NOTE here: a TIP would be a hint that is asked for."),
    "not-a-question": ("error", "It cannot be written as a question, so it is left out: {reason}"),
    # Markdown
    "no-include": ("warning", "`{path}` is not in the tree, so nothing stands in its place."),
    "include-loop": ("error", "`{path}` includes itself, or stands more than {most} files deep; it is left out there."),
    "outside": ("error", "`{path}` leads out of the tree, and is left out. If it is meant, import a folder above."),
    "too-long": ("error", "More than {most} characters would stand here, so the rest is left out."),
    "include-outside": ("warning", "The include `{path}` is more than a sentence, so it stands below its line."),
    "other-case": ("advice", "`{path}` is written `{found}` in the tree."),
    "from-fallback": ("advice", "`{path}` comes from the fallback tree."),
    "backslash": ("advice", "`{path}` is written with slashes here."),
    "front-matter": ("advice", "The front matter of an included file is dropped."),
    "comment-open": ("warning", "A comment is never closed; it ends with its line here."),
    "fence-open": ("warning", "A code block is never closed; it ends with the file."),
    "unclosed": ("warning", "`:::{word}:::` is never closed; it ends before the next one, or with the text."),
    "stray": ("warning", "`:::{word}:::` closes nothing, and is dropped."),
    "unknown-marker": ("warning", "`:::{word}` is not known: the marker is dropped, the text stays."),
    "columns": ("advice", "Columns stand below each other here."),
    "no-pivot": ("warning", "The pivot group `{group}` is not in zone-pivot-groups.yml; tabs are named after the ids."),
    "inner-tab": ("advice", "A tab in a zone or a column is a heading here."),
    "zone-target": ("advice", "A zone only for {target} is shown to everybody."),
    "moniker": ("advice", "Text only for {range} is shown to everybody."),
    "no-code": ("warning", "The code `{path}` is not in the tree; a line says so in its place."),
    "no-range": ("warning", "`{what}` is not in `{path}`; the whole file is shown."),
    "no-highlight": ("advice", "Highlighted lines are code like all others here."),
    "no-image": ("warning", "The picture `{path}` is not in the tree; its description is shown. Put it at `{target}`."),
    "no-alt": ("advice", "A picture has no description. Say in the square brackets what it shows."),
    "remote-image": ("warning", "The picture {path} is on another site: it is a link here."),
    "no-target": ("warning", "Nothing is at `{path}`; the text of the link stays."),
    "no-uid-target": ("advice", "`{uid}` is not in the tree; the text of the link stays."),
    "file-type": ("warning", "`{path}` is of a kind that is not shown; the text of the link stays."),
    "unsafe-link": ("warning", "A link to `{scheme}:` is left out; its text stays."),
    "unsafe-html": ("warning", "`<{tag}>` is left out: it has no place in a lesson."),
    "pseudo-tag": ("advice", "`<{tag}>` is text here; the source forgot to escape it."),
    "video": ("advice", "A video is a link here: reading a lesson asks no other site for anything."),
    "no-break": ("advice", "A character that only looks like a space was read as one."),
    "alert-kind": ("warning", "`[!{word}]` is no alert that is known; a plain quote is left."),
    "wrapper": ("advice", "The style `{name}` of Learn is dropped; what stands in it stays."),
    "tabs": ("advice", "Tabs were expanded to spaces."),
    "as-written": ("error", "This text cannot be shown as Markdown ({reason}); it stands as it is written."),
    "not-shown": ("error", "The text here cannot be shown ({reason}), and is left out."),
    "no-check": ("error", "The quiz of this unit cannot be shown ({reason}), and is left out."),
    "no-lesson": ("error", "This unit cannot be written as a lesson, so it is left out: {reason}"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file of the tree; 0 is the file as a whole."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """One line of the report; `unit` is the uid it is about, `question` the number of the question in it, from 1."""

    place: Place
    severity: Severity
    code: str
    message: str
    unit: str = ""
    question: int = 0

    def __str__(self) -> str:
        about = f" (question {self.question})" if self.question else ""
        return f"{self.place}: {self.severity} {self.code}: {self.message}{about}"


def note_of(code: str, place: Place, unit: str = "", question: int = 0, **words: object) -> Note:
    """The note of a code; `words` fill the braces of its text."""
    severity, text = TEXTS[code]
    shown = {key: _shortened(str(value)) for key, value in words.items()}
    return Note(place, severity, code, text.format(**shown), unit, question)


@dataclass(slots=True)
class Notes:
    """Collects the notes of one import, each once; of those that are no errors not more than MAX_NOTES."""

    kept: dict[Note, None] = field(default_factory=dict)
    left: int = 0  # how many more there were

    def add(self, code: str, place: Place, unit: str = "", question: int = 0, **words: object) -> None:
        """Note something; `words` fill the braces of its text."""
        note = note_of(code, place, unit, question, **words)
        if note.severity != "error" and len(self.kept) >= MAX_NOTES and note not in self.kept:
            self.left += 1
        else:
            self.kept[note] = None

    @property
    def all(self) -> tuple[Note, ...]:
        """The notes in the order of files and lines."""
        return tuple(sorted(self.kept))


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 120 else line[:119] + "…"
