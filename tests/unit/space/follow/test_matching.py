"""A line lets through what the store's filter lets through, and nothing else."""

import pytest

from space.follow.lines import EVENT, POST, FollowLine, line_keys
from space.follow.matching import Matcher
from space.publication.publication import Publication
from tests.support.wiki.bot_and_wiki import BotAndWiki

EVENTS = {
    "Tea": {"country": "NZ", "topics": "GLAM", "languages": "en; mi"},
    "Lune": {"country": "FR", "topics": "museums", "languages": "fr"},
    "Wiki Wednesday": {
        "organizers": "[[User:Ana|Ana B.]]; Wiki Club",
        "mode": "online",
        "type": "meetup",
    },
    "Once": {
        "series": "Space/Events/Wiki Wednesday",
        "languages": "zh-TW",
        "audience": "newcomers; students",
        "wikis": "enwiki; frwiki",
        "reach": "region",
    },
}
POSTS = {
    "News": {"language": "en", "topics": "GLAM", "authors": "[[User:Ana|Ana B.]]"},
    "Nouvelles": {"language": "fr", "original": "Space/Blog/News", "topics": "maps"},
    "Letter": {"language": "zh-TW", "series": "The letter"},
}


@pytest.fixture
def place(bot_and_wiki: BotAndWiki) -> BotAndWiki:
    text = "{{Space topic|slug=glam|label=GLAM|aliases=museums}}"
    bot_and_wiki.admin.write("Space/Topics", text)
    for title, values in EVENTS.items():
        name = f"Space/Events/{title}"
        bot_and_wiki.approve(name, bot_and_wiki.event(name, **values))
    for title, values in POSTS.items():
        fields = "".join(f"|{name}={value}" for name, value in values.items())
        text, name = f"{{{{Space post|title={title}{fields}}}}}", f"Space/Blog/{title}"
        bot_and_wiki.approve(name, bot_and_wiki.ann.write(name, text).revid)
    bot_and_wiki.sync()
    return bot_and_wiki


def test_line_lets_through_what_the_filter_of_lists_does(place: BotAndWiki) -> None:
    store = place.store
    events = [r.publication for r in store.records.all() if r.kind == EVENT]
    assert len(events) == len(EVENTS)
    values = {
        "mode": ("online", "in-person", "hybrid"),
        "country": ("NZ", "FR", "DE"),
        "topic": ("glam", "museums", "maps"),
        "language": ("mi", "fr", "zh-hant", "de"),
        "type": ("meetup", "workshop"),
        "audience": ("students", "everyone"),
        "wiki": ("frwiki", "dewiki"),
        "reach": ("local", "movement", "region"),
        "organizer": ("Ana", "ana b.", "Wiki club", "Ben"),
        "series": ("Space/Events/Wiki Wednesday", "Space/Events/None"),
    }
    assert set(values) == set(line_keys(EVENT))
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


def test_line_of_posts_lets_through_what_the_filter_of_lists_does(
    place: BotAndWiki,
) -> None:
    store = place.store
    posts = list(store.posts.all_versions())
    assert len(posts) == len(POSTS)
    values = {
        "language": ("en", "fr", "zh-hant", "de"),
        "author": ("ana", "Ana B.", "Ben"),
        "topic": ("glam", "museums", "maps", "women"),
        "series": ("The letter", "none"),
    }
    assert tuple(values) == line_keys(POST)
    filters = [[(key, each)] for key, given in values.items() for each in given]
    for items in [*filters, [], [("language", "fr"), ("topic", "glam")]]:
        line = FollowLine.of("Ana", items, kind=POST)
        assert line is not None
        matcher = Matcher.of([line], store.topics())
        found = {
            p.page_title for p in posts if list(matcher.of_post(p, _all(p, posts)))
        }
        listed = store.posts.newest(line.wanted)
        assert found == {each.page_title for each in listed}, items


def _all(post: Publication, posts: list[Publication]) -> list[Publication]:
    return [each for each in posts if each.lead == post.lead]
