"""What is malformed or hostile, by the format that must refuse it: the bytes, and words of what is said of them."""

from tests.unit.formats import (
    test_aiken,
    test_csv,
    test_docx,
    test_gift,
    test_json,
    test_moodle_xml,
    test_pasted,
    test_qti,
    test_qti12,
    test_text2qti,
    test_xlsx,
)

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
