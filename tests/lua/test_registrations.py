"""{{Space registration}} says in words what a reviewer decided."""

import pytest

from tests.lua.scribunto import Scribunto


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"_1": "17", "_2": "approve"},
            "[[:Special:RegisterForEvent/17|17]] – Approve",
        ),
        ({"_1": "4000000170"}, "[[:Special:RegisterForEvent/170|170]] – Hide"),
        (
            {"_1": "17", "same_as": "12345"},
            "17]] – same event as [[:Special:Redirect/page/12345|12345]]",
        ),
        (
            {"_1": "17", "_2": "approve", "same_as": "Event:Ads"},
            "17]] – Approve · same event as [[:Event:Ads|Event:Ads]]",
        ),
        (
            {"_1": "17", "same_as": "4000000018"},
            "17]] – same event as [[:Special:RegisterForEvent/18|18]]",
        ),
        ({"_1": "17", "same_as": "no"}, "17]] – not the same event as another"),
        ({"_1": "4200000017"}, "* 4200000017 – Hide"),
        ({"_1": "200000017"}, "* 4200000017 – Hide"),
        ({"page": "Event:Ads"}, "[[:Event:Ads|Event:Ads]] – Hide"),
        ({"organizer": "[[User:Mo]]"}, "[[:User:Mo|Mo]] – Hide"),
        ({}, "Give the number of an event, a page or an organizer."),
        ({"_1": "17", "_2": "aprove"}, "“aprove” is not one of the choices: hide, ap"),
        ({"_1": "no 17"}, "'''Number''': “no 17” is not a whole number."),
        (
            {"page": "Event:Ads", "_1": "approve"},
            "Ads]] – Hide <strong class=\"space-error\">'''Number''': “approve”",
        ),
        ({"_1": "17", "same": "3"}, "Unknown parameter “same”. Did you mean “same as”"),
    ],
)
def test_line_when_shown_names_the_event_and_the_decision(
    lua: Scribunto, given: dict[str, str], said: str
) -> None:
    html = lua.invoke("Registrations", "show", **given)
    plain = html.replace("<bdi>", "").replace("</bdi>", "")
    assert said in plain, html
