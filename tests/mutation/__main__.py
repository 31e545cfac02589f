"""Mutation testing: `python -m tests.mutation [TARGET [PATTERN…]]`.

mutmut makes small changes ("mutants") to the code of each target in `targets.toml` and
runs the target's tests on every mutant that mypy accepts. The exit code is 1 if one
mutant in ten or more survives; those named in `survivors.toml` do not count. A pattern
such as `space.dates.tzdata*` tries only some mutants. A target runs in a folder of its
own, `var/mutation/TARGET/`, made anew each time.
"""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Any

from mutmut.configuration import reset_config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
WORK = ROOT / "var" / "mutation"
COPIED = ("schemas", "i18n", "lua_templates", "docs", "sandbox", "bots", "jobs.yaml")
MUTATED = ("space", "tool")
LIMIT = 0.1
UNTRIED = ("not checked", "caught by type check")  # no test has run on them
PROCESSES = 2
PATIENCE = 3
"""How many times as long as on the code itself tests may take on a mutant: a loop that
never ends is killed then. mutmut's own 15 times are half an hour on a busy machine."""
MYPY = (
    *(sys.executable, "-m", "mypy", "--output", "json"),
    *("--no-warn-unused-ignores", "--cache-dir", str(WORK / "mypy")),
)
CLOCK = "Pacific/Apia"  # far from UTC, so that a naive time is noticed
MUTMUT = (sys.executable, "-m", "mutmut")
_NAME = re.compile(r"(?P<module>.+)\.x(?:ǁ(?P<type>\w+)ǁ|_)(?P<name>\w+)__mutmut_\d+")


@dataclass(frozen=True, order=True)
class Mutant:
    """A change of a line in a function, `after` empty where the line is left out."""

    function: str
    before: str
    after: str


@dataclass(frozen=True)
class Result:
    """How many mutants of a target the tests were run on, and those that survived.

    Of the others, `timed_out` were killed because the tests took too long: on a machine
    that got busy meanwhile, try these again.
    """

    tried: int
    timed_out: int
    survivors: tuple[Mutant, ...]

    @property
    def is_enough(self) -> bool:
        """Whether fewer than one mutant in ten survived."""
        return len(self.survivors) < LIMIT * self.tried


def main(arguments: Sequence[str]) -> int:
    """Run the named target, or all of them; 1 if too many mutants survive."""
    targets = tomllib.loads((HERE / "targets.toml").read_text("utf-8"))
    names, patterns = arguments[:1] or list(targets), arguments[1:]
    excused = set(_excused())
    enough = True
    for name in names:
        folder = WORK / name
        _prepare(folder, targets[name])
        _mutmut(folder, "run", "--max-children", str(PROCESSES), *patterns)
        result = _result(folder, excused)
        _report(name, result)
        enough = enough and result.is_enough
    return 0 if enough else 1


def _prepare(folder: Path, target: dict[str, Any]) -> None:
    """Make the folder: links to the project, and its settings with mutmut's."""
    rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in (*MUTATED, *COPIED, "tests"):
        (folder / name).symlink_to(ROOT / name)
    settings = {
        "source_paths": MUTATED,
        "only_mutate": target["code"],
        "do_not_mutate_patterns": [r"raise \w+"],
        "also_copy": COPIED,
        "pytest_add_cli_args": ["-p", "tests.mutation.plugin"],
        "pytest_add_cli_args_test_selection": target["tests"],
        "type_check_command": [*MYPY, *_packages(target["code"])],
        "use_git_change_detection": False,
        "timeout_multiplier": PATIENCE,
        "timeout_constant": 10.0,
    }
    table = "".join(f"{key} = {json.dumps(value)}\n" for key, value in settings.items())
    own = (ROOT / "pyproject.toml").read_text("utf-8")
    (folder / "pyproject.toml").write_text(f"{own}\n[tool.mutmut]\n{table}", "utf-8")


def _packages(code: Sequence[str]) -> Iterator[str]:
    for pattern in code:
        yield pattern.removesuffix("/*")


def _mutmut(folder: Path, *arguments: str) -> None:
    environment = os.environ | {"TZ": CLOCK}
    subprocess.run((*MUTMUT, *arguments), cwd=folder, env=environment, check=True)


def _result(folder: Path, excused: set[Mutant]) -> Result:
    """Read what mutmut found out in the target's folder."""
    tried, timed_out, survivors = 0, 0, []
    with chdir(folder):
        reset_config()
        for path in walk_mutatable_files():
            file = SourceFileMutationData(path=path)
            file.load()
            for name, code in file.exit_code_by_key.items():
                status = status_by_exit_code[code]
                tried += status not in UNTRIED
                timed_out += status == "timeout"
                if status in ("survived", "no tests"):
                    survivors.append(
                        _mutant(name, get_diff_for_mutant(name, path=path))
                    )
    counted = [mutant for mutant in survivors if mutant not in excused]
    tried += len(counted) - len(survivors)
    return Result(tried, timed_out, tuple(sorted(counted)))


def _mutant(name: str, difference: str) -> Mutant:
    """A mutant by mutmut's name and the unified difference that it makes."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise ValueError(f"not a name of mutmut's: {name}")
    lines = difference.splitlines()[2:]  # without the names of the files
    return Mutant(
        ".".join(filter(None, match.group("module", "type", "name"))),
        *(
            " ".join(x[1:].strip() for x in lines if x.startswith(sign))
            for sign in "-+"
        ),
    )


def _excused() -> Iterator[Mutant]:
    named = tomllib.loads((HERE / "survivors.toml").read_text("utf-8"))
    for entry in named.get("survivor", ()):
        yield Mutant(entry["function"], entry["before"], entry["after"])


def _report(name: str, result: Result) -> None:
    for mutant in result.survivors:
        print(f"\n{mutant.function}\n- {mutant.before}\n+ {mutant.after}")
    verdict = "enough" if result.is_enough else "too many"
    print(f"\n{name}: {len(result.survivors)} of {result.tried} survive ({verdict})")
    print(f"{result.timed_out} of the others ran out of time")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
