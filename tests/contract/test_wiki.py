"""The port to a wiki, the same on every adapter: the site, its people, its HTML."""

from datetime import timedelta

from tests.support.wiki.drivers import WikiDriver


def test_site_when_asked_has_namespaces_and_addresses(driver: WikiDriver) -> None:
    site = driver.wiki.site()
    assert site.namespace_of("event:A meeting") == site.namespace_of("Event:X") > 0
    assert site.namespace_of("Space: the end") == 0
    assert site.namespace_of("Project talk:X") == 5
    assert site.talk_title("Space/Events/X") == "Talk:Space/Events/X"
    assert site.talk_title("Event:X") == "Event talk:X"
    assert "$1" in site.article_url
    assert site.article_url.partition("://")[2].startswith(site.host)
    assert site.script_url.endswith("index.php")
    assert site.language == "en"
    assert "Scribunto" in site.extensions
    assert site.database


def test_whoami_when_signed_in_is_the_account_with_its_rights(
    driver: WikiDriver,
) -> None:
    account = driver.wiki.whoami()
    assert (account.name, account.exists) == (driver.user, True)
    assert "edit" in account.rights
    assert "user" in account.groups
    assert not account.blocked
    assert account.registered is not None
    assert account.registered.utcoffset() == timedelta(0)


def test_accounts_when_asked_are_found_under_the_names_asked_for(
    driver: WikiDriver,
) -> None:
    found = driver.wiki.accounts(
        ["Pavati", "pavati", "Nobody here", "A|B", "127.0.0.1"]
    )
    assert set(found) == {"Pavati", "pavati", "Nobody here", "A|B", "127.0.0.1"}
    assert {"patrol", "autopatrol"} <= found["Pavati"].rights
    assert "patroller" in found["Pavati"].groups
    assert found["pavati"] == found["Pavati"]
    assert found["Pavati"].id > 0
    assert not found["Pavati"].temporary
    for name in ("Nobody here", "A|B", "127.0.0.1"):
        assert not found[name].exists
        assert not found[name].id
        assert not found[name].rights


def test_accounts_when_one_is_blocked_says_so(driver: WikiDriver) -> None:
    driver.block("Lena", "testing")
    found = driver.wiki.accounts(["Lena", "Pavati"])
    assert found["Lena"].blocked
    assert not found["Pavati"].blocked


def test_render_when_text_is_plain_gives_html_and_categories(
    driver: WikiDriver,
) -> None:
    rendering = driver.wiki.render(
        "Hello & <nowiki>&lt;b></nowiki>\n\n[[Category:Space posts]]", "Space/Blog/X"
    )
    assert "Hello &amp; " in rendering.html
    assert " dir=" not in rendering.html
    assert rendering.categories == ("Space posts",)


def test_spam_when_addresses_are_on_the_list_names_them(driver: WikiDriver) -> None:
    driver.spam("casino.example")
    asked = [
        "https://casino.example/1?a=b|c",
        "http://www.CASINO.example".lower(),
        "https://good.example/",
        *(f"https://other.example/{number}" for number in range(60)),
        "https://casino.example/last",
    ]
    assert driver.wiki.spam(asked) == {asked[0], asked[1], asked[-1]}
    assert driver.wiki.spam(asked[2:50]) == frozenset()
    assert driver.wiki.spam([]) == frozenset()
