"""Plain values to a question that is not rendered: what `writing` gave, or what another program wrote."""

from collections.abc import Callable, Mapping

from quizapp.content.options import WORDS
from quizapp.formats.building import prose, whole_first
from quizapp.formats.values.fields import Fields, WrongValue
from quizapp.formats.writing import MODULE
from quizapp.questions.base import NO_PROSE, Prose, Question, QuestionType
from quizapp.questions.blanks import Blank
from quizapp.questions.choices import Choice
from quizapp.questions.drop_downs import DropDown, Option
from quizapp.questions.essay import Criterion, Essay
from quizapp.questions.fillin import FillIn
from quizapp.questions.group import Grouping
from quizapp.questions.items import Item
from quizapp.questions.match import Matching
from quizapp.questions.multiple import MultipleChoice
from quizapp.questions.numbers import Interval, read_key
from quizapp.questions.numeric import Numeric, NumericValue
from quizapp.questions.order import Ordering
from quizapp.questions.pairs import Pair
from quizapp.questions.records import KeyRecord, Records
from quizapp.questions.single import SingleChoice
from quizapp.questions.survey import Survey
from quizapp.questions.text import ShortText, TextValue
from quizapp.source.writing import PLACEHOLDER


def question_of(fields: Fields) -> Question:
    """The question of some values. Raises WrongValue."""
    name = fields.text("type", None)
    if name not in READERS:
        raise WrongValue(f"its type “{name}” is unknown here. It is left out.")
    words = fields.texts("words")
    if fields.number("points", 1) < 0:
        raise WrongValue(f"`points` of {fields.place} is below 0.")
    foreign = next((word for word in words if word not in WORDS), None)
    if foreign is not None:
        raise WrongValue(f"its word “{foreign}” is unknown. Known are {', '.join(sorted(WORDS))}.")
    return Question(
        key=f"{MODULE}#{fields.text('id')}",
        type=READERS[name](fields),
        heading=_heading(fields.text("heading")),
        prompt=prose(fields.text("prompt")),
        hints=tuple(hint for text in fields.texts("hints") if (hint := prose(text))),
        explanation=prose(fields.text("explanation")),
        points=fields.number("points", 1),
        tags=tuple(fields.texts("tags")),
        shuffle=fields.flag("shuffle", True),
        tries=tuple(fields.numbers("tries")),
        words=tuple(words),
        was=tuple(fields.texts("was")),
        definitions=tuple(fields.texts("definitions")),
    )


def _heading(text: str) -> Prose:
    if "\n" in text.strip():
        raise WrongValue("its `heading` has several lines. Put them into `prompt`.")
    return Prose(text.strip(), "<p>") if text.strip() else NO_PROSE


def _single(fields: Fields) -> QuestionType:
    return SingleChoice(tuple(map(_choice, fields.objects("choices"))))


def _multiple(fields: Fields) -> QuestionType:
    return MultipleChoice(tuple(map(_box, fields.objects("choices"))), _rule(fields, MultipleChoice))


def _box(fields: Fields) -> Choice:
    choice = _choice(fields)
    if choice.credit not in (0, 1):
        raise WrongValue(f"`credit` of {fields.place} is neither 0 nor 1, as it is of a box.")
    return Choice(choice.content, choice.credit, choice.feedback, fields.flag("scored", True))


def _choice(fields: Fields) -> Choice:
    return Choice(prose(fields.text("text", None)), fields.share("credit"), prose(fields.text("feedback")))


def _rule(fields: Fields, kind: type[QuestionType]) -> str:
    rule = fields.text("rule", kind.rules[0])
    if rule not in kind.rules:
        raise WrongValue(f"its `rule` “{rule}” is unknown. Known are {', '.join(kind.rules)}.")
    return rule


