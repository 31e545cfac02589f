"""The published text that a form translates, shown beside it."""

from dataclasses import dataclass

from space.codec.page import Reading, read_page
from space.codec.translate_marks import text_without_marks
from space.errors import WikiUnavailableError
from space.publication.publication import Publication
from space.schema.kinds import Field, Values, load_kind
from tool.app.services import services
from tool.app.writing import saving

TEXTS = ("title", "summary", "image_alt", "image_caption")
"""Fields that are translated, beside the text of the page."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A published post in the language that it is translated from.

    `page` is its revision as the codec reads it; None when the wiki has it no more, and
    while the wiki is unavailable.
    """

    post: Publication
    page: Reading | None
    unavailable: bool = False

    @property
    def page_id(self) -> int:
        """The id of its page."""
        return self.post.page_id

    @property
    def language(self) -> str:
        """The code of its language."""
        return str(self.post.values.get("language", ""))

    @property
    def values(self) -> Values:
        """Its published values, with people as the links that stand on the page."""
        if self.page is None:
            return self.post.values
        page = self.page
        return {
            name: page.linked[name] if page.values.get(name) == value else value
            for name, value in self.post.values.items()
        }

    @property
    def texts(self) -> list[tuple[Field, str]]:
        """The fields to translate that have a text."""
        fields = load_kind(self.post.kind).fields
        texts = ((fields[name], str(self.values.get(name, ""))) for name in TEXTS)
        return [(field, text) for field, text in texts if text]

    @property
    def body(self) -> str:
        """Its wikitext, without the template and marks of the Translate extension."""
        return text_without_marks(self.page.body) if self.page else ""


def source_text(page_id: int) -> SourceText | None:
    """The source of a translation by its page id; None for what is not published."""
    post = services().store.posts.get([page_id]).get(page_id) if page_id else None
    if post is None:
        return None
    try:
        return SourceText(post, _page(post))
    except WikiUnavailableError:
        return SourceText(post, None, unavailable=True)


def _page(post: Publication) -> Reading | None:
    revisions = services().reader().revisions([post.revision], text=True)
    names = saving.record_names()
    revision = revisions.get(post.revision)
    if revision is None or revision.text is None:
        return None
    return read_page(revision.text, title=post.page_title, templates=names)
