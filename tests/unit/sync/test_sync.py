import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

import space.store.store as store_module
import space.sync.cases as cases_module
from space.outcomes import Conflict, ReadOnly
from space.review.ledger import block_title
from space.review.model import Decision, PageHistory
from space.store.record import Record
from space.wiki import Edit, WikiUnavailableError
from tests.support.newsroom import Newsroom, event

WALK = "Space/Events/Walk"
POST = "{{Space post|title=News|language=en}}\nText."

either_way = pytest.mark.parametrize("full", [False, True])


@pytest.fixture
def room() -> Iterator[Newsroom]:
    room = Newsroom()
    yield room
    room.engine.dispose()


def published_walk(room: Newsroom) -> int:
    revid = room.event(WALK)
    room.approve(WALK, revid)
    room.sync()
    assert room.published == {WALK: revid}
    return revid


# The road


def test_sync_when_page_is_new_has_it_wait(room: Newsroom) -> None:
    revid = room.event(WALK)
    report = room.sync()
    assert room.state(WALK) == "waiting"
    assert room.published == {}
    assert [each.title for each in report.decided] == [WALK]
    record = next(room.store.pending())
    assert (record.pending, record.creator) == (revid, "Ann")


def test_sync_when_approved_publishes_what_was_approved(room: Newsroom) -> None:
    first = published_walk(room)
    room.event(WALK, start="2026-12-01 10:00")
    room.sync()
    assert room.published == {WALK: first}
    assert room.state(WALK) == "waiting"
    record = room.store.find(WALK)
    assert record is not None
    assert record.publication is not None
    assert record.publication.values["start"] == "2026-11-28 10:00"


def test_sync_when_own_approval_publishes_nothing(room: Newsroom) -> None:
    room.policy(event="review")
    revid = room.pavati.write(WALK, event()).revid
    room.approve(WALK, revid)
    room.sync()
    assert room.published == {}


def test_sync_when_patrolled_publishes(room: Newsroom) -> None:
    revid = room.event(WALK)
    room.sync()
    room.pavati.patrol(revid)
    room.sync()
    assert room.published == {WALK: revid}


def test_sync_when_patrolled_before_it_was_an_event_publishes(room: Newsroom) -> None:
    first = room.ann.write("Conference", "a page").revid
    room.pavati.patrol(first)
    room.admin.advance(days=100)
    second = room.ann.write("Conference", event()).revid
    room.pavati.patrol(second)
    room.sync()
    assert room.published == {"Conference": second}


def test_sync_when_author_is_autopatrolled_publishes_events_only(
    room: Newsroom,
) -> None:
    aiko = room.admin.as_user("Aiko", "autopatrolled")
    revid = aiko.write(WALK, event()).revid
    aiko.write("Space/Blog/News", POST)
    room.sync()
    assert room.published == {WALK: revid}
    assert room.state("Space/Blog/News") == "waiting"


def test_sync_when_rights_are_lost_later_keeps_what_was_accepted(
    room: Newsroom,
) -> None:
    revid = published_walk(room)
    room.admin.remove_groups("Pavati", "patroller")
    room.admin.block("Pavati")
    room.drop_store()
    room.sync()
    assert room.published == {WALK: revid}


# Taking back


def test_sync_when_organizer_cancels_and_empties_the_place_follows_at_once(
    room: Newsroom,
) -> None:
    revid = room.event(WALK, venue="Library", address="44 Lorne Street")
    room.approve(WALK, revid)
    room.sync()
    room.event(WALK, venue="Library", status="cancelled")
    room.sync()
    record = room.store.find(WALK)
    assert record is not None
    assert record.publication is not None
    assert record.publication.revision == revid
    assert record.publication.values["status"] == "cancelled"
    assert "address" not in record.publication.values
    assert record.publication.values["venue"] == "Library"


def test_sync_when_stranger_cancels_waits_for_review(room: Newsroom) -> None:
    published_walk(room)
    room.admin.as_user("Lena").write(WALK, event(status="cancelled"))
    room.sync()
    record = room.store.find(WALK)
    assert record is not None
    assert record.publication is not None
    assert "status" not in record.publication.values


@either_way
def test_sync_when_published_revision_is_hidden_yields_to_the_one_before(
    room: Newsroom, *, full: bool
) -> None:
    first = published_walk(room)
    room.admin.advance(minutes=30)
    second = room.event(WALK, website="https://example.org")
    room.approve(WALK, second)
    room.sync()
    assert room.published == {WALK: second}
    third = room.event(WALK, website="https://example.com")
    room.sync()
    room.admin.hide(second)
    room.sync(full=full)
    assert room.published == {WALK: first}
    room.admin.hide(second, text=False)
    room.sync(full=full)
    assert room.published == {WALK: second}
    assert room.ledger(1).standing.newest is not None
    assert room.ledger(1).standing.newest.revision == third


