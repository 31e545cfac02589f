"""What the wiki hides is gone after the next ordinary sync, whether a log tells or not.

Nothing of it stays in the store, in the ledger's newest revision or in the copies of
pages.
"""

import json
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select

from space.review.ledger import block_of, block_title
from space.store.tables.tables import metadata
from tests.support.wiki.bot_and_wiki import Newsroom, event
from tool.wiki.renderings import Renderings

WALK = "Space/Events/Walk"
SECRET = "Tuhituhi"

Hide = Callable[[Newsroom, int], None]


@pytest.fixture
def room() -> Iterator[Newsroom]:
    room = Newsroom()
    room.sync()
    yield room
    room.engine.dispose()


def stored(room: Newsroom) -> str:
    """Everything that the database and the newest pages of the bot hold, as a text."""
    parts = []
    with room.engine.connect() as connection:
        for table in metadata.sorted_tables:
            parts += map(repr, connection.execute(select(table)))
    pages = room.admin.state.live()
    parts += [p.latest.text for p in pages if p.title.startswith("User:SpaceBot/")]
    return "\n".join(parts)


def later(room: Newsroom, times: int = 3) -> None:
    """Ordinary syncs, after the time that recent changes are read again for."""
    for _ in range(times):
        room.admin.advance(hours=12)
        assert not room.sync().full


def revision_deletion(room: Newsroom, revision: int) -> None:
    room.admin.hide(revision, text=True)


def suppression(room: Newsroom, revision: int) -> None:
    room.admin.suppress(revision, text=True)


HIDING = [revision_deletion, suppression]


@pytest.mark.parametrize("hide", HIDING)
def test_published_text_when_hidden_then_the_one_before_is_published(
    room: Newsroom, hide: Hide
) -> None:
    clean = room.publish(WALK)
    leak = room.event(WALK, summary=SECRET)
    room.approve(WALK, leak)
    later(room)
    assert SECRET in stored(room)
    room.event(WALK, "Without it.")
    later(room)
    hide(room, leak)
    later(room, 1)
    assert room.published == {WALK: clean}
    assert SECRET not in stored(room)
    room.admin.suppress(leak, text=False)
    later(room, 1)
    assert room.published == {WALK: leak}


@pytest.mark.parametrize("hide", HIDING)
def test_hidden_text_when_saved_again_then_waits(room: Newsroom, hide: Hide) -> None:
    """Its hash is gone, which would also tell who knows the rest what was hidden."""
    leak = room.publish(WALK)
    page = room.admin.state.page(WALK)
    assert page is not None
    text, digest = page.latest.text, page.latest.sha1
    room.ann.write(WALK, "Nothing.")
    hide(room, leak)
    later(room, 1)
    assert digest not in stored(room)
    room.admin.as_user("Lena").write(WALK, text)
    later(room, 1)
    assert room.published == {}


@pytest.mark.parametrize("hide", HIDING)
@pytest.mark.parametrize("verdict", ["decline", "changes", "withdraw"])
def test_reason_when_its_talk_revision_is_hidden_then_is_gone(
    room: Newsroom, hide: Hide, verdict: str
) -> None:
    revision = room.publish(WALK)
    line = f"{{{{Space review|{verdict}|rev={revision}|reason={SECRET}}}}} ~~~~"
    said = room.pavati.write(f"Talk:{WALK}", line).revid
    later(room)
    assert SECRET in stored(room)
    room.pavati.write(f"Talk:{WALK}", "removed")
    later(room, 1)
    state = room.state(WALK)
    hide(room, said)
    later(room, 1)
    assert SECRET not in stored(room)
    assert room.state(WALK) == state
    later(room, 1)


def test_reason_when_its_talk_page_is_deleted_then_is_gone(room: Newsroom) -> None:
    revision = room.publish(WALK)
    line = f"{{{{Space review|decline|rev={revision}|reason={SECRET}}}}} ~~~~"
    room.pavati.write(f"Talk:{WALK}", line)
    later(room)
    room.admin.suppress_page(f"Talk:{WALK}")
    later(room, 1)
    assert SECRET not in stored(room)
    assert room.state(WALK) == "declined"


