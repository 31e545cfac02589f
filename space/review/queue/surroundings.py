"""What the queue has to know of all pages, beside those that are in it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from space.review.record import Record
from space.text.similarity import Sketches


@dataclass(frozen=True, slots=True)
class SimilarPage:
    """The published or waiting page whose text is most like a row's."""

    page: int
    title: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The authors of rows and their pages, and the pages that texts are like.

    `authors` has who made the pending revision, by page id, for changes after review.
    `published` has how many pages of each account are published, absent for none, and
    `first` the id of its first page here. `like` is the page that a page in the queue
    is most like, by page id; absent where there is none.
    """

    authors: Mapping[int, str | None]
    published: Mapping[str, int]
    first: Mapping[str, int]
    like: Mapping[int, SimilarPage]

    @classmethod
    def of(
        cls,
        records: Iterable[Record],
        sketches: Sketches,
        queued: Iterable[int],
        authors: Mapping[int, str | None],
    ) -> "Surroundings":
        """What all records and their sketches say of the `queued` pages, which are ids.

        Takes time in proportion to the number of records.
        """
        known = {record.page_id: record for record in records if record.page_title}
        alike = sketches.like(queued)
        first: dict[str, int] = {}
        for page, record in sorted(known.items()):
            if record.creator:
                first.setdefault(record.creator, page)
        return cls(
            authors,
            Counter(r.creator for r in known.values() if r.publication and r.creator),
            first,
            {
                page: SimilarPage(other, known[other].page_title)
                for page, other in alike.items()
            },
        )


def sketches_of(records: Iterable[Record]) -> Sketches:
    """The sketches of the newest texts of pages that have a title."""
    sketches = Sketches()
    for record in records:
        if record.page_title:
            sketches.put(record.page_id, record.newest.sketch)
    return sketches
