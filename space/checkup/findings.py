"""Findings of a check-up: what was looked at, how it is, and what to do."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from space.text.messages import Translator


class Severity(StrEnum):
    """How bad a finding is, in the words of the report."""

    FINE = "ok"
    LOOK = "look"
    """It works, and somebody should look at it."""
    WRONG = "wrong"
    """It does not work until somebody does what the finding says."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: a message's key and its parameters."""

    severity: Severity
    key: str
    params: tuple[str | int, ...] = ()


def fine(key: str, *params: str | int) -> Finding:
    """A finding that all is well."""
    return Finding(Severity.FINE, key, params)


def look(key: str, *params: str | int) -> Finding:
    """A finding to look at."""
    return Finding(Severity.LOOK, key, params)


def wrong(key: str, *params: str | int) -> Finding:
    """A finding that keeps the installation from working."""
    return Finding(Severity.WRONG, key, params)


def lines(findings: Iterable[Finding], translator: Translator) -> Iterator[str]:
    """The report for people, a line for each finding."""
    for finding in findings:
        text = translator.text(finding.key, *finding.params)
        yield f"{finding.severity:<6}{text}"
