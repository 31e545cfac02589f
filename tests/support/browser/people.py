"""What people do with the tool and the wiki, in a browser."""

from contextlib import closing
from urllib.parse import urlsplit

from playwright.sync_api import Page

from sandbox.accounts import PASSWORD
from sandbox.client import Client


def sign_in_by_form(page: Page, tool_url: str, name: str) -> None:
    """To the tool by the wiki's own form and the consent form, as everybody does."""
    page.goto(f"{tool_url}/login?return_to=/")
    page.locator("#wpName1").fill(name)
    page.locator("#wpPassword1").fill(PASSWORD)
    page.locator("#wpLoginAttempt").click()
    _allow(page, tool_url)


def sign_in_to_tool(page: Page, tool_url: str, name: str) -> None:
    """By the consent form, as somebody who is signed in to the wiki already."""
    login = f"{tool_url}/login?return_to=/"
    wiki = urlsplit(page.request.get(login).url)
    sign_in_to_wiki(page, f"{wiki.scheme}://{wiki.netloc}", name)
    page.goto(login)
    _allow(page, tool_url)


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


def _allow(page: Page, tool_url: str) -> None:
    page.get_by_role("button", name="Allow").click()
    page.wait_for_url(f"{tool_url}/")
