from tests.fakes.memory_wiki import MemoryWiki
from tool.app.review.diff import difference

ROWS = """<tr><td colspan="2" class="diff-lineno" id="mw-diff-left-l1">Line 1:</td></tr>
<tr><td class="diff-marker" data-marker="−"></td>
<td class="diff-deletedline diff-side-deleted"><div>a <del class="diffchange
diffchange-inline cdx-button" style="color:red" onclick="x()">old</del>
&lt;b&gt; <script>alert(1)</script><a href="https://x.example">x</a></div></td></tr>"""


class Wiki(MemoryWiki):
    def compare(self, old: int, new: int, *, language: str = "en") -> str:
        assert (old, new, language) == (1, 2, "mi")
        return ROWS


def test_difference_when_the_wiki_sends_more_than_a_table_keeps_rows_only() -> None:
    html = difference(Wiki(), 1, 2, "mi")
    assert html.startswith("<tr>")
    assert 'data-marker="−"' in html
    assert 'class="diffchange diffchange-inline"' in html
    assert "&lt;b&gt;" in html
    for gone in ("script", "alert", "href", "style", "onclick", "cdx", "id="):
        assert gone not in html
