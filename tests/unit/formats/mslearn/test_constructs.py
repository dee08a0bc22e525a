"""What each construct of Microsoft Learn's Markdown becomes."""

import re

import pytest

from quizapp.formats.mslearn import notes
from tests.conftest import ROOT
from tests.unit.formats.mslearn.trees import QUIZ, codes, imported, index, lesson_of, told, unit

GROUPS = """### YamlMime:ZonePivotGroups
groups:
- id: oven
  title: Oven
  prompt: Choose your oven
  pivots:
  - id: gas
    title: Gas oven
  - id: wood
    title: Wood-fired oven
"""


def cells(*rows: tuple[str, ...]) -> str:
    """Rows and columns as Learn writes tables."""
    return "\n".join(
        ":::row:::\n" + "\n".join(f"  :::column:::\n    {cell}\n  :::column-end:::" for cell in row) + "\n:::row-end:::"
        for row in rows
    )


def test_rows_under_bold_headings_are_a_table() -> None:
    source = cells(("**Flour**", "**Water**"), ("500 g | 1 lb", "300 g"), ("- rye\n    - wheat", "cold"))
    text, found = lesson_of(source + "\n\nMix.")
    assert (
        text == "| Flour | Water |\n| --- | --- |\n| 500 g \\| 1 lb | 300 g |\n"
        "| <ul><li>rye</li><li>wheat</li></ul> | cold |\n\nMix."
    )
    assert "columns" not in codes(found)


def test_a_cell_that_is_not_indented_in_its_second_line_stays_one_cell() -> None:
    text, _ = lesson_of(cells(("**A**", "**B**"), ("one\nand more", "two")))
    assert text.endswith("| one and more | two |")


@pytest.mark.parametrize(
    "rows",
    [
        [("Flour", "Water"), ("500 g", "300 g")],
        [("**Flour**", "**Water**")],
        [("**Flour**", "**Water**"), ("500 g",)],
        [("**Flour**", "**Water**"), ("500 g", "```\n    code\n    ```")],
    ],
    ids=["no heading", "one row", "uneven", "code"],
)
def test_rows_that_are_no_table_stand_below_each_other(rows: list[tuple[str, ...]]) -> None:
    text, found = lesson_of(cells(*rows))
    assert ":::" not in text
    assert "| --- |" not in text
    assert "columns" in codes(found)
    assert text.index("Flour") < text.index("Water")


def test_lists_in_columns_side_by_side_are_one_list() -> None:
    text, _ = lesson_of(
        ":::row:::\n:::column:::\n- rye\n- wheat\n:::column-end:::\n"
        ":::column:::\n- spelt\n:::column-end:::\n:::row-end:::"
    )
    assert text == "- rye\n- wheat\n- spelt"


def test_zones_are_tabs_under_the_titles_of_their_group() -> None:
    source = """::: zone pivot="gas"
Light it.
::: zone-end

::: zone pivot="wood"
Burn it down.
::: zone-end

::: zone pivot="gas"
Preheat.
::: zone-end

Bake."""
    text, found = lesson_of(source, {"zone-pivot-groups.yml": GROUPS}, extra="")
    assert text == (
        "/// tab | Gas oven\n\nLight it.\n\nPreheat.\n\n///\n\n"
        "/// tab | Wood-fired oven\n\nBurn it down.\n\n///\n\nBake."
    )
    assert "no-pivot" not in codes(found)


def test_a_pivot_group_that_is_not_known_gives_titles_from_the_ids() -> None:
    changed = unit("mix", '::: zone pivot="steam-oven, gas"\nMix.\n::: zone-end').replace(
        "  description", "  zone_pivot_groups: none\n  description"
    )
    found = imported({"./index.yml": index("mix"), "./1-mix.yml": changed})
    assert "/// tab | Steam oven / Gas\n" in found.texts["sourdough/1-mix.md"]
    assert "`none`" in told(found, "no-pivot").message


