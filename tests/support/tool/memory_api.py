"""`api.php` of an in-memory wiki over HTTP: who asks, a token, and edits.

That is all that the tool asks in a person's name; the access token is their name.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread
from typing import Any

from werkzeug.serving import make_server
from werkzeug.wrappers import Request

from sandbox.place import HOST
from space.wiki.outcomes import AlreadyExists, Conflict, NoChange, Outcome, Saved
from space.wiki.values import Edit
from tests.fakes.memory_wiki import MemoryWiki

_CODES = {AlreadyExists: "articleexists", Conflict: "editconflict"}


class MemoryApi:
    """A WSGI application; the wiki behind it may be exchanged at any time."""

    def __init__(self, wiki: MemoryWiki) -> None:
        self.wiki = wiki

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        request = Request(environ)
        name = request.headers["Authorization"].removeprefix("Bearer ")
        params = request.values.to_dict()
        if params["action"] == "edit":
            answer = _answer(self.wiki.as_user(name).save(_edit(params)))
        else:
            answer = self._signed_in(name)
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(answer).encode()]

    def _signed_in(self, name: str) -> Mapping[str, Any]:
        account = self.wiki.state.account(name)
        assert account is not None
        user = {
            "id": account.id,
            "name": name,
            "groups": sorted(account.groups),
            "rights": sorted(account.rights),
        }
        return {"query": {"userinfo": user, "tokens": {"csrftoken": "t"}}}


def _edit(params: Mapping[str, str]) -> Edit:
    base = params.get("baserevid")
    return Edit(
        params["title"],
        params["text"],
        params["summary"],
        base=int(base) if base else None,
        section_heading=params.get("sectiontitle"),
    )


def _answer(outcome: Outcome) -> Mapping[str, Any]:
    if isinstance(outcome, Saved):
        done = {"pageid": outcome.page_id, "newrevid": outcome.revid}
        return {"edit": {"result": "Success", "title": outcome.title, **done}}
    if isinstance(outcome, NoChange):
        same = {"pageid": outcome.page_id, "title": outcome.title, "nochange": True}
        return {"edit": {"result": "Success", **same}}
    return {"error": {"code": _CODES[type(outcome)], "info": "no"}}


@contextmanager
def serving(api: MemoryApi) -> Iterator[str]:
    """A block in which the API answers; its origin."""
    server = make_server(HOST, 0, api, threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://{HOST}:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
