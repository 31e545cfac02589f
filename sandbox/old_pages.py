"""Pages with revisions of years ago, imported so that they keep their dates.

The format is MediaWiki's XML export, version 0.11
(https://www.mediawiki.org/wiki/Help:Export); `importDump` gives revisions to accounts
of the same name.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from tempfile import NamedTemporaryFile
from xml.sax.saxutils import escape

from sandbox.sample_lives import SamplePage, SampleStep
from sandbox.wiki import SandboxWiki
from space.text.messages import SOURCE, Translator, read_catalogue

_FORMAT = "http://www.mediawiki.org/xml/export-0.11/"


@dataclass(frozen=True, slots=True)
class OldRevision:
    """A revision with the time at which it is dated (aware)."""

    user: str
    at: datetime
    text: str
    summary: str


History = Sequence[OldRevision]


def bring_in(wiki: SandboxWiki, pages: Mapping[str, History]) -> None:
    """Import pages by title, each with its revisions from the oldest on."""
    if not pages:
        return
    with NamedTemporaryFile("w", suffix=".xml", encoding="utf-8") as file:
        file.write(_export(pages.items()))
        file.flush()
        wiki.settle()
        wiki.maintain("importDump", file.name)


def old_saves(page: SamplePage) -> History:
    """The revisions of a page itself, oldest first."""
    return [
        OldRevision(step.person, at, step.text, step.about)
        for step, at in _dated(page)
        if step.verb == "save"
    ]


def old_verdicts(page: SamplePage, revision: int) -> History:
    """The revisions of its talk page: a section for each verdict, oldest first."""
    sections: list[str] = []
    history = []
    for step, at in _dated(page):
        if step.verb == "verdict":
            heading = verdict_heading(step.about)
            line = _line(step, page.steps[0], revision, at)
            sections.append(f"== {heading} ==\n{line}")
            text = "\n\n".join(sections)
            history.append(OldRevision(step.person, at, text, f"/* {heading} */"))
    return history


def verdict_heading(verdict: str) -> str:
    """The heading over a verdict, as the wiki's own links prefill it."""
    return Translator(read_catalogue(), SOURCE).text(f"wiki-review-heading-{verdict}")


def _dated(page: SamplePage) -> Iterator[tuple[SampleStep, datetime]]:
    """The steps of a page that began years ago, each with its time."""
    for number, step in enumerate(page.steps):
        if page.began:
            yield step, page.began + timedelta(days=number)


def _line(step: SampleStep, first: SampleStep, revision: int, at: datetime) -> str:
    """The wikitext that `{{subst:Space approve}}` and the like leave behind."""
    kind = "event" if first.text.startswith("{{Space event") else "post"
    reason = f"|reason={step.text}" if step.text else ""
    call = f"{{{{Space review|{step.about}|rev={revision}|kind={kind}{reason}}}}}"
    author = f"@[[User:{first.person}|{first.person}]]"
    return f"{author}: {call} {_signature(step.person, at)}"


def _signature(user: str, at: datetime) -> str:
    when = at.astimezone(UTC)
    return (
        f"[[User:{user}|{user}]] ([[User talk:{user}|talk]])"
        f" {when:%H:%M}, {when.day} {when:%B %Y} (UTC)"
    )


def _export(pages: Iterable[tuple[str, History]]) -> str:
    texts = "".join(
        f"<page><title>{escape(title)}</title>{''.join(map(_revision, history))}</page>"
        for title, history in pages
    )
    return f'<mediawiki xmlns="{_FORMAT}" version="0.11">{texts}</mediawiki>'


def _revision(revision: OldRevision) -> str:
    return (
        f"<revision><timestamp>{revision.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        f"</timestamp><contributor><username>{escape(revision.user)}</username>"
        f"</contributor><comment>{escape(revision.summary)}</comment>"
        f'<text xml:space="preserve">{escape(revision.text)}</text></revision>'
    )
