"""Threads, posts and events similar to a new question.

Each word of the question is searched for by itself; the fewer results it has, the more
it tells. Only what has a good share of the question is similar: nothing is better than
something unrelated. Short words are left out; text without spaces is cut into pairs of
characters.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import log
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
SHARE = 0.4  # of what the words of a question tell, in a result
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

    found_threads = {word: threads(word) for word in words}
    found_posts = {word: posts(word) for word in words}
    found_events = {word: events(word) for word in words}
    weights = {
        word: _weight(
            len(found_threads[word]) + len(found_posts[word]) + len(found_events[word])
        )
        for word in words
    }
    return Similar(
        _best(found_threads, weights)[:limit],
        _best(found_posts, weights)[:limit],
        _best(found_events, weights)[:limit],
    )


def _weight(results: int) -> float:
    """How much a word tells that so many results have: 1 for one, and ever less."""
    return 1 / (1 + log(max(results, 1)))


def _best(
    found: Mapping[str, Mapping[K, T]], weights: Mapping[str, float]
) -> tuple[T, ...]:
    """Results that have enough of the words, by what these tell, then in search order.

    `found` has the results of each word. Of several words a result has at least two.
    """
    values: dict[K, T] = {}
    told: dict[K, float] = {}
    counts: Counter[K] = Counter()
    for word, results in found.items():
        for key, value in results.items():
            values.setdefault(key, value)
            told[key] = told.get(key, 0) + weights[word]
            counts[key] += 1
    enough, least = SHARE * sum(weights.values()), min(2, len(found))
    keys = [key for key in values if told[key] >= enough and counts[key] >= least]
    return tuple(values[key] for key in sorted(keys, key=lambda key: -told[key]))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def _is_wide(word: str) -> bool:
    """Whether a word is of a script without spaces between words."""
    names = (unicodedata.name(character, "") for character in word[:2])
    return any(name.partition(" ")[0] in _WIDE for name in names)
