"""One post on its page: its languages, its picture, its series, what programs read."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from space.publication.publication import Publication
from space.publication.translations import PostTitles
from space.settings.topics import Topics
from tests.support.feeds.publications import event, post
from tests.support.tool.app import ToolApp, fields_of

PAGE = "Space/Blog/Page {}"


def translation(page_id: int, language: str, **values: Any) -> Publication:
    values = {"title": f"In {language}", "original": PAGE.format(13), **values}
    return post(page_id, language=language, **values)


@pytest.fixture
def blog(tool: ToolApp) -> ToolApp:
    tool.publish(
        post(13, title="Walk", topics=("a", "b"), series="Walks", authors=("Ana",)),
        translation(14, "ar", title="أخبار", topics=("a",)),
        translation(15, "pt", title="Passeio"),
        post(16, title="Later", series="walks", topics=("b",)),
        post(17, title="Far away", topics=("z",)),
        event(20, title="Meeting", topics=("a",)),
        event(21, title="Over", topics=("a",), start="2020-01-01 10:00", end=""),
    )
    return tool


def place(response: Any) -> str:
    return response.headers["Location"].removeprefix("https://space.example.org")


def linked(page: str) -> dict[str, Any]:
    """The JSON-LD of a page."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    found: dict[str, Any] = json.loads(text)
    return found


def test_post_when_it_has_languages_then_they_lead_to_each_other(
    blog: ToolApp,
) -> None:
    for own, others in (("13-walk", ("14-", "15-")), ("15-passeio", ("13-", "14-"))):
        page = blog.get(f"/blog/{own}").text
        for other in others:
            assert re.search(
                rf'<link rel="alternate" hreflang="\w+" href="/blog/{other}', page
            )
        assert page.count('<link rel="alternate" hreflang') == 2
    assert 'hreflang="ar" lang="ar" dir="rtl">العربية</a>' in page


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("13?language=ar", "/blog/14-%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1"),
        ("14?language=en", "/blog/13-walk"),
        ("14?language=pt-br", "/blog/15-passeio?language=pt-br"),
        ("14?language=fr", "/blog/13-walk?language=fr"),
        ("13-walk?language=en", "/blog/13-walk"),
        ("13?language=fr", "/blog/13-walk?language=fr"),
        ("17-x?language=fr", "/blog/17-far-away?language=fr"),
    ],
)
def test_post_when_a_language_is_asked_for_then_leads_to_the_version(
    blog: ToolApp, asked: str, leads_to: str
) -> None:
    response = blog.get(f"/blog/{asked}")
    assert response.status_code in {301, 302}
    assert place(response) == leads_to


def test_post_when_the_language_is_missing_then_says_so_and_offers_to_translate(
    blog: ToolApp,
) -> None:
    page = blog.get("/blog/13-walk?language=fr").text
    assert (
        "This post is not available in French yet. You are reading it in English."
        in page
    )
    assert 'href="/write/post?translate=13&amp;into=fr"' in page
    assert "not in" not in blog.get("/blog/13-walk").text


def test_post_when_only_translate_has_it_then_leads_to_the_wiki(
    blog: ToolApp,
) -> None:
    blog.store.set_post_titles(PostTitles(translations={PAGE.format(13): ("fr",)}))
    page = blog.get("/blog/13-walk?language=fr").text
    assert 'href="https://wiki.test/wiki/Space/Blog/Page_13/fr"' in page
    assert "Read it in French" in page


def test_post_when_the_language_is_no_code_then_names_the_key(blog: ToolApp) -> None:
    response = blog.get("/blog/13-walk?language=%3Cb%3E")
    assert response.status_code == 400
    assert "language" in response.text


def test_lists_when_a_post_has_languages_then_the_reader_gets_theirs(
    blog: ToolApp,
) -> None:
    def titles(path: str, **options: Any) -> list[str]:
        page = blog.get(path, **options).text
        return re.findall(r'post-item__title".*?>(?:<a[^>]*>)(.*?)</a>', page)

    assert titles("/blog") == ["Far away", "Later", "Walk"]
    assert titles("/blog?language=pt") == ["Passeio"]
    assert titles("/blog?language=ar&language=en")[-2:] == ["أخبار", "Walk"]
    assert titles("/blog?uselang=ar") == ["أخبار", "Far away", "Later"]
    assert titles("/blog?q=passeio") == ["Walk"]


def test_series_when_read_then_leads_back_and_on(blog: ToolApp) -> None:
    page = blog.get("/blog/13-walk").text
    assert re.search(r'rel="next" href="/blog/16-later"', page)
    assert 'rel="prev"' not in page
    assert 'href="/blog?series=Walks"' in page
    assert re.search(
        r'rel="prev" href="/blog/13-walk"', blog.get("/blog/16-later").text
    )
    assert 'class="parts"' not in blog.get("/blog/17-far-away").text


