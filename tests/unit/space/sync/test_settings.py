"""Settings of lists that a sync brings into the store, and its rules."""

from dataclasses import replace

from space.publication.filters import Filter
from space.settings.onwiki import Settings
from space.sync import Rules
from tests.support.wiki.bot_and_wiki import BotAndWiki

WALK = "Space/Events/Walk"
GLAM = Filter("event", terms=(("topics", ("glam",)),))


def test_sync_when_a_topic_gets_another_name_then_filters_know_it(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.approve(WALK, bot_and_wiki.event(WALK, topics="museums"))
    bot_and_wiki.sync()
    assert bot_and_wiki.store.records.count(GLAM) == 0
    bot_and_wiki.ann.write("Space/Topics", "{{Space topic|slug=glam|aliases=museums}}")
    bot_and_wiki.sync()
    assert bot_and_wiki.store.records.count(GLAM) == 1


def test_sync_when_months_of_confirmation_change_then_the_store_has_them(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.rules = replace(bot_and_wiki.rules, confirm_months=7)
    bot_and_wiki.sync()
    assert bot_and_wiki.store.confirm_months() == 7


def test_sync_when_dry_then_neither_is_stored(bot_and_wiki: BotAndWiki) -> None:
    bot_and_wiki.sync()
    before = bot_and_wiki.store.confirm_months()
    bot_and_wiki.ann.write("Space/Topics", "{{Space topic|slug=glam|aliases=museums}}")
    bot_and_wiki.rules = replace(bot_and_wiki.rules, confirm_months=before + 1)
    bot_and_wiki.sync(save=None)
    assert bot_and_wiki.store.confirm_months() == before
    assert bot_and_wiki.store.topics().names("glam") == {"glam"}


def test_rules_when_made_of_settings_then_have_their_namespaces_and_homes(
    bot_and_wiki: BotAndWiki,
) -> None:
    settings = Settings.of("{{Space settings|namespaces=(main)}}")
    rules = Rules.of(
        settings, ["SpaceBot", "OldBot"], bot_and_wiki.admin.site(), "Root"
    )
    assert rules.bots == ("SpaceBot", "OldBot")
    assert set(rules.homes) == {"Root/Events", "Root/Blog"}
    assert rules.namespaces == {0}
