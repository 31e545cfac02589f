"""Files that programs look for at fixed paths: `robots.txt`, `security.txt`."""

from datetime import timedelta

from flask import Blueprint, Response, abort

from space.dates.moments import utc_midnight
from tool.app.services import services
from tool.app.web.caching import public

blueprint = Blueprint("well_known", __name__)

SECURITY = "/.well-known/security.txt"
VALID = timedelta(days=180)  # RFC 9116 wants less than a year
# Addresses that tell a crawler nothing and cost something. No feed: services that fetch
# calendars for people obey this file.
_NOTHING_THERE = (
    "/login",
    "/lookup/",
    "/mine",
    "/nearby",
    "/preview",
    "/search",
    "/zone",
)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What crawlers leave alone (RFC 9309)."""
    lines = ("User-agent: *", *(f"Disallow: {path}" for path in _NOTHING_THERE))
    return _file(*lines)


@blueprint.get(SECURITY)
def security() -> Response:
    """Whom to tell of a weakness (RFC 9116); 404 without a contact in the settings."""
    config = services().config
    if not config.security_contact:
        abort(404)
    expires = utc_midnight(services().today + VALID)
    return _file(
        f"Contact: {config.security_contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Canonical: {config.public_url}{SECURITY}",
        "Preferred-Languages: en",
    )


def _file(*lines: str) -> Response:
    text = "".join(f"{line}\n" for line in lines)
    return public(Response(text, content_type="text/plain; charset=utf-8"))
