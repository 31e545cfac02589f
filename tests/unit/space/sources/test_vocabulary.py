"""The table of types and topics tells of every name on both sides."""

import json

from space.schema.kinds import load_kind
from space.sources.vocabulary import TABLE, vocabulary

TYPES = {
    *("editing-event", "media-upload-event", "backlog-drive", "contest", "workshop"),
    *("training-seminar", "meetup", "hackathon", "conference", "other"),
}
"""Those of CampaignEvents, as of 2026-08."""


def test_types_when_listed_have_a_counterpart_or_are_named_as_lacking_one() -> None:
    table = json.loads(TABLE.read_text("utf-8"))
    ours = set(load_kind("event").fields["type"].choices)
    without = table["types_without"]

    assert set(table["types"]) | set(without["space"]) == TYPES
    assert set(table["types"].values()) <= ours
    assert ours - set(table["types"].values()) == set(without["campaign_events"])
    assert set(table["types_nearest"]) == set(without["campaign_events"])
    assert set(table["types_nearest"].values()) <= ours


def test_type_of_several_is_the_first_that_says_something() -> None:
    words = vocabulary()
    assert words.type_of(["other", "unheard", "meetup", "contest"]) == "meetup"
    assert words.type_of(["other"]) == "other"
    assert words.type_of(["unheard"]) == ""
    assert words.topics_of(["women", "music", "women"]) == ("gender", "music")
