"""Edits made from forms: new pages, changed pages, and merging after a conflict."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from space.codec.editing import edit_page, write_page
from space.codec.page import Reading, read_page
from space.publication.titles import WIKI_MAX_BYTES, page_title, suffixes
from space.schema.kinds import Kind, load_kind
from space.wiki.outcomes import NoChange, Outcome
from space.wiki.port import Wiki
from space.wiki.values import Edit, Revision
from tool.app.form.fields import Form, blank_form
from tool.app.form.raw_length import body_problems
from tool.app.services import services
from tool.app.web.language import in_wiki_language
from tool.app.web.lost_answers import own_edit, settled
from tool.app.writing.merge import Changes, changes, merge


@dataclass(frozen=True, slots=True)
class Original:
    """The revision of a record page that a form edits; `page` is what it reads as."""

    page_id: int
    title: str
    kind: Kind
    revision: Revision
    page: Reading

    @property
    def text(self) -> str:
        """The wikitext of the whole page."""
        return self.revision.text or ""

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
    if page.kind is None:
        return None
    return Original(page_id, info.title, load_kind(page.kind), revision, page)


def title_of(page_id: int) -> str:
    """The title of a page; empty for id 0 and for a page that is gone."""
    info = services().reader().pages([page_id]).get(page_id) if page_id else None
    return info.title if info else ""


def new_title(form: Form, suffix: int) -> str:
    """The title of a new page; empty if MediaWiki allows no title like it.

    `suffix` is an index into `space.publication.titles.suffixes`, 0 for no suffix. A
    translation is the subpage of its original that is named by its language.
    """
    if suffix == 0 and (title := _translation_title(form)):
        return title
    choices = suffixes(_day(form))
    return page_title(
        services().config.root,
        form.kind.home or load_kind("event").home or "",
        str(form.values.get("title", "")),
        choices[min(suffix, len(choices) - 1)],
    )


def _translation_title(form: Form) -> str:
    """`<original>/<language>`, as of the Translate extension; empty for other pages."""
    original, code = (str(form.values.get(n, "")) for n in ("original", "language"))
    home = f"{home_title(form.kind)}/" if form.kind.home else ""
    if not code or not original.startswith(home):
        return ""
    title = f"{original}/{code.lower()}"
    return title if len(title.encode()) <= WIKI_MAX_BYTES else ""


def _day(form: Form) -> date:
    """First day of an event, date of a post, else today (UTC), for a title's suffix."""
    written = str(form.values.get("start", form.values.get("date", "")))
    if written:
        return date.fromisoformat(written.partition(" ")[0])
    return services().today


def home_title(of: Kind) -> str:
    """The title of the page whose subpages the records of a kind are.

    For one without a home, that of events.
    """
    return f"{services().config.root}/{of.home or load_kind('event').home}"


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


def free_suffix(form: Form, taken: int) -> int | None:
    """The first suffix after `taken` whose title does not exist; None when all do."""
    number = len(suffixes(_day(form)))
    titles = {suffix: new_title(form, suffix) for suffix in range(taken + 1, number)}
    used = services().reader().pages_by_title(titles.values())
    free = (suffix for suffix, title in titles.items() if title not in used)
    return next(free, None)


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
    summary = comment or in_wiki_language("tool-summary-edit")
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
    latest = open_page(original.page_id)
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
