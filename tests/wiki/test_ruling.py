"""Settings on a real wiki that nobody protects: whose edits count."""

from collections.abc import Iterator

import pytest

from sandbox.accounts import NEWCOMER
from space.sync import Sources, read_ruling
from tests.support.review.wiki_bot import Bot
from tests.support.wiki.bot_and_wiki import event
from tests.support.wiki.drivers import SandboxDriver, bot_driver
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

SETTINGS = "Space/Settings"
STRICT = "{{Space settings|event policy=review}}"
OPEN = "{{Space settings|event policy=open|reviewer right=edit}}"


@pytest.fixture(scope="module")
def driver(
    fresh_wiki: Sandbox, tmp_path_factory: pytest.TempPathFactory
) -> SandboxDriver:
    return bot_driver(fresh_wiki, tmp_path_factory.mktemp("bot"))


@pytest.fixture
def bot(driver: SandboxDriver) -> Iterator[Bot]:
    with Bot(driver) as bot:
        yield bot


def policy(bot: Bot) -> str:
    """The policy of events after a run, the same as for a store made anew."""
    bot.sync()
    found = bot.store.settings().event_policy
    with Bot(bot.driver) as anew:
        anew.sync()
        assert anew.store.settings().event_policy == found
    return found


def codes(bot: Bot) -> list[str]:
    return [p.code for page in bot.store.ruling_problems() for p in page.problems]


def test_settings_when_strangers_edit_protect_and_move_then_a_holders_rule(
    driver: SandboxDriver, bot: Bot
) -> None:
    driver.write("Space/Events/Any", event())
    driver.write(SETTINGS, OPEN, by="Pavati")
    assert (policy(bot), codes(bot)) == ("patrol", ["ruling-none"])
    driver.write(SETTINGS, STRICT, by="Admin")
    assert (policy(bot), codes(bot)) == ("review", [])
    driver.write(SETTINGS, OPEN, by="Lena")
    assert (policy(bot), codes(bot)) == ("review", ["ruling-older"])
    driver.protect(SETTINGS)
    assert (policy(bot), codes(bot)) == ("review", ["ruling-older"])
    driver.person("Admin").post(
        action="protect", title=SETTINGS, protections="edit=all|move=all"
    )
    draft = "User:Admin/Draft"
    driver.write(draft, f"{OPEN} A draft.", by="Admin")
    aiko = driver.person("Aiko")  # autoconfirmed: may move, and edit lists
    aiko.post(action="move", **{"from": SETTINGS, "to": "Elsewhere"})
    assert (policy(bot), codes(bot)) == ("review", ["ruling-older"])
    driver.delete(SETTINGS)
    aiko.post(action="move", **{"from": draft, "to": SETTINGS})
    assert (policy(bot), codes(bot)) == ("review", ["ruling-older"])
    driver.write(SETTINGS, f"{OPEN} For real.", by="Admin")
    assert (policy(bot), codes(bot)) == ("open", [])


def test_lists_when_edited_then_count_from_autoconfirmed_users_on(
    driver: SandboxDriver, bot: Bot
) -> None:
    title = "Space/Reviewers"
    signed_up = "{{Space reviewer|Pavati|en}}"
    driver.write(title, signed_up, by="Pavati")
    driver.write(title, f"{signed_up}\nAnd me.", by=NEWCOMER.name)
    bot.sync(full=True)
    sources = Sources(driver.wiki, bot.store)
    found = read_ruling(driver.wiki, sources, "Space", ["SpaceBot"])
    assert found.texts["reviewers"] == signed_up
    assert found.edit is None
