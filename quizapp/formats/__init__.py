"""PURE: one file per importer or exporter. A module placed in this folder that defines an `Importer` is a format.

The contract is `contract.Importer`; `pasted/` reads what people have in a word processor, an e-mail or a chat.
"""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