@either_way
def test_sync_when_page_is_deleted_leaves_a_tombstone(
    room: Newsroom, *, full: bool
) -> None:
    published_walk(room)
    sequence = room.ledger(1).standing.sequence
    room.admin.delete(WALK)
    deleted = room.admin.state.now
    room.sync(full=full)
    (record,) = room.store.records()
    assert record.publication is None
    assert record.tombstone is not None
    assert record.tombstone.removed == deleted
    assert record.tombstone.start.isoformat() == "2026-11-27T21:00:00+00:00"
    assert record.tombstone.sequence > sequence
    before = room.dump()
    room.drop_store()
    room.sync()
    assert room.dump() == before


@either_way
def test_sync_when_page_is_undeleted_is_published_again(
    room: Newsroom, *, full: bool
) -> None:
    revid = published_walk(room)
    room.admin.delete(WALK)
    room.sync()
    gone = room.ledger(1).standing.sequence
    room.admin.advance(days=1)
    room.admin.undelete(WALK)
    room.sync(full=full)
    assert room.published == {WALK: revid}
    assert room.ledger(1).standing.sequence > gone


def test_sync_when_never_published_page_is_deleted_forgets_it(room: Newsroom) -> None:
    room.event(WALK)
    room.sync()
    room.admin.delete(WALK)
    report = room.sync()
    assert list(room.store.records()) == []
    assert report.removed == 1


def test_sync_when_page_is_moved_keeps_its_standing(room: Newsroom) -> None:
    published_walk(room)
    sequence = room.ledger(1).standing.sequence
    room.admin.move(WALK, "Space/Events/Photo walk")
    room.sync()
    assert set(room.published) == {"Space/Events/Photo walk"}
    assert room.ledger(1).standing.sequence == sequence


@either_way
def test_sync_when_page_leaves_the_namespaces_is_gone_until_it_is_back(
    room: Newsroom, *, full: bool
) -> None:
    published_walk(room)
    room.admin.move(WALK, "User:Ann/Walk")
    room.sync(full=full)
    assert room.published == {}
    assert room.ledger(1).standing.state == "gone"
    room.admin.advance(hours=1)
    room.admin.move("User:Ann/Walk", "Space/Events/Again", redirect=False)
    room.sync(full=full)
    assert set(room.published) == {"Space/Events/Again"}


@either_way
def test_sync_when_page_comes_back_hears_what_was_said_before_it_left(
    room: Newsroom, *, full: bool
) -> None:
    revid = room.event(WALK)
    room.sync()
    room.approve(WALK, revid)
    room.admin.move(WALK, "User:Ann/Walk", redirect=False)
    room.sync(full=full)
    room.admin.advance(days=2)
    room.sync(full=full)
    room.admin.move("User:Ann/Walk", WALK, redirect=False)
    room.sync(full=full)
    assert set(room.published) == {WALK}


def test_sync_when_template_is_removed_is_an_edit_like_another(room: Newsroom) -> None:
    revid = published_walk(room)
    room.admin.as_user("Lena").write(WALK, "Vandalism")
    room.sync()
    assert room.published == {WALK: revid}


# What is no record


def test_sync_when_page_only_shows_another_one_is_not_asked_twice(
    room: Newsroom,
) -> None:
    room.admin.write("Space", "{{Space/Events/Walk}}{{:Space/Events/Walk}}")
    room.event(WALK)
    room.sync()
    assert room.store.find("Space") is None
    assert len(list(room.store.records())) == 1
    room.sync(full=True)
    assert room.bot.requests.content == 0


@pytest.mark.parametrize(
    "text",
    [
        "<nowiki>{{Space event|title=X}}</nowiki>",
        "#REDIRECT [[Elsewhere]]\n{{Space event|title=X}}",
    ],
)
def test_sync_when_page_calls_no_template_is_no_record(
    room: Newsroom, text: str
) -> None:
    room.ann.write(WALK, text)
    room.sync()
    assert list(room.store.records()) == []


def test_sync_when_page_is_a_translation_or_elsewhere_is_no_record(
    room: Newsroom,
) -> None:
    room.event(f"{WALK}/de")
    room.admin.set_page(f"{WALK}/de", language="de", translation=True)
    room.event("User:Ann/Draft")
    room.event("Template:Walk")
    report = room.sync()
    assert report.decided == ()
    assert room.bot.requests.content == 0


