"""What the queue has to know of all pages, beside those that are in it."""

from collections.abc import Mapping
from dataclasses import dataclass


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