def test_related_when_topics_are_shared_then_are_those_not_itself(
    blog: ToolApp,
) -> None:
    page = blog.get("/blog/13-walk").text.partition('class="related"')[2]
    assert "Meeting" in page
    assert "Later" in page
    for other in ("Over", "Far away", "أخبار", "Passeio"):
        assert other not in page
    assert 'class="related"' not in blog.get("/blog/17-far-away").text
    assert "Walk" in blog.get("/events/20-meeting").text.partition('"related"')[2]


def test_post_when_moved_then_its_address_still_leads_to_it(blog: ToolApp) -> None:
    moved = replace(post(13, title="Renamed", authors=("Ana",)), page_title="Elsewhere")
    blog.publish(moved)
    response = blog.get("/blog/13-walk")
    assert (response.status_code, place(response)) == (301, "/blog/13-renamed")
    assert "https://wiki.test/wiki/Elsewhere" in blog.get("/blog/13-renamed").text


def test_metadata_when_shared_then_says_what_it_is(blog: ToolApp) -> None:
    blog.publish(
        post(
            18,
            title='</script><b>"&',
            summary="With [[w:Tea|tea]].",
            authors=("[[User:Ana|Ana N.]]", "Club"),
            topics=("a",),
            image="Photo walk.jpg",
            image_alt="A bridge",
        )
    )
    response = blog.get("/blog/18-script-b")
    page = response.text
    assert "<b>" not in page.partition("</head>")[0]
    data = linked(page)
    assert (data["@type"], data["headline"]) == ("BlogPosting", '</script><b>"&')
    assert data["inLanguage"] == "en"
    assert data["author"] == [
        {
            "@type": "Person",
            "name": "Ana N.",
            "url": "https://wiki.test/wiki/User:Ana",
        },
        {"@type": "Person", "name": "Club"},
    ]
    assert data["datePublished"] == "2026-11-01T08:18:00+00:00"
    for name, content in (
        ("og:type", "article"),
        ("og:description", "With tea."),
        ("og:url", "https://space.example.org/blog/18-script-b"),
        ("og:image:alt", "A bridge"),
        ("article:tag", "a"),
    ):
        assert f'<meta property="{name}" content="{content}">' in page
    assert (
        '<link rel="canonical" href="https://space.example.org/blog/18-script-b">'
        in page
    )
    assert "'unsafe" not in response.headers["Content-Security-Policy"]


def test_metadata_when_an_event_then_has_time_and_place(blog: ToolApp) -> None:
    blog.publish(
        event(
            30,
            title="Call",
            mode="hybrid",
            city="Auckland",
            venue="[[w:Library|Library]]",
            coordinates="-36.8506, 174.7679",
            status="postponed",
            organizers=("[[Wikimedia Aotearoa]]",),
        )
    )
    data = linked(blog.get("/events/30-call").text)
    assert data["startDate"] == "2026-11-28T10:00:00+13:00"
    assert data["eventStatus"] == "https://schema.org/EventPostponed"
    assert data["eventAttendanceMode"].endswith("/MixedEventAttendanceMode")
    place, online = data["location"]
    assert (place["name"], place["address"]["addressCountry"]) == ("Library", "NZ")
    assert place["geo"]["latitude"] == pytest.approx(-36.8506)
    assert online["@type"] == "VirtualLocation"
    assert data["organizer"][0]["@type"] == "Organization"


def test_picture_when_commons_tells_then_is_credited(blog: ToolApp) -> None:
    name = "Wikimania 2025.jpg"
    known = blog.services.pictures.search("wiki", "en")
    name = known[0].name if known else name
    blog.publish(post(19, title="P", image=name), event(31, title="E", image=name))
    for path in ("/blog/19-p", "/events/31-e"):
        page = blog.get(path).text
        assert known[0].licence in page
        assert known[0].page in page
    blog.publish(post(23, title="Q", image="Never asked for.jpg"))
    blog.down = True
    assert "Author and license of this picture" in blog.get("/blog/23-q").text


def test_post_when_read_then_can_be_passed_on_without_a_script_of_others(
    blog: ToolApp,
) -> None:
    blog.publish(post(18, title="Tea & <cake>?", topics=("a",)))
    page = blog.get("/blog/18-tea-cake").text
    url, name = (
        "https%3A%2F%2Fspace.example.org%2Fblog%2F18-tea-cake",
        ("Tea%20%26%20%3Ccake%3E%3F"),
    )
    for link in (
        f"mailto:?subject={name}&amp;body={url}",
        f"https://share.joinmastodon.org/#text={name}%20{url}",
        f"https://www.facebook.com/sharer/sharer.php?u={url}",
        f"https://t.me/share/url?url={url}&amp;text={name}",
        "/feeds/posts.atom",
    ):
        assert f'href="{link}"' in page
    assert 'value="https://space.example.org/blog/18-tea-cake" readonly' in page
    for script in re.findall(r'<script[^>]* src="([^"]+)"', page):
        assert script.startswith("/static/")
    lists = blog.get("/blog?topic=a").text
    assert 'href="/feeds/posts.atom?topic=a">RSS/Atom feed</a>' in lists


