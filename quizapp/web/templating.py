"""How templates are loaded."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment


class Templates(Environment):
    """Flask's environment; templates keep what is global in a plain dictionary.

    Jinja would keep a chain of dictionaries, so that a global may change after a template was loaded, and walk along
    it with Python code for every import and include: a tenth of rendering a lesson. Here all globals are set before.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of one template."""
        return {**self.globals, **(d or {})}
