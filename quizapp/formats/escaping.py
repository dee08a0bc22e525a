"""Plain text as Markdown that shows it as it was."""

import re

# What has a meaning to inline Markdown, where it stands so that it has one.
ENTITY = r"&(?=#\w|\w+;)"
TAG = r"<(?=[\w/!?])"
BRACES = r"\{(?=:?\s*[#.\w])"
STAR = r"(?<=\S)\*|\*(?=\S)"
LINE = r"(?<=[^\s\w])_|_(?=[^\s\w_])|(?<!\w)_(?=\w)|(?<=\w)_(?!\w)"  # not in snake_case, not a gap ____ between spaces
SPECIAL = re.compile(rf"`|\\(?=[!-/:-@\[-`{{-~\n])|\\$|\[|\]\(|{ENTITY}|{TAG}|{BRACES}|{STAR}|{LINE}|~(?=~)|(?<=~)~|\$")
# What has one at the beginning of a line.
BLOCK = re.compile(
    r"(?:#{1,6}(?=\s|$)|>|[-+*](?=\s|$|[-*=+])|={1,}\s*$|:|/{3}|\||~{3}|_{3}|(?P<number>\d{1,9})[.)](?=\s|$))"
)


def shown(text: str) -> str:
    """Markdown that shows a line of text as it is, wherever a paragraph or the text of a choice may stand."""
    text = " ".join(text.split())
    is_alone = text.count("$") == 1  # it begins no formula
    inline = SPECIAL.sub(lambda found: "$" if is_alone and found[0] == "$" else re.sub("(.)", r"\\\1", found[0]), text)
    begun = BLOCK.match(inline)
    if not begun:
        return inline
    place = len(begun["number"]) if begun["number"] else 0
    return f"{inline[:place]}\\{inline[place:]}"


def paragraph(lines: list[str]) -> str:
    """Lines that stay lines, as one paragraph."""
    return "\\\n".join(shown(line) for line in lines if line.strip())