def test_headings_that_lead_to_tabs_are_tabs() -> None:
    source = """# [Gas oven](#tab/gas)

Light it.

:::image type="complex" source="x.png" alt-text="An oven":::
It burns.
:::image-end:::

# [Wood-fired oven](#tab/wood)

Burn it down
---
slowly.

---

Bake.

# [Pan](#tab/pan)

Melt.

***

## [A link](#knead)"""
    text, found = lesson_of(source)
    assert text.startswith("/// tab | Gas oven\n\nLight it.\n\n")
    assert text.endswith(
        "///\n\n/// tab | Wood-fired oven\n\n## Burn it down\n\nslowly.\n\n///\n\nBake.\n\n"
        "/// tab | Pan\n\nMelt.\n\n///\n\n## [A link](#knead)"
    )
    assert not {"unclosed", "inner-tab"} & codes(found)


def test_a_tab_in_a_zone_is_a_heading_and_one_without_an_end_is_closed() -> None:
    text, found = lesson_of('::: zone pivot="gas"\n# [Small](#tab/small)\n\nLight it.\n::: zone-end\n')
    assert text == "/// tab | Gas\n\n## Small\n\nLight it.\n\n///"
    assert "inner-tab" in codes(found)
    text, found = lesson_of("# [Small](#tab/small)\n\nLight it.\n")
    assert text == "/// tab | Small\n\nLight it.\n\n///"
    assert "unclosed" in codes(found)


