"""Public calendars on the settings page, and the hosts that may be asked."""

import pytest

from space.settings.calendars import CalendarSource, host_of, refused
from space.settings.onwiki import Settings

FEED = "https://calendar.example.org/a.ics"


def test_calendars_when_named_are_read_in_order_and_each_once() -> None:
    settings = Settings.of(
        f"""{{{{Space settings|registry=marked}}}}
{{{{Space calendar source|{FEED}|Aotearoa
| country = New Zealand | languages = en; Māori | topics = GLAM; Women
| timezone = Pacific/Auckland }}}}
{{{{Space calendar source|{FEED}|Aotearoa}}}}
{{{{Space calendar source|webcal://example.org/b.ics|B}}}}
{{{{Space calendar source|https://example.org/c.ics}}}}
<nowiki>{{{{Space calendar source|https://example.org/d.ics|D}}}}</nowiki>
"""
    )

    assert settings.calendars == (
        CalendarSource(
            FEED,
            "Aotearoa",
            "NZ",
            "Pacific/Auckland",
            ("en", "mi"),
            ("glam", "women"),
        ),
        CalendarSource("", "B"),
    )
    assert [(p.code, p.field, p.line) for p in settings.problems] == [
        ("public-calendar-twice", "name", 5),
        ("url-scheme", "address", 6),
        ("missing", "name", 7),
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("http://calendar.example.org/a.ics|A", "public-calendar-address"),
        ("https://calendar.example.org:8443/a.ics|A", "public-calendar-address"),
        (f"{FEED}|A|country=Nowhere", "country"),
        (f"{FEED}|A|timezone=CET", "zone-abbreviation"),
    ],
)
def test_calendar_when_its_line_cannot_be_used_is_named_but_not_asked(
    line: str, code: str
) -> None:
    settings = Settings.of(f"{{{{Space calendar source|{line}}}}}")

    assert settings.calendars == (CalendarSource("", "A"),)
    assert [problem.code for problem in settings.problems] == [code]


@pytest.mark.parametrize(
    ("address", "host"),
    [
        (FEED, "calendar.example.org"),
        ("https://Calendar.Example.org:443/a.ics", "calendar.example.org"),
        ("http://calendar.example.org/a.ics", ""),
        ("https://calendar.example.org:8443/a.ics", ""),
        ("https://a@calendar.example.org/a.ics", ""),
        ("https://calendar.example.org:x/a.ics", ""),
        ("https://[", ""),
        ("file:///etc/passwd", ""),
        ("", ""),
    ],
)
def test_host_when_an_address_may_not_be_fetched_is_none(
    address: str, host: str
) -> None:
    assert host_of(address) == host


def test_calendars_when_the_deployment_names_no_such_host_are_refused() -> None:
    one, other = CalendarSource(FEED, "A"), CalendarSource("https://b.example/", "B")
    unread = CalendarSource("", "C")

    assert refused([one, other, unread], {"calendar.example.org"}) == (other,)
