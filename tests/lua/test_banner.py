"""Page status on the wiki: banner, footer and verdicts."""

import re
from datetime import date

import pytest

from tests.lua.record_pages import TEXT, TITLE, Make, ledger, mark, shown, words


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

    assert "The latest changes are waiting for review." in html
    assert "[[Special:PermanentLink/7|Friday, 20 November 2026]]" in html
    assert "[[Special:Diff/7/cur|" in html
    assert "__NOINDEX__" not in html


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_banner_when_an_event_was_just_called_off_then_lists_follow_without_review(
    scribunto: Make, status: str
) -> None:
    older = mark(7, "older")
    pages = ledger(state="published", published=older, newest=older)

    said = words(shown(scribunto, pages, status=status))

    assert "an organizer or a reviewer made this change, lists follow" in said
    assert "latest changes" not in said
    assert "the queue" not in said
    read = ledger(state="waiting", published=older, newest=mark(9))
    for others in ({}, read):
        assert "lists follow" not in shown(scribunto, others, status=status)


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


def test_banner_when_the_reviewer_is_hidden_names_nobody(scribunto: Make) -> None:
    said = {"code": "decline", "params": ["", "Not yet"]}

    html = shown(scribunto, ledger(state="declined", reason=said, newest=mark(9)))

    assert "A reviewer: “" in html
    assert "User:|" not in html


def test_banner_without_a_reason_gives_none(scribunto: Make) -> None:
    said = {"code": "decline", "params": ["Pavati", ""]}

    html = shown(scribunto, ledger(state="declined", reason=said, newest=mark(9)))

    assert "Pavati" not in html


def test_banner_of_a_page_that_waits_says_how_long_the_queue_is(
    scribunto: Make,
) -> None:
    waiting = shown(scribunto, ledger(state="waiting", newest=mark(9)))
    stopped = shown(scribunto, ledger(state="declined", newest=mark(9)))

    assert "There are 1,200 pages in [[Space/Review|the queue]]." in waiting
    assert "in [[Space/Review|" not in stopped
    assert "Ask on the [[Talk:Space/Events/Example|talk page]]" in stopped


def test_banner_when_it_was_declined_before_says_what_it_needs(
    scribunto: Make,
) -> None:
    again = {"state": "waiting", "newest": mark(9), "reason": {"code": "again"}}

    assert "so it needs a reviewer's approval" in shown(scribunto, ledger(**again))


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
    assert "preloadparams%5B%5D=7&preloadparams%5B%5D= Withdraw]" in published
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

    link = re.search(r"\[(\S+) Report a problem\]", html)
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

    assert "in a few minutes" in shown(scribunto, settings | {TITLE: TEXT})


def laid(*names: str) -> list[dict[str, object]]:
    """An overlay of corrections of these fields."""
    return [
        {"field": n, "value": "x", "revision": 9, "at": "2026", "correction": True}
        for n in names
    ]


@pytest.mark.parametrize(
    ("overlay", "said"),
    [
        (laid("start", "end"), "The new time is live already; a reviewer will look"),
        (laid("except"), "The changed dates are live already"),
        (laid("status"), "The new status is live already"),
        (laid("start", "status"), "The latest changes are live already"),
        ([{"field": "venue", "value": None}], "The latest changes are live already"),
    ],
)
def test_banner_when_readers_see_a_change_already_says_so_and_of_no_waiting(
    scribunto: Make, overlay: list[dict[str, object]], said: str
) -> None:
    html = shown(
        scribunto,
        ledger(
            state="published",
            reason={"code": "live"},
            live=True,
            published=mark(7, "older"),
            newest=mark(9),
            pending=mark(9),
            overlay=overlay,
        ),
    )

    assert said in words(html)
    assert "Space+approve" in html
    assert "waiting for review" not in html
    assert "Readers still see" not in html
    assert "__NOINDEX__" not in html


def test_banner_when_only_a_part_of_a_change_is_live_tells_both(
    scribunto: Make,
) -> None:
    html = shown(
        scribunto,
        ledger(
            state="waiting",
            published=mark(7, "older"),
            newest=mark(9),
            overlay=laid("start"),
        ),
    )

    assert "The latest changes are waiting for review." in html
    assert "The new time is live already" in html


VERDICT = [
    (
        {"_1": "approve", "rev": "12"},
        "Approved (revision [[Special:PermanentLink/12|12]])",
    ),
    ({"_1": "decline", "reason": "No [[a|b]] '''c'''"}, "Declined No [[:a| b ]] c"),
    (
        {"_1": "approve", "rev": "12", "kind": "event"},
        "✓ Thank you, this is now in the calendar. (revision [[",
    ),
    (
        {"_1": "changes", "kind": "post", "reason": "Where?"},
        "then save the page to have it reviewed again. Where?",
    ),
    ({"_1": "decline", "kind": "post"}, "Sorry, this cannot be in the blog."),
    ({"_1": "withdraw", "kind": "event"}, "This is no longer in the calendar."),
    ({"_1": "maybe"}, "A decision must be one of"),
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

    assert "This series was last confirmed on Friday, 1 May 2026" in words(html)
    assert "action=edit set “confirmed” to today]; if not" in html
    for more in (
        {"recurrence": "FREQ=WEEKLY;COUNT=3"},
        {"recurrence": "FREQ=WEEKLY;UNTIL=20270101"},
        {"recurrence": "FREQ=WEEKLY", "confirmed": "2026-06-01"},
        {"recurrence": "FREQ=WEEKLY", "status": "cancelled"},
        {},
    ):
        assert "last confirmed" not in shown(scribunto, quiet, **more)


def test_banner_when_only_the_bot_finds_a_problem_says_so(scribunto: Make) -> None:
    pages = ledger(state="broken", newest=mark(7), pending=mark(7))

    html = shown(scribunto, pages)

    assert "This version has errors" in words(html)
    assert "pages with problems]]" in html
