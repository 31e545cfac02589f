"""The view model of a page's review: its text, what changed, who may say what."""

from dataclasses import dataclass
from itertools import islice, takewhile

from markupsafe import Markup

from space.errors import WikiUnavailableError
from space.publication.registered import QUESTIONS
from space.review.model import VerdictKind
from space.review.own_text import is_own_text, shares
from space.review.queue import Row
from space.review.verdicts.reading import Line
from space.review.verdicts.reasons import StandardReason, reasons_for
from space.schema.problems import Problem
from space.store import Record
from space.text.html.sanitize import sanitize
from space.text.languages import fallback_chain
from space.wiki.port import WikiReader
from space.wiki.values import Revision
from tool.app.review.diff import difference
from tool.app.review.newest_text import NewestText
from tool.app.review.queue import row_of
from tool.app.review.verdict import NOT_FILLED, FilledReason, FilledVerdict
from tool.app.review.verdict_given import verdict_lines
from tool.app.services import services
from tool.app.views.notices import Notice
from tool.app.web.language import interface_language, reader_languages
from tool.app.web.links import wiki_url
from tool.app.web.visitor import visitor

GUIDELINES = "Guidelines"
_WRITTEN_IN = "en"
_MOST_LANGUAGES = 10


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The review of one page, as it is shown.

    Attributes:
        title, talk_title: full titles on the wiki, as they are now.
        revision: the revision that a verdict is on, with its text: the newest one, or
            a correction that readers see and a later edit went back on.
        row: the page's row in the queue; None when it is not in it.
        verdicts: the verdict lines on the talk page, as they stand there.
        html: the page as it will appear; None while the wiki does not answer.
        changes: rows of the difference to what readers see; None when they see nothing
            or the newest text.
        mended: rows of the difference to the text of which changes were asked for; None
            when nobody asks for any.
        requests: the verdict lines that asked for them.
        guidelines: the reviewers' guidelines; None when the wiki has none.
        says: when and where an event is, and what it misses.
        may_review: whether the visitor's verdicts count.
        is_own_text: whether a verdict would be on the visitor's own text.
        is_creator: whether the visitor made the page, and may withdraw it.
        later: rows of what was changed since the visitor opened the review.
        notice, problems: what kept a verdict from being saved.
        reason: what the visitor filled in.
        confirming: whether the wiki asks to send the same again.
        signed_out: whether the visitor has to sign in again first.
        status: of the HTTP answer.
        retry_after: seconds for which the verdict came too early.
    """

    record: Record
    title: str
    talk_title: str
    revision: Revision
    row: Row | None
    verdicts: tuple[Line, ...]
    html: Markup | None
    changes: Markup | None
    guidelines: Markup | None
    says: NewestText
    mended: Markup | None = None
    requests: tuple[Line, ...] = ()
    may_review: bool = False
    is_own_text: bool = False
    is_creator: bool = False
    later: Markup | None = None
    notice: Notice | None = None
    problems: tuple[Problem, ...] = ()
    reason: FilledReason = NOT_FILLED
    confirming: bool = False
    signed_out: bool = False
    status: int = 200
    retry_after: int = 0

    @property
    def published(self) -> int | None:
        """The id of the revision that readers see; None when they see none."""
        publication = self.record.publication
        return publication.revision if publication else None

    @property
    def choices(self) -> tuple[VerdictKind, ...]:
        """The verdicts of the visitor that would count."""
        if self.may_review and not self.is_own_text:
            return tuple(k for k in VerdictKind if k is not VerdictKind.WITHDRAW) + (
                (VerdictKind.WITHDRAW,) if self.published else ()
            )
        may_take_back = (self.is_creator or self.may_review) and self.published
        return (VerdictKind.WITHDRAW,) if may_take_back else ()

    @property
    def reasons(self) -> tuple[StandardReason, ...]:
        """The standard reasons for a page of its kind."""
        return reasons_for(self.record.kind)

    @property
    def questions(self) -> tuple[Problem, ...]:
        """What is to be compared with registrations."""
        problems = self.record.problems if self.published else ()
        return tuple(each for each in problems if each.code in QUESTIONS)

    @property
    def language(self) -> str | None:
        """The language of the page, the first of an event; None where it has none."""
        return next(iter(self.record.newest.languages), None)

    def verdict(self, kind: VerdictKind) -> FilledVerdict:
        """The verdict that the visitor gives on the revision."""
        return FilledVerdict(
            kind, self.talk_title, self.revision.id, self.reason, self.language
        )

    @property
    def verdicts_on_it(self) -> tuple[Line, ...]:
        """The verdict lines on the revision."""
        number = self.revision.id
        return tuple(line for line in self.verdicts if line.revision == number)


def open_review_page(page_id: int) -> ReviewPage | None:
    """The review of a page as the wiki has it now; None when it is no record any more.

    Raises `WikiUnavailableError`.
    """
    record = services().store.records.get(page_id)
    reader = services().reader()
    info = reader.pages([page_id]).get(page_id) if record else None
    if record is None or info is None or not record.page_title:
        return None
    talk_title = services().facts.site().talk_title(info.title)
    guidelines = _guidelines_titles(services().config.root)
    texts = reader.texts([info.title, talk_title, *guidelines])
    newest = texts.get(info.title)
    if newest is None:
        return None
    revision = _to_review(reader, record, newest)
    language = interface_language()
    published = record.publication.revision if record.publication else None
    user = visitor().user
    may_review = user is not None and services().community.reviews_now(user)
    verdicts = verdict_lines(texts.get(talk_title))
    asked = record.review.changes_asked
    return ReviewPage(
        record=record,
        title=info.title,
        talk_title=talk_title,
        revision=revision,
        row=row_of(page_id),
        verdicts=verdicts,
        html=_html(reader, revision, info.title, language),
        changes=_changes(reader, published, revision.id, language),
        guidelines=_guidelines(
            reader, next((texts[t] for t in guidelines if t in texts), None), language
        ),
        says=NewestText.of(record, revision, services().today),
        requests=tuple(line for line in verdicts if _asks(line, asked)),
        mended=_changes(reader, asked or None, revision.id, language),
        may_review=may_review,
        is_own_text=may_review and _is_own_text(reader, record, revision.id, user),
        is_creator=user is not None and user == record.creator,
    )


def _to_review(reader: WikiReader, record: Record, newest: Revision) -> Revision:
    """The revision that waits for a verdict.

    Where somebody brought the accepted text back, that is no longer the newest one: a
    correction stays until a reviewer has looked at it. Raises `WikiUnavailableError`.
    """
    pending = record.pending_revision
    is_known = record.latest == newest.id
    if not (record.review.live and is_known and pending and pending < newest.id):
        return newest
    return reader.revisions([pending], text=True).get(pending, newest)


def _asks(line: Line, revision: int) -> bool:
    """Whether a verdict line asks for changes of a revision."""
    return line.kind is VerdictKind.CHANGES and line.revision == revision


def since_opened(opened: int, newest: int) -> Markup | None:
    """What was changed between two revisions; None where the wiki cannot tell."""
    return _changes(services().reader(), opened, newest, interface_language())


def _is_own_text(
    reader: WikiReader, record: Record, newest: int, user: str | None
) -> bool:
    """Whether a verdict on the newest text would be on the visitor's own."""
    if user is None:
        return False
    authors = [(row.id, row.user) for row in reader.history(record.page_id)]
    by = shares(authors, record.creator, user, newest)
    return is_own_text(newest, by, record.review.accepted_revisions)


