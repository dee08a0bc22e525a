"""The lesson of the guide that says what came of real files: written here, and held against every import of now."""

from pathlib import Path

import pytest

from quizapp.cli._trees import FolderTree
from tests.conformance import (
    test_behaviours,
    test_confidence,
    test_format,
    test_gift,
    test_mslearn,
    test_multiple,
    test_numbers,
    test_qti,
    test_qti12,
    test_text2qti,
)
from tests.conformance.rows import Row
from tests.conformance.tables import reasons, summary
from tests.written import hold, names_in

PAGE = "read-from-real-files"
TITLES = {
    "mslearn": "Microsoft Learn",
    "gift": "GIFT",
    "text2qti": "text2qti",
    "qti12": "QTI 1.2 (Canvas)",
    "qti22": "QTI 2.2",
    "qti30": "QTI 3.0",
}
READERS = (
    test_behaviours,
    test_confidence,
    test_format,
    test_gift,
    test_mslearn,
    test_multiple,
    test_numbers,
    test_qti,
    test_qti12,
    test_text2qti,
)
LEGAL = ("README*", "LICENSE-*", "NOTICE-*")  # said of the files, and nothing to read


@pytest.fixture(scope="module")
def rows(conformance: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """What came of every file."""
    readers = (test_gift, test_text2qti, test_qti12, test_qti)
    found = [row for reader in readers for row in reader.rows_of(conformance)]
    return test_mslearn.rows_of(tmp_path_factory.mktemp("content")) + found


def test_every_file_is_read_by_some_test(conformance: Path) -> None:
    """A new file fails until it is."""
    read = {file for reader in READERS for file in reader.files_of(conformance)}
    there = {conformance / path for path in FolderTree(conformance).paths}
    told = {file for pattern in LEGAL for file in conformance.rglob(pattern) if file.suffix in (".md", ".txt")}
    assert {file.relative_to(conformance).as_posix() for file in there - read - told} == set()
    assert {file.name for file in read - there} == set()


def test_the_table_of_real_files_is_that_of_now(rows: list[Row], request: pytest.FixtureRequest) -> None:
    hold(PAGE, "real files", summary(TITLES, rows), request)


@pytest.mark.parametrize("format", TITLES)
def test_what_is_told_of_real_files_is_what_is_told_now(
    format: str, rows: list[Row], request: pytest.FixtureRequest
) -> None:
    hold(PAGE, format, reasons([row for row in rows if row.format == format]), request)


def test_every_module_path_and_question_of_microsoft_learn_is_counted(rows: list[Row]) -> None:
    learn = [row for row in rows if row.format == "mslearn"]
    assert (len(learn), sum(row.questions for row in learn)) == (33 + 13, 126 + 5)


def test_the_page_has_a_place_for_all_of_it() -> None:
    assert names_in(PAGE) == ["real files", *TITLES, "tested"]
