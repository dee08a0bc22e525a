"""Cards for Anki: what each type becomes stands in `anki/types.txt`; `--update-golden` writes that anew.

The text is read as Anki reads it, and the package is opened with zipfile and sqlite3.
"""

import csv
import io
import json
import re
import sqlite3
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.cli import main
from quizapp.errors import NotInstalled
from quizapp.formats.anki.fields import Fields
from quizapp.formats.anki.numbers import in_words
from quizapp.formats.contract import EXPORTERS, Exported
from quizapp.questions.base import QUESTION_TYPES, Question
from quizapp.questions.fillin import FillIn
from quizapp.questions.numbers import read_key
from tests.unit.formats.qti12_items import PNG
from tests.unit.formats.trips import written_questions
from tests.unit.questions.generators import KINDS, read

GOLDEN = Path(__file__).parent / "anki" / "types.txt"
GAP = re.compile(r"\{\{c(\d+)::(.*?)\}\}")  # https://docs.ankiweb.net/editing.html, Cloze Deletion
MORE = r"""
## It rains. {#rains}

- ( ) True
- (x) False
  > Not today.

> [!TIP]
> Look up.

Rain is *water*.

## Which code? {#code tags=sky,sky/rain}

```python
if x:
	y = {"a": 1}
```

- [x] `y["a"]`
- [ ] $\frac{a}{b} < c$
  > A fraction.
- [~] Neither

## {#gaps case=yes}

Use `std::vector` or {{c9::this}}: [[std::list|a:b]], [[( ) x::y | (x) }} z]], [[=~ `x+`|xx]] and [[&#91;1, 2) m]].

$$
\frac{{a}}{b}
$$

## Why? {#why .essay}

In your own words.
"""


def nothing(path: str) -> bytes | None:
    """No picture."""
    return None


def export(text: str, name: str = "anki", title: str = "Sky", picture: bytes | None = None) -> Exported:
    """What an exporter makes of a bank."""
    return EXPORTERS[name].write(list(read(text).values()), title, lambda path: picture)


def rows(data: bytes) -> list[list[str]]:
    """The rows of a text file, and that there is one in each line below the header."""
    lines = data.decode().split("\n")
    head = [line for line in lines if line.startswith("#")]
    assert lines[: len(head)] == head
    found = list(csv.reader(io.StringIO("\n".join(lines[len(head) :]), newline=""), delimiter="\t", strict=True))
    assert len(found) == len(lines) - len(head) - 1
    return found


def sides(text: str, **more: Any) -> tuple[str, str]:
    """The two sides of the one question of a bank, without what Anki's own note types need."""
    [row] = rows(export(text, **more).data)
    front, back = (re.sub(r'^<div style="text-align: left">(.*)</div>$', r"\1", side) for side in row[3:5])
    return front, back


