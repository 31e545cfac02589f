"""No text costs a reader more than its length: growth on hostile shapes, as ratios."""

import os
import re

import pytest

from space.wiki.talk.signatures import user_links
from tests.fakes.wiki_state import SITE
from tests.support.hostile.growth import STEEP, growth
from tests.support.hostile.patterns import Compiled, compiled, shapes
from tests.support.hostile.readers import READERS, VALUES
from tests.support.hostile.shapes import ALL, FEW

pytestmark = pytest.mark.soak

LONG = bool(os.environ.get("SPACE_SOAK"))
SHAPES = ALL if LONG else FEW
OF_OWN_TEXT = {
    "space.generate.templatedata.BLOCK",  # reads our own documentation pages
    "space.text.html.nesting._TOKEN",  # its reader stops at the first doubtful tag
}
PATTERNS = [
    Compiled("user_links", user_links(SITE), frozenset({"finditer"})),
    *(found for found in compiled("space", "tool") if found.name not in OF_OWN_TEXT),
]


@pytest.mark.parametrize(
    "name", [name for name in READERS if LONG or name not in VALUES]
)
def test_reader_takes_linear_time(name: str) -> None:
    steep = [
        shape_name
        for shape_name, shape in SHAPES.items()
        if growth(READERS[name], shape) > STEEP
    ]

    assert steep == []


def test_patterns_take_linear_time() -> None:
    steep = [
        f"{found.name} on {name}"
        for found in PATTERNS
        for name, shape in shapes(found.pattern).items()
        if growth(found.use, shape) > STEEP
    ]

    assert steep == []


def test_a_pattern_that_backtracks_would_be_found() -> None:
    found = Compiled("", re.compile(r"\[\s*:?\s*x"), frozenset({"finditer"}))

    measured = (  # again on a machine that something else slows down just now
        growth(found.use, shape)
        for _ in range(5)
        for shape in shapes(found.pattern).values()
    )
    assert any(each > STEEP for each in measured)
