"""Threads in the store, the same in every database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from space.publication.discussion import ARCHIVES, QUESTIONS, TALK_PAGE, TalkPageRow
from space.publication.discussion_filters import TalkFilter, parse_talk
from space.settings.topics import Topics
from space.store import Store
from space.wiki.threads import Comment, Thread
from tests.support.feeds.publications import event, post, record

START = datetime(2026, 11, 1, 10, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def thread(
    name: str, *authors: str, hours: int = 0, html: str = "text", verdict: bool = False
) -> Thread:
    """A thread with a comment an hour by each of the authors."""
    comments = tuple(
        Comment(
            id=f"c-{author}-{name}-{number}",
            author=author,
            at=START + timedelta(hours=hours + number),
            level=number + 1,
            parent=""
            if number == 0
            else f"c-{authors[number - 1]}-{name}-{number - 1}",
            html=f"<p>{html} {number} 🎉</p>",
            verdict=verdict,
        )
        for number, author in enumerate(authors)
    )
    return Thread(f"h-{name}", name, comments)


def page(talk_id: int, page_id: int, place: str = TALK_PAGE) -> TalkPageRow:
    return TalkPageRow(talk_id, page_id, f"Talk:{talk_id}", talk_id * 10, place)


@pytest.fixture
def talking(store: Store) -> Store:
    """A post, an event and the questions page, each with talk."""
    store.put(
        record(event(7, topics=("glam",), languages=("fr", "mi", "sr-Latn", "zh-TW"))),
        record(post(8, topics=("women",))),
    )
    store.put_talk(page(70, 7), [thread("Trains", "Ann", "Olu", hours=3)])
    store.put_talk(page(80, 8), [thread("Tāmaki", "Ann", hours=2)])
    asked = page(90, 90, QUESTIONS)
    store.put_talk(asked, [thread("How", "Lena"), thread("Wo", "Ann", "Eva", hours=9)])
    return store


def titles(store: Store, *items: tuple[str, str], now: datetime = NOW) -> list[str]:
    wanted = parse_talk(items)
    assert isinstance(wanted, TalkFilter)
    return [row.title for row in store.discussions.threads(wanted, now=now)]


@pytest.mark.parametrize(
    ("items", "found"),
    [
        ([], ["Wo", "Trains", "Tāmaki", "How"]),
        ([("state", "newest")], ["Wo", "Trains", "Tāmaki", "How"]),
        ([("state", "unanswered")], ["How", "Tāmaki"]),
        ([("kind", "question")], ["Wo", "How"]),
        ([("kind", "post"), ("kind", "event")], ["Trains", "Tāmaki"]),
        ([("topic", "GLAM")], ["Trains"]),
        ([("topic", "museums")], ["Trains"]),
        ([("language", "mi"), ("language", "de")], ["Trains"]),
        ([("language", "sr-el")], ["Trains"]),
        ([("language", "zh-Hant-TW")], ["Trains"]),
        ([("language", "en")], ["Tāmaki"]),
        ([("about", "8")], ["Tāmaki"]),
        ([("q", "tāmaki TEXT")], ["Tāmaki"]),
        ([("q", "tamaki")], []),
        ([("q", "100%")], []),
    ],
)
def test_threads_by_filter(
    talking: Store, items: list[tuple[str, str]], found: list[str]
) -> None:
    talking.set_topics(Topics({"museums": "glam"}))
    assert titles(talking, *items) == found


def test_threads_when_paged_then_follow_on_each_other(talking: Store) -> None:
    pages = [
        row.title
        for offset in (0, 2, 4)
        for row in talking.discussions.threads(now=NOW, limit=2, offset=offset)
    ]
    assert pages == titles(talking)


def test_thread_when_asked_by_key_comes_with_its_comments(talking: Store) -> None:
    (row,) = talking.discussions.threads(TalkFilter(pages=(7,)), now=NOW)
    found = talking.discussions.thread(7, row.key)
    assert found is not None
    assert found[0] == row
    assert found[1] == thread("Trains", "Ann", "Olu", hours=3).comments
    assert [comment.html for comment in found[1]] == [
        "<p>text 0 🎉</p>",
        "<p>text 1 🎉</p>",
    ]
    assert (row.comments, row.people, row.answered) == (2, 2, True)
    assert (row.kind, row.subject) == ("event", "Event 7")
    assert talking.discussions.thread(8, row.key) is None
    assert talking.discussions.thread(7, "no") is None


def test_threads_when_page_is_not_published_are_hidden(talking: Store) -> None:
    talking.remove(7)
    talking.put_talk(page(71, 7, ARCHIVES[TALK_PAGE]), [thread("Old", "Ann")])
    assert titles(talking) == ["Wo", "Tāmaki", "How"]
    assert set(talking.discussions.talked()) == {8, 90}
    shown = talking.discussions.comments(TalkFilter(), now=NOW, limit=99)
    assert {row.thread.title for row in shown} == {"Wo", "Tāmaki", "How"}


def test_put_when_page_is_put_again_then_the_last_one_counts(talking: Store) -> None:
    talking.put_talk(page(70, 7), [thread("Buses", "Ann")])
    assert titles(talking, ("about", "7")) == ["Buses"]
    talking.remove_talk([70])
    assert titles(talking, ("about", "7")) == []
    assert set(talking.discussions.pages()) == {80, 90}


def test_put_when_thread_stands_on_two_pages_then_is_one(talking: Store) -> None:
    archive = page(71, 7, ARCHIVES[TALK_PAGE])
    talking.put_talk(archive, [thread("Trains", "Ann", "Olu", hours=3)])
    assert titles(talking, ("about", "7")) == ["Trains"]
    assert talking.discussions.talked([7])[7].comments == 2
    talking.put_talk(page(70, 7), [])
    (row,) = talking.discussions.threads(TalkFilter(pages=(7,)), now=NOW)
    assert (row.talk_id, row.archived) == (71, True)


def test_put_when_thread_has_only_verdicts_then_is_none(talking: Store) -> None:
    talking.put_talk(page(70, 7), [thread("Review", "Pavati", verdict=True)])
    assert titles(talking, ("about", "7")) == []


def test_set_aside_when_author_is_blocked_then_thread_leads_nothing(
    talking: Store,
) -> None:
    assert talking.discussions.waiting_authors(NOW, 9) == ("Ann", "Lena")
    talking.set_aside(["Lena", "Ann"])
    assert titles(talking) == ["Wo", "Trains", "Tāmaki", "How"]
    assert titles(talking, ("state", "unanswered")) == ["How", "Tāmaki"]
    talking.set_aside(["Lena"])
    assert titles(talking, ("state", "unanswered")) == ["Tāmaki", "How"]
    talking.set_aside([])
    assert titles(talking, ("state", "unanswered")) == ["How", "Tāmaki"]


def test_comments_when_asked_are_the_newest_of_what_fits(talking: Store) -> None:
    talking.set_aside(["Lena"])
    rows = list(talking.discussions.comments(TalkFilter(), now=NOW, limit=3))
    assert [(row.comment.author, row.thread.title) for row in rows] == [
        ("Eva", "Wo"),
        ("Ann", "Wo"),
        ("Olu", "Trains"),
    ]
    everything = talking.discussions.comments(TalkFilter(), now=NOW, limit=99)
    assert "How" not in {row.thread.title for row in everything}


def test_comments_about_a_page_when_read_stand_by_thread_from_its_beginning(
    talking: Store,
) -> None:
    talking.put_talk(
        page(71, 7),
        [
            thread("Older", "Eva", "Olu", hours=1),
            thread("Review", "Pavati", verdict=True),
            thread("Aside", "Lena"),
        ],
    )
    talking.set_aside(["Lena"])

    def said(limit: int) -> list[tuple[str, str]]:
        rows = talking.discussions.about(7, limit)
        return [(row.thread.title, row.comment.author) for row in rows]

    trains, older = [("Trains", "Ann"), ("Trains", "Olu")], ("Older", "Eva")
    assert said(99) == [*trains, older, ("Older", "Olu")]
    assert said(3) == [*trains, older]
    talking.remove(7)
    assert said(99) == []


def test_prepare_when_build_key_changes_then_talk_is_read_again(
    talking: Store,
) -> None:
    talking.prepare("another", NOW.date())
    assert {row.latest for row in talking.discussions.pages().values()} == {0}
    assert "Trains" in titles(talking)


def test_interested_when_put_are_counted_apart_from_what_is_said(
    talking: Store,
) -> None:
    signed = thread("Interested", "Ann", "Olu", "Ann")
    lines = tuple(replace(each, interest=True) for each in signed.comments)
    talk = [thread("Trains", "Ann", "Olu"), replace(signed, comments=lines)]

    talking.put_talk(page(70, 7), talk)

    assert titles(talking) == ["Wo", "Tāmaki", "Trains", "How"]
    counted = talking.discussions.talked([7])[7]
    assert (counted.comments, counted.interested) == (2, 2)
    assert talking.discussions.interests_of("Olu") == (7,)
    assert talking.discussions.authors()["Olu"] == {70}
    talking.put_talk(page(80, 8), [replace(signed, comments=lines)])
    assert talking.discussions.talked()[8].active is None
    assert talking.discussions.interests_of("Ann") == (7, 8)
    talking.remove_talk([70, 80])
    assert talking.discussions.interests_of("Ann") == ()