def test_a_zone_in_a_step_stays_in_the_step() -> None:
    text, _ = lesson_of('1. Heat\n\n   ::: zone pivot="gas"\n\n   Light it.\n\n   ::: zone-end\n\n2. Bake\n')
    assert text == "1. Heat\n\n   /// tab | Gas\n\n   Light it.\n\n   ///\n\n2. Bake"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("> [!NOTE]\n> Rest it.", "> [!NOTE]\n> Rest it."),
        (">[!Tip] Rest it.\n>\n> - long", "> [!TIP]\n> Rest it.\n>\n> - long"),
        ("> [!WARNING]\n> - hot", "> [!WARNING]\n>\n> - hot"),
        ("> [!OBS]\n> Rest it.", "> Rest it."),
        ('> [!div class="checklist"]\n> * flour\n> * water', "* flour\n* water"),
        (
            '> [!div class="mx-tableFixed"]\n> | a | b |\n> |---|:-:|\n> | 1 | 2 |',
            "| a | b |\n| --- | :---: |\n| 1 | 2 |",
        ),
        ('> [!div class="nextstepaction"]\n> [Bake](https://example.com/)', "[Bake](https://example.com/)"),
        ("> [!VIDEO https://example.com/v?id=1]", "[Watch the video](https://example.com/v?id=1)"),
        ("1. Mix\n\n   > [!NOTE]\n   > Rest.", "1. Mix\n\n   > [!NOTE]\n   > Rest."),
    ],
)
def test_alerts_and_wrappers(source: str, expected: str) -> None:
    assert lesson_of(source)[0] == expected.replace(
        "[Watch the video](https://example.com/v?id=1)", "[Watch the video](https://example.com/v?id=1)"
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (':::image type="content" source="media/a.png" alt-text="A [big] loaf":::', r"![A \[big\] loaf](media/a.png)"),
        (':::image type="icon" source="media/a.png":::', "![](media/a.png)"),
        (
            ':::image type="complex" source="media/a.png" alt-text="Loaf":::\nA long story.\n:::image-end:::',
            "![Loaf](media/a.png)\n\n/// details | Image description\n\nA long story.\n\n///",
        ),
        ('A cell :::image source="media/a.png" alt-text="Loaf"::: here', "A cell ![Loaf](media/a.png) here"),
        (
            ':::image source="media/a.png" alt-text="Loaf" lightbox="media/b.png":::',
            "[![Loaf](media/a.png)](media/b.png)",
        ),
        ("[![Go](media/a.png)](https://example.com/go)", "[![Go](media/a.png)](https://example.com/go)"),
        ('![Loaf](media/a.png "A title")', '![Loaf](media/a.png "A title")'),
        ("![Loaf](https://example.com/a.png)", "[Loaf](https://example.com/a.png)"),
        ('<img src="media/a.png" alt="Loaf">', "![Loaf](media/a.png)"),
    ],
)
def test_pictures(source: str, expected: str) -> None:
    assert lesson_of(source, {"./media/a.png": b"1", "./media/b.png": b"2"})[0] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (':::code language="python" source="code/a.py" range="2-3":::', "```python\nmix()\nbake()\n```"),
        (
            ':::code language="python" source="code/a.py" range="1,3-":::',
            "```python\nimport oven\nbake()\n# </snippet_eat>\neat()\n```",
        ),
        (':::code language="python" source="code/b.py" id="shape":::', "```python\nshape()\nrest()\n```"),
        ("[!code-python[](code/a.py?range=2&highlight=1)]", "```python\nmix()\n```"),
        ("[!code-python-interactive[](code/a.py#L2-L3)]", "```python\nmix()\nbake()\n```"),
        ("1. Run\n\n   [!code-python[](code/a.py#L2)]", "1. Run\n\n   ```python\n   mix()\n   ```"),
        (':::code language="python" source="code/none.py":::', "`none.py`"),
        ("```bash-interactive\nls\n```", "```bash\nls\n```"),
    ],
)
def test_code(source: str, expected: str) -> None:
    files: dict[str, str | bytes] = {
        "./code/a.py": "import oven\nmix()\nbake()\n# </snippet_eat>\neat()\n",
        "./code/b.py": "x\n    # <snippet_shape>\n    shape()\n    rest()\n    # </snippet_shape>\ny\n",
    }
    assert lesson_of(source, files)[0] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[a](/azure/storage/?azure-portal=true)", "[a](https://learn.microsoft.com/azure/storage/)"),
        ("[a](https://example.com/?x=1&azure-portal=true#b)", "[a](https://example.com/?x=1#b)"),
        ("[a](/learn/modules/sourdough/)", "[a](index.md)"),
        ("[a](https://docs.microsoft.com/en-us/learn/modules/sourdough/1-mix)", "[a](1-mix.md)"),
        ("[a](/training/modules/rye/)", "[a](https://learn.microsoft.com/training/modules/rye/)"),
        ("[a](xref:bread.sourdough.mix) <xref:bread.none>", "[a](1-mix.md) bread.none"),
        ("[a](none.md)", "a"),
        ("[`a` and b](1-mix.yml)", "[`a` and b](1-mix.md)"),
        (
            "[a][1] and `[b](none.md)`\n\n[1]: /azure/storage",
            "[a][1] and `[b](none.md)`\n\n[1]: https://learn.microsoft.com/azure/storage",
        ),
        ("[a](#part)", "[a](#part)"),
        ("[a](<https://example.com/a b>)", "[a](<https://example.com/a b>)"),
        ('<a href="/azure/storage">here</a>', "[here](https://learn.microsoft.com/azure/storage)"),
    ],
)
def test_links(source: str, expected: str) -> None:
    assert lesson_of(source)[0] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Press <kbd>Enter</kbd>.", "Press <kbd>Enter</kbd>."),
        ("In <rgn>[sandbox resource group name]</rgn>", "In [sandbox resource group name]"),
        ("```\n<rgn>[name]</rgn> <T>\n```", "```\n[name] <T>\n```"),
        ("Write <your-name> and `<T>`.", r"Write \<your-name> and `<T>`."),
        (r"Write \<your name\> here", r"Write \<your name\> here"),
        ("<b>Mix</b>, <i>then</i> <strong>bake</strong>", "**Mix**, *then* **bake**"),
        ("one<br>two<br/><br />three", "one\\\ntwo\n\nthree"),
        ("| a |\n|---|\n| one<br/>two |", "| a |\n| --- |\n| one<br>two |"),
        (
            "| a |\n|---|\n| x<br/>• **one**<br/>• two<br/> |",
            "| a |\n| --- |\n| x<ul><li>**one**</li><li>two</li></ul> |",
        ),
        ("bread &mdash; and &lt;butter&gt;", "bread — and &lt;butter&gt;"),
        ('## <a name="clean-up"></a>Clean up', "## Clean up {#clean-up}"),
        ('Say :::no-loc text="Levain"::: here', "Say Levain here"),
        ('::: moniker range=">=1"\nNew.\n::: moniker-end', "New."),
        ("### One\n\n##### Two\n\n### Three\n\n# Four", "## One\n\n### Two\n\n## Three\n\n## Four"),
        ("One\n===\n\nTwo\n---", "## One\n\n### Two"),
        ("## Mix {.check}", r"## Mix \{.check}"),
        ("/// tab | x", r"\/// tab | x"),
        (" -  one\n\n    -  two", "- one\n\n  - two"),
        ("Mix <!-- not this --> it.\n\n<!-- TODO:\nthis -->\n\nBake.", "Mix  it.\n\nBake."),
        ("Mix.\n\n<!-- never closed >\n\nBake.\n\n<!-- this -->\n", "Mix.\n\nBake."),
        ("`<!--` stays", "`<!--` stays"),
        ("a $$word here\n\n$$\n", "a $$word here\n\n\\$\\$"),
    ],
)
def test_text(source: str, expected: str) -> None:
    assert lesson_of(source)[0] == expected