def opened(data: bytes) -> tuple[sqlite3.Connection, dict[str, bytes]]:
    """The collection of a package, and its pictures by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        named = json.loads(archive.read("media"))
        assert set(archive.namelist()) == {"collection.anki2", "media", *named}
        files = {name: archive.read(number) for number, name in named.items()}
        database = sqlite3.connect(":memory:")
        database.deserialize(archive.read("collection.anki2"))
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return database, files


def test_every_type_becomes_what_stands_beside_it(request: pytest.FixtureRequest) -> None:
    made = export("".join(kind.example for kind in QUESTION_TYPES.values()) + MORE)
    found = made.data.decode() + "".join(
        f"{one.key}: {'left out: ' * one.is_left_out}{one.text}\n" for one in made.losses
    )
    if request.config.getoption("--update-golden"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.parametrize("name", KINDS)
@given(data=st.data())
def test_any_question_is_a_note_in_both_files_or_is_told_as_left_out(name: str, data: st.DataObject) -> None:
    question = data.draw(written_questions(name))
    for exporter in ("anki", "apkg"):
        made = EXPORTERS[exporter].write([question], data.draw(st.text(max_size=9)), nothing)
        left_out = sum(loss.is_left_out for loss in made.losses)
        assert all(loss.key == question.key for loss in made.losses)
        notes = rows(made.data) if exporter == "anki" else notes_in(made.data)
        assert len(notes) == 1 - left_out
        for guid, kind, deck, front, back, tags in notes:
            assert re.fullmatch("[0-9a-f]{16}", guid)
            assert deck == deck.strip() != ""
            assert set(tags.split()) == set(question.tags)
            require_gaps(question, kind, front)
            assert front
            assert back or kind == "Cloze"


def notes_in(data: bytes) -> list[list[str]]:
    """The notes of a package as the rows of a text file would be."""
    database, _ = opened(data)
    [(decks, models)] = database.execute("SELECT decks, models FROM col")
    [deck] = [one["name"] for number, one in json.loads(decks).items() if number != "1"]
    kinds = {int(number): ("Basic", "Cloze")[one["type"]] for number, one in json.loads(models).items()}
    found = []
    for number, guid, kind, tags, fields in database.execute("SELECT id, guid, mid, tags, flds FROM notes"):
        front, back = fields.split("\x1f")
        cards = [place for (place,) in database.execute("SELECT ord FROM cards WHERE nid = ? ORDER BY ord", (number,))]
        gaps = {int(one) for one, _ in GAP.findall(front)} if kinds[kind] == "Cloze" else {1}
        assert cards == [one - 1 for one in sorted(gaps)]
        found.append([guid, kinds[kind], deck, front, back, tags])
    return found


def require_gaps(question: Question, kind: str, front: str) -> None:
    """A text with blanks has a gap for each in their order, and nothing else in it looks like one."""
    assert (kind == "Cloze") == isinstance(question.type, FillIn)
    if not isinstance(question.type, FillIn):
        return
    gaps = GAP.findall(front)
    assert [int(number) for number, _ in gaps] == list(range(1, len(question.type.blanks) + 1))
    assert all(inside.count("::") <= 1 and inside for _, inside in gaps)
    assert not re.search("[{}]", GAP.sub("", front))


def test_a_note_keeps_its_id_when_the_text_changes_and_when_the_name_does() -> None:
    [first] = rows(export("## Is it wet? {#wet}\n\n- (x) Yes\n- ( ) No\n").data)
    [edited] = rows(export("## Is it *really* wet? {#wet}\n\n- = Yes\n").data)
    [renamed] = rows(export("## Is it wet? {#moist was=wet}\n\n- (x) Yes\n- ( ) No\n").data)
    [moved] = rows(export("## Is it wet? {#moist was=m#wet}\n\n- (x) Yes\n- ( ) No\n").data)
    [other] = rows(export("## Is it wet? {#moist}\n\n- (x) Yes\n- ( ) No\n").data)
    assert first[0] == edited[0] == renamed[0] == moved[0] != other[0]


def test_no_two_notes_have_one_id() -> None:
    bank = "## A {#a}\n\n- = x\n\n## B {#b was=a}\n\n- = x\n\n## C {#c was=z}\n\n- = x\n\n## D {#d was=z}\n\n- = x\n"
    assert len({row[0] for row in rows(export(bank).data)}) == 4


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("So $x^2$", r"So \(x^2\)"),
        ("$a<b$ or not", r"\(a &lt; b\) or not"),
        ("$a$ and $b$, for 5$", r"\(a\) and \(b\), for 5$"),
        (r"$\ce{H2O}$", r"\(\ce{H2O}\)"),
        (r"a \\(x\\)", r"a &#92;<span></span>(x\)"),
        ("[sound:a.mp3] [latex]x[/latex]", "&#91;sound:a.mp3] &#91;latex]x&#91;/latex]"),
        ("{{c1::x}} <b>b</b>", "{{c1::x}} <b>b</b>"),
        ('a < b & "c"\ttab', 'a &lt; b &amp; "c"\ttab'),
        ("one\ntwo", "one two"),
        ("one  \ntwo", "one<br> two"),
        ("=1+1", "=1+1"),
    ],
)
def test_what_is_written_is_shown_and_nothing_that_anki_would_act_on(written: str, shown: str) -> None:
    assert sides(f"## Q {{#q}}\n\n{written}\n\n- = x\n")[0] == f"<p>Q</p><p>{shown}</p>"


def test_formulas_are_found_in_quotes_lists_and_tables() -> None:
    text = "> [!NOTE]\n> $$\n> a\n> + b\n> $$\n\n- $c + d$\n\n| $\\|e\\|$ |\n| --- |\n| $f$ |\n"
    made = export(f"## Q {{#q}}\n\n{text}\n\nSo?\n\n- = x\n")
    assert made.losses == ()
    assert re.findall(r"\\[(\[](.*?)\\[)\]]", made.data.decode()) == ["a + b", "c + d", "|e|", "f"]


def test_a_text_parts_no_fields_of_a_note() -> None:
    assert Fields(nothing, "").plain("a\x1fb\ud800<") == "a\ufffdb\ufffd&lt;"


def test_code_and_blocks_of_formulas_keep_their_lines() -> None:
    text = "## Q {#q}\n\n```python\nif x:\n\ty = 1\n\n    z\n```\n\n$$\n\\frac{a}{b} % half\n+ c\n$$\n\n- = x\n"
    front, _ = sides(text)
    assert '<pre><code class="language-python">if x:<br>\ty = 1<br><br>    z</code></pre>' in front
    assert re.search(r"\\\[\\frac\{a\}\{b\} \+ c\\\]$", front)


def test_a_formula_that_would_end_too_soon_stays_mathml() -> None:
    made = export("## Q {#q}\n\n$$a \\\\\\] b$$\n\n- = x\n")
    assert [loss.text for loss in made.losses] == ["a formula is MathML there, which old versions of Anki do not show."]
    assert b"<math" in made.data


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("25", "25"),
        ("12.33 +- 0.05 ms", "12.33 ± 0.05 ms (from 12.28 to 12.38 ms)"),
        ("100 +- 2%", "100 ± 2% (from 98 to 102)"),
        ("[1, 2]", "from 1 to 2"),
        ("(0, 1) m", "from above 0 to below 1 m"),
        ("1e300 +- 5%", "1e300 ± 5% (from 9.5e299 to 1.05e300)"),
        ("0 +- 0", "0 ± 0"),
    ],
)
def test_a_tolerance_is_told_in_words(key: str, words: str) -> None:
    interval = read_key(key)
    assert interval
    assert in_words(interval) == words


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("It is [[wet|moist]].", "<p>Also right: moist</p>"),
        ("It is [[wet]].", ""),
        ("It is [[a]], [[wet|moist]].", '<p>Also right:</p><ol type="1"><li value="2">moist</li></ol>'),
        ("It is [[=~ `wet+`]].", "<p>Also right: what the pattern <code>wet+</code> fits</p>"),
        ("It is [[3 +- 1 mm|&#91;5, 6) mm]].", "<p>Also right: from 5 to below 6 mm</p>"),
    ],
)
def test_what_else_is_right_in_a_gap_stands_behind(text: str, back: str) -> None:
    assert sides(f"## Q {{#q}}\n\n{text}\n")[1] == back


def test_lines_to_order_do_not_stand_in_the_right_order() -> None:
    front, back = sides("## Order {#q .order}\n\n1. a\n2. b\n3. c\n")
    assert re.findall("<li[^>]*>(.)</li>", front) == ["c", "b", "a"]
    assert re.findall("<li[^>]*>(.)</li>", back) == ["a", "b", "c"]


LOST: list[tuple[str, str]] = [
    ("## Q {#q points=2}\n\n- = x\n", "its points (2) are left out."),
    ("## Q {#q tries=100,50}\n\n- = x\n", "what each try is worth is left out."),
    ("## Q {#q credit=exact}\n\n- [x] a\n- [ ] b\n", "its rule `credit=exact` is left out."),
    ('## Q {#q tags="a b"}\n\n- = x\n', "its tag “a b” is `a_b` there."),
    ("## Q\n\n[in](#q) {#q}\n\n- = x\n", "a link into the site is left out."),
    ("## Q {#q}\n\n![P](media/p.png)\n\n- = x\n", "its pictures are left out: a text file has no place for them"),
    ("## Q {#q .survey}\n\n- ( ) a\n- ( ) b\n", "it is a survey"),
    ("## Q {#q .void}\n\n- = x\n", "it is void."),
    ("## Q {#q .draft}\n\n- = x\n", "it is a draft."),
    ("## Q {#q .essay}\n", "it has no rubric and no explanation to put on the back of a card."),
]


@pytest.mark.parametrize(("text", "told"), LOST)
def test_what_a_card_cannot_hold_is_told(text: str, told: str) -> None:
    losses = export(text).losses
    assert [loss.text for loss in losses if loss.text.startswith(told)]
    assert len(losses) == 1


def test_the_package_brings_its_pictures_along() -> None:
    text = "## Q {#q tags=a,b}\n\n![A map](media/map.png) ![Again](media/map.png)\n\n- (x) Yes\n- ( ) No\n"
    made = export(text, "apkg", picture=PNG)
    assert made.losses == ()
    database, files = opened(made.data)
    [name] = files
    assert files[name] == PNG
    [(fields, tags)] = database.execute("SELECT flds, tags FROM notes").fetchall()
    assert fields.count(f'<img src="{name}"') == 2
    assert tags == " a b "


def test_a_picture_that_is_missing_is_told() -> None:
    made = export("## Q {#q}\n\n![A map](media/map.png)\n\n- = x\n", "apkg")
    assert [loss.text for loss in made.losses] == ["the picture m/media/map.png is not found, and is left out."]
    assert b"media" in made.data


def test_the_same_questions_give_the_same_bytes_and_others_another_time() -> None:
    text, other = "## Q {#q}\n\n[[a]] [[b]]\n\n## R {#r}\n\n- = x\n", "## Q {#q}\n\n[[a]] [[c]]\n\n## R {#r}\n\n- = x\n"
    for name in ("anki", "apkg"):
        assert export(text, name).data == export(text, name).data != export(other, name).data
    times = [opened(export(one, "apkg").data)[0].execute("SELECT DISTINCT mod FROM notes").fetchall()
             for one in (text, other)]  # fmt: skip
    assert times[0] != times[1]


def test_new_cards_come_in_the_order_of_the_questions() -> None:
    database, _ = opened(export("## Q {#q}\n\n- = x\n\n## R {#r}\n\n[[a]] [[b]]\n", "apkg").data)
    assert database.execute("SELECT due, ord FROM cards ORDER BY id").fetchall() == [(1, 0), (2, 0), (2, 1)]


@pytest.mark.parametrize(
    ("title", "deck"),
    [
        ("Sky", "Sky"),
        ("C::D", "C:D"),
        ('A "b"\n c', "A b c"),
        ("2024", "Deck 2024"),
        ("::", "Questions"),
        ("", "Questions"),
    ],
)
def test_a_title_is_the_name_of_one_deck(title: str, deck: str) -> None:
    [row] = rows(export("## Q {#q}\n\n- = x\n", title=title).data)
    assert row[2] == deck
    assert [note[2] for note in notes_in(export("## Q {#q}\n\n- = x\n", "apkg", title).data)] == [deck]


def test_nothing_is_a_file_without_notes() -> None:
    assert rows(EXPORTERS["anki"].write([], "Sky", nothing).data) == []
    database, _ = opened(EXPORTERS["apkg"].write([], "Sky", nothing).data)
    assert database.execute("SELECT count(*) FROM notes").fetchone() == (0,)


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank with a picture, in a content folder."""
    folder = tmp_path / "content" / "sky"
    (folder / "media").mkdir(parents=True)
    (folder / "media" / "map.png").write_bytes(PNG)
    text = "---\ntitle: The sky\n---\n\n## Is it wet? {#wet}\n\n![A map](media/map.png)\n\n- (x) Yes\n- ( ) No\n"
    (folder / "sky.bank.md").write_text(text, encoding="utf-8")
    return folder / "sky.bank.md"


def run(*arguments: object) -> Any:
    """A run of the command line."""
    return CliRunner().invoke(main, ["export", *map(str, arguments)])


def test_the_commands_write_both_files(bank: Path, tmp_path: Path) -> None:
    text = run("anki", bank)
    assert text.exit_code == 1
    assert rows(text.stdout_bytes)[0][2] == "The sky"
    assert "sky/sky.bank.md:5: sky#wet: its pictures are left out" in text.stderr
    package = run("apkg", bank, "-o", tmp_path / "sky.apkg")
    assert (package.exit_code, package.stderr) == (0, "1 question written\n")
    assert list(opened((tmp_path / "sky.apkg").read_bytes())[1].values()) == [PNG]


def without_genanki(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if it were not installed."""
    monkeypatch.setitem(sys.modules, "genanki", None)


def test_where_genanki_is_missing_it_is_said_what_to_install(bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_genanki(monkeypatch)
    with pytest.raises(NotInstalled, match=r"quizapp\[anki\]"):
        export("## Q {#q}\n\n- = x\n", "apkg")
    done = run("apkg", bank)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Run `pip install 'quizapp[anki]'`" in done.stderr
    assert run("anki", bank).exit_code == 1
