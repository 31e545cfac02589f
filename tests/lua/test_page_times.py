"""Agreement of Lua and codec on problems between the times of a page."""

from hypothesis import example, given
from hypothesis import strategies as st

from space.codec.page import read_page
from tests.lua.scribunto import Scribunto

READ = """
local page = require('Module:Space/Reader').page('event', ...)
local problems = {}
for _, problem in ipairs(page.problems) do
    local severity = problem.severity or 'error'
    table.insert(problems, severity .. ' ' .. problem.code .. ' ' .. problem.field)
end
return problems
"""
TIMES = st.sampled_from(
    [
        *(
            "2026-11-28",
            "2026-11-28 10:00",
            "2026-11-28 09:59",
            "2026-11-29",
            "2026-11-27",
        ),
        *("2027-03-28 02:30", "2027-03-28 03:30", "2027-10-31 02:30", "1900-01-01"),
        *("2199-12-31", "2199-12-31 23:59", "2200-01-01", "2026-02-30", "soon", ""),
    ]
)
ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "US/Eastern", "UTC-03:30", "CET", "", "X/Y"]
)
RULES = st.sampled_from(
    ["FREQ=DAILY", "FREQ=DAILY;UNTIL=20261328", "FREQ=DAILY;COUNT=2", ""]
)
FIELDS = {
    "start": TIMES,
    "end": TIMES,
    "timezone": ZONES,
    "recurrence": RULES,
    "also": st.lists(TIMES, max_size=3).map("; ".join),
    "except": st.lists(TIMES, max_size=2).map("; ".join),
    "series": st.sampled_from(["", "Event:X"]),
    "occurrence": TIMES,
    "confirmed": TIMES,
}


def by_python(fields: dict[str, str]) -> list[str]:
    text = "".join(f"|{name}={value}" for name, value in fields.items())
    found = read_page(f"{{{{Space event{text}}}}}", title="").problems
    return sorted(f"{each.severity} {each.code} {each.field}" for each in found)


@example({"start": "2026-11-28", "also": "2026-11-27"})
@example({"start": "2026-11-28", "timezone": "UTC", "also": "2026-11-27"})
@example(
    {
        "start": "2026-11-28",
        "end": "2026-11-27",
        "timezone": "UTC",
        "also": "2026-11-27",
    }
)
@given(st.fixed_dictionaries({}, optional=FIELDS))
def test_problems_of_times_are_those_of_the_codec(
    lua: Scribunto, fields: dict[str, str]
) -> None:
    given_fields = {"title": "X", "country": "NZ"} | fields

    assert sorted(lua.run(READ, given_fields)) == by_python(given_fields)
