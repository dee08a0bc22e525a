"""One item to one question: read, tried, written, read again, and held against what it earned and what it showed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from quizapp.formats.asi.blanks import fit_blanks, fit_typed
from quizapp.formats.asi.body import HEAD, INLINE, PROMPT, Interaction, content_of, read_body
from quizapp.formats.asi.choosing import fit_choice
from quizapp.formats.asi.drafting import Draft, Fitted, cut
from quizapp.formats.asi.ordering import fit_order
from quizapp.formats.asi.pairs import fit_pairs
from quizapp.formats.asi.processing import ATTEMPTS, Rules, Steps, rules_of, sets_a_score
from quizapp.formats.asi.prompts import GAP, heads, prompt_of, shows
from quizapp.formats.asi.tree import Node
from quizapp.formats.asi.trying import Trier, differing, feedback_shown, short, told_difference
from quizapp.formats.asi.typed import written
from quizapp.formats.asi.unscored import SURVEY, essay_of, survey_of
from quizapp.formats.asi.values import Declared, Unsupported, declared
from quizapp.formats.contract import Item, Note
from quizapp.formats.pictures import NO_FILES, Pictures
from quizapp.formats.writing import Parts, ReadBack, Writer, digest_of, name_of
from quizapp.questions.base import QuestionType
from quizapp.questions.fillin import FillIn

# What of an item of QTI 3.0 has no place here.
LEFT_OUT = {
    "companionmaterialsinfo": "what is to be at hand beside it (a calculator and the like)",
    "cataloginfo": "what it shows otherwise to those who need it (its catalogue for accessibility)",
}
NAME = re.compile(r"[^\W\d][\w-]*")


@dataclass(frozen=True, slots=True)
class Found:
    """An item of a source: its element, where it stands, and the files that it may show."""

    node: Node
    place: str
    line: int = 0
    pictures: Pictures = field(default_factory=lambda: Pictures(NO_FILES))


def read_item(found: Found, writer: Writer, steps: Steps, tags: Sequence[str] = ()) -> Item:
    """The question of an item, or why there is none."""
    node = found.node
    id = digest_of(node.get("identifier"), node.text)
    title = node.get("title") or node.get("identifier") or "an item without a title"
    bare = Item(id, found.place, found.line or node.line, found.line or node.line, title[:80])
    try:
        return _Maker(node, bare, found.pictures, writer, steps, tags).item()
    except Unsupported as why:
        return replace(bare, refused=str(why))


@dataclass(slots=True)
class _Maker:
    """Makes the question of one item."""

    node: Node
    bare: Item
    pictures: Pictures
    writer: Writer
    steps: Steps
    tags: Sequence[str]

    def item(self) -> Item:
        """The item. Raises Unsupported."""
        draft, interactions = self._draft()
        kind = interactions[0].kind if len(interactions) == 1 else ""
        if kind == "extendedtext" and SURVEY not in interactions[0].node.get("class").split():
            return self._written(draft, self._named(draft, essay_of(draft)))
        if not self._is_scored(draft):
            return self._written(draft, self._named(draft, survey_of(draft, interactions)))
        fitted = self._fitted(draft, interactions)
        self._tell_key(draft, fitted)
        best = _best(fitted)
        item = self._written(draft, self._parts(draft, fitted, best))
        return self._compared(draft, fitted, item)

    def _draft(self) -> tuple[Draft, list[Interaction]]:
        node = self.node
        if node.get("adaptive").lower() in ("true", "1"):
            raise Unsupported("it is adaptive, which is not supported.")
        if node.first("templatedeclaration") or node.first("templateprocessing"):
            raise Unsupported("its values are drawn anew for each learner (templates), which is not supported.")
        content = node.first("itembody")
        if content is None:
            raise Unsupported("it has no body.")
        body = read_body(content)
        body.feedback += node.all("modalfeedback")
        responses = {one.id: one for one in map(declared, node.all("responsedeclaration"))}
        outcomes = {one.id: one for one in map(declared, node.all("outcomedeclaration"))}
        rules = rules_of(responses, outcomes, node.first("responseprocessing"))
        rules.in_source, rules.shown = self.steps, len(body.feedback)
        if not body.interactions:
            raise Unsupported("nothing is asked in it.")
        missing = next((one for one in body.interactions if one.response not in responses), None)
        if missing:
            raise Unsupported(f"its answer “{missing.response[:40]}” is not declared.")
        draft = Draft(body, Trier(rules), self.pictures, warnings=list(body.lost))
        self._tell(draft, rules)
        return draft, body.interactions

    def _tell(self, draft: Draft, rules: Rules) -> None:
        """Say what stands beside the body and is lost, and what is not said of what is typed."""
        for one in self.node.all("assessmentstimulusref", "stimulusref"):
            draft.warn(f"the text in “{one.get('href')[:80]}” that it speaks of is not brought along.")
        for what in (said for tag, said in LEFT_OUT.items() if self.node.first(tag)):
            draft.warn(f"{what} is left out.")
        if rules.node and any(one.get("identifier") == ATTEMPTS for one in rules.node.find("variable")):
            draft.warn("its rules ask which attempt it is: here each is marked as the first one was.")
        if _is_case_unsaid(self.node, rules):
            draft.guess("it is not said whether small and large letters differ in what is typed: they do.")

    def _is_scored(self, draft: Draft) -> bool:
        """Whether something is marked; right answers that no rule speaks of are taken as such, which is a guess."""
        rules = draft.trier.rules
        if rules.template or sets_a_score(rules):
            return True
        keyed = [one for one in rules.responses.values() if one.correct is not None or one.mapping]
        if not keyed:
            return False
        if len(rules.responses) != 1:
            raise Unsupported("it declares right answers, and no rules that say what they earn.")
        [only] = keyed
        rules.responses = {only.id: only, "RESPONSE": only}
        rules.template = "map_response" if only.mapping else "match_correct"
        if only.id != "RESPONSE":
            rules.responses = {only.id: only}
            rules.template, rules.node = "", _rule_for(only)
        draft.guess("it has no rules for its score: what it declares as right earns all.")
        return True

    def _fitted(self, draft: Draft, asked: Sequence[Interaction]) -> Fitted:
        kinds = [one.kind for one in asked]
        if kinds == ["textentry"]:
            return fit_typed(draft, asked[0])
        if all(kind in (*INLINE, "gapmatch") for kind in kinds):
            return fit_blanks(draft, asked)
        if len(asked) > 1:
            named = ", ".join(f"{kind}Interaction" for kind in kinds[:6])
            raise Unsupported(f"it asks {len(asked)} things at once ({named}): a question asks one. Split it.")
        if kinds[0] in ("choice", "hottext"):
            if kinds[0] == "hottext":
                draft.warn("the words to choose from are set in bold in the text and listed below it.")
            return fit_choice(draft, asked[0])
        return fit_order(draft, asked[0]) if kinds[0] == "order" else fit_pairs(draft, asked[0])

    def _tell_key(self, draft: Draft, fitted: Fitted) -> None:
        """Say so where the rules do not give everything to what is declared as right; the rules are followed."""
        rules = draft.trier.rules
        correct = {one.response: rules.responses[one.response].correct for one in draft.body.interactions}
        if None in correct.values():
            return
        score = rules.outcomes_of(correct).get(draft.trier.score_name)
        if isinstance(score, Fraction) and score < max(trial.score for trial in fitted.trials):
            draft.guess(
                f"what it declares as right earns {short(score)} of {short(fitted.most)} by its rules, and the rules "
                "were followed."
            )

    def _compared(self, draft: Draft, fitted: Fitted, item: Item) -> Item:
        """The item, with what its question gives to answers otherwise than its rules did."""
        if item.question is None:
            return item
        found = differing(fitted.trials, item.question.type, item.question.points, fitted.respond)
        if not found:
            return item
        told = told_difference(fitted.trials, found, fitted.most)
        return replace(item, warnings=(*item.warnings, Note(told, item.line)))

    def _parts(self, draft: Draft, fitted: Fitted, kind: QuestionType) -> Parts:
        prompt = prompt_of(draft, kind if not isinstance(kind, FillIn) or not kind.text.markdown else None)
        explanation = self._explanation(draft, fitted)
        attributes = [f".{kind.word}"] if kind.word else []
        attributes += [f"{name}={value}" for name, value in kind.written_options().items()]
        attributes += [] if fitted.points == 1 else [f"points={written(fitted.points)}"]
        if not fitted.shuffle and kind.shuffles == "asked" and kind.size > 2:
            attributes.append("shuffle=no")
        is_text = isinstance(kind, FillIn) and not kind.text.markdown
        answers = [] if is_text else [kind.write()]
        return self._named(draft, Parts(prompt, "", answers, (), explanation, attributes))

    def _named(self, draft: Draft, parts: Parts) -> Parts:
        """The parts with the name and tags of the item."""
        identifier = self.node.get("identifier").removeprefix("q.")
        plain = identifier.casefold()
        name = plain if NAME.fullmatch(plain) and len(plain) <= 48 else name_of(identifier, self.bare.id)
        is_ours = PROMPT in draft.body.html or HEAD in draft.body.html
        may_head = HEAD in draft.body.html if is_ours else parts.may_head
        may_head = may_head and bool(parts.prompt) and not GAP.search(parts.prompt[0]) and "[[" not in parts.prompt[0]
        tags = [f"tags={','.join(self.tags)}"] if self.tags else []
        return replace(
            parts, name=name, attributes=[*parts.attributes, *tags], may_head=may_head and heads(parts.prompt)
        )

    def _explanation(self, draft: Draft, fitted: Fitted) -> list[str]:
        """Feedback that no choice holds: for everybody, whatever was answered, which is said where it was not so."""
        answered = [trial for trial in fitted.trials if not trial.is_blank]
        texts: dict[str, set[int]] = {}
        for place, node in enumerate(draft.body.feedback):
            if place in fitted.said:
                continue
            shown_to = {id(trial) for trial in answered if feedback_shown(node, trial)}
            is_for_all = len(shown_to) == len(answered)
            if node.get("title") and not is_for_all:
                draft.warn(f"the title of a feedback is left out: “{node.get('title')[:60]}”.")
            if shown_to:
                html = draft.told(place) if is_for_all else content_of(node)
                texts.setdefault(draft.markdown(html), set()).update(shown_to)
            else:
                draft.warn(f"feedback that is shown after no answer that was tried is left out: {cut(node.words)}")
        right = {id(trial) for trial in answered if trial.score >= fitted.most}
        for text, shown_to in texts.items():
            if len(shown_to) < len(answered):
                after = "a right answer" if shown_to <= right else "some answers"
                draft.warn(f"feedback that was shown after {after} only is part of the explanation now: {cut(text)}")
        for rubric in draft.body.rubrics:
            draft.warn(f"what is said to {rubric.get('view') or 'others'} only is left out: {cut(rubric.words)}")
        return [text for text in texts if text]

    def _written(self, draft: Draft, parts: Parts) -> Item:
        """The item, refused where it does not read as it was."""
        read = self.writer.write(parts)
        for text in read.warnings:
            draft.warn(text)
        if read.question and not shows(read.question, draft):
            read = ReadBack(error="it cannot be written so that it shows as it was.")
        line = self.bare.line
        return replace(
            self.bare,
            markdown=read.markdown,
            question=read.question,
            refused=read.error,
            files=dict(self.pictures.taken) if read.question else {},
            guesses=tuple(Note(text, line) for text in dict.fromkeys(draft.guesses)),
            warnings=tuple(Note(text, line) for text in dict.fromkeys(draft.warnings)),
        )


def _is_case_unsaid(node: Node, rules: Rules) -> bool:
    """Whether texts are mapped without a word on their case, which programs take differently."""
    if not (rules.template.endswith("map_response") or (rules.node and rules.node.find("mapresponse"))):
        return False
    texts = [one for one in node.all("responsedeclaration") if one.get("basetype").lower() == "string"]
    return any(not entry.get("casesensitive") for one in texts for entry in one.find("mapentry"))


def _rule_for(response: Declared) -> Node:
    """Rules that give one point to what a response declares as right."""
    named = {"identifier": response.id}
    if response.mapping:
        return Node("r", children=[Node("setoutcomevalue", {"identifier": "SCORE"}, [Node("mapresponse", named)])])
    match = Node("match", {}, [Node("variable", named), Node("correct", named)])
    one = Node("setoutcomevalue", {"identifier": "SCORE"}, [Node("basevalue", {"basetype": "float"}, ["1"])])
    return Node("r", children=[Node("responsecondition", {}, [Node("responseif", {}, [match, one])])])


def _best(fitted: Fitted) -> QuestionType:
    """The way to mark that differs least from what was tried; one that its exporter named, where several do."""
    kinds = sorted(fitted.kinds, key=lambda kind: _rule(kind) != fitted.meant)
    least, best = len(fitted.trials) + 1, kinds[0]
    for kind in kinds if len(kinds) > 1 else ():
        count = len(differing(fitted.trials, kind, fitted.points, fitted.respond))
        if count < least:
            least, best = count, kind
        if not count:
            break
    return best


def _rule(kind: QuestionType) -> str:
    return kind.written_options().get("credit", kind.rules[0] if kind.rules else "")
