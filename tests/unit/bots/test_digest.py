"""The digest: written once a week, and on each talk page once, whatever happens."""

import os
from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest

from bots.job import Job
from bots.report import Did, ExitCode, Report
from bots.tasks import TASKS
from bots.tasks import digest as task
from space.wiki.outcomes import Outcome, ReadOnly
from space.wiki.port import Wiki
from space.wiki.values import Edit, RequestCount
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki, event

POST = "{{Space post|title=News|language=en}}\nText."
CALL = event(title="Call", mode="online", country="")
LIST = "Space/Digest/Subscribers/en"
PAGE = "Space/Digest/2026-W47/en"
OWN, THERE = "wiki.test", "second.test"
HEADING = "== Wikimedia news and events, 16–22 Nov 2026 =="


class Readers:
    """A wiki with a digest to send, a second wiki, and people who get it."""

    def __init__(self, runner: BotRunner) -> None:
        self.runner = runner
        self.here = runner.bot_and_wiki.admin
        self.there = MemoryWiki()
        self.there.register("SpaceBot", "bot")
        self.there.state.now = self.here.state.now
        self.wikis = {OWN: self.here, THERE: self.there}

    def subscribe(self, *people: tuple[str, str], title: str = LIST) -> None:
        """Accounts on their wikis, and the lines of their list."""
        for name, host in people:
            self.wikis[host].register(name)
        lines = [f"* {{{{#target:User talk:{name}|{host}}}}}" for name, host in people]
        self.here.write(title, "\n".join(lines))

    def talk(self, name: str, host: str = OWN) -> str:
        page = self.wikis[host].state.page(f"User talk:{name}")
        return page.latest.text if page else ""

    def job(self, **options: bool) -> Job:
        self.there.state.now = self.here.state.now
        bots: dict[str, Callable[[], Wiki]] = {
            OWN: lambda: self.runner.bot_and_wiki.bot,
            THERE: lambda: self.there.as_user("SpaceBot"),
        }
        return replace(self.runner.job("digest", **options), delivery_wikis=bots)

    def run(self, **options: bool) -> Report:
        return self.job(**options).perform(TASKS["digest"])

    def next_week(self) -> None:
        """The Monday after the week in which everything was published."""
        self.here.advance(days=1)


@pytest.fixture
def readers(runner: BotRunner) -> Readers:
    return sunday(runner)


def sunday(runner: BotRunner) -> Readers:
    """Sunday, 22 November 2026: a post and an event are there."""
    runner.settings = replace(runner.settings, digest_languages=("en",))
    publish(runner.bot_and_wiki, "Space/Blog/News", POST)
    publish(runner.bot_and_wiki, "Space/Events/Call", CALL)
    runner.run("sync")
    return Readers(runner)


def publish(bot_and_wiki: BotAndWiki, title: str, text: str) -> None:
    revid = bot_and_wiki.ann.write(title, text).revid
    bot_and_wiki.approve(title, revid)


def test_digest_when_the_week_is_over_is_a_page_in_each_language(
    readers: Readers,
) -> None:
    readers.runner.settings = replace(
        readers.runner.settings, digest_languages=("en", "ar"), digest_prefix="m"
    )
    assert readers.run().pages == ()  # of the week before there is nothing
    readers.next_week()

    report = readers.run()

    assert [page.title for page in report.pages if page.did is Did.WRITTEN] == [
        PAGE,
        "Space/Digest/2026-W47/ar",
    ]
    page = readers.here.state.page(PAGE)
    assert page
    assert "* [[m:Space/Blog/News|News]]\n" in page.latest.text
    assert "* '''28 Nov''' – [[m:Space/Events/Call|Call]] (Online)" in page.latest.text
    arabic = readers.here.state.page("Space/Digest/2026-W47/ar")
    assert arabic
    assert '<div lang="ar" dir="rtl">' in arabic.latest.text


def test_digest_when_nothing_is_new_asks_once_and_writes_nothing(
    readers: Readers,
) -> None:
    nine = ("ar", "bn", "de", "en", "es", "fr", "pt", "ru", "zh-hans")
    readers.runner.settings = replace(readers.runner.settings, digest_languages=nine)
    readers.subscribe(("Olu", OWN))
    readers.next_week()
    readers.run()
    before, bot = readers.here.state.next_revision, readers.runner.bot_and_wiki.bot
    bot.requests = RequestCount()
    job = readers.job()
    asked = bot.requests.total

    report = job.perform(TASKS["digest"])

    assert bot.requests.total - asked <= 3
    assert readers.here.state.next_revision == before
    assert report.pages == ()


