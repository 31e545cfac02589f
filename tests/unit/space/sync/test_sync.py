from datetime import date
from typing import Any

import pytest

import space.sync.decisions as decisions_module
from space.publication.filters import Filter
from space.review.model import Decision, PageHistory
from space.review.record import Record
from space.store.writing import indexing
from tests.support.wiki.bot_and_wiki import BotAndWiki, event

WALK = "Space/Events/Walk"
POST = "{{Space post|title=News|language=en}}\nText."

either_way = pytest.mark.parametrize("full", [False, True])


# The road


def test_sync_when_page_is_new_has_it_wait(bot_and_wiki: BotAndWiki) -> None:
    revid = bot_and_wiki.event(WALK)
    report = bot_and_wiki.sync()
    assert bot_and_wiki.state(WALK) == "waiting"
    assert bot_and_wiki.published == {}
    assert [decided.title for decided in report.decided] == [WALK]
    record = next(bot_and_wiki.store.records.pending())
    assert (record.pending_revision, record.creator) == (revid, "Ann")


def test_sync_when_approved_publishes_what_was_approved(
    bot_and_wiki: BotAndWiki,
) -> None:
    first = bot_and_wiki.publish(WALK)
    bot_and_wiki.event(WALK, venue="The library")
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {WALK: first}
    assert bot_and_wiki.state(WALK) == "waiting"
    record = bot_and_wiki.store.records.find(WALK)
    assert record is not None
    assert record.publication is not None
    assert "venue" not in record.publication.values


def test_sync_when_own_approval_publishes_nothing(bot_and_wiki: BotAndWiki) -> None:
    bot_and_wiki.policy(event="review")
    revid = bot_and_wiki.pavati.write(WALK, event()).revid
    bot_and_wiki.approve(WALK, revid)
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {}


def test_sync_when_patrolled_publishes(bot_and_wiki: BotAndWiki) -> None:
    revid = bot_and_wiki.event(WALK)
    bot_and_wiki.sync()
    bot_and_wiki.pavati.patrol(revid)
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {WALK: revid}