def _html(
    reader: WikiReader, revision: Revision, title: str, language: str
) -> Markup | None:
    try:
        rendering = reader.render(
            revision.text or "", title, language=language, preview=False
        )
    except WikiUnavailableError:
        return None
    return Markup(sanitize(rendering.html, wiki_url(title)))  # noqa: S704 - sanitized


def _changes(
    reader: WikiReader, old: int | None, new: int, language: str
) -> Markup | None:
    if old is None or old == new:
        return None
    try:
        return difference(reader, old, new, language)
    except WikiUnavailableError:
        return None


def _guidelines_titles(root: str) -> tuple[str, ...]:
    """Titles of the guidelines in the reader's languages, best first, then English."""
    title = f"{root}/{GUIDELINES}"
    asked = reader_languages()
    wanted = takewhile(lambda code: code.partition("-")[0] != _WRITTEN_IN, asked)
    chains = (step.lower() for code in wanted for step in fallback_chain(code))
    codes = dict.fromkeys(step for step in chains if step != _WRITTEN_IN)
    return (*(f"{title}/{code}" for code in islice(codes, _MOST_LANGUAGES)), title)


def _guidelines(
    reader: WikiReader, page: Revision | None, language: str
) -> Markup | None:
    """The guidelines, kept like the bodies of published pages."""
    if page is None or not page.text:
        return None
    renderings = services().renderings
    stored = renderings.get(page.id, language)
    if stored is not None and stored.is_fresh:
        return Markup(stored.html)  # noqa: S704 - sanitized before it was stored
    html = _html(reader, page, page.title, language)
    if html is not None:
        renderings.put(page.id, language, str(html))
    return html
