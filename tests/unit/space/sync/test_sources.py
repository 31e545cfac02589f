import re
from datetime import timedelta
from gc import collect, get_objects

import pytest

from space.sync.sources import OVERLAP, Sources, changes_from
from space.wiki.values import PageCopy, RequestCount, Subpages
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.feeds.publications import NOW
from tests.support.store.stores import memory_store

ANY = re.compile(".*")


def test_read_when_nothing_is_kept_asks_once_for_all_texts() -> None:
    wiki = MemoryWiki()
    wiki.write("Space/Settings", "settings")
    wiki.write("User:SpaceBot/Ledger/0.json", '{"a": 1}')
    sources = Sources(wiki, memory_store())
    wiki.requests = RequestCount()
    pages = sources.read(
        ["Space/Settings", "Space/Topics"],
        [Subpages(folder, ANY) for folder in ("User:SpaceBot/Ledger", "User:Nobody/L")],
    )
    assert set(pages) == {"Space/Settings", "User:SpaceBot/Ledger/0.json"}
    assert pages["Space/Settings"].text == "settings"
    assert wiki.requests.content == 1


def test_read_when_page_is_as_it_was_asks_for_no_text() -> None:
    wiki, store = MemoryWiki(), memory_store()
    wiki.write("Space/Settings", "one")
    first = Sources(wiki, store).read(["Space/Settings"])
    wiki.requests = RequestCount()
    assert Sources(wiki, store).read(["Space/Settings"]) == first
    assert wiki.requests == RequestCount(content=0, other=1)
    saved = wiki.write("Space/Settings", "two")
    again = Sources(wiki, store).read(["Space/Settings"])["Space/Settings"]
    assert (again.latest, again.text) == (saved.revid, "two")


def test_read_when_read_before_in_this_run_does_not_ask_again() -> None:
    wiki = MemoryWiki()
    wiki.write("Space/Settings", "one")
    sources = Sources(wiki, memory_store())
    first = sources.read(["Space/Settings"])
    wiki.write("Space/Settings", "two")
    wiki.requests = RequestCount()
    assert sources.read(["Space/Settings"]) == first
    assert wiki.requests == RequestCount()


def test_read_when_text_is_hidden_is_empty() -> None:
    wiki = MemoryWiki()
    saved = wiki.write("Space/Settings", "secret")
    wiki.hide(saved.revid, user=True)
    source = Sources(wiki, memory_store()).read(["Space/Settings"])["Space/Settings"]
    assert source == PageCopy("Space/Settings", saved.revid, None, "")


def test_read_when_just_saved_and_remembered_asks_for_no_text() -> None:
    wiki, store = MemoryWiki(), memory_store()
    saved = wiki.write("User:SpaceBot/L/0.json", "{}")
    source = PageCopy(saved.title, saved.revid, "Admin", "{}")
    Sources(wiki, store).remember(source)
    assert Sources(wiki, store).read(families=[Subpages("User:SpaceBot/L", ANY)]) == {
        saved.title: source
    }
    assert wiki.requests.content == 0


def test_read_when_saved_before_in_this_run_does_not_ask_again() -> None:
    wiki = MemoryWiki()
    saved = wiki.write("Space/Settings", "one")
    sources = Sources(wiki, memory_store())
    copy = PageCopy(saved.title, saved.revid, "Admin", "one")
    sources.remember(copy)
    wiki.requests = RequestCount()
    assert sources.read([saved.title]) == {saved.title: copy}
    assert wiki.requests == RequestCount()


def test_read_when_much_was_read_then_no_text_stays_in_memory() -> None:
    wiki = MemoryWiki()
    title = wiki.write("Space/Settings", f"of a test: {'much ' * 1000}").title
    sources = Sources(wiki, memory_store())
    sources.read([title])
    collect()
    assert not [
        o for o in get_objects() if isinstance(o, PageCopy) and o.title == title
    ]


def test_walk_when_some_pages_changed_then_asks_for_their_texts_alone() -> None:
    wiki, store = MemoryWiki(), memory_store()
    titles = [f"User:SpaceBot/L/{number}.json" for number in range(60)]
    for title in titles:
        wiki.write(title, "{}")
    family = Subpages("User:SpaceBot/L", ANY)
    first = {copy.title: copy.text for copy in Sources(wiki, store).walk(family)}
    assert first == dict.fromkeys(titles, "{}")
    wiki.write(titles[7], "[]")
    wiki.delete(titles[8])
    wiki.requests = RequestCount()
    again = {copy.title: copy.text for copy in Sources(wiki, store).walk(family)}
    expected = {**first, titles[7]: "[]"}
    del expected[titles[8]]
    assert again == expected
    assert wiki.requests.content == 1
    assert store.page_copies.get([titles[8]]) == {}


@pytest.mark.parametrize(
    ("ago", "is_all"),
    [
        (timedelta(days=1), False),
        (timedelta(minutes=-5), False),  # another machine's clock
        (timedelta(days=26), True),
        (timedelta(hours=-1), True),
    ],
)
def test_changes_when_the_checkpoint_is_far_from_now_then_all_is_to_be_read(
    ago: timedelta,
    is_all: bool,  # noqa: FBT001
) -> None:
    checkpoint = NOW - ago
    since = changes_from(checkpoint, NOW)
    assert since == (None if is_all else checkpoint - OVERLAP)
