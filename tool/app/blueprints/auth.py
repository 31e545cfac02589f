"""Signing in and out with a Wikimedia account."""

import logging
from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tool.app.security import local_path
from tool.app.services import services
from tool.app.visitor import CSRF_FIELD, visitor
from tool.oauth import SignInFailedError
from tool.sessions import Session

log = logging.getLogger(__name__)
blueprint = Blueprint("auth", __name__)


@blueprint.get("/login")
def login() -> ResponseReturnValue:
    """Go to the wiki to sign in, then back to `return_to`."""
    session = visitor().session
    draft = session.draft if session else None
    return _go(local_path(request.args.get("return_to")) or "/", Session(draft=draft))


@blueprint.post("/login")
def login_keeping_text() -> ResponseReturnValue:
    """The same from a form that was filled in: its text waits for the return."""
    if not visitor().sent_its_token():
        abort(403)
    draft = {
        name: request.form.getlist(name) for name in request.form if name != CSRF_FIELD
    }
    target = local_path(request.form.get("return_to")) or "/"
    return _go(target, Session(draft=draft))


@blueprint.get("/oauth-callback")
def callback() -> ResponseReturnValue:
    """What the wiki sends people back to (RFC 6749 §4.1.2)."""
    session = visitor().session
    if session is None or session.pending is None:
        return _failed("/")
    pending = session.pending
    try:
        user, token = services().sign_in.finish(pending, request.args)
    except SignInFailedError as error:
        log.warning("sign-in failed reason=%s", error)
        return _failed(pending.return_to)
    # A new key for the signed-in session: whoever planted the old one has nothing.
    visitor().start(Session(user=user, draft=session.draft), token)
    return redirect(pending.return_to)


@blueprint.post("/logout")
def logout() -> ResponseReturnValue:
    """Forget the session and its token."""
    if not visitor().sent_its_token():
        abort(403)
    visitor().end()
    return redirect(url_for("read.front"))


def _go(return_to: str, session: Session) -> ResponseReturnValue:
    address, pending = services().sign_in.begin(return_to)
    visitor().start(replace(session, pending=pending))
    return redirect(address)


def _failed(return_to: str) -> ResponseReturnValue:
    page = render_template("sign_in_failed.html", return_to=return_to, section=None)
    return page, 400
