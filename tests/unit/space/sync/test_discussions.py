"""Talk pages into the store: what is read, what is forgotten, how many requests."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from space.publication.discussion import TalkPageRow
from space.publication.discussion_filters import TalkFilter
from space.store.tables.tables import TALK
from space.sync.talk_pages import TalkReport, update_talk
from space.wiki.threads import Thread
from space.wiki.values import PageInfo, RequestCount
from tests.support.wiki.bot_and_wiki import Dump, Newsroom

ASKED = "Space/Questions"


class Talkroom(Newsroom):
    """A newsroom in which people talk, too."""

    def say(
        self, title: str, heading: str, text: str = "Hello", by: str = "Ann"
    ) -> int:
        """Begin a thread, signed now; the revision's id."""
        page = self.admin.state.page(title)
        before = f"{page.latest.text}\n\n" if page else ""
        return self.put(title, f"{before}== {heading} ==\n{text} {self.sign(by)}", by)

    def reply(self, title: str, text: str, by: str) -> int:
        page = self.admin.state.page(title)
        assert page is not None
        return self.put(title, f"{page.latest.text}\n: {text} {self.sign(by)}", by)

    def put(self, title: str, text: str, by: str = "Ann") -> int:
        return self.admin.as_user(by).write(title, text).revid

    def sign(self, by: str) -> str:
        now = self.admin.advance(minutes=1)
        return f"[[User:{by}|{by}]] {now:%H:%M, {now.day} %B %Y} (UTC)"

    def talk(self, *, full: bool = False) -> TalkReport:
        self.bot.requests = RequestCount()
        return update_talk(
            self.bot,
            self.store,
            root="Space",
            now=self.admin.advance(minutes=1),
            full=full,
        )

    def titles(self, state: str = "active") -> list[str]:
        threads = self.store.discussions.threads(
            TalkFilter(state=state), now=self.admin.state.now
        )
        return [thread.title for thread in threads]

    def talk_dump(self) -> Dump:
        with self.engine.connect() as connection:
            return {
                table.name: sorted(map(tuple, connection.execute(select(table))))
                for table in TALK
            }

    def assert_rebuilt(self) -> None:
        """Reading everything anew gives the very same rows."""
        before = self.talk_dump()
        self.talk(full=True)
        assert self.talk_dump() == before
        self.drop_store()
        self.sync(full=True)
        self.talk()
        assert self.talk_dump() == before


@pytest.fixture
def room() -> Iterator[Talkroom]:
    made = Talkroom()
    made.sync()
    yield made
    made.engine.dispose()


def test_update_when_people_talk_about_what_is_published_then_threads_are_known(
    room: Talkroom,
) -> None:
    room.publish("Space/Events/A")
    room.put(ASKED, "Ask here.")
    room.talk()
    assert room.titles() == []
    room.say("Talk:Space/Events/A", "Trains")
    room.say(ASKED, "How do I begin?", by="Lena")
    room.reply("Talk:Space/Events/A", "By bus, too", "Lena")
    assert set(room.talk().read) == {"Talk:Space/Events/A", ASKED}
    assert room.titles() == ["Trains", "How do I begin?"]
    assert room.titles("newest") == ["How do I begin?", "Trains"]
    assert room.titles("unanswered") == ["How do I begin?"]
    room.assert_rebuilt()


def test_update_when_nothing_changed_then_nothing_is_read(room: Talkroom) -> None:
    room.publish("Space/Events/A")
    room.say("Talk:Space/Events/A", "Trains")
    room.talk()
    assert room.talk().read == ()
    assert room.bot.requests.content == 0


def test_update_when_page_is_not_published_then_its_talk_is_in_no_list(
    room: Talkroom,
) -> None:
    room.event("Space/Events/A")
    room.say("Talk:Space/Events/A", "Trains")
    room.sync()
    room.talk()
    assert room.titles() == []
    page = room.admin.state.page("Space/Events/A")
    assert page is not None
    room.approve("Space/Events/A", page.latest.id)
    room.sync()
    room.talk()
    assert room.titles() == ["Trains"]
    room.approve("Space/Events/A", page.latest.id, "withdraw")
    room.sync()
    assert room.titles() == []
    room.talk()
    assert room.store.discussions.pages() == {}
    room.assert_rebuilt()


