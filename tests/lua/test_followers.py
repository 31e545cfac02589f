"""{{Space follower}}: what somebody follows, in words, or what is wrong with a line."""

from tests.lua.record_pages import Make, words


def test_line_says_who_follows_what_and_with_which_reminders(scribunto: Make) -> None:
    lua = scribunto({})
    given = {"country": "nz; AU", "topics": "Women", "remind": "1"}

    said = words(lua.invoke("Followers", "show", _1="Ana", **given))

    what = "New Zealand, Australia · women · Reminders: A day before"
    assert said == f"* [[:User:Ana| Ana ]] – {what}"
    posts = {"kind": "posts", "language": "fr", "remind": "1"}
    said = words(lua.invoke("Followers", "show", _1="Ana", **posts))
    assert said == "* [[:User:Ana| Ana ]] – Posts · French"
    online = {"mode": "online", "reach": "movement"}
    said = words(lua.invoke("Followers", "show", _1="Ana", **online))
    assert said == "* [[:User:Ana| Ana ]] – Online · Whole movement"
    all_posts = words(lua.invoke("Followers", "show", _1="Ana", kind="post"))
    assert all_posts == "* [[:User:Ana| Ana ]] – all posts"
    everything = words(lua.invoke("Followers", "show", user="User:Ben"))
    assert everything == "* [[:User:Ben| Ben ]] – all events"


def test_line_when_it_cannot_be_read_names_the_parameters(scribunto: Make) -> None:
    lua = scribunto({})

    for wrong, named in (
        ({"_1": "Ana", "country": "Atlantis"}, "country"),
        ({"_1": "Ana", "town": "Auckland"}, "town"),
        ({"country": "NZ"}, "user"),
        ({"_1": "Ana", "author": "Ben"}, "author"),
        ({"_1": "Ana", "kind": "post", "country": "NZ"}, "country"),
        ({"_1": "Ana", "kind": "page"}, "kind"),
    ):
        said = words(lua.invoke("Followers", "show", **wrong))
        assert said.startswith("* This line cannot be read"), said
        assert said.endswith(f": {named}"), said
        assert "–" not in said


def test_page_says_how_to_follow_in_the_readers_language(scribunto: Make) -> None:
    lua = scribunto({}, title="Space/Followers", language="de")
    said = lua.invoke("Followers", "about")
    assert "action=edit&section=1 Füge eine Zeile hinzu]" in said
    assert "[[Talk:Space/Followers|Diskussionsseite]]" in said
    assert '<code dir="ltr">' in said
    assert "⧼" not in said
    assert lua.invoke("Followers", "about", _1="heading") == "Wer folgt"
