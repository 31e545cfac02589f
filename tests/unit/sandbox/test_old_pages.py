from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from sandbox.old_pages import OldRevision, _export, old_saves, old_verdicts
from sandbox.sample_lives import SamplePage, SampleStep
from space.review.model import Flaw, VerdictKind
from space.review.verdicts.reading import read_verdicts
from space.wiki.values import Revision
from tests.fakes.wiki_state import SITE

BEGAN = datetime(2023, 9, 4, 9, tzinfo=UTC)
PAGE = SamplePage(
    "Space/Blog/X",
    (
        SampleStep("Olu", "save", "{{Space post}}", "New"),
        SampleStep("Pavati", "verdict", "", "approve"),
        SampleStep("Pavati", "verdict", "By mistake.", "withdraw"),
    ),
    BEGAN,
)
XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
)


def test_old_verdicts_when_read_by_review_then_count_as_said() -> None:
    talk = [
        Revision(
            id=20 + number,
            parent=0,
            page_id=2,
            timestamp=row.at,
            user=row.user,
            sha1=None,
            text=row.text,
        )
        for number, row in enumerate(old_verdicts(PAGE, 12))
    ]
    verdicts = read_verdicts(talk, 0, (), SITE)
    assert [(v.kind, v.revision, v.account, v.flaw) for v in verdicts] == [
        (VerdictKind.APPROVE, 12, "Pavati", Flaw.NONE),
        (VerdictKind.WITHDRAW, 12, "Pavati", Flaw.NONE),
    ]


def test_old_saves_and_verdicts_are_a_day_apart() -> None:
    times = [row.at for row in (*old_saves(PAGE), *old_verdicts(PAGE, 12))]
    assert [time.day for time in times] == [4, 5, 6]


@given(XML_TEXT, XML_TEXT)
def test_export_when_read_as_xml_then_gives_title_and_text(
    title: str, text: str
) -> None:
    exported = _export([(title, [OldRevision("Olu", BEGAN, text, "New")])])
    page = ET.fromstring(exported)[0]  # noqa: S314 - our own text
    assert (page[0].text or "") == title
    assert (page[1][-1].text or "") == text
