"""Names, types and data of DNS records, made comparable by dnspython: nothing else asks it."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dns.rdata import Rdata

# A run without white space: quoted strings, escapes and plain characters, as in `alpn="h2,h3"`.
FIELD = r'(?:"(?:[^"\\\n]|\\[^\n])*"|\\[^\n]|[^\s;()"\\])+'
MAX_REASON = 100  # characters of a reason that dnspython gives
UNCUT = 1 << 20  # no chunk of base64 or of hexadecimal digits is as long


@dataclass(frozen=True, slots=True)
class Data:
    """What a record says: equal data have equal `digest`; `fields` are the data as DNS writes them, names absolute."""

    digest: bytes
    fields: tuple[str, ...]


# dnspython takes 70 ms to import, and only a site that asks for records needs it: each function imports what it uses.


def read_name(written: str, origin: str) -> str:
    """A name made absolute, in lower case. Raises ValueError with a reason for what is no name."""
    import dns.exception
    import dns.name

    try:
        return dns.name.from_text(written, dns.name.from_text(origin)).canonicalize().to_text()
    except (dns.exception.DNSException, ValueError):
        raise ValueError(f"`{written}` is no name") from None


def read_type(written: str) -> str:
    """The usual word for a type of record: `mx` and `TYPE15` are `MX`. Raises ValueError with a reason."""
    import dns.exception
    import dns.rdatatype

    try:
        kind = dns.rdatatype.from_text(written)
    except (dns.exception.DNSException, ValueError):
        raise ValueError(f"`{written}` is no type of record") from None
    if dns.rdatatype.is_metatype(kind):
        raise ValueError(f"`{written}` is no type of record")
    return dns.rdatatype.to_text(kind)


def read_data(kind: str, written: str, origin: str) -> Data:
    """The data of a record of this type, its names relative to `origin`. Raises ValueError with a reason."""
    import dns.exception
    import dns.name
    import dns.rdata

    try:
        found = dns.rdata.from_text("IN", kind, written, dns.name.from_text(origin), relativize=False)
    except (dns.exception.DNSException, ValueError) as error:
        raise ValueError(f"its data is not that of `{kind}`{_told(error)}") from None
    return _comparable(found)


def _told(error: Exception) -> str:
    reason = str(error).rstrip(".")
    if reason.startswith("expected EOL"):
        reason = "it has too many fields"
    return f" ({reason[:MAX_REASON]})" if reason else ""


def _comparable(found: "Rdata") -> Data:
    import dns.rdata
    import dns.rdtypes.txtbase

    text = found.to_text(style=dns.rdata.RdataStyle(base64_chunk_size=UNCUT, hex_chunk_size=UNCUT))
    fields = tuple(re.findall(FIELD, text))
    if isinstance(found, dns.rdtypes.txtbase.TXTBase):
        # Readers join the strings, so where a text was cut means nothing.
        return Data(b"".join(found.strings), ("".join(fields),))
    return Data(_lowered(found).to_digestable(), fields)


def _lowered(found: "Rdata") -> "Rdata":
    """The same with names and words in lower case where DNS ignores case and its canonical form does not."""
    import dns.name

    target = getattr(found, "target", None)
    if isinstance(target, dns.name.Name):
        return found.replace(target=target.canonicalize())
    tag = getattr(found, "tag", None)
    return found.replace(tag=tag.lower()) if isinstance(tag, bytes) else found
