"""Writing pages, and editing them with every other byte kept."""

import re

import pytest

from space.codec.editing import edit_page, unlinked, write_page
from space.codec.page import read_page
from space.schema.kinds import Value, Values

TITLE = "Space/Blog/Example"
PAGE = """__NOTOC__
{{Space post <!-- our post -->
| title    = Old <!-- keep short -->
| language = en
|summary=Said {{tl|x}} here
|  nocat   = yes
| image    = <!-- a file -->
| oddity   = 1
}}

Body {{Space post|title=Not this one}}"""


def edited(text: str, body: str | None = None, **changes: Value | None) -> str:
    return edit_page(text, "post", changes, title=TITLE, body=body)


def test_page_when_written_is_in_one_form() -> None:
    values: Values = {
        "language": "en",
        "title": "A",
        "topics": ("women", "glam"),
        "image_alt": "x",
    }
    assert write_page("post", values, "Body") == (
        "{{Space post\n"
        "| title     = A\n"
        "| language  = en\n"
        "| topics    = women; glam\n"
        "| image alt = x\n"
        "}}\nBody"
    )


def test_page_when_written_without_values_is_a_bare_call() -> None:
    assert write_page("post", {}) == "{{Space post\n}}"


def test_page_when_written_with_an_unknown_field_raises() -> None:
    with pytest.raises(KeyError):
        write_page("post", {"colour": "red"})
    with pytest.raises(KeyError):
        edited(PAGE, colour="red")


def test_edit_when_nothing_changes_keeps_every_byte() -> None:
    reading = read_page(PAGE, title=TITLE)
    same = {name: value for name, value in reading.values.items() if name != "summary"}
    assert edited(PAGE, reading.body, **same) == PAGE
    assert edited(PAGE) == PAGE
    assert edited(PAGE, authors=None, topics=()) == PAGE


def test_edit_when_a_value_changes_keeps_the_rest() -> None:
    assert edited(PAGE, language="de") == PAGE.replace("= en\n", "= de\n")


def test_edit_when_a_value_changes_keeps_the_comment_behind_it() -> None:
    assert edited(PAGE, title="New") == PAGE.replace("= Old <!--", "= New <!--")


def test_edit_when_a_value_has_a_problem_writes_it_again() -> None:
    value = read_page(PAGE, title=TITLE).values["summary"]
    assert edited(PAGE, summary=value) == PAGE.replace(
        "Said {{tl|x}} here", "Said here"
    )


def test_edit_when_an_empty_parameter_is_filled_takes_its_place() -> None:
    assert edited(PAGE, image="A.jpg") == PAGE.replace("= <!--", "= A.jpg <!--")


def test_edit_when_a_value_is_removed_takes_its_line_along() -> None:
    assert edited(PAGE, language=None) == PAGE.replace("| language = en\n", "")


def test_edit_when_a_value_is_new_stands_in_the_order_of_the_schema() -> None:
    assert edited(PAGE, authors=("A", "B")) == PAGE.replace(
        "| language = en\n", "| language = en\n| authors = A; B\n"
    )


def test_edit_when_names_are_aligned_aligns_the_new_one() -> None:
    page = write_page("post", {"title": "A", "language": "en"})
    assert edited(page, date="2026-11-28", topics=("x",)) == write_page(
        "post", {"title": "A", "language": "en", "topics": ("x",), "date": "2026-11-28"}
    )


