"""The wiki's own differences between two revisions, safe to stand in a page."""

import nh3
from markupsafe import Markup

from space.wiki.port import WikiReader

_TAGS = frozenset(("tr", "td", "div", "ins", "del", "br", "table", "tbody"))
_CLASS = "diff"


def difference(reader: WikiReader, old: int, new: int, language: str) -> Markup:
    """Rows of a table of four columns: a mark and a line, before and after.

    Raises `WikiUnavailableError` where a revision cannot be seen.
    """
    rows = reader.compare(old, new, language=language)
    # Rows alone are no HTML for a parser: it would drop them.
    table = nh3.clean(
        f"<table><tbody>{rows}</tbody></table>",
        tags=set(_TAGS),
        attributes={"*": {"class"}, "td": {"class", "colspan", "data-marker"}},
        attribute_filter=_known_classes,
        link_rel=None,
    )
    inside = table.partition("<tbody>")[2].rpartition("</tbody>")[0]
    return Markup(inside)  # noqa: S704 - sanitized


def _known_classes(_tag: str, attribute: str, value: str) -> str | None:
    if attribute != "class":
        return value
    names = (name for name in value.split() if name.startswith(_CLASS))
    return " ".join(names) or None
