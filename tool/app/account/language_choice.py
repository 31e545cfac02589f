"""The reader's choice of a language, from the menu that every page has."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tool.app.account.way_back import way_back
from tool.app.services import services
from tool.app.web.language import PARAMETER, keep_language

blueprint = Blueprint("language", __name__)

CODE = "code"
RETURN_TO = "return_to"


@blueprint.post("/language")
def keep() -> ResponseReturnValue:
    """Remember the choice and go back.

    There is nothing to forge: it changes the words around what people wrote.
    """
    response = redirect(_way_back(request.form.get(RETURN_TO)), 303)
    secure = services().config.public_url.startswith("https:")
    keep_language(response, request.form.get(CODE, ""), secure=secure)
    return response


def _way_back(target: str | None) -> str:
    """The path to go back to, without the language of its address: it would win."""
    parts = urlsplit(way_back(target) or url_for("read.front", **{PARAMETER: None}))
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([pair for pair in pairs if pair[0] != PARAMETER])
    return parts._replace(query=query).geturl()
