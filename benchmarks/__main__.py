"""Run every benchmark of this folder; the exit code is 1 if one misses its limit."""

import sys
from importlib import import_module
from pkgutil import iter_modules

import benchmarks


def main() -> int:
    """Run them in the order of their names."""
    names = [module.name for module in iter_modules(benchmarks.__path__)]
    modules = [
        import_module(f"benchmarks.{name}")
        for name in sorted(names)
        if name != "__main__"
    ]
    return max(module.main() for module in modules if hasattr(module, "main"))


if __name__ == "__main__":
    sys.exit(main())
