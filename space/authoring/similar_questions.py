"""Threads, posts and events similar to a new question.

Each word of the question is searched for by itself; results with most words come first.
Short words are left out; text without spaces is cut into pairs of characters.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from space.publication.discussion import ThreadRow
from space.publication.discussion_filters import TalkFilter
from space.publication.filters import Filter
from space.publication.occurrence import Occurrence
from space.publication.publication import Publication
from space.store.reader import StoreReader
from space.text.folding import fold

MAX_WORDS = 8  # searched for
MAX_RESULTS = 30  # for each word
_SHORTEST = 4
_WIDE = frozenset(("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR"))

K = TypeVar("K")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Similar:
    """Results for a question, the most similar first."""

    threads: tuple[ThreadRow, ...] = ()
    posts: tuple[Publication, ...] = ()
    events: tuple[Occurrence, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.threads or self.posts or self.events)


def key_words(question: str) -> tuple[str, ...]:
    """The longest words of a question, without repetition."""
    folded = "".join(c if c.isalnum() or _is_mark(c) else " " for c in fold(question))
    words: dict[str, None] = {}
    for word in folded.split():
        if _is_wide(word):
            words |= dict.fromkeys(word[n : n + 2] for n in range(len(word) - 1))
        elif len(word) >= _SHORTEST:
            words[word] = None
    order = {word: place for place, word in enumerate(words)}
    longest = sorted(words, key=lambda word: (-len(word), order[word]))
    return tuple(longest[:MAX_WORDS])


def find_similar(
    store: StoreReader, question: str, now: datetime, limit: int = 5
) -> Similar:
    """Threads, posts and coming events like a question, at most `limit` of each."""
    words = key_words(question)
    least = 1 if len(words) <= 2 else 2

    def threads(word: str) -> Mapping[str, ThreadRow]:
        rows = store.discussions.threads(
            TalkFilter(words=(word,)), now=now, limit=MAX_RESULTS
        )
        return {f"{row.page_id} {row.id}": row for row in rows if not row.aside}

    def posts(word: str) -> Mapping[int, Publication]:
        rows = store.posts.newest(Filter("post", words=(word,)), limit=MAX_RESULTS)
        return {post.page_id: post for post in rows}

    def events(word: str) -> Mapping[int, Occurrence]:
        criteria = Filter("event", words=(word,))
        first_occurrences: dict[int, Occurrence] = {}
        for row in store.events.between(now, None, criteria, limit=MAX_RESULTS):
            first_occurrences.setdefault(row.publication.page_id, row)
        return first_occurrences

    return Similar(
        _best(words, threads, least)[:limit],
        _best(words, posts, least)[:limit],
        _best(words, events, least)[:limit],
    )


def _best(
    words: Iterable[str], find: Callable[[str], Mapping[K, T]], least: int
) -> tuple[T, ...]:
    """Results of at least `least` words, by number of words, then in search order."""
    values: dict[K, T] = {}
    counts: dict[K, int] = {}
    for word in words:
        for key, value in find(word).items():
            values.setdefault(key, value)
            counts[key] = counts.get(key, 0) + 1
    keys = [key for key in values if counts[key] >= least]
    return tuple(values[key] for key in sorted(keys, key=lambda key: -counts[key]))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def _is_wide(word: str) -> bool:
    """Whether a word is of a script without spaces between words."""
    names = (unicodedata.name(character, "") for character in word[:2])
    return any(name.partition(" ")[0] in _WIDE for name in names)
