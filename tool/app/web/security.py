"""Security headers, the address of requests, and a check of paths to redirect to.

The policy allows what the tool serves itself, pictures and map tiles of Wikimedia, and
forms that end at the wiki's sign-in; nothing inline, nothing evaluated.
"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response
from werkzeug.middleware.proxy_fix import ProxyFix

from space.settings.environment import Config

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
"""A WSGI application (PEP 3333)."""

_PORTS = {"http": 80, "https": 443}
UPLOADS = "https://upload.wikimedia.org"
LONGEST_PATH = 1000  # octets; a few fit into the cookie of a pending sign-in

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Wikimedia's map tiles ask for a Referer.
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def origin(address: str) -> str:
    """The origin of a URL: its scheme, host and port."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def content_security_policy(config: Config, frame_ancestors: str = "'none'") -> str:
    """The Content-Security-Policy of a page (https://www.w3.org/TR/CSP3/).

    `frame_ancestors` is the directive of sites that may frame it.
    """
    wiki = origin(config.wiki_url)
    pictures = {UPLOADS, wiki, origin(config.commons_url)}
    if config.tile_url:
        pictures.add(origin(config.tile_url))
    directives = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": " ".join(["'self'", "data:", *sorted(pictures)]),
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": f"'self' {wiki}",
        "frame-ancestors": frame_ancestors,
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def local_path(target: str | None) -> str | None:
    """The path to redirect to, None for any target that leaves the tool."""
    if not target or not target.startswith("/") or not target.isprintable():
        return None
    if len(target.encode()) > LONGEST_PATH:
        return None
    # Browsers read a backslash as a slash, and "//host" as another host.
    if "\\" in target or target.startswith("//"):
        return None
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else None


def _at(public_url: str, app: Application) -> Application:
    """A WSGI application whose requests all have the scheme and host of `public_url`.

    So no address that it makes depends on a `Host` header. Health checks name the
    address of the container there, so another host is not refused.
    """
    parts = urlsplit(public_url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    address = {
        "wsgi.url_scheme": parts.scheme,
        "HTTP_HOST": parts.netloc,
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
    }

    def addressed(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ.update(address)
        return app(environ, start_response)

    return addressed


def init_app(app: Flask, config: Config) -> None:
    """Set the address that requests have, and headers of answers.

    The last `proxy_hops` proxies are believed who asks, nobody what our address is.
    """
    app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
        _at(config.public_url, app.wsgi_app),
        x_for=config.proxy_hops,
        x_proto=0,
        x_host=0,
    )
    policy = content_security_policy(config)
    secure = config.public_url.startswith("https:")

    @app.after_request
    def set_headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response