def test_edit_when_the_body_changes_keeps_the_call() -> None:
    head = PAGE[: PAGE.index("\n\nBody")]
    assert edited(PAGE, "New body") == f"{head}\nNew body"
    assert edited(PAGE, "") == head


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "\n| title = New\n"),
        ("\n", "\n| title = New\n"),
        ("|language=en", "|title=New|language=en"),
        (" | language = en ", " | title = New | language = en "),
        ("|title=Old|language=en", "|title=New|language=en"),
        ("| title =", "| title = New"),
        ("| title = ", "| title = New"),
        ("|Title=Old", "|Title=New"),
        ("|title=A|title=Old", "|title=A|title=New"),
        ("|title=|Title=Old", "|title=|Title=New"),
        ("\n  | date = x\n  ", "\n  | title = New\n  | date = x\n  "),
        ("\n| language = en", "\n| title    = New\n| language = en"),
        (" |\n title = Old |\n", " |\n title = New |\n"),
        ("|title=\n\nOld\n\n", "|title=\n\nNew\n\n"),
        ("|title={{x}} Old [[y|z]]|a={{b|title=c}}", "|title=New|a={{b|title=c}}"),
        (
            "|title=<translate><!--T:1--> Old</translate>\n",
            "|title=<translate><!--T:1--> New</translate>\n",
        ),
    ],
)
def test_edit_when_the_layout_is_another_fits_in(before: str, after: str) -> None:
    page = edited(f"{{{{Space post{before}}}}}", title="New")
    assert page == f"{{{{Space post{after}}}}}"
    assert read_page(page, title=TITLE).values["title"] == "New"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[[User:A|Ann]]; B", "[[User:A|Ann]]; C"),
        ("{{u|A}}, B; [[User:A]]", "[[User:A]]; C"),
        ("{{u|A}}; C; B", "{{u|A}}; C"),
        ("\n* [[User:A]]\n* B\n", "\n[[User:A]]; C\n"),
        ("{{ubl|[[User:A]]|B}}", "A; C"),
        (
            "A &amp; B; [[User:A]]<!-- chair; now -->",
            "[[User:A]]<!-- chair; now -->; C",
        ),
        ("<nowiki>A</nowiki>", "<nowiki>A</nowiki>; C"),
    ],
)
def test_edit_when_people_change_keeps_how_others_are_written(
    before: str, after: str
) -> None:
    page = f"{{{{Space post|title=A|authors={before}}}}}"
    assert edited(page, authors=("A", "C")) == page.replace(before, after)


def test_edit_when_removed_takes_every_spelling_along() -> None:
    page = "{{Space post|language=en|title=A|Title=B|title=C}}"
    assert edited(page, title=None) == "{{Space post|language=en}}"


@pytest.mark.parametrize(
    "text",
    [
        "Just a page about a conference.",
        "{{Space event|title=A}}",
        "{{Space post|title=[[x}}",
        "",
    ],
)
def test_edit_when_the_page_has_no_such_call_puts_one_before(text: str) -> None:
    page = edited(text, title="A", language="en", summary=None)
    assert page == write_page("post", {"title": "A", "language": "en"}, text)
    assert read_page(page, title=TITLE).values == {"title": "A", "language": "en"}


COMMENTED = """{{Space post
| title = A
<!--
| summary = x
| series = y
-->
| language = en
| status = ready <!-- or draft -->
<!-- When -->
| date = 2026-11-28
}}"""


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ({"title": "Z"}, "= A", "= Z"),
        ({"status": "draft"}, "= ready", "= draft"),
        ({"status": None}, "= ready <!--", "= <!--"),
        ({"date": None}, "<!-- When -->\n| date = 2026-11-28", "<!-- When -->"),
        ({"language": None}, "| language = en\n", ""),
        ({"summary": "S"}, "= A\n", "= A\n| summary = S\n"),
        ({"topics": ("t",)}, "= en\n", "= en\n| topics = t\n"),
        ({"publish_after": "2026-12-01"}, "28\n", "28\n| publish after = 2026-12-01\n"),
    ],
)
def test_edit_when_comments_stand_between_parameters_keeps_them(
    changes: dict[str, Value | None], old: str, new: str
) -> None:
    assert edited(COMMENTED, **changes) == COMMENTED.replace(old, new)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A <!-- x --> B", "New <!-- x -->"),
        (
            "<!-- x -->\nOld<!-- y\n| date = 1 -->\n",
            "<!-- x -->\nNew<!-- y\n| date = 1 -->\n",
        ),
        ("\n<!-- x -->\n", "New\n<!-- x -->\n"),
        (" <translate>\n<!--T:1-->\nOld\n</translate> <!-- x -->", None),
        ("<translate><!--T:1--> Old <tvar name=a>B</tvar></translate>", None),
        ("<translate>Old</translate> one", "<translate>New</translate>"),
        ("An <translate>old</translate>", "<translate>New</translate>"),
    ],
)
def test_edit_when_a_value_changes_keeps_comments_and_marks_around_it(
    before: str, after: str | None
) -> None:
    after = after or re.sub("Old( <tvar.*</tvar>)?", "New", before)
    page = f"{{{{Space post|language=en|title={before}|date=2026-11-28}}}}"
    assert edited(page, title="New") == page.replace(before, after)


