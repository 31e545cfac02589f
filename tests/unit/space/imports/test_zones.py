"""Which zone a file means, by whatever it names it."""

import pytest

from space.imports.times.zone_names import zone_called
from tests.support.feeds.imported import codes, draft_of

RULES = {
    "EU": ("0100", "0200", "BYDAY=-1SU;BYMONTH=10", "BYDAY=-1SU;BYMONTH=3", "02", "03"),
    "US": ("-0500", "-0400", "BYDAY=1SU;BYMONTH=11", "BYDAY=2SU;BYMONTH=3", "02", "02"),
}


def vtimezone(name: str, *parts: str) -> str:
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}", *parts, "END:VTIMEZONE"]
    return "\r\n".join(lines)


def observance(kind: str, before: str, after: str, start: str, rule: str = "") -> str:
    lines = [f"BEGIN:{kind}", f"DTSTART:{start}", f"TZOFFSETFROM:{before}"]
    lines += [f"TZOFFSETTO:{after}", *([f"RRULE:{rule}"] if rule else [])]
    return "\r\n".join([*lines, f"END:{kind}"])


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("GMT", "UTC"),
        ("Z", "UTC"),
        ("GMT+05:30", "UTC+05:30"),
        ("/citadel.org/20210210_1/UTC", "UTC"),
        ("tzone://Microsoft/Utc", "UTC"),
        ("GMT Standard Time 1", "Europe/London"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("India Standard Time", "Asia/Kolkata"),
        ("UTC-08", "UTC-08:00"),
        (
            "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
            "Europe/Berlin",
        ),
        (
            "(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien",
            "Europe/Berlin",
        ),
        (
            "(UTC+01:00) Амстердам, Берлин, Берн, Вена, Рим, Стокгольм",
            "Europe/Berlin",
        ),
        (
            "(UTC+01:00) アムステルダム、ベルリン、ベルン、ローマ、ウィーン",
            "Europe/Berlin",
        ),
        ("(UTC+01:00) Bruxelles, Copenhague, Madrid, Paris", "Europe/Paris"),
        ("(GMT+01.00) Sarajevo/Warsaw/Zagreb", "Europe/Warsaw"),
        ("(UTC) Dublin, Edinburgh, Lisbon, London", "Europe/London"),
        ("(UTC) Coordinated Universal Time", "UTC"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
        ("(UTC-08:00) Pacific Time (USA & Kanada)", "America/Los_Angeles"),
        ("(UTC-07:00) Arizona", "America/Phoenix"),
        ("(GMT+10:00) Canberra, Melbourne, Sydney", "Australia/Sydney"),
        ("(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi", "Asia/Shanghai"),
        ("(UTC+09:00) Osaka, Sapporo, Tokyo", "Asia/Tokyo"),
        ("(UTC+12:00) Fiji", "Pacific/Fiji"),
        ("(UTC-04:00) Asuncion", "America/Asuncion"),  # an hour off since 2024
        ("(UTC+05:00) Berlin", ""),
        ("Customized Time Zone", ""),
        ("(UTC+01:00)", ""),
        ("", ""),
    ],
)
def test_name_when_some_program_uses_it_then_its_zone_is_known(
    name: str, zone: str
) -> None:
    assert zone_called(name) == zone


@pytest.mark.parametrize(
    "name",
    ["GMT+05:30", "(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi"],
)
def test_colon_when_in_an_unquoted_name_then_the_value_is_behind_the_last(
    name: str,
) -> None:
    values = draft_of(
        f"DTSTART;TZID={name}:20261128T020000",
        f"DTEND;TZID={name}:20261128T030000",
        f"EXDATE;TZID={name};VALUE=DATE-TIME:20261205T020000,20261212T020000",
        "RRULE:FREQ=WEEKLY",
    ).values
    assert (values["start"], values["end"]) == ("2026-11-28 02:00", "2026-11-28 03:00")
    assert values["except"] == ("2026-12-05 02:00", "2026-12-12 02:00")
    assert values["timezone"] in {"UTC+05:30", "Asia/Kolkata"}


def test_times_when_floating_then_the_zone_of_the_calendar_is_proposed() -> None:
    draft = draft_of("DTSTART:20250519T180000", before="X-WR-TIMEZONE:Europe/Zurich")
    assert draft.values["timezone"] == "Europe/Zurich"
    assert draft.values["start"] == "2025-05-19 18:00"
    assert [(note.code, note.params) for note in draft.notes] == [
        ("zone", ("Europe/Zurich",))
    ]


def test_times_when_floating_then_the_only_zone_of_the_file_is_proposed() -> None:
    amsterdam, paris = vtimezone("Europe/Amsterdam"), vtimezone("Europe/Paris")
    draft = draft_of("DTSTART:20250519T180000", before=amsterdam)
    assert draft.values["timezone"] == "Europe/Amsterdam"
    assert codes(draft) == ["zone"]
    both = draft_of("DTSTART:20250519T180000", before=f"{amsterdam}\r\n{paris}")
    assert "timezone" not in both.values
    assert codes(both) == ["floating"]


@pytest.mark.parametrize(
    ("offset", "zone"),
    [("+0800", "UTC+08:00"), ("-0330", "UTC-03:30"), ("+0000", "UTC"), ("x", "Mine")],
)
def test_zone_when_the_file_gives_one_offset_then_is_that(
    offset: str, zone: str
) -> None:
    only = observance("STANDARD", offset, offset, "16010101T000000")
    draft = draft_of(
        "DTSTART;TZID=Mine:20261128T100000", before=vtimezone("Mine", only)
    )
    assert draft.values["timezone"] == zone


@pytest.mark.parametrize(
    ("rules", "zone"), [("EU", "Europe/Berlin"), ("US", "America/New_York")]
)
def test_zone_when_the_file_gives_its_rules_then_is_one_with_the_same_clocks(
    rules: str, zone: str
) -> None:
    winter, summer, autumn, spring, forward, back = RULES[rules]
    winter, summer = (
        f"+{offset}" if offset[0] != "-" else offset for offset in (winter, summer)
    )
    said = vtimezone(
        "Mine",
        observance(
            "STANDARD", summer, winter, f"16011028T{back}0000", f"FREQ=YEARLY;{autumn}"
        ),
        observance(
            "DAYLIGHT",
            winter,
            summer,
            f"16010325T{forward}0000",
            f"FREQ=YEARLY;{spring}",
        ),
    )
    draft = draft_of("DTSTART;TZID=Mine:20260728T100000", before=said)
    assert draft.values["timezone"] == zone
    assert draft.values["start"] == "2026-07-28 10:00"
    assert codes(draft) == ["zone"]


def test_zone_when_a_day_names_one_then_it_stays() -> None:
    draft = draft_of("DTSTART;TZID=Europe/Berlin;VALUE=DATE:20261128")
    assert draft.values == {"start": "2026-11-28", "timezone": "Europe/Berlin"}
