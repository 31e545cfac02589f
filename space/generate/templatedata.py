"""TemplateData of the templates that make a page a record, in their documentation.

Format: https://www.mediawiki.org/wiki/Help:TemplateData. VisualEditor shows the
suggested parameters at once and the others on demand.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from space.schema.kinds import Field, Kind
from space.text.messages import Catalogue

BLOCK = re.compile(
    r"(?P<open><!-- templatedata:(?P<name>[a-z]+) -->)"
    r".*?(?P<close><!-- /templatedata -->)",
    re.DOTALL,
)
"""The markers in a documentation page round the TemplateData of a kind or a list."""


def fill(page: str, described: Callable[[str], Mapping[str, Any]]) -> str:
    """The page with the TemplateData of `described(name)` between its markers."""
    return BLOCK.sub(
        lambda match: (
            f"{match['open']}\n{block(described(match['name']))}\n{match['close']}"
        ),
        page,
    )


def block(described: Mapping[str, Any]) -> str:
    """A `<templatedata>` tag with a document as JSON."""
    text = json.dumps(described, ensure_ascii=False, indent="\t")
    # A "</templatedata" in a text would end the tag; JSON can write it otherwise.
    inside = text.replace("</", "<\\/")
    return f"<templatedata>\n{inside}\n</templatedata>"


def document(described: Kind, catalogue: Catalogue) -> Mapping[str, Any]:
    """The TemplateData of a kind as JSON values."""
    fields = described.fields.values()
    return {
        "description": texts(f"wiki-templatedata-{described.name}", catalogue),
        "params": {field.parameter: _parameter(field, catalogue) for field in fields},
        "paramOrder": [field.parameter for field in fields],
        "format": "block",
    }


_FROM_PAGE_NAME = "title"
"""The required field that the page's own name stands in for."""


def _parameter(field: Field, catalogue: Catalogue) -> Mapping[str, Any]:
    required = field.required and field.name != _FROM_PAGE_NAME
    positional = (str(field.positional),) if field.positional else ()
    data: dict[str, Any] = {
        "label": texts(field.label_key, catalogue),
        "description": texts(field.help_key, catalogue),
        "type": field.templatedata,
        "aliases": [*field.aliases, *positional],
        "required": required,
        "suggested": (field.suggested or field.required) and not required,
        "suggestedvalues": list(field.choices),
        "example": field.example,
        "default": default(field),
    }
    return {key: value for key, value in data.items() if value}


def default(field: Field) -> str:
    """The default as people write it on a page; empty for none."""
    if isinstance(field.default, tuple):
        return "; ".join(field.default)
    return field.default or ""


def texts(key: str, catalogue: Catalogue) -> Mapping[str, str]:
    """Language code → text of a message; languages without it are left out."""
    return {
        language: messages[key]
        for language, messages in catalogue.items()
        if key in messages
    }
