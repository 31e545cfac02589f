"""What a task did, page by page, and the exit code that follows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, IntEnum


class ExitCode(IntEnum):
    """What a scheduler may conclude (75 is EX_TEMPFAIL of sysexits.h)."""

    FINE = 0
    PROBLEM = 1
    USAGE = 2
    TRY_LATER = 75


class Did(Enum):
    """What became of one page."""

    WRITTEN = "written"
    WOULD_WRITE = "would write"
    UNCHANGED = "unchanged"
    WAITS = "waits for the interval"
    LEFT = "left to the community"
    KNOWS_NOT = "changed by others"
    REFUSED = "refused"
    OVERTAKEN = "changed meanwhile"
    LATER = "try later"


_CODES = {
    Did.KNOWS_NOT: ExitCode.PROBLEM,
    Did.REFUSED: ExitCode.PROBLEM,
    Did.OVERTAKEN: ExitCode.TRY_LATER,
    Did.LATER: ExitCode.TRY_LATER,
}


@dataclass(frozen=True, slots=True)
class PageReport:
    """One page: what was done, and a detail for people (a reason, a diff)."""

    title: str
    did: Did
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A task's pages, its remarks, its problems, and why it stopped early if it did."""

    pages: tuple[PageReport, ...] = ()
    remarks: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    stopped: str = ""

    def __add__(self, other: "Report") -> "Report":
        return Report(
            self.pages + other.pages,
            self.remarks + other.remarks,
            self.problems + other.problems,
            self.stopped or other.stopped,
        )

    @property
    def exit_code(self) -> ExitCode:
        """TRY_LATER wins over PROBLEM: the same run may come out well later."""
        codes = [_CODES.get(page.did, ExitCode.FINE) for page in self.pages]
        if self.problems:
            codes.append(ExitCode.PROBLEM)
        return max(codes, default=ExitCode.FINE)

    def lines(self) -> Iterator[str]:
        """The report for people; unchanged pages are only counted."""
        for page in self.pages:
            if page.did is not Did.UNCHANGED:
                yield f"{page.did.value}: {page.title}"
                yield from (f"    {line}" for line in page.detail.splitlines())
        yield from self.remarks
        yield from (f"problem: {problem}" for problem in self.problems)
        if self.stopped:
            yield f"stopped: {self.stopped}"
        counts = _counts(page.did for page in self.pages)
        if counts:
            yield counts


def _counts(done: Iterable[Did]) -> str:
    seen = list(done)
    return ", ".join(f"{seen.count(did)} {did.value}" for did in Did if did in seen)
