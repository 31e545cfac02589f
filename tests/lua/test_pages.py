"""Pages with {{Space event}} and {{Space post}}: standing, banner, what is shown."""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest

from tests.lua.scribunto import Scribunto

Make = Callable[..., Scribunto]
TITLE = "Space/Events/Example"  # page id 12 in the tests' wiki
EVENT = {
    "start": "2026-11-28 10:00",
    "timezone": "Pacific/Auckland",
    "country": "NZ",
}
TEXT = "{{Space event|…}}"


def sha1(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def mark(revision: int, text: str = TEXT) -> dict[str, Any]:
    return {"revision": revision, "at": "2026-11-20T10:00:00Z", "sha1": sha1(text)}


def ledger(**standing: Any) -> dict[str, str]:
    """The page's text now, and what the bot keeps of it."""
    block = {"schema": 1, "p12": {"standing": standing}}
    return {TITLE: TEXT, "User:SpaceBot/Space/Ledger/0.json": json.dumps(block)}


def shown(make: Make, pages: dict[str, str], **arguments: str) -> str:
    return make(pages, title=TITLE).invoke("Event", "show", **(EVENT | arguments))


def shown_post(make: Make, pages: dict[str, str]) -> str:
    pages = pages | {TITLE: "{{Space post|language=en}}"}
    return make(pages, title=TITLE).invoke("Post", "show", language="en")


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def test_banner_when_the_bot_has_not_seen_the_page_is_waiting(scribunto: Make) -> None:
    html = shown(scribunto, {TITLE: TEXT})

    assert "'''Waiting for review''' – not in the calendar yet" in words(html)
    assert "__NOINDEX__" in html
    assert "pages waiting for review]]" in html


def test_banner_when_this_text_is_published_is_none(scribunto: Make) -> None:
    same = mark(7)

    html = shown(scribunto, ledger(state="published", published=same, newest=same))

    assert "space-banner" not in html
    assert "__NOINDEX__" not in html
    assert "waiting for review" not in html


def test_banner_when_a_newer_text_waits_tells_what_readers_see(scribunto: Make) -> None:
    pages = ledger(
        state="published", published=mark(7, "older"), newest=mark(7, "older")
    )

    html = shown(scribunto, pages)

    assert "The newest changes wait for review." in html
    assert "[[Special:PermanentLink/7|Friday, 20 November 2026]]" in html
    assert "[[Special:Diff/7/cur|" in html
    assert "__NOINDEX__" not in html


def test_banner_when_the_bot_read_this_text_links_to_its_revision(
    scribunto: Make,
) -> None:
    html = shown(scribunto, ledger(state="waiting", newest=mark(9)))

    assert "preloadparams%5B%5D=9&preloadparams%5B%5D= Approve]" in html


def test_banner_when_the_bot_did_not_read_this_text_links_with_its_time(
    scribunto: Make,
) -> None:
    html = shown(scribunto, ledger(state="waiting", newest=mark(9, "older")))

    assert "preloadparams%5B%5D=&preloadparams%5B%5D=20261122120000 Approve]" in html


def test_banner_offers_taking_back_only_of_what_is_published(scribunto: Make) -> None:
    waiting = shown(scribunto, ledger(state="waiting", newest=mark(9)))
    older = mark(7, "older")
    newer = shown(scribunto, ledger(state="waiting", published=older, newest=mark(9)))

    assert "Space+withdraw" not in waiting
    assert "Space+withdraw" in newer


@pytest.mark.parametrize("state", ["changes", "declined", "withdrawn"])
def test_banner_when_a_verdict_stopped_it_is_a_stop(
    scribunto: Make, state: str
) -> None:
    html = shown(scribunto, ledger(state=state, newest=mark(9)))

    assert "space-banner-stop" in html
    assert "⧼" not in html


def test_banner_gives_the_reviewers_reason_as_text(scribunto: Make) -> None:
    said = {"code": "decline", "params": ["Pavati", "Not '''here''' [[x]]"]}

    html = shown(scribunto, ledger(state="declined", reason=said, newest=mark(9)))

    assert "[[:User:Pavati|<bdi>Pavati</bdi>]]: “" in html
    assert "[[x]]" not in html
    assert "“ Not '''here''' [[x]] ”" in words(html)


def test_banner_without_a_reason_gives_none(scribunto: Make) -> None:
    said = {"code": "decline", "params": ["Pavati", ""]}

    html = shown(scribunto, ledger(state="declined", reason=said, newest=mark(9)))

    assert "Pavati" not in html


def test_banner_of_a_page_that_waits_says_how_long_the_queue_is(
    scribunto: Make,
) -> None:
    waiting = shown(scribunto, ledger(state="waiting", newest=mark(9)))
    stopped = shown(scribunto, ledger(state="declined", newest=mark(9)))

    assert "1,200 pages wait in [[Space/Review|the queue]]." in waiting
    assert "in [[Space/Review|" not in stopped
    assert "Ask on the [[Talk:Space/Events/Example|talk page]]" in stopped


def test_banner_when_it_was_declined_before_says_what_it_needs(
    scribunto: Make,
) -> None:
    again = {"state": "waiting", "newest": mark(9), "reason": {"code": "again"}}

    assert "so it needs an approval" in shown(scribunto, ledger(**again))


def test_banner_of_a_post_for_later_says_when(scribunto: Make) -> None:
    reason = {"code": "scheduled", "params": ["2026-12-01"]}
    pages = ledger(state="scheduled", newest=mark(9), reason=reason)

    assert "Tuesday, 1 December 2026" in shown(scribunto, pages)


def test_foot_of_what_readers_see_lets_its_creator_take_it_back(
    scribunto: Make,
) -> None:
    same = mark(7)
    published = shown(scribunto, ledger(state="published", published=same, newest=same))

    assert "Space+withdraw" in published
    assert "preloadparams%5B%5D=7&preloadparams%5B%5D= Take back]" in published
    assert "Space+withdraw" not in shown(scribunto, ledger(state="waiting"))


@pytest.mark.parametrize(
    ("settings", "target"),
    [
        ("", "Talk:Space/Events/Example"),
        (
            "{{Space settings\n| report page = Project:Help desk\n}}",
            "Project:Help_desk",
        ),
    ],
)
def test_foot_has_a_link_that_reports_the_page(
    scribunto: Make, settings: str, target: str
) -> None:
    html = shown(scribunto, {TITLE: TEXT, "Space/Settings": settings})

    link = re.search(r"\[(\S+) Report\]", html)
    assert link
    assert link[1].startswith(f"http://wiki.test/{target}?action=edit&section=new")
    assert "preloadparams%5B%5D=Space%2FEvents%2FExample" in link[1]


@pytest.mark.parametrize("state", ["scheduled", "draft", "gone"])
def test_banner_of_other_states_has_words(scribunto: Make, state: str) -> None:
    html = shown(scribunto, ledger(state=state, newest=mark(9)))

    assert "space-banner" in html
    assert "⧼" not in html


def test_banner_when_nothing_is_reviewed_first_says_when_it_appears(
    scribunto: Make,
) -> None:
    settings = {"Space/Settings": "{{Space settings\n| event policy = open\n}}"}

    assert "with the next run of the bot" in shown(scribunto, settings | {TITLE: TEXT})


def test_page_that_cannot_be_read_has_problems_in_place_of_the_banner(
    scribunto: Make,
) -> None:
    html = shown(scribunto, {TITLE: TEXT}, start="soon", end="2026-11-28")

    assert "Please mend this." in html
    assert "Waiting for review" not in html
    assert "pages with problems]]" in html
    assert "__NOINDEX__" in html


def test_problem_shows_what_was_written_as_text(scribunto: Make) -> None:
    html = shown(scribunto, {TITLE: TEXT}, start="&#91;&#91;x&#93;&#93;")

    assert "[[x]]" not in html
    assert "“[[x]]”" in unescape(re.sub(r"<[^>]*>", "", html))


def test_warning_keeps_nothing_out(scribunto: Make) -> None:
    html = shown(scribunto, {TITLE: TEXT}, contact="a@example.org", colour="red")

    assert "Please have a look:" in html
    assert "Waiting for review" in html
    assert "pages with problems]]" not in html


def test_event_shows_its_times_in_its_zone_and_in_utc(scribunto: Make) -> None:
    html = shown(scribunto, {}, end="2026-11-28 16:00")

    assert '<time datetime="2026-11-27T21:00Z">' in html
    said = words(html)
    assert (
        "Saturday, 28 November 2026, 10:00–16:00 Pacific/Auckland (UTC+13:00)" in said
    )
    assert "In UTC: 27 November 2026, 21:00 – 28 November 2026, 03:00" in said


def test_event_of_whole_days_has_no_time_in_utc(scribunto: Make) -> None:
    said = words(shown(scribunto, {}, start="2026-11-13", end="2026-11-15"))

    assert "Friday, 13 November 2026 – Sunday, 15 November 2026" in said
    assert "UTC" not in said


PLACE = {
    "venue": "Old library",
    "address": "44 Lorne Street",
    "city": "Auckland",
    "coordinates": "-36.8506, 174.7679",
    "wikidata": "Q37100",
}


@pytest.mark.parametrize(
    ("precision", "hidden"),
    [
        ("exact", []),
        ("city", ["Old library", "44 Lorne Street", "36.8506", "Q37100"]),
        ("country", ["Old library", "44 Lorne", "36.8506", "Q37100", "<bdi>Auckland"]),
    ],
)
def test_event_shows_no_finer_place_than_it_wants_to(
    scribunto: Make, precision: str, hidden: list[str]
) -> None:
    html = shown(scribunto, {}, precision=precision, **PLACE)

    finer = ["Old library", "44 Lorne", "36.8506", "Q37100", "<bdi>Auckland"]
    for text in finer:
        assert (text in html) is not any(text in gone for gone in hidden)
    assert "New Zealand" in html


def test_event_keeps_the_link_for_those_who_register(scribunto: Make) -> None:
    address = "https://meet.example.org/secret"
    links = {"online_link": address, "link_access": "registered"}

    html = shown(scribunto, {}, **links)

    assert address not in html
    assert "Those who register get the link." in html
    assert address in shown(scribunto, {}, online_link=address)


def test_inline_field_keeps_its_links_and_nothing_else(scribunto: Make) -> None:
    summary = "See [[GLAM|'''museums''']], <b>not</b> &lt;script&gt; &#123;&#123;x}}"

    html = shown(scribunto, {}, summary=summary)

    assert "[[:GLAM|<bdi>museums</bdi>]]" in html
    assert "{{x}}" not in html
    assert "<script>" not in html
    assert "not <script> {{x}}" in words(html)


def test_categories_are_in_english_and_never_from_topics(scribunto: Make) -> None:
    html = shown(scribunto, {}, languages="fr; mi", topics="secret", mode="hybrid")

    found = set(re.findall(r"\[\[Category:Space (.*?)\]\]", html))
    assert found == {
        "events",
        "events in 2026-11",
        "events in New Zealand",
        "events online",
        "events in French",
        "events in Māori",
        "pages waiting for review",
    }


def test_title_is_repeated_only_where_the_pages_name_does_not_say_it(
    scribunto: Make,
) -> None:
    assert "space-title" not in shown(scribunto, {}, title="Example")
    assert "space-title" in shown(scribunto, {}, title="Example #1")


def test_post_shows_authors_language_and_series(scribunto: Make) -> None:
    lua = scribunto({}, title="Space/Blog/Example")

    html = lua.invoke(
        "Post",
        "show",
        language="ar",
        authors="[[User:Olu]]; Photo group",
        summary="ملخص",
        series="Photo walks",
        topics="photo-walk",
        date="2026-11-20",
    )

    said = words(html)
    assert "by [[:User:Olu|<bdi>Olu</bdi>]], Photo group · Arabic" in html
    assert "Friday, 20 November 2026" in said
    assert "Photo walks" in said
    assert 'class="space-post space-before-rtl"' in html
    assert 'lang="ar" dir="rtl"' in html
    assert "[[Category:Space posts of 2026-11]]" in html


@pytest.mark.parametrize(
    ("standing", "day"),
    [
        (
            {"published": mark(7), "appeared": "2026-12-20T00:00:00Z"},
            "20 December 2026",
        ),
        ({"published": mark(7)}, "1 October 2026"),  # kept by an earlier bot
        ({}, None),  # its day has not come
    ],
)
def test_post_that_was_scheduled_has_the_day_it_appears_on(
    scribunto: Make, standing: dict[str, Any], day: str | None
) -> None:
    pages = ledger(state="published", first="2026-10-01T10:00:00Z", **standing)

    html = shown_post(scribunto, pages)

    assert (f"{day} ·" in words(html)) == bool(day)
    assert ("Category:Space posts of 2026" in html) == bool(day)


def test_post_draft_is_called_one(scribunto: Make) -> None:
    lua = scribunto({}, title="Space/Blog/Example")

    html = lua.invoke("Post", "show", language="en", status="draft")

    assert "This is a draft." in html
    assert "waiting for review]]" not in html


VERDICT = [
    (
        {"_1": "approve", "rev": "12"},
        "Approved (revision [[Special:PermanentLink/12|12]])",
    ),
    ({"_1": "decline", "reason": "No [[a|b]] '''c'''"}, "Declined No [[:a| b ]] c"),
    ({"_1": "maybe"}, "This verdict is none of"),
]


@pytest.mark.parametrize(("arguments", "said"), VERDICT)
def test_verdict_as_people_see_it(
    scribunto: Make, arguments: dict[str, str], said: str
) -> None:
    html = scribunto({}, title="Talk:Space/Events/Example").invoke(
        "Review", "show", **arguments
    )

    assert said in words(html)


def sequence(day: str) -> int:
    """The number of what changed on a day."""
    return (date.fromisoformat(day) - date(2019, 6, 25)).days * 86400 + 60


def test_banner_when_a_series_went_quiet_then_it_asks_to_be_confirmed(
    scribunto: Make,
) -> None:
    same = mark(7)
    quiet = ledger(
        state="published",
        published=same,
        newest=same,
        sequence=sequence("2026-05-01"),
    )

    html = shown(scribunto, quiet, recurrence="FREQ=WEEKLY")

    assert "Nobody has confirmed since Friday, 1 May 2026" in words(html)
    assert "action=edit" in html
    for more in (
        {"recurrence": "FREQ=WEEKLY;COUNT=3"},
        {"recurrence": "FREQ=WEEKLY;UNTIL=20270101"},
        {"recurrence": "FREQ=WEEKLY", "confirmed": "2026-06-01"},
        {},
    ):
        assert "has confirmed" not in shown(scribunto, quiet, **more)


def test_page_when_dates_are_added_then_they_are_told(scribunto: Make) -> None:
    html = shown(
        scribunto,
        {TITLE: TEXT},
        recurrence="FREQ=MONTHLY;BYMONTHDAY=13;COUNT=3",
        also="2026-12-27 18:00; 2027-01-03",
    )

    assert "every month · day 13 · 3 times" in words(html)
    assert "Sunday, 27 December 2026, 18:00, Sunday, 3 January 2027" in words(html)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Hello {{PAGENAME}}", "magic word"),
        ("Hello {{lc:X}}", "parser function"),
        ("Hello {{{1|}}}", "template"),
        ("Hello {{greeting}}", "template"),
        ("[[Test|[[File:A.jpg]]]]", "file"),
    ],
)
def test_page_when_the_wiki_expands_a_value_tells_of_the_problem(
    scribunto: Make, written: str, code: str
) -> None:
    given = "".join(f"|{name}={value}" for name, value in EVENT.items())
    text = f"{{{{Space event{given}|summary={written}}}}}"

    handed = "Hello text" if "{" in written else written
    html = shown(scribunto, {TITLE: text}, summary=handed)

    assert "Please mend this." in words(html)
    assert code in words(html).lower()
    assert "pages with problems]]" in html
    assert "Waiting for review" not in html


