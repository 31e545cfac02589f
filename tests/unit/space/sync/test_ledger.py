import json
from dataclasses import replace

import pytest

from space.errors import WikiUnavailableError
from space.review.ledger import block_title
from space.sync import Session
from space.sync.memory import Memory
from space.wiki.outcomes import Conflict, ReadOnly
from space.wiki.values import Edit
from tests.support.wiki.bot_and_wiki import BotAndWiki

WALK = "Space/Events/Walk"


def test_sync_when_nothing_changed_edits_and_reads_nothing(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.publish(WALK)
    bot_and_wiki.event("Space/Events/Waiting")
    bot_and_wiki.ann.write("Elsewhere", "an edit that does not matter")
    bot_and_wiki.sync()
    for full in (False, True):
        revisions = bot_and_wiki.admin.state.next_revision
        report = bot_and_wiki.sync(full=full)
        assert (report.decided, report.ledger, report.stored) == ((), (), 0)
        assert bot_and_wiki.bot.requests.content == 0
        assert bot_and_wiki.admin.state.next_revision == revisions


def test_sync_when_people_only_talk_does_not_edit_the_ledger(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.publish(WALK)
    bot_and_wiki.admin.as_user("Lena").write(f"Talk:{WALK}/More", "Elsewhere")
    talk = bot_and_wiki.admin.state.page(f"Talk:{WALK}")
    assert talk is not None
    bot_and_wiki.admin.as_user("Lena").write(
        f"Talk:{WALK}", talk.latest.text + "\n\nNice!"
    )
    report = bot_and_wiki.sync()
    assert len(report.decided) == 1
    assert report.ledger == ()
    assert bot_and_wiki.sync(full=True).decided == ()


def test_sync_when_the_ledger_says_how_far_a_talk_page_was_read_then_only_it_does(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.publish(WALK)
    assert Memory.read(bot_and_wiki.store).talk == {}
    said = bot_and_wiki.ann.write(f"Talk:{WALK}", "Nice!")
    bot_and_wiki.sync()
    page = bot_and_wiki.admin.state.page(WALK)
    assert page is not None
    assert Memory.read(bot_and_wiki.store).talk == {page.id: said.revid}
    bot_and_wiki.approve(WALK, bot_and_wiki.event(WALK, "Again."))
    bot_and_wiki.sync()
    assert Memory.read(bot_and_wiki.store).talk == {}


def test_part_when_the_wiki_takes_no_ledger_then_its_verdict_is_read_again(
    bot_and_wiki: BotAndWiki,
) -> None:
    session = Session()
    bot_and_wiki.sync(session=session)
    revid = bot_and_wiki.event(WALK)
    bot_and_wiki.approve(WALK, revid)
    bot_and_wiki.admin.state.scripted = [ReadOnly()]
    bot_and_wiki.sync_part([WALK], session, bot_and_wiki.admin.advance(minutes=1))
    assert bot_and_wiki.published == {}
    bot_and_wiki.sync_part([WALK], session, bot_and_wiki.admin.advance(minutes=1))
    assert bot_and_wiki.published == {WALK: revid}


def test_sync_when_verdicts_fill_many_talk_revisions_finds_the_adder(
    bot_and_wiki: BotAndWiki,
) -> None:
    revid = bot_and_wiki.event(WALK)
    for number in range(130):
        bot_and_wiki.admin.as_user("Lena").write(f"Talk:{WALK}", f"Comment {number}")
    bot_and_wiki.approve(WALK, revid)
    for number in range(60):
        talk = bot_and_wiki.admin.state.page(f"Talk:{WALK}")
        assert talk is not None
        text = f"{talk.latest.text}\n{number}"
        bot_and_wiki.admin.as_user("Lena").write(f"Talk:{WALK}", text)
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {WALK: revid}


def test_sync_when_ledger_was_edited_by_another_account_believes_the_bot(
    bot_and_wiki: BotAndWiki,
) -> None:
    revid = bot_and_wiki.publish(WALK)
    title = block_title("SpaceBot", 0)
    page = bot_and_wiki.admin.state.page(title)
    assert page is not None
    good = json.loads(page.latest.text)
    bot_and_wiki.admin.write(title, '{"schema": 1}')
    bot_and_wiki.drop_store()
    report = bot_and_wiki.sync()
    assert bot_and_wiki.published == {WALK: revid}
    assert report.ledger == (title,)
    assert json.loads(page.latest.text) == good
    assert page.latest.user == "SpaceBot"


def test_sync_when_ledger_cannot_be_read_is_left_alone(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.publish(WALK)
    title = block_title("SpaceBot", 0)
    bot_and_wiki.bot.write(title, '{"schema": 1, "p1": {"page": "one"}}')
    bot_and_wiki.event(WALK, start="2026-12-01 10:00")
    revisions = bot_and_wiki.admin.state.next_revision
    report = bot_and_wiki.sync()
    assert [problem.code for _, problem in report.ledger_problems] == ["ledger-entry"]
    assert report.ledger == ()
    assert bot_and_wiki.admin.state.next_revision == revisions


def test_sync_when_bot_has_another_name_keeps_the_former_ledger(
    bot_and_wiki: BotAndWiki,
) -> None:
    revid = bot_and_wiki.publish(WALK)
    old = bot_and_wiki.bot
    bot_and_wiki.bot = bot_and_wiki.admin.as_user("NewBot", "bot")
    bot_and_wiki.rules = replace(
        bot_and_wiki.rules, bot="NewBot", former_bots=("SpaceBot",)
    )
    bot_and_wiki.drop_store()
    report = bot_and_wiki.sync()
    assert bot_and_wiki.published == {WALK: revid}
    assert report.ledger == (block_title("NewBot", 0),)
    assert bot_and_wiki.ledger(1).status.published is not None
    assert bot_and_wiki.sync(full=True).ledger == ()
    assert old.user == "SpaceBot"


def test_sync_when_dry_says_what_it_would_do_and_does_nothing(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.event(WALK)
    revisions = bot_and_wiki.admin.state.next_revision
    report = bot_and_wiki.sync(save=None)
    assert report.ledger == (block_title("SpaceBot", 0),)
    assert report.stored == 1
    assert bot_and_wiki.admin.state.next_revision == revisions
    assert list(bot_and_wiki.store.records.all()) == []
    assert bot_and_wiki.store.checkpoint is None


def test_sync_when_ledger_cannot_be_written_publishes_nothing_new(
    bot_and_wiki: BotAndWiki,
) -> None:
    revid = bot_and_wiki.event(WALK)
    bot_and_wiki.approve(WALK, revid)
    for refusal in (ReadOnly("moving"), Conflict("meanwhile")):
        bot_and_wiki.admin.answer_next(refusal)
        report = bot_and_wiki.sync()
        assert not report.complete
        assert bot_and_wiki.published == {}
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {WALK: revid}


def test_sync_when_answer_to_a_ledger_edit_is_lost_is_made_good(
    bot_and_wiki: BotAndWiki,
) -> None:
    revid = bot_and_wiki.event(WALK)
    bot_and_wiki.approve(WALK, revid)
    bot_and_wiki.admin.lose_next_answer()
    assert not bot_and_wiki.sync().complete
    report = bot_and_wiki.sync()
    assert report.ledger == ()
    assert bot_and_wiki.published == {WALK: revid}


def test_sync_when_killed_anywhere_ends_where_an_undisturbed_one_does() -> None:
    def scenario(bot_and_wiki: BotAndWiki) -> None:
        revid = bot_and_wiki.event(WALK)
        bot_and_wiki.approve(WALK, revid)
        bot_and_wiki.event("Space/Events/Other")

    calm = BotAndWiki()
    scenario(calm)
    calm.sync()
    expected = calm.published
    calm.engine.dispose()
    for requests in range(40):
        bot_and_wiki = BotAndWiki()
        scenario(bot_and_wiki)
        bot_and_wiki.bot.fail_after = requests
        try:
            complete = bot_and_wiki.sync().complete
        except WikiUnavailableError:
            complete = False
        bot_and_wiki.bot.fail_after = None
        bot_and_wiki.sync()
        assert bot_and_wiki.published == expected
        assert bot_and_wiki.sync(full=True).decided == ()
        bot_and_wiki.engine.dispose()
        if complete:
            return
    pytest.fail("the sync never came to its end")


def test_sync_when_store_was_not_written_after_the_ledger_is_made_good(
    bot_and_wiki: BotAndWiki,
) -> None:
    revid = bot_and_wiki.event(WALK)
    bot_and_wiki.sync()
    bot_and_wiki.approve(WALK, revid)

    class KilledError(Exception):
        pass

    def save_and_die(edit: Edit) -> None:
        bot_and_wiki.bot.save(edit)
        raise KilledError

    with pytest.raises(KilledError):
        bot_and_wiki.sync(save=save_and_die)
    assert bot_and_wiki.published == {}
    report = bot_and_wiki.sync()
    assert bot_and_wiki.published == {WALK: revid}
    assert report.ledger == ()


def test_sync_when_checkpoint_is_old_reads_everything(bot_and_wiki: BotAndWiki) -> None:
    bot_and_wiki.publish(WALK)
    assert not bot_and_wiki.sync().full
    bot_and_wiki.admin.advance(days=26)
    assert bot_and_wiki.sync().full
