"""The task that writes data pages of posts: by year, and of what stands beside each."""

from collections import Counter
from collections.abc import Iterable

from bots.data_writer import DataPages, Remembering
from bots.job import Changed, Job
from bots.report import Report
from space.data_pages.pages import (
    BLOCK_NAMES,
    POST_NAMES,
    Entry,
    Pages,
    beside_pages,
    post_pages,
    year_entries,
)
from space.data_pages.patches import (
    Family,
    NotPatchableError,
    Places,
    patch_family,
)
from space.dates.moments import utc_midnight
from space.wiki.values import Subpages

EMPTY = {"schema": 1, "posts": []}
SUMMARY = "bots-summary-blog-index"


def run(job: Job) -> Report:
    """Bring `Posts.json`, its parts and `Beside/…` to what is published."""
    if job.changed is not None:
        try:
            years = job.write(_part(job, job.changed))
        except NotPatchableError:
            pass
        else:
            return years + job.seldom("beside", lambda: job.write(_beside(job)))
    family, posts = _family(job), list(job.store.posts.all_versions())
    pages = post_pages(job.folder, posts)
    job.state.places[family.name] = Places.of(family, pages)
    names = Subpages(f"{job.folder}/Posts", POST_NAMES)
    report = job.write(DataPages(pages, (names,), EMPTY, SUMMARY))
    return report + job.seldom("beside", lambda: job.write(_beside(job)))


def _part(job: Job, changed: Changed) -> DataPages:
    """The pages on which changed pages stood or stand; raises `NotPatchableError`."""
    family = _family(job)
    if family.name not in job.state.places:
        raise NotPatchableError(family.name)

    def order(entries: Iterable[Entry]) -> list[Entry]:
        entries = list(entries)
        minutes = Counter(entry["published"] for entry in entries)
        tied = [e["id"] for e in entries if minutes[e["published"]] > 1]
        times = job.store.posts.published(tied)
        return sorted(
            entries,
            key=lambda e: (e["published"], times.get(e["id"], 0), e["id"]),
            reverse=True,
        )

    years = year_entries(job.store.posts.get(changed.pages).values())
    places, written = job.state.places[family.name], Remembering(job.written)
    pages = patch_family(places, written, changed.pages, years, order)
    return DataPages(pages, (), EMPTY, SUMMARY, part=True, stood=written.values)


def _beside(job: Job) -> DataPages:
    posts = list(job.store.posts.all_versions())
    coming = job.store.events.between(utc_midnight(job.today), None)
    pages: Pages = beside_pages(job.folder, posts, coming, job.today)
    names = Subpages(f"{job.folder}/Beside", BLOCK_NAMES)
    return DataPages(pages, (names,), EMPTY, SUMMARY, part=job.changed is not None)


def _family(job: Job) -> Family:
    return Family(job.folder, "Posts", "posts")
