"""The review queue and the figures of review, over the bot's data pages."""

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from space.review.model import Flaw
from tests.lua.scribunto import Scribunto

Make = Callable[..., Scribunto]
FOLDER = "User:SpaceBot/Space"


def row(number: int, since: str = "2026-11-21T10:00Z", **fields: Any) -> dict[str, Any]:
    return {
        "id": number,
        "page": f"Space/Events/E{number}",
        "kind": "event",
        "name": f"E{number}",
        "rev": number * 10,
        "since": since,
        "languages": ["en"],
        "author": "Olu",
        "edits": 100,
    } | fields


def pages(*parts: list[dict[str, Any]]) -> dict[str, str]:
    first, *others = parts or ([],)
    waiting = sum(each.get("flood", "rev" in each) for part in parts for each in part)
    queue = {"schema": 1, "parts": len(parts) or 1, "waiting": waiting, "rows": first}
    return {f"{FOLDER}/Queue.json": json.dumps(queue)} | {
        f"{FOLDER}/Queue/{number}.json": json.dumps({"schema": 1, "rows": rows})
        for number, rows in enumerate(others, 2)
    }


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def shown(make: Make, given: dict[str, str], **arguments: str) -> str:
    return make(given, title="Space/Review").invoke("Queue", "show", **arguments)


def titles(html: str) -> list[str]:
    return re.findall(r"\[\[:(Space/Events/[^|]+)\|<bdi>[^<]*</bdi>\]\]", html)


def test_queue_when_events_are_announced_twice_has_the_lines_to_copy(
    scribunto: Make,
) -> None:
    pair = [4_000_000_017, 4_200_000_005]
    queue = {"schema": 1, "parts": 1, "waiting": 0, "rows": [], "pairs": [pair]}
    given = {f"{FOLDER}/Queue.json": json.dumps(queue)}

    said = words(shown(scribunto, given))

    assert "Announced twice?" in said
    assert "[[:Special:RegisterForEvent/17| 17 ]] and" in said
    assert "4200000005" in said
    assert "{{Space registration|4200000005|same as=4000000017}}" in said
    assert "{{Space registration|4200000005|same as=no}}" in said
    assert "Announced twice?" not in words(shown(scribunto, given, kind="event"))
    assert "Announced twice?" not in words(shown(scribunto, pages()))


def test_queue_shows_each_page_with_what_a_reviewer_wants_to_know(
    scribunto: Make,
) -> None:
    waits = row(
        12,
        since="2026-11-17T23:00Z",
        name="Tea & <b>cake</b>",
        languages=["en", "mi"],
        earlier=2,
        missing=["summary"],
        problems=["image"],
        spam=1,
        like={"id": 7, "page": "Space/Events/E7"},
        again=True,
    )

    html = shown(scribunto, pages([waits]))

    said = words(html)
    assert "One page is waiting for review. One of them has waited longer" in said
    assert "5 days [[:Space/Events/E12| Tea & <b>cake</b> ]]" in said
    assert "Event · English , Māori · [[:User:Olu| Olu ]] (at least 100 edits, " in said
    assert "2 published pages)" in said
    assert (
        "One link on the spam list · Much of this text is also in [[:Space/Events/E7"
        in said
    )
    assert "Not filled in: Summary" in said
    assert "Previously declined or withdrawn." in said
    assert "space-tile-late" in html
    assert "⧼" not in html


def test_queue_shows_what_is_to_be_compared_with_registrations_without_a_wait(
    scribunto: Make,
) -> None:
    asked = row(3, since="2026-10-01T10:00Z", section="registered", problems=["start"])
    del asked["rev"]
    settings = "{{Space settings|tool=https://tool.example}}"

    html = shown(scribunto, pages([asked]) | {"Space/Settings": settings})

    said = words(html)
    assert "Nothing is waiting for review." in said
    assert "Compare with registration" in said
    assert "Please check: Start" in said
    assert "[https://tool.example/review/3 Review in the tool]" in html
    assert "space-tile" not in html


def test_queue_tells_when_and_where_each_event_is_under_the_names_of_its_parts(
    scribunto: Make,
) -> None:
    soon = row(1, section="soon", begins="2026-11-23", country="NG", mode="hybrid")
    days = row(2, section="soon", begins="2026-11-24", ends="2026-11-26", fixed=True)
    today = row(3, section="soon", begins="2026-11-20", ends="2026-11-22")
    fixed = row(4, section="fixed", begins="2026-12-04", mode="online", fixed=True)
    over = row(5, section="waiting", begins="2026-11-02", country="NZ")
    post = row(6, section="waiting", kind="post")

    html = shown(scribunto, pages([soon, days, today, fixed, over], [post]))

    said = words(html)
    headings = re.findall(r'<div[^>]*role="heading"[^>]*>([^<]*)</div>', html)
    assert headings == ["Starts soon", "Fixed and resubmitted", "Waiting for review"]
    assert "E1 ]] Tomorrow 23 November 2026 · Nigeria, and online · Event" in said
    assert "E2 ]] In 2 days Fixed and resubmitted 24 – 26 November 2026 · Event" in said
    assert "E3 ]] Today 20 – 22 November 2026" in said
    assert "E4 ]] 4 December 2026 · Online · Event" in said
    assert "E5 ]] Over 2 November 2026 · New Zealand" in said
    assert "E6 ]] Post · English" in said


