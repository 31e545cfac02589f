"""Bounds of the work that HTML makes for a parser."""

from pathlib import Path

import pytest

from space.bounds import BOUNDS
from space.text.html.cut import Cut
from space.text.html.nesting import is_flat, steps
from space.text.html.sanitize import sanitize

ORDINARY = (
    "<!-- a > b --><style>.a > .b {}</style><p>a <b>b</b> <a href='/x' title='a > b'>"
    "c</a><br></p><ul><li>a<li>b<ul><li>c</ul></ul><table><tr><td>a<td>b</table>"
)
HIDING = (  # ways to say that a <div> ends which parsers do not believe
    "<div><!--</div>-->",
    '<div title="</div>">',
    "<div><style></div></style>",
    "<div><textarea></div></textarea>",
    "<div><script><!--<script></script></div></script>--></script>",
    "<div><select></div></select>",
    "<div><table></div></table>",
    "<div><svg><![CDATA[></div>]]></svg>",
    '<div><svg><style><a b="</style></div>"></a></style></svg>',
    "<div><noscript></div></noscript>",
    "<div></div\v>",
    "<div></div a='>'",
    "<mark></mar\N{KELVIN SIGN}>",
    "<div a</div>",
)


def test_steps_of_an_ordinary_page_are_few() -> None:
    page = ORDINARY * 4_000  # 700 kB

    assert steps(page) < BOUNDS.html_steps / 5
    assert is_flat(page)


@pytest.mark.parametrize("piece", HIDING)
def test_element_whose_end_is_doubtful_counts_as_open(piece: str) -> None:
    times = BOUNDS.html_depth + 1

    assert is_flat(ORDINARY * times)
    assert steps(piece * times) >= times * times / 4


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 20_000,
        "<b>" * 2_000,
        "<p><b></p>" * 2_000,
        "".join(f"<p><b id={number}></p>" for number in range(2_000)),
        "<a " + "".join(f"a{number} " for number in range(40_000)),
        f"<a {' '.join(f'a{number}' for number in range(40_000))}>",
        "<a b='" + "c " * 40_000,
        "a" * (BOUNDS.html + 1),
    ],
    ids=["div", "b", "b in p", "other b in p", "open", "attributes", "quote", "long"],
)
def test_html_that_parsers_are_slow_on_is_not_parsed(html: str) -> None:
    assert not is_flat(html)


def test_sanitized_when_too_deep_then_its_text_is_left() -> None:
    html = "<div>" * 20_000 + "a <b>&lt;b&gt;"

    assert sanitize(html, "https://meta.wikimedia.org/").split() == ["a", "&lt;b&gt;"]


def test_cut_keeps_the_text_of_formulas_and_of_other_elements() -> None:
    cut = Cut({"p"}, {}, {"style"})

    assert cut("<p>a<math><mi>b</mi></math><x>c</x><style>d</style>") == (
        "<p>a<math>b</math>c</p>"
    )


def test_python_parses_only_html_that_was_cut_down() -> None:
    walking = [
        path
        for top in ("space", "tool", "bots")
        for path in Path(top).rglob("*.py")
        if "HTMLParser" in path.read_text("utf-8")
    ]

    assert walking
    for path in walking:
        text = path.read_text("utf-8")
        assert "nh3" in text or "Cut(" in text or "well-formed" in text, path