def test_an_include_in_a_step_is_indented_like_the_step() -> None:
    files: dict[str, str | bytes] = {"./tip.md": "> [!TIP]\n> Rest.\n\n```\nbake\n```\n"}
    text, _ = lesson_of("1. Mix\n\n   [!INCLUDE [tip](tip.md)]\n\n2. Bake", files)
    assert text == "1. Mix\n\n   > [!TIP]\n   > Rest.\n\n   ```\n   bake\n   ```\n\n2. Bake"


def test_an_include_in_a_sentence_stays_in_it_and_a_longer_one_goes_below() -> None:
    files: dict[str, str | bytes] = {"./name.md": "**Rye**\n", "./two.md": "One.\n\nTwo.\n"}
    text, found = lesson_of("Bake [!INCLUDE [n](name.md)] now.\n\nThen [!include[](two.md)] rest.", files)
    assert text == "Bake **Rye** now.\n\nThen  rest.\n\nOne.\n\nTwo."
    assert "include-outside" in codes(found)


def test_sandboxes_labs_and_tasks_are_told_and_written() -> None:
    extra = """azureSandbox: true
labId: 4711
interactive: bash
tasks:
- action: exists
  hint: Run `bake` once.
- azure:
    resource:
      type: Bread/loaves
"""
    text, found = lesson_of("Mix.", extra=extra)
    assert text.startswith("> [!NOTE]\n> This exercise was written for a sandbox")
    assert text.endswith(
        "## Check your work\n\nWhen you are done, look whether this is so:\n\n- Run `bake` once.\n- `Bread/loaves`"
    )
    assert {"sandbox", "lab", "tasks"} <= codes(found)


def test_a_module_assessment_is_passed_with_four_fifths() -> None:
    changed = unit("mix", "Mix.", QUIZ).replace("  description", "  module_assessment: true\n  description")
    found = imported({"./index.yml": index("mix"), "./1-mix.yml": changed})
    assert "complete: pass\npass: 80%\n" in found.texts["sourdough/1-mix.md"]
    assert "assessment" in codes(found)


def test_a_module_is_written_with_all_that_the_format_has_for_it() -> None:
    found = imported(
        {"./index.yml": index("mix"), "./1-mix.yml": unit("mix", "Mix."), "achievements/sourdough.svg": "<svg/>"}
    )
    assert (
        found.texts["sourdough/index.md"]
        == """---
title: Bake sourdough
summary: Flour, water, salt and patience.
level: beginner
roles: [baker]
products: [oven]
icon: media/sourdough.svg
objectives:
  - Feed a starter
  - Shape a loaf
prerequisites:
  - You own an oven
x-uid: bread.sourdough
x-badge: bread.sourdough.badge
---
"""
    )
    assert list(found.copies) == ["sourdough/media/sourdough.svg"]


def test_a_path_leads_to_its_modules_in_order_and_tells_of_those_that_are_not_there() -> None:
    path = """### YamlMime:LearningPath
uid: bread.start
title: Begin to bake
summary: Three loaves.
prerequisites: A kitchen.
video:
  title: Meet the bakers
  url: https://example.com/v
modules:
- bread.sourdough
- bread.rye
trophy:
  uid: bread.start.trophy
"""
    files: dict[str, str | bytes] = {
        "./index.yml": index("mix"),
        "./1-mix.yml": unit("mix", "Mix."),
        "paths/sourdough/index.yml": path,
    }
    found = imported(files)
    assert (
        found.texts["sourdough-path/index.md"]
        == """---
title: Begin to bake
summary: Three loaves.
key: sourdough
modules:
  - sourdough
x-uid: bread.start
x-trophy: bread.start.trophy
---
[Meet the bakers](<https://example.com/v>)

## Prerequisites

A kitchen.
"""
    )
    assert "bread.rye" in told(found, "no-module").message


