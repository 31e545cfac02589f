from hypothesis import given
from hypothesis import strategies as st

from space.text.html.plain import line_of


def test_line_when_there_is_script_or_style_leaves_them_out() -> None:
    assert line_of("<style>a{}</style>a<script>b</script><b>c</b><br>d") == "ac d"


@given(st.text(alphabet=st.sampled_from("<>/&;abp \"'=!-#x")))
def test_line_when_given_anything_is_one_line(html: str) -> None:
    assert "\n" not in line_of(html)
