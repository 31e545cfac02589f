"""A row of the review queue that has a value in every field."""

from datetime import UTC, datetime

from space.review.queue import EventFacts, Row, Section
from space.review.queue.surroundings import SimilarPage
from space.review.record import Refusal

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FULL_ROW = Row(
    page=12,
    kind="event",
    title="Space/Events/X",
    name="Ünïcode & <b>",
    pending_since=NOW,
    section=Section.SOON,
    event=EventFacts(NOW.date(), NOW.date(), "hybrid", "NZ", "Secret town"),
    pending_revision=34,
    published_revision=30,
    corrected=("start",),
    languages=("en", "mi"),
    author="Ann",
    edits=100,
    earlier=2,
    first=True,
    again=True,
    changes_asked=33,
    problems=("image_alt",),
    missing=("summary",),
    spam=("https://casino.example/secret",),
    like=SimilarPage(7, "Space/Events/Y"),
    refusals=(Refusal("approve", "unclear-rev", "Pavati", "Pavati", NOW),),
)
