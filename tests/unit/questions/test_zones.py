"""Zone files as people type them, records of a key, and what of the one is the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.questions.record_patterns import (
    EXAMPLES,
    NearMiss,
    RecordPattern,
    matches,
    near_misses,
    read_record,
)
from quizapp.questions.zones import MAX_LENGTH, MAX_RECORDS, Record, Trouble, Zone, read_zone

CONTOSO = "$ORIGIN contoso.com.\n"
HOST = "contoso-com.mail.protection.outlook.com"
# What zone files are made of, in any order.
# fmt: off
PIECES = ["@", "MX", "TXT", "?", "0", "$ORIGIN", "$TTL", "$GENERATE", "(", ")", '"', "\\", ";", "\n", "\t", " ", ".",
          "a.", "IN", "1h", "é", "\x00", "\ud800", "\r", "“", "\u200e", "SOA", "HTTPS", "alpn=", "\\#", "TYPE9"]
# fmt: on


def zone(text: str, starting: str = CONTOSO) -> Zone:
    found = read_zone(text, starting)
    assert isinstance(found, Zone), found
    return found


def pattern(text: str, origin: str = "contoso.com.") -> RecordPattern:
    found = read_record(text, origin)
    assert isinstance(found, RecordPattern), found
    return found


def one(text: str, starting: str = CONTOSO) -> Record:
    [record] = zone(text, starting).records
    return record


@pytest.mark.parametrize(
    "typed",
    [
        "@ MX 0 host.example.",
        "@ IN MX 0 host.example.",
        "@ 3600 IN MX 0 host.example.",
        "@ IN 1h30m MX 0 host.example.",
        "contoso.com. MX 0 HOST.example.",
        "Contoso.COM.\tmx\t00\tHost.Example.",
        "@ MX ( 0 ; the preference\n  host.example. )",
        "(@ MX\n\n0 host.example.)",
        "@ MX 0 host.example.; fine",
        "; first\n\n   ; second\n@ MX 0 host.example. ; third",
        "$TTL 1h\r\n@ MX 0 host.example.\r\n",
        "\ufeff@\u00a0MX\u20070 host.example.\u200b",
        "   MX 0 host.example.",
        "$origin contoso.com.\n MX 0 host.example.",
        "$ORIGIN com.\n$ORIGIN contoso\n@ MX 0 host.example.",
        "@ TYPE15 0 host.example.",
        "@ MX \\# 16 00000468 6f737407 6578616d 706c6500",
    ],
)
def test_one_record_written_in_many_ways(typed: str) -> None:
    assert matches(pattern("@ MX 0 host.example."), one(typed))


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ('@ TXT "v=spf1 -all"', "@ TXT “v=spf1 -all”"),
        ('@ TXT "a" "b"', '@ TXT "ab"'),
        ('@ TXT "a""b"', "@ TXT ab"),
        ('@ TXT ( "a"\n"b" )', "@ TXT a b"),
        ('@ TXT "a;b (c)"', '@ TXT "a;b (c)"'),
        ('@ TXT "back\\\\slash \\"q\\""', '@ TXT "back\\092slash \\"q\\""'),
        ("www AAAA 2001:DB8:0:0::1", "WWW.contoso.com. AAAA 2001:db8::1"),
        ("bücher CNAME bücher.example.", "xn--bcher-kva CNAME xn--bcher-kva.EXAMPLE."),
        ("@ SOA ns1 admin 1 2h 15m 1w 60", "@ SOA ns1.contoso.com. admin.contoso.com. 1 7200 900 604800 60"),
        ('@ HTTPS 1 Web.Example. alpn="h2"', "@ HTTPS 1 web.example. alpn=h2"),
        ('@ CAA 0 ISSUE "ca.example"', '@ CAA 0 issue "ca.example"'),
        ("*.x A 192.0.2.1", "*.x A 192.0.2.1"),
    ],
)
def test_records_that_mean_the_same_are_the_same(typed: str, key: str) -> None:
    assert matches(pattern(key), one(typed))


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("@ MX 10 host.", "@ MX 0 host."),
        ("@ MX 0 host", "@ MX 0 host."),
        ("www MX 0 host.", "@ MX 0 host."),
        ("@ TXT A", "@ TXT a"),
        ('@ TXT "a b"', "@ TXT a b"),
        ("a A 192.0.2.1", "*.contoso.com. A 192.0.2.1"),
        ("@ AAAA ::1", "@ A 192.0.2.1"),
    ],
)
def test_records_that_mean_something_else_are_not(typed: str, key: str) -> None:
    assert not matches(pattern(key), one(typed))


def test_an_owner_holds_until_the_next_and_lines_are_counted() -> None:
    found = zone("@ MX 0 a.\n  MX 10 b.\n\nwww ( A\n 192.0.2.1 ) ; here\n\tAAAA ::1\n")
    assert [(record.line, record.owner, record.typed) for record in found.records] == [
        (1, "contoso.com.", "@ MX 0 a."),
        (2, "contoso.com.", "MX 10 b."),
        (4, "www.contoso.com.", "www A 192.0.2.1"),
        (6, "www.contoso.com.", "AAAA ::1"),
    ]


@pytest.mark.parametrize(
    ("typed", "starting", "owner", "origin"),
    [
        ("@ A 192.0.2.1", "", ".", "."),
        ("www A 192.0.2.1", "; broken (\n$ORIGIN contoso.com. ; here", "www.contoso.com.", "contoso.com."),
        ("$ORIGIN b.\nwww A 192.0.2.1", "$ORIGIN a.", "www.b.", "b."),
        ("$ORIGIN b\n$ORIGIN x\nwww A 192.0.2.1", "$ORIGIN a.", "www.x.b.", "b."),
        ("w A 192.0.2.1\n$ORIGIN b.", "$ORIGIN a..b", "w.", "b."),
    ],
)
def test_names_are_relative_to_the_last_origin(typed: str, starting: str, owner: str, origin: str) -> None:
    found = zone(typed, starting)
    assert (found.records[0].owner, found.origin) == (owner, origin)


@pytest.mark.parametrize("text", ["", " \n\t\n", "; only this", "$ORIGIN contoso.com.", "$TTL 300"])
def test_a_zone_may_be_empty(text: str) -> None:
    assert zone(text).records == ()


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("@ MX host.", "zone-syntax", 1),
        ("@ A 192.0.2.1\n\n@ MX 0", "zone-syntax", 3),
        ("; a\r\n; b\r@ MX 0 a b", "zone-syntax", 3),
        ("MX 0 host.", "zone-syntax", 1),
        ("  @ MX 0 host.", "zone-syntax", 1),
        ("@", "zone-syntax", 1),
        ("@ IN 300", "zone-syntax", 1),
        ("@ IN IN A 192.0.2.1", "zone-syntax", 1),
        ("@ ANY x", "zone-syntax", 1),
        ("@ FOO x", "zone-syntax", 1),
        ("@ TYPE70000 x", "zone-syntax", 1),
        ("a..b A 192.0.2.1", "zone-syntax", 1),
        (f"{'a' * 64} A 192.0.2.1", "zone-syntax", 1),
        ("\n@ A 192.0.2.1 )", "zone-syntax", 2),
        ("\n@ TXT (a\nb\n", "zone-syntax", 2),
        ('\n\n@ TXT "a\nb"', "zone-syntax", 3),
        ("@ TXT a\\", "zone-syntax", 1),
        ('@ TXT "\\999"', "zone-syntax", 1),
        (f'@ TXT "{"a" * 256}"', "zone-syntax", 1),
        ("@ A 192.0.2.1\n@ TXT a\x00b", "zone-syntax", 2),
        ("\n\n\x1b[2J", "zone-syntax", 3),
        ("@ TXT \ud800", "zone-syntax", 1),
        ("\x85", "zone-syntax", 1),
        ("$ORIGIN", "zone-syntax", 1),
        ("$ORIGIN a..b", "zone-syntax", 1),
        ("$TTL soon", "zone-syntax", 1),
        ("\n$INCLUDE /etc/passwd", "zone-directive", 2),
        ("$generate 1-20000 a$ A 192.0.2.1", "zone-directive", 1),
        ("$UNICODE 2008", "zone-directive", 1),
        ("$x", "zone-directive", 1),
    ],
)
def test_what_is_no_zone_is_told_with_its_line(text: str, code: str, line: int) -> None:
    assert read_zone(text, CONTOSO) == Trouble(code, line)  # type: ignore[arg-type]  # compared, never made


@pytest.mark.parametrize(
    "text",
    ["a" * (MAX_LENGTH + 1), "@ A 192.0.2.1\n" * (MAX_RECORDS + 1), "\n" * 1024 * 1024],
)
def test_too_much_is_told(text: str) -> None:
    assert read_zone(text) == Trouble("too-long")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("(" * MAX_LENGTH, 1),
        ("@ TXT " + "(" * 30_000 + "a" + ")" * 29_999, 1),
        ('"' * (MAX_LENGTH - 1), 1),
        ('@ TXT "' + "a" * 60_000, 1),
        ("@ TXT " + "\\" * 60_001, 1),
        ("@ MX " + "9" * 60_000 + " a.", 1),
        ("@ " + "9" * 60_000 + " A 192.0.2.1", 1),
        ("@ " + "1h" * 30_000 + " A x", 1),
        ("ü" * 60_000 + " A 192.0.2.1", 1),
        ("@ CNAME " + "ü." * 30_000, 1),
        ("$ORIGIN " + "a." * 30_000, 1),
        ("; \n" * 20_000 + "x", 20_001),
        ("\n" * 60_000 + "x", 60_001),
    ],
)
def test_hostile_texts_are_answered(text: str, line: int) -> None:
    assert read_zone(text) == Trouble("zone-syntax", line)


def test_much_that_is_right_is_read() -> None:
    assert len(zone("@ A 192.0.2.1\n" * MAX_RECORDS).records) == MAX_RECORDS
    assert zone("; comment\n" * 6_000).records == ()
    assert len(zone("@ TXT " + "(" * 30_000 + "a" + ")" * 30_000).records) == 1
    assert len(one("@ TXT " + "a " * 30_000).data.digest) == 30_000


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map(" ".join) | st.text(max_size=80))
def test_any_text_is_a_zone_or_a_trouble(text: str) -> None:
    found = read_zone(text, text)
    assert isinstance(found, Zone) or 0 < found.line <= text.count("\n") + text.count("\r") + 1
    key = read_record(text, "contoso.com.")
    assert isinstance(key, RecordPattern) or key


@pytest.mark.parametrize(
    ("key", "typed", "expected"),
    [
        ("@ MX ? mail", "@ MX 10 mail", True),
        ("@ MX ? mail", "@ MX 7 MAIL.contoso.com.", True),
        ("@ MX ? mail", "@ MX 10 mail.", False),
        ("? MX 0 ?", "x.y MX 0 mail.", True),
        ("? MX 0 ?", "x.y MX 1 mail.", False),
        ("@ TXT ?", '@ TXT "a" "b c"', True),
        ('@ TXT "?"', "@ TXT a", False),
        ('@ TXT "?"', '@ TXT "?"', True),
        ("@ SOA ns1 ? ? ? ? ? 1h", "@ SOA ns1 admin 1 2 3 4 3600", True),
        ("@ SOA ns1 ? ? ? ? ? 1h", "@ SOA ns2 admin 1 2 3 4 3600", False),
        ("@ TLSA 3 1 ? ?", "@ TLSA 3 1 1 " + "0F" * 32, True),
        ("@ TLSA 3 1 1 ?", "@ TLSA 3 1 2 " + "0F" * 64, False),
        ("@ HTTPS ? . alpn=h2", "@ HTTPS 1 . alpn=h2", True),
        ("@ HTTPS ? . alpn=h2", "@ HTTPS 1 . alpn=h2 port=443", False),
        ("@ DS ? ? ? ?", "@ DS 1 13 2 " + "AB " * 32, True),
    ],
)
def test_a_question_mark_is_any_one_field(key: str, typed: str, expected: bool) -> None:
    assert matches(pattern(key), one(typed)) is expected


@pytest.mark.parametrize("kind", sorted(EXAMPLES))
@given(data=st.data())
def test_an_example_is_a_record_that_matches(kind: str, data: st.DataObject) -> None:
    open_fields = data.draw(st.lists(st.booleans(), min_size=len(EXAMPLES[kind]), max_size=len(EXAMPLES[kind])))
    fields = ["?" if is_open else field for is_open, field in zip(open_fields, EXAMPLES[kind], strict=True)]
    found = pattern(f"{data.draw(st.sampled_from(['@', '?', 'www']))} {kind} {' '.join(fields)}")
    assert matches(found, one(found.example))


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("@ MX contoso", "its data is not that of `MX` (expecting an integer)"),
        ("@ MX 0 a b", "its data is not that of `MX` (it has too many fields)"),
        ("@ FOO x", "`FOO` is no type of record"),
        ("@ ANY", "`ANY` is no type of record"),
        ("@ ? 0 host.", "`?` cannot stand for the type"),
        ("@ LOC ?", "`?` cannot stand there in a record of type `LOC`"),
        ("@ TXT ? ?", "`?` cannot stand there in a record of type `TXT`"),
        ("@ TXT ? b", "`?` stands for a whole field: write the others in one piece each"),
        ("a..b A 192.0.2.1", "`a..b` is no name"),
        ("@ 3600", "it has no type"),
        ("MX", "it has no type"),
        ("; @ A 192.0.2.1", "it is not one record"),
        ('@ TXT "a', "a quote or a parenthesis has no partner"),
        ("$TTL 300", "`$TTL` is a directive"),
    ],
)
def test_a_record_of_a_key_that_cannot_be_read_has_a_reason(key: str, reason: str) -> None:
    assert read_record(key, "contoso.com.") == reason


@pytest.mark.parametrize(
    ("key", "typed", "names"),
    [
        (f"@ MX 0 {HOST}.", f"@ MX 0 {HOST}", [(HOST, f"{HOST}.contoso.com.")]),
        (f"@ MX ? {HOST}.", f"@ MX 9 {HOST}", [(HOST, f"{HOST}.contoso.com.")]),
        ("@ A 192.0.2.1", "contoso.com A 192.0.2.1", [("contoso.com", "contoso.com.contoso.com.")]),
        (
            f"@ MX 0 {HOST}.",
            f"contoso.com MX 0 {HOST}",
            [("contoso.com", "contoso.com.contoso.com."), (HOST, f"{HOST}.contoso.com.")],
        ),
        (f"@ MX 0 {HOST}.", f"@ MX 0 {HOST}.", []),
        (f"@ MX 0 {HOST}.", f"@ MX 1 {HOST}", []),
        (f"@ MX 0 {HOST}.", "@ MX 0 mail", []),
        (f"@ MX 0 {HOST}.", "@ A 192.0.2.1", []),
    ],
)
def test_a_missing_dot_is_noticed(key: str, typed: str, names: list[tuple[str, str]]) -> None:
    assert near_misses([pattern(key)], one(typed)) == tuple(NearMiss(*pair) for pair in names)


def test_a_missing_dot_is_noticed_where_the_owner_goes_on() -> None:
    first, second = zone("contoso.com MX 0 a.\n  MX 10 b.").records
    assert [bool(near_misses([pattern(f"@ MX {rest}")], record)) for rest, record in
            [("0 a.", first), ("10 b.", second)]] == [True, True]  # fmt: skip
