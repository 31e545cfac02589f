"""Which language the interface speaks: address, choice, account, browser."""

import re
from html import unescape

import pytest

from tests.support.feeds.publications import event, post
from tests.support.tool.app import ToolApp
from tool.app.web.language import COOKIE


@pytest.fixture
def polyglot(tool: ToolApp) -> ToolApp:
    """An application with a few languages of our own."""
    english = tool.services.catalogue["en"]
    said = {
        "de": {"tool-nav-blog": "Blog (de)", "tool-footer-translate": "Mithelfen"},
        "ar": {"tool-nav-blog": "مدونة"},
    }
    tool.speak({"en": english, **said}, drafts=frozenset({"de"}))
    tool.publish(event(12, title="Walk"), post(13, title="Hello"))
    return tool


def choose(tool: ToolApp, code: str, return_to: str = "/events") -> str | None:
    answer = tool.post_raw("/language", code=code, return_to=return_to)
    assert answer.status_code == 303
    return answer.location


def language_of(
    tool: ToolApp, path: str = "/events", accepted: str = "en"
) -> str | None:
    page = tool.get(path, headers={"Accept-Language": accepted}).text
    match = re.search(r'<html lang="([^"]*)"', page)
    return match and match[1]


def test_language_when_several_are_wanted_then_address_choice_account_browser(
    polyglot: ToolApp,
) -> None:
    assert language_of(polyglot, accepted="ar") == "ar"
    polyglot.sign_in_answer.prefers = "de"
    polyglot.get("/login?return_to=/events")
    polyglot.get("/oauth-callback?code=good&state=s")
    assert language_of(polyglot, accepted="ar") == "de"
    choose(polyglot, "en")
    assert language_of(polyglot, accepted="ar") == "en"
    assert language_of(polyglot, "/events?uselang=ar", accepted="de") == "ar"


def test_language_when_an_account_has_the_wikis_own_then_the_browser_decides(
    polyglot: ToolApp,
) -> None:
    polyglot.sign_in_answer.prefers = "en"
    polyglot.get("/login?return_to=/events")
    polyglot.get("/oauth-callback?code=good&state=s")
    assert language_of(polyglot, accepted="de") == "de"


@pytest.mark.parametrize("code", ["qqx", "qqq"])
def test_language_when_it_is_none_that_is_spoken_then_nothing_is_translated_into_it(
    polyglot: ToolApp, code: str
) -> None:
    for path in ("/blog/13-hello", "/events/12-walk", "/translate"):
        page = polyglot.get(f"{path}?uselang={code}", follow_redirects=True).text
        assert f"into={code}" not in page
        assert f'lang="{code}"' not in page
    for path in ("/blog/13?language=", "/events/12-walk?language=", "/translate?into="):
        assert polyglot.get(path + code).status_code == 400
    german = {"headers": {"Accept-Language": "de"}}
    page = polyglot.get(f"/blog/13-hello?uselang={code}", **german).text
    assert "into=de" in page


def test_cookie_when_set_then_has_the_language_alone_and_only_after_a_choice(
    polyglot: ToolApp,
) -> None:
    for path in ("/", "/events", "/events?uselang=de"):
        assert "Set-Cookie" not in polyglot.get(path).headers
    answer = polyglot.post_raw("/language", code="de", return_to="/events")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith(f"{COOKIE}=de;")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000"):
        assert part in cookie
    choose(polyglot, "xx")
    assert language_of(polyglot) == "en"


@pytest.mark.parametrize(
    ("return_to", "target"),
    [
        ("/events?topic=tea&uselang=ar&q=a%26b", "/events?topic=tea&q=a%26b"),
        ("/blog/13-hello", "/blog/13-hello"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/login", "/"),
    ],
)
def test_choice_when_made_then_goes_back_to_the_page_without_its_language(
    polyglot: ToolApp, return_to: str, target: str
) -> None:
    assert choose(polyglot, "de", return_to) == target


def test_stored_page_when_readers_chose_differently_then_each_has_their_own(
    polyglot: ToolApp,
) -> None:
    assert language_of(polyglot, "/") == "en"
    choose(polyglot, "de")
    answer = polyglot.get("/", headers={"Accept-Language": "en"})
    assert answer.headers["Content-Language"] == "de"
    assert {"Cookie", "Accept-Language"} <= set(answer.headers["Vary"].split(", "))
    choose(polyglot, "ar")
    assert language_of(polyglot, "/") == "ar"


@pytest.mark.parametrize("path", ["/", "/events/12-walk", "/privacy", "/write", "/no"])
def test_page_when_shown_then_offers_each_language_by_its_own_name(
    polyglot: ToolApp, path: str
) -> None:
    choose(polyglot, "de")
    page = polyglot.get(path).text
    menu = page.partition('id="language-menu"')[2].partition("</form>")[0]
    assert re.findall(
        r'value="(\w+)" lang="\w+" dir="(\w+)".*>(.+)</button>', menu
    ) == [
        ("de", "ltr", "Deutsch"),
        ("en", "ltr", "English"),
        ("ar", "rtl", "العربية"),
    ]
    assert re.findall(r'value="(\w+)"[^>]* aria-current="true"', menu) == ["de"]


@pytest.mark.parametrize("path", ["/", "/events?topic=glam", "/events/12-walk"])
def test_page_when_listed_by_search_engines_then_has_an_address_for_each_language(
    polyglot: ToolApp, path: str
) -> None:
    joint = "&" if "?" in path else "?"
    own = f"https://space.example.org{path}"
    head = polyglot.get(f"{path}{joint}uselang=ar").text.partition("</head>")[0]
    head = unescape(head)
    assert f'<link rel="canonical" href="{own}{joint}uselang=ar">' in head
    assert dict(re.findall(r'hreflang="([\w-]+)" href="([^"]+)"', head)) == {
        "x-default": own,
        **{code: f"{own}{joint}uselang={code}" for code in ("ar", "de", "en")},
    }


def test_content_when_in_several_languages_then_is_in_the_chosen_one(
    polyglot: ToolApp,
) -> None:
    polyglot.publish(
        post(13, title="Hello"),
        post(15, title="Hallo", language="de", original="Space/Blog/Page 13"),
    )
    choose(polyglot, "de")
    page = polyglot.get("/blog", headers={"Accept-Language": "en"}).text
    assert re.findall(r'post-item__title".*?>(?:<a[^>]*>)(.*?)</a>', page) == ["Hallo"]


def test_frame_when_a_language_was_chosen_then_goes_by_its_address_and_browser(
    polyglot: ToolApp,
) -> None:
    choose(polyglot, "de")
    assert language_of(polyglot, "/embed/events") == "en"
    assert language_of(polyglot, "/embed/events?lang=ar") == "ar"


def test_footer_when_a_language_is_a_draft_then_asks_for_help(
    polyglot: ToolApp,
) -> None:
    link = "Help#Translating"
    assert link not in polyglot.get("/privacy").text
    assert link not in polyglot.get("/privacy?uselang=ar").text
    page = polyglot.get("/privacy?uselang=de").text
    assert re.search(rf'<a href="[^"]*{link}">Mithelfen</a>', page)
