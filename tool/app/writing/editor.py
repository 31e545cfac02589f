"""The page with the form, in every state it can come back in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask import Response, make_response, render_template, request
from markupsafe import Markup

from space.authoring.gazetteer import WikidataPlace
from space.authoring.pictures import Picture
from space.codec.editing import write_page
from space.codec.readers import read_input
from space.codec.translate_marks import text_without_marks
from space.errors import WikiUnavailableError
from space.schema.fields import Kind, Value, Values
from space.text.sanitize import sanitize
from space.wiki.outcomes import FilterWarning, Refused, SignedOut
from tool.app.form.fields import Form
from tool.app.form.picture_search import credited
from tool.app.form.search_field import Looked
from tool.app.services import services
from tool.app.views.notices import Notice
from tool.app.views.options import suggestions
from tool.app.web.language import interface_language
from tool.app.web.links import wiki_url
from tool.app.web.visitor import visitor
from tool.app.writing import saving
from tool.app.writing.by_hand import ByHand, by_hand
from tool.app.writing.checklist import checked
from tool.app.writing.duplicates import Hints, hints
from tool.app.writing.merge import Changes
from tool.app.writing.saving import Original


@dataclass(frozen=True, slots=True)
class Offer:
    """Another title, for one that is taken."""

    taken: str
    title: str
    suffix: int


@dataclass(frozen=True, slots=True)
class Editor:
    """Everything that the page shows.

    `original` is None for a new page, and while the wiki does not tell of an old one;
    `sent` then says which it is. `known` are the pages of which the writer was told
    that they may be the same event; `doubting` says that this is the telling.
    `notes` are sentences below the notice. `address` is where the form is sent, if not
    to where it is shown: then nobody has sent it yet.
    """

    form: Form
    original: Original | None = None
    notice: Notice | None = None
    notes: tuple[Notice, ...] = ()
    address: str = ""
    offer: Offer | None = None
    suffix: int = 0
    comment: str = ""
    sent: Mapping[str, str] = field(default_factory=dict)
    confirming: bool = False
    known: frozenset[int] = frozenset()
    doubting: bool = False
    signed_out: bool = False
    by_hand: ByHand | None = None
    clashes: Changes = field(default_factory=dict)
    their_body: str | None = None
    preview: Markup | None = None
    checking: bool = False
    confirmed: bool = False
    places: Looked[WikidataPlace] = field(default_factory=Looked)
    pictures: Looked[Picture] = field(default_factory=Looked)
    status: int = 200

    @property
    def edits(self) -> bool:
        """Whether it is about a page that is there, also while that is not known."""
        return self.original is not None or "page" in self.sent

    @property
    def looked_for_picture(self) -> bool:
        """Whether the search for a picture, under "More", has something to show."""
        return self.pictures != Looked(self.pictures.text)

    def say(self, key: str, *params: str, status: str = "error") -> "Editor":
        """The same with a sentence above the form."""
        return replace(self, notice=Notice(key, params, status))

    def refused(self, outcome: Refused) -> "Editor":
        """The same with what the wiki says to the edit."""
        return replace(
            self,
            notice=Notice.of(outcome),
            status=409,
            confirming=isinstance(outcome, FilterWarning),
            signed_out=isinstance(outcome, SignedOut),
            by_hand=by_hand(
                outcome, self.form, self.original, self.suffix, self.comment
            ),
        )

    def doubtful(self) -> "Editor | None":
        """The same with the question whether it is there already; None if it is not.

        Nobody is asked about a page twice.
        """
        found = {each.page_id for each in self.hints().duplicates}
        if found <= self.known:
            return None
        asking = self.say("tool-form-duplicate", str(len(found)), status="warning")
        return replace(asking, status=409, known=self.known | found, doubting=True)

    def hints(self) -> Hints:
        """What takes place near the event."""
        if self.original is None:
            return hints(self.form)
        return hints(self.form, self.original.page_id, self.original.title)

    def with_preview(self) -> "Editor":
        """The same with what the wiki would make of it."""
        title = self.original.title if self.original else ""
        return replace(self, preview=preview_html(self.form, title))

    def page(self) -> Response:
        """The answer."""
        sent = request.method == "POST" and not self.address
        looking = self.preview or self.checking
        invalid = sent and self.form.errors and not looking
        status = 422 if invalid else self.status
        body = render_template(
            "writing/form.html",
            section=None,
            tile_url=services().config.tile_url,
            editor=self,
            form=self.form,
            hints=self.hints(),
            picture=credited(self.form),
            suggestions=suggestions([each.field for each in self.form.controls]),
            must_sign_in=visitor().user is None or self.signed_out,
            hidden=self._hidden(),
            address=self.address or request.path,
        )
        return make_response(body, status)

    def _hidden(self) -> Mapping[str, str]:
        hidden = {**self.sent, "kind": self.form.kind.name}
        if self.original:
            hidden["page"] = str(self.original.page_id)
            hidden["base"] = str(self.original.revision.id)
        elif self.suffix:
            hidden["suffix"] = str(self.suffix)
        if self.known:
            hidden["known"] = " ".join(map(str, sorted(self.known)))
        return hidden


def starting_values(of: Kind) -> Values:
    """What a new form says already: who writes, and in which language."""
    values: dict[str, Value] = {}
    user = visitor().user
    person = f"[[User:{user}]]" if user else ""
    typed = {"authors": person, "contact": person, "language": interface_language()}
    for name in typed.keys() & of.fields.keys():
        value = read_input(of.fields[name], typed[name]).value
        if value is not None:
            values[name] = value
    return values


def preview_html(form: Form, title: str) -> Markup:
    """What the wiki's parser makes of a form, with what keeps it from being saved.

    `title` is that of the page, or empty for a new one.
    """
    language = interface_language()
    title = title or saving.new_title(form, 0) or saving.home_title(form.kind)
    html: Markup | None
    try:
        rendering = (
            services()
            .reader()
            .render(
                write_page(form.kind.name, form.linked, text_without_marks(form.body)),
                title,
                language=language,
            )
        )
        html = Markup(sanitize(rendering.html, wiki_url(title)))  # noqa: S704 - sanitized
    except WikiUnavailableError:
        html = None
    return Markup(  # noqa: S704 - a template's output
        render_template(
            "writing/preview.html",
            form=form,
            html=html,
            language=str(form.values.get("language", "")) or language,
            checked=checked(form, html or ""),
        )
    )