def test_queue_when_a_correction_is_live_asks_to_look_and_does_not_count_it(
    scribunto: Make,
) -> None:
    live = row(1, section="live", published=5, corrected=["start", "status"])

    html = shown(scribunto, pages([live]))

    said = words(html)
    assert "Nothing is waiting for review." in said
    assert "Live already – please look" in said
    assert "Live, and not looked at yet: Start, Status" in said
    assert "Change to a published page" not in said
    assert "Approve" in said
    assert shown(scribunto, pages([live]), _1="count", kind="event") == "0"


def test_queue_links_to_verdicts_on_the_very_revision(scribunto: Make) -> None:
    new, changed = row(1), row(2, published=17)

    html = shown(scribunto, pages([new, changed]))

    links = re.findall(r"\[(http\S+) (\w[\w ]*)\]", html)
    assert [label for _, label in links] == [
        *("Approve", "Ask for changes", "Decline"),
        *("Approve", "Ask for changes", "Decline", "Withdraw"),
    ]
    for number, (address, _) in zip([10] * 3 + [20] * 4, links, strict=True):
        assert f"preloadparams%5B%5D={number}&preloadparams%5B%5D=" in address
        assert address.startswith("http://wiki.test/Talk:Space/Events/E")
    assert "[[Special:Diff/17/20|What changed]]" in html
    assert "Change to a published page" in html


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({}, [1, 2, 3]),
        ({"limit": "2"}, [1, 2]),
        ({"language": "FR"}, [2]),
        ({"language": "fr; mi"}, [2, 3]),
        ({"kind": "post"}, [3]),
        ({"kind": "event; post", "language": "en"}, [1]),
        ({"language": "", "kind": "", "urgent": ""}, [1, 2, 3]),
        ({"urgent": "yes"}, [2]),
        ({"urgent": "yes", "language": "en"}, []),
    ],
)
def test_queue_by_filter(
    scribunto: Make, arguments: dict[str, str], found: list[int]
) -> None:
    queue = pages(
        [row(1), row(2, languages=["fr"], section="soon")],
        [row(3, kind="post", languages=["mi"])],
    )

    html = shown(scribunto, queue, **arguments)
    counted = {**arguments, "limit": "1", "_1": "count"}

    assert titles(html) == [f"Space/Events/E{number}" for number in found]
    if "limit" not in arguments:
        assert shown(scribunto, queue, **counted) == str(len(found))


@pytest.mark.parametrize(
    "arguments", [{"colour": "red"}, {"kind": "meal"}, {"urgent": "very"}]
)
def test_queue_when_a_filter_is_not_understood_says_so(
    scribunto: Make, arguments: dict[str, str]
) -> None:
    html = shown(scribunto, pages([row(1)]), **arguments)

    assert "space-error" in html
    assert not titles(html)


def test_queue_that_shows_a_part_says_how_much_more_there_is(scribunto: Make) -> None:
    html = shown(scribunto, pages([row(n) for n in range(1, 8)]), limit="3")

    assert "7 pages are waiting for review." in words(html)
    assert "[[Space/Review|The full queue]] has 4 more rows." in html


@pytest.mark.parametrize("queue", [{}, {f"{FOLDER}/Queue.json": "{"}, pages()])
def test_queue_when_there_is_nothing_says_thank_you(
    scribunto: Make, queue: dict[str, str]
) -> None:
    assert "Nothing is waiting for review." in shown(scribunto, queue)
    assert shown(scribunto, queue, _1=" count ") == "0"


def test_queue_shows_a_flood_as_one_row_and_counts_all_its_pages(
    scribunto: Make,
) -> None:
    some = [{"id": n, "page": f"Space/Events/F{n}"} for n in (1, 2)]

    html = shown(scribunto, pages([row(1, flood=25, pages=some)]))

    assert "25 pages by [[:User:Olu|" in html
    assert titles(html) == ["Space/Events/F1", "Space/Events/F2"]
    assert "25 pages are waiting" in words(html)
    assert "preload" not in html


