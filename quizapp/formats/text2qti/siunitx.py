r"""Numbers with units as text2qti takes them from LaTeX, `\num{…}`, `\si{…}` and `\SI{…}{…}`, as formulas."""

import re

PLAIN_OR_MACRO = re.compile(
    r"(?<!`)(?P<ticks>`{1,9})(?!`)[^\n]{1,200}?(?<!`)(?P=ticks)(?!`)|(?<!\$)\$(?P<math>[^ $][^$]*)(?<! )\$(?!\$)|"
    r"\\num\{(?P<num>[^{}]+)\}|\\si\{(?P<si>[^{}]+)\}|\\SI\{(?P<number>[^{}]+)\}\{(?P<unit>[^{}]+)\}"
)
MACROS = ("\\num{", "\\si{", "\\SI{")
POWER = re.compile(r"(?P<factor>[^eE]*)[eE](?P<power>[-+]?\d{1,9})")
NAMES = {"degree": r"^\circ ", "celsius": r"^\circ C", "fahrenheit": r"^\circ F", "ohm": r"\Omega ", "micro": r"\mu "}
NAME = re.compile(r"\\([a-z]+)\s*")


def with_formulas(text: str) -> str:
    """Markdown in which such numbers and units are formulas; code stays what it is."""
    return PLAIN_OR_MACRO.sub(_shown, text) if any(macro in text for macro in MACROS) else text


def _shown(found: re.Match[str]) -> str:
    if found["ticks"]:
        return found[0]
    if found["math"]:
        return f"${PLAIN_OR_MACRO.sub(_tex, found['math'])}$"
    return f"${_tex(found)}$"


def _tex(found: re.Match[str]) -> str:
    if found["num"]:
        return _number(found["num"])
    if found["si"]:
        return _unit(found["si"])
    return f"{_number(found['number'])}\\,{_unit(found['unit'])}" if found["unit"] else found[0]


def _number(written: str) -> str:
    power = POWER.fullmatch(written.strip())
    if power is None:
        return written.strip()
    factor = power["factor"].strip()
    return f"{factor}\\times 10^{{{int(power['power'])}}}" if factor else f"10^{{{int(power['power'])}}}"


def _unit(written: str) -> str:
    """A unit; a power in it is one figure, with or without braces."""
    named = NAME.sub(lambda found: NAMES.get(found[1], found[0]), written.strip())
    return f"\\mathrm{{{named.replace('.', chr(92) + 'cdot ')}}}"