# What an author may write, and the same after four edits: a title that stood there,
# an image whose value was empty, a new summary, a language taken out.
LAYOUTS = {
    "no space behind an empty parameter": (
        "\n| title = Old\n| language = en\n| image =\n| date = 2026-11-28\n",
        "\n| title = New\n| summary = S\n| image = A.jpg\n| date = 2026-11-28\n",
    ),
    "bar at the end of the line": (
        " |\n  title = Old |\n  language = en |\n  image = |\n  date = 2026-11-28",
        " |\n  title = New |\n  summary = S |\n  image = A.jpg |\n  date = 2026-11-28",
    ),
    "bar at the end of the line, and after the last": (
        "|\ntitle=Old|\nlanguage=en|\nimage=|\n",
        "|\ntitle=New|\nsummary=S|\nimage=A.jpg|\n",
    ),
    "one line": (
        "|title=Old|language=en|image=|date=2026-11-28",
        "|title=New|summary=S|image=A.jpg|date=2026-11-28",
    ),
    "one line with spaces": (
        " | title = Old | language = en | image = | date = 2026-11-28 ",
        " | title = New | summary = S | image = A.jpg | date = 2026-11-28 ",
    ),
    "one line with bars that hang on names": (
        " |title=Old |language=en |image= |date=2026-11-28",
        " |title=New |summary=S |image=A.jpg |date=2026-11-28",
    ),
    "several parameters on a line": (
        "\n| title = Old | language = en\n| image = | date = 2026-11-28\n",
        "\n| title = New | summary = S | image = A.jpg | date = 2026-11-28\n",
    ),
    "line ends of Windows": (
        "\r\n| title = Old\r\n| language = en\r\n| image =\r\n| date = 2026-12\r\n",
        "\r\n| title = New\r\n| summary = S\r\n| image = A.jpg\r\n| date = 2026-12\r\n",
    ),
    "tabs": (
        "\n|\ttitle\t=\tOld\n|\tlanguage\t=\ten\n|\timage\t=\t\n",
        "\n|\ttitle\t=\tNew\n|\tsummary\t=\tS\n|\timage\t=\tA.jpg\n",
    ),
    "indented and aligned": (
        "\n  |title    = Old\n  |language = en\n  |image    =\n  ",
        "\n  |title    = New\n  |summary  = S\n  |image    = A.jpg\n  ",
    ),
    "end of the call behind the last value": (
        "\n| title = Old\n| image = \n| language = en",
        "\n| title = New\n| summary = S\n| image = A.jpg",
    ),
    "groups of parameters": (
        "\n\n| title = Old\n\n| language = en\n| image =\n\n",
        "\n\n| title = New\n| summary = S\n\n| image = A.jpg\n\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), LAYOUTS.values(), ids=LAYOUTS)
def test_edit_when_an_author_has_a_layout_keeps_it(before: str, after: str) -> None:
    page = edited(
        f"{{{{Space post{before}}}}}\nBody",
        title="New",
        summary="S",
        image="A.jpg",
        language=None,
    )
    assert page == f"{{{{Space post{after}}}}}\nBody"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[[User:A|Ann]]; B", "[[User:A|Ann]]; [[User:C|Cy]]"),
        ("{{u|A}}; B", "{{u|A}}; [[User:C|Cy]]"),
        ("User:A; B", "User:A; [[User:C|Cy]]"),
        ("A; B", "[[User:A|Ann]]; [[User:C|Cy]]"),
    ],
)
def test_edit_when_people_are_given_as_links_writes_links(
    before: str, after: str
) -> None:
    page = f"{{{{Space post|title=A|authors={before}}}}}"
    linked = read_page(page, title=TITLE).linked["authors"]
    first = linked[0] if linked[0] != "A" else "[[User:A|Ann]]"
    new: Values = {"authors": (first, "[[User:C|Cy]]")}
    made = edit_page(page, "post", new, title=TITLE, linked=True)
    assert made == page.replace(before, after)


