"""How often advice is given that nobody deserves, and how often a flaw gets away, over many generated banks."""

import random
from collections import Counter
from itertools import count
from pathlib import Path

import pytest

from quizapp.advice.base import ADVICE
from tests.unit.advice.advised import told
from tests.unit.advice.banks import FLAWS, Bank, clean_bank

BANKS, SIZE, FEW = 100, 20, 6  # banks, and their questions where a bias is planted, or one flaw
OF_WHOLE_BANKS = {"key-position", "longest-often"}
MOST_FALSE = 1 / 100  # accusations per question
LEAST_FOUND = 95  # of a hundred
# Told of lessons, modules and quizzes; the files in tests/advised/ have them.
NOT_OF_BANKS = {
    "objective-untested", "heading-untested", "hard-to-read", "long-sentence", "long-lesson", "guessable-quiz",
}  # fmt: skip


def advised(root: Path, bank: Bank) -> list[str]:
    return [problem.code for problem in told(root, {"m/1.bank.md": bank.written()})]


def test_clean_banks_are_hardly_ever_accused(tmp_path: Path) -> None:
    found: Counter[str] = Counter()
    questions = 0
    for seed in range(BANKS):
        bank = clean_bank(seed, SIZE)
        questions += len(bank.items)
        found.update(advised(tmp_path, bank))
    print(f"\n{sum(found.values())} accusations in {questions} questions of {BANKS} clean banks: {dict(found)}")
    assert sum(found.values()) <= MOST_FALSE * questions, found


@pytest.mark.parametrize("code", sorted(FLAWS))
def test_a_planted_flaw_is_found(tmp_path: Path, code: str) -> None:
    size = SIZE if code in OF_WHOLE_BANKS else FEW
    seeds, planted = count(1000), list[Bank]()
    while len(planted) < BANKS:
        seed = next(seeds)
        bank = FLAWS[code](clean_bank(seed, size), random.Random(seed))
        planted += [bank] if bank else []
    found = sum(code in advised(tmp_path, bank) for bank in planted)
    print(f"\n{code}: found in {found} of {len(planted)} banks")
    assert found >= LEAST_FOUND * len(planted) / 100


def test_every_advice_on_banks_has_a_flaw() -> None:
    assert FLAWS.keys() | NOT_OF_BANKS == ADVICE.keys()