def question(choices: str, stem: str = "What raises the dough?") -> str:
    return f"quiz:\n  title: Quiz\n  questions:\n  - content: {stem}\n    choices:\n{choices}"


def test_several_correct_choices_are_boxes() -> None:
    text, found = lesson_of("Mix.", quiz=QUIZ.replace("false", "true"))
    assert "- [x] Wild yeast" in text
    assert "- [x] Baking powder" in text
    assert told(found, "several-correct").severity == "warning"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("isCorrect: true", "isCorrect: false"), "no-correct"),
        (("isCorrect: true", "isCorrect: perhaps"), "bad-correct"),
        (("What raises the dough?", "''"), "empty-stem"),
        (("content: Wild yeast", "content: ''"), "empty-choice"),
        (
            ("    - content: Baking powder\n      isCorrect: false\n      explanation: None is used here.\n", ""),
            "one-choice",
        ),
    ],
)
def test_a_question_that_cannot_be_asked_is_left_out_with_its_place(change: tuple[str, str], code: str) -> None:
    more = QUIZ.split("questions:\n")[1].replace("What raises", "What else raises")
    text, found = lesson_of("Mix.", quiz=QUIZ.replace(*change) + more)
    note = told(found, code)
    assert (note.severity, note.place.line, note.question) == ("error", 13, 1)
    assert "What else raises the dough?" in text
    assert found.counts["questions"] == 1


@pytest.mark.parametrize(
    ("choice", "written"),
    [
        ("'# Yes'", r"- ( ) \# Yes"),
        ("'- minus'", r"- ( ) \- minus"),
        ("'1. first'", r"- ( ) 1\. first"),
        ("'> more'", r"- ( ) \> more"),
        ("'(x) marked'", "- ( ) (x) marked"),
        ("'`--hot` and *cold*'", "- ( ) `--hot` and *cold*"),
        ("'[[blank]]'", "- ( ) [[blank]]"),
        ("|\n        ```\n        bake\n        ```", "- ( )\n  ```\n  bake\n  ```"),
        ("Wild yeast", "- ( ) Wild yeast (2)"),
    ],
)
def test_a_choice_keeps_its_text_whatever_it_begins_with(choice: str, written: str) -> None:
    text, found = lesson_of("Mix.", quiz=QUIZ.replace("content: Baking powder", f"content: {choice}"))
    assert found.counts["questions"] == 1
    assert f"{written}\n" in text


def test_a_long_question_stands_below_its_number_with_all_its_parts() -> None:
    lines = (
        "|",
        "Holly bakes.",
        "",
        "> [!TIP]",
        "> She has time.",
        "",
        "## Then",
        "",
        "- ( ) a list",
        "",
        "What [[now]]?",
    )
    stem = "\n      ".join(lines) + "\n"
    text, found = lesson_of("Mix.", quiz=QUIZ.replace("What raises the dough?\n", stem))
    assert (
        "### Question 1 {#what-now}\n\nHolly bakes.\n\n> [!NOTE]\n> She has time.\n\n"
        "**Then**\n\n- \\( ) a list\n\nWhat \\[[now]]?" in text
    )
    assert "hint-like" in codes(found)


def test_questions_of_a_module_have_names_of_their_own() -> None:
    twice = QUIZ + QUIZ.split("questions:\n")[1].replace("What raises", "What really raises")
    found = imported(
        {
            "./index.yml": index("mix", "bake"),
            "./1-mix.yml": unit("mix", "M.", twice),
            "./2-bake.yml": unit("bake", "B.", QUIZ),
        }
    )
    names = [name for text in found.texts.values() for name in re.findall(r"\{#([\w-]+)\}", text)]
    assert names == ["what-raises-the-dough", "really-raises-the-dough", "what-raises-the-dough-2"]


def test_importing_twice_gives_the_same() -> None:
    files: dict[str, str | bytes] = {"./index.yml": index("mix"), "./1-mix.yml": unit("mix", "Mix.", QUIZ)}
    assert imported(files) == imported(dict(reversed(files.items())))


def test_every_note_is_told_somewhere() -> None:
    folder = ROOT / "quizapp" / "formats" / "mslearn"
    sources = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py") if file.name != "notes.py")
    assert [code for code in notes.TEXTS if f'"{code}"' not in sources] == []
