"""Who is asking: the session behind the cookie, read at the first need.

Feeds, static files and health checks never ask, so they never touch the database for
it and never set a cookie.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import Flask, Response, g, request

from space.outcomes import Outcome, SignedOut
from space.wiki import Wiki
from tool.app.services import services
from tool.sessions import Session, Token

COOKIE = "__Host-space"
CSRF_FIELD = "csrf"


@dataclass(slots=True)
class Visitor:
    """The session of the current request.

    `key` is the cookie's value to send back: None when there is no session.
    """

    key: str | None
    session: Session | None

    @property
    def user(self) -> str | None:
        """The account's name, if signed in."""
        return self.session.user if self.session else None

    def csrf(self) -> str:
        """The token that this visitor's forms carry; begins a session if need be."""
        if self.session is None:
            self.start(Session())
        assert self.session is not None  # noqa: S101 - start() has just set it
        return self.session.csrf

    def start(self, session: Session, token: Token | None = None) -> None:
        """Begin a session under a new key; the old one, if any, ends."""
        sessions = services().sessions
        if self.key is not None:
            sessions.remove(self.key)
        self.key, self.session = sessions.add(session, token), session

    def end(self) -> None:
        """Forget the session."""
        if self.key is not None:
            services().sessions.remove(self.key)
        self.key = self.session = None

    def forget_draft(self) -> None:
        """Drop the form that was kept while signing in."""
        if self.key and self.session and self.session.draft is not None:
            self.session = replace(self.session, draft=None)
            services().sessions.put(self.key, self.session)

    def save(self, attempt: Callable[[Wiki], Outcome]) -> Outcome:
        """Save something as this person; `SignedOut` when they have to sign in (again).

        A token that the wiki refuses is refreshed, and the edit tried once more.
        Raises `space.wiki.WikiUnavailableError` if nothing was tried.
        """
        outcome: Outcome = SignedOut()
        refused: Token | None = None
        for _ in range(2):
            if self.key is None or self.user is None:
                break
            token = services().tokens.current(self.key, refused)
            if token is None:
                break
            outcome = attempt(services().wiki_as(token))
            if not isinstance(outcome, SignedOut):
                break
            refused = token
        return outcome

    def sent_its_token(self) -> bool:
        """Whether the form just sent carries this session's CSRF token."""
        sent = request.form.get(CSRF_FIELD, "")
        return self.session is not None and hmac.compare_digest(
            sent.encode(), self.session.csrf.encode()
        )


def visitor() -> Visitor:
    """The visitor of the current request."""
    if "visitor" not in g:
        key = request.cookies.get(COOKIE)
        session = services().sessions.get(key) if key else None
        g.visitor = Visitor(key if session else None, session)
    found: Visitor = g.visitor
    return found


def init_app(app: Flask) -> None:
    """Send the cookie that belongs to the visitor after each request that asked."""

    @app.after_request
    def send_cookie(response: Response) -> Response:
        if "visitor" not in g:
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
