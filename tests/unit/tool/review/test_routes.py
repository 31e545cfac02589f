"""The queue and the review screen: who sees what, and what is saved."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from space.publication.registered import ALIKE, DIFFERS
from space.schema.problems import Problem
from space.wiki.outcomes import Blocked, FilterWarning, ReadOnly, Unreachable
from tests.fakes.wiki_state import SITE
from tests.support.review.tool_and_bot import TITLE, ToolAndBot, rev_of
from tests.support.tool.app import csrf_of
from tests.support.wiki.bot_and_wiki import event


@pytest.fixture
def tool_and_bot() -> Iterator[ToolAndBot]:
    tool_and_bot = ToolAndBot()
    yield tool_and_bot
    tool_and_bot.engine.dispose()


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


def test_screen_when_nobody_is_signed_in_has_the_page_and_no_verdicts(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    answer = tool_and_bot.get(f"/review/{page_id}")
    assert answer.status_code == 200
    assert "Photo walk" in answer.text
    assert 'name="verdict"' not in answer.text


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


def test_screen_when_the_guidelines_are_translated_shows_them_in_the_readers_language(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.wiki.write("Space/Guidelines", "Two rules")
    tool_and_bot.wiki.write("Space/Guidelines/zh-hans", "两条规则")
    for code, shown in (("en-GB", "Two"), ("zh-CN", "两条"), ("fi", "Two")):
        page = tool_and_bot.get(f"/review/{page_id}?uselang={code}").text
        assert shown in page.partition("review__guidelines")[2], code


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


def test_navigation_when_somebody_reviews_leads_to_the_queue(
    tool_and_bot: ToolAndBot,
) -> None:
    tool_and_bot.sign_in("Olu")
    assert ">Review</a>" not in tool_and_bot.get("/").text
    tool_and_bot.client = tool_and_bot.new_client()
    tool_and_bot.sign_in("Pavati")
    assert ">Review</a>" in tool_and_bot.get("/").text


def test_screen_when_no_reviewer_looks_says_so_and_has_no_buttons(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.wiki.register("Lena")
    tool_and_bot.sign_in("Lena")
    page = tool_and_bot.get(f"/review/{page_id}").text
    assert 'name="verdict"' not in page
    assert "are not a reviewer" in page
    assert "rights" not in tool_and_bot.talk()


@pytest.mark.parametrize("kind", ["approve", "changes", "decline", "withdraw"])
def test_verdict_when_given_by_no_reviewer_is_refused_by_the_server(
    tool_and_bot: ToolAndBot, kind: str
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.wiki.register("Lena")
    tool_and_bot.sign_in("Lena")
    token = csrf_of(tool_and_bot.get("/"))
    rev = str(tool_and_bot.page(TITLE).latest.id)
    answer = tool_and_bot.post_raw(
        f"/review/{page_id}", csrf=token, rev=rev, verdict=kind, reason="No."
    )
    assert answer.status_code == 403
    assert tool_and_bot.talk() == ""


def test_verdict_when_an_approval_is_what_the_wikis_link_prefills(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.sign_in("Pavati")
    answer = tool_and_bot.give(page_id, "approve")
    assert answer.status_code == 303
    rev = tool_and_bot.page(TITLE).latest.id
    assert tool_and_bot.talk() == (
        f"== Review: approved ==\n\n{{{{subst:Space approve|rev={rev}}}}}"
    )
    assert tool_and_bot.page(f"Talk:{TITLE}").latest.user == "Pavati"
    assert tool_and_bot.page(f"Talk:{TITLE}").latest.summary == ""


def test_verdict_when_it_has_a_reason_shows_it_literally(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.sign_in("Pavati")
    tool_and_bot.give(page_id, "changes", reason="Which | city?\r\n{{Ping}} ~~~~")
    assert "|reason=Which &#124; city? &#123;&#123;Ping&#125;&#125; &#126;&#126;" in (
        tool_and_bot.talk()
    )
    assert "~~" not in tool_and_bot.talk()


@pytest.mark.parametrize("reason", ["See [[Category:X]]", "x" * 1001, "[//a" * 1001])
def test_verdict_when_its_reason_cannot_be_written_says_so_and_keeps_it(
    tool_and_bot: ToolAndBot, reason: str
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.sign_in("Pavati")
    answer = tool_and_bot.give(page_id, "changes", reason=reason)
    assert answer.status_code == 422
    assert reason in answer.text
    assert tool_and_bot.talk() == ""


def test_verdict_when_reasons_are_ticked_names_them_to_the_wiki(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write(TITLE, event(languages="en"))
    rev = tool_and_bot.page(TITLE).latest.id
    tool_and_bot.sign_in("Pavati")
    tool_and_bot.give(page_id, "changes", ticked="place", reason="Thanks!")
    call = f"{{{{subst:Space changes|rev={rev}|because=place|reason=Thanks!}}}}"
    assert call in tool_and_bot.talk()


@pytest.mark.parametrize(
    "typed",
    [
        "Space/Events/B",
        SITE.article_url.replace("$1", "Space/Events/B"),
        "https://space.example.org/events/{}-b",
    ],
)
def test_verdict_when_a_duplicate_is_named_names_the_page_by_its_title(
    tool_and_bot: ToolAndBot, typed: str
) -> None:
    page_id = tool_and_bot.write()
    other = tool_and_bot.write("Space/Events/B", event(title="B"), by="Lena")
    tool_and_bot.sign_in("Pavati")
    tool_and_bot.give(page_id, "decline", duplicate=typed.format(other))
    assert "|duplicate of=Space/Events/B}}" in tool_and_bot.talk()


def test_verdict_when_the_duplicate_is_no_page_is_not_saved(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.sign_in("Pavati")
    answer = tool_and_bot.give(page_id, "decline", duplicate="Nowhere", ticked="x")
    assert answer.status_code == 422
    assert "There is no page “Nowhere”" in answer.text
    assert 'value="Nowhere"' in answer.text
    assert tool_and_bot.talk() == ""


def test_screen_when_of_a_post_offers_no_reason_that_only_events_have(
    tool_and_bot: ToolAndBot,
) -> None:
    event_id = tool_and_bot.write()
    post_id = tool_and_bot.write("Space/Blog/P", "{{Space post|title=P|language=en}}")
    tool_and_bot.sign_in("Pavati")
    of_event, of_post = (
        tool_and_bot.get(f"/review/{page_id}").text for page_id in (event_id, post_id)
    )
    for name in ("off-topic", "advertising", "duplicate", "source"):
        assert f'value="{name}"' in of_event
        assert f'value="{name}"' in of_post
    assert 'value="time"' in of_event
    assert 'value="time"' not in of_post
    assert 'value="about"' in of_post
    assert "choice-mode" not in of_post


def test_screen_when_of_an_event_says_when_and_where_it_is_and_whose(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write(
        TITLE, event(start="2026-11-25 18:00", city="Auckland", mode="hybrid")
    )
    page = tool_and_bot.get(f"/review/{page_id}").text
    head = page.partition("review__head")[2].partition("</header>")[0]
    assert "25 November 2026" in head
    assert "In 3 days" in head
    assert "Auckland, New Zealand, and online" in head
    for link in (
        "Special:Contributions/Olu",
        "User_talk:Olu",
        "Special:Log/block?page=User%3AOlu",
    ):
        assert link in head


def test_screen_when_changes_were_made_as_asked_shows_them_above_all_else(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write(TITLE, event("It was there before."))
    line = f"{{{{Space review|changes|rev={tool_and_bot.page(TITLE).latest.id}"
    tool_and_bot.wiki.as_user("Rita").write(
        f"Talk:{TITLE}", f"{line}|reason=Which city?}}}} ~~~~"
    )
    tool_and_bot.sync()
    tool_and_bot.write(TITLE, event("It was there before.\nIn Auckland."))
    page = tool_and_bot.get(f"/review/{page_id}").text
    since = page.partition('id="mended-title"')[2].partition("</section>")[0]
    assert "Which city?" in since
    assert "In Auckland." in since.partition("diff-addedline")[2]
    assert page.index('id="mended-title"') < page.index('id="page-title"')
    tool_and_bot.approve()
    tool_and_bot.write(TITLE, event("Another text."))
    assert 'id="mended-title"' not in tool_and_bot.get(f"/review/{page_id}").text


@pytest.mark.parametrize("kind", ["changes", "decline"])
def test_verdict_when_it_asks_without_a_reason_is_not_saved(
    tool_and_bot: ToolAndBot, kind: str
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.sign_in("Pavati")
    answer = tool_and_bot.give(page_id, kind)
    assert answer.status_code == 422
    assert "Please give a reason" in answer.text
    assert tool_and_bot.talk() == ""


def test_verdict_when_the_page_changed_meanwhile_shows_what_and_keeps_the_reason(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.sign_in("Pavati")
    opened = tool_and_bot.get(f"/review/{page_id}")
    tool_and_bot.olu.write(TITLE, event("A line that is new."))
    fields = {"csrf": csrf_of(opened), "rev": rev_of(opened.text)}
    answer = tool_and_bot.post_raw(
        f"/review/{page_id}", verdict="decline", reason="My words.", **fields
    )
    assert answer.status_code == 409
    assert tool_and_bot.talk() == ""
    assert "My words." in answer.text
    assert "A line that is new." in answer.text.partition("review__later")[2]
    assert rev_of(answer.text) == str(tool_and_bot.page(TITLE).latest.id)


@pytest.mark.parametrize("rev", ["", "0", "x", "9" * 20, "9" * 5000, "²"])
def test_verdict_when_its_revision_is_made_up_is_not_saved(
    tool_and_bot: ToolAndBot, rev: str
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.sign_in("Pavati")
    answer = tool_and_bot.give(page_id, "approve", rev=rev)
    assert answer.status_code == 409
    assert tool_and_bot.talk() == ""


def test_verdict_when_sent_from_elsewhere_is_not_saved(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.sign_in("Pavati")
    answer = tool_and_bot.give(page_id, "approve", csrf="forged", reason="Kept.")
    assert "Kept." in answer.text
    assert tool_and_bot.talk() == ""


@pytest.mark.parametrize("kind", ["approve", "changes", "decline"])
def test_verdict_when_the_text_is_the_reviewers_own_is_refused_with_why(
    tool_and_bot: ToolAndBot, kind: str
) -> None:
    page_id = tool_and_bot.write(text="{{Space post|title=A|language=en}}", by="Pavati")
    tool_and_bot.sign_in("Pavati")
    assert "You wrote some of this text" in tool_and_bot.get(f"/review/{page_id}").text
    token = csrf_of(tool_and_bot.get(f"/review/{page_id}"))
    rev = str(tool_and_bot.page(TITLE).latest.id)
    answer = tool_and_bot.post_raw(
        f"/review/{page_id}", csrf=token, rev=rev, verdict=kind, reason="Good."
    )
    assert answer.status_code == 403
    assert tool_and_bot.talk() == ""


def test_verdict_when_the_reviewer_only_mended_anothers_text_is_saved(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.write(TITLE, event("Mended."), by="Lena")
    tool_and_bot.write(TITLE, event("Mended well."), by="Pavati")
    tool_and_bot.sign_in("Pavati")
    assert tool_and_bot.give(page_id, "approve").status_code == 303


def test_screen_when_anothers_change_follows_an_accepted_post_offers_verdicts(
    tool_and_bot: ToolAndBot,
) -> None:
    """The post waits for its day: nobody sees it, and yet it was accepted."""
    title = "Space/Blog/A"
    post = "{{Space post|title=A|language=en|publish after=2026-12-24}}"
    page_id = tool_and_bot.write(title, post, by="Pavati")
    line = f"{{{{Space review|approve|rev={tool_and_bot.page(title).latest.id}}}}} ~~~~"
    tool_and_bot.wiki.as_user("Rita").write(f"Talk:{title}", line)
    tool_and_bot.write(title, post.replace("=A", "=B"), by="Lena")
    tool_and_bot.sign_in("Pavati")
    assert 'value="approve"' in tool_and_bot.get(f"/review/{page_id}").text


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Blocked("no", by="Admin", reason="Spam", endless=True), "does not expire"),
        (ReadOnly("backup"), "backup"),
        (Unreachable(), "kept"),
        (FilterWarning("hm", description="Shouting"), "Shouting"),
    ],
)
def test_verdict_when_the_wiki_refuses_keeps_what_was_typed(
    tool_and_bot: ToolAndBot, outcome: object, said: str
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.sign_in("Pavati")
    page = tool_and_bot.get(f"/review/{page_id}")
    tool_and_bot.wiki.answer_next(outcome)  # type: ignore[arg-type]
    answer = tool_and_bot.post_raw(
        f"/review/{page_id}",
        csrf=csrf_of(page),
        rev=rev_of(page.text),
        verdict="decline",
        reason="Long thought over.",
        ticked="source",
    )
    assert answer.status_code == 409
    assert "Long thought over." in answer.text
    assert re.search(r'value="source" checked', answer.text)
    assert said in answer.text


def test_verdict_when_the_session_ended_waits_with_the_reason_for_signing_in(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.sign_in("Pavati")
    page = tool_and_bot.get(f"/review/{page_id}")
    tool_and_bot.client = tool_and_bot.new_client()
    token = csrf_of(tool_and_bot.get("/write/event"))
    answer = tool_and_bot.post_raw(
        f"/review/{page_id}",
        csrf=token,
        rev=rev_of(page.text),
        verdict="decline",
        reason="Long thought over.",
    )
    assert "Long thought over." in answer.text
    assert 'formaction="/login"' in answer.text
    path = f"/review/{page_id}"
    tool_and_bot.post_raw(
        "/login", csrf=token, return_to=path, reason="Long thought over."
    )
    tool_and_bot.sign_in_answer.user = "Pavati"
    tool_and_bot.get("/oauth-callback?code=good&state=s")
    restored = tool_and_bot.get(path).text
    assert "Long thought over." in restored
    assert "Long thought over." not in tool_and_bot.get(path).text


def test_verdict_when_saved_leads_to_the_next_page_of_the_same_part(
    tool_and_bot: ToolAndBot,
) -> None:
    first = tool_and_bot.write()
    tool_and_bot.write("Space/Blog/P", "{{Space post|title=P|language=en}}", by="Lena")
    second = tool_and_bot.write("Space/Events/B", event(title="B"), by="Lena")
    tool_and_bot.sign_in("Pavati")
    page = tool_and_bot.get(f"/review/{first}?kind=event")
    answer = tool_and_bot.post_raw(
        f"/review/{first}?kind=event",
        csrf=csrf_of(page),
        rev=rev_of(page.text),
        verdict="approve",
    )
    assert answer.headers["Location"].startswith(f"/review/{second}?kind=event")
    following = tool_and_bot.get(answer.headers["Location"]).text
    assert "Your decision about" in following
    assert TITLE in following
    last = tool_and_bot.give(second, "approve")
    assert last.headers["Location"].startswith("/review?")


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


def test_screen_of_the_last_page_says_how_many_wait_before_it(
    tool_and_bot: ToolAndBot,
) -> None:
    pages = [
        tool_and_bot.write(f"Space/Events/{name}", event(), by=name) for name in "ABC"
    ]
    first, _, last = (tool_and_bot.get(f"/review/{page}").text for page in pages)
    assert "Position 1 of 3" in first
    assert "Next in the queue" in first
    assert "Previous in the queue" not in first
    assert "This is the last page in the queue." in last
    assert "2 pages wait before it." in last
    assert "Previous in the queue" in last


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


def test_screen_when_a_verdict_is_on_the_talk_page_says_so(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    rev = tool_and_bot.page(TITLE).latest.id
    line = f"{{{{Space review|changes|rev={rev}|reason=See [[Help:X]]}}}} ~~~~"
    tool_and_bot.wiki.as_user("Rita").write(f"Talk:{TITLE}", line)
    page = tool_and_bot.get(f"/review/{page_id}").text
    assert "The talk page already has a decision about this version" in page
    assert "Rita" in page
    assert ">Help:X</a>" in page


def test_screen_when_the_page_was_published_shows_what_changed(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.approve()
    tool_and_bot.write(TITLE, event("Something new."), by="Lena")
    tool_and_bot.sign_in("Pavati")
    page = tool_and_bot.get(f"/review/{page_id}").text
    assert "diff-addedline" in page
    assert "Something new." in page.partition("<table")[2]
    assert page.index('id="changes-title"') < page.index('id="page-title"')
    assert 'value="withdraw"' in page
    assert "Approving is enough" in page


def test_screen_when_the_wiki_does_not_answer_says_try_later(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.get("/review")
    tool_and_bot.down = True
    assert tool_and_bot.get("/review").status_code == 200
    assert tool_and_bot.get(f"/review/{page_id}").status_code == 503


@pytest.mark.parametrize("path", ["/review/999", "/retract/999"])
def test_screen_when_there_is_no_such_page_is_not_found(
    tool_and_bot: ToolAndBot, path: str
) -> None:
    assert tool_and_bot.get(path).status_code == 404


def test_verdict_when_it_is_no_verdict_is_a_bad_request(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.sign_in("Pavati")
    assert tool_and_bot.give(page_id, "praise").status_code == 400


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


def test_screen_when_a_stranger_reverted_a_correction_is_of_the_correction(
    tool_and_bot: ToolAndBot,
) -> None:
    accepted = event(start="2026-12-05 10:00")
    page_id = tool_and_bot.write(TITLE, accepted)
    tool_and_bot.approve()
    tool_and_bot.write(TITLE, event(start="2026-12-05 11:00"))
    corrected = tool_and_bot.page(TITLE).latest.id
    tool_and_bot.write(TITLE, accepted, by="Mallory")
    tool_and_bot.sign_in("Pavati")
    page = tool_and_bot.get(f"/review/{page_id}").text
    assert rev_of(page) == str(corrected)
    assert "Changes since the approved version" in page  # readers see another already
    tool_and_bot.give(page_id, "changes", reason="It begins at ten")
    assert f"|rev={corrected}|" in tool_and_bot.talk()


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
    assert f"preloadparams%5B%5D=17&amp;preloadparams%5B%5D={page_id}" in page

    status = tool_and_bot.get("/status").text
    assert "Pages to check" in status
    assert "cannot be shown" not in status
    from_right = tool_and_bot.get(f"/review/{page_id}?uselang=ar").text
    assert "<bdi>2026-11-28 10:00</bdi>" in from_right
