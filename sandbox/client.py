"""A client of the action API, for seeding the sandbox and for tests."""

from typing import Any, Self

import requests

from sandbox.accounts import PASSWORD

USER_AGENT = "space-sandbox/1 (local)"
TIMEOUT = 60.0  # seconds; the first request after a start compiles everything


class ApiError(Exception):
    """An error that the wiki answered; `code` is that of its API documentation."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(f"{error.get('code')}: {error.get('info')}")
        self.code = str(error.get("code"))
        self.error = error


class Client:
    """Requests to one wiki as one person, or as nobody before `login`.

    `session` is a `requests.Session` with that person's cookies.
    """

    def __init__(self, api_url: str) -> None:
        self.api_url = api_url
        self.session = requests.Session()
        self.session.headers["User-Agent"] = USER_AGENT
        self._tokens: dict[str, str] = {}

    def get(self, **parameters: Any) -> dict[str, Any]:
        """The answer to a reading request. Raises `ApiError`."""
        return self._answer("GET", parameters)

    def post(self, **parameters: Any) -> dict[str, Any]:
        """The answer to a writing request; adds the csrf token. Raises `ApiError`."""
        return self._answer("POST", {"token": self.token("csrf")} | parameters)

    def token(self, kind: str) -> str:
        """A token of this session (`csrf`, `patrol`, `rollback`, …)."""
        if kind not in self._tokens:
            answer = self.get(action="query", meta="tokens", type=kind)
            self._tokens[kind] = answer["query"]["tokens"][f"{kind}token"]
        return self._tokens[kind]

    def login(self, name: str, password: str = PASSWORD) -> Self:
        """Sign in through the wiki's own form. Raises `ApiError` if it refuses."""
        answer = self._answer(
            "POST",
            {
                "action": "clientlogin",
                "username": name,
                "password": password,
                "loginreturnurl": self.api_url,
                "logintoken": self.token("login"),
            },
        )["clientlogin"]
        if answer["status"] != "PASS":
            raise ApiError({"code": answer["messagecode"], "info": answer["message"]})
        self._tokens.clear()
        return self

    def edit(self, title: str, text: str, **parameters: Any) -> dict[str, Any]:
        """Save a page's whole text; the answer of `action=edit` (`newrevid`, …)."""
        answer = self.post(action="edit", title=title, text=text, **parameters)
        return dict(answer["edit"])

    def text(self, title: str) -> str | None:
        """The newest wikitext of a page; None if there is no such page."""
        answer = self.get(
            action="query",
            titles=title,
            prop="revisions",
            rvprop="content",
            rvslots="main",
        )
        (page,) = answer["query"]["pages"]
        if "revisions" not in page:
            return None
        return str(page["revisions"][0]["slots"]["main"]["content"])

    def _answer(self, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
        sent: dict[str, Any] = {"format": "json", "formatversion": 2} | {
            name: "|".join(map(str, value))
            if isinstance(value, (list, tuple))
            else value
            for name, value in parameters.items()
            if value is not None and value is not False
        }
        response = self.session.request(
            method,
            self.api_url,
            params=sent if method == "GET" else None,
            data=sent if method == "POST" else None,
            timeout=TIMEOUT,
        )
        response.raise_for_status()
        answer: dict[str, Any] = response.json()
        if "error" in answer:
            raise ApiError(answer["error"])
        return answer
