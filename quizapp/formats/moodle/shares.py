"""The shares that an answer can earn in Moodle; a question with another one is not imported there.

The list is that of `question_bank::fraction_options_full`, in percent, each with its negative one.
"""

from fractions import Fraction

from quizapp.formats.losses import Lost, lost
from quizapp.questions.base import decimal_text

PERCENT = ("100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30", "25", "20",
           "16.66667", "14.28571", "12.5", "11.11111", "10", "5", "0")  # fmt: skip
SHARES = tuple(Fraction(text) / 100 for text in PERCENT)
CLOSE = Fraction(1, 10**5)  # what Moodle takes for equal


def percent_of(credit: Fraction) -> str:
    """A credit in percent, as it is written in files."""
    return decimal_text(Fraction(round(credit * 10**7), 10**5))


def share_in_moodle(credit: Fraction, told: list[Lost], field: str) -> Fraction:
    """The credit, or the nearest one that Moodle takes, which is told; `field` is what it is a part of."""
    nearest = min(SHARES, key=lambda share: abs(share - abs(credit)))
    if abs(nearest - abs(credit)) < CLOSE:
        return credit
    text = f"{percent_of(abs(credit))} % becomes {percent_of(nearest)} %, since Moodle takes no other shares than some."
    if all(text != one.text for one in told):
        told.append(lost(text, field))
    return nearest if credit > 0 else -nearest
