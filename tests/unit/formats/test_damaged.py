"""Sources of every format, damaged in ways that are drawn: none raises, and what is good of them can be saved.

The draw has a seed, so that a failure comes back; a longer run is another `SEEDS`.
"""

import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable

import pytest

from quizapp.formats.banks import plan_bank
from quizapp.formats.contract import EXPORTERS, IMPORTERS, UNSHOWN, Imported, Source
from quizapp.formats.pictures import BEGINNINGS
from quizapp.questions.base import QUESTION_TYPES
from tests.unit.questions.generators import read

SEEDS = range(30)
WORDS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PASTED = (
    "1. Which is wet?\na) Sand\n*b) Rain\n\n2. Rain is ____.\nAnswer: wet\n\n3. True or false: it rains.\nAnswer: T\n"
)
OURS = {
    "text": PASTED,
    "aiken": "Which is wet?\nA) Rain\nB) Sand\nANSWER: A\n\nWhich is dry?\nA) Rain\nB) Sand\nANSWER: B\n",
}
WRITTEN = {"qti": "qti3"}  # an importer that reads what an exporter of another name writes
PIECES = (
    *("\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u202e", "\u200b", "\ufdd0", "\ue000", "\ue092", "\ue100", "\x00"),
    *(
        "\x1b[2J",
        "\x7f",
        "\ufeff",
        "\n## x {#y}\n",
        "\n---\n",
        "\n- (x) y\n",
        "\n- = z\n",
        "\n```\n",
        "{.draft}",
        "<!--",
    ),
    *(
        "[[x]]",
        "[[( ) a | (x) b]]",
        "$$",
        "`",
        "\n> [!TIP]\n> x\n",
        "\n| a | b |\n| --- | --- |\n",
        "[x]: javascript:a",
    ),
    *("\\", "&#0;", "&lt;script&gt;", "<script>x</script>", "<img src=x onerror=a>", "<a href='javascript:a'>k</a>"),
    *(
        "<table><tr><td>a",
        "<pre>x</pre>",
        "<ul><li>(x) a",
        "<h1>t</h1>",
        "]]>",
        "<![CDATA[",
        "<!DOCTYPE a>",
        "<b>" * 1200,
    ),
    *(
        "1e999999999",
        "-inf",
        "nan",
        "9" * 5000,
        "0." + "3" * 5000,
        "1/0",
        "\u0663",
        "\u00bd",
        "50%",
        "-100",
        "null",
        "[]",
    ),
    *("{:SA:=a}", "{1:MC:=x~y}", "[[1]]", "ANSWER: B", "../../etc/passwd", "CON", "\\ud800", "[" * 3000, "> " * 300),
)
MARKED = re.compile(rb"""(<[^>]*>|\n|["'=,;{}\[\]~#:])""")


def examples(name: str) -> list[bytes]:
    """Good sources of a format: what its exporter makes of every type, or what is written here."""
    if name in OURS:
        return [OURS[name].encode()]
    if name == "docx":
        lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in PASTED.split("\n"))
        return [zipped({"word/document.xml": f"<w:document {WORDS}><w:body>{lines}</w:body></w:document>".encode()})]
    questions = [found for kind in QUESTION_TYPES.values() for found in read(kind.example.lstrip()).values()]
    made = (
        EXPORTERS[WRITTEN.get(name, name)].write([one], "Rain", lambda path: BEGINNINGS[".png"][0]) for one in questions
    )
    return [one.data for one in made if one.data]


def zipped(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def damaged(data: bytes, dice: random.Random) -> bytes:
    """A source with some damage; where it is an archive, mostly in one of its files."""
    if data.startswith(b"PK") and dice.random() < 0.9:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        name = dice.choice(sorted(files))
        return zipped({**files, name: damaged(files[name], dice)})
    for _ in range(dice.choice((1, 1, 2, 4))):
        data = dice.choice(DAMAGES)(data, dice)
    return data


def _cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def _flip(data: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(data) + 1)
    return data[:place] + bytes([dice.randrange(256)]) + data[place + 1 :]


def _put_in(data: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(data) + 1)
    return data[:place] + dice.choice(PIECES).encode() + data[place:]


def _put_for(data: bytes, dice: random.Random) -> bytes:
    parts = MARKED.split(data)
    parts[dice.randrange(len(parts))] = dice.choice(PIECES).encode()
    return b"".join(parts)


def _drop(data: bytes, dice: random.Random) -> bytes:
    parts = MARKED.split(data)
    del parts[dice.randrange(len(parts))]
    return b"".join(parts)


def _move(data: bytes, dice: random.Random) -> bytes:
    parts = MARKED.split(data)
    first, second = dice.randrange(len(parts)), dice.randrange(len(parts))
    parts[first], parts[second] = parts[second], parts[first]
    return b"".join(parts)


def _repeat(data: bytes, dice: random.Random) -> bytes:
    begin = dice.randrange(len(data) + 1)
    end = begin + dice.choice((5, 50, 300))
    return data[:end] + data[begin:end] * dice.choice((1, 5)) + data[end:]


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (_cut, _flip, _put_in, _put_for, _drop, _move, _repeat)


@pytest.mark.parametrize("name", IMPORTERS)
def test_a_damaged_source_never_raises_and_what_is_good_of_it_can_be_saved(name: str) -> None:
    sources = examples(name)
    for seed in SEEDS:
        dice = random.Random(seed)
        holds(IMPORTERS[name].read(Source(damaged(dice.choice(sources), dice), "x")))


def holds(found: Imported) -> None:
    """What is read says something, in words without control characters, and its good questions make a bank."""
    assert found.items or found.errors or found.notes
    told = [note.text for note in (*found.notes, *found.errors)]
    for item in found.items:
        told += [item.title, item.place, item.refused, *(note.text for note in (*item.guesses, *item.warnings))]
        assert bool(item.question) != bool(item.refused or item.asked)
    assert not UNSHOWN.search("".join(told))
    plan = plan_bank(found.items, None, {}, title="Rain", only_good=True)
    assert not plan.errors
    assert len(plan.added) + len(plan.skipped) == len(found.good)
