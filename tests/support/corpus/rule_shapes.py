"""Texts that are rules of recurrence, and texts that nearly are: a table of inputs.

Python says which are rules; Lua, under Scribunto's library and on a real wiki, has to
say the same of each.
"""

from itertools import product

from space.codec.readers import read_value
from space.dates.recurrence import FREQUENCIES
from space.schema.kinds import load_kind

_NUMBERS = (
    *("1", "2", "12", "13", "31", "32", "366", "367", "999", "1000", "0", "00", "-0"),
    *(
        "+2",
        "02",
        "0999",
        "-1",
        "-31",
        "-32",
        "-366",
        "-367",
        "+-2",
        "-",
        "+",
        "A",
        "5A",
    ),
    *("1-2", "1,2", "1,2,13", ",1", "1,", "1,,2", ",", "-1,+1,01", "9" * 30),
)
_DAYS = (
    *("MO", "MO,WE,SU", "1MO", "+1MO", "-1FR", "-5MO", "53MO", "54MO", "99MO", "100MO"),
    *("0MO", "01MO", "-0MO", "-MO", "+MO", "MO1", "1", "M", "XX", "MOTU", ",MO", "MO,"),
    *("MO,,TU", "1MO,TU", "MO-TU", "+-1MO"),
)
_UNTILS = (
    *("20261231", "20261231T235959", "20261231T235959Z", "19000101", "21991231"),
    *("18991231", "22000101", "99991231", "99991231T235959Z", "00000000", "00010101"),
    *("20260230", "20261328", "20260028", "20261200", "20280229", "21000229"),
    *("20271231Z", "20271231T", "20271231T1000", "20271231T250000Z", "20271231T240000"),
    *("20271231T236000", "20271231T235960Z", "20271231T235961", "202712310000"),
    *("20271231,20281231", "2027123", "202712311", "+20271231", "20271231T000000ZZ"),
    *("20271231T000000X", "20271231 T000000Z", "2027-12-31", "MO"),
)
_PARTS = {
    "INTERVAL": _NUMBERS,
    "COUNT": _NUMBERS,
    "UNTIL": _UNTILS,
    "BYDAY": _DAYS,
    "BYMONTHDAY": _NUMBERS,
    "BYMONTH": _NUMBERS,
    "BYSETPOS": _NUMBERS,
    "WKST": (*_DAYS, "mo"),
}
_TOGETHER = (
    *("BYDAY=MO", "BYDAY=1MO", "BYMONTHDAY=1", "BYMONTH=1", "BYSETPOS=1", "WKST=SU"),
    *("COUNT=2", "UNTIL=20271231", "INTERVAL=2"),
)
_FREQUENCIES = (
    "HOURLY",
    "SECONDLY",
    "WEEK",
    "",
    "1",
    "+DAILY",
    "DAILY,WEEKLY",
    "DaIlY",
)
_WHOLES = (
    *(
        "",
        ";",
        ";;",
        "RRULE:",
        "FREQ",
        "=",
        "FREQ=",
        "=DAILY",
        "FREQ==DAILY",
        "FREQ:DAILY",
    ),
    *("COUNT=2", "INTERVAL=1", ";FREQ=WEEKLY", "FREQ=WEEKLY;", "FREQ=WEEKLY;;;"),
    *("FREQ=WEEKLY;;COUNT=2", "COUNT=2;FREQ=WEEKLY", "FREQ=WEEKLY;FREQ=WEEKLY"),
    *("FREQ=WEEKLY;COUNT=2;COUNT=2", "FREQ=WEEKLY;COUNT", "FREQ=WEEKLY;COUNT="),
    *(
        "FREQ=WEEKLY;=2",
        "FREQ=WEEKLY;BYHOUR=1",
        "FREQ=WEEKLY;BYWEEKNO=1",
        "FREQ=DAILY;X=1",
    ),
    *("FREQ=WEEKLY;BYYEARDAY=1", "RRULE:FREQ=WEEKLY", "RRULE:RRULE:FREQ=WEEKLY"),
    *(
        "rrule:freq=weekly; count=2",
        "RRULE;FREQ=WEEKLY",
        "EXRULE:FREQ=WEEKLY",
        "every day",
    ),
    *("F R E Q = D A I L Y", "FREQ=DAILY\n;COUNT=2", "FREQ=DAILY;\u00a0COUNT=2"),
    *(
        "FREQ=DAILY;\u2003COUNT=2",
        "FREQ=DAILY;\u1680COUNT=\u0665",
        "FREQ=DAILY;COUNT=\uff15",
    ),
    *("FREQ=DAILY;BYMONTHDAY=\u22121", "FREQ=DA\u0131LY", "FREQ=DAILY;BYDAY=\u017fA"),
    *("\u200eFREQ=DAILY", "FREQ=DAILY.", "FREQ=DAILY,COUNT=2", "FREQ=DAILY COUNT=2"),
    *("FREQ=DAILY;UNTIL=20261231T00:00:00Z", "FREQ=DAILY;UNTIL=31.12.2026"),
    *(
        "{{PAGENAME}}",
        "[[FREQ=DAILY]]",
        "FREQ=DAILY;COUNT=&#50;",
        "%d %s %",
        "é=1;FREQ=DAILY",
    ),
)


def _shapes() -> list[str]:
    single = [
        f"FREQ={frequency};{name}={value}"
        for name, values in _PARTS.items()
        for frequency, value in product(FREQUENCIES, values)
    ]
    # What a part needs beside it is there, so that its own value decides.
    helped = [
        f"FREQ=MONTHLY;BYDAY=MO;{name}={value}"
        for name, values in _PARTS.items()
        for value in values
    ]
    pairs = [
        f"FREQ={frequency};{one};{other}"
        for frequency, one, other in product(FREQUENCIES, _TOGETHER, _TOGETHER)
    ]
    bare = [f"FREQ={each}" for each in (*FREQUENCIES, *_FREQUENCIES)]
    return list(dict.fromkeys((*single, *helped, *pairs, *bare, *_WHOLES)))


SHAPES = _shapes()


def read_by_python(shape: str) -> str | None:
    """The canonical rule that Python reads, None where it is a problem or nothing."""
    value = read_value(load_kind("event").fields["recurrence"], shape.strip()).value
    return value if isinstance(value, str) else None
