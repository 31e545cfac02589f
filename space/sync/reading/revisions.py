"""Texts of revisions as the codec reads them, fetched and read once in a sync."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from space.codec.page import read_page
from space.review.model import Content
from space.review.organizers import organizers_in
from space.review.overlay import remainder_sha1
from space.review.same_text import normalised_sha1
from space.schema.problems import Problem
from space.text.urls import addresses_in
from space.wiki.port import WikiReader
from space.wiki.values import Revision, batches

_LOG = logging.getLogger(__name__)

REDIRECT = "#redirect"
AT_ONCE = 500  # texts in memory; as many as the largest request may bring


@dataclass(frozen=True, slots=True)
class FetchedText:
    """The content, problems, body and web addresses of a revision's text.

    `content` is None for a revision that is hidden or gone.
    """

    content: Content | None
    problems: tuple[Problem, ...] = ()
    body: str = ""
    addresses: tuple[str, ...] = ()


class Texts:
    """Fetched texts by revision id, and the `revisions` themselves without them."""

    def __init__(self, wiki: WikiReader, templates: Mapping[str, str]) -> None:
        self._wiki = wiki
        self._templates = templates
        self._texts: dict[int, FetchedText] = {}
        self.revisions: dict[int, Revision] = {}
        self._failed: set[int] = set()

    def fetch(self, ids: Iterable[int]) -> None:
        """Fetch and read the texts of revisions that were not fetched before."""
        missing = sorted({number for number in ids if number not in self._texts})
        for batch in batches(missing, AT_ONCE):
            revisions = self._wiki.revisions(batch, text=True)
            self.revisions |= {n: replace(r, text=None) for n, r in revisions.items()}
            for number in batch:
                revision = revisions.get(number)
                if revision is None or revision.text is None:
                    self._texts[number] = FetchedText(None)
                else:
                    self._texts[number] = self._read_safely(number, revision)

    def forget(self) -> None:
        """Let the texts go, which may then be fetched again."""
        self._texts.clear()
        self.revisions.clear()

    def get(self, revision: int) -> FetchedText | None:
        """The text of a revision; None if it was not fetched."""
        return self._texts.get(revision)

    def is_hidden(self, revision: int) -> bool:
        """Whether a fetched revision is hidden or gone."""
        text = self._texts.get(revision)
        return text is not None and text.content is None

    def has_failed(self, revision: int) -> bool:
        """Whether a bug kept a fetched revision from being read; see the log."""
        return revision in self._failed

    def _read_safely(self, number: int, revision: Revision) -> FetchedText:
        try:
            return self._read(revision.text or "", revision.title)
        except Exception:  # noqa: BLE001 - one page must not stop all others
            _LOG.exception("reading failed: revision=%d", number)
            self._failed.add(number)
            return FetchedText(Content(kind=None, values={}, broken=True))

    def _read(self, text: str, title: str) -> FetchedText:
        if text.lstrip()[: len(REDIRECT)].lower() == REDIRECT:
            return FetchedText(Content(kind=None, values={}, redirect=True))
        reading = read_page(text, title=title, templates=self._templates)
        unread = {
            problem.field
            for problem in reading.problems
            if problem.severity == "error" and problem.field
        }
        content = Content(
            kind=reading.kind,
            values=reading.values,
            broken=not reading.readable,
            unread=frozenset(unread.difference(reading.values)),
            normalised=normalised_sha1(text),
            organizers=organizers_in(reading),
            remainder=remainder_sha1(text, reading),
        )
        addresses = addresses_in(text)
        return FetchedText(content, reading.problems, reading.body, addresses)
