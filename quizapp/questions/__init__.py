"""PURE: what a question is. A module placed in this folder is a question type; there is nothing else to edit.

No files, no Markdown library, no clock and no dice: a type gets blocks and a function that renders prose, and gives
values back. The contract is `base.QuestionType`.
"""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
