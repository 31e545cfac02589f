"""The lock is whole: what is asked for and what that needs, pinned; nothing else."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name as canonical

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements", "requirements-dev")
_PIN = re.compile(r"([A-Za-z0-9._-]+)==([^\s\\;]+)((?: \\\n +--hash=sha256:\w{64})+)$")


@dataclass
class Lock:
    """What a lock asks for, and its pins: name → version and number of hashes."""

    asked: list[Requirement]
    pins: dict[str, tuple[str, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, name: str) -> "Lock":
        lines = (ROOT / f"{name}.in").read_text().splitlines()
        texts = (line.partition(" #")[0] for line in lines if line[:1] not in "#-")
        lock = cls([Requirement(text) for text in texts if text])
        pinned = (ROOT / f"{name}.txt").read_text()
        for entry in re.split(r"\n(?=[A-Za-z])", re.sub(r"(?m)^ *#.*\n?", "", pinned)):
            match = _PIN.fullmatch(entry.strip())
            assert match, entry[:80]
            version, hashes = match[2], match[3].count("--hash=")
            lock.pins[canonical(match[1])] = version, hashes
        return lock


def needs(requirement: Requirement) -> Iterator[Requirement]:
    """What an installed distribution needs here, with the extras that are asked for."""
    for text in distribution(requirement.name).requires or ():
        needed = Requirement(text)
        extras = requirement.extras or {""}
        if not needed.marker or any(
            needed.marker.evaluate({"extra": extra}) for extra in extras
        ):
            yield needed


@pytest.mark.parametrize("name", LOCKS)
def test_lock_when_compared_with_what_is_needed_then_has_that_and_no_more(
    name: str,
) -> None:
    lock = Lock.read(name)
    todo, needed, seen = list(lock.asked), set(), set()
    while todo:
        requirement = todo.pop()
        key = canonical(requirement.name)
        needed.add(key)
        assert key in lock.pins, f"{requirement}: run make lock"
        version, _ = lock.pins[key]
        assert requirement.specifier.contains(version, prereleases=True), requirement
        if (key, *sorted(requirement.extras)) not in seen:
            seen.add((key, *sorted(requirement.extras)))
            todo += needs(requirement)
    assert lock.pins.keys() == needed


@pytest.mark.parametrize("name", LOCKS)
def test_lock_when_installed_then_is_what_is_tested(name: str) -> None:
    for package, (version, _) in Lock.read(name).pins.items():
        assert distribution(package).version == version, f"{package}: run make setup"


def test_locks_when_both_pin_a_package_then_agree() -> None:
    own, development = (Lock.read(name).pins for name in LOCKS)
    for package in own.keys() & development.keys():
        assert own[package] == development[package]


def test_npm_lock_when_read_then_pins_what_is_asked_for_with_hashes() -> None:
    asked = json.loads((ROOT / "package.json").read_text())
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    root = packages.pop("")
    for kind in ("dependencies", "devDependencies"):
        assert root.get(kind) == asked.get(kind), "run make lock"
        for package in asked.get(kind, ()):
            assert f"node_modules/{package}" in packages
    assert all(each.get("integrity") for each in packages.values())
