"""The language that a translation is asked for, by its name or its code."""

from flask import request

from space.authoring.suggested_names import read_any_language
from space.publication.filters import FilterProblem
from space.text import languages
from tool.app.web.errors import BadFilterError
from tool.app.web.language import interface_language

INTO = "into"


def target_language() -> str:
    """A code in lower case; that of the interface where none is asked for.

    Raises BadFilterError for what is neither a name nor the shape of a code.
    """
    asked = request.args.get(INTO, "").strip()
    code = (read_any_language(asked) or asked or interface_language()).lower()
    if not languages.may_be_spoken(code):
        raise BadFilterError(FilterProblem("filter-value", INTO, params=(INTO, code)))
    return code
