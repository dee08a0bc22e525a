"""The unit table: what a unit measures, and how many of the base unit it is.

Units of one kind are converted into each other; °C, °F and K are kept apart, because a difference and a reading would
be converted differently. Factors after the SI brochure, 9th edition, and the international yard and pound.
"""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it was found: `factor` of it are one of the base unit of its kind."""

    kind: str
    factor: Fraction


# kind: words with the number of base units each stands for
TABLE: dict[str, dict[str, str]] = {
    "time": {
        "s": "1", "sec": "1", "ms": "0.001", "µs": "0.000001", "us": "0.000001",
        "ns": "0.000000001", "min": "60", "h": "3600", "d": "86400", "week": "604800",
        "weeks": "604800",
    },
    "length": {
        "m": "1", "km": "1000", "dm": "0.1", "cm": "0.01", "mm": "0.001", "µm": "0.000001", "um": "0.000001",
        "nm": "0.000000001", "inch": "0.0254", "ft": "0.3048", "yd": "0.9144", "mi": "1609.344", "NM": "1852",
    },
    "mass": {
        "g": "1", "kg": "1000", "mg": "0.001", "µg": "0.000001", "t": "1000000", "lb": "453.59237",
        "oz": "28.349523125",
    },
    "data": {
        "bit": "1", "b": "1", "kbit": "1000", "kb": "1000", "Mbit": "1000000", "Mb": "1000000", "Gbit": "1000000000",
        "Gb": "1000000000", "Tbit": "1000000000000", "Tb": "1000000000000", "B": "8", "kB": "8000", "KB":
        "8000", "MB": "8000000", "GB": "8000000000", "TB": "8000000000000",
        "PB": "8000000000000000", "KiB": "8192", "MiB": "8388608", "GiB": "8589934592", "TiB": "8796093022208",
    },
    "data rate": {
        "bit/s": "1", "bps": "1", "b/s": "1", "kb/s": "1000", "Mb/s": "1000000", "Gb/s": "1000000000", "kbit/s":
        "1000", "kbps": "1000", "Mbit/s": "1000000", "Mbps": "1000000",
        "Gbit/s": "1000000000", "Gbps": "1000000000", "B/s": "8", "kB/s": "8000", "MB/s": "8000000",
        "GB/s": "8000000000",
    },
    "frequency": {"Hz": "1", "kHz": "1000", "MHz": "1000000", "GHz": "1000000000", "THz": "1000000000000"},
    "degree Celsius": {"°C": "1", "degree Celsius": "1", "degrees Celsius": "1"},
    "degree Fahrenheit": {"°F": "1", "degree Fahrenheit": "1", "degrees Fahrenheit": "1"},
    "kelvin": {"K": "1"},
    "speed": {"m/s": "1", "km/h": "5/18", "mph": "0.44704", "kn": "463/900"},
    "acceleration": {"m/s²": "1", "m/s^2": "1", "m/s2": "1"},
    "area": {
        "m²": "1", "m^2": "1", "m2": "1", "cm²": "0.0001", "cm^2": "0.0001", "mm²": "0.000001", "km²": "1000000",
        "km^2": "1000000", "ha": "10000",
    },
    "volume": {
        "l": "1", "L": "1", "ml": "0.001", "mL": "0.001", "cl": "0.01", "dl": "0.1", "hl": "100", "m³": "1000",
        "m^3": "1000", "m3": "1000", "cm³": "0.001", "cm^3": "0.001", "dm³": "1",
    },
    "energy": {
        "J": "1", "kJ": "1000", "MJ": "1000000", "Wh": "3600", "kWh": "3600000", "MWh": "3600000000", "cal": "4.184",
        "kcal": "4184",
    },
    "power": {"W": "1", "mW": "0.001", "kW": "1000", "MW": "1000000", "GW": "1000000000"},
    "voltage": {"V": "1", "mV": "0.001", "kV": "1000"},
    "current": {"A": "1", "mA": "0.001", "µA": "0.000001"},
    "charge": {"mAh": "3.6", "Ah": "3600"},
    "resistance": {"Ω": "1", "ohm": "1", "kΩ": "1000", "MΩ": "1000000"},
    "force": {"N": "1", "kN": "1000"},
    "pressure": {
        "Pa": "1", "hPa": "100", "kPa": "1000", "MPa": "1000000", "bar": "100000", "mbar": "100", "atm": "101325",
        "mmHg": "133.322387415",
    },
    "amount": {"mol": "1", "mmol": "0.001"},
    "concentration": {"mol/l": "1", "mol/L": "1", "mmol/l": "0.001", "mmol/L": "0.001"},
    "density": {"kg/m³": "1", "kg/m^3": "1", "g/cm³": "1000", "g/cm^3": "1000", "g/ml": "1000", "kg/l": "1000"},
    "angle": {"°": "1"},
    "radian": {"rad": "1"},
    "share": {"%": "1", "percent": "1", "per cent": "1", "‰": "0.1"},
    "level": {"dB": "1"},
    "pixels": {"px": "1"},
    "points": {"pt": "1"},
    "resolution": {"dpi": "1"},
    "heart rate": {"bpm": "1"},
    "revolutions": {"rpm": "1"},
    "EUR": {"EUR": "1", "€": "1"},
    "USD": {"USD": "1", "$": "1"},
    "GBP": {"GBP": "1", "£": "1"},
    "JPY": {"JPY": "1", "¥": "1"},
    "CHF": {"CHF": "1"},
}  # fmt: skip
# Long names, each with and without an `s` at its end.
NAMES = {
    "second": "s", "millisecond": "ms", "microsecond": "µs", "nanosecond": "ns", "minute": "min", "hour": "h",
    "day": "d", "meter": "m", "metre": "m", "kilometer": "km", "kilometre": "km", "centimeter": "cm",
    "centimetre": "cm", "millimeter": "mm", "millimetre": "mm", "yard": "yd", "mile": "mi", "gram": "g",
    "kilogram": "kg", "milligram": "mg", "tonne": "t", "bit": "bit", "kilobit": "kbit", "megabit": "Mbit",
    "gigabit": "Gbit", "byte": "B", "kilobyte": "kB", "megabyte": "MB", "gigabyte": "GB", "terabyte": "TB",
    "liter": "l", "litre": "l", "milliliter": "ml", "millilitre": "ml", "hertz": "Hz", "kelvin": "K", "watt": "W",
    "kilowatt": "kW", "volt": "V", "amp": "A", "ampere": "A", "joule": "J", "degree": "°", "euro": "€", "dollar": "$",
}  # fmt: skip
CURRENCY_SIGNS = "€$£¥"
SHORT = {word: Unit(kind, Fraction(factor)) for kind, words in TABLE.items() for word, factor in words.items()}
UNITS = SHORT | {name + end: SHORT[word] for name, word in NAMES.items() for end in ("", "s")}


def _without_case() -> dict[str, Unit]:
    """Words in lower case, where that leaves no doubt: `khz` is kHz, but `mw` is neither mW nor MW.

    A single letter always leaves doubt: `k` is no kelvin, and `G` no gram.
    """
    found: dict[str, set[Unit]] = {}
    for word, unit in UNITS.items():
        if len(word) > 1:
            found.setdefault(word.lower(), set()).add(unit)
    return {word: next(iter(units)) for word, units in found.items() if len(units) == 1}


LOWER = _without_case()


def find_unit(word: str) -> Unit | None:
    """The unit that a word stands for; the case counts only where it tells two units apart."""
    word = word.replace("\N{GREEK SMALL LETTER MU}", "\N{MICRO SIGN}").replace("\N{OHM SIGN}", "Ω")
    return UNITS.get(word) or LOWER.get(word.lower())
