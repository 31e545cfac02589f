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
    )
    assert [(p.code, p.field) for p in settings.problems] == [
        ("public-calendar-twice", "name"),
        ("url-scheme", "address"),
        ("missing", "name"),
    ]


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
    plain = CalendarSource("http://calendar.example.org/", "C")

    assert refused([one, other, plain], {"calendar.example.org"}) == (other, plain)
