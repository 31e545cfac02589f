"""What review means for other pages: the writer's own, feed, status, links."""

import re
from datetime import timedelta

from space.publication.registered import ALIKE, DIFFERS
from space.schema.problems import Problem
from tests.support.review.tool_and_bot import TITLE, ToolAndBot
from tests.support.wiki.bot_and_wiki import event


def test_translation_when_reviewed_then_its_event_is_read_in_its_language(
    tool_and_bot: ToolAndBot,
) -> None:
    event_id = tool_and_bot.write()
    tool_and_bot.approve()
    text = f"{{{{Space event translation|original={TITLE}|language=ar|title=مسيرة}}}}"
    page_id = tool_and_bot.write(f"{TITLE}/ar", f"{text}\nنص")
    tool_and_bot.sign_in("Olu")
    for path in (f"/mine?t={page_id}", f"/retract/{page_id}", f"/edit/{page_id}"):
        shown = tool_and_bot.get(path.partition("?")[0])
        assert shown.status_code == 200, path
        assert "Translation" in shown.text or "translation" in shown.text, path
    tool_and_bot.sign_in("Pavati")
    queue = tool_and_bot.get("/review?kind=translation").text
    assert f'href="/review/{page_id}?kind=translation"><bdi>A/ar</bdi>' in queue
    screen = tool_and_bot.get(f"/review/{page_id}").text
    assert "مسيرة" in screen
    assert tool_and_bot.get(f"/translations/{page_id}").status_code == 404

    assert tool_and_bot.give(page_id, "approve").status_code == 303
    tool_and_bot.approve(f"{TITLE}/ar")
    tool_and_bot.sync()
    moved = tool_and_bot.get(f"/translations/{page_id}")
    assert moved.headers["Location"] == f"/events/{event_id}-photo-walk?language=ar"
    assert "مسيرة" in tool_and_bot.get(moved.headers["Location"]).text
    assert tool_and_bot.get(f"/api/v1/events/{event_id}").json["versions"] == [
        {
            "language": "ar",
            "page": f"https://wiki.test/wiki/{TITLE}/ar",
            "title": "مسيرة",
        }
    ]
    for path in ("/mine", f"/retract/{page_id}", f"/review/{page_id}", "/status"):
        assert tool_and_bot.get(path).status_code == 200, path


def test_navigation_when_somebody_reviews_leads_to_the_queue(
    tool_and_bot: ToolAndBot,
) -> None:
    tool_and_bot.sign_in("Olu")
    assert ">Review</a>" not in tool_and_bot.get("/").text
    tool_and_bot.client = tool_and_bot.new_client()
    tool_and_bot.sign_in("Pavati")
    assert ">Review</a>" in tool_and_bot.get("/").text


def test_mine_when_pages_stand_differently_says_why_and_what_to_do(
    tool_and_bot: ToolAndBot,
) -> None:
    tool_and_bot.write("Space/Events/B", event(title="B"), by="Lena")
    page_id = tool_and_bot.write()
    tool_and_bot.sign_in("Olu")
    page = tool_and_bot.get("/mine").text
    assert "Position 2 of 2" in page
    tool_and_bot.wiki.as_user("Rita").write(
        f"Talk:{TITLE}",
        f"{{{{Space review|changes|rev={tool_and_bot.page(TITLE).latest.id}"
        "|reason=Which city?}} ~~~~",
    )
    tool_and_bot.sync()
    page = tool_and_bot.get("/mine").text
    assert "Which city?" in page
    assert ">Rita</a>" in page
    assert f"/edit/{page_id}" in page
    assert "Number" not in page
    assert "Which city?" in tool_and_bot.get(f"/edit/{page_id}").text
    tool_and_bot.write(TITLE, event(city="Auckland"))
    assert "Position 1 of 2" in tool_and_bot.get("/mine").text


