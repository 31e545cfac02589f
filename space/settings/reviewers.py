"""The reviewers page of a wiki, `<root>/Reviewers`: who reads which languages."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from space.codec.page import read_calls

KIND = "reviewers"


def reviewers_title(root: str) -> str:
    """The title of the page on which the reviewers of a root sign up."""
    return f"{root}/Reviewers"


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A user who is reminded of pending pages in some languages; in all if empty."""

    user: str
    languages: frozenset[str] = frozenset()

    def reads(self, languages: Collection[str]) -> bool:
        """Whether one of a page's languages is theirs.

        Who reads Portuguese reads that of Brazil. A page that names no language is
        everybody's.
        """
        if not self.languages or not languages:
            return True
        return any(
            code == own or code.startswith(f"{own}-")
            for code in languages
            for own in self.languages
        )


def read_reviewers(text: str) -> tuple[Reviewer, ...]:
    """Read the page's wikitext; of somebody who stands there twice the last counts."""
    reviewers = {
        str(values["user"]): Reviewer(
            str(values["user"]), frozenset(values.get("languages", ()))
        )
        for values in (reading.values for reading in read_calls(text, KIND))
        if "user" in values
    }
    return tuple(reviewers[user] for user in sorted(reviewers))


def readers_of(
    reviewers: Iterable[Reviewer], languages: Collection[str]
) -> tuple[str, ...]:
    """Names of the reviewers who read one of the languages, in their order."""
    return tuple(reviewer.user for reviewer in reviewers if reviewer.reads(languages))
