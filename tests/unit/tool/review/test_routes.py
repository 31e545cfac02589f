"""The queue and the review screen, on a stage: who sees what, and what is saved."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from space.wiki.outcomes import Blocked, FilterWarning, ReadOnly, Unreachable
from tests.support.review.tool_and_bot import TITLE, Desk, rev_of
from tests.support.tool.app import csrf_of
from tests.support.wiki.bot_and_wiki import event


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.engine.dispose()


def test_queue_when_nobody_is_signed_in_shows_what_waits(desk: Desk) -> None:
    page_id = desk.write()
    answer = desk.get("/review")
    assert answer.status_code == 200
    assert f'href="/review/{page_id}"' in answer.text
    assert "One page waits" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_screen_when_nobody_is_signed_in_has_the_page_and_no_verdicts(
    desk: Desk,
) -> None:
    page_id = desk.write()
    answer = desk.get(f"/review/{page_id}")
    assert answer.status_code == 200
    assert "Photo walk" in answer.text
    assert 'name="verdict"' not in answer.text


def test_queue_when_filtered_shows_a_part_and_says_so_when_empty(desk: Desk) -> None:
    event_id = desk.write(TITLE, event(languages="mi"))
    post_id = desk.write("Space/Blog/B", "{{Space post|title=B|language=ar}}")
    assert f"/review/{post_id}" not in desk.get("/review?kind=event").text
    assert f"/review/{event_id}?language=mi" in desk.get("/review?language=mi").text
    assert "Nothing of this kind" in desk.get("/review?language=de").text


def test_queue_and_status_when_a_text_cannot_be_read_tell_what_to_mend(
    desk: Desk,
) -> None:
    page_id = desk.write(TITLE, event(summary="Hello {{PAGENAME}}"))
    queue, status = desk.get("/review").text, desk.get("/status").text
    assert f'href="/review/{page_id}"' in queue
    assert "Has problems" in queue
    assert "Its author has to mend this first: Summary" in queue
    assert "0 pages wait" in queue
    assert "{{PAGENAME}}" in status
    assert desk.get(f"/review/{page_id}").status_code == 200


@pytest.mark.parametrize("query", ["kind=talk", "page=x"])
def test_queue_when_asked_for_what_is_no_part_names_it(desk: Desk, query: str) -> None:
    assert desk.get(f"/review?{query}").status_code == 400


def test_queue_when_long_has_pages(desk: Desk) -> None:
    for number in range(53):
        writer = desk.wiki.as_user(f"Writer {number}")
        writer.write(f"Space/Events/{number}", event())
    desk.sync()
    first, second = desk.get("/review").text, desk.get("/review?page=1").text
    assert first.count("queue__item") == 50
    assert second.count("queue__item") == 3
    assert 'rel="next"' in first
    assert 'rel="prev"' in second


def test_queue_when_one_account_floods_it_has_one_row(desk: Desk) -> None:
    for number in range(9):
        desk.olu.write(f"Space/Events/{number}", event())
    desk.sync()
    page = desk.get("/review").text
    assert page.count("queue__item") == 1
    assert "Many at once" in page


def test_queue_when_nobody_read_a_title_yet_calls_the_page_by_its_name(
    desk: Desk,
) -> None:
    desk.write(TITLE, event(title='A &lt;b>bold&lt;/b> &amp; "x"'))
    page = desk.get("/review").text
    assert "bold" not in page
    assert TITLE.rpartition("/")[2] in page


def test_navigation_when_somebody_reviews_leads_to_the_queue(desk: Desk) -> None:
    desk.sign_in("Olu")
    assert ">Review</a>" not in desk.get("/").text
    desk.client = desk.new_client()
    desk.sign_in("Pavati")
    assert ">Review</a>" in desk.get("/").text


def test_screen_when_no_reviewer_looks_says_so_and_has_no_buttons(desk: Desk) -> None:
    page_id = desk.write()
    desk.wiki.register("Lena")
    desk.sign_in("Lena")
    page = desk.get(f"/review/{page_id}").text
    assert 'name="verdict"' not in page
    assert "does not hold the reviewers" in page
    assert "rights" not in desk.talk()


@pytest.mark.parametrize("kind", ["approve", "changes", "decline", "withdraw"])
def test_verdict_when_given_by_no_reviewer_is_refused_by_the_server(
    desk: Desk, kind: str
) -> None:
    page_id = desk.write()
    desk.wiki.register("Lena")
    desk.sign_in("Lena")
    token = csrf_of(desk.get("/"))
    rev = str(desk.page(TITLE).latest.id)
    answer = desk.post_raw(
        f"/review/{page_id}", csrf=token, rev=rev, verdict=kind, reason="No."
    )
    assert answer.status_code == 403
    assert desk.talk() == ""


def test_verdict_when_an_approval_is_what_the_wikis_link_prefills(desk: Desk) -> None:
    page_id = desk.write()
    desk.sign_in("Pavati")
    answer = desk.give(page_id, "approve")
    assert answer.status_code == 303
    rev = desk.page(TITLE).latest.id
    assert desk.talk() == (
        f"== Reviewed: approved ==\n\n{{{{subst:Space approve|rev={rev}}}}}"
    )
    assert desk.page(f"Talk:{TITLE}").latest.user == "Pavati"
    assert desk.page(f"Talk:{TITLE}").latest.summary == ""


def test_verdict_when_it_has_a_reason_shows_it_literally(desk: Desk) -> None:
    page_id = desk.write()
    desk.sign_in("Pavati")
    desk.give(page_id, "changes", reason="Which | city?\r\n{{Ping}} ~~~~")
    assert "|reason=Which &#124; city? &#123;&#123;Ping&#125;&#125; &#126;&#126;" in (
        desk.talk()
    )
    assert "~~" not in desk.talk()


@pytest.mark.parametrize("reason", ["See [[Category:X]]", "x" * 1001, "[//a" * 1001])
def test_verdict_when_its_reason_cannot_be_written_says_so_and_keeps_it(
    desk: Desk, reason: str
) -> None:
    page_id = desk.write()
    desk.sign_in("Pavati")
    answer = desk.give(page_id, "changes", reason=reason)
    assert answer.status_code == 422
    assert reason in answer.text
    assert desk.talk() == ""


def test_verdict_when_reasons_are_ticked_says_them_in_the_language_of_the_page(
    desk: Desk,
) -> None:
    page_id = desk.write(TITLE, event(languages="en"))
    desk.sign_in("Pavati")
    desk.give(page_id, "changes", ticked="place", reason="Thanks!")
    assert "at least the country. Thanks!" in desk.talk()


@pytest.mark.parametrize("kind", ["changes", "decline"])
def test_verdict_when_it_asks_without_a_reason_is_not_saved(
    desk: Desk, kind: str
) -> None:
    page_id = desk.write()
    desk.sign_in("Pavati")
    answer = desk.give(page_id, kind)
    assert answer.status_code == 422
    assert "Please say why" in answer.text
    assert desk.talk() == ""


def test_verdict_when_the_page_changed_meanwhile_shows_what_and_keeps_the_reason(
    desk: Desk,
) -> None:
    page_id = desk.write()
    desk.sign_in("Pavati")
    opened = desk.get(f"/review/{page_id}")
    desk.olu.write(TITLE, event("A line that is new."))
    fields = {"csrf": csrf_of(opened), "rev": rev_of(opened.text)}
    answer = desk.post_raw(
        f"/review/{page_id}", verdict="decline", reason="My words.", **fields
    )
    assert answer.status_code == 409
    assert desk.talk() == ""
    assert "My words." in answer.text
    assert "A line that is new." in answer.text.partition("review__later")[2]
    assert rev_of(answer.text) == str(desk.page(TITLE).latest.id)


@pytest.mark.parametrize("rev", ["", "0", "x", "9" * 20, "9" * 5000, "²"])
def test_verdict_when_its_revision_is_made_up_is_not_saved(
    desk: Desk, rev: str
) -> None:
    page_id = desk.write()
    desk.sign_in("Pavati")
    answer = desk.give(page_id, "approve", rev=rev)
    assert answer.status_code == 409
    assert desk.talk() == ""


def test_verdict_when_sent_from_elsewhere_is_not_saved(desk: Desk) -> None:
    page_id = desk.write()
    desk.sign_in("Pavati")
    answer = desk.give(page_id, "approve", csrf="forged", reason="Kept.")
    assert "Kept." in answer.text
    assert desk.talk() == ""


@pytest.mark.parametrize("kind", ["approve", "changes", "decline"])
def test_verdict_when_the_text_is_the_reviewers_own_is_refused_with_why(
    desk: Desk, kind: str
) -> None:
    page_id = desk.write(text="{{Space post|title=A|language=en}}", by="Pavati")
    desk.sign_in("Pavati")
    assert "This text is your own" in desk.get(f"/review/{page_id}").text
    token = csrf_of(desk.get(f"/review/{page_id}"))
    rev = str(desk.page(TITLE).latest.id)
    answer = desk.post_raw(
        f"/review/{page_id}", csrf=token, rev=rev, verdict=kind, reason="Good."
    )
    assert answer.status_code == 403
    assert desk.talk() == ""


def test_verdict_when_the_reviewer_only_mended_anothers_text_is_saved(
    desk: Desk,
) -> None:
    page_id = desk.write()
    desk.write(TITLE, event("Mended."), by="Lena")
    desk.write(TITLE, event("Mended well."), by="Pavati")
    desk.sign_in("Pavati")
    assert desk.give(page_id, "approve").status_code == 303


def test_screen_when_anothers_change_follows_an_accepted_post_offers_verdicts(
    desk: Desk,
) -> None:
    """The post waits for its day: nobody sees it, and yet it was accepted."""
    title = "Space/Blog/A"
    post = "{{Space post|title=A|language=en|publish after=2026-12-24}}"
    page_id = desk.write(title, post, by="Pavati")
    line = f"{{{{Space review|approve|rev={desk.page(title).latest.id}}}}} ~~~~"
    desk.wiki.as_user("Rita").write(f"Talk:{title}", line)
    desk.write(title, post.replace("=A", "=B"), by="Lena")
    desk.sign_in("Pavati")
    assert 'value="approve"' in desk.get(f"/review/{page_id}").text


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Blocked("no", by="Admin", reason="Spam", endless=True), "no end date"),
        (ReadOnly("backup"), "backup"),
        (Unreachable(), "kept"),
        (FilterWarning("hm", description="Shouting"), "Shouting"),
    ],
)
def test_verdict_when_the_wiki_refuses_keeps_what_was_typed(
    desk: Desk, outcome: object, said: str
) -> None:
    page_id = desk.write()
    desk.sign_in("Pavati")
    page = desk.get(f"/review/{page_id}")
    desk.wiki.answer_next(outcome)  # type: ignore[arg-type]
    answer = desk.post_raw(
        f"/review/{page_id}",
        csrf=csrf_of(page),
        rev=rev_of(page.text),
        verdict="decline",
        reason="Long thought over.",
        ticked="about",
    )
    assert answer.status_code == 409
    assert "Long thought over." in answer.text
    assert re.search(r'value="about" checked', answer.text)
    assert said in answer.text


def test_verdict_when_the_session_ended_waits_with_the_reason_for_signing_in(
    desk: Desk,
) -> None:
    page_id = desk.write()
    desk.sign_in("Pavati")
    page = desk.get(f"/review/{page_id}")
    desk.client = desk.new_client()
    token = csrf_of(desk.get("/write/event"))
    answer = desk.post_raw(
        f"/review/{page_id}",
        csrf=token,
        rev=rev_of(page.text),
        verdict="decline",
        reason="Long thought over.",
    )
    assert "Long thought over." in answer.text
    assert 'formaction="/login"' in answer.text
    path = f"/review/{page_id}"
    desk.post_raw("/login", csrf=token, return_to=path, reason="Long thought over.")
    desk.sign_in_answer.user = "Pavati"
    desk.get("/oauth-callback?code=good&state=s")
    restored = desk.get(path).text
    assert "Long thought over." in restored
    assert "Long thought over." not in desk.get(path).text


def test_verdict_when_saved_leads_to_the_next_page_of_the_same_part(
    desk: Desk,
) -> None:
    first = desk.write()
    desk.write("Space/Blog/P", "{{Space post|title=P|language=en}}", by="Lena")
    second = desk.write("Space/Events/B", event(title="B"), by="Lena")
    desk.sign_in("Pavati")
    page = desk.get(f"/review/{first}?kind=event")
    answer = desk.post_raw(
        f"/review/{first}?kind=event",
        csrf=csrf_of(page),
        rev=rev_of(page.text),
        verdict="approve",
    )
    assert answer.headers["Location"].startswith(f"/review/{second}?kind=event")
    following = desk.get(answer.headers["Location"]).text
    assert "Your verdict on" in following
    assert TITLE in following
    last = desk.give(second, "approve")
    assert last.headers["Location"].startswith("/review?")


def test_screen_when_a_verdict_is_on_the_talk_page_says_so(desk: Desk) -> None:
    page_id = desk.write()
    rev = desk.page(TITLE).latest.id
    line = f"{{{{Space review|changes|rev={rev}|reason=See [[Help:X]]}}}} ~~~~"
    desk.wiki.as_user("Rita").write(f"Talk:{TITLE}", line)
    page = desk.get(f"/review/{page_id}").text
    assert "The talk page has a verdict on this very version" in page
    assert "Rita" in page
    assert ">Help:X</a>" in page


def test_screen_when_the_page_was_published_shows_what_changed(desk: Desk) -> None:
    page_id = desk.write()
    desk.approve()
    desk.write(TITLE, event("Something new."), by="Lena")
    desk.sign_in("Pavati")
    page = desk.get(f"/review/{page_id}").text
    assert "diff-addedline" in page
    assert "Something new." in page.partition("<table")[2]
    assert 'value="withdraw"' in page


def test_screen_when_the_wiki_does_not_answer_says_try_later(desk: Desk) -> None:
    page_id = desk.write()
    desk.get("/review")
    desk.down = True
    assert desk.get("/review").status_code == 200
    assert desk.get(f"/review/{page_id}").status_code == 503


@pytest.mark.parametrize("path", ["/review/999", "/retract/999"])
def test_screen_when_there_is_no_such_page_is_not_found(desk: Desk, path: str) -> None:
    assert desk.get(path).status_code == 404


def test_verdict_when_it_is_no_verdict_is_a_bad_request(desk: Desk) -> None:
    page_id = desk.write()
    desk.sign_in("Pavati")
    assert desk.give(page_id, "praise").status_code == 400


def test_mine_when_pages_stand_differently_says_why_and_what_to_do(desk: Desk) -> None:
    desk.write("Space/Events/B", event(title="B"), by="Lena")
    page_id = desk.write()
    desk.sign_in("Olu")
    page = desk.get("/mine").text
    assert "Number 2 of 2" in page
    desk.wiki.as_user("Rita").write(
        f"Talk:{TITLE}",
        f"{{{{Space review|changes|rev={desk.page(TITLE).latest.id}"
        "|reason=Which city?}} ~~~~",
    )
    desk.sync()
    page = desk.get("/mine").text
    assert "Which city?" in page
    assert ">Rita</a>" in page
    assert f"/edit/{page_id}" in page
    assert "Number" not in page
    assert "Which city?" in desk.get(f"/edit/{page_id}").text
    desk.write(TITLE, event(city="Auckland"))
    assert "Number 2 of 2" in desk.get("/mine").text


def test_feed_when_asked_has_what_waits_newest_first(desk: Desk) -> None:
    desk.write(TITLE, event(title="A & &lt;b>"))
    desk.write("Space/Events/B", event(title="B"), by="Lena")
    answer = desk.get("/feeds/review.atom")
    assert answer.content_type.startswith("application/atom+xml")
    assert "Set-Cookie" not in answer.headers
    assert re.findall("<title>(.*?)</title>", answer.text) == [
        "Waiting for review",
        "B",
        "A",
    ]
    tag = answer.headers["ETag"]
    again = desk.get("/feeds/review.atom", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert "<title>A" not in desk.get("/feeds/review.atom?kind=post").text
    assert desk.get("/feeds/review.atom?kind=x").status_code == 400


def test_status_when_pages_were_reviewed_tells_how_long_it_took(desk: Desk) -> None:
    desk.write()
    desk.wiki.advance(hours=30)
    desk.approve()
    page = desk.get("/status").text
    assert "How review is doing" in page
    assert "November 2026" in page
    assert "100%" in page
    assert "1 day" in page


def test_report_when_the_settings_say_where_leads_there(desk: Desk) -> None:
    page_id = desk.write()
    desk.approve()
    page = desk.get(f"/events/{page_id}-photo-walk").text
    assert "Talk:Space/Events/A?action=edit&amp;section=new" in page
    settings = "{{Space settings|report page=Meta:Requests}}"
    desk.wiki.write("Space/Settings", settings)
    desk.sync()
    desk.now += timedelta(minutes=11)
    desk.get("/events")
    page = desk.get(f"/events/{page_id}-photo-walk").text
    assert "Meta:Requests?action=edit&amp;section=new" in page


def test_status_when_a_stranger_edits_the_settings_then_says_what_counts(
    desk: Desk,
) -> None:
    desk.sync()
    assert "does not count" not in desk.get("/status").text
    desk.wiki.as_user("Olu").write("Space/Settings", "{{Space settings}}")
    desk.sync()
    page = desk.get("/status").text
    assert "Space/Settings" in page
    assert "does not count, as its author did not hold" in page
