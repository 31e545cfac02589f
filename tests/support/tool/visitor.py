"""HTTP client of a person whose browser runs no scripts: links, forms, cookies."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import requests

from tests.support.wiki.sandbox import Sandbox

TIMEOUT = 60.0


@dataclass
class Form:
    """A form of a page: action, method, fields and buttons."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get")))
        if not self.forms or "name" not in given:
            return
        form, name, value = self.forms[-1], given["name"], given.get("value", "")
        kind = given.get("type", "")
        if tag == "button" or kind == "submit":
            form.buttons[name] = value
        elif tag == "input" and (
            kind not in {"checkbox", "radio"} or "checked" in given
        ):
            form.fields[name] = value


class Visitor:
    """A browser with its cookies, on the wiki and the tool."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.session = requests.Session()

    def open(self, address: str, *, follow: bool = True) -> requests.Response:
        return self.session.get(address, allow_redirects=follow, timeout=TIMEOUT)

    def form_with(self, page: requests.Response, name: str) -> Form:
        """The form of a page with a field or button of a name."""
        parser = _Forms()
        parser.feed(page.text)
        return next(f for f in parser.forms if name in f.fields | f.buttons)

    def send(
        self,
        page: requests.Response,
        form: Form,
        press: str | None = None,
        *,
        follow: bool = True,
        **values: str,
    ) -> requests.Response:
        """Send a form with changed fields and a pressed button."""
        pressed = {press: form.buttons[press]} if press else {}
        return self.session.request(
            form.method.upper(),
            urljoin(page.url, form.action),
            data=form.fields | values | pressed,
            allow_redirects=follow,
            timeout=TIMEOUT,
        )

    def fill_in_wiki_login(
        self, page: requests.Response, name: str
    ) -> requests.Response:
        """Sign in on the wiki's form and follow its redirects."""
        return self.send(
            page,
            self.form_with(page, "wpLoginToken"),
            "wploginattempt",
            wpName=name,
            wpPassword=self.sandbox.accounts[name].password,
        )

    def allow(
        self, page: requests.Response, *, follow: bool = True
    ) -> requests.Response:
        """Press Allow on the consent form of OAuth."""
        form = self.form_with(page, "accept")
        return self.send(page, form, "accept", follow=follow)

    def close(self) -> None:
        self.session.close()