@pytest.mark.parametrize("flaw", [flaw.value for flaw in Flaw if flaw])
def test_queue_tells_why_a_verdict_is_worth_nothing(scribunto: Make, flaw: str) -> None:
    refused = {"verdict": "approve", "flaw": flaw, "account": "Pavati", "by": "Olu"}

    said = words(shown(scribunto, pages([row(1, refused=[refused])])))

    assert "Not counted: “Approve” (" in said
    assert "signed [[:User:Pavati| Pavati ]] · added by [[:User:Olu| Olu ]]" in said
    assert "⧼" not in said


def test_queue_asks_again_when_a_verdict_named_no_revision(scribunto: Make) -> None:
    refused = {"verdict": "approve", "flaw": "unclear-rev", "account": "Pavati"}
    asked = row(1, asks_again=["Pavati"], refused=[refused | {"by": "Pavati"}])

    said = words(shown(scribunto, pages([asked])))

    assert "Please repeat your decision for the latest version: [[:User:Pavati|" in said
    assert "added by" not in said


def test_queue_row_that_only_tells_of_a_verdict_waits_for_nobody(
    scribunto: Make,
) -> None:
    refused = {"verdict": "approve", "flaw": "author", "account": "Olu", "by": "Olu"}
    told = row(1, refused=[refused])
    del told["rev"]

    html = shown(scribunto, pages([told]))

    assert "Nothing is waiting" in html
    assert "the reviewer wrote some of this text" in html
    assert "preload" not in html


def test_queue_when_the_wiki_has_the_tool_leads_to_its_screen(scribunto: Make) -> None:
    settings = {"Space/Settings": "{{Space settings|tool=https://tool.example}}"}

    html = shown(scribunto, pages([row(12)]) | settings)

    assert "[https://tool.example/review/12 Review in the tool]" in html


def figures(*months: dict[str, Any]) -> dict[str, str]:
    page = {"schema": 1, "months": list(months)}
    return {f"{FOLDER}/Figures.json": json.dumps(page)}


MONTH = {
    "month": "2026-11",
    "pages": 30,
    "published": 25,
    "reviewed": 27,
    "prompt": 24,
    "overdue": 1,
    "median": 300,
    "ninetieth": 4400,
    "reviewers": 6,
    "authors": 19,
    "volunteers": 17,
    "languages": [{"code": "en", "pages": 12}, {"code": "mi", "pages": 3}],
    "corrections": 4,
    "taken_back": 1,
    "looked": 90,
}
EMPTY = MONTH | {"month": "2026-10", "reviewed": 0, "overdue": 0, "authors": 0}


def test_log_has_a_row_for_each_month(scribunto: Make) -> None:
    absent = {"median", "languages", "corrections", "taken_back", "looked"}
    silent = {k: v for k, v in EMPTY.items() if k not in absent}

    html = scribunto(figures(MONTH, silent)).invoke("Log", "show")

    first, second = html.split("<tr>")[2:]
    assert words(first) == (
        "November 2026 30 27 5 hours 3 days 86% 6 19 89% English (12), Māori (3) "
        "4 1 2 hours"
    )
    assert words(second).startswith("October 2026 30 0 – 3 days – 6 0 – – 0 0 –")
    assert "⧼" not in html


def test_log_when_readers_are_counted_shows_the_views_of_posts(
    scribunto: Make,
) -> None:
    months = [{"month": "2026-11", "after7": 1200}]
    views = {f"{FOLDER}/Readers.json": json.dumps({"schema": 1, "months": months})}

    html = scribunto(figures(MONTH, EMPTY) | views).invoke("Log", "show")

    head, first, second = html.split("<tr>")[1:]
    assert words(head).endswith(
        "Views of a post by day 7 (median) Views of a post by day 30 (median)"
    )
    assert words(first).endswith("2 hours 1,200 –")
    assert words(second).endswith("– –")


def test_log_shows_as_many_months_as_asked_for(scribunto: Make) -> None:
    html = scribunto(figures(MONTH, EMPTY)).invoke("Log", "show", limit="1")

    assert html.count("<tr>") == 2


def test_log_without_figures_says_so(scribunto: Make) -> None:
    assert "No statistics yet" in scribunto().invoke("Log", "show")


def test_queue_shows_what_has_to_be_mended_after_what_waits(scribunto: Make) -> None:
    broken = row(7, problems=["summary", "start"], broken=True)
    unread = row(8, broken=True)
    del broken["rev"], unread["rev"]

    html = shown(scribunto, pages([row(6), broken, unread]))

    said = words(html)
    assert "One page is waiting for review." in said
    assert said.count("Has errors") == 2
    assert "The author needs to fix this first: Summary, Start" in said
    assert "Its text has errors." in said


def test_queue_when_the_author_was_imported_names_them_without_a_link(
    scribunto: Make,
) -> None:
    html = shown(scribunto, pages([row(12, author="en>Ana")]))

    assert "en&gt;Ana" in html or "en>Ana" in words(html)
    assert "User:en" not in html