def _text(fields: Fields) -> ShortText:
    values = [
        TextValue(
            one.text("text", None), one.share("credit", 1), one.flag("pattern", False), prose(one.text("feedback"))
        )
        for one in fields.objects("answers")
    ]
    if any("\n" in one.value or not one.value for one in values):
        raise WrongValue("an answer is not one line of text.")
    case, typos = fields.flag("case", False), fields.flag("typos", False)
    return ShortText(tuple(whole_first(values)), case, typos, tuple(fields.texts("unlike")))


def _numeric(fields: Fields) -> Numeric:
    return Numeric(tuple(whole_first(list(map(_number, fields.objects("answers"))))))


def _number(fields: Fields) -> NumericValue:
    fields.asked.add("range")  # it is made of `text`
    return NumericValue(
        _interval(fields.text("text", None), fields), fields.share("credit", 1), prose(fields.text("feedback"))
    )


def _interval(text: str, fields: Fields) -> Interval:
    interval = read_key(text)
    if interval is None:
        raise WrongValue(f"`text` of {fields.place} is no number that a key can be, such as `12.5 +- 0.1 ms`.")
    return interval


def _match(fields: Fields) -> QuestionType:
    pairs = tuple(
        Pair(Item(prose(one.text("left", None)), prose(one.text("feedback"))), prose(one.text("right", None)))
        for one in fields.objects("pairs")
    )
    heads = [prose(head) for head in fields.texts("heads")]
    width = 3 if len(heads) > 2 or any(pair.item.feedback for pair in pairs) else 2
    heads = [*heads, *[NO_PROSE] * width][:width]
    return Matching(tuple(heads), pairs, tuple(prose(decoy) for decoy in fields.texts("decoys")))


def _order(fields: Fields) -> QuestionType:
    return Ordering(tuple(map(_item, fields.objects("order"))), _rule(fields, Ordering))


def _group(fields: Fields) -> QuestionType:
    groups = [(prose(one.text("text", None)), one.objects("items")) for one in fields.objects("groups")]
    pairs = tuple(Pair(_item(item), group) for group, items in groups for item in items)
    return Grouping(tuple(group for group, _ in groups), pairs)


def _item(fields: Fields) -> Item:
    return Item(prose(fields.text("text", None)), prose(fields.text("feedback")))


def _fill_in(fields: Fields) -> QuestionType:
    parts, blanks = fields.texts("text"), tuple(map(_blank, fields.objects("blanks")))
    if any(PLACEHOLDER in part for part in parts) or len(parts) != len(blanks) + 1:
        raise WrongValue("`text` is not the list of texts before, between and after its blanks.")
    return FillIn(prose(PLACEHOLDER.join(parts)), blanks)


def _blank(fields: Fields) -> Blank:
    name = fields.text("type", None)
    if name == "choice":
        options = (Option(one.text("text", None), one.share("credit")) for one in fields.objects("choices"))
        return DropDown(tuple(options))
    if name not in ("text", "numeric"):
        raise WrongValue(f"`type` of {fields.place} is none of text, numeric, choice.")
    return _text(fields) if name == "text" else _numeric(fields)


def _records(fields: Fields) -> QuestionType:
    records = tuple(
        KeyRecord(one.text("text", None), one.flag("required", True), prose(one.text("feedback")))
        for one in fields.objects("records")
    )
    return Records(records, fields.text("starting"))


def _essay(fields: Fields) -> QuestionType:
    rubric = (Criterion(one.number("points"), prose(one.text("text", None))) for one in fields.objects("rubric"))
    return Essay(tuple(rubric))


def _survey(fields: Fields) -> QuestionType:
    return Survey()


READERS: Mapping[str, Callable[[Fields], QuestionType]] = {
    "single": _single,
    "multiple": _multiple,
    "text": _text,
    "numeric": _numeric,
    "match": _match,
    "order": _order,
    "group": _group,
    "fill-in": _fill_in,
    "records": _records,
    "essay": _essay,
    "survey": _survey,
}
