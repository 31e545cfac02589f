"""Lines of followers: reading, writing, and the account whose line one is."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.follow.lines import (
    EVENT,
    KIND,
    POST,
    FollowLine,
    can_follow,
    read_lines,
    with_line,
    without_line,
)
from space.follow.owners import MOST_LINES, OwnLines, read_on
from space.schema.kinds import load_kind
from space.wiki.values import Revision

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=20)


def line(user: str = "Ana", *items: tuple[str, str], remind: str = "") -> FollowLine:
    made = FollowLine.of(user, items, remind.split())
    assert made is not None
    return made


def revision(
    number: int, user: str | None, text: str | None, parent: int | None = None
) -> Revision:
    parent = number - 1 if parent is None else parent
    return Revision(number, parent, 1, NOON, user, "", text=text)


def test_line_when_written_generously_is_read_as_the_filter_says() -> None:
    text = """* {{Space follower|user=User:Ana|country=nz, AU|topics=Women; GLAM
|remind=1}} <!-- {{Space follower|Ben}} -->"""

    country = (("country", "NZ"), ("country", "AU"))
    topic = (("topic", "women"), ("topic", "glam"))
    assert read_lines(text) == (line("Ana", *country, *topic, remind="1"),)


def test_line_when_a_value_or_a_parameter_is_wrong_says_nothing() -> None:
    wrong = (
        "|Ana|country=Atlantis",
        "|Ana|town=Auckland",
        "|country=NZ",
        "|Ana|remind=3",
    )

    assert read_lines("".join(f"{{{{Space follower{w}}}}}" for w in wrong)) == ()


@given(NAMES, NAMES, NAMES)
def test_line_of_any_names_reads_as_it_was_written(
    user: str, organizer: str, series: str
) -> None:
    made = FollowLine.of(user, [("organizer", organizer), ("series", series)], ["7"])
    if made is None:
        return
    (read,) = read_lines(made.wikitext())
    assert read.wanted == made.wanted
    assert read.remind == ("7",)
    (again,) = read_lines(read.wikitext())
    assert again == read


def test_line_of_posts_reads_as_it_was_written_and_has_no_reminders() -> None:
    items = [("topic", "glam"), ("language", "fr"), ("series", "GLAM news")]
    made = FollowLine.of("Ana", items, ["7"], POST)
    assert made is not None
    assert made.key == "Ana|language=fr&topic=glam&series=GLAM+news&kind=post|"
    assert read_lines(made.wikitext()) == (made,)
    assert read_lines(made.wikitext().replace("post", "events")) != (made,)


def test_line_when_its_kind_has_no_such_filter_says_nothing() -> None:
    wrong = ("kind=post|country=NZ", "author=Ben", "kind=page", "kind=event|author=Ben")

    assert read_lines("".join(f"{{{{Space follower|Ana|{w}}}}}" for w in wrong)) == ()


@pytest.mark.parametrize("name", ["mode", "type", "audience", "reach"])
def test_choices_of_a_line_are_those_of_events(name: str) -> None:
    own, of_event = load_kind(KIND).fields[name], load_kind(EVENT).fields[name]
    assert own.choices == of_event.choices
    assert own.spellings == of_event.spellings


@pytest.mark.parametrize(
    ("kind", "key", "value", "can"),
    [
        (EVENT, "reach", "local", True),
        (EVENT, "q", "tea", False),
        (EVENT, "from", "2026-11-29", False),
        (POST, "series", "GLAM news", True),
        (POST, "series", "C# news", False),
        (POST, "country", "NZ", False),
    ],
)
def test_value_of_a_filter_when_a_line_would_say_something_else_is_not_followed(
    kind: str, key: str, value: str, *, can: bool
) -> None:
    assert can_follow(kind, key, value) == can


def test_page_when_a_line_is_added_and_removed_is_as_before() -> None:
    page = "Words.\n\n== Followers ==\n<!-- here -->\n"
    ana, ben = line("Ana", ("country", "NZ")), line("Ben")

    both = with_line(with_line(page, ana), ben)

    assert read_lines(both) == (ana, ben)
    assert with_line(both, ana) == both
    assert without_line(without_line(both, ben.key), ana.key) == page
    beside = f"Text {ana.wikitext()} more\n* {ben.wikitext()}\n"
    assert without_line(beside, ana.key) == f"Text  more\n* {ben.wikitext()}\n"
    assert without_line(beside, ben.key) == f"Text {ana.wikitext()} more\n"


def test_owner_of_a_line_is_the_account_that_added_it_and_no_other() -> None:
    ana, ben = line("Ana").wikitext(), line("Ben").wikitext()
    history = [
        revision(1, "Ana", ana, parent=0),
        revision(2, "Mallory", ana + ben),
        revision(3, "Pavati", ""),
        revision(4, "Mallory", ana + ben),
    ]

    own = read_on(OwnLines(), history)

    assert own.of(ana + ben) == {line("Ana"): NOON}
    assert own.read == 4
    assert read_on(own, [history[3], revision(5, "Ana", "")]).of(ana) == {}


def test_owner_when_the_text_before_is_hidden_is_nobody() -> None:
    ana = line("Ana").wikitext()
    history = [
        revision(1, "Pavati", "", parent=0),
        revision(2, "Mallory", None),
        revision(3, "Ana", f"{ana} changed"),
    ]

    assert read_on(OwnLines(), history).of(ana) == {}
    hidden_name = [history[0], revision(2, None, ana)]
    assert read_on(OwnLines(), hidden_name).of(ana) == {}


def test_lines_of_one_account_beyond_the_most_do_not_count() -> None:
    many = [line("Ana", ("topic", f"t{n}")) for n in range(MOST_LINES + 5)]
    text = "".join(each.wikitext() for each in many)

    own = read_on(OwnLines(), [revision(1, "Ana", text, parent=0)])

    assert len(own.of(text)) == MOST_LINES
