"""What a run leaves of registered events: the bot's pages, and calendars' texts."""

from space.feeds.fragments import ICS
from space.publication.registered import FIRST_ID
from space.sources.entry_pages import entry_pages_of
from tests.support.wiki.bot_and_wiki import BotAndWiki


def pages(bot_and_wiki: BotAndWiki) -> dict[str, str]:
    """The texts of all of the bot's pages by title."""
    folder = entry_pages_of("SpaceBot").folder.removesuffix("/Registry")
    titles = [info.title for info in bot_and_wiki.bot.subpages(folder)]
    texts = bot_and_wiki.bot.texts(titles)
    return {title: texts[title].text or "" for title in titles}


def events(bot_and_wiki: BotAndWiki, first: int = FIRST_ID) -> dict[int, str]:
    """Id → text of what calendars get, from an id on."""
    ids = bot_and_wiki.store.records.registered_ids()
    texts = {n: bot_and_wiki.store.feeds.fragment(ICS, n) for n in ids if n >= first}
    return {n: text.replace("\r\n ", "") for n, text in texts.items() if text}
