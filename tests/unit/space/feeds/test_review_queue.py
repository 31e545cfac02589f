import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from space.feeds.atom import feed
from space.feeds.envelope import FeedHead
from space.feeds.review_queue import queue_entry
from space.review.queue import EventFacts, Row, Section
from tests.support.feeds.words import words
from tests.support.wiki.bot_and_wiki import ADDRESSES

GRAMMAR = Path("tests/support/feeds/atom.rnc")
PAGE = "https://a.example/"
written = st.text(
    st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=30
)
rows = st.builds(
    Row,
    page=st.integers(1, 10**9),
    kind=st.sampled_from(["event", "post"]),
    title=written,
    name=written,
    pending_since=st.integers(0, 2**31).map(lambda n: datetime.fromtimestamp(n, UTC)),
    section=st.just(Section.WAITING),
    pending_revision=st.integers(1, 10**9),
    author=st.none() | written,
    spam=st.just(("https://casino.example/",)),
)


@settings(max_examples=3, phases=[Phase.generate])
@given(
    st.lists(
        st.lists(rows, unique_by=lambda row: row.page, max_size=4),
        min_size=5,
        max_size=9,
    )
)
def test_feed_when_made_of_any_rows_is_allowed_by_the_grammar(
    tmp_path_factory: object, many: list[list[Row]]
) -> None:
    folder = tmp_path_factory.mktemp("atom")  # type: ignore[attr-defined]
    files = []
    for number, some in enumerate(many):
        head = FeedHead("T", "https://a.example/f", PAGE, None, author="A")
        text = "".join(
            feed(head).around(queue_entry(row, ADDRESSES, words("en")) for row in some)
        )
        assert "casino" not in text or any("casino" in row.name for row in some)
        files.append(folder / f"{number}.xml")
        files[-1].write_text(text, encoding="utf-8")
    command = ["jing", "-c", str(GRAMMAR), *map(str, files)]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert done.stdout.decode() == ""


def test_entry_when_a_page_changes_again_is_another_one() -> None:
    row = Row(
        page=7,
        kind="event",
        title="E",
        name="E",
        pending_since=datetime(2026, 11, 22, tzinfo=UTC),
        section=Section.SOON,
        event=EventFacts(
            date(2026, 11, 24), date(2026, 11, 25), "hybrid", "NG", "Lagos"
        ),
        pending_revision=70,
    )
    text = queue_entry(row, ADDRESSES, words("en"))
    assert "<id>https://wiki.test/?curid=7&amp;oldid=70</id>" in text
    assert 'href="https://space.example.org/review/7"' in text
    assert "<summary>2026-11-24 – 2026-11-25, Nigeria</summary>" in text
    assert "Lagos" not in text
    assert "نيجيريا</summary>" in queue_entry(row, ADDRESSES, words("ar"))
