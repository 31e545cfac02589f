"""The visitor: the session of the request's cookie, read when it is first needed.

Feeds, static files and health checks never need it, so they neither query the database
for it nor set a cookie.
"""

import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, g, request

from space.errors import ConsumerRefusedError, WikiBusyError, WikiUnavailableError
from space.wiki.outcomes import Busy, ConsumerRefused, NotSent, Outcome, SignedOut
from space.wiki.port import Wiki
from tool.app.services import services
from tool.signin.sessions import DRAFT, Draft, PendingSignIn, Session, Token
from tool.signin.token_answers import log_refusal

log = logging.getLogger(__name__)

COOKIE = "__Host-space"
CSRF_FIELD = "csrf"
NOT_KEPT = "not_kept"
"""URL parameter of a form that was sent back: why no session kept it for a sign-in."""
REFUSALS = ("long", "full", "often")
"""Values of `NOT_KEPT`: too long for a session, too many wait, too many attempts."""


@dataclass(slots=True)
class Visitor:
    """The session of the current request.

    `key` is the value of its cookie; both are None without a session.
    """

    key: str | None
    session: Session | None

    @property
    def user(self) -> str | None:
        """The name of the account, None when signed out."""
        return self.session.user if self.session else None

    def csrf(self) -> str:
        """The CSRF token of this visitor's forms; starts a session if there is none."""
        if self.session is None:
            self.start(Session())
        assert self.session is not None  # noqa: S101 - start() has just set it
        return self.session.csrf

    def start(self, session: Session, token: Token | None = None) -> None:
        """Start a session under a new key, and end the old one, if any."""
        sessions = services().sessions
        if self.key is not None:
            sessions.remove(self.key)
        self.key, self.session = sessions.add(session, token), session

    def end(self) -> None:
        """End the session."""
        if self.key is not None:
            services().sessions.remove(self.key)
        self.key = self.session = None

    def change(self, change: Callable[[Session], Session]) -> None:
        """Change the session as it is stored now; start one if there is none.

        Other tabs may have changed it since the request began.
        """
        changed = services().sessions.change(self.key, change) if self.key else None
        if changed is None:
            self.start(change(Session()))
        else:
            self.key, self.session = changed

    def sign_in(
        self,
        pending: PendingSignIn,
        user: str,
        token: Token,
        language: str | None = None,
    ) -> str:
        """Start a signed-in session, and return the path to redirect to.

        `language` is what the account prefers, None for no preference.

        Its key is new, against session fixation. What other tabs changed in the session
        while the wiki was asked stays.
        """
        latest = services().sessions.get(self.key) if self.key else None
        signed_in = (latest or self.session or Session()).signed_in(
            pending, user, language
        )
        self.start(signed_in, token)
        return signed_in.finished[pending.state]

    def not_kept(self) -> str | None:
        """Message key of why the form in the request cannot wait for a sign-in."""
        refusal = request.args.get(NOT_KEPT, "") if self.user is None else ""
        return f"tool-form-not-kept-{refusal}" if refusal in REFUSALS else None

    def not_taken(self) -> str | None:
        """Message key of why the form in the request changes nothing.

        Without its token it may be anybody's.
        """
        return self.not_kept() if self.sent_its_token() else "tool-form-forged"

    def take_draft(self) -> Draft | None:
        """The draft of this path that was stored while its writer signed in.

        None without one. It is removed from the session. If there are several the query
        string names one, else it is the newest.
        """
        if self.session is None:
            return None
        named = request.args.get(DRAFT)
        waiting = self.session.drafts_for(request.path)
        name = next((draft for draft in waiting if named in {None, draft}), None)
        if name is None:
            return None
        draft = self.session.drafts[name]
        self.change(lambda session: session.without_drafts({name}))
        return draft

    def forget_saved(self) -> None:
        """Remove the drafts of this path that have the fields that were just saved."""
        if self.session is None:
            return
        saved = {
            name
            for name in self.session.drafts_for(request.path)
            if _is_sent(self.session.drafts[name])
        }
        if saved:
            self.change(lambda session: session.without_drafts(saved))

    def save(self, attempt: Callable[[Wiki], Outcome]) -> Outcome:
        """The outcome of an edit as this person; `SignedOut` when they have to sign in.

        When the wiki refuses the token, it is refreshed and the edit tried once more.
        When it cannot be refreshed now, the session stays.
        """
        outcome: Outcome = SignedOut()
        refused: Token | None = None
        for _ in range(2):
            if self.key is None or self.user is None:
                break
            try:
                token = services().tokens.current(self.key, refused)
            except ConsumerRefusedError as error:
                return ConsumerRefused(str(error))
            except WikiBusyError as error:
                return Busy(str(error))
            except WikiUnavailableError as error:
                log.warning("token not refreshed error=%s", error)
                return NotSent(str(error))
            if token is None:
                break
            outcome = attempt(services().wiki_as(token))
            if isinstance(outcome, ConsumerRefused):
                log_refusal(outcome.info)
            if not isinstance(outcome, SignedOut):
                break
            refused = token
        return outcome

    def sent_its_token(self) -> bool:
        """Whether the form in the request has this session's CSRF token."""
        if self.session is None:  # then no form can have it, and none need be read
            return False
        sent = request.form.get(CSRF_FIELD, "")
        return hmac.compare_digest(sent.encode(), self.session.csrf.encode())


def _is_sent(draft: Draft) -> bool:
    """Whether the form in the request has all fields of a draft but `return_to`."""
    fields = draft.keys() - {"return_to"}
    return all(request.form.getlist(name) == draft[name] for name in fields)


def visitor() -> Visitor:
    """The visitor of the current request."""
    if "visitor" not in g:
        key = request.cookies.get(COOKIE)
        session = services().sessions.get(key) if key else None
        g.visitor = Visitor(key if session else None, session)
    current: Visitor = g.visitor
    return current


def go_without_session() -> None:
    """Answer the rest of this request as if nobody was known; the cookie stays.

    For when the database is away.
    """
    g.visitor, g.cookie_stays = Visitor(None, None), True


def init_app(app: Flask) -> None:
    """Set or delete the cookie after each request that used the visitor."""

    @app.after_request
    def send_cookie(response: Response) -> Response:
        if "visitor" not in g or g.get("cookie_stays"):
            return response
        response.vary.add("Cookie")
        key = g.visitor.key
        if key is not None:
            response.headers["Cache-Control"] = "private, no-store"
        if key is not None and key != request.cookies.get(COOKIE):
            response.set_cookie(
                COOKIE, key, secure=True, httponly=True, samesite="Lax", path="/"
            )
        elif key is None and COOKIE in request.cookies:
            response.delete_cookie(
                COOKIE, secure=True, httponly=True, samesite="Lax", path="/"
            )
        return response
