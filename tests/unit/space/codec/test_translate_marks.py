"""What is left of wikitext without the marks of the Translate extension."""

import re
from itertools import count

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from space.codec.page import read_page
from space.codec.translate_marks import text_without_marks, without_marks

PAGE = """<languages/>
<translate>
<!--T:1-->
{{Space post
| title    = News
| language = en
}}

== Heading == <!--T:2-->

<!--T:3-->
First <tvar name="n">12</tvar> paragraph.
</translate>
"""


def test_body_when_its_call_stands_in_a_unit_then_has_no_half_of_a_tag() -> None:
    body = read_page(PAGE, title="Space/Blog/News").body
    assert text_without_marks(body) == "== Heading ==\n\nFirst 12 paragraph.\n"


@pytest.mark.parametrize(
    "text",
    [
        "Write <nowiki><translate></nowiki> around it.",
        "<pre>\n<translate>\n<!--T:1-->\n</pre>",
        "<syntaxhighlight lang='html'>\n<tvar name=x>\n</syntaxhighlight> end",
        "No marks, <!-- but a comment --> and <b>tags</b>.\n",
    ],
)
def test_text_when_marks_are_only_quoted_then_stays(text: str) -> None:
    assert text_without_marks(text) == text
    marked = f"<translate>\n<!--T:7-->\n{text}\n</translate>"
    assert text_without_marks(marked) == text.rstrip("\n") + "\n" * text.endswith("\n")


def test_text_when_it_has_halves_of_pairs_then_has_neither() -> None:
    part = "one\n</translate>\ntwo\n<translate>\n<!--T:2-->\nthree"
    assert text_without_marks(part) == "one\ntwo\nthree"
    assert text_without_marks("a <translate>b <translate>c") == "a b c"


# What Translate writes, and what people write for it: a page before it has any marks,
# with tags, and as Translate marks it.