def test_post_when_its_topics_have_labels_then_shows_these_and_its_language_first(
    blog: ToolApp,
) -> None:
    blog.store.set_topics(Topics({}, {"a": "Art & crafts"}))
    page = blog.get("/blog/13-walk").text
    chips = page.partition('class="chips"')[2].partition("</ul>")[0]
    assert "Art &amp; crafts" in chips
    assert 'href="/blog?topic=a"' in chips
    tongues = page.partition('class="tongues"')[2].partition("</nav>")[0]
    assert re.findall(r">([^<>\s]+)</(?:li|a)>", tongues) == [
        "English",
        "العربية",
        "português",
    ]
    assert "tongues" not in blog.get("/blog/17-far-away").text


def test_post_when_not_in_the_readers_language_then_offers_to_translate_it(
    blog: ToolApp,
) -> None:
    into = "translate=17&amp;into=ar"
    assert into in blog.get("/blog/17-far-away?uselang=ar").text
    assert into not in blog.get("/blog/17-far-away").text
    assert "into=ar" not in blog.get("/blog/13-walk?uselang=ar").text


@pytest.mark.parametrize(
    ("browser", "into"),
    [
        ("ig", "ig"),  # in which the interface has no messages
        ("de-AT, en", "de-at"),
        ("ig-NG, en", "ig"),
        ("en-US, fr", ""),
        ("pt-BR", ""),
    ],
)
def test_post_when_the_browser_names_a_language_then_its_head_offers_that(
    blog: ToolApp, browser: str, into: str
) -> None:
    path = "/blog/13-walk"
    page = blog.get(path, headers={"Accept-Language": browser}).text
    head = page.partition("post-head")[2].partition("</header>")[0]
    assert re.findall(r"translate=13&amp;into=([\w-]+)", head) == (
        [into] if into else []
    )


def test_translate_when_begun_then_the_form_has_the_text_of_the_original(
    blog: ToolApp,
) -> None:
    writer = blog.wiki.as_user("Ana")
    text = "{{Space post|title=Walk|language=en|date=2026-11-01}}\nHello '''you'''."
    saved = writer.write("Space/Blog/Page 40", text)
    made = replace(
        post(40, title="Walk", authors=("Ana",), topics=("a",), date="2026-11-01"),
        revision=saved.revid,
    )
    blog.publish(made)
    page = blog.get("/write/post?translate=40&into=fr").text
    fields = fields_of(page)
    assert fields["language"] == "French"
    assert fields["original"] == "Space/Blog/Page 40"
    assert not "".join(fields[name] for name in ("title", "summary", "date")).strip()
    assert "Hello '''you'''." in fields["body"]
    assert "<h1>Translate a post</h1>" in page
    source = page.partition("editor__source")[2].partition("</details>")[0]
    assert "Original (English)" in source
    assert '<p lang="en" dir="ltr">Walk</p>' in source
    assert "Hello &#39;&#39;&#39;you&#39;&#39;&#39;." in source
    assert blog.get("/write/post?translate=999&into=fr").status_code == 404
    assert blog.get("/write/post?translate=40&into=%2F").status_code == 400
    named = blog.get("/write/post?translate=40&into=Französisch").text
    assert fields_of(named)["language"] == "French"


def test_translation_when_saved_then_is_named_by_its_language_and_credited(
    blog: ToolApp,
) -> None:
    text = "{{Space post|title=Walk|language=en}}\nHello."
    made = blog.wiki.as_user("Ana").write("Space/Blog/Page 40", text)
    walk = replace(post(40, title="Walk", authors=("Ana",)), revision=made.revid)
    blog.publish(walk)
    blog.sign_in("Olu")
    fields = fields_of(blog.get("/write/post?translate=40&into=fr").text)
    assert fields["translators"] == "[[User:Olu]]"
    again = blog.post_raw("/write/post", **(fields | {"action": "save"}))
    assert again.status_code == 422
    assert "Original (English)" in again.text
    filled = fields | {"title": "Promenade", "body": "Bonjour.", "action": "save"}
    assert blog.post_raw("/write/post", **filled).status_code == 303
    saved = blog.wiki.texts(["Space/Blog/Page 40/fr"])["Space/Blog/Page 40/fr"].text
    assert saved
    assert "| translators = [[User:Olu]]" in saved
    other = filled | {"body": "Salut."}
    taken = blog.post_raw("/write/post", **other)
    assert taken.status_code == 409
    assert "Space/Blog/Promenade" in taken.text


