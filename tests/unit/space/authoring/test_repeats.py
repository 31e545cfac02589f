import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.authoring.repeats import PLACES, RulePattern
from space.dates.moments import FIRST_DAY, LAST_DAY
from space.dates.recurrence import WEEKDAYS, Recurrence

numbers = st.integers(2, 99).map(str)
maybe = st.one_of(st.just(""), numbers)
ends = st.one_of(
    st.just({}),
    numbers.map(lambda number: {"count": number}),
    st.dates(FIRST_DAY, LAST_DAY).map(lambda day: {"until": f"{day}"}),
)
parts = st.one_of(
    st.just({"pattern": "daily"}),
    st.just({"pattern": "yearly"}),
    st.sets(st.sampled_from(WEEKDAYS)).map(
        lambda days: {
            "pattern": "weekly",
            "days": tuple(sorted(days, key=WEEKDAYS.index)),
        }
    ),
    st.builds(
        lambda day: {"pattern": "month-day", "month_day": day},
        st.one_of(st.just(""), st.integers(1, 31).map(str)),
    ),
    st.builds(
        lambda place, day: {"pattern": "month-weekday", "place": place, "weekday": day},
        st.sampled_from(PLACES),
        st.sampled_from(WEEKDAYS),
    ),
)


@given(parts, maybe, ends)
def test_repeats_when_chosen_then_its_rule_is_read_back_as_the_same_choice(
    part: dict[str, str], interval: str, end: dict[str, str]
) -> None:
    choice = RulePattern(**part, interval=interval, **end)
    assert Recurrence.parse(choice.write())
    assert RulePattern.read(choice.write()) == choice


@given(st.text(st.sampled_from("FREQ=DAILYWKBCOUNT;MOH,+-0123456789"), max_size=40))
def test_repeats_when_any_text_is_read_then_it_is_written_back_or_not_said(
    text: str,
) -> None:
    choice = RulePattern.read(f"FREQ=WEEKLY;{text}")
    assert choice is None or choice.write() == f"FREQ=WEEKLY;{text}"


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;BYDAY=WE,MO",
        "FREQ=DAILY;INTERVAL=1",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1",
        "FREQ=MONTHLY;BYDAY=5MO",
        "FREQ=YEARLY;BYMONTH=2",
        "FREQ=WEEKLY;UNTIL=20261231T180000Z",
        "FREQ=WEEKLY;UNTIL=20261331",
        "FREQ=WEEKLY;COUNT=3;INTERVAL=2",
        "FREQ=WEEKLY;WKST=SU",
        "FREQ=DAILY;BYDAY=MO",
        "FREQ=WEEKLY;BYMONTHDAY=1",
    ],
)
def test_repeats_when_a_rule_says_more_or_otherwise_then_it_is_left_alone(
    rule: str,
) -> None:
    assert RulePattern.read(rule) is None
