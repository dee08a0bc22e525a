"""How templates are loaded."""

from collections.abc import Iterator, MutableMapping
from typing import Any

from flask.templating import Environment
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from quizapp.web.words import sentence


class Sentences(Extension):
    """Sentences without values become text when a template is compiled: a page has dozens, and each call costs.

    A site has one language, and an environment belongs to one site.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The tokens, `_("…")` replaced by the sentence."""
        held: list[Token] = []
        for token in stream:
            held.append(token)
            if not _may_be_a_sentence(held):
                yield from held
                held = []
            elif len(held) == len(CALL):
                yield Token(held[2].lineno, "string", sentence(held[2].value))
                held = []
        yield from held


class Templates(Environment):
    """Flask's environment; templates keep what is global in a plain dictionary.

    Jinja would keep a chain of dictionaries, so that a global may change after a template was loaded, and walk along
    it with Python code for every import and include: a tenth of rendering a lesson. Here all globals are set before.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of one template."""
        return {**self.globals, **(d or {})}


CALL = ("name", "lparen", "string", "rparen")


def _may_be_a_sentence(held: list[Token]) -> bool:
    kinds = tuple(token.type for token in held)
    return kinds == CALL[: len(kinds)] and held[0].value == "_"