@pytest.mark.parametrize(
    ("account", "line"),
    [
        ("Lena", f"{{{{Space review|approve|reason={SECRET}}}}} ~~~~"),
        ("Ann", f"{{{{Space review|approve|reason={SECRET}}}}} ~~~~"),
        ("Pavati", f"{{{{Space review|approve|reason={SECRET}}}}}"),
        (
            "Lena",
            f"{{{{Space review|approve}}}} [[User:{SECRET}]] 12:00, 1 May 2026 (UTC)",
        ),
    ],
)
def test_refused_verdict_then_neither_its_words_nor_made_up_names_are_kept(
    room: Newsroom, account: str, line: str
) -> None:
    room.event(WALK)
    room.admin.advance(hours=1)
    room.admin.as_user(account).write(f"Talk:{WALK}", line)
    later(room)
    (refusal,) = room.store.records.find(WALK).review.refusals  # type: ignore[union-attr]
    assert refusal.adder == account
    assert SECRET not in stored(room)


def test_refused_verdict_when_signed_with_an_account_then_names_it(
    room: Newsroom,
) -> None:
    room.event(WALK)
    line = "{{Space review|approve}} [[User:Pavati]] 12:00, 1 May 2026 (UTC)"
    room.admin.as_user("Lena").write(f"Talk:{WALK}", line)
    later(room)
    record = room.store.records.find(WALK)
    assert record is not None
    assert [refusal.account for refusal in record.review.refusals] == ["Pavati"]


NAMES = [
    lambda room, revision: room.admin.hide(revision, text=False, user=True),
    lambda room, revision: room.admin.suppress(revision, text=False, user=True),
]


@pytest.mark.parametrize("hide", NAMES)
@pytest.mark.parametrize("policy", ["review", "open", "patrol"])
def test_creator_when_the_name_is_hidden_then_is_nowhere(
    room: Newsroom, hide: Hide, policy: str
) -> None:
    room.policy(event=policy)
    author = room.admin.as_user(SECRET, "autopatrolled")
    revision = author.write(WALK, event()).revid
    room.approve(WALK, revision)
    later(room)
    assert room.published == {WALK: revision}
    assert SECRET in stored(room)
    hide(room, revision)
    later(room, 1)
    assert room.published == {WALK: revision}
    assert SECRET not in stored(room)
    later(room, 1)


@pytest.mark.parametrize("hide", NAMES)
@pytest.mark.parametrize("verdict", ["approve", "decline"])
def test_reviewer_when_the_name_is_hidden_then_is_nowhere_and_the_verdict_counts(
    room: Newsroom, hide: Hide, verdict: str
) -> None:
    room.pavati = room.admin.as_user(SECRET, "patroller")
    said = room.approve(WALK, room.event(WALK), verdict)
    later(room)
    assert SECRET in stored(room)
    state = room.state(WALK)
    room.admin.as_user("Admin").write(f"Talk:{WALK}", "removed")
    hide(room, said)
    later(room, 1)
    assert SECRET not in stored(room)
    assert room.state(WALK) == state


