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
from tests.support.wiki.bot_and_wiki import BotAndWiki, event
from tool.wiki.renderings import Renderings, StoredHtml

WALK = "Space/Events/Walk"
SECRET = "Tuhituhi"

Hide = Callable[[BotAndWiki, int], None]


@pytest.fixture
def bot_and_wiki() -> Iterator[BotAndWiki]:
    bot_and_wiki = BotAndWiki()
    bot_and_wiki.sync()
    yield bot_and_wiki
    bot_and_wiki.engine.dispose()


def stored(bot_and_wiki: BotAndWiki) -> str:
    """Everything that the database and the newest pages of the bot hold, as a text."""
    parts = []
    with bot_and_wiki.engine.connect() as connection:
        for table in metadata.sorted_tables:
            parts += map(repr, connection.execute(select(table)))
    pages = bot_and_wiki.admin.state.live()
    parts += [p.latest.text for p in pages if p.title.startswith("User:SpaceBot/")]
    return "\n".join(parts)


def later(bot_and_wiki: BotAndWiki, times: int = 3) -> None:
    """Ordinary syncs, after the time that recent changes are read again for."""
    for _ in range(times):
        bot_and_wiki.admin.advance(hours=12)
        assert not bot_and_wiki.sync().full


def revision_deletion(bot_and_wiki: BotAndWiki, revision: int) -> None:
    bot_and_wiki.admin.hide(revision, text=True)


def suppression(bot_and_wiki: BotAndWiki, revision: int) -> None:
    bot_and_wiki.admin.suppress(revision, text=True)


HIDING = [revision_deletion, suppression]


@pytest.mark.parametrize("hide", HIDING)
def test_published_text_when_hidden_then_the_one_before_is_published(
    bot_and_wiki: BotAndWiki, hide: Hide
) -> None:
    clean = bot_and_wiki.publish(WALK)
    leak = bot_and_wiki.event(WALK, summary=SECRET)
    bot_and_wiki.approve(WALK, leak)
    later(bot_and_wiki)
    assert SECRET in stored(bot_and_wiki)
    bot_and_wiki.event(WALK, "Without it.")
    later(bot_and_wiki)
    hide(bot_and_wiki, leak)
    later(bot_and_wiki, 1)
    assert bot_and_wiki.published == {WALK: clean}
    assert SECRET not in stored(bot_and_wiki)
    bot_and_wiki.admin.suppress(leak, text=False)
    later(bot_and_wiki, 1)
    assert bot_and_wiki.published == {WALK: leak}


@pytest.mark.parametrize("hide", HIDING)
def test_hidden_text_when_saved_again_then_waits(
    bot_and_wiki: BotAndWiki, hide: Hide
) -> None:
    """Its hash is gone, which would also tell who knows the rest what was hidden."""
    leak = bot_and_wiki.publish(WALK)
    page = bot_and_wiki.admin.state.page(WALK)
    assert page is not None
    text, digest = page.latest.text, page.latest.sha1
    bot_and_wiki.ann.write(WALK, "Nothing.")
    hide(bot_and_wiki, leak)
    later(bot_and_wiki, 1)
    assert digest not in stored(bot_and_wiki)
    bot_and_wiki.admin.as_user("Lena").write(WALK, text)
    later(bot_and_wiki, 1)
    assert bot_and_wiki.published == {}


@pytest.mark.parametrize("hide", HIDING)
@pytest.mark.parametrize("verdict", ["decline", "changes", "withdraw"])
def test_reason_when_its_talk_revision_is_hidden_then_is_gone(
    bot_and_wiki: BotAndWiki, hide: Hide, verdict: str
) -> None:
    revision = bot_and_wiki.publish(WALK)
    line = f"{{{{Space review|{verdict}|rev={revision}|reason={SECRET}}}}} ~~~~"
    said = bot_and_wiki.pavati.write(f"Talk:{WALK}", line).revid
    later(bot_and_wiki)
    assert SECRET in stored(bot_and_wiki)
    bot_and_wiki.pavati.write(f"Talk:{WALK}", "removed")
    later(bot_and_wiki, 1)
    state = bot_and_wiki.state(WALK)
    hide(bot_and_wiki, said)
    later(bot_and_wiki, 1)
    assert SECRET not in stored(bot_and_wiki)
    assert bot_and_wiki.state(WALK) == state
    later(bot_and_wiki, 1)


