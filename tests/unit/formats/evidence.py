"""What shows that formats are read and written well, by their names; it stands with the tests of each.

`HOSTILE` are malformed and hostile inputs: the bytes, and words of what is said of them. `TRIPS` are the questions that
are generated, written and read back.
"""

from tests.unit.formats import (
    test_aiken,
    test_csv,
    test_docx,
    test_gift,
    test_json,
    test_moodle_export,
    test_moodle_xml,
    test_pasted,
    test_qti,
    test_qti3,
    test_qti12,
    test_qti12_export,
    test_text2qti,
    test_xlsx,
)
from tests.unit.formats.trips import Trips

HOSTILE: dict[str, dict[str, tuple[bytes, str]]] = {
    "aiken": test_aiken.HOSTILE,
    "csv": test_csv.HOSTILE,
    "docx": test_docx.HOSTILE,
    "gift": test_gift.HOSTILE,
    "json": test_json.HOSTILE,
    "moodle": test_moodle_xml.HOSTILE,
    "qti": test_qti.HOSTILE,
    "qti12": test_qti12.HOSTILE,
    "text": test_pasted.HOSTILE,
    "text2qti": test_text2qti.HOSTILE,
    "xlsx": test_xlsx.HOSTILE,
}
TRIPS: dict[str, Trips] = {
    "aiken": test_aiken.TRIPS,
    "csv": test_csv.TRIPS,
    "gift": test_gift.TRIPS,
    "json": test_json.TRIPS,
    "moodle": test_moodle_export.TRIPS,
    "qti12": test_qti12_export.TRIPS,
    "qti3": test_qti3.TRIPS,
    "text2qti": test_text2qti.TRIPS,
    "xlsx": test_xlsx.TRIPS,
}
READ_BY = {"qti3": "qti"}  # which importer reads what an exporter of another name writes
