"""The port to a wiki over its action API."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from space.errors import ConsumerRefusedError, SignedOutError, WikiUnavailableError
from space.wiki.action_api import answers, api_errors
from space.wiki.action_api.transport import Answer, Transport
from space.wiki.outcomes import (
    ConsumerRefused,
    NoChange,
    Outcome,
    Saved,
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
    Edit,
    LogEntry,
    PageInfo,
    Rendering,
    RequestCount,
    Revision,
    Site,
    batches,
)

SMALLEST_BATCH = 50
LARGEST_BATCH = 500  # with the right `apihighlimits`
SPAM_LIST = "SpamBlacklist"

_INFO = {
    "prop": "info|pageprops",
    "ppprop": "translate-is-translation",
}
_TALK = {
    "action": "discussiontoolspageinfo",
    "prop": "threaditemshtml|transcludedfrom",
    "excludesignatures": "1",
}
_NO_TALK = frozenset(("missingcontent", "nosuchrevid"))
_REVISION = "ids|timestamp|user|sha1|size|tags"
_USER = "groups|rights|blockinfo|editcount"


class ApiWiki:
    """`space.wiki.port.Wiki` over a transport; `requests` counts what was asked."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._site: Site | None = None
        self._me: Account | None = None
        self._token = ""
        self.requests = RequestCount()

    # Reading

    def site(self) -> Site:
        """See `WikiReader.site`."""
        if self._site is None:
            answer = self._ask(
                {
                    "meta": "siteinfo",
                    "siprop": "general|namespaces|namespacealiases|extensions",
                }
            )
            with _in_known_form():
                self._site = answers.site(answer["query"])
        return self._site

    def whoami(self) -> Account:
        """See `WikiReader.whoami`."""
        return self._sign()[0]

    def transclusions(self, template: str) -> Iterator[PageInfo]:
        """See `WikiReader.transclusions`."""
        title = template if ":" in template else f"Template:{template}"
        params = {"generator": "embeddedin", "geititle": title, "geilimit": "max"}
        return self._infos(_INFO | params)

    def pages(self, ids: Iterable[int]) -> dict[int, PageInfo]:
        """See `WikiReader.pages`."""
        wanted = [str(number) for number in dict.fromkeys(ids) if number > 0]
        found: dict[int, PageInfo] = {}
        for batch in self._batches(wanted):
            infos = self._infos(_INFO | {"pageids": "|".join(batch)})
            found.update((info.id, info) for info in infos)
        return found

    def pages_by_title(self, titles: Iterable[str]) -> dict[str, PageInfo]:
        """See `WikiReader.pages_by_title`."""
        found: dict[str, PageInfo] = {}
        for asked, row in self._by_title(titles, _INFO):
            info = answers.page_info(row)
            if info:
                found[asked] = info
        return found

    def redirects(self, titles: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """See `WikiReader.redirects`."""
        params = {"prop": "redirects", "rdprop": "title", "rdlimit": "max"}
        found: dict[str, tuple[str, ...]] = {}
        for asked, page in self._by_title(titles, params):
            rows = page.get("redirects", ())
            if rows:
                found[asked] = tuple(sorted(row["title"] for row in rows))
        return found

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

    def revisions(self, ids: Iterable[int], *, text: bool) -> dict[int, Revision]:
        """See `WikiReader.revisions`."""
        wanted = [str(number) for number in dict.fromkeys(ids) if number > 0]
        found: dict[int, Revision] = {}
        for batch in self._batches(wanted):
            params = _revision_params(text=text) | {"revids": "|".join(batch)}
            for page in self._rows(params, "pages"):
                found.update((row.id, row) for row in answers.revisions(page))
        return found

    def texts(self, titles: Iterable[str]) -> dict[str, Revision]:
        """See `WikiReader.texts`."""
        found: dict[str, Revision] = {}
        for asked, row in self._by_title(titles, _revision_params(text=True)):
            for revision in answers.revisions(row):
                found[asked] = revision
        return found

    def history(self, page_id: int, *, after: int = 0) -> list[Revision]:
        """See `WikiReader.history`; asks backwards, as `after` may be gone."""
        params = _revision_params(text=False) | {
            "pageids": str(page_id),
            "rvlimit": "max",
            "rvdir": "older",
        }
        newer: list[Revision] = []
        for answer in self._answers(params):
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
        return map(answers.change, self._rows(params, "recentchanges"))

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
        entries = map(answers.log_entry, self._rows(params, "logevents"))
        return (entry for entry in entries if entry is not None)

    def accounts(self, names: Iterable[str]) -> dict[str, Account]:
        """See `WikiReader.accounts`.

        Asked without the account: in a session with grants (OAuth, bot passwords)
        the wiki shows of anybody only the rights that the grants allow.
        """
        canonical = {name: _user_name(name) for name in dict.fromkeys(names)}
        found: dict[str, Account] = {}
        askable = sorted({name for name in canonical.values() if _is_one_value(name)})
        for batch in batches(askable, SMALLEST_BATCH):
            params = {
                "list": "users",
                "ususers": "|".join(batch),
                "usprop": f"{_USER}|registration",
            }
            for row in self._rows(params, "users", public=True):
                found[row["name"]] = answers.account(row)
        return {
            asked: found.get(name, Account(name, exists=False))
            for asked, name in canonical.items()
        }

    def talk(self, pages: Iterable[PageInfo]) -> dict[int, tuple[Thread, ...]]:
        """See `WikiReader.talk`.

        A page that DiscussionTools fails on, as it may on a huge one, is read from its
        wikitext.
        """
        wanted = {page.latest: page.id for page in pages}
        found: dict[int, tuple[Thread, ...]] = {}
        unread = list(wanted)
        if "DiscussionTools" in self.site().extensions:
            unread = []
            for revision, page in wanted.items():
                answer = self._call({**_TALK, "oldid": str(revision)})
                error = answer.get("error", {})
                if error and _is_of_the_page(error):
                    unread.append(revision)
                elif error.get("code") not in _NO_TALK:
                    found[page] = read_answer(checked(answer)[_TALK["action"]])
        for revision, row in self.revisions(unread, text=True).items():
            if row.text is not None:
                found[wanted[revision]] = read_talk(row.text, self.site())
        return found

    def spam(self, addresses: Iterable[str]) -> frozenset[str]:
        """See `WikiReader.spam`.

        The answer names the forbidden parts of addresses, of a whole batch. Asked
        without the account, which may be one that the list does not bind.
        """
        wanted = {each: each.replace("|", "%7C") for each in dict.fromkeys(addresses)}
        if not wanted or SPAM_LIST not in self.site().extensions:
            return frozenset()
        found: set[str] = set()
        for batch in batches(list(wanted), SMALLEST_BATCH):
            urls = "|".join(wanted[address] for address in batch)
            params = {"action": "spamblacklist", "url": urls}
            answer = self._ask(params, public=True)["spamblacklist"]
            parts = [part.casefold() for part in answer.get("matches", ())]
            found.update(
                address
                for address in batch
                if any(part in address.casefold() for part in parts)
            )
        return frozenset(found)

    def compare(self, old: int, new: int, *, language: str = "en") -> str:
        """See `WikiReader.compare`."""
        params = {"action": "compare", "torev": str(new), "prop": "diff"}
        if old:
            params["fromrev"] = str(old)
        else:
            params |= {"fromslots": "main", "fromtext-main": ""}
            params["fromcontentmodel-main"] = "wikitext"
        answer = self._ask({**params, "uselang": language})
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
        return answers.rendering(self._ask(params)["parse"])

    # Writing

    def save(self, edit: Edit) -> Outcome:
        """See `Wiki.save`."""
        try:
            if self._me is None:
                self._sign()
            answer = self._submit(edit)
            if answer.get("error", {}).get("code") == "badtoken":
                self._sign()
                answer = self._submit(edit)
        except ConsumerRefusedError as error:
            return ConsumerRefused(str(error))
        except SignedOutError as error:
            return SignedOut(str(error))
        except WikiUnavailableError as error:
            return Unreachable(str(error))
        return _edit_outcome(answer)

    def _submit(self, edit: Edit) -> Answer:
        me = self._me
        if me is None or not me.exists:
            raise SignedOutError("nobody is signed in")
        return self._call(_edit_params(edit, me.name) | {"token": self._token})

    def _sign(self) -> tuple[Account, str]:
        """Who this port acts for, and the token to write with."""
        params = {"meta": "userinfo|tokens", "uiprop": f"{_USER}|registrationdate"}
        answer = self._ask(params)
        with _in_known_form():
            me = answers.account(answer["query"]["userinfo"])
            token = answer["query"]["tokens"]["csrftoken"]
        self._me, self._token = me, token
        return me, token

    # Asking

    def _infos(self, params: Mapping[str, str]) -> Iterator[PageInfo]:
        for row in self._rows(params, "pages"):
            info = answers.page_info(row)
            if info:
                yield info

    def _by_title(
        self, titles: Iterable[str], params: Mapping[str, str]
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Rows of pages, each with the title as it was asked for."""
        asked: dict[str, list[str]] = {}
        for title in dict.fromkeys(titles):
            if _is_one_value(title):
                # The wiki answers in normal form C whatever it was asked in.
                asked.setdefault(unicodedata.normalize("NFC", title), []).append(title)
        for batch in self._batches(list(asked)):
            rows: dict[str, Mapping[str, Any]] = {}
            named: dict[str, str] = {}
            for answer in self._answers({**params, "titles": "|".join(batch)}):
                query = answer.get("query", {})
                named |= {row["from"]: row["to"] for row in query.get("normalized", ())}
                for row in query.get("pages", ()):
                    rows[row["title"]] = _merged(rows.get(row["title"]), row)
            for title in batch:
                row = rows.get(named.get(title, title))
                if row:
                    yield from ((original, row) for original in asked[title])

    def _batches(self, values: Sequence[str]) -> Iterator[Sequence[str]]:
        size = SMALLEST_BATCH
        if len(values) > size:
            if self._me is None:
                self._sign()
            if self._me and "apihighlimits" in self._me.rights:
                size = LARGEST_BATCH
        return batches(values, size)

    def _rows(
        self, params: Mapping[str, str], key: str, *, public: bool = False
    ) -> Iterator[Mapping[str, Any]]:
        """Rows under `query`, complete: a page may come in parts."""
        waiting: dict[object, Mapping[str, Any]] = {}
        for answer in self._answers(params, public=public):
            for row in answer.get("query", {}).get(key, ()):
                if key == "pages":
                    page = row.get("pageid", row.get("title"))
                    waiting[page] = _merged(waiting.get(page), row)
                else:
                    yield row
            if answer.get("batchcomplete"):
                yield from waiting.values()
                waiting.clear()
        yield from waiting.values()

    def _answers(
        self, params: Mapping[str, str], *, public: bool = False
    ) -> Iterator[Answer]:
        more: Mapping[str, str] = {}
        while True:
            answer = self._ask({**params, **more}, public=public)
            yield answer
            if "continue" not in answer:
                return
            more = answer["continue"]

    def _ask(self, params: Mapping[str, str], *, public: bool = False) -> Answer:
        return checked(self._call({"action": "query", **params}, public=public))

    def _call(self, params: Mapping[str, str], *, public: bool = False) -> Answer:
        if "content" in params.get("rvprop", "") or params["action"] == _TALK["action"]:
            self.requests.content += 1
        else:
            self.requests.other += 1
        everywhere = {"format": "json", "formatversion": "2"}
        write = params["action"] == "edit"
        return self._transport.call(
            {**params, **everywhere}, write=write, public=public
        )


def _is_of_the_page(error: Mapping[str, Any]) -> bool:
    """Whether the wiki's reader of talk pages failed, rather than had no time."""
    code = str(error.get("code", ""))
    if code in _NO_TALK:
        return False
    broken = code.startswith("internal_api_error")
    return broken or isinstance(api_errors.outcome(error), Unknown)


@contextmanager
def _in_known_form() -> Iterator[None]:
    """What stands at an address of a wiki may be none; asked first of all."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        text = f"the answer is not in a form we know: {error!r}"
        raise WikiUnavailableError(text) from error


def checked(answer: Answer) -> Answer:
    """An answer to a question.

    Raises `SignedOutError` or `WikiUnavailableError` where it is an error.
    """
    error = answer.get("error")
    if error:
        text = f"{error.get('code', '')}: {error.get('info', '')}"
        meant = api_errors.outcome(error)
        if isinstance(meant, ConsumerRefused):
            raise ConsumerRefusedError(text)
        if isinstance(meant, SignedOut):
            raise SignedOutError(text)
        raise WikiUnavailableError(text)
    return answer


def _revision_params(*, text: bool) -> dict[str, str]:
    return {
        "prop": "revisions",
        "rvprop": f"{_REVISION}|content" if text else _REVISION,
        "rvslots": "main",
    }


def _merged(
    first: Mapping[str, Any] | None, second: Mapping[str, Any]
) -> Mapping[str, Any]:
    if first is None:
        return second
    lists = {
        key: [*first[key], *second[key]]
        for key in ("redirects", "revisions")
        if key in first and key in second
    }
    return {**first, **second, **lists}


def _is_one_value(text: str) -> bool:
    """Whether a text can stand in a list; no title or user name has these signs."""
    return bool(text.strip()) and not {"|", "\x1f", "\n"} & set(text)


def _user_name(name: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", name).replace("_", " ").split())
    return name[:1].upper() + name[1:]


def _edit_params(edit: Edit, user: str) -> dict[str, str]:
    params = {
        "action": "edit",
        "title": edit.title,
        "text": edit.text,
        "summary": edit.summary,
        "assert": "user",
        "assertuser": user,
    }
    if edit.section_heading is not None:
        params |= {"section": "new", "sectiontitle": edit.section_heading}
    elif edit.base is None:
        params["createonly"] = "1"
    else:
        params |= {"nocreate": "1", "baserevid": str(edit.base)}
    params["minor" if edit.minor else "notminor"] = "1"
    if edit.bot:
        params["bot"] = "1"
    if edit.content_model is not None:
        params["contentmodel"] = edit.content_model
    return params


def _edit_outcome(answer: Answer) -> Outcome:
    if "error" in answer:
        return api_errors.outcome(answer["error"])
    edit = answer.get("edit")
    if not isinstance(edit, Mapping):
        return Unreachable("the answer to an edit was not understood")
    if edit.get("result") != "Success":
        return api_errors.failure(edit)
    if edit.get("nochange"):
        return NoChange(edit["pageid"], edit["title"])
    return Saved(edit["pageid"], edit["newrevid"], edit["title"])
