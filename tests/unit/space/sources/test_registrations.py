import pytest

from space.publication.registered import FIRST_ID
from space.sources.entry import Entry
from space.sources.registrations import RegistrationDecisions, registration_problems


def test_decisions_when_read_are_those_of_the_last_line_about_an_event() -> None:
    decisions = RegistrationDecisions.of(
        """Words. <!-- {{Space registration|1|hide}} -->
{{Space registration|17|hide}}
{{Space registration|18|approve}}
{{Space registration|4000000017|approve}}
{{Space registration|19|perhaps}}
{{Space registration|20}}
{{Space registration|seventeen|hide}}
{{Space registration|page=Event:Buy This}}
{{Space registration|page=Event:Fine|decision=approve}}
{{Space registration|organizer=[[User:Mo Ads|Mo]]}}
{{Space registration|organizer=Ann}}
{{Space registration|organizer=Ann|decision=approve}}
{{Space registration|22|same as=12345}}
{{Space registration|23|approve|same as=[[Space/Events/Tea]]}}
{{Space registration|24|same as=NO}}
"""
    )

    assert decisions.approved == {17, 18, 23}
    assert decisions.hidden == {19, 20}
    assert decisions.same == {22: 12345, 23: "Space/Events/Tea"}
    assert decisions.apart == {24}
    assert decisions.hidden_people == {"mo ads"}
    for entry, is_hidden in (
        (Entry(id=21, page="event:Buy this"), True),
        (Entry(id=17, page="Event:Buy this"), False),
        (Entry(id=21, page="Event:Fine"), False),
        (Entry(id=21, organizers=("mo ads",)), True),
        (Entry(id=17, organizers=("mo ads",)), False),
        (Entry(id=22), False),
    ):
        assert decisions.hides(entry) is is_hidden, entry
    assert RegistrationDecisions.of("") == RegistrationDecisions()


@pytest.mark.parametrize(
    ("same", "claimed", "doubles"),
    [
        ({3: 2, 2: 1}, (), {2: 1, 3: 1}),
        ({1: 2, 2: 3}, (), {1: 3, 2: 3}),
        ({1: 2, 2: 3, 3: 1}, (), {1: 3, 2: 3}),
        ({4: 1, 1: 2, 2: 1}, (), {1: 2, 4: 2}),
        ({1: 1, 2: 9}, (), {}),
        ({3: 2, 2: 9}, (9,), {2: 9, 3: 9}),
        ({2: 9, 9: 2}, (9,), {2: 9}),
    ],
)
def test_doubles_when_lines_lead_from_one_event_to_the_next_leave_one_of_them(
    same: dict[int, int], claimed: tuple[int, ...], doubles: dict[int, int]
) -> None:
    others = {number: FIRST_ID + other for number, other in same.items()}
    decisions = RegistrationDecisions(same=others)
    assert decisions.doubles(range(1, 5), claimed) == doubles


def test_lines_when_they_cannot_be_read_are_told_with_their_place() -> None:
    problems = registration_problems(
        """{{Space registration|17|hide}}
{{Space registration|seventeen|hide}}
{{Space registration|17|aprove}}
{{Space registration|decision=hide}}
{{Space registration|page=Event:Ads|approve}}
{{Space registration|19|same=4}}
{{Space registration|page=Event:Ads|decision=approve}}
{{Space registration|page=Event:Tea|decision=approve}}
{{Space registration|organizer=Mo|decision=approve}}
{{Space registration|organizer=Event:Ads|decision=approve}}
"""
    )

    assert [(p.code, p.line) for p in problems] == [
        ("number", 2),
        ("choice", 3),
        ("decision-unnamed", 4),
        ("number", 5),
        ("unknown-parameter", 6),
        ("decision-by-number", 8),
        ("decision-by-number", 9),
        ("decision-by-number", 10),
    ]


def test_decisions_when_they_are_about_nothing_known_or_lead_in_circles_are_told() -> (
    None
):
    decisions = RegistrationDecisions.of(
        """{{Space registration|1|approve}}
{{Space registration|99|hide}}
{{Space registration|98|same as=no}}
{{Space registration|4200000017|hide}}
{{Space registration|2|same as=3}}
{{Space registration|3|same as=12345}}
{{Space registration|4|same as=Space/Events/Tea}}
{{Space registration|5|same as=Space/Events/Nowhere}}
{{Space registration|6|same as=4000000007}}
{{Space registration|7|same as=4000000006}}
{{Space registration|8|same as=4000000006}}
{{Space registration|9|same as=4000000009}}
{{Space registration|10|same as=4000000097}}
"""
    )

    problems = decisions.problems(range(1, 11), {12345, "Space/Events/Tea"})

    assert [(p.code, p.params) for p in problems] == [
        ("decision-unknown", ("98",)),
        ("decision-unknown", ("99",)),
        ("decision-unknown", ("4200000017",)),
        ("decision-nowhere", ("2", "3")),
        ("decision-nowhere", ("5", "Space/Events/Nowhere")),
        ("decision-nowhere", ("10", "4000000097")),
        ("decision-circle", ("6, 7", "7")),
        ("decision-circle", ("9", "9")),
    ]
