"""What people do with the tool and the wiki, in a browser."""

import re
from contextlib import closing
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

from sandbox.accounts import PASSWORD
from sandbox.client import Client

_WIKI_SCRIPTS = re.compile(r"/w/load\.php\?.*\bonly=scripts\b")
_TOKEN = re.compile(r'name="token" value="([^"]+)"')


def without_wiki_scripts(context: BrowserContext) -> None:
    """Show the wiki's pages as they come: its own scripts take seconds a page."""
    context.route(_WIKI_SCRIPTS, lambda route: route.abort())


def sign_in_by_form(page: Page, tool_url: str, name: str) -> None:
    """To the tool by the wiki's own form and the consent form, as everybody does."""
    page.goto(f"{tool_url}/login?return_to=/")
    page.locator("#wpName1").fill(name)
    page.locator("#wpPassword1").fill(PASSWORD)
    page.locator("#wpLoginAttempt").click()
    page.get_by_role("button", name="Allow").click()
    page.wait_for_url(f"{tool_url}/")


def sign_in_to_tool(page: Page, tool_url: str, name: str) -> None:
    """The same without showing anything: drawing the pages on the way takes seconds."""
    login = f"{tool_url}/login?return_to=/"
    wiki = urlsplit(page.request.get(login).url)
    sign_in_to_wiki(page, f"{wiki.scheme}://{wiki.netloc}", name)
    consent = page.request.get(login)
    token = _TOKEN.search(consent.text())
    assert token, consent.url
    allowed = page.request.post(consent.url, form={"token": token[1], "accept": "1"})
    assert allowed.url == f"{tool_url}/"


def sign_in_to_wiki(page: Page, wiki_url: str, name: str) -> None:
    """By the wiki's API: its form would load every script of two of its pages."""
    with closing(Client(f"{wiki_url}/w/api.php").login(name).session) as session:
        for cookie in session.cookies:
            page.context.add_cookies(
                [{"name": cookie.name, "value": cookie.value or "", "url": wiki_url}]
            )


def save_wiki_edit(page: Page) -> None:
    page.locator("#wpSave").click()
    page.wait_for_url(lambda address: "action=" not in address)
