"""Publications for tests: ready-made ones, and any that hypothesis can think of."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from space.dates.moments import FIRST_DAY, LAST_DAY, Span
from space.dates.schedule import Schedule
from space.dates.zones import names
from space.publication.occurrence import Occurrence
from space.publication.publication import Publication
from space.schema.kinds import Values
from space.store import Record
from space.wiki.urls import Urls

ADDRESSES = Urls(
    host="meta.wikimedia.org",
    article_url="https://meta.wikimedia.org/wiki/$1",
    public_url="https://space.example.org",
    commons_url="https://commons.wikimedia.org/w/api.php",
)
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
_MADE = datetime(2026, 11, 1, 8, tzinfo=UTC)


def occurrences(
    published: Iterable[Publication], today: date = TODAY
) -> list[Occurrence]:
    """All that take place of some events, as the store has them on a UTC day."""
    return [
        Occurrence(
            each,
            str(span.start),
            str(span.end) if span.end else None,
            span.start_utc,
            span.end_utc,
        )
        for each in published
        for span in Schedule.of(each.values).times(today)
    ]


def event(page_id: int = 12, **values: Any) -> Publication:
    """A published event; keyword arguments replace or add values."""
    return publication(
        page_id,
        "event",
        {
            "title": f"Event {page_id}",
            "start": "2026-11-28 10:00",
            "end": "2026-11-28 16:00",
            "timezone": "Pacific/Auckland",
            "country": "NZ",
            **values,
        },
    )


def post(page_id: int = 13, **values: Any) -> Publication:
    """A published post; the higher the page id, the later."""
    return publication(
        page_id, "post", {"title": f"Post {page_id}", "language": "en", **values}
    )


def translation(page_id: int, language: str, original: int = 12) -> Publication:
    """The published translation of an event."""
    return publication(
        page_id,
        "translation",
        {
            "original": f"Space/Events/Page {original}",
            "language": language,
            "title": f"Title {language}",
            "summary": f"Summary {language}",
        },
    )


def publication(page_id: int, kind: str, values: Values) -> Publication:
    """A publication of any values, with the rest made up from the page id."""
    made = _MADE + timedelta(minutes=page_id)
    home = "Blog" if kind == "post" else "Events"
    return Publication(
        page_id=page_id,
        page_title=f"Space/{home}/Page {page_id}",
        kind=kind,
        revision=page_id * 10,
        values={name: value for name, value in values.items() if value},
        creator="Ana",
        created=made - timedelta(hours=2),
        published=made,
        updated=made + timedelta(hours=1),
        sequence=int(made.timestamp()) - 1_500_000_000,
    )


_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\u2028"),
    min_size=1,
    max_size=60,
)
HOSTILE = st.sampled_from(
    [
        "a\rX-EVIL:1",
        "a\r\nEND:VEVENT",
        "; , \\ \\n \\",
        "{{!}} <b>&amp;</b> ]]>",
        "line\u2028separator\u2029s",
        "👩‍👩‍👧‍👦" * 12,
        "नमस्ते दुनिया " * 9,
        "\u202eשלום",
        "\\" * 90,
    ]
)
TEXTS = st.one_of(_TEXT, HOSTILE).filter(lambda text: text.strip())
_LINKED = st.one_of(TEXTS, st.just("[[User:Example|Ex]]"), st.just("[[w:A|b]] c"))
_URLS = st.sampled_from(
    ["https://example.org/", "https://example.org/é?a=1,2;b#x", "https://x.org/a(b)'c"]
)
NEAR_DAYS = st.dates(date(2019, 1, 1), date(2030, 12, 31))
ANY_DAYS = st.one_of(NEAR_DAYS, st.dates(FIRST_DAY, LAST_DAY - timedelta(days=5)))
_FIXED = ["UTC", "UTC+05:30", "UTC-12:00", "UTC+14:00"]
_ZONES = st.sampled_from(sorted(names()))
_CLOCKS = st.times().map(lambda time: f" {time:%H:%M}")
_RULES = st.sampled_from(
    ["FREQ=WEEKLY;COUNT=5", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=DAILY;UNTIL=20270101"]
)


def record(publication: Publication, **more: object) -> Record:
    """The record of a page whose newest text is published, but for what is told."""
    usual: dict[str, Any] = {
        "page_id": publication.page_id,
        "kind": publication.kind,
        "page_title": publication.page_title,
        "namespace": 0,
        "latest": publication.revision,
        "state": "published",
        "creator": publication.creator,
        "publication": publication,
    }
    return Record(**(usual | more))


@st.composite
def events(draw: st.DrawFn, days: st.SearchStrategy[date] = ANY_DAYS) -> Publication:
    """Any event a page could publish that begins on some days."""
    day = draw(days)
    clock = draw(st.one_of(st.just(""), _CLOCKS))
    later = day + timedelta(days=draw(st.integers(0, 5)))
    values = {
        "title": draw(TEXTS),
        "start": f"{day}{clock}",
        "end": draw(st.sampled_from(["", f"{later}{clock and ' 23:59'}"])),
        "timezone": draw(st.one_of(st.sampled_from(_FIXED), _ZONES)),
        "recurrence": draw(st.one_of(st.just(""), st.just(""), _RULES)),
        "except": draw(st.sampled_from([(), (f"{later}",), (f"{later}{clock}",)])),
        "also": draw(st.sampled_from([(), (f"{later}",), (f"{later}{clock}",)])),
        "coordinates": draw(st.sampled_from(["", "-36.8506, 174.7679", "0.00001, 9"])),
        **_some(draw, dict.fromkeys(("summary", "venue", "accessibility"), _LINKED)),
        **_some(draw, dict.fromkeys(("city", "address"), TEXTS)),
        **_some(draw, dict.fromkeys(("website", "online_link"), _URLS)),
        **_some(
            draw,
            {
                "status": st.sampled_from(["tentative", "cancelled", "postponed"]),
                "mode": st.sampled_from(["online", "hybrid"]),
                "country": st.sampled_from(["NZ", "PG"]),
                "image": st.sampled_from(["A b.jpg", "Ü?&.svg", "x"]),
                "topics": st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
                "languages": st.just(("en", "mi")),
                "organizers": st.lists(_LINKED, min_size=1, max_size=2).map(tuple),
            },
        ),
    }
    found = publication(draw(st.integers(1, 10**6)), "event", values)
    return found if isinstance(Span.of(found.values), Span) else event(title="Gap")


@st.composite
def posts(draw: st.DrawFn) -> Publication:
    """Any post a page could publish."""
    values = {
        "title": draw(TEXTS),
        "language": draw(st.sampled_from(["en", "ar", "zh-Hant"])),
        **_some(
            draw,
            {
                "summary": _LINKED,
                "authors": st.lists(_LINKED, min_size=1, max_size=3).map(tuple),
                "topics": st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
                "image": st.sampled_from(["A b.jpg", "Ü?&.svg", "x"]),
            },
        ),
    }
    return publication(draw(st.integers(1, 10**6)), "post", values)


def _some(draw: st.DrawFn, fields: dict[str, st.SearchStrategy[Any]]) -> dict[str, Any]:
    names = draw(st.sets(st.sampled_from(sorted(fields))))
    return {name: draw(fields[name]) for name in sorted(names)}
