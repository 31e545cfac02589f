"""How long a page takes to read, compared with parsing its template call alone.

The yardstick is mwparserfromhell given the call and nothing else; reading finds the
call in its page, reads and validates every value. Side by side in one run.
"""

import sys
from collections.abc import Callable
from statistics import median
from time import process_time

import mwparserfromhell

from space.codec.page import read_page

TARGET = 3.0  # times as long, at most
ROUNDS, REPEATS = 15, 60
PARAGRAPHS = """
* '''10:00''' [[User:Example|Welcome]], {{tl|coffee}} and <small>cake</small>
A paragraph about [[w:Editing|editing]] with [https://example.org a link].
"""
BODY = "\n\n== Programme ==\n" + PARAGRAPHS * 100
EVENT = """{{Space event
| title             = Edit-a-thon: women of the Pacific
| summary           = An afternoon about [[w:Pacific Islands|Pacific]] women.
| start             = 2026-11-28 10:00
| end               = 2026-11-28 16:00
| timezone          = Pacific/Auckland
| mode              = hybrid
| country           = NZ
| city              = Auckland
| website           = https://meta.wikimedia.org/wiki/Edit-a-thon
| status            = tentative
| venue             = Central City Library
| address           = 44 Lorne Street
| coordinates       = -36.8506, 174.7679
| online link       = https://meet.example.org/pacific
| languages         = en; mi
| topics            = women; edit-a-thon
| wikis             = enwiki; miwiki
| type              = editing-event
| audience          = newcomers; students
| organizers        = [[User:Example]]; Wikimedia Aotearoa
| contact           = User:Example
| image             = Auckland skyline.jpg
}}"""
POST = """{{Space post
| title    = What we learned from our first photo walk
| summary  = Twelve people, one rainy afternoon and three hundred pictures.
| language = en
| authors  = [[User:Example]]
| topics   = photography; community
}}"""


def seconds(read: Callable[[], object]) -> float:
    """The processor's time for one call, averaged over `REPEATS`."""
    start = process_time()
    for _ in range(REPEATS):
        read()
    return (process_time() - start) / REPEATS


def ratio(call: str) -> float:
    """Reading the page over parsing the call, the median of rounds that alternate."""
    page = call + BODY
    rounds = []
    for _ in range(ROUNDS):
        ours = seconds(lambda: read_page(page, title="Space/Events/Example"))
        theirs = seconds(lambda: mwparserfromhell.parse(call))
        rounds.append(ours / theirs)
    return median(rounds)


def main() -> int:
    """Print the ratios; 1 if one is above the target."""
    ratios = {"event": ratio(EVENT), "post": ratio(POST)}
    for name, found in ratios.items():
        print(f"codec, {name}: {found:.2f} times mwparserfromhell (≤ {TARGET:.0f})")
    return int(max(ratios.values()) > TARGET)


if __name__ == "__main__":
    sys.exit(main())
