"""Threads as the corpus writes them."""

from collections.abc import Iterable
from datetime import date, timedelta

from space.wiki.threads import Comment, Thread
from tests.support.corpus.cases import TalkCase

Written = list[list[str | list[str]]]

FIRST_DAY = date(2025, 2, 1)
LONG_ONES = 75  # topics after each round of the corpus


def written(threads: Iterable[Thread]) -> Written:
    """Ids, titles, levels and answers: all that both readers have to agree on."""
    return [[t.id, t.title, [_comment(each) for each in t.comments]] for t in threads]


def _comment(comment: Comment) -> str:
    answers = [f"→ {comment.parent}"] if comment.parent else []
    verdict = ["verdict"] if comment.verdict else []
    return " ".join([str(comment.level), comment.id, *answers, *verdict])


def page_of_all_shapes(cases: Iterable[TalkCase], size: int) -> str:
    """A talk page of about so many bytes: the corpus's again and again, amid long talk.

    Each round is written on a day of its own, as nobody signs a hundred times in a
    minute. Only pages in the wiki's language, without subpages, that begin a topic of
    the usual level can stand below each other.
    """
    shapes = "\n\n".join(
        case.input
        for case in cases
        if case.language == "en" and case.zone == "UTC" and case.sub is None
        if case.input.startswith("== ")
    )
    made: list[str] = []
    while len("".join(made).encode()) < size:
        day = FIRST_DAY + timedelta(days=len(made))
        made.append(shapes.replace("1 November 2026", f"{day.day} {day:%B %Y}"))
        made.append(long_page(LONG_ONES, first=len(made) * LONG_ONES))
    return "\n\n".join(made)


def long_page(topics: int, first: int = 0) -> str:
    """A talk page of so many topics, about a kilobyte each."""
    made = []
    for number in range(first, first + topics):
        day = f"{number % 28 + 1} November 2026 (UTC)"
        clock = f"{number % 24:02}:{number % 60:02}"
        made.append(
            f"== Topic {number} ==\n{'word ' * 120}[[User:Lena|Lena]] {clock}, {day}\n"
            f": {'answer ' * 40}[[User:Olu|O.]] ([[User talk:Olu|t]]) {clock}, {day}"
        )
    return "\n\n".join(made)
