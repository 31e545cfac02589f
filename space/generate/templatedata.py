"""TemplateData of the templates that make a page of a kind, and where it goes.

Format: https://www.mediawiki.org/wiki/Help:TemplateData. VisualEditor shows the
suggested parameters at once and the others on demand.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from space.schema.fields import Field, Kind
from space.text.messages import Catalogue

BLOCK = re.compile(
    r"(?P<open><!-- templatedata:(?P<name>[a-z]+) -->)"
    r".*?(?P<close><!-- /templatedata -->)",
    re.DOTALL,
)
"""Where a documentation page wants the TemplateData of a kind or a list."""


def fill(page: str, described: Callable[[str], Mapping[str, Any]]) -> str:
    """The page with TemplateData between its markers, as `described` says by name."""
    return BLOCK.sub(
        lambda found: (
            f"{found['open']}\n{block(described(found['name']))}\n{found['close']}"
        ),
        page,
    )


def block(described: Mapping[str, Any]) -> str:
    """The `<templatedata>` tag of a document."""
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
"""The field that a page may leave out: its name says it."""


def _parameter(field: Field, catalogue: Catalogue) -> Mapping[str, Any]:
    required = field.required and field.name != _FROM_PAGE_NAME
    positional = (str(field.positional),) if field.positional else ()
    found: dict[str, Any] = {
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
    return {key: value for key, value in found.items() if value}


def default(field: Field) -> str:
    """The default as it would be written on a page; empty for none."""
    if isinstance(field.default, tuple):
        return "; ".join(field.default)
    return field.default or ""


def texts(key: str, catalogue: Catalogue) -> Mapping[str, str]:
    """Language → text, of the languages that have the message."""
    return {
        language: messages[key]
        for language, messages in catalogue.items()
        if key in messages
    }
