import json
from dataclasses import replace

import pytest

from space.errors import WikiUnavailableError
from space.review.ledger import block_title
from space.wiki.outcomes import Conflict, ReadOnly
from space.wiki.values import Edit
from tests.support.wiki.bot_and_wiki import Newsroom

WALK = "Space/Events/Walk"


def test_sync_when_nothing_changed_edits_and_reads_nothing(room: Newsroom) -> None:
    room.publish(WALK)
    room.event("Space/Events/Waiting")
    room.ann.write("Elsewhere", "an edit that does not matter")
    room.sync()
    for full in (False, True):
        revisions = room.admin.state.next_revision
        report = room.sync(full=full)
        assert (report.decided, report.ledger, report.stored) == ((), (), 0)
        assert room.bot.requests.content == 0
        assert room.admin.state.next_revision == revisions


def test_sync_when_people_only_talk_does_not_edit_the_ledger(room: Newsroom) -> None:
    room.publish(WALK)
    room.admin.as_user("Lena").write(f"Talk:{WALK}/More", "Elsewhere")
    talk = room.admin.state.page(f"Talk:{WALK}")
    assert talk is not None
    room.admin.as_user("Lena").write(f"Talk:{WALK}", talk.latest.text + "\n\nNice!")
    report = room.sync()
    assert len(report.decided) == 1
    assert report.ledger == ()
    assert room.sync(full=True).decided == ()


def test_sync_when_verdicts_fill_many_talk_revisions_finds_the_adder(
    room: Newsroom,
) -> None:
    revid = room.event(WALK)
    for number in range(130):
        room.admin.as_user("Lena").write(f"Talk:{WALK}", f"Comment {number}")
    room.approve(WALK, revid)
    for number in range(60):
        talk = room.admin.state.page(f"Talk:{WALK}")
        assert talk is not None
        text = f"{talk.latest.text}\n{number}"
        room.admin.as_user("Lena").write(f"Talk:{WALK}", text)
    room.sync()
    assert room.published == {WALK: revid}


def test_sync_when_ledger_was_edited_by_another_account_believes_the_bot(
    room: Newsroom,
) -> None:
    revid = room.publish(WALK)
    title = block_title("SpaceBot", 0)
    page = room.admin.state.page(title)
    assert page is not None
    good = json.loads(page.latest.text)
    room.admin.write(title, '{"schema": 1}')
    room.drop_store()
    report = room.sync()
    assert room.published == {WALK: revid}
    assert report.ledger == (title,)
    assert json.loads(page.latest.text) == good
    assert page.latest.user == "SpaceBot"


def test_sync_when_ledger_cannot_be_read_is_left_alone(room: Newsroom) -> None:
    room.publish(WALK)
    title = block_title("SpaceBot", 0)
    room.bot.write(title, '{"schema": 1, "p1": {"page": "one"}}')
    room.event(WALK, start="2026-12-01 10:00")
    revisions = room.admin.state.next_revision
    report = room.sync()
    assert [problem.code for _, problem in report.ledger_problems] == ["ledger-entry"]
    assert report.ledger == ()
    assert room.admin.state.next_revision == revisions


def test_sync_when_bot_has_another_name_keeps_the_former_ledger(room: Newsroom) -> None:
    revid = room.publish(WALK)
    old = room.bot
    room.bot = room.admin.as_user("NewBot", "bot")
    room.rules = replace(room.rules, bot="NewBot", former_bots=("SpaceBot",))
    room.drop_store()
    report = room.sync()
    assert room.published == {WALK: revid}
    assert report.ledger == (block_title("NewBot", 0),)
    assert room.ledger(1).status.published is not None
    assert room.sync(full=True).ledger == ()
    assert old.user == "SpaceBot"


def test_sync_when_dry_says_what_it_would_do_and_does_nothing(room: Newsroom) -> None:
    room.event(WALK)
    revisions = room.admin.state.next_revision
    report = room.sync(save=None)
    assert report.ledger == (block_title("SpaceBot", 0),)
    assert report.stored == 1
    assert room.admin.state.next_revision == revisions
    assert list(room.store.records.all()) == []
    assert room.store.checkpoint is None


def test_sync_when_ledger_cannot_be_written_publishes_nothing_new(
    room: Newsroom,
) -> None:
    revid = room.event(WALK)
    room.approve(WALK, revid)
    for refusal in (ReadOnly("moving"), Conflict("meanwhile")):
        room.admin.answer_next(refusal)
        report = room.sync()
        assert not report.complete
        assert room.published == {}
    room.sync()
    assert room.published == {WALK: revid}


def test_sync_when_answer_to_a_ledger_edit_is_lost_is_made_good(room: Newsroom) -> None:
    revid = room.event(WALK)
    room.approve(WALK, revid)
    room.admin.lose_next_answer()
    assert not room.sync().complete
    report = room.sync()
    assert report.ledger == ()
    assert room.published == {WALK: revid}


def test_sync_when_killed_anywhere_ends_where_an_undisturbed_one_does() -> None:
    def story(room: Newsroom) -> None:
        revid = room.event(WALK)
        room.approve(WALK, revid)
        room.event("Space/Events/Other")

    calm = Newsroom()
    story(calm)
    calm.sync()
    expected = calm.published
    calm.engine.dispose()
    for requests in range(40):
        room = Newsroom()
        story(room)
        room.bot.fail_after = requests
        try:
            complete = room.sync().complete
        except WikiUnavailableError:
            complete = False
        room.bot.fail_after = None
        room.sync()
        assert room.published == expected
        assert room.sync(full=True).decided == ()
        room.engine.dispose()
        if complete:
            return
    pytest.fail("the sync never came to its end")


def test_sync_when_store_was_not_written_after_the_ledger_is_made_good(
    room: Newsroom,
) -> None:
    revid = room.event(WALK)
    room.sync()
    room.approve(WALK, revid)

    class KilledError(Exception):
        pass

    def save_and_die(edit: Edit) -> None:
        room.bot.save(edit)
        raise KilledError

    with pytest.raises(KilledError):
        room.sync(save=save_and_die)
    assert room.published == {}
    report = room.sync()
    assert room.published == {WALK: revid}
    assert report.ledger == ()


def test_sync_when_checkpoint_is_old_reads_everything(room: Newsroom) -> None:
    room.publish(WALK)
    assert not room.sync().full
    room.admin.advance(days=26)
    assert room.sync().full
