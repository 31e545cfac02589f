"""Submission of the form for writing: inputs, hidden inputs and the pressed button."""

from dataclasses import dataclass

from flask import abort, request

from space.schema.kinds import BODY, Kind, load_kind
from tool.app.form import picture_search, place_search
from tool.app.form.event_precision import with_precision
from tool.app.form.event_zone import with_zone
from tool.app.form.fields import Form, read_form, typed_in, unread_form
from tool.app.form.raw_inputs import Typed
from tool.app.web.rates import seconds_to_wait
from tool.app.web.routes import id_of
from tool.app.web.visitor import visitor
from tool.app.writing.new_titles import AS_USUAL, HOMES, Naming
from tool.app.writing.saving import normal_text
from tool.rates import LOOKUP, PREVIEW, SAVE
from tool.signin.sessions import Draft

KINDS = ("event", "post", "translation")
SAVE_DRAFT = "save-draft"
"""The button that saves a post as a draft, whatever its status says."""
_RATES = {
    "preview": PREVIEW,
    "dates": PREVIEW,
    "find-place": LOOKUP,
    "find-picture": LOOKUP,
    place_search.CHOSEN: LOOKUP,
    picture_search.CHOSEN: LOOKUP,
}
"""What else than saving the value of the pressed button does."""
_MAX_ACKNOWLEDGED = 50
_MAX_ASKED = 500  # characters
_MAX_COMMENT = 500  # characters, as of MediaWiki


@dataclass(frozen=True, slots=True)
class Submission:
    """A submitted form.

    `action` is the value of the pressed button, or the name of a search result's
    button. `page_id` and `base` are 0 for a new page; `acknowledged` are the ids of
    duplicates that the form has shown, `translated` that of the page that a new one
    translates, 0 for none, `asked` the names of its questions. `has_token`
    tells whether the form carries the session's CSRF token; `wait` are the seconds for
    which it comes too early. Without the token, or too early, `form` is not read.
    """

    form: Form
    typed: Typed
    action: str
    has_token: bool
    page_id: int = 0
    base: int = 0
    naming: Naming = AS_USUAL
    translated: int = 0
    comment: str = ""
    acknowledged: frozenset[int] = frozenset()
    asked: frozenset[str] = frozenset()
    wait: int = 0

    @classmethod
    def of_request(cls, kind: Kind) -> "Submission":
        """The form of a kind in the current request."""
        has_token = visitor().sent_its_token()
        action = _action()
        wait = seconds_to_wait(_RATES.get(action, SAVE)) if has_token else 0
        read = read_form if has_token and not wait else unread_form
        typed = typed_in(kind, request.form.getlist)
        if kind.name == "event" and read is read_form:
            typed = with_precision(with_zone(typed))
        status = {"status": ("draft",)}
        as_draft = action == SAVE_DRAFT and kind.name == "post"
        body = normal_text(request.form.get(BODY, ""))
        return cls(
            form=read(kind, {**typed, **status} if as_draft else typed, body),
            typed=typed,
            action=action,
            has_token=has_token,
            page_id=_number_sent("page"),
            base=_number_sent("base"),
            naming=Naming(
                _number_sent("suffix"), home_in(request.form.getlist("home"))
            ),
            translated=_number_sent("translate"),
            comment=request.form.get("edit-summary", "").strip()[:_MAX_COMMENT],
            acknowledged=_acknowledged(),
            asked=frozenset(request.form.get("asked", "")[:_MAX_ASKED].split()),
            wait=wait,
        )


def kind_sent() -> Kind:
    """The kind that the form names; aborts with 400 for an unknown one."""
    name = request.form.get("kind", "")
    if name not in KINDS:
        abort(400)
    return load_kind(name)


def draft_form(kind: Kind, draft: Draft) -> Form:
    """The form of a draft that waited in the session during a sign-in."""
    body = normal_text("".join(draft.get(BODY, ())))
    typed = typed_in(kind, lambda name: draft.get(name, []))
    if kind.name == "event":
        typed = with_precision(with_zone(typed))
    return read_form(kind, typed, body)


def home_in(sent: list[str]) -> str:
    """Where a new page is to be, as a form said it; empty for nothing that we know."""
    return next((home for home in sent if home in HOMES), "")


def number(text: str) -> int:
    """An id or a count, 0 for any other text: nobody types them, so no error is due."""
    return id_of(text) or 0


def _action() -> str:
    """The value of the button pressed; for a result of a search, the button's name."""
    searches = (place_search.CHOSEN, picture_search.CHOSEN)
    chosen = next((name for name in searches if name in request.form), None)
    return chosen or request.form.get("action", "")


def _number_sent(name: str) -> int:
    """The last number of this name: a button's comes after a hidden input's."""
    return number("".join(request.form.getlist(name)[-1:]))


def _acknowledged() -> frozenset[int]:
    ids = request.form.get("known", "").split()[:_MAX_ACKNOWLEDGED]
    return frozenset(map(number, ids))
