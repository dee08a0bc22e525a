"""What differs between two versions of the content, for people, as Markdown and as JSON."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from quizapp.grading.differences import ChangedQuestion, ChangedSettings, Differences, Lost, place_of
from quizapp.questions.base import Question
from quizapp.store.usage import Usage

LONGEST_QUOTE = 160
MOST_MARKDOWN = 60_000  # characters: a comment at GitHub takes 65,536
SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
Effects = Mapping[str, Usage]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that differs: its place, its key, what is said of it, and details; `quotes` are texts of authors."""

    place: str
    key: str
    said: str = ""
    quotes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    notes: tuple[str, ...] = ()
    title: str = ""  # that of a question, as its author wrote it


@dataclass(frozen=True, slots=True)
class Section:
    """What differs in one way."""

    title: str
    items: tuple[Item, ...]


def sections_of(found: Differences, effects: Effects | None) -> list[Section]:
    """Everything that differs, the worst first; `effects` are None where no database was asked."""
    every = [
        Section("Lost", tuple(_lost(one, effects) for one in found.lost)),
        Section("Name given to another question", tuple(_reused(one, effects) for one in found.reused)),
        Section("Not readable any more", tuple(_held_up(one, effects) for one in found.held_up)),
        Section("Key changed", tuple(_key(one, effects) for one in found.keys)),
        Section("Renamed, and followed", tuple(_renamed(one, effects) for one in found.renamed)),
        Section("Added", tuple(Item(place_of(one), one.key, title=one.title) for one in found.added)),
        Section("Text changed, the key as before", tuple(_text(one, effects) for one in found.texts)),
        Section("Settings changed", tuple(_settings(one, effects) for one in found.settings)),
        Section("New problems", tuple(Item(f"{one.path}:{one.line}", "", _problem(one)) for one in found.new_problems)),
        Section("Mended problems", tuple(Item(one.path, "", _problem(one)) for one in found.mended_problems)),
    ]
    return [section for section in every if section.items]


def summary_of(sections: Sequence[Section]) -> str:
    """How much of what there is, in one line."""
    return (
        "; ".join(f"{section.title.lower()}: {len(section.items)}" for section in sections)
        or "no question, key or setting differs"
    )


def as_text(sections: Iterable[Section]) -> Iterator[str]:
    """Lines for a terminal."""
    for section in sections:
        yield f"\n{section.title}"
        for item in section.items:
            yield "  " + ": ".join(filter(None, [item.place, item.key, item.said, _short(item.title)]))
            yield from (f"      {label}: {' | '.join(map(_short, texts)) or 'none'}" for label, texts in item.quotes)
            yield from (f"      {note}" for note in item.notes)


def as_markdown(heading: str, sections: Sequence[Section]) -> str:
    """A comment for a pull request. What authors wrote stands in code: nothing in it links, shows or calls anybody."""
    lines = [f"### {_escaped(heading)}", "", _escaped(f"{summary_of(sections)}.")]
    for section in sections:
        lines += ["", f"#### {section.title}", ""]
        for item in section.items:
            lines += _bullets(item)
    text = "\n".join(lines)
    if len(text) > MOST_MARKDOWN:
        text = text[: text.rindex("\n- ", 0, MOST_MARKDOWN)] + "\n\nThere is more: run `quizapp diff`."
    return text


def as_json(found: Differences, effects: Effects | None) -> dict[str, Any]:
    """All of it as JSON; counts are null where no database was asked."""

    def count(kind: str, key: str) -> dict[str, int] | None:
        return asdict(effects[f"{kind} {key}"]) if effects and f"{kind} {key}" in effects else None

    def question(one: ChangedQuestion) -> dict[str, Any]:
        return {
            "key": one.key, "was": one.before.key, "place": one.place, "place_before": place_of(one.before),
            "type": one.after.type.name, "type_before": one.before.type.name, "parts": list(one.parts),
            "right_before": list(one.right_before), "right_after": list(one.right_after),
            "regrade_due": one.is_due, "pairable": one.is_pairable, "usage": count("question", one.key),
        }  # fmt: skip

    def single(one: Question) -> dict[str, Any]:
        return {"key": one.key, "place": place_of(one), "type": one.type.name, "title": one.title}

    return {
        "lost": [
            {
                "kind": one.kind, "key": one.key, "place": one.place, "near": one.near or None, "mend": one.mend,
                "within": [{"kind": kind, "key": key} for kind, key in one.within], "usage": count(one.kind, one.key),
            }
            for one in found.lost
        ],
        "name_reused": [question(one) for one in found.reused],
        "held_up": [{**single(one), "usage": count("question", one.key)} for one in found.held_up],
        "key_changed": [question(one) for one in found.keys],
        "renamed": [question(one) for one in found.renamed],
        "added": [single(one) for one in found.added],
        "text_changed": [question(one) for one in found.texts],
        "settings_changed": [
            {
                "kind": one.kind, "key": one.key, "place": one.place,
                "settings": [asdict(setting) for setting in one.settings], "usage": count(one.kind, one.key),
            }
            for one in found.settings
        ],
        "new_problems": [asdict(one) for one in found.new_problems],
        "mended_problems": [asdict(one) for one in found.mended_problems],
    }  # fmt: skip


