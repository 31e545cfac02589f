from datetime import date

import pytest

from sandbox.client import Client
from sandbox.sample_lives import SamplePage
from sandbox.sample_pages import sample_pages
from sandbox.seed import seed
from tests.support.sandbox import Sandbox

pytestmark = pytest.mark.wiki

ALL = tuple(sample_pages("Space", date(2026, 11, 22)))


def with_steps(*verbs: str) -> SamplePage:
    return next(p for p in ALL if tuple(step.verb for step in p.steps) == verbs)


PAGES = (
    with_steps("save"),
    with_steps("save", "patrol"),
    with_steps("save", "verdict", "verdict"),
    with_steps("save", "verdict", "save"),
)


def silent(done: int) -> None:
    del done


def revisions(client: Client, title: str) -> list[str]:
    """Who made each revision of a page, oldest first."""
    answer = client.get(
        action="query",
        titles=title,
        prop="revisions",
        rvprop="user",
        rvdir="newer",
        rvlimit="max",
    )
    (page,) = answer["query"]["pages"]
    return [revision["user"] for revision in page.get("revisions", ())]


def test_seed_when_interrupted_and_run_again_then_takes_each_step_once(
    fresh_wiki: Sandbox,
) -> None:
    class StoppedError(Exception):
        pass

    def interrupt(done: int) -> None:
        if done == 3:
            raise StoppedError

    with pytest.raises(StoppedError):
        seed(fresh_wiki.api_url, PAGES, interrupt)
    assert seed(fresh_wiki.api_url, PAGES, silent) == len(PAGES[3].steps)
    assert seed(fresh_wiki.api_url, PAGES, silent) == 0

    client = fresh_wiki.login("Olu")
    for page in PAGES:
        people = {
            verb: [s.person for s in page.steps if s.verb == verb]
            for verb in ("save", "verdict")
        }
        assert revisions(client, page.title) == people["save"]
        assert revisions(client, f"Talk:{page.title}") == people["verdict"]


def test_seed_when_somebody_edited_a_sample_page_then_it_is_left_alone(
    fresh_wiki: Sandbox,
) -> None:
    seed(fresh_wiki.api_url, PAGES, silent)
    client = fresh_wiki.login("Lena")
    client.edit(PAGES[0].title, "Mine now")
    assert seed(fresh_wiki.api_url, PAGES, silent) == 0
    assert client.text(PAGES[0].title) == "Mine now"
