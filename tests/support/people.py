"""What people do with the tool and the wiki, in a browser."""

from playwright.sync_api import Page

from sandbox.accounts import PASSWORD


def sign_in_to_tool(page: Page, tool_url: str, name: str) -> None:
    """By the wiki's own form and the consent form, as everybody does."""
    page.goto(f"{tool_url}/login?return_to=/")
    page.locator("#wpName1").fill(name)
    page.locator("#wpPassword1").fill(PASSWORD)
    page.locator("#wpLoginAttempt").click()
    page.get_by_role("button", name="Allow").click()
    page.wait_for_url(f"{tool_url}/")


def sign_in_to_wiki(page: Page, wiki_url: str, name: str) -> None:
    page.goto(f"{wiki_url}/wiki/Special:UserLogin")
    page.locator("#wpName1").fill(name)
    page.locator("#wpPassword1").fill(PASSWORD)
    page.locator("#wpLoginAttempt").click()
    page.wait_for_url(lambda address: "UserLogin" not in address)


def save_wiki_edit(page: Page) -> None:
    page.locator("#wpSave").click()
    page.wait_for_url(lambda address: "action=" not in address)
