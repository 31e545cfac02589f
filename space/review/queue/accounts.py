"""The experience of an account, as the queue tells it to reviewers."""

from dataclasses import dataclass

from space.wiki.values import Account


@dataclass(frozen=True, slots=True)
class AccountExperience:
    """How much an account has edited, and whether it is blocked.

    `edits` is a lower bound of its edits on the wiki, a power of ten or 0, so that the
    queue does not change with each of them; None for a name without an account.
    """

    name: str
    edits: int | None = None
    blocked: bool = False

    @classmethod
    def of(cls, account: Account) -> "AccountExperience":
        """The account as the queue tells of it."""
        edits = at_least(account.edit_count) if account.exists else None
        return cls(account.name, edits, account.blocked)


def at_least(count: int) -> int:
    """The largest of 0, 1, 10, 100, … that is not above a count."""
    return int(10 ** (len(str(count)) - 1)) if count > 0 else 0
