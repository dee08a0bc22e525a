"""Response processing: what an answer earns, by the rules of its item; three-valued logic as QTI has it.

Whatever stands in the rules is only ever computed here: there is no call out of them, and the steps are counted.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction

from quizapp.formats.asi.operators import computed, includes, only, same, tolerance_of
from quizapp.formats.asi.tree import Node
from quizapp.formats.asi.values import NUMBERS, Declared, Unsupported, Value, value_of

MAX_STEPS = 200_000  # of all answers that are tried with one item
MAX_IN_SOURCE = 2_000_000  # of all items of a source
STEPS_OF_ONE = 5  # that an answer takes which is tried, beside its rules
TEMPLATES = ("match_correct", "map_response", "cc2_match", "cc2_match_basic", "cc2_map_response")
ATTEMPTS = "numAttempts"  # QTI declares it by itself: 1 in the first attempt, which is the one that is tried
RULES = ("responseif", "responseelseif", "responseelse")


class _Exit(Exception):
    """The rules say that they end here."""


@dataclass(slots=True)
class Steps:
    """The steps that are left for all items of a source."""

    left: int = MAX_IN_SOURCE


@dataclass(slots=True)
class Rules:
    """The rules of an item: what is declared, and the steps that are left for all answers that are tried."""

    responses: Mapping[str, Declared]
    outcomes: Mapping[str, Declared]
    node: Node | None = None
    template: str = ""
    steps: int = MAX_STEPS
    in_source: Steps = field(default_factory=Steps)
    shown: int = 0  # feedbacks that each answer is held against

    def spend(self, steps: int) -> None:
        """Count steps. Raises Unsupported where there are none left."""
        self.steps -= steps
        self.in_source.left -= steps
        if self.steps < 0 or self.in_source.left < 0:
            raise Unsupported("its rules are longer than can be tried.")

    def outcomes_of(self, given: Mapping[str, Value]) -> dict[str, Value]:
        """Every outcome for an answer; what is not in it is NULL. Raises Unsupported."""
        self.spend(STEPS_OF_ONE + self.shown)
        run = _Run(self, given)
        if self.template:
            run.template(self.template)
        elif self.node:
            with suppress(_Exit):
                run.rules(self.node.nodes)
        return run.outcomes


def rules_of(responses: Mapping[str, Declared], outcomes: Mapping[str, Declared], node: Node | None) -> Rules:
    """The rules of an item, by its element or the template that it names. Raises Unsupported."""
    template = (node.get("template") or node.get("templatelocation")) if node else ""
    if not template or (node and node.nodes):
        return Rules(responses, outcomes, node)
    name = template.rstrip("/").rpartition("/")[2].lower().removesuffix(".xml")
    if name not in TEMPLATES:
        raise Unsupported(f"its score is made by “{name[:60]}”, which is not read.")
    return Rules(responses, outcomes, template=name)


def sets_a_score(rules: Rules) -> bool:
    """Whether rules that are written out set a number at all, and not only what is shown."""
    numbers = {name for name, one in rules.outcomes.items() if one.base in NUMBERS}
    return any(
        node.get("identifier") in numbers or node.get("identifier") not in rules.outcomes
        for node in (rules.node.find("setoutcomevalue", "lookupoutcomevalue") if rules.node else ())
    )


@dataclass(slots=True)
class _Run:
    """One answer on its way through the rules."""

    given_rules: Rules
    given: Mapping[str, Value]
    outcomes: dict[str, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, one in self.given_rules.outcomes.items():
            is_number = one.base in NUMBERS and one.cardinality == "single"
            self.outcomes[name] = Fraction(0) if one.default is None and is_number else one.default

    def template(self, name: str) -> None:
        """The standard templates, which speak of RESPONSE and SCORE; those of Common Cartridge of MAXSCORE too."""
        response = self.given_rules.responses.get("RESPONSE")
        if response is None:
            raise Unsupported("its score is made by a template for RESPONSE, and it declares no RESPONSE.")
        value = self.given.get("RESPONSE")
        most = self.outcomes.get("MAXSCORE") if name == "cc2_match_basic" else None
        if name.endswith("map_response"):
            self.outcomes["SCORE"] = self.mapped(response, value)
        else:
            is_right = value is not None and same(value, response.correct, response.cardinality)
            self.outcomes["SCORE"] = (most if most else Fraction(1)) if is_right else Fraction(0)
            basic = "empty" if value is None else "correct" if is_right else "incorrect"
            self.outcomes["FEEDBACKBASIC"] = basic if name.startswith("cc2") else self.outcomes.get("FEEDBACKBASIC")

    def rules(self, nodes: Sequence[Node]) -> None:
        """One rule after the other."""
        for node in nodes:
            self.step()
            if node.tag == "responsecondition":
                self.condition(node)
            elif node.tag == "setoutcomevalue":
                self.outcomes[node.get("identifier")] = self.evaluate(only(node))
            elif node.tag == "lookupoutcomevalue":
                self.outcomes[node.get("identifier")] = self.looked_up(node)
            elif node.tag == "responseprocessingfragment":
                self.rules(node.nodes)
            elif node.tag == "exitresponse":
                raise _Exit
            else:
                raise Unsupported(f"its rules use {node.tag}, which is not read.")

    def looked_up(self, node: Node) -> Value:
        """What the table of an outcome has for a number."""
        found = self.given_rules.outcomes.get(node.get("identifier"))
        if found is None or found.table is None:
            raise Unsupported("its rules look something up in a table, and declare none.")
        self.given_rules.spend(len(found.table.rows))
        return found.table.value(self.evaluate(only(node)))

    def condition(self, node: Node) -> None:
        """The first branch whose condition is true."""
        for branch in node.nodes:
            if branch.tag not in RULES:
                raise Unsupported(f"its rules use {branch.tag}, which is not read.")
            if branch.tag == "responseelse":
                self.rules(branch.nodes)
                return
            if branch.nodes and self.evaluate(branch.nodes[0]) is True:
                self.rules(branch.nodes[1:])
                return

    def step(self) -> None:
        """Count a step."""
        self.given_rules.spend(1)

    def evaluate(self, node: Node) -> Value:
        """The value of an expression."""
        self.step()
        if node.tag in LOOKUPS:
            return LOOKUPS[node.tag](self, node)
        return computed(node, [self.evaluate(child) for child in node.nodes])

    def variable(self, node: Node) -> Value:
        """A response or an outcome."""
        name = node.get("identifier")
        if name in self.given_rules.responses:
            return self.given.get(name)
        if name in self.outcomes:
            return self.outcomes[name]
        if name == ATTEMPTS:
            return Fraction(1)
        raise Unsupported(f"its rules speak of “{name[:40]}”, which is not declared.")

    def response(self, node: Node) -> Declared:
        """The declaration of the response that an expression names."""
        name = node.get("identifier")
        if name not in self.given_rules.responses:
            raise Unsupported(f"its rules speak of “{name[:40]}”, which is not declared.")
        return self.given_rules.responses[name]

    def mapped(self, response: Declared, value: Value) -> Fraction:
        """What a value is worth by the mapping of its response; each entry that is looked at is a step."""
        if response.mapping is None:
            raise Unsupported("its score is made by a mapping, and it declares none.")
        self.given_rules.spend(len(response.mapping.entries) * (len(value) if isinstance(value, tuple) else 1))
        return response.mapping.worth(value)

    def match(self, node: Node) -> Value:
        """Whether two values are the same; the order counts where one of them has one."""
        if len(node.nodes) != 2:
            raise Unsupported("its rules use match with too few values.")
        first, second = (self.evaluate(child) for child in node.nodes)
        if first is None or second is None:
            return None
        every = {**self.given_rules.outcomes, **self.given_rules.responses}
        has_order = any(
            child.tag == "ordered"
            or (child.get("identifier") in every and every[child.get("identifier")].cardinality == "ordered")
            for child in node.nodes
        )
        return same(first, second, "ordered" if has_order else "")

    def equal(self, node: Node) -> Value:
        """Two numbers, within a tolerance."""
        values = [self.evaluate(child) for child in node.nodes]
        first, second = [*values, None, None][:2]
        if not isinstance(first, Fraction) or not isinstance(second, Fraction):
            return None
        low, high = tolerance_of(node, first)
        above = second >= low if includes(node, "includelowerbound") else second > low
        below = second <= high if includes(node, "includeupperbound") else second < high
        return above and below


def _mapped_within(run: _Run, node: Node) -> Fraction:
    """What a number is worth that lies within a tolerance of one of a mapping, as ONYX has it; a text as it is."""
    response, value = run.response(node), run.given.get(node.get("identifier"))
    if response.mapping is None or not isinstance(value, Fraction):
        return run.mapped(response, value)
    for entry in response.mapping.entries:
        run.step()
        if isinstance(entry.key, Fraction):
            low, high = tolerance_of(node, entry.key)
            if low <= value <= high:
                return entry.worth
    return response.mapping.default


def _constant(run: _Run, node: Node) -> Value:
    return value_of(node.text, {"directedpair": "directedPair"}.get(node.get("basetype").lower(), node.get("basetype")))


LOOKUPS: dict[str, Callable[[_Run, Node], Value]] = {
    "basevalue": _constant,
    "variable": _Run.variable,
    "correct": lambda run, node: run.response(node).correct,
    "default": lambda run, node: run.response(node).default,
    "mapresponse": lambda run, node: run.mapped(run.response(node), run.given.get(node.get("identifier"))),
    "maptolresponse": _mapped_within,
    "null": lambda run, node: None,
    "equal": _Run.equal,
    "match": _Run.match,
}
