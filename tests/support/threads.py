"""Threads as the corpus writes them."""

from collections.abc import Iterable

from space.talk.model import Comment, Thread

Written = list[list[str | list[str]]]


def written(threads: Iterable[Thread]) -> Written:
    """Ids, titles, levels and answers: all that both readers have to agree on."""
    return [[t.id, t.title, [_comment(each) for each in t.comments]] for t in threads]


def _comment(comment: Comment) -> str:
    answers = [f"→ {comment.parent}"] if comment.parent else []
    verdict = ["verdict"] if comment.verdict else []
    return " ".join([str(comment.level), comment.id, *answers, *verdict])


def long_page(topics: int) -> str:
    """A talk page of so many topics, about a kilobyte each."""
    made = []
    for number in range(topics):
        day = f"{number % 28 + 1} November 2026 (UTC)"
        clock = f"{number % 24:02}:{number % 60:02}"
        made.append(
            f"== Topic {number} ==\n{'word ' * 120}[[User:Lena|Lena]] {clock}, {day}\n"
            f": {'answer ' * 40}[[User:Olu|O.]] ([[User talk:Olu|t]]) {clock}, {day}"
        )
    return "\n\n".join(made)
