"""The page of the digest: a preview, a button to get it, and a form for senders."""

from collections.abc import Mapping

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from space.digest.digest_text import digest_title
from space.digest.mass_message import MassMessage
from space.digest.subscribers import user_target
from space.wiki.outcomes import NoChange, Refused, Saved, SignedOut
from tool.app.digest.asked_digest import (
    AskedDigest,
    language_choices,
    prefix,
    region_choices,
    this_week,
)
from tool.app.digest.subscription_edit import (
    change_list,
    own_host,
    own_targets,
    read_host,
)
from tool.app.services import services
from tool.app.views.notices import Notice
from tool.app.web.index import needs_index
from tool.app.web.language import url_with
from tool.app.web.rates import limited, seconds_to_wait, too_early
from tool.app.web.request_body import FORM, accepts
from tool.app.web.visitor import visitor
from tool.rates import OPEN, SAVE

blueprint = Blueprint("digest", __name__, template_folder="templates")
blueprint.before_request(needs_index)

LONGEST_ADDRESS = 200  # characters of a wiki's address
_DONE = {"added": "tool-digest-added", "removed": "tool-digest-removed"}


@blueprint.get("/digest")
@limited(OPEN)
def preview() -> ResponseReturnValue:
    """What the next digest has so far."""
    asked = AskedDigest.read(request.args)
    done = _DONE.get(request.args.get("done", ""))
    return _show(asked, Notice(done, status="success") if done else None)


@blueprint.post("/digest")
@limited(OPEN)
@accepts(FORM)
def subscribe() -> ResponseReturnValue:
    """Add the visitor to a list, or remove them."""
    asked = AskedDigest.read(request.args)
    key = visitor().not_taken()
    if key:
        return _show(asked, Notice(key, status="warning"), 409)
    if visitor().user is None:
        return _show(asked, Notice.of(SignedOut()), 409)
    typed = request.form.get("wiki", "")[:LONGEST_ADDRESS]
    site = read_host(typed or own_host())
    if site is None:
        notice = Notice("tool-digest-wiki-bad", (typed,))
        return _show(asked, notice, 422, typed)
    seconds = seconds_to_wait(SAVE)
    if seconds:
        notice = Notice("tool-form-often", status="warning")
        return too_early(make_response(_show(asked, notice, wiki=typed)), seconds)
    add = request.form.get("do") != "remove"
    outcome = change_list(asked, site, add=add)
    if isinstance(outcome, Saved | NoChange):
        done = "added" if add else "removed"
        query = {name: [value] for name, value in asked.query.items()}
        return redirect(url_with("digest.preview", query | {"done": [done]}), 303)
    assert isinstance(outcome, Refused)  # noqa: S101 - there is no third kind
    return _show(asked, Notice.of(outcome), 409, typed)


@blueprint.get("/digest/send")
def send() -> ResponseReturnValue:
    """Last week's digest for who sends it with Special:MassMessage."""
    asked = AskedDigest.read(request.args)
    text = asked.text(this_week().previous)
    title = digest_title(services().config.root, text.key) if text else ""
    message = MassMessage(asked.list_title, text.subject, title) if text else None
    return render_template(
        "digest/send.html",
        section=None,
        asked=asked,
        choices=_choices(),
        message=message,
        form=message.url(services().facts.addresses()) if message else "",
        wikitext=text.wikitext(prefix()) if text else "",
    )


def _show(
    asked: AskedDigest,
    notice: Notice | None = None,
    status: int = 200,
    wiki: str = "",
) -> ResponseReturnValue:
    user = visitor().user
    body = render_template(
        "digest/digest.html",
        section=None,
        asked=asked,
        choices=_choices(),
        text=asked.text(this_week()),
        notice=notice,
        user=user,
        longest=LONGEST_ADDRESS,
        targets=own_targets(asked),
        line=user_target(user or "Example", own_host()).line,
        wiki=wiki or own_host(),
    )
    return make_response(body, status)


def _choices() -> Mapping[str, list[tuple[str, str]]]:
    return {"language": language_choices(), "region": region_choices()}
