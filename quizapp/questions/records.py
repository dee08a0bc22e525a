"""Records: DNS records to write into a zone file, looked for one by one; format section 6."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar, Self

from quizapp.questions.base import (
    NO_PROSE,
    NOT_OFFERED,
    Answer,
    Control,
    Mark,
    Outcome,
    Prose,
    QuestionType,
    Reading,
    Remark,
    Response,
    plain,
)
from quizapp.questions.controls import Writing
from quizapp.questions.items import report_count
from quizapp.questions.record_patterns import RecordPattern, matches, near_misses, read_record
from quizapp.questions.typed import TypedLine, begins_typed, read_lines, write_line, write_value
from quizapp.questions.zones import ROOT, Record, Trouble, Zone, origin_of, read_zone
from quizapp.source.blocks import Block
from quizapp.source.writing import code_text

NOTHING = Zone(ROOT, ())


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """A record of the key as it is written, `?` for any one field; it is required or forbidden."""

    text: str
    is_required: bool
    feedback: Prose = NO_PROSE


@dataclass(frozen=True, slots=True)
class Records(QuestionType):
    """Credit is the share of the required records that are there; each forbidden one takes away one of them.

    A record of the zone that is required is never forbidden as well; one that is neither makes no difference. One
    record may be what several required ones ask for. `starting` is the text that stands in the zone at first.
    """

    name: ClassVar[str] = "records"
    title: ClassVar[str] = "DNS records"
    word: ClassVar[str] = "records"
    wants: ClassVar[str] = "a list of records, such as `- = @ MX 0 mail.example.com.`"
    marking: ClassVar[str] = (
        "Each required record earns its share when DNS would read it so; TTL, class and case make no difference. Each "
        "forbidden one takes away a share. The starting text as it was is blank."
    )
    example: ClassVar[str] = """
## Publish Contoso's mail records {#zone .records points=3}

Mail for contoso.com is delivered by Exchange Online.

```zone
$ORIGIN contoso.com.   ; the domain
```

- = @ MX 0 contoso-com.mail.protection.outlook.com.
- = `@ TXT "v=spf1 include:spf.protection.outlook.com -all"`
- != @ MX ? mail.contoso.com.
  > That host is gone.
