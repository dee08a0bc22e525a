"""Items that no rule marks: texts that a person reads, and questions about which nothing is right."""

from collections.abc import Sequence
from fractions import Fraction

from quizapp.formats.asi.body import Interaction, content_of
from quizapp.formats.asi.choosing import open_choice
from quizapp.formats.asi.drafting import Draft, cut
from quizapp.formats.asi.processing import Rules
from quizapp.formats.asi.prompts import in_blocks, prompt_of
from quizapp.formats.asi.tree import Node
from quizapp.formats.asi.typed import written
from quizapp.formats.asi.values import Unsupported, number_of
from quizapp.formats.writing import Parts
from quizapp.questions.base import plain
from quizapp.questions.essay import Criterion, Essay

# By these our own exporter says what a line of a rubric is worth, and that a text is not marked.
POINTS, SURVEY = "data-points", "quizapp-survey"


def essay_of(draft: Draft) -> Parts:
    """A text that a person marks; what is said to who marks it becomes the rubric."""
    rules = draft.trier.rules
    points = _points(rules)
    if rules.template or (rules.node and rules.node.nodes):
        draft.warn("its rules for the score are left out: a person marks it.")
    criteria, explanation = list[Criterion](), list[str]()
    for one in draft.body.rubrics:
        lines = _criteria(draft, one)
        criteria += lines
        explanation += [] if lines else in_blocks(draft.markdown(content_of(one)))
    if explanation and not criteria:
        criteria.append(Criterion(points, plain("The answer says what the model answer says.")))
        draft.guess("what is said to who marks it stands as the model answer, below one line of rubric.")
    for node in draft.body.feedback:
        if criteria:
            explanation += in_blocks(draft.markdown(content_of(node)))
        else:
            draft.warn(f"feedback is left out: {cut(node.words)}")
    attributes = [".essay"] + ([] if points == 1 else [f"points={written(points)}"])
    return Parts(
        prompt_of(draft, None), "", [Essay(tuple(criteria)).write()] if criteria else [], (), explanation, attributes
    )


def _points(rules: Rules) -> Fraction:
    """What MAXSCORE begins with, else the normal maximum of SCORE, else 1."""
    most, score = rules.outcomes.get("MAXSCORE"), rules.outcomes.get("SCORE")
    found = (most.default if most else None, score.normal if score else None)
    return next((one for one in found if isinstance(one, Fraction) and one > 0), Fraction(1))


def _criteria(draft: Draft, rubric: Node) -> list[Criterion]:
    """The lines of a rubric that our own exporter wrote: each in an item of a list, its points before it."""
    found = []
    for line in rubric.find("li"):
        points = number_of(line.get(POINTS))
        if points:
            content = Node("li", children=[one for one in line.children if one not in line.all("b")[:1]])
            found.append(Criterion(points, draft.prose(content_of(content))))
    return found


def survey_of(draft: Draft, asked: Sequence[Interaction]) -> Parts:
    """A question about which nothing is right."""
    kinds = [one.kind for one in asked]
    is_text = kinds == ["textentry"] or (kinds == ["extendedtext"] and SURVEY in asked[0].node.get("class").split())
    if kinds != ["choice"] and not is_text:
        raise Unsupported("it declares no right answer.")
    if kinds != ["extendedtext"]:
        draft.guess("it declares no right answer: it is a survey.")
    answers = [open_choice(draft, asked[0]).write()] if kinds == ["choice"] else []
    for node in draft.body.feedback:
        draft.warn(f"feedback is left out: {cut(node.words)}")
    return Parts(prompt_of(draft, None), "", answers, (), (), [".survey"])
