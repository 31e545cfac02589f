from threading import Event

import pytest

from bots.report import Did, PageReport
from bots.saving import over_pages, page_report
from bots.stop import Stop
from space.i18n import Translator, read_catalogue
from space.outcomes import (
    Blocked,
    Conflict,
    Lagged,
    NoChange,
    Outcome,
    Protected,
    Saved,
    SignedOut,
    Unreachable,
)
from tests.fakes.memory_wiki import MemoryWiki

TRANSLATOR = Translator(read_catalogue(), "en")


def test_over_pages_when_terminated_then_the_current_page_is_finished() -> None:
    terminated = Event()

    def work(title: str) -> PageReport:
        if title == "B":
            terminated.set()
        return PageReport(title, Did.WRITTEN)

    report = over_pages("ABC", work, Stop(MemoryWiki(), [], terminated))
    assert [page.title for page in report.pages] == ["A", "B"]
    assert report.stopped == "terminated"


def test_over_pages_when_one_must_wait_then_the_others_are_not_tried() -> None:
    report = over_pages(
        "ABC",
        lambda title: PageReport(title, Did.LATER, "read-only"),
        Stop(MemoryWiki(), [], Event()),
    )
    assert [page.title for page in report.pages] == ["A"]
    assert report.stopped == "read-only"


@pytest.mark.parametrize(
    ("outcome", "did"),
    [
        (Saved(1, 2, "A"), Did.WRITTEN),
        (NoChange(1, "A"), Did.UNCHANGED),
        (Conflict("x"), Did.OVERTAKEN),
        (Lagged("x"), Did.LATER),
        (Unreachable("x"), Did.LATER),
        (SignedOut("x"), Did.LATER),
        (Protected("x"), Did.REFUSED),
        (Blocked("x", by="Admin"), Did.REFUSED),
    ],
    ids=lambda value: type(value).__name__,
)
def test_page_report_when_the_wiki_answers_so_then_says_what_became(
    outcome: Outcome, did: Did
) -> None:
    report = page_report("A", outcome, TRANSLATOR)
    assert report.did is did
    assert bool(report.detail) == (did not in {Did.WRITTEN, Did.UNCHANGED})
    assert "⧼" not in report.detail