def test_feed_when_asked_has_what_waits_newest_first(tool_and_bot: ToolAndBot) -> None:
    tool_and_bot.write(TITLE, event(title="A & &lt;b>"))
    tool_and_bot.write("Space/Events/B", event(title="B"), by="Lena")
    answer = tool_and_bot.get("/feeds/review.atom")
    assert answer.content_type.startswith("application/atom+xml")
    assert "Set-Cookie" not in answer.headers
    assert re.findall("<title>(.*?)</title>", answer.text) == [
        "Waiting for review",
        "B",
        "A",
    ]
    tag = answer.headers["ETag"]
    again = tool_and_bot.get("/feeds/review.atom", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert "<title>A" not in tool_and_bot.get("/feeds/review.atom?kind=post").text
    assert tool_and_bot.get("/feeds/review.atom?kind=x").status_code == 400


def test_status_when_pages_were_reviewed_tells_how_long_it_took(
    tool_and_bot: ToolAndBot,
) -> None:
    tool_and_bot.write()
    tool_and_bot.wiki.advance(hours=30)
    tool_and_bot.approve()
    page = tool_and_bot.get("/status").text
    assert "Review statistics" in page
    assert "November 2026" in page
    assert "100%" in page
    assert "1 day" in page


def test_report_when_the_settings_say_where_leads_there(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.approve()
    page = tool_and_bot.get(f"/events/{page_id}-photo-walk").text
    assert "Talk:Space/Events/A?action=edit&amp;section=new" in page
    settings = "{{Space settings|report page=Meta:Requests}}"
    tool_and_bot.wiki.write("Space/Settings", settings)
    tool_and_bot.sync()
    tool_and_bot.now += timedelta(minutes=11)
    tool_and_bot.get("/events")
    page = tool_and_bot.get(f"/events/{page_id}-photo-walk").text
    assert "Meta:Requests?action=edit&amp;section=new" in page


def test_status_when_a_stranger_edits_the_settings_then_says_what_counts(
    tool_and_bot: ToolAndBot,
) -> None:
    tool_and_bot.sync()
    assert "does not count" not in tool_and_bot.get("/status").text
    tool_and_bot.wiki.as_user("Olu").write("Space/Settings", "{{Space settings}}")
    tool_and_bot.sync()
    page = tool_and_bot.get("/status").text
    assert "Space/Settings" in page
    assert "does not count, because its author lacks" in page


def test_review_when_an_event_and_a_registration_may_be_one_says_what_can_be_done(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.approve()
    tool_and_bot.sync()
    alike = ("Trains <b>", "17", "4000000017")
    times = ("2026-11-28 10:00", "2026-11-28 12:00", "Asia/Tokyo")
    tool_and_bot.store.set_problems(
        page_id,
        Problem(ALIKE, "registration_link", params=alike, severity="warning"),
        Problem(DIFFERS, "start", params=times, severity="warning"),
    )

    tool_and_bot.sync()

    queue = tool_and_bot.get("/review").text
    assert f'href="/review/{page_id}"' in queue
    assert "Compare with registration" in queue
    assert "Nothing is waiting for review." in queue
    for path in ("/status", f"/review/{page_id}"):
        page = tool_and_bot.get(path).text
        assert "Trains &lt;b&gt;" in page, path
        assert "says 2026-11-28 10:00 – 2026-11-28 12:00 (Asia/Tokyo)" in page, path
    assert f"{{{{Space registration|17|same as={page_id}}}}}" in page
    assert "{{Space registration|17|same as=no}}" in page
    assert 'href="/events/4000000017"' in page
    assert f"%5B%5D=17&amp;preloadparams%5B%5D=same+as%3D{page_id}" in page

    status = tool_and_bot.get("/status").text
    assert "Pages to check" in status
    assert "cannot be shown" not in status
    from_right = tool_and_bot.get(f"/review/{page_id}?uselang=ar").text
    assert "<bdi>2026-11-28 10:00</bdi>" in from_right
