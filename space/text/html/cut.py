"""HTML from strangers, cut down to a few well-formed elements by nh3.

Whatever walks HTML here walks what this gives: Python's own parser is quadratic on tags
that never end, and no parser is fast on elements in elements without end.
"""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from html import escape

import nh3

from space.bounds import BOUNDS
from space.text.html.nesting import is_flat
from space.text.html.references import unescape

FORMULA = frozenset(("annotation", "math", "semantics"))
"""Elements without which nh3 drops a formula with its text."""
_TAG = re.compile(r"<[^<>]*+>")


class Cut:
    """Keeps some elements and attributes, and those of a formula.

    The text of others stays, but for those in `dropped`.
    """

    def __init__(
        self,
        tags: AbstractSet[str],
        attributes: Mapping[str, AbstractSet[str]],
        dropped: AbstractSet[str],
    ) -> None:
        self._cleaner = nh3.Cleaner(
            tags=tags | FORMULA,
            attributes={tag: set(names) for tag, names in attributes.items()},
            clean_content_tags=set(dropped),
            link_rel=None,
        )

    def __call__(self, html: str) -> str:
        """Well-formed HTML; only its text where it is too long or too deep."""
        return self._cleaner.clean(html) if is_flat(html) else text_alone(html)


def text_alone(html: str) -> str:
    """The text of HTML that is too much to be parsed, as HTML, without any tag."""
    return escape(unescape(_TAG.sub(" ", html[: BOUNDS.html])), quote=False)
