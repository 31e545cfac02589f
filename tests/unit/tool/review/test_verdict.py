"""Verdicts: who may give them, and what is saved or said instead."""

import re

import pytest

from space.wiki.outcomes import Blocked, FilterWarning, ReadOnly, Unreachable
from tests.fakes.wiki_state import SITE
from tests.support.review.tool_and_bot import TITLE, ToolAndBot, rev_of
from tests.support.tool.app import csrf_of
from tests.support.wiki.bot_and_wiki import event


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


def test_verdict_when_it_is_no_verdict_is_a_bad_request(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.sign_in("Pavati")
    assert tool_and_bot.give(page_id, "praise").status_code == 400
