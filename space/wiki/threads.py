"""A thread and its comments, as values.

Ids are those of the wiki's DiscussionTools, which both readers give: a comment's is
its anchor on the page, a thread's says its title and when it began, so that both
outlive an archiving (https://www.mediawiki.org/wiki/Extension:DiscussionTools).
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Comment:
    """One signed text; `html` is reduced (`space.wiki.talk.html`) and unsigned.

    `level` is 1 where it begins a thread's text, `parent` the id of the comment it
    answers, empty for none. `verdict` marks what a reviewer's template left, `interest`
    the line of who is interested in an event.
    """

    id: str
    author: str  # an account's name or an address, without a namespace
    at: datetime  # by its signature, to the minute, in UTC
    level: int
    parent: str = ""
    html: str = field(default="", repr=False, compare=False)
    verdict: bool = False
    interest: bool = False

    @property
    def is_talk(self) -> bool:
        """Whether it says something."""
        return not (self.verdict or self.interest)


@dataclass(frozen=True, slots=True)
class Thread:
    """A heading and all signed texts below it, in the order of the page.

    The title is plain text; that of what stands before the first heading is empty.
    There is no thread without a comment.
    """

    id: str
    title: str
    comments: tuple[Comment, ...]

    @property
    def author(self) -> str:
        """Who began it."""
        return self.comments[0].author

    @property
    def first(self) -> datetime:
        """When its oldest comment was written."""
        return min(comment.at for comment in self.comments)

    @property
    def newest(self) -> Comment:
        """The comment written last; of several in one minute the lowest."""
        numbers = range(len(self.comments))
        return self.comments[max(numbers, key=lambda n: (self.comments[n].at, n))]

    @property
    def people(self) -> frozenset[str]:
        """Everybody who wrote in it."""
        return frozenset(comment.author for comment in self.comments)

    @property
    def answered(self) -> bool:
        """Whether anybody but its author wrote in it."""
        return len(self.people) > 1

    @property
    def is_talk(self) -> bool:
        """Whether there is more in it than verdicts, and lines of the interested."""
        return any(comment.is_talk for comment in self.comments)


def talk_only(threads: Iterable[Thread]) -> tuple[Thread, ...]:
    """The threads in which people talk, without those that only hold marks."""
    return tuple(thread for thread in threads if thread.is_talk)


def without_authors(
    threads: Iterable[Thread], hidden: Collection[str]
) -> tuple[Thread, ...]:
    """The threads without what these accounts wrote, and without their names.

    Who answered them answers what they had answered. The id of an answer names whom it
    answers, so it loses that part, and is no anchor on the wiki any more.
    """
    if not hidden:
        return tuple(threads)
    left = (replace(t, comments=tuple(_without(t.comments, hidden))) for t in threads)
    return tuple(thread for thread in left if thread.comments)


def _without(comments: Iterable[Comment], hidden: Collection[str]) -> Iterator[Comment]:
    parents: dict[str, str] = {}
    names = [name.replace(" ", "_") for name in hidden]
    for comment in comments:
        parent = parents.get(comment.parent, comment.parent)
        if comment.author in hidden:
            parents[comment.id] = parent
            continue
        own = comment.id
        for name in names:
            own = own.replace(f"-{name}-", "-")
        if own != comment.id:
            parents[comment.id] = own
        yield replace(comment, id=own, parent=parent)