POST = """{{{{Space post
| title    = {}
| summary  = {}
| language = en
}}}}
"""
PAGES = {
    "title-and-summary-on-their-line": (
        POST.format("Trees", "Forty of them") + "Text.",
        POST.format(
            "<translate>Trees</translate>",
            "<translate nowrap>Forty of them</translate>",
        )
        + "<translate>Text.</translate>",
        POST.format(
            "<translate><!--T:1--> Trees</translate>",
            "<translate nowrap><!--T:2--> Forty of them</translate>",
        )
        + "<translate><!--T:3--> Text.</translate>",
    ),
    "summary-on-lines-of-its-own": (
        POST.format("Trees", "Forty of them") + "Text.",
        POST.format("Trees", "<translate>\nForty of them\n</translate>") + "Text.",
        POST.format("Trees", "<translate>\n<!--T:1-->\nForty of them\n</translate>")
        + "Text.",
    ),
    "body-with-headings": (
        "First.\n\n== Heading ==\n\nSecond,\non two lines.\n\n=== Last ===\nText.",
        (
            "<languages/>\n<translate>\nFirst.\n\n== Heading ==\n\n"
            "Second,\non two lines.\n\n=== Last ===\nText.\n</translate>"
        ),
        (
            "<languages />\n<translate>\n<!--T:1-->\nFirst.\n\n"
            "== Heading == <!--T:2-->\n\n<!--T:3-->\nSecond,\non two lines.\n\n"
            "<!--T:4-->\n=== Last ===\nText.\n</translate>"
        ),
    ),
    "heading-marked-by-an-older-version": (
        "== Heading ==\nText.",
        "<translate>== Heading ==\nText.</translate>",
        "<translate>== Heading == <!--T:1-->\nText.</translate>",
    ),
    "heading-between-words": (
        "a == b == c",
        "a <translate>== b ==</translate> c",
        "a <translate>== b == <!--T:1--></translate> c",
    ),
    "variables": (
        "See [[Help:Trees|the page]] of $5 people.",
        (
            "<translate>See [[<tvar name=1>Help:Trees</tvar>|the page]] of "
            '<tvar name="sum">$5</tvar> people.</translate>'
        ),
        (
            "<translate><!--T:1--> See [[<tvar|1>Help:Trees</>|the page]] of "
            "<tvar name='sum'>$5</tvar> people.</translate>"
        ),
    ),
    "several-regions": (
        "One.\n\n[[File:A.jpg]]\n\nTwo.\n{{x}}\nThree.",
        (
            "<translate>One.</translate>\n\n[[File:A.jpg]]\n\n<translate>\nTwo.\n</translate>"
            "\n{{x}}\n<translate>Three.</translate>"
        ),
        (
            "<translate><!--T:1--> One.</translate>\n\n[[File:A.jpg]]\n\n<translate>\n"
            "<!--T:2-->\nTwo.\n</translate>\n{{x}}\n"
            "<translate><!--T:abc-1--> Three.</translate>"
        ),
    ),
    "lists-and-blank-lines": (
        "* one\n* two\n\n\n\nEnd",
        "<translate>\n* one\n* two\n\n\n\nEnd\n</translate>",
        "<translate>\n<!--T:1-->\n* one\n* two\n\n\n\n<!--T:2-->\nEnd\n</translate>",
    ),
    "bar-of-languages-at-the-end": ("Text.", "Text.\n<languages/>", None),
    "quoted": (
        "Write <nowiki><translate>a</translate></nowiki>.",
        "<translate>Write <nowiki><translate>a</translate></nowiki>.</translate>",
        (
            "<translate><!--T:1--> Write <nowiki><translate>a</translate></nowiki>."
            "</translate>"
        ),
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_marks_when_a_page_is_tagged_and_marked_then_change_nothing(name: str) -> None:
    plain, tagged, marked = PAGES[name]
    assert without_marks(plain) == plain
    assert without_marks(tagged) == plain
    assert marked is None or without_marks(marked) == plain


@pytest.mark.parametrize(
    "text",
    [
        "a<!--T:1-->\n== b ==",
        "<tvar name=1>a</tvar>",
        "<translate>a",
        "a</translate>",
        "<translate>a<translate>b</translate></translate>",
        "<translate>a <!--T:1--> b</translate>",
        "<translate>a\n<!--T:1-->\nb</translate>",
        "<nowiki><translate>a</translate></nowiki>",
        "<translate>a</translate><tvar|x>",
    ],
)
def test_marks_when_translate_makes_nothing_of_them_then_stay(text: str) -> None:
    inside = re.sub("^<translate>(.*)</translate>$", r"\1", text, flags=re.DOTALL)
    expected = {text, inside, text.replace("<translate>a</translate>", "a")}
    assert without_marks(text) in expected
    assert "<" in without_marks(text)


def number(region: str) -> str:
    """What Translate writes between two tags: each unit has its number.

    Behind a unit that is a heading, before any other: on a line of its own, or with a
    space where all between the tags is one line.
    """
    parts = re.split(r"(^\s*|\s*\n\n\s*|\s*$)", region)
    for place, part in enumerate(parts):
        if not part.strip():
            continue
        mark = f"<!--T:{next(NUMBERS)}-->"
        if re.fullmatch(r"(={1,6})[ \t]*(.+?)[ \t]*\1\s*", part):
            parts[place] = f"{part} {mark}"
        else:
            parts[place] = f"{mark}{chr(10) if chr(10) in region else ' '}{part}"
    return "".join(parts)


NUMBERS = count(1)
words = st.text("ab =|[]'{}*", min_size=1, max_size=8)
regions = st.lists(words | st.sampled_from(["\n", "\n\n", "== H ==", "\n\n \n"])).map(
    "".join
)
wrapped = st.tuples(regions, st.sampled_from(["", "\n"]), words | st.just("\n"))


@given(st.lists(wrapped, max_size=3))
def test_marks_when_translate_marks_any_page_then_change_nothing(
    pieces: list[tuple[str, str, str]],
) -> None:
    plain = "".join(region + between for region, _, between in pieces)
    tagged = "".join(
        f"<translate>{end}{region}{end}</translate>{between}"
        for region, end, between in pieces
    )
    marked = "".join(
        f"<translate>{number(end + region + end)}</translate>{between}"
        for region, end, between in pieces
    )
    assert without_marks(marked) == without_marks(tagged)
    if not any(re.search("^\n|\n$", region) for region, _, _ in pieces):
        assert without_marks(tagged) == plain


def seen(text: str) -> str:
    """What readers see of a text, by the rules of the extension and of MediaWiki.

    Blanks at the ends of lines and of the text count for nothing.
    """
    tags = re.findall("</?translate(?: nowrap)?>", text)
    if [tag[1] == "/" for tag in tags] == [False, True] * (len(tags) // 2):
        text = re.sub(
            "<translate(?: nowrap)?>\n?(.*?)\n?</translate>",
            lambda region: shown(region[1]),
            text,
            flags=re.DOTALL,
        )
    text = re.sub(r"(\A|\n)<languages/>\Z|(?m:^)<languages/>\n", "", text)
    text = re.sub("(?<=\n) *(?:<!--T:[^>]*--> *)+\n", "", f"\n{text}")
    text = re.sub("<!--T:[^>]*-->", "", text)
    return re.sub(" +$", "", text[1:], flags=re.MULTILINE).rstrip("\n")


def shown(region: str) -> str:
    region = re.sub("<tvar name=1>(.*?)</tvar>", r"\1", region, flags=re.DOTALL)
    return re.sub(r"(\A\s*|\n\n\s*)<!--T:[^>]*-->[ \n](?= *[^ \n])", r"\1", region)


marks = st.sampled_from(
    [
        *("<translate>", "<translate nowrap>", "</translate>"),
        *("<!--T:1-->", "<!--T:2-->", "<tvar name=1>", "</tvar>", "</>"),
        *("\n", "\n\n", " ", "a", "b", "== H =="),
    ]
)


@example("", ["a", "<!--T:1-->", "\n", "b"])
@given(st.sampled_from(["", "<languages/>\n"]), st.lists(marks, max_size=14))
def test_marks_when_taken_from_any_text_then_readers_see_the_same(
    bar: str, pieces: list[str]
) -> None:
    text = bar + "".join(pieces)
    assert seen(without_marks(text)) == seen(text)
    assert text_without_marks(text).count("translate") == 0
