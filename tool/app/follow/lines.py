"""The visitor's lines on the followers page, and the line that a request asks for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from space.errors import WikiUnavailableError
from space.follow.lines import EVENT, POST, FollowLine, can_follow, read_lines
from space.publication.filters import FilterProblem, known_keys, parse
from space.schema.kinds import load_kind
from tool.app.services import services
from tool.app.views.filter_form import condition_words, filter_words
from tool.app.views.listing import query_of
from tool.app.web.errors import BadFilterError
from tool.app.web.language import message_text
from tool.app.web.visitor import visitor

KIND, REMIND = "kind", "remind"
DAYS = load_kind("followers").fields[REMIND].choices


@dataclass(frozen=True, slots=True)
class LineView:
    """A line in words: what is followed, and when its owner is reminded.

    `kind` is "event" or "post"; `conditions` are empty for all of a kind.
    """

    key: str
    kind: str
    conditions: Sequence[str]
    reminders: Sequence[str]

    @classmethod
    def of(cls, line: FollowLine) -> "LineView":
        """The view of a line."""
        reminders = [message_text(f"choice-remind-{day}") for day in line.remind]
        kind = line.wanted.kind
        conditions = filter_words(kind, line.wanted.items())
        return cls(line.key, kind, conditions, reminders)


@dataclass(frozen=True, slots=True)
class AskedLine:
    """What a request asks to follow.

    `left_out` are the keys and values of its filter that a line cannot have.
    """

    kind: str = EVENT
    items: tuple[tuple[str, str], ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    remind: tuple[str, ...] = ()

    @classmethod
    def read(cls, given: "MultiDict[str, str]") -> "AskedLine":
        """The filter of a query or a form; raises `BadFilterError`."""
        kind = POST if given.get(KIND) == POST else EVENT
        known = known_keys(kind)
        wanted = parse(kind, [(k, v) for k, v in given.items(multi=True) if k in known])
        if isinstance(wanted, FilterProblem):
            raise BadFilterError(wanted)
        items, left_out = (
            tuple(item for item in wanted.items() if can_follow(kind, *item) == can)
            for can in (True, False)
        )
        remind = tuple(day for day in DAYS if day in given.getlist(REMIND))
        return cls(kind, items, left_out, remind)

    def line(self, user: str) -> FollowLine | None:
        """The line by which an account follows this."""
        return FollowLine.of(user, self.items, self.remind, self.kind)

    @property
    def query(self) -> Mapping[str, Sequence[str]]:
        """What is asked, but reminders, as the query of an address."""
        about = [(KIND, self.kind)] if self.kind != EVENT else []
        return query_of([*about, *self.items, *self.left_out])

    @property
    def conditions(self) -> Sequence[str]:
        """What a line can have of the filter in words; empty for all of a kind."""
        return filter_words(self.kind, self.items)

    @property
    def lost(self) -> Sequence[tuple[str, str]]:
        """What a line cannot have of the filter: labels and values in words."""
        return condition_words(self.kind, self.left_out)


def followers_page() -> str | None:
    """The title of the page with the lines; None where nobody is to follow."""
    return services().community.settings().followers_page


def own_lines() -> Sequence[FollowLine]:
    """The visitor's lines; empty while the wiki does not answer."""
    user, title = visitor().user, followers_page()
    if user is None or title is None:
        return ()
    try:
        page = services().reader().texts([title]).get(title)
    except WikiUnavailableError:
        return ()
    lines = read_lines(page.text or "" if page else "")
    return [line for line in lines if line.user == user]


def views(lines: Iterable[FollowLine]) -> Sequence[LineView]:
    """The lines in words."""
    return list(map(LineView.of, lines))
