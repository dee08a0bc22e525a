"""Zip archives of exchange formats, unpacked in memory within bounds; nothing in them is written under its own name."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

MAX_PACKED, MAX_UNPACKED, MAX_FILES, MAX_RATIO = 64 * 1024 * 1024, 128 * 1024 * 1024, 2000, 200
# What a damaged, locked or strange archive raises, beside OSError and its kin.
UNREADABLE = (zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, OSError, EOFError, ValueError, LookupError)
MAGIC, ENTRY = b"PK\x03\x04", b"PK\x01\x02"
MAX_ENTRIES = 2 * MAX_FILES
DAMAGED = "this archive is damaged, locked, or no zip. Export it again."


class BadArchive(Exception):
    """An archive that is not read, and why, as a sentence."""


def is_archive(data: bytes) -> bool:
    """Whether some bytes are a zip archive, whatever their file is called."""
    return data.startswith(MAGIC)


def read_archive(data: bytes) -> dict[str, bytes]:
    """The files of an archive by their names. Raises BadArchive where it is damaged, too large, or leads outside."""
    if len(data) > MAX_PACKED:
        raise BadArchive(f"this has more than {MAX_PACKED // 1024 // 1024} MiB. Export it in parts.")
    if data.count(ENTRY) > MAX_ENTRIES:  # each becomes an object before it can be counted
        raise BadArchive(f"this archive has more than {MAX_ENTRIES} files and folders. Export it in parts.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > MAX_FILES:
                raise BadArchive(f"this archive has {len(infos)} files, and {MAX_FILES} are read at most.")
            return _unpacked(archive, infos)
    except UNREADABLE:
        raise BadArchive(DAMAGED) from None


def beginnings(data: bytes, endings: tuple[str, ...], size: int) -> Iterator[tuple[str, bytes]]:
    """The first bytes of those files in an archive whose names end so; of no more than MAX_FILES. Raises BadArchive."""
    if data.count(ENTRY) > MAX_ENTRIES:
        raise BadArchive(f"this archive has more than {MAX_ENTRIES} files and folders. Export it in parts.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist()[:MAX_FILES]:
                name = info.filename.replace("\\", "/")
                if name.lower().endswith(endings):
                    with archive.open(info) as part:
                        yield name, part.read(size)
    except UNREADABLE:
        raise BadArchive(DAMAGED) from None


def _unpacked(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for info in infos:
        name = info.filename.replace("\\", "/")
        _require_plain(name, info)
        with archive.open(info) as part:
            body = part.read(left + 1)
        left -= len(body)
        if left < 0 or len(body) > MAX_RATIO * max(info.compress_size, 1000):
            raise BadArchive(f"{_short(name)}: this archive unpacks to far more than it holds. It is not read.")
        found.setdefault(name, body)
    return found


def _require_plain(name: str, info: zipfile.ZipInfo) -> None:
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or (parts[0].endswith(":")) or "\0" in name:
        raise BadArchive(f"{_short(name)}: this file would lie outside of the archive. It is not read.")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise BadArchive(f"{_short(name)}: this is a link, and links are not followed. The archive is not read.")


def _short(name: str) -> str:
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in name[:80])
