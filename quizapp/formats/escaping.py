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


MARK = "\ufdd0"  # stands for Markdown that is put in once the text around it is escaped
WITH_MARKS = re.compile(rf"\\(?={MARK})|(?<={MARK})[*_~({{]|[*_~!](?={MARK})|\]|{SPECIAL.pattern}")


def shown(text: str) -> str:
    """Markdown that shows a line of text as it is, wherever a paragraph or the text of a choice may stand."""
    return escaped_line(escaped(" ".join(text.split())))


def escaped(text: str) -> str:
    """The inline text with what has a meaning in it escaped; `MARK` stands for Markdown beside it."""
    has_marks = MARK in text
    is_alone = text.count("$") == 1 and not has_marks  # it begins no formula
    special = WITH_MARKS if has_marks else SPECIAL
    return special.sub(lambda found: _escape(found[0], is_alone), text).replace(
        "\\<!", "&lt;!"
    )  # a heading cuts off `<!--`


def _escape(sign: str, is_alone: bool) -> str:
    return "$" if is_alone and sign == "$" else "".join(f"\\{one}" for one in sign)


def escaped_line(inline: str) -> str:
    """Escaped inline text that begins a line, and nothing else."""
    begun = BLOCK.match(inline)
    if not begun:
        return inline
    place = len(begun["number"]) if begun["number"] else 0
    return f"{inline[:place]}\\{inline[place:]}"


def paragraph(lines: list[str]) -> str:
    """Lines that stay lines, as one paragraph."""
    return "\\\n".join(shown(line) for line in lines if line.strip())
