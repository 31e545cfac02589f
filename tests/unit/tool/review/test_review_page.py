"""The review screen: what of a page it shows, and to whom it offers verdicts."""

import pytest

from tests.support.review.tool_and_bot import TITLE, ToolAndBot, rev_of
from tests.support.wiki.bot_and_wiki import event


def test_screen_when_nobody_is_signed_in_has_the_page_and_no_verdicts(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    answer = tool_and_bot.get(f"/review/{page_id}")
    assert answer.status_code == 200
    assert "Photo walk" in answer.text
    assert 'name="verdict"' not in answer.text


def test_screen_when_the_guidelines_are_translated_shows_them_in_the_readers_language(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.wiki.write("Space/Guidelines", "Two rules")
    tool_and_bot.wiki.write("Space/Guidelines/zh-hans", "两条规则")
    for code, shown in (("en-GB", "Two"), ("zh-CN", "两条"), ("fi", "Two")):
        page = tool_and_bot.get(f"/review/{page_id}?uselang={code}").text
        assert shown in page.partition("review__guidelines")[2], code


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