@pytest.mark.parametrize("how", ["blanked", "reverted", "deleted", "moved away"])
def test_update_when_comment_is_no_longer_on_the_page_then_it_is_gone(
    room: Talkroom, how: str
) -> None:
    room.publish("Space/Events/A")
    talk = "Talk:Space/Events/A"
    room.say(talk, "Trains")
    page = room.admin.state.page(talk)
    assert page is not None
    before = page.latest.text
    spam = room.say(talk, "Buy this", by="Lena")
    room.talk()
    assert room.titles() == ["Buy this", "Trains"]
    if how == "blanked":
        room.put(talk, "nothing")
    elif how == "reverted":
        room.put(talk, before)
        room.admin.hide(spam)
    elif how == "deleted":
        room.admin.delete(talk)
    else:
        room.admin.move(talk, "User:Lena/Rubbish", redirect=False)
    room.talk()
    assert room.titles() == (["Trains"] if how == "reverted" else [])
    assert all("Buy" not in row[-1] for row in room.talk_dump()["space_thread"])
    room.assert_rebuilt()


def test_update_when_talk_page_is_undeleted_then_threads_are_back(
    room: Talkroom,
) -> None:
    room.publish("Space/Events/A")
    room.say("Talk:Space/Events/A", "Trains")
    room.admin.delete("Talk:Space/Events/A")
    room.talk()
    room.admin.undelete("Talk:Space/Events/A")
    room.talk()
    assert room.titles() == ["Trains"]
    room.assert_rebuilt()


def test_update_when_page_is_moved_then_its_talk_follows(room: Talkroom) -> None:
    room.publish("Space/Events/A")
    room.say("Talk:Space/Events/A", "Trains")
    room.talk()
    for title in ("Space/Events/A", "Talk:Space/Events/A"):
        room.admin.move(title, title.replace("/A", "/B"))
    room.sync()
    room.talk()
    (thread,) = room.store.discussions.threads(now=room.admin.state.now)
    assert thread.talk_title == "Talk:Space/Events/B"
    room.assert_rebuilt()


@pytest.mark.parametrize("how", ["copied", "moved"])
def test_update_when_thread_is_archived_then_it_stays_one_thread(
    room: Talkroom, how: str
) -> None:
    room.publish("Space/Events/A")
    talk, archive = "Talk:Space/Events/A", "Talk:Space/Events/A/Archive 1"
    room.put(talk, "")
    room.say(talk, "Trains")
    room.talk()
    (before,) = room.store.discussions.threads(now=room.admin.state.now)
    page = room.admin.state.page(talk)
    assert page is not None
    if how == "moved":
        room.admin.move(talk, archive)
        room.put(talk, "New talk")
    else:
        room.put(archive, page.latest.text)
        room.talk()
        assert room.titles() == ["Trains"]
        room.put(talk, "New talk")
    room.talk()
    (after,) = room.store.discussions.threads(now=room.admin.state.now)
    assert (after.id, after.page_id) == (before.id, before.page_id)
    assert after.archived
    assert room.titles("unanswered") == []
    room.assert_rebuilt()


def test_update_when_author_is_blocked_then_an_unanswered_thread_leads_no_list(
    room: Talkroom,
) -> None:
    room.put(ASKED, "Ask here.")
    room.say(ASKED, "How do I begin?")
    room.say(ASKED, "Buy this", by="Lena")
    room.talk()
    assert room.titles() == ["Buy this", "How do I begin?"]
    room.admin.block("Lena")
    room.talk()
    for state in ("active", "newest", "unanswered"):
        assert room.titles(state) == ["How do I begin?", "Buy this"]
    shown = room.store.discussions.comments(
        TalkFilter(), now=room.admin.state.now, limit=9
    )
    assert [row.thread.title for row in shown] == ["How do I begin?"]
    room.assert_rebuilt()
    room.admin.unblock("Lena")
    room.talk()
    assert room.titles() == ["Buy this", "How do I begin?"]


def test_update_when_thread_holds_verdicts_only_then_it_is_in_no_list(
    room: Talkroom,
) -> None:
    room.publish("Space/Events/A")
    room.talk()
    assert room.titles() == []


def test_update_when_wiki_fails_midway_then_next_run_makes_it_good(
    room: Talkroom,
) -> None:
    for name in "ABC":
        room.publish(f"Space/Events/{name}")
    room.talk()
    for name in "ABC":
        room.say(f"Talk:Space/Events/{name}", f"About {name}")
    room.bot.fail_after = 6
    with pytest.raises(Exception, match="does not answer"):
        room.talk()
    room.bot.fail_after = None
    room.talk()
    assert sorted(room.titles()) == ["About A", "About B", "About C"]
    room.assert_rebuilt()


