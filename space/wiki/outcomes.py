"""Outcomes of edits: every answer of a wiki as a value with its retry policy.

    Outcome
    ├── Saved            the edit is a new revision
    ├── NoChange         the wiki already had this text
    └── Refused
        ├── Conflict         somebody else edited meanwhile
        ├── AlreadyExists    a page to create is there already
        ├── Missing          a page to edit is gone
        ├── Blocked          the account may not edit
        ├── Protected        the page asks for a right the account lacks
        ├── BadTitle         the wiki does not allow this title
        ├── FilterWarning    an abuse filter asks to confirm: the same edit passes
        ├── FilterRefused    an abuse filter refuses
        ├── Spam             a link is on the spam list
        ├── Captcha          the wiki asks for a captcha, which only it can show
        ├── TooBig           the text is longer than the wiki takes
        ├── ReadOnly         the wiki takes no edits for now
        ├── RateLimited      too many edits in a short time
        ├── Lagged           the wiki's databases are behind (maxlag)
        ├── SignedOut        the session or token is no longer good
        ├── ConsumerRefused  the wiki refuses this program, whoever signs in
        ├── NotSent          the wiki did not answer before the edit was sent
        ├── Busy             too many others wait for the wiki; the edit was not sent
        ├── Unreachable      no answer, or none that could be read
        └── Unknown          an API error code without a type of its own

The callers keep the text whatever comes (law 4); `retry` says what a program may do.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Retry(Enum):
    """The retry policy of an outcome."""

    NO = "no"  # a person has to change something
    NOW = "now"  # read the page again, then once more
    LATER = "later"  # after `after` seconds, or at the next run
    CONFIRM = "confirm"  # the same edit again, if the person wants it
    SIGN_IN = "sign-in"  # after signing in again


@dataclass(frozen=True, slots=True)
class Outcome:
    """The wiki's answer; `message_key` names the sentence for the person."""

    retry = Retry.NO

    @property
    def message_key(self) -> str:
        """The key of the sentence for the person who pressed "Save"."""
        return outcome_key(type(self))

    @property
    def message_params(self) -> tuple[str, ...]:
        """Values for $1, $2, … of the message."""
        return ()

    @property
    def details(self) -> tuple["Detail", ...]:
        """Further sentences for that person, each a message key and its values."""
        return ()


Detail = tuple[str, tuple[str | datetime, ...]]
"""A message key and its values; a time is aware, to be written in words."""


def outcome_key(kind: type[Outcome]) -> str:
    """`outcome-` and the name of the class in kebab case."""
    kebab = "".join(f"-{c.lower()}" if c.isupper() else c for c in kind.__name__)
    return f"outcome{kebab}"


@dataclass(frozen=True, slots=True)
class Saved(Outcome):
    """The edit is revision `revid` of page `page_id`, now titled `title`."""

    page_id: int
    revid: int
    title: str


@dataclass(frozen=True, slots=True)
class NoChange(Outcome):
    """The wiki already had this very text."""

    page_id: int
    title: str


@dataclass(frozen=True, slots=True)
class Refused(Outcome):
    """Not saved. `info` is the wiki's own words, for a log or a detail."""

    info: str = ""

    @property
    def message_params(self) -> tuple[str, ...]:
        """The wiki's own words."""
        return (self.info,)


@dataclass(frozen=True, slots=True)
class Conflict(Refused):
    """Somebody else edited the same page meanwhile."""

    retry = Retry.NOW


@dataclass(frozen=True, slots=True)
class AlreadyExists(Refused):
    """A page of this title is there already."""


@dataclass(frozen=True, slots=True)
class Missing(Refused):
    """The page to edit is gone."""


class Block(Enum):
    """The target of a block."""

    SITE = "site"  # this person, or their address, on the whole wiki
    PAGE = "page"  # this person on some pages or in some namespaces
    ADDRESS = "address"  # an address that somebody blocked has used
    GLOBAL = "global"  # this person, or their address, on all wikis
    SYSTEM = "system"  # an address the software blocks by itself, such as a proxy


