"""The visitor's lines on the followers page, and the line that a request asks for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from space.errors import WikiUnavailableError
from space.follow.lines import FILTERS, FollowLine, read_lines
from space.publication.filters import Filter, FilterProblem, known_keys, parse
from space.schema.kinds import load_kind
from tool.app.services import services
from tool.app.views.filter_form import filter_words
from tool.app.web.errors import BadFilterError
from tool.app.web.language import message_text
from tool.app.web.visitor import visitor

REMIND = "remind"
DAYS = load_kind("followers").fields[REMIND].choices


@dataclass(frozen=True, slots=True)
class LineView:
    """A line in words: what is followed, and when its owner is reminded."""

    key: str
    conditions: Sequence[str]
    reminders: Sequence[str]

    @classmethod
    def of(cls, line: FollowLine) -> "LineView":
        """The view of a line."""
        reminders = [message_text(f"choice-remind-{day}") for day in line.remind]
        return cls(line.key, filter_words(line.wanted), reminders)


@dataclass(frozen=True, slots=True)
class AskedLine:
    """What a request asks to follow.

    `left_out` are the keys of its filter that a line cannot have.
    """

    items: tuple[tuple[str, str], ...] = ()
    remind: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @classmethod
    def read(cls, given: "MultiDict[str, str]") -> "AskedLine":
        """The filter of a query or a form; raises `BadFilterError`."""
        keys = known_keys("event")
        pairs = [(k, v) for k, v in given.items(multi=True) if k in keys and v.strip()]
        wanted = parse("event", [pair for pair in pairs if pair[0] in FILTERS])
        if isinstance(wanted, FilterProblem):
            raise BadFilterError(wanted)
        left_out = dict.fromkeys(key for key, _ in pairs if key not in FILTERS)
        remind = tuple(day for day in DAYS if day in given.getlist(REMIND))
        return cls(wanted.items(), remind, tuple(left_out))

    def line(self, user: str) -> FollowLine | None:
        """The line by which an account follows this."""
        return FollowLine.of(user, self.items, self.remind)

    @property
    def query(self) -> Mapping[str, Sequence[str]]:
        """The filter as the query of an address."""
        found: dict[str, list[str]] = {}
        for key, value in self.items:
            found.setdefault(key, []).append(value)
        return found

    @property
    def conditions(self) -> Sequence[str]:
        """The filter in words; empty for all events."""
        wanted = parse("event", self.items)
        return filter_words(wanted) if isinstance(wanted, Filter) else ()


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