def test_sync_when_called_by_a_redirect_is_a_record(room: Newsroom) -> None:
    room.admin.write("Template:Space event", "shown")
    room.admin.write("Template:Event box", "#REDIRECT [[Template:Space event]]")
    room.ann.write(WALK, event().replace("Space event", "event box"))
    room.sync()
    assert room.state(WALK) == "waiting"


def test_sync_when_page_is_broken_reports_line_and_field(room: Newsroom) -> None:
    room.event(WALK, timezone="Mars/Olympus")
    good = room.event("Space/Events/Good")
    room.approve("Space/Events/Good", good)
    room.sync()
    (record,) = room.store.problems()
    assert record.page_title == WALK
    assert record.state == "broken"
    problem = next(p for p in record.problems if p.field == "timezone")
    assert problem.line == 4
    assert room.published == {"Space/Events/Good": good}


def test_sync_when_deciding_fails_on_one_page_goes_on(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first = published_walk(room)
    good = room.event("Space/Events/Good")
    room.approve("Space/Events/Good", good)
    room.event(WALK, start="2026-12-01 10:00")
    real = cases_module.decide

    def failing(history: PageHistory, *rest: Any, **options: Any) -> Decision:
        if history.page == 1:
            raise ZeroDivisionError
        return real(history, *rest, **options)

    monkeypatch.setattr(cases_module, "decide", failing)
    report = room.sync()
    assert report.failed == (1,)
    assert "page=1" in caplog.text
    assert room.published == {WALK: first, "Space/Events/Good": good}


def test_sync_when_storing_fails_for_one_page_goes_on(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for title in (WALK, "Space/Events/Good"):
        room.approve(title, room.event(title))
    real = store_module.rows_of

    def failing(record: Record, *rest: Any) -> Any:
        if record.page_title == WALK:
            raise ZeroDivisionError
        return real(record, *rest)

    monkeypatch.setattr(store_module, "rows_of", failing)
    report = room.sync()
    assert report.failed == (1,)
    assert "page=1" in caplog.text
    assert set(room.published) == {"Space/Events/Good"}
    monkeypatch.undo()
    assert room.sync().failed == ()
    assert set(room.published) == {WALK, "Space/Events/Good"}


# Day and settings


def test_sync_when_day_of_a_post_comes_publishes_it(room: Newsroom) -> None:
    revid = room.ann.write(
        "Space/Blog/News",
        POST.replace("|language", "|publish after=2026-11-24|language"),
    ).revid
    room.approve("Space/Blog/News", revid)
    room.sync()
    assert room.state("Space/Blog/News") == "scheduled"
    room.admin.advance(days=2)
    room.sync()
    assert room.published == {"Space/Blog/News": revid}


def test_sync_when_policy_changes_decides_again_once(
    room: Newsroom,
) -> None:
    revid = room.event(WALK)
    room.sync()
    room.policy(event="open")
    room.sync()
    assert room.published == {WALK: revid}
    assert room.sync().decided == ()


# The ledger


def test_sync_when_nothing_changed_edits_and_reads_nothing(room: Newsroom) -> None:
    published_walk(room)
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
    published_walk(room)
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
    revid = published_walk(room)
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
    published_walk(room)
    title = block_title("SpaceBot", 0)
    room.bot.write(title, '{"schema": 1, "p1": {"page": "one"}}')
    room.event(WALK, start="2026-12-01 10:00")
    revisions = room.admin.state.next_revision
    report = room.sync()
    assert [problem.code for _, problem in report.ledger_problems] == ["ledger-entry"]
    assert report.ledger == ()
    assert room.admin.state.next_revision == revisions


def test_sync_when_bot_has_another_name_keeps_the_former_ledger(room: Newsroom) -> None:
    revid = published_walk(room)
    old = room.bot
    room.bot = room.admin.as_user("NewBot", "bot")
    room.rules = replace(room.rules, bot="NewBot", former_bots=("SpaceBot",))
    room.drop_store()
    report = room.sync()
    assert room.published == {WALK: revid}
    assert report.ledger == (block_title("NewBot", 0),)
    assert room.ledger(1).standing.published is not None
    assert room.sync(full=True).ledger == ()
    assert old.user == "SpaceBot"


def test_sync_when_dry_says_what_it_would_do_and_does_nothing(room: Newsroom) -> None:
    room.event(WALK)
    revisions = room.admin.state.next_revision
    report = room.sync(save=None)
    assert report.ledger == (block_title("SpaceBot", 0),)
    assert report.stored == 1
    assert room.admin.state.next_revision == revisions
    assert list(room.store.records()) == []
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
    published_walk(room)
    assert not room.sync().full
    room.admin.advance(days=26)
    assert room.sync().full
