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
    """A published post or event in the language that it is translated from.

    `page` is its revision as the codec reads it; None when the wiki has it no more, and
    while the wiki is unavailable.
    """

    publication: Publication
    page: Reading | None
    unavailable: bool = False

    @property
    def page_id(self) -> int:
        """The id of its page."""
        return self.publication.page_id

    @property
    def language(self) -> str:
        """The code of its language; empty for an event's, which nobody knows."""
        return str(self.publication.values.get("language", ""))

    @property
    def values(self) -> Values:
        """Its published values, with people as the links that stand on the page."""
        if self.page is None:
            return self.publication.values
        page = self.page
        return {
            name: page.linked[name] if page.values.get(name) == value else value
            for name, value in self.publication.values.items()
        }

    @property
    def texts(self) -> list[tuple[Field, str]]:
        """The fields to translate that have a text."""
        fields = load_kind(self.publication.kind).fields
        values = self.values
        return [(fields[name], str(values[name])) for name in TEXTS if name in values]

    @property
    def body(self) -> str:
        """Its wikitext, without the template and marks of the Translate extension."""
        return text_without_marks(self.page.body) if self.page else ""


def source_text(page_id: int, kind_name: str) -> SourceText | None:
    """The source of a translation by its page id; None for what is not published.

    `kind_name` is the kind of the translation: a post's is a post.
    """
    source = _post(page_id) if kind_name == "post" else _event(page_id)
    if source is None:
        return None
    try:
        return SourceText(source, _page(source))
    except WikiUnavailableError:
        return SourceText(source, None, unavailable=True)


def _post(page_id: int) -> Publication | None:
    return services().store.posts.get([page_id]).get(page_id) if page_id else None


def _event(page_id: int) -> Publication | None:
    record = services().store.records.get(page_id) if page_id else None
    return record.publication if record and record.kind == "event" else None


def _page(source: Publication) -> Reading | None:
    revisions = services().reader().revisions([source.revision], text=True)
    names = saving.record_names()
    revision = revisions.get(source.revision)
    if revision is None or revision.text is None:
        return None
    return read_page(revision.text, title=source.page_title, templates=names)
