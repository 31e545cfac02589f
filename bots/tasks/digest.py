"""The task that writes the weekly digest, and delivers it where the bot may."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from bots.delivery import Delivery, Parcel, is_complete
from bots.job import Job
from bots.report import Did, PageReport, Report
from bots.saving import over_pages, page_report
from space.digest.digest_text import DigestText, digest_title, write_digest
from space.digest.regions import REGIONS, Region
from space.digest.selection import Digest, gather
from space.digest.subscribers import Target, list_title, read_targets
from space.digest.weeks import Week
from space.errors import WikiUnavailableError
from space.store.keys import DIGEST
from space.text.messages import Translator
from space.wiki.port import Wiki
from space.wiki.values import Edit, Revision

MOST = 50
"""Messages on a wiki in one run; the next run goes on."""
_NOTHING = "nothing"
"""In place of a hash, for a week without a digest."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A digest in one language, with one region's events or none's.

    `subscribers` is the title of its list.
    """

    text: DigestText
    subscribers: str
    page_title: str
    wikitext: str


def run(job: Job) -> Report:
    """Write last week's digest, and deliver it to whoever has not got it.

    Nothing where the settings name no language, and nothing to send is no digest: then
    only pages lose what was taken back since. What was complete is not looked at again
    before a list or a text changes.
    """
    languages = job.settings.digest_languages
    week = Week.of(job.today).previous
    digest = gather(job.store, week, job.now) if languages else Digest(week)
    before = job.store.value(DIGEST)
    if not digest and (before in {None, _NOTHING} or not languages):
        return Report()
    lists = {
        list_title(job.config.root, language, region): (language, region)
        for language in languages
        for region in (*REGIONS, None)  # who is on two lists gets the one with more
    }
    versions = {
        title: page.latest for title, page in job.wiki.pages_by_title(lists).items()
    }
    editions = [
        edition_of(job, digest, language, region)
        for title, (language, region) in lists.items()
        if region is None or title in versions
    ]
    hosts = sorted(job.delivery_wikis)
    state = _state(editions, [*versions.items(), *hosts]) if digest else _NOTHING
    if before == state:
        return Report()
    written = _write_pages(job, editions, creating=bool(digest))
    delivered, is_done = (
        _deliver(job, week, editions, list(versions)) if digest else (Report(), True)
    )
    if is_done and is_complete(written):
        job.update(lambda: job.store.set_value(DIGEST, state))
    return written + delivered


def edition_of(
    job: Job, digest: Digest, language: str, region: Region | None
) -> Edition:
    """The digest in a language, with a region's events."""
    root = job.config.root
    say = Translator(job.translator.catalogue, language)
    text = write_digest(digest, say, root, region)
    prefix = job.settings.link_prefix(job.wiki.site().host)
    return Edition(
        text,
        list_title(root, language, region),
        digest_title(root, text.key),
        text.wikitext(prefix),
    )


def _state(editions: Iterable[Edition], others: Iterable[object]) -> str:
    """A hash of all that pages and messages are made from."""
    texts = (f"{each.page_title}\n{each.wikitext}" for each in editions)
    return sha256("\n\n".join([*texts, *map(repr, others)]).encode()).hexdigest()


def _write_pages(job: Job, editions: Sequence[Edition], *, creating: bool) -> Report:
    """Bring the digest's pages to their texts; what others edited is theirs.

    Only those that are there, unless it is `creating` others.
    """
    pages = job.wiki.texts(each.page_title for each in editions)
    if not creating:
        editions = [each for each in editions if each.page_title in pages]

    def write(edition: Edition) -> PageReport:
        return _write_page(job, edition, pages.get(edition.page_title))

    return over_pages(editions, write, job.saver.stop)


def _write_page(job: Job, edition: Edition, page: Revision | None) -> PageReport:
    title, text = edition.page_title, edition.wikitext
    if page and page.text == text:
        return PageReport(title, Did.UNCHANGED)
    if page and page.user != job.account:
        return PageReport(title, Did.LEFT)
    edit = Edit(
        title=title,
        text=text,
        summary=job.translator.text("bots-summary-digest", edition.text.key),
        base=page.id if page else None,
        bot=True,
    )
    return page_report(title, job.save(edit), job.translator, text)


def _deliver(
    job: Job, week: Week, editions: Sequence[Edition], lists: Sequence[str]
) -> tuple[Report, bool]:
    """Deliver to the wikis that the deployment names; and whether all is delivered."""
    own = job.wiki.site().host
    if not job.delivery_wikis or not lists:
        return Report(), True
    texts = job.wiki.texts(lists)
    targets = {
        title: read_targets(page.text or "", own) for title, page in texts.items()
    }
    total, is_done = Report(), True
    for host, connect in job.delivery_wikis.items():
        parcels = list(_parcels(editions, targets, host))
        if job.saver.stop.seen or not parcels:
            continue
        there = None if host == own else connect
        report = _deliver_on(job, week, host, there, parcels)
        is_done = is_done and is_complete(report)
        total += report
    return total, is_done and not job.saver.stop.seen


def _parcels(
    editions: Sequence[Edition], targets: Mapping[str, Sequence[Target]], host: str
) -> Iterator[Parcel]:
    for edition in editions:
        for target in targets.get(edition.subscribers, ()):
            if target.site == host:
                text = edition.text
                yield Parcel(
                    target.title,
                    text.key,
                    text.language,
                    text.subject,
                    edition.wikitext,
                )


def _deliver_on(
    job: Job,
    week: Week,
    host: str,
    connect: Callable[[], Wiki] | None,
    parcels: Sequence[Parcel],
) -> Report:
    """Deliver on one wiki, which is the job's own where there is no way to connect.

    Trouble there touches no other.
    """
    where = f"{host}: " if connect else ""
    try:
        saver = job.saver.on(connect()) if connect else job.saver
        delivery = Delivery(saver, job.account, week, job.translator, where)
        return delivery.deliver(parcels, MOST)
    except WikiUnavailableError as error:
        return Report.of_trouble(host, error)
