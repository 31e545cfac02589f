"""Followers are mentioned for their events, once each, and nobody else is."""

import os
from collections import Counter

import pytest

from bots.report import Did
from bots.tasks import TASKS
from bots.tasks.notify import run
from space.follow import plan
from tests.support.bots.notified import (
    FOLLOWERS,
    MEMORY,
    TALK,
    follow,
    killed_at,
    mentioned,
    new_texts,
    switch_on,
)
from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki

NEW, WEEK, DAY = "New events", "In about a week", "Tomorrow, or later today"
POST = "New posts"
IS_SOAK = "SPACE_SOAK" in os.environ


@pytest.fixture
def runner(runner: BotRunner) -> BotRunner:
    switch_on(runner)
    return runner


def announce(place: BotAndWiki, title: str, days: int = 90, **values: str) -> str:
    """Have an event published that begins in so many days; its title."""
    start = place.admin.state.now.date().toordinal() + days
    day = place.admin.state.now.date().fromordinal(start)
    given = {"timezone": "UTC", "start": f"{day} 12:00", **values}
    title = f"Space/Events/{title}"
    place.approve(title, place.event(title, **given))
    place.sync()
    return title


def tell(place: BotAndWiki, title: str, by: str = "Ann", **values: str) -> str:
    """Have a post published; its title."""
    given = {"title": title, "language": "en", **values}
    fields = "".join(f"|{name}={value}" for name, value in given.items())
    title = f"Space/Blog/{title}"
    text = f"{{{{Space post{fields}}}}}\nText."
    place.approve(title, place.admin.as_user(by).write(title, text).revid)
    place.sync()
    return title


def tomorrow(place: BotAndWiki, days: int = 1) -> None:
    place.admin.advance(days=days)


def notify_daily(runner: BotRunner, place: BotAndWiki, days: int) -> None:
    for _ in range(days):
        runner.run("notify")
        tomorrow(place)


