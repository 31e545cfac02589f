"""Reading a public calendar from its octets, with nothing of a network."""

from collections.abc import Mapping
from datetime import UTC, datetime

from space.settings.calendars import CalendarSource
from space.settings.topics import Topics
from space.sources.entry import Entry
from space.sources.ics_calendar import CalendarAnswer, CalendarState, IcsCalendar
from space.sources.source import Remark, SourceUnreadableError

NOW = datetime(2026, 11, 29, 3, tzinfo=UTC)
SOURCE = CalendarSource("https://calendar.example.org/feed.ics", "Tea", country="NZ")
TOPICS = Topics({"libraries": "glam"}, {"glam": "GLAM", "women": "Women"})


class Memory:
    """Remembers the states of calendars."""

    def __init__(self) -> None:
        self.states: dict[str, CalendarState] = {}

    def state(self, name: str) -> CalendarState:
        return self.states.get(name, CalendarState())

    def remember(self, name: str, state: CalendarState) -> None:
        self.states[name] = state


def read(
    data: bytes,
    known: Mapping[int, Entry] | None = None,
    now: datetime = NOW,
    memory: Memory | None = None,
) -> tuple[list[Entry], str]:
    """What is new of a calendar with these octets, and what is said of it."""
    source = IcsCalendar(
        SOURCE,
        lambda *_: CalendarAnswer(data),
        memory or Memory(),
        TOPICS,
        "wiki.test",
    )
    entries: list[Entry] = []
    remarks: list[str] = []
    try:
        for news in source.news(known or {}, now):
            if isinstance(news, Remark):
                remarks.append(news.text)
            else:
                entries.append(news)
    except SourceUnreadableError as error:
        remarks.append(str(error))
    return entries, "".join(remarks).removeprefix("Tea: ")
