"""Formulas: TeX to MathML, within bounds. The only module that imports the converter."""

import html
import re
from functools import lru_cache

from latex2mathml.converter import convert

MAX_LENGTH = 2000
MAX_BRACES = 60
UNKNOWN = re.compile(r"<m[io]>\\([A-Za-z]+)</m[io]>")


@lru_cache(maxsize=2048)
def formula(tex: str, is_block: bool) -> tuple[str, str]:
    """The MathML of a formula, and what is wrong with it (empty: nothing).

    A formula that cannot be converted is shown as it was written.
    """
    tex = tex.strip()
    trouble = _trouble(tex)
    if not trouble:
        try:
            found = convert(tex, display="block" if is_block else "inline")
        except Exception as error:  # the converter names no errors of its own; a formula must not take its page away
            trouble = f"it cannot be read ({type(error).__name__})"
        else:
            unknown = UNKNOWN.search(found)
            if not unknown:
                return found, ""
            trouble = f"`\\{unknown[1]}` is not known"
    element = "pre" if is_block else "code"
    return f'<{element} class="formula">{html.escape(tex)}</{element}>', trouble


def _trouble(tex: str) -> str:
    if len(tex) > MAX_LENGTH:
        return f"it has more than {MAX_LENGTH} characters"
    depth = deepest = 0
    for character in tex:
        depth += (character in "{[(") - (character in "}])")
        deepest = max(deepest, depth)
    if deepest > MAX_BRACES or tex.count("\\left") > MAX_BRACES or tex.count("^") + tex.count("_") > 400:
        return "it is nested too deeply"
    return ""
