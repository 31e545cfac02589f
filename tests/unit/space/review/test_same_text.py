"""Which texts say the same."""

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.review.model import Acceptance, Cause
from space.review.same_text import normalised_sha1, other_hash, same_text
from tests.support.review.scenario import START, sha1

PLAIN = """{{Space post
| title    = A
| language = en
}}
First paragraph.

== Heading ==

Second, with a [[link]]."""

MARKED = """<languages />
{{Space post
| title    = A
| language = en
}}
<translate>
<!--T:1-->
First paragraph.

== Heading == <!--T:2-->

<!--T:3-->
Second, with a <tvar name="1">[[link]]</tvar>.
</translate>"""


def text(revision: int, plain: str | None, normalised: str | None = None) -> Acceptance:
    return Acceptance(revision, Cause.OPEN, None, START, plain, normalised)


def test_normalised_when_marked_for_translation_then_is_that_of_the_plain_text() -> (
    None
):
    assert normalised_sha1(MARKED) == normalised_sha1(PLAIN) == sha1(PLAIN)


INLINE = """{{Space post
| title    = <translate><!--T:1--> A</translate>
| language = en
}}
<translate>
<!--T:2-->
First paragraph.

== Heading == <!--T:3-->

<!--T:4-->
Second, with a <tvar name="1">[[link]]</tvar>.</translate>"""


def test_normalised_when_title_is_a_unit_then_is_that_of_the_plain_text() -> None:
    assert normalised_sha1(INLINE) == sha1(PLAIN)


def numbered(unit: str, number: int, *, inline: bool) -> str:
    """A unit as the Translate extension writes it back into the page, marked.

    Behind the first line that is a heading, else before the text: on a line of its
    own, or with a space where all between the tags is one line.
    """
    mark = f"<!--T:{number}-->"
    heading = re.compile(r"^(=+.*?=+\s*?$)", re.MULTILINE)
    marked, found = heading.subn(rf"\1 {mark}", unit, count=1)
    return marked if found else f"{mark}{' ' if inline else chr(10)}{unit}"


words = st.text("ab =|[]'", min_size=1, max_size=8).map(str.strip).filter(bool)
lines = words | words.map(lambda text: f"== {text} ==") | words.map("* {}".format)
paragraphs = st.lists(lines, min_size=1, max_size=3).map("\n".join)
bodies = st.lists(paragraphs, min_size=1, max_size=4)


@given(words, words, bodies, st.sampled_from(["", "\n"]))
def test_normalised_when_translate_marks_any_page_then_is_that_of_the_plain_text(
    title: str, summary: str, body: list[str], line_end: str
) -> None:
    page = "{{{{Space post\n| title = {}\n| summary = {}\n}}}}\n{}"
    plain = page.format(title, summary, "\n\n".join(body))
    blank_line = "\n\n"
    inline = not line_end and "\n" not in blank_line.join(body)
    units = [numbered(each, place, inline=inline) for place, each in enumerate(body, 3)]
    marked = page.format(
        f"<translate>{numbered(title, 1, inline=True)}</translate>",
        f"<translate nowrap>{numbered(summary, 2, inline=True)}</translate>",
        f"<translate>{line_end}{blank_line.join(units)}{line_end}</translate>",
    )
    assert normalised_sha1(f"<languages/>\n{marked}") == sha1(plain)


@given(st.text())
def test_normalised_when_text_has_no_marks_then_is_the_revisions_own(
    written: str,
) -> None:
    if "<" not in written:
        digest = hashlib.sha1(written.encode(), usedforsecurity=False).hexdigest()
        assert normalised_sha1(written) == digest


@pytest.mark.parametrize(
    "changed",
    [
        PLAIN.replace("First", "Last"),
        PLAIN.replace("= A", "= B"),
        PLAIN + "\n",
        MARKED.replace("Second", "Third"),
        MARKED.replace("<!--T:3-->", "<!-- seen -->"),
    ],
)
def test_normalised_when_words_differ_then_differs(changed: str) -> None:
    assert normalised_sha1(changed) != normalised_sha1(PLAIN)


def test_normalised_when_text_is_made_of_marks_then_work_stays_in_proportion() -> None:
    """A quadratic pattern would need hours for this."""
    normalised_sha1("<translate " * 200_000 + "<tvar name=" * 200_000)


def test_same_text_when_hashes_meet_then_is_the_same() -> None:
    assert same_text(text(1, "a"), text(2, "a"))
    assert same_text(text(1, "a"), text(2, "b", "a"))
    assert same_text(text(1, "a", "c"), text(2, "b", "c"))
    assert not same_text(text(1, "a"), text(2, "b", "c"))


def test_same_text_when_hidden_then_is_like_itself_only() -> None:
    assert same_text(text(1, None), text(1, None))
    assert not same_text(text(1, None), text(2, None))


def test_other_hash_when_it_adds_nothing_then_is_not_kept() -> None:
    assert other_hash("a", "a") is None
    assert other_hash("b", "a") == "b"