def test_digest_when_the_settings_name_no_language_is_none(readers: Readers) -> None:
    readers.runner.settings = replace(readers.runner.settings, digest_languages=())
    readers.next_week()
    assert readers.run() == Report()


def test_digest_when_a_post_is_withdrawn_is_without_it(readers: Readers) -> None:
    readers.next_week()
    readers.run()
    page = readers.here.state.page("Space/Blog/News")
    assert page
    readers.runner.bot_and_wiki.approve(page.title, page.latest.id, "withdraw")
    readers.runner.run("sync")

    readers.run()

    digest = readers.here.state.page(PAGE)
    assert digest
    assert "News]]" not in digest.latest.text
    assert "Call]]" in digest.latest.text


def test_digest_when_all_of_it_is_taken_back_says_nothing_of_it(
    readers: Readers,
) -> None:
    readers.next_week()
    readers.run()
    for title in ("Space/Blog/News", "Space/Events/Call"):
        page = readers.here.state.page(title)
        assert page
        readers.runner.bot_and_wiki.approve(title, page.latest.id, "withdraw")
    readers.runner.run("sync")

    dids = [page.did for page in readers.run().pages]

    digest = readers.here.state.page(PAGE)
    assert digest
    assert dids == [Did.WRITTEN]
    assert "\n* " not in digest.latest.text
    assert readers.run() == Report()
    readers.here.advance(days=7)
    assert readers.run() == Report()


def test_delivery_when_a_wiki_is_added_within_the_week_reaches_it(
    readers: Readers,
) -> None:
    readers.subscribe(("Lena", THERE))
    readers.next_week()
    readers.runner.run("digest")
    assert not readers.talk("Lena", THERE)

    readers.run()

    assert readers.talk("Lena", THERE).count(HEADING) == 1


def test_digest_page_when_somebody_edited_it_is_theirs(readers: Readers) -> None:
    readers.next_week()
    readers.run()
    readers.here.write(PAGE, "Better words")
    readers.subscribe(("Olu", OWN))

    (page,) = (each for each in readers.run().pages if each.title == PAGE)

    assert page.did is Did.LEFT


def test_delivery_when_people_are_on_two_wikis_reaches_each_once(
    readers: Readers,
) -> None:
    readers.subscribe(("Olu", OWN), ("Lena", THERE))
    readers.next_week()
    for _ in range(3):
        assert readers.run().exit_code is ExitCode.FINE

    assert readers.talk("Olu").count(HEADING) == 1
    assert readers.talk("Lena", THERE).count(HEADING) == 1
    assert "[[User:SpaceBot|SpaceBot]]" in readers.talk("Lena", THERE)
    assert not readers.talk("Lena")


def test_delivery_when_a_line_was_removed_reaches_nobody(readers: Readers) -> None:
    readers.subscribe(("Olu", OWN), ("Lena", OWN))
    readers.subscribe(("Lena", OWN))
    readers.next_week()
    readers.run()

    assert not readers.talk("Olu")
    assert HEADING in readers.talk("Lena")


@pytest.mark.parametrize("arrives", [True, False])
def test_delivery_when_killed_at_any_save_reaches_each_once_in_the_end(
    monkeypatch: pytest.MonkeyPatch, *, arrives: bool
) -> None:
    number = 20 if "SPACE_SOAK" in os.environ else 2
    people = [(f"Reader{n}", (OWN, THERE)[n % 2]) for n in range(number)]
    for killed_at in range(1 + number):  # the first save is that of the page
        readers = sunday(BotRunner(BotAndWiki()))
        readers.subscribe(*people)
        readers.next_week()
        with monkeypatch.context() as patch:
            patch.setattr(MemoryWiki, "save", dying(killed_at, arrives=arrives))
            with pytest.raises(KeyboardInterrupt):
                readers.run()
        had = sum(HEADING in readers.talk(*reader) for reader in people)
        assert had == killed_at - 1 + arrives if killed_at else had == 0

        readers.run()

        for reader in people:
            assert readers.talk(*reader).count(HEADING) == 1


def dying(after: int, *, arrives: bool) -> Callable[[MemoryWiki, Edit], Outcome]:
    """A save that ends the process once so many were made; or just behind it."""
    left, save = count(after, -1), MemoryWiki.save

    def die(wiki: MemoryWiki, edit: Edit) -> Outcome:
        is_last = not next(left)
        if arrives or not is_last:
            outcome = save(wiki, edit)
        if is_last:
            raise KeyboardInterrupt
        return outcome

    return die


