"""What one process knows from one sync to the next, to read a part alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from space.review.queue.accounts import AccountExperience
from space.text.similarity import Sketches
from space.wiki.templates import Templates


@dataclass(slots=True)
class Session:
    """Facts that a sync of everything reads, and syncs of a part keep up to date.

    `templates` are None until everything was read. `sketches` are those of all pages
    with a title. `people` are accounts in the queue by name, `authors` who made
    revisions that wait, by revision. `series` and `originals` are the titles that no
    record has about which the wiki was asked.
    """

    templates: Templates | None = None
    sketches: Sketches = field(default_factory=Sketches)
    people: Mapping[str, AccountExperience] = field(default_factory=dict)
    authors: Mapping[int, str | None] = field(default_factory=dict)
    series: tuple[str, ...] = ()
    originals: tuple[str, ...] = ()
