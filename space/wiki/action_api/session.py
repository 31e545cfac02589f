"""Questions to `api.php` in one session: batches, continuation, sign-in, refusals."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from space.errors import ConsumerRefusedError, SignedOutError, WikiUnavailableError
from space.text.normal import normalize
from space.wiki.action_api import answers, api_errors
from space.wiki.action_api.transport import Answer, Transport
from space.wiki.outcomes import ConsumerRefused, SignedOut
from space.wiki.values import Account, RequestCount, batches

log = logging.getLogger(__name__)

SMALLEST_BATCH = 50
LARGEST_BATCH = 500  # with the right `apihighlimits`
TALK_PAGE = "discussiontoolspageinfo"
_EMPTY = ("batchcomplete", "continue")
"""What an answer to a query has that found nothing, or nothing yet."""
_UNKNOWN = "the answer is not in a form we know"
USER_FIELDS = "groups|rights|blockinfo|editcount"


class WikiSession:
    """A transport with the account it acts for and the token to write with.

    `account` is None until somebody asked for it; `requests` counts requests sent.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.account: Account | None = None
        self.token = ""
        self.requests = RequestCount()

    def sign_in(self) -> Account:
        """Ask for the account and a fresh token."""
        params = {
            "meta": "userinfo|tokens",
            "uiprop": f"{USER_FIELDS}|registrationdate",
        }
        answer = self.ask(params)
        with well_formed():
            account = answers.account(answer["query"]["userinfo"])
            token = answer["query"]["tokens"]["csrftoken"]
        self.account, self.token = account, token
        return account

    def call(self, params: Mapping[str, str], *, public: bool = False) -> Answer:
        """Send one request; the answer may be an error."""
        if "content" in params.get("rvprop", "") or params["action"] == TALK_PAGE:
            self.requests.content += 1
        else:
            self.requests.other += 1
        everywhere = {"format": "json", "formatversion": "2"}
        write = params["action"] == "edit"
        answer = self._transport.call(
            {**params, **everywhere}, write=write, public=public
        )
        _log_warnings(answer)
        return answer

    def ask(self, params: Mapping[str, str], *, public: bool = False) -> Answer:
        """The answer to one query, or to another `action` of `params`.

        Raises as `checked` does.
        """
        asked = {"action": "query", **params}
        return checked(self.call(asked, public=public), asked["action"])

    def answers(
        self, params: Mapping[str, str], *, public: bool = False
    ) -> Iterator[Answer]:
        """The answers to a query and its continuations, in order."""
        more: Mapping[str, str] = {}
        while True:
            answer = self.ask({**params, **more}, public=public)
            yield answer
            if "continue" not in answer:
                return
            more = answer["continue"]

    def rows(
        self, params: Mapping[str, str], key: str, *, public: bool = False
    ) -> Iterator[Mapping[str, Any]]:
        """The rows under `query` and `key`; a page whose row comes in parts is one."""
        waiting: dict[object, Mapping[str, Any]] = {}
        for answer in self.answers(params, public=public):
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

    def rows_by_title(
        self, titles: Iterable[str], params: Mapping[str, str]
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Rows of pages, each with its title as the caller spelled it."""
        spellings: dict[str, list[str]] = {}
        for title in dict.fromkeys(titles):
            if is_list_item(title):
                # The wiki answers in normal form C whatever it was asked in.
                normal = normalize("NFC", title)
                spellings.setdefault(normal, []).append(title)
        for batch in self.batches(list(spellings)):
            rows: dict[str, Mapping[str, Any]] = {}
            named: dict[str, str] = {}
            for answer in self.answers({**params, "titles": "|".join(batch)}):
                query = answer.get("query", {})
                named |= {row["from"]: row["to"] for row in query.get("normalized", ())}
                for row in query.get("pages", ()):
                    rows[row["title"]] = _merged(rows.get(row["title"]), row)
            for title in batch:
                row = rows.get(named.get(title, title))
                if row:
                    yield from ((original, row) for original in spellings[title])

    def batches(self, values: Sequence[str]) -> Iterator[Sequence[str]]:
        """The values in lists as long as this account may send."""
        size = SMALLEST_BATCH
        if len(values) > size:
            account = self.account or self.sign_in()
            if "apihighlimits" in account.rights:
                size = LARGEST_BATCH
        return batches(values, size)


def _log_warnings(answer: Answer) -> None:
    """Log what a wiki warns of in an answer: mostly that a parameter is deprecated."""
    warnings = answer.get("warnings")
    if isinstance(warnings, Mapping):
        for module, text in warnings.items():
            log.warning("the wiki warns module=%s text=%.300s", module, text)


@contextmanager
def well_formed() -> Iterator[None]:
    """Turns errors of reading an answer into `WikiUnavailableError`.

    For the first requests of a session, as the address may be none of a wiki's API,
    and for answers of other wikis, whose formats may change.
    """
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise WikiUnavailableError(f"{_UNKNOWN}: {error!r}") from error


def checked(answer: Answer, action: str) -> Answer:
    """An answer to an action, without an error.

    Raises `ConsumerRefusedError`, `SignedOutError` or `WikiUnavailableError` for an
    error, by what it means, and the last for the answer to something else: from that
    it would seem that there are no pages.
    """
    error = answer.get("error")
    if error:
        text = f"{error.get('code', '')}: {error.get('info', '')}"
        meaning = api_errors.outcome(error)
        if isinstance(meaning, ConsumerRefused):
            raise ConsumerRefusedError(text)
        if isinstance(meaning, SignedOut):
            raise SignedOutError(text)
        raise WikiUnavailableError(text)
    if answer.keys().isdisjoint({action, *_EMPTY}):
        raise WikiUnavailableError(f"{_UNKNOWN}: {sorted(answer)}")
    return answer


def is_list_item(text: str) -> bool:
    """Whether a text can stand in a list; no title or user name has these signs."""
    return bool(text.strip()) and not {"|", "\x1f", "\n"} & set(text)


def _merged(
    first: Mapping[str, Any] | None, second: Mapping[str, Any]
) -> Mapping[str, Any]:
    """The row of a page from two parts; lists of both follow each other."""
    if first is None:
        return second
    lists = {
        key: [*first[key], *second[key]]
        for key in ("redirects", "revisions")
        if key in first and key in second
    }
    return {**first, **second, **lists}