def test_delivery_when_a_message_was_archived_or_removed_is_not_repeated(
    readers: Readers,
) -> None:
    readers.subscribe(("Olu", OWN), ("Lena", OWN))
    readers.next_week()
    readers.run()
    readers.here.write("User talk:Olu", "Empty again")
    readers.here.move("User talk:Lena", "User talk:Lena/Archive 1", redirect=False)
    readers.subscribe(("Olu", OWN), ("Lena", OWN), ("Aiko", OWN))

    readers.run()

    assert HEADING not in readers.talk("Olu") + readers.talk("Lena")
    assert HEADING in readers.talk("Aiko")


def test_delivery_when_a_person_has_sent_it_is_not_repeated(readers: Readers) -> None:
    readers.subscribe(("Olu", OWN))
    readers.next_week()
    messenger = readers.here.as_user("MediaWiki message delivery")
    summary = f"/* {HEADING.strip('= ')} */ new section"
    messenger.write("User talk:Olu", "sent", summary)

    readers.run()

    assert HEADING not in readers.talk("Olu")


def test_delivery_when_pages_want_or_take_none_leaves_them_out(
    readers: Readers,
) -> None:
    names = ["Blocked", "Out", "Old name", "Nobody", "~2026-1", "192.0.2.7"]
    readers.subscribe(*((name, OWN) for name in names))
    readers.here.block("Blocked")
    readers.here.write("User talk:Out", "[[Category:Opted-out of message delivery]]")
    readers.here.register("New name")
    readers.here.write("User talk:Old name", "#REDIRECT [[User talk:New name]]")
    del readers.here.state.accounts["Nobody"], readers.here.state.accounts["192.0.2.7"]
    readers.here.write("Space/Blog/Page", "a page of its own")
    text = readers.here.state.page(LIST)
    assert text
    more = "{{#target:Space/Blog/Page}} {{target|page=Meta:Babel}} {{target|user=Aiko}}"
    readers.here.write("Meta:Babel", "A village pump")
    readers.here.register("Aiko")
    readers.here.write(LIST, f"{text.latest.text}\n{more}")
    readers.next_week()

    readers.run()

    written = {
        page.title for page in readers.here.state.live() if HEADING in page.latest.text
    }
    assert written == {"User talk:New name", "Meta:Babel", "User talk:Aiko"}


def test_delivery_when_somebody_is_on_two_lists_of_a_language_has_the_region(
    readers: Readers,
) -> None:
    readers.subscribe(("Olu", OWN))
    readers.subscribe(("Olu", OWN), title=f"{LIST}/Oceania")
    bot_and_wiki = readers.runner.bot_and_wiki
    bot_and_wiki.approve("Space/Events/Hui", bot_and_wiki.event("Space/Events/Hui"))
    readers.runner.run("sync")
    readers.next_week()

    readers.run()

    assert readers.talk("Olu").count(HEADING) == 1
    assert "Hui|Photo walk]] (New Zealand)" in readers.talk("Olu")
    general = readers.here.state.page(PAGE)
    assert general
    assert "Hui" not in general.latest.text


def test_delivery_when_many_wait_goes_on_in_the_next_run(
    readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(task, "MOST", 2)
    names = [f"Reader{number}" for number in range(5)]
    readers.subscribe(*((name, OWN) for name in names))
    readers.next_week()

    had = []
    for _ in range(4):
        readers.run()
        had.append(sum(HEADING in readers.talk(name) for name in names))

    assert had == [2, 4, 5, 5]


def test_delivery_when_a_wiki_takes_no_edits_is_made_later(readers: Readers) -> None:
    readers.subscribe(("Olu", OWN), ("Lena", THERE))
    readers.next_week()
    readers.there.answer_next(ReadOnly("Maintenance"))

    assert readers.run().exit_code is ExitCode.TRY_LATER
    assert HEADING in readers.talk("Olu")
    assert readers.run().exit_code is ExitCode.FINE
    assert readers.talk("Lena", THERE).count(HEADING) == 1


def test_delivery_when_an_answer_was_lost_is_not_repeated(readers: Readers) -> None:
    readers.subscribe(("Lena", THERE))
    readers.next_week()
    readers.there.lose_next_answer()

    assert readers.run().exit_code is ExitCode.TRY_LATER
    assert readers.run().exit_code is ExitCode.FINE
    assert readers.talk("Lena", THERE).count(HEADING) == 1


def test_digest_when_dry_is_only_shown(readers: Readers) -> None:
    readers.subscribe(("Olu", OWN))
    readers.next_week()
    before = readers.here.state.next_revision

    report = readers.run(dry_run=True)

    assert [page.did for page in report.pages] == [Did.WOULD_WRITE] * 2
    assert readers.here.state.next_revision == before
