"""What is left of wikitext without the marks of the Translate extension."""

import pytest

from space.codec.page import read_page
from space.codec.translate_marks import text_without_marks

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
