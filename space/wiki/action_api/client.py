"""The port to a wiki over its action API."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from space.errors import (
    ConsumerRefusedError,
    NotSentError,
    SignedOutError,
    WikiBusyError,
    WikiUnavailableError,
)
from space.text.normal import normalize
from space.wiki.action_api import answers, api_errors
from space.wiki.action_api.edits import edit_outcome, edit_params
from space.wiki.action_api.session import (
    SMALLEST_BATCH,
    TALK_PAGE,
    USER_FIELDS,
    WikiSession,
    checked,
    is_list_item,
    well_formed,
)
from space.wiki.action_api.transport import Answer, Transport
from space.wiki.outcomes import (
    Busy,
    ConsumerRefused,
    NotSent,
    Outcome,
    SignedOut,
    Unknown,
    Unreachable,
)
from space.wiki.talk.discussion_tools import read_answer
from space.wiki.talk.wikitext import read_talk
from space.wiki.threads import Thread
from space.wiki.values import (
    Account,
    Change,
    Contribution,
    Edit,
    LogEntry,
    News,
    PageInfo,
    Rendering,
    RequestCount,
    Revision,
    Site,
    batches,
)

SPAM_LIST = "SpamBlacklist"

_INFO = {
    "prop": "info|pageprops",
    "ppprop": "translate-is-translation",
}
_TALK = {
    "action": TALK_PAGE,
    "prop": "threaditemshtml|transcludedfrom",
    "excludesignatures": "1",
}
_NO_TALK = frozenset(("missingcontent", "nosuchrevid"))
_REVISION = "ids|timestamp|user|userid|sha1|size|tags"
_TAKEN = "userexists"
"""Why no account can be made of a name that `list=users` does not know: a hidden one
has it (`AuthManager::canCreateAccount`)."""


class ApiWiki:
    """`space.wiki.port.Wiki` over a transport."""

    def __init__(self, transport: Transport) -> None:
        self._session = WikiSession(transport)
        self._site: Site | None = None

    @property
    def requests(self) -> RequestCount:
        """The requests sent so far."""
        return self._session.requests

    # Reading

    def site(self) -> Site:
        """See `WikiReader.site`."""
        if self._site is None:
            answer = self._session.ask(
                {
                    "meta": "siteinfo",
                    "siprop": "general|namespaces|namespacealiases|extensions",
                }
            )
            with well_formed():
                self._site = answers.site(answer["query"])
        return self._site

    def whoami(self) -> Account:
        """See `WikiReader.whoami`."""
        return self._session.sign_in()

    def transclusions(self, template: str) -> Iterator[PageInfo]:
        """See `WikiReader.transclusions`."""
        title = template if ":" in template else f"Template:{template}"
        params = {"generator": "embeddedin", "geititle": title, "geilimit": "max"}
        return self._infos(_INFO | params)

    def pages(self, ids: Iterable[int]) -> dict[int, PageInfo]:
        """See `WikiReader.pages`."""
        pages: dict[int, PageInfo] = {}
        for batch in self._session.batches(_existing(ids)):
            infos = self._infos(_INFO | {"pageids": "|".join(batch)})
            pages.update((info.id, info) for info in infos)
        return pages

    def pages_by_title(self, titles: Iterable[str]) -> dict[str, PageInfo]:
        """See `WikiReader.pages_by_title`."""
        pages: dict[str, PageInfo] = {}
        for title, row in self._session.rows_by_title(titles, _INFO):
            info = answers.page_info(row)
            if info:
                pages[title] = info
        return pages

    def redirects(self, titles: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """See `WikiReader.redirects`."""
        params = {"prop": "redirects", "rdprop": "title", "rdlimit": "max"}
        redirects: dict[str, tuple[str, ...]] = {}
        for title, page in self._session.rows_by_title(titles, params):
            rows = page.get("redirects", ())
            if rows:
                redirects[title] = tuple(sorted(row["title"] for row in rows))
        return redirects

    def subpages(self, title: str) -> Iterator[PageInfo]:
        """See `WikiReader.subpages`."""
        namespace = self.site().namespace_of(title)
        name = title.partition(":")[2] if namespace else title
        params = {
            "generator": "allpages",
            "gapnamespace": str(namespace),
            "gapprefix": f"{name}/",
            "gaplimit": "max",
        }
        return iter(sorted(self._infos(_INFO | params), key=lambda info: info.title))

    def wanted_categories(self, prefix: str) -> Iterator[str]:
        """See `WikiReader.wanted_categories`."""
        params = {
            "prop": "info",
            "generator": "allcategories",
            "gacprefix": prefix,
            "gacmin": "1",
            "gaclimit": "max",
        }
        rows = self._session.rows(params, "pages")
        return iter(sorted(row["title"] for row in rows if row.get("missing")))

    def revisions(self, ids: Iterable[int], *, text: bool) -> dict[int, Revision]:
        """See `WikiReader.revisions`."""
        revisions: dict[int, Revision] = {}
        for batch in self._session.batches(_existing(ids)):
            params = _revision_params(text=text) | {"revids": "|".join(batch)}
            for page in self._session.rows(params, "pages"):
                revisions.update((row.id, row) for row in answers.revisions(page))
        return revisions

    def texts(self, titles: Iterable[str]) -> dict[str, Revision]:
        """See `WikiReader.texts`."""
        params = _revision_params(text=True)
        newest: dict[str, Revision] = {}
        for title, row in self._session.rows_by_title(titles, params):
            for revision in answers.revisions(row):
                newest[title] = revision
        return newest

    def history(self, page_id: int, *, after: int = 0) -> list[Revision]:
        """See `WikiReader.history`; asks backwards, as `after` may be gone."""
        params = _revision_params(text=False) | {
            "pageids": str(page_id),
            "rvlimit": "max",
            "rvdir": "older",
        }
        newer: list[Revision] = []
        for answer in self._session.answers(params):
            for page in answer.get("query", {}).get("pages", ()):
                for revision in answers.revisions(page):
                    if revision.id <= after:
                        return newer[::-1]
                    newer.append(revision)
        return newer[::-1]

    def changes(self, since: datetime) -> Iterator[Change]:
        """See `WikiReader.changes`."""
        params = {
            "list": "recentchanges",
            "rctype": "edit|new",
            "rcprop": "ids|title|timestamp|user",
            "rcdir": "newer",
            "rcstart": answers.timestamp(since),
            "rclimit": "max",
        }
        return map(answers.change, self._session.rows(params, "recentchanges"))

    def log(
        self, log_type: str, since: datetime | None = None, title: str | None = None
    ) -> Iterator[LogEntry]:
        """See `WikiReader.log`."""
        params = {
            "list": "logevents",
            "letype": log_type,
            "leprop": "ids|title|type|user|timestamp|details",
            "ledir": "newer",
            "lelimit": "max",
        }
        if since is not None:
            params["lestart"] = answers.timestamp(since)
        if title is not None:
            params["letitle"] = title
        entries = map(answers.log_entry, self._session.rows(params, "logevents"))
        return (entry for entry in entries if entry is not None)

    def news(self, since: datetime) -> Iterator[News]:
        """See `WikiReader.news`."""
        start = answers.timestamp(since)
        params = {
            "list": "recentchanges|logevents",
            "rctype": "edit|new|log",
            # Only the details of a move have the title that the page has now.
            "rcprop": "ids|title|timestamp|user|loginfo",
            "rcdir": "newer",
            "rcstart": start,
            "rclimit": "max",
            # The patrol log is in recent changes only on wikis that say so.
            "leaction": "patrol/patrol",
            "leprop": "ids|title|timestamp|user",
            "ledir": "newer",
            "lestart": start,
            "lelimit": "max",
        }
        for answer in self._session.answers(params):
            found = answer.get("query", {})
            for row in found.get("recentchanges", ()):
                yield from answers.news_of_change(row)
            for row in found.get("logevents", ()):
                if row.get("title"):
                    yield answers.news(f"patrol {row['logid']}", row)

    def calling(
        self, titles: Iterable[str], templates: Iterable[str]
    ) -> frozenset[str]:
        """See `WikiReader.calling`."""
        names = "|".join(f"Template:{name}" for name in templates)
        params = {"prop": "templates", "tltemplates": names, "tllimit": "max"}
        rows = self._session.rows_by_title(titles, params)
        return frozenset(title for title, row in rows if row.get("templates"))

    def categorized(self, titles: Iterable[str], category: str) -> frozenset[str]:
        """See `WikiReader.categorized`."""
        params = {"prop": "categories", "clcategories": category, "cllimit": "max"}
        rows = self._session.rows_by_title(titles, params)
        return frozenset(title for title, row in rows if row.get("categories"))

    def contributions(
        self, user: str, since: datetime, namespaces: Iterable[int]
    ) -> Iterator[Contribution]:
        """See `WikiReader.contributions`."""
        params = {
            "list": "usercontribs",
            "ucuser": user,
            "ucnamespace": "|".join(map(str, sorted(namespaces))),
            "ucprop": "ids|title|timestamp|comment",
            "ucend": answers.timestamp(since),
            "uclimit": "max",
        }
        return map(answers.contribution, self._session.rows(params, "usercontribs"))

    def accounts(self, names: Iterable[str]) -> dict[str, Account]:
        """See `WikiReader.accounts`.

        Asked without the account: in a session with grants (OAuth, bot passwords)
        the wiki shows of anybody only the rights that the grants allow.
        """
        canonical = {name: _user_name(name) for name in dict.fromkeys(names)}
        accounts: dict[str, Account] = {}
        askable = sorted({name for name in canonical.values() if is_list_item(name)})
        for batch in batches(askable, SMALLEST_BATCH):
            params = {
                "list": "users",
                "ususers": "|".join(batch),
                "usprop": f"{USER_FIELDS}|registration",
            }
            for row in self._session.rows(params, "users", public=True):
                accounts[row["name"]] = answers.account(row)
        return {
            spelling: accounts.get(name, Account(name, exists=False))
            for spelling, name in canonical.items()
        }

    def hidden_accounts(self, names: Iterable[str]) -> frozenset[str]:
        """See `WikiReader.hidden_accounts`.

        Asked without the account: one that may see hidden accounts would find them.
        """
        canonical = {name: _user_name(name) for name in dict.fromkeys(names)}
        askable = sorted({name for name in canonical.values() if is_list_item(name)})
        hidden: set[str] = set()
        for batch in batches(askable, SMALLEST_BATCH):
            params = {
                "list": "users",
                "ususers": "|".join(batch),
                "usprop": "cancreate",
            }
            rows = self._session.rows(params, "users", public=True)
            hidden.update(row["name"] for row in rows if _is_taken(row))
        return frozenset(name for name, spelt in canonical.items() if spelt in hidden)

    def talk(self, pages: Iterable[PageInfo]) -> dict[int, tuple[Thread, ...]]:
        """See `WikiReader.talk`.

        A page that DiscussionTools fails on, as it may on a huge one, is read from its
        wikitext.
        """
        page_ids = {page.latest: page.id for page in pages}
        threads: dict[int, tuple[Thread, ...]] = {}
        unread = list(page_ids)
        if "DiscussionTools" in self.site().extensions:
            unread, talk = [], _TALK["action"]
            for revision, page in page_ids.items():
                answer = self._session.call({**_TALK, "oldid": str(revision)})
                error = answer.get("error", {})
                if error and _is_of_the_page(error):
                    unread.append(revision)
                elif error.get("code") not in _NO_TALK:
                    threads[page] = read_answer(checked(answer, talk)[talk])
        for revision, row in self.revisions(unread, text=True).items():
            if row.text is not None:
                threads[page_ids[revision]] = read_talk(row.text, self.site())
        return threads

    def spam(self, addresses: Iterable[str]) -> frozenset[str]:
        """See `WikiReader.spam`.

        The answer names the forbidden parts of addresses, of a whole batch. Asked
        without the account, which may be one that the list does not bind.
        """
        encoded = {url: url.replace("|", "%7C") for url in dict.fromkeys(addresses)}
        if not encoded or SPAM_LIST not in self.site().extensions:
            return frozenset()
        forbidden: set[str] = set()
        for batch in batches(list(encoded), SMALLEST_BATCH):
            urls = "|".join(encoded[url] for url in batch)
            params = {"action": "spamblacklist", "url": urls}
            answer = self._session.ask(params, public=True)["spamblacklist"]
            parts = [part.casefold() for part in answer.get("matches", ())]
            forbidden.update(
                url for url in batch if any(part in url.casefold() for part in parts)
            )
        return frozenset(forbidden)

    def compare(self, old: int, new: int, *, language: str = "en") -> str:
        """See `WikiReader.compare`."""
        params = {"action": "compare", "torev": str(new), "prop": "diff"}
        if old:
            params["fromrev"] = str(old)
        else:
            params |= {"fromslots": "main", "fromtext-main": ""}
            params["fromcontentmodel-main"] = "wikitext"
        answer = self._session.ask({**params, "uselang": language})
        return str(answer["compare"]["body"])

    def render(
        self, text: str, title: str, *, language: str = "en", preview: bool = True
    ) -> Rendering:
        """See `WikiReader.render`."""
        params = {
            "action": "parse",
            "text": text,
            "title": title,
            "contentmodel": "wikitext",
            "prop": "text|categories|parsewarnings",
            "disablelimitreport": "1",
            "disableeditsection": "1",
            # No <div> that says it is all in the language of the wiki.
            "wrapoutputclass": "",
            "uselang": language,
        }
        if preview:
            params |= {"preview": "1", "pst": "1"}
        return answers.rendering(self._session.ask(params)["parse"])

    # Writing

    def save(self, edit: Edit) -> Outcome:
        """See `Wiki.save`."""
        try:
            if self._session.account is None:
                self._sign_in()
            answer = self._submit(edit)
            if answer.get("error", {}).get("code") == "badtoken":
                self._sign_in()
                answer = self._submit(edit)
        except ConsumerRefusedError as error:
            return ConsumerRefused(str(error))
        except SignedOutError as error:
            return SignedOut(str(error))
        except WikiBusyError as error:
            return Busy(str(error))
        except NotSentError as error:
            return NotSent(str(error))
        except WikiUnavailableError as error:
            return Unreachable(str(error))
        return edit_outcome(answer)

    def _sign_in(self) -> None:
        """Ask for the account and a token to edit with; no edit was sent until then."""
        try:
            self._session.sign_in()
        except (SignedOutError, NotSentError):
            raise
        except WikiUnavailableError as error:
            raise NotSentError(str(error)) from error

    def _submit(self, edit: Edit) -> Answer:
        account = self._session.account
        if account is None or not account.exists:
            raise SignedOutError("nobody is signed in")
        params = edit_params(edit, account.name) | {"token": self._session.token}
        return self._session.call(params)

    def _infos(self, params: Mapping[str, str]) -> Iterator[PageInfo]:
        for row in self._session.rows(params, "pages"):
            info = answers.page_info(row)
            if info:
                yield info


def _is_of_the_page(error: Mapping[str, Any]) -> bool:
    """Whether the wiki's reader of talk pages failed, rather than had no time."""
    code = str(error.get("code", ""))
    if code in _NO_TALK:
        return False
    broken = code.startswith("internal_api_error")
    return broken or isinstance(api_errors.outcome(error), Unknown)


def _is_taken(user: Mapping[str, Any]) -> bool:
    """Whether a row of `list=users` is of no visible account, yet its name is taken."""
    errors = user.get("cancreateerror", ())
    return any(error.get("code") == _TAKEN for error in errors)


def _existing(ids: Iterable[int]) -> list[str]:
    """Ids that a page or revision may have, each once."""
    return [str(number) for number in dict.fromkeys(ids) if number > 0]


def _revision_params(*, text: bool) -> dict[str, str]:
    return {
        "prop": "revisions",
        "rvprop": f"{_REVISION}|content" if text else _REVISION,
        "rvslots": "main",
    }


def _user_name(name: str) -> str:
    name = " ".join(normalize("NFC", name).replace("_", " ").split())
    return name[:1].upper() + name[1:]
