"""The problems of one file: what each code says, and a list that grows while the file is read."""

from quizapp.errors import Problem, Severity

# code: severity, what is so, what to do. Words in braces are filled in where the problem is found.
TEXTS: dict[str, tuple[Severity, str, str]] = {
    "not-utf8": ("warning", "This file is not UTF-8; characters were lost.", "Save it as UTF-8."),
    "too-large": ("error", "This file has {size} bytes.", "A file has 1 MiB at most: divide it."),
    "unreadable": ("error", "This file cannot be read: {reason}.", "Give quizapp the right to read it."),
    "too-deep": ("error", "This stands deeper than path, module and file.", "Move it up one folder."),
    "empty-folder": ("advice", "This folder has nothing to show.", "Add a lesson, or remove the folder."),
    "key-twice": ("error", "The key `{key}` is already that of `{other}`.", "Rename one of them, or give it a `key:`."),
    "unknown-module": ("error", "There is no module `{key}`.", "The modules are: {known}."),
    "front-matter-open": ("error", "The front matter is never closed.", "End it with a line `---`."),
    "front-matter-yaml": ("error", "The front matter is not YAML: {reason}.", "Write `key: value` lines."),
    "front-matter-key-twice": ("error", "`{key}` stands twice.", "Keep one of the two."),
    "unknown-key": ("warning", "`{key}` is not known.", "Did you mean `{nearest}`?"),
    "foreign-keys": ("advice", "Keys of another tool are ignored: {keys}.", "Remove them, or begin them with `x-`."),
    "bad-value": ("warning", "`{name}={value}` is not {wanted}.", "Write {wanted}."),
    "too-complex": ("error", "This is nested too deeply to be rendered.", "Write it flatter."),
    "fence-open": ("error", "This code block is never closed.", "End it with a line `{marker}`."),
    "math-open": ("error", "This formula is never closed.", "End it with a line `$$`."),
    "html-open": ("error", "This HTML or comment is never closed.", "Close it."),
    "empty-check": (
        "error",
        "This check has no questions.",
        "Write each as a heading one level deeper, with its answers below.",
    ),
    "answers-outside-check": (
        "warning",
        "These look like answers, but they stand outside a check, so they are ordinary text.",
        "Put the question under a heading marked `{{.check}}`, or write `\\(` for a literal bracket.",
    ),
    "answers-before-heading": (
        "error",
        "These answers stand before the first question heading.",
        "Put a heading above their question.",
    ),
    "check-twice": ("error", "A check of this lesson is already named `{name}`.", "Give this one another `#name`."),
    "no-answers": (
        "error",
        "This heading is read as a question, but it has no answers.",
        "Add `- (x) …` or `- [x] …`; or close the check with a heading of its own level.{hint}",
    ),
    "no-prompt": ("error", "This question has no text.", "Write what is asked in the heading or below it."),
    "empty-choice": ("error", "This choice has no text.", "Write it after the marker."),
    "no-right-answer": (
        "error",
        "No answer is marked right: `(x)` or `[x]`.",
        "Mark one. If there is none by intention, add `.survey`.",
    ),
    "unmarked-answer": (
        "error",
        "Every item of an answer list begins with a marker.",
        "For an ordinary list after the answers, write a line of text between them.{hint}",
    ),
    "mixed-markers": ("error", "`( )` asks for one choice, `[ ]` for several.", "Use one kind in a list."),
    "two-answer-lists": (
        "error",
        "This question already has answers.",
        "Start the next one with a heading, or write `\\(` for a literal bracket.",
    ),
    "one-choice": ("error", "A question has at least two choices.", "Add another choice."),
    "percent-in-box": ("error", "Percentages stand only in `( )`.", "Write `[x]` or `[ ]`."),
    "percent-range": ("error", "`{value}` is not a percentage from 0 to 100.", "Write one from 0 to 100."),
    "feedback-not-indented": (
        "error",
        "This feedback does not stand under its choice.",
        "Indent this feedback by two spaces, so that it stands under its choice.",
    ),
    "same-choice-twice": ("error", "Two choices say the same.", "Change or remove one of them."),
    "several-right": (
        "advice",
        "Several choices are marked `(x)`: each counts as right.",
        "To ask for all of them, write `[x]`.",
    ),
    "id-twice": ("error", "`#{name}` is already the name of the question at {other}.", "Give this one another name."),
    "no-id": (
        "advice",
        "This question has no name.",
        "Give it one so that history survives an edit: `{{#short-name}}`.",
    ),
    "unknown-word": ("warning", "`.{word}` is not known.", "{nearest}"),
    "unknown-option": ("warning", "`{key}=` is not known.", "{nearest}"),
}  # fmt: skip


class Report:
    """Collects the problems of the file at `path`."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def add(self, code: str, line: int = 1, column: int = 1, **words: object) -> None:
        """Note a problem; `words` fill the braces of its texts."""
        severity, message, advice = TEXTS[code]
        words = {"hint": "", **words}
        self.problems.append(
            Problem(self.path, line, column, severity, code, message.format(**words), advice.format(**words).strip())
        )

    @property
    def has_errors(self) -> bool:
        """Whether one of the problems is an error."""
        return any(problem.severity == "error" for problem in self.problems)
