"""`python -m tests.bench [NAME]`: run one measurement, or all of them."""

import importlib
import pkgutil
import sys

from tests import bench

NAMES = [module.name for module in pkgutil.iter_modules(bench.__path__) if module.name not in ("__main__", "stopwatch")]


def main(wanted: list[str]) -> int:
    """Run what is named; 2 for a name that is none."""
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        print(f"{unknown[0]}: there is no such measurement. There are: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    for name in wanted or NAMES:
        print(importlib.import_module(f"tests.bench.{name}").main())
    return 0


sys.exit(main(sys.argv[1:]))
