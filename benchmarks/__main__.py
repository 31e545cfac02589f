"""Run every benchmark of this folder; the exit code is 1 if one misses its limit."""

import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

import benchmarks


def main() -> int:
    """Run them in the order of their names; one that fails keeps no other back."""
    names = sorted(module.name for module in iter_modules(benchmarks.__path__))
    missed = []
    for name in names:
        run = None if name == "__main__" else _main_of(name)
        if run:
            print(f"== {name}", flush=True)
            if _failed(run):
                missed.append(name)
    print(f"missed: {', '.join(missed) or 'none'}")
    return int(bool(missed))


def _main_of(name: str) -> Callable[[], int] | None:
    return getattr(import_module(f"benchmarks.{name}"), "main", None)


def _failed(run: Callable[[], int]) -> bool:
    try:
        return bool(run())
    except Exception:  # noqa: BLE001 - the others are to be measured, too
        traceback.print_exc(file=sys.stdout)
        return True


if __name__ == "__main__":
    sys.exit(main())
