from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from space.review.model import OverlayField, Reason
from space.review.queue import (
    AccountExperience,
    EventFacts,
    Promise,
    Row,
    Section,
    Surroundings,
    count_late,
    filter_rows,
    group_floods,
    queue_rows,
    waiting_by_kind,
)
from space.review.queue.surroundings import SimilarPage
from space.review.queue.views import FLOOD
from space.schema.problems import Problem
from space.store import Newest, Record, Refusal, Review
from space.text.similarity import Sketches, sketch
from tests.support.feeds.publications import event

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
PROMISED = 3


def waiting(page: int, **more: object) -> Record:
    made = Record(
        page_id=page,
        kind="event",
        page_title=f"Space/Events/{page}",
        namespace=0,
        latest=page * 10,
        state="waiting",
        creator="Ann",
        pending_revision=page * 10,
        pending_since=NOW,
        newest=Newest(title=f"Event {page}", languages=("en",)),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def on(day: date, **more: str) -> dict[str, str]:
    """The values of an event of a day."""
    return {"start": f"{day} 10:00", "timezone": "UTC", **more}


def surroundings(
    records: Iterable[Record], pages: Iterable[int], authors: dict[int, str | None]
) -> Surroundings:
    """What a store with these records says."""
    sketches, first = Sketches(), dict[str, int]()
    known = {record.page_id: record for record in records if record.page_title}
    for page, record in sorted(known.items()):
        sketches.put(page, record.newest.sketch)
        if record.creator:
            first.setdefault(record.creator, page)
    return Surroundings(
        authors,
        Counter(r.creator for r in known.values() if r.publication and r.creator),
        first,
        {
            page: SimilarPage(other, known[other].page_title)
            for page, other in sketches.like(pages).items()
        },
    )


def rows(
    *records: Record,
    authors: dict[int, str | None] | None = None,
    people: Iterable[AccountExperience] = (),
    spam: Iterable[str] = (),
    today: date = TODAY,
) -> tuple[Row, ...]:
    named = {person.name: person for person in people}
    promise = Promise(today, PROMISED)
    pages = [record.page_id for record in records]
    around = surroundings(records, pages, authors or {})
    return queue_rows(records, around, named, frozenset(spam), promise)


records = st.lists(
    st.builds(
        waiting,
        st.integers(1, 50),
        kind=st.sampled_from(["event", "post"]),
        creator=st.sampled_from(["Ann", "Ben", None]),
        state=st.sampled_from(["waiting", "waiting", "changes", "draft", "broken"]),
        pending_since=st.integers(1, 30000).map(lambda n: NOW - n * MINUTE),
        newest=st.builds(
            Newest,
            languages=st.sampled_from([(), ("en",), ("mi", "en"), ("ar",)]),
            event=st.integers(-9, 9).map(lambda n: on(TODAY + n * DAY)) | st.just({}),
        ),
        review=st.builds(Review, changes_asked=st.sampled_from([0, 0, 5])),
    ),
    unique_by=lambda record: record.page_id,
)


@given(records)
def test_rows_when_made_are_what_waits_and_what_is_broken(found: list[Record]) -> None:
    queue = rows(*found)
    for state in ("waiting", "broken"):
        wanted = {r.page_id: r.pending_since for r in found if r.state == state}
        part = [row for row in queue if row.waits == (state == "waiting")]
        assert {row.page: row.pending_since for row in part} == wanted


@given(records)
def test_rows_when_made_stand_in_one_order_with_the_most_urgent_first(
    found: list[Record],
) -> None:
    queue = rows(*found)
    assert queue == rows(*reversed(found))
    assert [row.section.rank for row in queue] == sorted(
        row.section.rank for row in queue
    )
    for one, other in pairwise(queue):
        if one.section is not other.section:
            continue
        over = [is_over(one), is_over(other)]
        assert over == sorted(over)
        if one.section is Section.SOON:
            assert begins(one) <= begins(other)
        elif over[0] == over[1]:
            assert one.pending_since <= other.pending_since
    late = [row for row in queue if row.section.waits and is_over(row)]
    assert all(row.section is not Section.SOON for row in late)


def begins(row: Row) -> date:
    assert row.event is not None
    return row.event.first


def is_over(row: Row) -> bool:
    return row.event is not None and row.event.is_over(TODAY)


@given(records)
def test_grouped_when_made_keeps_every_row_once_and_the_order(
    found: list[Record],
) -> None:
    queue = rows(*found)
    groups = group_floods(queue)
    assert sorted(row.page for group in groups for row in group) == sorted(
        row.page for row in queue
    )
    firsts = [group[0] for group in groups]
    assert firsts == [row for row in queue if row in firsts]
    for group in groups:
        assert list(group) == [row for row in queue if row in group]
        assert len(group) == 1 or len(group) > FLOOD
        assert len({(row.author, row.kind) for row in group}) == 1
    singles = [group[0] for group in groups if len(group) == 1 and group[0].waits]
    for row in singles:
        alike = [r for r in singles if (r.author, r.kind) == (row.author, row.kind)]
        assert row.author is None or len(alike) <= FLOOD


@given(records, st.sets(st.sampled_from(["event", "post"])))
def test_chosen_when_filtered_by_kind_has_those_that_were_counted(
    found: list[Record], kinds: set[str]
) -> None:
    queue = rows(*found)
    some = filter_rows(queue, kinds=kinds)
    assert sum(row.waits for row in some) == sum(
        count
        for kind, count in waiting_by_kind(queue).items()
        if not kinds or kind in kinds
    )


@given(records, st.integers(0, 30))
def test_late_when_a_day_passes_never_falls(found: list[Record], days: int) -> None:
    queue = rows(*found)
    assert count_late(queue, TODAY, days) <= count_late(queue, TODAY + DAY, days)
    assert count_late(queue, TODAY, days + 1) <= count_late(queue, TODAY, days)
    assert count_late(queue, TODAY + 60 * DAY, days) == sum(row.waits for row in queue)


def test_late_when_the_promised_days_are_not_over_counts_nothing() -> None:
    queue = rows(waiting(1, pending_since=NOW - 3 * DAY - timedelta(hours=11)))
    assert count_late(queue, TODAY, 3) == 0
    assert count_late(queue, TODAY + DAY, 3) == 1


def test_late_when_the_day_is_another_one_elsewhere_goes_by_utc() -> None:
    evening = datetime(2026, 11, 18, 20, tzinfo=UTC)
    late = evening.astimezone(timezone(9 * HOUR))  # the 19th in Tokyo
    queue = rows(waiting(1, pending_since=late), waiting(2, state="broken"))
    assert count_late(queue, TODAY - DAY, 3) == 0
    assert count_late(queue, TODAY, 3) == 1


def test_grouped_when_an_account_makes_many_new_pages_of_a_kind_are_together() -> None:
    def queue(flood: int, **more: object) -> tuple[Row, ...]:
        pages = [waiting(n, **more) for n in range(1, flood + 1)]
        return rows(*pages, waiting(90, kind="post"), waiting(91, creator="Ben"))

    def sizes(rows: tuple[Row, ...]) -> list[int]:
        return [len(group) for group in group_floods(rows)]

    assert sizes(queue(FLOOD)) == [1] * (FLOOD + 2)
    assert sizes(queue(FLOOD + 1)) == [FLOOD + 1, 1, 1]
    for single in (
        {"creator": None},
        {"publication": event(1)},
        {"state": "broken"},
    ):
        assert sizes(queue(FLOOD + 1, **single)) == [1] * (FLOOD + 3)


def test_chosen_when_filtered_by_language_takes_any_of_the_rows() -> None:
    queue = rows(waiting(1), waiting(2, newest=Newest(languages=("mi", "ar"))))
    assert [row.page for row in filter_rows(queue, languages=["ar", "de"])] == [2]
    assert filter_rows(queue, languages=["de"]) == ()


def test_rows_when_a_page_changed_after_review_name_who_changed_it() -> None:
    record = waiting(7, publication=replace(event(7), creator="Ann"))
    (row,) = rows(record, authors={7: "Ben"}, people=[AccountExperience("Ben", 100)])
    assert (row.author, row.edits, row.published_revision) == (
        "Ben",
        100,
        event(7).revision,
    )
    assert row.earlier == 0
    (row,) = rows(record, authors={7: None})
    assert row.author is None


def test_rows_when_an_event_is_tomorrow_stands_before_a_post_that_waits_for_long() -> (
    None
):
    post = waiting(1, kind="post", pending_since=NOW - 9 * DAY)
    event = waiting(2, newest=Newest(event=on(TODAY + DAY)))
    later = waiting(3, newest=Newest(event=on(TODAY + (PROMISED + 1) * DAY)))
    over = waiting(
        4, newest=Newest(event=on(TODAY - DAY)), pending_since=NOW - 10 * DAY
    )
    queue = rows(over, later, post, event)
    assert [row.page for row in queue] == [2, 1, 3, 4]
    assert [row.section for row in queue] == [Section.SOON, *[Section.WAITING] * 3]
    assert filter_rows(queue, urgent=True) == queue[:1]


def test_rows_when_two_events_are_soon_have_the_next_one_first_however_new() -> None:
    late = waiting(
        1, newest=Newest(event=on(TODAY + 2 * DAY)), pending_since=NOW - 9 * DAY
    )
    early = waiting(2, newest=Newest(event=on(TODAY + DAY)))
    queue = rows(late, early)
    assert [(row.page, row.pending_revision) for row in queue] == [(2, 20), (1, 10)]


def test_rows_when_changes_were_asked_for_and_nothing_waits_do_not_tell() -> None:
    asked = Review(Reason("x"), (refusal("author"),), changes_asked=15)
    (row,) = rows(waiting(1, review=asked, state="changes"))
    assert (row.section, row.changes_asked) == (Section.REFUSED, 0)


def test_rows_when_an_event_repeats_tell_its_next_date_and_where_it_is() -> None:
    weekly = on(
        date(2026, 1, 6),
        end="2026-01-07 02:00",
        recurrence="FREQ=WEEKLY",
        mode="hybrid",
        country="NG",
        city="Lagos",
    )
    (row,) = rows(waiting(1, newest=Newest(event=weekly)))
    wanted = EventFacts(date(2026, 11, 24), date(2026, 11, 25), "hybrid", "NG", "Lagos")
    assert row.event == wanted
    without_time = Newest(event={"country": "NG"})
    assert rows(waiting(1, newest=without_time))[0].event is None


def test_rows_when_changes_were_made_that_were_asked_for_stand_before_new_pages() -> (
    None
):
    asked = Review(changes_asked=15)
    fixed = waiting(2, review=asked, pending_since=NOW)
    urgent = waiting(3, review=asked, newest=Newest(event=on(TODAY)))
    old = waiting(1, pending_since=NOW - 9 * DAY)
    not_yet = waiting(4, review=asked, state="changes")
    queue = rows(not_yet, old, fixed, urgent)
    assert [(row.page, row.section) for row in queue] == [
        (3, Section.SOON),
        (2, Section.FIXED),
        (1, Section.WAITING),
    ]
    assert [row.changes_asked for row in queue] == [15, 15, 0]


def test_rows_when_a_change_is_live_already_ask_to_look_and_wait_for_nobody() -> None:
    shown = OverlayField("start", "2026-11-23 10:00", 70, NOW, correction=True)
    live = Review(Reason("live"), live=True, corrections=(shown,))
    record = waiting(7, publication=event(7), state="published", review=live)
    mixed = waiting(8, review=replace(live, live=False), publication=event(8))
    broken = waiting(9, state="broken")
    queue = rows(broken, record, mixed)
    assert [row.section for row in queue] == [
        Section.WAITING,
        Section.LIVE,
        Section.BROKEN,
    ]
    assert [row.corrected for row in queue] == [("start",), ("start",), ()]
    assert (queue[1].waits, queue[1].pending_revision) == (False, 70)
    assert waiting_by_kind(queue) == {"event": 1}
    soon = replace(record, newest=Newest(event=on(TODAY)))
    assert filter_rows(rows(soon), urgent=True) == ()
    blocked = AccountExperience("Ann", 5, blocked=True)
    assert [row.page for row in rows(record, mixed, people=[blocked])] == [7]


def test_rows_when_the_author_has_published_before_count_the_other_pages() -> None:
    known = [
        Record(n, "event", f"E{n}", 0, n, "published", "Ann", publication=event(n))
        for n in (1, 2)
    ]
    (row,) = rows(*known, waiting(3))
    assert (row.earlier, row.first) == (2, False)
    (row,) = rows(*known, waiting(3, creator="Ben"))
    assert (row.earlier, row.first) == (0, True)


def test_rows_when_the_author_of_a_published_page_changes_it_count_others_only() -> (
    None
):
    page = waiting(3, publication=event(3))
    other = Record(1, "event", "E1", 0, 1, "published", "Ann", publication=event(1))
    (row,) = rows(other, page)
    assert row.earlier == 1
    (row,) = rows(other, page, authors={3: None})
    assert row.earlier == 0
    (row,) = rows(replace(other, creator=None), waiting(3, creator=None))
    assert (row.author, row.edits, row.earlier) == (None, None, 0)


def test_rows_when_a_page_was_declined_before_say_so() -> None:
    again, new = rows(
        waiting(1, review=Review(Reason("again"))),
        waiting(2, review=Review(Reason("new"))),
    )
    assert (again.again, new.again) == (True, False)


def test_rows_when_a_page_is_published_have_the_name_that_readers_know() -> None:
    known = replace(event(1), values={**event(1).values, "title": "Tea walk"})
    changed, new = rows(waiting(1, publication=known), waiting(2))
    assert (changed.name, new.name) == ("Tea walk", "2")


def test_rows_when_texts_are_broken_come_before_refused_verdicts() -> None:
    forged = Review(Reason("approval"), (refusal("no-right", NOW - 3 * DAY),))
    told = Record(1, "event", "E", 0, 10, "published", "Ann", review=forged)
    broken = waiting(2, state="broken")
    assert [row.page for row in rows(told, broken, waiting(3))] == [3, 2, 1]


def test_rows_when_a_broken_page_has_no_time_at_all_come_first_of_their_part() -> None:
    begun = replace(waiting(1, state="broken"), pending_since=None)
    first, second = rows(begun, waiting(2, state="broken"))
    assert (first.page, second.page) == (1, 2)
    assert first.pending_since == datetime.min.replace(tzinfo=UTC)
    assert first.pending_revision == 0


def test_rows_when_a_page_does_not_wait_keep_only_new_refusals() -> None:
    old = refusal("author", NOW - 9 * DAY)
    new = refusal("no-right", NOW)
    review = Review(Reason("approval"), (old, new))
    begun = NOW - 10 * DAY
    told = waiting(1, state="published", review=review, pending_since=begun)
    asked = waiting(2, review=review, pending_since=begun)
    by_page = {row.page: row.refusals for row in rows(told, asked)}
    assert by_page == {1: (new,), 2: (old, new)}


def test_rows_when_the_author_is_blocked_are_gone() -> None:
    blocked = AccountExperience("Ann", 0, blocked=True)
    assert rows(waiting(1), people=[blocked]) == ()
    changed = waiting(2, publication=event(2))
    (row,) = rows(changed, authors={2: "Ben"}, people=[blocked])
    assert row.page == 2


def test_rows_when_machines_found_something_say_what() -> None:
    problems = (
        Problem("x", "summary", severity="warning"),
        Problem("y", "summary", severity="warning"),
        Problem("page", severity="warning"),
    )
    bad, good = "https://casino.example/", "https://good.example/"
    newest = Newest(missing=("topics",), addresses=(bad, good))
    (row,) = rows(waiting(1, problems=problems, newest=newest), spam=[bad])
    assert row.problems == ("summary",)
    assert row.missing == ("topics",)
    assert row.spam == (bad,)


def test_rows_when_a_text_is_like_an_older_one_name_that() -> None:
    newest = Newest(sketch=sketch("We meet in the library and write. " * 9 + "Come!"))
    old = Record(1, "event", "Old", 0, 10, "published", "Ben", newest=newest)
    (row,) = rows(old, waiting(2, newest=newest))
    assert row.like is not None
    assert (row.like.page, row.like.title) == (1, "Old")


def refusal(flaw: str, at: datetime = NOW) -> Refusal:
    return Refusal("approve", flaw, "Pavati", "Ann", at)


def test_rows_when_a_verdict_is_forged_show_it_for_a_week() -> None:
    forged = Review(Reason("approval"), (refusal("not-signer"),))
    record = Record(1, "event", "E", 0, 10, "published", "Ann", review=forged)
    (row,) = rows(record)
    assert not row.waits
    assert row.refusals == forged.refusals
    assert rows(record, today=TODAY + 7 * DAY)
    assert rows(record, today=TODAY + 8 * DAY) == ()
    assert waiting_by_kind(rows(record)) == {}


def test_rows_when_a_verdict_named_no_revision_of_a_fresh_page_ask_again() -> None:
    review = Review(Reason("new"), (refusal("unclear-rev"), refusal("author")))
    (row,) = rows(waiting(1, review=review))
    assert row.asks_again == ("Pavati",)
    (row,) = rows(
        waiting(1, review=review, pending_since=NOW + DAY), today=TODAY + 9 * DAY
    )
    assert row.asks_again == ()
    (row,) = rows(waiting(1, review=review), today=TODAY + 9 * DAY)
    assert row.asks_again == ("Pavati",)


def test_rows_when_only_a_refused_verdict_is_told_come_last() -> None:
    forged = Review(Reason("approval"), (refusal("no-right", NOW - 3 * DAY),))
    told = Record(1, "event", "E", 0, 10, "published", "Ann", review=forged)
    assert [row.page for row in rows(told, waiting(2))] == [2, 1]


def test_rows_when_a_text_cannot_be_read_name_what_is_to_be_mended() -> None:
    problems = (
        Problem("magic-word", "summary", 2, ("{{PAGENAME}}",)),
        Problem("image-alt-missing", "image_alt", severity="warning"),
        Problem("unclosed-inside", line=3),
    )
    record = waiting(1, state="broken", problems=problems)
    other, row = rows(record, waiting(2, problems=problems[1:2]))
    assert (row.page, row.waits, row.broken) == (1, False, True)
    assert row.problems == ("summary",)
    assert row.pending_since == NOW
    assert (other.page, other.broken, other.problems) == (2, False, ("image_alt",))
    assert waiting_by_kind([other, row]) == {"event": 1}


def test_rows_when_a_published_text_is_broken_by_a_new_schema_tell_of_it() -> None:
    review = Review(Reason("broken"), first_accepted=NOW - DAY)
    record = Record(1, "event", "E", 0, 10, "broken", "Ann", review=review)
    (row,) = rows(record)
    assert (row.broken, row.pending_since) == (True, NOW - DAY)


def test_rows_when_the_author_of_a_broken_text_is_blocked_are_none() -> None:
    record = waiting(1, state="broken")
    assert rows(record, people=[AccountExperience("Ann", 5, blocked=True)]) == ()
