"""Followers on a real wiki: its notices reach exactly those whom the bot mentions."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest

from bots.job import Job
from bots.saving import Saver
from bots.stop import Stop
from bots.tasks import TASKS
from sandbox.accounts import BOT
from sandbox.client import Client
from space.follow.interest import is_interested, with_interest, without_interest
from space.settings.onwiki import Settings
from space.store.build_key import build_key
from space.sync import Sources, read_ruling
from space.wiki.talk.wikitext import read_talk
from space.wiki.threads import talk_only
from tests.support.bots.notified import FOLLOWERS, TALK
from tests.support.bots.runner import CONFIG, TRANSLATOR
from tests.support.review.wiki_bot import Bot
from tests.support.wiki.bot_and_wiki import event
from tests.support.wiki.deployed import deploy
from tests.support.wiki.drivers import SandboxDriver, bot_driver
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

RUNS = 10
NEWS = "Space/Blog/Tea"
PEOPLE = ("Olu", "Aiko", "Noor", "Pavati")


@pytest.fixture(scope="module")
def driver(
    fresh_wiki: Sandbox, tmp_path_factory: pytest.TempPathFactory
) -> SandboxDriver:
    deploy(fresh_wiki)
    return bot_driver(fresh_wiki, tmp_path_factory.mktemp("bot"))


def notify(bot: Bot, days: int) -> None:
    """One run, so many days from now, with a store that knows nothing of others."""
    wiki, now = bot.driver.wiki, bot.driver.now() + timedelta(days=days)
    sources = Sources(wiki, bot.store)
    bot.store.prepare(build_key(bot.store.addresses), now.date())
    job = Job(
        task="notify",
        wiki=wiki,
        account=BOT.name,
        config=CONFIG,
        store=bot.store,
        sources=sources,
        ruling=read_ruling(wiki, sources, "Space", [BOT.name]),
        settings=replace(Settings.of(), followers_page=FOLLOWERS),
        translator=TRANSLATOR,
        now=now,
        saver=Saver(wiki, Stop(wiki, [], Event())),
        clock=lambda: now,
    )
    report = job.perform(TASKS["notify"])
    assert not report.problems, report
    bot.driver.sandbox.run_jobs()


def notices(person: Client) -> Counter[str]:
    """Titles of the pages on which somebody was mentioned."""
    answer = person.get(
        action="query", meta="notifications", notprop="list", notlimit=50
    )
    rows = answer["query"]["notifications"]["list"]
    return Counter(row["title"]["full"] for row in rows if row["type"] == "mention")


def test_followers_when_events_fit_their_filters_get_their_notices_once(
    driver: SandboxDriver,
) -> None:
    in_accra = "{{Space follower|Olu|country=GH|remind=7}}"
    in_french = "{{Space follower|Aiko|language=fr}}"
    forged = "{{Space follower|Noor}}"
    driver.write(FOLLOWERS, in_accra, by="Olu")
    driver.write(FOLLOWERS, f"{in_accra}\n{in_french}", by="Aiko")
    driver.write(FOLLOWERS, f"{in_accra}\n{in_french}\n{forged}", by="Lena")
    of_posts = "{{Space follower|Pavati|kind=post|topic=tea}}"
    lines = f"{in_accra}\n{in_french}\n{forged}\n{of_posts}"
    driver.write(FOLLOWERS, lines, by="Pavati")
    soon = driver.now() + timedelta(days=9)
    given = {"timezone": "UTC", "start": f"{soon:%Y-%m-%d} 12:00"}
    for title, values in {
        "Accra": {"country": "GH", "languages": "en"},
        "Lyon": {"country": "FR", "languages": "fr"},
        "Porto": {"country": "PT", "languages": "pt"},
    }.items():
        text = event(**{**given, **values})
        driver.patrol(driver.write(f"Space/Events/{title}", text))

    post = driver.write(NEWS, "{{Space post|language=en|topics=Tea}}\nText.")
    verdict = f"{{{{Space review|approve|rev={post}}}}} ~~~~"
    driver.write(f"Talk:{NEWS}", verdict, by="Pavati")

    for run in range(RUNS):
        with Bot(driver) as bot:
            bot.sync(full=True)
            notify(bot, run // 3)

    people = {name: notices(driver.person(name)) for name in PEOPLE}
    assert people == {
        "Olu": Counter({TALK: 2}),  # new, and a week before
        "Aiko": Counter({TALK: 1}),
        "Noor": Counter(),
        "Pavati": Counter({TALK: 1}),
    }
    text = driver.wiki.texts([TALK])[TALK].text or ""
    assert text.count("Space/Events/Accra") == 2
    assert text.count("Space/Events/Lyon") == text.count(NEWS) == 1
    assert "Porto" not in text
    html = driver.wiki.render(forged, FOLLOWERS).html
    assert "all events" in html


def test_line_of_the_interested_is_read_as_one_and_is_no_discussion(
    driver: SandboxDriver,
) -> None:
    title = "Talk:Space/Events/Porto"
    text = with_interest("== Rain? ==\nWhat then? ~~~~", "Interested")
    driver.write(title, text, by="Olu")
    page = driver.wiki.pages_by_title([title])[title]

    threads = driver.wiki.talk([page])[page.id]

    (rain,) = talk_only(threads)
    assert rain.title == "Rain?"
    (line,) = (c for thread in threads for c in thread.comments if c.interest)
    assert line.author == "Olu"
    written = driver.wiki.texts([title])[title].text or ""
    assert is_interested(written, "Olu", driver.wiki.site())
    (again,) = (
        comment
        for thread in read_talk(written, driver.wiki.site())
        for comment in thread.comments
        if comment.interest
    )
    assert again == line
    left = without_interest(written, "Olu", driver.wiki.site(), "Interested")
    assert "interested" not in left
