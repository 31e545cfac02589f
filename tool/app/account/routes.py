"""Signing in and out with a Wikimedia account."""

import logging
import secrets
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from space.errors import ConsumerRefusedError, WikiUnavailableError
from tool.app.account.way_back import way_back
from tool.app.services import services
from tool.app.web.rates import limited, seconds_to_wait
from tool.app.web.request_body import FORM, accepts
from tool.app.web.visitor import CSRF_FIELD, NOT_KEPT, visitor
from tool.rates import LOGIN
from tool.signin.oauth import SignInFailedError
from tool.signin.sessions import Draft, Session, Token, short_enough

log = logging.getLogger(__name__)
blueprint = Blueprint("auth", __name__, template_folder="templates")

_FAILED = "tool-sign-in-failed"


@blueprint.get("/login")
@limited(LOGIN)
def login() -> ResponseReturnValue:
    """Go to the wiki to sign in, then back to `return_to`."""
    return _go(way_back(request.args.get("return_to")) or "/")


@blueprint.post("/login")
@accepts(FORM)
def login_keeping_text() -> ResponseReturnValue:
    """The same from a form that was filled in: its text waits for the return."""
    target = way_back(request.form.get("return_to"))
    if not visitor().sent_its_token():
        if target is None:
            abort(403)
        # Another tab signed in or out meanwhile. The form's own address keeps the text
        # and says what to do; it takes nothing without the token either.
        return redirect(target, HTTPStatus.TEMPORARY_REDIRECT)
    draft = {
        name: request.form.getlist(name) for name in request.form if name != CSRF_FIELD
    }
    refusal = _refusal(draft)
    if refusal is None:
        return _go(target or "/", draft)
    if target is None:
        abort(413)
    mark = urlencode({NOT_KEPT: refusal})
    joint = "&" if "?" in target else "?"
    return redirect(f"{target}{joint}{mark}", HTTPStatus.TEMPORARY_REDIRECT)


@blueprint.get("/oauth-callback")
def callback() -> ResponseReturnValue:
    """What the wiki sends people back to (RFC 6749 §4.1.2).

    Another tab may have begun another sign-in, and the page may be loaded again.
    """
    session = visitor().session or Session()
    state = request.args.get("state", "")
    if state in session.finished:
        return redirect(session.finished[state])
    pending = session.awaited(state)
    if pending is None:
        return _not_begun_here(session)
    try:
        user, token = services().sign_in.finish(pending, request.args)
    except SignInFailedError as error:
        log.warning("sign-in failed reason=%s", error)
        return _failed(pending.return_to, _FAILED, 400)
    except ConsumerRefusedError:
        return _failed(pending.return_to, "tool-sign-in-refused", 503)
    except WikiUnavailableError as error:
        log.warning("sign-in failed, wiki unavailable error=%s", error)
        return _failed(pending.return_to, "tool-sign-in-unavailable", 503)
    return redirect(visitor().sign_in(pending, user, token, _language(token)))


@blueprint.post("/logout")
def logout() -> ResponseReturnValue:
    """Forget the session and its token."""
    if not visitor().sent_its_token():
        abort(403)
    visitor().end()
    return redirect(url_for("read.front"))


def _language(token: Token) -> str | None:
    """The language that an account prefers; None where it is the wiki's own.

    That is what everybody has who has chosen nothing: it says nothing about a person.
    """
    language = services().sign_in.language(token)
    return None if language == services().facts.language() else language


def _refusal(draft: Draft) -> str | None:
    """Why a draft cannot wait here for its writer, one of `REFUSALS`; None if it can.

    The form's own address says so and shows the text again.
    """
    if seconds_to_wait(LOGIN):
        return "often"
    if not short_enough(draft):
        return "long"
    if visitor().user is None and not services().sessions.has_room():
        return "full"
    return None


def _not_begun_here(session: Session) -> ResponseReturnValue:
    """The page for an answer with a state that this browser does not know.

    The newest sign-in is over with it: who makes a browser send states has one try.
    """
    newest = session.pending[-1] if session.pending else None
    if newest is not None:
        visitor().change(lambda session: session.gave_up(newest))
    return _failed(newest.return_to if newest else "/", _FAILED, 400)


def _go(return_to: str, draft: Draft | None = None) -> ResponseReturnValue:
    address, begun = services().sign_in.begin(return_to)
    name = secrets.token_urlsafe(6) if draft else ""
    pending = replace(begun, draft=name)

    def begin(session: Session) -> Session:
        return (session.with_draft(name, draft) if draft else session).began(pending)

    visitor().change(begin)
    return redirect(address)


def _failed(return_to: str, reason: str, status: int) -> ResponseReturnValue:
    page = render_template(
        "account/sign_in_failed.html", return_to=return_to, reason=reason, section=None
    )
    return page, status
