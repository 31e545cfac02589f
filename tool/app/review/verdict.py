"""A verdict by the tool: the very edit that a reviewer makes by hand."""

from space.review.model import VerdictKind
from space.review.verdicts.writing import heading_key, verdict_text
from space.wiki.values import Edit
from tool.app.web.language import in_wiki_language


def verdict_edit(
    verdict: VerdictKind, talk_title: str, revision: int, reason: str
) -> Edit:
    """The new section of a talk page that says it of a revision."""
    return Edit(
        title=talk_title,
        text=verdict_text(verdict, revision, reason),
        summary="",  # the wiki makes the one it makes by hand
        section_heading=in_wiki_language(heading_key(verdict)),
    )
