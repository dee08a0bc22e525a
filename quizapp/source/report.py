"""The problems of one file: what each code says, and a list that grows while the file is read."""

from quizapp.errors import Problem, Severity

# code: severity, what is so, what to do. Words in braces are filled in where the problem is found.
TEXTS: dict[str, tuple[Severity, str, str]] = {
    "not-utf8": ("warning", "This file is not UTF-8; characters may be wrong.", "Save it as UTF-8."),
    "too-large": ("error", "This file has {size} bytes.", "A file has 1 MiB at most: divide it."),
    "unreadable": ("error", "This cannot be read: {reason}.", "Give quizapp the right to read it, or another name."),
    "too-deep": ("error", "This stands deeper than path, module and file{why}.", "{mend}"),
    "empty-folder": (
        "advice",
        "This folder has nothing to show.",
        "Add a lesson; call it `media` if it holds pictures; or remove it.",
    ),
    "no-key": ("error", "The name `{name}` gives no key.", "Use letters or digits in it, or write `key: …` inside."),
    "key-twice": ("error", "The key `{key}` is already that of `{other}`.", "Rename one of them, or give it a `key:`."),
    "unknown-module": ("error", "There is no module `{key}`.", "{mend}"),
    "front-matter-open": ("error", "The front matter is never closed.", "End it with a line `---`."),
    "front-matter-fence": (
        "error",
        "This looks like front matter, and does not begin with a line of three hyphens.",
        "Write `---` {where}, and `---` below its last key.",
    ),
    "front-matter-yaml": ("error", "The front matter is not YAML: {reason}.", "{mend}."),
    "front-matter-key-twice": ("error", "`{key}` stands twice.", "Keep one of the two."),
    "unknown-key": ("warning", "`{key}` is not known.", "{nearest}"),
    "foreign-keys": ("advice", "Keys of another tool are ignored: {keys}.", "Remove them, or begin them with `x-`."),
    "bad-value": ("warning", "`{name}{value}` cannot be used.", "{meant}Write {wanted}."),
    "alias-taken": ("error", "`{alias}` is already the key of `{other}`, or its alias.", "Remove it from `aliases:`."),
    "module-twice": ("warning", "`{key}` stands twice in `modules:`; the first counts.", "Remove one of the two."),
    "renamed-without-alias": (
        "warning",
        "`{old}` is gone, and this is the same text under the key `{new}`: links and progress would be lost.",
        "Write `aliases: [{alias}]` in the front matter of `{where}`.",
    ),
    "name-reused": (
        "warning",
        "`#{name}` was the name of another question, whose answers would be counted for this one.",
        "Give the new question a new name.",
    ),
    "advice-off-why": (
        "warning",
        "This comment switches advice off and does not say which, or why.",
        "Write codes, a colon and the reason: `<!-- advice-off longest-choice: the key needs its qualifier -->`.",
    ),
    "advice-off-alone": (
        "warning",
        "A comment that switches advice off means nothing beside text.",
        "Put it on a line of its own, between blank lines.",
    ),
    "advice-off-unknown": ("warning", "`{word}` is no advice that could be switched off.", "{nearest}"),
    "advice-off-unused": (
        "advice",
        "There is no `{word}` here that this comment would switch off.",
        "Remove `{word}` from the comment, or the comment.",
    ),
    "too-deeply-nested": ("error", "More than 32 levels stand in each other here.", "Write it flatter."),
    "too-complex": (
        "error",
        "More than 200 brackets are open here, or too much stands in one piece.",
        "Write it flatter, or divide it.",
    ),
    "broken-link": ("warning", "Nothing is at `{target}`.", "Write the path of a file of this content folder."),
    "link-with-spaces": (
        "warning",
        "This is no link, because its address has spaces.",
        "Put the address in angle brackets: `[{text}](<{target}>)`.",
    ),
    "broken-anchor": ("warning", "Nothing in `{path}` has the name `#{anchor}`.", "{nearest}"),
    "missing-image": ("warning", "Nothing is at `{target}`.", "Put the picture there, or write the path of one."),
    "picture-on-disk": (
        "warning",
        "The picture `{written}` stands on your own disk, where nobody else finds it.",
        "Copy it into the folder `media` beside this file, and write `media/{name}`.",
    ),
    "no-alt": (
        "warning",
        "The picture `{path}` has no description.",
        "Say in the square brackets what it shows: `![…]({path})`.",
    ),
    "remote-picture": (
        "warning",
        "The picture `{path}` is on another site, so it is not shown: reading a lesson asks nobody else for anything.",
        "Put a copy into the folder `media` and write its path.",
    ),
    "bad-formula": ("warning", "This formula is shown as it is written: {what}.", "Write it in plain TeX."),
    "include-loop": ("error", "`{path}` includes itself, or more than 8 files deep.", "Remove this include."),
    "include-answers": (
        "warning",
        "The questions of `{path}` are left out here: what is included is text.",
        "To ask them, link to their bank in a heading of a check.",
    ),
    "slashes-open": ("error", "This `/// {word}` is never closed.", "End it with a line `///`."),
    "unknown-slashes": ("warning", "`/// {word}` is read as text.", "{mend}"),
    "no-heading": (
        "warning",
        "This line is no heading.",
        "Write a space behind `{signs}`, or `\\#` for the sign itself.",
    ),
    "no-alert": ("warning", "`{written}` makes no alert.", "{mend}"),
    "no-table": (
        "warning",
        "This was perhaps meant as a table, and is read as text.",
        "Write `{dashes}` as its second line.",
    ),
    "cells-too-many": (
        "warning",
        "This row has {found} cells, and the first row {columns}: what is beyond them is not shown.",
        "Write a bar inside a cell as `\\|`, or give the first row another column.",
    ),
    "footnote-in-question": (
        "warning",
        "A footnote has no place in a question.",
        "Write what it says in the text itself.",
    ),
    "text-after-reference": (
        "warning",
        "A heading that links to a bank stands for the question there; this text is not shown.",
        "Move it to the bank, or remove it.",
    ),
    "draw-too-many": ("error", "`{bank}` has {available} such questions, not {count}.", "{mend}"),
    "empty-quiz": ("error", "This quiz has no question.", "Write one under a `##` heading, or `draw:` from a bank."),
    "no-close": (
        "error",
        "`reveal: after-close` waits for a closing date, and this quiz has none.",
        "Write `closes: 2026-12-01`, or `reveal: after-submit`.",
    ),
    "closes-before-opens": (
        "error",
        "This quiz closes before it opens.",
        "Write a later date for `closes:`, or an earlier one for `opens:`.",
    ),
    "guessed-too-easily": (
        "warning",
        "Who guesses passes this quiz with a chance of {chance}, and `guessing:` allows {limit}.",
        "Ask more questions, offer more choices, write fewer `attempts:` or a higher `pass:`, or allow more.",
    ),
    "unknown-bank": ("error", "There is no bank `{bank}`.", "{mend}"),
    "fence-open": ("error", "This code block is never closed.", "End it with a line of its own: {marker}"),
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
        "{mend}.",
    ),
    "check-twice": ("error", "A check of this lesson is already named `{name}`.", "Give this one another `#name`."),
    "no-answers": (
        "error",
        "This heading is read as a question, but it has no answers.",
        "{add}; or {too_low}.{hint}",
    ),
    "two-types": (
        "error",
        "`{one}` and `{other}` are two types.",
        "Keep one of the two words; a list of choices needs none.",
    ),
    "blank-beside-answers": (
        "warning",
        "`{blank}` is plain text here, because this question has answers.",
        "Remove the answers, or the double brackets.",
    ),
    "blank-marker": (
        "error",
        "Only some of the parts of this blank have a marker.",
        "Every choice in `[[…]]` begins with `( )` or `(x)`, then a space.",
    ),
    "blank-place": (
        "error",
        "A blank cannot stand in a link, in the description of a picture or in a cell too many.",
        "Put it in the text.",
    ),
    "no-prompt": ("error", "This question has no text.", "Write what is asked in the heading or below it."),
    "empty-choice": ("error", "This {what} has no text.", "Write it after the marker."),
    "blank-spaces": (
        "warning",
        "`{blank}` is read as text, because of the space inside its brackets.",
        "Write `{mend}`; text that only looks like a blank stands in backticks.",
    ),
    "empty-cell": (
        "error",
        "Nothing stands on the right of this line.",
        "Write what belongs to it. What belongs to no line has an empty cell on the left.",
    ),
    "no-right-answer": (
        "error",
        "No answer is marked right: `(x)`, `[x]` or `=`.",
        "Mark one. If there is none by intention, add `.survey` to the braces of the heading.",
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
        "Start the next one with a heading, or write `\\(` for a literal bracket.{hint}",
    ),
    "one-choice": ("error", "A question has at least two choices.", "Add another choice."),
    "too-few-items": ("error", "This question has fewer than {least} {what}.", "Add another one."),
    "too-many-items": ("error", "A question has at most {most} {what}.", "Divide it."),
    "match-columns": (
        "error",
        "This row has {found} cells; a row has two, or three with feedback.",
        "Add or remove one. A bar inside a cell is written `\\|`.",
    ),
    "group-of-nothing": ("error", "These groups have no items.", "Indent the items under their group by two spaces."),
    "rubric-points": (
        "error",
        "A line of the rubric begins with its points: `- [2] names the MX record`.",
        "Write them in square brackets, as a number above 0.",
    ),
    "bad-record": (
        "error",
        "`{value}`: this record cannot be read: {reason}.",
        "Write owner, type and data, as in `@ MX 0 mail.example.com.`.",
    ),
    "two-zones": (
        "error",
        "Two zone files stand above these records, and the first is what the learner begins with.",
        "Write another word than `zone` after the backticks of the one that is only shown.",
    ),
    "record-marker": (
        "error",
        "A record is required or forbidden as a whole.",
        "Write `- = record` or `- != record`; in it `?` stands for any one field.",
    ),
    "percent-in-box": ("error", "Percentages stand only in `( )`.", "Write `[x]` or `[ ]`."),
    "percent-range": ("error", "`{value}` is not a percentage from 0 to 100.", "Write one from 0 to 100."),
    "typed-marker": (
        "error",
        "This is a list of typed answers, and this marker belongs to choices.",
        "In a list of typed answers a known wrong one is written `!= …`, one worth half `(50%) = …`.",
    ),
    "typed-answer-block": (
        "error",
        "A typed answer is one line.",
        "Feedback goes under it, indented, after `>`.",
    ),
    "bad-pattern": ("error", "The pattern cannot be read: {reason}.", "Mend it, or write `=` for a plain text."),
    "needs-backticks": (
        "warning",
        "Formatters rewrite some characters of `{value}`.",
        "Put the value in backticks; it is then taken literally.",
    ),
    "comma-number": ("warning", "`{value}` is compared as text.", "Write a number with a point: `{point}`."),
    "unknown-unit": (
        "advice",
        "`{word}` is not a unit, so this answer is compared as text.",
        "For a number write it alone, and name what is counted in the prompt; for text put it in backticks.",
    ),
    "quoted-answer": (
        "warning",
        "The quotation marks are part of this answer: who leaves them out is wrong.",
        "Write `{value}` without them; if they belong to it, put it in backticks.",
    ),
    "looks-like-pattern": (
        "warning",
        "`= {value}` is compared letter by letter.",
        "A pattern is written `=~` and stands in backticks: ``=~ `{pattern}` ``.",
    ),
    "choice-or-typed": (
        "advice",
        "This is shown as a choice.",
        "For an answer to type, the first line of the list begins with `=`.",
    ),
    "feedback-not-indented": (
        "error",
        "This feedback does not stand under its choice.",
        "Put {columns} spaces before its `>`.",
    ),
    "same-choice-twice": (
        "error",
        "Two choices say “{text}”.",
        "Change or remove one of them; the other is on line {other}.",
    ),
    "several-right": (
        "advice",
        "Several choices are marked `(x)`: each counts as right.",
        "To ask for all of them, write `[x]`.",
    ),
    "id-twice": ("error", "`#{name}` is already the name of the question on {other}.", "Give this one another name."),
    "bad-name": (
        "warning",
        "A name is made of letters, digits, `-` and `_`.",
        "Write `#{name}`.",
    ),
    "braces-as-text": (
        "warning",
        "`{written}` is read as text of the heading.",
        "{mend}.",
    ),
    "fence-after-marker": (
        "error",
        "A code block cannot begin behind a marker.",
        "Begin the code block on its own line under the marker.",
    ),
    "no-id": (
        "advice",
        "This {what} has no name.",
        "Give it one so that history survives an edit: `{{#{short}}}`.",
    ),
    "unknown-word": ("warning", "`{word}` is not known.", "{nearest}"),
    "unknown-option": ("warning", "`{key}=` is not known.", "{nearest}"),
}  # fmt: skip


class Report:
    """Collects the problems of the file at `path`."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.errors = 0  # how many of the problems are errors

    def add(self, code: str, line: int = 1, column: int = 1, **words: object) -> None:
        """Note a problem; `words` fill the braces of its texts."""
        severity, message, advice = TEXTS[code]
        words = {"hint": "", **words}
        self.errors += severity == "error"
        self.problems.append(
            Problem(self.path, line, column, severity, code, message.format(**words), advice.format(**words).strip())
        )

    def take(self, other: "Report") -> None:
        """Add the problems of another report: of a file that this one includes."""
        self.problems += other.problems
        self.errors += other.errors
