"""View model of the page with the form for writing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from space.authoring.gazetteer import WikidataPlace
from space.authoring.pictures import Picture
from space.schema.problems import Problem
from space.wiki.outcomes import Busy, FilterWarning, Refused, SignedOut
from tool.app.form.fields import Form
from tool.app.form.search_field import SearchField
from tool.app.views.notices import Notice
from tool.app.writing.merge import Changes
from tool.app.writing.new_titles import AS_USUAL, Naming
from tool.app.writing.panels.by_hand import ByHand
from tool.app.writing.panels.similar_events import SimilarEvents
from tool.app.writing.saving import Original
from tool.app.writing.translation.source_text import SourceText


@dataclass(frozen=True, slots=True)
class TitleOffer:
    """A free title for a new page, offered because `taken` exists.

    `own` is the id of that page where the visitor has created it, else None.
    """

    taken: str
    title: str
    suffix: int
    own: int | None


@dataclass(frozen=True, slots=True)
class EditorView:
    """The page with the form, in every state in which a step may leave it.

    `page_id` and `base` (a revision id) are 0 for a new page. `original` is None for
    a new page, and for an old one that could not be read. `address` is the form's
    action; empty for the URL of the request. `submitted` is false for a form that is
    opened. `notes` are listed below the notice. `similar_events` is None until they are
    looked up; `acknowledged` are the ids of duplicates that were shown before, and
    `doubting` asks about further ones. `questions` are warnings to be confirmed,
    `asked` the names of those asked before. `clashes` and `their_body` are the other
    side of an edit conflict; `their_body` is None if only one side changed the text.
    `source` is what a new page translates, None when it is no translation. `ready` is a
    form that is opened with all that it is opened for, so that it may be saved at once.
    """

    form: Form
    original: Original | None = None
    page_id: int = 0
    base: int = 0
    naming: Naming = AS_USUAL
    comment: str = ""
    address: str = ""
    submitted: bool = False
    status: int = 200
    retry_after: int = 0
    notice: Notice | None = None
    notes: tuple[Notice, ...] = ()
    similar_events: SimilarEvents | None = None
    acknowledged: frozenset[int] = frozenset()
    doubting: bool = False
    questions: tuple[Problem, ...] = ()
    asked: frozenset[str] = frozenset()
    offer: TitleOffer | None = None
    filter_warned: bool = False
    signed_out: bool = False
    by_hand: ByHand | None = None
    clashes: Changes = field(default_factory=dict)
    their_body: str | None = None
    preview: Markup | None = None
    checking_dates: bool = False
    ready: bool = False
    confirming_series: bool = False
    source: SourceText | None = None
    places: SearchField[WikidataPlace] = field(default_factory=SearchField)
    pictures: SearchField[Picture] = field(default_factory=SearchField)

    @property
    def http_status(self) -> int:
        """422 for a sent form with errors, unless its writer asked for a preview."""
        asked_to_look = self.preview or self.checking_dates
        invalid = self.submitted and self.form.errors and not asked_to_look
        return 422 if invalid else self.status

    @property
    def edits(self) -> bool:
        """Whether the form edits an existing page, also one that could not be read."""
        return self.page_id != 0

    @property
    def takes_over(self) -> bool:
        """Whether it makes the page of an event of one that has no template yet."""
        return self.original is not None and self.original.is_plain

    @property
    def is_fresh(self) -> bool:
        """Whether the form was just opened and has nothing to tell its writer."""
        return not (self.submitted or self.notice or self.form.errors)

    @property
    def more_is_open(self) -> bool:
        """Whether the part "More" is shown open, as something in it needs attention."""
        looked_for_picture = self.pictures != SearchField(self.pictures.text)
        return (
            self.form.more_is_open
            or self.checking_dates
            or self.confirming_series
            or looked_for_picture
        )

    @property
    def hidden(self) -> Mapping[str, str]:
        """Hidden inputs, name → value."""
        inputs = {"kind": self.form.kind.name}
        if self.edits:
            inputs |= {"page": str(self.page_id), "base": str(self.base)}
        elif self.naming.suffix:
            inputs["suffix"] = str(self.naming.suffix)
        if self.asked:
            inputs["asked"] = " ".join(sorted(self.asked))
        if self.source:
            inputs["translate"] = str(self.source.page_id)
        if self.acknowledged:
            inputs["known"] = " ".join(map(str, sorted(self.acknowledged)))
        return inputs

    def on(self, original: Original) -> "EditorView":
        """This view as an edit of a page at one of its revisions."""
        page_id, base = original.page_id, original.revision.id
        return replace(self, original=original, page_id=page_id, base=base)

    def say(self, key: str, *params: str, status: str = "error") -> "EditorView":
        """This view with a notice above the form."""
        return replace(self, notice=Notice(key, params, status))

    def refused(self, outcome: Refused, by_hand: ByHand | None) -> "EditorView":
        """This view with the wiki's refusal of the edit, as a conflict (409).

        An edit that was not sent because too many others wait is 503.
        """
        return replace(
            self,
            notice=Notice.of(outcome),
            status=503 if isinstance(outcome, Busy) else 409,
            retry_after=outcome.after if isinstance(outcome, Busy) else 0,
            filter_warned=isinstance(outcome, FilterWarning),
            signed_out=isinstance(outcome, SignedOut),
            by_hand=by_hand,
        )
