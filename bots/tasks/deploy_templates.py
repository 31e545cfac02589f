"""The task that deploys `lua_templates/`, but for pages that others changed.

A page is the bot's if its text is that of any revision by the bot. Another text is the
community's: the page is left and the difference is shown, until somebody takes it into
the repository or names the page with `--adopt`. No translation is made of an original
that the community has changed, since it would say something else.
"""

import difflib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bots.job import Job
from bots.manifest import DeployedPage, sources
from bots.report import Did, PageReport, Report
from bots.saving import Saver, over_pages, page_report
from space.text.messages import Translator
from space.wiki.port import WikiReader
from space.wiki.values import Edit, Revision


def run(job: Job) -> Report:
    """Deploy the manifest's pages with this wiki's names filled in."""
    names = {
        "root": job.config.root,
        "bot": job.account,
        "tool": job.config.public_url,
        "data": (job.settings.data_pages or "").removeprefix("Data:"),
    }
    deployment = Deployment(
        wiki=job.wiki,
        saver=job.saver,
        bots=job.bots,
        adopt=job.options.adopt,
        translator=job.translator,
    )
    translate = "Translate" in job.wiki.site().extensions
    return deployment.run(sources(names, translate=translate))


@dataclass(frozen=True, slots=True)
class Deployment:
    """A deployment of pages.

    `bots` are the accounts whose texts may be replaced: the bot and its predecessors.
    `adopt` are titles that may be written whoever made or changed them.
    """

    wiki: WikiReader
    saver: Saver
    bots: Collection[str]
    adopt: Collection[str]
    translator: Translator

    def run(self, pages: Sequence[DeployedPage]) -> Report:
        """Deploy every page; one that cannot be written keeps no other back."""
        current = self.wiki.texts(_titles(pages))
        report = over_pages(
            pages,
            lambda source: self._page(source, current),
            self.saver.stop,
        )
        titles = {source.title for source in pages}
        unknown = sorted(title for title in self.adopt if title not in titles)
        problems = tuple(f"--adopt {title}: no such page here" for title in unknown)
        return report + Report(problems=problems)

    def _page(self, source: DeployedPage, before: Mapping[str, Revision]) -> PageReport:
        """Deploy a page; `before` are the pages of the wiki as they were, by title."""
        current = before.get(source.title)
        if current is None:
            return self._new(source, before.get(source.original))
        if current.text == source.text:
            return PageReport(source.title, Did.UNCHANGED)
        if source.title in self.adopt:
            return self._write(source, current)
        if source.once:
            return PageReport(source.title, Did.LEFT)
        stranger = self._stranger(current)
        if stranger:
            detail = f"{stranger}\n{_difference(source, current)}"
            return PageReport(source.title, Did.KNOWS_NOT, detail)
        return self._write(source, current)

    def _new(self, source: DeployedPage, original: Revision | None) -> PageReport:
        """Make a page; a translation not where its original is the community's."""
        if original and source.title not in self.adopt and self._stranger(original):
            return PageReport(source.title, Did.LEFT)
        return self._write(source, None)

    def _stranger(self, current: Revision) -> str:
        """Why the page is not the bot's to write; empty if it is."""
        history = self.wiki.history(current.page_id)
        if history and history[0].user not in self.bots:
            return f"{history[0].user} made this page"
        ours = {revision.sha1 for revision in history if revision.user in self.bots}
        if current.sha1 is None or current.sha1 not in ours:
            return f"{current.user} changed this page"
        return ""

    def _write(self, source: DeployedPage, current: Revision | None) -> PageReport:
        edit = Edit(
            title=source.title,
            text=source.text,
            summary=self.translator.text("bots-summary-deploy"),
            base=current.id if current else None,
            bot=True,
        )
        preview = _difference(source, current) if current else "new page"
        outcome = self.saver.save(edit)
        return page_report(source.title, outcome, self.translator, preview)


def _titles(pages: Sequence[DeployedPage]) -> list[str]:
    """Titles of pages and of their originals, each once."""
    named = (title for page in pages for title in (page.title, page.original))
    return list(dict.fromkeys(title for title in named if title))


def _difference(source: DeployedPage, current: Revision) -> str:
    """The unified diff from the wiki's text to the repository's."""
    return "\n".join(
        difflib.unified_diff(
            (current.text or "").splitlines(),
            source.text.splitlines(),
            f"wiki: {source.title}",
            f"repository: {source.title}",
            lineterm="",
        )
    )
