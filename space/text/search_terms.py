"""Words to search by, in any script.

Texts are compared folded (`space.text.folding.fold`); beyond that a search is generous:
accents on Latin letters and the vowel signs that Arabic and Hebrew may leave out do not
count, nor do characters that only shape what stands beside them. Where a script parts
words by spaces, words are found by their beginnings. Where it does not (Chinese, Thai),
the terms are pairs of neighbouring characters, and a run of them has to occur as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

import regex

from space.text.folding import fold
from space.text.normal import normalize

MAX_TERMS = 12  # of one search; more of them find nothing else
BEFORE, LENGTH = 60, 240  # characters of an excerpt: before what was found, in all

_RUNS = (
    r"\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Yi}"
    r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}"
)
_RUN = regex.compile(rf"[{_RUNS}]+")
_TOKEN = regex.compile(
    rf"(?V1)[[\p{{L}}\p{{N}}\p{{M}}]&&[{_RUNS}]]+"
    rf"|[[\p{{L}}\p{{N}}\p{{M}}\u200c\u200d\xad]--[{_RUNS}]]+"
)
_ACCENTS = regex.compile(r"(?<=[a-z])[\u0300-\u036f]+")
_UNWRITTEN = regex.compile(
    r"[\u200b-\u200f\xad\u0640\u0610-\u061a\u064b-\u065f\u0670\u0591-\u05bd\u05bf-\u05c7]"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A condition of a search: a word's beginning, or neighbouring pieces of a run."""

    pieces: tuple[str, ...]
    beginning: bool


def searchable(text: str) -> str:
    """The form in which words are indexed and looked for: folded, without accents."""
    folded = fold(text)
    if folded.isascii():
        return folded
    bare = " ".join(_UNWRITTEN.sub("", folded).split())
    parted: str = _ACCENTS.sub("", normalize("NFD", bare))
    return normalize("NFC", parted)


def pieces(text: str) -> Iterator[str]:
    """The index terms of a text in their order: words, and pairs of characters."""
    for token in _TOKEN.findall(searchable(text)):
        if _RUN.match(token):
            yield from (token[at : at + 2] for at in range(len(token)))
        else:
            yield token


def query_terms(words: str) -> tuple[Term, ...]:
    """The conditions of a search, each once; empty for a text without words."""
    terms = (
        Term(tuple(token[at : at + 2] for at in range(len(token) - 1)), beginning=False)
        if len(token) > 1 and _RUN.match(token)
        else Term((token,), beginning=True)
        for token in _TOKEN.findall(searchable(words))
    )
    return tuple(dict.fromkeys(terms))[:MAX_TERMS]


Excerpt = tuple[tuple[str, bool], ...]
"""Pieces of a text in their order, and whether each is a hit."""


def excerpt(text: str, words: str) -> Excerpt:
    """The part of a text round the first of the words, or its beginning.

    Nothing is lost but what stands before and after, for which there is "…".
    """
    first = next(_found(text, words, 0, len(text)), None)
    start = _start(text, first[0]) if first else 0
    end = min(len(text), start + LENGTH)
    parts: list[tuple[str, bool]] = [("…", False)] if start else []
    at = start
    hits = _found(text, words, first[0], end) if first else ()
    for begins, ends in takewhile(lambda hit: hit[1] <= end, hits):
        parts += [(text[at:begins], False), (text[begins:ends], True)]
        at = ends
    tail = text[at:end] + ("…" if end < len(text) else "")
    return tuple(part for part in (*parts, (tail, False)) if part[0])


def _start(text: str, hit: int) -> int:
    """Where an excerpt begins: at a space, if one is near."""
    start = max(0, hit - BEFORE)
    space = text.find(" ", start, hit)
    return start if start == 0 or space < 0 else space + 1


def _found(text: str, words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Offsets of the hits of the words in a stretch of a text, in order.

    A word at the end of the stretch is whole, and may be beyond it.
    """
    tokens = _TOKEN.findall(searchable(words))
    runs = [token for token in tokens if _RUN.match(token)]
    beginnings = tuple(token for token in tokens if not _RUN.match(token))
    for match in _TOKEN.finditer(text, start):
        if match.start() >= end:
            return
        token = match.group()
        if not _RUN.match(token):
            if beginnings and searchable(token).startswith(beginnings):
                yield match.span()
            continue
        folded = searchable(token)
        if len(folded) == len(token):  # else no place in it can be named
            yield from _in_run(folded, runs, match.start())


def _in_run(folded: str, runs: list[str], offset: int) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(folded):
        size = max((len(run) for run in runs if folded.startswith(run, at)), default=0)
        if size:
            yield offset + at, offset + at + size
        at += size or 1
