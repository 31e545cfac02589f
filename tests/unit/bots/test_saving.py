import re
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event

import pytest

from bots.report import Did, ExitCode, PageReport, Report
from bots.saving import DryRun, Halted, Saver, over_pages, page_report
from bots.stop import Stop, stop_page
from space.text.messages import (
    DOCUMENTATION,
    SOURCE,
    Translator,
    read_catalogue,
    read_messages,
)
from space.wiki.outcomes import (
    AlreadyExists,
    Block,
    Blocked,
    Conflict,
    Lagged,
    Missing,
    NoChange,
    Outcome,
    Protected,
    Refused,
    Saved,
    SignedOut,
    Spam,
    Unreachable,
    outcome_key,
)
from space.wiki.values import Edit
from tests.fakes.memory_wiki import MemoryWiki

TRANSLATOR = Translator(read_catalogue(), "en")
PAGE = Block.PAGE


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


def test_over_pages_when_an_edit_is_halted_then_the_others_are_not_tried() -> None:
    wiki = MemoryWiki()
    title = stop_page("SpaceBot", "calendar")
    wiki.write(title, "off")
    stop = Stop(wiki, [title], Event())
    edit = Edit(title="A", text="x", summary="")
    report = over_pages(
        "ABC",
        lambda name: page_report(name, Saver(wiki, stop).save(edit), TRANSLATOR),
        stop,
    )
    assert report.pages == ()
    assert title in report.stopped
    assert wiki.state.page("A") is None


def test_page_report_when_nothing_is_to_be_written_then_previews_the_edit() -> None:
    report = page_report("A", DryRun(), TRANSLATOR, "+ a line")
    assert (report.did, report.detail) == (Did.WOULD_WRITE, "+ a line")


@pytest.mark.parametrize(
    ("outcome", "did"),
    [
        (Saved(1, 2, "A"), Did.WRITTEN),
        (NoChange(1, "A"), Did.UNCHANGED),
        (Conflict("x"), Did.OVERTAKEN),
        (AlreadyExists("x"), Did.OVERTAKEN),
        (Missing("x"), Did.OVERTAKEN),
        (Lagged("x"), Did.LATER),
        (Unreachable("x"), Did.LATER),
        (SignedOut("x"), Did.LATER),
        (Halted("x"), Did.HALTED),
        (Protected("x"), Did.REFUSED),
        *((Blocked("x", block), Did.BLOCKED) for block in Block if block is not PAGE),
        (Blocked("x", PAGE), Did.REFUSED),
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


def saved(saver: Saver, titles: str) -> Report:
    """Pages of one letter each, saved until the end."""

    def work(title: str) -> PageReport:
        edit = Edit(title=title, text="x", summary="")
        return page_report(title, saver.save(edit), TRANSLATOR)

    return over_pages(titles, work, saver.stop)


def test_saver_when_the_bot_is_blocked_then_the_wiki_is_asked_once() -> None:
    wiki = MemoryWiki("SpaceBot")
    wiki.block("SpaceBot", "Loops")
    saver = Saver(wiki, Stop(wiki, [], Event()))
    first = saved(saver, "ABC")
    before = wiki.requests.other
    second = saved(replace(saver, stop=saver.stop.including("D")), "DEF")
    assert wiki.requests.other == before
    for report, title in ((first, "A"), (second, "D")):
        (page,) = report.pages
        assert (page.title, page.did) == (title, Did.BLOCKED)
        assert report.exit_code is ExitCode.PROBLEM
    other = MemoryWiki("SpaceBot")
    assert saved(saver.on(other), "AB").exit_code is ExitCode.FINE


def test_saver_when_the_bot_is_blocked_from_a_page_then_it_tries_the_others() -> None:
    wiki = MemoryWiki("SpaceBot")
    wiki.answer_next(Blocked("x", PAGE))
    report = saved(Saver(wiki, Stop(wiki, [], Event())), "AB")
    assert [page.did for page in report.pages] == [Did.REFUSED, Did.WRITTEN]
    assert "this page" in report.pages[0].detail


# By name, as a class with slots replaces another one that may still be about.
REFUSALS = {kind.__name__: kind for kind in sorted(Refused.__subclasses__(), key=str)}


@pytest.mark.parametrize("kind", REFUSALS.values(), ids=REFUSALS)
def test_report_when_an_edit_is_refused_then_speaks_to_who_runs_the_bot(
    kind: type[Refused],
) -> None:
    detail = page_report("A", kind("the wiki's words"), TRANSLATOR).detail
    sentence, _, facts = detail.partition("\n")
    assert "⧼" not in sentence
    # Words for a person at a form.
    assert not re.search(r"\b(you|your|save again|kept)\b", sentence, re.IGNORECASE)
    assert facts == "info: the wiki's words"
    assert f"bots-{outcome_key(kind)}" in read_messages(DOCUMENTATION)


def test_messages_for_bots_are_those_of_outcomes() -> None:
    keys = {key for key in read_catalogue()[SOURCE] if key.startswith("bots-outcome-")}
    of_kinds = {f"bots-{outcome_key(kind)}" for kind in REFUSALS.values()}
    assert keys == of_kinds | {"bots-outcome-blocked-page"}


@pytest.mark.parametrize(
    ("outcome", "facts"),
    [
        (
            Blocked("Blocked.", by="Admin", reason="Loops", endless=True),
            "info: Blocked.; by: Admin; reason: Loops; endless: yes",
        ),
        (
            Blocked("", Block.PAGE, until=datetime(2026, 11, 29, 22, 57, tzinfo=UTC)),
            "block: page; until: 2026-11-29T22:57:00+00:00",
        ),
        (Spam("", matches=("a.example", "b.example")), "matches: a.example, b.example"),
        (Lagged("", after=7), ""),
    ],
    ids=lambda value: type(value).__name__,
)
def test_report_when_the_wiki_tells_more_then_shows_it(
    outcome: Outcome, facts: str
) -> None:
    detail = page_report("A", outcome, TRANSLATOR).detail
    assert detail.partition("\n")[2] == facts


def test_over_pages_when_one_must_wait_then_its_facts_stay_with_the_page() -> None:
    def work(title: str) -> PageReport:
        return page_report(title, Lagged("Waiting for db1"), TRANSLATOR)

    report = over_pages("AB", work, Stop(MemoryWiki(), [], Event()))
    assert "db1" in report.pages[0].detail
    assert "\n" not in report.stopped
    assert report.stopped == report.pages[0].detail.splitlines()[0]