def test_translate_when_a_version_is_translated_then_the_first_is_its_original(
    blog: ToolApp,
) -> None:
    page = blog.get("/write/post?translate=15&into=fr")
    assert page.status_code == 200
    assert fields_of(page.text)["original"] == PAGE.format(13)
    blog.down = True
    assert blog.get("/write/post?translate=15&into=fr").status_code == 503


def test_translation_when_the_original_is_marked_then_brings_no_marks_but_links(
    tool: ToolApp,
) -> None:
    text = (
        "<languages/>\n<translate>\n<!--T:1-->\n{{Space post|title=News|language=en"
        "|authors=[[User:Ana|Ana]]}}\n\n<!--T:2-->\nFirst <tvar name=n>12</tvar>.\n"
        "</translate>"
    )
    revision = tool.wiki.write(PAGE.format(90), text).revid
    found = replace(post(90, title="News", authors=("Ana",)), revision=revision)
    tool.publish(found)
    fields = fields_of(tool.get("/write/post?translate=90&into=fr").text)
    assert fields["body"].strip() == "First 12."
    assert fields["authors"] == "[[User:Ana|Ana]]"


def test_waiting_when_listed_then_are_posts_that_are_not_in_the_language(
    blog: ToolApp,
) -> None:
    def waiting(query: str) -> list[str]:
        page = blog.get(f"/translate?{query}").text
        return re.findall(r"/write/post\?translate=(\d+)&amp;into=\w+", page)

    assert waiting("into=fr") == ["17", "16", "13"]
    assert waiting("into=ar") == ["17", "16"]
    assert waiting("into=en") == []
    assert waiting("into=fr&topic=a") == ["13"]
    blog.store.set_post_titles(PostTitles(translations={PAGE.format(17): ("fr",)}))
    assert waiting("into=fr") == ["16", "13"]
    assert blog.get("/translate?into=x_y").status_code == 400


REGIONS = ["en", "de", "pt-BR", "zh-Hant", "sr-Latn"]


@pytest.fixture
def regions(tool: ToolApp) -> ToolApp:
    """One post in languages with a region or a script, the English one first."""
    tool.publish(
        *(
            post(
                71 + number,
                title=f"In {code}",
                language=code,
                **({} if code == "en" else {"original": PAGE.format(71)}),
            )
            for number, code in enumerate(REGIONS)
        )
    )
    tool.store.set_post_titles(PostTitles())
    return tool


@pytest.mark.parametrize(
    ("asked", "code", "standing_in"),
    [
        ("de", "de", False),
        ("pt-br", "pt-BR", False),
        ("pt-BR", "pt-BR", False),
        ("pt", "pt-BR", True),
        ("zh-hant", "zh-Hant", False),
        ("zh-tw", "zh-Hant", True),
        ("zh", "zh-Hant", True),
        ("sr-el", "sr-Latn", False),
        ("sr-latn", "sr-Latn", False),
        ("fr", "en", True),
    ],
)
def test_post_when_its_language_has_a_region_or_script_then_that_version_is_shown(
    regions: ToolApp, asked: str, code: str, *, standing_in: bool
) -> None:
    blog = regions.get(f"/blog?uselang={asked}").text
    assert [each for each in REGIONS if f">In {each}<" in blog] == [code]
    number = 71 + REGIONS.index(code)
    page = regions.get(f"/blog/75?language={asked}")
    if page.status_code == 302:
        assert page.location.startswith(f"/blog/{number}-")
        assert ("language=" in page.location) is standing_in
    waiting = regions.get(f"/translate?into={asked}").text
    assert ("/write/post?translate=71" in waiting) is standing_in


@pytest.mark.parametrize("asked", ["sr-el", "SR-latn", "sr_Latn"])
def test_posts_when_asked_for_in_a_code_of_the_wikis_then_are_found(
    regions: ToolApp, asked: str
) -> None:
    assert regions.get(f"/blog?language={asked}").location == "/blog?language=sr-Latn"
    for path in ("/blog?language=sr-Latn", f"/feeds/posts.atom?language={asked}"):
        page = regions.get(path).text
        assert "In sr-Latn" in page
        assert "In de" not in page


def test_posts_when_translate_has_a_page_with_a_region_then_none_waits(
    regions: ToolApp,
) -> None:
    regions.store.set_post_titles(
        PostTitles(translations={PAGE.format(71): ("pt-pt", "be-x-old")})
    )
    for code in ("pt-PT", "pt-pt", "be-tarask"):
        assert "translate=71" not in regions.get(f"/translate?into={code}").text


def test_authors_when_named_then_lead_to_all_they_wrote(blog: ToolApp) -> None:
    page = blog.get("/blog/13-walk").text
    assert '<a href="/people/Ana">Ana</a>' in page