def test_sync_when_the_wiki_tells_late_of_a_patrol_still_hears_of_it(
    bot_and_wiki: BotAndWiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    revid = bot_and_wiki.event(WALK)
    bot_and_wiki.sync()
    bot_and_wiki.pavati.patrol(revid)
    with monkeypatch.context() as lagging:  # a replica that lacks the newest entries
        lagging.setattr(bot_and_wiki.bot, "log", lambda *_, **_options: iter(()))
        bot_and_wiki.sync()
    assert bot_and_wiki.published == {}
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {WALK: revid}


def test_sync_when_patrolled_before_it_was_an_event_publishes(
    bot_and_wiki: BotAndWiki,
) -> None:
    first = bot_and_wiki.ann.write("Conference", "a page").revid
    bot_and_wiki.pavati.patrol(first)
    bot_and_wiki.admin.advance(days=100)
    second = bot_and_wiki.ann.write("Conference", event()).revid
    bot_and_wiki.pavati.patrol(second)
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {"Conference": second}


def test_sync_when_author_is_autopatrolled_publishes_events_only(
    bot_and_wiki: BotAndWiki,
) -> None:
    aiko = bot_and_wiki.admin.as_user("Aiko", "autopatrolled")
    revid = aiko.write(WALK, event()).revid
    aiko.write("Space/Blog/News", POST)
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {WALK: revid}
    assert bot_and_wiki.state("Space/Blog/News") == "waiting"


def test_sync_when_rights_are_lost_later_keeps_what_was_accepted(
    bot_and_wiki: BotAndWiki,
) -> None:
    revid = bot_and_wiki.publish(WALK)
    bot_and_wiki.admin.remove_groups("Pavati", "patroller")
    bot_and_wiki.admin.block("Pavati")
    bot_and_wiki.drop_store()
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {WALK: revid}


# Taking back


def test_sync_when_organizer_cancels_and_empties_the_place_follows_at_once(
    bot_and_wiki: BotAndWiki,
) -> None:
    revid = bot_and_wiki.event(WALK, venue="Library", address="44 Lorne Street")
    bot_and_wiki.approve(WALK, revid)
    bot_and_wiki.sync()
    bot_and_wiki.event(WALK, venue="Library", status="cancelled")
    bot_and_wiki.sync()
    record = bot_and_wiki.store.records.find(WALK)
    assert record is not None
    assert record.publication is not None
    assert record.publication.revision == revid
    assert record.publication.values["status"] == "cancelled"
    assert "address" not in record.publication.values
    assert record.publication.values["venue"] == "Library"


def test_sync_when_stranger_cancels_waits_for_review(bot_and_wiki: BotAndWiki) -> None:
    bot_and_wiki.publish(WALK)
    bot_and_wiki.admin.as_user("Lena").write(WALK, event(status="cancelled"))
    bot_and_wiki.sync()
    record = bot_and_wiki.store.records.find(WALK)
    assert record is not None
    assert record.publication is not None
    assert "status" not in record.publication.values


@either_way
def test_sync_when_published_revision_is_hidden_yields_to_the_one_before(
    bot_and_wiki: BotAndWiki, *, full: bool
) -> None:
    first = bot_and_wiki.publish(WALK)
    bot_and_wiki.admin.advance(minutes=30)
    second = bot_and_wiki.event(WALK, website="https://example.org")
    bot_and_wiki.approve(WALK, second)
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {WALK: second}
    third = bot_and_wiki.event(WALK, website="https://example.com")
    bot_and_wiki.sync()
    bot_and_wiki.admin.hide(second)
    bot_and_wiki.sync(full=full)
    assert bot_and_wiki.published == {WALK: first}
    bot_and_wiki.admin.hide(second, text=False)
    bot_and_wiki.sync(full=full)
    assert bot_and_wiki.published == {WALK: second}
    assert bot_and_wiki.ledger(1).status.newest is not None
    assert bot_and_wiki.ledger(1).status.newest.revision == third


@either_way
def test_sync_when_page_is_deleted_leaves_a_tombstone(
    bot_and_wiki: BotAndWiki, *, full: bool
) -> None:
    bot_and_wiki.publish(WALK)
    sequence = bot_and_wiki.ledger(1).status.sequence
    bot_and_wiki.admin.delete(WALK)
    deleted = bot_and_wiki.admin.state.now
    bot_and_wiki.sync(full=full)
    (record,) = bot_and_wiki.store.records.all()
    assert record.publication is None
    assert record.tombstone is not None
    assert record.tombstone.removed == deleted
    assert record.tombstone.start.isoformat() == "2026-11-27T21:00:00+00:00"
    assert record.tombstone.sequence > sequence
    before = bot_and_wiki.dump()
    bot_and_wiki.drop_store()
    bot_and_wiki.sync()
    assert bot_and_wiki.dump() == before


@either_way
def test_sync_when_page_is_undeleted_is_published_again(
    bot_and_wiki: BotAndWiki, *, full: bool
) -> None:
    revid = bot_and_wiki.publish(WALK)
    bot_and_wiki.admin.delete(WALK)
    bot_and_wiki.sync()
    gone = bot_and_wiki.ledger(1).status.sequence
    bot_and_wiki.admin.advance(days=1)
    bot_and_wiki.admin.undelete(WALK)
    bot_and_wiki.sync(full=full)
    assert bot_and_wiki.published == {WALK: revid}
    assert bot_and_wiki.ledger(1).status.sequence > gone


def test_sync_when_never_published_page_is_deleted_forgets_it(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.event(WALK)
    bot_and_wiki.sync()
    bot_and_wiki.admin.delete(WALK)
    report = bot_and_wiki.sync()
    assert list(bot_and_wiki.store.records.all()) == []
    assert report.removed == 1


def test_sync_when_page_is_moved_keeps_its_standing(bot_and_wiki: BotAndWiki) -> None:
    bot_and_wiki.publish(WALK)
    sequence = bot_and_wiki.ledger(1).status.sequence
    bot_and_wiki.admin.move(WALK, "Space/Events/Photo walk")
    bot_and_wiki.sync()
    assert set(bot_and_wiki.published) == {"Space/Events/Photo walk"}
    assert bot_and_wiki.ledger(1).status.sequence == sequence


@either_way
def test_sync_when_a_series_is_moved_its_changed_dates_follow_as_long_as_they_can(
    bot_and_wiki: BotAndWiki, *, full: bool
) -> None:
    usual, other = "Space/Events/Usual", "Space/Events/Other"
    bot_and_wiki.approve(usual, bot_and_wiki.event(usual, recurrence="FREQ=WEEKLY"))
    changed = {"start": "2026-12-06 10:00", "occurrence": "2026-12-05"}
    bot_and_wiki.approve(other, bot_and_wiki.event(other, series=usual, **changed))
    page = bot_and_wiki.admin.state.page(usual)
    assert page is not None
    bot_and_wiki.sync(full=full)
    assert bot_and_wiki.store.series.overrides(page.id).keys() == {"2026-12-05 10:00"}
    bot_and_wiki.admin.move(usual, "Space/Events/Weekly")
    bot_and_wiki.sync(full=full)
    assert bot_and_wiki.store.series.overrides(page.id).keys() == {"2026-12-05 10:00"}
    bot_and_wiki.admin.delete(usual)
    bot_and_wiki.sync(full=full)
    assert bot_and_wiki.store.series.overrides(page.id) == {}
    bot_and_wiki.event(other, series="space/events/Weekly", **changed)
    bot_and_wiki.sync(full=full)
    assert bot_and_wiki.store.series.overrides(page.id) == {}


@either_way
def test_sync_when_a_series_changes_its_zone_its_changed_dates_say_so(
    bot_and_wiki: BotAndWiki, *, full: bool
) -> None:
    usual, other = "Space/Events/Usual", "Space/Events/Other"
    bot_and_wiki.approve(usual, bot_and_wiki.event(usual, recurrence="FREQ=WEEKLY"))
    changed = {"start": "2026-12-06 10:00", "occurrence": "2026-12-05"}
    bot_and_wiki.approve(other, bot_and_wiki.event(other, series=usual, **changed))
    bot_and_wiki.sync(full=full)
    moved = bot_and_wiki.event(usual, recurrence="FREQ=WEEKLY", timezone="Asia/Tokyo")
    bot_and_wiki.approve(usual, moved)
    bot_and_wiki.sync(full=full)
    text = bot_and_wiki.store.feeds.fragments(
        "ics", Filter("event"), date(2026, 11, 22)
    )
    assert "RECURRENCE-ID;TZID=Asia/Tokyo:20261205T100000\r\n" in "".join(text)


@either_way
def test_sync_when_page_leaves_the_namespaces_is_gone_until_it_is_back(
    bot_and_wiki: BotAndWiki, *, full: bool
) -> None:
    bot_and_wiki.publish(WALK)
    bot_and_wiki.admin.move(WALK, "User:Ann/Walk")
    bot_and_wiki.sync(full=full)
    assert bot_and_wiki.published == {}
    assert bot_and_wiki.ledger(1).status.state == "gone"
    bot_and_wiki.admin.advance(hours=1)
    bot_and_wiki.admin.move("User:Ann/Walk", "Space/Events/Again", redirect=False)
    bot_and_wiki.sync(full=full)
    assert set(bot_and_wiki.published) == {"Space/Events/Again"}


@either_way
def test_sync_when_page_comes_back_hears_what_was_said_before_it_left(
    bot_and_wiki: BotAndWiki, *, full: bool
) -> None:
    revid = bot_and_wiki.event(WALK)
    bot_and_wiki.sync()
    bot_and_wiki.approve(WALK, revid)
    bot_and_wiki.admin.move(WALK, "User:Ann/Walk", redirect=False)
    bot_and_wiki.sync(full=full)
    bot_and_wiki.admin.advance(days=2)
    bot_and_wiki.sync(full=full)
    bot_and_wiki.admin.move("User:Ann/Walk", WALK, redirect=False)
    bot_and_wiki.sync(full=full)
    assert set(bot_and_wiki.published) == {WALK}


def test_sync_when_template_is_removed_is_an_edit_like_another(
    bot_and_wiki: BotAndWiki,
) -> None:
    revid = bot_and_wiki.publish(WALK)
    bot_and_wiki.admin.as_user("Lena").write(WALK, "Vandalism")
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {WALK: revid}


# What is no record


def test_sync_when_page_only_shows_another_one_is_not_asked_twice(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.admin.write("Space", "{{Space/Events/Walk}}{{:Space/Events/Walk}}")
    bot_and_wiki.event(WALK)
    bot_and_wiki.sync()
    assert bot_and_wiki.store.records.find("Space") is None
    assert len(list(bot_and_wiki.store.records.all())) == 1
    bot_and_wiki.sync(full=True)
    assert bot_and_wiki.bot.requests.content == 0


@pytest.mark.parametrize(
    "text",
    [
        "<nowiki>{{Space event|title=X}}</nowiki>",
        "#REDIRECT [[Elsewhere]]\n{{Space event|title=X}}",
    ],
)
def test_sync_when_page_calls_no_template_is_no_record(
    bot_and_wiki: BotAndWiki, text: str
) -> None:
    bot_and_wiki.ann.write(WALK, text)
    bot_and_wiki.sync()
    assert list(bot_and_wiki.store.records.all()) == []


def test_sync_when_page_is_a_translation_or_elsewhere_is_no_record(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.event(f"{WALK}/de")
    bot_and_wiki.admin.set_page(f"{WALK}/de", language="de", translation=True)
    bot_and_wiki.event("User:Ann/Draft")
    bot_and_wiki.event("Template:Walk")
    report = bot_and_wiki.sync()
    assert report.decided == ()
    assert bot_and_wiki.bot.requests.content == 0


def test_sync_when_called_by_a_redirect_is_a_record(bot_and_wiki: BotAndWiki) -> None:
    bot_and_wiki.admin.write("Template:Space event", "shown")
    bot_and_wiki.admin.write("Template:Event box", "#REDIRECT [[Template:Space event]]")
    bot_and_wiki.ann.write(WALK, event().replace("Space event", "event box"))
    bot_and_wiki.sync()
    assert bot_and_wiki.state(WALK) == "waiting"


def test_sync_when_page_is_broken_reports_line_and_field(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.event(WALK, timezone="Mars/Olympus")
    good = bot_and_wiki.event("Space/Events/Good")
    bot_and_wiki.approve("Space/Events/Good", good)
    bot_and_wiki.sync()
    (record,) = bot_and_wiki.store.records.with_problems()
    assert record.page_title == WALK
    assert record.state == "broken"
    problem = next(p for p in record.problems if p.field == "timezone")
    assert problem.line == 4
    assert bot_and_wiki.published == {"Space/Events/Good": good}


def test_sync_when_a_new_page_never_ends_its_call_reports_it(
    bot_and_wiki: BotAndWiki,
) -> None:
    """To the wiki that is text, so no list of transclusions has the page."""
    bot_and_wiki.ann.write(WALK, event().replace("}}", ""))
    bot_and_wiki.ann.write("Space/Events/Notes", "No template at all.")
    bot_and_wiki.admin.move("Space/Events/Notes", "Notes")
    bot_and_wiki.sync()
    (record,) = bot_and_wiki.store.records.with_problems()
    assert (record.page_title, record.state) == (WALK, "broken")
    assert [problem.code for problem in record.problems] == ["unclosed"]
    bot_and_wiki.sync(full=True)
    assert bot_and_wiki.bot.requests.content == 0
    revid = bot_and_wiki.event(WALK)
    bot_and_wiki.approve(WALK, revid)
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {WALK: revid}


def test_sync_when_deciding_fails_on_one_page_goes_on(
    bot_and_wiki: BotAndWiki,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    first = bot_and_wiki.publish(WALK)
    good = bot_and_wiki.event("Space/Events/Good")
    bot_and_wiki.approve("Space/Events/Good", good)
    bot_and_wiki.event(WALK, start="2026-12-01 10:00")
    real = decisions_module.decide

    def failing(history: PageHistory, *rest: Any, **options: Any) -> Decision:
        if history.page == 1:
            raise ZeroDivisionError
        return real(history, *rest, **options)

    monkeypatch.setattr(decisions_module, "decide", failing)
    report = bot_and_wiki.sync()
    assert report.failed == (1,)
    assert "page=1" in caplog.text
    assert bot_and_wiki.published == {WALK: first, "Space/Events/Good": good}


def test_sync_when_storing_fails_for_one_page_goes_on(
    bot_and_wiki: BotAndWiki,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for title in (WALK, "Space/Events/Good"):
        bot_and_wiki.approve(title, bot_and_wiki.event(title))
    real = indexing.index_record

    def failing(record: Record, *rest: Any) -> Any:
        if record.page_title == WALK:
            raise ZeroDivisionError
        return real(record, *rest)

    monkeypatch.setattr(indexing, "index_record", failing)
    report = bot_and_wiki.sync()
    assert report.failed == (1,)
    assert "page=1" in caplog.text
    assert set(bot_and_wiki.published) == {"Space/Events/Good"}
    monkeypatch.undo()
    assert bot_and_wiki.sync().failed == ()
    assert set(bot_and_wiki.published) == {WALK, "Space/Events/Good"}


# Day and settings


def test_sync_when_day_of_a_post_comes_publishes_it(bot_and_wiki: BotAndWiki) -> None:
    revid = bot_and_wiki.ann.write(
        "Space/Blog/News",
        POST.replace("|language", "|publish after=2026-11-24|language"),
    ).revid
    bot_and_wiki.approve("Space/Blog/News", revid)
    bot_and_wiki.sync()
    assert bot_and_wiki.state("Space/Blog/News") == "scheduled"
    bot_and_wiki.admin.advance(days=2)
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {"Space/Blog/News": revid}


def test_sync_when_policy_changes_decides_again_once(
    bot_and_wiki: BotAndWiki,
) -> None:
    revid = bot_and_wiki.event(WALK)
    bot_and_wiki.sync()
    bot_and_wiki.policy(event="open")
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {WALK: revid}
    assert bot_and_wiki.sync().decided == ()