def test_banner_when_only_the_bot_finds_a_problem_says_so(scribunto: Make) -> None:
    pages = ledger(state="broken", newest=mark(7), pending=mark(7))

    html = shown(scribunto, pages)

    assert "Something here cannot be read" in words(html)
    assert "pages with problems]]" in html


def test_page_when_it_only_shows_another_one_is_no_record(scribunto: Make) -> None:
    html = shown(scribunto, {TITLE: "See {{Space/Events/Other}}."})

    assert "Waiting for review" not in words(html)
    assert "[[Category:" not in html


def test_page_when_its_template_goes_by_a_redirect_is_a_record(
    scribunto: Make,
) -> None:
    given = "".join(f"|{name}={value}" for name, value in EVENT.items())

    html = shown(scribunto, {TITLE: f"{{{{Veranstaltung{given}}}}}"})

    assert "Waiting for review" in words(html)


def test_page_when_an_old_revision_is_shown_reads_what_it_was_given(
    scribunto: Make,
) -> None:
    text = "{{Space event|start=2026-12-24|timezone=UTC|country=FJ|summary={{x}}}}"

    html = shown(scribunto, {TITLE: text})

    assert "New Zealand" in words(html)
    assert "Please mend this." not in words(html)


def test_page_when_its_call_is_too_long_says_so(scribunto: Make) -> None:
    given = "".join(f"|{name}={value}" for name, value in EVENT.items())
    text = f"{{{{Space event{given}|summary={'é' * 32_768}}}}}"

    html = shown(scribunto, {TITLE: text})

    assert "Please mend this." in words(html)
    assert "32,768" in words(html) or "32768" in words(html)


def test_page_when_calls_never_end_is_looked_at_for_a_while_only(
    scribunto: Make,
) -> None:
    html = shown(scribunto, {TITLE: "{{Space event|" * 20_000})

    assert "Waiting for review" not in words(html)


@pytest.mark.parametrize(
    ("code", "name", "attributes"),
    [
        ("ar", "Arabic", 'lang="ar" dir="rtl"'),
        ("fr", "French", 'lang="fr" dir="ltr"'),
        ("en", "English", 'lang="en" dir="ltr"'),
    ],
)
def test_post_when_translate_made_the_page_is_in_the_language_of_its_name(
    scribunto: Make, code: str, name: str, attributes: str
) -> None:
    title = f"Space/Blog/News/{code}"
    text = "{{Space post|title=News|language=en|summary=Short.}}"
    made = scribunto(
        {title: text, "Space/Blog/News": text}, title=title, messages=["translate-desc"]
    )
    html = made.invoke("Post", "show", title="News", language="en", summary="Short.")
    assert name in words(html).partition("Short.")[0]
    assert f'<div {attributes} class="space-lead">Short.' in html
    assert f"space-before-{attributes[-4:-1]}" in html
    assert "Category:" not in html
