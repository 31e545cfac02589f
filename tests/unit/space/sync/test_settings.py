"""Settings of lists that a sync brings into the store, and its rules."""

from dataclasses import replace

from space.publication.filters import Filter
from space.settings.onwiki import Settings
from space.sync import Rules
from tests.support.wiki.bot_and_wiki import Newsroom

WALK = "Space/Events/Walk"
GLAM = Filter("event", terms=(("topics", ("glam",)),))


def test_sync_when_a_topic_gets_another_name_then_filters_know_it(
    room: Newsroom,
) -> None:
    room.approve(WALK, room.event(WALK, topics="museums"))
    room.sync()
    assert room.store.records.count(GLAM) == 0
    room.ann.write("Space/Topics", "{{Space topic|slug=glam|aliases=museums}}")
    room.sync()
    assert room.store.records.count(GLAM) == 1


def test_sync_when_months_of_confirmation_change_then_the_store_has_them(
    room: Newsroom,
) -> None:
    room.rules = replace(room.rules, confirm_months=7)
    room.sync()
    assert room.store.confirm_months() == 7


def test_sync_when_dry_then_neither_is_stored(room: Newsroom) -> None:
    room.sync()
    before = room.store.confirm_months()
    room.ann.write("Space/Topics", "{{Space topic|slug=glam|aliases=museums}}")
    room.rules = replace(room.rules, confirm_months=before + 1)
    room.sync(save=None)
    assert room.store.confirm_months() == before
    assert room.store.topics().names("glam") == {"glam"}


def test_rules_when_made_of_settings_then_have_their_namespaces_and_homes(
    room: Newsroom,
) -> None:
    settings = Settings.of("{{Space settings|namespaces=(main)}}")
    rules = Rules.of(settings, ["SpaceBot", "OldBot"], room.admin.site(), "Root")
    assert rules.bots == ("SpaceBot", "OldBot")
    assert set(rules.homes) == {"Root/Events", "Root/Blog"}
    assert rules.namespaces == {0}
