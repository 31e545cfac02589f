"""What lists cost a wiki: Lua's time and memory, by the wiki's own limit report.

On the sandbox wiki: a month of 500 events as a calendar and as a list, and archives of
2,000 posts, each beside a quarter of them: four times as much time is in order, sixteen
times would be quadratic. And how the cost of a filtered list grows from 100 to 5,000
events over as many data pages as they need.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from benchmarks.blog import posts
from sandbox.client import Client
from space.data_pages.pages import event_pages, post_pages
from space.publication.occurrence import Occurrence
from space.publication.publication import Publication
from tests.support.wiki.deployed import BOT, deploy
from tests.support.wiki.sandbox import Sandbox, claim_place

MONTH_EVENTS = 500
POSTS = 2_000
PART = 4  # the references have one in so many
MOST_OF_PART, MOST_MEGABYTES = 4.0, 25.0
SIZES = (100, 1_000, 5_000)
GROWTH = 2.0  # of the cost of one event more; five times and more if it were quadratic
RUNS = 5
FIRST = datetime(2026, 11, 1, 8, tzinfo=UTC)
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """Lua's seconds, the least of some runs, and its megabytes."""

    seconds: float
    megabytes: float


def occurrences(count: int, days: int) -> Iterator[Occurrence]:
    """So many events, evenly over some days, one in five of several days."""
    for number in range(1, count + 1):
        begins = FIRST + timedelta(days=number * days // (count + 1))
        ends = begins + (
            timedelta(days=2) if number % 5 == 0 else timedelta(hours=number % 6 + 1)
        )
        publication = Publication(
            page_id=number,
            page_title=f"Space/Events/Edit-a-thon {number}",
            kind="event",
            revision=number,
            values={
                "title": f"Edit-a-thon {number}: femmes, женщины, महिलाएँ",
                "summary": "An afternoon of writing together, for newcomers too.",
                "timezone": "Pacific/Auckland" if number % 2 else "Europe/Berlin",
                "country": "NZ" if number % 2 else "DE",
                "city": "Auckland",
                "venue": f"Library {number % 97}",
                "languages": ("en", "mi"),
                "topics": ("women", "edit-a-thon"),
                "organizers": ("Ana", "Wikimedia Aotearoa"),
                "website": f"https://example.org/{number}",
            },
            creator="Ana",
            created=FIRST,
            published=FIRST,
            updated=FIRST,
            sequence=number,
        )
        yield Occurrence(
            publication,
            f"{begins:%Y-%m-%d %H:%M}",
            f"{ends:%Y-%m-%d %H:%M}",
            begins,
            ends,
        )


def write(bot: Client, count: int, days: int) -> int:
    """Write the data pages of events; how many pages hold them."""
    pages = event_pages(f"User:{BOT}/Space", occurrences(count, days))
    for title, page in pages.items():
        bot.edit(title, json.dumps(page, ensure_ascii=False))
    return len(pages) - 1


WRONG = ("scribunto-error", 'class="space-error"')
CUT = "more: a wiki"


def cost(reader: Client, text: str, *wrong: str) -> Cost:
    """What parsing a text costs. Raises `ValueError` if the page has `wrong` words."""
    reports = [_report(reader, text, wrong or (*WRONG, CUT)) for _ in range(RUNS)]
    return Cost(
        min(float(report["scribunto-limitreport-timeusage"][0]) for report in reports),
        max(int(report["scribunto-limitreport-memusage"][0]) for report in reports)
        / MEGABYTE,
    )


def _report(reader: Client, text: str, wrong: tuple[str, ...]) -> dict[str, Any]:
    answer = reader.post(
        action="parse",
        text=text,
        title="Sandbox",
        contentmodel="wikitext",
        prop="text|limitreportdata",
    )["parse"]
    shown = str(answer["text"])
    if any(words in shown for words in wrong):
        raise ValueError(shown[:2000])
    found = {}
    for line in answer["limitreportdata"]:
        values = [value for key, value in sorted(line.items()) if key != "name"]
        found[line["name"]] = values
    return found


MONTHS = (
    "{{Space calendar|2026-11}}",
    "{{Space events|when=all|limit=500}}",
    "{{Space events|when=all|limit=500|style=table}}",
)
ARCHIVES = ("{{Space archive|by=month}}", "{{Space archive|by=author|style=compact}}")


def months(bot: Client) -> bool:
    """Measure one month of many events; whether the targets are kept."""
    costs = []
    for count in (MONTH_EVENTS // PART, MONTH_EVENTS):
        write(bot, count, 28)
        costs.append([cost(bot, text) for text in MONTHS])
    return _are_kept(f"{MONTH_EVENTS} events", MONTHS, *costs)


def archives(bot: Client) -> bool:
    """Measure archives of many posts; whether the targets are kept."""
    costs = []
    for count in (POSTS // PART, POSTS):
        pages = post_pages(f"User:{BOT}/Space", islice(posts(), count))
        for title, page in pages.items():
            bot.edit(title, json.dumps(page, ensure_ascii=False))
        costs.append([cost(bot, text, *WRONG) for text in ARCHIVES])
    return _are_kept(f"{POSTS} posts", ARCHIVES, *costs)


def _are_kept(
    what: str, texts: Sequence[str], part: Sequence[Cost], whole: Sequence[Cost]
) -> bool:
    """Print what texts cost beside the same of a part; whether the targets are kept."""
    kept = True
    for text, few, all_ in zip(texts, part, whole, strict=True):
        times = all_.seconds / few.seconds
        print(
            f"wiki, {what}, {text}: {times:.1f} times the Lua of one in {PART}"
            f" (≤ {MOST_OF_PART:g}; {all_.seconds:.2f} s),"
            f" {all_.megabytes:.1f} MB (≤ {MOST_MEGABYTES:.0f})"
        )
        kept &= times <= MOST_OF_PART and all_.megabytes <= MOST_MEGABYTES
    return kept


def growth(bot: Client) -> bool:
    """Measure a filter over ever more events; whether one more costs the same."""
    text = "{{Space events|when=all|country=NZ|q=nobody|limit=500}}"
    costs = {}
    for count in SIZES:
        parts = write(bot, count, days=count // 7 + 1)
        costs[count] = cost(bot, text)
        print(
            f"wiki, {count} events on {parts} pages, filtered:"
            f" {costs[count].seconds:.3f} s of Lua, {costs[count].megabytes:.1f} MB"
        )
    least, middle, most = SIZES
    early = (costs[middle].seconds - costs[least].seconds) / (middle - least)
    late = (costs[most].seconds - costs[middle].seconds) / (most - middle)
    print(f"wiki, one event more costs {late / early:.2f} times as much (≤ {GROWTH})")
    return late / early <= GROWTH


def main() -> int:
    """Print what lists cost; 1 if a target is missed."""
    with claim_place() as place:
        wiki = Sandbox(place)
        try:
            wiki.start()
            deploy(wiki)
            bot = wiki.login(BOT)
            return 0 if months(bot) & growth(bot) & archives(bot) else 1
        finally:
            wiki.stop()


if __name__ == "__main__":
    sys.exit(main())
