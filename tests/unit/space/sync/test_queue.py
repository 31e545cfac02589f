"""What the sync asks the wiki for the queue, and what comes of it."""

from datetime import date

from space.review.queue import EventFacts, Row, Section
from tests.support.wiki.bot_and_wiki import BotAndWiki

LONG = "We meet in the library and write about rivers. " * 8


def queue(bot_and_wiki: BotAndWiki, **options: object) -> tuple[Row, ...]:
    bot_and_wiki.sync(**options)
    return bot_and_wiki.store.queue.rows()


def test_queue_when_a_page_is_new_has_it_until_it_is_approved(
    bot_and_wiki: BotAndWiki,
) -> None:
    revid = bot_and_wiki.event("Space/Events/A", languages="mi; en")
    (row,) = queue(bot_and_wiki)
    assert (row.title, row.kind, row.pending_revision) == (
        "Space/Events/A",
        "event",
        revid,
    )
    assert (row.name, row.author, row.edits) == ("A", "Ann", 1)
    assert (row.languages, row.first, row.published_revision) == (
        ("mi", "en"),
        True,
        None,
    )
    assert "summary" in row.missing
    bot_and_wiki.approve("Space/Events/A", revid)
    assert queue(bot_and_wiki) == ()


def test_queue_names_empty_fields_but_none_that_says_enough_by_itself(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.event(
        "Space/Events/A", mode="online", country="", end="2026-11-28 12:00"
    )
    bot_and_wiki.ann.write("Space/Blog/B", "{{Space post|title=B|language=en}}")

    online, post = queue(bot_and_wiki)

    assert online.missing == ("summary",)
    assert post.missing == ("summary", "authors", "topics", "image")


def test_queue_when_an_approved_page_changes_names_who_changed_it(
    bot_and_wiki: BotAndWiki,
) -> None:
    revid = bot_and_wiki.publish("Space/Events/A")
    lena = bot_and_wiki.admin.as_user("Lena")
    page = bot_and_wiki.admin.state.page("Space/Events/A")
    assert page is not None
    lena.write("Space/Events/A", page.latest.text + "\nMore.")
    (row,) = queue(bot_and_wiki)
    assert (row.author, row.published_revision, row.first) == ("Lena", revid, False)


def test_queue_when_asked_changes_are_made_then_the_page_has_its_place_again(
    bot_and_wiki: BotAndWiki,
) -> None:
    first = bot_and_wiki.event("Space/Events/A")
    bot_and_wiki.sync()
    bot_and_wiki.event("Space/Events/B")
    bot_and_wiki.sync()
    bot_and_wiki.approve("Space/Events/A", first, "changes")
    assert [row.name for row in queue(bot_and_wiki)] == ["B"]
    bot_and_wiki.admin.advance(hours=1)
    bot_and_wiki.event("Space/Events/A", summary="What was missing.")
    rows = queue(bot_and_wiki)
    assert [row.name for row in rows] == ["A", "B"]
    assert rows[0].pending_since < rows[1].pending_since
    assert (rows[0].section, rows[0].changes_asked) == (Section.FIXED, first)
    assert (rows[1].section, rows[1].changes_asked) == (Section.WAITING, 0)
    assert rows[0].event == EventFacts(
        date(2026, 11, 28), date(2026, 11, 28), "in-person", "NZ"
    )
    fixed = rows[0].pending_revision
    bot_and_wiki.approve("Space/Events/A", fixed)
    bot_and_wiki.event("Space/Events/A", summary="One more change.")
    assert [row.section for row in queue(bot_and_wiki)] == [Section.WAITING] * 2


def test_queue_when_a_mended_page_is_declined_and_written_anew_is_new_again(
    bot_and_wiki: BotAndWiki,
) -> None:
    for verdict in ("changes", "decline"):
        revision = bot_and_wiki.event("Space/Events/A", summary=f"Before {verdict}.")
        bot_and_wiki.sync()
        bot_and_wiki.approve("Space/Events/A", revision, verdict)
        bot_and_wiki.sync()
    bot_and_wiki.event("Space/Events/A", summary="Once more.")
    (row,) = queue(bot_and_wiki)
    assert (row.section, row.changes_asked, row.again) == (Section.WAITING, 0, True)


def test_queue_when_its_author_is_blocked_leaves_the_page_out(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.event("Space/Events/A")
    assert len(queue(bot_and_wiki)) == 1
    bot_and_wiki.admin.block("Ann")
    assert queue(bot_and_wiki) == ()
    bot_and_wiki.admin.unblock("Ann")
    assert len(queue(bot_and_wiki)) == 1


def test_queue_when_a_link_gets_on_the_list_says_so_from_the_next_day(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.event("Space/Events/A", "[https://casino.example/x Win!]")
    (row,) = queue(bot_and_wiki)
    assert row.spam == ()
    bot_and_wiki.admin.state.spam.append("casino.example")
    bot_and_wiki.admin.advance(days=1)
    (row,) = queue(bot_and_wiki)
    assert row.spam == ("https://casino.example/x",)


def test_queue_when_a_text_is_a_copy_names_the_first(bot_and_wiki: BotAndWiki) -> None:
    bot_and_wiki.event("Space/Events/A", LONG)
    bot_and_wiki.event("Space/Events/B", LONG)
    first, second = queue(bot_and_wiki)
    assert first.like is None
    assert second.like is not None
    assert second.like.title == "Space/Events/A"


def test_queue_when_a_verdict_is_forged_shows_who_forged_it(
    bot_and_wiki: BotAndWiki,
) -> None:
    revid = bot_and_wiki.event("Space/Events/A")
    line = f"{{{{Space review|approve|rev={revid}}}}} ~~~~"
    bot_and_wiki.ann.write(
        "Talk:Space/Events/A", line.replace("~~~~", "[[User:Pavati]] ~~~~~")
    )
    (row,) = queue(bot_and_wiki)
    (refusal,) = row.refusals
    assert (refusal.flaw, refusal.account, refusal.adder) == (
        "not-signer",
        "Pavati",
        "Ann",
    )


def test_queue_when_a_verdict_named_no_revision_asks_its_account_again(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.event("Space/Events/A")
    bot_and_wiki.pavati.write("Talk:Space/Events/A", "{{Space review|approve}} ~~~~")
    (row,) = queue(bot_and_wiki)
    assert row.asks_again == ("Pavati",)


def test_queue_when_a_page_was_declined_says_that_it_comes_again(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.approve(
        "Space/Events/A", bot_and_wiki.event("Space/Events/A"), "decline"
    )
    assert queue(bot_and_wiki) == ()
    bot_and_wiki.event("Space/Events/A", "Better.")
    (row,) = queue(bot_and_wiki)
    assert row.again


def test_queue_when_changes_were_asked_is_entered_again_by_the_next_edit(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.approve(
        "Space/Events/A", bot_and_wiki.event("Space/Events/A"), "changes"
    )
    assert queue(bot_and_wiki) == ()
    bot_and_wiki.event("Space/Events/A", "Better.")
    (row,) = queue(bot_and_wiki)
    assert not row.again
    assert row.published_revision is None


def test_queue_when_nothing_changed_costs_few_requests(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.admin.remove_groups("SpaceBot", "bot")
    for number in range(120):
        writer = bot_and_wiki.admin.as_user(f"Writer {number}")
        text = "{{Space post|title=X|language=en|summary=S}} https://n.example/"
        writer.write(f"Space/Blog/{number}", f"{text}{number}")
    assert len(queue(bot_and_wiki)) == 120
    bot_and_wiki.sync()
    assert bot_and_wiki.bot.requests.content == 0
    assert bot_and_wiki.bot.requests.other <= 4 * 3 + 20
    bot_and_wiki.sync(full=True)
    assert bot_and_wiki.bot.requests.content == 0
    assert bot_and_wiki.bot.requests.other <= 4 * 3 + 20


def test_figures_when_a_page_was_reviewed_tell_how_long_it_took(
    bot_and_wiki: BotAndWiki,
) -> None:
    revid = bot_and_wiki.event("Space/Events/A", languages="mi")
    bot_and_wiki.event("Space/Events/B")
    bot_and_wiki.admin.advance(hours=5)
    bot_and_wiki.approve("Space/Events/A", revid)
    bot_and_wiki.sync()
    (month,) = bot_and_wiki.store.statistics.months()
    assert (month.month, month.pages, month.published) == ("2026-11", 2, 1)
    assert (month.reviewed, month.prompt, month.reviewers) == (1, 1, 1)
    assert month.median == month.ninetieth == 300
    assert (month.authors, month.volunteers) == (1, 1)
    assert [(language.code, language.pages) for language in month.languages] == [
        ("mi", 1)
    ]
    assert month.overdue == 0
    bot_and_wiki.admin.advance(days=4)
    bot_and_wiki.sync()
    (month,) = bot_and_wiki.store.statistics.months()
    assert (month.overdue, month.prompt_share) == (1, 0.5)


def test_queue_when_readers_see_a_change_already_asks_to_look_at_it_and_no_more(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.publish("Space/Events/A")
    bot_and_wiki.event("Space/Events/A", start="2026-11-28 11:00")
    (row,) = queue(bot_and_wiki)
    assert (row.section, row.waits, row.corrected) == (Section.LIVE, False, ("start",))
    revision = bot_and_wiki.event("Space/Events/A", summary="And words.")
    (row,) = queue(bot_and_wiki)
    assert (row.section, row.waits) == (Section.WAITING, True)
    bot_and_wiki.approve("Space/Events/A", revision)
    assert queue(bot_and_wiki) == ()
