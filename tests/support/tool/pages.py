"""Every page of the tool: for each endpoint that shows one, the paths to look at."""

from collections.abc import Mapping

from flask import Flask

from space.sync import sync
from tests.support.talk.conversations import ASKED, CHAT, QUESTION, path_of
from tests.support.tool.app import ToolApp
from tests.support.tool.server import publish_some
from tests.support.wiki.bot_and_wiki import RULES, event

PAGES: Mapping[str, tuple[str, ...]] = {
    "auth.callback": ("/oauth-callback?state=unknown",),
    "digest.preview": ("/digest", "/digest?language=ar&region=oceania"),
    "digest.send": ("/digest/send",),
    "discuss.ask": ("/ask", "/ask?q=A+question+about+tea"),
    "discuss.discuss": ("/discuss",),
    "discuss.thread": (path_of(12, CHAT), path_of(ASKED, QUESTION)),
    "embed.events": ("/embed/events",),
    "embed.map_page": ("/embed/map",),
    "follow.page": ("/follow?country=IN",),
    "importing.start": ("/write/event/import",),
    "interested.page": ("/interested/12",),
    "people.person": ("/people/Ana",),
    "read.blog": ("/blog",),
    "read.calendar": ("/calendar/2026-11", "/calendar/2026-11?view=agenda"),
    "read.event": (
        "/events/12",
        "/events/16",
        "/events/22?date=2026-12-05",
        "/events/22?date=2026-12-06",
    ),
    "read.events": (
        "/events",
        "/events?when=week&country=IN&topic=tea&organizer=Ana",
        "/events?colour=red",
    ),
    "read.front": ("/",),
    "read.map_page": ("/map",),
    "read.post": ("/blog/13", "/blog/15", "/blog/13?language=fr"),
    "retract.choose": ("/retract/{own}",),
    "review.page": ("/review/{waiting}",),
    "review.queue": ("/review",),
    "search.search": ("/search", "/search?q=w"),
    "series.dates": ("/series/22",),
    "status.privacy": ("/privacy",),
    "status.status": ("/status",),
    "subscribe.events": ("/subscribe?topic=tea",),
    "subscribe.posts": ("/subscribe/posts",),
    "tell.poster": ("/tell/12/poster",),
    "tell.texts": ("/tell/12", "/tell/15", "/tell/16"),
    "translate.untranslated": ("/translate?into=ar",),
    "write.edit": ("/edit/{own}",),
    "write.mine": ("/mine",),
    "write.new": (
        "/write/event",
        "/write/event?page=",
        "/write/post",
        "/write/post?translate=13&into=ar",
    ),
    "write.saved": ("/saved/{own}",),
    "write.start": ("/write",),
    "zone.choose": ("/zone",),
}
NO_PAGES = ("api.", "feeds.", "joined", "social.", "static", "suggestions.")
NO_PAGE = {
    "auth.login": "leads to the wiki",
    "read.calendar_now": "leads to a month",
    "read.translation": "leads to the event",
    "status.healthz": "is for programs",
    "status.status_for_monitors": "is for programs",
    "well_known.robots": "is for programs",
    "well_known.security": "is for programs",
}


def unlisted(app: Flask) -> set[str]:
    """Endpoints that nobody has said about whether they show a page."""
    shown = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods or ()
    }
    named = {endpoint for endpoint in shown if not endpoint.startswith(NO_PAGES)}
    return named - PAGES.keys() - NO_PAGE.keys()


def all_paths(tool: ToolApp) -> list[str]:
    """The paths of all pages; Olu, who reviews, has a page, and another one waits."""
    tool.wiki.register("Olu", "patroller")
    bot = tool.wiki.as_user("SpaceBot", "bot")
    saved = {
        "own": tool.wiki.as_user("Olu").write("Space/Events/Own", event()),
        "waiting": tool.wiki.as_user("Lena").write("Space/Events/A", event()),
    }
    sync(bot, tool.store, RULES, now=tool.wiki.advance(minutes=1), save=bot.save)
    publish_some(tool)
    ids = {name: each.page_id for name, each in saved.items()}
    return [path.format(**ids) for paths in PAGES.values() for path in paths]
