"""The report of a task, page by page, and the exit code that follows from it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Self

from sqlalchemy.exc import OperationalError

from space.errors import SignedOutError, WikiUnavailableError


class ExitCode(IntEnum):
    """Exit codes of the bots; 75 is EX_TEMPFAIL of sysexits.h: try later."""

    FINE = 0
    PROBLEM = 1
    USAGE = 2
    TRY_LATER = 75


class Did(Enum):
    """What a task did with a page, in the words of its report."""

    WRITTEN = "written"
    WOULD_WRITE = "would write"
    UNCHANGED = "unchanged"
    WAITS = "waits for the interval"
    LEFT = "left to the community"
    HALTED = "not sent, as the task was stopped"
    KNOWS_NOT = "changed by others"
    REFUSED = "refused"
    BLOCKED = "blocked"
    OVERTAKEN = "changed meanwhile"
    LATER = "try later"


_SAID = {
    ExitCode.TRY_LATER: "try later",
    ExitCode.USAGE: "sign-in refused",
}
_CODES = {
    Did.KNOWS_NOT: ExitCode.PROBLEM,
    Did.REFUSED: ExitCode.PROBLEM,
    Did.BLOCKED: ExitCode.PROBLEM,
    Did.OVERTAKEN: ExitCode.TRY_LATER,
    Did.LATER: ExitCode.TRY_LATER,
}


@dataclass(frozen=True, slots=True)
class PageReport:
    """A page, what was done with it, and a detail for people (a reason, a diff)."""

    title: str
    did: Did
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a task could not do its work: a wiki or the database was in the way."""

    text: str
    code: ExitCode


@dataclass(frozen=True, slots=True)
class Report:
    """A task's pages, remarks and problems, and what kept it from its work.

    `stopped` is the reason for an early end, empty if there was none; `troubles` are
    the wikis and databases that gave no answer or refused the bot. `is_logged` where
    the log of a task that goes on has the rest.
    """

    pages: tuple[PageReport, ...] = ()
    remarks: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    stopped: str = ""
    troubles: tuple[Trouble, ...] = ()
    is_logged: bool = False

    @classmethod
    def of_trouble(
        cls, where: str, error: WikiUnavailableError | OperationalError
    ) -> Self:
        """The report of a task, or of its part on another wiki, that an error ended."""
        refused = isinstance(error, SignedOutError)
        code = ExitCode.USAGE if refused else ExitCode.TRY_LATER
        # The text of a database's error quotes the query and its values.
        words = error.orig if isinstance(error, OperationalError) else error
        return cls(troubles=(Trouble(f"{where}: {words}", code),))

    def __add__(self, other: "Report") -> "Report":
        return Report(
            self.pages + other.pages,
            self.remarks + other.remarks,
            self.problems + other.problems,
            self.stopped or other.stopped,
            self.troubles + other.troubles,
            self.is_logged or other.is_logged,
        )

    @property
    def exit_code(self) -> ExitCode:
        """The highest of all codes.

        TRY_LATER wins: a later run may come out well, or shows the rest again.
        """
        codes = [_CODES.get(page.did, ExitCode.FINE) for page in self.pages]
        codes += [trouble.code for trouble in self.troubles]
        if self.problems:
            codes.append(ExitCode.PROBLEM)
        return max(codes, default=ExitCode.FINE)

    @property
    def held_up(self) -> bool:
        """Whether the whole wiki, rather than a page of it, was in the way."""
        return bool(self.troubles) or any(page.did is Did.LATER for page in self.pages)

    def lines(self) -> Iterator[str]:
        """The report for people, without pages that the log has or nothing befell.

        These are only counted.
        """
        if not self.is_logged:
            yield from self._told()
        if self.stopped:
            yield f"stopped: {self.stopped}"

    def _told(self) -> Iterator[str]:
        for page in self.pages:
            if page.did not in {Did.UNCHANGED, Did.WRITTEN}:
                yield f"{page.did.value}: {page.title}"
                yield from (f"    {line}" for line in page.detail.splitlines())
        yield from self.remarks
        yield from (f"problem: {problem}" for problem in self.problems)
        yield from (f"{_SAID[each.code]}: {each.text}" for each in self.troubles)
        counts = _counts(page.did for page in self.pages)
        if counts:
            yield counts


def _counts(done: Iterable[Did]) -> str:
    seen = list(done)
    return ", ".join(f"{seen.count(did)} {did.value}" for did in Did if did in seen)
