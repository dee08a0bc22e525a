"""PURE: advice to authors. A module placed in this folder is one piece of advice; there is nothing else to edit.

No files and no clock: an advice gets values of the catalogue and says where what could be better. The contract is
`base.Advice`; `advising.advise` asks all of them.
"""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
