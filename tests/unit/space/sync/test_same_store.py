"""Full and incremental sync, and a store made anew, come to the same."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.wiki_state import StoredPage
from tests.support.wiki.bot_and_wiki import Newsroom, event

pytestmark = pytest.mark.soak

PAGES = ("Space/Events/A", "Event:B", "Space/Blog/C", "Space/Blog/D")
AWAY = "User:Ann/Away"
TEXTS = (
    event(),
    event("Body"),
    event(address="44 Lorne Street"),
    event(status="cancelled"),
    event(timezone="Nowhere"),
    event(start="2026-12-01 10:00", recurrence="FREQ=WEEKLY;COUNT=3"),
    event(start="2026-12-02 09:00", series="Space/Events/A", occurrence="2026-12-01"),
    event(start="2026-12-03 09:00", series="Event:B", occurrence="2026-12-08 10:00"),
    "{{Space post|title=C|language=en}}",
    "{{Space post|title=C|language=en|publish after=2026-11-26}}",
    "{{Space post|title=C|language=en|status=draft}}",
    "{{Space post|title=C|language=fr|original=Space/Blog/D}}",
    "{{Space post|title=D|language=ar|original=Space/Blog/C}}",
    "{{Space post|title=D|language=ar|original=Space/Events/A}}",
    "no record",
    "#REDIRECT [[Main Page]]",
)
PEOPLE = ("Ann", "Lena", "Pavati", "Aiko")

Act = Callable[[Newsroom], None]


def _page(room: Newsroom, title: str) -> StoredPage | None:
    return room.admin.state.page(title)


def _edit(title: str, text: str, person: str) -> Act:
    return lambda room: _write(room, title, text, person)


def _write(room: Newsroom, title: str, text: str, person: str) -> None:
    page = _page(room, title)
    if page is None or page.latest.text != text.rstrip():
        room.admin.as_user(person).write(title, text)


def _verdict(title: str, verdict: str, back: int) -> Act:
    def act(room: Newsroom) -> None:
        page = _page(room, title)
        if page:
            revision = page.revisions[max(-back, -len(page.revisions))]
            room.approve(title, revision.id, verdict)

    return act


def _patrol(title: str) -> Act:
    def act(room: Newsroom) -> None:
        page = _page(room, title)
        state = room.admin.state
        if page and state.now - page.latest.timestamp <= state.rc_max_age:
            room.pavati.patrol(page.latest.id)

    return act


def _hide(title: str, back: int, *, hidden: bool) -> Act:
    def act(room: Newsroom) -> None:
        page = _page(room, title)
        if page and len(page.revisions) > back:
            room.admin.hide(page.revisions[-1 - back].id, text=hidden)

    return act


def _delete(title: str) -> Act:
    def act(room: Newsroom) -> None:
        gone = [p for p in room.admin.state.pages.values() if p.title == title]
        if _page(room, title):
            room.admin.delete(title)
        elif gone:
            room.admin.undelete(title)

    return act


def _move(title: str) -> Act:
    def act(room: Newsroom) -> None:
        here, away = _page(room, title), _page(room, f"{AWAY}/{title}")
        if here and not away:
            room.admin.move(title, f"{AWAY}/{title}", redirect=False)
        elif away and not here:
            room.admin.move(f"{AWAY}/{title}", title, redirect=False)

    return act


def _rename(title: str) -> Act:
    """Move a page within the namespaces of records, or back: a redirect stays."""

    def act(room: Newsroom) -> None:
        if not _page(room, f"{title} 2"):
            if _page(room, title):
                room.admin.move(title, f"{title} 2", redirect=True)
        else:
            if _page(room, title):
                room.admin.delete(title)
            room.admin.move(f"{title} 2", title, redirect=False)

    return act


def _policy(policy: str) -> Act:
    return lambda room: room.policy(event=policy)


titles = st.sampled_from(PAGES)
acts = st.one_of(
    st.builds(_edit, titles, st.sampled_from(TEXTS), st.sampled_from(PEOPLE)),
    st.builds(
        _verdict,
        titles,
        st.sampled_from(["approve", "changes", "decline", "withdraw"]),
        st.integers(1, 2),
    ),
    st.builds(_patrol, titles),
    st.builds(_hide, titles, st.integers(1, 2), hidden=st.booleans()),
    st.builds(_delete, titles),
    st.builds(_move, titles),
    st.builds(_rename, titles),
    st.builds(_policy, st.sampled_from(["review", "patrol", "open"])),
)
pauses = st.sampled_from([1, 1, 30, 60 * 24, 60 * 24 * 10, 60 * 24 * 40])
stories = st.lists(
    st.tuples(st.lists(acts, min_size=1, max_size=3), pauses), max_size=8
)


def play(story: list[tuple[list[Act], int]], *, full: bool) -> Newsroom:
    room = Newsroom()
    room.admin.register("Aiko", "autopatrolled")
    room.admin.register("Lena")
    for happening, pause in story:
        for act in happening:
            act(room)
        room.admin.advance(minutes=pause)
        room.sync(full=full)
    return room


@settings(max_examples=settings.default.max_examples // 4)
@given(stories)
def test_sync_when_full_or_incremental_or_made_anew_is_the_same(
    story: list[tuple[list[Act], int]],
) -> None:
    incremental, full = play(story, full=False), play(story, full=True)
    try:
        incremental.sync()
        full.sync(full=True)
        dump = incremental.dump()
        assert dump == full.dump()
        revisions = incremental.admin.state.next_revision
        assert revisions == full.admin.state.next_revision
        incremental.drop_store()
        incremental.sync()
        assert incremental.dump() == dump
        assert incremental.admin.state.next_revision == revisions
    finally:
        incremental.engine.dispose()
        full.engine.dispose()
