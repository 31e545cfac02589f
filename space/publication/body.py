"""The text below the template of a published page, as the wiki's parser shows it."""

from space.codec.page import read_page
from space.codec.translate_marks import text_without_marks
from space.errors import WikiUnavailableError
from space.publication.publication import Publication
from space.schema.kinds import Values
from space.text.languages import direction
from space.wiki.port import WikiReader
from space.wiki.templates import Templates
from space.wiki.values import Revision


def render_body(
    reader: WikiReader,
    publication: Publication,
    language: str,
    templates: Templates | None = None,
    saved: Revision | None = None,
) -> str:
    """The wiki's own HTML of a published revision, not yet sanitized; "" for no text.

    It says in which language and direction it is written. One request, and one more
    each where the names of the `templates` or the `saved` revision with its text are
    not known yet, so whoever asks keeps the answer by the revision. `language` is that
    of the parser's own words.
    Raises `WikiUnavailableError` when there is no answer.
    """
    revision = publication.revision
    saved = saved or reader.revisions([revision], text=True).get(revision)
    if saved is None or saved.text is None:
        raise WikiUnavailableError(f"revision {revision} has no text")
    templates = templates or Templates.read(reader)
    names = templates.records
    page = read_page(saved.text, title=publication.page_title, templates=names)
    body = text_without_marks(page.body)
    if not body.strip():
        return ""
    title = publication.page_title
    html = reader.render(body, title, language=language, preview=False).html
    own = _language(publication.values)
    says = f'lang="{own}" dir="{direction(own)}"' if own else 'dir="auto"'
    return f"<div {says}>{html}</div>"


def parser_language(publication: Publication, wiki_language: str) -> str:
    """The language of the parser's own words in a body: the page's, else the wiki's.

    Whoever reads it in whatever language: so one rendering of a revision is enough.
    """
    return _language(publication.values).lower() or wiki_language


def _language(values: Values) -> str:
    """The language of a post, or the one of an event that has one; else ""."""
    spoken = values.get("languages", ())
    return str(values.get("language", "")) or (spoken[0] if len(spoken) == 1 else "")
