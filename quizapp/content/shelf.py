"""The banks of all modules, found by their path and their key; by former ones too (`aliases:`)."""

from collections.abc import Iterable, Mapping

from quizapp.content.folder import stem_of
from quizapp.content.model import Bank


class Shelf:
    """Finds banks; `moved` are former keys of what there is, `modules` the folders of modules with their keys."""

    def __init__(self, banks: Iterable[Bank], moved: Mapping[str, str], modules: Mapping[str, str]) -> None:
        self._by_path = {bank.path: bank for bank in banks}
        self._by_key = {bank.key.casefold(): bank for bank in self._by_path.values()}
        self._moved = {old.casefold(): new for old, new in moved.items()}
        self._modules = modules

    def at(self, path: str) -> Bank | None:
        """The bank of a file, or the one of the same module that was called so before."""
        folder = path.rpartition("/")[0]
        if path in self._by_path or folder not in self._modules:
            return self._by_path.get(path)
        return self._former(f"{self._modules[folder]}/{stem_of(path)}".casefold())

    def called(self, key: str) -> Bank | None:
        """The bank that has or had that key, `module/name`; its module may have had another one too."""
        key = key.casefold()
        if found := self._by_key.get(key) or self._former(key):
            return found
        module, _, name = key.partition("/")
        new = self._moved.get(f"module {module}", "").partition(" ")[2].casefold()
        return self.called(f"{new}/{name}") if new and new != module else None

    def of(self, module: str) -> tuple[Bank, ...]:
        """The banks of a module."""
        return tuple(bank for bank in self._by_path.values() if bank.key.partition("/")[0] == module)

    def _former(self, key: str) -> Bank | None:
        return self._by_key.get(self._moved.get(f"bank {key}", "").partition(" ")[2].casefold())
