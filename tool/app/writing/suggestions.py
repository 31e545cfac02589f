"""Names to pick while somebody types one into a form, as JSON for its script."""

from flask import Blueprint, Response, jsonify, request

from space.authoring.suggested_names import NAMINGS
from tool.app.web.language import interface_language

blueprint = Blueprint("suggestions", __name__)

_MAX_AGE = 3600  # seconds


@blueprint.get(f"/names/<any({', '.join(NAMINGS)}):reader>")
def names(reader: str) -> Response:
    """Names that a text may become, each with its code."""
    typed = request.args.get("q", "")
    found = NAMINGS[reader].suggestions(typed, interface_language())
    answer = jsonify([[suggested.name, suggested.code] for suggested in found])
    answer.cache_control.private = True
    answer.cache_control.max_age = _MAX_AGE
    return answer