def test_edit_when_a_link_is_taken_away_writes_the_name() -> None:
    page = "{{Space post|title=A|authors=[[User:A|Ann]]; B}}"
    same: Values = {"authors": ("A", "B")}
    assert edit_page(page, "post", same, title=TITLE) == page
    assert edit_page(page, "post", same, title=TITLE, linked=True) == (
        "{{Space post|title=A|authors=A; B}}"
    )


def test_edit_when_a_list_grows_keeps_how_its_items_are_written() -> None:
    page = "{{Space post|title=A|topics=Women, GLAM <!-- more? -->\n}}"
    assert edited(page, topics=("women", "glam", "maps")) == page.replace(
        "Women, GLAM <!-- more? -->", "Women; GLAM <!-- more? -->; maps"
    )


def test_edit_when_a_value_has_no_name_keeps_its_place() -> None:
    page = edit_page(
        "{{Space review|approve|reason=a}}",
        "verdict",
        {"verdict": "decline", "reason": "1=2"},
        title="Talk:A",
        templates={"Space review": "verdict"},
    )
    assert page == "{{Space review|decline|reason=1=2}}"


def test_edit_when_the_page_has_line_ends_of_windows_writes_them() -> None:
    assert edited("{{Space post}}\r\nBody", title="New") == (
        "{{Space post\r\n| title = New\r\n}}\r\nBody"
    )


def test_edit_when_the_call_is_empty_keeps_signs_that_are_no_space_of_ours() -> None:
    assert edited("{{Space post\u3000}}", title="New") == (
        "{{Space post\u3000\n| title = New\n}}"
    )


# One change to the parameters of a post, and the same parameters after it.
FILLED = [
    (" | language = en | title=", " | language = en | title= New"),
    (
        " | language = en | date = 2026-11-28 | title=",
        " | language = en | date = 2026-11-28 | title= New",
    ),
    ("\n|language=en\n|title= ", "\n|language=en\n|title=New"),
    ("| language = en | title=  ", "| language = en | title= New "),
    (
        "|language=en\n| date = 2026-11-28\n| title =\n",
        "|language=en\n| date = 2026-11-28\n| title = New\n",
    ),
    (
        " |language=en |series = x| title =|date=2026-11-28",
        " |language=en |series = x| title = New|date=2026-11-28",
    ),
]
INSERTED = [
    (
        " | date = 2026-11-28 | language = en | title =",
        " | date = 2026-11-28 | language = en | title = | summary = S",
    ),
    (
        "|title= \n <!-- c -->|language=en",
        "|title= |summary=S\n <!-- c -->|language=en",
    ),
    ("\n|title= \n|language=en\n", "\n|title= \n|summary=S\n|language=en\n"),
    (" |title= |language=en", " |title= |summary=S |language=en"),
    (
        " |title= \n<!-- c --> |language=en",
        " |title= |summary=S\n<!-- c --> |language=en",
    ),
    (" | title =| language = en", " | title =| summary = S | language = en"),
    (" | language = en | title =", " | language = en | title = | summary = S"),
    (" | language = en | title = ", " | language = en | title = | summary = S "),
]
REMOVED = [
    (
        "\n| series = x\n| title =   \n| language = en\n",
        "\n| series = x\n| title =   \n",
    ),
    ("\n| title =   \n| language = en\n", "\n| title =   \n"),
    ("| title =   | language = en", "| title ="),
    (
        "|title=A|language=B <!-- x --> C <!-- y -->",
        "|title=A|language= <!-- x --> <!-- y -->",
    ),
    (
        "|language=B <!-- x --> C <!-- y -->|title=A",
        "|language= <!-- x --> <!-- y -->|title=A",
    ),
]


@pytest.mark.parametrize(("before", "after"), FILLED)
def test_edit_when_an_empty_value_is_filled_spaces_it_as_its_neighbours(
    before: str, after: str
) -> None:
    page = edited(f"{{{{Space post{before}}}}}", title="New")
    assert page == f"{{{{Space post{after}}}}}"


@pytest.mark.parametrize(("before", "after"), INSERTED)
def test_edit_when_a_value_follows_an_empty_one_spaces_it_as_its_neighbours(
    before: str, after: str
) -> None:
    page = edited(f"{{{{Space post{before}}}}}", summary="S")
    assert page == f"{{{{Space post{after}}}}}"


