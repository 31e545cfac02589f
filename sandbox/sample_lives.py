"""The lives of sample pages: the steps by which people bring them into a state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sandbox.accounts import (
    AUTOPATROLLED,
    NEWCOMER,
    ORDINARY,
    ORDINARY_TOO,
    PATROLLER,
)
from space.codec.editing import edit_page, write_page
from space.schema.kinds import Values

_AUTHORS = (ORDINARY.name, ORDINARY_TOO.name, NEWCOMER.name)
_NEW = "New page from the sample content"


@dataclass(frozen=True, slots=True)
class SampleStep:
    """A step in the life of a sample page, by one account.

    "save": `text` is the new wikitext, `about` the edit summary. "verdict": `about` is
    the verdict, `text` its reason. "patrol" needs neither.
    """

    person: str
    verb: Literal["save", "verdict", "patrol"]
    text: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class SamplePage:
    """A page and its steps in order; the first saves it.

    `began` is the day on which a page of years ago begins, with a step a day; None for
    a page of today.
    """

    title: str
    steps: tuple[SampleStep, ...]
    began: datetime | None = None


@dataclass(frozen=True, slots=True)
class SampleDraft:
    """A page before anybody saved it; `number` chooses among the authors."""

    kind: str
    title: str
    number: int
    values: Values
    body: str

    def after(self, state: str, began: datetime | None = None) -> SamplePage:
        """The page with the life that brings it into a state of `LIVES`.

        `began` counts only for a page whose life is over: what waits, waits today.
        """
        author = AUTOPATROLLED.name if state == "trusted" else _author(self.number)
        text = write_page(self.kind, self.values, self.body)
        first = SampleStep(author, "save", text, _NEW)
        when = began if state in _SETTLED else None
        return SamplePage(self.title, (first, *LIVES[state](first)), when)


def as_written(title: str, number: int, text: str) -> SamplePage:
    """A page that somebody wrote by hand, faults and all."""
    return SamplePage(title, (SampleStep(_author(number), "save", text, _NEW),))


def _author(number: int) -> str:
    return _AUTHORS[number % len(_AUTHORS)]


def _verdict(verdict: str, reason: str = "") -> SampleStep:
    return SampleStep(PATROLLER.name, "verdict", reason, verdict)


_PATROL = SampleStep(PATROLLER.name, "patrol")
_APPROVE = _verdict("approve")
_CHANGES = _verdict("changes", "Please say more about what will happen.")
_DECLINE = _verdict("decline", "This is not news of the movement.")
_WITHDRAW = _verdict("withdraw", "Published by mistake.")
_SETTLED = ("trusted", "approved", "declined", "withdrawn")


def _edited(first: SampleStep) -> tuple[SampleStep, ...]:
    text = f"{first.text}\n\nWhat is new: there will be tea."
    return (_APPROVE, SampleStep(first.person, "save", text, "Add the tea"))


def _cancelled(first: SampleStep) -> tuple[SampleStep, ...]:
    text = edit_page(first.text, "event", {"status": "cancelled"}, title="")
    return (_APPROVE, SampleStep(first.person, "save", text, "We have to cancel"))


LIVES: Mapping[str, Callable[[SampleStep], tuple[SampleStep, ...]]] = {
    "waiting": lambda _: (),
    "draft": lambda _: (),
    "trusted": lambda _: (),
    "patrolled": lambda _: (_PATROL,),
    "approved": lambda _: (_APPROVE,),
    "changes": lambda _: (_CHANGES,),
    "declined": lambda _: (_DECLINE,),
    "withdrawn": lambda _: (_APPROVE, _WITHDRAW),
    "edited": _edited,
    "cancelled": _cancelled,
}
"""State → what follows the first save."""
