from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice, pairwise, takewhile
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, example, given
from hypothesis import strategies as st

from space.dates.recurrence import FREQUENCIES, WEEKDAYS, Recurrence, Until

START = date(2026, 11, 30)  # a Monday


def some(items: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(items, min_size=1, max_size=3, unique=True).map(",".join)


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(FREQUENCIES))
    day = st.sampled_from(WEEKDAYS)
    parts = {
        "INTERVAL": st.integers(1, 4).map(str),
        "COUNT": st.integers(1, 20).map(str),
        "BYDAY": some(day),
        "BYMONTH": some(st.integers(1, 12).map(str)),
        "WKST": day,
    }
    if frequency != "WEEKLY":
        parts["BYMONTHDAY"] = some(st.sampled_from([1, 13, 28, 31, -1, -3]).map(str))
    if frequency in {"MONTHLY", "YEARLY"} and draw(st.booleans()):
        # of numbered and plain days together dateutil asks for both
        parts["BYDAY"] = some(
            st.builds("{}{}".format, st.sampled_from(["1", "2", "-1", "5"]), day)
        )
    chosen = draw(st.sets(st.sampled_from(sorted(parts)), max_size=4))
    text = {name: draw(parts[name]) for name in sorted(chosen)}
    # to dateutil the first week begins with the start, whatever WKST says
    settable = frequency in {"MONTHLY", "YEARLY"} and chosen & {
        "BYDAY",
        "BYMONTH",
        "BYMONTHDAY",
    }
    if settable and draw(st.booleans()):
        text["BYSETPOS"] = draw(some(st.sampled_from(["1", "2", "-1"])))
    pairs = {"FREQ": frequency, **text}.items()
    return ";".join(f"{name}={value}" for name, value in pairs)


