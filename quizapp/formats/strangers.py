"""Files that people choose by mistake, told by their first bytes: what such a file is, and what to do instead."""

from typing import Final

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old office files, and new ones with a password
BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"avif")  # of pictures in an ISO file, after its length and `ftyp`
PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
PICTURE: Final = (
    "this is a picture. Pictures come along in the file of a question: export the questions as Moodle XML or a package."
)
PDF: Final = "this is a PDF, in which questions cannot be told apart. Copy its text, and paste that."
RTF: Final = "this is an RTF document. Open it in your word processor, and save it as .docx."
PACKED: Final = (
    "this is packed in a way that is not read, as a backup of a course is. Export the question bank instead of it."
)
OLD_WORKBOOK: Final = "this is a workbook of an old kind (.xls). Open it, and save it as .xlsx."
OLD_DOCUMENT: Final = "this is a document of an old kind (.doc). Open it, and save it as .docx."
OLD: Final = "this is an old office file, or one with a password. Save it as .docx or .xlsx, without a password."
OPEN_DOCUMENT: Final = "this is an OpenDocument file. Open it, and save it as .docx or .xlsx."
SLIDES: Final = "these are slides, which are not read. Copy the text of the questions, and paste that."
IN_ARCHIVE = {"ppt/presentation.xml": SLIDES, "META-INF/manifest.xml": OPEN_DOCUMENT}


def stranger(data: bytes, name: str = "") -> str:
    """What a file is that is never read here, and what to do, as a sentence; empty where it is no such file."""
    if data.startswith(OLE):
        endings = {".xls": OLD_WORKBOOK, ".doc": OLD_DOCUMENT}
        return endings.get(name[-4:].lower(), OLD)
    if data.startswith(PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return PICTURE
    if data[4:8] == b"ftyp" and data[8:12] in BRANDS:
        return PICTURE
    signs = {b"%PDF-": PDF, b"{\\rtf": RTF, b"\x1f\x8b": PACKED}
    return next((told for sign, told in signs.items() if data.startswith(sign)), "")