@dataclass(frozen=True, slots=True)
class Blocked(Refused):
    """The account or its address is blocked from editing.

    Attributes:
        by: who blocked; empty when the wiki does not tell.
        reason: why, as plain text on one line; empty when the wiki does not tell.
        until: when the block ends; None when it does not, or is not known.
        endless: whether it is known to have no end.
        may_appeal: whether the person can write on their talk page.
    """

    block: Block = Block.SITE
    by: str = ""
    reason: str = ""
    until: datetime | None = None
    endless: bool = False
    may_appeal: bool = False

    @property
    def is_partial(self) -> bool:
        """Whether other pages of the wiki can be edited."""
        return self.block is Block.PAGE

    @property
    def message_key(self) -> str:
        """The key of the sentence for this sort of block."""
        return f"outcome-blocked-{self.block.value}"

    @property
    def details(self) -> tuple[Detail, ...]:
        """Who blocked, why, until when, and where to appeal, as far as it is known."""
        told: list[Detail] = []
        if self.by:
            told.append(("outcome-blocked-by", (self.by,)))
        if self.reason:
            told.append(("outcome-blocked-reason", (self.reason,)))
        if self.until:
            told.append(("outcome-blocked-until", (self.until,)))
        elif self.endless:
            told.append(("outcome-blocked-endless", ()))
        if self.may_appeal:
            told.append(("outcome-blocked-appeal", ()))
        return tuple(told)


@dataclass(frozen=True, slots=True)
class Protected(Refused):
    """The page, or creating it, asks for a right the account lacks."""


@dataclass(frozen=True, slots=True)
class BadTitle(Refused):
    """The wiki does not allow this title."""


@dataclass(frozen=True, slots=True)
class FilterWarning(Refused):
    """An abuse filter warns; the same edit, sent again, passes."""

    retry = Retry.CONFIRM
    description: str = ""

    @property
    def message_params(self) -> tuple[str, ...]:
        """The filter's name."""
        return (self.description or self.info,)


@dataclass(frozen=True, slots=True)
class FilterRefused(Refused):
    """An abuse filter refuses the edit."""

    description: str = ""

    @property
    def message_params(self) -> tuple[str, ...]:
        """The filter's name."""
        return (self.description or self.info,)


@dataclass(frozen=True, slots=True)
class Spam(Refused):
    """Links of the text are on the spam list."""

    matches: tuple[str, ...] = ()

    @property
    def message_params(self) -> tuple[str, ...]:
        """The links."""
        return (", ".join(self.matches),)


@dataclass(frozen=True, slots=True)
class Captcha(Refused):
    """The wiki asks for a captcha, which only its own form can show."""


@dataclass(frozen=True, slots=True)
class TooBig(Refused):
    """The text is longer than the wiki takes."""


@dataclass(frozen=True, slots=True)
class ReadOnly(Refused):
    """The wiki takes no edits for now; `info` is its reason."""

    retry = Retry.LATER
    after: int = 60


@dataclass(frozen=True, slots=True)
class RateLimited(Refused):
    """Too many edits in a short time."""

    retry = Retry.LATER
    after: int = 60


@dataclass(frozen=True, slots=True)
class Lagged(Refused):
    """The wiki's databases are behind (`maxlag`)."""

    retry = Retry.LATER
    after: int = 5


@dataclass(frozen=True, slots=True)
class SignedOut(Refused):
    """The session or token is no longer good."""

    retry = Retry.SIGN_IN


@dataclass(frozen=True, slots=True)
class ConsumerRefused(Refused):
    """The wiki refuses this program's OAuth consumer; its maintainers have to act."""

    retry = Retry.LATER
    after: int = 3600


@dataclass(frozen=True, slots=True)
class NotSent(Refused):
    """The wiki did not answer before the edit was sent, so nothing was saved."""

    retry = Retry.LATER
    after: int = 30


@dataclass(frozen=True, slots=True)
class Busy(Refused):
    """Too many requests of this program wait for the wiki; nothing was sent."""

    retry = Retry.LATER
    after: int = 5


@dataclass(frozen=True, slots=True)
class Unreachable(Refused):
    """No answer came, or none that could be read; the edit may have been saved."""

    retry = Retry.LATER
    after: int = 30


@dataclass(frozen=True, slots=True)
class Unknown(Refused):
    """An API error `code` that has no type of its own here."""

    code: str = ""

    @property
    def message_params(self) -> tuple[str, ...]:
        """The wiki's words and the code, to quote in a report."""
        return (self.info, self.code)
