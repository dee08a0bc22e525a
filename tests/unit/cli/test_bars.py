"""What takes long shows a bar to a person at a terminal, and to nobody else."""

import os
import pty
import subprocess
import sys
from pathlib import Path

PROGRAM = [sys.executable, "-c", "from quizapp.cli import main; main()"]


def at_a_terminal(*arguments: object) -> str:
    """What a command writes to its standard error, which is a terminal of its own."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([*PROGRAM, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        written = bytearray()
        while part := _part(ours):
            written += part
        process.wait(60)
    os.close(ours)
    return written.decode()


def _part(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""


def aside(*arguments: object) -> str:
    """What it writes there when that is no terminal."""
    return subprocess.run([*PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=60).stderr


def test_a_long_import_shows_how_far_it_is(tmp_path: Path) -> None:
    long, short = tmp_path / "long.gift", tmp_path / "short.gift"
    short.write_text("How much is 2 plus 2? {=4 ~5}\n", encoding="utf-8")
    long.write_text("\n".join(f"How much is {n} plus 2? {{=4 ~{'5' * 300}}}\n" for n in range(40)), encoding="utf-8")
    seen = at_a_terminal("import", "gift", "--dry-run", long)
    assert "long.gift  [" in seen
    assert "100%" in seen
    assert "[---" not in at_a_terminal("import", "gift", "--dry-run", short)
    assert "100%" not in aside("import", "gift", "--dry-run", long)


def test_a_tree_of_microsoft_learn_shows_how_far_it_is(tmp_path: Path) -> None:
    module = tmp_path / "tree" / "module"
    module.mkdir(parents=True)
    unit = "### YamlMime:ModuleUnit\nuid: a.b.c\ntitle: One\ndurationInMinutes: 1\ncontent: |\n  Rain is wet.\n"
    (module / "1-one.yml").write_text(unit, encoding="utf-8")
    index = "### YamlMime:Module\nuid: a.b\ntitle: Rain\nunits:\n- a.b.c\n"
    (module / "index.yml").write_text(index, encoding="utf-8")
    seen = at_a_terminal("import", "mslearn", tmp_path / "tree", tmp_path / "made")
    assert "tree  [" in seen
    assert "100%" in seen


def test_a_long_export_shows_how_far_it_is(tmp_path: Path) -> None:
    bank = tmp_path / "sums" / "sums.bank.md"
    bank.parent.mkdir()
    asked = (f"## How much is {n} plus 2? {{#q{n}}}\n\n- (x) {n + 2}\n- ( ) {n}\n" for n in range(60))
    bank.write_text("\n".join(asked), encoding="utf-8")
    seen = at_a_terminal("export", "gift", bank)
    assert "Writing  [" in seen
    assert "100%" in seen
    assert "Writing" not in aside("export", "gift", bank)
