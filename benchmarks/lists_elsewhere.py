"""What tables for other wikis cost: the bot's time, and Lua's on a second wiki.

One pass over 10,000 events, beside that of the calendar's data pages; and on two
sandbox wikis the Lua of a list of 20 out of 500 events, by tables on the second and by
data pages on the first.
"""

import json
import sys
from collections.abc import Sequence
from time import process_time

from benchmarks.wiki_lists import WRONG, cost, occurrences, write
from sandbox.client import Client
from sandbox.wiki import SandboxWiki
from space.data_pages.commons_lists import FACTS, CommonsLists
from space.data_pages.pages import event_pages
from space.data_pages.tabular import faults
from space.publication.occurrence import Occurrence
from space.settings.onwiki import Settings
from space.settings.topics import Topics
from space.text.messages import read_catalogue
from space.wiki.urls import Urls
from tests.support.wiki.deployed import BOT, deploy, deployment
from tests.support.wiki.sandbox import Sandbox, claim_place
from tests.support.wiki.second import second_wiki

DATA = "Wikimedia events"
EVENTS, DAYS = 10_000, 1_000
LISTED, LIMIT = 500, 20
RUNS = 5
NOTHING = ("Nothing found", "there is no page", "cannot show")
MOST_TIMES, MOST_MEGABYTES = 2.0, 20.0
URLS = Urls("meta.wikimedia.org", "https://meta.wikimedia.org/wiki/$1", "", "")


def lists() -> CommonsLists:
    """The tables of the sandbox's deployment."""
    return CommonsLists(f"Data:{DATA}", FACTS, read_catalogue(), URLS, "Space")


def one_pass(made: CommonsLists, rows: Sequence[Occurrence]) -> None:
    """Make and check the tables of events, as the bot does."""
    for title, table in made.event_tables(rows).items():
        assert faults(title, table) == (), title


def passes() -> bool:
    """Measure a pass over many events; whether the target is kept."""
    made, rows = lists(), list(occurrences(EVENTS, DAYS))
    tables, pages = [], []
    for _ in range(RUNS):
        start = process_time()
        one_pass(made, rows)
        tables.append(process_time() - start)
        start = process_time()
        event_pages(f"User:{BOT}/Space", rows)
        pages.append(process_time() - start)
    times = min(tables) / min(pages)
    print(
        f"tables of {EVENTS} events: {times:.2f} times the data pages"
        f" (≤ {MOST_TIMES:g}; {min(tables):.2f} s)"
    )
    return times <= MOST_TIMES


def in_lua(first: Sandbox, second: SandboxWiki) -> bool:
    """Measure a list on both wikis; whether the targets are kept."""
    bot, made = first.login(BOT), lists()
    write(bot, LISTED, 28)
    tables = made.event_tables(occurrences(LISTED, 28))
    contents = made.contents(tables, Settings.of())
    for title, table in {**tables, **made.labels(Topics.of()), **contents}.items():
        bot.edit(title, json.dumps(table, ensure_ascii=False))
    reader = Client(second.place.api_url).login("Admin")
    kept = True
    for arguments in ("when=all", "when=all|country=NZ|style=table"):
        asked = f"events|{arguments}|limit={LIMIT}}}}}"
        ours = cost(bot, f"{{{{Space {asked}")
        theirs = cost(reader, f"{{{{Movement {asked}", *WRONG, *NOTHING)
        times = theirs.seconds / ours.seconds
        print(
            f"{LIMIT} of {LISTED} events elsewhere, {arguments}: {times:.2f} times the"
            f" Lua (≤ {MOST_TIMES:g}; {theirs.seconds:.3f} s),"
            f" {theirs.megabytes:.1f} MB (≤ {MOST_MEGABYTES:.0f})"
        )
        kept &= times <= MOST_TIMES and theirs.megabytes <= MOST_MEGABYTES
    return kept


def wikis() -> bool:
    """Measure on two wikis; whether the targets are kept."""
    with claim_place() as place:
        first = Sandbox(place)
        try:
            first.start()
            deploy(first)
            with second_wiki(first) as second:
                admin = Client(second.place.api_url).login("Admin")
                for page in deployment(data=DATA):
                    if "Movement" in page.title:
                        admin.edit(page.title, page.text)
                return in_lua(first, second)
        finally:
            first.stop()


def main() -> int:
    """Print what tables cost; 1 if a target is missed."""
    return 0 if passes() & wikis() else 1


if __name__ == "__main__":
    sys.exit(main())
