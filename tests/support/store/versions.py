"""Another version of the store, whose tables have another layout, in this process."""

import importlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType
from typing import Any

from space.store import Store
from space.store.tables.tables import LAYOUT_NAME

PACKAGE = "space.store"
TABLES = f"{PACKAGE}.tables.tables"
OTHER_NAME = "0dd1a407"

Edit = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Version:
    """The store of a version, and its modules of tables and layouts."""

    store: type[Store]
    tables: Any
    layouts: Any


def other_version(edit: Edit = str) -> Version:
    """The store with another layout; `edit` changes the source of its tables."""
    own = {name: sys.modules.pop(name) for name in list(sys.modules) if _is_ours(name)}
    package = sys.modules["space"]
    finder = _Finder(edit)
    sys.meta_path.insert(0, finder)
    try:
        store = importlib.import_module(PACKAGE)
        layouts = sys.modules[f"{PACKAGE}.tables.layouts"]
        return Version(store.Store, sys.modules[TABLES], layouts)
    finally:
        sys.meta_path.remove(finder)
        for name in list(filter(_is_ours, sys.modules)):
            del sys.modules[name]
        sys.modules.update(own)
        package.__dict__["store"] = own[PACKAGE]


def _is_ours(name: str) -> bool:
    return name == PACKAGE or name.startswith(f"{PACKAGE}.")


class _Finder(MetaPathFinder):
    """Finds the module of the tables with its text changed."""

    def __init__(self, edit: Edit) -> None:
        self._edit = edit

    def find_spec(
        self, name: str, path: Sequence[str] | None, _: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != TABLES:
            return None
        spec = PathFinder.find_spec(name, path)
        assert spec is not None
        assert spec.origin is not None
        spec.loader = _Edited(name, spec.origin, self._edit)
        return spec


class _Edited(SourceFileLoader):
    def __init__(self, name: str, path: str, edit: Edit) -> None:
        super().__init__(name, path)
        self._change = edit

    def get_data(self, path: str) -> bytes:
        text = super().get_data(path).decode()
        return self._change(text.replace(LAYOUT_NAME, OTHER_NAME)).encode()

    def path_stats(self, path: str) -> Any:
        raise OSError(path)  # what was compiled of the file is not of the changed text
