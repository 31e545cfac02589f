"""Delivery of a digest to talk pages of one wiki: to each once, whatever happens.

Nothing is remembered. Before the first message the wiki is asked for all that the bot
has edited there since the week was over, so a run that was killed between two pages, or
whose edit was saved without an answer, is followed by one that goes on behind it. Nor
does it matter what people did with a message: archived or removed, it stays in the
bot's contributions. https://www.mediawiki.org/wiki/API:Usercontribs
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import mwparserfromhell

from bots.report import Did, PageReport, Report
from bots.saving import Saver, over_pages, page_report
from space.digest.digest_text import digest_key
from space.digest.weeks import Week
from space.text.messages import Translator
from space.wiki.port import WikiReader
from space.wiki.values import Edit, Site

OPTED_OUT = "Category:Opted-out of message delivery"
"""The category of pages that want no messages, as MassMessage has it."""
MESSENGER = "MediaWiki message delivery"
"""The account of MassMessage: what a person has sent is not sent again."""
_USER_TALK, _PROJECT = 3, 4
_REDIRECT_LENGTH = 1000  # characters of a redirect that are read
SIGNATURE = "~~~~"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message to a page: its text is of `key`, in `language`."""

    title: str
    key: str
    language: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """Delivers messages of a week on the wiki of `saver`.

    `where` stands before titles in reports.
    """

    saver: Saver
    account: str
    week: Week
    translator: Translator
    where: str = ""

    @property
    def wiki(self) -> WikiReader:
        """The wiki, to be asked."""
        return self.saver.wiki

    def deliver(self, parcels: Sequence[Parcel], most: int) -> Report:
        """Deliver at most so many; a remark tells of those that wait for the next run.

        Raises `WikiUnavailableError`.
        """
        sent = self._sent()
        left = [
            each
            for each in parcels
            if not self._has(sent.get(_base(each.title), ()), each)
        ]
        pages = self._pages(list(dict.fromkeys(each.title for each in left)))
        waiting: dict[tuple[str, str], Parcel] = {}
        for parcel in left:
            title = pages.get(parcel.title)
            if title and not self._has(sent.get(_base(title), ()), parcel):
                waiting.setdefault((title, parcel.language), parcel)
        report = over_pages(
            list(waiting.items())[:most],
            lambda each: self._send(each[0][0], each[1]),
            self.saver.stop,
        )
        later = len(waiting) - most
        if later > 0:
            remark = f"{self.where}{later} messages wait for the next run"
            report += Report(remarks=(remark,))
        return report

    def _send(self, title: str, parcel: Parcel) -> PageReport:
        edit = Edit(
            title=title,
            text=f"{parcel.text}\n{SIGNATURE}",
            summary=self.translator.text("bots-summary-digest-delivery", parcel.key),
            section_heading=parcel.subject,
            bot=True,
        )
        outcome = self.saver.save(edit)
        name = f"{self.where}{title}"
        return page_report(name, outcome, self.translator, parcel.key)

    def _sent(self) -> Mapping[str, Collection[str | None]]:
        """Page, without what stands below it → summaries of messages since the week."""
        sent: dict[str, set[str | None]] = {}
        numbers = [n for n in self.wiki.site().namespaces if _takes_messages(n)]
        for account in (self.account, MESSENGER):
            for each in self.wiki.contributions(account, self.week.end, numbers):
                sent.setdefault(_base(each.title), set()).add(each.summary)
        return sent

    def _has(self, summaries: Collection[str | None], parcel: Parcel) -> bool:
        """Whether one of the summaries is of this digest; a hidden one counts as it."""
        key = digest_key(self.week, parcel.language)
        ways = (parcel.subject, f"{key} ", f"{key}/")
        return any(
            said is None or any(way in f"{said} " for way in ways) for said in summaries
        )

    def _pages(self, titles: Sequence[str]) -> Mapping[str, str]:
        """Title of a list → page that takes messages; others are absent."""
        site = self.wiki.site()
        found = dict(self._followed(titles, site))
        people = {title: _user(title, site) for title in found.values()}
        accounts = self.wiki.accounts(name for name in people.values() if name)
        opted_out = self.wiki.categorized(people, OPTED_OUT)
        able = {
            title
            for title, name in people.items()
            if title not in opted_out
            and (
                name is None
                or (
                    accounts[name].exists
                    and not accounts[name].blocked
                    and not accounts[name].temporary
                )
            )
        }
        return {asked: title for asked, title in found.items() if title in able}

    def _followed(self, titles: Sequence[str], site: Site) -> Iterator[tuple[str, str]]:
        """Titles with the pages that they lead to, where messages may be."""
        infos = self.wiki.pages_by_title(titles)
        moved = [title for title, info in infos.items() if info.redirect]
        texts = self.wiki.texts(moved) if moved else {}
        targets = {title: _redirect(texts[title].text or "") for title in texts}
        behind = self.wiki.pages_by_title(filter(None, targets.values()))
        for asked in titles:
            title, info = asked, infos.get(asked)
            if info and info.redirect:
                title = targets.get(asked, "")
                info = behind.get(title)
            if info and info.redirect:
                continue
            title = info.title if info else title
            number = site.namespace_of(title)
            if number == _USER_TALK or (info and _takes_messages(number)):
                name = title.partition(":")[2]
                yield asked, f"{site.namespaces[number][0]}:{name}"


def _takes_messages(namespace: int) -> bool:
    """Whether messages may be on pages of a namespace: talk and the project's own."""
    return namespace == _PROJECT or (namespace > 0 and namespace % 2 == 1)


def _user(title: str, site: Site) -> str | None:
    """The account whose talk page this is, or is above it; None for other pages."""
    if site.namespace_of(title) != _USER_TALK:
        return None
    return _base(title).partition(":")[2]


def _base(title: str) -> str:
    """The title without what stands below it, such as an archive."""
    return title.partition("/")[0]


def _redirect(text: str) -> str:
    """The title that a redirect names; empty where none is found."""
    start = text.lstrip()[:_REDIRECT_LENGTH]
    links = mwparserfromhell.parse(start).filter_wikilinks()
    target = str(links[0].title).partition("#")[0].strip() if links else ""
    return target.lstrip(":")


_HANDLED = frozenset((Did.WRITTEN, Did.UNCHANGED, Did.REFUSED, Did.LEFT))


def is_complete(report: Report) -> bool:
    """Whether each page has what it is to have or will not take it, and none waits."""
    done = all(page.did in _HANDLED for page in report.pages)
    return done and not (report.troubles or report.stopped or report.remarks)
