"""Dates that a published series drops stay in the ledger for readers to be told."""

import pytest

from tests.support.wiki.bot_and_wiki import BotAndWiki, event

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
    mallory = bot_and_wiki.admin.as_user("Mallory")
    skipping = event(**{**SERIES, "except": "2026-12-16"})
    revid = mallory.write(MEETUP, skipping).revid
    bot_and_wiki.sync()
    assert told(bot_and_wiki) == ()
    bot_and_wiki.approve(MEETUP, revid)
    bot_and_wiki.sync()
    assert told(bot_and_wiki) == (THIRD,)


def test_sync_when_the_creator_skips_a_date_tells_it_before_a_review(
    bot_and_wiki: BotAndWiki,
) -> None:
    publish(bot_and_wiki)
    bot_and_wiki.event(MEETUP, **{**SERIES, "except": "2026-12-16"})
    bot_and_wiki.sync()
    assert told(bot_and_wiki) == (THIRD,)
    record = bot_and_wiki.store.records.find(MEETUP)
    assert record is not None
    assert record.review.live
    assert [laid.field for laid in record.review.corrections] == ["except"]
    before = bot_and_wiki.dump()
    bot_and_wiki.drop_store()
    bot_and_wiki.sync()
    assert bot_and_wiki.dump() == before
    bot_and_wiki.event(MEETUP, **SERIES)
    bot_and_wiki.sync()
    assert told(bot_and_wiki) == ()


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