def _lost(one: Lost, effects: Effects | None) -> Item:
    kinds = Counter(kind for kind, _ in one.within)
    within = [f"with it: {', '.join(_counted(number, kind) for kind, number in kinds.items())}"] if kinds else []
    return Item(one.place, f"{one.kind} {one.key}", one.mend, (), (*within, *_used(one.kind, one.key, effects)))


def _reused(one: ChangedQuestion, effects: Effects | None) -> Item:
    texts = (("before", (one.before.title,)), ("now", (one.after.title,)))
    types = f"a {one.before.type.name} question before, {one.after.type.name} now. Give the new one a name of its own."
    return Item(one.place, one.key, types, texts, tuple(_used("question", one.key, effects)))


def _held_up(one: Question, effects: Effects | None) -> Item:
    said = "an error in its file keeps it from being read. Mend that, and compare again."
    return Item(place_of(one), one.key, said, (), tuple(_used("question", one.key, effects)))


def _key(one: ChangedQuestion, effects: Effects | None) -> Item:
    said = "" if one.before.type.name == one.after.type.name else f"{one.before.type.name} → {one.after.type.name}"
    if one.right_before == one.right_after:
        said = ", ".join(
            filter(None, [said, "the right answers read the same, what else is offered or accepted does not"])
        )
    return Item(one.place, one.key, said, _rights(one), tuple(_used("question", one.key, effects, one)))


def _renamed(one: ChangedQuestion, effects: Effects | None) -> Item:
    return Item(one.place, one.key, f"was {one.before.key}", (), tuple(_used("question", one.key, effects)))


def _text(one: ChangedQuestion, effects: Effects | None) -> Item:
    rights = _rights(one) if one.right_before != one.right_after else ()
    return Item(one.place, one.key, ", ".join(one.parts), rights, tuple(_used("question", one.key, effects)))


def _rights(one: ChangedQuestion) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("right before", one.right_before), ("right now", one.right_after))


def _settings(one: ChangedSettings, effects: Effects | None) -> Item:
    said = "; ".join(f"{setting.name}: {setting.before} → {setting.after}" for setting in one.settings)
    return Item(one.place, f"{one.kind} {one.key}", said, (), tuple(_used(one.kind, one.key, effects)))


def _problem(one: Any) -> str:
    return f"{one.severity} {one.code}: {one.message} {one.advice}".rstrip()


def _used(kind: str, key: str, effects: Effects | None, changed: ChangedQuestion | None = None) -> Iterator[str]:
    """How much rests on it, and whether marks are to be made anew."""
    if effects is None:
        if changed and changed.is_due:
            yield "what was answered may earn something else: `quizapp regrade --dry-run` tells once this is live"
        return
    usage = effects.get(f"{kind} {key}")
    if usage is None:
        return
    counts = (("learner", usage.learners), ("attempt", usage.attempts), ("response", usage.responses))
    yield ", ".join(_counted(number, word) for word, number in counts)
    if changed and changed.is_due and usage.responses:
        yield (
            "a regrade is due once this is live: `quizapp regrade --dry-run`" if changed.is_pairable
            else "a regrade leaves these out: the answers of the two versions cannot be paired"
        )  # fmt: skip


def _counted(number: int, word: str) -> str:
    plural = f"{word}zes" if word == "quiz" else f"{word}s"
    return f"{number} {word if number == 1 else plural}"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST_QUOTE else f"{flat[: LONGEST_QUOTE - 1]}…"


def _bullets(item: Item) -> Iterator[str]:
    said = " ".join(filter(None, [_mixed(item.said), _code(_short(item.title))]))
    named = " ".join(filter(None, [_code(item.key), f"({_code(item.place)})"]))
    yield f"- {named}: {said}" if said else f"- {named}"
    for label, texts in item.quotes:
        yield f"  - {label}: {', '.join(_code(_short(text)) for text in texts) or 'none'}"
    yield from (f"  - {_mixed(note)}" for note in item.notes)


def _code(text: str) -> str:
    """A code span that holds a text, whatever is in it."""
    flat = " ".join(text.split())
    fence = "`" * (max((len(run) for run in re.findall("`+", flat)), default=0) + 1)
    edge = " " if flat[:1] == "`" or flat[-1:] == "`" else ""
    return f"{fence}{edge}{flat}{edge}{fence}" if flat else ""


def _mixed(text: str) -> str:
    """A sentence with pieces between backticks, which stay code."""
    pieces = " ".join(text.split()).split("`")
    if len(pieces) % 2 == 0:
        return _escaped(text)
    return "".join(f"`{piece}`" if odd % 2 and piece else _escaped(piece) for odd, piece in enumerate(pieces))


def _escaped(text: str) -> str:
    """Plain words in Markdown; `@somebody` calls nobody."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split(" "))).replace("@", "@\N{ZERO WIDTH SPACE}").replace("\n", " ")
