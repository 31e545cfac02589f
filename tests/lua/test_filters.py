"""Agreement of Lua's filters over data pages with those of the store."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import create_engine

from space.publication.filters import Filter, parse
from space.store import Store
from space.text.folding import fold
from tests.lua.scribunto import Scribunto
from tests.support.corpus.filters import (
    TOPICS,
    FilterCase,
    data_pages,
    fill,
    filter_cases,
    named_publications,
)
from tests.support.feeds.publications import ADDRESSES

BOT = "User:SpaceBot/Space"
ASK = """
local kind, arguments = ...
local Filter = require('Module:Space/Filter')
local List = require('Module:Space/List')
local Posts = require('Module:Space/Posts')
local Period = require('Module:Space/Period')
local filter, problem = Filter.new(kind, arguments, {})
if problem then
    return { problem = problem.code .. ' ' .. problem.field }
end
local found
if kind == 'event' then
    found = List.find(filter, Period.new('all', filter), 500, true)
else
    found = Posts.find({ filter = filter }, 500)
end
local ids = {}
for _, entry in ipairs(found) do
    table.insert(ids, entry.id)
end
return { ids = ids }
"""
FOLD = "return require('Module:Space/Normal').fold(...)"

Items = Mapping[str, Sequence[str]]


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    engine = create_engine("sqlite://")
    made = Store(engine, ADDRESSES)
    fill(made)
    yield made
    engine.dispose()


@pytest.fixture(scope="module")
def wiki(mediawiki: Path, store: Store) -> Scribunto:
    """A wiki with the data pages of the store."""
    pages = {
        title: json.dumps(page, ensure_ascii=False)
        for title, page in data_pages(store, BOT).items()
    }
    return Scribunto(mediawiki, pages | {"Space/Topics": TOPICS}, expensive=10**6)


def names(kind: str, ids: Sequence[int]) -> tuple[str, ...]:
    known = {each.page_id: name for name, each in named_publications(kind).items()}
    return tuple(known[page_id] for page_id in ids)


def by_python(store: Store, kind: str, items: Items) -> tuple[str, ...] | str:
    pairs = [(key, value) for key, values in items.items() for value in values]
    wanted = parse(kind, pairs)
    if not isinstance(wanted, Filter):
        return f"{wanted.code} {wanted.field}"
    if kind == "post":
        return names(kind, [each.page_id for each in store.posts.newest(wanted)])
    rows = store.events.between(
        _midnight(wanted.since),
        _midnight(wanted.over),
        wanted,
    )
    return names(kind, [row.publication.page_id for row in rows])


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None


def by_lua(wiki: Scribunto, kind: str, items: Items) -> tuple[str, ...] | str:
    arguments = {key: "; ".join(values) for key, values in items.items()}
    answer: dict[str, Any] = wiki.run(ASK, kind, arguments)
    return answer.get("problem") or names(kind, answer["ids"])


@pytest.mark.parametrize("case", filter_cases(), ids=lambda case: case.name)
def test_filter_when_it_is_in_the_corpus_then_python_finds_what_it_says(
    store: Store, case: FilterCase
) -> None:
    assert by_python(store, case.kind, case.items) == (case.problem or case.found)


@pytest.mark.parametrize("case", filter_cases(), ids=lambda case: case.name)
def test_filter_when_it_is_in_the_corpus_then_lua_finds_what_it_says(
    wiki: Scribunto, case: FilterCase
) -> None:
    assert by_lua(wiki, case.kind, case.items) == (case.problem or case.found)


# Letters that fold in ways of their own, and what stands between words.
LETTERS = "aAßẞﬁＡéÉ́ΣσςΙιᾳΐİıİǅÅЖжẞᲀΩΩﷺ़काश ـ_-\u3000\u00a0 "
WORDS = st.text(st.sampled_from(LETTERS), min_size=1, max_size=6)
PIECES = sorted(
    {
        piece
        for kind in ("event", "post")
        for each in named_publications(kind).values()
        for value in each.values.values()
        for text in ((value,) if isinstance(value, str) else value)
        for piece in (text, *text.split())
        if piece.isprintable() and not set(piece) & set("[]|;{}&<>'")
    }
)
ODD_DAYS = (
    *(
        "0000-01-01",
        "0001-01-01",
        "1899-12-31",
        "2199-12-31",
        "2200-01-01",
        "9999-12-31",
    ),
    *("10000-01-01", "2026-02-30", "2026-11-28T00:00", "20261128", "2026-1-1", "today"),
)
DAYS = st.dates(date(2026, 11, 20), date(2027, 1, 20)).map(str) | st.sampled_from(
    ODD_DAYS
)
POOLS = {
    "country": st.sampled_from(["NZ", "de", "Nepal", "XX", "ＮＺ"]),
    "language": st.sampled_from(["en", "MI", "ne", "zh-hant", "Deutsch"]),
    "mode": st.sampled_from(["online", "In Person", "hybrid", "by boat"]),
    "status": st.sampled_from(["confirmed", "canceled", "tentative"]),
    "wiki": st.sampled_from(["enwiki", "mi.wikipedia", "bnwiki", "nowhere"]),
    "from": DAYS,
    "to": DAYS,
    "topic": st.one_of(
        st.sampled_from(["women", "Libraries", "edit a thon", "glam"]), WORDS
    ),
    "organizer": st.one_of(st.sampled_from(PIECES), WORDS),
    "q": st.one_of(st.sampled_from(PIECES), WORDS, st.sampled_from(PIECES).map(fold)),
}
ONCE = {"from", "to", "q"}
FILTERS = st.lists(st.sampled_from(sorted(POOLS)), max_size=3, unique=True).flatmap(
    lambda keys: st.fixed_dictionaries(
        {
            key: st.lists(POOLS[key], min_size=1, max_size=1 if key in ONCE else 3)
            for key in keys
        }
    )
)


@example(items={"organizer": ["\u00a0"]})
@given(items=FILTERS)
def test_filter_when_it_is_any_then_lua_and_python_agree(
    store: Store, wiki: Scribunto, items: Items
) -> None:
    assert by_lua(wiki, "event", items) == by_python(store, "event", items)


@given(one=WORDS, other=WORDS)
def test_fold_when_two_texts_are_one_in_python_then_also_in_lua(
    wiki: Scribunto, one: str, other: str
) -> None:
    same = wiki.run(FOLD, one) == wiki.run(FOLD, other)
    assert same == (fold(one) == fold(other))


@given(text=st.text(st.sampled_from(LETTERS)))
def test_fold_when_text_is_folded_in_python_then_lua_takes_it_for_the_same(
    wiki: Scribunto, text: str
) -> None:
    for other in (fold(text), text.upper(), f" {text} "):
        same = wiki.run(FOLD, text) == wiki.run(FOLD, other)
        assert same == (fold(text) == fold(other))
