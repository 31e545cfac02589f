from datetime import date
from typing import Any

import pytest

from sandbox.client import Client
from sandbox.sample_lives import SamplePage
from sandbox.sample_pages import sample_pages
from sandbox.seed import seed, sign_up
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

ALL = tuple(sample_pages("Space", date(2026, 11, 22)))


def with_steps(*verbs: str) -> SamplePage:
    return next(
        p for p in ALL if tuple(step.verb for step in p.steps) == verbs and not p.began
    )


PAGES = (
    with_steps("save"),
    with_steps("save", "patrol"),
    with_steps("save", "verdict"),
    with_steps("save", "verdict", "save"),
)


OLD = tuple(p for p in ALL if p.began and len(p.steps) == 3)[:1]


def silent(done: int) -> None:
    del done


def history(client: Client, title: str) -> list[dict[str, Any]]:
    """The revisions of a page, oldest first; none without a page."""
    answer = client.get(
        action="query",
        titles=title,
        prop="revisions",
        rvprop="ids|user|timestamp",
        rvdir="newer",
        rvlimit="max",
    )
    (page,) = answer["query"]["pages"]
    return list(page.get("revisions", ()))


def people(client: Client, title: str) -> list[str]:
    return [revision["user"] for revision in history(client, title)]


def test_seed_when_interrupted_and_run_again_then_takes_each_step_once(
    fresh_wiki: Sandbox,
) -> None:
    class StoppedError(Exception):
        pass

    def interrupt(done: int) -> None:
        if done == 3:
            raise StoppedError

    with pytest.raises(StoppedError):
        seed(fresh_wiki.wiki, PAGES, interrupt)
    assert seed(fresh_wiki.wiki, PAGES, silent) == len(PAGES[3].steps)
    assert seed(fresh_wiki.wiki, PAGES, silent) == 0

    client = fresh_wiki.login("Olu")
    for page in PAGES:
        saved = [step.person for step in page.steps if step.verb == "save"]
        spoke = [step.person for step in page.steps if step.verb == "verdict"]
        assert people(client, page.title) == saved
        assert people(client, f"Talk:{page.title}") == spoke


def test_seed_when_somebody_edited_a_sample_page_then_it_is_left_alone(
    fresh_wiki: Sandbox,
) -> None:
    seed(fresh_wiki.wiki, PAGES, silent)
    client = fresh_wiki.login("Lena")
    client.edit(PAGES[0].title, "Mine now")
    assert seed(fresh_wiki.wiki, PAGES, silent) == 0
    assert client.text(PAGES[0].title) == "Mine now"


def test_seed_when_a_page_is_of_years_ago_then_its_revisions_are_too(
    fresh_wiki: Sandbox,
) -> None:
    (page,) = OLD
    assert page.began is not None
    assert seed(fresh_wiki.wiki, OLD, silent) == len(page.steps)
    assert seed(fresh_wiki.wiki, OLD, silent) == 0
    client = fresh_wiki.login("Olu")
    (save,) = history(client, page.title)
    said = history(client, f"Talk:{page.title}")
    assert (save["user"], save["timestamp"]) == (
        page.steps[0].person,
        f"{page.began:%Y-%m-%dT%H:%M:%SZ}",
    )
    assert [row["user"] for row in said] == ["Pavati", "Pavati"]
    assert said[0]["timestamp"] > save["timestamp"]
    talk = client.text(f"Talk:{page.title}") or ""
    assert f"{{{{Space review|approve|rev={save['revid']}|kind=post}}}}" in talk
    assert f"{{{{Space review|withdraw|rev={save['revid']}|kind=post|reason=" in talk


def test_sign_up_when_done_before_then_changes_nothing(fresh_wiki: Sandbox) -> None:
    admin = fresh_wiki.login("Admin")
    admin.edit("Space/Reviewers", "Words.\n<!-- {{Space reviewer|name}} -->")

    for _ in range(2):
        sign_up(fresh_wiki.anonymous())

    assert (admin.text("Space/Reviewers") or "").split("\n")[2:] == [
        "{{Space reviewer|Pavati|en; mi}}"
    ]
