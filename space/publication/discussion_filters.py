"""The filter of discussions: that of posts and events, applied to threads.

`?topic=glam&language=fr&kind=question&state=unanswered&about=123&q=train`. `topic` and
`language` are those of the post or event that a thread is about, `about` its page id.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from space.publication.filters import MAX_LENGTH, MAX_VALUES, FilterProblem
from space.text.folding import fold
from space.text.languages import read_language_code

KINDS = ("question", "post", "event")
STATES = ("active", "unanswered", "newest")
KEYS = ("kind", "topic", "language", "about", "state", "q")
_ONCE = frozenset(("state", "q"))


@dataclass(frozen=True, slots=True)
class TalkFilter:
    """Which threads to show, and in which order; several values of a key mean "or".

    `state`: those written in last first, those nobody answered with the longest
    wait first, or those begun last first. Topics and languages are folded.
    """

    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    state: str = "active"
    words: tuple[str, ...] = ()

    def items(self) -> tuple[tuple[str, str], ...]:
        """The filter as keys and values, always in the same order."""
        pairs = [("kind", kind) for kind in self.kinds]
        pairs += [("topic", topic) for topic in self.topics]
        pairs += [("language", language) for language in self.languages]
        pairs += [("about", str(page)) for page in self.pages]
        if self.state != STATES[0]:
            pairs.append(("state", self.state))
        if self.words:
            pairs.append(("q", " ".join(self.words)))
        return tuple(pairs)

    def query(self) -> str:
        """The query string, the same whatever the order of the request."""
        return urlencode(self.items())


def parse_talk(items: Iterable[tuple[str, str]]) -> TalkFilter | FilterProblem:
    """Read keys and values, in any order; returns the first problem if there is one."""
    given: dict[str, list[str]] = {key: [] for key in KEYS}
    for key, value in items:
        if key not in given:
            return FilterProblem("filter-key", key, params=(key, ", ".join(KEYS)))
        if len(value) > MAX_LENGTH:
            return _bad_value(key, value)
        if value.strip():
            given[key].append(value.strip())
    for key, values in given.items():
        most = 1 if key in _ONCE else MAX_VALUES
        if len(values) > most:
            return FilterProblem("filter-many", key, params=(key, str(most)))
    wrong = _wrong(given)
    if wrong:
        return _bad_value(*wrong)
    return TalkFilter(
        kinds=tuple(kind for kind in KINDS if kind in given["kind"]),
        topics=_folded(given["topic"]),
        languages=_folded(read_language_code(x) or x for x in given["language"]),
        pages=tuple(sorted({int(page) for page in given["about"]})),
        state=(given["state"] or STATES)[0],
        words=tuple(sorted(set(fold(" ".join(given["q"])).split()))),
    )


def _wrong(given: dict[str, list[str]]) -> tuple[str, str] | None:
    """The problem of the first key with an invalid value; None if all are valid."""
    for key, choices in (("kind", KINDS), ("state", STATES)):
        for value in given[key]:
            if value not in choices:
                return key, value
    for value in given["about"]:
        if not (value.isascii() and value.isdigit() and len(value) <= 10):
            return "about", value
    return None


def _bad_value(key: str, value: str) -> FilterProblem:
    return FilterProblem("filter-value", key, params=(key, value[:MAX_LENGTH]))


def _folded(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({fold(value) for value in values}))