@pytest.mark.parametrize(("before", "after"), REMOVED)
def test_edit_when_a_value_is_removed_keeps_what_stands_before_and_behind(
    before: str, after: str
) -> None:
    page = edited(f"{{{{Space post{before}}}}}", language=None)
    assert page == f"{{{{Space post{after}}}}}"


def test_edit_when_a_value_without_a_name_is_filled_has_no_space_around_it() -> None:
    page = edit_page(
        "{{Space review|| reason = a}}",
        "verdict",
        {"verdict": "approve"},
        title="Talk:A",
        templates={"Space review": "verdict"},
    )
    assert page == "{{Space review|approve| reason = a}}"


def test_edit_when_the_only_value_is_replaced_keeps_the_layout() -> None:
    page = edited("{{Space post|language=en}}", language=None, title="New")
    assert page == "{{Space post|title=New}}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A <!-- x --> B <!-- y --> C", "New <!-- x --> <!-- y -->"),
        ("A <includeonly>x</includeonly> B", "New <includeonly>x</includeonly>"),
        ("Old</translate></noinclude> x", "New</translate></noinclude>"),
        ("x <translate> y <noinclude> z", "<translate><noinclude>New"),
        (
            "<translate><!--T:1--> Old <!--T:2--> text</translate>",
            "<translate><!--T:1--> New</translate>",
        ),
    ],
)
def test_edit_when_a_value_holds_marks_keeps_those_that_are_not_its_own(
    before: str, after: str
) -> None:
    page = f"{{{{Space post|title={before}}}}}"
    assert edited(page, title="New") == page.replace(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{{tl|x}}; [[User:A|Ann]]; B", "[[User:A|Ann]]; C"),
        ("[[User:A|An\nn]]; B", "A; C"),
    ],
)
def test_edit_when_an_item_cannot_stay_keeps_the_others(
    before: str, after: str
) -> None:
    page = f"{{{{Space post|title=A|authors={before}}}}}"
    assert edited(page, authors=("A", "C")) == page.replace(before, after)


def test_edit_when_a_list_stands_in_a_tag_keeps_how_its_items_are_written() -> None:
    page = "{{Space post|title=A|topics=<noinclude>Women; GLAM</noinclude>}}"
    assert edited(page, topics=("women", "glam", "maps")) == page.replace(
        "GLAM", "GLAM; maps"
    )


@pytest.mark.parametrize(
    ("changes", "after"),
    [
        ({"start": "2026-11-27 18:00"}, "27 18:00|end=2026-11-28 20:00"),
        (
            {"start": "2026-11-27 18:00", "end": "2026-11-27 20:00"},
            "27 18:00|end=2026-11-27 20:00",
        ),
        ({"city": None, "start": "2026-11-28 18:00"}, "28 18:00|end=20:00"),
    ],
)
def test_edit_when_the_end_is_a_time_of_the_starts_day_then_is_written_out(
    changes: dict[str, Value | None], after: str
) -> None:
    page = "{{Space event|start=2026-11-28 18:00|end=20:00|timezone=UTC}}"
    text = edit_page(page, "event", changes, title=TITLE)
    assert text == f"{{{{Space event|start=2026-11-{after}|timezone=UTC}}}}"


def test_edit_when_people_are_the_same_keeps_links_to_them() -> None:
    page = "{{Space post|authors=A <translate>; [[User:B|Bo]]</translate>}}"
    assert edited(page, authors=("A", "B")) == page


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("Body", "\n\nBody"),
        ("\n\nBody", "\n\nBody"),
        (" Body", "\n Body"),
        ("XBody", "\nXBody"),
        ("Body\n", "\nBody\n"),
    ],
)
def test_edit_when_a_body_is_given_replaces_another(body: str, after: str) -> None:
    call = "{{Space post|title=A}}"
    assert edited(f"{call}\n\nBody", body) == call + after


def test_edit_when_there_is_no_call_takes_the_body_that_is_given() -> None:
    assert edited("Old text", "New", title="A") == "{{Space post\n| title = A\n}}\nNew"


def test_unlinked_when_people_are_links_has_their_names() -> None:
    linked: Values = {"title": "[[b]]", "authors": ("[[User:A|Ann]]", "B")}
    assert unlinked("post", linked) == {"title": "[[b]]", "authors": ("A", "B")}
    assert unlinked("event", {"organizers": ("[[User:A]]",)}) == {"organizers": ("A",)}
