"""The gateway's own server: signs people in and passes everything else on."""

import hashlib
import hmac
import http.client
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from oauthlib.oauth2 import FatalClientError, OAuth2Error
from werkzeug.serving import make_server
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from sandbox.gateway import pages
from sandbox.gateway.authority import Authority
from sandbox.gateway.neighbours import Neighbours
from sandbox.gateway.signatures import INVALID, ErrorAnswer, Signatures
from sandbox.gateway.upstream import Caller, Upstream
from sandbox.place import HOST
from space.settings.environment import is_loopback

OAUTH = "/w/rest.php/oauth2"
AUTHORIZE = f"{OAUTH}/authorize"
TOKEN = f"{OAUTH}/access_token"
PROFILE = f"{OAUTH}/resource/profile"
INDEX = "/w/index.php"
APPROVE = "Special:OAuth/approve"
BACK = "Special:OAuth/rest_redirect"
GRANTS = ("basic", "editpage", "createeditmovepage")
BAD_TOKEN = ErrorAnswer(
    INVALID,
    "The authorization headers in your request are not valid: "
    "Invalid or expired access token",
)


class Gateway:
    """A WSGI application before one wiki, at `origin`.

    `registrations` is where `Neighbours` look for it.
    """

    def __init__(
        self,
        authority: Authority,
        signatures: Signatures,
        upstream: Upstream,
        origin: str,
        registrations: Path | None = None,
    ) -> None:
        self._authority = authority
        self._signatures = signatures
        self._upstream = upstream
        self._origin = origin
        self._neighbours = Neighbours(origin, registrations)
        self._session_cookie = f"wiki{upstream.port}_session"
        self._routes: Mapping[str, Callable[[Request], Response]] = {
            AUTHORIZE: self._authorize,
            TOKEN: self._token,
            PROFILE: lambda _: _denied(),
            BACK: self._back,
            APPROVE: self._approve,
        }

    def __call__(
        self, environ: dict[str, Any], start: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        try:
            response = self._answer(Request(environ))
        except (OSError, http.client.HTTPException) as problem:
            response = _text(502, f"The wiki does not answer: {problem}")
        return response(environ, start)

    def _answer(self, request: Request) -> Response:
        if not is_loopback(urlsplit(f"//{request.host}").hostname):
            return _text(400, "Plain http is for this machine only.")
        token = _bearer(request)
        if token is not None:
            return self._with_bearer(request, token)
        if request.headers.get("Authorization", "").startswith("OAuth "):
            return self._with_signature(request)
        neighbour = self._neighbours.answer(request)
        if neighbour is not None:
            return neighbour
        handler = self._routes.get(request.path) or self._routes.get(_title(request))
        return handler(request) if handler else self._pass_on(request)

    def _pass_on(self, request: Request, person: Caller | None = None) -> Response:
        reply = self._upstream.send(
            request.method,
            _raw_path(request),
            request.headers.items(),
            request.get_data(),
            person,
        )
        return Response(reply.body, reply.status, reply.headers)

    def _with_signature(self, request: Request) -> Response:
        """A request of an owner-only consumer."""
        wrong = self._not_a_programs(request)
        if wrong is not None:
            return wrong
        url = f"{self._origin}{_raw_path(request)}"
        consumer = self._signatures.check(
            url, request.method, request.get_data(), dict(request.headers)
        )
        if isinstance(consumer, ErrorAnswer):
            return _invalid(consumer) if request.path == "/w/api.php" else _denied()
        person = Caller(consumer.user, consumer.access_token, consumer.grants)
        return self._pass_on(request, person)

    def _not_a_programs(self, request: Request) -> Response | None:
        """The refusal of a program's request with a cookie or outside the APIs."""
        if self._session_cookie in request.cookies:
            return _text(400, "The request has more than one kind of session.")
        if not request.path.startswith(("/w/api.php", "/w/rest.php")):
            return _text(400, "mwoauth-not-api")
        return None

    def _with_bearer(self, request: Request, token: str) -> Response:
        """A request of a program for a person who allowed it."""
        wrong = self._not_a_programs(request)
        if wrong is not None:
            return wrong
        name = self._authority.user_of(token)
        if name is None:
            return _invalid(BAD_TOKEN) if request.path == "/w/api.php" else _denied()
        if request.path == PROFILE:
            return self._profile(Caller(name, token))
        return self._pass_on(request, Caller(name, token))

    def _profile(self, person: Caller) -> Response:
        info = self._upstream.profile(person)
        registered = str(info.get("registrationdate", ""))
        return _json(
            200,
            {
                "sub": str(info["id"]),
                "username": info["name"],
                "editcount": info["editcount"],
                "confirmed_email": bool(info.get("emailauthenticated")),
                "blocked": "blockid" in info,
                "registered": "".join(c for c in registered if c.isdigit()),
                "groups": info["groups"],
                "rights": info["rights"],
                "grants": GRANTS,
            },
        )

    def _authorize(self, request: Request) -> Response:
        """The start of a sign-in: first the wiki's own form, then the consent form."""
        path = _raw_path(request)
        try:
            self._authority.check(path)
        except FatalClientError as problem:
            return _page(400, pages.refused(str(problem)))
        except OAuth2Error as problem:
            return redirect(problem.in_uri(problem.redirect_uri))
        if self._visitor(request) is not None:
            return self._to(title=APPROVE, rest_url=path)
        return self._to(
            title="Special:UserLogin",
            returnto=BACK,
            returntoquery=urlencode({"rest_url": path}),
        )

    def _back(self, request: Request) -> Response:
        """The way from the wiki's sign-in form back to where the sign-in started."""
        path = _rest_url(request)
        return redirect(f"{self._origin}{path}") if path else _no_sign_in()

    def _approve(self, request: Request) -> Response:
        """The consent form, and what was pressed in it."""
        path, user = _rest_url(request), self._visitor(request)
        if path is None:
            return _no_sign_in()
        if user is None:
            return redirect(f"{self._origin}{path}")
        token = self._form_token(request, user)
        if request.method != "POST":
            return _page(200, pages.consent(user, token))
        if not hmac.compare_digest(
            request.form.get("token", "").encode(), token.encode()
        ):
            return _page(400, pages.refused("The form is too old: please go back."))
        return self._decided(path, user, accepted="accept" in request.form)

    def _decided(self, path: str, user: str, *, accepted: bool) -> Response:
        """The answer to Allow or Cancel; after Cancel the person stays here."""
        if not accepted:
            return _page(200, pages.cancelled())
        try:
            answer = self._authority.allow(path, user)
        except FatalClientError as problem:
            return _page(400, pages.refused(str(problem)))
        return Response("", answer.status, answer.headers)

    def _token(self, request: Request) -> Response:
        if request.method != "POST":
            return _json(405, {"error": "invalid_request"})
        answer = self._authority.token(
            _raw_path(request), request.get_data(as_text=True), dict(request.headers)
        )
        return Response(answer.body, answer.status, answer.headers)

    def _visitor(self, request: Request) -> str | None:
        if self._session_cookie not in request.cookies:
            return None
        return self._upstream.visitor(request.headers["Cookie"])

    def _form_token(self, request: Request, user: str) -> str:
        """Binds the consent form to the visitor's session at the wiki."""
        session = request.cookies.get(self._session_cookie, "")
        parts = f"{self._upstream.key}\n{session}\n{user}"
        return hashlib.sha256(parts.encode()).hexdigest()

    def _to(self, **query: str) -> Response:
        return redirect(f"{self._origin}{INDEX}?{urlencode(query, safe=':/')}")


def serve(gateway: Gateway, port: int) -> None:
    """Answer on a port of this machine until the process is ended."""
    make_server(HOST, port, gateway, threaded=True).serve_forever()


def _raw_path(request: Request) -> str:
    """Path and query as they were sent: decoding is the wiki's business."""
    return str(request.environ["REQUEST_URI"])


def _title(request: Request) -> str:
    """The page asked for, in either form of a wiki address."""
    if request.path.startswith("/wiki/"):
        return request.path.removeprefix("/wiki/")
    return request.args.get("title", "") if request.path == INDEX else ""


def _rest_url(request: Request) -> str | None:
    """The sign-in's URL from a form; never an address elsewhere."""
    path = request.args.get("rest_url", "")
    return path if path.startswith(f"{AUTHORIZE}?") else None


def _bearer(request: Request) -> str | None:
    """The bearer token, if the request has one (RFC 6750, 2.1)."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


def _page(status: int, html: str) -> Response:
    return Response(html, status, mimetype="text/html")


def _text(status: int, text: str) -> Response:
    return Response(f"{text}\n", status, mimetype="text/plain")


def _json(status: int, value: Mapping[str, Any]) -> Response:
    return Response(json.dumps(value), status, mimetype="application/json")


def _no_sign_in() -> Response:
    return _page(404, pages.refused("There is no sign-in to go on with."))


def _denied() -> Response:
    return _json(401, {"error": "access_denied", "message": BAD_TOKEN.info})


def _invalid(refusal: ErrorAnswer) -> Response:
    """An error in the action API's shape, with HTTP 200 as all of them."""
    response = _json(200, {"error": refusal._asdict()})
    response.headers["MediaWiki-API-Error"] = refusal.code
    return response
