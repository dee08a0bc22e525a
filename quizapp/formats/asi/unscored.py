"""Items that no rule marks: texts that a person reads, and questions about which nothing is right."""

import re
from collections.abc import Sequence
from fractions import Fraction

from quizapp.formats.asi.body import Interaction, content_of
from quizapp.formats.asi.choosing import open_choice
from quizapp.formats.asi.drafting import Draft, cut
from quizapp.formats.asi.prompts import in_blocks, prompt_of
from quizapp.formats.asi.typed import written
from quizapp.formats.asi.values import Unsupported
from quizapp.formats.escaping import shown
from quizapp.formats.writing import Parts

RUBRIC = re.compile(r"\[(?P<points>\d{1,4}(?:\.\d{1,6})?)\]\s*(?P<text>.*)", re.DOTALL)


def essay_of(draft: Draft) -> Parts:
    """A text that a person marks; what is said to who marks it becomes the rubric."""
    rules = draft.trier.rules
    most = rules.outcomes.get("MAXSCORE")
    points = most.default if most and isinstance(most.default, Fraction) and most.default > 0 else Fraction(1)
    if rules.template or (rules.node and rules.node.nodes):
        draft.warn("its rules for the score are left out: a person marks it.")
    rubric, explanation = [], []
    for one in draft.body.rubrics:
        lines = [RUBRIC.fullmatch(item.words) for item in one.find("li")]
        if lines and all(lines):
            rubric += [f"- [{line['points']}] {shown(line['text'])}" for line in lines if line]
        else:
            explanation += in_blocks(draft.markdown(content_of(one)))
    if explanation and not rubric:
        rubric.append(f"- [{written(points)}] The answer says what the model answer says.")
        draft.guess("what is said to who marks it stands as the model answer, below one line of rubric.")
    for node in draft.body.feedback:
        if rubric:
            explanation += in_blocks(draft.markdown(content_of(node)))
        else:
            draft.warn(f"feedback is left out: {cut(node.words)}")
    attributes = [".essay"] + ([] if points == 1 else [f"points={written(points)}"])
    return Parts(prompt_of(draft, None), "", ["\n".join(rubric)] if rubric else [], (), explanation, attributes)


def survey_of(draft: Draft, asked: Sequence[Interaction]) -> Parts:
    """A question about which nothing is right."""
    kinds = [one.kind for one in asked]
    if kinds not in (["choice"], ["textentry"]):
        raise Unsupported("it declares no right answer.")
    draft.guess("it declares no right answer: it is a survey.")
    answers = [open_choice(draft, asked[0]).write()] if kinds == ["choice"] else []
    for node in draft.body.feedback:
        draft.warn(f"feedback is left out: {cut(node.words)}")
    return Parts(prompt_of(draft, None), "", answers, (), (), [".survey"])
