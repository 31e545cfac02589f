"""The standard reasons of verdicts, as the wiki writes them."""

from typing import Any

from tests.lua.record_pages import Make

TEXT = """
local page, because, other = ...
return require('Module:Space/Reasons').text(
    { because = because, ['duplicate of'] = other }, page)
"""
FRENCH = """return {
    ['wiki-review-reason-advertising'] = 'Cela ressemble à de la publicité.',
    ['wiki-review-reason-duplicate-of'] = 'Déjà annoncé : $1.',
}"""


def written(make: Make, page: dict[str, Any], because: str, other: str = "") -> str:
    scribunto = make({}, modules={"Module:Space/Messages/fr": FRENCH})
    return str(scribunto.run(TEXT, page, because, other))


def test_reasons_when_the_page_is_in_another_language_are_in_that_one(
    scribunto: Make,
) -> None:
    post = {"kind": "post", "values": {"language": "fr"}}
    event = {"kind": "event", "values": {"languages": ["fr", "en"]}}

    for page in (post, event):
        text = written(scribunto, page, "advertising; off-topic", "Space/Blog/%1 & x")
        assert text == (
            "This is not about the Wikimedia movement. "
            "Cela ressemble à de la publicité. "
            "Déjà annoncé : [[:Space/Blog/%1 & x]]."
        )


def test_reasons_when_a_word_is_none_of_them_stays_as_it_was_written(
    scribunto: Make,
) -> None:
    page: dict[str, Any] = {"kind": "post", "values": {}}

    assert written(scribunto, page, "Place, source; It's off") == (
        "Please add a link where readers can find out more. Place; It's off"
    )
    assert written(scribunto, page, "") == ""
    assert "https://x.example/?a" in written(
        scribunto, page, "", "https://x.example/?a"
    )