def test_reason_when_its_talk_page_is_deleted_then_is_gone(
    bot_and_wiki: BotAndWiki,
) -> None:
    revision = bot_and_wiki.publish(WALK)
    line = f"{{{{Space review|decline|rev={revision}|reason={SECRET}}}}} ~~~~"
    bot_and_wiki.pavati.write(f"Talk:{WALK}", line)
    later(bot_and_wiki)
    bot_and_wiki.admin.suppress_page(f"Talk:{WALK}")
    later(bot_and_wiki, 1)
    assert SECRET not in stored(bot_and_wiki)
    assert bot_and_wiki.state(WALK) == "declined"


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
    bot_and_wiki: BotAndWiki, account: str, line: str
) -> None:
    bot_and_wiki.event(WALK)
    bot_and_wiki.admin.advance(hours=1)
    bot_and_wiki.admin.as_user(account).write(f"Talk:{WALK}", line)
    later(bot_and_wiki)
    (refusal,) = bot_and_wiki.store.records.find(WALK).review.refusals  # type: ignore[union-attr]
    assert refusal.adder == account
    assert SECRET not in stored(bot_and_wiki)


def test_refused_verdict_when_signed_with_an_account_then_names_it(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.event(WALK)
    line = "{{Space review|approve}} [[User:Pavati]] 12:00, 1 May 2026 (UTC)"
    bot_and_wiki.admin.as_user("Lena").write(f"Talk:{WALK}", line)
    later(bot_and_wiki)
    record = bot_and_wiki.store.records.find(WALK)
    assert record is not None
    assert [refusal.account for refusal in record.review.refusals] == ["Pavati"]


NAMES = [
    lambda bot_and_wiki, revision: bot_and_wiki.admin.hide(
        revision, text=False, user=True
    ),
    lambda bot_and_wiki, revision: bot_and_wiki.admin.suppress(
        revision, text=False, user=True
    ),
]


@pytest.mark.parametrize("hide", NAMES)
@pytest.mark.parametrize("policy", ["review", "open", "patrol"])
def test_creator_when_the_name_is_hidden_then_is_nowhere(
    bot_and_wiki: BotAndWiki, hide: Hide, policy: str
) -> None:
    bot_and_wiki.policy(event=policy)
    author = bot_and_wiki.admin.as_user(SECRET, "autopatrolled")
    revision = author.write(WALK, event()).revid
    bot_and_wiki.approve(WALK, revision)
    later(bot_and_wiki)
    assert bot_and_wiki.published == {WALK: revision}
    assert SECRET in stored(bot_and_wiki)
    hide(bot_and_wiki, revision)
    later(bot_and_wiki, 1)
    assert bot_and_wiki.published == {WALK: revision}
    assert SECRET not in stored(bot_and_wiki)
    later(bot_and_wiki, 1)


@pytest.mark.parametrize("hide", NAMES)
@pytest.mark.parametrize("verdict", ["approve", "decline"])
def test_reviewer_when_the_name_is_hidden_then_is_nowhere_and_the_verdict_counts(
    bot_and_wiki: BotAndWiki, hide: Hide, verdict: str
) -> None:
    bot_and_wiki.pavati = bot_and_wiki.admin.as_user(SECRET, "patroller")
    said = bot_and_wiki.approve(WALK, bot_and_wiki.event(WALK), verdict)
    later(bot_and_wiki)
    assert SECRET in stored(bot_and_wiki)
    state = bot_and_wiki.state(WALK)
    bot_and_wiki.admin.as_user("Admin").write(f"Talk:{WALK}", "removed")
    hide(bot_and_wiki, said)
    later(bot_and_wiki, 1)
    assert SECRET not in stored(bot_and_wiki)
    assert bot_and_wiki.state(WALK) == state


@pytest.mark.parametrize("role", ["author", "organizer", "reviewer", "patroller"])
def test_account_when_hidden_everywhere_then_is_nowhere(
    bot_and_wiki: BotAndWiki, role: str
) -> None:
    bot_and_wiki.policy(event="patrol" if role == "patroller" else "review")
    person = bot_and_wiki.admin.as_user(SECRET, "patroller")
    text = event(organizers=f"[[User:{SECRET}]]; Wikimedia Aotearoa")
    if role == "author":
        revision = person.write(WALK, event()).revid
    elif role == "organizer":
        revision = bot_and_wiki.ann.write(WALK, text).revid
    else:
        revision = bot_and_wiki.event(WALK)
    if role == "patroller":
        person.patrol(revision)
    else:
        bot_and_wiki.pavati = person if role == "reviewer" else bot_and_wiki.pavati
        bot_and_wiki.approve(WALK, revision)
    later(bot_and_wiki)
    assert bot_and_wiki.published == {WALK: revision}
    assert SECRET in stored(bot_and_wiki)
    bot_and_wiki.admin.as_user("Admin").write(f"Talk:{WALK}", "removed")
    bot_and_wiki.admin.hide_account(SECRET)
    later(bot_and_wiki, 1)
    assert bot_and_wiki.published == {WALK: revision}
    if role == "organizer":  # the text is the page's; what people are shown is not
        assert organizers(bot_and_wiki) == ("Wikimedia Aotearoa",)
        later(bot_and_wiki, 1)
        assert organizers(bot_and_wiki) == ("Wikimedia Aotearoa",)
        bot_and_wiki.drop_store()
        bot_and_wiki.sync()
        assert organizers(bot_and_wiki) == ("Wikimedia Aotearoa",)
        bot_and_wiki.admin.state.accounts[SECRET].hidden = False
        later(bot_and_wiki, 1)
        assert organizers(bot_and_wiki) == (SECRET, "Wikimedia Aotearoa")
        return
    assert SECRET not in stored(bot_and_wiki)


def organizers(bot_and_wiki: BotAndWiki) -> object:
    record = bot_and_wiki.store.records.find(WALK)
    assert record is not None
    assert record.publication is not None
    return record.publication.values.get("organizers")


def test_ledger_when_of_before_then_is_read_and_gets_ids_with_the_next_full_sync(
    bot_and_wiki: BotAndWiki,
) -> None:
    revision = bot_and_wiki.publish(WALK)
    page = bot_and_wiki.admin.state.page(WALK)
    assert page is not None
    title = block_title("SpaceBot", block_of(page.id))
    ledger = bot_and_wiki.admin.state.page(title)
    assert ledger is not None
    made = ledger.latest.text
    data = json.loads(made)
    entry = data[f"p{page.id}"]
    del (
        entry["creator_id"],
        entry["origin"],
        entry["verdicts"][0]["verdict"]["adder_id"],
    )
    bot_and_wiki.bot.write(title, json.dumps(data))
    before = bot_and_wiki.dump()
    bot_and_wiki.sync(full=True)
    assert bot_and_wiki.published == {WALK: revision}
    assert bot_and_wiki.dump() == before
    assert json.loads(ledger.latest.text) == json.loads(made)
    bot_and_wiki.drop_store()
    report = bot_and_wiki.sync()
    assert (report.ledger, bot_and_wiki.dump()) == ((), before)


def test_html_when_its_revision_is_hidden_then_leaves_every_cache(
    bot_and_wiki: BotAndWiki,
) -> None:
    """A post's text for its feed, and what the tool rendered for readers."""
    post = f"{{{{Space post\n| title = News\n| language = en\n}}}}\n{SECRET}"
    revision = bot_and_wiki.ann.write("Space/Blog/News", post).revid
    bot_and_wiki.approve("Space/Blog/News", revision)
    later(bot_and_wiki)
    record = bot_and_wiki.store.records.find("Space/Blog/News")
    assert record is not None
    assert record.publication is not None
    bot_and_wiki.store.set_content(record.publication, SECRET)
    bot_and_wiki.ann.write("Space/Blog/News", "Nothing.")
    tool = Renderings(bot_and_wiki.engine, lambda: bot_and_wiki.admin.state.now)
    tool.put(revision, "en", SECRET)
    later(bot_and_wiki, 1)
    assert tool.get(revision, "en") == StoredHtml(SECRET, is_fresh=True)
    suppression(bot_and_wiki, revision)
    later(bot_and_wiki, 1)
    assert SECRET not in stored(bot_and_wiki)
    tool.put(revision, "en", SECRET)  # for somebody who asked before
    later(bot_and_wiki, 1)
    assert SECRET not in stored(bot_and_wiki)


def test_page_when_its_deletion_is_suppressed_then_is_gone(
    bot_and_wiki: BotAndWiki,
) -> None:
    revision = bot_and_wiki.event(WALK, summary=SECRET)
    bot_and_wiki.approve(WALK, revision)
    later(bot_and_wiki)
    assert SECRET in stored(bot_and_wiki)
    bot_and_wiki.admin.suppress_page(WALK)
    bot_and_wiki.admin.suppress_page(f"Talk:{WALK}")
    later(bot_and_wiki, 1)
    assert bot_and_wiki.published == {}
    assert SECRET not in stored(bot_and_wiki)


@pytest.mark.parametrize("title", ["Space/Topics", "User:SpaceBot/Space/Ledger/7.json"])
def test_copy_when_its_page_is_gone_then_is_gone_as_well(
    bot_and_wiki: BotAndWiki, title: str
) -> None:
    by = bot_and_wiki.bot if title.startswith("User:") else bot_and_wiki.admin
    by.write(title, f'{{"schema": 1, "note": "{SECRET}"}}')
    later(bot_and_wiki)
    assert SECRET in stored(bot_and_wiki)
    bot_and_wiki.admin.suppress_page(title)
    later(bot_and_wiki, 1)
    assert SECRET not in stored(bot_and_wiki)
