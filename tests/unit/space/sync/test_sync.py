from datetime import date
from typing import Any

import pytest

import space.sync.decisions as decisions_module
from space.publication.filters import Filter
from space.review.model import Decision, PageHistory
from space.review.record import Record
from space.store.writing import indexing
from tests.support.wiki.bot_and_wiki import Newsroom, event

WALK = "Space/Events/Walk"
POST = "{{Space post|title=News|language=en}}\nText."

either_way = pytest.mark.parametrize("full", [False, True])


# The road


def test_sync_when_page_is_new_has_it_wait(room: Newsroom) -> None:
    revid = room.event(WALK)
    report = room.sync()
    assert room.state(WALK) == "waiting"
    assert room.published == {}
    assert [decided.title for decided in report.decided] == [WALK]
    record = next(room.store.records.pending())
    assert (record.pending_revision, record.creator) == (revid, "Ann")


def test_sync_when_approved_publishes_what_was_approved(room: Newsroom) -> None:
    first = room.publish(WALK)
    room.event(WALK, start="2026-12-01 10:00")
    room.sync()
    assert room.published == {WALK: first}
    assert room.state(WALK) == "waiting"
    record = room.store.records.find(WALK)
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


def test_sync_when_the_wiki_tells_late_of_a_patrol_still_hears_of_it(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    revid = room.event(WALK)
    room.sync()
    room.pavati.patrol(revid)
    with monkeypatch.context() as lagging:  # a replica that lacks the newest entries
        lagging.setattr(room.bot, "log", lambda *_, **_options: iter(()))
        room.sync()
    assert room.published == {}
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
    revid = room.publish(WALK)
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
    record = room.store.records.find(WALK)
    assert record is not None
    assert record.publication is not None
    assert record.publication.revision == revid
    assert record.publication.values["status"] == "cancelled"
    assert "address" not in record.publication.values
    assert record.publication.values["venue"] == "Library"


def test_sync_when_stranger_cancels_waits_for_review(room: Newsroom) -> None:
    room.publish(WALK)
    room.admin.as_user("Lena").write(WALK, event(status="cancelled"))
    room.sync()
    record = room.store.records.find(WALK)
    assert record is not None
    assert record.publication is not None
    assert "status" not in record.publication.values


@either_way
def test_sync_when_published_revision_is_hidden_yields_to_the_one_before(
    room: Newsroom, *, full: bool
) -> None:
    first = room.publish(WALK)
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
    assert room.ledger(1).status.newest is not None
    assert room.ledger(1).status.newest.revision == third


@either_way
def test_sync_when_page_is_deleted_leaves_a_tombstone(
    room: Newsroom, *, full: bool
) -> None:
    room.publish(WALK)
    sequence = room.ledger(1).status.sequence
    room.admin.delete(WALK)
    deleted = room.admin.state.now
    room.sync(full=full)
    (record,) = room.store.records.all()
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
    revid = room.publish(WALK)
    room.admin.delete(WALK)
    room.sync()
    gone = room.ledger(1).status.sequence
    room.admin.advance(days=1)
    room.admin.undelete(WALK)
    room.sync(full=full)
    assert room.published == {WALK: revid}
    assert room.ledger(1).status.sequence > gone


def test_sync_when_never_published_page_is_deleted_forgets_it(room: Newsroom) -> None:
    room.event(WALK)
    room.sync()
    room.admin.delete(WALK)
    report = room.sync()
    assert list(room.store.records.all()) == []
    assert report.removed == 1


def test_sync_when_page_is_moved_keeps_its_standing(room: Newsroom) -> None:
    room.publish(WALK)
    sequence = room.ledger(1).status.sequence
    room.admin.move(WALK, "Space/Events/Photo walk")
    room.sync()
    assert set(room.published) == {"Space/Events/Photo walk"}
    assert room.ledger(1).status.sequence == sequence


@either_way
def test_sync_when_a_series_is_moved_its_changed_dates_follow_as_long_as_they_can(
    room: Newsroom, *, full: bool
) -> None:
    usual, other = "Space/Events/Usual", "Space/Events/Other"
    room.approve(usual, room.event(usual, recurrence="FREQ=WEEKLY"))
    changed = {"start": "2026-12-06 10:00", "occurrence": "2026-12-05"}
    room.approve(other, room.event(other, series=usual, **changed))
    page = room.admin.state.page(usual)
    assert page is not None
    room.sync(full=full)
    assert room.store.series.overrides(page.id).keys() == {"2026-12-05 10:00"}
    room.admin.move(usual, "Space/Events/Weekly")
    room.sync(full=full)
    assert room.store.series.overrides(page.id).keys() == {"2026-12-05 10:00"}
    room.admin.delete(usual)
    room.sync(full=full)
    assert room.store.series.overrides(page.id) == {}
    room.event(other, series="space/events/Weekly", **changed)
    room.sync(full=full)
    assert room.store.series.overrides(page.id) == {}


@either_way
def test_sync_when_a_series_changes_its_zone_its_changed_dates_say_so(
    room: Newsroom, *, full: bool
) -> None:
    usual, other = "Space/Events/Usual", "Space/Events/Other"
    room.approve(usual, room.event(usual, recurrence="FREQ=WEEKLY"))
    changed = {"start": "2026-12-06 10:00", "occurrence": "2026-12-05"}
    room.approve(other, room.event(other, series=usual, **changed))
    room.sync(full=full)
    moved = room.event(usual, recurrence="FREQ=WEEKLY", timezone="Asia/Tokyo")
    room.approve(usual, moved)
    room.sync(full=full)
    text = room.store.feeds.fragments("ics", Filter("event"), date(2026, 11, 22))
    assert "RECURRENCE-ID;TZID=Asia/Tokyo:20261205T100000\r\n" in "".join(text)


@either_way
def test_sync_when_page_leaves_the_namespaces_is_gone_until_it_is_back(
    room: Newsroom, *, full: bool
) -> None:
    room.publish(WALK)
    room.admin.move(WALK, "User:Ann/Walk")
    room.sync(full=full)
    assert room.published == {}
    assert room.ledger(1).status.state == "gone"
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
    revid = room.publish(WALK)
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
    assert room.store.records.find("Space") is None
    assert len(list(room.store.records.all())) == 1
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
    assert list(room.store.records.all()) == []


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
    (record,) = room.store.records.with_problems()
    assert record.page_title == WALK
    assert record.state == "broken"
    problem = next(p for p in record.problems if p.field == "timezone")
    assert problem.line == 4
    assert room.published == {"Space/Events/Good": good}


def test_sync_when_a_new_page_never_ends_its_call_reports_it(room: Newsroom) -> None:
    """To the wiki that is text, so no list of transclusions has the page."""
    room.ann.write(WALK, event().replace("}}", ""))
    room.ann.write("Space/Events/Notes", "No template at all.")
    room.admin.move("Space/Events/Notes", "Notes")
    room.sync()
    (record,) = room.store.records.with_problems()
    assert (record.page_title, record.state) == (WALK, "broken")
    assert [problem.code for problem in record.problems] == ["unclosed"]
    room.sync(full=True)
    assert room.bot.requests.content == 0
    revid = room.event(WALK)
    room.approve(WALK, revid)
    room.sync()
    assert room.published == {WALK: revid}


def test_sync_when_deciding_fails_on_one_page_goes_on(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first = room.publish(WALK)
    good = room.event("Space/Events/Good")
    room.approve("Space/Events/Good", good)
    room.event(WALK, start="2026-12-01 10:00")
    real = decisions_module.decide

    def failing(history: PageHistory, *rest: Any, **options: Any) -> Decision:
        if history.page == 1:
            raise ZeroDivisionError
        return real(history, *rest, **options)

    monkeypatch.setattr(decisions_module, "decide", failing)
    report = room.sync()
    assert report.failed == (1,)
    assert "page=1" in caplog.text
    assert room.published == {WALK: first, "Space/Events/Good": good}


def test_sync_when_storing_fails_for_one_page_goes_on(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for title in (WALK, "Space/Events/Good"):
        room.approve(title, room.event(title))
    real = indexing.index_record

    def failing(record: Record, *rest: Any) -> Any:
        if record.page_title == WALK:
            raise ZeroDivisionError
        return real(record, *rest)

    monkeypatch.setattr(indexing, "index_record", failing)
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
