"""The task that writes data pages of events: by month, of dates and of languages."""

from bots.data_writer import DataPages, Remembering
from bots.job import Changed, Job
from bots.report import Report
from space.data_pages.pages import (
    BLOCK,
    BLOCK_NAMES,
    EVENT_NAMES,
    Pages,
    date_pages,
    event_pages,
    month_entries,
    text_pages,
)
from space.data_pages.patches import (
    Family,
    NotPatchableError,
    Places,
    Read,
    patch_blocks,
    patch_family,
)
from space.wiki.values import Subpages

EMPTY = {"schema": 1, "events": []}
SUMMARY = "bots-summary-calendar"


def run(job: Job) -> Report:
    """Bring `Events.json`, its parts, `Dates/…` and `Texts/…` to what is published."""
    if job.changed is not None:
        try:
            return job.write(_part(job, job.changed))
        except NotPatchableError:
            pass
    return job.write(_whole(job))


def _whole(job: Job) -> DataPages:
    rows = list(job.store.events.with_dropped(None, None))
    pages = event_pages(job.folder, rows)
    family = _family(job)
    job.state.places[family.name] = Places.of(family, pages)
    return DataPages(
        pages={
            **pages,
            **date_pages(job.folder, rows, job.today),
            **text_pages(job.folder, rows),
        },
        families=(
            Subpages(f"{job.folder}/Events", EVENT_NAMES),
            Subpages(f"{job.folder}/Dates", BLOCK_NAMES),
            Subpages(f"{job.folder}/Texts", BLOCK_NAMES),
        ),
        empty=EMPTY,
        summary_key=SUMMARY,
    )


def _part(job: Job, changed: Changed) -> DataPages:
    """The pages on which changed pages stood or stand.

    Raises `NotPatchableError`.
    """
    family = _family(job)
    if family.name not in job.state.places:
        raise NotPatchableError(family.name)
    rows = list(job.store.events.of(changed.pages))
    written = Remembering(job.written)
    months = patch_family(
        job.state.places[family.name],
        written,
        changed.pages,
        month_entries(rows),
        lambda entries: sorted(entries, key=lambda each: (each["from"], each["id"])),
    )
    dates = date_pages(job.folder, rows, job.today)
    texts = text_pages(job.folder, rows)
    pages = {
        **months,
        **_blocks(job, written, "Dates", changed, dates),
        **_blocks(job, written, "Texts", changed, texts),
    }
    return DataPages(pages, (), EMPTY, SUMMARY, part=True, stood=written.values)


def _blocks(job: Job, read: Read, name: str, changed: Changed, new: Pages) -> Pages:
    """The pages of a family by blocks of ids, with the entries of changed pages."""
    blocks: dict[str, set[int]] = {}
    for page in sorted(changed.pages):
        blocks.setdefault(f"{job.folder}/{name}/{page // BLOCK}.json", set()).add(page)
    return patch_blocks(read, EMPTY, blocks, new)


def _family(job: Job) -> Family:
    return Family(job.folder, "Events", "events")
