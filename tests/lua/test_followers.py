"""{{Space follower}}: what somebody follows, in words, or what is wrong with a line."""

from tests.lua.record_pages import Make, words


def test_line_says_who_follows_what_and_with_which_reminders(scribunto: Make) -> None:
    lua = scribunto({})
    given = {"country": "nz; AU", "topics": "Women", "remind": "1"}

    said = words(lua.invoke("Followers", "show", _1="Ana", **given))

    what = "New Zealand, Australia · women · Reminders: A day before"
    assert said == f"* [[:User:Ana| Ana ]] – {what}"
    everything = words(lua.invoke("Followers", "show", user="User:Ben"))
    assert everything == "* [[:User:Ben| Ben ]] – all events"


def test_line_when_it_cannot_be_read_names_the_parameters(scribunto: Make) -> None:
    lua = scribunto({})

    for wrong, named in (
        ({"_1": "Ana", "country": "Atlantis"}, "country"),
        ({"_1": "Ana", "town": "Auckland"}, "town"),
        ({"country": "NZ"}, "user"),
    ):
        said = words(lua.invoke("Followers", "show", **wrong))
        assert said.startswith("* This line cannot be read"), said
        assert said.endswith(f": {named}"), said
        assert "–" not in said
