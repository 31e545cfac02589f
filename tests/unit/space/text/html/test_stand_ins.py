"""Stand-ins for what the parser makes and a page of the tool cannot show."""

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.text.html.plain import text_of
from space.text.html.stand_ins import with_stand_ins

HIDDEN = (
    '<span style="display:none">KEY</span>',
    '<span style="color: red; DISPLAY : none !important">KEY</span>',
    '<span style="display:/* x */none;">KEY</span>',
    '<div style="visibility: hidden">KEY</div>',
    '<div style="display:none"><div>KEY</div>KEY<br>KEY</div>',
    '<table style="display:none"><tr><td>KEY</td></tr></table>',
    '<span style="display:none"><math><mi>KEY</mi></math></span>',
    '<span style="display:none"/>KEY</span>',
)
SHOWN = (
    '<span style="display:inline">KEY</span>',
    '<span style="color:red" title="display:none">KEY</span>',
    '<span style="x-display:none">KEY</span>',
    '<img style="display:none" src="/x"><b>KEY</b>',
)
PIECES = (
    *("<p>", "</p>", "<h1 id='a'>", "</h1>", "a", "&amp;", "<math>", "</math>"),
    *("<video>", "</video>", *HIDDEN, "<div style='display:none'>", "</div>"),
)
TEX = '<annotation encoding="application/x-tex">{\\displaystyle a&lt;b}</annotation>'


@pytest.mark.parametrize("html", HIDDEN)
def test_what_the_page_hides_is_gone_and_all_else_stays(html: str) -> None:
    assert with_stand_ins(f"<p>a{html}b</p>") == "<p>ab</p>"


@pytest.mark.parametrize("html", SHOWN)
def test_what_the_page_shows_stays(html: str) -> None:
    assert "KEY" in with_stand_ins(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<video resource="/wiki/File:A_b.webm"><source src="//u/A.webm"></video>',
            '<a href="/wiki/File:A_b.webm">A b.webm</a>',
        ),
        (
            '<audio resource="/wiki/File:Ton_%C3%A4.ogg"></audio>',
            '<a href="/wiki/File:Ton_%C3%A4.ogg">Ton ä.ogg</a>',
        ),
        (
            '<audio controls><source src="//u/a/X.ogg"><source src="//u/2"></audio>',
            '<a href="//u/a/X.ogg">X.ogg</a>',
        ),
        (
            '<video data-mwtitle="Ä.ogv" data-mwprovider="wikimediacommons"></video>',
            '<a href="https://commons.wikimedia.org/wiki/File:%C3%84.ogv">Ä.ogv</a>',
        ),
        (
            '<video data-mwtitle="A_1.ogv" data-mwprovider="local" src="/1"></video>',
            '<a href="/1">A 1.ogv</a>',
        ),
        ('<video src="/x.webm"></video>', '<a href="/x.webm">x.webm</a>'),
        ("<video controls></video>", ""),
    ],
)
def test_player_becomes_a_link_to_its_file(html: str, expected: str) -> None:
    assert with_stand_ins(f"a{html}b") == f"a{expected}b"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<math><semantics><mi>a</mi>{TEX}</semantics></math>", "a<b"),
        ('<math alttext="{\\textstyle x^2 &lt; y}"><mi>x</mi></math>', "x^2 < y"),
        ('<math alttext="{\\displaystyle {a}}"></math>', "{a}"),
    ],
)
def test_formula_without_a_picture_is_told_in_tex(html: str, expected: str) -> None:
    made = with_stand_ins(f"x {html} y")

    assert text_of(made) == f"x {expected} y"
    assert "<mi>" not in made


def test_formula_with_a_picture_keeps_the_picture() -> None:
    picture = '<img src="/x.svg" alt="{\\displaystyle x}">'
    hidden = '<span style="display: none;"><math><mi>x</mi></math></span>'

    assert (
        with_stand_ins(f"<span>{hidden}{picture}</span>") == f"<span>{picture}</span>"
    )


@given(st.text(alphabet="<>/=\"' abhimtvdeo:;&#123"))
def test_text_without_such_elements_stays_as_it_is(text: str) -> None:
    whole = nh3.clean(text)

    assert text_of(with_stand_ins(whole)) == text_of(whole)


@given(st.lists(st.sampled_from(PIECES)))
def test_no_html_breaks_it(pieces: list[str]) -> None:
    made = with_stand_ins("".join(pieces))

    assert "<h1" not in made
    assert "<math" not in made
    assert "KEY" not in made
