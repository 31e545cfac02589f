"""Seeding of the sandbox wiki with the sample content (`python -m sandbox seed`).

Idempotent and resumable: of each page, as many saves and verdicts are skipped as the
page and its talk page have revisions; edits that people made since stay.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sandbox.accounts import PATROLLER
from sandbox.client import Client
from sandbox.old_pages import bring_in, old_saves, old_verdicts, verdict_heading
from sandbox.sample_lives import SamplePage, SampleStep
from sandbox.sample_pages import sample_pages
from sandbox.sample_talk import ask
from sandbox.wiki import SandboxWiki
from space.settings.reviewers import read_reviewers, reviewers_title

ROOT = "Space"
_BATCH = 50  # titles a request
_SHOWN_EACH = 20  # pages


def main(wiki: SandboxWiki) -> None:
    """Seed a running wiki as of today (UTC), with its progress on stderr."""
    pages = tuple(sample_pages(ROOT, datetime.now(UTC).date()))
    steps = seed(wiki, pages, lambda done: _progress(done, len(pages)))
    asked = ask(Client(wiki.place.api_url).login(PATROLLER.name), datetime.now(UTC))
    sign_up(Client(wiki.place.api_url))
    wiki.run_jobs()
    print(f"{len(pages)} sample pages, {steps} steps taken, {asked} questions asked")


def seed(
    wiki: SandboxWiki, pages: Sequence[SamplePage], progress: Callable[[int], None]
) -> int:
    """Bring every page to its state; the number of steps that this took.

    `progress` is called with the number of pages done. Raises `ApiError` if the wiki
    refuses.
    """
    people = People(wiki.place.api_url)
    titles = [page.title for page in pages]
    existing = _existing(people, [*titles, *map(_talk, titles)])
    old = [page for page in pages if page.began]
    taken = _bring_in(wiki, people, old, existing)
    progress(len(old))
    past = Past(people[PATROLLER.name], existing, _patrolled(people))
    new = (page for page in pages if not page.began)
    for done, page in enumerate(new, start=len(old) + 1):
        for step in past.left(page):
            _take(step, page.title, people[step.person])
            taken += 1
        progress(done)
    return taken


def sign_up(client: Client) -> None:
    """Let the patroller sign up as a reviewer where there is a page for it."""
    title = reviewers_title(ROOT)
    text = client.text(title)
    if text is not None and not read_reviewers(text):
        line = f"{{{{Space reviewer|{PATROLLER.name}|en; mi}}}}"
        client.login(PATROLLER.name).edit(title, f"{text.rstrip()}\n{line}\n")


def _bring_in(
    wiki: SandboxWiki,
    people: "People",
    pages: Sequence[SamplePage],
    existing: AbstractSet[str],
) -> int:
    """Import pages of years ago, then their talk pages."""
    missing = [page for page in pages if page.title not in existing]
    bring_in(wiki, {page.title: old_saves(page) for page in missing})
    silent = [page for page in pages if _talk(page.title) not in existing]
    revisions = _newest(people, [page.title for page in silent])
    talks = {page.title: old_verdicts(page, revisions[page.title]) for page in silent}
    spoken = {_talk(title): history for title, history in talks.items() if history}
    bring_in(wiki, spoken)
    return len(missing) + sum(map(len, spoken.values()))


@dataclass(frozen=True, slots=True)
class People:
    """The sample accounts, each signed in when first needed."""

    api_url: str
    _clients: dict[str, Client] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Client:
        if name not in self._clients:
            self._clients[name] = Client(self.api_url).login(name)
        return self._clients[name]


@dataclass(frozen=True, slots=True)
class Past:
    """Steps that were taken before, as the wiki's histories and logs tell."""

    reader: Client
    existing: AbstractSet[str]
    patrolled: AbstractSet[str]

    def left(self, page: SamplePage) -> Iterator[SampleStep]:
        """The steps of a page that were not taken yet."""
        taken = {
            "save": self._times(page, "save", page.title),
            "verdict": self._times(page, "verdict", _talk(page.title)),
            "patrol": int(page.title in self.patrolled),
        }
        for step in page.steps:
            if taken[step.verb] > 0:
                taken[step.verb] -= 1
            else:
                yield step

    def _times(self, page: SamplePage, verb: str, title: str) -> int:
        """How often a step of a sort was taken; 0 for a page that is not there."""
        if title not in self.existing:
            return 0
        expected = sum(step.verb == verb for step in page.steps)
        return len(_revisions(self.reader, title)) if expected > 1 else 1


def _take(step: SampleStep, title: str, person: Client) -> None:
    match step.verb:
        case "save":
            person.edit(title, step.text, summary=step.about)
        case "verdict":
            reason = f"|{step.text}" if step.text else ""
            call = f"{{{{subst:Space {step.about}{reason}}}}}"
            heading = verdict_heading(step.about)
            person.edit(_talk(title), call, section="new", sectiontitle=heading)
        case "patrol":
            first = _revisions(person, title)[0]
            person.post(action="patrol", revid=first, token=person.token("patrol"))


def _existing(people: People, titles: Sequence[str]) -> frozenset[str]:
    there: set[str] = set()
    for start in range(0, len(titles), _BATCH):
        answer = _query(people, titles=titles[start : start + _BATCH])
        there |= {page["title"] for page in answer["pages"] if "missing" not in page}
    return frozenset(there)


def _newest(people: People, titles: Sequence[str]) -> Mapping[str, int]:
    """Title → newest revision."""
    revisions: dict[str, int] = {}
    for start in range(0, len(titles), _BATCH):
        batch = titles[start : start + _BATCH]
        answer = _query(people, titles=batch, prop="info")
        revisions |= {page["title"]: page["lastrevid"] for page in answer["pages"]}
    return revisions


def _patrolled(people: People) -> frozenset[str]:
    asked = {"letype": "patrol", "leuser": PATROLLER.name, "lelimit": "max"}
    answer = _query(people, list="logevents", **asked)
    return frozenset(entry["title"] for entry in answer["logevents"])


def _query(people: People, **parameters: Any) -> dict[str, Any]:
    answer = people[PATROLLER.name].get(action="query", **parameters)
    return dict(answer["query"])


def _revisions(reader: Client, title: str) -> Sequence[int]:
    """Ids of an existing page's revisions, oldest first."""
    answer = reader.get(
        action="query",
        titles=title,
        prop="revisions",
        rvprop="ids",
        rvdir="newer",
        rvlimit="max",
    )
    (page,) = answer["query"]["pages"]
    return [revision["revid"] for revision in page["revisions"]]


def _talk(title: str) -> str:
    return f"Talk:{title}"


def _progress(done: int, total: int) -> None:
    if done % _SHOWN_EACH == 0 or done == total:
        print(f"sample pages: {done}/{total}", file=sys.stderr, flush=True)
