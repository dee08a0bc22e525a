"""Attribute lists at the end of headings."""

import pytest

from quizapp.source.attributes import Attributes, split_heading


@pytest.mark.parametrize(
    ("heading", "text", "attributes"),
    [
        ("Which? {#port}", "Which?", Attributes("port")),
        ("Which? <!-- {#port points=2} -->", "Which?", Attributes("port", (), {"points": "2"})),
        ("Check {.check tags=dns,mx}", "Check", Attributes("", ("check",), {"tags": "dns,mx"})),
        ('A {#b .c d="e f" g}', "A", Attributes("b", ("c",), {"d": "e f"}, ("g",))),
        ("Which set is {1, 2}", "Which set is {1, 2}", Attributes()),
        ("{#alone}", "", Attributes("alone")),
        ("Text{#no-space}", "Text", Attributes("no-space")),
        ("Escaped \\{#a}", "Escaped \\{#a}", Attributes()),
        ("Which? {#port} <!-- ask IT -->", "Which?", Attributes("port")),
        ("Which <!-- a note --> port?", "Which  port?", Attributes()),
        ("A {points = 2 shuffle= no}", "A", Attributes("", (), {"points": "2", "shuffle": "no"})),
        ("A {#b #c points=1 points=2}", "A", Attributes("b", (), {"points": "1"}, ("#c", "points=2"))),
        ("Frage {#größe}", "Frage", Attributes("größe")),
    ],
)
def test_the_last_braces_are_a_list_when_they_begin_like_one(heading: str, text: str, attributes: Attributes) -> None:
    assert split_heading(heading) == (text, attributes)