def test_event_when_published_is_told_to_whom_its_filter_fits_and_once(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    admin = bot_and_wiki.admin
    follow(admin, "Ana", "|country=NZ")
    follow(admin, "Ben", "|topic=maps|language=fr")
    follow(admin, "Cem", "|country=FR")
    tea = announce(bot_and_wiki, "Tea", country="NZ", topics="Women")
    lune = announce(bot_and_wiki, "Lune", country="FR", topics="Maps", languages="fr")

    notify_daily(runner, bot_and_wiki, days=10)

    expected = {("Ana", tea, NEW), ("Ben", lune, NEW), ("Cem", lune, NEW)}
    assert mentioned(admin) == Counter(expected)


def test_post_when_published_is_told_to_whom_its_filter_fits_and_once(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    admin = bot_and_wiki.admin
    follow(admin, "Ana", "|kind=post")
    follow(admin, "Ben", "|kind=post|topic=maps|language=fr; de")
    follow(admin, "Cem", "|kind=post|author=Dee")
    follow(admin, "Dee", "|kind=post|series=GLAM news")
    follow(admin, "Eli")  # events
    follow(admin, "Fay", "|kind=post|country=NZ")  # which no post has
    old = tell(bot_and_wiki, "News", series="GLAM news")
    lune = tell(bot_and_wiki, "Lune", language="fr", topics="Maps")
    dee = tell(bot_and_wiki, "Own", by="Dee", authors="Dee", series="GLAM news")
    tea = announce(bot_and_wiki, "Tea")

    notify_daily(runner, bot_and_wiki, days=10)

    to_ana = {("Ana", title, POST) for title in (old, lune, dee)}
    others = {("Ben", lune, POST), ("Cem", dee, POST), ("Dee", old, POST)}
    assert mentioned(admin) == Counter({*to_ana, *others, ("Eli", tea, NEW)})


def test_post_in_several_languages_is_told_once_in_one_that_is_followed(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    admin = bot_and_wiki.admin
    follow(admin, "Ana", "|kind=post")
    follow(admin, "Ben", "|kind=post|language=de; en")
    follow(admin, "Cem", "|kind=post|language=de")
    news = tell(bot_and_wiki, "News")
    runner.run("notify")
    tomorrow(bot_and_wiki)

    nachricht = tell(bot_and_wiki, "Nachricht", language="de", original=news)
    notify_daily(runner, bot_and_wiki, days=3)

    told = {("Ana", news, POST), ("Ben", news, POST), ("Cem", nachricht, POST)}
    assert mentioned(admin) == Counter(told)


def test_post_when_withdrawn_is_never_told(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    follow(bot_and_wiki.admin, "Ana", "|kind=post")
    news = bot_and_wiki.admin.state.page(tell(bot_and_wiki, "News"))
    assert news
    bot_and_wiki.approve("Space/Blog/News", news.latest.id, "withdraw")
    bot_and_wiki.sync()

    runner.run("notify")

    assert mentioned(bot_and_wiki.admin) == Counter()


def test_section_is_signed_and_says_why_and_no_more_of_an_event_than_its_title(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    follow(bot_and_wiki.admin, "Ana")
    announce(
        bot_and_wiki,
        "Tea",
        contact="ana@example.org",
        address="44 Lorne Street",
        online_link="https://meet.example.org/secret",
        link_access="registered",
        precision="city",
        venue="Library",
    )

    runner.run("notify")

    text = bot_and_wiki.bot.texts([TALK])[TALK].text or ""
    assert text.startswith("== 2026-")
    assert "[[:Space/Followers]]" in text
    assert "[[User:SpaceBot" in text, "a signature"
    memory = bot_and_wiki.bot.texts([MEMORY])[MEMORY].text or ""
    for private in ("example.org", "Lorne", "Library", "secret"):
        assert private not in text + memory


def test_line_when_another_account_added_it_or_changed_it_tells_nobody(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    admin = bot_and_wiki.admin
    admin.register("Ana")
    follow(admin, "Mallory", "|country=NZ", named="Ana")
    follow(admin, "Ben", "|country=FR")
    page = admin.state.page(FOLLOWERS)
    assert page
    changed = page.latest.text.replace("Ben|country=FR", "Ben|country=NZ")
    admin.as_user("Mallory").write(FOLLOWERS, changed)
    announce(bot_and_wiki, "Tea", country="NZ")

    runner.run("notify")

    assert mentioned(admin) == Counter()


def test_line_when_others_blank_the_page_and_it_is_restored_counts_again(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    admin = bot_and_wiki.admin
    follow(admin, "Ana")
    page = admin.state.page(FOLLOWERS)
    assert page
    text = page.latest.text
    admin.as_user("Mallory").write(FOLLOWERS, "")
    tea = announce(bot_and_wiki, "Tea")
    runner.run("notify")
    assert mentioned(admin) == Counter()

    admin.as_user("Pavati").write(FOLLOWERS, text)
    runner.run("notify")

    assert mentioned(admin) == Counter({("Ana", tea, NEW)})


def test_line_when_its_owner_removed_it_stays_out_whoever_restores_it(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    admin = bot_and_wiki.admin
    follow(admin, "Ana")
    page = admin.state.page(FOLLOWERS)
    assert page
    text = page.latest.text
    runner.run("notify")
    admin.as_user("Ana").write(FOLLOWERS, "")
    admin.as_user("Mallory").write(FOLLOWERS, text)
    announce(bot_and_wiki, "Tea")

    runner.run("notify")

    assert mentioned(admin) == Counter()


def test_reminder_comes_a_week_and_a_day_before_to_those_who_asked_for_it(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    admin = bot_and_wiki.admin
    tea = announce(bot_and_wiki, "Tea", days=20)
    follow(admin, "Ana", f"|series={tea}|remind=7; 1")
    follow(admin, "Ben", "|remind=1")
    follow(admin, "Cem")

    notify_daily(runner, bot_and_wiki, days=21)

    expected = {("Ana", tea, WEEK), ("Ana", tea, DAY), ("Ben", tea, DAY)}
    assert mentioned(admin) == Counter(expected)


def test_reminder_of_a_series_comes_for_each_date_that_takes_place(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    admin = bot_and_wiki.admin
    first = admin.state.now.date()
    dropped = first.fromordinal(first.toordinal() + 15)
    tea = announce(
        bot_and_wiki,
        "Tea",
        days=8,
        recurrence="FREQ=WEEKLY;COUNT=3",
        **{"except": f"{dropped}"},
    )
    follow(admin, "Ana", "|remind=1")

    notify_daily(runner, bot_and_wiki, days=25)

    assert mentioned(admin) == Counter({("Ana", tea, DAY): 2})


@pytest.mark.parametrize("how", ["cancelled", "withdrawn", "postponed"])
def test_event_when_it_is_off_is_never_told(
    bot_and_wiki: BotAndWiki, runner: BotRunner, how: str
) -> None:
    follow(bot_and_wiki.admin, "Ana", "|remind=1")
    if how == "withdrawn":
        tea = announce(bot_and_wiki, "Tea", days=1)
        page = bot_and_wiki.admin.state.page(tea)
        assert page
        bot_and_wiki.approve(tea, page.latest.id, "withdraw")
        bot_and_wiki.sync()
    else:
        announce(bot_and_wiki, "Tea", days=1, status=how)

    runner.run("notify")

    assert mentioned(bot_and_wiki.admin) == Counter()


def test_account_when_the_wiki_has_none_of_that_name_is_not_mentioned(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    follow(bot_and_wiki.admin, "Ana")
    runner.run("notify")
    bot_and_wiki.admin.rename("Ana", "Anna")
    announce(bot_and_wiki, "Tea")

    runner.run("notify")

    assert mentioned(bot_and_wiki.admin) == Counter()


def test_mentions_when_a_week_has_many_are_no_more_than_the_setting_says(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    switch_on(runner, mentions_a_week=3)
    follow(bot_and_wiki.admin, "Ana")
    for number in range(5):
        announce(bot_and_wiki, f"Tea {number}", days=90 + number)

    notify_daily(runner, bot_and_wiki, days=6)
    assert mentioned(bot_and_wiki.admin).total() == 3
    tomorrow(bot_and_wiki)
    runner.run("notify")

    assert len(mentioned(bot_and_wiki.admin)) == 5


def test_day_when_it_had_its_section_gets_no_second_one(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    admin = bot_and_wiki.admin
    follow(admin, "Ana")
    announce(bot_and_wiki, "Tea")
    runner.run("notify")
    late = announce(bot_and_wiki, "Late")

    assert runner.run("notify").pages == ()
    tomorrow(bot_and_wiki)
    runner.run("notify")

    assert mentioned(admin)["Ana", late, NEW] == 1
    assert len(list(new_texts(admin))) == 2


def test_run_without_news_makes_no_edit_and_at_most_three_requests(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    admin, wiki = bot_and_wiki.admin, bot_and_wiki.bot
    follow(admin, "Ana")
    follow(admin, "Ben", "|country=FR")
    announce(bot_and_wiki, "Tea")
    assert len(runner.run("notify").pages) == 2
    for _ in range(3):
        job = runner.job("notify")
        before, edits = wiki.requests.total, admin.state.next_revision
        assert job.perform(TASKS["notify"]).pages == ()
        assert wiki.requests.total - before == 2  # its stop page, and the two of it
        assert admin.state.next_revision == edits
        tomorrow(bot_and_wiki)


def test_setting_when_it_names_no_page_asks_the_wiki_nothing(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    follow(bot_and_wiki.admin, "Ana")
    switch_on(runner, followers_page=None)
    job = runner.job("notify")
    before = bot_and_wiki.bot.requests.total
    assert run(job).pages == ()
    assert bot_and_wiki.bot.requests.total == before


def test_memory_when_others_edit_it_is_what_the_bot_saved(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    admin = bot_and_wiki.admin
    follow(admin, "Ana")
    announce(bot_and_wiki, "Tea")
    runner.run("notify")
    admin.write(MEMORY, "{}")
    bot_and_wiki.drop_store()
    bot_and_wiki.sync()

    runner.run("notify")
    tomorrow(bot_and_wiki)
    runner.run("notify")

    assert set(mentioned(admin).values()) == {1}


def test_dry_run_shows_the_section_and_writes_nothing(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    follow(bot_and_wiki.admin, "Ana")
    announce(bot_and_wiki, "Tea")

    report = runner.run("notify", dry_run=True)

    assert [page.did for page in report.pages] == [Did.WOULD_WRITE] * 2
    assert "@[[User:Ana|Ana]]" in report.pages[1].detail
    assert bot_and_wiki.admin.state.page(TALK) is None


@pytest.mark.soak
def test_mentions_when_killed_at_any_request_are_made_once(
    bot_and_wiki: BotAndWiki, runner: BotRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "MOST_NAMES", 2)
    admin, titles = bot_and_wiki.admin, []
    for name in ("Ana", "Ben", "Cem", "Dee", "Eli"):  # three edits
        follow(admin, name, "|country=NZ")
    moments = [(point, after) for point in range(20) for after in (False, True)]
    for number, (point, after) in enumerate(moments[:: 1 if IS_SOAK else 9]):
        titles.append(announce(bot_and_wiki, f"Tea {number}"))
        killed_at(bot_and_wiki, runner, "notify", point, after=after)
        if number % 3 == 0:
            tomorrow(bot_and_wiki)
        if number % 2 == 0:
            bot_and_wiki.drop_store()
            bot_and_wiki.sync()
        runner.run("notify")
        tomorrow(bot_and_wiki, days=2)
    counts = mentioned(admin)
    assert set(counts.values()) == {1}
    assert {title for _, title, _ in counts} == set(titles)
    assert len(counts) == 5 * len(titles)
