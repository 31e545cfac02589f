"""Registered events as the store has them, from answers of CampaignEvents."""

import json
from datetime import UTC, datetime

from sandbox.gateway.registrations import registration
from space.publication.publication import Publication
from space.sources.campaign_events import read_registration
from space.sources.entry_records import EntryRecords
from space.sources.registrations import RegistrationDecisions
from tests.support.feeds.publications import ADDRESSES

READ = datetime(2026, 11, 1, tzinfo=UTC)


def registered(number: int = 17, **members: object) -> Publication:
    """A registered event of 3 December 2026, but for some members of the answer."""
    when = {"start_time": "20261203180000", "end_time": "20261203200000"}
    answer = registration(number, **{**when, **members})
    entry = read_registration(json.dumps(answer).encode(), number, "wiki")
    assert entry
    listing = EntryRecords("marked", RegistrationDecisions(), ADDRESSES)
    record = listing.record_of(entry.after(None, READ))
    assert record
    assert record.publication
    return record.publication
