"""MediaWiki 1.43 LTS from Debian's package, unpacked into a folder, without root."""

import fcntl
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sandbox.errors import SandboxError

SUITE = "trixie"  # Debian 13: its package is 1.43 LTS
PACKAGES = ("mediawiki", "mediawiki-classes")
SOURCES = Path("/etc/apt")
DANGLING = ("extensions", "config", "images", "LocalSettings.php")


def ensure_tree(tree: Path) -> None:
    """Unpack MediaWiki into `tree` unless it is there already.

    Several processes may ask at once: one works, the others wait.
    Raises `SandboxError` where apt cannot deliver the packages.
    """
    if (tree / "index.php").exists():
        return
    tree.parent.mkdir(parents=True, exist_ok=True)
    with _locked(tree.with_name(f"{tree.name}.lock")):
        if not (tree / "index.php").exists():
            _unpack(tree)


def suite_sources(text: str, release: str) -> str:
    """The entries of `release` in apt source files, turned into entries of `SUITE`.

    Takes one-line and deb822 entries, joined by blank lines. Mirrors, options and
    keys stay as this machine has them; sources of other vendors are left out.
    """
    suites = re.compile(rf"{re.escape(release)}(-updates|-security)?/?")
    entries = []
    for stanza in re.split(r"\n\s*\n", text):
        lines = [line for line in stanza.splitlines() if not line.startswith("#")]
        if any(line.lower().startswith("suites:") for line in lines):
            entries.append(_deb822(lines, suites, release))
        else:
            entries += [
                line.replace(release, SUITE)
                for line in lines
                if re.match(r"deb\s", line)
                and any(suites.fullmatch(word) for word in line.split())
            ]
    return "\n\n".join(entry for entry in entries if entry) + "\n"


def _deb822(lines: Iterable[str], suites: re.Pattern[str], release: str) -> str:
    entry, is_ours = [], False
    for line in lines:
        name, colon, value = line.partition(":")
        if colon and name.lower() == "suites":
            names = [word for word in value.split() if suites.fullmatch(word)]
            is_ours = bool(names)
            entry.append(f"Suites: {' '.join(names).replace(release, SUITE)}")
        elif colon and name.lower() == "types":
            entry.append("Types: deb")
        else:
            entry.append(line)
    return "\n".join(entry) if is_ours else ""


def _machine_sources() -> str:
    """All apt sources of this machine, parted by blank lines."""
    lists = [SOURCES / "sources.list", *sorted(SOURCES.glob("sources.list.d/*.list"))]
    entries = [
        line
        for path in lists
        if path.is_file()
        for line in path.read_text("utf-8").splitlines()
    ]
    entries += [
        path.read_text("utf-8")
        for path in sorted(SOURCES.glob("sources.list.d/*.sources"))
    ]
    return "\n\n".join(entries)


def _release() -> str:
    text = Path("/etc/os-release").read_text("utf-8")
    match = re.search(r"^VERSION_CODENAME=\"?([a-z]+)", text, re.MULTILINE)
    return match[1] if match else ""


def _unpack(tree: Path) -> None:
    work = tree.with_name(f"{tree.name}.new")
    shutil.rmtree(work, ignore_errors=True)
    apt = work / "apt"
    for folder in ("lists/partial", "cache/archives/partial"):
        (apt / folder).mkdir(parents=True)
    sources = suite_sources(_machine_sources(), _release())
    # apt tells the two formats of a source file apart by its name.
    one_line = [line for line in sources.splitlines() if line.startswith("deb ")]
    deb822 = [s for s in sources.split("\n\n") if not s.startswith("deb ")]
    parts = apt / "sources"
    parts.mkdir()
    (parts / "suite.list").write_text("\n".join([*one_line, ""]), "utf-8")
    (parts / "suite.sources").write_text("\n\n".join([*deb822, ""]), "utf-8")
    options = [
        f"-oDir::State::Lists={apt / 'lists'}",
        f"-oDir::Cache={apt / 'cache'}",
        "-oDir::Etc::sourcelist=/dev/null",
        f"-oDir::Etc::sourceparts={parts}",
        "-oDir::Etc::preferencesparts=/dev/null",
        "-oAPT::Sandbox::User=",
    ]
    _apt(["apt-get", *options, "-q", "update"], apt)
    _apt(["apt-get", *options, "-q", "download", *PACKAGES], apt)
    for package in sorted(apt.glob("*.deb")):
        _apt(["dpkg-deb", "-x", str(package), str(work / "files")], apt)
    root = work / "files/usr/share/mediawiki"
    for name in DANGLING:
        (root / name).unlink(missing_ok=True)
    (root / "extensions-core").rename(root / "extensions")
    for name in ("images", "cache"):
        (root / name).mkdir()
    shutil.rmtree(tree, ignore_errors=True)
    root.rename(tree)
    shutil.rmtree(work)


def _apt(command: list[str], folder: Path) -> None:
    done = subprocess.run(  # noqa: S603 - our own arguments
        command,
        cwd=folder,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SandboxError(
            f"MediaWiki's package could not be fetched ({' '.join(command[:1])}):\n"
            f"{(done.stdout + done.stderr)[-2000:]}\n"
            f"Needed: a Debian with a source of {SUITE} that apt can reach."
        )


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
