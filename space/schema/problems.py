"""Problems of a page or a form, as values with a message key."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Problem:
    """An error or a warning for the author, shown at the field, page or in lists.

    `code` is a message key without its prefix: the text is `problem-<code>` in
    `i18n/`, with `params` as $1, $2, … in order. `field` is the field's name in
    the schema, or None for the page as a whole. `line` counts from 1.
    """

    code: str
    field: str | None = None
    line: int | None = None
    params: tuple[str, ...] = ()
    severity: Literal["error", "warning"] = (
        "error"  # "error" keeps the page out; "warning" is only said
    )

    @property
    def message_key(self) -> str:
        """The key of the text in `i18n/`."""
        return f"problem-{self.code}"
