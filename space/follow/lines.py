"""The lines by which people follow events or posts, `{{Space follower|…}}`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Self

from space.codec.page import Reading, read_calls
from space.codec.values.names import page_title
from space.codec.writers import write_value
from space.publication.filters import Filter, keys, parse
from space.schema.kinds import Value, load_kind
from space.text.folding import fold

KIND = "followers"
EVENT, POST = KINDS = ("event", "post")
"""The kinds of pages that a line may be about."""


@cache
def line_keys(kind: str) -> tuple[str, ...]:
    """The keys of the filter of a kind that a line can have, which are parameters."""
    fields = load_kind(KIND).fields
    return tuple(key for key in keys(kind) if key in fields)


def can_follow(kind: str, key: str, value: str) -> bool:
    """Whether a line can have a key of a filter with a value.

    Its `series` is the title of a page, so one of posts has to be able to be such.
    """
    if key not in line_keys(kind):
        return False
    return key != "series" or fold(page_title(value) or "") == fold(value)


@dataclass(frozen=True, slots=True)
class FollowLine:
    """Who is told of which events or posts, and how long before events they begin.

    `wanted` is a filter of either. A `series` of events is also the title of an event
    itself. `remind` is empty, or has some of "7" and "1", in this order: days before
    an event. Of posts it is empty.
    """

    user: str
    wanted: Filter
    remind: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        user: str,
        items: Iterable[tuple[str, str]],
        remind: Iterable[str] = (),
        kind: str = EVENT,
    ) -> Self | None:
        """The line of a filter's keys and values; None where they are no filter.

        And where the user has no name.
        """
        wanted = parse(kind, items)
        if not isinstance(wanted, Filter) or not user.strip():
            return None
        days = load_kind(KIND).fields["remind"].choices
        asked = set(remind) if kind == EVENT else ()
        return cls(user, wanted, tuple(day for day in days if day in asked))

    @property
    def key(self) -> str:
        """A text that equal lines share, however they are written."""
        wanted = self.wanted.query(self._kind)
        return "|".join((self.user, wanted, ";".join(self.remind)))

    @property
    def _kind(self) -> Mapping[str, str]:
        """The parameter that says what the line is about; none where it is events."""
        return {"kind": self.wanted.kind} if self.wanted.kind != EVENT else {}

    def values(self) -> Mapping[str, Value]:
        """Its parameters but the user, without empty ones."""
        found: dict[str, tuple[str, ...]] = {}
        for key, value in self.wanted.items():
            found[key] = (*found.get(key, ()), value)
        reminders = {"remind": self.remind} if self.remind else {}
        return {**self._kind, **found, **reminders}

    def wikitext(self) -> str:
        """The call of the template, on one line, which reads as this line."""
        fields = load_kind(KIND).fields
        given: dict[str, Value] = {"user": self.user, **self.values()}
        written = (
            f"|{field.parameter}={write_value(field, given[name])}"
            for name, field in fields.items()
            if name in given
        )
        return f"{{{{{load_kind(KIND).template}{''.join(written)}}}}}"


def read_lines(text: str) -> tuple[FollowLine, ...]:
    """The lines of a page's wikitext that can be read whole, each once, in order.

    Half a filter would let through more than was meant, so a line with a problem, or
    with a parameter that is none, says nothing.
    """
    found = (line for _, line in placed_lines(text))
    return tuple(dict.fromkeys(found))


def placed_lines(text: str) -> Iterable[tuple[Reading, FollowLine]]:
    """Each line that can be read whole, with the call that it is."""
    for reading in read_calls(text, KIND):
        if line := _line(reading):
            yield reading, line


def _line(reading: Reading) -> FollowLine | None:
    if reading.problems or reading.unknown or "user" not in reading.values:
        return None
    values = {**reading.values}
    user, kind = str(values.pop("user")), str(values.pop("kind", EVENT))
    remind = values.pop("remind", ())
    # A key that the kind does not have is none of its filters.
    items = ((key, value) for key, given in values.items() for value in given)
    return FollowLine.of(user, items, remind, kind)


def with_line(text: str, line: FollowLine) -> str:
    """The page's text with a line at its end; the same where it stands there."""
    if line in read_lines(text):
        return text
    return f"{text.rstrip()}\n{line.wikitext()}\n".lstrip()


def without_line(text: str, key: str) -> str:
    """The page's text without the lines that have a key, and what is left of them."""
    for reading, line in reversed(list(placed_lines(text))):
        if line.key == key:
            text = _without(text, reading.start, reading.end)
    return text


def _without(text: str, start: int, end: int) -> str:
    """A text without a stretch, and without its line where nothing else is on it."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last + 1
    if text[first:start].strip(" *") or text[end:last].strip():
        return text[:start] + text[end:]
    return text[:first] + text[last:]
