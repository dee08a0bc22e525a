"""What came of real files, as the guide tells it: a table of all formats, and the reasons of each."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tests.conformance.rows import Row
from tests.written import counted, details, table

HEADS = ("Files", "Questions", "Exact", "Told", "Refused", "Unread")
# The page tells the reasons, and nothing of what the files say.
QUOTED = re.compile(r"“[^”]*”(?:, “[^”]*”)*|\"[^\"]*\"|(?<=`)\{\w+\}(?=`)|\{\w+\}")
NAMED = re.compile(r"[\w/-]+\.(?:png|gif|jpe?g|svg)\b|(?<=left out: )(?!“)[^…]+$")


def summary(titles: Mapping[str, str], rows: Sequence[Row]) -> str:
    """A line for each format."""
    assert {row.format for row in rows} == set(titles)
    return table(
        ("Format", *HEADS),
        [(title, *_counts([row for row in rows if row.format == format])) for format, title in titles.items()],
    )


def _counts(rows: Sequence[Row]) -> tuple[int, ...]:
    return (
        len(rows),
        sum(row.questions for row in rows),
        sum(row.exact for row in rows),
        sum(len(row.told) for row in rows),
        sum(len(row.refused) for row in rows),
        sum(bool(row.errors) for row in rows),
    )


def reasons(rows: Sequence[Row]) -> str:
    """All that is said of the files of a format, each reason with how often it is said; and every file."""
    parts = [
        _list("What is told of questions that came in", "question", [_once(said) for row in rows for said in row.told]),
        _list("Why questions are left out", "question", [[_bare(why)] for row in rows for why in row.refused]),
        _list("Why a file is not read", "file", [_once(row.errors[:1]) for row in rows]),
        _list("What is told of files as a whole", "place", [[_bare(one)] for row in rows for one in row.notes]),
        details("One by one", _files(rows)),
    ]
    return "\n\n".join(part for part in parts if part)


def _list(title: str, word: str, said: Iterable[Iterable[str]]) -> str:
    found = Counter(sentence for sentences in said for sentence in sentences)
    lines = [f"- {sentence} *{counted(number, word)}*" for sentence, number in sorted(found.items(), key=_often)]
    return details(title, "\n".join(lines)) if lines else ""


def _often(one: tuple[str, int]) -> tuple[int, str]:
    return -one[1], one[0]


def _once(said: Iterable[str]) -> list[str]:
    """Sentences, each once."""
    return list(dict.fromkeys(map(_bare, said)))


def _bare(sentence: str) -> str:
    """A sentence without what it quotes, as Markdown that begins with a capital letter."""
    text = NAMED.sub("…", QUOTED.sub(lambda found: "“…”" if found[0][0] in '“"' else "…", sentence))
    return text[:1].upper() + text[1:]


def _files(rows: Sequence[Row]) -> str:
    named = [(_name(row.file), *_counts([row])[1:]) for row in rows]
    return table(("Name", *HEADS[1:]), named)


def _name(file: str) -> str:
    """The name of a file, without the folders that stand in it."""
    return f"`{file.rpartition('__')[2]}`"
