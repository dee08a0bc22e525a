"""Where a block of raw HTML begins and ends: the seven conditions of CommonMark 0.31, section 4.6 (comments apart)."""

import re

# Condition 6: these tags begin a block wherever they stand and end it at a blank line.
BLOCK_TAG_NAMES = """
    address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt
    fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link
    main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead
    title tr track ul
"""
BLOCK_TAGS = frozenset(BLOCK_TAG_NAMES.split())
RAW = re.compile(r"<(pre|script|style|textarea)(?:[\s>]|$)", re.IGNORECASE)
TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?:[\s/>]|$)")
ATTRIBUTE = r"""\s++[A-Za-z_:][A-Za-z0-9_.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?"""
TAG = rf"(?:<[A-Za-z][A-Za-z0-9-]*(?:{ATTRIBUTE})*+\s*+/?>|</[A-Za-z][A-Za-z0-9-]*\s*+>)"
INLINE_TAG = re.compile(TAG)
WHOLE_TAG = re.compile(rf"{TAG}\s*$")
ENDS = (
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(r"<![A-Za-z]"), re.compile(">")),
)


def html_block_end(body: str, in_paragraph: bool) -> tuple[bool, re.Pattern[str] | None]:
    """Return whether a block begins with this line, and the pattern that ends it (None: a blank line).

    `body` is the line without its indentation; `in_paragraph` excludes condition 7, which ends no paragraph.
    """
    raw = RAW.match(body)
    if raw:
        return True, re.compile("</(?:pre|script|style|textarea)>", re.IGNORECASE)
    for begin, end in ENDS:
        if begin.match(body):
            return True, end
    name = TAG_NAME.match(body)
    if name and name[1].lower() in BLOCK_TAGS:
        return True, None
    return not in_paragraph and WHOLE_TAG.match(body) is not None, None