@given(rules(), st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_dates_when_compared_with_dateutil_then_days_agree(
    text: str, start: date
) -> None:
    horizon = start + timedelta(days=1500)
    found = list(islice(Recurrence.parse(text).dates(start, horizon), 60))
    assume(found)  # dateutil would look for one until the year 9999
    theirs = rrulestr(text, dtstart=datetime.combine(start, time(10), UTC))
    expected = takewhile(
        lambda day: day <= horizon, (moment.date() for moment in theirs)
    )
    assert found == list(islice(expected, len(found)))


def naive(text: str, start: date, horizon: date) -> list[date]:
    """The days of a rule, each looked at by itself: slow, and plain to read."""
    parts = dict(part.split("=") for part in text.split(";"))
    days = (start + timedelta(days=n) for n in range((horizon - start).days + 1))
    found = [day for day in days if day in chosen_near(text, start, day)]
    return found[: int(parts["COUNT"])] if "COUNT" in parts else found


@cache
def chosen_of(text: str, start: date, first: date, after: date) -> list[date]:
    """What BYSETPOS leaves of the days of one period."""
    parts = dict(part.split("=") for part in text.split(";"))
    days = (first + timedelta(days=n) for n in range((after - first).days))
    days_on = [day for day in days if is_on(parts, start, day)]
    if "BYSETPOS" not in parts:
        return days_on
    places = {int(n) for n in parts["BYSETPOS"].split(",")}
    return [
        day
        for place, day in enumerate(days_on, 1)
        if {place, place - len(days_on) - 1} & places
    ]


def chosen_near(text: str, start: date, day: date) -> list[date]:
    """The days that count in the period of a day; none between the intervals."""
    parts = dict(part.split("=") for part in text.split(";"))
    week_start = WEEKDAYS.index(parts.get("WKST", "MO"))
    one = timedelta(days=1)
    match parts["FREQ"]:
        case "DAILY":
            first, after, passed = day, day + one, (day - start).days
        case "WEEKLY":
            first = day - one * ((day.weekday() - week_start) % 7)
            began = start - one * ((start.weekday() - week_start) % 7)
            after, passed = first + one * 7, (first - began).days // 7
        case "MONTHLY":
            first = day.replace(day=1)
            after = (first + one * 31).replace(day=1)
            passed = (day.year - start.year) * 12 + day.month - start.month
        case _:
            first, after = date(day.year, 1, 1), date(day.year + 1, 1, 1)
            passed = day.year - start.year
    if passed % int(parts.get("INTERVAL", "1")):
        return []
    return chosen_of(text, start, first, after)


def is_on(parts: dict[str, str], start: date, day: date) -> bool:
    """Whether a day is as the BY parts ask, or else as the start is."""
    by_day, by_month = parts.get("BYDAY"), parts.get("BYMONTH")
    by_month_day, frequency = parts.get("BYMONTHDAY"), parts["FREQ"]
    long = frequency in {"MONTHLY", "YEARLY"}
    if by_day is None and by_month_day is None:
        if frequency == "WEEKLY":
            by_day = WEEKDAYS[start.weekday()]
        elif long:
            by_month_day = str(start.day)
            if frequency == "YEARLY":
                by_month = by_month or str(start.month)
    one = timedelta(days=1)
    if by_month and str(day.month) not in by_month.split(","):
        return False
    if by_month_day:
        length = ((day.replace(day=1) + one * 31).replace(day=1) - one).day
        both = {str(day.day), str(day.day - length - 1)}
        if not both & set(by_month_day.split(",")):
            return False
    if not by_day or WEEKDAYS[day.weekday()] not in by_day:
        return not by_day
    whole_year = frequency == "YEARLY" and not by_month
    alike = [
        each
        for each in (day + one * 7 * n for n in range(-53, 54))
        if each.year == day.year and (whole_year or each.month == day.month)
    ]
    place, name = alike.index(day) + 1, WEEKDAYS[day.weekday()]
    names = {name, f"{place}{name}", f"{place - len(alike) - 1}{name}"}
    return bool(names & set(by_day.split(",")))


@given(rules(), st.dates(date(2024, 1, 1), date(2028, 12, 31)))
@example("FREQ=YEARLY;BYMONTH=11;BYDAY=-1MO", START)
@example("FREQ=YEARLY;BYDAY=-1MO", START)
@example("FREQ=YEARLY;BYDAY=-1MO", date(2028, 1, 1))  # of 366 days, the last a Sunday
@example("FREQ=MONTHLY;BYDAY=5MO;BYMONTH=2", date(2027, 1, 1))
def test_dates_when_each_day_is_looked_at_by_itself_then_days_agree(
    text: str, start: date
) -> None:
    horizon = start + timedelta(days=500)
    found = list(Recurrence.parse(text).dates(start, horizon))
    assert found == naive(text, start, horizon)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("FREQ=DAILY;COUNT=3", [(11, 30), (12, 1), (12, 2)]),
        ("FREQ=DAILY;INTERVAL=2;COUNT=2", [(11, 30), (12, 2)]),
        ("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3", [(11, 30), (12, 2), (12, 7)]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA;WKST=SU", [(12, 5), (12, 19)]),
        ("FREQ=MONTHLY;BYDAY=-1MO,1TU;COUNT=3", [(11, 30), (12, 1), (12, 28)]),
        ("FREQ=MONTHLY;BYDAY=1TU,WE;COUNT=3", [(12, 1), (12, 2), (12, 9)]),
        ("FREQ=DAILY;UNTIL=20261202", [(11, 30), (12, 1), (12, 2), (12, 3)]),
        ("FREQ=DAILY;BYMONTH=12;COUNT=2", [(12, 1), (12, 2)]),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", []),
        ("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2", []),
    ],
)
def test_dates_when_rule_is_known_then_days_are(
    text: str, days: list[tuple[int, int]]
) -> None:
    found = Recurrence.parse(text).dates(START, date(2026, 12, 31))
    assert list(found) == [date(2026, month, day) for month, day in days]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "WEEKLY",
        "FREQ=HOURLY",
        "FREQ=SECONDLY;INTERVAL=1",
        "FREQ=WEEKLY;COUNT=2;UNTIL=20270101",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=WEEKLY;BYHOUR=3",
        "FREQ=WEEKLY;COUNT=0",
        "FREQ=WEEKLY;COUNT=1000",
        "FREQ=WEEKLY;INTERVAL=-1",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=WEEKLY;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYSETPOS=1",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYMONTH=-1",
        "FREQ=YEARLY;UNTIL=20261301",
        "FREQ=YEARLY;UNTIL=tomorrow",
        "FREQ=WEEKLY;UNTIL=99991231",
        "FREQ=WEEKLY;UNTIL=99991231T235959Z",
        "FREQ=WEEKLY;UNTIL=00010101",
        "FREQ=DAILY\r\nX-EVIL:1",
        "RRULE:FREQ=DAILY",
    ],
)
def test_parse_when_text_is_no_rule_then_raises(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Recurrence.parse(text)


@given(st.text(st.sampled_from("FREQ=DAILYWKBCOUNT;,+-0123456789"), max_size=40))
def test_parse_when_given_anything_then_nothing_but_value_errors(text: str) -> None:
    with suppress(ValueError):
        list(Recurrence.parse(f"FREQ=DAILY;{text}").dates(START, START))


@given(
    rules(),
    st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    st.integers(-40, 1200),
)
def test_dates_when_asked_since_a_day_then_nothing_after_it_is_missing(
    text: str, start: date, later: int
) -> None:
    rule, since = Recurrence.parse(text), start + timedelta(days=later)
    horizon = start + timedelta(days=1500)
    found = [day for day in rule.dates(start, horizon, since=since) if day >= since]
    assert found == [day for day in rule.dates(start, horizon) if day >= since]


@example("FREQ=MONTHLY;BYDAY=5MO", date(2024, 1, 29))
@example("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", date(2024, 9, 13))
@given(rules(), st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_spacing_when_known_then_some_dates_are_no_further_apart(
    text: str, start: date
) -> None:
    rule = Recurrence.parse(text.partition(";COUNT=")[0])
    found = list(rule.dates(start, start + timedelta(days=4000)))
    assume(rule.spacing is not None and len(found) > 12)
    assert min((after - day).days for day, after in pairwise(found)) <= rule.spacing


def examples() -> list[list[str]]:
    path = Path(__file__).parents[3] / "corpus" / "recurrence" / "rules.txt"
    lines = path.read_text("utf-8").splitlines()
    return [line.split(" | ") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("first", "text", "days"), examples())
def test_dates_when_rule_is_an_example_of_rfc_5545_then_days_are_its(
    first: str, text: str, days: str
) -> None:
    start = date.fromisoformat(first)
    dates = Recurrence.parse(text).dates(start, start + timedelta(days=12 * 365))
    assert " ".join(map(str, islice(dates, 6))) == days


def test_dates_when_the_horizon_is_a_date_then_it_is_the_last() -> None:
    rule = Recurrence.parse("FREQ=WEEKLY")
    horizon = START + timedelta(days=14)
    assert list(rule.dates(START, horizon))[-1] == horizon
    assert list(rule.dates(START, horizon - timedelta(days=1)))[-1] < horizon


def test_dates_when_some_are_skipped_then_count_goes_on_without_them() -> None:
    rule = Recurrence.parse("FREQ=DAILY;COUNT=3")
    days = list(rule.dates(START, date(2027, 1, 1), skipped={date(2026, 12, 1)}))
    assert days == [START, date(2026, 12, 2), date(2026, 12, 3)]


def test_dates_when_counted_then_those_before_since_count() -> None:
    rule = Recurrence.parse("FREQ=DAILY;COUNT=3")
    since = START + timedelta(days=2)
    assert list(rule.dates(START, date(2027, 1, 1), since=since))[-1] == since


@pytest.mark.parametrize(
    ("part", "highest"),
    [
        ("INTERVAL={}", 999),
        ("COUNT={}", 999),
        ("BYMONTH={}", 12),
        ("BYMONTHDAY={}", 31),
        ("BYMONTHDAY=-{}", 31),
        ("BYDAY=MO;BYSETPOS={}", 366),
        ("BYDAY=MO;BYSETPOS=-{}", 366),
    ],
)
def test_parse_when_number_is_the_highest_then_the_next_one_raises(
    part: str, highest: int
) -> None:
    for number in (1, highest):
        Recurrence.parse(f"FREQ=MONTHLY;{part.format(number)}")
    for number in (0, highest + 1):
        with pytest.raises(ValueError, match="out of range"):
            Recurrence.parse(f"FREQ=MONTHLY;{part.format(number)}")


def test_parse_when_rule_has_every_part_then_each_is_read() -> None:
    rule = Recurrence.parse(
        "FREQ=YEARLY;INTERVAL=2;COUNT=3;BYDAY=-1FR,MO;BYMONTHDAY=1,-1;BYMONTH=2,11;"
        "BYSETPOS=1,-2;WKST=SU"
    )
    assert rule == Recurrence(
        frequency="YEARLY",
        interval=2,
        count=3,
        by_day=((-1, 4), (0, 0)),
        by_month_day=(1, -1),
        by_month=(2, 11),
        by_set_pos=(1, -2),
        week_start=6,
    )
    assert Recurrence.parse("FREQ=DAILY") == Recurrence("DAILY")


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("20261231", Until(date(2026, 12, 31))),
        ("20261231T180000", Until(date(2026, 12, 31), time(18))),
        ("20261231T000000Z", Until(date(2026, 12, 31), time(), utc=True)),
    ],
)
def test_until_when_parsed_then_tells_day_time_and_zone(
    text: str, until: Until
) -> None:
    assert Until.parse(text) == until


@pytest.mark.parametrize(
    ("text", "spacing"),
    [
        ("FREQ=DAILY;INTERVAL=3", 3),
        ("FREQ=DAILY;BYDAY=MO", None),
        ("FREQ=DAILY;COUNT=1", None),
        ("FREQ=WEEKLY", 7),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", 6),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU", 1),
        ("FREQ=WEEKLY;BYDAY=TU,TH", 2),
        ("FREQ=MONTHLY;INTERVAL=2", 62),
        ("FREQ=MONTHLY;BYMONTHDAY=28", 31),
        ("FREQ=MONTHLY;BYMONTHDAY=-29", None),
        ("FREQ=MONTHLY;BYDAY=4MO", 31),
        ("FREQ=MONTHLY;BYDAY=5MO", None),
        ("FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=13", None),
        ("FREQ=YEARLY", 366),
        ("FREQ=YEARLY;BYDAY=-52MO", 366),
        ("FREQ=YEARLY;BYDAY=53MO", None),
        ("FREQ=YEARLY;BYMONTH=3", None),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1", None),
    ],
)
def test_spacing_when_rule_is_known_then_is(text: str, spacing: int | None) -> None:
    assert Recurrence.parse(text).spacing == spacing
