"""The learner's choice of colours and contrast: kept without a script, and never a way to another site."""

import pytest

from quizapp.web.palette import THEMES, USES, contrast, read_palette
from tests.conftest import ROOT
from tests.pages import Page, Visitor

PALETTE = read_palette(str(ROOT / "quizapp" / "web" / "static"))


def choose(visitor: Visitor, theme: str, contrast: str, back: str = "") -> Page:
    """Open the page and save these."""
    form = visitor.get("/appearance").form("/appearance")
    return visitor.send(form, theme=theme, contrast=contrast, next=back)


def test_nothing_chosen_follows_the_system(visitor: Visitor) -> None:
    html = visitor.get("/").html
    assert '<html lang="en" dir="ltr">' in html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert 'media="(prefers-contrast: more)"' in html


def test_what_was_chosen_holds_on_every_page(visitor: Visitor) -> None:
    choose(visitor, "dark", "more")
    for address in ("/", "/modules/mail-flow/online", "/nothing"):
        html = visitor.get(address).html
        assert 'data-theme="dark" data-contrast="more"' in html
        assert '<meta name="color-scheme" content="dark">' in html
        assert 'media="all"' in html


def test_it_can_be_taken_back(visitor: Visitor) -> None:
    choose(visitor, "dark", "more")
    form = visitor.get("/appearance").form("/appearance")
    assert [option.value for option in form.options if option.checked] == ["dark", "more"]
    page = choose(visitor, "system", "system")
    assert visitor.address == "/appearance?saved=1"
    assert "Saved." in page.text
    assert "data-theme" not in page.html
    assert "data-contrast" not in page.html


def test_the_form_goes_back_to_where_it_was_asked_from(visitor: Visitor) -> None:
    client = visitor.client
    asked = "http://localhost/modules/mail-flow/online?attempt=x"
    page = Page(client.get("/appearance", headers={"Referer": asked}).get_data(as_text=True))
    assert ("next", "/modules/mail-flow/online?attempt=x") in page.form("/appearance").hidden
    answer = client.post(
        "/appearance",
        data={**dict(page.form("/appearance").hidden), "theme": "light", "contrast": "system"},
    )
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/modules/mail-flow/online?attempt=x"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/progress", "//example.org/", "/\\example.org", "\\\\example.org", "javascript:alert(1)",
        "progress", "/\t/example.org", "///example.org", "/nothing/of/ours", "/appearance", "/static/site.css",
        "/modules/mail-flow/online/checks/check", "http://[", "/progress\r\nSet-Cookie: a=b",
    ],
)  # fmt: skip
def test_it_leads_to_no_other_place(visitor: Visitor, address: str) -> None:
    choose(visitor, "dark", "system", address)
    assert visitor.address == "/appearance?saved=1"
    answer = visitor.client.get("/appearance", query_string={"next": address})
    assert ("next", "") in Page(answer.get_data(as_text=True)).form("/appearance").hidden


@pytest.mark.parametrize("theme", ["", "blue", 'dark" onload="x'])
def test_what_is_not_offered_changes_nothing(visitor: Visitor, theme: str) -> None:
    page = choose(visitor, theme, "more")
    assert visitor.status == 422
    assert "There is a problem" in page.text
    assert page.html.index("<title>Error: ") > 0
    assert "data-contrast" not in visitor.get("/").html


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("use", USES, ids=lambda use: f"{use.name}-on-{use.on}")
def test_every_colour_can_be_read_where_it_is_used(theme: str, use: object) -> None:
    [found] = [one for one in USES if one is use]
    assert contrast(PALETTE[theme][found.name], PALETTE[theme][found.on]) >= found.least


@pytest.mark.parametrize("theme", THEMES)
def test_the_focus_is_seen_on_every_ground(theme: str) -> None:
    colours = PALETTE[theme]
    for ground in ("bg", "surface", "raised", "accent", "right-tint", "wrong-tint"):
        assert max(contrast(colours[name], colours[ground]) for name in ("focus", "focus-edge")) >= 3


@pytest.mark.parametrize("theme", THEMES[2:])
def test_more_contrast_is_fifteen_to_one(theme: str) -> None:
    colours = PALETTE[theme]
    for name in ("text", "muted", "accent", "right", "wrong", "warn", "note", "code-key", "code-text"):
        assert contrast(colours[name], colours["bg"]) >= 15, name
    for name in ("control", "line"):
        assert contrast(colours[name], colours["bg"]) >= 4.5, name
    assert {colours[f"{name}-tint"] for name in ("accent", "right", "wrong", "warn", "note")} == {colours["bg"]}


def test_contrast_is_that_of_the_definition() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")
