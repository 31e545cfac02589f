from collections.abc import Mapping
from typing import Any

import pytest

from space.errors import (
    NotSentError,
    SignedOutError,
    WikiBusyError,
    WikiUnavailableError,
)
from space.wiki.action_api import ApiWiki
from space.wiki.action_api.transport import Answer
from space.wiki.outcomes import (
    Busy,
    ConsumerRefused,
    NoChange,
    NotSent,
    Outcome,
    Saved,
    SignedOut,
    Unreachable,
)
from space.wiki.values import Edit, PageInfo

ME = {
    "query": {
        "userinfo": {"name": "Olu", "rights": ["edit"], "groups": ["user"]},
        "tokens": {"csrftoken": "first+\\"},
    }
}
NOBODY = {
    "query": {
        "userinfo": {"name": "192.0.2.1", "anon": True, "rights": []},
        "tokens": {"csrftoken": "+\\"},
    }
}


class Script:
    """A transport that gives prepared answers and keeps the questions."""

    def __init__(self, *answers: Answer | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[Mapping[str, str]] = []
        self.public: list[bool] = []

    def call(
        self, params: Mapping[str, str], *, write: bool = False, public: bool = False
    ) -> Answer:
        assert write == (params["action"] == "edit")
        self.asked.append(params)
        self.public.append(public)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def page(number: int, **more: Any) -> dict[str, Any]:
    return {
        "pageid": number,
        "ns": 0,
        "title": f"Page {number}",
        "lastrevid": number * 10,
        "touched": "2026-11-22T12:00:00Z",
        **more,
    }


def saved(number: int) -> Answer:
    edit = {"result": "Success", "pageid": 1, "title": "X", "newrevid": number}
    return {"edit": edit}


@pytest.mark.parametrize(
    ("warnings", "told"),
    [
        ({"edit": {"warnings": "Deprecated."}}, ["edit text={'warnings'"]),
        ("no object", []),
    ],
)
def test_answer_when_the_wiki_warns_of_something_then_the_log_tells(
    caplog: pytest.LogCaptureFixture, warnings: object, told: list[str]
) -> None:
    answer = {"batchcomplete": True, "query": {"pages": [page(1)]}}
    wiki = ApiWiki(Script({**answer, "warnings": warnings}))
    assert list(wiki.pages([1])) == [1]
    assert [message.partition("module=")[2][:20] for message in caplog.messages] == [
        text[:20] for text in told
    ]


def test_rows_when_an_answer_comes_in_parts_are_put_together() -> None:
    script = Script(
        {
            "continue": {"ppcontinue": "1", "continue": "||"},
            "query": {"pages": [page(1), page(2)]},
        },
        {
            "batchcomplete": True,
            "continue": {"geicontinue": "3", "continue": "-||"},
            "query": {
                "pages": [
                    page(1, pageprops={"translate-is-translation": "1"}),
                    page(2),
                ]
            },
        },
        {"batchcomplete": True, "query": {"pages": [page(3)]}},
    )
    wiki = ApiWiki(script)
    found = list(wiki.transclusions("Space event"))
    assert [info.id for info in found] == [1, 2, 3]
    assert [info.translation for info in found] == [True, False, False]
    assert script.asked[1]["ppcontinue"] == "1"
    assert script.asked[2]["geicontinue"] == "3"
    assert (wiki.requests.content, wiki.requests.other) == (0, 3)


def test_revisions_when_text_is_cut_off_go_on_and_count_as_content() -> None:
    def part(number: int) -> dict[str, Any]:
        row = {
            "revid": number,
            "parentid": 0,
            "timestamp": "2026-11-22T12:00:00Z",
            "user": "Olu",
            "sha1": "0" * 40,
            "size": 1,
            "tags": [],
            "slots": {"main": {"content": str(number)}},
        }
        return page(1, revisions=[row])

    script = Script(
        {
            "continue": {"rvcontinue": "8", "continue": "||"},
            "query": {"pages": [part(7)]},
        },
        {"batchcomplete": True, "query": {"pages": [part(8)]}},
    )
    wiki = ApiWiki(script)
    found = wiki.revisions([7, 8], text=True)
    assert {number: revision.text for number, revision in found.items()} == {
        7: "7",
        8: "8",
    }
    assert (wiki.requests.content, wiki.requests.other) == (2, 0)


@pytest.mark.parametrize(("rights", "requests"), [([], 3), (["apihighlimits"], 1)])
def test_pages_when_there_are_many_are_asked_in_batches(
    rights: list[str], requests: int
) -> None:
    me = {"query": {**ME["query"], "userinfo": {"name": "Bot", "rights": rights}}}
    empty = {"batchcomplete": True, "query": {"pages": []}}
    script = Script(me, *[empty] * requests)
    assert ApiWiki(script).pages(range(1, 121)) == {}
    assert len(script.asked) == 1 + requests
    assert len(script.asked[1]["pageids"].split("|")) == 120 // requests or 50


def test_accounts_when_asked_go_without_the_account_and_its_limits() -> None:
    empty = {"batchcomplete": True, "query": {"users": []}}
    script = Script(empty, empty)
    names = [f"User {number}" for number in range(60)]
    found = ApiWiki(script).accounts(names)
    assert script.public == [True, True]
    assert list(found) == names
    assert not any(account.exists for account in found.values())


def test_hidden_accounts_are_names_that_are_taken_though_nobody_has_them() -> None:
    rows = [
        {"name": "Olu", "userid": 7},
        {"name": "Hidden", "missing": True, "cancreateerror": [{"code": "userexists"}]},
        {"name": "Nobody", "missing": True, "cancreate": True},
        {"name": "Like", "missing": True, "cancreateerror": [{"code": "antispoof"}]},
        {"name": "127.0.0.1", "invalid": True},
    ]
    script = Script({"batchcomplete": True, "query": {"users": rows}})
    names = ["Olu", "hidden", "Nobody", "Like", "127.0.0.1", "A|B", ""]
    assert ApiWiki(script).hidden_accounts(names) == {"hidden"}
    assert script.public == [True]
    assert "A|B" not in script.asked[0]["ususers"]


def test_history_when_enough_is_read_asks_no_further() -> None:
    rows = [
        {
            "revid": number,
            "parentid": 0,
            "timestamp": "2026-11-22T12:00:00Z",
            "user": "Olu",
            "sha1": "0" * 40,
            "size": 1,
            "tags": [],
        }
        for number in (9, 8, 7)
    ]
    script = Script(
        {
            "continue": {"rvcontinue": "6", "continue": "||"},
            "query": {"pages": [page(1, revisions=rows)]},
        }
    )
    found = ApiWiki(script).history(1, after=7)
    assert [revision.id for revision in found] == [8, 9]


def test_save_when_token_is_old_takes_a_new_one_and_tries_once_more() -> None:
    new = {"query": {**ME["query"], "tokens": {"csrftoken": "second+\\"}}}
    script = Script(ME, {"error": {"code": "badtoken"}}, new, saved(7))
    assert ApiWiki(script).save(Edit("X", "t", "s")) == Saved(1, 7, "X")
    tokens = [asked["token"] for asked in script.asked if asked["action"] == "edit"]
    assert tokens == ["first+\\", "second+\\"]


def test_save_when_token_stays_bad_is_signed_out() -> None:
    bad = {"error": {"code": "badtoken"}}
    outcome = ApiWiki(Script(ME, bad, ME, bad)).save(Edit("X", "t", "s"))
    assert isinstance(outcome, SignedOut)


def test_save_when_nobody_is_signed_in_sends_no_edit() -> None:
    script = Script(NOBODY)
    assert isinstance(ApiWiki(script).save(Edit("X", "t", "s")), SignedOut)
    assert len(script.asked) == 1


def test_save_when_signing_in_fails_says_which() -> None:
    refused = {"error": {"code": "mwoauth-invalid-authorization", "info": "old"}}
    assert isinstance(ApiWiki(Script(refused)).save(Edit("X", "t", "s")), SignedOut)
    disabled = {"error": {"code": "mwoauth-invalid-authorization-not-approved"}}
    outcome = ApiWiki(Script(disabled)).save(Edit("X", "t", "s"))
    assert isinstance(outcome, ConsumerRefused)
    outcome = ApiWiki(Script(ME, disabled)).save(Edit("X", "t", "s"))
    assert isinstance(outcome, ConsumerRefused)
    gone = WikiUnavailableError("time-out")
    outcome = ApiWiki(Script(gone)).save(Edit("X", "t", "s"))
    assert outcome == NotSent("time-out")
    bad_token = {"error": {"code": "badtoken"}}
    outcome = ApiWiki(Script(ME, bad_token, gone)).save(Edit("X", "t", "s"))
    assert outcome == NotSent("time-out")


def test_save_when_no_answer_comes_is_unreachable_and_not_repeated() -> None:
    script = Script(ME, WikiUnavailableError("time-out"))
    outcome = ApiWiki(script).save(Edit("X", "t", "s"))
    assert outcome == Unreachable("time-out")
    assert len(script.asked) == 2


@pytest.mark.parametrize(
    ("error", "outcome"),
    [(NotSentError("no"), NotSent("no")), (WikiBusyError("no"), Busy("no"))],
)
def test_save_when_the_edit_cannot_be_sent_nothing_is_saved(
    error: WikiUnavailableError, outcome: Outcome
) -> None:
    assert ApiWiki(Script(ME, error)).save(Edit("X", "t", "s")) == outcome


@pytest.mark.parametrize("answer", [{}, {"edit": None}, {"edit": "Success"}])
def test_save_when_answer_is_not_understood_is_unreachable(answer: Answer) -> None:
    outcome = ApiWiki(Script(ME, answer)).save(Edit("X", "t", "s"))
    assert isinstance(outcome, Unreachable)


def test_save_when_nothing_changes_says_so() -> None:
    edit = {"result": "Success", "pageid": 1, "title": "X", "nochange": True}
    assert ApiWiki(Script(ME, {"edit": edit})).save(Edit("X", "t", "s")) == NoChange(
        1, "X"
    )


def test_save_when_called_names_the_user_and_never_adds_to_a_text() -> None:
    script = Script(ME, saved(1), saved(2), saved(3))
    wiki = ApiWiki(script)
    wiki.save(Edit("X", "t", "s"))
    wiki.save(Edit("X", "t", "s", base=5, bot=True, minor=True))
    wiki.save(Edit("Talk:X", "t", "s", section_heading="H", content_model="wikitext"))
    new, changed, section = script.asked[1:]
    for asked in (new, changed, section):
        assert (asked["assert"], asked["assertuser"]) == ("user", "Olu")
        assert not {"appendtext", "prependtext", "basetimestamp"} & set(asked)
    assert "createonly" in new
    assert "baserevid" not in new
    assert "bot" not in new
    assert (changed["baserevid"], changed["nocreate"]) == ("5", "1")
    assert (changed["bot"], changed["minor"]) == ("1", "1")
    assert (section["section"], section["sectiontitle"]) == ("new", "H")
    assert not {"createonly", "nocreate"} & set(section)


def test_reading_when_wiki_refuses_raises_by_kind() -> None:
    lagged = {"error": {"code": "maxlag", "info": "late"}}
    with pytest.raises(WikiUnavailableError, match="maxlag: late"):
        ApiWiki(Script(lagged)).site()
    refused = {"error": {"code": "mwoauth-invalid-authorization", "info": "old"}}
    with pytest.raises(SignedOutError):
        ApiWiki(Script(refused)).site()


SITE_FACTS = {
    "query": {
        "general": {
            "base": "https://wiki.test/wiki/Main_Page",
            "wikiid": "testwiki",
            "articlepath": "/wiki/$1",
            "script": "/w/index.php",
            "lang": "en",
            "timezone": "UTC",
        },
        "namespaces": {
            str(number): {"id": number, "name": name}
            for number, name in ((0, ""), (1, "Talk"), (2, "User"), (3, "User talk"))
        },
        "namespacealiases": [],
        "extensions": [{"name": "DiscussionTools"}],
    }
}
TALK = "== Tea ==\nGreen? [[User:Ana]] 10:00, 1 November 2026 (UTC)"


def talk_page(number: int) -> PageInfo:
    return PageInfo(number, f"Talk:Page {number}", 1, latest=number * 10)


def text_of(number: int) -> dict[str, Any]:
    revision = {
        "revid": number * 10,
        "parentid": 0,
        "timestamp": "2026-11-22T12:00:00Z",
        "user": "Ana",
        "sha1": "0",
        "size": 1,
        "tags": [],
        "slots": {"main": {"content": TALK}},
    }
    return {"query": {"pages": [page(number, revisions=[revision])]}}


def test_talk_when_the_wikis_reader_fails_on_a_page_reads_its_text() -> None:
    script = Script(
        SITE_FACTS,
        {"discussiontoolspageinfo": {"threaditemshtml": [], "transcludedfrom": []}},
        {"error": {"code": "internal_api_error_Exception", "info": "too much"}},
        {"error": {"code": "nosuchrevid"}},
        text_of(2),
    )
    found = ApiWiki(script).talk(map(talk_page, (1, 2, 3)))
    assert set(found) == {1, 2}
    assert found[1] == ()
    assert [thread.title for thread in found[2]] == ["Tea"]


def test_talk_when_wiki_has_no_reader_reads_all_texts_at_once() -> None:
    facts = {"query": {**SITE_FACTS["query"], "extensions": []}}
    script = Script(facts, text_of(1))
    found = ApiWiki(script).talk([talk_page(1)])
    assert [thread.title for thread in found[1]] == ["Tea"]
    assert len(script.asked) == 2


@pytest.mark.parametrize("code", ["maxlag", "readonly", "ratelimited"])
def test_talk_when_wiki_has_no_time_raises(code: str) -> None:
    script = Script(SITE_FACTS, {"error": {"code": code, "info": "later"}})
    with pytest.raises(WikiUnavailableError):
        ApiWiki(script).talk([talk_page(1)])


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"batchcomplete": True},
        {"query": []},
        {"query": {"pages": []}},
        {"query": {"userinfo": None, "general": "", "tokens": {}}},
        {"query": {**ME["query"], "tokens": None}},
    ],
    ids=str,
)
def test_wiki_when_what_answers_is_none_is_away(answer: Answer) -> None:
    with pytest.raises(WikiUnavailableError, match="not in a form we know"):
        ApiWiki(Script(answer)).site()
    with pytest.raises(WikiUnavailableError, match="not in a form we know"):
        ApiWiki(Script(answer)).whoami()
    outcome = ApiWiki(Script(answer)).save(Edit("X", "text", "summary"))
    assert isinstance(outcome, NotSent)


@pytest.mark.parametrize(
    "answer", [{}, {"edit": {"result": "Failure", "captcha": {"type": "image"}}}]
)
def test_reading_when_the_answer_is_to_another_question_then_no_page_seems_gone(
    answer: Answer,
) -> None:
    with pytest.raises(WikiUnavailableError, match="not in a form we know"):
        list(ApiWiki(Script(answer)).texts(["A"]))
    with pytest.raises(WikiUnavailableError, match="not in a form we know"):
        ApiWiki(Script(answer)).pages([1])
    assert list(ApiWiki(Script({"batchcomplete": True})).pages([1])) == []
