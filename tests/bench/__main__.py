"""`python -m tests.bench [NAME]`: run one measurement, or all of them."""

import importlib
import pkgutil
import sys

from tests import bench

NAMES = [one.name for one in pkgutil.iter_modules(bench.__path__) if not one.ispkg and one.name != "__main__"]


def main(wanted: list[str]) -> int:
    """Run what is named; 2 for a name that is none."""
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        print(f"{unknown[0]}: there is no such measurement. There are: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    for name in wanted or NAMES:
        print(importlib.import_module(f"tests.bench.{name}").main())
    return 0


if __name__ == "__main__":  # the load comes from a process of its own, which imports this file again
    sys.exit(main(sys.argv[1:]))
