"""The Lua tests' Scribunto: the library of the sandbox's MediaWiki under lupa."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox.place import place_from
from sandbox.tree import ensure_tree
from tests.lua.scribunto import Scribunto


@pytest.fixture(scope="session")
def mediawiki() -> Path:
    """The unpacked MediaWiki; only its Lua files are read here."""
    tree = place_from().tree
    ensure_tree(tree)
    return tree


@pytest.fixture
def scribunto(mediawiki: Path) -> Callable[..., Scribunto]:
    """Makes a Lua state over the pages a test gives."""

    def make(*arguments: object, **options: object) -> Scribunto:
        return Scribunto(mediawiki, *arguments, **options)  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="module")
def lua(mediawiki: Path) -> Scribunto:
    """One Lua state over no pages, for tests that only ask."""
    return Scribunto(mediawiki)
