"""The queue: what waits for review, in parts, and what was just decided on."""

from datetime import timedelta

import pytest

from space.publication.registered import ALIKE_IN_CALENDAR
from space.schema.problems import Problem
from tests.support.feeds.publications import record
from tests.support.feeds.registered_events import from_calendar, registered
from tests.support.review.tool_and_bot import TITLE, ToolAndBot
from tests.support.wiki.bot_and_wiki import event


def test_queue_when_nobody_is_signed_in_shows_what_waits(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    answer = tool_and_bot.get("/review")
    assert answer.status_code == 200
    assert f'href="/review/{page_id}"' in answer.text
    assert "One page is" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_queue_when_nothing_waits_says_so_and_counts_nothing(
    tool_and_bot: ToolAndBot,
) -> None:
    page = tool_and_bot.get("/review").text.partition("<main")[2]
    assert page.count("Nothing is waiting for review.") == 1
    assert "0 pages" not in page
    assert "cannot wait" not in page
    assert 'name="kind"' not in page


def test_queue_when_two_sources_announce_what_may_be_one_event_has_the_lines(
    tool_and_bot: ToolAndBot,
) -> None:
    ours, other = registered(17, name="Hui"), from_calendar(5)
    number = str(other.page_id)
    asked = Problem(
        ALIKE_IN_CALENDAR, "title", params=("Hui", number, number), severity="warning"
    )
    tool_and_bot.store.put(record(ours, problems=(asked,)), record(other))

    page = tool_and_bot.get("/review").text

    assert "Announced twice?" in page
    assert f'href="/events/{ours.page_id}' in page
    line = f"Space registration|{other.page_id}|same as"
    assert f"{{{{{line}={ours.page_id}}}}}" in page
    assert f"{{{{{line}=no}}}}" in page
    assert "Announced twice?" not in tool_and_bot.get("/review?kind=event").text


def test_queue_when_filtered_shows_a_part_and_says_so_when_empty(
    tool_and_bot: ToolAndBot,
) -> None:
    event_id = tool_and_bot.write(TITLE, event(languages="mi"))
    post_id = tool_and_bot.write("Space/Blog/B", "{{Space post|title=B|language=ar}}")
    assert f"/review/{post_id}" not in tool_and_bot.get("/review?kind=event").text
    assert (
        f"/review/{event_id}?language=mi"
        in tool_and_bot.get("/review?language=mi").text
    )
    assert "Nothing of this kind" in tool_and_bot.get("/review?language=de").text


def test_queue_and_status_when_a_text_cannot_be_read_tell_what_to_mend(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write(TITLE, event(summary="Hello {{PAGENAME}}"))
    queue, status = tool_and_bot.get("/review").text, tool_and_bot.get("/status").text
    assert f'href="/review/{page_id}"' in queue
    assert "Has errors" in queue
    assert "The author needs to fix this first: Summary" in queue
    assert "Nothing is waiting for review." in queue
    assert "{{PAGENAME}}" in status
    assert tool_and_bot.get(f"/review/{page_id}").status_code == 200


@pytest.mark.parametrize("query", ["kind=talk", "page=x", "urgent=very"])
def test_queue_when_asked_for_what_is_no_part_names_it(
    tool_and_bot: ToolAndBot, query: str
) -> None:
    assert tool_and_bot.get(f"/review?{query}").status_code == 400


def test_queue_when_long_has_pages(tool_and_bot: ToolAndBot) -> None:
    for number in range(53):
        writer = tool_and_bot.wiki.as_user(f"Writer {number}")
        writer.write(f"Space/Events/{number}", event())
    tool_and_bot.sync()
    first, second = (
        tool_and_bot.get("/review").text,
        tool_and_bot.get("/review?page=1").text,
    )
    assert first.count("queue__item") == 50
    assert second.count("queue__item") == 3
    assert 'rel="next"' in first
    assert 'rel="prev"' in second


def test_queue_when_one_account_floods_it_has_one_row(tool_and_bot: ToolAndBot) -> None:
    for number in range(9):
        tool_and_bot.olu.write(f"Space/Events/{number}", event())
    tool_and_bot.sync()
    page = tool_and_bot.get("/review").text
    assert page.count("queue__item") == 1
    assert "Many at once" in page


def test_queue_when_nobody_read_a_title_yet_calls_the_page_by_its_name(
    tool_and_bot: ToolAndBot,
) -> None:
    tool_and_bot.write(TITLE, event(title='A &lt;b>bold&lt;/b> &amp; "x"'))
    page = tool_and_bot.get("/review").text
    assert "bold" not in page
    assert TITLE.rpartition("/")[2] in page


def test_queue_when_a_page_was_just_decided_on_goes_on_without_it_until_the_bot_ran(
    tool_and_bot: ToolAndBot,
) -> None:
    first = tool_and_bot.write()
    second = tool_and_bot.write("Space/Events/B", event(title="B"))
    tool_and_bot.sign_in("Pavati")
    tool_and_bot.give(first, "approve")
    for reader in ("Pavati", "Rita"):
        tool_and_bot.client = tool_and_bot.new_client()
        tool_and_bot.sign_in(reader)
        queue = tool_and_bot.get("/review").text
        assert f'href="/review/{first}"' not in queue
        assert "One page is waiting" in queue
        assert "Position 1 of 1" in tool_and_bot.get(f"/review/{second}").text
        assert f"/review/{first}" not in tool_and_bot.get("/feeds/review.atom").text
    tool_and_bot.sync()  # which finds no decision: memory substitutes no templates
    assert f'href="/review/{first}"' in tool_and_bot.get("/review").text


def test_queue_when_a_decided_page_changed_meanwhile_has_it_again(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.sign_in("Pavati")
    tool_and_bot.give(page_id, "changes", reason="Which city?")
    assert "Nothing is waiting" in tool_and_bot.get("/review").text
    tool_and_bot.write(TITLE, event(city="Auckland"))
    assert f'href="/review/{page_id}"' in tool_and_bot.get("/review").text


def test_queue_when_no_bot_runs_has_a_decided_page_again_after_a_day(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.sign_in("Pavati")
    tool_and_bot.give(page_id, "approve")
    tool_and_bot.now += timedelta(hours=23)
    assert f'href="/review/{page_id}"' not in tool_and_bot.get("/review").text
    tool_and_bot.now += timedelta(hours=2)
    assert f'href="/review/{page_id}"' in tool_and_bot.get("/review").text


def test_queue_tells_when_and_where_an_event_is_under_the_name_of_its_part(
    tool_and_bot: ToolAndBot,
) -> None:
    later = tool_and_bot.write(TITLE, event(city="Auckland"))
    day = (tool_and_bot.now + timedelta(days=2)).date()
    soon = tool_and_bot.write(
        "Space/Events/Soon",
        event(start=f"{day} 10:00", end=f"{day} 12:00", mode="hybrid", city="Napier"),
        by="Lena",
    )
    page = tool_and_bot.get("/review").text
    urgent, rest = page.split("Waiting for review</h2>")
    assert f'href="/review/{soon}"' in urgent.partition("Starts soon</h2>")[2]
    assert f'href="/review/{later}"' in rest
    assert "In 2 days" in urgent
    assert "Napier, New Zealand, and online" in urgent
    assert "28 Nov" in rest
    assert "Auckland, New Zealand" in rest
    part = tool_and_bot.get("/review?urgent=yes").text
    assert f"/review/{soon}?urgent=yes" in part
    assert f"/review/{later}" not in part
    feed = tool_and_bot.get("/feeds/review.atom?urgent=yes").text
    assert f"/review/{soon}" in feed
    assert f"/review/{later}" not in feed
    assert "Napier" not in feed
