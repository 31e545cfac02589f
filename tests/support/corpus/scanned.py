"""How much text the codec searches for templates and links inside of values."""

import pytest

from space.codec import markup
from space.codec.scanner import Element

TIMES = 8
"""Elements lie four deep, and of each link the bar is looked for, too."""


def scanned(patch: pytest.MonkeyPatch) -> list[int]:
    """A list to which the length of each text is added that is searched from now on."""
    lengths: list[int] = []
    outermost = markup.outermost

    def counting(text: str) -> list[Element]:
        lengths.append(len(text))
        return outermost(text)

    patch.setattr(markup, "outermost", counting)
    return lengths
