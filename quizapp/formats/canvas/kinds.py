"""Which type a QTI 1.2 item has: what its metadata says, or what its responses look like."""

import re

from quizapp.formats.canvas.materials import TYPED, html_of, labels_of, metadata_of
from quizapp.formats.canvas.scoring import Condition, number
from quizapp.formats.elements import Element

OF_COMMON_CARTRIDGE = {
    "cc.multiple_choice": "multiple_choice_question",
    "cc.true_false": "true_false_question",
    "cc.multiple_response": "multiple_answers_question",
    "cc.fib": "short_answer_question",
    "cc.pattern_match": "short_answer_question",
    "cc.essay": "essay_question",
}
# What Blackboard and Brightspace call the types; what they call otherwise is refused by that name.
OF_OTHERS = {
    "multiple choice": "multiple_choice_question",
    "true/false": "true_false_question",
    "multiple answer": "multiple_answers_question",
    "multiple response": "multiple_answers_question",
    "multi-select": "multiple_answers_question",
    "matching": "matching_question",
    "ordering": "ordering_question",
    "essay": "essay_question",
    "short response": "essay_question",
    "long answer": "essay_question",
    "written response": "essay_question",
    "numeric": "numerical_question",
    "short answer": "short_answer_question",
    "fill in the blank": "short_answer_question",
    "fill in the blanks": "fill_in_blanks",
}
# What ILIAS calls them, by either of its two names; what it calls otherwise is refused by that name.
OF_ILIAS = {
    "single choice question": "multiple_choice_question",
    "asssinglechoice": "multiple_choice_question",
    "multiple choice question": "multiple_answers_question",
    "assmultiplechoice": "multiple_answers_question",
    "cloze question": "fill_in_blanks",
    "assclozetest": "fill_in_blanks",
    "numeric question": "numerical_question",
    "assnumeric": "numerical_question",
    "text question": "essay_question",
    "asstextquestion": "essay_question",
}
NAMES = ("question_type", "bbmd_questiontype", "qmd_questiontype")
NUMBERS = ("decimal", "integer")
BOUNDS = ("vargte", "vargt", "varlte", "varlt")


def kind_of(item: Element, conditions: list[Condition]) -> tuple[str, bool]:
    """What Canvas calls the type of an item, and whether that was guessed from its shape."""
    said = metadata_of(item)
    kind = next((said[name] for name in NAMES if said.get(name)), "")
    profile = next((said[name] for name in ("cc_profile", "qmd_itemtype") if said.get(name)), "")
    profile = OF_COMMON_CARTRIDGE.get(re.sub(r"\.v\d.*$", "", profile.lower()), "")
    of_ilias = said.get("questiontype", "")
    found = OF_OTHERS.get(kind.lower(), kind) or profile or OF_ILIAS.get(of_ilias.lower(), of_ilias)
    return (found, False) if found else (_shape_of(item, conditions), True)


def _shape_of(item: Element, conditions: list[Condition]) -> str:
    lists, typed = item.find("response_lid"), item.find(*TYPED)
    if item.find("response_xy", "render_hotspot"):
        return "hot_spot_question"
    if item.find("calculated"):
        return "calculated_question"
    if lists:
        return _shape_of_lists(item, lists)
    if item.find("response_grp"):
        return "matching_question"
    if len(typed) > 1 or any(one.find("render_choice") for one in typed):
        return "fill_in_blanks"
    return _shape_of_typed(typed[0], conditions) if typed else "text_only_question"


def _shape_of_lists(item: Element, lists: list[Element]) -> str:
    first = lists[0].get("rcardinality").lower()
    stem = html_of(item.first("presentation"))
    if all(f"[{blank_name(one)}]" in stem for one in lists):
        is_one_word = all(len({label.text.casefold() for label in labels_of(one)}) == 1 for one in lists)
        return "fill_in_multiple_blanks_question" if is_one_word else "multiple_dropdowns_question"
    if len(lists) > 1 or html_of(lists[0].first("material")):
        return "matching_question"
    return {"ordered": "ordering_question", "multiple": "multiple_answers_question"}.get(
        first, "multiple_choice_question"
    )


def blank_name(response: Element) -> str:
    """What a blank is called in the text."""
    return response.get("ident").removeprefix("response_")


def _shape_of_typed(response: Element, conditions: list[Condition]) -> str:
    tests = [test for condition in conditions if condition.earns for test in condition.tests]
    fib = next(iter(response.find("render_fib")), None)
    is_number = response.tag == "response_num" or (fib is not None and fib.get("fibtype").lower() in NUMBERS)
    is_number = is_number or any(test.operator in BOUNDS for test in tests)
    if tests and is_number and all(number(test.value) is not None for test in tests):
        return "numerical_question"
    return "short_answer_question" if any(test.operator == "varequal" for test in tests) else "essay_question"
