"""Pictures: those that somebody may see are served, and no other file is."""

from collections.abc import Callable
from pathlib import Path

from tests.pages import Visitor

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="8"/>'
DRAWN = "### [One](pool.bank.md#one)\n"
BANK = "## What is this? {#one}\n\n![A map](media/a&b%20c.svg)\n\n- (x) A map\n- ( ) A plan\n"
ADDRESS = "/media/exchange/mail-flow/media/a&b%20c.svg"


def put(folder: Path, **files: str) -> None:
    module = folder / "exchange" / "mail-flow"
    (module / "media").mkdir(exist_ok=True)
    (module / "media" / "a&b c.svg").write_text(SVG, encoding="utf-8")
    for name, text in files.items():
        (module / f"{name.replace('_', '.')}.md").write_text(text, encoding="utf-8")


def status_of(visitor: Visitor, address: str = ADDRESS) -> int:
    with visitor.client.get(address) as response:
        return response.status_code


def test_the_picture_of_a_drawn_question_is_served(folder: Path, visitor: Visitor) -> None:
    put(folder, pool_bank=BANK, drawn=f"# Drawn\n\n## Check {{.check}}\n\n{DRAWN}")
    page = visitor.get("/modules/mail-flow/drawn")
    assert 'src="/media/exchange/mail-flow/media/a&amp;b%20c.svg"' in page.html
    assert 'width="9"' in page.html
    assert status_of(visitor) == 200


def test_the_picture_of_a_draft_is_not(folder: Path, visitor: Visitor) -> None:
    put(folder, pool_bank=BANK, drawn=f"---\ndraft: true\n---\n# Drawn\n\n## Check {{.check}}\n\n{DRAWN}")
    assert status_of(visitor, "/modules/mail-flow/drawn") == 404
    assert status_of(visitor) == 404
    put(folder, pool_bank=BANK.replace("{#one}", "{#one .draft}"), drawn=f"# Drawn\n\n## Check {{.check}}\n\n{DRAWN}")
    assert status_of(visitor) == 404


def test_an_attempt_keeps_its_pictures(folder: Path, visitor: Visitor, new_visitor: Callable[[], Visitor]) -> None:
    put(folder, pool_bank=BANK, drawn=f"# Drawn\n\n## Check {{.check}}\n\n{DRAWN}")
    result = visitor.send(visitor.get("/modules/mail-flow/drawn").form("/checks/check"), "A plan")
    assert "a&amp;b%20c.svg" in result.html
    address = visitor.address
    put(folder, pool_bank=BANK.replace("![A map](media/a&b%20c.svg)", "Look at it."))
    assert "a&amp;b%20c.svg" in visitor.get(address).html
    assert status_of(visitor) == 200
    assert status_of(new_visitor(), ADDRESS.replace("a&b", "a")) == 404


def test_other_files_of_the_folder_are_not_served(folder: Path, visitor: Visitor) -> None:
    put(folder)
    for path in ("a&b c.svg", "../2-online.md", "..%2f..%2fsecret", ""):
        assert status_of(visitor, f"/media/exchange/mail-flow/media/{path}") == 404, path