"""
    records: tuple[KeyRecord, ...]
    starting: str = ""

    @classmethod
    def find(cls, blocks: Sequence[Block], words: frozenset[str]) -> Sequence[int] | None:
        """The list, and the zone file above it; `parse` reports another one."""
        end = next((place for place, block in enumerate(blocks) if cls.claims(block)), None)
        if end is None:
            return None
        return [*[place for place in range(end) if _is_zone(blocks[place])], end]

    @classmethod
    def claims(cls, block: Block) -> bool:
        """A list whose first item begins with `=` or `!=`."""
        return begins_typed(block)

    @classmethod
    def parse(cls, blocks: Sequence[Block], reading: Reading) -> Self | None:
        """Read the starting text and the records."""
        errors = reading.report.errors
        *zones, items = blocks
        starting = code_text(zones[0]).rstrip("\n") if zones else ""
        for other in zones[1:]:
            reading.report.add("two-zones", other.line, other.column)
        lines = read_lines(items, reading)
        report_count(items.children, 0, "records", reading)
        for line in lines:
            _report_record(line, origin_of(starting) or ROOT, reading)
        if reading.report.errors > errors:
            return None
        return cls(tuple(KeyRecord(line.value, line.operator == "=", line.feedback) for line in lines), starting)

    def write(self) -> str:
        """The starting text as a code block, the records as a list."""
        written = "\n".join(
            write_line("=" if one.is_required else "!=", Fraction(1), write_value(one.text), one.feedback)
            for one in self.records
        )
        return f"{_as_code(self.starting)}\n\n{written}" if self.starting else written

    def control(self, order: Sequence[int]) -> Control:
        """An area to write in, which holds the starting text."""
        return Writing("write_zone", self.starting)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The records, as written."""
        return tuple(
            Answer(
                typed=one.text, is_pattern=_is_open(pattern), credit=Fraction(one.is_required), feedback=one.feedback
            )
            for one, pattern in zip(self.records, self._patterns(self._origin), strict=True)
        )

    @property
    def correct_response(self) -> Response:
        """The starting text with every required record below it; without it where it stands in the way."""
        examples = [pattern.example for place, pattern in self._placed(self._origin) if self.records[place].is_required]
        wanted = "\n".join([*([f"$ORIGIN {self._origin}"] if self._origin != ROOT else []), *examples])
        tries = ("\n".join(filter(None, [self.starting, *examples])), f"{self._kept}{wanted}", wanted)
        return next((text for text in tries if self.mark(text).credit == 1), None)

    @property
    def full_credit(self) -> Fraction:
        """All of it, where a record is required."""
        return Fraction(any(one.is_required for one in self.records))

    def rekeyed(self, now: QuestionType) -> "Records | None":
        """The records of now, in the zone whose text stood there at first."""
        return replace(self, records=now.records) if isinstance(now, Records) else None

    def mark(self, response: Response) -> Mark:
        """Required records found, less forbidden ones found, over required records; never below 0."""
        if response is not None and not isinstance(response, str):
            return NOT_OFFERED
        if response is None or response.split() in ([], self.starting.split()):
            return Mark("blank")
        zone = read_zone(response, self.starting)
        if isinstance(zone, Trouble):
            return Mark("invalid", trouble=zone.code, about=str(zone.line or ""))
        found = {place for places in self._compared(zone) for place in places}
        required = sum(one.is_required for one in self.records)
        balance = sum(1 if self.records[place].is_required else -1 for place in found)
        feedback = tuple(self.records[place].feedback for place in sorted(found) if self.records[place].feedback)
        return Mark("graded", Fraction(max(balance, 0), required) if required else Fraction(0), feedback)

    def outcomes(self, response: Response, revealed: bool) -> Mapping[int, Outcome]:
        """A row for each record that was added to the starting text or decides; then for each that is missing.

        Missing ones come when `revealed`. A name without the dot at its end is told before, since it is what was typed.
        """
        read = read_zone(response, self.starting) if isinstance(response, str) else NOTHING
        zone = NOTHING if isinstance(read, Trouble) else read
        compared = self._compared(zone)
        found = {place for places in compared for place in places}
        missing = [place for place, one in enumerate(self.records) if one.is_required and place not in found]
        open_patterns = [pattern for place, pattern in self._placed(zone.origin) if place in missing]
        old = {_meaning(record) for record in self._starting_records}
        rows = [
            self._given(record, places, open_patterns)
            for record, places in zip(zone.records, compared, strict=True)
            if places or _meaning(record) not in old
        ]
        if revealed:
            rows += [_missed(self.records[place]) for place in missing]
        return dict(enumerate(rows, start=1))

    @property
    def _origin(self) -> str:
        return origin_of(self.starting) or ROOT

    @property
    def _starting_records(self) -> tuple[Record, ...]:
        read = read_zone(self.starting)
        return () if isinstance(read, Trouble) else read.records

    @property
    def _kept(self) -> str:
        """The records of the starting text that are not forbidden, each on a line of its own."""
        placed = self._placed(self._origin)
        return "".join(
            f"{record.owner} {record.type} {' '.join(record.data.fields)}\n"
            for record in self._starting_records
            if not any(matches(pattern, record) for place, pattern in placed if not self.records[place].is_required)
        )

    def _patterns(self, origin: str) -> list[RecordPattern | str]:
        """What the records of the key mean; names are relative to the starting text's origin, else to the zone's."""
        return [read_record(one.text, origin_of(self.starting) or origin) for one in self.records]

    def _placed(self, origin: str) -> list[tuple[int, RecordPattern]]:
        """Those that can be read, with their places."""
        return [(place, one) for place, one in enumerate(self._patterns(origin)) if not isinstance(one, str)]

    def _compared(self, zone: Zone) -> list[list[int]]:
        """The places of the key's records that each record of a zone is: required ones, else forbidden ones."""
        placed = self._placed(zone.origin)
        found = [[place for place, pattern in placed if matches(pattern, record)] for record in zone.records]
        return [[place for place in places if self.records[place].is_required] or places for places in found]

    def _given(self, record: Record, places: Sequence[int], missing: Iterable[RecordPattern]) -> Outcome:
        if places:
            one = self.records[places[0]]
            return Outcome("right" if one.is_required else "wrong", one.feedback, given=plain(record.typed))
        misses = near_misses(missing, record)
        remarks = tuple(Remark("no-final-dot", (miss.typed, miss.read)) for miss in misses)
        return Outcome(given=plain(record.typed), remarks=remarks)


def _is_zone(block: Block) -> bool:
    return block.kind == "fence" and block.info.split()[:1] == ["zone"]


def _as_code(text: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}zone\n{text}\n{fence}"


def _report_record(line: TypedLine, origin: str, reading: Reading) -> None:
    if line.is_pattern or line.credit != (line.operator == "="):
        reading.report.add("record-marker", *line.place)
        return
    found = read_record(line.value, origin)
    if isinstance(found, str):
        reading.report.add("bad-record", *line.place, value=line.value, reason=found)


def _is_open(pattern: RecordPattern | str) -> bool:
    """Whether one of its fields may be anything."""
    return not isinstance(pattern, str) and not (pattern.owner and pattern.data)


def _meaning(record: Record) -> tuple[str, str, bytes]:
    return record.owner, record.type, record.data.digest


def _missed(one: KeyRecord) -> Outcome:
    return Outcome("missed", one.feedback, answer=plain(one.text))
