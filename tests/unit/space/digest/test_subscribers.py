"""Lists of subscribers are read as MassMessage reads them, and changed by one line."""

import pytest

from space.digest.regions import region_named
from space.digest.subscribers import (
    Target,
    list_title,
    read_targets,
    user_target,
    with_target,
    without_target,
)

META = "meta.wikimedia.org"
OLU = user_target("Olu", META)
LENA = user_target("Lena", "fr.wikipedia.org")


def test_list_of_a_region_stands_below_that_of_its_language() -> None:
    region = region_named("latin-america")
    assert list_title("Space", "es") == "Space/Digest/Subscribers/es"
    assert list_title("Space", "es", region) == (
        "Space/Digest/Subscribers/es/Latin America"
    )


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("{{#target:User talk:Lena|fr.wikipedia.org}}", LENA),
        ("{{ #target:user_talk:lena | FR.wikipedia.org }}", LENA),
        ("{{#target:User talk:Lena|https://fr.wikipedia.org/wiki/}}", LENA),
        ("{{target|user=Lena|site=fr.wikipedia.org}}", LENA),
        ("{{Target\n| site = fr.wikipedia.org\n| user = Lena\n}}", LENA),
        ("{{target|page=User talk:Lena|site=fr.wikipedia.org}}", LENA),
        ("{{#target:User talk:Olu}}", OLU),
        ("{{target|user=Olu}}", OLU),
        ("{{#target:Project:Café}}", Target(META, "Project:Café")),
        ("{{#target:User talk:ناصر}}", user_target("ناصر", META)),
    ],
)
def test_target_when_written_in_a_way_that_people_use_is_read(
    written: str, target: Target
) -> None:
    assert read_targets(f"Text\n* {written} and\n{written}", META) == (target,)


@pytest.mark.parametrize(
    "written",
    [
        "<!-- {{#target:User talk:Olu}} -->",
        "<nowiki>{{#target:User talk:Olu}}</nowiki>",
        "{{#target:}}",
        "{{target}}",
        "{{target|user=}}",
        "{{targets|user=Olu}}",
        "{{#target:User talk:A[b]}}",
        "{{#target:{{PAGENAME}}}}",
    ],
)
def test_target_when_it_is_none_is_not_read(written: str) -> None:
    assert read_targets(written, META) == ()


def test_list_when_a_line_is_added_and_removed_is_as_before() -> None:
    text = "Who gets it.\n\n* {{#target:User talk:Lena|fr.wikipedia.org}}\n"

    added = with_target(text, OLU, META)

    assert added == f"{text}* {{{{#target:User talk:Olu|{META}}}}}\n"
    assert with_target(added, OLU, META) == added
    assert without_target(added, OLU, META) == text
    assert without_target(text, OLU, META) == text


def test_list_when_a_target_is_removed_loses_all_its_lines_and_nothing_else() -> None:
    text = (
        "A\n* {{target|user=Olu}}\n# {{#target:User talk:Olu}}\nB {{target|user=olu}} C"
    )

    assert without_target(text, OLU, META) == "A\nB C"


def test_list_when_new_begins_with_its_line() -> None:
    assert with_target("", OLU, META) == f"{OLU.line}\n"
