"""The post that opens the blog and the front door."""

from collections.abc import Sequence
from datetime import timedelta

from space.publication.publication import Publication
from space.text.languages import normal

RECENT = timedelta(days=30)
"""How much older than the newest post the one that opens a page may be."""


def with_lead_first(
    posts: Sequence[Publication], languages: Sequence[str]
) -> list[Publication]:
    """Posts, the newest first, but for one that the reader can read.

    It is the newest in one of their languages. Where that is no longer `RECENT`, or
    there is none, the order stays.
    """
    known = {_primary(code) for code in languages}
    readable = (
        post
        for post in posts
        if posts[0].published - post.published <= RECENT
        and _primary(str(post.values["language"])) in known
    )
    lead = next(readable, None)
    if lead is None:
        return list(posts)
    return [lead, *(post for post in posts if post is not lead)]


def _primary(code: str) -> str:
    """The language of a code, without script and country."""
    return normal(code).partition("-")[0]