@pytest.mark.parametrize("role", ["author", "organizer", "reviewer", "patroller"])
def test_account_when_hidden_everywhere_then_is_nowhere(
    room: Newsroom, role: str
) -> None:
    room.policy(event="patrol" if role == "patroller" else "review")
    person = room.admin.as_user(SECRET, "patroller")
    text = event(organizers=f"[[User:{SECRET}]]; Wikimedia Aotearoa")
    if role == "author":
        revision = person.write(WALK, event()).revid
    elif role == "organizer":
        revision = room.ann.write(WALK, text).revid
    else:
        revision = room.event(WALK)
    if role == "patroller":
        person.patrol(revision)
    else:
        room.pavati = person if role == "reviewer" else room.pavati
        room.approve(WALK, revision)
    later(room)
    assert room.published == {WALK: revision}
    assert SECRET in stored(room)
    room.admin.as_user("Admin").write(f"Talk:{WALK}", "removed")
    room.admin.hide_account(SECRET)
    later(room, 1)
    assert room.published == {WALK: revision}
    if role == "organizer":  # the text is the page's; what people are shown is not
        assert organizers(room) == ("Wikimedia Aotearoa",)
        later(room, 1)
        assert organizers(room) == ("Wikimedia Aotearoa",)
        room.drop_store()
        room.sync()
        assert organizers(room) == ("Wikimedia Aotearoa",)
        room.admin.state.accounts[SECRET].hidden = False
        later(room, 1)
        assert organizers(room) == (SECRET, "Wikimedia Aotearoa")
        return
    assert SECRET not in stored(room)


def organizers(room: Newsroom) -> object:
    record = room.store.records.find(WALK)
    assert record is not None
    assert record.publication is not None
    return record.publication.values.get("organizers")


def test_ledger_when_of_before_then_is_read_and_gets_ids_with_the_next_full_sync(
    room: Newsroom,
) -> None:
    revision = room.publish(WALK)
    page = room.admin.state.page(WALK)
    assert page is not None
    title = block_title("SpaceBot", block_of(page.id))
    ledger = room.admin.state.page(title)
    assert ledger is not None
    made = ledger.latest.text
    data = json.loads(made)
    entry = data[f"p{page.id}"]
    del (
        entry["creator_id"],
        entry["origin"],
        entry["verdicts"][0]["verdict"]["adder_id"],
    )
    room.bot.write(title, json.dumps(data))
    before = room.dump()
    room.sync(full=True)
    assert room.published == {WALK: revision}
    assert room.dump() == before
    assert json.loads(ledger.latest.text) == json.loads(made)
    room.drop_store()
    report = room.sync()
    assert (report.ledger, room.dump()) == ((), before)


def test_html_when_its_revision_is_hidden_then_leaves_every_cache(
    room: Newsroom,
) -> None:
    """A post's text for its feed, and what the tool rendered for readers."""
    post = f"{{{{Space post\n| title = News\n| language = en\n}}}}\n{SECRET}"
    revision = room.ann.write("Space/Blog/News", post).revid
    room.approve("Space/Blog/News", revision)
    later(room)
    record = room.store.records.find("Space/Blog/News")
    assert record is not None
    assert record.publication is not None
    room.store.set_content(record.publication, SECRET)
    room.ann.write("Space/Blog/News", "Nothing.")
    tool = Renderings(room.engine, lambda: room.admin.state.now)
    tool.put(revision, "en", SECRET)
    later(room, 1)
    assert tool.get(revision, "en") == SECRET
    suppression(room, revision)
    later(room, 1)
    assert SECRET not in stored(room)
    tool.put(revision, "en", SECRET)  # for somebody who asked before
    later(room, 1)
    assert SECRET not in stored(room)


def test_page_when_its_deletion_is_suppressed_then_is_gone(room: Newsroom) -> None:
    revision = room.event(WALK, summary=SECRET)
    room.approve(WALK, revision)
    later(room)
    assert SECRET in stored(room)
    room.admin.suppress_page(WALK)
    room.admin.suppress_page(f"Talk:{WALK}")
    later(room, 1)
    assert room.published == {}
    assert SECRET not in stored(room)


@pytest.mark.parametrize("title", ["Space/Topics", "User:SpaceBot/Space/Ledger/7.json"])
def test_copy_when_its_page_is_gone_then_is_gone_as_well(
    room: Newsroom, title: str
) -> None:
    by = room.bot if title.startswith("User:") else room.admin
    by.write(title, f'{{"schema": 1, "note": "{SECRET}"}}')
    later(room)
    assert SECRET in stored(room)
    room.admin.suppress_page(title)
    later(room, 1)
    assert SECRET not in stored(room)
