"""PURE: how a content file is tidied. A module placed in this folder is a repair; there is nothing else to edit.

A repair gives edits, format section 10; `content/tidying.py` makes those after which the file still says the same.
"""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