def test_update_when_paused_for_long_then_everything_is_compared(
    room: Talkroom,
) -> None:
    room.publish("Space/Events/A")
    room.talk()
    room.say("Talk:Space/Events/A", "Trains")
    room.admin.advance(days=40)
    assert room.talk().full
    assert room.titles() == ["Trains"]


def test_unanswered_when_half_a_year_old_waits_no_longer(room: Talkroom) -> None:
    room.put(ASKED, "Ask here.")
    room.say(ASKED, "Old")
    room.admin.advance(days=181)
    room.say(ASKED, "New")
    room.talk()
    assert room.titles("unanswered") == ["New"]
    later = room.admin.state.now + timedelta(days=400)
    assert (
        list(room.store.discussions.threads(TalkFilter(state="unanswered"), now=later))
        == []
    )


@pytest.mark.parametrize("pages", [20, 60])
def test_update_when_few_of_many_changed_asks_for_those_and_little_more(
    room: Talkroom, pages: int
) -> None:
    titles = [f"Space/Events/{number}" for number in range(pages)]
    for title in titles:
        room.approve(title, room.event(title))
        room.say(room.admin.site().talk_title(title), "Hello")
    room.sync()
    assert len(room.talk().read) == pages
    for title in titles[:10]:
        room.reply(f"Talk:{title}", "Indeed", "Lena")
    assert len(room.talk().read) == 10
    assert room.bot.requests.content + room.bot.requests.other <= 10 + 8


@pytest.mark.parametrize("place", ["reading", "storing"])
def test_talk_when_the_software_fails_on_a_page_then_the_others_are_read(
    room: Talkroom, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    for name in ("Bad", "Good", "Better"):
        room.publish(f"Space/Events/{name}")
        room.say(f"Talk:Space/Events/{name}", name)
    bad = "Talk:Space/Events/Bad"
    talk, put = room.bot.talk, room.store.put_talk

    def failing_talk(pages: Iterable[PageInfo]) -> dict[int, tuple[Thread, ...]]:
        pages = list(pages)
        if any(page.title == bad for page in pages):
            raise RecursionError
        return talk(pages)

    def failing_put(page: TalkPageRow, threads: Iterable[Thread]) -> None:
        if page.title == bad:
            raise OverflowError
        put(page, threads)

    if place == "reading":
        monkeypatch.setattr(room.bot, "talk", failing_talk)
    else:
        monkeypatch.setattr(room.store, "put_talk", failing_put)
    report = room.talk()
    assert report.failed == (bad,)
    assert sorted(room.titles()) == ["Better", "Good"]
    monkeypatch.undo()
    assert room.talk(full=True).failed == ()
    assert sorted(room.titles()) == ["Bad", "Better", "Good"]


def test_update_when_a_talk_page_is_deleted_without_a_log_then_is_gone(
    room: Talkroom,
) -> None:
    room.publish("Space/Events/A")
    room.say("Talk:Space/Events/A/Archive", "Trains")
    room.say(ASKED, "How?")
    room.talk()
    assert set(room.titles()) == {"Trains", "How?"}
    room.admin.suppress_page("Talk:Space/Events/A/Archive")
    room.admin.suppress_page(ASKED)
    room.admin.advance(hours=2)
    assert room.talk().removed == 2
    assert room.titles() == []
    room.assert_rebuilt()


def test_update_when_an_account_is_hidden_then_neither_name_nor_words_are_there(
    room: Talkroom,
) -> None:
    room.publish("Space/Events/A")
    talk = "Talk:Space/Events/A"
    for who in ("Tuhi Tuhi", "Lena"):
        room.admin.register(who)
    room.say(talk, "Alone", "Words", by="Tuhi Tuhi")
    room.say(talk, "Trains", by="Lena")
    room.reply(talk, "Words", "Tuhi Tuhi")
    now = room.admin.advance(minutes=1)
    page = room.admin.state.page(talk)
    assert page is not None
    sign = f"[[User:Lena]] {now:%H:%M, {now.day} %B %Y} (UTC)"
    room.put(talk, f"{page.latest.text}\n:: An answer {sign}", by="Lena")
    room.talk()
    assert "Tuhi" in str(room.talk_dump())
    room.admin.hide_account("Tuhi Tuhi")
    room.admin.advance(hours=2)
    room.talk()
    left = str(room.talk_dump())
    assert ("Tuhi" in left, "Words" in left, "An answer" in left) == (
        False,
        False,
        True,
    )
    assert room.titles() == ["Trains"]
    assert room.talk().read == ()
    room.assert_rebuilt()
