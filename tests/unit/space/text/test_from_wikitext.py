"""Wikitext as plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.text.from_wikitext import MAX_CHARACTERS, plain_text


@pytest.mark.parametrize(
    ("wikitext", "text"),
    [
        ("", ""),
        ("== A ''title'' ==\nText.", "A title Text."),
        ("'''Bold''' and [[Page|label]], [[Other]].", "Bold and label, Other."),
        (
            "[https://example.org/ The page] https://a.example",
            "The page https://a.example",
        ),
        ("[[File:A.jpg|thumb|A [[cat|black cat]].]] After", "After"),
        ("[[:File:A.jpg|the picture]]", "the picture"),
        ("* one\n*# two\n: three", "one two three"),
        ("Before{{Tpl|a={{Inner}}}} after", "Before after"),
        ("Braces }} that {{ nothing closes", "Braces that nothing closes"),
        ("A<ref>no</ref> B<ref name=x /> C", "A B C"),
        ("A<!-- no -->B<!-- open", "AB"),
        ("<gallery>\nA.jpg|x\n</gallery>End", "End"),
        ("<script>alert(1)</script>x", "x"),
        ('{| class="wikitable"\n! scope=col | H\n|-\n| a || b\n|}', "H a b"),
        ("<pre>a  b</pre> &amp; &#x915;", "a b & क"),
        ("__NOTOC__\n----\nمرحبا", "مرحبا"),
        ("a\r\nb\tc", "a b c"),
    ],
)
def test_plain_text_when_marked_up_then_what_people_read(
    wikitext: str, text: str
) -> None:
    assert plain_text(wikitext) == text


@given(st.text(alphabet="[]{}|<>!=-'ref /\n:aä中:File.jpg", max_size=300))
def test_plain_text_when_anything_then_one_line_that_stays(wikitext: str) -> None:
    text = plain_text(wikitext)
    assert text == " ".join(text.split())


def test_plain_text_when_long_then_ends_at_a_word() -> None:
    text = plain_text("word " * MAX_CHARACTERS)
    assert MAX_CHARACTERS - 5 <= len(text) <= MAX_CHARACTERS
    assert text.endswith("word")
