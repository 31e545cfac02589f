"""Equality of texts to a reviewer, by their hashes.

Marking a page for translation changes its source without changing what it says
(https://www.mediawiki.org/wiki/Help:Extension:Translate/Page_translation_example):
tags around the text, a numbered comment before each paragraph. Without them the text
is the one that was reviewed.
"""

import hashlib
from typing import Protocol

from space.codec.translate_marks import without_marks


class RevisionText(Protocol):
    """Anything that stands for a revision's text."""

    @property
    def revision(self) -> int:
        """The revision's id."""

    @property
    def sha1(self) -> str | None:
        """Hex digest of the text; None when hidden."""

    @property
    def normalised(self) -> str | None:
        """`normalised_sha1` of the text; None when nobody read it."""


def normalised_sha1(text: str) -> str:
    """SHA-1, in hex, of the text without the marks of the Translate extension.

    Equals the revision's own `sha1` for a text that has none.
    """
    plain = without_marks(text)
    return hashlib.sha1(plain.encode(), usedforsecurity=False).hexdigest()


def other_hash(normalised: str | None, sha1: str | None) -> str | None:
    """The normalised hash to store; None when it equals the plain one."""
    return None if normalised == sha1 else normalised


def same_text(one: RevisionText, other: RevisionText) -> bool:
    """Whether both are known to say the same; a hidden text equals itself only."""
    if one.revision == other.revision:
        return True
    hashes = other.sha1, other.normalised
    return bool(
        (one.sha1 and one.sha1 in hashes)
        or (one.normalised and one.normalised in hashes)
    )
