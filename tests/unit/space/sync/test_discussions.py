"""Talk pages into the store: what is read, what is forgotten, how many requests."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from space.publication.discussion import TalkPageRow
from space.publication.discussion_filters import TalkFilter
from space.store.tables.tables import TALK, threads
from space.sync.talk_pages import TalkReport, update_talk
from space.wiki.threads import Thread
from space.wiki.values import PageInfo, RequestCount
from tests.support.wiki.bot_and_wiki import BotAndWiki, Dump

ASKED = "Space/Questions"


class Talkroom(BotAndWiki):
    """A wiki with a bot in which people talk, too."""

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
def bot_and_wiki() -> Iterator[Talkroom]:
    made = Talkroom()
    made.sync()
    yield made
    made.engine.dispose()


def test_update_when_people_talk_about_what_is_published_then_threads_are_known(
    bot_and_wiki: Talkroom,
) -> None:
    bot_and_wiki.publish("Space/Events/A")
    bot_and_wiki.put(ASKED, "Ask here.")
    bot_and_wiki.talk()
    assert bot_and_wiki.titles() == []
    bot_and_wiki.say("Talk:Space/Events/A", "Trains")
    bot_and_wiki.say(ASKED, "How do I begin?", by="Lena")
    bot_and_wiki.reply("Talk:Space/Events/A", "By bus, too", "Lena")
    assert set(bot_and_wiki.talk().read) == {"Talk:Space/Events/A", ASKED}
    assert bot_and_wiki.titles() == ["Trains", "How do I begin?"]
    assert bot_and_wiki.titles("newest") == ["How do I begin?", "Trains"]
    assert bot_and_wiki.titles("unanswered") == ["How do I begin?"]
    bot_and_wiki.assert_rebuilt()


def test_update_when_nothing_changed_then_nothing_is_read(
    bot_and_wiki: Talkroom,
) -> None:
    bot_and_wiki.publish("Space/Events/A")
    bot_and_wiki.say("Talk:Space/Events/A", "Trains")
    bot_and_wiki.talk()
    assert bot_and_wiki.talk().read == ()
    assert bot_and_wiki.bot.requests.content == 0


def test_update_when_page_is_not_published_then_its_talk_is_in_no_list(
    bot_and_wiki: Talkroom,
) -> None:
    bot_and_wiki.event("Space/Events/A")
    bot_and_wiki.say("Talk:Space/Events/A", "Trains")
    bot_and_wiki.sync()
    bot_and_wiki.talk()
    assert bot_and_wiki.titles() == []
    page = bot_and_wiki.admin.state.page("Space/Events/A")
    assert page is not None
    bot_and_wiki.approve("Space/Events/A", page.latest.id)
    bot_and_wiki.sync()
    bot_and_wiki.talk()
    assert bot_and_wiki.titles() == ["Trains"]
    bot_and_wiki.approve("Space/Events/A", page.latest.id, "withdraw")
    bot_and_wiki.sync()
    assert bot_and_wiki.titles() == []
    bot_and_wiki.talk()
    assert bot_and_wiki.store.discussions.pages() == {}
    bot_and_wiki.assert_rebuilt()


@pytest.mark.parametrize("how", ["blanked", "reverted", "deleted", "moved away"])
def test_update_when_comment_is_no_longer_on_the_page_then_it_is_gone(
    bot_and_wiki: Talkroom, how: str
) -> None:
    bot_and_wiki.publish("Space/Events/A")
    talk = "Talk:Space/Events/A"
    bot_and_wiki.say(talk, "Trains")
    page = bot_and_wiki.admin.state.page(talk)
    assert page is not None
    before = page.latest.text
    spam = bot_and_wiki.say(talk, "Buy this", by="Lena")
    bot_and_wiki.talk()
    assert bot_and_wiki.titles() == ["Buy this", "Trains"]
    if how == "blanked":
        bot_and_wiki.put(talk, "nothing")
    elif how == "reverted":
        bot_and_wiki.put(talk, before)
        bot_and_wiki.admin.hide(spam)
    elif how == "deleted":
        bot_and_wiki.admin.delete(talk)
    else:
        bot_and_wiki.admin.move(talk, "User:Lena/Rubbish", redirect=False)
    bot_and_wiki.talk()
    assert bot_and_wiki.titles() == (["Trains"] if how == "reverted" else [])
    assert all("Buy" not in row[-1] for row in bot_and_wiki.talk_dump()[threads.name])
    bot_and_wiki.assert_rebuilt()


def test_update_when_talk_page_is_undeleted_then_threads_are_back(
    bot_and_wiki: Talkroom,
) -> None:
    bot_and_wiki.publish("Space/Events/A")
    bot_and_wiki.say("Talk:Space/Events/A", "Trains")
    bot_and_wiki.admin.delete("Talk:Space/Events/A")
    bot_and_wiki.talk()
    bot_and_wiki.admin.undelete("Talk:Space/Events/A")
    bot_and_wiki.talk()
    assert bot_and_wiki.titles() == ["Trains"]
    bot_and_wiki.assert_rebuilt()


def test_update_when_page_is_moved_then_its_talk_follows(
    bot_and_wiki: Talkroom,
) -> None:
    bot_and_wiki.publish("Space/Events/A")
    bot_and_wiki.say("Talk:Space/Events/A", "Trains")
    bot_and_wiki.talk()
    for title in ("Space/Events/A", "Talk:Space/Events/A"):
        bot_and_wiki.admin.move(title, title.replace("/A", "/B"))
    bot_and_wiki.sync()
    bot_and_wiki.talk()
    (thread,) = bot_and_wiki.store.discussions.threads(now=bot_and_wiki.admin.state.now)
    assert thread.talk_title == "Talk:Space/Events/B"
    bot_and_wiki.assert_rebuilt()


def test_update_when_page_is_moved_without_its_talk_then_that_is_forgotten(
    bot_and_wiki: Talkroom,
) -> None:
    bot_and_wiki.publish("Space/Events/A")
    bot_and_wiki.publish("Space/Events/C")
    bot_and_wiki.say("Talk:Space/Events/A", "Trains")
    bot_and_wiki.talk()
    bot_and_wiki.admin.move("Space/Events/A", "Space/Events/B", redirect=False)
    bot_and_wiki.sync()
    bot_and_wiki.talk()
    assert bot_and_wiki.titles() == []
    bot_and_wiki.admin.move("Space/Events/C", "Space/Events/A")
    bot_and_wiki.sync()
    bot_and_wiki.talk()
    assert bot_and_wiki.titles() == ["Trains"]
    bot_and_wiki.assert_rebuilt()


@pytest.mark.parametrize("how", ["copied", "moved"])
def test_update_when_thread_is_archived_then_it_stays_one_thread(
    bot_and_wiki: Talkroom, how: str
) -> None:
    bot_and_wiki.publish("Space/Events/A")
    talk, archive = "Talk:Space/Events/A", "Talk:Space/Events/A/Archive 1"
    bot_and_wiki.put(talk, "")
    bot_and_wiki.say(talk, "Trains")
    bot_and_wiki.talk()
    (before,) = bot_and_wiki.store.discussions.threads(now=bot_and_wiki.admin.state.now)
    page = bot_and_wiki.admin.state.page(talk)
    assert page is not None
    if how == "moved":
        bot_and_wiki.admin.move(talk, archive)
        bot_and_wiki.put(talk, "New talk")
    else:
        bot_and_wiki.put(archive, page.latest.text)
        bot_and_wiki.talk()
        assert bot_and_wiki.titles() == ["Trains"]
        bot_and_wiki.put(talk, "New talk")
    bot_and_wiki.talk()
    (after,) = bot_and_wiki.store.discussions.threads(now=bot_and_wiki.admin.state.now)
    assert (after.id, after.page_id) == (before.id, before.page_id)
    assert after.archived
    assert bot_and_wiki.titles("unanswered") == []
    bot_and_wiki.assert_rebuilt()


def test_update_when_author_is_blocked_then_an_unanswered_thread_leads_no_list(
    bot_and_wiki: Talkroom,
) -> None:
    bot_and_wiki.put(ASKED, "Ask here.")
    bot_and_wiki.say(ASKED, "How do I begin?")
    bot_and_wiki.say(ASKED, "Buy this", by="Lena")
    bot_and_wiki.talk()
    assert bot_and_wiki.titles() == ["Buy this", "How do I begin?"]
    bot_and_wiki.admin.block("Lena")
    bot_and_wiki.talk()
    for state in ("active", "newest", "unanswered"):
        assert bot_and_wiki.titles(state) == ["How do I begin?", "Buy this"]
    shown = bot_and_wiki.store.discussions.comments(
        TalkFilter(), now=bot_and_wiki.admin.state.now, limit=9
    )
    assert [row.thread.title for row in shown] == ["How do I begin?"]
    bot_and_wiki.assert_rebuilt()
    bot_and_wiki.admin.unblock("Lena")
    bot_and_wiki.talk()
    assert bot_and_wiki.titles() == ["Buy this", "How do I begin?"]


def test_update_when_thread_holds_verdicts_only_then_it_is_in_no_list(
    bot_and_wiki: Talkroom,
) -> None:
    bot_and_wiki.publish("Space/Events/A")
    bot_and_wiki.talk()
    assert bot_and_wiki.titles() == []


def test_update_when_wiki_fails_midway_then_next_run_makes_it_good(
    bot_and_wiki: Talkroom,
) -> None:
    for name in "ABC":
        bot_and_wiki.publish(f"Space/Events/{name}")
    bot_and_wiki.talk()
    for name in "ABC":
        bot_and_wiki.say(f"Talk:Space/Events/{name}", f"About {name}")
    bot_and_wiki.bot.fail_after = 6
    with pytest.raises(Exception, match="does not answer"):
        bot_and_wiki.talk()
    bot_and_wiki.bot.fail_after = None
    bot_and_wiki.talk()
    assert sorted(bot_and_wiki.titles()) == ["About A", "About B", "About C"]
    bot_and_wiki.assert_rebuilt()


def test_update_when_paused_for_long_then_everything_is_compared(
    bot_and_wiki: Talkroom,
) -> None:
    bot_and_wiki.publish("Space/Events/A")
    bot_and_wiki.talk()
    bot_and_wiki.say("Talk:Space/Events/A", "Trains")
    bot_and_wiki.admin.advance(days=40)
    assert bot_and_wiki.talk().full
    assert bot_and_wiki.titles() == ["Trains"]


def test_unanswered_when_half_a_year_old_waits_no_longer(
    bot_and_wiki: Talkroom,
) -> None:
    bot_and_wiki.put(ASKED, "Ask here.")
    bot_and_wiki.say(ASKED, "Old")
    bot_and_wiki.admin.advance(days=181)
    bot_and_wiki.say(ASKED, "New")
    bot_and_wiki.talk()
    assert bot_and_wiki.titles("unanswered") == ["New"]
    later = bot_and_wiki.admin.state.now + timedelta(days=400)
    assert (
        list(
            bot_and_wiki.store.discussions.threads(
                TalkFilter(state="unanswered"), now=later
            )
        )
        == []
    )


@pytest.mark.parametrize("pages", [20, 60])
def test_update_when_few_of_many_changed_asks_for_those_and_little_more(
    bot_and_wiki: Talkroom, pages: int
) -> None:
    titles = [f"Space/Events/{number}" for number in range(pages)]
    for title in titles:
        bot_and_wiki.approve(title, bot_and_wiki.event(title))
        bot_and_wiki.say(bot_and_wiki.admin.site().talk_title(title), "Hello")
    bot_and_wiki.sync()
    assert len(bot_and_wiki.talk().read) == pages
    for title in titles[:10]:
        bot_and_wiki.reply(f"Talk:{title}", "Indeed", "Lena")
    assert len(bot_and_wiki.talk().read) == 10
    assert bot_and_wiki.bot.requests.content + bot_and_wiki.bot.requests.other <= 10 + 8


@pytest.mark.parametrize("place", ["reading", "storing"])
def test_talk_when_the_software_fails_on_a_page_then_the_others_are_read(
    bot_and_wiki: Talkroom, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    for name in ("Bad", "Good", "Better"):
        bot_and_wiki.publish(f"Space/Events/{name}")
        bot_and_wiki.say(f"Talk:Space/Events/{name}", name)
    bad = "Talk:Space/Events/Bad"
    talk, put = bot_and_wiki.bot.talk, bot_and_wiki.store.put_talk

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
        monkeypatch.setattr(bot_and_wiki.bot, "talk", failing_talk)
    else:
        monkeypatch.setattr(bot_and_wiki.store, "put_talk", failing_put)
    report = bot_and_wiki.talk()
    assert report.failed == (bad,)
    assert sorted(bot_and_wiki.titles()) == ["Better", "Good"]
    monkeypatch.undo()
    assert bot_and_wiki.talk(full=True).failed == ()
    assert sorted(bot_and_wiki.titles()) == ["Bad", "Better", "Good"]


def test_update_when_a_talk_page_is_deleted_without_a_log_then_is_gone(
    bot_and_wiki: Talkroom,
) -> None:
    bot_and_wiki.publish("Space/Events/A")
    bot_and_wiki.say("Talk:Space/Events/A/Archive", "Trains")
    bot_and_wiki.say(ASKED, "How?")
    bot_and_wiki.talk()
    assert set(bot_and_wiki.titles()) == {"Trains", "How?"}
    bot_and_wiki.admin.suppress_page("Talk:Space/Events/A/Archive")
    bot_and_wiki.admin.suppress_page(ASKED)
    bot_and_wiki.admin.advance(hours=2)
    assert bot_and_wiki.talk().removed == 2
    assert bot_and_wiki.titles() == []
    bot_and_wiki.assert_rebuilt()


def test_update_when_an_account_is_hidden_then_neither_name_nor_words_are_there(
    bot_and_wiki: Talkroom,
) -> None:
    bot_and_wiki.publish("Space/Events/A")
    talk = "Talk:Space/Events/A"
    for who in ("Tuhi Tuhi", "Lena"):
        bot_and_wiki.admin.register(who)
    bot_and_wiki.say(talk, "Alone", "Words", by="Tuhi Tuhi")
    bot_and_wiki.say(talk, "Trains", by="Lena")
    bot_and_wiki.reply(talk, "Words", "Tuhi Tuhi")
    now = bot_and_wiki.admin.advance(minutes=1)
    page = bot_and_wiki.admin.state.page(talk)
    assert page is not None
    sign = f"[[User:Lena]] {now:%H:%M, {now.day} %B %Y} (UTC)"
    bot_and_wiki.put(talk, f"{page.latest.text}\n:: An answer {sign}", by="Lena")
    bot_and_wiki.talk()
    assert "Tuhi" in str(bot_and_wiki.talk_dump())
    bot_and_wiki.admin.hide_account("Tuhi Tuhi")
    bot_and_wiki.admin.advance(hours=2)
    bot_and_wiki.talk()
    left = str(bot_and_wiki.talk_dump())
    assert ("Tuhi" in left, "Words" in left, "An answer" in left) == (
        False,
        False,
        True,
    )
    assert bot_and_wiki.titles() == ["Trains"]
    assert bot_and_wiki.talk().read == ()
    bot_and_wiki.assert_rebuilt()
