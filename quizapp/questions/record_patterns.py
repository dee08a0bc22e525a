"""Records of a key, in which `?` stands for any one field, compared with records of a zone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from quizapp.questions.rdata import Data, read_data, read_name
from quizapp.questions.zones import ROOT, Record, Trouble, divided, entries, resolved, tidied

ANY = "?"
# Data to put in place of `?`, field by field, so that a record can be read and shown.
EXAMPLES = {
    "A": ("192.0.2.1",),
    "AAAA": ("2001:db8::1",),
    "CAA": ("0", "issue", '"ca.example.com"'),
    "CNAME": ("host.example.com.",),
    "DNAME": ("example.com.",),
    "DS": ("12345", "13", "2", "00" * 32),
    "HTTPS": ("1", "host.example.com.", "alpn=h2"),
    "MX": ("10", "mail.example.com."),
    "NAPTR": ("100", "10", '"U"', '"E2U+sip"', '"!^.*$!sip:info@example.com!"', "."),
    "NS": ("ns1.example.com.",),
    "PTR": ("host.example.com.",),
    "SOA": ("ns1.example.com.", "hostmaster.example.com.", "1", "7200", "3600", "1209600", "3600"),
    "SPF": ('"v=spf1 -all"',),
    "SRV": ("0", "5", "443", "host.example.com."),
    "SSHFP": ("4", "2", "00" * 32),
    "SVCB": ("1", "host.example.com.", "alpn=h2"),
    "TLSA": ("3", "1", "1", "00" * 32),
    "TXT": ('"text"',),
}


@dataclass(frozen=True, slots=True)
class RecordPattern:
    """A record to look for: an empty `owner` is any; `fields` are the data as written, relative to `origin`.

    `data` is what they say, None where one of them is `?`; `example` is a record that matches, on one line.
    """

    owner: str
    type: str
    fields: tuple[str, ...]
    origin: str
    data: Data | None
    example: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A name that was typed without the dot at its end, and what DNS reads instead."""

    typed: str
    read: str


def read_record(text: str, origin: str = ROOT) -> RecordPattern | str:
    """Read `owner type data…` of a key; a reason where it cannot be read."""
    try:
        return _pattern(_only_entry(text), origin)
    except ValueError as error:
        return str(error)


def _only_entry(text: str) -> tuple[str, ...]:
    found = list(entries(tidied(text).strip()))
    if len(found) != 1:
        raise ValueError("it is not one record")
    [entry] = found
    if isinstance(entry, Trouble):
        raise ValueError("a quote or a parenthesis has no partner")
    if entry.fields[0].startswith("$"):
        raise ValueError(f"`{entry.fields[0]}` is a directive")
    return entry.fields


def _pattern(written: tuple[str, ...], origin: str) -> RecordPattern:
    owner = "" if written[0] == ANY else read_name(written[0], origin)
    if ANY in written[1:2]:
        raise ValueError("`?` cannot stand for the type")
    kind, fields = divided(written[1:])
    filled = " ".join(_filled(kind, at) if field == ANY else field for at, field in enumerate(fields))
    meant = read_data(kind, filled, origin)
    if ANY in fields and len(meant.fields) != len(fields):
        raise ValueError("`?` stands for a whole field: write the others in one piece each")
    example = f"{written[0] if owner else '@'} {kind} {filled}"
    return RecordPattern(owner, kind, fields, origin, None if ANY in fields else meant, example)


def _filled(kind: str, at: int) -> str:
    examples = EXAMPLES.get(kind, ())
    if at >= len(examples):
        raise ValueError(f"`?` cannot stand there in a record of type `{kind}`")
    return examples[at]


def matches(pattern: RecordPattern, record: Record) -> bool:
    """Whether this is a record that is looked for; TTL, class and case of names do not count."""
    if pattern.type != record.type or pattern.owner not in ("", record.owner):
        return False
    if pattern.data:
        return pattern.data.digest == record.data.digest
    given = record.data.fields
    if len(given) != len(pattern.fields):
        return False
    # With what was given in place of each `?`, the other fields decide.
    tried = " ".join(one if field == ANY else field for one, field in zip(given, pattern.fields, strict=True))
    try:
        return read_data(pattern.type, tried, pattern.origin).digest == record.data.digest
    except ValueError:
        return False


def near_misses(patterns: Iterable[RecordPattern], record: Record) -> tuple[NearMiss, ...]:
    """The names that keep a record from matching one of the patterns only because they have no dot at their end.

    There are none where it matches one, nor where dots alone would not mend it.
    """
    alike = [pattern for pattern in patterns if pattern.type == record.type]
    if not alike or any(matches(pattern, record) for pattern in alike):
        return ()
    for variant in _with_dots(record):
        if any(matches(pattern, variant) for pattern in alike):
            names = zip((variant.owner, *variant.data.fields), (record.owner, *record.data.fields), strict=True)
            return tuple(NearMiss(meant.rstrip("."), read) for meant, read in names if meant != read)
    return ()


def _with_dots(record: Record) -> Iterator[Record]:
    """The record as it would be with dots at the end of its owner, of the names in its data, or of both."""
    written = record.written
    for changes in ({"data_origin": ROOT}, {"owner_origin": ROOT}, {"data_origin": ROOT, "owner_origin": ROOT}):
        variant = resolved(replace(written, **changes))
        if (variant.owner, variant.data) != (record.owner, record.data):
            yield variant
