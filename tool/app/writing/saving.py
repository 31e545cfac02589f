"""Edits made from forms: new pages, changed pages, and merging after a conflict."""

from collections.abc import Mapping
from dataclasses import dataclass

from space.codec.editing import edit_page, write_page
from space.codec.page import Reading, read_page
from space.schema.kinds import Kind, load_kind
from space.settings.onwiki import EVENT_NAMESPACE
from space.wiki.outcomes import NoChange, Outcome
from space.wiki.port import Wiki
from space.wiki.values import Edit, PageInfo, Revision
from tool.app.form.fields import Form, blank_form
from tool.app.form.raw_length import body_problems
from tool.app.services import services
from tool.app.web.language import in_wiki_language
from tool.app.web.lost_answers import own_edit, settled
from tool.app.writing.merge import Changes, changes, merge


@dataclass(frozen=True, slots=True)
class Original:
    """The revision of a page that a form edits; `page` is what it reads as."""

    page_id: int
    title: str
    kind: Kind
    revision: Revision
    page: Reading

    @property
    def text(self) -> str:
        """The wikitext of the whole page."""
        return self.revision.text or ""

    @property
    def is_plain(self) -> bool:
        """Whether it has no template of ours yet: all of it is the text of an event."""
        return self.page.kind is None

    def form(self) -> Form:
        """A form with the values of the page and the problems of its text."""
        form = blank_form(self.kind, self.page.linked, self.page.body)
        return form.with_problems(*self.page.problems, *body_problems(form.body))


def record_names() -> Mapping[str, str]:
    """Names of the record templates, and of redirects to them → kind."""
    return services().community.templates().records


def open_page(page_id: int, revision_id: int | None = None) -> Original | None:
    """A page at a revision, by default its latest.

    None if the page or the revision is gone, or if the page is no record. Raises
    `WikiUnavailableError`.
    """
    original = open_for_form(page_id, revision_id)
    return None if original is None or original.is_plain else original


def open_for_form(page_id: int, revision_id: int | None = None) -> Original | None:
    """What `open_page` opens, or a page in `Event:` that can become that of an event.

    Raises `WikiUnavailableError`.
    """
    wiki = services().reader()
    info = wiki.pages([page_id]).get(page_id)
    if info is None:
        return None
    if revision_id is None:
        revision = wiki.texts([info.title]).get(info.title)
    else:
        revision = wiki.revisions([revision_id], text=True).get(revision_id)
    if revision is None or revision.text is None or revision.page_id != page_id:
        return None
    page = read_page(revision.text, title=info.title, templates=record_names())
    if page.kind is None and not (can_be_event(info) and page.body == revision.text):
        return None
    return Original(
        page_id, info.title, load_kind(page.kind or "event"), revision, page
    )


def can_be_event(page: PageInfo) -> bool:
    """Whether a page without a template of ours can be given that of an event.

    Raises `WikiUnavailableError`.
    """
    settings, site = services().community.settings(), services().facts.site()
    is_there = page.namespace == EVENT_NAMESPACE and bool(settings.event_prefix(site))
    return is_there and not page.redirect and not page.translation


def title_of(page_id: int) -> str:
    """The title of a page; empty for id 0 and for a page that is gone."""
    info = services().reader().pages([page_id]).get(page_id) if page_id else None
    return info.title if info else ""


def create(wiki: Wiki, form: Form, title: str) -> Outcome:
    """Create a page; an outcome of the wiki, such as `AlreadyExists`.

    `Saved` also where the visitor has created this very page before.
    """
    return _save(wiki, creation(form, title))


def _save(wiki: Wiki, edit: Edit) -> Outcome:
    return settled(wiki.save(edit), lambda: own_edit(edit))


def creation(form: Form, title: str) -> Edit:
    """The edit that creates a page."""
    text = write_page(form.kind.name, form.linked, form.body)
    return Edit(title, text, in_wiki_language(f"tool-summary-new-{form.kind.name}"))


def created_by(user: str | None, title: str) -> int | None:
    """The id of a page, where this account has created it; else None.

    Raises `WikiUnavailableError`.
    """
    reader = services().reader()
    page = reader.pages_by_title([title]).get(title)
    first = next(iter(reader.history(page.id)), None) if page else None
    is_own = page and first and first.user == user and not first.parent
    return page.id if page and is_own else None


def update(wiki: Wiki, original: Original, form: Form, comment: str) -> Outcome:
    """Save the changes of a form; `NoChange`, without an edit, when there are none.

    `Saved` also where the visitor has just saved them.
    """
    edit = change(original, form, comment)
    if edit.text == original.text:
        return NoChange(original.page_id, original.title)
    return _save(wiki, edit)


def change(original: Original, form: Form, comment: str) -> Edit:
    """The edit that writes the changes of a form and keeps every other byte."""
    page = original.page
    text = edit_page(
        original.text,
        original.kind.name,
        changes(original.kind, page.linked, form.linked),
        title=original.title,
        templates=record_names(),
        body=None if same_text(form.body, page.body) else form.body,
        linked=True,
        reading=page,
    )
    key = "tool-summary-take-over" if original.is_plain else "tool-summary-edit"
    summary = comment or in_wiki_language(key)
    return Edit(original.title, text, summary, base=original.revision.id)


@dataclass(frozen=True, slots=True)
class Rebased:
    """A form merged with the latest revision after an edit conflict.

    `clashes` are the values of the latest revision for fields that both edits changed,
    `body` is its text if both changed the text, else None.
    """

    form: Form
    latest: Original
    clashes: Changes
    body: str | None


def rebase(original: Original, mine: Form) -> Rebased | None:
    """Merge a form with the latest revision; None if the page is gone."""
    latest = open_for_form(original.page_id)
    if latest is None:
        return None
    base, theirs = original.page, latest.page
    merged = merge(mine.kind, base.linked, mine.linked, theirs.linked)
    body, clash = theirs.body, None
    if not same_text(mine.body, base.body):
        body = mine.body
        if not same_text(theirs.body, base.body) and not same_text(theirs.body, body):
            clash = theirs.body
    return Rebased(
        blank_form(mine.kind, merged.values, body), latest, merged.clashes, clash
    )


def same_text(one: str, other: str) -> bool:
    """Whether two texts differ at most in line ends: browsers send CRLF."""
    return normal_text(one) == normal_text(other)


def normal_text(text: str) -> str:
    """A text from a form as MediaWiki stores it: LF line ends, none at either end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
