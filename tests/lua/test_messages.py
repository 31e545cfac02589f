"""Module:Space/Messages, phrases made of messages, and Module:Space/Style."""

import re
from collections.abc import Callable
from html import unescape

import pytest

from tests.lua.scribunto import MODULES, Scribunto

Make = Callable[..., Scribunto]
GET = "return require('Module:Space/Messages').get(...)"


def test_get_when_the_key_is_unknown_shows_it(scribunto: Make) -> None:
    assert scribunto().run(GET, "wiki-nonsense") == "⧼wiki-nonsense⧽"


@pytest.mark.parametrize(("count", "text"), [(1, "and one more"), (1200, "1,200 more")])
def test_get_knows_plurals_and_writes_numbers(
    scribunto: Make, count: int, text: str
) -> None:
    assert text in scribunto().run(GET, "wiki-calendar-more", count)


def test_get_puts_a_parameter_in_as_it_is(scribunto: Make) -> None:
    # Neither a percent sign nor a dollar in it may be taken for a pattern's.
    assert scribunto().run(GET, "wiki-by", "100% $1") == "by 100% $1"


def test_get_when_the_language_has_no_texts_gives_english(scribunto: Make) -> None:
    lua = scribunto()

    text = lua.run(
        """
        mw.getCurrentFrame = function ()
            return { preprocess = function () return 'sw' end }
        end
        local Messages = require('Module:Space/Messages')
        return { Messages.code(), Messages.get('wiki-where') }
        """
    )

    assert text == ["en", "Where"]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=MONTHLY;BYDAY=-1FR", "каждый месяц · в последнюю пятницу"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU", "раз в 2 месяца · во второй вторник"),
    ],
)
def test_recurrence_where_weekdays_have_a_gender_agrees_with_it(
    scribunto: Make, rule: str, words: str
) -> None:
    text = scribunto().run(
        """
        local rule = ...
        mw.getCurrentFrame = function ()
            return { preprocess = function () return 'ru' end }
        end
        return require('Module:Space/Recurrence').describe(rule)
        """,
        rule,
    )

    assert unescape(text) == words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=6", "every month · last Friday · 6 times"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", "every 2 weeks · Monday, Wednesday"),
        ("FREQ=DAILY;UNTIL=20261224", "every day · until Thursday, 24 December 2026"),
        ("FREQ=YEARLY;BYSETPOS=1;BYDAY=MO", "FREQ=YEARLY;BYSETPOS=1;BYDAY=MO"),
        ("FREQ=MONTHLY;BYDAY=5FR", "FREQ=MONTHLY;BYDAY=5FR"),
    ],
)
def test_recurrence_in_words_where_there_are_some(
    scribunto: Make, rule: str, words: str
) -> None:
    call = "return require('Module:Space/Recurrence').describe(...)"

    assert unescape(scribunto().run(call, rule)) == words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            "FREQ=WEEKLY;COUNT=8",
            "every week · Saturday · 8 times · until Saturday, 16 January 2027",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA;COUNT=2",
            "every 2 weeks · Saturday · 2 times · until Saturday, 12 December 2026",
        ),
        (
            "FREQ=DAILY;COUNT=3",
            "every day · 3 times · until Monday, 30 November 2026",
        ),
        ("FREQ=WEEKLY;BYDAY=MO,SA;COUNT=3", "every week · Monday, Saturday · 3 times"),
        ("FREQ=WEEKLY", "every week · Saturday"),
        ("FREQ=MONTHLY;BYDAY=-1SA;COUNT=6", "every month · last Saturday · 6 times"),
    ],
)
@pytest.mark.parametrize("start", ["2026-11-28", "2026-11-28 10:00"])
def test_recurrence_from_a_start_names_its_weekday_and_last_day(
    scribunto: Make, rule: str, words: str, start: str
) -> None:
    call = "return require('Module:Space/Recurrence').describe(...)"

    assert unescape(scribunto().run(call, rule, start)) == words


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ({"country": "NZ", "city": "Auckland"}, "<bdi>Auckland</bdi>, New Zealand"),
        ({"country": "NZ"}, "New Zealand"),
        ({"mode": "online", "country": "NZ"}, "Online"),
        ({"mode": "hybrid", "country": "NZ"}, "New Zealand, and online"),
        ({"mode": "hybrid"}, "Online"),
        ({"country": "[["}, "&#91;&#91;"),
    ],
)
def test_place_in_a_few_words(
    scribunto: Make, event: dict[str, str], words: str
) -> None:
    call = "return require('Module:Space/Text').place(...)"

    assert scribunto().run(call, event) == words


SHEET = """/* A comment with .space-flag { color: red; } in it */
.space-card {
\tmargin: 0;
\tpadding: 1em;
}
.space-card:hover {
\tcolor: red;
}
@media print {
\t.space-card {
\t\tpadding: 0;
\t}
}
"""
ELEMENT = "return tostring(require('Module:Space/Style').element('div', ...))"


def test_style_without_templatestyles_carries_the_rule_inline(scribunto: Make) -> None:
    lua = scribunto({"Template:Space/styles.css": SHEET})

    assert lua.run(ELEMENT, "space-card") == (
        '<div class="space-card" style="margin: 0; padding: 1em"></div>'
    )
    assert lua.run(ELEMENT, "space-flag") == '<div class="space-flag"></div>'


def test_style_with_templatestyles_leaves_the_look_to_the_sheet(
    scribunto: Make,
) -> None:
    lua = scribunto(
        {"Template:Space/styles.css": SHEET}, messages=["templatestyles-desc"]
    )

    assert lua.run(ELEMENT, "space-card") == '<div class="space-card"></div>'


def test_every_class_of_the_modules_is_in_the_sheet_of_its_own_line() -> None:
    """Inline styles need rules of one class, and a class without a rule is a slip."""
    sheet = (MODULES / "styles/Space.css").read_text(encoding="utf-8")
    rules = set(
        re.findall(r"^\.([\w-]+) \{", sheet.partition("\n@media")[0], re.MULTILINE)
    )
    used: set[str] = set()
    for path in (MODULES / "modules").rglob("*.lua"):
        used |= set(re.findall(r"'(space-[a-z-]*[a-z])'", path.read_text("utf-8")))

    assert used <= rules


@pytest.mark.parametrize(
    ("tool", "link"),
    [
        ("https://tool.test", "[https://tool.test/write/post Write a post"),
        ("", "[[:Space/Blog|Write a post"),
    ],
)
def test_form_when_there_is_a_tool_then_it_leads_there_else_to_the_wikis_box(
    scribunto: Make, tool: str, link: str
) -> None:
    settings = {"Space/Settings": f"{{{{Space settings|tool={tool}}}}}"}

    assert link in scribunto(settings).invoke("Portal", "form", _1="post")


@pytest.mark.parametrize(
    ("tool", "links", "button"),
    [
        ("https://tool.test", 1, "buttonlabel=Create page"),
        ("", 0, "buttonlabel=Write a post"),
    ],
)
def test_form_when_it_has_a_box_then_only_one_of_them_offers_to_write(
    scribunto: Make, tool: str, links: int, button: str
) -> None:
    settings = {"Space/Settings": f"{{{{Space settings|tool={tool}}}}}"}
    lua = scribunto(settings, messages=["inputbox-desc"])
    html = lua.invoke("Portal", "form", _1="post", box="yes")
    assert html.count("Write a post with the form") == links
    assert button in html
    assert "prefix=Space/Blog/" in html

    without = scribunto(settings).invoke("Portal", "form", _1="post", box="yes")
    assert "inputbox" not in without
    assert "Write a post with the form" in without
