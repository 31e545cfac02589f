"""A line lets through the events that the store's filter lets through, no others."""

import pytest

from space.follow.lines import FILTERS, FollowLine
from space.follow.matching import Matcher
from tests.support.wiki.bot_and_wiki import BotAndWiki

EVENTS = {
    "Tea": {"country": "NZ", "topics": "GLAM", "languages": "en; mi"},
    "Lune": {"country": "FR", "topics": "museums", "languages": "fr"},
    "Wiki Wednesday": {"organizers": "[[User:Ana|Ana B.]]; Wiki Club"},
    "Once": {"series": "Space/Events/Wiki Wednesday", "languages": "zh-TW"},
}


@pytest.fixture
def place(bot_and_wiki: BotAndWiki) -> BotAndWiki:
    text = "{{Space topic|slug=glam|label=GLAM|aliases=museums}}"
    bot_and_wiki.admin.write("Space/Topics", text)
    for title, values in EVENTS.items():
        name = f"Space/Events/{title}"
        bot_and_wiki.approve(name, bot_and_wiki.event(name, **values))
    bot_and_wiki.sync()
    return bot_and_wiki


def test_line_lets_through_what_the_filter_of_lists_does(place: BotAndWiki) -> None:
    store = place.store
    events = [record.publication for record in store.records.all()]
    assert len(events) == len(EVENTS)
    values = {
        "country": ("NZ", "FR", "DE"),
        "topic": ("glam", "museums", "maps"),
        "language": ("mi", "fr", "zh-hant", "de"),
        "organizer": ("Ana", "ana b.", "Wiki club", "Ben"),
        "series": ("Space/Events/Wiki Wednesday", "Space/Events/None"),
    }
    assert tuple(values) == FILTERS
    filters = [[(key, each)] for key, given in values.items() for each in given]
    filters += [
        [],
        [("country", "NZ"), ("topic", "museums")],
        [("country", "NZ"), ("topic", "x")],
    ]
    for items in filters:
        line = FollowLine.of("Ana", items)
        assert line is not None
        matcher = Matcher.of([line], store.topics())
        found = {e.page_title for e in events if e and list(matcher.of_event(e))}
        listed = store.events.between(None, None, line.wanted)
        expected = {each.publication.page_title for each in listed}
        if "series" in dict(items) and "Wednesday" in dict(items)["series"]:
            expected.add("Space/Events/Wiki Wednesday")  # itself
        assert found == expected, items
