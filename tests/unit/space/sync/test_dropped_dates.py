"""Dates that a published series drops stay in the ledger for readers to be told."""

from dataclasses import replace

import pytest

from space.review.model import OverlayField
from space.sync import records
from space.sync.reading.revisions import Texts
from space.wiki.templates import Templates
from tests.support.wiki.bot_and_wiki import BotAndWiki

MEETUP = "Space/Events/Meetup"
SERIES = {
    "start": "2026-12-02 18:30",
    "recurrence": "FREQ=WEEKLY;COUNT=5",
}
THIRD = "2026-12-16 18:30"


def publish(bot_and_wiki: BotAndWiki, **values: str) -> None:
    revid = bot_and_wiki.event(MEETUP, **{**SERIES, **values})
    bot_and_wiki.approve(MEETUP, revid)
    bot_and_wiki.sync()


def told(bot_and_wiki: BotAndWiki) -> tuple[str, ...]:
    record = bot_and_wiki.store.records.find(MEETUP)
    assert record is not None
    assert record.publication is not None
    assert record.publication.dropped == bot_and_wiki.ledger(1).dropped
    return record.publication.dropped


def test_sync_when_a_published_date_is_skipped_keeps_it_in_the_ledger(
    bot_and_wiki: BotAndWiki,
) -> None:
    publish(bot_and_wiki)
    assert told(bot_and_wiki) == ()
    publish(bot_and_wiki, **{"except": "2026-12-16"})
    assert told(bot_and_wiki) == (THIRD,)
    publish(bot_and_wiki, **{"except": "2026-12-16", "city": "Porirua"})
    assert told(bot_and_wiki) == (THIRD,)
    before = bot_and_wiki.dump()
    bot_and_wiki.drop_store()
    bot_and_wiki.sync()
    assert bot_and_wiki.dump() == before
    publish(bot_and_wiki)
    assert told(bot_and_wiki) == ()


def test_sync_when_a_skipped_date_was_never_published_tells_nothing(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.event(MEETUP, **SERIES)
    bot_and_wiki.sync()
    publish(bot_and_wiki, **{"except": "2026-12-16"})
    assert told(bot_and_wiki) == ()


def test_sync_when_a_dropping_text_waits_tells_nothing_yet(
    bot_and_wiki: BotAndWiki,
) -> None:
    publish(bot_and_wiki)
    revid = bot_and_wiki.event(MEETUP, **{**SERIES, "except": "2026-12-16"})
    bot_and_wiki.sync()
    assert told(bot_and_wiki) == ()
    bot_and_wiki.approve(MEETUP, revid)
    bot_and_wiki.sync()
    assert told(bot_and_wiki) == (THIRD,)


def test_sync_when_a_correction_skips_a_date_compares_with_the_same_text(
    bot_and_wiki: BotAndWiki,
) -> None:
    publish(bot_and_wiki)
    entry = bot_and_wiki.ledger(1)
    published = entry.status.published
    assert published is not None
    assert records.replaced_text(entry, entry) is None
    assert records.replaced_text(entry, None) is None
    skipping = OverlayField("except", ("2026-12-16",), 9, published.at, correction=True)
    status = replace(entry.status, overlay=(skipping,))
    corrected = replace(entry, status=status)
    assert records.replaced_text(corrected, entry) == published.revision
    texts = Texts(bot_and_wiki.bot, Templates.read(bot_and_wiki.bot).records)
    texts.fetch([published.revision])
    assert records.with_times(corrected, entry, texts).dropped == (THIRD,)
    assert records.with_times(entry, corrected, texts).dropped == ()


@pytest.mark.parametrize("full", [False, True])
def test_sync_when_the_series_is_gone_strikes_all_of_it_out(
    bot_and_wiki: BotAndWiki, *, full: bool
) -> None:
    publish(bot_and_wiki)
    publish(bot_and_wiki, **{"except": "2026-12-16"})
    bot_and_wiki.admin.delete(MEETUP)
    bot_and_wiki.sync(full=full)
    (record,) = bot_and_wiki.store.records.all()
    assert record.tombstone is not None
    assert record.publication is None
