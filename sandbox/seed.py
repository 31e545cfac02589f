"""Fill the sandbox wiki with the sample content (`python -m sandbox seed`).

Idempotent and resumable: of each page, as many saves and verdicts are skipped as the
page and its talk page have revisions; what people did to a page since stays.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sandbox.accounts import PATROLLER
from sandbox.client import Client
from sandbox.sample_lives import SamplePage, Step
from sandbox.sample_pages import sample_pages
from sandbox.wiki import Wiki

ROOT = "Space"
_BATCH = 50  # titles a request
_SHOWN_EACH = 20  # pages


def main(wiki: Wiki) -> None:
    """Seed a running wiki as of today (UTC); says how far it is on stderr."""
    pages = tuple(sample_pages(ROOT, datetime.now(UTC).date()))
    seeding = Seeding(wiki.place.api_url)
    edits = seeding.run(pages, lambda done: _progress(done, len(pages)))
    wiki.run_jobs()
    print(f"{len(pages)} sample pages, {edits} edits")


def _progress(done: int, total: int) -> None:
    if done % _SHOWN_EACH == 0 or done == total:
        print(f"sample pages: {done}/{total}", file=sys.stderr, flush=True)


@dataclass(slots=True)
class Seeding:
    """Acts for the sample accounts of one wiki, each signed in when first needed."""

    api_url: str
    _people: dict[str, Client] = field(default_factory=dict)
    _done: int = 0

    def run(
        self, pages: tuple[SamplePage, ...], progress: Callable[[int], None]
    ) -> int:
        """Bring every page to its state; gives the number of steps that were left."""
        there = self._existing([page.title for page in pages])
        for done, page in enumerate(pages, start=1):
            if page.title not in there or len(page.steps) > 1:
                self._page(page, is_new=page.title not in there)
            progress(done)
        return self._done

    def _page(self, page: SamplePage, *, is_new: bool) -> None:
        talk = f"Talk:{page.title}"
        left = {
            "save": 0 if is_new else len(self._revisions(page.title)),
            "verdict": 0 if is_new else len(self._revisions(talk)),
        }
        for step in page.steps:
            if left.get(step.verb, 0) > 0:
                left[step.verb] -= 1
            else:
                self._take(step, page.title, talk)

    def _take(self, step: Step, title: str, talk: str) -> None:
        person = self._person(step.person)
        match step.verb:
            case "save":
                person.edit(title, step.text, summary=step.summary)
            case "verdict":
                heading = step.summary.capitalize()
                person.edit(talk, step.text, section="new", sectiontitle=heading)
            case "patrol":
                if self._is_patrolled(title):
                    return
                first = self._revisions(title)[0]
                person.post(action="patrol", revid=first, token=person.token("patrol"))
        self._done += 1

    def _person(self, name: str) -> Client:
        if name not in self._people:
            self._people[name] = Client(self.api_url).login(name)
        return self._people[name]

    def _existing(self, titles: Sequence[str]) -> frozenset[str]:
        there: set[str] = set()
        for start in range(0, len(titles), _BATCH):
            batch = titles[start : start + _BATCH]
            answer = self._person(PATROLLER.name).get(action="query", titles=batch)
            there |= {
                page["title"]
                for page in answer["query"]["pages"]
                if not page.get("missing")
            }
        return frozenset(there)

    def _revisions(self, title: str) -> Sequence[int]:
        """Ids of a page's revisions, oldest first; none if there is no page."""
        answer = self._person(PATROLLER.name).get(
            action="query",
            titles=title,
            prop="revisions",
            rvprop="ids",
            rvdir="newer",
            rvlimit="max",
        )
        (page,) = answer["query"]["pages"]
        return [revision["revid"] for revision in page.get("revisions", ())]

    def _is_patrolled(self, title: str) -> bool:
        answer = self._person(PATROLLER.name).get(
            action="query", list="logevents", letype="patrol", letitle=title, lelimit=1
        )
        return bool(answer["query"]["logevents"])
